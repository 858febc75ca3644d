//! What a sale comes to: rates, discount, prepayment and points.

use super::quote::SaleQuote;
use crate::error::{AmountError, Error, SaleError};
use crate::money::Yen;
use crate::record::{Prepayment, Reservation, SaleLine, TaxLine, TaxRate};

// What the lines come to, rate by rate, with a discount on the whole spread by their shares: tax is reckoned once per rate (Q5). What a
// ticket pays for charges nothing and bears nothing of the discount.
fn taxes(lines: &[SaleLine], discount: Yen) -> Result<Vec<TaxLine>, Error> {
    let of = |rate: TaxRate| -> Result<Yen, AmountError> {
        lines.iter().filter(|line| line.rate == rate).try_fold(Yen::ZERO, |sum, line| sum.plus(line.charged()?))
    };
    let (standard, reduced) = (of(TaxRate::Standard)?, of(TaxRate::Reduced)?);
    let all = standard.plus(reduced)?;
    if discount < Yen::ZERO || discount > all {
        return Err(SaleError::Discount { field: "discount", max: all }.into());
    }
    // The lower rate's share is rounded down, the rest falls on the higher: neither share can exceed what it is taken off.
    let share = i128::from(discount.0).saturating_mul(i128::from(reduced.0)).checked_div(i128::from(all.0)).unwrap_or(0);
    let share = i64::try_from(share).map_err(|_| AmountError::Overflow)?;
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
    Ok(SaleQuote { total, taxes, prepaid, refund: paid.minus(prepaid)?, points, due, settled: Yen::ZERO, released: 0 })
}
