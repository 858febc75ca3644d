//! Figures (N): counted from nothing, every time.

use super::super::days::{Day, Ms};
use super::{Axis, Flaw, Salon, place};

/// What a customer's records come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Figures {
    pub(in super::super) visits: i64,
    pub(in super::super) manual: i64,
    pub(in super::super) early: i64,
    pub(in super::super) late: i64,
    pub(in super::super) no_shows: i64,
    pub(in super::super) reservations: i64,
    pub(in super::super) first: Option<Day>,
    pub(in super::super) last: Option<Day>,
    pub(in super::super) last_menus: Vec<u32>,
    pub(in super::super) amount: i64,
    pub(in super::super) due: i64,
    /// The days of the visits, the earliest first.
    pub(in super::super) days: Vec<Day>,
}

/// A visit in time.
pub(in super::super) struct Mark {
    at: Ms,
    id: u32,
    pub(in super::super) manual: Option<u32>,
    pub(in super::super) day: Day,
    menus: Vec<u32>,
    pub(super) amount: i64,
}

impl Salon {
    /// The visits of a customer, the earliest first.
    pub(in super::super) fn marks(&self, customer: u32) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (id, booking) in (1_u32..).zip(&self.bookings) {
            if booking.owner == customer && booking.axis == Axis::Visited {
                let sale = booking.sale.map(|sale| &self.sales[place(sale)]);
                let booked = || booking.lines.iter().map(|line| line.menu).collect();
                let charged = sale.map_or_else(|| self.unpaid(id), |sale| sale.total);
                marks.push(Mark {
                    at: booking.start,
                    id,
                    manual: None,
                    day: self.clock.day_of(booking.start),
                    menus: sale.map_or_else(booked, |sale| sale.menus.clone()),
                    amount: if self.has(Flaw::AmountAsBooked) { booking.price() } else { charged },
                });
            }
        }
        for (id, visit) in (1_u32..).zip(&self.visits) {
            let tied = visit.form.booking.is_some() && !self.has(Flaw::TiedVisitsCount);
            if visit.owner == customer && !visit.removed && !tied {
                let (menus, amount) = (visit.form.menus.clone(), visit.form.amount);
                marks.push(Mark { at: visit.at, id, manual: Some(id), day: visit.form.day, menus, amount });
            }
        }
        // At the same instant one by hand stands before a reservation, a lower id before a higher (N6).
        marks.sort_by_key(|mark| (mark.at, mark.manual.is_none(), mark.id));
        marks
    }

    pub(in super::super) fn due_of(&self, customer: u32) -> i64 {
        self.bookings.iter().filter(|booking| booking.owner == customer).map(super::Reserved::due).sum()
    }

    pub(in super::super) fn figures(&self, customer: u32) -> Figures {
        let own = || self.bookings.iter().filter(|booking| booking.owner == customer);
        let count = |is: &dyn Fn(&super::Reserved) -> bool| i64::try_from(own().filter(|booking| is(booking)).count()).unwrap();
        let marks = self.marks(customer);
        let number = |count: usize| i64::try_from(count).unwrap();
        let by_customer = |booking: &super::Reserved, late: bool| {
            booking.ever_confirmed && booking.axis == Axis::CancelledByCustomer { late }
                || (!late && self.has(Flaw::ShopCancelsCount) && booking.axis == Axis::CancelledByShop)
        };
        let alone = self.sales.iter().filter(|sale| sale.owner == customer && sale.stands && sale.booking.is_none());
        let shown = if self.has(Flaw::LastMenusOfTheFirstVisit) { marks.first() } else { marks.last() };
        Figures {
            visits: number(marks.len()),
            manual: number(marks.iter().filter(|mark| mark.manual.is_some()).count()),
            early: count(&|booking| by_customer(booking, false)),
            late: count(&|booking| by_customer(booking, true)),
            no_shows: count(&|booking| booking.axis == Axis::NoShow),
            reservations: count(&|booking| (booking.ever_confirmed || self.has(Flaw::TentativesCount)) && booking.axis != Axis::Error),
            first: marks.first().map(|mark| mark.day),
            last: marks.last().map(|mark| mark.day),
            last_menus: shown.map(|mark| mark.menus.clone()).unwrap_or_default(),
            amount: marks.iter().map(|mark| mark.amount).sum::<i64>() + alone.map(|sale| sale.total).sum::<i64>(),
            due: self.due_of(customer),
            days: marks.iter().map(|mark| mark.day).collect(),
        }
    }
}
