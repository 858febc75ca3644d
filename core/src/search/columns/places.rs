//! Which row a customer, or a reservation, has. Ids are ordinals without gaps, so rows are given out 64 at a time, to the 64 ids that make a word: in an
//! ordinary salon a row is the place in the order of registration, and a lone id from nowhere costs 64 rows and not four thousand million.

use std::collections::BTreeMap;

use super::bits::{WORD, at, number};

#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Places {
    // From the ordinals of a block, divided by 64, to its rows, divided by 64; and back.
    blocks: BTreeMap<u32, u32>,
    ordinals: Vec<u32>,
    // Below it a block's rows are in its own place: no need to look for them.
    reserved: u32,
}

const BLOCK: u32 = 64;
/// Room for more rows than this is not made on the word of a store alone.
const MOST: u32 = 1 << 24;

impl Places {
    /// Keeps room for ordinals that are known to be given out, in their order. Before any other.
    pub(super) fn reserve(&mut self, ordinals: u32) {
        if self.ordinals.is_empty() && ordinals <= MOST {
            self.reserved = ordinals.div_ceil(BLOCK);
            self.ordinals.extend(0..self.reserved);
        }
    }

    /// The row of an ordinal, given out now if it has none.
    pub(super) fn give(&mut self, ordinal: u32) -> u32 {
        let block = ordinal / BLOCK;
        if block < self.reserved {
            return ordinal;
        }
        let rows = *self.blocks.entry(block).or_insert_with(|| {
            self.ordinals.push(block);
            number(self.ordinals.len().saturating_sub(1))
        });
        rows.saturating_mul(BLOCK) | (ordinal % BLOCK)
    }

    pub(super) fn find(&self, ordinal: u32) -> Option<u32> {
        if ordinal / BLOCK < self.reserved {
            return Some(ordinal);
        }
        self.blocks.get(&(ordinal / BLOCK)).map(|rows| rows.saturating_mul(BLOCK) | (ordinal % BLOCK))
    }

    pub(super) fn ordinal(&self, row: u32) -> u32 {
        self.ordinals.get(at(row / BLOCK)).map_or(0, |block| block.saturating_mul(BLOCK) | (row % BLOCK))
    }

    /// Whether every row there can be is one of these: a block from outside may name rows without end.
    pub(super) fn is_sound(&self) -> bool {
        let words = self.ordinals.len();
        at(self.reserved) <= words && self.blocks.values().all(|block| at(*block) < words)
    }

    /// How many words of rows there are.
    pub(super) fn words(&self) -> usize {
        self.ordinals.len()
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.words().saturating_mul(WORD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_name_rows_there_are_not_are_unsound() {
        let mut places = Places::default();
        places.reserve(130);
        for ordinal in [7, 130, 1_000_000, u32::MAX, 191] {
            places.give(ordinal);
            assert!(places.is_sound());
        }
        assert!(!Places { blocks: BTreeMap::from([(0, 67_108_863)]), ordinals: vec![0], reserved: 0 }.is_sound());
        assert!(!Places { blocks: BTreeMap::new(), ordinals: vec![0], reserved: 2 }.is_sound());
    }
}
