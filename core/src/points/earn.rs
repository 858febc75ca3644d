use super::spend::by_expiry;
use crate::id::{CustomerId, PointLotId};
use crate::log::{Context, Draft, Halt};
use crate::record::{PointEntry, PointLot, PointMove, PointRule, PointSource, PointValidity, Settings, key};
use crate::time::Date;

/// What earns points now: nothing while the salon has none, else the rule frozen when it was booked, else the salon's.
pub(crate) fn rule(settings: &Settings, frozen: Option<PointRule>) -> Option<PointRule> {
    settings.points.rule.map(|now| frozen.unwrap_or(now))
}

/// What a settlement of points moved.
#[derive(Clone, Copy, Default)]
pub(crate) struct Settled {
    earned: u32,
    taken: u32,
}

impl Settled {
    /// Points earned, less those taken back; none if nothing moved.
    pub(crate) fn moved(self) -> Option<i32> {
        let signed = |points: u32| i32::try_from(points).unwrap_or(i32::MAX);
        Some(signed(self.earned).saturating_sub(signed(self.taken))).filter(|moved| *moved != 0)
    }
}

/// The last day on which points earned today can be spent.
pub(super) fn expiry(settings: &Settings, today: Date) -> Option<Date> {
    match settings.points.valid {
        PointValidity::Forever => None,
        PointValidity::Days { days } => Some(today.days_after(days)),
        PointValidity::Months { months } => Some(today.months_after(months)),
    }
}

fn lookup(source: PointSource) -> Option<String> {
    match source {
        PointSource::Visit { reservation } => Some(key::points(reservation)),
        PointSource::ManualVisit { visit } => Some(key::points(visit)),
        PointSource::Sale { sale } => Some(key::points(sale)),
        PointSource::Adjustment => None,
    }
}

/// Makes what a source earns come to `points`: earns the difference, or takes it back. What was spent already is taken from the customer's other
/// points; what they do not have either is owed, for a balance is never negative (Z1): it is set against what the source earns again, and
/// collected when spent points come back.
pub(crate) fn settle(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    source: PointSource,
    points: u32,
    context: &Context,
) -> Result<Settled, Halt> {
    let own: Option<PointLot> = match lookup(source) {
        Some(key) => draft.read().keyed(key)?.into_iter().next(),
        None => None,
    };
    let (granted, owed) = own.as_ref().map_or((0, 0), |lot| (lot.granted, lot.owed.unwrap_or(0)));
    let stands = granted.saturating_sub(owed);
    if points == stands {
        return Ok(Settled::default());
    }
    let settings = draft.settings()?;
    let today = settings.calendar.day_of(context.now)?;
    if points > stands {
        let forgiven = owed.min(points.saturating_sub(stands));
        let more = points.saturating_sub(stands).saturating_sub(forgiven);
        let mut lot = match own {
            Some(mut lot) => {
                if lot.granted == 0 {
                    lot.expires_on = expiry(&settings, today);
                }
                lot.version = lot.version.saturating_add(1);
                lot
            }
            None => PointLot {
                id: draft.new_point_lot()?,
                customer,
                version: 1,
                source,
                expires_on: expiry(&settings, today),
                granted: 0,
                owed: None,
                entries: Vec::new(),
            },
        };
        lot.granted = granted.saturating_add(more);
        lot.owed = some(owed.saturating_sub(forgiven));
        if more > 0 {
            lot.entries.push(entry(context, PointMove::Earn { points: more }));
        }
        draft.put(lot)?;
        return Ok(Settled { earned: more, taken: 0 });
    }
    let Some(mut lot) = own else { return Ok(Settled::default()) };
    let wanted = stands.saturating_sub(points);
    lot.owed = some(owed.saturating_add(wanted));
    lot.version = lot.version.saturating_add(1);
    let id = lot.id;
    draft.put(lot)?;
    Ok(Settled { earned: 0, taken: collect_from(draft, customer, id, wanted, today, context)? })
}

const fn some(owed: u32) -> Option<u32> {
    if owed == 0 { None } else { Some(owed) }
}

/// Collects what the customer's lots owe, as far as there is something to take (Z1): spent points have come back.
pub(crate) fn collect(draft: &mut Draft<'_>, customer: CustomerId, context: &Context) -> Result<(), Halt> {
    let today = draft.settings()?.calendar.day_of(context.now)?;
    let lots: Vec<PointLot> = draft.read().children(customer)?;
    for lot in lots {
        collect_from(draft, customer, lot.id, lot.owed.unwrap_or(0), today, context)?;
    }
    Ok(())
}

// Takes up to so many of what a lot owes: from the lot itself, expired or not, then from whatever else can be spent, the earliest to expire first.
fn collect_from(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    id: PointLotId,
    most: u32,
    today: Date,
    context: &Context,
) -> Result<u32, Halt> {
    let mut left = most;
    let own: Option<PointLot> = draft.read().find(id)?;
    let others = by_expiry(draft.read(), customer, today)?.into_iter().filter(|lot| lot.id != id);
    for mut lot in own.into_iter().chain(others.collect::<Vec<_>>()) {
        let here = left.min(u32::try_from(lot.remaining()).unwrap_or(0));
        if here == 0 {
            continue;
        }
        left = left.saturating_sub(here);
        lot.version = lot.version.saturating_add(1);
        lot.entries.push(entry(context, PointMove::TakeBack { lot: id, points: here }));
        draft.put(lot)?;
    }
    let taken = most.saturating_sub(left);
    if taken > 0
        && let Some(mut lot) = draft.read().find::<PointLot>(id)?
    {
        lot.granted = lot.granted.saturating_sub(taken);
        lot.owed = some(lot.owed.unwrap_or(0).saturating_sub(taken));
        draft.put(lot)?;
    }
    Ok(taken)
}

/// A line of a lot's ledger, now.
pub(super) fn entry(context: &Context, what: PointMove) -> PointEntry {
    PointEntry { at: context.now, by: context.actor.id.clone(), what }
}
