//! Small codes of very many rows, in as many bits as the largest needs: the first bits of 64 rows are one word, their second bits another. "Which rows have
//! code 5?" is then three "and"s for 64 rows at once, and nothing is read that the answer does not hang on.

use fearless_simd::{Level, Simd, dispatch};

use super::bits::{WORD, at, lengthen, number};
use super::kernels::{BLOCK, Block, ROWS};

/// Some codes that follow each other, both ends included.
pub(super) type Span = (u32, u32);

/// Codes by row; 0 where nothing was set.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Planes {
    bits: u8,
    // For each block of rows all of the first bits, then all of the second ones, and so on.
    #[serde(with = "super::stored")]
    words: Vec<u64>,
}

const MOST_BITS: usize = 32;

impl Planes {
    // Of a block from outside, too, it is one that a code can have.
    fn bits(&self) -> usize {
        usize::from(self.bits).clamp(1, MOST_BITS)
    }

    /// Room for so many rows.
    pub(super) fn grow(&mut self, rows: usize) {
        let words = rows.div_ceil(ROWS).saturating_mul(BLOCK).saturating_mul(self.bits());
        lengthen(&mut self.words, words);
    }

    /// How many rows there is room for.
    pub(super) fn room(&self) -> usize {
        (self.words.len() / self.bits()).saturating_mul(WORD)
    }

    // Where the first bit of a row is, and those after it one block of words further each.
    fn place(row: u32, bits: usize) -> (usize, u64) {
        let (block, word) = (at(row) / ROWS, at(row) / WORD % BLOCK);
        (block.saturating_mul(bits).saturating_mul(BLOCK).saturating_add(word), 1 << (row % 64))
    }

    // The bits of a row, the first one first; none if it is not there.
    fn bits_of(&self, row: u32) -> impl ExactSizeIterator<Item = bool> {
        let (place, bit) = Self::place(row, self.bits());
        self.words.get(place..).unwrap_or_default().iter().step_by(BLOCK).take(self.bits()).map(move |word| word & bit != 0)
    }

    pub(super) fn get(&self, row: u32) -> u32 {
        self.bits_of(row).enumerate().fold(0, |code, (place, bit)| code | u32::from(bit) << place)
    }

    /// Whether a row has this code, by its bits until one is another.
    pub(super) fn is(&self, row: u32, code: u32) -> bool {
        let bits = self.bits_of(row);
        let can_be = bits.len() > 0 && code.checked_shr(number(self.bits())).unwrap_or_default() == 0;
        can_be && bits.zip(0_u32..).all(|(bit, place)| bit == (code >> place & 1 == 1))
    }

    pub(super) fn set(&mut self, row: u32, code: u32) {
        let needed = at(u32::BITS.saturating_sub(code.leading_zeros()));
        if needed > self.bits() {
            self.widen(needed);
        }
        let (place, bit) = Self::place(row, self.bits());
        let bits = self.bits();
        for (place, word) in self.words.get_mut(place..).unwrap_or_default().iter_mut().step_by(BLOCK).take(bits).enumerate() {
            *word = if code >> place & 1 == 1 { *word | bit } else { *word & !bit };
        }
    }

    fn widen(&mut self, bits: usize) {
        let (old, wider) = (self.bits().saturating_mul(BLOCK), bits.saturating_mul(BLOCK));
        let mut words = Vec::new();
        lengthen(&mut words, (self.words.len() / old).saturating_mul(wider));
        for (wide, narrow) in words.chunks_exact_mut(wider).zip(self.words.chunks_exact(old)) {
            wide.iter_mut().zip(narrow).for_each(|(wide, narrow)| *wide = *narrow);
        }
        self.words = words;
        self.bits = u8::try_from(bits).unwrap_or(u8::MAX);
    }

    // All the bits of a block of rows; none, if it is not there.
    fn block(&self, block: usize) -> &[u64] {
        let length = self.bits().saturating_mul(BLOCK);
        let from = block.saturating_mul(length);
        self.words.get(from..from.saturating_add(length)).unwrap_or_default()
    }

    /// Leaves the rows of a block that have one of some codes. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, spans: &[Span], words: &mut Block) -> bool {
        let planes = self.block(block);
        let top = u32::MAX >> at(u32::BITS).saturating_sub(self.bits());
        dispatch!(level, simd => among(simd, planes, top, spans, words)) != 0
    }

    /// Leaves the rows of a block whose code passes, where codes that do are many. Whether any are left.
    pub(super) fn narrow_by(&self, level: Level, block: usize, passes: &[bool], words: &mut Block) -> bool {
        let planes = self.block(block);
        let mut left = 0;
        for (place, word) in words.iter_mut().enumerate().filter(|(_, word)| **word != 0) {
            let mut codes = [0_u32; WORD];
            dispatch!(level, simd => gather(simd, planes.get(place..).unwrap_or_default(), &mut codes));
            let found =
                codes.iter().rev().fold(0, |found, code| found << 1 | u64::from(passes.get(at(*code)).copied().unwrap_or_default()));
            *word &= found;
            left |= *word;
        }
        left != 0
    }
}

// The codes of 64 rows.
#[inline(always)]
fn gather<S: Simd>(simd: S, planes: &[u64], codes: &mut [u32; WORD]) {
    simd.vectorize(
        #[inline(always)]
        || {
            for (place, bits) in planes.iter().step_by(BLOCK).enumerate() {
                let halves = [*bits & 0xFFFF_FFFF, *bits >> 32].map(|half| u32::try_from(half).unwrap_or_default());
                for (half, codes) in halves.iter().zip(codes.as_chunks_mut::<32>().0) {
                    for (code, row) in codes.iter_mut().zip(0_u32..) {
                        *code |= (half >> row & 1) << place;
                    }
                }
            }
        },
    );
}

// `top` is the largest code that the bits can say. From the least bit up: a number is at least another if it is so by this bit, or alike by this bit and so by those before.
#[inline(always)]
fn among<S: Simd>(simd: S, planes: &[u64], top: u32, spans: &[Span], words: &mut Block) -> u64 {
    simd.vectorize(
        #[inline(always)]
        || {
            let mut found: Block = [0; BLOCK];
            for (least, most) in spans.iter().map(|(least, most)| (*least, (*most).min(top))).filter(|(least, _)| *least <= top) {
                let mut inside: Block = [u64::MAX; BLOCK];
                if least == most {
                    for (place, plane) in planes.as_chunks::<BLOCK>().0.iter().enumerate() {
                        let other = if least >> place & 1 == 1 { 0 } else { u64::MAX };
                        for (inside, bits) in inside.iter_mut().zip(plane) {
                            *inside &= bits ^ other;
                        }
                    }
                } else {
                    let mut below: Block = [u64::MAX; BLOCK];
                    for (place, plane) in planes.as_chunks::<BLOCK>().0.iter().enumerate() {
                        let (low, high) = (0_u64.wrapping_sub((least >> place & 1).into()), 0_u64.wrapping_sub((most >> place & 1).into()));
                        for ((above, below), bits) in inside.iter_mut().zip(&mut below).zip(plane) {
                            *above = bits & *above | !low & (bits | *above);
                            *below = !bits & *below | high & (!bits | *below);
                        }
                    }
                    inside.iter_mut().zip(&below).for_each(|(inside, below)| *inside &= below);
                }
                found.iter_mut().zip(&inside).for_each(|(found, inside)| *found |= inside);
            }
            let mut left = 0;
            // Of a block that is not there nobody has a code.
            let there = if planes.is_empty() { 0 } else { u64::MAX };
            for (word, found) in words.iter_mut().zip(&found) {
                *word &= found & there;
                left |= *word;
            }
            left
        },
    )
}

/// Ascending codes as spans of such as follow each other.
pub(super) fn spans(codes: impl IntoIterator<Item = u32>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for code in codes {
        match spans.last_mut() {
            Some((_, last)) if last.saturating_add(1) == code => *last = code,
            _ => spans.push((code, code)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::*;

    #[test]
    fn codes_of_every_width_are_found_by_their_bits() {
        for most in [1_u32, 2, 7, 100, 70_000, u32::MAX] {
            let mut planes = Planes::default();
            let code = |row: u32| row.wrapping_mul(2_654_435_761) % most.max(2);
            let rows = u32::try_from(ROWS * 2).unwrap() - 64;
            planes.grow(at(rows));
            // The largest come last: what was set before is moved.
            let mut order: Vec<u32> = (0..rows).collect();
            order.sort_by_key(|row| code(*row));
            order.iter().for_each(|row| planes.set(*row, code(*row)));
            if most == 100 {
                order.iter().take(99).for_each(|row| planes.set(*row, u32::MAX >> 3));
                order.iter().take(99).for_each(|row| planes.set(*row, code(*row)));
            }
            assert!((0..rows).all(|row| planes.get(row) == code(row)), "{most}");
            for (row, asked) in (0..rows).flat_map(|row| [code(row), code(row) ^ 1, code(row + 1), u32::MAX].map(|asked| (row, asked))) {
                assert_eq!(planes.is(row, asked), code(row) == asked, "{most}");
            }
            assert!(!planes.is(1 << 20, 0) && !planes.is(1 << 20, 1));
            for spans in [
                vec![],
                vec![(0, 0)],
                vec![(1, 1), (5, 6)],
                vec![(3, most)],
                vec![(1, 8), (4, 4)],
                vec![(0, u32::MAX)],
                vec![(most / 3, most / 2)],
            ] {
                let mut found = Vec::new();
                for block in 0..3 {
                    let mut words = [u64::MAX ^ 2; BLOCK];
                    let left = planes.narrow(Level::new(), block, &spans, &mut words);
                    assert_eq!(left, words != [0; BLOCK]);
                    if most <= 70_000 {
                        let passes: Vec<bool> =
                            (0..most.max(2)).map(|code| spans.iter().any(|(least, most)| (*least..=*most).contains(&code))).collect();
                        let mut by_each = [u64::MAX ^ 2; BLOCK];
                        assert_eq!(planes.narrow_by(Level::new(), block, &passes, &mut by_each), by_each != [0; BLOCK]);
                        assert!(block == 2 || by_each == words, "{most} {spans:?}");
                    }
                    found.extend(rows_within(block, words).filter(|row| *row < rows));
                }
                let holds = |row: &u32| row % 64 != 1 && spans.iter().any(|(least, most)| (*least..=*most).contains(&code(*row)));
                assert!(found == (0..rows).filter(holds).collect::<Vec<_>>(), "{most} {spans:?}");
            }
        }
        assert_eq!(spans([1, 2, 3, 7, 9, 10]), [(1, 3), (7, 7), (9, 10)]);
    }

    #[test]
    fn bits_that_no_code_has_are_not_taken_from_a_block() {
        for bits in [0, 33, 255] {
            let mut planes = Planes { bits, words: vec![u64::MAX; 100] };
            planes.narrow(Level::new(), 0, &[(0, 9)], &mut [u64::MAX; BLOCK]);
            assert!(planes.get(5) < u32::MAX);
            planes.set(70, 3);
            planes.grow(5_000);
            planes.set(4_999, 1 << 31);
        }
    }
}
