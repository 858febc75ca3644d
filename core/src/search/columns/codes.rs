//! Sets of names of which there are few different ones, by a code for each: the staff of a reservation, its menus, its shop. And for each name who ever came
//! for it, which is asked most, kept.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::bits::{Bits, at, lengthen, number};
use super::column::{patch, rows_within};
use super::kernels::{Block, Lane, ROWS};

/// The width of a column of codes grows with the number of distinct sets.
#[derive(serde::Serialize, serde::Deserialize)]
enum Width {
    One(#[serde(with = "super::stored")] Vec<u8>),
    Two(#[serde(with = "super::stored")] Vec<u16>),
    Four(#[serde(with = "super::stored")] Vec<u32>),
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "N: Ord + serde::Deserialize<'de>"))]
pub(super) struct Codes<N> {
    known: BTreeMap<Vec<N>, u32>,
    values: Width,
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
            values: Width::One(Vec::new()),
            names: BTreeMap::new(),
            of: Vec::new(),
            came: Vec::new(),
            live: Vec::new(),
        }
    }
}

// A span of codes, both ends included.
type Span = (u32, u32);

/// So many spans are compared one after the other, many rows at a time; more are looked up row by row.
const FEW: usize = 6;

impl<N: Ord + Clone> Codes<N> {
    pub(super) fn grow(&mut self, rows: usize) {
        match &mut self.values {
            Width::One(values) => lengthen(values, rows),
            Width::Two(values) => lengthen(values, rows),
            Width::Four(values) => lengthen(values, rows),
        }
    }

    pub(super) fn set(&mut self, row: u32, set: &[N]) {
        let code = self.known.get(set).copied().unwrap_or_else(|| self.learn(set));
        match &mut self.values {
            Width::One(values) => put(values, row, code),
            Width::Two(values) => put(values, row, code),
            Width::Four(values) => put(values, row, code),
        }
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
        self.widen(code);
        code
    }

    fn code(&self, row: u32) -> u32 {
        match &self.values {
            Width::One(values) => values.get(at(row)).map_or(0, |code| u32::from(*code)),
            Width::Two(values) => values.get(at(row)).map_or(0, |code| u32::from(*code)),
            Width::Four(values) => values.get(at(row)).copied().unwrap_or_default(),
        }
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
        let passing: Vec<u32> = (0..).zip(&passes).filter(|(_, passes)| **passes).map(|(code, _)| code).collect();
        Passing { codes: self, spans: spans(&passing), passes }
    }

    fn widen(&mut self, code: u32) {
        match &self.values {
            Width::One(values) if code > u32::from(u8::MAX) => {
                self.values = Width::Two(values.iter().map(|value| u16::from(*value)).collect());
                self.widen(code);
            }
            Width::Two(values) if code > u32::from(u16::MAX) => {
                self.values = Width::Four(values.iter().map(|value| u32::from(*value)).collect());
            }
            _ => {}
        }
    }
}

fn put<T: TryFrom<u32>>(values: &mut [T], row: u32, code: u32) {
    if let (Some(value), Ok(code)) = (values.get_mut(at(row)), T::try_from(code)) {
        *value = code;
    }
}

/// Ascending codes as spans of such as follow each other.
fn spans(codes: &[u32]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for code in codes {
        match spans.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *code => *last = *code,
            _ => spans.push((*code, *code)),
        }
    }
    spans
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
        let width = match self.codes.values {
            Width::One(_) => 1,
            Width::Two(_) => 2,
            Width::Four(_) => 4,
        };
        if self.spans.len() <= FEW { width } else { 64 }
    }

    /// Leaves the rows of a block whose set is one of them. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        if self.spans.is_empty() {
            words.fill(0);
            return false;
        }
        if self.spans.len() <= FEW {
            return match &self.codes.values {
                Width::One(values) => among(level, values, block, &self.spans, words),
                Width::Two(values) => among(level, values, block, &self.spans, words),
                Width::Four(values) => among(level, values, block, &self.spans, words),
            };
        }
        let (among, mut left) = (*words, false);
        for row in rows_within(block, among) {
            left |= patch(words, &among, row, self.holds(row));
        }
        left
    }
}

fn among<T: Lane + TryFrom<u32>>(level: Level, values: &[T], block: usize, spans: &[Span], words: &mut Block) -> bool {
    let from = block.saturating_mul(ROWS);
    let values = values.get(from..from.saturating_add(ROWS).min(values.len())).unwrap_or_default();
    let mut narrow = [const { None }; FEW];
    for (narrow, (from, to)) in narrow.iter_mut().zip(spans) {
        *narrow = T::try_from(*from).ok().zip(T::try_from(*to).ok());
    }
    let narrow: Vec<(T, T)> = narrow.into_iter().flatten().collect();
    T::keep(level, values, &narrow, words)
}

#[cfg(test)]
mod tests {
    use super::super::kernels::BLOCK;
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
