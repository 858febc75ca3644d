//! Reservations: how they are booked and given a new time (R1, R2, R6, R8).

use super::super::days::{HOUR, MINUTE, Ms};
use super::super::orders::{Booking, Call, Cancellation, Charge, Deadline, Line, Rule, Who};
use super::{Answer, Flaw, Salon, named, next_number, place};

/// The booking axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Axis {
    Tentative,
    Confirmed,
    Visited,
    CancelledByCustomer { late: bool },
    CancelledByShop,
    NoShow,
    Error,
}

impl Axis {
    pub(in super::super) const fn is_open(self) -> bool {
        matches!(self, Self::Tentative | Self::Confirmed)
    }
}

/// The prepayment axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Prepaid {
    NotSelected,
    Unpaid,
    Paid(i64),
    Refunded,
    Kept(i64),
}

/// The fee axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Fee {
    None,
    Due(i64),
    Paid,
    Waived,
}

#[derive(Clone, Debug)]
pub(in super::super) struct Reserved {
    pub(in super::super) owner: u32,
    pub(in super::super) shop: u32,
    pub(in super::super) staff: Option<u32>,
    pub(in super::super) lines: Vec<Line>,
    pub(in super::super) start: Ms,
    pub(in super::super) end: Ms,
    pub(in super::super) axis: Axis,
    pub(in super::super) prepaid: Prepaid,
    pub(in super::super) fee: Fee,
    /// What of a fee the salon has: out of a prepayment, or paid afterwards.
    pub(in super::super) fee_taken: i64,
    pub(in super::super) ever_confirmed: bool,
    /// As it was when booked (R6).
    pub(in super::super) policy: Cancellation,
    pub(in super::super) deadline: Ms,
    /// The start that the fee's tiers count from.
    pub(in super::super) fee_start: Ms,
    /// What a visit earned by the salon's rule when it was booked (Z1).
    pub(in super::super) rule: Option<Rule>,
    /// Its uses were asked for at checkout, not when it was booked (K5).
    pub(in super::super) settled_at_checkout: bool,
    /// The uses that it had used up and its sale let go, by ticket: no line of that was paid by one.
    pub(in super::super) let_go: Vec<(u32, i64)>,
    /// The tickets that pay for it; their uses say how often.
    pub(in super::super) tickets: Vec<u32>,
    /// The standing sale that closed it.
    pub(in super::super) sale: Option<u32>,
}

impl Reserved {
    pub(in super::super) fn price(&self) -> i64 {
        self.lines.iter().map(|line| line.price).sum()
    }

    pub(in super::super) const fn due(&self) -> i64 {
        match self.fee {
            Fee::Due(amount) => amount,
            _ => 0,
        }
    }

    /// The label (R2); none for one entered in error.
    pub(in super::super) const fn label(&self) -> Option<&'static str> {
        Some(match (self.axis, self.prepaid, self.fee) {
            (Axis::Error, _, _) => return None,
            (Axis::Tentative, _, _) => "tentative",
            (Axis::Confirmed, Prepaid::Unpaid, _) => "prepaymentUnpaid",
            (Axis::Confirmed, Prepaid::Paid(_), _) => "prepaid",
            (Axis::Confirmed, _, _) => "upcoming",
            (Axis::Visited, _, _) => "visited",
            (Axis::CancelledByCustomer { late: true } | Axis::NoShow, _, Fee::Due(_)) => "feeUnpaid",
            (Axis::CancelledByShop, Prepaid::NotSelected, _) => "cancelled",
            (Axis::CancelledByShop, _, _) => "shopCancelledPrepaid",
            (Axis::CancelledByCustomer { .. } | Axis::NoShow, _, _) => "cancelled",
        })
    }
}

impl Charge {
    pub(in super::super) const fn of(self, price: i64) -> i64 {
        match self {
            Self::Yen(amount) => amount,
            Self::Percent(percent) => (price * percent).div_euclid(100),
        }
    }
}

impl Cancellation {
    /// What a cancel after the deadline costs: of the tiers whose time has come, the one nearest to the start.
    pub(super) fn late_fee(&self, start: Ms, at: Ms, price: i64) -> i64 {
        let mut nearest: Option<(i64, Charge)> = None;
        for (hours, charge) in &self.tiers {
            if at > start - hours * HOUR && nearest.is_none_or(|(known, _)| *hours < known) {
                nearest = Some((*hours, *charge));
            }
        }
        nearest.map_or(0, |(_, charge)| charge.of(price))
    }
}

impl Salon {
    pub(in super::super) fn booking(&self, id: u32) -> Option<&Reserved> {
        self.bookings.get(place(id))
    }

    /// Open reservations of a customer, with their ids.
    pub(in super::super) fn open_of(&self, customer: u32) -> impl Iterator<Item = (u32, &Reserved)> {
        (1_u32..).zip(&self.bookings).filter(move |(_, booking)| booking.owner == customer && booking.axis.is_open())
    }

    pub(in super::super) fn deadline(&self, policy: &Cancellation, start: Ms) -> Ms {
        match policy.deadline {
            Deadline::Hours(hours) => start - hours * HOUR,
            Deadline::Days { days, minutes } => {
                // The one instant of that business day at which the clocks show this time (T2).
                let begins = self.clock.start_of(self.clock.day_of(start) - days);
                let hour = (0..24 * 60).map(|minute| begins + minute * MINUTE).find(|at| self.clock.minutes_at(*at) == minutes);
                hour.unwrap().min(start)
            }
        }
    }

    fn wrong_times(start: Ms, end: Ms) -> Vec<&'static str> {
        let mut wrong = Vec::new();
        if end <= start {
            wrong.push("booking.ends_before_start");
        }
        if end - start > 24 * HOUR {
            wrong.push("booking.too_long");
        }
        wrong
    }

    /// Two that are confirmed (R8).
    pub(super) fn overlapping(&self, this: u32) -> Vec<serde_json::Value> {
        let own = &self.bookings[place(this)];
        let confirmed = |booking: &Reserved| booking.axis == Axis::Confirmed || self.has(Flaw::TentativesOverlap);
        self.open_of(own.owner)
            .filter(|(id, other)| *id != this && confirmed(own) && confirmed(other) && other.start < own.end && own.start < other.end)
            .map(|(id, _)| named('r', id))
            .collect()
    }

    // Only staff enter what has been.
    fn has_been(start: Ms, call: &Call) -> bool {
        matches!(call.who, Who::Customer(_)) && start < call.now
    }

    fn booked(&self, id: u32, warnings: &[&str]) -> super::Reply {
        let booking = &self.bookings[place(id)];
        let warnings: Vec<&str> = warnings.to_vec();
        vec![
            ("reservation", named('r', id)),
            ("label", booking.label().into()),
            ("deadline", booking.deadline.into()),
            ("warnings", warnings.into()),
            ("overlaps", self.overlapping(id).into()),
        ]
    }

    pub(super) fn book(&mut self, form: &Booking, call: &Call) -> Answer {
        if let Who::Customer(own) = call.who {
            if !self.is_self(own, form.customer) {
                return Err(vec!["access.not_yours"]);
            }
            if !call.channel.online() {
                return Err(vec!["access.channel"]);
            }
        }
        if self.person(form.customer).is_none() {
            return Err(vec!["customer.not_found"]);
        }
        let mut reasons = Self::wrong_times(form.start, form.end);
        if Self::has_been(form.start, call) {
            reasons.push("booking.in_past");
        }
        if form.lines.is_empty() {
            reasons.push("booking.no_lines");
        }
        if form.prepay && !self.policies.prepayment {
            reasons.push("booking.prepayment_off");
        }
        let warnings = self.pass_gate(form.customer, call);
        let policy = self.policies.cancellation.clone();
        let id = next_number(self.bookings.len());
        self.bookings.push(Reserved {
            owner: form.customer,
            shop: form.shop,
            staff: form.staff,
            lines: form.lines.clone(),
            start: form.start,
            end: form.end,
            axis: if form.tentative { Axis::Tentative } else { Axis::Confirmed },
            prepaid: if form.prepay { Prepaid::Unpaid } else { Prepaid::NotSelected },
            fee: Fee::None,
            fee_taken: 0,
            ever_confirmed: !form.tentative,
            deadline: self.deadline(&policy, form.start),
            policy,
            fee_start: form.start,
            rule: self.policies.rule,
            settled_at_checkout: false,
            let_go: Vec::new(),
            tickets: Vec::new(),
            sale: None,
        });
        reasons.extend(self.hold(id, &self.booked_services(id), &form.tickets, call).err().unwrap_or_default());
        super::unless(reasons)?;
        // Last, so that whoever is blocked learns no more from a request that is wrong than anybody would (G3).
        let warnings = warnings.map_err(|closed| vec![closed])?;
        Ok(self.booked(id, &warnings))
    }

    /// A reservation that whoever calls may name.
    pub(super) fn reachable(&self, id: u32, call: &Call) -> Result<(), Vec<&'static str>> {
        if let Who::Customer(own) = call.who {
            if !call.channel.online() {
                return Err(vec!["access.channel"]);
            }
            if self.booking(id).is_some_and(|booking| !self.is_self(own, booking.owner) || booking.axis == Axis::Error) {
                return Err(vec!["booking.not_found"]);
            }
        }
        if self.booking(id).is_none() { Err(vec!["booking.not_found"]) } else { Ok(()) }
    }

    pub(super) fn reschedule(&mut self, id: u32, start: Ms, end: Ms, staff: Option<u32>, call: &Call) -> Answer {
        self.reachable(id, call)?;
        let booking = self.bookings[place(id)].clone();
        if !booking.axis.is_open() {
            return Err(vec!["booking.not_allowed"]);
        }
        let mut reasons = Self::wrong_times(start, end);
        if Self::has_been(booking.start, call) {
            reasons.push("booking.started");
        }
        if Self::has_been(start, call) {
            reasons.push("booking.in_past");
        }
        let warnings = self.pass_gate(booking.owner, call);
        // After the deadline neither a free cancel nor a lower fee comes back (R6).
        let in_time = call.now <= booking.deadline || self.has(Flaw::LateRescheduleMovesDeadline);
        let deadline = if in_time { self.deadline(&booking.policy, start) } else { booking.deadline };
        let fee_start = if in_time { start } else { booking.fee_start };
        let staff = staff.or(booking.staff);
        self.bookings[place(id)] = Reserved { start, end, deadline, fee_start, staff, ..booking };
        let services = self.booked_services(id);
        for ticket in self.bookings[place(id)].tickets.clone() {
            reasons.extend(self.obstacle(ticket, &services));
        }
        super::unless(reasons)?;
        let warnings = warnings.map_err(|closed| vec![closed])?;
        Ok(self.booked(id, &warnings))
    }
}
