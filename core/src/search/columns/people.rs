//! What columns keep of a customer's own record.

use std::collections::BTreeMap;

use super::super::gojuon::GojuonOrder;
use super::super::row::Profile;
use super::bits::{Bits, at, lengthen};
use super::column::{Column, day};
use super::joined::Joined;
use super::mails::Mails;
use super::parts::parts;
use super::phones::Phones;
use super::plan::Plan;
use super::tags::Tags;
use crate::identity::{NameTexts, Person, Reader, Texts as PersonTexts};
use crate::record::{Gender, TextField};
use crate::text::search_key;

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct People {
    /// Who can be found at all (S8).
    pub(super) active: Bits,
    /// Kept in every state, for ever (C7).
    pub(super) number: Column<u32>,
    pub(super) registered: Column<u16>,
    /// The beginning of each name in 五十音順; the rest is in the first of the names, which is セイ and メイ.
    #[serde(with = "super::stored")]
    pub(super) kana: Vec<u64>,
    // Names of which the two halves become something else when they are joined.
    odd_kana: BTreeMap<u32, GojuonOrder>,
    pub(super) line: Bits,
    pub(super) account: Bits,
    pub(super) newsletter: Bits,
    pub(super) phone_registration: Bits,
    genders: [Bits; 3],
    pub(super) channels: Tags<String>,
    names: Joined,
    phones: Phones,
    emails: Mails,
    postal_codes: Joined,
    addresses: Joined,
    companies: Joined,
    attributes: Joined,
    pub(super) custom_fields: BTreeMap<String, Joined>,
    /// 生年月日
    births: Column<u16>,
    /// Whose addresses are placeholders (P2).
    placeholder: Bits,
    // Names and LINE names that cannot be told from what is searched, and names from before.
    odd_names: BTreeMap<u32, (NameTexts<String>, String)>,
    former_names: BTreeMap<u32, Vec<NameTexts<String>>>,
}

/// Two characters in a row are rare among kanji.
const KANJI: usize = 2;
/// Among digits and letters it takes three.
const DIGITS: usize = 3;

impl Default for People {
    fn default() -> Self {
        Self {
            active: Bits::default(),
            number: Column::default(),
            registered: Column::default(),
            kana: Vec::new(),
            odd_kana: BTreeMap::new(),
            line: Bits::default(),
            account: Bits::default(),
            newsletter: Bits::default(),
            phone_registration: Bits::default(),
            genders: [const { Bits::of(Vec::new()) }; 3],
            channels: Tags::default(),
            names: Joined::by(KANJI),
            phones: Phones::default(),
            emails: Mails::by(DIGITS),
            postal_codes: Joined::by(DIGITS),
            addresses: Joined::by(KANJI),
            companies: Joined::by(KANJI),
            attributes: Joined::by(KANJI),
            custom_fields: BTreeMap::new(),
            births: Column::default(),
            placeholder: Bits::default(),
            odd_names: BTreeMap::new(),
            former_names: BTreeMap::new(),
        }
    }
}

parts! {
    /// The bytes of each part.
    People {
        "number": number,
        "registered": registered,
        "kana, beginnings": kana,
        "channels": channels,
        "names": names,
        "phones": phones,
        "e-mail": emails,
        "postal codes": postal_codes,
        "addresses": addresses,
        "other texts": custom_fields,
        "birthdays": births,
    }
}

impl People {
    pub(super) fn grow(&mut self, rows: usize) {
        self.number.grow(rows);
        self.registered.grow(rows);
        self.births.grow(rows);
        lengthen(&mut self.kana, rows);
    }

    /// Everything of an active customer; of one who is not, or not any more, nothing but the number.
    pub(super) fn put(&mut self, row: u32, number: u32, new: Option<&Profile>) {
        self.active.set(row, new.is_some());
        self.number.set(row, i64::from(number));
        self.registered.set(row, day::number(new.map(|profile| profile.registered_on)));
        self.line.set(row, new.is_some_and(|profile| profile.line.is_some()));
        self.account.set(row, new.is_some_and(|profile| profile.has_account));
        self.newsletter.set(row, new.is_some_and(|profile| profile.newsletter));
        self.phone_registration.set(row, new.is_some_and(|profile| profile.phone_registration));
        for (gender, rows) in [Gender::Female, Gender::Male, Gender::Other].into_iter().zip(&mut self.genders) {
            rows.set(row, new.is_some_and(|profile| profile.gender == Some(gender)));
        }
        self.channels.set(row, new.map_or(&[], |profile| &profile.channels));
        let texts = |field| new.map_or(&[][..], |profile| profile.texts(field));
        self.names.put(row, texts(TextField::Name), new.map_or(&[][..], |profile| &profile.families));
        self.phones.put(row, texts(TextField::Phone));
        self.emails.put(row, texts(TextField::Email));
        self.postal_codes.put(row, texts(TextField::PostalCode), &[]);
        self.addresses.put(row, texts(TextField::Address), &[]);
        self.companies.put(row, texts(TextField::Company), &[]);
        self.attributes.put(row, texts(TextField::Attribute), &[]);
        self.put_kana(row, new.and_then(|profile| profile.kana.as_ref()));
        self.put_identity(row, new);
        self.put_custom_fields(row, new.map_or(&[][..], |profile| &profile.custom_fields));
    }

    fn put_kana(&mut self, row: u32, order: Option<&GojuonOrder>) {
        if let Some(kana) = self.kana.get_mut(at(row)) {
            *kana = order.map_or(0, GojuonOrder::beginning);
        }
        self.odd_kana.remove(&row);
        if let Some(order) = order.filter(|order| self.kana_order(row).as_ref() != Some(*order)) {
            self.odd_kana.insert(row, order.clone());
        }
    }

    // What only the question "who is who" asks for (D1).
    fn put_identity(&mut self, row: u32, new: Option<&Profile>) {
        self.births.set(row, birth::number(new.and_then(|profile| profile.birthday.as_ref())));
        self.placeholder.set(row, new.is_some_and(|profile| profile.placeholder));
        self.odd_names.remove(&row);
        self.former_names.remove(&row);
        let Some(profile) = new else { return };
        let line_name = profile.line.as_ref().and_then(|line| line.display_name.as_deref()).map(search_key).unwrap_or_default();
        if self.name_of(row) != (profile.name.each_ref().map(String::as_str), line_name.clone()) {
            self.odd_names.insert(row, (profile.name.clone(), line_name));
        }
        if !profile.former_names.is_empty() {
            self.former_names.insert(row, profile.former_names.clone());
        }
    }

    // 姓, 名, セイ and メイ, and the LINE name, out of the texts that are searched.
    fn name_of(&self, row: u32) -> (NameTexts<&str>, String) {
        if let Some((name, line_name)) = self.odd_names.get(&row) {
            return (name.each_ref().map(String::as_str), line_name.clone());
        }
        let [first, second] = self.names.pairs(row);
        let no_kana = self.kana.get(at(row)).is_none_or(|beginning| *beginning == 0);
        let ([family, given], [family_kana, given_kana]) = if no_kana { (first, [""; 2]) } else { (second, first) };
        // The LINE name comes after the others.
        let after = if no_kana { 1 } else { 2 };
        let line_name = if self.line.holds(row) { self.names.of(row).into_iter().nth(after) } else { None };
        ([family, given, family_kana, given_kana], line_name.unwrap_or_default())
    }

    /// What of a row is compared with others (D1).
    pub(super) fn person(&self, row: u32, reader: &mut Reader) -> Person {
        let (name, line_name) = self.name_of(row);
        let former = self.former_names.get(&row).into_iter().flatten().map(|name| name.each_ref().map(String::as_str));
        let phones = self.phones.of(row);
        let emails = if self.placeholder.holds(row) { Vec::new() } else { self.emails.of(row) };
        reader.person(&PersonTexts {
            names: core::iter::once(name).chain(former).collect(),
            phones: phones.iter().map(String::as_str).collect(),
            emails: emails.iter().map(String::as_str).collect(),
            birthday: birth::of(self.births.get(row)).as_ref(),
            line: self.line.holds(row),
            line_name: Some(&line_name),
        })
    }

    /// The whole place of a name in 五十音順; none without kana.
    pub(super) fn kana_order(&self, row: u32) -> Option<GojuonOrder> {
        if self.kana.get(at(row)).is_none_or(|beginning| *beginning == 0) {
            return None;
        }
        if let Some(order) = self.odd_kana.get(&row) {
            return Some(order.clone());
        }
        Some(GojuonOrder::of_keys(self.names.words(row)))
    }

    fn put_custom_fields(&mut self, row: u32, new: &[(String, String)]) {
        for (name, _) in new {
            if !self.custom_fields.contains_key(name) {
                self.custom_fields.insert(name.clone(), Joined::by(KANJI));
            }
        }
        // All of one name at once: two fields may have it.
        for (name, texts) in &mut self.custom_fields {
            let of: Vec<String> = new.iter().filter(|(other, _)| other == name).map(|(_, text)| text.clone()).collect();
            // A salon may have had thousands of names: most rows have nothing of most of them.
            if !of.is_empty() || texts.has(row) {
                texts.put(row, &of, &[]);
            }
        }
    }

    /// Whether its texts and what is posted of them are each other's: they may come from outside.
    pub(super) fn is_sound(&self) -> bool {
        let Self { names, postal_codes, addresses, companies, attributes, custom_fields, .. } = self;
        let joined = [names, postal_codes, addresses, companies, attributes].into_iter().chain(custom_fields.values());
        self.phones.is_sound() && self.emails.is_sound() && joined.into_iter().all(Joined::is_sound)
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.phones.settle();
        self.emails.settle();
        let Self { names, postal_codes, addresses, companies, attributes, custom_fields, .. } = self;
        [names, postal_codes, addresses, companies, attributes].into_iter().chain(custom_fields.values_mut()).for_each(Joined::settle);
    }

    pub(super) const fn gender(&self, gender: Gender) -> &Bits {
        let [female, male, other] = &self.genders;
        match gender {
            Gender::Female => female,
            Gender::Male => male,
            Gender::Other => other,
        }
    }

    /// Who has a text of a field that holds a needle.
    pub(super) fn holding(&self, field: TextField, needle: &str, words: usize) -> Plan<'_> {
        match field {
            TextField::Name => self.names.holding(needle, words),
            TextField::Phone => self.phones.holding(needle, words),
            TextField::Email => self.emails.holding(needle, words),
            TextField::PostalCode => self.postal_codes.holding(needle, words),
            TextField::Address => self.addresses.holding(needle, words),
            TextField::Company => self.companies.holding(needle, words),
            TextField::Attribute => self.attributes.holding(needle, words),
        }
    }

    /// The texts of a row.
    pub(super) fn texts(&self, field: TextField, row: u32) -> Vec<String> {
        match field {
            TextField::Name => self.names.of(row),
            TextField::Phone => self.phones.of(row),
            TextField::Email => self.emails.of(row),
            TextField::PostalCode => self.postal_codes.of(row),
            TextField::Address => self.addresses.of(row),
            TextField::Company => self.companies.of(row),
            TextField::Attribute => self.attributes.of(row),
        }
    }
}

/// Birthdays as numbers for a column of days: those without a year stand far before all others.
mod birth {
    use super::day;
    use crate::record::Birthday;

    const YEARLESS: i64 = -10_000_000;

    pub(super) fn number(birthday: Option<&Birthday>) -> i64 {
        let Some(Birthday { month, day, .. }) = birthday else { return 0 };
        let whole = birthday.and_then(Birthday::date);
        let yearless = || YEARLESS.saturating_sub(i64::from(*month).saturating_mul(32).saturating_add((*day).into()));
        whole.map_or_else(yearless, |date| day::number(Some(date)))
    }

    pub(super) fn of(number: i64) -> Option<Birthday> {
        if let Some(of_year) = YEARLESS.checked_sub(number).and_then(|of_year| u32::try_from(of_year).ok()) {
            return Some(Birthday { year: None, month: of_year / 32, day: of_year % 32 });
        }
        let date = day::of(number)?;
        Some(Birthday { year: Some(date.year()), month: date.month(), day: date.day() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::blank;
    use crate::record::{Customer, Email, EmailKind, EntryPath, FormerName, LineLink};
    use crate::text::phone;

    fn customers() -> impl Iterator<Item = Customer> {
        let kana = [None, Some("ヤマダ"), Some("ﾔﾏﾀﾞ")];
        let names = ["山田", "ヤマダ", "か", "\u{3099}山", "髙橋 "];
        let birthdays =
            [None, Some("1868-01-01"), Some("1929-12-31"), Some("1930-01-01"), Some("2026-02-28"), Some("--02-29"), Some("--12-31")];
        (1..=420).map(move |n| {
            let place = n as usize;
            let mut customer = blank(crate::id::CustomerId::from_ordinal(n), n, EntryPath::Counter, "2026-11-21".parse().unwrap());
            customer.family_name = names[place % 5].to_owned();
            customer.given_name = ["花子", "\u{3099}", "ハナコ"][place % 3].to_owned();
            customer.family_kana = kana[place % 3].map(str::to_owned);
            customer.given_kana = kana[place / 3 % 3].map(str::to_owned);
            customer.phones =
                (0..place % 3).map(|more| phone::parse("phones", &format!("090-1234-5{more}{:02}", n % 100)).unwrap()).collect();
            let kind = if place.is_multiple_of(4) { EmailKind::Placeholder } else { EmailKind::Real };
            let email = |more: usize| Email { entered: String::new(), key: format!("{n}-{more}@example.jp"), kind };
            customer.emails = (0..place % 3).map(email).collect();
            customer.birthday = birthdays[place % 7].map(|text| text.parse().unwrap());
            customer.line = (place % 5 < 2).then(|| LineLink {
                provider: "p".to_owned(),
                user: format!("u{n}"),
                display_name: (place % 5 == 1).then(|| "ハナコ山田".to_owned()),
                picture_url: None,
            });
            if place.is_multiple_of(6) {
                let former = FormerName {
                    family_name: "旧".to_owned(),
                    given_name: "花子".to_owned(),
                    family_kana: None,
                    given_kana: Some("はなこ".to_owned()),
                };
                customer.former_names = vec![former; place % 4];
            }
            customer
        })
    }

    #[test]
    fn d1_a_person_out_of_columns_is_the_one_of_the_record() {
        let mut people = People::default();
        people.grow(512);
        for (row, customer) in (0..).zip(customers()) {
            people.put(row + 1, row, Some(&Profile::of(&customer)));
        }
        for settles in [false, true] {
            // Everybody becomes somebody else.
            for (row, customer) in (0..).zip(customers()) {
                people.put(row, row, Some(&Profile::of(&customer)));
            }
            if settles {
                people.settle();
            }
            for (row, customer) in (0..).zip(customers()) {
                assert_eq!(people.person(row, &mut Reader::default()), Person::of_customer(&customer), "{row}");
            }
        }
    }
}
