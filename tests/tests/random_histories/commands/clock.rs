//! Time goes on: by minutes, days, months, or to where something changes, a millisecond before or after.

use super::super::days::{DAY, HOUR, MINUTE, Ms};
use super::super::dice::Dice;
use super::super::model::{Reserved, Salon};
use super::Kind;

/// Where the rules for an open reservation turn.
pub(super) fn edges(booking: &Reserved) -> Vec<Ms> {
    let mut found = vec![booking.start, booking.deadline];
    found.extend(booking.policy.tiers.iter().map(|(hours, _)| booking.fee_start - hours * HOUR));
    found
}

/// The instants ahead at which a rule turns, the nearest first.
fn boundaries(model: &Salon, now: Ms) -> Vec<Ms> {
    let mut found = Vec::new();
    let open = |booking: &&Reserved| booking.axis.is_open();
    for booking in model.bookings.iter().filter(open) {
        found.extend(edges(booking));
    }
    let days = model.tickets.iter().map(|ticket| ticket.expires_on).chain(model.lots.iter().filter_map(|lot| lot.expires_on));
    for day in days {
        found.push(model.clock.start_of(day + 1));
    }
    let window = model.policies.unmerge_days * DAY;
    found.extend(model.merges.iter().filter(|merge| merge.undone_at.is_none()).map(|merge| merge.at + window));
    found.retain(|at| *at > now && *at < now + 45 * DAY);
    found.sort_unstable();
    found.dedup();
    found.truncate(6);
    found
}

/// When the next command is given. What depends on the hour is given on the edge more often.
pub(in super::super) fn advance(dice: &mut Dice, kind: Kind, model: &Salon, now: Ms) -> Ms {
    let edge = matches!(kind, Kind::Move | Kind::Reschedule | Kind::Extend | Kind::Unmerge) && dice.percent(35);
    let on = match if edge { 99 } else { dice.below(100) } {
        0..=24 => 0,
        25..=54 => dice.between(1, 90) * MINUTE,
        55..=67 => dice.between(1, 20) * HOUR,
        68..=76 => dice.between(1, 6) * DAY + dice.between(0, 900) * MINUTE,
        77 => dice.between(20, 100) * DAY,
        _ => match dice.maybe(&boundaries(model, now)) {
            Some(there) => there - now + dice.pick(&[-1, 0, 0, 0, 1]),
            None => MINUTE,
        },
    };
    now + on.max(0)
}
