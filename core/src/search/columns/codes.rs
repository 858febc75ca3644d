//! Sets of names of which there are few different ones, by a code for each: the staff of a reservation, its menus, its shop. And for each name who ever came
//! for it, which is asked most, kept.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::bits::{Bits, at, number};
use super::column::keep_rows;
use super::kernels::Block;
use super::planes::{Planes, Span, spans};

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "N: Ord + serde::Deserialize<'de>"))]
pub(super) struct Codes<N> {
    known: BTreeMap<Vec<N>, u32>,
    values: Planes,
    names: BTreeMap<N, u32>,
    // The names of each code.
    of: Vec<Vec<u32>>,
    // By name: the customers who came for it, and those who have a live reservation for it.
    came: Vec<Bits>,
    live: Vec<Bits>,
}

/// Of which reservations it is kept who has one for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// 来店済み
    Came,
    /// Those that are looked at where no label is asked for (S5).
    Live,
}

impl<N> Default for Codes<N> {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            values: Planes::default(),
            names: BTreeMap::new(),
            of: Vec::new(),
            came: Vec::new(),
            live: Vec::new(),
        }
    }
}

/// So many spans are compared one after the other, many rows at a time; more are looked up row by row.
const FEW: usize = 6;

impl<N: Ord + Clone> Codes<N> {
    pub(super) fn grow(&mut self, rows: usize) {
        self.values.grow(rows);
    }

    pub(super) fn set(&mut self, row: u32, set: &[N]) {
        let code = self.known.get(set).copied().unwrap_or_else(|| self.learn(set));
        self.values.set(row, code);
    }

    fn learn(&mut self, set: &[N]) -> u32 {
        let code = number(self.of.len());
        let mut of = Vec::with_capacity(set.len());
        for name in set {
            let next = number(self.came.len());
            let name = *self.names.entry(name.clone()).or_insert(next);
            if name == next {
                self.came.push(Bits::default());
                self.live.push(Bits::default());
            }
            of.push(name);
        }
        self.of.push(of);
        self.known.insert(set.to_vec(), code);
        code
    }

    fn code(&self, row: u32) -> u32 {
        self.values.get(row)
    }

    fn names_of(&self, row: u32) -> &[u32] {
        self.of.get(at(self.code(row))).map(Vec::as_slice).unwrap_or_default()
    }

    const fn kept(&self, kept: Kept) -> &Vec<Bits> {
        match kept {
            Kept::Came => &self.came,
            Kept::Live => &self.live,
        }
    }

    fn keep(&mut self, name: u32, customer: u32, kept: Kept, holds: bool) {
        let sets = match kept {
            Kept::Came => &mut self.came,
            Kept::Live => &mut self.live,
        };
        if let Some(set) = sets.get_mut(at(name)) {
            set.set(customer, holds);
        }
    }

    /// A customer came, or will, for what is said in a row.
    pub(super) fn come(&mut self, row: u32, customer: u32, kept: Kept) {
        for name in self.names_of(row).to_vec() {
            self.keep(name, customer, kept, true);
        }
    }

    /// A customer did not come for what is said in a row, or will not; only for what is said in these.
    pub(super) fn never_come(&mut self, row: u32, customer: u32, others: &[u32], kept: Kept) {
        for name in self.names_of(row).to_vec() {
            let still = others.iter().any(|other| self.names_of(*other).contains(&name));
            self.keep(name, customer, kept, still);
        }
    }

    /// Who has one for any of these.
    pub(super) fn who_for(&self, names: &[N], kept: Kept) -> impl Iterator<Item = &Bits> {
        names.iter().filter_map(|name| self.names.get(name)).filter_map(move |name| self.kept(kept).get(at(*name)))
    }

    /// Who has one for anything.
    pub(super) fn who(&self, kept: Kept) -> impl Iterator<Item = &Bits> {
        self.kept(kept).iter()
    }

    fn name(&self, of: u32) -> Option<&N> {
        self.names.iter().find(|(_, known)| **known == of).map(|(name, _)| name)
    }

    /// The names of a row.
    pub(super) fn of(&self, row: u32) -> Vec<&N> {
        self.names_of(row).iter().filter_map(|name| self.name(*name)).collect()
    }

    /// What a customer has one for.
    pub(super) fn of_customer(&self, customer: u32, kept: Kept) -> Vec<&N> {
        let theirs = (0..).zip(self.kept(kept)).filter(|(_, set)| set.holds(customer));
        let mut names: Vec<&N> = theirs.filter_map(|(name, _)| self.name(name)).collect();
        names.sort_unstable();
        names
    }

    /// The sets with any of these names.
    pub(super) fn with(&self, names: &[N]) -> Passing<'_, N> {
        let names: Vec<u32> = names.iter().filter_map(|name| self.names.get(name)).copied().collect();
        let passes: Vec<bool> = self.of.iter().map(|of| of.iter().any(|name| names.contains(name))).collect();
        let spans = spans((0..).zip(&passes).filter(|(_, passes)| **passes).map(|(code, _)| code));
        Passing { codes: self, spans, passes }
    }
}

/// Some of the sets.
pub(super) struct Passing<'c, N> {
    codes: &'c Codes<N>,
    spans: Vec<Span>,
    passes: Vec<bool>,
}

impl<N: Ord + Clone> Passing<'_, N> {
    /// Whether the set of a row is one of them.
    pub(super) fn holds(&self, row: u32) -> bool {
        self.passes.get(at(self.codes.code(row))).copied().unwrap_or_default()
    }

    /// About the bytes of a row that are looked at.
    pub(super) fn cost(&self) -> usize {
        if self.spans.len() <= FEW { 1 } else { 64 }
    }

    /// Leaves the rows of a block whose set is one of them. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        if self.spans.is_empty() {
            words.fill(0);
            return false;
        }
        if self.spans.len() <= FEW {
            return self.codes.values.narrow(level, block, &self.spans, words);
        }
        keep_rows(block, words, |row| self.holds(row))
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::super::kernels::{BLOCK, ROWS};
    use super::*;

    #[test]
    fn sets_are_found_at_every_width() {
        for distinct in [3_u32, 200, 256, 257, 70_000] {
            let rows = 71_040;
            let mut codes = Codes::default();
            codes.grow(at(rows));
            (0..rows).for_each(|row| codes.set(row, &[row % distinct, 1_000_000 + row % distinct % 7]));
            for names in [vec![2], (0..distinct).filter(|name| name % 2 == 0).collect(), vec![1_000_003, 1, 5], vec![], vec![999_999]] {
                let passing = codes.with(&names);
                let mut found = Vec::new();
                for block in 0..at(rows).div_ceil(ROWS) {
                    let mut words = [u64::MAX; BLOCK];
                    words.iter_mut().skip((at(rows) - block * ROWS) / 64).for_each(|word| *word = 0);
                    passing.narrow(Level::new(), block, &mut words);
                    found.extend(rows_within(block, words));
                }
                let holds = |row: &u32| names.contains(&(row % distinct)) || names.contains(&(1_000_000 + row % distinct % 7));
                let expected: Vec<u32> = (0..rows).filter(holds).collect();
                assert!(found == expected, "{distinct} {}", names.len());
                assert!((0..rows).filter(|row| passing.holds(*row)).eq(expected));
            }
        }
    }
}
