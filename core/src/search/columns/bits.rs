//! A yes or no for each row, 64 rows to a word: what every question comes to, and what "and", "or" and "not" are quick on.

use super::kernels::BLOCK;

/// Rows of one word.
pub(super) const WORD: usize = 64;

/// The place of a row or an entry in a vector.
pub(super) const fn at(row: u32) -> usize {
    row as usize
}

/// How many, or which; nothing here is counted beyond ids of 32 bits.
pub(super) fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Makes a vector so long, with an eighth to spare: what is kept for a hundred thousand customers should not be kept for two hundred thousand.
pub(super) fn lengthen<T: Clone + Default>(values: &mut Vec<T>, length: usize) {
    if values.capacity() < length {
        values.reserve_exact(length.saturating_add(length / 8).saturating_sub(values.len()));
    }
    if values.len() < length {
        values.resize(length, T::default());
    }
}

/// A set of rows. Words that are not there hold no row.
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
pub(in crate::search) struct Bits {
    #[serde(with = "super::stored")]
    words: Vec<u64>,
}

impl Bits {
    /// No row of so many words.
    pub(super) fn none(words: usize) -> Self {
        Self { words: vec![0; words] }
    }

    pub(super) const fn of(words: Vec<u64>) -> Self {
        Self { words }
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The words of a block; those that are not there are left out.
    pub(super) fn block(&self, block: usize) -> &[u64] {
        let from = block.saturating_mul(BLOCK);
        self.words.get(from..from.saturating_add(BLOCK).min(self.words.len())).unwrap_or_default()
    }

    pub(in crate::search) fn set(&mut self, row: u32, holds: bool) {
        let (word, bit) = (at(row) / WORD, 1_u64 << (row % 64));
        if word >= self.words.len() {
            if !holds {
                return;
            }
            lengthen(&mut self.words, word.saturating_add(1));
        }
        if let Some(word) = self.words.get_mut(word) {
            *word = if holds { *word | bit } else { *word & !bit };
        }
    }

    /// Puts a row in, if there is room for it.
    pub(super) fn mark(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(at(row) / WORD) {
            *word |= 1 << (row % 64);
        }
    }

    pub(in crate::search) fn holds(&self, row: u32) -> bool {
        self.words.get(at(row) / WORD).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Takes in the rows of another set.
    pub(super) fn join(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            lengthen(&mut self.words, other.words.len());
        }
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Leaves the rows that are in another set, too.
    pub(super) fn meet(&mut self, other: &Self) {
        let others = other.words.iter().copied().chain(core::iter::repeat(0));
        self.words.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
    }

    /// Takes out the rows that are in another set.
    pub(super) fn leave(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// How much room it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.words.len().saturating_mul(size_of::<u64>())
    }

    /// How many rows are in.
    pub(in crate::search) fn count(&self) -> usize {
        self.words.iter().map(|word| at(word.count_ones())).sum()
    }

    /// The rows that are in, in order.
    pub(in crate::search) fn rows(&self) -> impl Iterator<Item = u32> {
        self.words.iter().zip(0_u32..).filter(|(word, _)| **word != 0).flat_map(|(word, place)| rows_of(*word, place))
    }
}

/// The rows that are in one word.
pub(super) fn rows_of(mut word: u64, place: u32) -> impl Iterator<Item = u32> {
    core::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        Some(place.wrapping_mul(64) | bit)
    })
}

/// One word out of a test on 64 pairs of values.
///
/// The tests write bytes, which the compiler does many at a time; a multiplication then gathers eight of them into eight bits: byte *i*, which is 0 or 1,
/// comes to lie on bit 56 + *i*, and no two of the other products meet.
pub(super) fn word_of_both<T: Copy, U: Copy>(ones: &[T; WORD], others: &[U; WORD], test: impl Fn(T, U) -> bool) -> u64 {
    let mut marks = [0_u8; WORD];
    for ((mark, one), other) in marks.iter_mut().zip(ones).zip(others) {
        *mark = u8::from(test(*one, *other));
    }
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = marks.as_chunks::<8>();
    eights.iter().rev().fold(0, |word, eight| word << 8 | u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_holds_the_rows_whose_values_pass() {
        let values: [u16; WORD] = core::array::from_fn(|row| u16::try_from(row * 7 % 64).unwrap());
        let word = word_of_both(&values, &[0_u8; WORD], |value, _| value % 3 == 1);
        for (row, value) in values.iter().enumerate() {
            assert_eq!(word >> row & 1 == 1, value % 3 == 1, "{row}");
        }
        assert_eq!(
            rows_of(word, 2).collect::<Vec<_>>(),
            (0..64).filter(|row| word >> row & 1 == 1).map(|row| row + 128).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_set_has_no_more_words_than_it_needs() {
        let mut set = Bits::default();
        set.set(64 * 130, false);
        assert!(set.words().is_empty());
        set.set(64 * 65 + 1, true);
        assert_eq!((set.block(0).len(), set.block(1), set.block(2).len()), (64, [0, 2].as_slice(), 0));
        assert!(!set.holds(64) && set.holds(64 * 65 + 1) && !set.holds(u32::MAX));
    }
}
