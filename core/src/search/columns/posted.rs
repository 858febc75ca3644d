//! For each few characters in a row (a *run*) the rows that have them, ascending, in little more bits than there is to say of them; of a run that every
//! eighth row has, as a set, which is shorter then.
//!
//! Rows are written as Elias and Fano write ascending numbers. The low bits of each stand one after the other. Of the high bits, which hardly grow from one
//! row to the next, it is said how much they grow: as many zeros, and a one for the row. Where a run has one row of so many, about so many are what the low bits can say:
//! then each row takes its low bits and two or three more, and whoever reads them need not wait for one row to know the next.

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, at, number, rows_of};
use super::runs::Taking;

/// For each run the rows that have it.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Posted {
    #[serde(with = "super::stored")]
    runs: Vec<u64>,
    // Where each run's rows end, and how many they are.
    #[serde(with = "super::stored")]
    ends: Vec<u32>,
    #[serde(with = "super::stored")]
    counts: Vec<u32>,
    #[serde(with = "super::stored")]
    bytes: Vec<u8>,
    // Of how many rows this is.
    of: u32,
    // The rows of runs that very many have.
    common: BTreeMap<u64, Bits>,
}

/// The rows of one run, as they are kept.
pub(super) enum Rows<'c> {
    Spelled(Spelled<'c>),
    Common(&'c Bits),
}

/// The rows of one run, written.
pub(super) struct Spelled<'c> {
    // And whatever stands after them: they are read eight bytes at a time.
    lows: &'c [u8],
    highs: &'c [u8],
    low_bits: u32,
    bytes: usize,
    count: u32,
}

/// How the rows of one run are laid out: first their low bits, then what says the high ones.
#[derive(Clone, Copy)]
struct Layout {
    low_bits: u32,
    lows: usize,
    highs: usize,
}

/// What of a run is known while it is written: its rows are counted first and written then, so that no more memory is taken than they need.
#[derive(Default)]
struct Posting {
    count: u32,
    last: Option<u32>,
    // Where it begins, and how many are written.
    start: usize,
    written: u32,
}

/// Bits of a character, of a run that is no longer than three.
const CHAR_BITS: u32 = 21;
/// Read at once.
const EIGHT: usize = 8;

impl Posting {
    // Whether this row was not the last one, too.
    fn is_new(&mut self, row: u32) -> bool {
        self.last.replace(row) != Some(row)
    }
}

impl Layout {
    fn of(count: u32, rows: u32) -> Self {
        let low_bits = rows.checked_div(count).and_then(u32::checked_ilog2).unwrap_or_default();
        let bytes = |bits: usize| bits.div_ceil(8);
        let highs = at(count).saturating_add(at(rows >> low_bits));
        Self { low_bits, lows: bytes(at(count).saturating_mul(at(low_bits))), highs: bytes(highs) }
    }

    const fn bytes(self) -> usize {
        self.lows.saturating_add(self.highs)
    }

    fn write(self, nth: u32, row: u32, bytes: &mut [u8]) {
        let Some((lows, highs)) = bytes.split_at_mut_checked(self.lows) else { return };
        let high = at(row >> self.low_bits).saturating_add(at(nth));
        if let Some(byte) = highs.get_mut(high / 8) {
            *byte |= 1 << (high % 8);
        }
        let from = at(nth).saturating_mul(at(self.low_bits));
        let low = u64::from(row & mask(self.low_bits)) << (from % 8);
        lows.iter_mut().skip(from / 8).zip(low.to_le_bytes()).for_each(|(byte, low)| *byte |= low);
    }
}

const fn mask(bits: u32) -> u32 {
    (1_u32 << bits).wrapping_sub(1)
}

impl Spelled<'_> {
    /// How many bytes are read.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many rows they are.
    pub(super) const fn count(&self) -> usize {
        at(self.count)
    }

    /// Hands on its rows. Not an iterator: a loop in a loop is what a compiler makes the best of.
    pub(super) fn each(&self, mut take: impl FnMut(u32)) {
        let (eights, rest) = self.highs.as_chunks::<EIGHT>();
        let mut last = [0; EIGHT];
        last.iter_mut().zip(rest).for_each(|(last, byte)| *last = *byte);
        let (mut nth, mut place) = (0, 0_u32);
        for eight in eights.iter().chain([&last]) {
            for one in rows_of(u64::from_le_bytes(*eight), place) {
                take(one.wrapping_sub(nth) << self.low_bits | self.low(nth));
                nth = nth.wrapping_add(1);
            }
            place = place.wrapping_add(1);
        }
    }

    fn low(&self, nth: u32) -> u32 {
        let from = at(nth).saturating_mul(at(self.low_bits));
        let eight = self.lows.get(from / 8..).and_then(<[u8]>::first_chunk).copied().map_or(0, u64::from_le_bytes);
        u32::try_from(eight >> (from % 8) & u64::from(mask(self.low_bits))).unwrap_or_default()
    }
}

impl Posted {
    /// All runs of so many rows. `each` tells every run with its row, in the order of rows, and the same again when it is asked again.
    pub(super) fn of(rows: usize, each: impl Fn(&mut dyn FnMut(u64, u32))) -> Self {
        let (words, rows) = (rows.div_ceil(WORD), number(rows));
        let mut postings = BTreeMap::<u64, Posting>::new();
        each(&mut |run, row| {
            let posting = postings.entry(run).or_default();
            posting.count = posting.count.saturating_add(u32::from(posting.is_new(row)));
        });
        let is_common = |posting: &Posting| posting.count > rows / 8;
        let rare = postings.values().filter(|posting| !is_common(posting)).count();
        let mut posted = Self {
            runs: Vec::with_capacity(rare),
            ends: Vec::with_capacity(rare),
            counts: Vec::with_capacity(rare),
            bytes: Vec::new(),
            of: rows,
            common: BTreeMap::new(),
        };
        let mut end = 0_usize;
        for (run, posting) in &mut postings {
            (posting.last, posting.start) = (None, end);
            if is_common(posting) {
                posted.common.insert(*run, Bits::none(words));
                continue;
            }
            end = end.saturating_add(Layout::of(posting.count, rows).bytes());
            posted.runs.push(*run);
            posted.ends.push(number(end));
            posted.counts.push(posting.count);
        }
        posted.bytes = vec![0; end.saturating_add(EIGHT)];
        let Self { bytes, common, .. } = &mut posted;
        each(&mut |run, row| {
            let Some(posting) = postings.get_mut(&run) else { return };
            if is_common(posting) {
                common.get_mut(&run).map(|set| set.mark(row)).unwrap_or_default();
            } else if posting.is_new(row) {
                let bytes = bytes.get_mut(posting.start..).unwrap_or_default();
                Layout::of(posting.count, rows).write(posting.written, row, bytes);
                posting.written = posting.written.saturating_add(1);
            }
        });
        posted
    }

    /// Whether each run stands once and has rows of its own: a block from outside may say anything.
    pub(super) fn is_sound(&self) -> bool {
        let ends = self.ends.last().map_or(0, |end| at(*end));
        self.runs.len() == self.ends.len()
            && self.runs.len() == self.counts.len()
            && self.runs.is_sorted_by(|one, next| one < next)
            && self.ends.is_sorted()
            && ends <= self.bytes.len()
    }

    fn at(&self, place: usize) -> Option<Spelled<'_>> {
        let count = *self.counts.get(place)?;
        let layout = Layout::of(count, self.of);
        let end = at(*self.ends.get(place)?);
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| at(*end));
        let (lows, highs) = (self.bytes.get(start..)?, self.bytes.get(start.saturating_add(layout.lows)..end)?);
        Some(Spelled { lows, highs, low_bits: layout.low_bits, bytes: end.saturating_sub(start), count })
    }

    /// The rows of a run; none if nobody has it.
    pub(super) fn of_run(&self, run: u64) -> Option<Rows<'_>> {
        let spelled = self.runs.binary_search(&run).ok().and_then(|place| self.at(place)).map(Rows::Spelled);
        spelled.or_else(|| self.common.get(&run).map(Rows::Common))
    }

    /// How many bytes the rows of all runs from one to another take.
    pub(super) fn length(&self, least: u64, most: u64) -> usize {
        let end = |run: u64, after: bool| {
            let place = self.runs.partition_point(|known| *known < run || after && *known == run);
            place.checked_sub(1).and_then(|place| self.ends.get(place)).map_or(0, |end| at(*end))
        };
        let common = self.common.range(least..=most).map(|(_, rows)| rows.bytes()).fold(0, usize::saturating_add);
        end(most, true).saturating_sub(end(least, false)).saturating_add(common)
    }

    /// Takes in the rows of all runs from one to another.
    pub(super) fn between(&self, least: u64, most: u64, found: &mut impl Taking) {
        let (from, to) = (self.runs.partition_point(|run| *run < least), self.runs.partition_point(|run| *run <= most));
        (from..to).filter_map(|place| self.at(place)).for_each(|posting| posting.each(|row| found.row(row)));
        self.common.range(least..=most).for_each(|(_, common)| found.all(common));
    }
}

/// Bits of one of so many characters in a row: of four, which are digits, fewer will do.
pub(super) fn bits_of_one(run: usize) -> u32 {
    if run > 3 { u64::BITS / 4 } else { CHAR_BITS }
}

/// One number for some characters in a row; those that are not there are 0.
pub(super) fn packed(characters: &[char], run: usize) -> u64 {
    (0..run).fold(0, |packed, place| packed << bits_of_one(run) | characters.get(place).map_or(0, |c| u64::from(u32::from(*c))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(posted: &Posted, run: u64) -> Vec<u32> {
        let mut rows = Vec::new();
        match posted.of_run(run) {
            Some(Rows::Spelled(spelled)) => spelled.each(|row| rows.push(row)),
            Some(Rows::Common(common)) => rows.extend(common.rows()),
            None => {}
        }
        rows
    }

    #[test]
    fn the_rows_of_a_run_are_read_as_they_were_told_however_many_there_are() {
        for all in [1_u32, 2, 63, 64, 65, 1_000, 4_097, 70_000] {
            let apart = [1, 2, 7, 8, 9, 10, 63, 64, 65, 255, 256, 1_000, 4_096, 60_000];
            // The runs have rows of their own, beginning in different places; a text may have a run twice.
            let of = |run: u32| (run % 5..all).step_by(at(run)).filter(move |row| run < 9 || row % 11 != 3);
            let mut told: Vec<(u32, u32)> = apart.into_iter().flat_map(|run| of(run).map(move |row| (row, run))).collect();
            told.sort_unstable();
            let posted = Posted::of(at(all), |tell| {
                told.iter().for_each(|(row, run)| (0..1 + row % 2).for_each(|_| tell((*run).into(), *row)));
            });
            assert!(posted.is_sound());
            for run in apart {
                assert_eq!(rows(&posted, run.into()), of(run).collect::<Vec<_>>(), "{all} {run}");
            }
        }
    }

    #[test]
    fn a_run_that_stands_twice_and_rows_of_two_runs_are_not_taken_from_a_block() {
        let posted = Posted::of(64, |tell| (0..8).for_each(|row| tell(u64::from(row) % 3, row * 7)));
        assert!(posted.is_sound() && Posted::default().is_sound());
        let of = |runs: &[u64], ends: &[u32], bytes: usize| Posted {
            runs: runs.to_vec(),
            ends: ends.to_vec(),
            counts: vec![1; ends.len()],
            bytes: vec![1; bytes],
            of: 64,
            common: BTreeMap::new(),
        };
        assert!(of(&[1, 2], &[3, 3], 3).is_sound());
        // A hundred thousand times the same million rows would be found.
        for (runs, ends, rows) in
            [(&[1, 1][..], &[2, 3][..], 3), (&[1, 2], &[3, 0], 3), (&[2, 1], &[1, 2], 3), (&[1, 2], &[1, 4], 3), (&[1], &[1, 2], 3)]
        {
            assert!(!of(runs, ends, rows).is_sound(), "{runs:?} {ends:?}");
        }
        assert!(!Posted { counts: vec![1], ..of(&[1, 2], &[3, 3], 3) }.is_sound());
        // Nor more rows than there are bits, however many it is said to have.
        for count in [0, 1, 7, u32::MAX] {
            for all in [0, 1, 64, u32::MAX] {
                let posted = Posted { counts: vec![count; 2], of: all, ..of(&[1, 2], &[3, 7], 7) };
                assert!([1, 2, 3].iter().all(|run| rows(&posted, *run).len() <= 32));
            }
        }
    }
}
