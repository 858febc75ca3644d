//! What columns keep of a customer's figures (N).

use std::collections::BTreeMap;

use super::bits::Bits;
use super::column::{Column, Narrow as _, day, patch};
use super::kernels::{Block, keep_each};
use super::plan::Plan;
use super::tags::Tags;
use crate::id::MenuId;
use crate::money::Yen;
use crate::record::{CountField, Figures, MoneyField, YenRange};
use crate::time::Calendar;

#[derive(Default, serde::Serialize, serde::Deserialize)]
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

    pub(super) fn money(&self, field: MoneyField, range: YenRange) -> Plan<'_> {
        let (from, to) = (range.from.map_or(i64::MIN, |yen| yen.0), range.to.map_or(i64::MAX, |yen| yen.0));
        match field {
            MoneyField::Amount => Plan::Numbers(self.amount.span(from, to)),
            MoneyField::Due => {
                // Nearly everybody owes nothing: who does is looked at.
                let nothing = from <= 0 && 0 <= to;
                let mut others = Bits::default();
                // A block from outside may name rows that there are not.
                for (row, due) in self.due.range(..self.amount.room()) {
                    others.set(*row, (from..=to).contains(due) != nothing);
                }
                if nothing { Plan::not(Plan::Made(others)) } else { Plan::Made(others) }
            }
            MoneyField::Average => Plan::Average(Average { counted: self, from, to }),
        }
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

/// 平均単価 in a span of yen (N8).
pub(super) struct Average<'c> {
    counted: &'c Counted,
    from: i64,
    to: i64,
}

impl Average<'_> {
    // The average rounded down lies from F to T when the sum lies from F · n up to, not at, (T + 1) · n: no division.
    pub(super) fn narrow(&self, block: usize, words: &mut Block) -> bool {
        let Counted { amount, visits, .. } = self.counted;
        let most = u32::MOST;
        let least = u64::try_from(self.from.clamp(0, most.saturating_add(1))).unwrap_or_default();
        let end = u64::try_from(self.to.clamp(-1, most).saturating_add(1)).unwrap_or_default();
        let among = *words;
        let mut left = keep_each(amount.block(block), visits.block(block), least, end, words);
        for row in amount.elsewhere_of(block).chain(visits.elsewhere_of(block)) {
            let average = amount.get(row).checked_div_euclid(visits.get(row));
            left |= patch(words, &among, row, average.is_some_and(|average| (self.from..=self.to).contains(&average)));
        }
        left
    }
}
