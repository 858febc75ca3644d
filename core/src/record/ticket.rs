use super::{Keyed, key};
use crate::error::AmountError;
use crate::id::{ActorId, CustomerId, MenuId, RecordId, ReservationId, SaleId, ShopId, StaffId, TicketId, TicketPlanId};
use crate::money::Yen;
use crate::time::{Date, Instant};

wire! {
    /// What tickets are sold by 回数券メニュー (K1).
    #[derive(Debug)]
    pub struct TicketPlan {
        /// The host's name for it.
        pub id: TicketPlanId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// What it sells.
        pub terms: TicketTerms,
        /// Not sold any more; tickets that were sold stay as they are.
        pub retired: bool,
    }
}

wire! {
    /// The terms of a ticket (K1): of a plan, and as copied when one is sold.
    #[derive(Debug)]
    pub struct TicketTerms {
        /// 回数券名
        pub name: String,
        /// 価格, tax included.
        pub price: Yen,
        /// 使用回数, 1 to 1,000.
        pub uses: u32,
        /// 有効期間
        pub valid: TicketValidity,
        /// 対応コース; empty: all.
        pub menus: Vec<MenuId>,
        /// 対応スタッフ; empty: all.
        pub staff: Vec<StaffId>,
        /// 店舗; empty: all.
        pub shops: Vec<ShopId>,
    }
}

wire! {
    /// 有効期間: how long after the day of sale; the last day counts (K3).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum TicketValidity {
        /// So many days, 1 to 36,500.
        Days {
            /// Days.
            days: u32,
        },
        /// So many months, 1 to 1,200 (T4).
        Months {
            /// Months.
            months: u32,
        },
    }
}

wire! {
    /// A sold ticket 回数券 and its ledger (K2).
    pub struct Ticket {
        /// What records point to.
        pub id: TicketId,
        /// Who bought it: only their own reservations may use it (K6).
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// By which plan it was sold.
        pub plan: TicketPlanId,
        /// The plan's terms as they were then (K1).
        pub terms: TicketTerms,
        /// In which sale.
        pub sale: SaleId,
        /// The business day of the sale.
        pub sold_on: Date,
        /// 有効期限: the last day of service (K3).
        pub expires_on: Date,
        /// Whatever happened to it, in order; the first is its purchase.
        pub entries: Vec<TicketEntry>,
    }
}

redacted_debug!(Ticket { id, customer, version, plan, sale, expires_on });

wire! {
    /// A line of a ticket's ledger (K2).
    pub struct TicketEntry {
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
        /// What.
        pub what: TicketMove,
    }
}

redacted_debug!(TicketEntry { at, by });

wire! {
    /// What happens to a ticket (K2).
    #[serde(tag = "type")]
    pub enum TicketMove {
        /// 購入
        Purchase {
            /// Its uses.
            uses: u32,
        },
        /// Kept for a reservation.
        Hold {
            /// Which.
            reservation: ReservationId,
            /// How many.
            uses: u32,
        },
        /// 消化: held uses are used up.
        Consume {
            /// By which reservation.
            reservation: ReservationId,
            /// How many.
            uses: u32,
            /// What they are worth (K7).
            amount: Yen,
        },
        /// Held uses are free again.
        Release {
            /// Of which reservation.
            reservation: ReservationId,
            /// How many.
            uses: u32,
            /// The sale by which its visit was paid without them; left out where the reservation itself let go.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            sale: Option<SaleId>,
        },
        /// A visit or its settlement was taken back: used uses are held again.
        Restore {
            /// Of which reservation.
            reservation: ReservationId,
            /// How many.
            uses: u32,
            /// What they are worth.
            amount: Yen,
        },
        /// 有効期限変更 (K6)
        Extend {
            /// The last day before.
            from: Date,
            /// The last day now.
            to: Date,
            /// Why; must be given once it has expired.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<String>,
        },
        /// Uses given or taken by hand.
        Adjust {
            /// More, or fewer.
            uses: i32,
            /// Why.
            reason: String,
        },
    }
}

// A reason tells of the customer (A4).
impl core::fmt::Debug for TicketMove {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Purchase { .. } => "Purchase",
            Self::Hold { .. } => "Hold",
            Self::Consume { .. } => "Consume",
            Self::Release { .. } => "Release",
            Self::Restore { .. } => "Restore",
            Self::Extend { .. } => "Extend",
            Self::Adjust { .. } => "Adjust",
        })
    }
}

/// Where a ticket's uses are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TicketBalance {
    /// Bought and adjusted, less used; held ones included.
    pub remaining: i64,
    /// Kept for reservations.
    pub held: i64,
    /// Used up.
    pub used: i64,
}

/// A balance as lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketCounts {
    /// 残り回数, held ones included.
    pub remaining: u32,
    /// Kept for reservations.
    pub held: u32,
    /// 消化回数
    pub used: u32,
}

impl TicketBalance {
    /// As lists show it; a sound ledger has nothing below 0.
    #[must_use]
    pub fn counts(self) -> TicketCounts {
        let count = |uses: i64| u32::try_from(uses).unwrap_or(0);
        TicketCounts { remaining: count(self.remaining), held: count(self.held), used: count(self.used) }
    }

    /// What a new reservation may use (K2): never below 0.
    #[must_use]
    pub const fn free(self) -> i64 {
        self.remaining.saturating_sub(self.held)
    }
}

impl TicketTerms {
    /// The worth of a ticket's uses `after` a number of them was used up (K7): price ÷ uses each, the remainder yen on the last ones, so
    /// that all uses together are worth the price. Uses beyond the plan's, given by hand, are worth nothing.
    pub fn worth(&self, used: i64, more: u32) -> Result<Yen, AmountError> {
        let upto = |count: i64| -> Option<i64> {
            let uses = i64::from(self.uses.max(1));
            let count = count.clamp(0, uses);
            let each = self.price.0.div_euclid(uses);
            let remainder = self.price.0.rem_euclid(uses);
            let with_one_more = count.checked_sub(uses.checked_sub(remainder)?)?.max(0);
            each.checked_mul(count)?.checked_add(with_one_more)
        };
        let end = used.checked_add(i64::from(more)).ok_or(AmountError::Overflow)?;
        let worth = upto(end).zip(upto(used)).and_then(|(end, start)| end.checked_sub(start));
        worth.map(Yen).ok_or(AmountError::Overflow)
    }
}

impl Ticket {
    /// Where its uses are, by its ledger.
    #[must_use]
    pub fn balance(&self) -> TicketBalance {
        let mut balance = TicketBalance::default();
        for entry in &self.entries {
            match entry.what {
                TicketMove::Purchase { uses } => balance.remaining = balance.remaining.saturating_add(i64::from(uses)),
                TicketMove::Hold { uses, .. } => balance.held = balance.held.saturating_add(i64::from(uses)),
                TicketMove::Consume { uses, .. } => {
                    balance.held = balance.held.saturating_sub(i64::from(uses));
                    balance.remaining = balance.remaining.saturating_sub(i64::from(uses));
                    balance.used = balance.used.saturating_add(i64::from(uses));
                }
                TicketMove::Release { uses, .. } => balance.held = balance.held.saturating_sub(i64::from(uses)),
                TicketMove::Restore { uses, .. } => {
                    balance.held = balance.held.saturating_add(i64::from(uses));
                    balance.remaining = balance.remaining.saturating_add(i64::from(uses));
                    balance.used = balance.used.saturating_sub(i64::from(uses));
                }
                TicketMove::Extend { .. } => {}
                TicketMove::Adjust { uses, .. } => balance.remaining = balance.remaining.saturating_add(i64::from(uses)),
            }
        }
        balance
    }

    /// What one reservation holds and has used of it.
    #[must_use]
    pub fn of_reservation(&self, id: ReservationId) -> TicketBalance {
        let mut balance = TicketBalance::default();
        for entry in &self.entries {
            match entry.what {
                TicketMove::Hold { reservation, uses } if reservation == id => balance.held = balance.held.saturating_add(i64::from(uses)),
                TicketMove::Consume { reservation, uses, .. } if reservation == id => {
                    balance.held = balance.held.saturating_sub(i64::from(uses));
                    balance.used = balance.used.saturating_add(i64::from(uses));
                }
                TicketMove::Release { reservation, uses, .. } if reservation == id => {
                    balance.held = balance.held.saturating_sub(i64::from(uses));
                }
                TicketMove::Restore { reservation, uses, .. } if reservation == id => {
                    balance.held = balance.held.saturating_add(i64::from(uses));
                    balance.used = balance.used.saturating_sub(i64::from(uses));
                }
                _ => {}
            }
        }
        balance
    }
}

impl Keyed for TicketPlan {
    fn key_id(&self) -> RecordId {
        RecordId::from(&self.id)
    }
    fn lookup_keys(&self) -> Vec<String> {
        vec![key::TICKET_PLANS.to_owned()]
    }
}

impl Keyed for Ticket {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(price: i64, uses: u32) -> TicketTerms {
        TicketTerms {
            name: "カット".to_owned(),
            price: Yen(price),
            uses,
            valid: TicketValidity::Months { months: 6 },
            menus: Vec::new(),
            staff: Vec::new(),
            shops: Vec::new(),
        }
    }

    #[test]
    fn k7_the_remainder_yen_lie_on_the_last_uses() {
        let each =
            |price: i64, uses: u32| (0..i64::from(uses)).map(|used| terms(price, uses).worth(used, 1).unwrap().0).collect::<Vec<_>>();
        assert_eq!(each(10_000, 3), [3_333, 3_333, 3_334]);
        assert_eq!(each(11, 4), [2, 3, 3, 3]);
        assert_eq!(each(3, 5), [0, 0, 1, 1, 1]);
        assert_eq!(terms(10_000, 3).worth(3, 1), Ok(Yen::ZERO), "a use given by hand is worth nothing");
    }

    proptest::proptest! {
        #[test]
        fn k7_all_uses_together_are_worth_the_price(price in 0_i64..1_000_000_000, uses in 1_u32..1_000, cuts in proptest::collection::vec(1_u32..9, 0..200)) {
            let terms = terms(price, uses);
            let (mut used, mut sum) = (0_i64, 0);
            for cut in cuts.into_iter().chain(core::iter::repeat(7)) {
                let more = cut.min(uses.saturating_sub(u32::try_from(used).unwrap()));
                if more == 0 {
                    break;
                }
                sum += terms.worth(used, more).unwrap().0;
                used += i64::from(more);
            }
            proptest::prop_assert_eq!(sum, price);
        }
    }
}
