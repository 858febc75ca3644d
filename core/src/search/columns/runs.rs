//! Whose texts have a few characters in a row (a *run*), and by that whoever has any part of a text that is looked for.
//!
//! To look for a needle is to take the rows that have the rarest two runs of characters in it, and to look through their texts. A text ends in runs that
//! are shorter, so a needle of one character is the beginning of a run too, and any needle is served from the same table.
//!
//! The runs are *posted* all at once, in the order of rows, which makes them short to keep (`posted.rs`). What comes or changes later is *loose*: it is
//! looked through whenever somebody asks, until there is so much of it that posting everything anew is worth it.

use core::cell::{Cell, OnceCell};
use std::collections::BTreeSet;

use fearless_simd::Level;

use super::bits::{Bits, WORD, at};
use super::column::{keep_rows, rows_of_block};
use super::kernels::{BLOCK, Block, ROWS, count, keep_in};
use super::plan::Plan;
use super::posted::{Posted, Rows, Spelled, bits_of_one, packed};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Runs {
    // Characters of a run: two where words are kanji, three where they are letters, four of a phone number, of which the last four are known best.
    length: usize,
    posted: Posted,
    // Rows that the postings do not tell of, or wrongly.
    loose: Bits,
    loose_rows: usize,
}

/// Takes in who is found: as a set, or one after the other.
pub(super) trait Taking {
    fn row(&mut self, row: u32);
    fn all(&mut self, of: &Bits);
    fn none(&mut self, of: &Bits);
}

impl Taking for Bits {
    fn row(&mut self, row: u32) {
        self.mark(row);
    }

    fn all(&mut self, of: &Bits) {
        self.join(of);
    }

    fn none(&mut self, of: &Bits) {
        self.leave(of);
    }
}

impl Taking for Vec<u32> {
    fn row(&mut self, row: u32) {
        self.push(row);
    }

    fn all(&mut self, of: &Bits) {
        self.extend(of.rows());
    }

    fn none(&mut self, of: &Bits) {
        self.retain(|row| !of.holds(*row));
    }
}

impl Runs {
    /// Runs of so many characters, three at most, or of four digits.
    pub(super) fn of(length: usize) -> Self {
        Self { length, posted: Posted::default(), loose: Bits::default(), loose_rows: 0 }
    }

    // A block from outside may say anything.
    fn length(&self) -> usize {
        self.length.clamp(1, 4)
    }

    /// As a block from outside may say it.
    #[cfg(test)]
    pub(super) const fn miscount(&mut self) {
        self.loose_rows = 0;
    }

    /// See [`Posted::is_sound`].
    pub(super) fn are_sound(&self) -> bool {
        self.posted.is_sound() && self.loose.count() == self.loose_rows
    }

    /// The rows of which nothing is posted, or not what is so.
    pub(super) const fn loose(&self) -> &Bits {
        &self.loose
    }

    /// How many those are.
    pub(super) const fn loose_rows(&self) -> usize {
        self.loose_rows
    }

    /// What is posted of a row is not so any more.
    pub(super) fn change(&mut self, row: u32) {
        if !self.loose.holds(row) {
            self.loose.set(row, true);
            self.loose_rows = self.loose_rows.saturating_add(1);
        }
    }

    /// Whether so little has changed that posting anew can wait.
    pub(super) const fn are_settled(&self, rows: usize) -> bool {
        self.loose_rows <= 64_usize.saturating_add(rows / 64)
    }

    /// Posts everything anew. `each` tells characters that begin with a run, and their row, in the order of rows, and the same again when it is asked again.
    pub(super) fn post(&mut self, rows: usize, each: impl Fn(&mut dyn FnMut(&[char], u32))) {
        let length = self.length();
        self.posted = Posted::of(rows, |tell| each(&mut |characters, row| tell(packed(characters, length), row)));
        (self.loose, self.loose_rows) = (Bits::default(), 0);
    }

    /// About the bytes that are read to find whoever can have a needle.
    fn effort(&self, needle: &[char]) -> usize {
        self.posted(needle).saturating_add(self.loose_rows)
    }

    /// The same of what is posted.
    pub(super) fn posted(&self, needle: &[char]) -> usize {
        match self.beginning_with(needle) {
            Some((least, most)) => self.posted.length(least, most),
            None => needle
                .windows(self.length())
                .map(|run| packed(run, self.length()))
                .map(|run| self.posted.length(run, run))
                .min()
                .unwrap_or_default(),
        }
    }

    /// Takes in whoever of so many words of rows can have a needle, when so many rows among them are in question. Whether all of them do; else
    /// they are to be looked through.
    pub(super) fn likely(&self, needle: &[char], words: usize, among: usize, holds: impl Fn(u32) -> bool, found: &mut impl Taking) -> bool {
        let span = self.beginning_with(needle);
        match span {
            Some((least, most)) => self.posted.between(least, most, found),
            None => self.candidates(needle, words, among, found),
        }
        if self.loose_rows > 0 {
            found.none(&self.loose);
            self.loose.rows().filter(|row| holds(*row)).for_each(|row| found.row(row));
        }
        span.is_some()
    }

    // The first and the last of the runs that begin with a needle that is no longer than a run; none of a longer one.
    fn beginning_with(&self, needle: &[char]) -> Option<(u64, u64)> {
        let open = u32::try_from(self.length().checked_sub(needle.len())?).ok()?.saturating_mul(bits_of_one(self.length()));
        let least = packed(needle, self.length());
        let last = u64::MAX.checked_shr(u64::BITS.saturating_sub(open)).unwrap_or_default();
        Some((least, least | last))
    }

    // The rows that have the rarest two of the runs in a longer needle, and all of its common ones. If few are in question, those who have the rarest run
    // are looked through sooner than the second is read.
    fn candidates(&self, needle: &[char], words: usize, among: usize, found: &mut impl Taking) {
        let (mut rare, mut common) = (Vec::new(), Vec::new());
        // Each once: the rarest would be read twice for nothing.
        let runs: BTreeSet<u64> = needle.windows(self.length()).map(|run| packed(run, self.length())).collect();
        for run in runs {
            match self.posted.of_run(run) {
                Some(Rows::Spelled(posting)) => rare.push(posting),
                Some(Rows::Common(set)) => common.push(set),
                None => return,
            }
        }
        rare.sort_by_key(Spelled::bytes);
        let mut rare = rare.into_iter();
        let (Some(rarest), next) = (rare.next(), rare.next()) else {
            if let [first, others @ ..] = common.as_slice() {
                let mut all = Bits::clone(first);
                others.iter().for_each(|set| all.meet(set));
                found.all(&all);
            }
            return;
        };
        let left = among.saturating_mul(rarest.count()) / words.saturating_mul(WORD).max(1);
        let next = next.filter(|posting| posting.bytes() < left.saturating_mul(BYTES_OF_A_ROW));
        // A set and not a walk side by side, of which no processor can foresee which side comes next.
        let also = next.map(|posting| {
            let mut also = Bits::none(words);
            posting.each(|row| also.mark(row));
            also
        });
        let sets: Vec<&Bits> = also.iter().chain(common).collect();
        rarest.each(|row| {
            if sets.iter().all(|set| set.holds(row)) {
                found.row(row);
            }
        });
    }
}

/// What a text has from each of its characters on: where its runs begin.
pub(super) fn beginnings(characters: &[char]) -> impl Iterator<Item = &[char]> {
    (0..characters.len()).filter_map(|place| characters.get(place..))
}

/// What is looked for in the texts of the rows that are still in question: of a few, their texts are looked through; of many, whoever can have it is found
/// first.
pub(super) struct Needle<'c> {
    runs: &'c Runs,
    characters: Vec<char>,
    // Whether a row has it.
    holds: Box<dyn Fn(u32) -> bool + 'c>,
    // Whether whoever has its characters in a row has it.
    is_run: bool,
    words: usize,
    effort: usize,
    looked_through: Cell<usize>,
    likely: OnceCell<Likely>,
}

// Whoever can have it, and whether all of them do.
struct Likely {
    rows: Listed,
    all: bool,
}

enum Listed {
    Few(Vec<u32>),
    Many(Bits),
}

/// So many rows are looked through sooner than whoever can have a needle is found;
const FEW: usize = 96;
/// and one for so many bytes that would be read to find them.
const BYTES_OF_A_ROW: usize = 64;
/// Of so many words of rows one row may be looked through at once: it takes about as long as comparing them.
const WORDS_OF_A_ROW: usize = 32;
/// Whoever is found in so few bytes, or in one for so many words of rows, is found at once, so that blocks without any are passed over.
const LITTLE: usize = 1_024;
const WORDS_OF_A_BYTE: usize = 8;

impl<'c> Needle<'c> {
    /// Whoever has characters in a row and of whom `holds` is true; where the first is all that is asked (`is_run`), the second follows from it.
    pub(super) fn plan(runs: &'c Runs, characters: Vec<char>, words: usize, is_run: bool, holds: impl Fn(u32) -> bool + 'c) -> Plan<'c> {
        let effort = runs.effort(&characters);
        let (looked_through, likely) = (Cell::new(0), OnceCell::new());
        let needle = Self { runs, characters, holds: Box::new(holds), is_run, words, effort, looked_through, likely };
        if effort > LITTLE.max(words / WORDS_OF_A_BYTE) {
            return Plan::Text(Box::new(needle));
        }
        let mut rows = Vec::new();
        let mut all = needle.find(words.saturating_mul(WORD), &mut rows);
        rows.sort_unstable();
        rows.dedup();
        if !all && rows.len() <= FEW.max(words / WORDS_OF_A_ROW) {
            rows.retain(|row| (needle.holds)(*row));
            all = true;
        }
        needle.listed(rows, all)
    }

    /// Whoever of the rows of which nothing is posted `holds`.
    pub(super) fn loose(runs: &'c Runs, holds: impl Fn(u32) -> bool + 'c) -> Plan<'c> {
        let rows = runs.loose.rows().filter(|row| holds(*row)).collect();
        let (looked_through, likely) = (Cell::new(0), OnceCell::new());
        let needle =
            Self { runs, characters: Vec::new(), holds: Box::new(holds), is_run: false, words: 0, effort: 0, looked_through, likely };
        needle.listed(rows, true)
    }

    fn listed(self, rows: Vec<u32>, all: bool) -> Plan<'c> {
        if rows.is_empty() {
            return Plan::nobody();
        }
        self.likely.get_or_init(|| Likely { rows: Listed::Few(rows), all });
        Plan::Text(Box::new(self))
    }

    /// Like that of a plan: what is spelled in few bytes is found before a column is compared.
    pub(super) fn cost(&self) -> u32 {
        u32::try_from(self.effort / 256).unwrap_or(u32::MAX).saturating_add(2)
    }

    fn find(&self, among: usize, found: &mut impl Taking) -> bool {
        self.runs.likely(&self.characters, self.words, among, &self.holds, found) && self.is_run
    }

    /// The first block from one on in which anybody can have it, where that is known.
    pub(super) fn first_from(&self, block: usize) -> usize {
        let Some(Likely { rows: Listed::Few(rows), .. }) = self.likely.get() else { return block };
        let next = rows.partition_point(|row| *row < rows_of_block(block).start);
        rows.get(next).map_or(usize::MAX, |row| at(*row) / ROWS)
    }

    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let mut expected = 0;
        if self.likely.get().is_none() {
            let looked_through = self.looked_through.get().saturating_add(count(level, words));
            self.looked_through.set(looked_through);
            // The blocks to come are taken to be as those until now.
            expected = looked_through.saturating_mul(self.words.div_ceil(BLOCK)) / block.saturating_add(1);
            if looked_through <= FEW || expected <= self.effort / BYTES_OF_A_ROW {
                return self.look_through(block, words);
            }
        }
        let likely = self.likely.get_or_init(|| {
            let mut rows = Bits::none(self.words);
            let all = self.find(expected, &mut rows);
            Likely { rows: Listed::Many(rows), all }
        });
        let left = match &likely.rows {
            Listed::Few(rows) => keep_listed(of_block(rows, block), words),
            Listed::Many(rows) => keep_in(rows.block(block), words),
        };
        left && (likely.all || self.look_through(block, words))
    }

    fn look_through(&self, block: usize, words: &mut Block) -> bool {
        keep_rows(block, words, &self.holds)
    }
}

// Of ascending rows those of a block.
fn of_block(rows: &[u32], block: usize) -> &[u32] {
    let of = rows_of_block(block);
    let (from, to) = (rows.partition_point(|row| *row < of.start), rows.partition_point(|row| *row < of.end));
    rows.get(from..to).unwrap_or_default()
}

// Leaves of the rows of a block these. Whether any are left.
fn keep_listed(rows: &[u32], words: &mut Block) -> bool {
    let mut these: Block = [0; BLOCK];
    for row in rows {
        if let Some(word) = these.get_mut(at(*row) / WORD % BLOCK) {
            *word |= 1 << (row % 64);
        }
    }
    keep_in(&these, words)
}
