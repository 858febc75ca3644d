//! For each few characters in a row (a *run*) the rows that have them: each row as its distance from the one before, in one block of bytes; of a run that
//! every eighth row has, as a set, which is shorter then.

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, at, number};
use super::runs::Taking;

/// For each run the rows that have it.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Posted {
    #[serde(with = "super::stored")]
    runs: Vec<u64>,
    // Where each run's rows end.
    #[serde(with = "super::stored")]
    ends: Vec<u32>,
    #[serde(with = "super::stored")]
    rows: Vec<u8>,
    // The rows of runs that very many have.
    common: BTreeMap<u64, Bits>,
}

/// The rows of one run, as they are kept.
pub(super) enum Rows<'c> {
    Spelled(&'c [u8]),
    Common(&'c Bits),
}

/// The rows of one run, ascending: each as the distance from the one before, in groups of seven bits. They are counted first and written then, so that no
/// more memory is taken than they need.
#[derive(Default)]
struct Posting {
    last: u32,
    bytes: u32,
    // Where the next row is written.
    place: usize,
    begun: bool,
}

/// Bits of a character.
pub(super) const CHAR_BITS: u32 = 21;

impl Posting {
    // The distance to the next row; none if it is the same.
    fn reach(&mut self, row: u32) -> Option<u32> {
        let distance = row.wrapping_sub(self.last);
        let again = self.begun && distance == 0;
        (self.last, self.begun) = (row, true);
        if again { None } else { Some(distance) }
    }

    fn count(&mut self, row: u32) {
        if let Some(distance) = self.reach(row) {
            let bits = u32::BITS.saturating_sub(distance.leading_zeros()).max(1);
            self.bytes = self.bytes.saturating_add(bits.div_ceil(7));
        }
    }

    fn write(&mut self, row: u32, rows: &mut [u8]) {
        let Some(mut rest) = self.reach(row) else { return };
        let mut more = true;
        while more {
            let low = u8::try_from(rest & 0x7F).unwrap_or_default();
            rest >>= 7;
            more = rest > 0;
            if let Some(byte) = rows.get_mut(self.place) {
                *byte = low | u8::from(more) << 7;
            }
            self.place = self.place.saturating_add(1);
        }
    }
}

/// The rows of one run.
pub(super) fn rows_of(distances: &[u8]) -> impl Iterator<Item = u32> {
    let (mut at, mut shift, mut sum) = (0_u32, 0_u32, 0_u32);
    distances.iter().filter_map(move |byte| {
        // A block from outside may go on for ever.
        sum |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or_default();
        if byte & 0x80 != 0 {
            shift = shift.saturating_add(7);
            return None;
        }
        at = at.wrapping_add(sum);
        (shift, sum) = (0, 0);
        Some(at)
    })
}

impl Posted {
    /// All runs of so many rows. `each` tells every run with its row, in the order of rows, and the same again when it is asked again.
    pub(super) fn of(rows: usize, each: impl Fn(&mut dyn FnMut(u64, u32))) -> Self {
        let mut postings = BTreeMap::<u64, Posting>::new();
        each(&mut |run, row| postings.entry(run).or_default().count(row));
        let is_common = |posting: &Posting| at(posting.bytes) > rows / 8;
        let rare = postings.values().filter(|posting| !is_common(posting)).count();
        let mut posted = Self { runs: Vec::with_capacity(rare), ends: Vec::with_capacity(rare), rows: Vec::new(), common: BTreeMap::new() };
        let mut end = 0_usize;
        for (run, posting) in &mut postings {
            (posting.last, posting.begun, posting.place) = (0, false, end);
            if is_common(posting) {
                posted.common.insert(*run, Bits::none(rows.div_ceil(WORD)));
                continue;
            }
            end = end.saturating_add(at(posting.bytes));
            posted.runs.push(*run);
            posted.ends.push(number(end));
        }
        posted.rows = vec![0; end];
        let Self { rows: written, common, .. } = &mut posted;
        each(&mut |run, row| {
            let Some(posting) = postings.get_mut(&run) else { return };
            if is_common(posting) {
                common.get_mut(&run).map(|set| set.mark(row)).unwrap_or_default();
            } else {
                posting.write(row, written);
            }
        });
        posted
    }

    /// Whether each run stands once and has rows of its own: a block from outside may say anything.
    pub(super) fn is_sound(&self) -> bool {
        let ends = self.ends.last().map_or(0, |end| at(*end));
        self.runs.len() == self.ends.len()
            && self.runs.is_sorted_by(|one, next| one < next)
            && self.ends.is_sorted()
            && ends <= self.rows.len()
    }

    fn at(&self, place: usize) -> &[u8] {
        let end = |place: Option<usize>| place.and_then(|place| self.ends.get(place)).map_or(0, |end| at(*end));
        self.rows.get(end(place.checked_sub(1))..end(Some(place))).unwrap_or_default()
    }

    /// The rows of a run; none if nobody has it.
    pub(super) fn of_run(&self, run: u64) -> Option<Rows<'_>> {
        let spelled = self.runs.binary_search(&run).ok().map(|place| Rows::Spelled(self.at(place)));
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
        (from..to).flat_map(|place| rows_of(self.at(place))).for_each(|row| found.row(row));
        self.common.range(least..=most).for_each(|(_, common)| found.all(common));
    }
}

/// One number for some characters in a row; those that are not there are 0.
pub(super) fn packed(characters: &[char], run: usize) -> u64 {
    (0..run).fold(0, |packed, place| packed << CHAR_BITS | characters.get(place).map_or(0, |c| u64::from(u32::from(*c))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_stands_twice_and_rows_of_two_runs_are_not_taken_from_a_block() {
        let posted = Posted::of(64, |tell| (0..8).for_each(|row| tell(u64::from(row) % 3, row * 7)));
        assert!(posted.is_sound() && Posted::default().is_sound());
        let of = |runs: &[u64], ends: &[u32], rows: usize| Posted {
            runs: runs.to_vec(),
            ends: ends.to_vec(),
            rows: vec![1; rows],
            common: BTreeMap::new(),
        };
        assert!(of(&[1, 2], &[3, 3], 3).is_sound());
        // A hundred thousand times the same million rows would be found.
        for (runs, ends, rows) in
            [(&[1, 1][..], &[2, 3][..], 3), (&[1, 2], &[3, 0], 3), (&[2, 1], &[1, 2], 3), (&[1, 2], &[1, 4], 3), (&[1], &[1, 2], 3)]
        {
            assert!(!of(runs, ends, rows).is_sound(), "{runs:?} {ends:?}");
        }
    }
}
