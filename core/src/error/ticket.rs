use crate::id::{TicketId, TicketPlanId};
use crate::time::Date;

problems! {
    /// Tickets 回数券 (K).
    pub enum TicketError {
        /// No such plan in this salon.
        PlanNotFound { /** The id. */ plan: TicketPlanId } = "ticket.plan_not_found" at "plan", "there is no ticket plan {plan}";
        /// The plan is not sold any more.
        PlanRetired { /** The plan. */ plan: TicketPlanId } = "ticket.plan_retired" at "plan", "the ticket plan {plan} is not sold any more";
        /// Somebody changed the plan meanwhile.
        PlanVersion { /** The field. */ field: &'static str, /** The version now. */ version: u32 } = "ticket.plan_version",
            "{field}: the plan is at version {version} now; read it again";
        /// Terms that cannot be (K1).
        Terms { /** The field. */ field: &'static str, /** What can be. */ expected: &'static str } = "ticket.terms", "{field}: {expected}";
        /// No such ticket in this salon.
        NotFound { /** The id. */ ticket: TicketId } = "ticket.not_found" at "ticket", "there is no ticket {ticket}";
        /// Somebody else bought it: only the buyer's own reservations may use it (K6).
        NotOwner { /** The ticket. */ ticket: TicketId } = "ticket.not_owner" at "ticket", "{ticket} was bought by another customer, and tickets are not transferred";
        /// The day of service lies after its last day (K3).
        Expired { /** The ticket. */ ticket: TicketId, /** Its last day. */ expires_on: Date } = "ticket.expired" at "ticket", "{ticket} can be used for services until {expires_on}";
        /// It does not cover what was booked (K1, K5).
        DoesNotFit { /** The ticket. */ ticket: TicketId, /** What it does not cover: `menu`, `staff` or `shop`. */ what: &'static str } =
            "ticket.does_not_fit" at "ticket", "{ticket} does not cover this {what}";
        /// Not so many uses are free (K2, K4).
        NotEnough { /** The field. */ field: &'static str, /** How many are free. */ free: u32 } = "ticket.not_enough", "{field}: {free} uses are free";
        /// No ticket of the customer fits (K7).
        NoneFits { /** The field. */ field: &'static str } = "ticket.none_fits", "{field}: the customer has no ticket for this menu, staff, shop and day";
        /// A number of uses that cannot be asked for, or too many tickets at once (K4).
        Uses { /** The field. */ field: &'static str } = "ticket.uses", "{field}: from 1 to 1000 uses, of at most 100 tickets at once";
        /// The reservation is settled with tickets already (K5).
        Settled { /** The field. */ field: &'static str } = "ticket.settled", "{field}: tickets pay for this reservation already";
        /// A line that no ticket of the reservation pays for (K5).
        NotPaid { /** The field. */ field: &'static str, /** Which line, from 1. */ position: u32 } =
            "ticket.not_paid", "{field}: no ticket of this reservation pays for line {position}";
        /// Tickets shall settle the visit, and no line says that it is paid by one (K5).
        PaysNothing { /** The field. */ field: &'static str } = "ticket.pays_nothing", "{field}: mark the lines that the tickets pay for with byTicket";
        /// 有効期限: only to a later day (K6).
        NotLater { /** The field. */ field: &'static str, /** The last day now. */ expires_on: Date } = "ticket.not_later", "{field}: a day after {expires_on}";
        /// It has expired, and this salon extends tickets only before that (K6).
        TooLate { /** The ticket. */ ticket: TicketId, /** Its last day. */ expires_on: Date } = "ticket.too_late" at "ticket", "{ticket} expired on {expires_on}; this salon extends tickets before that only";
        /// No reason where one is needed (K2, K6).
        ReasonBlank { /** The field. */ field: &'static str } = "ticket.reason_blank", "{field}: say why";
    }
}
