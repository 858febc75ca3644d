//! What columns keep of a customer's own record.

use std::collections::BTreeMap;

use super::super::row::Profile;
use super::bits::{Bits, at, lengthen};
use super::column::{Column, day};
use super::tags::Tags;
use super::texts::Texts;
use crate::record::{Gender, TextField};

pub(super) struct People {
    /// Who can be found at all (S8).
    pub(super) active: Bits,
    pub(super) number: Column<u32>,
    pub(super) registered: Column<u16>,
    /// The beginning of each name in 五十音順.
    pub(super) kana: Vec<u64>,
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

impl People {
    pub(super) fn grow(&mut self, rows: usize) {
        self.number.grow(rows);
        self.registered.grow(rows);
        lengthen(&mut self.kana, rows);
    }

    /// Everything of an active customer; nothing of one who is not, or not any more.
    pub(super) fn put(&mut self, row: u32, old: Option<&Profile>, new: Option<&Profile>) {
        self.active.set(row, new.is_some());
        self.number.set(row, new.map_or(0, |profile| i64::from(profile.number)));
        self.registered.set(row, day::number(new.map(|profile| profile.registered_on)));
        if let Some(kana) = self.kana.get_mut(at(row)) {
            *kana = new.and_then(|profile| profile.kana.as_ref()).map_or(0, |order| order.beginning());
        }
        self.line.set(row, new.is_some_and(|profile| profile.line.is_some()));
        self.account.set(row, new.is_some_and(|profile| profile.has_account));
        self.newsletter.set(row, new.is_some_and(|profile| profile.newsletter));
        self.phone_registration.set(row, new.is_some_and(|profile| profile.phone_registration));
        for (gender, rows) in [Gender::Female, Gender::Male, Gender::Other].into_iter().zip(&mut self.genders) {
            rows.set(row, new.is_some_and(|profile| profile.gender == Some(gender)));
        }
        self.channels.set(row, new.map_or(&[], |profile| &profile.channels));
        for field in TextField::ALL {
            let texts = self.texts_mut(field);
            let (old, new) = (old.map_or(&[][..], |profile| profile.texts(field)), new.map_or(&[][..], |profile| profile.texts(field)));
            if old != new {
                texts.remove(row, old);
                texts.add(row, new);
            }
        }
        self.put_custom_fields(row, old, new);
    }

    fn put_custom_fields(&mut self, row: u32, old: Option<&Profile>, new: Option<&Profile>) {
        let (old, new) = (old.map_or(&[][..], |profile| &profile.custom_fields), new.map_or(&[][..], |profile| &profile.custom_fields));
        if old == new {
            return;
        }
        // All of one name at once: two fields of a name may have the same text.
        for (name, text) in old {
            if let Some(texts) = self.custom_fields.get_mut(name) {
                texts.remove(row, core::slice::from_ref(text));
            }
        }
        for (name, text) in new {
            let texts = match self.custom_fields.get_mut(name) {
                Some(texts) => texts,
                None => self.custom_fields.entry(name.clone()).or_insert_with(|| Texts::by(KANJI)),
            };
            texts.add(row, core::slice::from_ref(text));
        }
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
