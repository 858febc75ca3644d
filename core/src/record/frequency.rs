//! 平均来店頻度 (N7), in whole days.

use super::Frequency;
use crate::error::{Error, SaleError};
use crate::time::Date;

wire! {
    /// Whether somebody comes so often (N7).
    #[derive(Copy, Debug)]
    pub struct FrequencyAnswer {
        /// What was asked.
        pub frequency: Frequency,
        /// Whether it holds.
        pub holds: bool,
        /// The visits that were looked at.
        pub visits: u32,
        /// The days that were looked at: from the first visit to today for an average, the sum of the gaps for the last ones.
        pub days: u32,
    }
}

/// The most days or times that can be asked for.
const MOST: u32 = 36_500;

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.day_number()).saturating_sub(i64::from(from.day_number()))
}

impl Frequency {
    /// Whether these visits are so frequent, on a day (N7). The days of the visits in order, the earliest first; those after `today` do not count.
    ///
    /// # Errors
    /// `figures.frequency`, naming `field`, if days or times are none or beyond what can be asked.
    pub fn holds(self, field: &'static str, visits: &[Date], today: Date) -> Result<FrequencyAnswer, Error> {
        holds(field, self, visits, today)
    }
}

fn holds(field: &'static str, frequency: Frequency, visits: &[Date], today: Date) -> Result<FrequencyAnswer, Error> {
    let visits: Vec<Date> = visits.iter().copied().filter(|day| *day <= today).collect();
    let possible = |number: u32| if (1..=MOST).contains(&number) { Ok(i64::from(number)) } else { Err(SaleError::Frequency { field }) };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (holds, seen, span) = match frequency {
        Frequency::Average { days, times } => {
            let (least, times) = (possible(days)?, possible(times)?);
            // T = max(days from the first visit to today, both included; D): somebody new is not frequent by coming once.
            let span = visits.first().map_or(0, |first| days_between(*first, today).saturating_add(1).max(least));
            let n = i64::from(count(visits.len()));
            (n >= 1 && n.saturating_mul(least) >= times.saturating_mul(span), visits.len(), span)
        }
        Frequency::Trailing { days, times } => {
            let (days, times) = (possible(days)?, possible(times)?);
            let seen = visits.iter().filter(|day| days_between(**day, today) < days).count();
            (i64::from(count(seen)) >= times, seen, days)
        }
        Frequency::LastGaps { days } => {
            let most = possible(days)?;
            let last = visits.len().checked_sub(3).and_then(|from| visits.get(from..)).unwrap_or_default();
            let span = last.first().zip(last.last()).map_or(0, |(first, last)| days_between(*first, *last));
            // The mean of two gaps is at most D when both together are at most 2 D.
            (last.len() == 3 && span <= most.saturating_mul(2), last.len(), span)
        }
    };
    Ok(FrequencyAnswer { frequency, holds, visits: count(seen), days: u32::try_from(span).unwrap_or(u32::MAX) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn average(days: u32, times: u32, visits: &[&str], today: &str) -> bool {
        let visits: Vec<Date> = visits.iter().map(|text| day(text)).collect();
        holds("frequencies", Frequency::Average { days, times }, &visits, day(today)).unwrap().holds
    }

    #[test]
    fn n7_the_average_counts_both_ends_and_at_least_d_days() {
        // 1 to 30 November, both included: 30 days, 3 visits; 3 × 30 ≥ 3 × 30.
        let visits = ["2026-11-01", "2026-11-10", "2026-11-20"];
        assert!(average(30, 3, &visits, "2026-11-30"));
        assert!(!average(30, 3, &visits, "2026-12-01"), "the 31st day: 90 < 93");
        assert!(!average(30, 2, &["2026-11-30"], "2026-11-30"), "once on the first day is once in 30 days");
        assert!(average(30, 1, &["2026-11-30"], "2026-11-30"));
        assert!(!average(30, 1, &[], "2026-11-30"), "nobody who never came is frequent");
        assert!(average(1, 1, &["2026-11-30"], "2026-11-30"));
        assert!(!average(30, 1, &["2026-12-01"], "2026-11-30"), "a visit after the day asked for does not count");
    }

    #[test]
    fn n7_zero_days_or_times_are_an_error() {
        for wrong in [
            Frequency::Average { days: 0, times: 1 },
            Frequency::Average { days: 1, times: 0 },
            Frequency::Trailing { days: 0, times: 1 },
            Frequency::Trailing { days: 1, times: 0 },
            Frequency::LastGaps { days: 0 },
            Frequency::Average { days: 36_501, times: 1 },
        ] {
            assert_eq!(holds("frequencies", wrong, &[], day("2026-11-30")).unwrap_err().code(), "figures.frequency", "{wrong:?}");
        }
        assert!(holds("frequencies", Frequency::Average { days: 36_500, times: 36_500 }, &[], day("2026-11-30")).is_ok());
    }

    #[test]
    fn n7_trailing_looks_at_the_last_days_today_included() {
        let visits = [day("2026-11-01"), day("2026-11-02"), day("2026-11-30")];
        let holds = |days, times| holds("frequencies", Frequency::Trailing { days, times }, &visits, day("2026-11-30")).unwrap();
        assert!(holds(29, 2).holds, "2 to 30 November are 29 days");
        assert!(!holds(28, 2).holds);
        assert!(holds(30, 3).holds);
        assert_eq!((holds(28, 2).visits, holds(28, 2).days), (1, 28));
    }

    #[test]
    fn n7_last_gaps_are_the_two_between_the_last_three_visits() {
        let visits = [day("2026-01-01"), day("2026-10-01"), day("2026-10-21"), day("2026-11-30")];
        let holds = |days, visits: &[Date]| holds("frequencies", Frequency::LastGaps { days }, visits, day("2026-12-31")).unwrap();
        assert!(holds(30, &visits).holds, "20 and 40 days: 30 in the mean");
        assert!(!holds(29, &visits).holds);
        assert!(!holds(36_500, &visits[..2]).holds, "two visits have one gap");
        assert_eq!(holds(30, &visits).days, 60);
    }
}
