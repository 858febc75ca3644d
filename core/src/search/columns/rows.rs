//! Numbers of rows, one after the other in as many bits as the largest of them needs: seventeen for a hundred thousand customers. They are read one here
//! and one there; what is compared many at a time is kept otherwise.

use super::bits::{at, lengthen, number};

/// A number of a row by number; 0 where nothing was set.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Rows {
    bits: u32,
    #[serde(with = "super::stored")]
    words: Vec<u64>,
}

impl Rows {
    // Of a block from outside, too, it is one that a row can have.
    fn bits(&self) -> usize {
        at(self.bits.clamp(1, u32::BITS))
    }

    fn words(count: usize, bits: usize) -> usize {
        count.saturating_mul(bits).div_ceil(64)
    }

    /// Room for so many.
    pub(super) fn grow(&mut self, rows: usize) {
        let words = Self::words(rows, self.bits());
        lengthen(&mut self.words, words);
    }

    /// How many there is room for.
    pub(super) fn len(&self) -> usize {
        self.words.len().saturating_mul(64) / self.bits()
    }

    pub(super) fn get(&self, of: u32) -> Option<u32> {
        let bits = self.bits();
        let (word, from) = (at(of).saturating_mul(bits) / 64, at(of).saturating_mul(bits) % 64);
        let low = *self.words.get(word)?;
        // Always read: no processor can foresee which number reaches into the next word.
        let high = self.words.get(word.saturating_add(1)).copied().unwrap_or_default();
        let number = low >> from | high << 1 << 63_usize.saturating_sub(from);
        u32::try_from(number & mask(bits)).ok()
    }

    pub(super) fn set(&mut self, of: u32, row: u32) {
        let needed = u32::BITS.saturating_sub(row.leading_zeros());
        if at(needed) > self.bits() {
            self.widen(needed);
        }
        let bits = self.bits();
        let (word, from) = (at(of).saturating_mul(bits) / 64, at(of).saturating_mul(bits) % 64);
        // Of two words that follow each other, the second is looked at where the number reaches into it.
        let (mask, number) = (u128::from(mask(bits)) << from, u128::from(row) << from);
        for (place, word) in self.words.iter_mut().skip(word).take(2).enumerate() {
            let part = |of: u128| u64::try_from(of >> if place == 0 { 0 } else { 64 } & u128::from(u64::MAX)).unwrap_or_default();
            *word = *word & !part(mask) | part(number);
        }
    }

    fn widen(&mut self, bits: u32) {
        let mut wider = Self { bits, words: Vec::new() };
        wider.grow(self.len());
        for of in 0..number(self.len()) {
            if let Some(row) = self.get(of).filter(|row| *row > 0) {
                wider.set(of, row);
            }
        }
        *self = wider;
    }
}

const fn mask(bits: usize) -> u64 {
    (1 << bits) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_fit_widens_all() {
        let mut rows = Rows::default();
        rows.grow(64);
        for (of, row) in [(0, 7), (3, 0x00FF_FFFF), (63, 256), (5, 0x0100_0000), (62, u32::MAX), (62, 1), (61, u32::MAX)] {
            rows.set(of, row);
            assert_eq!(rows.get(of), Some(row));
        }
        let kept: Vec<Option<u32>> = [0, 1, 3, 5, 61, 62, 63].map(|of| rows.get(of)).to_vec();
        assert_eq!(kept, [Some(7), Some(0), Some(0x00FF_FFFF), Some(0x0100_0000), Some(u32::MAX), Some(1), Some(256)]);
        assert!(rows.get(2_000).is_none());
        for bits in 1..=32_u32 {
            let mut rows = Rows::default();
            rows.grow(500);
            let number = |of: u32| of.wrapping_mul(2_654_435_761) >> (32 - bits);
            (0..500).for_each(|of| rows.set(of, number(of)));
            (0..500).step_by(3).for_each(|of| rows.set(of, number(of + 1)));
            assert!((0..500).all(|of| rows.get(of) == Some(number(of + u32::from(of % 3 == 0)))), "{bits}");
        }
    }

    #[test]
    fn bits_that_no_row_has_are_not_taken_from_a_block() {
        for bits in [0, 33, u32::MAX] {
            let mut rows = Rows { bits, words: vec![u64::MAX; 3] };
            assert!(rows.len() < 200);
            assert!((0..300).filter_map(|of| rows.get(of)).count() < 200);
            rows.set(1, 5);
            assert!(rows.get(1).is_some());
        }
    }
}
