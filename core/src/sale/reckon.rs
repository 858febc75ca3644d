//! What a sale comes to: the same reckoning for the quote and for the sale.

use crate::customer::{limits, may_name};
use crate::error::{AmountError, Error, SaleError};
use crate::id::{CustomerId, ReservationId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{Prepayment, Reservation, SaleItem, SaleLine, TaxLine, TaxRate, TicketPlan};
use crate::text::one_line;
use crate::time::Instant;

wire! {
    /// What a sale would come to, before anybody pays.
    #[derive(Debug)]
    pub struct QuoteSale {
        /// Who buys.
        pub customer: CustomerId,
        /// The visit that it closes.
        pub reservation: Option<ReservationId>,
        /// What is sold.
        pub lines: Vec<SaleLine>,
        /// 値引き on the whole.
        pub discount: Option<Yen>,
        /// Points to spend.
        pub points: Option<u32>,
    }
}

wire! {
    /// What a sale comes to.
    #[derive(Debug)]
    pub struct SaleQuote {
        /// 合計, tax included.
        pub total: Yen,
        /// The tax within it, rate by rate.
        pub taxes: Vec<TaxLine>,
        /// What the prepayment pays.
        pub prepaid: Yen,
        /// What of the prepayment goes back, where it was more than the total.
        pub refund: Yen,
        /// What points pay.
        pub points: u32,
        /// What is left to pay.
        pub due: Yen,
    }
}

/// How many lines a sale can have, and how many of one thing a line.
const LINES: usize = 100;
const QUANTITY: u32 = 1_000;

/// The lines as they are kept, or the first that cannot be (R9).
pub(super) fn checked_lines(look: &dyn Look, lines: &[SaleLine]) -> Result<Vec<SaleLine>, Halt> {
    if lines.is_empty() || lines.len() > LINES {
        return Err(SaleError::Lines { field: "lines" }.into());
    }
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
    if let SaleItem::Ticket { plan } = &line.item {
        let plan = self::plan(look, plan)?;
        if line.price != plan.terms.price || line.discount.is_some() {
            return Err(wrong("a ticket is sold at its plan's price").into());
        }
        name.get_or_insert(plan.terms.name);
    }
    Ok(SaleLine { name, discount: line.discount.filter(|discount| *discount > Yen::ZERO), ..line.clone() })
}

pub(super) fn plan(look: &dyn Look, id: &crate::id::TicketPlanId) -> Result<TicketPlan, Halt> {
    look.find(id)?.ok_or_else(|| crate::error::TicketError::PlanNotFound { plan: id.clone() }.into())
}

/// What the lines come to, rate by rate, with a discount on the whole spread by their shares: tax is reckoned once per rate (Q5).
pub(super) fn taxes(lines: &[SaleLine], discount: Yen) -> Result<Vec<TaxLine>, Error> {
    let of = |rate: TaxRate| -> Result<Yen, AmountError> {
        lines.iter().filter(|line| line.rate == rate).try_fold(Yen::ZERO, |sum, line| sum.plus(line.charged()?))
    };
    let (standard, reduced) = (of(TaxRate::Standard)?, of(TaxRate::Reduced)?);
    let all = standard.plus(reduced)?;
    if discount < Yen::ZERO || discount > all {
        return Err(SaleError::Discount { field: "discount", max: all }.into());
    }
    // The lower rate's share is rounded down, the rest falls on the higher: neither share can exceed what it is taken off.
    let share = discount.0.checked_mul(reduced.0).ok_or(AmountError::Overflow)?.checked_div(all.0).unwrap_or(0);
    let left = [(TaxRate::Standard, standard.minus(discount.minus(Yen(share))?)?), (TaxRate::Reduced, reduced.minus(Yen(share))?)];
    let mut found = Vec::new();
    for (rate, amount) in left {
        if lines.iter().any(|line| line.rate == rate) {
            found.push(TaxLine { rate, amount, tax: rate.within(amount)? });
        }
    }
    Ok(found)
}

/// What is to pay: the prepayment pays first, then points.
pub(super) fn reckon(lines: &[SaleLine], discount: Yen, reservation: Option<&Reservation>, points: u32) -> Result<SaleQuote, Error> {
    let taxes = taxes(lines, discount)?;
    let total = Yen::sum(taxes.iter().map(|line| line.amount))?;
    let paid = match reservation.map(|reservation| reservation.prepayment) {
        Some(Prepayment::Paid { amount }) => amount,
        _ => Yen::ZERO,
    };
    let prepaid = paid.min(total);
    let left = total.minus(prepaid)?;
    if Yen(i64::from(points)) > left {
        return Err(SaleError::Points { field: "points", max: u32::try_from(left.0).unwrap_or(u32::MAX) }.into());
    }
    let due = left.minus(Yen(i64::from(points)))?;
    Ok(SaleQuote { total, taxes, prepaid, refund: paid.minus(prepaid)?, points, due })
}

impl Query for QuoteSale {
    type Output = SaleQuote;
    const NAME: &'static str = "quoteSale";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<SaleQuote, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = super::checkout::payer(look, self.customer, self.reservation)?;
        let reservation = super::checkout::closing(look, customer, self.reservation)?;
        let lines = checked_lines(look, &self.lines)?;
        Ok(reckon(&lines, self.discount.unwrap_or_default(), reservation.as_ref(), self.points.unwrap_or_default())?)
    }
}
