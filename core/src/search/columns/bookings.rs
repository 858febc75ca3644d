//! Every reservation in columns of its own, a row for each, with the row of its customer: what is asked of one and the same reservation (S6) is answered
//! for all of them at once, and whoever has one that passes is found.

use std::collections::BTreeMap;

use super::super::asked::{AskedReservation, OfReservation};
use super::super::reservations::Booked;
use super::bits::{Bits, WORD, at, lengthen, word_of};
use super::places::Places;
use crate::id::{CustomerId, MenuId, ReservationId, ShopId, StaffId};
use crate::record::Label;
use crate::time::{Calendar, DateRange, Instant};

use super::codes::Codes;

#[derive(Default)]
pub(super) struct Bookings {
    places: Places,
    customers: Vec<u32>,
    labels: Vec<u8>,
    // How many have each label, in the order of its codes.
    in_use: [u32; 9],
    // Whole minutes since the origin; what is none, or does not fit, stands beside.
    starts: Vec<u32>,
    odd_starts: BTreeMap<u32, Instant>,
    shops: Codes<ShopId>,
    staffs: Codes<Vec<StaffId>>,
    menus: Codes<Vec<MenuId>>,
}

/// What must be known of a reservation that goes.
pub(super) struct Standing {
    pub(super) customer: u32,
    pub(super) start: Instant,
    pub(super) label: Label,
}

/// A reservation of a list, as far as its place there goes.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Booking {
    pub(in crate::search) id: ReservationId,
    pub(in crate::search) customer: CustomerId,
    pub(in crate::search) start: Instant,
}

/// All that is known of a reservation besides whose it is.
pub(super) type Told<'b> = (Instant, Label, Option<&'b ShopId>, Option<&'b Vec<StaffId>>, Option<&'b Vec<MenuId>>);

/// A reservation that is none, or in no list.
const NO_LABEL: u8 = 0;
const MINUTE: i64 = 60_000;
// 1930-01-01 in UTC: 32 bits of minutes reach into the year 10,096.
const ORIGIN: i64 = -14_610 * 24 * 60;
const ODD: u32 = u32::MAX;

// Its place among the labels, from 1.
fn code(label: Label) -> u8 {
    let place = Label::ALL.iter().position(|other| *other == label);
    place.and_then(|place| u8::try_from(place).ok()).map_or(NO_LABEL, |place| place.saturating_add(1))
}

impl Bookings {
    pub(super) fn put(&mut self, booked: &Booked, customer: u32) {
        let row = self.places.give(booked.id.ordinal());
        let rows = self.places.rows();
        if self.labels.len() < rows {
            lengthen(&mut self.customers, rows);
            lengthen(&mut self.labels, rows);
            lengthen(&mut self.starts, rows);
            self.shops.grow(rows);
            self.staffs.grow(rows);
            self.menus.grow(rows);
        }
        self.odd_starts.remove(&row);
        let minutes = (booked.start.0 % MINUTE == 0).then(|| (booked.start.0 / MINUTE).saturating_sub(ORIGIN));
        let start = minutes.and_then(|minutes| u32::try_from(minutes).ok()).filter(|start| *start != ODD).unwrap_or_else(|| {
            self.odd_starts.insert(row, booked.start);
            ODD
        });
        let put = |column: &mut Vec<u32>, value: u32| column.get_mut(at(row)).map(|kept| *kept = value).unwrap_or_default();
        put(&mut self.customers, customer);
        put(&mut self.starts, start);
        self.label(row, code(booked.label));
        self.shops.set(row, booked.shop.clone());
        self.staffs.set(row, booked.staffs.clone());
        self.menus.set(row, booked.menus.clone());
    }

    pub(super) fn reserve(&mut self, reservations: u32) {
        self.places.reserve(reservations);
    }

    /// Takes one out, and says what it was.
    pub(super) fn remove(&mut self, id: ReservationId) -> Option<Standing> {
        let row = self.places.find(id.ordinal())?;
        let label = Label::ALL.get(usize::from(*self.labels.get(at(row))?).checked_sub(1)?).copied()?;
        let standing = Standing { customer: self.customers.get(at(row)).copied()?, start: self.start(row)?, label };
        self.label(row, NO_LABEL);
        self.odd_starts.remove(&row);
        Some(standing)
    }

    fn start(&self, row: u32) -> Option<Instant> {
        match self.starts.get(at(row)).copied()? {
            ODD => self.odd_starts.get(&row).copied(),
            minutes => Some(Instant(i64::from(minutes).saturating_add(ORIGIN).saturating_mul(MINUTE))),
        }
    }

    /// Those of any of these labels, as a list is filtered by them (R2); of any if there are none.
    pub(super) fn every(&self, labels: &[Label], calendar: Calendar, now: Instant) -> Bits {
        if labels.is_empty() {
            return self.labelled(&Label::ALL);
        }
        self.of(&OfReservation::Status(labels.to_vec()), calendar, now)
    }

    pub(super) fn in_shop(&self, shop: &ShopId) -> Bits {
        self.shops.passing(|known| known == shop)
    }

    /// Confirmed, and the start has come: somebody must say whether the customer came (R7).
    pub(super) fn unresolved(&self, now: Instant) -> Bits {
        let mut found = self.labelled(&[Label::PrepaymentUnpaid, Label::Upcoming, Label::Prepaid]);
        found.and(&self.starting(None, Some(now.plus_ms(1))));
        found
    }

    pub(super) fn one(&self, id: ReservationId, customers: &Places) -> Option<Booking> {
        let row = self.places.find(id.ordinal())?;
        let customer = self.customers.get(at(row)).filter(|_| self.labels.get(at(row)).is_some_and(|label| *label != NO_LABEL))?;
        Some(Booking { id, customer: CustomerId::from_ordinal(customers.ordinal(*customer)), start: self.start(row)? })
    }

    /// Every reservation of a list.
    pub(super) fn told<'b>(&'b self, customers: &'b Places) -> impl Iterator<Item = (ReservationId, (CustomerId, Told<'b>))> {
        self.shown(self.labelled(&Label::ALL), customers).filter_map(move |booking| {
            let row = self.places.find(booking.id.ordinal())?;
            let label = Label::ALL.get(usize::from(*self.labels.get(at(row))?).checked_sub(1)?).copied()?;
            let told = (booking.start, label, self.shops.of(row), self.staffs.of(row), self.menus.of(row));
            Some((booking.id, (booking.customer, told)))
        })
    }

    pub(super) fn shown<'b>(&'b self, found: Bits, customers: &'b Places) -> impl Iterator<Item = Booking> + use<'b> {
        let rows: Vec<u32> = found.rows().collect();
        rows.into_iter().filter_map(|row| self.one(ReservationId::from_ordinal(self.places.ordinal(row)), customers))
    }

    fn label(&mut self, row: u32, label: u8) {
        let Some(kept) = self.labels.get_mut(at(row)) else { return };
        if let Some(count) = self.in_use.get_mut(usize::from(*kept)) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = self.in_use.get_mut(usize::from(label)) {
            *count = count.saturating_add(1);
        }
        *kept = label;
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.in_use.get(usize::from(code(label))).copied().unwrap_or_default()
    }

    /// The customers who have a reservation that is looked at (S5) and of which all that is asked is true (S6).
    pub(super) fn whose(&self, asked: &AskedReservation, calendar: Calendar, now: Instant, words: usize) -> Bits {
        let mut passing = self.labelled(&asked.among);
        passing.and(&self.of(&asked.that, calendar, now));
        let mut found = Bits::none(words);
        let customers = self.customers.as_chunks::<WORD>().0;
        for (word, customers) in passing.words().iter().zip(customers) {
            for place in super::bits::rows_of(*word, 0) {
                if let Some(customer) = customers.get(at(place)) {
                    found.set(*customer, true);
                }
            }
        }
        found
    }

    fn of(&self, asked: &OfReservation, calendar: Calendar, now: Instant) -> Bits {
        let words = self.places.words();
        match asked {
            OfReservation::All(of) => {
                let mut all = Bits::every(words);
                of.iter().for_each(|one| all.and(&self.of(one, calendar, now)));
                all
            }
            OfReservation::Any(of) => {
                let mut any = Bits::none(words);
                of.iter().for_each(|one| any.or(&self.of(one, calendar, now)));
                any
            }
            OfReservation::Not(that) => self.of(that, calendar, now).turned(),
            OfReservation::Status(labels) => {
                let others: Vec<Label> = labels.iter().copied().filter(|label| *label != Label::Upcoming).collect();
                let mut found = self.labelled(&others);
                if others.len() < labels.len() {
                    // As a filter, 予約中来店前 also means that the start lies ahead (R2).
                    let mut ahead = self.labelled(&[Label::Upcoming]);
                    ahead.and(&self.starting(Some(now.plus_ms(1)), None));
                    found.or(&ahead);
                }
                found
            }
            OfReservation::Day(range) => self.on(*range, calendar),
            OfReservation::Staff(staff) => self.staffs.passing(|who| who.iter().any(|one| staff.contains(one))),
            OfReservation::Menu(menus) => self.menus.passing(|done| done.iter().any(|one| menus.contains(one))),
            OfReservation::Shop(shops) => self.shops.passing(|shop| shops.contains(shop)),
        }
    }

    fn labelled(&self, labels: &[Label]) -> Bits {
        let mut codes: Vec<u8> = labels.iter().map(|label| code(*label)).collect();
        codes.sort_unstable();
        codes.dedup();
        let (chunks, _) = self.labels.as_chunks::<WORD>();
        let mut found = Bits::none(self.places.words());
        // Labels in a row are one comparison.
        for span in codes.chunk_by(|one, other| one.saturating_add(1) == *other) {
            let (Some(from), Some(to)) = (span.first().copied(), span.last().copied()) else { continue };
            found.or(&Bits::of(chunks.iter().map(|chunk| word_of(chunk, |label| (from <= label) & (label <= to))).collect()));
        }
        found
    }

    // A day lasts from its first instant to that of the next, so nothing that is kept depends on the calendar.
    pub(super) fn on(&self, range: DateRange, calendar: Calendar) -> Bits {
        let next = |day: crate::time::Date| calendar.start_of(day).plus_ms(24 * 60 * MINUTE);
        self.starting(range.from.map(|day| calendar.start_of(day)), range.to.map(next))
    }

    // From an instant on, and before another.
    fn starting(&self, from: Option<Instant>, before: Option<Instant>) -> Bits {
        // The first whole minute at or after an instant.
        let minute = |instant: Instant| {
            instant.0.div_euclid(MINUTE).saturating_add(i64::from(instant.0.rem_euclid(MINUTE) > 0)).saturating_sub(ORIGIN)
        };
        let held = |minute: i64| u32::try_from(minute.max(0)).unwrap_or(ODD);
        let (least, end) = (from.map_or(0, |from| held(minute(from))), before.map_or(ODD, |before| held(minute(before))));
        let span = end.saturating_sub(least);
        let (chunks, _) = self.starts.as_chunks::<WORD>();
        let mut found = Bits::of(chunks.iter().map(|chunk| word_of(chunk, |start| start.wrapping_sub(least) < span)).collect());
        for (row, start) in &self.odd_starts {
            found.set(*row, from.is_none_or(|from| from <= *start) && before.is_none_or(|before| *start < before));
        }
        found
    }
}
