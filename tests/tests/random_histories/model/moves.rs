//! The moves of a reservation (R3, R4, R5), and what they do to money, tickets and points.

use super::super::days::Ms;
use super::super::orders::{Call, Step, Who};
use super::points::Source;
use super::{Answer, Axis, Fee, Flaw, Prepaid, Reserved, Salon, moved, named, place};

impl Reserved {
    /// Whether the table of moves has this one (R3).
    pub(in super::super) const fn allows(&self, step: Step) -> bool {
        let open = self.axis.is_open();
        match step {
            Step::Confirm => matches!(self.axis, Axis::Tentative),
            Step::ChoosePrepayment => open && matches!(self.prepaid, Prepaid::NotSelected | Prepaid::Refunded),
            Step::PayPrepayment => open && matches!(self.prepaid, Prepaid::Unpaid),
            Step::RefundPrepayment => open && matches!(self.prepaid, Prepaid::Paid(_)),
            Step::Visit | Step::NoShow => matches!(self.axis, Axis::Confirmed),
            Step::UndoVisit { .. } => matches!(self.axis, Axis::Visited) && self.sale.is_none(),
            Step::CancelByCustomer | Step::CancelByShop => open,
            Step::PayFee { .. } | Step::WaiveFee { .. } => matches!(self.fee, Fee::Due(_)),
            Step::EnteredInError => open || !matches!(self.axis, Axis::Visited | Axis::Error) && !matches!(self.fee, Fee::Due(_)),
        }
    }
}

impl Salon {
    pub(super) fn step(&mut self, id: u32, step: Step, call: &Call) -> Answer {
        let by_customers = matches!(step, Step::ChoosePrepayment | Step::CancelByCustomer);
        if matches!(call.who, Who::Customer(_)) && !by_customers {
            return Err(vec!["access.forbidden"]);
        }
        self.reachable(id, call)?;
        let booking = self.bookings[place(id)].clone();
        if !booking.allows(step) {
            return Err(vec!["booking.not_allowed"]);
        }
        let now = call.now;
        let mut points = 0;
        let mut refund = 0;
        match step {
            Step::Confirm => {
                let own = &mut self.bookings[place(id)];
                (own.axis, own.ever_confirmed) = (Axis::Confirmed, true);
            }
            Step::ChoosePrepayment => {
                if !self.policies.prepayment {
                    return Err(vec!["booking.prepayment_off"]);
                }
                self.bookings[place(id)].prepaid = Prepaid::Unpaid;
            }
            Step::PayPrepayment => {
                let amount = if self.has(Flaw::PrepaymentTakesAll) { booking.price() } else { self.unpaid(id) };
                self.bookings[place(id)].prepaid = Prepaid::Paid(amount);
            }
            Step::RefundPrepayment => {
                if let Prepaid::Paid(amount) = booking.prepaid {
                    refund = amount;
                }
                self.bookings[place(id)].prepaid = Prepaid::Refunded;
            }
            Step::Visit => {
                if self.today(now) < self.clock.day_of(booking.start) {
                    return Err(vec!["booking.visit_too_early"]);
                }
                self.bookings[place(id)].axis = Axis::Visited;
                // By what it earns is settled now, whatever the salon sets later (Z1).
                self.bookings[place(id)].rule = self.rule_for(id);
                self.use_up(id);
                points = self.earn_visit(id, self.unpaid(id), now);
            }
            Step::UndoVisit { reason } => {
                if !reason {
                    return Err(vec!["booking.reason_blank"]);
                }
                // Nothing lies ahead of who has left.
                if booking.start > now && self.person(booking.owner).is_some_and(super::Person::is_gone) {
                    return Err(vec!["customer.not_active"]);
                }
                self.bookings[place(id)].axis = Axis::Confirmed;
                self.hold_again(id);
                if !self.has(Flaw::UndoKeepsPoints) {
                    points = self.settle(Source::Visit(id), booking.owner, 0, now);
                }
            }
            Step::CancelByCustomer => {
                let late = self.is_late(&booking, now);
                let policy = if self.has(Flaw::PolicyOfToday) { &self.policies.cancellation } else { &booking.policy };
                let fee = if late && booking.ever_confirmed { policy.late_fee(booking.fee_start, now, booking.price()) } else { 0 };
                refund = self.close(id, Axis::CancelledByCustomer { late }, late && booking.ever_confirmed, fee);
            }
            Step::CancelByShop => refund = self.close(id, Axis::CancelledByShop, false, 0),
            Step::NoShow => {
                if now < booking.start {
                    return Err(vec!["booking.too_early"]);
                }
                refund = self.close(id, Axis::NoShow, true, booking.policy.no_show.of(booking.price()));
            }
            Step::PayFee { amount } => {
                if amount != booking.due() {
                    return Err(vec!["booking.amount"]);
                }
                let own = &mut self.bookings[place(id)];
                (own.fee, own.fee_taken) = (Fee::Paid, own.fee_taken + amount);
            }
            Step::WaiveFee { reason } => {
                if !reason {
                    return Err(vec!["booking.reason_blank"]);
                }
                self.bookings[place(id)].fee = Fee::Waived;
            }
            Step::EnteredInError => {
                refund = self.close(id, Axis::Error, false, 0) + booking.fee_taken;
                let own = &mut self.bookings[place(id)];
                if matches!(own.prepaid, Prepaid::Kept(_)) {
                    own.prepaid = Prepaid::Refunded;
                }
                // What a late cancel or a no-show used up was used by nobody.
                self.hold_again(id);
                self.let_go(id);
            }
        }
        let own = &self.bookings[place(id)];
        let overlaps = if step == Step::Confirm { self.overlapping(id) } else { Vec::new() };
        Ok(vec![
            ("reservation", named('r', id)),
            ("label", own.label().into()),
            ("due", own.due().into()),
            ("refund", refund.into()),
            ("points", moved(points)),
            ("overlaps", overlaps.into()),
        ])
    }

    fn is_late(&self, booking: &Reserved, now: Ms) -> bool {
        now > booking.deadline || (self.has(Flaw::DeadlineIsLate) && now == booking.deadline)
    }

    // The end of an open reservation: tickets, fee, prepayment (R4, K4). Answers what goes back of a prepayment.
    fn close(&mut self, id: u32, axis: Axis, against_the_customer: bool, fee: i64) -> i64 {
        let booking = &mut self.bookings[place(id)];
        booking.axis = axis;
        let consume = against_the_customer && booking.policy.consume_tickets && !booking.tickets.is_empty();
        // The tickets are the fee then.
        let fee = if consume { 0 } else { fee };
        let mut refund = 0;
        let mut covered = 0;
        if let Prepaid::Paid(amount) = booking.prepaid {
            covered = amount.min(fee);
            refund = amount - covered;
            booking.fee_taken = covered;
            booking.prepaid = if covered == 0 { Prepaid::Refunded } else { Prepaid::Kept(covered) };
        }
        let zero_is_due = self.flaw == Some(Flaw::FeeOfZeroIsDue) && against_the_customer;
        booking.fee = if fee > covered || (zero_is_due && fee == 0) {
            Fee::Due(fee - covered)
        } else if fee > 0 {
            Fee::Paid
        } else {
            Fee::None
        };
        if consume || self.has(Flaw::CancelsConsume) {
            self.use_up(id);
        } else {
            self.let_go(id);
        }
        refund
    }
}
