use super::earn::{entry, expiry};
use super::show::balance;
use crate::error::SaleError;
use crate::id::{CustomerId, SaleId};
use crate::log::{Context, Draft, Halt, Look};
use crate::record::{PointLot, PointMove, PointSource, Settings};
use crate::time::Date;

/// The lots that can be spent on a day, the earliest to expire first, those without end last.
pub(super) fn by_expiry(look: &dyn Look, customer: CustomerId, day: Date) -> Result<Vec<PointLot>, Halt> {
    let mut lots: Vec<PointLot> = look.children(customer)?;
    lots.retain(|lot| lot.spendable(day) > 0);
    lots.sort_by_key(|lot| (lot.expires_on.is_none(), lot.expires_on, lot.id));
    Ok(lots)
}

/// Refuses to spend more points than there are, or any while the salon has none (Z1).
pub(crate) fn must_have(look: &dyn Look, settings: &Settings, customer: CustomerId, points: u32, day: Date) -> Result<(), Halt> {
    if points == 0 {
        return Ok(());
    }
    if settings.points.rule.is_none() {
        return Err(SaleError::PointsOff { field: "points" }.into());
    }
    let balance = balance(look, customer, day)?;
    if points > balance { Err(SaleError::Points { field: "points", max: balance }.into()) } else { Ok(()) }
}

/// Spends points in a sale, the earliest to expire first; see [`must_have`].
pub(crate) fn spend(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    sale: SaleId,
    points: u32,
    day: Date,
    context: &Context,
) -> Result<(), Halt> {
    let mut left = points;
    if left == 0 {
        return Ok(());
    }
    for mut lot in by_expiry(draft.read(), customer, day)? {
        let points = left.min(u32::try_from(lot.remaining()).unwrap_or(0));
        if points == 0 {
            break;
        }
        left = left.saturating_sub(points);
        lot.version = lot.version.saturating_add(1);
        lot.entries.push(entry(context, PointMove::Spend { sale, points }));
        draft.put(lot)?;
    }
    if left == 0 { Ok(()) } else { Err(SaleError::Points { field: "points", max: points.saturating_sub(left) }.into()) }
}

/// Gives back what was spent in a sale that is voided, each point to the lot it came from. What came from lots that have expired meanwhile gets
/// a lot of its own, which lasts from now on: it was not the customer who let them lie.
pub(crate) fn give_back(draft: &mut Draft<'_>, customer: CustomerId, voided: SaleId, context: &Context) -> Result<(), Halt> {
    let settings = draft.settings()?;
    let today = settings.calendar.day_of(context.now)?;
    let mut late = 0_u32;
    let lots: Vec<PointLot> = draft.read().children(customer)?;
    for lot in lots {
        let spent = lot.entries.iter().fold(0_u32, |sum, entry| match entry.what {
            PointMove::Spend { sale, points } if sale == voided => sum.saturating_add(points),
            _ => sum,
        });
        if lot.expired(today) {
            late = late.saturating_add(spent);
        } else {
            put_back(draft, lot, voided, spent, context)?;
        }
    }
    if late > 0 {
        let (id, source) = (draft.new_point_lot()?, PointSource::Return { sale: voided });
        let lot = PointLot {
            id,
            customer,
            version: 0,
            source,
            expires_on: expiry(&settings, today),
            granted: 0,
            owed: None,
            entries: Vec::new(),
        };
        put_back(draft, lot, voided, late, context)?;
    }
    Ok(())
}

fn put_back(draft: &mut Draft<'_>, mut lot: PointLot, sale: SaleId, points: u32, context: &Context) -> Result<(), Halt> {
    if points == 0 {
        return Ok(());
    }
    lot.version = lot.version.saturating_add(1);
    lot.entries.push(entry(context, PointMove::Return { sale, points }));
    draft.put(lot)
}
