use super::{Keyed, key};
use crate::id::{ActorId, CustomerId, ManualVisitId, PointLotId, RecordId, ReservationId, SaleId};
use crate::money::Yen;
use crate::time::{Date, Instant};

wire! {
    /// ポイント設定 (Z1).
    #[derive(Copy, Debug)]
    pub struct PointsPolicy {
        /// What earns points; left out: the salon has none, and none are shown.
        pub rule: Option<PointRule>,
        /// 有効期限: how long they last.
        pub valid: PointValidity,
    }
}

impl Default for PointsPolicy {
    fn default() -> Self {
        Self { rule: None, valid: PointValidity::Forever }
    }
}

wire! {
    /// What earns points (Z1).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum PointRule {
        /// 来店ポイント: so many a visit.
        PerVisit {
            /// Points, 1 to 1,000,000.
            points: u32,
        },
        /// 売上別ポイント: so many for each full step of yen.
        PerSales {
            /// The step, from ¥1.
            yen: Yen,
            /// Points a step, 1 to 1,000,000.
            points: u32,
        },
    }
}

wire! {
    /// How long points last after the day on which they were earned; the last day counts.
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum PointValidity {
        /// 無期限
        Forever,
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

impl PointRule {
    /// The most that one visit or sale earns.
    pub const MOST: u32 = 1_000_000_000;

    /// What a visit of this amount earns; never more than [`PointRule::MOST`], for no rule shall keep a visit from being recorded.
    #[must_use]
    pub fn of(self, amount: Yen) -> u32 {
        match self {
            Self::PerVisit { points } => points.min(Self::MOST),
            Self::PerSales { yen, points } => {
                let steps = amount.0.max(0).div_euclid(yen.0.max(1));
                let earned = steps.saturating_mul(i64::from(points)).min(i64::from(Self::MOST));
                u32::try_from(earned).unwrap_or(Self::MOST)
            }
        }
    }
}

wire! {
    /// Points with one expiry, and where they went (Z1). A source has one lot, and another where it was corrected upwards after the first expired.
    pub struct PointLot {
        /// What records point to.
        pub id: PointLotId,
        /// Whose they are.
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// What earned them.
        pub source: PointSource,
        /// 有効期限: the last day on which they can be spent; left out: for ever.
        pub expires_on: Option<Date>,
        /// What the source has earned and not given back: less than at first once it was corrected or undone.
        pub granted: u32,
        /// How much of that it should have given back, and nobody had: collected when spent points come back.
        pub owed: Option<u32>,
        /// Whatever happened to them, in order.
        pub entries: Vec<PointEntry>,
    }
}

redacted_debug!(PointLot { id, customer, version, source, expires_on, granted });

wire! {
    /// What earned points.
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum PointSource {
        /// A visit by reservation.
        Visit {
            /// Which.
            reservation: ReservationId,
        },
        /// A visit entered by hand.
        ManualVisit {
            /// Which.
            visit: ManualVisitId,
        },
        /// A sale that stands alone.
        Sale {
            /// Which.
            sale: SaleId,
        },
        /// A sale that was voided after what was spent in it had expired: those points came back, and last from then on.
        Return {
            /// Which.
            sale: SaleId,
        },
        /// A balance entered by hand.
        Adjustment,
    }
}

wire! {
    /// A line of a lot's ledger.
    pub struct PointEntry {
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
        /// What.
        pub what: PointMove,
    }
}

redacted_debug!(PointEntry { at, by });

wire! {
    /// What happens to points.
    #[serde(tag = "type")]
    pub enum PointMove {
        /// 獲得
        Earn {
            /// How many.
            points: u32,
        },
        /// 利用, one yen each.
        Spend {
            /// In which sale.
            sale: SaleId,
            /// How many.
            points: u32,
        },
        /// The sale they were spent in was voided: they are back, in a lot of their own where this one had expired.
        Return {
            /// Which sale.
            sale: SaleId,
            /// How many.
            points: u32,
        },
        /// What earned points was undone or corrected.
        TakeBack {
            /// The lot whose source it was; this one, or another whose points were spent already.
            lot: PointLotId,
            /// How many.
            points: u32,
        },
        /// Given or taken by hand.
        Adjust {
            /// More, or fewer.
            points: i32,
            /// Why.
            reason: String,
        },
    }
}

// A reason tells of the customer (A4).
impl core::fmt::Debug for PointMove {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Earn { .. } => "Earn",
            Self::Spend { .. } => "Spend",
            Self::Return { .. } => "Return",
            Self::TakeBack { .. } => "TakeBack",
            Self::Adjust { .. } => "Adjust",
        })
    }
}

impl PointLot {
    /// What is left of it, expired or not. Never below 0 in a sound ledger.
    #[must_use]
    pub fn remaining(&self) -> i64 {
        self.entries.iter().fold(0_i64, |left, entry| match entry.what {
            PointMove::Earn { points } | PointMove::Return { points, .. } => left.saturating_add(i64::from(points)),
            PointMove::Spend { points, .. } | PointMove::TakeBack { points, .. } => left.saturating_sub(i64::from(points)),
            PointMove::Adjust { points, .. } => left.saturating_add(i64::from(points)),
        })
    }

    /// What can be spent of it on a day.
    #[must_use]
    pub fn spendable(&self, day: Date) -> i64 {
        if self.expired(day) { 0 } else { self.remaining() }
    }

    /// Whether its last day lies before a day.
    #[must_use]
    pub fn expired(&self, day: Date) -> bool {
        self.expires_on.is_some_and(|last| last < day)
    }
}

impl Keyed for PointLot {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
    fn lookup_keys(&self) -> Vec<String> {
        match self.source {
            PointSource::Visit { reservation } => vec![key::points(reservation)],
            PointSource::ManualVisit { visit } => vec![key::points(visit)],
            PointSource::Sale { sale } => vec![key::points(sale)],
            PointSource::Return { .. } | PointSource::Adjustment => Vec::new(),
        }
    }
}
