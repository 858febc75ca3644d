use super::spend::by_expiry;
use crate::id::{CustomerId, PointLotId};
use crate::log::{Context, Draft, Halt};
use crate::record::{PointEntry, PointLot, PointMove, PointRule, PointSource, PointValidity, Reservation, Settings, key};
use crate::time::Date;

/// By what a visit that is made now earns: nothing while the salon has no points, else the rule frozen when it was booked, else the salon's.
pub(crate) fn rule(settings: &Settings, frozen: Option<PointRule>) -> Option<PointRule> {
    settings.points.rule.map(|now| frozen.unwrap_or(now))
}

/// What a settlement of points moved.
#[derive(Clone, Copy, Default)]
pub(crate) struct Settled {
    earned: u32,
    /// What had expired already is not among them: nobody could spend it.
    taken: u32,
}

impl Settled {
    /// How many more can be spent, or fewer; none if nothing moved.
    pub(crate) fn moved(self) -> Option<i32> {
        moved(self.taken, self.earned)
    }
}

/// How much more the second is than the first, or less; none if they are equal.
pub(crate) fn moved(from: u32, to: u32) -> Option<i32> {
    let signed = |points: u32| i32::try_from(points).unwrap_or(i32::MAX);
    Some(signed(to).saturating_sub(signed(from))).filter(|moved| *moved != 0)
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
        PointSource::Return { .. } | PointSource::Adjustment => None,
    }
}

/// Makes a visit's points those of what it counts for: by the rule that stood when it was made, whatever the salon has set since (Z1).
pub(crate) fn settle_visit(draft: &mut Draft<'_>, visit: &Reservation, context: &Context) -> Result<Settled, Halt> {
    let points = match visit.earns {
        Some(rule) => rule.of(visit.amount()?),
        None => 0,
    };
    settle(draft, visit.customer, PointSource::Visit { reservation: visit.id }, points, context)
}

/// Makes what a source earns come to `points`: earns the difference, or takes it back. What was spent already is taken from the customer's other
/// points; what they do not have either is owed, for a balance is never negative (Z1): it is set against what the source earns again, and
/// collected when spent points come back. What is earned after its lot has expired gets a lot of its own, which lasts from then on.
pub(crate) fn settle(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    source: PointSource,
    points: u32,
    context: &Context,
) -> Result<Settled, Halt> {
    let mut lots: Vec<PointLot> = match lookup(source) {
        Some(key) => draft.read().keyed(key)?,
        None => Vec::new(),
    };
    lots.sort_by_key(|lot| lot.id);
    let stands = lots.iter().fold(0_u32, |sum, lot| sum.saturating_add(stands(lot)));
    if points >= stands {
        return earn(draft, customer, source, lots, points.saturating_sub(stands), context);
    }
    let today = draft.settings()?.calendar.day_of(context.now)?;
    // The latest first: a correction that is taken back leaves what was there before it.
    let mut left = stands.saturating_sub(points);
    let mut taken = 0_u32;
    for mut lot in lots.into_iter().rev() {
        let wanted = left.min(self::stands(&lot));
        if wanted == 0 {
            continue;
        }
        left = left.saturating_sub(wanted);
        lot.owed = some(lot.owed.unwrap_or(0).saturating_add(wanted));
        lot.version = lot.version.saturating_add(1);
        let id = lot.id;
        draft.put(lot)?;
        taken = taken.saturating_add(collect_from(draft, customer, id, wanted, today, context)?);
    }
    Ok(Settled { earned: 0, taken })
}

// What a lot's source has earned by it, and need not give back.
fn stands(lot: &PointLot) -> u32 {
    lot.granted.saturating_sub(lot.owed.unwrap_or(0))
}

// So many more: what is owed is not owed any more, the rest goes into the source's latest lot while that can be spent, else into a new one.
fn earn(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    source: PointSource,
    mut lots: Vec<PointLot>,
    more: u32,
    context: &Context,
) -> Result<Settled, Halt> {
    let before = lots.clone();
    let mut left = more;
    for lot in &mut lots {
        let forgiven = left.min(lot.owed.unwrap_or(0));
        left = left.saturating_sub(forgiven);
        lot.owed = some(lot.owed.unwrap_or(0).saturating_sub(forgiven));
    }
    if left > 0 {
        let settings = draft.settings()?;
        let today = settings.calendar.day_of(context.now)?;
        // One that is empty can be used anew; what lies in an expired one must not come alive again.
        let open = |lot: &PointLot| !lot.expired(today) || (lot.granted == 0 && lot.remaining() == 0);
        if !lots.last().is_some_and(open) {
            let (id, entries) = (draft.new_point_lot()?, Vec::new());
            lots.push(PointLot { id, customer, version: 0, source, expires_on: None, granted: 0, owed: None, entries });
        }
        if let Some(lot) = lots.last_mut() {
            if lot.granted == 0 {
                lot.expires_on = expiry(&settings, today);
            }
            lot.granted = lot.granted.saturating_add(left);
            lot.entries.push(entry(context, PointMove::Earn { points: left }));
        }
    }
    for (place, mut lot) in lots.into_iter().enumerate() {
        if before.get(place) != Some(&lot) {
            lot.version = lot.version.saturating_add(1);
            draft.put(lot)?;
        }
    }
    Ok(Settled { earned: left, taken: 0 })
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
// Answers how many of them could have been spent.
fn collect_from(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    id: PointLotId,
    most: u32,
    today: Date,
    context: &Context,
) -> Result<u32, Halt> {
    let (mut left, mut expired) = (most, 0_u32);
    let own: Option<PointLot> = draft.read().find(id)?;
    let others = by_expiry(draft.read(), customer, today)?.into_iter().filter(|lot| lot.id != id);
    for mut lot in own.into_iter().chain(others.collect::<Vec<_>>()) {
        let here = left.min(u32::try_from(lot.remaining()).unwrap_or(0));
        if here == 0 {
            continue;
        }
        left = left.saturating_sub(here);
        if lot.expired(today) {
            expired = expired.saturating_add(here);
        }
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
    Ok(taken.saturating_sub(expired))
}

/// A line of a lot's ledger, now.
pub(super) fn entry(context: &Context, what: PointMove) -> PointEntry {
    PointEntry { at: context.now, by: context.actor.id.clone(), what }
}
