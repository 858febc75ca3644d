use crate::error::{Error, SearchError};
use crate::id::{MenuId, StaffId};
use crate::record::{
    Condition, Count, CountField, DayField, DaySpan, Flag, Frequency, Label, ListKind, ReservationCondition, TextField, When,
};
use crate::time::DateRange;

wire! {
    /// 検索条件, as on the manual's screens: all of it must hold at once (S1); what is left out is not asked. A criterion that is given must ask something: a
    /// name of nothing but spaces is an error, not everybody.
    #[derive(Default)]
    pub struct Criteria {
        /// 名前 / LINE名: part of 姓, 名, 姓名, セイ, メイ, セイメイ or LINE名, whatever the width, the kana, the dash or the variant of a kanji (S2).
        pub name: Option<String>,
        /// お客様番号, whole: the own one, an old card's, or that of a customer merged into this one (S3, C7, M6).
        pub number: Option<String>,
        /// 電話番号: part of one, by its digits (S3).
        pub phone: Option<String>,
        /// メールアドレス: part of one, in any case, placeholders too (S3).
        pub email: Option<String>,
        /// 最終利用メニュー (N6)
        pub last_menu: Option<MenuId>,
        /// スタッフ: 担当スタッフ of a reservation (S6).
        pub staff: Option<StaffId>,
        /// メニュー: booked or used (S6).
        pub menu: Option<MenuId>,
        /// 予約ステータス: one of these (S6); only labels that are offered, see `listLabels` (R2).
        pub statuses: Vec<Label>,
        /// 予約日: the business day of a reservation (S5, S6).
        pub reservation_date: Option<DateRange>,
        /// キャンセル回数 (N2, S4)
        pub cancellations: Option<CountBox>,
        /// 予約回数 (N4, S4)
        pub reservations: Option<CountBox>,
        /// 来店回数 (N1, S4)
        pub visits: Option<CountBox>,
        /// 平均来店頻度 `[ ]日[ ]回以上` (N7)
        pub frequency: Option<FrequencyBox>,
        /// 直前キャンセル あり・なし (N3)
        pub last_minute_cancel: Option<bool>,
        /// 初回登録日, both ends included (T3)
        pub registered_on: Option<DateRange>,
        /// 最終来店日, both ends included (T3); who never came has none
        pub last_visit: Option<DateRange>,
        /// LINE 登録済み; left out: any (S7).
        pub line: Option<LineCriterion>,
        /// 郵便番号: part of it, by its digits.
        pub postal_code: Option<String>,
        /// 住所: part of it.
        pub address: Option<String>,
        /// ユーザー登録 有・無
        pub account: Option<bool>,
        /// メルマガ 受信する・受信しない
        pub newsletter: Option<bool>,
        /// フリー項目
        pub custom_field: Option<CustomFieldBox>,
        /// 要注意人物・グレーリスト・ブラックリスト
        pub list: Option<ListKind>,
        /// 来店区分: its name (N9).
        pub category: Option<String>,
    }
}

redacted_debug!(Criteria { line, visits, registered_on, last_visit });

wire! {
    /// Whether a LINE account is linked (S7): three values, because an unticked box asks nothing.
    #[derive(Copy, Debug)]
    pub enum LineCriterion {
        /// Whether or not.
        Any,
        /// 連携あり
        Linked,
        /// 連携なし
        NotLinked,
    }
}

wire! {
    /// The two boxes `[ ]回 〜 [ ]回` of the form: left only = *exactly* that, both = range, right only = at most (S4).
    #[derive(Copy, Debug, Default)]
    pub struct CountBox {
        /// The left box.
        pub left: Option<u32>,
        /// The right box.
        pub right: Option<u32>,
    }
}

wire! {
    /// The boxes `[ ]日[ ]回以上` of the form (N7).
    #[derive(Copy, Debug)]
    pub struct FrequencyBox {
        /// So many days, from 1.
        pub days: u32,
        /// At least so often, from 1.
        pub times: u32,
    }
}

wire! {
    /// フリー項目 on the form (004): the text, and the box beside it.
    pub struct CustomFieldBox {
        /// The field's name, whole.
        pub name: String,
        /// Part of its text.
        pub text: Option<String>,
        /// 入力している顧客: whoever has any text there.
        pub filled: bool,
    }
}

redacted_debug!(CustomFieldBox { filled });

impl CountBox {
    /// What the boxes say (S4).
    ///
    /// # Errors
    /// [`SearchError::CountEmpty`] with both empty, [`SearchError::CountReversed`] with the left above the right.
    pub fn count(self, field: &'static str) -> Result<Count, SearchError> {
        match (self.left, self.right) {
            (None, None) => Err(SearchError::CountEmpty { field }),
            (Some(count), None) => Ok(Count::Exactly { count }),
            (None, Some(count)) => Ok(Count::AtMost { count }),
            (Some(from), Some(to)) if from > to => Err(SearchError::CountReversed { field }),
            (Some(from), Some(to)) => Ok(Count::Between { from, to }),
        }
    }
}

fn span(range: DateRange) -> DaySpan {
    let when = |day| When::Day { day };
    DaySpan { from: range.from.map(when), to: range.to.map(when) }
}

fn flag(flag: Flag, wanted: bool) -> Condition {
    let flag = Condition::Flag { flag };
    if wanted { flag } else { Condition::Not { that: Box::new(flag) } }
}

impl Criteria {
    /// What the form asks, as a condition (S1, S4, S6): the criteria on a reservation must hold of one and the same.
    ///
    /// # Errors
    /// [`SearchError`] where boxes say nothing or the impossible, [`TimeError`](crate::error::TimeError) where a span starts after its end; by the box's name.
    pub fn condition(&self) -> Result<Condition, Error> {
        let mut of = Vec::new();
        let texts = [
            (TextField::Name, &self.name),
            (TextField::Phone, &self.phone),
            (TextField::Email, &self.email),
            (TextField::PostalCode, &self.postal_code),
            (TextField::Address, &self.address),
        ];
        of.extend(texts.into_iter().filter_map(|(field, text)| Some(Condition::Text { field, contains: text.clone()? })));
        of.extend(self.number.iter().map(|number| Condition::Number { is: number.clone() }));
        of.extend(self.last_menu.iter().map(|menu| Condition::LastMenu { of: vec![menu.clone()] }));
        of.extend(self.reservation());
        let counts = [
            (CountField::Cancellations, self.cancellations),
            (CountField::Reservations, self.reservations),
            (CountField::Visits, self.visits),
        ];
        for (field, boxes) in counts {
            of.extend(boxes.map(|boxes| boxes.count(field.name())).transpose()?.map(|count| Condition::Count { field, count }));
        }
        of.extend(
            self.frequency.map(|FrequencyBox { days, times }| Condition::Frequency { frequency: Frequency::Average { days, times } }),
        );
        of.extend(self.last_minute_cancel.map(|wanted| flag(Flag::LastMinuteCancel, wanted)));
        let days = [("registeredOn", DayField::FirstRegistered, self.registered_on), ("lastVisit", DayField::LastVisit, self.last_visit)];
        for (name, field, range) in days {
            if range.is_some_and(|range| range.from.is_none() && range.to.is_none()) {
                return Err(SearchError::NeedleEmpty { field: name }.into());
            }
            of.extend(range.map(|range| range.checked(name)).transpose()?.map(|range| Condition::Day { field, days: span(range) }));
        }
        of.extend(match self.line {
            None | Some(LineCriterion::Any) => None,
            Some(LineCriterion::Linked) => Some(flag(Flag::Line, true)),
            Some(LineCriterion::NotLinked) => Some(flag(Flag::Line, false)),
        });
        of.extend(self.account.map(|wanted| flag(Flag::Account, wanted)));
        of.extend(self.newsletter.map(|wanted| flag(Flag::Newsletter, wanted)));
        if let Some(CustomFieldBox { name, text, filled }) = &self.custom_field {
            if text.is_none() && !filled {
                return Err(SearchError::NeedleEmpty { field: "customField" }.into());
            }
            of.push(Condition::CustomField { name: name.clone(), contains: text.clone() });
        }
        of.extend(self.list.map(|list| Condition::Listed { on: vec![list] }));
        of.extend(self.category.iter().map(|name| Condition::Category { of: vec![name.clone()] }));
        Ok(Condition::All { of })
    }

    // S6: one and the same reservation.
    fn reservation(&self) -> Option<Condition> {
        let mut of = Vec::new();
        if !self.statuses.is_empty() {
            of.push(ReservationCondition::Status { of: self.statuses.clone() });
        }
        of.extend(self.reservation_date.map(|range| ReservationCondition::Day { days: span(range) }));
        of.extend(self.staff.iter().map(|staff| ReservationCondition::Staff { of: vec![staff.clone()] }));
        of.extend(self.menu.iter().map(|menu| ReservationCondition::Menu { of: vec![menu.clone()] }));
        (!of.is_empty()).then(|| Condition::Reservation { that: Box::new(ReservationCondition::All { of }) })
    }
}
