//! What columns keep of a customer's own record.

use std::collections::BTreeMap;

use super::super::gojuon::GojuonOrder;
use super::super::row::Profile;
use super::bits::{Bits, at, lengthen, number};
use super::column::{Column, day};
use super::parts::parts;
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
    /// The beginning of each name in 五十音順; the rest is in the first of the names, セイ and メイ together, of which the first so many bytes are セイ.
    #[serde(with = "super::stored")]
    pub(super) kana: Vec<u64>,
    family_kana: Column<u8>,
    // Names of which the two halves become something else when they are joined.
    odd_kana: BTreeMap<u32, GojuonOrder>,
    pub(super) line: Bits,
    pub(super) account: Bits,
    pub(super) newsletter: Bits,
    pub(super) phone_registration: Bits,
    genders: [Bits; 3],
    pub(super) channels: Tags<String>,
    names: Texts,
    digits: Texts,
    emails: Texts,
    postal_codes: Texts,
    addresses: Texts,
    companies: Texts,
    attributes: Texts,
    pub(super) custom_fields: BTreeMap<String, Texts>,
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
            family_kana: Column::default(),
            odd_kana: BTreeMap::new(),
            line: Bits::default(),
            account: Bits::default(),
            newsletter: Bits::default(),
            phone_registration: Bits::default(),
            genders: [const { Bits::of(Vec::new()) }; 3],
            channels: Tags::default(),
            names: Texts::by(KANJI),
            digits: Texts::by(DIGITS),
            emails: Texts::by(DIGITS),
            postal_codes: Texts::by(DIGITS),
            addresses: Texts::by(KANJI),
            companies: Texts::by(KANJI),
            attributes: Texts::by(KANJI),
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
        "kana, lengths": family_kana,
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
        self.family_kana.grow(rows);
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
        for field in TextField::ALL {
            self.texts_mut(field).put(row, new.map_or(&[][..], |profile| profile.texts(field)));
        }
        self.put_kana(row, new.and_then(|profile| profile.kana.as_ref()));
        self.put_custom_fields(row, new.map_or(&[][..], |profile| &profile.custom_fields));
    }

    fn put_kana(&mut self, row: u32, order: Option<&GojuonOrder>) {
        if let Some(kana) = self.kana.get_mut(at(row)) {
            *kana = order.map_or(0, GojuonOrder::beginning);
        }
        self.family_kana.set(row, order.map_or(0, |order| i64::from(number(order.family()))));
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
        let family = usize::try_from(self.family_kana.get(row)).unwrap_or_default();
        let (family, given) = self.names.of(row).next().and_then(|kana| kana.split_at_checked(family))?;
        Some(GojuonOrder::of_keys([family, given]))
    }

    fn put_custom_fields(&mut self, row: u32, new: &[(String, String)]) {
        for (name, _) in new {
            if !self.custom_fields.contains_key(name) {
                self.custom_fields.insert(name.clone(), Texts::by(KANJI));
            }
        }
        // All of one name at once: two fields may have it.
        for (name, texts) in &mut self.custom_fields {
            let of: Vec<String> = new.iter().filter(|(other, _)| other == name).map(|(_, text)| text.clone()).collect();
            texts.put(row, &of);
        }
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        TextField::ALL.into_iter().for_each(|field| self.texts_mut(field).settle());
        self.custom_fields.values_mut().for_each(Texts::settle);
    }

    pub(super) const fn gender(&self, gender: Gender) -> &Bits {
        let [female, male, other] = &self.genders;
        match gender {
            Gender::Female => female,
            Gender::Male => male,
            Gender::Other => other,
        }
    }

    pub(super) const fn texts(&self, field: TextField) -> &Texts {
        match field {
            TextField::Name => &self.names,
            TextField::Phone => &self.digits,
            TextField::Email => &self.emails,
            TextField::PostalCode => &self.postal_codes,
            TextField::Address => &self.addresses,
            TextField::Company => &self.companies,
            TextField::Attribute => &self.attributes,
        }
    }

    const fn texts_mut(&mut self, field: TextField) -> &mut Texts {
        match field {
            TextField::Name => &mut self.names,
            TextField::Phone => &mut self.digits,
            TextField::Email => &mut self.emails,
            TextField::PostalCode => &mut self.postal_codes,
            TextField::Address => &mut self.addresses,
            TextField::Company => &mut self.companies,
            TextField::Attribute => &mut self.attributes,
        }
    }
}
