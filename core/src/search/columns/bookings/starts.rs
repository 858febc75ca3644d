//! When reservations begin: a day, and the minute of it by a code, of which a salon has some dozens. Both are kept as a salon in Japan has them, so that a
//! question about its days is one about the column of days alone. What is no whole minute, or on a day that sixteen bits cannot say, stands beside.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::super::bits::{at, number};
use super::super::column::{Column, Span, keep_rows, patch, rows_of_block, rows_within};
use super::super::kernels::{Block, count};
use super::super::planes::Planes;
use crate::time::Instant;

#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Starts {
    // Counted from 1; 0 is none, or beside.
    days: Column<u16>,
    minutes: Planes,
    // The minute of each code.
    known: Vec<u16>,
    odd: BTreeMap<u32, Instant>,
}

pub(super) const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60;
// 1930-01-01 in Japan, in minutes.
const ORIGIN: i64 = -14_610 * DAY - 9 * 60;
// The last day that fits.
const MOST: i64 = 65_534;

// The first whole minute at or after an instant, since the origin.
const fn minute(instant: Instant) -> i64 {
    let more = if instant.0.rem_euclid(MINUTE) > 0 { 1 } else { 0 };
    instant.0.div_euclid(MINUTE).saturating_add(more).saturating_sub(ORIGIN)
}

// The day of a minute, and which of the day it is.
fn split(minute: i64) -> (i64, u16) {
    (minute.div_euclid(DAY).saturating_add(1), u16::try_from(minute.rem_euclid(DAY)).unwrap_or_default())
}

impl Starts {
    pub(super) fn grow(&mut self, rows: usize) {
        self.days.grow(rows);
        self.minutes.grow(rows);
    }

    pub(super) fn set(&mut self, row: u32, start: Instant) {
        let (day, of_day) = split(minute(start));
        self.odd.remove(&row);
        if start.0 % MINUTE != 0 || !(1..=MOST).contains(&day) {
            self.odd.insert(row, start);
            self.days.set(row, 0);
            return;
        }
        self.days.set(row, day);
        let code = self.known.iter().position(|known| *known == of_day).unwrap_or_else(|| {
            self.known.push(of_day);
            self.known.len().saturating_sub(1)
        });
        self.minutes.set(row, number(code));
    }

    /// One that was set goes.
    pub(super) fn forget(&mut self, row: u32) {
        self.odd.remove(&row);
    }

    pub(super) fn of(&self, row: u32) -> Instant {
        let whole = || Instant(self.minute_of(row).saturating_add(ORIGIN).saturating_mul(MINUTE));
        if self.odd.is_empty() { whole() } else { self.odd.get(&row).copied().unwrap_or_else(whole) }
    }

    fn minute_of(&self, row: u32) -> i64 {
        let of_day = self.known.get(at(self.minutes.get(row))).copied().unwrap_or_default();
        self.days.get(row).saturating_sub(1).saturating_mul(DAY).saturating_add(of_day.into())
    }

    /// Those from one instant on, and before another.
    pub(super) fn between(&self, from: Option<Instant>, before: Option<Instant>) -> Between<'_> {
        let least = from.map_or(0, minute).clamp(0, MOST * DAY);
        let most = before.map_or(i64::MAX, |before| minute(before).saturating_sub(1)).clamp(-1, MOST * DAY - 1);
        let (first, from_minute) = split(least);
        let (last, to_minute) = split(most);
        // Of the first and the last day, if not all of it is in question, every start is looked at.
        let first_edge = (from_minute > 0).then(|| self.days.span(first, first));
        let last_edge = (i64::from(to_minute) < DAY - 1).then(|| self.days.span(last, last));
        // A span that ends before it begins is of nothing.
        Between {
            starts: self,
            days: self.days.span(first.max(1), last),
            edges: [first_edge, last_edge],
            first,
            last,
            least,
            most,
            from,
            before,
        }
    }
}

/// A start from one instant on, and before another.
pub(super) struct Between<'c> {
    starts: &'c Starts,
    days: Span<'c, u16>,
    edges: [Option<Span<'c, u16>>; 2],
    first: i64,
    last: i64,
    least: i64,
    most: i64,
    from: Option<Instant>,
    before: Option<Instant>,
}

/// Looking at so few starts, one here and one there, costs less than looking at all of a block.
const FEW: usize = 16;

impl Between<'_> {
    fn odd(&self, start: Instant) -> bool {
        self.from.is_none_or(|from| from <= start) && self.before.is_none_or(|before| start < before)
    }

    pub(super) fn holds(&self, row: u32) -> bool {
        if !self.starts.odd.is_empty()
            && let Some(start) = self.starts.odd.get(&row)
        {
            return self.odd(*start);
        }
        let day = self.starts.days.get(row);
        let [first_edge, last_edge] = &self.edges;
        let is_edge = first_edge.is_some() && day == self.first || last_edge.is_some() && day == self.last;
        (self.first..=self.last).contains(&day) && (!is_edge || (self.least..=self.most).contains(&self.starts.minute_of(row)))
    }

    /// Whether any of a block can begin then.
    pub(super) fn may_hold(&self, block: usize) -> bool {
        self.days.may_hold(block) || self.starts.odd.range(rows_of_block(block)).next().is_some()
    }

    /// Leaves the rows of a block that begin then. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let all = self.days.covers(block);
        if !all && count(level, words) <= FEW {
            return keep_rows(block, words, |row| self.holds(row));
        }
        let among = *words;
        let mut left = all || self.days.narrow(level, block, words);
        for edge in self.edges.iter().flatten().filter(|edge| edge.may_hold(block)) {
            let mut on_it = among;
            if edge.narrow(level, block, &mut on_it) {
                for row in rows_within(block, on_it) {
                    patch(words, &among, row, self.holds(row));
                }
            }
        }
        for (row, start) in self.starts.odd.range(rows_of_block(block)) {
            left |= patch(words, &among, *row, self.odd(*start));
        }
        left && words.iter().any(|word| *word != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::kernels::{BLOCK, ROWS};
    use super::*;

    #[test]
    fn t3_starts_are_found_to_the_millisecond_whatever_they_are() {
        // Ten o'clock in Japan.
        let noon = 1_795_222_800_000_i64;
        let start = |row: u32| {
            let n = i64::from(row.wrapping_mul(2_654_435_761) >> 12);
            Instant(match row % 97 {
                0 => noon + n,
                1 => (ORIGIN - 1 + n % 3) * MINUTE,
                2 => (ORIGIN + MOST * DAY - 1 + n % 3) * MINUTE,
                3 => i64::MIN + n,
                4 => i64::MAX - n,
                _ => noon + (n % 40 - 20) * DAY * MINUTE + (n % 48 - 24) * 30 * MINUTE,
            })
        };
        let rows = u32::try_from(ROWS + 640).unwrap();
        let mut starts = Starts::default();
        starts.grow(at(rows));
        (0..rows).for_each(|row| starts.set(row, start(row / 2)));
        (0..rows).for_each(|row| starts.set(row, start(row)));
        assert!((0..rows).all(|row| starts.of(row) == start(row)));
        let midnight = noon - 10 * 60 * MINUTE;
        let ends = [noon, noon + 1, noon - 1, midnight, midnight + DAY * MINUTE, midnight + 5 * 60 * MINUTE, midnight - 3 * DAY * MINUTE];
        let far = [ORIGIN * MINUTE, (ORIGIN + MOST * DAY) * MINUTE, i64::MIN, i64::MAX, 0];
        let ends: Vec<Option<Instant>> = ends.into_iter().chain(far).map(|ms| Some(Instant(ms))).chain([None]).collect();
        for from in &ends {
            for before in &ends {
                let between = starts.between(*from, *before);
                for among in [u64::MAX, 1 << 5] {
                    let mut found = Vec::new();
                    for block in 0..2 {
                        let mut words = [among; BLOCK];
                        words.iter_mut().skip((at(rows) - block * ROWS) / 64).for_each(|word| *word = 0);
                        let left = between.narrow(Level::new(), block, &mut words);
                        assert_eq!(left, words != [0; BLOCK]);
                        assert!(!left || between.may_hold(block));
                        found.extend(rows_within(block, words));
                    }
                    let holds = |row: &u32| {
                        (among == u64::MAX || row % 64 == 5)
                            && from.is_none_or(|from| from <= start(*row))
                            && before.is_none_or(|before| start(*row) < before)
                    };
                    assert!(found == (0..rows).filter(holds).collect::<Vec<_>>(), "{from:?} {before:?}");
                    assert!((0..rows).filter(|row| among == u64::MAX || row % 64 == 5).all(|row| between.holds(row) == holds(&row)));
                }
            }
        }
    }
}
