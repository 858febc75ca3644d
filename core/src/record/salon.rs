use super::{CancellationPolicy, EntryPath, Keyed, PointsPolicy};
use crate::id::RecordId;
use crate::text::WidthMode;
use crate::time::Calendar;

wire! {
    /// The salon's settings 基本設定: the calendar, and every policy value with SPEC's default.
    #[derive(Debug)]
    #[serde(default)]
    pub struct Settings {
        /// Counts the commits that changed this record.
        pub version: u32,
        /// Where the salon's clocks stand and when its day begins (T2).
        pub calendar: Calendar,
        /// The domain of placeholder addresses (P2).
        pub placeholder_domain: String,
        /// 事前決済機能を利用する (R2).
        pub prepayment: bool,
        /// The salon's own list of channels 流入経路 (C1); while it is empty any channel is taken.
        pub channels: Vec<String>,
        /// Where the salon's forms differ from C2's defaults.
        pub field_rules: Vec<FieldRule>,
        /// What the black list closes (G3).
        pub blacklist: BlacklistPolicy,
        /// What is done when somebody returns who was on the black list when they left or were erased (G5); left out: staff are told.
        pub returns: Option<ReturnPolicy>,
        /// Whether the merge key folds widths (M1).
        pub merge_names: MergeNames,
        /// What an import does to an existing customer (I3).
        pub import_existing: ExistingPolicy,
        /// For how many days a merge can be undone (M8); 0, the default: never.
        pub unmerge_days: u32,
        /// The cancellation policy copied onto new reservations (R6).
        pub cancellation: CancellationPolicy,
        /// Whether an expired ticket can still be extended, with a reason (K6).
        pub extend_expired_tickets: bool,
        /// ポイント設定 (Z1).
        pub points: PointsPolicy,
        /// 来店区分, the first that fits (N9).
        pub visit_categories: Vec<VisitCategory>,
        /// What stands on invoices and receipts (Q5).
        pub issuer: Issuer,
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: 0,
            calendar: Calendar::default(),
            placeholder_domain: "leporto.com".to_owned(),
            prepayment: false,
            channels: Vec::new(),
            field_rules: Vec::new(),
            blacklist: BlacklistPolicy::AllChannels,
            returns: None,
            merge_names: MergeNames::FoldWidths,
            import_existing: ExistingPolicy::Leave,
            unmerge_days: 0,
            cancellation: CancellationPolicy::default(),
            extend_expired_tickets: false,
            points: PointsPolicy::default(),
            visit_categories: Vec::new(),
            issuer: Issuer::default(),
        }
    }
}

impl Settings {
    /// The id under which the one record of a salon lies.
    pub const ID: &'static str = "salon";

    /// How the merge key is made (M1).
    #[must_use]
    pub const fn width_mode(&self) -> WidthMode {
        match self.merge_names {
            MergeNames::FoldWidths => WidthMode::Fold,
            MergeNames::SpacesOnly => WidthMode::SpacesOnly,
        }
    }

    /// What the salon's form on a path says of a field (C2): its own rule if it has one, else the default.
    #[must_use]
    pub fn field_use(&self, path: EntryPath, field: CustomerField) -> FieldUse {
        let own = self.field_rules.iter().rev().find(|rule| rule.path == path && rule.field == field);
        own.map_or_else(|| FieldUse::default_of(path, field), |rule| rule.usage)
    }
}

impl Keyed for Settings {
    fn key_id(&self) -> RecordId {
        RecordId::new(Self::ID)
    }
}

wire! {
    /// What is done when somebody returns who was on the black list when they left or were erased (G5).
    #[derive(Copy, Debug, Default)]
    pub enum ReturnPolicy {
        /// Nothing: nobody looks.
        Off,
        /// Staff are told; the new customer is one like any other.
        #[default]
        Suggest,
        /// The new customer is put on the black list.
        Block,
    }
}

wire! {
    /// 来店区分 (N9): a name and the thresholds that a customer must meet, all of those that are given.
    #[derive(Debug)]
    pub struct VisitCategory {
        /// What staff call it, such as VIP or 休眠.
        pub name: String,
        /// At least so many visits.
        pub visits_from: Option<u32>,
        /// At most so many visits.
        pub visits_to: Option<u32>,
        /// 平均来店頻度, at least (N7).
        pub frequency: Option<Frequency>,
        /// The last visit lies at most so many days back.
        pub within_days: Option<u32>,
        /// The last visit lies at least so many days back.
        pub after_days: Option<u32>,
    }
}

wire! {
    /// 平均来店頻度 (N7): the named ways to say how often somebody comes.
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Frequency {
        /// `[D]日[k]回以上`: from the first visit to now, but at least D days, at least k visits in every D days on average.
        Average {
            /// D, from 1.
            days: u32,
            /// k, from 1.
            times: u32,
        },
        /// At least k visits in the last D days, today included.
        Trailing {
            /// D, from 1.
            days: u32,
            /// k, from 1.
            times: u32,
        },
        /// The mean of the two gaps between the last three visits is at most so many days.
        LastGaps {
            /// Days.
            days: u32,
        },
    }
}

wire! {
    /// Who issues documents (Q5).
    #[derive(Debug, Default)]
    #[serde(default)]
    pub struct Issuer {
        /// The name on documents.
        pub name: Option<String>,
        /// 適格請求書発行事業者の登録番号: T and 13 digits.
        pub registration_number: Option<String>,
    }
}

wire! {
    /// What the black list closes (G3).
    #[derive(Copy, Debug)]
    pub enum BlacklistPolicy {
        /// Every channel, staff's too (000, 001): the default.
        AllChannels,
        /// The booking site and LINE only (002).
        OnlineOnly,
    }
}

wire! {
    /// Whether the merge key folds widths (M1).
    #[derive(Copy, Debug)]
    pub enum MergeNames {
        /// ﾔﾏﾀﾞ = ヤマダ: the default.
        FoldWidths,
        /// Only spaces and invisible characters vanish.
        SpacesOnly,
    }
}

wire! {
    /// What an import does to a customer who exists already (I3).
    #[derive(Copy, Debug)]
    pub enum ExistingPolicy {
        /// Nothing: the default.
        Leave,
        /// Blank fields are filled from the row.
        FillBlanks,
    }
}

wire! {
    /// One rule of a salon's form (C2).
    #[derive(Copy, Debug)]
    pub struct FieldRule {
        /// On which path.
        pub path: EntryPath,
        /// Which field.
        pub field: CustomerField,
        /// What holds.
        pub usage: FieldUse,
    }
}

wire! {
    /// Whether a field is used (C2).
    #[derive(Copy, Debug)]
    pub enum FieldUse {
        /// 未使用: must be empty.
        Unused,
        /// May be empty.
        Optional,
        /// 必須
        Required,
    }
}

wire! {
    /// The fields a salon's forms can rule (C2).
    #[derive(Copy, Debug)]
    pub enum CustomerField {
        /// 姓
        FamilyName,
        /// 名
        GivenName,
        /// セイ
        FamilyKana,
        /// メイ
        GivenKana,
        /// 電話番号
        Phones,
        /// メールアドレス
        Emails,
        /// 生年月日
        Birthday,
        /// 性別
        Gender,
        /// 郵便番号
        PostalCode,
        /// 都道府県
        Prefecture,
        /// 市区町村・番地
        CityStreet,
        /// 建物名など
        Building,
        /// 顧客属性
        Attributes,
        /// 流入経路
        Channels,
        /// 法人名・会社名
        Company,
        /// 部署名
        Department,
        /// FAX番号
        Fax,
        /// HPアドレス
        HomePage,
    }
}

impl CustomerField {
    /// Every field a form can rule.
    pub const ALL: [Self; 18] = [
        Self::FamilyName,
        Self::GivenName,
        Self::FamilyKana,
        Self::GivenKana,
        Self::Phones,
        Self::Emails,
        Self::Birthday,
        Self::Gender,
        Self::PostalCode,
        Self::Prefecture,
        Self::CityStreet,
        Self::Building,
        Self::Attributes,
        Self::Channels,
        Self::Company,
        Self::Department,
        Self::Fax,
        Self::HomePage,
    ];

    /// The field's name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FamilyName => "familyName",
            Self::GivenName => "givenName",
            Self::FamilyKana => "familyKana",
            Self::GivenKana => "givenKana",
            Self::Phones => "phones",
            Self::Emails => "emails",
            Self::Birthday => "birthday",
            Self::Gender => "gender",
            Self::PostalCode => "postalCode",
            Self::Prefecture => "prefecture",
            Self::CityStreet => "cityStreet",
            Self::Building => "building",
            Self::Attributes => "attributes",
            Self::Channels => "channels",
            Self::Company => "company",
            Self::Department => "department",
            Self::Fax => "fax",
            Self::HomePage => "homePage",
        }
    }
}

impl FieldUse {
    /// C2's defaults: what the manuals mark with an asterisk.
    #[must_use]
    pub const fn default_of(path: EntryPath, field: CustomerField) -> Self {
        use CustomerField as F;
        let required = match path {
            EntryPath::Counter => matches!(field, F::FamilyName | F::GivenName | F::FamilyKana | F::GivenKana | F::Phones | F::Emails),
            EntryPath::Phone => matches!(field, F::FamilyName | F::GivenName | F::Phones),
            EntryPath::Import => matches!(field, F::FamilyName | F::GivenName),
            EntryPath::Line => matches!(field, F::FamilyName | F::GivenName | F::Emails),
        };
        if required { Self::Required } else { Self::Optional }
    }
}
