//! One number of every row, in as few bytes as nearly all of them need. The few that do not fit are kept whole beside the column and asked one by one, so
//! a column is never wrong, only slower where it was guessed too narrow.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::bits::{WORD, at, lengthen, number as number_of, rows_of};
use super::kernels::{BLOCK, Block, Lane, ROWS};
use super::stored::Wide;

/// What a number is kept in.
pub(super) trait Narrow: Lane + Default + Ord {
    /// Stands where the number is kept beside the column.
    const ELSEWHERE: Self;
    /// The largest number that fits.
    const MOST: i64;
    fn narrow(number: i64) -> Option<Self>;
    fn wide(self) -> i64;
}

macro_rules! narrow {
    ($($kind:ty),*) => {$(
        impl Narrow for $kind {
            const ELSEWHERE: Self = Self::MAX;
            const MOST: i64 = Self::MAX as i64 - 1;
            fn narrow(number: i64) -> Option<Self> {
                Self::try_from(number).ok().filter(|value| *value != Self::ELSEWHERE)
            }
            fn wide(self) -> i64 {
                i64::from(self)
            }
        }
    )*};
}
narrow!(u8, u16, u32);

/// Numbers by row; 0 where nothing was set.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(serialize = "T: Wide + serde::Serialize", deserialize = "T: Wide + serde::Deserialize<'de>"))]
pub(super) struct Column<T> {
    #[serde(with = "super::stored")]
    values: Vec<T>,
    elsewhere: BTreeMap<u32, i64>,
    // The least and the largest number of each block, 0 apart: a span that lies outside is not looked for there. They grow with what is set and do not
    // shrink with what goes.
    zones: Vec<(T, T)>,
    // Whether every number but 0 is larger than all in the rows before. Once it is not so, nobody looks whether it has become so again.
    ascending: bool,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { values: Vec::new(), elsewhere: BTreeMap::new(), zones: Vec::new(), ascending: true }
    }
}

impl<T: Narrow> Column<T> {
    /// Room for so many rows, a multiple of 64.
    pub(super) fn grow(&mut self, rows: usize) {
        if self.values.len() < rows {
            lengthen(&mut self.values, rows);
            self.zones.resize(rows.div_ceil(ROWS), (T::ELSEWHERE, T::default()));
        }
    }

    /// How many rows there is room for.
    pub(super) fn room(&self) -> u32 {
        u32::try_from(self.values.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn set(&mut self, row: u32, number: i64) {
        let value = T::narrow(number).unwrap_or(T::ELSEWHERE);
        if value == T::ELSEWHERE {
            self.elsewhere.insert(row, number);
        } else if !self.elsewhere.is_empty() {
            self.elsewhere.remove(&row);
        }
        if let Some(kept) = self.values.get_mut(at(row)) {
            *kept = value;
        }
        if value != T::ELSEWHERE
            && value != T::default()
            && let Some((least, most)) = self.zones.get_mut(at(row) / ROWS)
        {
            *least = value.min(*least);
            *most = value.max(*most);
        }
        if self.ascending && number != 0 {
            let neighbour = |row: u32| Some(self.get(row)).filter(|other| *other != 0);
            let before = self.numbered(0..row).rev().flat_map(Iterator::rev).find_map(neighbour);
            let after = self.numbered(row.saturating_add(1)..self.room()).flatten().find_map(neighbour);
            self.ascending = before.is_none_or(|before| before < number) && after.is_none_or(|after| number < after);
        }
    }

    // These rows by their blocks, but for blocks in which nobody has a number: room that is made beforehand would be looked through for every row.
    fn numbered(&self, rows: core::ops::Range<u32>) -> impl DoubleEndedIterator<Item = core::ops::Range<u32>> {
        let blocks = at(rows.start) / ROWS..at(rows.end).div_ceil(ROWS);
        let some =
            |block: &usize| self.zones.get(*block).is_some_and(|(least, most)| least <= most) || self.elsewhere_of(*block).next().is_some();
        blocks.filter(some).map(move |block| {
            let of_block = rows_of_block(block);
            of_block.start.max(rows.start)..of_block.end.min(rows.end)
        })
    }

    /// Whether numbers ascend with rows: whoever stands in a later row then has the larger number. Who has 0 has none.
    pub(super) const fn ascends(&self) -> bool {
        self.ascending
    }

    pub(super) fn get(&self, row: u32) -> i64 {
        match self.values.get(at(row)) {
            Some(value) if *value == T::ELSEWHERE => self.elsewhere.get(&row).copied().unwrap_or(0),
            Some(value) => value.wide(),
            None => 0,
        }
    }

    /// The values of a block.
    pub(super) fn block(&self, block: usize) -> &[T] {
        let from = block.saturating_mul(ROWS);
        self.values.get(from..from.saturating_add(ROWS).min(self.values.len())).unwrap_or_default()
    }

    /// The rows of a block whose number did not fit.
    pub(super) fn elsewhere_of(&self, block: usize) -> impl Iterator<Item = u32> {
        self.elsewhere.range(rows_of_block(block)).map(|(row, _)| *row)
    }

    /// The rows with a number in a span, both ends included.
    pub(super) fn span(&self, from: i64, to: i64) -> Span<'_, T> {
        let near = T::narrow(from.max(0)).zip(T::narrow(to.min(T::MOST))).filter(|(least, most)| least <= most);
        Span { column: self, near, from, to }
    }
}

/// So many blocks are passed over at once.
const NEAR: usize = 16;

/// A span of numbers that is looked for in a column.
pub(super) struct Span<'c, T> {
    column: &'c Column<T>,
    // Of what fits; none where nothing that fits lies in it.
    near: Option<(T, T)>,
    from: i64,
    to: i64,
}

impl<'c, T: Narrow> Span<'c, T> {
    /// Its ends, if it is one of this column.
    pub(super) fn bounds_in(&self, column: &Column<T>) -> Option<(i64, i64)> {
        core::ptr::eq(self.column, column).then_some((self.from, self.to))
    }

    /// The rows with such a number, in order.
    pub(super) fn rows(self) -> impl Iterator<Item = u32> + use<'c, T> {
        let level = Level::new();
        (0..self.column.zones.len()).flat_map(move |block| {
            let mut words = [0; BLOCK];
            words.iter_mut().take(self.column.block(block).len() / WORD).for_each(|word| *word = u64::MAX);
            self.narrow(level, block, &mut words);
            rows_within(block, words)
        })
    }

    /// Leaves the rows of a block whose number lies in the span. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let rows = rows_of_block(block);
        if self.column.elsewhere.is_empty() {
            return self.sift(level, block, words);
        }
        let among = *words;
        let mut left = self.sift(level, block, words);
        for (row, number) in self.column.elsewhere.range(rows) {
            left |= patch(words, &among, *row, (self.from..=self.to).contains(number));
        }
        left
    }

    // What fits of the span, if any row of a block can have it.
    fn near_in(&self, block: usize) -> Option<(T, T)> {
        let zone = self.column.zones.get(block).copied().unwrap_or((T::ELSEWHERE, T::default()));
        self.near.filter(|(least, most)| *least == T::default() || (*least <= zone.1 && zone.0 <= *most))
    }

    /// Whether any row of a block can have a number in the span.
    pub(super) fn may_hold(&self, block: usize) -> bool {
        self.near_in(block).is_some() || self.column.elsewhere_of(block).next().is_some()
    }

    /// Whether the number of every row of a block that has one lies in the span: then none need be looked at.
    pub(super) fn covers(&self, block: usize) -> bool {
        let zone = self.column.zones.get(block).filter(|(least, most)| least <= most);
        let near = self.near.zip(zone).is_some_and(|((least, most), zone)| least <= zone.0 && zone.1 <= most);
        near && self.column.elsewhere_of(block).next().is_none()
    }

    /// The first block from one on in which any row can have a number in the span, or one before it: it is not looked for far away, where somebody else
    /// may look for it again from the next block.
    pub(super) fn first_from(&self, block: usize) -> usize {
        let end = block.saturating_add(NEAR);
        let near = (block..end).find(|block| self.near_in(*block).is_some()).unwrap_or(end);
        // What does not fit is seldom there.
        let first = if self.column.elsewhere.is_empty() { None } else { self.column.elsewhere.range(rows_of_block(block).start..).next() };
        first.map_or(near, |(row, _)| near.min(at(*row) / ROWS))
    }

    fn sift(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let values = self.column.block(block);
        let Some(span) = self.near_in(block) else {
            words.fill(0);
            return false;
        };
        if let Some(beyond) = words.get_mut(values.len() / WORD..) {
            beyond.fill(0);
        }
        T::keep(level, values, &[span], words)
    }
}

/// The rows of a block that are in.
pub(super) fn rows_within(block: usize, words: Block) -> impl Iterator<Item = u32> {
    let places = rows_of_block(block).start / 64..;
    places.zip(words).filter(|(_, word)| *word != 0).flat_map(|(place, word)| rows_of(word, place))
}

/// The rows of a block.
pub(super) fn rows_of_block(block: usize) -> core::ops::Range<u32> {
    let from = block.saturating_mul(ROWS);
    number_of(from)..number_of(from.saturating_add(ROWS))
}

/// Leaves the rows of a block of which this is so, asking of one after the other. Whether any are left.
pub(super) fn keep_rows(block: usize, words: &mut Block, holds: impl Fn(u32) -> bool) -> bool {
    let (among, mut left) = (*words, false);
    for row in rows_within(block, among) {
        left |= patch(words, &among, row, holds(row));
    }
    left
}

/// Says of one row whether it is left, if it was in at all. Whether it is.
pub(super) fn patch(words: &mut Block, among: &Block, row: u32, holds: bool) -> bool {
    let (word, bit) = (at(row) / WORD % BLOCK, 1_u64 << (row % 64));
    let (Some(word), Some(among)) = (words.get_mut(word), among.get(word)) else { return false };
    *word = if holds { *word | among & bit } else { *word & !bit };
    *word & bit != 0
}

/// Days as numbers for a column of 16 bits: 1930-01-01 to 2109-06-04 fit. 0 is no day, which lies in no span.
pub(super) mod day {
    use super::{Column, Span};
    use crate::time::{Date, DateRange};

    // 1930-01-01.
    const ORIGIN: i64 = -14_610;

    /// The number of a day: in the order of days, and never 0.
    pub(in super::super) fn number(day: Option<Date>) -> i64 {
        let Some(day) = day else { return 0 };
        let since = i64::from(day.day_number()).saturating_sub(ORIGIN);
        if since < 0 { since } else { since.saturating_add(1) }
    }

    /// The day of a number.
    pub(in super::super) fn of(number: i64) -> Option<Date> {
        let since = match number {
            0 => return None,
            1.. => number.saturating_sub(1),
            _ => number,
        };
        i32::try_from(since.saturating_add(ORIGIN)).ok().and_then(|day| Date::from_day_number(day).ok())
    }

    impl Column<u16> {
        /// The rows with a day in a range.
        pub(in super::super) fn days(&self, range: DateRange) -> Span<'_, u16> {
            let from = range.from.map_or(i64::MIN, |day| number(Some(day)));
            let to = range.to.map_or(i64::MAX, |day| number(Some(day)));
            // 0 is no day.
            Span { from, ..self.span(from.max(1), to) }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{Date, DateRange};

    fn rows<T: Narrow>(span: Span<'_, T>) -> Vec<u32> {
        span.rows().collect()
    }

    #[test]
    fn what_does_not_fit_a_byte_is_found_all_the_same() {
        let mut column = Column::<u8>::default();
        column.grow(64);
        for (row, number) in (0..).zip([254, 255, 256, 0, 1_000_000]) {
            column.set(row, number);
            assert_eq!(column.get(row), number);
        }
        assert_eq!(rows(column.span(254, 254)), [0]);
        assert_eq!(rows(column.span(255, 255)), [1]);
        assert_eq!(rows(column.span(255, 256)), [1, 2]);
        assert_eq!(rows(column.span(1, i64::from(u32::MAX))), [0, 1, 2, 4]);
        assert_eq!(rows(column.span(0, 0)).len(), 60);
        let mut untouched = Column::<u8>::default();
        untouched.grow(64);
        assert_eq!((rows(untouched.span(0, 0)).len(), rows(untouched.span(0, 9)).len(), rows(untouched.span(1, 9)).len()), (64, 64, 0));
        column.set(2, 7);
        assert_eq!((rows(column.span(7, 300)), column.elsewhere.len()), (vec![0, 1, 2], 2));
    }

    #[test]
    fn a_span_is_looked_for_only_where_it_can_be_and_found_where_it_is() {
        let mut column = Column::<u16>::default();
        column.grow(ROWS * 3);
        for row in 0..u32::try_from(ROWS * 3).unwrap() {
            column.set(row, i64::from(row) + 1);
        }
        assert_eq!(rows(column.span(4_096, 4_098)), [4_095, 4_096, 4_097]);
        assert_eq!(rows(column.span(0, 65_000)).len(), ROWS * 3);
        assert_eq!(rows(column.span(60_000, i64::MAX)).len(), 0);
        assert_eq!(rows(column.span(9, 8)).len() + rows(column.span(-5, -1)).len(), 0);
    }

    #[test]
    fn t3_days_outside_the_window_of_sixteen_bits_keep_their_order() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let days = ["1868-01-01", "1929-12-31", "1930-01-01", "2026-11-21", "2109-06-04", "2109-06-05", "9999-12-31"];
        let mut column = Column::<u16>::default();
        column.grow(64);
        for (row, text) in (0..).zip(days) {
            let number = day::number(Some(day(text)));
            column.set(row, number);
            assert_eq!(day::of(column.get(row)), Some(day(text)));
        }
        assert_eq!(column.elsewhere.len(), 4);
        for (first, from) in days.iter().enumerate() {
            for (last, to) in days.iter().enumerate().skip(first) {
                let range = DateRange { from: Some(day(from)), to: Some(day(to)) };
                let expected: Vec<u32> = (first..=last).map(|row| u32::try_from(row).unwrap()).collect();
                assert_eq!(rows(column.days(range)), expected, "{from} {to}");
            }
            assert_eq!(rows(column.days(DateRange { from: None, to: Some(day(from)) })).len(), first + 1, "to {from}: no day is no match");
            assert_eq!(rows(column.days(DateRange { from: Some(day(from)), to: None })).len(), days.len() - first, "from {from}");
        }
        assert_eq!(day::of(0), None);
    }

    #[test]
    fn whether_numbers_ascend_is_known_until_they_do_not() {
        let mut column = Column::<u32>::default();
        column.grow(192);
        for (row, number) in [(3, 10), (100, 4_294_967_295), (7, 11), (50, 90), (7, 0), (7, 12), (101, 4_294_967_296)] {
            column.set(row, number);
            assert!(column.ascends(), "{row}: {number}");
        }
        let mut equal = Column::<u32>::default();
        equal.grow(64);
        equal.set(9, 5);
        equal.set(3, 5);
        assert!(!equal.ascends());
        column.set(8, 12);
        assert!(!column.ascends());
    }

    proptest! {
        // Numbers of every width, over some blocks.
        #[test]
        fn numbers_ascend_until_one_does_not(
            sets in prop::collection::vec((0_usize..5_000, prop_oneof![1 => Just(0), 4 => 1_i64..4, 2 => 250_i64..70_000]), 1..40),
            along in any::<bool>(),
        ) {
            let (mut column, mut expected, mut ascended) = (Column::<u8>::default(), vec![0; 5_000], true);
            column.grow(expected.len());
            for (place, number) in sets {
                // Mostly such as to ascend, or it would be over at once.
                let number = if along && number != 0 { i64::try_from(place).unwrap() / 7 * 7 + number % 9 + 1 } else { number };
                column.set(u32::try_from(place).unwrap(), number);
                expected[place] = number;
                let numbers: Vec<i64> = expected.iter().copied().filter(|number| *number != 0).collect();
                ascended &= numbers.is_sorted_by(|one, next| one < next);
                prop_assert_eq!(column.ascends(), ascended);
            }
        }
    }
}
