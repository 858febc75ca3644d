//! Many short lists of rows in two vectors, where no row is in two of them: each row says which comes next in its list.

use super::bits::{at, lengthen};

/// Lists by number, in no order.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Chains {
    // One more than the row, so that 0 is the end.
    #[serde(with = "super::stored")]
    first: Vec<u32>,
    #[serde(with = "super::stored")]
    next: Vec<u32>,
}

impl Chains {
    /// The rows of a list.
    pub(super) fn of(&self, list: u32) -> impl Iterator<Item = u32> {
        let mut at_next = self.first.get(at(list)).copied().unwrap_or_default();
        core::iter::from_fn(move || {
            let row = at_next.checked_sub(1)?;
            at_next = self.next.get(at(row)).copied().unwrap_or_default();
            Some(row)
        })
    }

    /// Puts a row, which is in none, into a list.
    pub(super) fn insert(&mut self, list: u32, row: u32) {
        lengthen(&mut self.first, at(list).saturating_add(1));
        lengthen(&mut self.next, at(row).saturating_add(1));
        if let (Some(first), Some(next)) = (self.first.get_mut(at(list)), self.next.get_mut(at(row))) {
            *next = core::mem::replace(first, row.saturating_add(1));
        }
    }

    /// Takes a row out of its list.
    pub(super) fn remove(&mut self, list: u32, row: u32) {
        let after = self.next.get(at(row)).copied().unwrap_or_default();
        let before = self.of(list).find(|other| self.next.get(at(*other)).is_some_and(|next| *next == row.saturating_add(1)));
        let link = match before {
            Some(before) => self.next.get_mut(at(before)),
            None => self.first.get_mut(at(list)).filter(|first| **first == row.saturating_add(1)),
        };
        if let Some(link) = link {
            *link = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(chains: &Chains, list: u32) -> Vec<u32> {
        let mut rows: Vec<u32> = chains.of(list).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn rows_come_and_go() {
        let mut chains = Chains::default();
        assert_eq!(rows(&chains, 3), [0; 0]);
        for row in 0..30 {
            chains.insert(row % 3, row);
        }
        assert_eq!(rows(&chains, 1), [1, 4, 7, 10, 13, 16, 19, 22, 25, 28]);
        for row in [28, 1, 13, 13, 2, 0, 29] {
            chains.remove(1, row);
        }
        assert_eq!(rows(&chains, 1), [4, 7, 10, 16, 19, 22, 25]);
        assert_eq!((rows(&chains, 0).len(), rows(&chains, 2).len()), (10, 10), "whoever is in another list stays there");
        chains.insert(2, 13);
        chains.insert(1, 1);
        assert_eq!((rows(&chains, 1).len(), rows(&chains, 2).len()), (8, 11));
        (0..30).for_each(|row| chains.remove(row % 3, row));
        assert_eq!((rows(&chains, 0).len(), rows(&chains, 1).len(), rows(&chains, 2)), (0, 0, vec![13]));
    }
}
