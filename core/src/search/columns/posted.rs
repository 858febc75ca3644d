//! For each few characters in a row (a *run*) the rows that have them: each row as its distance from the one before, in one block of bytes; of a run that
//! every eighth row has, as a set, which is shorter then.

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, at, number};

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

/// The rows of one run, ascending: each as the distance from the one before, in groups of seven bits.
#[derive(Default)]
pub(super) struct Posting {
    last: u32,
    distances: Vec<u8>,
}

/// Bits of a character.
pub(super) const CHAR_BITS: u32 = 21;

impl Posting {
    /// The next row.
    pub(super) fn push(&mut self, row: u32) {
        if !self.distances.is_empty() && self.last == row {
            return;
        }
        let mut rest = row.wrapping_sub(self.last);
        self.last = row;
        loop {
            let low = u8::try_from(rest & 0x7F).unwrap_or_default();
            rest >>= 7;
            if rest == 0 {
                self.distances.push(low);
                return;
            }
            self.distances.push(low | 0x80);
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
    /// All of these, of so many rows.
    pub(super) fn of(postings: BTreeMap<u64, Posting>, rows: usize) -> Self {
        let (common, rare): (Vec<_>, Vec<_>) = postings.into_iter().partition(|(_, posting)| posting.distances.len() > rows / 8);
        let bytes = rare.iter().map(|(_, posting)| posting.distances.len()).sum();
        let mut posted = Self {
            runs: Vec::with_capacity(rare.len()),
            ends: Vec::with_capacity(rare.len()),
            rows: Vec::with_capacity(bytes),
            common: BTreeMap::new(),
        };
        for (run, posting) in rare {
            posted.rows.extend_from_slice(&posting.distances);
            posted.runs.push(run);
            posted.ends.push(number(posted.rows.len()));
        }
        for (run, posting) in common {
            let mut set = Bits::none(rows.div_ceil(WORD));
            rows_of(&posting.distances).for_each(|row| set.mark(row));
            posted.common.insert(run, set);
        }
        posted
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

    /// Puts the rows of all runs from one to another into a set.
    pub(super) fn between(&self, least: u64, most: u64, found: &mut Bits) {
        let (from, to) = (self.runs.partition_point(|run| *run < least), self.runs.partition_point(|run| *run <= most));
        (from..to).flat_map(|place| rows_of(self.at(place))).for_each(|row| found.mark(row));
        self.common.range(least..=most).for_each(|(_, common)| found.join(common));
    }
}

/// One number for some characters in a row; those that are not there are 0.
pub(super) fn packed(characters: &[char], run: usize) -> u64 {
    (0..run).fold(0, |packed, place| packed << CHAR_BITS | characters.get(place).map_or(0, |c| u64::from(u32::from(*c))))
}
