//! What stands against a sale, and what it comes to: one answer for the quote and for the sale (R9).

use super::lines::{checked_lines, sold_tickets};
use super::quote::{QuoteSale, SaleQuote};
use super::reckon::reckon;
use crate::booking::{Step, must_allow};
use crate::customer::{active, settling};
use crate::error::{BookingError, SaleError, TicketError};
use crate::id::{CustomerId, ShopId, StaffId};
use crate::log::{Halt, Look, Role};
use crate::points;
use crate::record::{Reservation, SaleLine, Ticket, TicketPlan};
use crate::ticket::{self, Service, Services, Uses};
use crate::time::{Date, Instant};

/// A sale that nothing stands against: all that is left is to pay.
pub(super) struct Reckoned {
    pub(super) customer: CustomerId,
    /// The visit that it closes.
    pub(super) reservation: Option<Reservation>,
    pub(super) shop: ShopId,
    pub(super) staff: Option<StaffId>,
    /// The lines as they are kept.
    pub(super) lines: Vec<SaleLine>,
    /// By which plan each ticket is sold.
    pub(super) sold: Vec<TicketPlan>,
    /// The tickets that settle the visit now, and how many uses of each (K5).
    pub(super) chosen: Vec<(Ticket, u32)>,
    pub(super) today: Date,
    pub(super) quote: SaleQuote,
}

impl QuoteSale {
    /// Whatever a sale can be refused for, but for how it is paid.
    pub(super) fn reckon(&self, look: &dyn Look, now: Instant) -> Result<Reckoned, Halt> {
        // Who has left pays for the visit that is still to be closed (W3).
        let customer = if self.reservation.is_some() { settling(look, self.customer)? } else { active(look, self.customer)? }.id;
        let settings = crate::log::settings(look)?;
        let today = settings.calendar.day_of(now)?;
        let reservation = self.closing(look, customer)?;
        let of_visit = reservation.as_ref();
        let shop = self.shop.as_ref().or(of_visit.map(|visit| &visit.shop)).cloned().ok_or(SaleError::Shop { field: "shop" })?;
        let staff = self.staff.as_ref().or(of_visit.and_then(|visit| visit.staff.as_ref())).cloned();
        let lines = checked_lines(look, &self.lines)?;
        let sold = sold_tickets(look, &lines)?;
        let day = of_visit.map_or(Ok(today), |visit| settings.calendar.day_of(visit.start))?;
        let services = Services { customer, shop: &shop, day, each: by_ticket(&lines, staff.as_ref()).collect() };
        let chosen = self.settled_with(look, of_visit, &services)?;
        let paying = match of_visit {
            Some(visit) if chosen.is_empty() => ticket::paying(look, visit)?,
            _ => chosen.clone(),
        };
        must_pay(&services, &paying)?;
        let points = self.points.unwrap_or_default();
        let mut quote = reckon(&lines, self.discount.unwrap_or_default(), of_visit, points)?;
        for (ticket, uses) in &chosen {
            quote.settled = quote.settled.plus(ticket.terms.worth(ticket.balance().used, *uses)?)?;
        }
        if services.each.is_empty() {
            quote.released = paying.iter().fold(0, |sum, (_, uses)| sum.saturating_add(*uses));
        }
        points::must_have(look, &settings, customer, points, today)?;
        Ok(Reckoned { customer, shop, staff, sold, chosen, today, quote, reservation, lines })
    }

    // The visit that a sale closes: the customer's own, visited and not checked out yet.
    fn closing(&self, look: &dyn Look, customer: CustomerId) -> Result<Option<Reservation>, Halt> {
        let Some(id) = self.reservation else { return Ok(None) };
        let reservation: Option<Reservation> = look.find(id)?;
        let own = reservation.filter(|reservation| reservation.customer == customer);
        let reservation = own.ok_or(BookingError::NotFound { reservation: id })?;
        must_allow(&reservation, Step::Checkout, &*crate::log::shared_settings(look)?)?;
        Ok(Some(reservation))
    }

    // K5: a visit that was booked without tickets is settled with some.
    fn settled_with(&self, look: &dyn Look, visit: Option<&Reservation>, services: &Services<'_>) -> Result<Vec<(Ticket, u32)>, Halt> {
        if self.tickets.is_empty() {
            return Ok(Vec::new());
        }
        let visit = visit.ok_or(SaleError::NoReservation { field: "tickets" })?;
        if !visit.tickets.is_empty() {
            return Err(TicketError::Settled { field: "tickets" }.into());
        }
        // Nobody uses a ticket up and pays in full.
        if services.each.is_empty() {
            return Err(TicketError::PaysNothing { field: "lines" }.into());
        }
        ticket::choose(look, services, &self.tickets, Role::Staff)
    }
}

// The lines that say that a ticket pays for them.
fn by_ticket<'a>(lines: &'a [SaleLine], staff: Option<&'a StaffId>) -> impl Iterator<Item = Service<'a>> {
    (1_u32..).zip(lines).filter(|(_, line)| line.by_ticket).filter_map(move |(position, line)| {
        let menu = line.menu()?;
        Some(Service { position, menu, staff: line.staff.as_ref().or(staff), times: line.quantity })
    })
}

// Each of them finds a use of its own, of a ticket that covers its menu, its staff and the shop (K5).
fn must_pay(services: &Services<'_>, tickets: &[(Ticket, u32)]) -> Result<(), TicketError> {
    let mut uses = Uses::of(tickets);
    match services.each.iter().find(|service| !uses.pay(tickets, services.shop, service)) {
        None => Ok(()),
        Some(service) => Err(TicketError::NotPaid { field: "lines", position: service.position }),
    }
}
