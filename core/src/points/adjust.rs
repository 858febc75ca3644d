use super::earn::{entry, expiry};
use super::show::balance;
use super::spend::by_expiry;
use crate::customer::{active, given_reason};
use crate::error::SaleError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{PointLot, PointMove, PointSource};

wire! {
    /// 所有ポイントの入力: makes the balance what was typed (Z1). The difference is an adjustment.
    pub struct AdjustPoints {
        /// Whose.
        pub customer: CustomerId,
        /// The balance that was seen; somebody may have spent some meanwhile.
        pub seen: u32,
        /// The balance as it shall be.
        pub balance: u32,
        /// Why.
        pub reason: String,
    }
}

redacted_debug!(AdjustPoints { customer, seen, balance });

wire! {
    /// An adjusted balance.
    #[derive(Copy, Debug)]
    pub struct AdjustedPoints {
        /// The balance now.
        pub balance: u32,
    }
}

impl Command for AdjustPoints {
    type Output = AdjustedPoints;
    const NAME: &'static str = "adjustPoints";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<AdjustedPoints, Halt> {
        let customer = active(draft, self.customer)?.id;
        let settings = draft.settings()?;
        if settings.points.rule.is_none() {
            return Err(SaleError::PointsOff { field: "balance" }.into());
        }
        let reason = given_reason(&self.reason, SaleError::ReasonBlank { field: "reason" })?;
        let today = settings.calendar.day_of(context.now)?;
        let now = balance(draft.read(), customer, today)?;
        if now != self.seen {
            return Err(SaleError::PointsMoved { field: "seen", balance: now }.into());
        }
        let wrong = || SaleError::PointsPolicy { field: "balance", expected: "0 to 1000000000 points" };
        if self.balance > 1_000_000_000 {
            return Err(wrong().into());
        }
        if self.balance > now {
            let points = i32::try_from(self.balance.saturating_sub(now)).map_err(|_| wrong())?;
            let id = draft.new_point_lot()?;
            draft.put(PointLot {
                id,
                customer,
                version: 1,
                source: PointSource::Adjustment,
                expires_on: expiry(&settings, today),
                granted: 0,
                owed: None,
                entries: vec![entry(context, PointMove::Adjust { points, reason })],
            })?;
        } else {
            let mut left = now.saturating_sub(self.balance);
            for mut lot in by_expiry(draft.read(), customer, today)? {
                let points = left.min(u32::try_from(lot.remaining()).unwrap_or(0));
                let Some(fewer) = i32::try_from(points).ok().and_then(i32::checked_neg).filter(|fewer| *fewer != 0) else { break };
                left = left.saturating_sub(points);
                lot.version = lot.version.saturating_add(1);
                lot.entries.push(entry(context, PointMove::Adjust { points: fewer, reason: reason.clone() }));
                draft.put(lot)?;
            }
        }
        Ok(AdjustedPoints { balance: self.balance })
    }
}
