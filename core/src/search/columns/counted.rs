//! What columns keep of a customer's figures (N).

use std::collections::BTreeMap;

use super::bits::{Bits, WORD, word_of_both};
use super::column::{Column, Narrow as _, day};
use super::tags::Tags;
use crate::id::MenuId;
use crate::money::Yen;
use crate::record::{CountField, Figures, MoneyField, YenRange};
use crate::time::Calendar;

#[derive(Default)]
pub(super) struct Counted {
    visits: Column<u8>,
    reservations: Column<u8>,
    cancellations: Column<u8>,
    pub(super) last_minute: Bits,
    pub(super) no_show: Bits,
    pub(super) amount: Column<u32>,
    // Few owe anything.
    due: BTreeMap<u32, i64>,
    pub(super) first_visit: Column<u16>,
    pub(super) last_visit: Column<u16>,
    pub(super) last_menus: Tags<MenuId>,
}

impl Counted {
    pub(super) fn grow(&mut self, rows: usize) {
        self.visits.grow(rows);
        self.reservations.grow(rows);
        self.cancellations.grow(rows);
        self.amount.grow(rows);
        self.first_visit.grow(rows);
        self.last_visit.grow(rows);
    }

    pub(super) fn put(&mut self, row: u32, figures: Option<&Figures>, calendar: Calendar) {
        let number = |count: fn(&Figures) -> u32| figures.map_or(0, |figures| i64::from(count(figures)));
        self.visits.set(row, number(|figures| figures.visits));
        self.reservations.set(row, number(|figures| figures.reservations));
        self.cancellations.set(row, number(Figures::cancellations));
        self.last_minute.set(row, figures.is_some_and(|figures| figures.cancelled_late > 0));
        self.no_show.set(row, figures.is_some_and(|figures| figures.no_shows > 0));
        self.amount.set(row, figures.map_or(0, |figures| figures.amount.0));
        match figures.map_or(0, |figures| figures.due.0) {
            0 => drop(self.due.remove(&row)),
            due => drop(self.due.insert(row, due)),
        }
        self.last_menus.set(row, figures.and_then(Figures::last_visit).map_or(&[], |visit| &visit.menus));
        self.put_days(row, figures, calendar);
    }

    pub(super) fn put_days(&mut self, row: u32, figures: Option<&Figures>, calendar: Calendar) {
        let day = |mark: Option<&crate::record::VisitMark>| day::number(mark.and_then(|mark| mark.day(calendar).ok()));
        self.first_visit.set(row, day(figures.and_then(|figures| figures.first_visit.as_ref())));
        self.last_visit.set(row, day(figures.and_then(Figures::last_visit)));
    }

    pub(super) const fn count(&self, field: CountField) -> &Column<u8> {
        match field {
            CountField::Visits => &self.visits,
            CountField::Reservations => &self.reservations,
            CountField::Cancellations => &self.cancellations,
        }
    }

    pub(super) fn money(&self, field: MoneyField, range: YenRange, words: usize) -> Bits {
        let (from, to) = (range.from.map_or(i64::MIN, |yen| yen.0), range.to.map_or(i64::MAX, |yen| yen.0));
        match field {
            MoneyField::Amount => self.amount.within(from, to),
            MoneyField::Due => {
                let mut found = if from <= 0 && 0 <= to { Bits::every(words) } else { Bits::none(words) };
                for (row, due) in &self.due {
                    found.set(*row, (from..=to).contains(due));
                }
                found
            }
            MoneyField::Average => self.average(from, to),
        }
    }

    // The average rounded down lies from F to T when the sum lies from F · n up to, not at, (T + 1) · n: no division. 40 bits hold all of it.
    fn average(&self, from: i64, to: i64) -> Bits {
        let most = u32::MOST;
        let least = u64::try_from(from.clamp(0, most.saturating_add(1))).unwrap_or_default();
        let end = u64::try_from(to.clamp(-1, most).saturating_add(1)).unwrap_or_default();
        let (amounts, _) = self.amount.values().as_chunks::<WORD>();
        let (visits, _) = self.visits.values().as_chunks::<WORD>();
        let word = |(amounts, visits)| {
            word_of_both(amounts, visits, |amount: u32, visits: u8| {
                let (amount, visits) = (u64::from(amount), u64::from(visits));
                (visits > 0) & (least.wrapping_mul(visits) <= amount) & (amount < end.wrapping_mul(visits))
            })
        };
        let mut found = Bits::of(amounts.iter().zip(visits).map(word).collect());
        for (row, _) in self.amount.elsewhere().chain(self.visits.elsewhere()) {
            let average = self.amount.get(row).checked_div_euclid(self.visits.get(row));
            found.set(row, average.is_some_and(|average| (from..=to).contains(&average)));
        }
        found
    }

    /// Cancellation fees that are due (G3).
    pub(super) fn due(&self, row: u32) -> i64 {
        self.due.get(&row).copied().unwrap_or_default()
    }

    /// 合計利用金額 (N8).
    pub(super) fn yen(&self, row: u32) -> Yen {
        Yen(self.amount.get(row))
    }
}
