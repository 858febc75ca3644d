//! A value of which there are few, by a code for each distinct one: shops, sets of staff, sets of menus.

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, at, lengthen, number, word_of};

/// The width of a column of codes grows with the number of distinct values.
enum Width {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

pub(super) struct Codes<K> {
    known: BTreeMap<K, u32>,
    values: Width,
}

impl<K> Default for Codes<K> {
    fn default() -> Self {
        Self { known: BTreeMap::new(), values: Width::One(Vec::new()) }
    }
}

// A span of codes, both ends included.
type Span = (u32, u32);

/// So many spans are compared one after the other, many rows at a time; more are looked up row by row.
const FEW: usize = 6;

impl<K: Ord> Codes<K> {
    pub(super) fn grow(&mut self, rows: usize) {
        match &mut self.values {
            Width::One(values) => lengthen(values, rows),
            Width::Two(values) => lengthen(values, rows),
            Width::Four(values) => lengthen(values, rows),
        }
    }

    pub(super) fn set(&mut self, row: u32, value: K) {
        let next = number(self.known.len());
        let code = *self.known.entry(value).or_insert(next);
        self.widen(code);
        match &mut self.values {
            Width::One(values) => put(values, row, code),
            Width::Two(values) => put(values, row, code),
            Width::Four(values) => put(values, row, code),
        }
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

    /// The value of a row.
    pub(super) fn of(&self, row: u32) -> Option<&K> {
        let code = match &self.values {
            Width::One(values) => values.get(at(row)).map(|code| u32::from(*code)),
            Width::Two(values) => values.get(at(row)).map(|code| u32::from(*code)),
            Width::Four(values) => values.get(at(row)).copied(),
        };
        self.known.iter().find(|(_, known)| Some(**known) == code).map(|(value, _)| value)
    }

    /// The rows whose value passes; those where none was set pass or not.
    pub(super) fn passing(&self, test: impl Fn(&K) -> bool) -> Bits {
        let mut passing: Vec<u32> = self.known.iter().filter(|(value, _)| test(value)).map(|(_, code)| *code).collect();
        passing.sort_unstable();
        let spans = spans(&passing);
        Bits::of(match &self.values {
            Width::One(values) => found(values, &spans),
            Width::Two(values) => found(values, &spans),
            Width::Four(values) => found(values, &spans),
        })
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

fn found<T: Copy + Ord + TryFrom<u32> + Into<u32>>(values: &[T], spans: &[Span]) -> Vec<u64> {
    let (chunks, _) = values.as_chunks::<WORD>();
    if spans.len() <= FEW {
        let narrow: Vec<(T, T)> = spans.iter().filter_map(|(from, to)| T::try_from(*from).ok().zip(T::try_from(*to).ok())).collect();
        let word = |chunk| narrow.iter().fold(0, |word, (from, to)| word | word_of(chunk, |value| (*from <= value) & (value <= *to)));
        return chunks.iter().map(word).collect();
    }
    let most = spans.last().map_or(0, |(_, to)| at(*to));
    let mut passes = vec![false; most.saturating_add(1)];
    for (from, to) in spans {
        passes.get_mut(at(*from)..=at(*to)).unwrap_or_default().fill(true);
    }
    let word = |chunk| word_of(chunk, |value: T| passes.get(at(value.into())).copied().unwrap_or_default());
    chunks.iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_at_every_width() {
        for distinct in [3_u32, 200, 256, 257, 70_000] {
            let rows = 71_040;
            let mut codes = Codes::default();
            codes.grow(at(rows));
            (0..rows).for_each(|row| codes.set(row, row % distinct));
            let tests: [fn(&u32) -> bool; 4] = [|value| *value == 2, |value| *value % 2 == 0, |value| *value > 150, |_| false];
            for test in tests {
                assert_eq!(
                    codes.passing(test).rows().collect::<Vec<_>>(),
                    (0..rows).filter(|row| test(&(row % distinct))).collect::<Vec<_>>()
                );
            }
        }
    }
}
