//! The column engine: what search asks of customers, turned by a quarter.
//!
//! An ordinary index keeps a customer's facts together and asks one customer after the other. Here each *fact* is kept together, for all customers: their
//! visit counts stand side by side in one vector of bytes, their last visits in another of 16-bit days. "Three visits or more" is then one comparison
//! repeated over memory in order, which a processor does for dozens of customers at a time, and its answer is one bit a customer ([`Bits`]). "And", "or" and
//! "not" are those of machine words, 64 customers each.
//!
//! - [`Places`](places::Places) says which row a customer has.
//! - [`Column`](column::Column) is a vector of small numbers with a table beside it for those that are not small.
//! - [`Texts`](texts::Texts) finds a part of a name, [`VisitDays`](visits::VisitDays) how often somebody came, [`Bookings`](bookings::Bookings) who has a
//!   reservation of a kind.
//! - `answer.rs` puts a question to them; `order.rs` finds the first page of the answer.
//!
//! Nothing here depends on the day of the question, and what depends on the calendar is made anew when that changes. What a condition *means* is not said
//! here but in `holds.rs`, for one customer; a test holds both to each other.

mod answer;
mod bits;
mod bookings;
mod codes;
mod column;
mod counted;
mod lists;
mod order;
mod people;
mod places;
mod tags;
#[cfg(test)]
mod tests;
mod texts;
mod visits;

pub(super) use self::answer::Against;
pub(super) use self::bits::Bits;
pub(super) use self::order::{Stand, first};

use self::column::day;
use super::reservations::Booked;
use super::row::Profile;
use super::sort::{CustomerSort, SortBy};
use crate::id::CustomerId;
use crate::record::{CountField, Figures, Label, ListKind};
use crate::time::{Calendar, Date};

/// Everything that questions ask of customers, in columns.
#[derive(Default)]
pub(super) struct Columns {
    places: places::Places,
    calendar: Calendar,
    people: people::People,
    counted: counted::Counted,
    lists: [Bits; 3],
    visits: visits::VisitDays,
    bookings: bookings::Bookings,
    // Instants that lie on no day that can be said; there are none but in a damaged store.
    undated: u32,
}

// Made from what the index has besides, and laid out in the order in which that came.
impl PartialEq for Columns {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Columns {}

impl Columns {
    /// Whether it can answer; otherwise customers must be asked one by one.
    pub(super) const fn is_whole(&self) -> bool {
        self.undated == 0
    }

    /// The row of a customer, with room in every column.
    fn row(&mut self, customer: CustomerId) -> u32 {
        let words = self.places.words();
        let row = self.places.give(customer.ordinal());
        if self.places.words() > words {
            self.grow();
        }
        row
    }

    fn grow(&mut self) {
        let rows = self.places.rows();
        self.people.grow(rows);
        self.counted.grow(rows);
        self.visits.grow(rows);
    }

    /// A customer as he or she was, and is now.
    pub(super) fn put_customer(&mut self, customer: CustomerId, old: Option<&Profile>, new: Option<&Profile>) {
        let row = self.row(customer);
        self.people.put(row, old, new);
    }

    /// A customer's figures, as they were and are now.
    pub(super) fn put_figures(&mut self, customer: CustomerId, old: Option<&Figures>, new: Option<&Figures>) {
        let row = self.row(customer);
        self.undated = self.undated.saturating_sub(undated(old, self.calendar)).saturating_add(undated(new, self.calendar));
        self.counted.put(row, new, self.calendar);
    }

    /// The lists a customer is on.
    pub(super) fn put_lists(&mut self, customer: CustomerId, on: &[ListKind]) {
        let row = self.row(customer);
        for (list, rows) in [ListKind::Watch, ListKind::Grey, ListKind::Black].into_iter().zip(&mut self.lists) {
            rows.set(row, on.contains(&list));
        }
    }

    /// A reservation that is in a list.
    pub(super) fn put_reservation(&mut self, booked: &Booked) {
        let row = self.row(booked.customer);
        self.bookings.put(booked, row);
        match self.calendar.day_of(booked.start) {
            Ok(day) if booked.is_visited() => self.visits.add(row, day::number(Some(day))),
            Ok(_) => {}
            Err(_) => self.undated = self.undated.saturating_add(1),
        }
    }

    /// A reservation that was put, as it was put.
    pub(super) fn remove_reservation(&mut self, booked: &Booked) {
        let row = self.row(booked.customer);
        self.bookings.remove(booked.id);
        match self.calendar.day_of(booked.start) {
            Ok(day) if booked.is_visited() => self.visits.remove(row, day::number(Some(day))),
            Ok(_) => {}
            Err(_) => self.undated = self.undated.saturating_sub(1),
        }
    }

    /// A visit by hand that counts (N1).
    pub(super) fn put_visit(&mut self, customer: CustomerId, on: Date) {
        let row = self.row(customer);
        self.visits.add(row, day::number(Some(on)));
    }

    /// One that was put.
    pub(super) fn remove_visit(&mut self, customer: CustomerId, on: Date) {
        let row = self.row(customer);
        self.visits.remove(row, day::number(Some(on)));
    }

    /// Another calendar: every day that was made from an instant is made anew.
    pub(super) fn set_calendar<'i>(
        &mut self,
        calendar: Calendar,
        figures: impl Iterator<Item = &'i Figures>,
        reservations: impl Iterator<Item = &'i Booked>,
        by_hand: impl Iterator<Item = (CustomerId, Date)>,
    ) {
        self.calendar = calendar;
        self.undated = 0;
        self.visits = visits::VisitDays::default();
        self.grow();
        for figures in figures {
            self.undated = self.undated.saturating_add(undated(Some(figures), calendar));
            let row = self.row(figures.customer);
            self.counted.put_days(row, Some(figures), calendar);
        }
        reservations.for_each(|booked| self.put_reservation(booked));
        by_hand.for_each(|(customer, on)| self.put_visit(customer, on));
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.bookings.in_use(label)
    }

    /// The row of a customer, if there is one.
    pub(super) fn row_of(&self, customer: CustomerId) -> Option<u32> {
        self.places.find(customer.ordinal())
    }

    /// The customer of a row.
    pub(super) fn customer(&self, row: u32) -> CustomerId {
        CustomerId::from_ordinal(self.places.ordinal(row))
    }

    /// Where a row stands in an order (S9). By kana only the beginning of the name says it: what begins alike is to be compared whole.
    pub(super) fn stand(&self, sort: CustomerSort, row: u32) -> Stand {
        let number = self.people.number.get(row);
        let rank = match sort.by {
            SortBy::Number => Some(number),
            SortBy::FirstRegistered => Some(self.people.registered.get(row)),
            SortBy::LastVisit => Some(self.counted.last_visit.get(row)).filter(|day| *day != 0),
            SortBy::Visits => Some(self.counted.count(CountField::Visits).get(row)),
            SortBy::Amount => Some(self.counted.yen(row).0),
            SortBy::Kana => {
                let kana = self.people.kana.get(bits::at(row)).and_then(|kana| i64::try_from(*kana).ok());
                kana.filter(|kana| *kana != 0)
            }
        };
        // In the order of the numbers themselves, those below zero first; who has none stands last in both directions.
        let rank = rank.map_or(u64::MAX, |rank| {
            let ascending = rank.cast_unsigned() ^ 1 << 63;
            if sort.descending { !ascending } else { ascending }
        });
        Stand { rank, number: u32::try_from(number).unwrap_or(u32::MAX), row }
    }
}

fn undated(figures: Option<&Figures>, calendar: Calendar) -> u32 {
    let marks = figures.iter().flat_map(|figures| figures.first_visit.iter().chain(figures.last_visit()));
    bits::number(marks.filter(|mark| mark.day(calendar).is_err()).count())
}
