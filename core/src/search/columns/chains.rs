//! Many short lists of rows in two vectors, where no row is in two of them: each row says which comes next in its list.

use super::bits::at;
use super::rows::Rows;

/// Lists by number, in no order.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Chains {
    // One more than the row, so that 0 is the end.
    first: Rows,
    next: Rows,
}

impl Chains {
    /// The rows of a list.
    pub(super) fn of(&self, list: u32) -> impl Iterator<Item = u32> {
        let mut link = self.first.get(list).unwrap_or_default();
        let rows = core::iter::from_fn(move || {
            let row = link.checked_sub(1)?;
            link = self.next.get(row).unwrap_or_default();
            Some(row)
        });
        // A block from outside may lead in a circle: no list is longer than all rows.
        rows.take(self.next.len())
    }

    /// Puts a row, which is in none, into a list.
    pub(super) fn insert(&mut self, list: u32, row: u32) {
        self.first.grow(at(list).saturating_add(1));
        self.next.grow(at(row).saturating_add(1));
        self.next.set(row, self.first.get(list).unwrap_or_default());
        self.first.set(list, row.saturating_add(1));
    }

    /// Takes a row out of its list.
    pub(super) fn remove(&mut self, list: u32, row: u32) {
        let (this, after) = (row.saturating_add(1), self.next.get(row).unwrap_or_default());
        if self.first.get(list) == Some(this) {
            self.first.set(list, after);
            return;
        }
        let before = self.of(list).find(|other| self.next.get(*other) == Some(this));
        if let Some(before) = before {
            self.next.set(before, after);
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
    fn a_circle_comes_to_an_end() {
        let mut chains = Chains::default();
        (0..3).for_each(|row| chains.insert(0, row));
        chains.next.set(0, 3);
        assert!(chains.of(0).count() <= chains.next.len());
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
