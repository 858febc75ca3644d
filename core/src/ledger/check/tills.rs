//! Sales (R9, Q5), tickets (K), points (Z1) and figures (N): sums that must come out.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::records::Ledger;
use crate::id::{PointLotId, ReservationId, TicketId};
use crate::money::Yen;
use crate::record::{
    BookingState, CancelTiming, CancelledBy, Entity, Figures, Kind, LateTickets, PointLot, PointSource, Reservation, Sale, Ticket,
    TicketBalance, TicketMove,
};
use crate::ticket;
use crate::time::Date;

/// The lots of each source of points, and when they expire.
pub(super) type PointSources = BTreeMap<String, BTreeMap<PointLotId, Option<Date>>>;

/// What a sale must satisfy alone: totals that reconcile (Q5).
pub(super) fn sale(sale: &Sale, findings: &mut Findings) {
    let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Sale, sale.id, detail);
    let lines = sale.lines.iter().try_fold(Yen::ZERO, |sum, line| sum.plus(line.charged()?));
    hold(lines.and_then(|lines| lines.minus(sale.discount)) == Ok(sale.total), "Q5", "its lines less the discount are not its total");
    hold(Yen::sum(sale.taxes.iter().map(|line| line.amount)) == Ok(sale.total), "Q5", "the amounts of its rates are not its total");
    hold(Yen::sum(sale.payments.iter().map(|payment| payment.amount)) == Ok(sale.total), "R9", "what was paid is not its total");
    hold(sale.taxes.iter().all(|line| line.rate.within(line.amount) == Ok(line.tax)), "Q5", "a tax that is not its rate's");
    hold(!sale.lines.is_empty(), "R9", "nothing is sold");
}

/// What a ticket must satisfy alone (K2, K7): its ledger never goes below zero, and its uses are worth its price.
pub(super) fn ticket(ticket: &Ticket, findings: &mut Findings) {
    let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Ticket, ticket.id, detail);
    let mut so_far = Ticket { entries: Vec::new(), ..ticket.clone() };
    let mut worth = Yen::ZERO;
    for entry in &ticket.entries {
        match entry.what {
            TicketMove::Consume { amount, .. } => worth = worth.plus(amount).unwrap_or(Yen::MAX),
            TicketMove::Restore { amount, .. } => worth = worth.minus(amount).unwrap_or(Yen::MAX),
            _ => {}
        }
        so_far.entries.push(entry.clone());
        let balance = so_far.balance();
        hold(balance.held >= 0 && balance.free() >= 0 && balance.used >= 0, "K2", "more was held or used than was there");
    }
    let used = u32::try_from(ticket.balance().used).unwrap_or(0);
    hold(ticket.terms.worth(0, used) == Ok(worth), "K7", "its used uses are not worth what its ledger says");
    hold(
        matches!(ticket.entries.first().map(|entry| &entry.what), Some(TicketMove::Purchase { .. })),
        "K2",
        "its ledger begins without a purchase",
    );
    let purchases = ticket.entries.iter().filter(|entry| matches!(entry.what, TicketMove::Purchase { .. })).count();
    hold(purchases == 1, "K2", "it was bought more than once");
}

/// What a lot of points must satisfy alone (Z1).
pub(super) fn points(lot: &PointLot, sources: &mut PointSources, findings: &mut Findings) {
    let mut hold = |holds: bool, detail: &str| findings.hold(holds, "Z1", Kind::PointLot, lot.id, detail);
    hold(lot.remaining() >= 0, "its balance is below zero");
    if lot.source != PointSource::Adjustment {
        sources.entry(format!("{:?}", lot.source)).or_default().insert(lot.id, lot.expires_on);
    }
}

/// Figures, tickets and sales against the records that they are made of.
pub(super) fn check(ledger: &Ledger, findings: &mut Findings) {
    for (customer, kept) in &ledger.figures {
        let sum = ledger.sums.get(customer).filter(|sum| !sum.is_none());
        findings.hold(sum == Some(kept), "N10", Kind::Figures, customer, "they are not what its customer's records come to");
    }
    for (customer, _) in ledger.sums.iter().filter(|(_, sum)| !Figures::is_none(sum)) {
        findings.hold(ledger.figures.contains_key(customer), "N10", Kind::Figures, customer, "they are missing");
    }
    sources(ledger, findings);
    covered(ledger, findings);
    holds(ledger, findings);
    sales(ledger, findings);
}

// A source has another lot of points only where the one before has expired (Z1); a voided sale has one for all that came back late.
fn sources(ledger: &Ledger, findings: &mut Findings) {
    for lots in ledger.point_sources.values() {
        for ((_, earlier), (id, later)) in lots.iter().zip(lots.iter().skip(1)) {
            let follows = earlier.is_some_and(|earlier| later.is_none_or(|later| earlier < later));
            findings.hold(follows, "Z1", Kind::PointLot, id, "its source earned twice");
        }
    }
}

// What tickets pay of a reservation is what their uses can pay (N8).
fn covered(ledger: &Ledger, findings: &mut Findings) {
    for reservation in ledger.with_tickets.iter().filter_map(|record| Reservation::of(record)) {
        let booked = reservation.tickets.iter().filter(|hold| !hold.at_checkout);
        let tickets: Vec<_> = booked.filter_map(|hold| Some((ledger.tickets.get(&hold.ticket)?.clone(), hold.uses))).collect();
        let sound = ticket::covered(reservation, &tickets) == Ok(reservation.covered);
        findings.hold(sound, "N8", Kind::Reservation, reservation.id, "its tickets do not pay what it says");
    }
}

// Every reservation's holds are in its tickets' ledgers, and the other way round (K2, K4).
fn holds(ledger: &Ledger, findings: &mut Findings) {
    let mut expected: BTreeMap<(TicketId, ReservationId), (i64, i64)> = BTreeMap::new();
    for (id, reservation) in &ledger.reservations {
        for hold in &reservation.tickets {
            let uses = i64::from(hold.uses);
            let (held, used) = match reservation.booking {
                _ if hold.released => (0, 0),
                BookingState::Tentative | BookingState::Confirmed => (uses, 0),
                BookingState::Visited { .. } => (0, uses),
                BookingState::NoShow { .. } if reservation.policy == LateTickets::Consume => (0, uses),
                BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. }
                    if reservation.policy == LateTickets::Consume =>
                {
                    // A tentative one that was never confirmed lets go all the same.
                    match ledger.tickets.get(&hold.ticket).map(|ticket| ticket.of_reservation(*id)) {
                        Some(TicketBalance { used: 0, .. }) | None => (0, 0),
                        Some(_) => (0, uses),
                    }
                }
                _ => (0, 0),
            };
            expected.insert((hold.ticket, *id), (held, used));
            let owner = ledger.tickets.get(&hold.ticket).map(|ticket| ticket.customer);
            findings.hold(
                owner == Some(reservation.customer),
                "K6",
                Kind::Reservation,
                id,
                "a ticket that its customer does not have pays for it",
            );
        }
    }
    for ticket in ledger.tickets.values() {
        let mut named: BTreeSet<ReservationId> = BTreeSet::new();
        for entry in &ticket.entries {
            match entry.what {
                TicketMove::Hold { reservation, .. }
                | TicketMove::Consume { reservation, .. }
                | TicketMove::Release { reservation, .. }
                | TicketMove::Restore { reservation, .. } => {
                    named.insert(reservation);
                }
                _ => {}
            }
        }
        named.extend(expected.keys().filter(|(own, _)| *own == ticket.id).map(|(_, reservation)| *reservation));
        for reservation in named {
            let balance = ticket.of_reservation(reservation);
            let wanted = expected.get(&(ticket.id, reservation)).copied().unwrap_or((0, 0));
            findings.hold(
                (balance.held, balance.used) == wanted,
                "K4",
                Kind::Ticket,
                ticket.id,
                &format!("its uses for {reservation} are not where the reservation stands"),
            );
        }
        findings.hold(ledger.sales.contains_key(&ticket.sale), "K1", Kind::Ticket, ticket.id, "the sale that sold it is missing");
    }
}

// A standing sale that closes a visit is that visit's, and no other's (R9).
fn sales(ledger: &Ledger, findings: &mut Findings) {
    for (id, (reservation, stands, customer, total)) in &ledger.sales {
        let Some(reservation) = reservation else { continue };
        let closed = ledger.reservations.get(reservation).filter(|closed| closed.customer == *customer);
        let own = closed.and_then(|closed| closed.checkout) == Some((*id, *total));
        findings.hold(own == *stands, "R9", Kind::Sale, id, "it and the visit that it closes do not name each other");
    }
    for (id, reservation) in &ledger.reservations {
        let Some((sale, _)) = reservation.checkout else { continue };
        let known = ledger.sales.get(&sale).is_some_and(|(of, stands, ..)| *of == Some(*id) && *stands);
        findings.hold(known, "R9", Kind::Reservation, id, "the sale that closed it is missing or voided");
    }
}
