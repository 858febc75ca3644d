//! The lines of a sale: what can be sold, and how it is kept (R9).

use crate::customer::limits;
use crate::error::{SaleError, TicketError};
use crate::id::TicketPlanId;
use crate::log::{Halt, Look, Read};
use crate::money::Yen;
use crate::record::{SaleItem, SaleLine, TicketPlan};
use crate::text::one_line;
use crate::ticket;

/// How many lines a sale can have, how many of one thing a line, and how many tickets it can sell.
const LINES: usize = 100;
const QUANTITY: u32 = 1_000;
const TICKETS: usize = 100;

/// The lines as they are kept, or the first that cannot be (R9).
pub(super) fn checked_lines(look: &dyn Look, lines: &[SaleLine]) -> Result<Vec<SaleLine>, Halt> {
    if lines.is_empty() || lines.len() > LINES {
        return Err(SaleError::Lines { field: "lines" }.into());
    }
    // All at once: each line may be of a plan of its own.
    look.want(&lines.iter().filter_map(plan_of).map(Read::one::<TicketPlan>).collect::<Vec<_>>())?;
    let mut checked = Vec::with_capacity(lines.len());
    for (position, line) in (1_u32..).zip(lines) {
        checked.push(checked_line(look, line, position)?);
    }
    Ok(checked)
}

fn checked_line(look: &dyn Look, line: &SaleLine, position: u32) -> Result<SaleLine, Halt> {
    let wrong = |expected: &'static str| SaleError::Line { field: "lines", position, expected };
    if line.price < Yen::ZERO || line.price > Yen::MAX {
        return Err(wrong("a price from ¥0 to ¥1,000,000,000").into());
    }
    if !(1..=QUANTITY).contains(&line.quantity) {
        return Err(wrong("a quantity from 1 to 1000").into());
    }
    let full = line.price.times(line.quantity)?;
    let discount = line.discount.unwrap_or_default();
    if discount < Yen::ZERO || discount > full {
        return Err(wrong("a discount from ¥0 to the price").into());
    }
    if line.by_ticket && (line.menu().is_none() || line.discount.is_some()) {
        return Err(wrong("a ticket pays for menus only, and whole").into());
    }
    let mut name = line.name.as_deref().map(|raw| one_line("lines", raw, limits::LINE)).transpose()?.filter(|text| !text.is_empty());
    if let Some(plan) = plan_of(line) {
        let plan = self::plan(look, plan)?;
        if line.price != plan.terms.price {
            return Err(wrong("a ticket is sold at its plan's price; a discount is given apart").into());
        }
        name.get_or_insert(plan.terms.name);
    }
    Ok(SaleLine { name, discount: line.discount.filter(|discount| *discount > Yen::ZERO), ..line.clone() })
}

const fn plan_of(line: &SaleLine) -> Option<&TicketPlanId> {
    match &line.item {
        SaleItem::Ticket { plan } => Some(plan),
        SaleItem::Menu { .. } | SaleItem::Option { .. } | SaleItem::Retail { .. } => None,
    }
}

fn plan(look: &dyn Look, id: &TicketPlanId) -> Result<TicketPlan, Halt> {
    look.find(id)?.ok_or_else(|| TicketError::PlanNotFound { plan: id.clone() }.into())
}

/// The plan of each ticket that lines sell, one for one.
pub(super) fn sold_tickets(look: &dyn Look, lines: &[SaleLine]) -> Result<Vec<TicketPlan>, Halt> {
    let mut sold = Vec::new();
    for (line, id) in lines.iter().filter_map(|line| plan_of(line).map(|id| (line, id))) {
        let plan = plan(look, id)?;
        ticket::for_sale(&plan)?;
        let quantity = usize::try_from(line.quantity).unwrap_or(usize::MAX);
        if sold.len().saturating_add(quantity) > TICKETS {
            return Err(SaleError::Lines { field: "lines" }.into());
        }
        sold.extend(core::iter::repeat_n(plan, quantity));
    }
    Ok(sold)
}
