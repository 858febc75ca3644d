use super::hold::{free, write};
use crate::customer::{active, given_reason, limits};
use crate::error::{SaleError, TicketError};
use crate::id::TicketId;
use crate::log::{Command, Context, Draft, Halt, Look, Role};
use crate::record::{Sale, Ticket, TicketMove};
use crate::text::one_line;
use crate::time::Date;

wire! {
    /// 有効期限変更: a later last day (K6).
    pub struct ExtendTicket {
        /// Which ticket.
        pub ticket: TicketId,
        /// The last day, later than now.
        pub to: Date,
        /// Why; needed once the ticket has expired, where the salon extends it then at all.
        pub reason: Option<String>,
    }
}

redacted_debug!(ExtendTicket { ticket, to });

wire! {
    /// Gives or takes uses by hand (K2).
    pub struct AdjustTicket {
        /// Which ticket.
        pub ticket: TicketId,
        /// More, or fewer: at most so many as are free.
        pub uses: i32,
        /// Why.
        pub reason: String,
    }
}

redacted_debug!(AdjustTicket { ticket, uses });

wire! {
    /// A changed ticket.
    #[derive(Debug)]
    pub struct ChangedTicket {
        /// Which.
        pub ticket: TicketId,
        /// Its version now.
        pub version: u32,
        /// Its last day of service.
        pub expires_on: Date,
        /// Uses that are left, held ones included.
        pub remaining: u32,
    }
}

fn own(look: &dyn Look, id: TicketId) -> Result<Ticket, Halt> {
    let ticket: Ticket = look.find(id)?.ok_or(TicketError::NotFound { ticket: id })?;
    active(look, ticket.customer)?;
    // What was taken back with its sale is not sold any more.
    let sale: Option<Sale> = look.find(ticket.sale)?;
    if sale.is_none_or(|sale| !sale.stands()) {
        return Err(SaleError::Voided { sale: ticket.sale }.into());
    }
    Ok(ticket)
}

fn changed(draft: &Draft<'_>, id: TicketId) -> Result<ChangedTicket, Halt> {
    let ticket: Ticket = draft.read().find(id)?.ok_or(TicketError::NotFound { ticket: id })?;
    let remaining = u32::try_from(ticket.balance().remaining).unwrap_or(0);
    Ok(ChangedTicket { ticket: id, version: ticket.version, expires_on: ticket.expires_on, remaining })
}

impl Command for ExtendTicket {
    type Output = ChangedTicket;
    const NAME: &'static str = "extendTicket";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<ChangedTicket, Halt> {
        let mut ticket = own(draft, self.ticket)?;
        let settings = draft.settings()?;
        let from = ticket.expires_on;
        if self.to <= from {
            return Err(TicketError::NotLater { field: "to", expires_on: from }.into());
        }
        let reason = self.reason.as_deref().map(|raw| one_line("reason", raw, limits::LINE)).transpose()?.filter(|text| !text.is_empty());
        // On its last day it has not expired yet (K3).
        if settings.calendar.day_of(context.now)? > from {
            if !settings.extend_expired_tickets {
                return Err(TicketError::TooLate { ticket: self.ticket, expires_on: from }.into());
            }
            if reason.is_none() {
                return Err(TicketError::ReasonBlank { field: "reason" }.into());
            }
        }
        ticket.expires_on = self.to;
        write(draft, ticket, context, TicketMove::Extend { from, to: self.to, reason })?;
        changed(draft, self.ticket)
    }
}

impl Command for AdjustTicket {
    type Output = ChangedTicket;
    const NAME: &'static str = "adjustTicket";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<ChangedTicket, Halt> {
        let ticket = own(draft, self.ticket)?;
        let reason = given_reason(&self.reason, TicketError::ReasonBlank { field: "reason" })?;
        let free = free(&ticket);
        if self.uses == 0 || self.uses.unsigned_abs() > 1_000 {
            return Err(TicketError::Uses { field: "uses" }.into());
        }
        if self.uses < 0 && self.uses.unsigned_abs() > free {
            return Err(TicketError::NotEnough { field: "uses", free }.into());
        }
        write(draft, ticket, context, TicketMove::Adjust { uses: self.uses, reason })?;
        changed(draft, self.ticket)
    }
}
