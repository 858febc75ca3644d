//! Texts that are searched in parts: those of each row, one after the other, and for every few characters in a row (a *run*) the rows that have them.
//!
//! To look for a needle is to take the rows that have the rarest two runs of characters in it, and to look through their texts. A text ends in runs that
//! are shorter, so a needle of one character is the beginning of a run too, and any needle is served from the same table.
//!
//! The runs are *posted* all at once, in the order of rows, which makes them short to keep (`posted.rs`). What comes or changes later is *loose*: it is
//! looked through whenever somebody asks, until there is so much of it that posting everything anew is worth it.

use core::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use fearless_simd::Level;
use memchr::memmem::Finder;

use super::bits::{Bits, WORD, at, lengthen, number};
use super::column::{Column, keep_rows};
use super::kernels::{Block, count, keep_in};
use super::plan::Plan;
use super::posted::{CHAR_BITS, Posted, Rows, packed, rows_of};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Texts {
    // Characters of a run: two where words are kanji, three where they are digits or letters.
    run: usize,
    // The texts of a row, each ended by a byte that is in no text.
    #[serde(with = "super::stored")]
    bytes: Vec<u8>,
    // Where those of every sixteenth row begin; the others follow by their lengths.
    #[serde(with = "super::stored")]
    starts: Vec<u32>,
    lengths: Column<u8>,
    // How many rows stand in their order. Those of the rows after them begin here or there,
    ordered: usize,
    #[serde(with = "super::stored")]
    later: Vec<u32>,
    // and so do those of rows that changed: where, and how long what stood in their place was.
    moved: BTreeMap<u32, (u32, u32)>,
    // Bytes of texts that went, blanked: whoever left is not to be read out of memory.
    waste: usize,
    posted: Posted,
    /// Rows that the postings do not tell of, or wrongly.
    loose: Bits,
    loose_rows: usize,
}

/// So many rows from one start that is kept to the next.
const APART: u32 = 16;
/// Ends a text: no UTF-8 has it.
const END: u8 = 0xFF;

impl Texts {
    // A block from outside may say anything.
    fn run(&self) -> usize {
        self.run.clamp(1, 3)
    }

    /// Texts by runs of so many characters, three at most.
    pub(super) fn by(run: usize) -> Self {
        Self {
            run,
            bytes: Vec::new(),
            starts: Vec::new(),
            lengths: Column::default(),
            ordered: 0,
            later: Vec::new(),
            moved: BTreeMap::new(),
            waste: 0,
            posted: Posted::default(),
            loose: Bits::default(),
            loose_rows: 0,
        }
    }

    // How many rows stand in their order: no more than a block from outside has starts for.
    fn ordered(&self) -> usize {
        self.ordered.min(self.starts.len().saturating_mul(at(APART)))
    }

    // How many rows there are.
    fn rows(&self) -> usize {
        self.ordered().saturating_add(self.later.len())
    }

    fn start(&self, row: u32) -> usize {
        if let Some(later) = at(row).checked_sub(self.ordered()) {
            return self.later.get(later).map_or(0, |start| at(*start));
        }
        if !self.moved.is_empty()
            && let Some((start, _)) = self.moved.get(&row)
        {
            return at(*start);
        }
        let first = row.saturating_sub(row % APART);
        let stood = |row: u32| {
            let moved = if self.moved.is_empty() { None } else { self.moved.get(&row) };
            moved.map_or_else(|| self.length(row), |(_, length)| at(*length))
        };
        let start = self.starts.get(at(first / APART)).map_or(0, |start| at(*start));
        (first..row).map(stood).fold(start, usize::saturating_add)
    }

    fn length(&self, row: u32) -> usize {
        usize::try_from(self.lengths.get(row)).unwrap_or_default()
    }

    fn whole(&self, row: u32) -> &[u8] {
        let length = self.length(row);
        if length == 0 {
            return &[];
        }
        let start = self.start(row);
        self.bytes.get(start..start.saturating_add(length)).unwrap_or_default()
    }

    /// The texts of a row, those that are empty left out.
    pub(super) fn of(&self, row: u32) -> impl Iterator<Item = &str> {
        self.whole(row).split(|byte| *byte == END).filter_map(|text| core::str::from_utf8(text).ok()).filter(|text| !text.is_empty())
    }

    /// The first text of a row; empty if there is none.
    pub(super) fn first(&self, row: u32) -> &str {
        self.of(row).next().unwrap_or_default()
    }

    /// Whether nobody ever had a text.
    pub(super) fn is_empty(&self) -> bool {
        self.rows() == 0
    }

    /// The texts of a row are these and no others.
    pub(super) fn put<T: AsRef<str>>(&mut self, row: u32, texts: &[T]) {
        let texts = || texts.iter().map(AsRef::as_ref).filter(|text| !text.is_empty());
        if self.of(row).eq(texts()) {
            return;
        }
        self.blank(row);
        let start = self.bytes.len();
        let length: usize = texts().map(|text| text.len().saturating_add(1)).sum();
        lengthen(&mut self.bytes, start.saturating_add(length));
        self.bytes.truncate(start);
        for text in texts() {
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.push(END);
        }
        if let Some(later) = at(row).checked_sub(self.ordered()) {
            lengthen(&mut self.later, later.saturating_add(1));
            if let Some(kept) = self.later.get_mut(later) {
                *kept = number(start);
            }
        } else {
            let stood = self.moved.get(&row).map_or_else(|| number(self.length(row)), |(_, stood)| *stood);
            self.moved.insert(row, (number(start), stood));
        }
        self.lengths.grow(self.rows().next_multiple_of(WORD));
        self.lengths.set(row, i64::from(number(length)));
        if !self.loose.holds(row) {
            self.loose.set(row, true);
            self.loose_rows = self.loose_rows.saturating_add(1);
        }
    }

    fn blank(&mut self, row: u32) {
        let (start, length) = (self.start(row), self.whole(row).len());
        if let Some(bytes) = self.bytes.get_mut(start..start.saturating_add(length)) {
            bytes.fill(0);
        }
        self.waste = self.waste.saturating_add(length);
    }

    // Every run with its row, in the order of rows.
    fn each_run(&self, tell: &mut dyn FnMut(u64, u32)) {
        let mut characters = Vec::new();
        for row in 0..number(self.rows()) {
            for text in self.of(row) {
                characters.clear();
                characters.extend(text.chars());
                for place in 0..characters.len() {
                    tell(packed(characters.get(place..).unwrap_or_default(), self.run()), row);
                }
            }
        }
    }

    /// Posts everything anew if much has changed: to be called before many questions.
    pub(super) fn settle(&mut self) {
        if self.loose_rows <= 64_usize.saturating_add(self.rows() / 64) && self.waste <= 4_096_usize.saturating_add(self.bytes.len() / 4) {
            return;
        }
        let old = core::mem::replace(self, Self::by(self.run()));
        lengthen(&mut self.bytes, old.bytes.len().saturating_sub(old.waste));
        self.bytes.clear();
        self.ordered = old.rows();
        self.starts.reserve_exact(old.rows().div_ceil(at(APART)));
        self.lengths.grow(old.rows().next_multiple_of(WORD));
        for row in 0..number(old.rows()) {
            if row % APART == 0 {
                self.starts.push(number(self.bytes.len()));
            }
            let texts = old.whole(row);
            self.lengths.set(row, i64::from(number(texts.len())));
            self.bytes.extend_from_slice(texts);
        }
        self.posted = Posted::of(self.rows(), |tell| self.each_run(tell));
    }

    /// Who has a text that holds a needle; an empty one is in every text.
    pub(super) fn rows_holding(&self, needle: &str, words: usize) -> Plan<'_> {
        Needle::plan(self, needle, words, false)
    }

    /// Whose first text ends in a needle.
    pub(super) fn rows_ending(&self, needle: &str, words: usize) -> Plan<'_> {
        Needle::plan(self, needle, words, true)
    }

    /// The same as a list, each looked at now: for few rows, or where few are found.
    pub(super) fn holding(&self, needle: &str) -> Vec<u32> {
        let mut found = Bits::none(self.rows().div_ceil(WORD));
        let finder = Finder::new(needle.as_bytes());
        if self.likely(&needle.chars().collect::<Vec<_>>(), &finder, &mut found) {
            return found.rows().collect();
        }
        found.rows().filter(|row| finder.find(self.whole(*row)).is_some()).collect()
    }

    // Puts whoever can have a needle into a set. Whether all of them do; else they are to be looked through.
    fn likely(&self, characters: &[char], finder: &Finder<'_>, found: &mut Bits) -> bool {
        if let Some((least, most)) = self.beginning_with(characters) {
            self.posted.between(least, most, found);
            for row in self.loose.rows() {
                found.set(row, self.holds(row, finder));
            }
            return true;
        }
        self.candidates(characters, found);
        for row in self.loose.rows() {
            found.set(row, true);
        }
        false
    }

    // The first and the last of the runs that begin with a needle that is no longer than a run; none of a longer one.
    fn beginning_with(&self, characters: &[char]) -> Option<(u64, u64)> {
        let open = u32::try_from(self.run().checked_sub(characters.len())?).ok()?.saturating_mul(CHAR_BITS);
        let least = packed(characters, self.run());
        Some((least, least | (1_u64 << open).wrapping_sub(1)))
    }

    fn holds(&self, row: u32, finder: &Finder<'_>) -> bool {
        let texts = self.whole(row);
        !texts.is_empty() && finder.find(texts).is_some()
    }

    // About the bytes that are read to find whoever can have a needle.
    fn effort(&self, characters: &[char]) -> usize {
        let posted = match self.beginning_with(characters) {
            Some((least, most)) => self.posted.length(least, most),
            None => characters
                .windows(self.run())
                .map(|run| packed(run, self.run()))
                .map(|run| self.posted.length(run, run))
                .min()
                .unwrap_or_default(),
        };
        posted.saturating_add(self.loose_rows)
    }

    // The rows that have the rarest two of the runs in a longer needle, and all of its common ones.
    fn candidates(&self, characters: &[char], found: &mut Bits) {
        let (mut rare, mut common) = (Vec::new(), Vec::new());
        for run in characters.windows(self.run()) {
            match self.posted.of_run(packed(run, self.run())) {
                Some(Rows::Spelled(posting)) => rare.push(posting),
                Some(Rows::Common(set)) => common.push(set),
                None => return,
            }
        }
        rare.sort_by_key(|posting| posting.len());
        let mut rare = rare.into_iter();
        let (Some(rarest), next) = (rare.next(), rare.next()) else {
            let mut common = common.into_iter();
            common.next().map(|set| found.join(set)).unwrap_or_default();
            common.for_each(|set| found.meet(set));
            return;
        };
        let mut others = next.map(|posting| rows_of(posting).peekable());
        for row in rows_of(rarest) {
            let too = others.as_mut().is_none_or(|others| {
                while others.next_if(|other| *other < row).is_some() {}
                others.peek() == Some(&row)
            });
            if too && common.iter().all(|set| set.holds(row)) {
                found.mark(row);
            }
        }
    }
}

/// What is looked for in the texts of the rows that are still in question: of a few, their texts are looked through; of many, whoever can have it is found
/// first.
pub(super) struct Needle<'c> {
    texts: &'c Texts,
    finder: Finder<'static>,
    characters: Vec<char>,
    words: usize,
    // Whether it must be the end of the first text.
    at_end: bool,
    effort: usize,
    looked_through: Cell<usize>,
    // Whoever can have it, and whether all of them do.
    likely: OnceCell<(Bits, bool)>,
}

/// So many rows are looked through sooner than whoever can have a needle is found.
const FEW: usize = 96;

impl<'c> Needle<'c> {
    fn plan(texts: &'c Texts, needle: &str, words: usize, at_end: bool) -> Plan<'c> {
        let characters: Vec<char> = needle.chars().collect();
        Plan::Text(Box::new(Self {
            texts,
            finder: Finder::new(needle.as_bytes()).into_owned(),
            effort: texts.effort(&characters),
            characters,
            words,
            at_end,
            looked_through: Cell::new(0),
            likely: OnceCell::new(),
        }))
    }

    /// Like that of a plan: what is spelled in few bytes is found before a column is compared.
    pub(super) fn cost(&self) -> u32 {
        u32::try_from(self.effort / 256).unwrap_or(u32::MAX).saturating_add(2)
    }

    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        if self.likely.get().is_none() {
            let looked_through = self.looked_through.get().saturating_add(count(level, words));
            self.looked_through.set(looked_through);
            if looked_through <= FEW {
                return self.look_through(block, words);
            }
        }
        let (likely, all) = self.likely.get_or_init(|| {
            let mut found = Bits::none(self.words);
            let all = self.texts.likely(&self.characters, &self.finder, &mut found);
            (found, all && !self.at_end)
        });
        keep_in(likely.block(block), words) && (*all || self.look_through(block, words))
    }

    fn look_through(&self, block: usize, words: &mut Block) -> bool {
        keep_rows(block, words, |row| {
            if self.at_end { self.texts.first(row).as_bytes().ends_with(self.finder.needle()) } else { self.texts.holds(row, &self.finder) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::*;

    fn rows(texts: &Texts, needle: &str) -> Vec<u32> {
        let mut words = [u64::MAX; super::super::kernels::BLOCK];
        texts.rows_holding(needle, 7).narrow(fearless_simd::Level::new(), 0, &mut words).unwrap();
        rows_within(0, words).collect()
    }

    #[test]
    fn s2_any_part_is_found_whatever_its_length() {
        let people = ["山田太郎", "ヤマダタロウ", "山口花子", "田中山田", "太", "吉野太山田", "山田", "𠮷田太郎"];
        for (run, backwards) in [(2, false), (3, false), (2, true)] {
            let mut texts = Texts::by(run);
            let put = |texts: &mut Texts, row: u32, name: &str| texts.put(row, &[name.to_owned(), String::new(), name.to_owned()]);
            if backwards {
                (0..).zip(people).collect::<Vec<_>>().into_iter().rev().for_each(|(row, name)| put(&mut texts, row, name));
            } else {
                (0..).zip(people).for_each(|(row, name)| put(&mut texts, row, name));
            }
            for name in people {
                let characters: Vec<char> = name.chars().collect();
                for from in 0..characters.len() {
                    for to in from + 1..=characters.len() {
                        let needle: String = characters[from..to].iter().collect();
                        let expected: Vec<u32> = (0..).zip(people).filter(|(_, name)| name.contains(&needle)).map(|(row, _)| row).collect();
                        assert_eq!(rows(&texts, &needle), expected, "{needle} by {run}");
                    }
                }
            }
            for none in ["山太", "田太山", "ヤマダタロウサ", "郎山", "太郎山田太", "x"] {
                assert_eq!(rows(&texts, none), [0; 0], "{none} by {run}: no needle reaches from one text into the next");
            }
            assert_eq!(rows(&texts, "").len(), people.len());
        }
    }

    #[test]
    fn texts_may_change_go_and_come_again() {
        let mut texts = Texts::by(2);
        let name = |n: u32| vec![format!("佐藤{}", n / 2), "サトウ".to_owned()];
        for round in 0..3 {
            (0..400).for_each(|n| texts.put(n, &name(n)));
            assert_eq!(rows(&texts, "佐藤17").len(), 22, "17 and 170 to 179, round {round}");
            assert_eq!(rows(&texts, "サ").len(), 400);
            texts.settle();
            assert_eq!(rows(&texts, "佐藤17").len(), 22);
            (0..400).rev().filter(|n| *n != 35).for_each(|n| texts.put::<&str>(n, &[]));
            texts.put::<&str>(3, &[]);
            for _ in 0..2 {
                assert_eq!(rows(&texts, "佐藤17"), [35]);
                assert_eq!(rows(&texts, "佐"), [35]);
                assert_eq!(texts.lengths.span(1, i64::MAX).rows().collect::<Vec<_>>(), [35]);
                assert_eq!(texts.of(35).collect::<Vec<_>>(), ["佐藤17", "サトウ"]);
                texts.settle();
            }
            assert!(texts.bytes.len() < 100, "what nobody has is cleared away");
            texts.put(35, &["鈴木".to_owned()]);
            assert_eq!((rows(&texts, "鈴木"), rows(&texts, "佐藤")), (vec![35], vec![]));
            texts.put::<&str>(35, &[]);
            assert!(!texts.bytes.windows(3).any(|part| part == "佐".as_bytes()), "nobody's name is left");
            assert_eq!(texts.lengths.span(1, i64::MAX).rows().count(), 0);
        }
    }
}
