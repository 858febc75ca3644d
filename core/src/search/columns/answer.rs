//! A question answered for everybody at once. What each condition means is said in `holds.rs`, for one customer at a time; here is the same, a column at a
//! time.

use super::super::asked::Asked;
use super::Columns;
use super::bits::Bits;
use crate::error::Error;
use crate::record::{DayField, Flag, ListKind, VisitCategory};
use crate::time::{Date, Instant};

/// What a question is asked against besides the columns.
#[derive(Clone, Copy)]
pub(in crate::search) struct Against<'a> {
    pub(in crate::search) categories: &'a [VisitCategory],
    pub(in crate::search) now: Instant,
    pub(in crate::search) today: Date,
}

impl Columns {
    /// The rows of the active customers of whom all of a question holds (S8).
    pub(in crate::search) fn answer(&self, asked: &Asked, against: Against<'_>) -> Result<Bits, Error> {
        let mut found = self.one(asked, against)?;
        found.and(&self.people.active);
        Ok(found)
    }

    fn one(&self, asked: &Asked, against: Against<'_>) -> Result<Bits, Error> {
        let words = self.places.words();
        Ok(match asked {
            Asked::All(of) => {
                let mut all: Option<Bits> = None;
                for one in of {
                    let found = self.one(one, against)?;
                    match &mut all {
                        Some(all) => all.and(&found),
                        None => all = Some(found),
                    }
                }
                all.unwrap_or_else(|| Bits::every(words))
            }
            Asked::Any(of) => {
                let mut any = Bits::none(words);
                for one in of {
                    any.or(&self.one(one, against)?);
                }
                any
            }
            Asked::Not(that) => self.one(that, against)?.resized(words).turned(),
            Asked::Segment(that) => self.one(that, against)?,
            Asked::Text(field, key) => self.people.texts(*field).holding(key, words),
            Asked::Holder(holders) => {
                let mut found = Bits::none(words);
                for row in holders.iter().filter_map(|holder| self.places.find(holder.ordinal())) {
                    found.set(row, true);
                }
                found
            }
            Asked::CustomField(name, key) => match (self.people.custom_fields.get(name), key) {
                (Some(texts), Some(key)) => texts.holding(key, words),
                (Some(texts), None) => texts.any(words),
                (None, _) => Bits::none(words),
            },
            Asked::Count(field, bounds) => self.counted.count(*field).within(i64::from(bounds.least), i64::from(bounds.most)),
            Asked::Money(field, range) => self.counted.money(*field, *range, words),
            Asked::Day(field, range) => match field {
                DayField::FirstRegistered => &self.people.registered,
                DayField::FirstVisit => &self.counted.first_visit,
                DayField::LastVisit => &self.counted.last_visit,
            }
            .days(*range),
            Asked::Flag(flag) => self.flag(*flag).resized(words),
            Asked::LastMenu(menus) => self.counted.last_menus.any(menus, words),
            Asked::Category(names) => self.visits.in_category(against.categories, names, against.today, words)?,
            Asked::Channel(names) => self.people.channels.any(names, words),
            Asked::Gender(genders) => {
                let mut found = Bits::none(words);
                genders.iter().for_each(|gender| found.or(self.people.gender(*gender)));
                found
            }
            Asked::Listed(lists) => {
                let mut found = Bits::none(words);
                lists.iter().for_each(|list| found.or(self.list(*list)));
                found
            }
            Asked::Frequency(frequency) => self.visits.often(*frequency, against.today)?,
            Asked::Reservation(asked) => self.bookings.whose(asked, self.calendar, against.now, words),
        })
    }

    const fn flag(&self, flag: Flag) -> &Bits {
        match flag {
            Flag::Line => &self.people.line,
            Flag::LastMinuteCancel => &self.counted.last_minute,
            Flag::NoShow => &self.counted.no_show,
            Flag::Account => &self.people.account,
            Flag::Newsletter => &self.people.newsletter,
            Flag::PhoneRegistration => &self.people.phone_registration,
        }
    }

    const fn list(&self, list: ListKind) -> &Bits {
        let [watch, grey, black] = &self.lists;
        match list {
            ListKind::Watch => watch,
            ListKind::Grey => grey,
            ListKind::Black => black,
        }
    }
}
