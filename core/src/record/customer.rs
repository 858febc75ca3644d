use super::{Keyed, key};
use crate::error::TimeError;
use crate::id::{ActorId, CustomerId, ImportId, RecordId};
use crate::text::{PhoneNumber, WidthMode, merge_key};
use crate::time::{Date, Instant};

wire! {
    /// A customer 顧客 (C1), as kept. Texts are as typed, cleaned by C9; keys are derived from them.
    pub struct Customer {
        /// What records point to.
        pub id: CustomerId,
        /// Customer number お客様番号: sequential per salon, never reused (C7).
        pub number: u32,
        /// Counts the commits that changed this record, from 1 (C8).
        pub version: u32,
        /// Active, withdrawn, merged or erased.
        pub state: CustomerState,
        /// 退会理由 (W1).
        pub withdrawal_reason: Option<String>,
        /// A request that must be finished before a merge (M5).
        pub pending: Option<Pending>,
        /// How the customer came into the ledger (C2).
        pub entry_path: EntryPath,
        /// Whether the customer is on the 新規電話予約 list: registered by phone, no real e-mail ever since (P3).
        pub phone_registration: bool,
        /// The kanji fields hold katakana until somebody asks (P1).
        pub provisional_name: bool,
        /// The import that made the customer (I5).
        pub import: Option<ImportId>,
        /// 姓
        pub family_name: String,
        /// 名
        pub given_name: String,
        /// セイ, in full-width katakana (C3).
        pub family_kana: Option<String>,
        /// メイ, in full-width katakana (C3).
        pub given_kana: Option<String>,
        /// Names that the customer had before, the latest first: 旧姓 (D1).
        pub former_names: Vec<FormerName>,
        /// 電話番号; the first is the main one (C4).
        pub phones: Vec<PhoneNumber>,
        /// メールアドレス; the first is the main one (C5).
        pub emails: Vec<Email>,
        /// 生年月日 (C6).
        pub birthday: Option<Birthday>,
        /// 性別
        pub gender: Option<Gender>,
        /// 郵便番号
        pub postal_code: Option<String>,
        /// 都道府県
        pub prefecture: Option<String>,
        /// 市区町村・番地
        pub city_street: Option<String>,
        /// 建物名など
        pub building: Option<String>,
        /// The LINE account and LINE's mirrors; never edited by hand.
        pub line: Option<LineLink>,
        /// 顧客属性: free texts, such as a wheelchair user.
        pub attributes: Vec<String>,
        /// 流入経路, from the salon's own list.
        pub channels: Vec<String>,
        /// 法人名・会社名
        pub company: Option<String>,
        /// 部署名
        pub department: Option<String>,
        /// FAX番号
        pub fax: Option<String>,
        /// HPアドレス
        pub home_page: Option<String>,
        /// メルマガ受信, with its consent record.
        pub newsletter: Option<Newsletter>,
        /// 店舗コメント・備考: never shown to the customer.
        pub shop_comment: Option<String>,
        /// 画像: references that mean something to the host.
        pub pictures: Vec<String>,
        /// フリー項目
        pub custom_fields: Vec<CustomField>,
        /// Old card numbers (C7).
        pub number_aliases: Vec<String>,
        /// 初回登録日
        pub registered_on: Date,
        /// ユーザー登録 有/無: whether the customer has an account of their own.
        pub has_account: bool,
    }
}

redacted_debug!(Customer { id, number, version, state, entry_path });

wire! {
    /// A name that was corrected or changed, as it stood before (D1).
    pub struct FormerName {
        /// 姓
        pub family_name: String,
        /// 名
        pub given_name: String,
        /// セイ
        pub family_kana: Option<String>,
        /// メイ
        pub given_kana: Option<String>,
    }
}

redacted_debug!(FormerName {});

/// How many former names are kept; what goes beyond stays in the journal alone.
const FORMER_NAMES: usize = 10;

impl FormerName {
    /// 姓, 名, セイ and メイ.
    pub(crate) fn texts(&self) -> [&str; 4] {
        let [family_kana, given_kana] = [&self.family_kana, &self.given_kana].map(|kana| kana.as_deref().unwrap_or_default());
        [&self.family_name, &self.given_name, family_kana, given_kana]
    }
}

wire! {
    /// What a customer record is.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum CustomerState {
        /// An ordinary customer.
        Active,
        /// 退会: by the customer, through the booking site (W1).
        Withdrawn {
            /// When.
            at: Instant,
        },
        /// 統合元: resolves to the target for ever (M6).
        Merged {
            /// The target.
            into: CustomerId,
            /// When.
            at: Instant,
        },
        /// Personal data removed, figures kept (W4).
        Erased {
            /// When.
            at: Instant,
        },
    }
}

impl CustomerState {
    /// The state's name, as errors say it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Merged { .. } => "merged",
            Self::Erased { .. } => "erased",
        }
    }
}

wire! {
    /// A request of the customer's that is under way (M5).
    #[derive(Copy, Debug)]
    pub enum Pending {
        /// Erasure of personal data.
        Erasure,
        /// Disclosure of the whole record.
        Disclosure,
    }
}

impl Pending {
    /// The name, as errors say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Erasure => "erasure",
            Self::Disclosure => "disclosure",
        }
    }
}

wire! {
    /// How a customer enters the ledger; it decides what is required (C2).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum EntryPath {
        /// The counter form 新規登録.
        Counter,
        /// Phone registration 新規電話予約.
        Phone,
        /// Bulk import 一括登録.
        Import,
        /// A booking through LINE.
        Line,
    }
}

wire! {
    /// An e-mail address (C5).
    pub struct Email {
        /// As typed.
        pub entered: String,
        /// Trimmed, NFKC, lower-cased: what is compared.
        pub key: String,
        /// A real address, or one made from a phone number (P2).
        pub kind: EmailKind,
    }
}

redacted_debug!(Email { kind });

wire! {
    /// Whether mail may be sent to an address.
    #[derive(Copy, Debug)]
    pub enum EmailKind {
        /// The customer's own.
        Real,
        /// `<phone digits>@<placeholder domain>`: never mailed, never matched (P2).
        Placeholder,
    }
}

wire! {
    /// A birthday 生年月日: a date, or month and day without a year (C6).
    pub struct Birthday {
        /// The year, if known.
        pub year: Option<i32>,
        /// The month, 1 to 12.
        pub month: u32,
        /// The day, 1 to 31.
        pub day: u32,
    }
}

redacted_debug!(Birthday {});

impl Birthday {
    /// The day itself, if the year is known.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }
}

/// `yyyy-mm-dd`, or `--mm-dd` where the year is not known (C6).
impl core::fmt::Display for Birthday {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "--{:02}-{:02}", self.month, self.day),
        }
    }
}

impl core::str::FromStr for Birthday {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        if let Some(month_day) = text.strip_prefix("--") {
            // 2000 was a leap year: 29 February is somebody's birthday.
            let day: Date = ["2000-", month_day].concat().parse()?;
            return Ok(Self { year: None, month: day.month(), day: day.day() });
        }
        let day: Date = text.parse()?;
        Ok(Self { year: Some(day.year()), month: day.month(), day: day.day() })
    }
}

wire! {
    /// Gender 性別, as the salon's form offers it.
    #[derive(Copy, PartialOrd, Ord)]
    pub enum Gender {
        /// 女性
        Female,
        /// 男性
        Male,
        /// その他
        Other,
    }
}

impl core::fmt::Debug for Gender {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("(private)")
    }
}

wire! {
    /// A linked LINE account: the key is provider and user id, the rest mirrors LINE (L2).
    pub struct LineLink {
        /// The provider (channel) whose user ids these are.
        pub provider: String,
        /// The user id under that provider.
        pub user: String,
        /// LINE名: never identity.
        pub display_name: Option<String>,
        /// 画像(LINE)
        pub picture_url: Option<String>,
    }
}

redacted_debug!(LineLink {});

wire! {
    /// メルマガ受信: whether, and on what consent.
    #[derive(Debug)]
    pub struct Newsletter {
        /// 受信する / 受信しない
        pub opted_in: bool,
        /// What the customer agreed to.
        pub consent: Option<Consent>,
    }
}

wire! {
    /// When, how and to which wording somebody consented (C1).
    pub struct Consent {
        /// When.
        pub at: Instant,
        /// How: a form, by phone, on paper.
        pub how: String,
        /// The wording agreed to.
        pub wording: String,
        /// Who recorded it, if a person did.
        pub recorded_by: Option<ActorId>,
    }
}

redacted_debug!(Consent { at });

wire! {
    /// A free field フリー項目.
    pub struct CustomField {
        /// Its name, unique per customer.
        pub name: String,
        /// Its text.
        pub value: String,
    }
}

redacted_debug!(CustomField {});

impl Customer {
    /// Whether this is an ordinary customer.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        matches!(self.state, CustomerState::Active)
    }

    /// The strict key of the name (M1), widths folded or not.
    #[must_use]
    pub fn name_key(&self, mode: WidthMode) -> String {
        merge_key(&self.family_name, &self.given_name, mode)
    }

    /// The key of the kana name, widths and spaces folded; none where there is none.
    #[must_use]
    pub fn kana_key(&self) -> Option<String> {
        let part = |kana: &Option<String>| kana.clone().unwrap_or_default();
        Some(merge_key(&part(&self.family_kana), &part(&self.given_kana), WidthMode::Fold)).filter(|key| !key.is_empty())
    }

    /// Remembers names that this customer had, the latest first, each once and never the present one.
    pub(crate) fn remember_names(&mut self, names: impl IntoIterator<Item = FormerName>) {
        let written = |family: &str, given: &str| merge_key(family, given, WidthMode::Fold);
        let mut seen = std::collections::BTreeSet::from([written(&self.family_name, &self.given_name)]);
        let all: Vec<FormerName> = names.into_iter().chain(core::mem::take(&mut self.former_names)).collect();
        let new = |name: &FormerName| seen.insert(written(&name.family_name, &name.given_name));
        self.former_names = all.into_iter().filter(new).take(FORMER_NAMES).collect();
    }

    /// The name as one that will have been.
    pub(crate) fn name(&self) -> FormerName {
        FormerName {
            family_name: self.family_name.clone(),
            given_name: self.given_name.clone(),
            family_kana: self.family_kana.clone(),
            given_kana: self.given_kana.clone(),
        }
    }

    /// The real addresses.
    pub fn real_emails(&self) -> impl Iterator<Item = &Email> {
        self.emails.iter().filter(|email| email.kind == EmailKind::Real)
    }
}

impl Keyed for Customer {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }

    // A merged or erased customer keeps its numbers (M6, C7) and is otherwise not found by what it was called. Whoever has left is found by it too, to be shown
    // to staff when somebody like them comes (W3); whoever looks for those who are there leaves them out.
    fn lookup_keys(&self) -> Vec<String> {
        let mut keys = vec![key::number(&self.number.to_string())];
        keys.extend(self.number_aliases.iter().map(|alias| key::number(alias)));
        if let Some(import) = &self.import {
            keys.push(key::import(import));
        }
        match self.state {
            CustomerState::Withdrawn { .. } => keys.push(key::WITHDRAWN.to_owned()),
            CustomerState::Erased { .. } => keys.push(key::ERASED.to_owned()),
            CustomerState::Active | CustomerState::Merged { .. } => {}
        }
        if matches!(self.state, CustomerState::Active | CustomerState::Withdrawn { .. }) {
            keys.push(key::name(&self.name_key(WidthMode::Fold)));
            keys.extend(self.phones.iter().map(|phone| key::phone(&phone.digits)));
            keys.extend(self.real_emails().map(|email| key::email(&email.key)));
            keys.extend(self.line.iter().map(|line| key::line(&line.provider, &line.user)));
        }
        keys.sort();
        keys.dedup();
        keys
    }
}
