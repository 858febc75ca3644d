//! How often somebody comes (N7), and what they are called for it (N9).

use super::super::days::Day;
use super::{Figures, Flaw, Salon};

impl Salon {
    fn average(&self, visits: &Figures, today: Day, least: i64, times: i64) -> bool {
        let seen: Vec<Day> = visits.days.iter().copied().filter(|day| *day <= today).collect();
        let Some(first) = seen.first() else { return false };
        let both_ends = if self.has(Flaw::TodayIsNoDay) { 0 } else { 1 };
        let span = (today - first + both_ends).max(least);
        i64::try_from(seen.len()).unwrap() * least >= times * span
    }

    fn trailing(visits: &Figures, today: Day, days: i64, times: usize) -> bool {
        visits.days.iter().filter(|day| **day <= today && **day > today - days).count() >= times
    }

    // The mean of the two gaps between the last three visits.
    fn last_gaps(visits: &Figures, today: Day, days: i64) -> bool {
        let seen: Vec<Day> = visits.days.iter().copied().filter(|day| *day <= today).collect();
        match seen.as_slice() {
            [.., one, _, three] => three - one <= 2 * days,
            _ => false,
        }
    }

    /// The answers to the walk's questions, in their order.
    pub(in super::super) fn frequencies(&self, visits: &Figures, today: Day) -> [bool; 3] {
        [self.average(visits, today, 10, 1), Self::trailing(visits, today, 7, 2), Self::last_gaps(visits, today, 3)]
    }

    /// The first of the walk's categories that fits.
    pub(in super::super) fn category(&self, visits: &Figures, today: Day) -> Option<&'static str> {
        let count = visits.visits;
        let since = visits.last.map(|last| today - last);
        let fits = [
            ("VIP", count >= 4 && since.is_some_and(|since| since <= 14)),
            ("常連", self.average(visits, today, 20, 2)),
            ("休眠", since.is_some_and(|since| since >= 30)),
            ("新規", count <= 1),
        ];
        fits.into_iter().find(|(_, fits)| *fits).map(|(name, _)| name)
    }
}
