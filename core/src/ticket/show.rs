use crate::customer::{may_name, may_see, resolve};
use crate::error::TicketError;
use crate::id::{CustomerId, TicketId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Ticket, TicketCounts, TicketMove};
use crate::time::{Date, Instant};

wire! {
    /// A customer's tickets.
    #[derive(Debug)]
    pub struct GetTickets {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// One ticket with its history (K8).
    #[derive(Debug)]
    pub struct GetTicket {
        /// Which.
        pub ticket: TicketId,
    }
}

wire! {
    /// Tickets, the earliest to expire first.
    #[derive(Debug)]
    pub struct Tickets {
        /// The tickets, used up and expired ones included.
        pub tickets: Vec<TicketRow>,
    }
}

wire! {
    /// A ticket with what its ledger comes to (K8).
    #[derive(Debug)]
    pub struct TicketRow {
        /// The record, with its history.
        pub ticket: Ticket,
        /// 残り回数, held ones included.
        pub remaining: u32,
        /// Kept for reservations.
        pub held: u32,
        /// 消化回数
        pub used: u32,
        /// Whether today is after its last day.
        pub expired: bool,
    }
}

fn row(mut ticket: Ticket, today: Date, actor: &Actor) -> TicketRow {
    let TicketCounts { remaining, held, used } = ticket.balance().counts();
    if actor.role == Role::Customer {
        // Why the shop changed something is the shop's own.
        for entry in &mut ticket.entries {
            match &mut entry.what {
                TicketMove::Extend { reason, .. } => *reason = None,
                TicketMove::Adjust { reason, .. } => reason.clear(),
                _ => {}
            }
        }
    }
    TicketRow { remaining, held, used, expired: today > ticket.expires_on, ticket }
}

impl Query for GetTickets {
    type Output = Tickets;
    const NAME: &'static str = "getTickets";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<Tickets, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = resolve(look, self.customer)?;
        let today = crate::log::settings(look)?.calendar.day_of(now)?;
        let mut tickets: Vec<Ticket> = look.children(customer.id)?;
        tickets.sort_by_key(|ticket| (ticket.expires_on, ticket.id));
        Ok(Tickets { tickets: tickets.into_iter().map(|ticket| row(ticket, today, actor)).collect() })
    }
}

impl Query for GetTicket {
    type Output = TicketRow;
    const NAME: &'static str = "getTicket";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<TicketRow, Halt> {
        let missing = || TicketError::NotFound { ticket: self.ticket };
        let ticket: Ticket = look.find(self.ticket)?.ok_or_else(missing)?;
        may_see(look, actor, ticket.customer, Self::NAME, || missing().into())?;
        let today = crate::log::settings(look)?.calendar.day_of(now)?;
        Ok(row(ticket, today, actor))
    }
}
