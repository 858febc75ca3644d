use crate::error::{CustomerError, Error, FieldNames, TimeError};
use crate::id::CustomerId;
use crate::log::{Context, Draft, Halt, Read};
use crate::record::{
    Birthday, Consent, Counters, CustomField, Customer, CustomerField, CustomerState, Email, EmailKind, EntryPath, FieldUse, Gender, Kind,
    Newsletter, Settings, key,
};
use crate::text::{TextError, email, multi_line, one_line, phone, to_full_width_katakana};
use crate::time::Date;

/// Why something was done to what hangs on a customer: one line that says something, or the error of its area that it says nothing (R3).
pub(crate) fn given_reason(raw: &str, blank: impl Into<Error>) -> Result<String, Error> {
    let reason = one_line("reason", raw, limits::LINE)?;
    if reason.is_empty() { Err(blank.into()) } else { Ok(reason) }
}

/// How much each field takes: Unicode scalar values for texts, entries for lists. Past it is an error, never a cut (C9).
pub mod limits {
    /// 姓, 名, セイ, メイ
    pub const NAME: u32 = 100;
    /// 郵便番号
    pub const POSTAL_CODE: u32 = 16;
    /// 都道府県
    pub const PREFECTURE: u32 = 50;
    /// 市区町村・番地, 建物名, 法人名, 部署名, HPアドレス, one attribute, one channel
    pub const LINE: u32 = 255;
    /// FAX番号, old card numbers
    pub const SHORT: u32 = 64;
    /// 店舗コメント, memos, a free field's text
    pub const COMMENT: u32 = 4_000;
    /// A picture reference
    pub const REFERENCE: u32 = 2_048;
    /// Phones, e-mails: a merge keeps the source's as secondary ones
    pub const CONTACTS: u32 = 20;
    /// Attributes, channels, pictures, free fields, old card numbers
    pub const ENTRIES: u32 = 100;
}

wire! {
    /// The customer form 顧客情報: what staff see and change. In an edit it replaces the whole: a field left out is emptied.
    #[derive(Default)]
    #[serde(default)]
    pub struct CustomerForm {
        /// 姓
        pub family_name: String,
        /// 名
        pub given_name: String,
        /// セイ: any kana, kept as full-width katakana (C3)
        pub family_kana: Option<String>,
        /// メイ
        pub given_kana: Option<String>,
        /// 電話番号, the main one first (C4)
        pub phones: Vec<String>,
        /// メールアドレス, the main one first (C5)
        pub emails: Vec<String>,
        /// 生年月日: `yyyy-mm-dd`, or `--mm-dd` where the year is not known (C6)
        pub birthday: Option<String>,
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
        /// 顧客属性
        pub attributes: Vec<String>,
        /// 流入経路
        pub channels: Vec<String>,
        /// 法人名・会社名
        pub company: Option<String>,
        /// 部署名
        pub department: Option<String>,
        /// FAX番号
        pub fax: Option<String>,
        /// HPアドレス
        pub home_page: Option<String>,
        /// メルマガ受信; left out: nobody asked
        pub newsletter: Option<NewsletterForm>,
        /// 店舗コメント・備考
        pub shop_comment: Option<String>,
        /// 画像
        pub pictures: Vec<String>,
        /// フリー項目
        pub custom_fields: Vec<CustomField>,
        /// Old card numbers (C7)
        pub number_aliases: Vec<String>,
        /// 初回登録日; left out: today for a new customer, unchanged in an edit
        pub registered_on: Option<Date>,
        /// ユーザー登録 有/無
        pub has_account: bool,
    }
}

redacted_debug!(CustomerForm {});

wire! {
    /// メルマガ受信 on the form, with the record of the consent (C1).
    pub struct NewsletterForm {
        /// 受信する / 受信しない
        pub opted_in: bool,
        /// How the customer agreed; needed to opt in unless the consent is on record already.
        pub how: Option<String>,
        /// The wording agreed to.
        pub wording: Option<String>,
    }
}

redacted_debug!(NewsletterForm { opted_in });

impl From<&Customer> for CustomerForm {
    /// The form as it shows a customer; placeholders show as what they are, addresses.
    fn from(customer: &Customer) -> Self {
        let newsletter = customer.newsletter.as_ref().map(|newsletter| NewsletterForm {
            opted_in: newsletter.opted_in,
            how: newsletter.consent.as_ref().map(|consent| consent.how.clone()),
            wording: newsletter.consent.as_ref().map(|consent| consent.wording.clone()),
        });
        Self {
            family_name: customer.family_name.clone(),
            given_name: customer.given_name.clone(),
            family_kana: customer.family_kana.clone(),
            given_kana: customer.given_kana.clone(),
            phones: customer.phones.iter().map(|phone| phone.entered.clone()).collect(),
            emails: customer.emails.iter().map(|email| email.entered.clone()).collect(),
            birthday: customer.birthday.as_ref().map(ToString::to_string),
            gender: customer.gender,
            postal_code: customer.postal_code.clone(),
            prefecture: customer.prefecture.clone(),
            city_street: customer.city_street.clone(),
            building: customer.building.clone(),
            attributes: customer.attributes.clone(),
            channels: customer.channels.clone(),
            company: customer.company.clone(),
            department: customer.department.clone(),
            fax: customer.fax.clone(),
            home_page: customer.home_page.clone(),
            newsletter,
            shop_comment: customer.shop_comment.clone(),
            pictures: customer.pictures.clone(),
            custom_fields: customer.custom_fields.clone(),
            number_aliases: customer.number_aliases.clone(),
            registered_on: Some(customer.registered_on),
            has_account: customer.has_account,
        }
    }
}

/// What checking a form needs to know besides the form.
pub(crate) struct Checked<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) context: &'a Context,
    /// Whether C2's requirements hold: yes when somebody fills in the form, no when a merge or an import fills blanks.
    pub(crate) path: Option<EntryPath>,
}

/// Writes a form onto a customer, field by field, each cleaned and checked (C3–C6, C9).
pub(crate) fn apply_form(form: &CustomerForm, customer: &mut Customer, checked: &Checked<'_>) -> Result<(), Error> {
    let (had, had_channels) = (core::mem::take(&mut customer.emails), core::mem::take(&mut customer.channels));
    customer.family_name = one_line("familyName", &form.family_name, limits::NAME)?;
    customer.given_name = one_line("givenName", &form.given_name, limits::NAME)?;
    customer.family_kana = kana("familyKana", form.family_kana.as_deref())?;
    customer.given_kana = kana("givenKana", form.given_kana.as_deref())?;
    customer.phones = list(
        "phones",
        &form.phones,
        limits::CONTACTS,
        |raw| Ok(phone::parse("phones", raw)?.accept("phones")?),
        |phone| phone.digits.clone(),
    )?;
    customer.emails =
        list("emails", &form.emails, limits::CONTACTS, |raw| read_email(raw, &had, checked.settings), |email| email.key.clone())?;
    customer.birthday =
        form.birthday.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| read_birthday(text, checked)).transpose()?;
    customer.gender = form.gender;
    customer.postal_code = line("postalCode", form.postal_code.as_deref(), limits::POSTAL_CODE)?;
    customer.prefecture = line("prefecture", form.prefecture.as_deref(), limits::PREFECTURE)?;
    customer.city_street = line("cityStreet", form.city_street.as_deref(), limits::LINE)?;
    customer.building = line("building", form.building.as_deref(), limits::LINE)?;
    customer.attributes =
        list("attributes", &form.attributes, limits::ENTRIES, |raw| Ok(one_line("attributes", raw, limits::LINE)?), Clone::clone)?;
    customer.channels =
        list("channels", &form.channels, limits::ENTRIES, |raw| Ok(one_line("channels", raw, limits::LINE)?), Clone::clone)?;
    known_channels(&customer.channels, &had_channels, checked.settings)?;
    customer.company = line("company", form.company.as_deref(), limits::LINE)?;
    customer.department = line("department", form.department.as_deref(), limits::LINE)?;
    customer.fax = line("fax", form.fax.as_deref(), limits::SHORT)?;
    customer.home_page = line("homePage", form.home_page.as_deref(), limits::REFERENCE)?;
    customer.newsletter = newsletter(form.newsletter.as_ref(), customer.newsletter.take(), checked.context)?;
    customer.shop_comment = form
        .shop_comment
        .as_deref()
        .map(|raw| multi_line("shopComment", raw, limits::COMMENT))
        .transpose()?
        .filter(|text| !text.is_empty());
    customer.pictures =
        list("pictures", &form.pictures, limits::ENTRIES, |raw| Ok(one_line("pictures", raw, limits::REFERENCE)?), Clone::clone)?;
    customer.custom_fields = custom_fields(&form.custom_fields)?;
    customer.number_aliases = list("numberAliases", &form.number_aliases, limits::ENTRIES, read_alias, Clone::clone)?;
    if let Some(day) = form.registered_on {
        customer.registered_on = day;
    }
    customer.has_account = form.has_account;
    if let Some(path) = checked.path {
        check_use(customer, path, checked.settings)?;
    }
    Ok(())
}

fn kana(field: &'static str, raw: Option<&str>) -> Result<Option<String>, Error> {
    let Some(raw) = raw else { return Ok(None) };
    // The limit is for what is kept: half-width ｶﾞ is two characters, ガ one.
    let text = one_line(field, &to_full_width_katakana(field, raw)?, limits::NAME)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn line(field: &'static str, raw: Option<&str>, max: u32) -> Result<Option<String>, TextError> {
    Ok(raw.map(|raw| one_line(field, raw, max)).transpose()?.filter(|text| !text.is_empty()))
}

fn list<T>(
    field: &'static str,
    raw: &[String],
    max: u32,
    read: impl Fn(&str) -> Result<T, Error>,
    identity: impl Fn(&T) -> String,
) -> Result<Vec<T>, Error> {
    let mut seen = std::collections::BTreeSet::new();
    let mut entries = Vec::new();
    // A row of the form that was left empty is no entry.
    for text in raw {
        if one_line(field, text, u32::MAX)?.is_empty() {
            continue;
        }
        let entry = read(text)?;
        if !seen.insert(identity(&entry)) {
            return Err(CustomerError::Repeated { field }.into());
        }
        entries.push(entry);
    }
    if u32::try_from(entries.len()).is_ok_and(|count| count <= max) {
        Ok(entries)
    } else {
        Err(CustomerError::TooMany { field, max }.into())
    }
}

fn read_email(raw: &str, had: &[Email], settings: &Settings) -> Result<Email, Error> {
    let parsed = email::parse("emails", raw)?;
    // A placeholder that was there stays one; typing an address of that shape by hand does not make it the customer's own either (P2).
    let was_placeholder = had.iter().any(|email| email.kind == EmailKind::Placeholder && email.key == parsed.key);
    let placeholder = was_placeholder || is_placeholder_shape(&parsed.key, settings);
    Ok(Email { entered: parsed.entered, key: parsed.key, kind: if placeholder { EmailKind::Placeholder } else { EmailKind::Real } })
}

// `<digits>@<placeholder domain>`: nobody reads mail there.
fn is_placeholder_shape(email_key: &str, settings: &Settings) -> bool {
    let domain = email::partial_key(&settings.placeholder_domain);
    email_key.rsplit_once('@').is_some_and(|(local, at)| at == domain && !local.is_empty() && local.bytes().all(|b| b.is_ascii_digit()))
}

fn read_birthday(text: &str, checked: &Checked<'_>) -> Result<Birthday, Error> {
    let field = "birthday";
    let wrong = |_: TimeError| CustomerError::BirthdayForm { field };
    let birthday: Birthday = text.parse().map_err(wrong)?;
    let today = checked.settings.calendar.day_of(checked.context.now)?;
    if birthday.date().is_some_and(|day| day > today) {
        return Err(CustomerError::BirthdayAfterToday { field }.into());
    }
    Ok(birthday)
}

// A channel that the salon has since taken off its list stays with those who came by it.
fn known_channels(channels: &[String], had: &[String], settings: &Settings) -> Result<(), CustomerError> {
    if settings.channels.is_empty() {
        return Ok(());
    }
    match (1_u32..).zip(channels).find(|(_, channel)| !settings.channels.contains(channel) && !had.contains(channel)) {
        Some((position, _)) => Err(CustomerError::UnknownChannel { field: "channels", position }),
        None => Ok(()),
    }
}

fn newsletter(form: Option<&NewsletterForm>, had: Option<Newsletter>, context: &Context) -> Result<Option<Newsletter>, Error> {
    let Some(form) = form else { return Ok(None) };
    let field = "newsletter";
    let text = |raw: &Option<String>| line(field, raw.as_deref(), limits::COMMENT);
    let (how, wording) = (text(&form.how)?, text(&form.wording)?);
    // Who opts in again after opting out consents anew, be it with the same words.
    let anew = form.opted_in && had.as_ref().is_some_and(|had| !had.opted_in);
    let kept = had.and_then(|had| had.consent);
    let consent = match (how, wording) {
        (Some(how), Some(wording)) => match kept {
            // The same words again are the same consent, with its own date.
            Some(kept) if kept.how == how && kept.wording == wording && !anew => Some(kept),
            _ => Some(Consent { at: context.now, how, wording, recorded_by: Some(context.actor.id.clone()) }),
        },
        _ => kept,
    };
    if form.opted_in && consent.is_none() {
        return Err(CustomerError::required("newsletter.wording").into());
    }
    Ok(Some(Newsletter { opted_in: form.opted_in, consent }))
}

fn custom_fields(raw: &[CustomField]) -> Result<Vec<CustomField>, Error> {
    let field = "customFields";
    let mut fields: Vec<CustomField> = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for entry in raw {
        let (name, value) = (one_line(field, &entry.name, limits::LINE)?, multi_line(field, &entry.value, limits::COMMENT)?);
        if name.is_empty() {
            return Err(CustomerError::required("customFields.name").into());
        }
        if !names.insert(name.clone()) {
            return Err(CustomerError::Repeated { field }.into());
        }
        if !value.is_empty() {
            fields.push(CustomField { name, value });
        }
    }
    if u32::try_from(fields.len()).is_ok_and(|count| count <= limits::ENTRIES) {
        Ok(fields)
    } else {
        Err(CustomerError::TooMany { field, max: limits::ENTRIES }.into())
    }
}

fn read_alias(raw: &str) -> Result<String, Error> {
    // Measured as kept: NFKC makes four characters of ㍿.
    Ok(one_line("numberAliases", &key::number_text(&one_line("numberAliases", raw, limits::SHORT)?), limits::SHORT)?)
}

// C2: what the path's form requires is there, what it does not use is empty.
fn check_use(customer: &Customer, path: EntryPath, settings: &Settings) -> Result<(), CustomerError> {
    judge_use(|field| match settings.field_use(path, field) {
        FieldUse::Required => is_blank(customer, field).then_some(Wrong::Missing),
        FieldUse::Unused => (!is_blank(customer, field)).then_some(Wrong::Unused),
        FieldUse::Optional => None,
    })
}

/// What C2 can find wrong with a field.
enum Wrong {
    Missing,
    Unused,
}

// All that is missing is told at once; else what is there and is not used.
fn judge_use(wrong: impl Fn(CustomerField) -> Option<Wrong>) -> Result<(), CustomerError> {
    let (mut missing, mut unused) = (Vec::new(), None);
    for field in CustomerField::ALL {
        match wrong(field) {
            Some(Wrong::Missing) => missing.push(field.name()),
            Some(Wrong::Unused) => unused = unused.or(Some(field.name())),
            None => {}
        }
    }
    match unused {
        _ if !missing.is_empty() => Err(CustomerError::Required { fields: FieldNames(missing) }),
        Some(field) => Err(CustomerError::Unused { field }),
        None => Ok(()),
    }
}

/// C2 in an edit: what the customer's own entry path requires is not emptied, what it does not use is not filled. What the record lacked or had
/// before the salon changed its form may stay as it is: a phone registration has no kana to demand.
pub(crate) fn check_edit(stored: &Customer, edited: &Customer, settings: &Settings) -> Result<(), CustomerError> {
    judge_use(|field| {
        let (was_blank, blank) = (is_blank(stored, field), is_blank(edited, field));
        match settings.field_use(stored.entry_path, field) {
            FieldUse::Required => (blank && !was_blank).then_some(Wrong::Missing),
            FieldUse::Unused => (was_blank && !blank).then_some(Wrong::Unused),
            FieldUse::Optional => None,
        }
    })
}

fn is_blank(customer: &Customer, field: CustomerField) -> bool {
    use CustomerField as F;
    match field {
        F::FamilyName => customer.family_name.is_empty(),
        F::GivenName => customer.given_name.is_empty(),
        F::FamilyKana => customer.family_kana.is_none(),
        F::GivenKana => customer.given_kana.is_none(),
        F::Phones => customer.phones.is_empty(),
        F::Emails => customer.emails.is_empty(),
        F::Birthday => customer.birthday.is_none(),
        F::Gender => customer.gender.is_none(),
        F::PostalCode => customer.postal_code.is_none(),
        F::Prefecture => customer.prefecture.is_none(),
        F::CityStreet => customer.city_street.is_none(),
        F::Building => customer.building.is_none(),
        F::Attributes => customer.attributes.is_empty(),
        F::Channels => customer.channels.is_empty(),
        F::Company => customer.company.is_none(),
        F::Department => customer.department.is_none(),
        F::Fax => customer.fax.is_none(),
        F::HomePage => customer.home_page.is_none(),
    }
}

/// A customer with nothing filled in.
pub(crate) fn blank(id: CustomerId, number: u32, path: EntryPath, registered_on: Date) -> Customer {
    Customer {
        id,
        number,
        version: 1,
        state: CustomerState::Active,
        pending: None,
        entry_path: path,
        phone_registration: false,
        withdrawal_reason: None,
        provisional_name: false,
        import: None,
        family_name: String::new(),
        given_name: String::new(),
        family_kana: None,
        given_kana: None,
        former_names: Vec::new(),
        phones: Vec::new(),
        emails: Vec::new(),
        birthday: None,
        gender: None,
        postal_code: None,
        prefecture: None,
        city_street: None,
        building: None,
        line: None,
        attributes: Vec::new(),
        channels: Vec::new(),
        company: None,
        department: None,
        fax: None,
        home_page: None,
        newsletter: None,
        shop_comment: None,
        pictures: Vec::new(),
        custom_fields: Vec::new(),
        number_aliases: Vec::new(),
        registered_on,
        has_account: false,
    }
}

/// No old card number of this customer may be another's number or alias (C7): the number search would find two. One that the salon's own count
/// has yet to reach is remembered, so that it is stepped over.
pub(crate) fn keep_numbers(draft: &mut Draft<'_>, customer: &Customer) -> Result<(), Halt> {
    let look = draft.read();
    let reads: Vec<Read> =
        customer.number_aliases.iter().map(|alias| Read::Key { kind: Kind::Customer, key: key::number(alias) }).collect();
    look.want(&reads)?;
    for alias in &customer.number_aliases {
        let holders: Vec<Customer> = look.keyed(key::number(alias))?;
        if let Some(other) = holders.iter().find(|other| other.id != customer.id) {
            return Err(CustomerError::NumberTaken { field: "numberAliases", customer: other.id }.into());
        }
    }
    let mut counters: Counters = look.find(Counters::ID)?.unwrap_or_default();
    let ahead =
        customer.number_aliases.iter().filter_map(|alias| key::counted_number(alias)).filter(|number| *number > counters.number).min();
    if let Some(number) = ahead.filter(|number| counters.old_cards_from.is_none_or(|from| *number < from)) {
        counters.old_cards_from = Some(number);
        draft.put(counters)?;
    }
    Ok(())
}
