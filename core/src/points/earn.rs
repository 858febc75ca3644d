use super::spend::by_expiry;
use crate::id::CustomerId;
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
pub(super) fn expiry(settings: &Settings, today: Date) -> Result<Option<Date>, Halt> {
    Ok(match settings.points.valid {
        PointValidity::Forever => None,
        PointValidity::Days { days } => Some(today.days_after(days)?),
        PointValidity::Months { months } => Some(today.months_after(months)?),
    })
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
/// points; what they do not have either is let go until the source earns again, for a balance is never negative (Z1).
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
    let granted = own.as_ref().map_or(0, |lot| lot.granted);
    if points == granted {
        return Ok(Settled::default());
    }
    let settings = draft.settings()?;
    let today = settings.calendar.day_of(context.now)?;
    if points > granted {
        let more = points.saturating_sub(granted);
        let mut lot = match own {
            Some(mut lot) => {
                if lot.granted == 0 {
                    lot.expires_on = expiry(&settings, today)?;
                }
                lot.version = lot.version.saturating_add(1);
                lot
            }
            None => PointLot {
                id: draft.new_point_lot()?,
                customer,
                version: 1,
                source,
                expires_on: expiry(&settings, today)?,
                granted: 0,
                entries: Vec::new(),
            },
        };
        lot.granted = points;
        lot.entries.push(entry(context, PointMove::Earn { points: more }));
        draft.put(lot)?;
        return Ok(Settled { earned: more, taken: 0 });
    }
    let Some(mut lot) = own else { return Ok(Settled::default()) };
    let mut left = granted.saturating_sub(points);
    let mut taken = 0_u32;
    let id = lot.id;
    let here = left.min(u32::try_from(lot.remaining()).unwrap_or(0));
    if here > 0 {
        lot.entries.push(entry(context, PointMove::TakeBack { lot: id, points: here }));
        (left, taken) = (left.saturating_sub(here), taken.saturating_add(here));
    }
    if left > 0 {
        for mut other in by_expiry(draft.read(), customer, today)? {
            let there = left.min(u32::try_from(other.remaining()).unwrap_or(0));
            if there == 0 || other.id == id {
                continue;
            }
            other.version = other.version.saturating_add(1);
            other.entries.push(entry(context, PointMove::TakeBack { lot: id, points: there }));
            (left, taken) = (left.saturating_sub(there), taken.saturating_add(there));
            draft.put(other)?;
        }
    }
    if taken > 0 {
        // What could not be taken back stays granted: the same source does not earn it a second time.
        lot.granted = granted.saturating_sub(taken);
        lot.version = lot.version.saturating_add(1);
        draft.put(lot)?;
    }
    Ok(Settled { earned: 0, taken })
}

/// A line of a lot's ledger, now.
pub(super) fn entry(context: &Context, what: PointMove) -> PointEntry {
    PointEntry { at: context.now, by: context.actor.id.clone(), what }
}
