//! Texts that are searched in parts: those of each row, one after the other, and by their runs of characters (`runs.rs`) the rows that have them.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use super::bits::{Bits, WORD, at, lengthen, number};
use super::column::Column;
use super::plan::Plan;
use super::runs::{Needle, Runs, beginnings};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Texts {
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
    runs: Runs,
}

/// So many rows from one start that is kept to the next.
const APART: u32 = 16;
/// Ends a text: no UTF-8 has it.
const END: u8 = 0xFF;

impl Texts {
    /// Texts by runs of so many characters, three at most.
    pub(super) fn by(run: usize) -> Self {
        Self {
            bytes: Vec::new(),
            starts: Vec::new(),
            lengths: Column::default(),
            ordered: 0,
            later: Vec::new(),
            moved: BTreeMap::new(),
            waste: 0,
            runs: Runs::of(run),
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
        self.runs.change(row);
    }

    fn blank(&mut self, row: u32) {
        let (start, length) = (self.start(row), self.whole(row).len());
        if let Some(bytes) = self.bytes.get_mut(start..start.saturating_add(length)) {
            bytes.fill(0);
        }
        self.waste = self.waste.saturating_add(length);
    }

    /// Whether no bytes are the texts of many rows, and what [`Posted::is_sound`](super::posted::Posted::is_sound) asks.
    pub(super) fn is_sound(&self) -> bool {
        // Of every row that has a length, whether it stands anywhere or not.
        let lengths = (0..self.lengths.room()).map(|row| self.length(row)).fold(0, usize::saturating_add);
        lengths <= self.bytes.len() && self.runs.are_sound()
    }

    /// Posts everything anew if much has changed: to be called before many questions.
    pub(super) fn settle(&mut self) {
        if self.runs.are_settled(self.rows()) && self.waste <= 4_096_usize.saturating_add(self.bytes.len() / 4) {
            return;
        }
        let mut old = core::mem::replace(self, Self::by(1));
        core::mem::swap(&mut self.runs, &mut old.runs);
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
        let mut runs = core::mem::replace(&mut self.runs, Runs::of(1));
        runs.post(self.rows(), |tell| {
            let mut characters = Vec::new();
            for row in 0..number(self.rows()) {
                for text in self.of(row) {
                    characters.clear();
                    characters.extend(text.chars());
                    beginnings(&characters).for_each(|run| tell(run, row));
                }
            }
        });
        self.runs = runs;
    }

    // An empty needle is in every text, but not in none.
    fn holds(&self, row: u32, needle: &Finder<'_>) -> bool {
        let texts = self.whole(row);
        !texts.is_empty() && needle.find(texts).is_some()
    }

    /// Who has a text that holds a needle; an empty one is in every text.
    pub(super) fn rows_holding(&self, needle: &str, words: usize) -> Plan<'_> {
        let finder = Finder::new(needle.as_bytes()).into_owned();
        Needle::plan(&self.runs, needle.chars().collect(), words, true, move |row| self.holds(row, &finder))
    }

    /// Whose first text ends in a needle.
    pub(super) fn rows_ending(&self, needle: &str, words: usize) -> Plan<'_> {
        let end = needle.to_owned();
        Needle::plan(&self.runs, needle.chars().collect(), words, false, move |row| self.first(row).ends_with(&end))
    }

    /// The same as the first as a list, each looked at now: for few rows, or where few are found.
    pub(super) fn holding(&self, needle: &str) -> Vec<u32> {
        let words = self.rows().div_ceil(WORD);
        let mut found = Bits::none(words);
        let finder = Finder::new(needle.as_bytes());
        let holds = |row: u32| self.holds(row, &finder);
        let all = self.runs.likely(&needle.chars().collect::<Vec<_>>(), words, self.rows(), holds, &mut found);
        found.rows().filter(|row| all || holds(*row)).collect()
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
    fn a_length_of_nobody_and_rows_that_are_not_counted_are_not_taken_from_a_block() {
        let texts = || {
            let mut texts = Texts::by(2);
            (0..9).for_each(|row| texts.put(row, &["山田"]));
            texts
        };
        assert!(texts().is_sound());
        let mut of_nobody = texts();
        of_nobody.lengths.grow(128);
        assert!(of_nobody.is_sound());
        (64..128).for_each(|row| of_nobody.lengths.set(row, 60));
        assert!(!of_nobody.is_sound());
        let mut loose = texts();
        loose.runs = Runs::of(2);
        assert!(loose.is_sound());
        loose.runs.change(3);
        loose.runs.change(3);
        assert!(loose.is_sound());
        loose.runs.miscount();
        assert!(!loose.is_sound());
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
