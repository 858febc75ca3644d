//! Rows, each in three bytes: there are seldom more than sixteen million. Where there are, all of them take four.

use super::bits::{at, lengthen};

/// A number of a row by number; 0 where nothing was set.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) enum Rows {
    Three(#[serde(with = "super::stored")] Vec<[u8; 3]>),
    Four(#[serde(with = "super::stored")] Vec<u32>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Three(Vec::new())
    }
}

const fn three(row: u32) -> Option<[u8; 3]> {
    match row.to_le_bytes() {
        [one, two, three, 0] => Some([one, two, three]),
        _ => None,
    }
}

const fn whole([one, two, three]: [u8; 3]) -> u32 {
    u32::from_le_bytes([one, two, three, 0])
}

impl Rows {
    /// Room for so many.
    pub(super) fn grow(&mut self, rows: usize) {
        match self {
            Self::Three(kept) => lengthen(kept, rows),
            Self::Four(kept) => lengthen(kept, rows),
        }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Three(kept) => kept.len(),
            Self::Four(kept) => kept.len(),
        }
    }

    pub(super) fn get(&self, of: u32) -> Option<u32> {
        match self {
            Self::Three(kept) => kept.get(at(of)).copied().map(whole),
            Self::Four(kept) => kept.get(at(of)).copied(),
        }
    }

    pub(super) fn set(&mut self, of: u32, row: u32) {
        if let Self::Three(kept) = self {
            if let Some(row) = three(row) {
                if let Some(kept) = kept.get_mut(at(of)) {
                    *kept = row;
                }
                return;
            }
            *self = Self::Four(kept.iter().copied().map(whole).collect());
        }
        if let Self::Four(kept) = self
            && let Some(kept) = kept.get_mut(at(of))
        {
            *kept = row;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_fit_widens_all() {
        let mut rows = Rows::default();
        rows.grow(64);
        for (of, row) in [(0, 7), (3, 0x00FF_FFFF), (63, 256)] {
            rows.set(of, row);
            assert_eq!(rows.get(of), Some(row));
        }
        assert!(matches!(rows, Rows::Three(_)));
        rows.set(5, 0x0100_0000);
        assert!(matches!(rows, Rows::Four(_)));
        let kept: Vec<Option<u32>> = [0, 1, 3, 5, 63, 64].map(|of| rows.get(of)).to_vec();
        assert_eq!(kept, [Some(7), Some(0), Some(0x00FF_FFFF), Some(0x0100_0000), Some(256), None]);
    }
}
