//! Reservations one by one, for the lists that show them.

use fearless_simd::Level;

use super::super::super::asked::OfReservation;
use super::super::column::rows_within;
use super::super::kernels::Block;
use super::super::places::Places;
use super::labels::Labels;
use super::passing::Test;
use super::{Booking, Bookings, Told};
use crate::id::{CustomerId, ReservationId, ShopId};
use crate::record::Label;
use crate::time::{Calendar, DateRange, Instant};

impl Bookings {
    /// Those of any of these labels, or of any if there are none, as a list is filtered by them (R2); on these days, in this shop.
    pub(in super::super) fn listed(
        &self,
        labels: &[Label],
        days: Option<DateRange>,
        shop: Option<&ShopId>,
        calendar: Calendar,
        now: Instant,
        customers: &Places,
    ) -> impl Iterator<Item = Booking> + use<> {
        let mut all = Vec::new();
        if !labels.is_empty() {
            all.push(self.test(&OfReservation::Status(labels.to_vec()), calendar, now));
        }
        all.extend(shop.map(|shop| Test::Shop(self.shops.with(core::slice::from_ref(shop)))));
        all.extend(days.map(|days| self.on(days, calendar)));
        let among = if labels.is_empty() { Labels::ALL } else { Labels::of(labels) };
        self.shown(among, &Test::all(all).given(among), customers)
    }

    /// Confirmed, and the start has come: somebody must say whether the customer came (R7).
    pub(in super::super) fn unresolved(&self, now: Instant, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let confirmed = Labels::of(&[Label::PrepaymentUnpaid, Label::Upcoming, Label::Prepaid]);
        self.shown(confirmed, &self.starting(None, Some(now.plus_ms(1))), customers)
    }

    /// Those 予約中来店前 that begin after one instant and not after another.
    pub(in super::super) fn ahead(&self, after: Instant, until: Instant, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let begins = self.starting(Some(after.plus_ms(1)), Some(until.plus_ms(1)));
        self.shown(Labels::of(&[Label::Upcoming]), &begins, customers)
    }

    pub(in super::super) fn one(&self, id: ReservationId, customers: &Places) -> Option<Booking> {
        self.booking(self.places.find(id.ordinal())?, customers)
    }

    fn booking(&self, row: u32, customers: &Places) -> Option<Booking> {
        self.labels.of(row)?;
        let customer = CustomerId::from_ordinal(customers.ordinal(self.customer(row)?));
        Some(Booking { id: ReservationId::from_ordinal(self.places.ordinal(row)), customer, start: self.start(row) })
    }

    /// Every reservation of a list.
    pub(in super::super) fn told<'b>(
        &'b self,
        customers: &Places,
    ) -> impl Iterator<Item = (ReservationId, (CustomerId, Told<'b>))> + use<'b> {
        let all: Vec<Booking> = self.shown(Labels::ALL, &Test::All(Vec::new()), customers).collect();
        all.into_iter().filter_map(move |booking| {
            let row = self.places.find(booking.id.ordinal())?;
            let told = (booking.start, self.labels.of(row)?, self.shops.of(row), self.staffs.of(row), self.menus.of(row));
            Some((booking.id, (booking.customer, told)))
        })
    }

    fn shown(&self, among: Labels, that: &Test<'_>, customers: &Places) -> impl Iterator<Item = Booking> + use<> {
        let mut found = Vec::new();
        self.each(Level::new(), among, that, |block, words| {
            found.extend(rows_within(block, *words).filter_map(|row| self.booking(row, customers)));
        });
        found.into_iter()
    }

    /// Hands on every block in which any reservation of some labels passes.
    pub(super) fn each(&self, level: Level, among: Labels, that: &Test<'_>, mut take: impl FnMut(usize, &Block)) {
        let labels = among.spans();
        for block in (0..self.blocks()).filter(|block| that.may_hold(*block)) {
            let mut words = self.labels.block(level, &labels, block);
            if words.iter().any(|word| *word != 0) && that.narrow(self, level, block, &mut words) {
                take(block, &words);
            }
        }
    }
}
