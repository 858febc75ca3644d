use super::asked::postal_key;
use super::gojuon::GojuonOrder;
use crate::id::CustomerId;
use crate::identity::NameTexts;
use crate::money::Yen;
use crate::record::{Birthday, Customer, Gender, Mark, TextField};
use crate::text::{PhoneNumber, search_key};
use crate::time::Date;

wire! {
    /// A line of the customer list (C10).
    pub struct CustomerRow {
        /// Whose.
        pub id: CustomerId,
        /// お客様番号
        pub number: u32,
        /// 姓
        pub family_name: String,
        /// 名
        pub given_name: String,
        /// セイ
        pub family_kana: Option<String>,
        /// メイ
        pub given_kana: Option<String>,
        /// The kanji fields hold katakana until somebody asks (P1).
        pub provisional_name: bool,
        /// LINE名 and 画像(LINE); left out: not linked.
        pub line: Option<LineFace>,
        /// 電話番号 as entered, the main one first.
        pub phones: Vec<String>,
        /// 流入経路
        pub channels: Vec<String>,
        /// 初回登録日
        pub registered_on: Date,
        /// 最終来店日 (N5)
        pub last_visit: Option<Date>,
        /// 来店回数 (N1)
        pub visits: u32,
        /// 合計利用金額 (N8)
        pub amount: Yen,
        /// ❗ and the other marks, with their memos (G1).
        pub marks: Vec<Mark>,
    }
}

redacted_debug!(CustomerRow { id, number, visits, marks });

wire! {
    /// What LINE shows of a linked customer: mirrors, never identity.
    #[derive(Default)]
    pub struct LineFace {
        /// LINE名
        pub display_name: Option<String>,
        /// 画像(LINE)
        pub picture_url: Option<String>,
    }
}

redacted_debug!(LineFace {});

/// What of an active customer is searched and sorted by, read out of the record.
pub(super) struct Profile {
    pub(super) id: CustomerId,
    pub(super) number: u32,
    pub(super) family_name: String,
    pub(super) given_name: String,
    pub(super) family_kana: Option<String>,
    pub(super) given_kana: Option<String>,
    pub(super) phone_registration: bool,
    pub(super) line: Option<LineFace>,
    pub(super) phones: Vec<PhoneNumber>,
    pub(super) gender: Option<Gender>,
    pub(super) has_account: bool,
    pub(super) newsletter: bool,
    pub(super) channels: Vec<String>,
    pub(super) registered_on: Date,
    /// Keys of the names (S2).
    pub(super) names: Vec<String>,
    /// Of each of them how many bytes are 姓, if the rest is 名.
    pub(super) families: Vec<usize>,
    /// Keys of the addresses, placeholders too: staff see them as addresses, and read them out of the phone number (S3).
    pub(super) emails: Vec<String>,
    /// Keys of what else is searched in parts.
    pub(super) digits: Vec<String>,
    pub(super) postal_code: Vec<String>,
    pub(super) address: Vec<String>,
    pub(super) company: Vec<String>,
    pub(super) attributes: Vec<String>,
    /// フリー項目: the name as it is, and the key of the text.
    pub(super) custom_fields: Vec<(String, String)>,
    /// The place in 五十音順; none without kana.
    pub(super) kana: Option<GojuonOrder>,
    /// Keys of 姓, 名, セイ and メイ, and of what they were before (D1).
    pub(super) name: NameTexts<String>,
    pub(super) former_names: Vec<NameTexts<String>>,
    pub(super) birthday: Option<Birthday>,
    /// Whether the addresses are placeholders: nobody has those beside real ones (P3).
    pub(super) placeholder: bool,
}

impl CustomerRow {
    /// The line of a customer with these counts and marks.
    pub(super) fn of(customer: &Customer, (visits, amount, last_visit): (u32, Yen, Option<Date>), marks: Vec<Mark>) -> Self {
        Self {
            id: customer.id,
            number: customer.number,
            family_name: customer.family_name.clone(),
            given_name: customer.given_name.clone(),
            family_kana: customer.family_kana.clone(),
            given_kana: customer.given_kana.clone(),
            provisional_name: customer.provisional_name,
            line: customer
                .line
                .as_ref()
                .map(|line| LineFace { display_name: line.display_name.clone(), picture_url: line.picture_url.clone() }),
            phones: customer.phones.iter().map(|phone| phone.entered.clone()).collect(),
            channels: customer.channels.clone(),
            registered_on: customer.registered_on,
            last_visit,
            visits,
            amount,
            marks,
        }
    }
}

impl Profile {
    pub(super) fn of(customer: &Customer) -> Self {
        // The kana first: the order of names is read from there.
        let mut names =
            joined_and_parts(customer.family_kana.as_deref().unwrap_or_default(), customer.given_kana.as_deref().unwrap_or_default());
        names.extend(joined_and_parts(&customer.family_name, &customer.given_name));
        names.extend(customer.line.iter().filter_map(|line| line.display_name.as_deref()).map(|name| (search_key(name), 0)));
        names.retain(|(key, _)| !key.is_empty());
        let (names, families) = names.into_iter().unzip();
        Self {
            id: customer.id,
            number: customer.number,
            family_name: customer.family_name.clone(),
            given_name: customer.given_name.clone(),
            family_kana: customer.family_kana.clone(),
            given_kana: customer.given_kana.clone(),
            phone_registration: customer.phone_registration,
            line: customer
                .line
                .as_ref()
                .map(|line| LineFace { display_name: line.display_name.clone(), picture_url: line.picture_url.clone() }),
            phones: customer.phones.clone(),
            gender: customer.gender,
            has_account: customer.has_account,
            newsletter: customer.newsletter.as_ref().is_some_and(|newsletter| newsletter.opted_in),
            channels: customer.channels.clone(),
            registered_on: customer.registered_on,
            names,
            families,
            emails: customer.emails.iter().map(|email| email.key.clone()).collect(),
            digits: customer.phones.iter().map(|phone| phone.digits.clone()).collect(),
            postal_code: customer.postal_code.iter().map(|code| postal_key(code)).collect(),
            // 住所 is one text to whoever searches it.
            address: keys([[&customer.prefecture, &customer.city_street, &customer.building]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<String>()]),
            company: keys(customer.company.iter().chain(&customer.department)),
            attributes: keys(&customer.attributes),
            custom_fields: customer.custom_fields.iter().map(|field| (field.name.clone(), search_key(&field.value))).collect(),
            kana: GojuonOrder::of(customer.family_kana.as_deref(), customer.given_kana.as_deref()),
            name: customer.name().texts().map(search_key),
            former_names: customer.former_names.iter().map(|name| name.texts().map(search_key)).collect(),
            birthday: customer.birthday.clone(),
            placeholder: customer.real_emails().next().is_none(),
        }
    }
}

impl Profile {
    /// The keys of a text.
    pub(super) fn texts(&self, field: TextField) -> &[String] {
        match field {
            TextField::Name => &self.names,
            TextField::Phone => &self.digits,
            TextField::Email => &self.emails,
            TextField::PostalCode => &self.postal_code,
            TextField::Address => &self.address,
            TextField::Company => &self.company,
            TextField::Attribute => &self.attributes,
        }
    }
}

fn keys<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(|text| search_key(text.as_ref())).filter(|key| !key.is_empty()).collect()
}

// The joined key holds both parts, except where the first character of one composes with the last of the other.
fn joined_and_parts(family: &str, given: &str) -> Vec<(String, usize)> {
    let joined = search_key(&[family, given].concat());
    let [family, given] = [search_key(family), search_key(given)];
    if joined == [family.as_str(), &given].concat() {
        vec![(joined, family.len())]
    } else {
        [joined, family, given].map(|key| (key, 0)).to_vec()
    }
}
