//! What columns keep of a customer's own record.

use std::collections::BTreeMap;

use super::super::gojuon::GojuonOrder;
use super::super::row::Profile;
use super::bits::{Bits, at, lengthen};
use super::column::{Column, day};
use super::joined::Joined;
use super::mails::Mails;
use super::parts::parts;
use super::plan::Plan;
use super::tags::Tags;
use super::texts::Texts;
use crate::record::{Gender, TextField};

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
    digits: Texts,
    emails: Mails,
    postal_codes: Joined,
    addresses: Joined,
    companies: Joined,
    attributes: Joined,
    pub(super) custom_fields: BTreeMap<String, Joined>,
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
            digits: Texts::by(DIGITS),
            emails: Mails::by(DIGITS),
            postal_codes: Joined::by(DIGITS),
            addresses: Joined::by(KANJI),
            companies: Joined::by(KANJI),
            attributes: Joined::by(KANJI),
            custom_fields: BTreeMap::new(),
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
        "phones": digits,
        "e-mail": emails,
        "postal codes": postal_codes,
        "addresses": addresses,
        "other texts": custom_fields,
    }
}

impl People {
    pub(super) fn grow(&mut self, rows: usize) {
        self.number.grow(rows);
        self.registered.grow(rows);
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
        self.digits.put(row, texts(TextField::Phone));
        self.emails.put(row, texts(TextField::Email));
        self.postal_codes.put(row, texts(TextField::PostalCode), &[]);
        self.addresses.put(row, texts(TextField::Address), &[]);
        self.companies.put(row, texts(TextField::Company), &[]);
        self.attributes.put(row, texts(TextField::Attribute), &[]);
        self.put_kana(row, new.and_then(|profile| profile.kana.as_ref()));
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
            texts.put(row, &of, &[]);
        }
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.digits.settle();
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
            TextField::Phone => self.digits.rows_holding(needle, words),
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
            TextField::Phone => self.digits.of(row).map(str::to_owned).collect(),
            TextField::Email => self.emails.of(row),
            TextField::PostalCode => self.postal_codes.of(row),
            TextField::Address => self.addresses.of(row),
            TextField::Company => self.companies.of(row),
            TextField::Attribute => self.attributes.of(row),
        }
    }
}
