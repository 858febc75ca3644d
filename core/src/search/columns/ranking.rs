//! Everybody in the order of a page, kept: the first fifty of an answer are the first fifty of this order who are in it.
//!
//! An order is made when it is asked for a second time. Whoever changes afterwards is *loose*: passed over where they stood, and put in their place each
//! time they are found, until there are so many of them that making the order anew is worth it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering as Atomic};

use super::super::sort::{CustomerSort, SortBy};
use super::bits::{Bits, WORD, at};

/// Everybody who was active, in one order.
pub(super) struct Ranking {
    rows: Vec<u32>,
    loose: Vec<u32>,
    is_loose: Bits,
}

#[derive(Default)]
struct Slot {
    asked: AtomicBool,
    ranking: OnceLock<Ranking>,
}

/// The orders that are kept, four bytes a customer each.
#[derive(Default)]
pub(super) struct Rankings([Slot; 10]);

// 五十音順 compares spellings and is not kept.
const fn place(sort: CustomerSort) -> Option<usize> {
    let by = match sort.by {
        SortBy::Number => 0,
        SortBy::FirstRegistered => 2,
        SortBy::LastVisit => 4,
        SortBy::Visits => 6,
        SortBy::Amount => 8,
        SortBy::Kana => return None,
    };
    Some(if sort.descending { by + 1 } else { by })
}

impl Rankings {
    /// The order, if it is kept or to be kept from now on.
    pub(super) fn of(&self, sort: CustomerSort, make: impl FnOnce() -> Vec<u32>) -> Option<&Ranking> {
        let slot = place(sort).and_then(|place| self.0.get(place))?;
        if slot.ranking.get().is_none() && !slot.asked.swap(true, Atomic::Relaxed) {
            return None;
        }
        Some(slot.ranking.get_or_init(|| Ranking { rows: make(), loose: Vec::new(), is_loose: Bits::default() }))
    }

    /// What a row is put in order by may have changed.
    pub(super) fn loosen(&mut self, row: u32) {
        for slot in &mut self.0 {
            let Some(ranking) = slot.ranking.get_mut() else { continue };
            if ranking.loose.len() > 64_usize.saturating_add(ranking.rows.len() / 64) {
                *slot = Slot::default();
            } else if !ranking.is_loose.holds(row) {
                ranking.is_loose.set(row, true);
                ranking.loose.push(row);
            }
        }
    }
}

/// So many rows are passed by sooner than everybody who is found is compared.
const FAR: usize = 4_096;
/// So many rows are passed by sooner than one is put in its place among all that are wanted.
const FAR_FOR_EACH: usize = 8;

impl Ranking {
    /// How far it is to the first so many of all who are found, if they stand anywhere; none if putting them in order is sooner done than passing by so
    /// many.
    pub(super) fn far(&self, all: usize, wanted: usize) -> Option<usize> {
        let far = self.rows.len().saturating_mul(wanted.min(all)).checked_div(all)?;
        (far <= FAR.max(wanted.min(all).saturating_mul(FAR_FOR_EACH))).then_some(far)
    }

    /// The first so many of those found, beginning with whoever is not `before` the first that can be; then those found who are loose. None if they are much
    /// farther away than if they stood anywhere.
    pub(super) fn first(&self, found: &[u64], far: usize, wanted: usize, before: impl Fn(u32) -> bool) -> Option<(Vec<u32>, Vec<u32>)> {
        let holds = |row: u32| found.get(at(row) / WORD).is_some_and(|word| word >> (row % 64) & 1 == 1);
        let mut first = Vec::with_capacity(wanted.min(far));
        let from = self.reach(before);
        let mut way = self.rows.get(from..).unwrap_or_default();
        let whole = way.len();
        way = way.get(..whole.min(far.saturating_mul(4).saturating_add(FAR / 4))).unwrap_or_default();
        for row in way.iter().copied() {
            if holds(row) && !self.is_loose.holds(row) {
                first.push(row);
                if first.len() == wanted {
                    break;
                }
            }
        }
        let complete = first.len() == wanted || way.len() == whole;
        complete.then(|| (first, self.loose.iter().copied().filter(|row| holds(*row)).collect()))
    }

    // The first place whose row is not before; of those that are loose nothing is known.
    fn reach(&self, before: impl Fn(u32) -> bool) -> usize {
        let (mut from, mut to) = (0, self.rows.len());
        while from < to {
            let middle = from.midpoint(to);
            let fast = self.rows.get(middle..to).unwrap_or_default().iter().position(|row| !self.is_loose.holds(*row));
            match fast.map(|place| middle.saturating_add(place)) {
                Some(place) if self.rows.get(place).copied().is_some_and(&before) => from = place.saturating_add(1),
                _ => to = middle,
            }
        }
        from
    }
}
