//! What is asked of a reservation, resolved as a [`Plan`](super::super::plan::Plan) is, and put to a row or to a block of rows.

use fearless_simd::Level;

use super::super::super::asked::OfReservation;
use super::super::codes::Passing;
use super::super::kernels::Block;
use super::super::plan::without;
use super::Bookings;
use super::labels::Labels;
use super::starts::{Between, MINUTE};
use crate::id::{MenuId, ShopId, StaffId};
use crate::record::Label;
use crate::time::{Calendar, Date, DateRange, Instant};

/// What a reservation passes or not.
pub(super) enum Test<'c> {
    All(Vec<Test<'c>>),
    Any(Vec<Test<'c>>),
    Not(Box<Test<'c>>),
    Labels(Labels),
    Starts(Between<'c>),
    Staff(Passing<'c, StaffId>),
    Menus(Passing<'c, MenuId>),
    Shop(Passing<'c, ShopId>),
}

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
        Test::Starts(self.starts.between(from, before))
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

    /// The same of reservations of which it is known that they have one of these labels: what is so of all of them is not asked.
    pub(super) fn given(self, among: Labels) -> Self {
        let so = |one: &Self| matches!(one, Self::Labels(labels) if among.but(*labels) == Labels::NONE);
        match self {
            Self::All(of) => Self::all(of.into_iter().map(|one| one.given(among)).filter(|one| !so(one)).collect()),
            one if so(&one) => Self::All(Vec::new()),
            one => one,
        }
    }

    /// Whether any reservation of a block can pass, by the days of the block alone.
    pub(super) fn may_hold(&self, block: usize) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.may_hold(block)),
            Self::Any(of) => of.iter().any(|one| one.may_hold(block)),
            Self::Starts(starts) => starts.may_hold(block),
            _ => true,
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
            Self::Labels(labels) => bookings.labels.narrow(level, *labels, block, words),
            Self::Starts(starts) => starts.narrow(level, block, words),
            Self::Staff(passing) => passing.narrow(level, block, words),
            Self::Menus(passing) => passing.narrow(level, block, words),
            Self::Shop(passing) => passing.narrow(level, block, words),
        }
    }
}
