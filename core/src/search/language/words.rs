//! Every word of the query language, English and Japanese. Here alone.

use crate::record::{CountField, DayField, Flag, Gender, Label, ListKind, MoneyField, TextField};

wire! {
    /// A language that people write and read queries in.
    #[derive(Copy, Debug, Default)]
    pub enum Tongue {
        /// English
        #[default]
        English,
        /// 日本語
        Japanese,
    }
}

/// What a predicate begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text(TextField),
    Number,
    Own,
    Count(CountField),
    Money(MoneyField),
    Day(DayField),
    Flag(Flag),
    LastMenu,
    Category,
    Channel,
    Gender,
    Listed,
    Average,
    Trailing,
    Gaps,
    Reservation,
    Segment,
}

/// What a predicate about a reservation begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReservationField {
    Status,
    Day,
    Staff,
    Menu,
    Shop,
}

/// Something that is said: in English, in Japanese, and what else is understood.
pub(super) struct Word<T: 'static> {
    pub(super) means: T,
    pub(super) english: &'static str,
    pub(super) japanese: &'static str,
    pub(super) also: &'static [&'static str],
}

impl<T> Word<T> {
    /// Everything it is understood by.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'static str> {
        [self.english, self.japanese].into_iter().chain(self.also.iter().copied())
    }

    pub(super) const fn said(&self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::English => self.english,
            Tongue::Japanese => self.japanese,
        }
    }
}

/// How a meaning is said.
pub(super) fn said<T: PartialEq>(words: &'static [Word<T>], means: &T, tongue: Tongue) -> &'static str {
    words.iter().find(|word| word.means == *means).map_or("", |word| word.said(tongue))
}

const fn word<T>(means: T, english: &'static str, japanese: &'static str) -> Word<T> {
    Word { means, english, japanese, also: &[] }
}

const fn words<T>(means: T, english: &'static str, japanese: &'static str, also: &'static [&'static str]) -> Word<T> {
    Word { means, english, japanese, also }
}

/// What joins conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    Or,
    Not,
    All,
    Any,
}

/// What stands between conditions.
pub(super) static JOINTS: &[Word<Joint>] =
    &[words(Joint::And, "and", "かつ", &["&&", "&"]), words(Joint::Or, "or", "または", &["||", "|", "又は"])];

/// What stands before conditions.
pub(super) static PREFIXES: &[Word<Joint>] = &[
    words(Joint::Not, "not", "でない", &["!", "以外"]),
    words(Joint::All, "all", "すべて", &["全て", "全員"]),
    words(Joint::Any, "any", "いずれか", &[]),
];

/// What denies the condition before it.
pub(super) const DENIALS: &[&str] = &["ではない", "でない", "じゃない", "以外"];

/// なし, after something that is so or is there, and what else says the same.
pub(super) const NONE: &str = "なし";
pub(super) const NONES: &[&str] = &[NONE, "無し", "ない", "無い", "していない", "しない", "無"];
/// あり, which denies nothing.
pub(super) const SOMES: &[&str] = &["あり", "有り", "ある", "有る", "している", "する", "有"];

/// What says of a flag that it is not so, in one word.
pub(super) const NOT_YET: &[(&[&str], Flag)] = &[
    (&["LINE未連携", "LINE未登録"], Flag::Line),
    (&["メルマガ未受信", "メルマガ未登録"], Flag::Newsletter),
    (&["ユーザー未登録"], Flag::Account),
];

/// What stands between a field and what is said of it, in Japanese; it changes nothing.
pub(super) const PARTICLES: &[&str] = &["が", "は"];

pub(super) static FIELDS: &[Word<Field>] = &[
    words(Field::Text(TextField::Name), "name", "名前", &["氏名", "顧客名", "LINE名"]),
    words(Field::Number, "number", "お客様番号", &["顧客番号", "会員番号"]),
    words(Field::Text(TextField::Phone), "phone", "電話番号", &["電話"]),
    words(Field::Text(TextField::Email), "email", "メールアドレス", &["mail", "メール"]),
    word(Field::Text(TextField::PostalCode), "postal_code", "郵便番号"),
    word(Field::Text(TextField::Address), "address", "住所"),
    words(Field::Text(TextField::Company), "company", "会社名", &["法人名"]),
    word(Field::Text(TextField::Attribute), "attribute", "顧客属性"),
    words(Field::Own, "field", "フリー項目", &["custom_field"]),
    word(Field::Count(CountField::Visits), "visits", "来店回数"),
    word(Field::Count(CountField::Reservations), "reservations", "予約回数"),
    word(Field::Count(CountField::Cancellations), "cancellations", "キャンセル回数"),
    words(Field::Money(MoneyField::Amount), "amount", "合計利用金額", &["利用金額"]),
    word(Field::Money(MoneyField::Average), "average_amount", "平均利用金額"),
    words(Field::Money(MoneyField::Due), "due", "キャンセル料未払い額", &["未払い額"]),
    words(Field::Day(DayField::FirstRegistered), "registered", "初回登録日", &["登録日", "first_registered"]),
    word(Field::Day(DayField::FirstVisit), "first_visit", "初回来店日"),
    word(Field::Day(DayField::LastVisit), "last_visit", "最終来店日"),
    words(Field::Flag(Flag::Line), "line", "LINE連携", &["LINE登録済み", "LINE登録"]),
    word(Field::Flag(Flag::LastMinuteCancel), "last_minute_cancel", "直前キャンセル"),
    word(Field::Flag(Flag::NoShow), "no_show", "無断キャンセル"),
    word(Field::Flag(Flag::Account), "account", "ユーザー登録"),
    words(Field::Flag(Flag::Newsletter), "newsletter", "メルマガ受信", &["メルマガ"]),
    word(Field::Flag(Flag::PhoneRegistration), "phone_registration", "新規電話予約"),
    word(Field::LastMenu, "last_menu", "最終利用メニュー"),
    word(Field::Category, "category", "来店区分"),
    word(Field::Channel, "channel", "流入経路"),
    word(Field::Gender, "gender", "性別"),
    words(Field::Listed, "list", "リスト", &["listed"]),
    words(Field::Average, "frequency", "平均来店頻度", &["来店頻度"]),
    words(Field::Trailing, "trailing", "直近来店", &["直近"]),
    words(Field::Gaps, "gaps", "来店間隔", &[]),
    word(Field::Reservation, "reservation", "予約"),
    word(Field::Segment, "segment", "セグメント"),
];

pub(super) static RESERVATION_FIELDS: &[Word<ReservationField>] = &[
    words(ReservationField::Status, "status", "予約ステータス", &["ステータス"]),
    words(ReservationField::Day, "date", "予約日", &["day"]),
    words(ReservationField::Staff, "staff", "担当スタッフ", &["スタッフ", "担当"]),
    word(ReservationField::Menu, "menu", "メニュー"),
    words(ReservationField::Shop, "shop", "店舗", &[]),
];

pub(super) static LABELS: &[Word<Label>] = &[
    word(Label::Tentative, "tentative", "仮予約中"),
    word(Label::PrepaymentUnpaid, "prepayment_unpaid", "事前決済未払い"),
    words(Label::Upcoming, "upcoming", "予約中来店前", &["予約中"]),
    word(Label::Prepaid, "prepaid", "事前決済支払い済み"),
    word(Label::Visited, "visited", "来店済み"),
    word(Label::FeeUnpaid, "fee_unpaid", "キャンセル料未払い"),
    word(Label::ShopCancelledPrepaid, "shop_cancelled_prepaid", "事前決済店舗都合キャンセル"),
    word(Label::Cancelled, "cancelled", "キャンセル"),
];

pub(super) static LISTS: &[Word<ListKind>] = &[
    words(ListKind::Watch, "watch", "要注意人物", &["要注意"]),
    words(ListKind::Grey, "grey", "グレーリスト", &["グレー", "gray"]),
    words(ListKind::Black, "black", "ブラックリスト", &["ブラック"]),
];

pub(super) static GENDERS: &[Word<Gender>] =
    &[word(Gender::Female, "female", "女性"), word(Gender::Male, "male", "男性"), word(Gender::Other, "other", "その他")];

/// A unit of time in an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

pub(super) static UNITS: &[Word<Unit>] = &[
    words(Unit::Days, "d", "日", &["day", "days"]),
    words(Unit::Weeks, "w", "週間", &["week", "weeks", "週"]),
    words(Unit::Months, "mo", "か月", &["month", "months", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月", "月"]),
    words(Unit::Years, "y", "年", &["year", "years", "年間"]),
];

pub(super) const TODAY: Word<()> = Word { means: (), english: "today", japanese: "今日", also: &["本日"] };

/// What is counted, after a number: read over.
pub(super) const COUNTERS: &[&str] = &["回", "円", "times", "yen"];
