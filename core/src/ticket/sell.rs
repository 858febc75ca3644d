use super::hold::write;
use crate::error::{SaleError, TicketError};
use crate::id::{CustomerId, SaleId, TicketId};
use crate::log::{Context, Draft, Halt};
use crate::record::{Ticket, TicketEntry, TicketMove, TicketPlan, TicketValidity};
use crate::time::Date;

/// Refuses to sell by a plan that is not sold any more.
pub(crate) fn for_sale(plan: &TicketPlan) -> Result<(), TicketError> {
    if plan.retired { Err(TicketError::PlanRetired { plan: plan.id.clone() }) } else { Ok(()) }
}

/// A ticket by a plan, sold today (K1): it copies the plan's terms. The period counts from the day after the sale, and its last day counts.
pub(crate) fn sell(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    plan: &TicketPlan,
    sale: SaleId,
    today: Date,
    context: &Context,
) -> Result<TicketId, Halt> {
    let id = draft.new_ticket()?;
    draft.put(Ticket {
        id,
        customer,
        version: 1,
        plan: plan.id.clone(),
        terms: plan.terms.clone(),
        sale,
        sold_on: today,
        expires_on: match plan.terms.valid {
            TicketValidity::Days { days } => today.days_after(days),
            TicketValidity::Months { months } => today.months_after(months),
        },
        entries: vec![TicketEntry { at: context.now, by: context.actor.id.clone(), what: TicketMove::Purchase { uses: plan.terms.uses } }],
    })?;
    Ok(id)
}

/// Takes the tickets of a voided sale back, if none of their uses is used or held: there is no refund (K6).
pub(crate) fn take_back(draft: &mut Draft<'_>, customer: CustomerId, sale: SaleId, context: &Context) -> Result<(), Halt> {
    let tickets: Vec<Ticket> = draft.read().children(customer)?;
    for ticket in tickets.into_iter().filter(|ticket| ticket.sale == sale) {
        let balance = ticket.balance();
        let back = i32::try_from(balance.remaining).ok().and_then(i32::checked_neg);
        let Some(uses) = back.filter(|_| balance.used == 0 && balance.held == 0) else {
            return Err(SaleError::TicketUsed { sale, ticket: ticket.id }.into());
        };
        if uses != 0 {
            write(draft, ticket, context, TicketMove::Adjust { uses, reason: format!("{sale}") })?;
        }
    }
    Ok(())
}
