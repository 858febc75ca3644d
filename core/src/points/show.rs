use super::earn::rule;
use super::spend::by_expiry;
use crate::customer::{may_name, resolve};
use crate::error::SaleError;
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{BookingState, PointLot, PointMove, Reservation, Settings};
use crate::time::{Date, Instant};

wire! {
    /// A customer's points (Z1). An error while the salon uses none.
    #[derive(Debug)]
    pub struct GetPoints {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// ポイント残高
    #[derive(Debug)]
    pub struct PointBalance {
        /// 所有ポイント: what can be spent today.
        pub balance: u32,
        /// 仮ポイント合計: what the reservations ahead will earn.
        pub provisional: u32,
        /// 有効期限: the last day of the points that expire next.
        pub next_expiry: Option<Date>,
        /// How many of them there are.
        pub next_expiring: u32,
    }
}

wire! {
    /// Points with their history.
    #[derive(Debug)]
    pub struct PointHistory {
        /// What they come to.
        pub now: PointBalance,
        /// The lots, in the order they were earned, spent and expired ones included.
        pub lots: Vec<PointLot>,
    }
}

/// What can be spent on a day.
pub(crate) fn balance(look: &dyn Look, customer: CustomerId, day: Date) -> Result<u32, Halt> {
    let sum = by_expiry(look, customer, day)?.iter().fold(0_i64, |sum, lot| sum.saturating_add(lot.remaining()));
    Ok(u32::try_from(sum).unwrap_or(u32::MAX))
}

/// 仮ポイント: what the confirmed reservations will earn if their customer comes (Z1).
pub(crate) fn provisional(reservations: &[Reservation], settings: &Settings) -> Result<u32, Halt> {
    let mut sum = 0_u32;
    for reservation in reservations.iter().filter(|reservation| reservation.booking == BookingState::Confirmed) {
        if let Some(rule) = rule(settings, reservation.earns) {
            sum = sum.saturating_add(rule.of(reservation.amount()?));
        }
    }
    Ok(sum)
}

impl Query for GetPoints {
    type Output = PointHistory;
    const NAME: &'static str = "getPoints";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<PointHistory, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = resolve(look, self.customer)?.id;
        let settings = crate::log::settings(look)?;
        if settings.points.rule.is_none() {
            return Err(SaleError::PointsOff { field: "customer" }.into());
        }
        let today = settings.calendar.day_of(now)?;
        let ahead = by_expiry(look, customer, today)?;
        let next_expiry = ahead.first().and_then(|lot| lot.expires_on);
        let expiring = ahead.iter().filter(|lot| next_expiry.is_some() && lot.expires_on == next_expiry);
        let next_expiring = expiring.fold(0_i64, |sum, lot| sum.saturating_add(lot.remaining()));
        let mut lots: Vec<PointLot> = look.children(customer)?;
        if actor.role == Role::Customer {
            // Why the shop changed a balance is the shop's own.
            for entry in lots.iter_mut().flat_map(|lot| &mut lot.entries) {
                if let PointMove::Adjust { reason, .. } = &mut entry.what {
                    reason.clear();
                }
            }
        }
        Ok(PointHistory {
            now: PointBalance {
                balance: balance(look, customer, today)?,
                provisional: provisional(&look.children(customer)?, &settings)?,
                next_expiry,
                next_expiring: u32::try_from(next_expiring).unwrap_or(u32::MAX),
            },
            lots,
        })
    }
}
