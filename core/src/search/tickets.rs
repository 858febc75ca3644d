//! 回数券: who holds tickets, and which are about to expire (K8).

use super::index::{Index, IndexQuery};
use super::page::{Paging, Plainly, Sizes};
use super::row::CustomerRow;
use crate::error::SearchError;
use crate::id::{CustomerId, TicketId, TicketPlanId};
use crate::log::{Halt, Role};
use crate::record::{Ticket, TicketCounts};
use crate::time::{Date, Instant};

/// A ticket as the index keeps one.
#[derive(PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Held {
    id: TicketId,
    customer: CustomerId,
    plan: TicketPlanId,
    name: String,
    sold_on: Date,
    expires_on: Date,
    remaining: u32,
    held: u32,
    used: u32,
}

impl Held {
    pub(super) fn of(ticket: &Ticket) -> Self {
        let TicketCounts { remaining, held, used } = ticket.balance().counts();
        Self {
            id: ticket.id,
            customer: ticket.customer,
            plan: ticket.plan.clone(),
            name: ticket.terms.name.clone(),
            sold_on: ticket.sold_on,
            expires_on: ticket.expires_on,
            remaining,
            held,
            used,
        }
    }
}

wire! {
    /// 回数券の一覧: tickets of active customers, the earliest to expire first (K8).
    #[derive(Debug, Default)]
    pub struct ListTickets {
        /// Only those with uses left that expire within so many days, today included; at most 36,500.
        pub expiring_within: Option<u32>,
        /// Only those sold by this plan.
        pub plan: Option<TicketPlanId>,
        /// Also those that are used up or expired.
        pub all: bool,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of tickets.
    #[derive(Debug)]
    pub struct TicketPage {
        /// The rows.
        pub tickets: Vec<TicketHolder>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// A ticket and who holds it.
    #[derive(Debug)]
    pub struct TicketHolder {
        /// Which.
        pub ticket: TicketId,
        /// By which plan it was sold.
        pub plan: TicketPlanId,
        /// 回数券名
        pub name: String,
        /// The business day of its sale.
        pub sold_on: Date,
        /// 有効期限: the last day of service.
        pub expires_on: Date,
        /// 残り回数, held ones included.
        pub remaining: u32,
        /// Kept for reservations.
        pub held: u32,
        /// 消化回数
        pub used: u32,
        /// The holder.
        pub customer: CustomerRow,
    }
}

impl IndexQuery for ListTickets {
    type Output = TicketPage;
    const NAME: &'static str = "listTickets";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<TicketPage, Halt> {
        let today = index.day_of(now)?;
        if self.expiring_within.is_some_and(|days| days > 36_500) {
            return Err(SearchError::Days { field: "expiringWithin" }.into());
        }
        let until = self.expiring_within.map(|days| today.days_after(days));
        // What is listed depends on the day too, so a cursor of yesterday is of another question.
        let question = Plainly(Self::NAME, (self.expiring_within, &self.plan, self.all, today));
        let paging = Paging::of(Sizes::OF_ROWS, self.page_size, self.cursor.as_deref(), index.sequence(), &question)?;
        let matches = index.tickets().filter(|held| {
            let usable = held.remaining > 0 && held.expires_on >= today;
            let wanted = until.map_or(usable || self.all, |until| usable && held.expires_on <= until);
            wanted && self.plan.as_ref().is_none_or(|plan| held.plan == *plan) && index.is_active(held.customer)
        });
        let order = |held: &Held| (held.expires_on, held.id);
        let cut = paging.cut(
            matches.collect(),
            |one: &&Held, other| order(one).cmp(&order(other)),
            |held| held.id.ordinal(),
            |id| index.ticket(TicketId::from_ordinal(id)),
        )?;
        let customers: Vec<CustomerId> = cut.rows.iter().map(|held| held.customer).collect();
        let mut tickets = Vec::new();
        for (held, customer) in cut.rows.iter().zip(index.rows(&customers)?) {
            let Some(customer) = customer else { continue };
            tickets.push(TicketHolder {
                ticket: held.id,
                plan: held.plan.clone(),
                name: held.name.clone(),
                sold_on: held.sold_on,
                expires_on: held.expires_on,
                remaining: held.remaining,
                held: held.held,
                used: held.used,
                customer,
            });
        }
        Ok(TicketPage { tickets, total: cut.total, cursor: cut.cursor, sequence: index.sequence() })
    }
}
