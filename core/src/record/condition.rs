//! Conditions on customers: what a segment is made of (S10). One tree with three faces: this one, which is JSON; a line of the query language; the
//! form of the manual.

use super::{Frequency, Gender, Label, ListKind};
use crate::id::{MenuId, SegmentId, ShopId, StaffId};
use crate::money::Yen;
use crate::time::Date;

wire! {
    /// What must be true of a customer (S1, S10). An active customer is meant throughout: withdrawn, merged and erased ones satisfy nothing (S8).
    #[serde(tag = "type")]
    pub enum Condition {
        /// かつ: all of these; of none, everybody.
        All {
            /// The conditions.
            of: Vec<Condition>,
        },
        /// または: at least one of these; of none, nobody.
        Any {
            /// The conditions.
            of: Vec<Condition>,
        },
        /// でない
        Not {
            /// The condition.
            that: Box<Condition>,
        },
        /// A text holds another, on normalised keys (S2, S3).
        Text {
            /// Which text.
            field: TextField,
            /// What it holds.
            contains: String,
        },
        /// お客様番号, whole: the own one, an old card's, or that of a customer merged into this one (S3, C7, M6).
        Number {
            /// The number.
            is: String,
        },
        /// フリー項目: the field of this name has a text (004: 入力している顧客), or one that holds another.
        CustomField {
            /// The field's name, whole.
            name: String,
            /// What its text holds; left out: any text.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            contains: Option<String>,
        },
        /// How many (S4).
        Count {
            /// Of what.
            field: CountField,
            /// How many.
            count: Count,
        },
        /// How much, in yen (N8).
        Money {
            /// Of what.
            field: MoneyField,
            /// From so much to so much.
            yen: YenRange,
        },
        /// A day lies in a span (S5, T3). Who has no such day does not satisfy it.
        Day {
            /// Which day.
            field: DayField,
            /// The span.
            days: DaySpan,
        },
        /// Something is so, or is not.
        Flag {
            /// What.
            flag: Flag,
        },
        /// 最終利用メニュー: one of these was done at the latest visit (N6).
        LastMenu {
            /// The menus.
            of: Vec<MenuId>,
        },
        /// 来店区分: the salon's category of the customer is one of these (N9).
        Category {
            /// Their names.
            of: Vec<String>,
        },
        /// 流入経路: the customer came by one of these (C1).
        Channel {
            /// Their names, as on the salon's list.
            of: Vec<String>,
        },
        /// 性別
        Gender {
            /// Which.
            of: Vec<Gender>,
        },
        /// On one of these lists (G1).
        Listed {
            /// The lists.
            on: Vec<ListKind>,
        },
        /// 平均来店頻度 (N7).
        Frequency {
            /// How often.
            frequency: Frequency,
        },
        /// There is a reservation of which all this is true at once (S6).
        Reservation {
            /// What is true of it.
            that: Box<ReservationCondition>,
        },
        /// In another segment.
        Segment {
            /// Which.
            segment: SegmentId,
        },
    }
}

// Names and numbers of customers are searched for (A4).
impl core::fmt::Debug for Condition {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::All { of } => f.debug_tuple("All").field(of).finish(),
            Self::Any { of } => f.debug_tuple("Any").field(of).finish(),
            Self::Not { that } => f.debug_tuple("Not").field(that).finish(),
            Self::Text { field, .. } => f.debug_tuple("Text").field(field).finish_non_exhaustive(),
            Self::Number { .. } => f.write_str("Number(..)"),
            Self::CustomField { .. } => f.write_str("CustomField(..)"),
            Self::Count { field, count } => f.debug_tuple("Count").field(field).field(count).finish(),
            Self::Money { field, yen } => f.debug_tuple("Money").field(field).field(yen).finish(),
            Self::Day { field, days } => f.debug_tuple("Day").field(field).field(days).finish(),
            Self::Flag { flag } => f.debug_tuple("Flag").field(flag).finish(),
            Self::LastMenu { of } => f.debug_tuple("LastMenu").field(of).finish(),
            Self::Category { .. } => f.write_str("Category(..)"),
            Self::Channel { .. } => f.write_str("Channel(..)"),
            Self::Gender { .. } => f.write_str("Gender(..)"),
            Self::Listed { on } => f.debug_tuple("Listed").field(on).finish(),
            Self::Frequency { frequency } => f.debug_tuple("Frequency").field(frequency).finish(),
            Self::Reservation { that } => f.debug_tuple("Reservation").field(that).finish(),
            Self::Segment { segment } => f.debug_tuple("Segment").field(segment).finish(),
        }
    }
}

wire! {
    /// What must be true of one and the same reservation (S6).
    ///
    /// Tentative, confirmed and visited reservations are looked at; cancelled and missed ones only where a status in the condition asks for one (S5);
    /// one entered in error never.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum ReservationCondition {
        /// かつ: all of these; of none, any reservation.
        All {
            /// The conditions.
            of: Vec<ReservationCondition>,
        },
        /// または: at least one of these.
        Any {
            /// The conditions.
            of: Vec<ReservationCondition>,
        },
        /// でない
        Not {
            /// The condition.
            that: Box<ReservationCondition>,
        },
        /// 予約ステータス: one of these labels; 予約中来店前 also asks that the start lies ahead (R2).
        Status {
            /// The labels.
            of: Vec<Label>,
        },
        /// 予約日: the business day of its start lies in a span (S5).
        Day {
            /// The span.
            days: DaySpan,
        },
        /// 担当スタッフ, of the reservation or of one of its lines.
        Staff {
            /// Any of these.
            of: Vec<StaffId>,
        },
        /// メニュー: booked, or done at the visit.
        Menu {
            /// Any of these.
            of: Vec<MenuId>,
        },
        /// 店舗
        Shop {
            /// Any of these.
            of: Vec<ShopId>,
        },
    }
}

wire! {
    /// A text that is searched in parts.
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum TextField {
        /// 姓, 名, 姓名, セイ, メイ, セイメイ or LINE名 (S2).
        Name,
        /// 電話番号, by its digits (S3).
        Phone,
        /// メールアドレス (S3).
        Email,
        /// 郵便番号, by its digits.
        PostalCode,
        /// 住所: prefecture, city, street, building.
        Address,
        /// 法人名・会社名 or 部署名.
        Company,
        /// 顧客属性, any of them.
        Attribute,
    }
}

wire! {
    /// Something that is counted (N).
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum CountField {
        /// 来店回数 (N1)
        Visits,
        /// 予約回数 (N4)
        Reservations,
        /// キャンセル回数 (N2)
        Cancellations,
    }
}

wire! {
    /// An amount (N8).
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum MoneyField {
        /// 合計利用金額
        Amount,
        /// 平均利用金額; who never came has none.
        Average,
        /// キャンセル料未払い
        Due,
    }
}

wire! {
    /// A day in a customer's life.
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum DayField {
        /// 初回登録日
        FirstRegistered,
        /// 初回来店日
        FirstVisit,
        /// 最終来店日 (N5)
        LastVisit,
    }
}

wire! {
    /// Something that is so of a customer, or is not.
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum Flag {
        /// LINE連携あり (S7)
        Line,
        /// 直前キャンセルあり: at least one late cancel by the customer (N3).
        LastMinuteCancel,
        /// 無断キャンセルあり (N3)
        NoShow,
        /// ユーザー登録 有
        Account,
        /// メルマガ 受信する
        Newsletter,
        /// 新規電話予約: registered by phone, no real address yet (P3).
        PhoneRegistration,
    }
}

wire! {
    /// How many (S4).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Count {
        /// Exactly so many.
        Exactly {
            /// The number.
            count: u32,
        },
        /// From so many to so many, both included.
        Between {
            /// The least.
            from: u32,
            /// The most.
            to: u32,
        },
        /// 以上
        AtLeast {
            /// The least.
            count: u32,
        },
        /// 以下
        AtMost {
            /// The most.
            count: u32,
        },
    }
}

wire! {
    /// From so much to so much, both included; an end left out is open.
    #[derive(Copy, Debug, Default)]
    pub struct YenRange {
        /// The least.
        pub from: Option<Yen>,
        /// The most.
        pub to: Option<Yen>,
    }
}

wire! {
    /// A span of days, both ends included; an end left out is open (T3).
    #[derive(Copy, Debug, Default)]
    pub struct DaySpan {
        /// The first day.
        pub from: Option<When>,
        /// The last day.
        pub to: Option<When>,
    }
}

wire! {
    /// A day: named, or counted from the day of the question.
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum When {
        /// This day.
        Day {
            /// The day.
            day: Date,
        },
        /// So many days from today: −30 is thirty days ago, 0 today.
        Days {
            /// How many.
            days: i32,
        },
        /// So many calendar months from today, the day clamped to the month's end (T4): −6 is six months ago.
        Months {
            /// How many.
            months: i32,
        },
    }
}

macro_rules! named {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $name {
            /// Its name on the wire and in errors.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}
named!(TextField {
    Name = "name",
    Phone = "phone",
    Email = "email",
    PostalCode = "postalCode",
    Address = "address",
    Company = "company",
    Attribute = "attribute",
});
impl TextField {
    /// Every one.
    pub(crate) const ALL: [Self; 7] =
        [Self::Name, Self::Phone, Self::Email, Self::PostalCode, Self::Address, Self::Company, Self::Attribute];
}

named!(CountField { Visits = "visits", Reservations = "reservations", Cancellations = "cancellations" });
named!(MoneyField { Amount = "amount", Average = "average", Due = "due" });
named!(DayField { FirstRegistered = "firstRegistered", FirstVisit = "firstVisit", LastVisit = "lastVisit" });

impl When {
    /// The day that is meant on the day of the question (T4).
    #[must_use]
    pub fn on(self, today: Date) -> Date {
        match self {
            Self::Day { day } => day,
            Self::Days { days } if days < 0 => today.days_before(days.unsigned_abs()),
            Self::Days { days } => today.days_after(days.unsigned_abs()),
            Self::Months { months } if months < 0 => today.months_before(months.unsigned_abs()),
            Self::Months { months } => today.months_after(months.unsigned_abs()),
        }
    }
}
