//! One number of every row, in as few bytes as nearly all of them need. The few that do not fit are kept whole beside the column and asked one by one, so
//! a column is never wrong, only slower where it was guessed too narrow.

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, at, lengthen, word_of};

/// What a number is kept in.
pub(super) trait Narrow: Copy + Default + Ord {
    /// Stands where the number is kept beside the column.
    const ELSEWHERE: Self;
    /// The largest number that fits.
    const MOST: i64;
    fn narrow(number: i64) -> Option<Self>;
    fn wide(self) -> i64;
    /// Wraps round below zero, so that one comparison says whether a value lies in a span.
    fn minus(self, other: Self) -> Self;
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
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
        }
    )*};
}
narrow!(u8, u16, u32);

/// Rows whose least and largest value are known together: a span that lies outside is not looked for in them.
const ZONE: usize = 4_096;

/// Numbers by row; 0 where nothing was set.
#[derive(Default)]
pub(super) struct Column<T> {
    values: Vec<T>,
    elsewhere: BTreeMap<u32, i64>,
    // Of the numbers other than 0. They grow with what is set and do not shrink with what goes.
    zones: Vec<(T, T)>,
}

impl<T: Narrow> Column<T> {
    /// Room for so many rows, a multiple of 64.
    pub(super) fn grow(&mut self, rows: usize) {
        if self.values.len() < rows {
            lengthen(&mut self.values, rows);
            self.zones.resize(rows.div_ceil(ZONE), (T::ELSEWHERE, T::default()));
        }
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
            && let Some((least, most)) = self.zones.get_mut(at(row) / ZONE)
        {
            *least = value.min(*least);
            *most = value.max(*most);
        }
    }

    pub(super) fn get(&self, row: u32) -> i64 {
        match self.values.get(at(row)) {
            Some(value) if *value == T::ELSEWHERE => self.elsewhere.get(&row).copied().unwrap_or(0),
            Some(value) => value.wide(),
            None => 0,
        }
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// The rows whose number did not fit, and the numbers.
    pub(super) fn elsewhere(&self) -> impl Iterator<Item = (u32, i64)> {
        self.elsewhere.iter().map(|(row, number)| (*row, *number))
    }

    /// The rows with a number in a span, both ends included.
    pub(super) fn within(&self, from: i64, to: i64) -> Bits {
        let mut found = match (T::narrow(from.max(0)), T::narrow(to.min(T::MOST))) {
            (Some(least), Some(most)) if least <= most => self.sift(least, most),
            _ => Bits::none(self.values.len() / WORD),
        };
        for (row, number) in self.elsewhere() {
            found.set(row, (from..=to).contains(&number));
        }
        found
    }

    fn sift(&self, least: T, most: T) -> Bits {
        let mut words = vec![0_u64; self.values.len() / WORD];
        let span = most.minus(least);
        let zones = self.values.chunks(ZONE).zip(words.chunks_mut(ZONE / WORD)).zip(&self.zones);
        for ((values, words), (lowest, highest)) in zones {
            if least > T::default() && (*highest < least || most < *lowest) {
                continue;
            }
            let (chunks, _) = values.as_chunks::<WORD>();
            for (word, chunk) in words.iter_mut().zip(chunks) {
                *word = word_of(chunk, |value| value.minus(least) <= span);
            }
        }
        Bits::of(words)
    }
}

/// Days as numbers for a column of 16 bits: 1930-01-01 to 2109-06-04 fit. 0 is no day, which lies in no span.
pub(super) mod day {
    use super::{Bits, Column};
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
        pub(in super::super) fn days(&self, range: DateRange) -> Bits {
            let from = range.from.map_or(i64::MIN, |day| number(Some(day)));
            let to = range.to.map_or(i64::MAX, |day| number(Some(day)));
            let mut found = self.within(from.max(1), to);
            for (row, number) in self.elsewhere() {
                found.set(row, (from..=to).contains(&number));
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, DateRange};

    fn rows(bits: &Bits) -> Vec<u32> {
        bits.rows().collect()
    }

    #[test]
    fn what_does_not_fit_a_byte_is_found_all_the_same() {
        let mut column = Column::<u8>::default();
        column.grow(64);
        for (row, number) in (0..).zip([254, 255, 256, 0, 1_000_000]) {
            column.set(row, number);
            assert_eq!(column.get(row), number);
        }
        assert_eq!(rows(&column.within(254, 254)), [0]);
        assert_eq!(rows(&column.within(255, 255)), [1]);
        assert_eq!(rows(&column.within(255, 256)), [1, 2]);
        assert_eq!(rows(&column.within(1, i64::from(u32::MAX))), [0, 1, 2, 4]);
        assert_eq!(column.within(0, 0).count(), 60);
        let mut untouched = Column::<u8>::default();
        untouched.grow(64);
        assert_eq!((untouched.within(0, 0).count(), untouched.within(0, 9).count(), untouched.within(1, 9).count()), (64, 64, 0));
        column.set(2, 7);
        assert_eq!((rows(&column.within(7, 300)), column.elsewhere().count()), (vec![0, 1, 2], 2));
    }

    #[test]
    fn a_span_is_looked_for_only_where_it_can_be_and_found_where_it_is() {
        let mut column = Column::<u16>::default();
        column.grow(ZONE * 3);
        for row in 0..u32::try_from(ZONE * 3).unwrap() {
            column.set(row, i64::from(row) + 1);
        }
        assert_eq!(rows(&column.within(4_096, 4_098)), [4_095, 4_096, 4_097]);
        assert_eq!(column.within(0, 65_000).count(), ZONE * 3);
        assert_eq!(column.within(60_000, i64::MAX).count(), 0);
        assert_eq!(column.within(9, 8).count() + column.within(-5, -1).count(), 0);
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
        assert_eq!(column.elsewhere().count(), 4);
        for (first, from) in days.iter().enumerate() {
            for (last, to) in days.iter().enumerate().skip(first) {
                let range = DateRange { from: Some(day(from)), to: Some(day(to)) };
                let expected: Vec<u32> = (first..=last).map(|row| u32::try_from(row).unwrap()).collect();
                assert_eq!(rows(&column.days(range)), expected, "{from} {to}");
            }
            assert_eq!(column.days(DateRange { from: None, to: Some(day(from)) }).count(), first + 1, "to {from}: no day is no match");
            assert_eq!(column.days(DateRange { from: Some(day(from)), to: None }).count(), days.len() - first, "from {from}");
        }
        assert_eq!(day::of(0), None);
    }
}
