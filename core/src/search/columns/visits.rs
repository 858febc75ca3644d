//! The days of everybody's visits: a list for each customer, and of each list what questions ask most in columns of its own, so that "three visits in the
//! last ninety days" is one comparison a customer: was the third visit from the end within ninety days?

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, number, word_of_both};
use super::column::{Column, Narrow as _, day};
use super::lists::Lists;
use crate::error::Error;
use crate::record::{Frequency, VisitCategory};
use crate::time::{Date, DateRange};

/// How many of the latest visits have a column.
const LATEST: usize = 12;

#[derive(Default)]
pub(super) struct VisitDays {
    days: Lists<u16>,
    count: Column<u8>,
    first: Column<u16>,
    latest: [Column<u16>; LATEST],
    // Whoever was here on a day that sixteen bits cannot say: all days, and nothing of them above. They are asked one by one.
    far: BTreeMap<u32, Vec<i64>>,
}

impl VisitDays {
    pub(super) fn grow(&mut self, rows: usize) {
        self.count.grow(rows);
        self.first.grow(rows);
        self.latest.iter_mut().for_each(|column| column.grow(rows));
    }

    pub(super) fn add(&mut self, row: u32, day: i64) {
        let mut days = self.numbers(row);
        days.insert(days.partition_point(|other| *other <= day), day);
        self.keep(row, days);
    }

    pub(super) fn remove(&mut self, row: u32, day: i64) {
        let mut days = self.numbers(row);
        if let Ok(place) = days.binary_search(&day) {
            days.remove(place);
            self.keep(row, days);
        }
    }

    /// The days of all visits of a row, as numbers.
    pub(super) fn numbers(&self, row: u32) -> Vec<i64> {
        self.far.get(&row).cloned().unwrap_or_else(|| self.days.get(row).iter().map(|day| i64::from(*day)).collect())
    }

    fn keep(&mut self, row: u32, days: Vec<i64>) {
        let near: Option<Vec<u16>> = days.iter().map(|day| u16::narrow(*day).filter(|day| *day > 0)).collect();
        if near.is_none() {
            self.far.insert(row, days);
        } else if !self.far.is_empty() {
            self.far.remove(&row);
        }
        let days = near.unwrap_or_default();
        self.days.put(row, &days);
        self.count.set(row, i64::from(number(days.len())));
        self.first.set(row, days.first().map_or(0, |day| i64::from(*day)));
        let latest = days.iter().rev().map(|day| i64::from(*day)).chain(core::iter::repeat(0));
        for (column, day) in self.latest.iter_mut().zip(latest) {
            column.set(row, day);
        }
    }

    fn days(&self, row: u32) -> Vec<Date> {
        self.numbers(row).into_iter().filter_map(day::of).collect()
    }

    // The latest visit but so many.
    fn latest(&self, but: usize) -> &[u16] {
        self.latest.get(but).map(Column::values).unwrap_or_default()
    }

    // Asks some rows one by one.
    fn each(&self, found: &mut Bits, rows: impl Iterator<Item = u32>, holds: impl Fn(&[Date]) -> Result<bool, Error>) -> Result<(), Error> {
        for row in rows {
            found.set(row, holds(&self.days(row))?);
        }
        Ok(())
    }

    /// Who comes so often (N7).
    pub(super) fn often(&self, frequency: Frequency, today: Date) -> Result<Bits, Error> {
        let exactly = |days: &[Date]| Ok(frequency.holds("frequency", days, today)?.holds);
        exactly(&[])?;
        let now = day::number(Some(today));
        if now > u16::MOST {
            // Nobody's visits are so far off that sixteen bits could count the days to them.
            let mut found = Bits::none(self.first.values().len() / WORD);
            self.each(&mut found, self.count.within(1, i64::MAX).rows(), exactly)?;
            self.each(&mut found, self.far.keys().copied(), exactly)?;
            return Ok(found);
        }
        let mut found = match frequency {
            Frequency::Average { days, times } => self.on_average(i64::from(days), i64::from(times), now),
            Frequency::Trailing { days, times } => {
                let from = today.days_before(days.saturating_sub(1));
                let range = DateRange { from: Some(from), to: Some(today) };
                match usize::try_from(times).ok().and_then(|times| self.latest.get(times.saturating_sub(1))) {
                    Some(column) => column.days(range),
                    None => {
                        let mut found = Bits::none(self.first.values().len() / WORD);
                        let many = self.count.within(i64::from(times), i64::MAX);
                        self.each(&mut found, many.rows(), exactly)?;
                        found
                    }
                }
            }
            Frequency::LastGaps { days } => self.of_gaps(i64::from(days)),
        };
        // Visits after today do not count, and here they were counted.
        let ahead = self.latest.first().map(|last| last.within(now.max(0).saturating_add(1), i64::MAX)).unwrap_or_default();
        self.each(&mut found, ahead.rows(), exactly)?;
        self.each(&mut found, self.far.keys().copied(), exactly)?;
        if matches!(frequency, Frequency::Average { .. }) {
            self.each(&mut found, self.count.elsewhere().map(|(row, _)| row), exactly)?;
        }
        Ok(found)
    }

    // n · D ≥ k · T with T = max(days from the first visit to today, D), in 32 bits: none of them is above 65,535, and n is below 255.
    fn on_average(&self, days: i64, times: i64, today: i64) -> Bits {
        let small = |number: i64| u32::try_from(number.clamp(0, 65_535)).unwrap_or_default();
        let (days, times, after) = (small(days), small(times), small(today.saturating_add(1)));
        let (firsts, _) = self.first.values().as_chunks::<WORD>();
        let (counts, _) = self.count.values().as_chunks::<WORD>();
        let word = |(firsts, counts)| {
            word_of_both(firsts, counts, |first, count: u8| {
                let span = after.saturating_sub(u32::from(first)).max(days);
                (count > 0) & (u32::from(count).wrapping_mul(days) >= times.wrapping_mul(span))
            })
        };
        Bits::of(firsts.iter().zip(counts).map(word).collect())
    }

    // The mean of the last two gaps is at most D when both together are at most 2 D.
    fn of_gaps(&self, days: i64) -> Bits {
        let most = u16::try_from(days.saturating_mul(2)).unwrap_or(u16::MAX);
        let (lasts, _) = self.latest(0).as_chunks::<WORD>();
        let (thirds, _) = self.latest(2).as_chunks::<WORD>();
        let word = |(lasts, thirds)| word_of_both(lasts, thirds, |last: u16, third| (third > 0) & (last.wrapping_sub(third) <= most));
        Bits::of(lasts.iter().zip(thirds).map(word).collect())
    }

    /// Whose category has one of these names (N9): the first whose thresholds are met counts, so each is asked of those who met none before.
    pub(super) fn in_category(&self, categories: &[VisitCategory], names: &[String], today: Date, words: usize) -> Result<Bits, Error> {
        let mut found = Bits::none(words);
        let mut open = Bits::every(words);
        for category in categories {
            let mut met = self.meet(category, today)?;
            met.and(&open);
            open.and_not(&met);
            if names.contains(&category.name) {
                found.or(&met);
            }
        }
        let exactly =
            |days: &[Date]| Ok(VisitCategory::of(categories, days, today)?.is_some_and(|category| names.contains(&category.name)));
        self.each(&mut found, self.far.keys().copied(), exactly)?;
        Ok(found)
    }

    // Those far off are asked afterwards.
    fn meet(&self, category: &VisitCategory, today: Date) -> Result<Bits, Error> {
        let number = |count: Option<u32>, open: i64| count.map_or(open, i64::from);
        let mut met = self.count.within(number(category.visits_from, 0), number(category.visits_to, i64::MAX));
        let last = |range| self.latest.first().map(|last| last.days(range)).unwrap_or_default();
        if let Some(days) = category.within_days {
            met.and(&last(DateRange { from: Some(today.days_before(days)), to: None }));
        }
        if let Some(days) = category.after_days {
            met.and(&last(DateRange { from: None, to: Some(today.days_before(days)) }));
        }
        if let Some(frequency) = category.frequency {
            met.and(&self.often(frequency, today)?);
        }
        Ok(met)
    }
}
