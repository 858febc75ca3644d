//! One word of each row, out of all the words that any row has: 姓 are some thousands, post offices fewer. A row keeps the number of its word by its bits,
//! and whatever is asked about the characters of a word is asked of each word once, not of everybody who has it.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::bits::{at, number};
use super::column::keep_rows;
use super::kernels::{Block, count};
use super::plan::Plan;
use super::planes::{Planes, Span, spans};
use super::texts::Texts;

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Words {
    words: Texts,
    // How many rows have each word; of one that nobody has nothing is kept.
    counts: Vec<u32>,
    free: Vec<u32>,
    // The words in the order of their texts; those that came lately stand beside.
    sorted: Vec<u32>,
    lately: BTreeMap<String, u32>,
    // One more than the number of the word; 0 is none.
    codes: Planes,
}

/// What is looked for, cut in two at every place that leaves something on both sides: it may reach from the end of one word into the next.
pub(super) fn cuts(needle: &str) -> impl Iterator<Item = (&str, &str)> {
    needle.char_indices().skip(1).filter_map(|(place, _)| needle.split_at_checked(place))
}

/// Where a word has to have what is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Anywhere,
    Beginning,
    End,
}

/// So many spans of words are compared many rows at a time; of more, each row's word is looked up.
const FEW: usize = 64;
/// So few words are compared bit by bit, until one differs; of more the row's own is put together first.
const FEW_WORDS: usize = 4;
/// Looking at so few rows, one here and one there, costs less than comparing a whole block.
const FEW_ROWS: usize = 24;

impl Words {
    /// Words by runs of so many characters.
    pub(super) fn by(run: usize) -> Self {
        Self {
            words: Texts::by(run),
            counts: Vec::new(),
            free: Vec::new(),
            sorted: Vec::new(),
            lately: BTreeMap::new(),
            codes: Planes::default(),
        }
    }

    fn number_of(&self, row: u32) -> Option<u32> {
        if self.counts.is_empty() { None } else { self.codes.get(row).checked_sub(1) }
    }

    /// Whether a row has a word.
    pub(super) fn has(&self, row: u32) -> bool {
        self.number_of(row).is_some()
    }

    /// The word of a row; empty if it has none.
    pub(super) fn of(&self, row: u32) -> &str {
        self.number_of(row).map(|word| self.words.first(word)).unwrap_or_default()
    }

    fn place(&self, word: &str) -> Result<usize, usize> {
        self.sorted.binary_search_by(|known| self.words.first(*known).cmp(word))
    }

    fn known(&self, word: &str) -> Option<u32> {
        let lately = self.lately.get(word).copied();
        lately.or_else(|| self.place(word).ok().and_then(|place| self.sorted.get(place)).copied())
    }

    /// Gives a row a word in the place of the one it had; none, if it is empty.
    pub(super) fn put(&mut self, row: u32, word: &str) {
        if self.of(row) == word {
            return;
        }
        let old = self.number_of(row);
        let new = if word.is_empty() { None } else { Some(self.known(word).unwrap_or_else(|| self.learn(word))) };
        if let Some(count) = new.and_then(|new| self.counts.get_mut(at(new))) {
            *count = count.saturating_add(1);
        }
        self.codes.grow(at(row).saturating_add(1));
        self.codes.set(row, new.map_or(0, |new| new.saturating_add(1)));
        if let Some(old) = old
            && let Some(count) = self.counts.get_mut(at(old))
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.forget(old);
            }
        }
    }

    fn learn(&mut self, word: &str) -> u32 {
        // A block from outside may name words that there never were.
        let new = self.free.pop().filter(|word| at(*word) < self.counts.len()).unwrap_or_else(|| {
            self.counts.push(0);
            number(self.counts.len().saturating_sub(1))
        });
        self.words.put(new, &[word]);
        self.lately.insert(word.to_owned(), new);
        if self.lately.len() > 256_usize.saturating_add(self.sorted.len() / 8) {
            self.sort();
        }
        new
    }

    // A name that nobody has is not to be read out of memory.
    fn forget(&mut self, word: u32) {
        let text = self.words.first(word).to_owned();
        if self.lately.remove(&text).is_none()
            && let Ok(place) = self.place(&text)
        {
            self.sorted.remove(place);
        }
        self.words.put::<&str>(word, &[]);
        self.free.push(word);
    }

    fn sort(&mut self) {
        self.sorted.extend(core::mem::take(&mut self.lately).into_values());
        let Self { words, sorted, .. } = self;
        // Two sequences that are in order already: a stable sort sees that.
        sorted.sort_by(|one, other| words.first(*one).cmp(words.first(*other)));
    }

    /// See [`Posted::is_sound`](super::posted::Posted::is_sound).
    pub(super) fn is_sound(&self) -> bool {
        self.words.is_sound()
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.words.settle();
        if !self.lately.is_empty() {
            self.sort();
        }
    }

    /// How many rows there is room for.
    pub(super) fn room(&self) -> usize {
        self.codes.room()
    }

    /// What is told of each word, by the word of a row: each is asked for once.
    pub(super) fn told<T: Copy>(&self, of: fn(&str) -> Option<T>) -> impl Fn(u32) -> Option<T> + use<'_, T> {
        let told: Vec<Option<T>> = (0..number(self.counts.len())).map(|word| of(self.words.first(word))).collect();
        move |row| self.number_of(row).and_then(|word| told.get(at(word)).copied().flatten())
    }

    /// The rows with any word.
    pub(super) fn any(&self) -> Among<'_> {
        Among { words: self, spans: vec![(1, u32::MAX)], passes: Vec::new() }
    }

    /// The rows whose word has this in it; none if no word has.
    pub(super) fn with(&self, needle: &str, part: Part) -> Option<Among<'_>> {
        let holds = |word: &str| match part {
            Part::Anywhere => true,
            Part::Beginning => word.starts_with(needle),
            Part::End => word.ends_with(needle),
        };
        let mut codes = self.words.holding(needle);
        codes.retain_mut(|word| {
            let passes = holds(self.words.first(*word));
            *word = word.saturating_add(1);
            passes
        });
        if codes.is_empty() {
            return None;
        }
        let spans = spans(codes.iter().copied());
        let mut passes = Vec::new();
        if spans.len() > FEW {
            passes.resize(self.counts.len().saturating_add(1), false);
            for code in codes {
                if let Some(passes) = passes.get_mut(at(code)) {
                    *passes = true;
                }
            }
        }
        Some(Among { words: self, spans, passes })
    }
}

/// The rows that have one of some words.
pub(super) struct Among<'c> {
    words: &'c Words,
    spans: Vec<Span>,
    // By code, where there are many spans.
    passes: Vec<bool>,
}

impl<'c> From<Among<'c>> for Plan<'c> {
    fn from(among: Among<'c>) -> Self {
        Self::Words(Box::new(among))
    }
}

impl Among<'_> {
    /// About the bits of a row that are looked at.
    pub(super) fn cost(&self) -> u32 {
        if self.passes.is_empty() { number(self.spans.len()).saturating_mul(16) } else { 2_000 }
    }

    /// Whether a row has one of them.
    pub(super) fn holds(&self, row: u32) -> bool {
        if self.spans.len() <= FEW_WORDS && self.spans.iter().all(|(least, most)| least == most) {
            return self.spans.iter().any(|(code, _)| self.words.codes.is(row, *code));
        }
        let code = self.words.codes.get(row);
        if self.passes.is_empty() {
            let place = self.spans.partition_point(|(_, most)| *most < code);
            return self.spans.get(place).is_some_and(|(least, _)| *least <= code);
        }
        self.passes.get(at(code)).copied().unwrap_or_default()
    }

    /// Leaves the rows of a block that have one of them. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        if count(level, words) <= FEW_ROWS {
            return keep_rows(block, words, |row| self.holds(row));
        }
        if self.passes.is_empty() {
            return self.words.codes.narrow(level, block, &self.spans, words);
        }
        self.words.codes.narrow_by(level, block, &self.passes, words)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::super::kernels::BLOCK;
    use super::*;

    fn rows(plan: Option<Among<'_>>, among: u64) -> Vec<u32> {
        let Some(plan) = plan else { return Vec::new() };
        (0..2)
            .flat_map(|block| {
                let mut words = [0; BLOCK];
                words.iter_mut().take(if block == 0 { 64 } else { 2 }).for_each(|word| *word = among);
                let left = plan.narrow(Level::new(), block, &mut words);
                assert_eq!(left, words != [0; BLOCK]);
                rows_within(block, words)
            })
            .collect()
    }

    #[test]
    fn s2_words_are_found_by_their_parts_whether_few_are_distinct_or_all() {
        for distinct in [3_u32, 700, 10_000] {
            let word = |row: u32| match row % 5 {
                0 => String::new(),
                1 => format!("山{}", row % distinct),
                _ => format!("{}田山", row.wrapping_mul(7) % distinct),
            };
            let mut words = Words::by(2);
            for settles in [false, true] {
                (0..4_224).for_each(|row| words.put(row, &word(row + 1)));
                (0..4_224).rev().for_each(|row| words.put(row, &word(row)));
                if settles {
                    words.settle();
                }
                assert!((0..4_224).all(|row| words.of(row) == word(row)));
                for needle in ["山", "田山", "1", "山1", "9田", "23", "山田", "0田山", "2999"] {
                    for among in [u64::MAX, 1 << 7] {
                        let expected = |holds: &dyn Fn(&str) -> bool| -> Vec<u32> {
                            (0..4_224).filter(|row| among == u64::MAX || row % 64 == 7).filter(|row| holds(&word(*row))).collect()
                        };
                        assert_eq!(rows(words.with(needle, Part::Anywhere), among), expected(&|word| word.contains(needle)), "{needle}");
                        assert_eq!(rows(words.with(needle, Part::Beginning), among), expected(&|word| word.starts_with(needle)));
                        assert_eq!(rows(words.with(needle, Part::End), among), expected(&|word| word.ends_with(needle)));
                    }
                }
                assert_eq!(rows(Some(words.any()), u64::MAX), (0..4_224).filter(|row| row % 5 > 0).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_word_that_nobody_has_any_more_is_forgotten_and_may_come_again() {
        let mut words = Words::by(2);
        for settles in [false, true] {
            (0..9).for_each(|row| words.put(row, "佐藤"));
            words.put(9, "鈴木");
            if settles {
                words.settle();
            }
            (0..9).for_each(|row| words.put(row, if row % 2 == 0 { "" } else { "高橋" }));
            assert!(words.with("佐", Part::Anywhere).is_none() && words.known("佐藤").is_none());
            assert_eq!(rows(words.with("橋", Part::End), u64::MAX), [1, 3, 5, 7]);
            assert_eq!((words.of(9), words.of(0), words.of(1), words.counts.len()), ("鈴木", "", "高橋", 3));
            (0..10).for_each(|row| words.put(row, ""));
            assert!(words.sorted.is_empty() && words.lately.is_empty());
            assert_eq!(rows(Some(words.any()), u64::MAX), [0; 0]);
        }
    }
}
