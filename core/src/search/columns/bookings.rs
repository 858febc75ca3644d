//! Every reservation in columns of its own, a row for each, with the row of its customer: what is asked of one and the same reservation (S6) is answered
//! block by block like what is asked of customers, and whoever has one that passes is found. Who came for what is not asked for at all but kept.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use fearless_simd::Level;

use super::super::asked::{AskedReservation, OfReservation};
use super::super::reservations::Booked;
use super::bits::{Bits, WORD, at, lengthen, rows_of};
use super::codes::{Codes, Passing};
use super::column::{Column, Span, patch, rows_of_block, rows_within};
use super::kernels::{BLOCK, Block, Lane as _, ROWS, count, keep_in};
use super::lists::Lists;
use super::places::Places;
use super::plan::{Plan, without};
use crate::id::{CustomerId, MenuId, ReservationId, ShopId, StaffId};
use crate::record::Label;
use crate::time::{Calendar, DateRange, Instant};

#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Bookings {
    places: Places,
    customers: Vec<u32>,
    labels: Vec<u8>,
    // How many of a block have each label, in the order of its codes.
    in_block: Vec<[u16; LABELS]>,
    // Whole minutes since the origin; what is none stands beside.
    starts: Column<u32>,
    odd_starts: BTreeMap<u32, Instant>,
    shops: Codes<ShopId>,
    staffs: Codes<StaffId>,
    menus: Codes<MenuId>,
    // By row of the customer.
    of_customer: Lists<u32>,
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
pub(super) type Told<'b> = (Instant, Label, Vec<&'b ShopId>, Vec<&'b StaffId>, Vec<&'b MenuId>);

/// A reservation that is none, or in no list.
const NO_LABEL: u8 = 0;
const LABELS: usize = 9;
const MINUTE: i64 = 60_000;
// 1930-01-01 in UTC: 32 bits of minutes reach into the year 10,096.
const ORIGIN: i64 = -14_610 * 24 * 60;

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
            lengthen(&mut self.in_block, rows.div_ceil(ROWS));
            self.starts.grow(rows);
            self.shops.grow(rows);
            self.staffs.grow(rows);
            self.menus.grow(rows);
        }
        self.take(row);
        let whole = booked.start.0 % MINUTE == 0;
        self.starts.set(row, if whole { (booked.start.0 / MINUTE).saturating_sub(ORIGIN) } else { 0 });
        if !whole {
            self.odd_starts.insert(row, booked.start);
        }
        if let Some(kept) = self.customers.get_mut(at(row)) {
            *kept = customer;
        }
        self.of_customer.insert(customer, row);
        self.label(row, code(booked.label));
        self.shops.set(row, core::slice::from_ref(&booked.shop));
        self.staffs.set(row, &booked.staffs);
        self.menus.set(row, &booked.menus);
        if booked.label == Label::Visited {
            self.shops.come(row, customer);
            self.staffs.come(row, customer);
            self.menus.come(row, customer);
        }
    }

    pub(super) fn reserve(&mut self, reservations: u32) {
        self.places.reserve(reservations);
    }

    /// Takes one out, and says what it was.
    pub(super) fn remove(&mut self, id: ReservationId) -> Option<Standing> {
        self.take(self.places.find(id.ordinal())?)
    }

    fn take(&mut self, row: u32) -> Option<Standing> {
        let label = self.label_of(row)?;
        let customer = self.customers.get(at(row)).copied()?;
        let standing = Standing { customer, start: self.start(row), label };
        self.label(row, NO_LABEL);
        self.odd_starts.remove(&row);
        self.of_customer.remove(customer, row);
        if label == Label::Visited {
            let came = |other: &u32| self.label_of(*other) == Some(Label::Visited);
            let others: Vec<u32> = self.of_customer.get(customer).iter().copied().filter(came).collect();
            self.shops.never_come(row, customer, &others);
            self.staffs.never_come(row, customer, &others);
            self.menus.never_come(row, customer, &others);
        }
        Some(standing)
    }

    // The label of a reservation that is in a list.
    fn label_of(&self, row: u32) -> Option<Label> {
        Label::ALL.get(usize::from(*self.labels.get(at(row))?).checked_sub(1)?).copied()
    }

    fn start(&self, row: u32) -> Instant {
        let whole = || Instant(self.starts.get(row).saturating_add(ORIGIN).saturating_mul(MINUTE));
        self.odd_starts.get(&row).copied().unwrap_or_else(whole)
    }

    /// Those of any of these labels, or of any if there are none, as a list is filtered by them (R2); on these days, in this shop.
    pub(super) fn listed(
        &self,
        labels: &[Label],
        days: Option<DateRange>,
        shop: Option<&ShopId>,
        calendar: Calendar,
        now: Instant,
        customers: &Places,
    ) -> impl Iterator<Item = Booking> + use<> {
        let mut all = vec![Test::Labels(Labels::of(&Label::ALL))];
        if !labels.is_empty() {
            all.push(self.test(&OfReservation::Status(labels.to_vec()), calendar, now));
        }
        all.extend(shop.map(|shop| Test::Shop(self.shops.with(core::slice::from_ref(shop)))));
        all.extend(days.map(|days| self.on(days, calendar)));
        self.shown(&Test::All(all), customers)
    }

    /// Confirmed, and the start has come: somebody must say whether the customer came (R7).
    pub(super) fn unresolved(&self, now: Instant, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let confirmed = Labels::of(&[Label::PrepaymentUnpaid, Label::Upcoming, Label::Prepaid]);
        self.shown(&Test::All(vec![Test::Labels(confirmed), self.starting(None, Some(now.plus_ms(1)))]), customers)
    }

    /// Those 予約中来店前 that begin after one instant and not after another.
    pub(super) fn ahead(&self, after: Instant, until: Instant, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let begins = self.starting(Some(after.plus_ms(1)), Some(until.plus_ms(1)));
        self.shown(&Test::All(vec![Test::Labels(Labels::of(&[Label::Upcoming])), begins]), customers)
    }

    pub(super) fn one(&self, id: ReservationId, customers: &Places) -> Option<Booking> {
        self.booking(self.places.find(id.ordinal())?, customers)
    }

    fn booking(&self, row: u32, customers: &Places) -> Option<Booking> {
        self.label_of(row)?;
        let customer = CustomerId::from_ordinal(customers.ordinal(*self.customers.get(at(row))?));
        Some(Booking { id: ReservationId::from_ordinal(self.places.ordinal(row)), customer, start: self.start(row) })
    }

    /// Every reservation of a list.
    pub(super) fn told<'b>(&'b self, customers: &Places) -> impl Iterator<Item = (ReservationId, (CustomerId, Told<'b>))> + use<'b> {
        let all: Vec<Booking> = self.shown(&Test::Labels(Labels::of(&Label::ALL)), customers).collect();
        all.into_iter().filter_map(move |booking| {
            let row = self.places.find(booking.id.ordinal())?;
            let told = (booking.start, self.label_of(row)?, self.shops.of(row), self.staffs.of(row), self.menus.of(row));
            Some((booking.id, (booking.customer, told)))
        })
    }

    /// What a customer came for, by name.
    pub(super) fn came_of(&self, customer: u32) -> Vec<String> {
        let shops = self.shops.came_of(customer).into_iter().map(ToString::to_string);
        let staff = self.staffs.came_of(customer).into_iter().map(ToString::to_string);
        shops.chain(staff).chain(self.menus.came_of(customer).into_iter().map(ToString::to_string)).collect()
    }

    fn shown(&self, that: &Test<'_>, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let mut found = Vec::new();
        self.each(Level::new(), Labels::of(&Label::ALL), that, |block, words| {
            found.extend(rows_within(block, *words).filter_map(|row| self.booking(row, customers)));
        });
        found.into_iter()
    }

    // Hands on every block in which any reservation of some labels passes.
    fn each(&self, level: Level, among: Labels, that: &Test<'_>, mut take: impl FnMut(usize, &Block)) {
        for (block, counts) in self.in_block.iter().enumerate() {
            if !counts.iter().zip(among.0).any(|(count, among)| among && *count > 0) {
                continue;
            }
            let rows = self.labels.len().saturating_sub(block.saturating_mul(ROWS));
            let mut words = [0; BLOCK];
            words.iter_mut().take(rows / WORD).for_each(|word| *word = u64::MAX);
            if that.narrow(self, level, block, &mut words) {
                take(block, &words);
            }
        }
    }

    fn label(&mut self, row: u32, label: u8) {
        let (Some(kept), Some(counts)) = (self.labels.get_mut(at(row)), self.in_block.get_mut(at(row) / ROWS)) else { return };
        if let Some(count) = counts.get_mut(usize::from(*kept)) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = counts.get_mut(usize::from(label)) {
            *count = count.saturating_add(1);
        }
        *kept = label;
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        let code = usize::from(code(label));
        self.in_block.iter().filter_map(|counts| counts.get(code)).fold(0, |sum, count| sum.saturating_add(u32::from(*count)))
    }

    /// The customers who have a reservation that is looked at (S5) and of which all that is asked is true (S6).
    pub(super) fn whose(&self, asked: &AskedReservation, calendar: Calendar, now: Instant, words: usize) -> Plan<'_> {
        let came = self.came(asked);
        let mut among = Labels::of(&asked.among).and(possible(&asked.that));
        if came.is_some() {
            among = among.but(Label::Visited);
        }
        let others = (among.0 != [false; LABELS]).then(|| {
            let that = Test::all(vec![Test::Labels(among), self.test(&asked.that, calendar, now)]);
            Plan::Reservations(Box::new(Wanted { bookings: self, among, that, words, all: OnceCell::new(), asked: Cell::new(0) }))
        });
        Plan::any(came.into_iter().chain(others).collect())
    }

    /// Who came, 来店済み, where what is asked of a visit is nothing but one kind of name: that is kept.
    fn came(&self, asked: &AskedReservation) -> Option<Plan<'_>> {
        if !asked.among.contains(&Label::Visited) {
            return None;
        }
        let (mut open, mut named) = (vec![&asked.that], None);
        while let Some(one) = open.pop() {
            match one {
                OfReservation::All(of) => open.extend(of),
                OfReservation::Status(labels) if labels.contains(&Label::Visited) => {}
                OfReservation::Staff(_) | OfReservation::Menu(_) | OfReservation::Shop(_) if named.is_none() => named = Some(one),
                _ => return None,
            }
        }
        Some(match named {
            Some(OfReservation::Staff(staff)) => Plan::kept(self.staffs.came_for(staff)),
            Some(OfReservation::Menu(menus)) => Plan::kept(self.menus.came_for(menus)),
            Some(OfReservation::Shop(shops)) => Plan::kept(self.shops.came_for(shops)),
            _ => Plan::kept(self.shops.came()),
        })
    }

    fn test(&self, asked: &OfReservation, calendar: Calendar, now: Instant) -> Test<'_> {
        let each = |of: &[OfReservation]| of.iter().map(|one| self.test(one, calendar, now)).collect();
        match asked {
            OfReservation::All(of) => Test::all(each(of)),
            OfReservation::Any(of) => Test::Any(each(of)),
            OfReservation::Not(that) => Test::Not(Box::new(self.test(that, calendar, now))),
            OfReservation::Status(labels) => {
                let others = Test::Labels(Labels::of(labels).but(Label::Upcoming));
                if !labels.contains(&Label::Upcoming) {
                    return others;
                }
                // As a filter, 予約中来店前 also means that the start lies ahead (R2).
                let ahead = vec![Test::Labels(Labels::of(&[Label::Upcoming])), self.starting(Some(now.plus_ms(1)), None)];
                Test::Any(vec![others, Test::All(ahead)])
            }
            OfReservation::Day(range) => self.on(*range, calendar),
            OfReservation::Staff(staff) => Test::Staff(self.staffs.with(staff)),
            OfReservation::Menu(menus) => Test::Menus(self.menus.with(menus)),
            OfReservation::Shop(shops) => Test::Shop(self.shops.with(shops)),
        }
    }

    // A day lasts from its first instant to that of the next, so nothing that is kept depends on the calendar.
    fn on(&self, range: DateRange, calendar: Calendar) -> Test<'_> {
        let next = |day: crate::time::Date| calendar.start_of(day).plus_ms(24 * 60 * MINUTE);
        self.starting(range.from.map(|day| calendar.start_of(day)), range.to.map(next))
    }

    // From an instant on, and before another.
    fn starting(&self, from: Option<Instant>, before: Option<Instant>) -> Test<'_> {
        // The first whole minute at or after an instant.
        let minute = |instant: Instant| {
            instant.0.div_euclid(MINUTE).saturating_add(i64::from(instant.0.rem_euclid(MINUTE) > 0)).saturating_sub(ORIGIN)
        };
        let least = from.map_or(i64::MIN, minute);
        let most = before.map_or(i64::MAX, |before| minute(before).saturating_sub(1));
        Test::Starts(Starts { bookings: self, span: self.starts.span(least, most), least, most, from, before })
    }
}

/// The labels of which there may be any among what passes.
fn possible(asked: &OfReservation) -> Labels {
    match asked {
        OfReservation::All(of) => of.iter().map(possible).fold(Labels([true; LABELS]), Labels::and),
        OfReservation::Any(of) => of.iter().map(possible).fold(Labels([false; LABELS]), Labels::or),
        OfReservation::Status(labels) => Labels::of(labels),
        _ => Labels([true; LABELS]),
    }
}

/// A set of labels.
#[derive(Clone, Copy)]
struct Labels([bool; LABELS]);

impl Labels {
    fn of(labels: &[Label]) -> Self {
        let mut set = [false; LABELS];
        for label in labels {
            set.get_mut(usize::from(code(*label))).map(|holds| *holds = true).unwrap_or_default();
        }
        Self(set)
    }

    fn but(mut self, label: Label) -> Self {
        self.0.get_mut(usize::from(code(label))).map(|holds| *holds = false).unwrap_or_default();
        self
    }

    fn and(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(holds, other)| *holds &= other);
        self
    }

    fn or(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(holds, other)| *holds |= other);
        self
    }

    fn holds(self, label: u8) -> bool {
        self.0.get(usize::from(label)).copied().unwrap_or_default()
    }

    // Labels in a row are one comparison.
    fn narrow(self, level: Level, labels: &[u8], words: &mut Block) -> bool {
        let codes: Vec<u8> = (0_u8..).zip(self.0).filter(|(_, holds)| *holds).map(|(code, _)| code).collect();
        let spans = codes.chunk_by(|one, other| one.saturating_add(1) == *other);
        let spans: Vec<(u8, u8)> = spans.filter_map(|span| span.first().copied().zip(span.last().copied())).collect();
        u8::keep(level, labels, &spans, words)
    }
}

/// What is asked of a reservation, resolved as a [`Plan`] is.
enum Test<'c> {
    All(Vec<Test<'c>>),
    Any(Vec<Test<'c>>),
    Not(Box<Test<'c>>),
    Labels(Labels),
    Starts(Starts<'c>),
    Staff(Passing<'c, StaffId>),
    Menus(Passing<'c, MenuId>),
    Shop(Passing<'c, ShopId>),
}

struct Starts<'c> {
    bookings: &'c Bookings,
    span: Span<'c, u32>,
    least: i64,
    most: i64,
    from: Option<Instant>,
    before: Option<Instant>,
}

impl Starts<'_> {
    fn odd(&self, start: Instant) -> bool {
        self.from.is_none_or(|from| from <= start) && self.before.is_none_or(|before| start < before)
    }

    fn holds(&self, row: u32) -> bool {
        match self.bookings.odd_starts.get(&row) {
            Some(start) => self.odd(*start),
            None => (self.least..=self.most).contains(&self.bookings.starts.get(row)),
        }
    }

    fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let among = *words;
        if count(level, words) <= FEW {
            let mut left = false;
            for row in rows_within(block, among) {
                left |= patch(words, &among, row, self.holds(row));
            }
            return left;
        }
        let mut left = self.span.narrow(level, block, words);
        for (row, start) in self.bookings.odd_starts.range(rows_of_block(block)) {
            left |= patch(words, &among, *row, self.odd(*start));
        }
        left
    }
}

impl Test<'_> {
    /// All of these, the quickest first.
    fn all(of: Vec<Self>) -> Self {
        let mut all = Vec::with_capacity(of.len());
        for one in of {
            match one {
                Self::All(of) => all.extend(of),
                one => all.push(one),
            }
        }
        all.sort_by_key(Self::cost);
        Self::All(all)
    }

    // About the bytes of a row that are looked at.
    fn cost(&self) -> usize {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().map(Self::cost).fold(0, usize::saturating_add),
            Self::Not(that) => that.cost(),
            Self::Labels(_) => 1,
            Self::Starts(_) => 4,
            Self::Staff(passing) => passing.cost(),
            Self::Menus(passing) => passing.cost(),
            Self::Shop(passing) => passing.cost(),
        }
    }

    fn holds(&self, bookings: &Bookings, row: u32) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.holds(bookings, row)),
            Self::Any(of) => of.iter().any(|one| one.holds(bookings, row)),
            Self::Not(that) => !that.holds(bookings, row),
            Self::Labels(labels) => bookings.labels.get(at(row)).is_some_and(|label| labels.holds(*label)),
            Self::Starts(starts) => starts.holds(row),
            Self::Staff(passing) => passing.holds(row),
            Self::Menus(passing) => passing.holds(row),
            Self::Shop(passing) => passing.holds(row),
        }
    }

    /// Of the reservations of a block that are in, leaves those that pass. Whether any are left.
    fn narrow(&self, bookings: &Bookings, level: Level, block: usize, words: &mut Block) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.narrow(bookings, level, block, words)),
            Self::Any(of) => {
                let (mut open, mut any) = (*words, false);
                for one in of {
                    let mut found = open;
                    any |= one.narrow(bookings, level, block, &mut found);
                    without(&mut open, &found);
                }
                without(words, &open);
                any
            }
            Self::Not(that) => {
                let mut found = *words;
                that.narrow(bookings, level, block, &mut found);
                without(words, &found)
            }
            Self::Labels(labels) => {
                let from = block.saturating_mul(ROWS);
                let kept = bookings.labels.get(from..from.saturating_add(ROWS).min(bookings.labels.len())).unwrap_or_default();
                labels.narrow(level, kept, words)
            }
            Self::Starts(starts) => starts.narrow(level, block, words),
            Self::Staff(passing) => passing.narrow(level, block, words),
            Self::Menus(passing) => passing.narrow(level, block, words),
            Self::Shop(passing) => passing.narrow(level, block, words),
        }
    }
}

/// Whoever has a reservation that passes.
///
/// While few customers are still in question their own reservations are looked at, which costs about as much as a block of reservations does for each of
/// them; once that has cost as much as looking at all reservations would, all are looked at.
pub(super) struct Wanted<'c> {
    bookings: &'c Bookings,
    among: Labels,
    that: Test<'c>,
    words: usize,
    all: OnceCell<Bits>,
    asked: Cell<usize>,
}

/// Looking at so few rows costs less than looking at all of a block.
const FEW: usize = 24;

impl Wanted<'_> {
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let all = match self.all.get() {
            Some(all) => all,
            None => {
                let asked = self.asked.get().saturating_add(count(level, words));
                if asked <= self.bookings.in_block.len() {
                    self.asked.set(asked);
                    return self.ask(block, words);
                }
                self.all.get_or_init(|| self.look_at_all(level))
            }
        };
        keep_in(all.block(block), words)
    }

    fn ask(&self, block: usize, words: &mut Block) -> bool {
        let (among, mut left) = (*words, false);
        for customer in rows_within(block, among) {
            let mut theirs = self.bookings.of_customer.get(customer).iter();
            left |= patch(words, &among, customer, theirs.any(|row| self.that.holds(self.bookings, *row)));
        }
        left
    }

    fn look_at_all(&self, level: Level) -> Bits {
        let mut found = vec![0_u64; self.words];
        let customers = self.bookings.customers.as_chunks::<WORD>().0;
        self.bookings.each(level, self.among, &self.that, |block, words| {
            let customers = customers.get(block.saturating_mul(BLOCK)..).unwrap_or_default();
            for (word, customers) in words.iter().zip(customers) {
                for customer in rows_of(*word, 0).filter_map(|place| customers.get(at(place))) {
                    if let Some(word) = found.get_mut(at(*customer) / WORD) {
                        *word |= 1 << (*customer % 64);
                    }
                }
            }
        });
        Bits::of(found)
    }
}
