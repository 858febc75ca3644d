//! Whoever has a reservation that passes (S6): read off the sets that are kept where those say it, else asked of the reservations themselves.

use core::cell::{Cell, OnceCell};

use fearless_simd::Level;

use super::super::super::asked::{AskedReservation, OfReservation, is_live};
use super::super::bits::Bits;
use super::super::codes::Kept;
use super::super::column::{keep_rows, rows_within};
use super::super::kernels::{Block, ROWS, count, keep_in};
use super::super::plan::Plan;
use super::Bookings;
use super::labels::Labels;
use super::passing::{Test, possible};
use crate::record::Label;
use crate::time::{Calendar, Instant};

/// Whoever has a reservation that passes.
///
/// While few customers are still in question their own reservations are looked at, which costs about as much as a block of reservations does for each of
/// them; once that has cost as much as looking at all reservations would, all are looked at.
pub(in super::super) struct Wanted<'c> {
    bookings: &'c Bookings,
    among: Labels,
    that: Test<'c>,
    words: usize,
    all: OnceCell<Bits>,
    asked: Cell<usize>,
}

/// The labels of whose reservations it is kept who has them, and for what.
fn labels_of(kept: Kept) -> Labels {
    match kept {
        Kept::Came => Labels::of(&[Label::Visited]),
        Kept::Live => Labels::of(&Label::ALL.into_iter().filter(|label| is_live(*label)).collect::<Vec<_>>()),
    }
}

impl Bookings {
    /// The customers who have a reservation that is looked at (S5) and of which all that is asked is true (S6).
    pub(in super::super) fn whose(&self, asked: &AskedReservation, calendar: Calendar, now: Instant, words: usize) -> Plan<'_> {
        let mut among = Labels::of(&asked.among).and(possible(&asked.that));
        let mut any = Vec::new();
        for kept in [Kept::Live, Kept::Came] {
            let of = labels_of(kept);
            if among.and(of) == of
                && let Some(known) = self.known(&asked.that, kept)
            {
                any.push(known);
                among = among.but(of);
            }
        }
        if among != Labels::NONE {
            let that = self.test(&asked.that, calendar, now).given(among);
            any.push(Plan::Reservations(Box::new(Wanted {
                bookings: self,
                among,
                that,
                words,
                all: OnceCell::new(),
                asked: Cell::new(0),
            })));
        }
        Plan::any(any)
    }

    /// Who has a reservation of certain labels, where nothing else is asked of it than one kind of name: that is kept.
    fn known(&self, asked: &OfReservation, kept: Kept) -> Option<Plan<'_>> {
        let (mut open, mut named) = (vec![asked], None);
        while let Some(one) = open.pop() {
            match one {
                OfReservation::All(of) => open.extend(of),
                // Of one who came, that is all a status asks; of 予約中来店前 it asks more.
                OfReservation::Status(labels) if kept == Kept::Came && labels.contains(&Label::Visited) => {}
                OfReservation::Staff(_) | OfReservation::Menu(_) | OfReservation::Shop(_) if named.is_none() => named = Some(one),
                _ => return None,
            }
        }
        Some(match named {
            Some(OfReservation::Staff(staff)) => Plan::kept(self.staffs.who_for(staff, kept)),
            Some(OfReservation::Menu(menus)) => Plan::kept(self.menus.who_for(menus, kept)),
            Some(OfReservation::Shop(shops)) => Plan::kept(self.shops.who_for(shops, kept)),
            // Every reservation has a shop.
            _ => Plan::kept(self.shops.who(kept)),
        })
    }
}

impl Wanted<'_> {
    pub(in super::super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let all = match self.all.get() {
            Some(all) => all,
            None => {
                let asked = self.asked.get().saturating_add(count(level, words));
                if asked <= self.bookings.blocks() {
                    self.asked.set(asked);
                    return self.ask(block, words);
                }
                self.all.get_or_init(|| self.look_at_all(level))
            }
        };
        keep_in(all.block(block), words)
    }

    fn ask(&self, block: usize, words: &mut Block) -> bool {
        keep_rows(block, words, |customer| {
            let mut theirs = self.bookings.of_customer.of(customer);
            theirs.any(|row| self.bookings.labels.holds(self.among, row) && self.that.holds(self.bookings, row))
        })
    }

    fn look_at_all(&self, level: Level) -> Bits {
        let mut found = Bits::none(self.words);
        let mut rows = Vec::with_capacity(ROWS);
        self.bookings.each(level, self.among, &self.that, |block, words| {
            // Which rows is known before any customer is read: the processor then waits for many of them at a time.
            rows.clear();
            rows.extend(rows_within(block, *words));
            rows.iter().filter_map(|row| self.bookings.customer(*row)).for_each(|customer| found.mark(customer));
        });
        found
    }
}
