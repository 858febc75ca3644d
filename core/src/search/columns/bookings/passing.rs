//! What is asked of a reservation, resolved as a [`Plan`](super::super::plan::Plan) is, and put to a row or to a block of rows.

use fearless_simd::Level;

use super::super::super::asked::OfReservation;
use super::super::codes::Passing;
use super::super::column::{Span, patch, rows_of_block, rows_within};
use super::super::kernels::{Block, count};
use super::super::plan::without;
use super::labels::Labels;
use super::{Bookings, MINUTE, ORIGIN};
use crate::id::{MenuId, ShopId, StaffId};
use crate::record::Label;
use crate::time::{Calendar, Date, DateRange, Instant};

/// What a reservation passes or not.
pub(super) enum Test<'c> {
    All(Vec<Test<'c>>),
    Any(Vec<Test<'c>>),
    Not(Box<Test<'c>>),
    Labels(Labels),
    Starts(Starts<'c>),
    Staff(Passing<'c, StaffId>),
    Menus(Passing<'c, MenuId>),
    Shop(Passing<'c, ShopId>),
}

/// A start from one instant on, and before another.
pub(super) struct Starts<'c> {
    bookings: &'c Bookings,
    span: Span<'c, u32>,
    least: i64,
    most: i64,
    from: Option<Instant>,
    before: Option<Instant>,
}

/// Looking at so few starts, one here and one there, costs less than looking at all of a block.
const FEW: usize = 96;

impl Bookings {
    pub(super) fn test(&self, asked: &OfReservation, calendar: Calendar, now: Instant) -> Test<'_> {
        let each = |of: &[OfReservation]| of.iter().map(|one| self.test(one, calendar, now)).collect();
        match asked {
            OfReservation::All(of) => Test::all(each(of)),
            OfReservation::Any(of) => Test::Any(each(of)),
            OfReservation::Not(that) => Test::Not(Box::new(self.test(that, calendar, now))),
            OfReservation::Status(labels) => {
                let upcoming = Labels::of(&[Label::Upcoming]);
                let others = Test::Labels(Labels::of(labels).but(upcoming));
                if !labels.contains(&Label::Upcoming) {
                    return others;
                }
                // As a filter, 予約中来店前 also means that the start lies ahead (R2).
                let ahead = vec![Test::Labels(upcoming), self.starting(Some(now.plus_ms(1)), None)];
                Test::Any(vec![others, Test::All(ahead)])
            }
            OfReservation::Day(range) => self.on(*range, calendar),
            OfReservation::Staff(staff) => Test::Staff(self.staffs.with(staff)),
            OfReservation::Menu(menus) => Test::Menus(self.menus.with(menus)),
            OfReservation::Shop(shops) => Test::Shop(self.shops.with(shops)),
        }
    }

    // A day lasts from its first instant to that of the next, so nothing that is kept depends on the calendar.
    pub(super) fn on(&self, range: DateRange, calendar: Calendar) -> Test<'_> {
        let next = |day: Date| calendar.start_of(day).plus_ms(24 * 60 * MINUTE);
        self.starting(range.from.map(|day| calendar.start_of(day)), range.to.map(next))
    }

    pub(super) fn starting(&self, from: Option<Instant>, before: Option<Instant>) -> Test<'_> {
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
pub(super) fn possible(asked: &OfReservation) -> Labels {
    match asked {
        OfReservation::All(of) => of.iter().map(possible).fold(Labels::ALL, Labels::and),
        OfReservation::Any(of) => of.iter().map(possible).fold(Labels::NONE, Labels::or),
        OfReservation::Status(labels) => Labels::of(labels),
        _ => Labels::ALL,
    }
}

impl Starts<'_> {
    fn odd(&self, start: Instant) -> bool {
        self.from.is_none_or(|from| from <= start) && self.before.is_none_or(|before| start < before)
    }

    fn holds(&self, row: u32) -> bool {
        if !self.bookings.odd_starts.is_empty()
            && let Some(start) = self.bookings.odd_starts.get(&row)
        {
            return self.odd(*start);
        }
        (self.least..=self.most).contains(&self.bookings.starts.get(row))
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
    pub(super) fn all(of: Vec<Self>) -> Self {
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
            Self::Labels(_) => 0,
            Self::Starts(_) => 4,
            Self::Staff(passing) => passing.cost(),
            Self::Menus(passing) => passing.cost(),
            Self::Shop(passing) => passing.cost(),
        }
    }

    pub(super) fn holds(&self, bookings: &Bookings, row: u32) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.holds(bookings, row)),
            Self::Any(of) => of.iter().any(|one| one.holds(bookings, row)),
            Self::Not(that) => !that.holds(bookings, row),
            Self::Labels(labels) => bookings.labels.holds(*labels, row),
            Self::Starts(starts) => starts.holds(row),
            Self::Staff(passing) => passing.holds(row),
            Self::Menus(passing) => passing.holds(row),
            Self::Shop(passing) => passing.holds(row),
        }
    }

    /// Of the reservations of a block that are in, leaves those that pass. Whether any are left.
    pub(super) fn narrow(&self, bookings: &Bookings, level: Level, block: usize, words: &mut Block) -> bool {
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
            Self::Labels(labels) => bookings.labels.narrow(*labels, block, words),
            Self::Starts(starts) => starts.narrow(level, block, words),
            Self::Staff(passing) => passing.narrow(level, block, words),
            Self::Menus(passing) => passing.narrow(level, block, words),
            Self::Shop(passing) => passing.narrow(level, block, words),
        }
    }
}
