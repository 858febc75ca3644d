//! The column engine: what search asks of customers, turned by a quarter.
//!
//! An ordinary index keeps a customer's facts together and asks one customer after the other. Here each *fact* is kept together, for all customers: their
//! visit counts stand side by side in one vector of bytes, their last visits in another of 16-bit days. "Three visits or more" is then one comparison
//! repeated over memory in order, which a processor does for dozens of customers at a time, and its answer is one bit a customer. "And", "or" and "not" are
//! those of machine words, 64 customers each.
//!
//! - [`Places`](places::Places) says which row a customer has.
//! - [`Column`](column::Column) is a vector of small numbers with a table beside it for those that are not small.
//! - [`Planes`](planes::Planes) keeps small codes by their bits, where there are very many.
//! - [`Words`](words::Words), [`Texts`](texts::Texts) and [`Phones`](phones::Phones) find a part of a name, by [`Runs`](runs::Runs) of characters, [`VisitDays`](visits::VisitDays) how often somebody came, [`Bookings`](bookings::Bookings) who has a
//!   reservation of a kind.
//! - `answer.rs` makes a [`Plan`](plan::Plan) of a question and puts it to a block of 4,096 customers after the other, with the loops of `kernels.rs`;
//!   [`Gathering`](order::Gathering) finds the first page of the answer. ARCHITECTURE.md walks a search through.
//!
//! Nothing here depends on the day of the question, and what depends on the calendar is made anew when that changes. What a condition *means* is not said
//! here but in `holds.rs`, for one customer; a test holds both to each other.

mod answer;
mod bits;
mod bookings;
mod chains;
mod codes;
mod column;
mod counted;
mod joined;
mod kernels;
mod lists;
mod mails;
mod order;
mod packed;
mod parts;
mod people;
mod phones;
mod places;
mod plan;
mod planes;
mod posted;
mod ranking;
mod rows;
mod runs;
mod stored;
mod tags;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_blocks;
mod texts;
mod told;
mod visits;
mod words;

pub(super) use self::answer::Against;
pub(super) use self::bookings::Booking;
pub(super) use self::order::{Found, Stand};

use core::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::OnceLock;

pub(super) use self::bits::Bits;
use self::bookings::Standing;
use self::column::day;
use self::order::{By, Order};
use super::reservations::Booked;
use super::row::Profile;
use super::sort::{CustomerSort, SortBy};
use crate::id::{CustomerId, ReservationId, ShopId};
use crate::identity::{People as Who, Reader};
use crate::money::Yen;
use crate::record::{CountField, Figures, Label, ListKind};
use crate::time::{Calendar, Date, DateRange, Instant};

/// Everything that questions ask of customers, in columns.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Columns {
    places: places::Places,
    calendar: Calendar,
    people: people::People,
    counted: counted::Counted,
    // Few entries, put anew whenever the index is.
    #[serde(skip)]
    lists: [Bits; 3],
    visits: visits::VisitDays,
    bookings: bookings::Bookings,
    filled: bool,
    #[serde(skip)]
    rankings: ranking::Rankings,
    // Made when somebody asks who is who, and kept from then on.
    #[serde(skip)]
    who: OnceLock<Who>,
}

impl Columns {
    /// The row of a customer, with room in every column.
    fn row(&mut self, customer: CustomerId) -> u32 {
        self.filled = true;
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

    /// A customer as he or she is now, by number; no more than that of one who is not active.
    pub(super) fn put_customer(&mut self, customer: CustomerId, number: u32, now: Option<&Profile>) {
        let row = self.row(customer);
        self.people.put(row, number, now);
        self.rankings.loosen(row);
        if let Some(who) = self.who.get_mut() {
            who.put(customer, now.map(|_| self.people.person(row, &mut Reader::default())));
        }
    }

    /// A customer's figures as they are now.
    pub(super) fn put_figures(&mut self, customer: CustomerId, now: Option<&Figures>) {
        let row = self.row(customer);
        self.counted.put(row, now, self.calendar);
        self.rankings.loosen(row);
    }

    /// The lists a customer is on.
    pub(super) fn put_lists(&mut self, customer: CustomerId, on: &[ListKind]) {
        let row = self.row(customer);
        for (list, rows) in [ListKind::Watch, ListKind::Grey, ListKind::Black].into_iter().zip(&mut self.lists) {
            rows.set(row, on.contains(&list));
        }
    }

    /// A reservation that is in a list, as it is now.
    pub(super) fn put_reservation(&mut self, booked: &Booked) {
        self.remove_reservation(booked.id);
        let row = self.row(booked.customer);
        self.bookings.put(booked, row);
        if booked.is_visited() {
            self.visits.add(row, self.day_of(booked.start));
        }
    }

    /// One that was put, or never was; answers whose it was.
    pub(super) fn remove_reservation(&mut self, id: ReservationId) -> Option<CustomerId> {
        let Standing { customer, start, label } = self.bookings.remove(id)?;
        if label == Label::Visited {
            self.visits.remove(customer, self.day_of(start));
        }
        Some(self.customer(customer))
    }

    /// When reservations begin that lie ahead, after one instant and not after another.
    pub(super) fn starts(&self, after: Instant, until: Instant) -> BTreeSet<Instant> {
        self.bookings.ahead(after, until, &self.places).map(|booking| booking.start).collect()
    }

    // The number of an instant's day. An instant that lies on no day is in a damaged store only; it is in no range of days.
    fn day_of(&self, instant: Instant) -> i64 {
        day::number(self.calendar.day_of(instant).ok())
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

    /// The calendar by which instants lie on days; before anything is put.
    pub(super) const fn set_calendar(&mut self, calendar: Calendar) {
        self.calendar = calendar;
    }

    /// Whether they name no rows without end, and nothing twice that is there once: they may come from outside.
    pub(super) fn is_sound(&self) -> bool {
        self.places.is_sound() && self.bookings.is_sound() && self.people.is_sound() && self.visits.is_sound()
    }

    /// The calendar by which they were made.
    pub(super) const fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.people.settle();
    }

    /// Room for so many customers and reservations, each at the place of its ordinal.
    pub(super) fn reserve(&mut self, customers: u32, reservations: u32) {
        self.places.reserve(customers);
        self.grow();
        self.bookings.reserve(reservations);
    }

    /// Whether anybody was put.
    pub(super) const fn is_empty(&self) -> bool {
        !self.filled
    }

    /// How many customers and reservations it is of, or some more.
    pub(super) fn size(&self) -> u32 {
        let reservations = Label::ALL.into_iter().map(|label| self.in_use(label));
        reservations.fold(bits::number(self.places.rows()), u32::saturating_add)
    }

    /// Whether a customer is active.
    pub(super) fn is_active(&self, customer: CustomerId) -> bool {
        self.row_of(customer).is_some_and(|row| self.people.active.holds(row))
    }

    /// Whoever has a number, in whatever state.
    pub(super) fn numbered(&self, number: u32) -> Vec<CustomerId> {
        self.people.number.span(i64::from(number), i64::from(number)).rows().map(|row| self.customer(row)).collect()
    }

    /// 来店回数 (N1), 合計利用金額 (N8) and 最終来店日 (N5).
    pub(super) fn counted(&self, customer: CustomerId) -> (u32, Yen, Option<Date>) {
        let Some(row) = self.row_of(customer) else { return (0, Yen::ZERO, None) };
        let visits = u32::try_from(self.counted.count(CountField::Visits).get(row)).unwrap_or(u32::MAX);
        (visits, self.counted.yen(row), day::of(self.counted.last_visit.get(row)))
    }

    /// The reservations of a list, each with its start: those of any of these labels, or of any if there are none, on these days in this shop.
    pub(super) fn reservations(
        &self,
        labels: &[Label],
        days: Option<DateRange>,
        shop: Option<&ShopId>,
        now: Instant,
    ) -> impl Iterator<Item = Booking> {
        self.bookings.listed(labels, days, shop, self.calendar, now, &self.places)
    }

    /// Those that are confirmed and whose start has come (R7).
    pub(super) fn unresolved(&self, now: Instant) -> impl Iterator<Item = Booking> {
        self.bookings.unresolved(now, &self.places)
    }

    /// A reservation that is in a list.
    pub(super) fn reservation(&self, id: ReservationId) -> Option<Booking> {
        self.bookings.one(id, &self.places)
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.bookings.in_use(label)
    }

    /// Everybody who is active, to be compared with each other (D1).
    pub(super) fn who(&self) -> &Who {
        self.who.get_or_init(|| {
            let mut reader = Reader::default();
            let active = (0..bits::number(self.places.rows())).filter(|row| self.people.active.holds(*row));
            Who::of(active.map(|row| (self.customer(row), self.people.person(row, &mut reader))))
        })
    }

    /// The row of a customer, if there is one.
    pub(super) fn row_of(&self, customer: CustomerId) -> Option<u32> {
        self.places.find(customer.ordinal())
    }

    /// The customer of a row.
    pub(super) fn customer(&self, row: u32) -> CustomerId {
        CustomerId::from_ordinal(self.places.ordinal(row))
    }

    /// The order of two stands, which is that of the same two customers (S9).
    #[inline]
    pub(super) fn compare(&self, sort: CustomerSort, one: &Stand, other: &Stand) -> Ordering {
        match one.place().cmp(&other.place()) {
            by_place if sort.by != SortBy::Kana && by_place != Ordering::Equal => by_place,
            _ => self.compare_whole(sort, one, other),
        }
    }

    #[cold]
    fn compare_whole(&self, sort: CustomerSort, one: &Stand, other: &Stand) -> Ordering {
        let by_spelling = || {
            if sort.by != SortBy::Kana {
                return Ordering::Equal;
            }
            let order = self.people.kana_order(one.row).cmp(&self.people.kana_order(other.row));
            if sort.descending { order.reverse() } else { order }
        };
        let by_id = || self.customer(one.row).cmp(&self.customer(other.row));
        one.rank.cmp(&other.rank).then_with(by_spelling).then(one.number.cmp(&other.number)).then_with(by_id)
    }

    /// Where a row stands in an order (S9). By kana only the beginning of the name says it: what begins alike is to be compared whole.
    pub(super) fn stand(&self, sort: CustomerSort, row: u32) -> Stand {
        self.order(sort).stand(row)
    }

    fn order(&self, sort: CustomerSort) -> Order<'_> {
        let by = match sort.by {
            SortBy::Number => By::Numbers(&self.people.number),
            SortBy::FirstRegistered => By::Days(&self.people.registered),
            SortBy::LastVisit => By::Days(&self.counted.last_visit),
            SortBy::Visits => By::Bytes(self.counted.count(CountField::Visits)),
            SortBy::Amount => By::Numbers(&self.counted.amount),
            SortBy::Kana => By::Kana(&self.people.kana),
        };
        let none_last = matches!(sort.by, SortBy::LastVisit | SortBy::Kana);
        Order { by, descending: sort.descending, none_last, numbers: &self.people.number }
    }
}
