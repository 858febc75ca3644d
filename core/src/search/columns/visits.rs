//! The days of everybody's visits: a list for each customer, and of each list what questions ask most in columns of its own, so that "three visits in the
//! last ninety days" is one comparison a customer: was the third visit from the end within ninety days?

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::bits::number;
use super::column::{Column, Narrow as _, day, patch, rows_of_block, rows_within};
use super::kernels::{BLOCK, Block, Pace, keep_near, keep_pace};
use super::lists::Lists;
use super::plan::{Plan, without};
use crate::error::Error;
use crate::record::{Frequency, VisitCategory};
use crate::time::{Date, DateRange};

/// How many of the latest visits have a column.
const LATEST: usize = 12;

#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct VisitDays {
    // All but the latest, which have columns.
    earlier: Lists<u16>,
    count: Column<u8>,
    first: Column<u16>,
    latest: [Column<u16>; LATEST],
    // Whoever was here on a day that sixteen bits cannot say: all days, and nothing of them above. They are asked one by one.
    far: BTreeMap<u32, Vec<i64>>,
}

impl VisitDays {
    /// See [`Lists::is_sound`].
    pub(super) fn is_sound(&self) -> bool {
        self.earlier.is_sound()
    }

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

    /// The days of all visits of a row, as numbers, in order.
    pub(super) fn numbers(&self, row: u32) -> Vec<i64> {
        if let Some(far) = self.far.get(&row) {
            return far.clone();
        }
        let mut days: Vec<i64> = self.earlier.get(row).iter().map(|day| i64::from(*day)).collect();
        days.extend(self.latest.iter().rev().map(|latest| latest.get(row)).filter(|day| *day > 0));
        days
    }

    fn keep(&mut self, row: u32, days: Vec<i64>) {
        let near: Option<Vec<u16>> = days.iter().map(|day| u16::narrow(*day).filter(|day| *day > 0)).collect();
        if near.is_none() {
            self.far.insert(row, days);
        } else if !self.far.is_empty() {
            self.far.remove(&row);
        }
        let days = near.unwrap_or_default();
        let (earlier, latest) = days.split_at_checked(days.len().saturating_sub(LATEST)).unwrap_or_default();
        self.earlier.put(row, earlier);
        self.count.set(row, i64::from(number(days.len())));
        self.first.set(row, days.first().map_or(0, |day| i64::from(*day)));
        let latest = latest.iter().rev().map(|day| i64::from(*day)).chain(core::iter::repeat(0));
        for (column, day) in self.latest.iter_mut().zip(latest) {
            column.set(row, day);
        }
    }

    fn days(&self, row: u32) -> Vec<Date> {
        self.numbers(row).into_iter().filter_map(day::of).collect()
    }

    // The latest visit but so many.
    fn latest(&self, but: usize) -> Option<&Column<u16>> {
        self.latest.get(but)
    }

    /// Who comes so often (N7).
    pub(super) fn often(&self, frequency: Frequency, today: Date) -> Result<Plan<'_>, Error> {
        let exactly = move |days: &[Date]| Ok(frequency.holds("frequency", days, today)?.holds);
        exactly(&[])?;
        let now = day::number(Some(today));
        let mut ask = Vec::new();
        let by = if now > u16::MOST {
            // Nobody's visits are so far off that sixteen bits could count the days to them.
            ask.push(Plan::Bytes(self.count.span(1, i64::MAX)));
            Plan::nobody()
        } else {
            // Visits after today do not count, and in the columns they are counted.
            let ahead = self.latest(0).map(|last| Plan::Days(last.span(now.max(0).saturating_add(1), i64::MAX)));
            ask.extend(ahead);
            match frequency {
                Frequency::Average { days, times } => {
                    let small = |number: i64| u32::try_from(number.clamp(0, 65_535)).unwrap_or_default();
                    let after = small(now.saturating_add(1));
                    Plan::Often(Often { visits: self, pace: Pace { days: small(days.into()), times: small(times.into()), after } })
                }
                Frequency::Trailing { days, times } => {
                    let from = today.days_before(days.saturating_sub(1));
                    let range = DateRange { from: Some(from), to: Some(today) };
                    match usize::try_from(times).ok().and_then(|times| self.latest(times.saturating_sub(1))) {
                        Some(column) => Plan::Days(column.days(range)),
                        None => {
                            ask.push(Plan::Bytes(self.count.span(i64::from(times), i64::MAX)));
                            Plan::nobody()
                        }
                    }
                }
                Frequency::LastGaps { days } => Plan::Gaps(Gaps { visits: self, days: i64::from(days) }),
            }
        };
        let too_many = matches!(frequency, Frequency::Average { .. });
        Ok(Plan::Exactly(Box::new(Exactly { visits: self, by, ask, too_many, holds: Box::new(exactly) })))
    }

    /// Whose category has one of these names (N9): the first whose thresholds are met counts, so each is asked of those who met none before.
    pub(super) fn in_category<'c>(&'c self, categories: &[VisitCategory], names: &[String], today: Date) -> Result<Plan<'c>, Error> {
        let mut first = Vec::new();
        for category in categories {
            first.push((self.meeting(category, today)?, names.contains(&category.name)));
        }
        let (categories, names) = (categories.to_vec(), names.to_vec());
        let exactly =
            move |days: &[Date]| Ok(VisitCategory::of(&categories, days, today)?.is_some_and(|category| names.contains(&category.name)));
        let by = Plan::First(first);
        Ok(Plan::Exactly(Box::new(Exactly { visits: self, by, ask: Vec::new(), too_many: false, holds: Box::new(exactly) })))
    }

    // Those far off are asked afterwards.
    fn meeting(&self, category: &VisitCategory, today: Date) -> Result<Plan<'_>, Error> {
        let number = |count: Option<u32>, open: i64| count.map_or(open, i64::from);
        let mut all = vec![Plan::Bytes(self.count.span(number(category.visits_from, 0), number(category.visits_to, i64::MAX)))];
        let last = |range| self.latest(0).map(|last| Plan::Days(last.days(range)));
        if let Some(days) = category.within_days {
            all.extend(last(DateRange { from: Some(today.days_before(days)), to: None }));
        }
        if let Some(days) = category.after_days {
            all.extend(last(DateRange { from: None, to: Some(today.days_before(days)) }));
        }
        if let Some(frequency) = category.frequency {
            all.push(self.often(frequency, today)?);
        }
        Ok(Plan::all(all))
    }
}

/// The visits of a customer, and whether it holds of them.
type Holds<'c> = Box<dyn Fn(&[Date]) -> Result<bool, Error> + 'c>;

/// What columns say of nearly everybody; of whom they cannot say it, all visits are looked at.
pub(super) struct Exactly<'c> {
    visits: &'c VisitDays,
    pub(super) by: Plan<'c>,
    // Who must be asked, besides those far off.
    ask: Vec<Plan<'c>>,
    // Whoever has more visits than a byte can count, too.
    too_many: bool,
    holds: Holds<'c>,
}

impl Exactly<'_> {
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> Result<bool, Error> {
        let among = *words;
        let mut asked: Block = [0; BLOCK];
        let mut any = false;
        for ask in &self.ask {
            let mut found = among;
            if ask.narrow(level, block, &mut found)? {
                any = true;
                asked.iter_mut().zip(&found).for_each(|(asked, found)| *asked |= found);
            }
        }
        let far = self.visits.far.range(rows_of_block(block)).map(|(row, _)| *row);
        let many = self.visits.count.elsewhere_of(block).filter(|_| self.too_many);
        for row in far.chain(many) {
            any |= patch(&mut asked, &among, row, true);
        }
        let mut left = self.by.narrow(level, block, words)?;
        if any {
            left = without(words, &asked);
            for row in rows_within(block, asked) {
                left |= patch(words, &among, row, (self.holds)(&self.visits.days(row))?);
            }
        }
        Ok(left)
    }
}

/// n · D ≥ k · T of everybody.
pub(super) struct Often<'c> {
    visits: &'c VisitDays,
    pace: Pace,
}

impl Often<'_> {
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        keep_pace(level, self.visits.first.block(block), self.visits.count.block(block), self.pace, words)
    }
}

/// The mean of the last two gaps is at most D when both together are at most 2 D.
pub(super) struct Gaps<'c> {
    visits: &'c VisitDays,
    days: i64,
}

impl Gaps<'_> {
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> bool {
        let most = u16::try_from(self.days.saturating_mul(2)).unwrap_or(u16::MAX);
        let latest = |but| self.visits.latest(but).map(|column| column.block(block)).unwrap_or_default();
        keep_near(level, latest(0), latest(2), most, words)
    }
}
