//! Reservations (R): the three axes fit together, and each hangs on a customer that can have one.

use std::collections::BTreeMap;

use super::Findings;
use super::customers::given;
use super::records::Ledger;
use crate::id::CustomerId;
use crate::money::Yen;
use crate::record::{BookingState, CancelTiming, CancelledBy, Fee, Kind, Prepayment, Reservation};

/// What a reservation must satisfy alone.
pub(super) fn alone(reservation: &Reservation, findings: &mut Findings) {
    let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Reservation, reservation.id, detail);
    hold(reservation.version > 0, "R1", "its version is 0");
    hold(reservation.end > reservation.start, "R1", "it ends before it starts");
    hold(!reservation.lines.is_empty(), "R1", "it has no menu");
    hold(reservation.lines.iter().all(|line| line.price >= Yen::ZERO), "R1", "a menu with a price below ¥0");
    let late = matches!(
        reservation.booking,
        BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. } | BookingState::NoShow { .. }
    );
    match &reservation.fee {
        Fee::None => {}
        Fee::Due { amount } | Fee::Paid { amount } | Fee::Waived { amount, .. } => {
            hold(late, "R4", "a cancellation fee without a late cancel by the customer or a no-show");
            hold(*amount > Yen::ZERO, "R4", "a cancellation fee of ¥0 or less");
        }
    }
    if let Fee::Waived { reason, .. } = &reservation.fee {
        hold(!reason.trim().is_empty(), "R3", "a fee was waived without a reason");
    }
    match reservation.prepayment {
        Prepayment::NotSelected | Prepayment::Unpaid => {}
        Prepayment::Paid { amount } | Prepayment::Refunded { amount } => hold(amount >= Yen::ZERO, "R2", "a prepayment below ¥0"),
        Prepayment::Kept { kept, refund } => {
            hold(late, "R4", "a prepayment kept without a late cancel by the customer or a no-show");
            hold(kept > Yen::ZERO && refund >= Yen::ZERO, "R4", "a kept prepayment of ¥0 or less, or a refund below ¥0");
        }
    }
    let visited = matches!(reservation.booking, BookingState::Visited { .. });
    hold(visited || reservation.checkout.is_none(), "R9", "checked out without a visit");
    match reservation.booking {
        BookingState::Tentative => hold(!reservation.ever_confirmed, "R2", "tentative although it was confirmed"),
        BookingState::Confirmed | BookingState::Visited { .. } | BookingState::NoShow { .. } => {
            hold(reservation.ever_confirmed, "R2", "confirmed, visited or a no-show although never confirmed");
        }
        BookingState::Cancelled { at, timing, .. } => {
            hold((timing == CancelTiming::Early) == (at <= reservation.deadline), "R4", "early or late against its own deadline");
        }
        BookingState::EnteredInError { .. } => {}
    }
}

/// What hangs on customers: they exist, and are not merged into others (M2).
pub(super) fn check(ledger: &Ledger, findings: &mut Findings) {
    let owners: BTreeMap<(Kind, &str), CustomerId> =
        ledger.children.iter().map(|child| ((child.kind, child.id.as_str()), child.customer)).collect();
    for child in &ledger.children {
        for (kind, id) in &child.bound_to {
            // A deleted visit by hand leaves the lot that it earned.
            let own = owners.get(&(*kind, id.as_str())).is_none_or(|owner| *owner == child.customer);
            findings.hold(own, "M2", child.kind, &child.id, &format!("it is bound to {id}, which is not its customer's"));
        }
    }
    for child in &ledger.children {
        findings.hold(ledger.customers.contains_key(&child.customer), "A5", child.kind, &child.id, "its customer is missing");
        findings.hold(!ledger.is_merged(child.customer), "M2", child.kind, &child.id, "it hangs on a customer who was merged into another");
        let counters = &ledger.counters;
        let last = match child.kind {
            Kind::Reservation => counters.reservations,
            Kind::ManualVisit => counters.manual_visits,
            Kind::Sale => counters.sales,
            Kind::Ticket => counters.tickets,
            Kind::PointLot => counters.point_lots,
            _ => continue,
        };
        // Such ids are one letter and the ordinal.
        let ordinal = child.id.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        findings.hold(given(ordinal, last), "C7", child.kind, &child.id, "an id that was never given out");
    }
}
