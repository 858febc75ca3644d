use super::{CancellationPolicy, Channel, Keyed, PointRule};
use crate::error::AmountError;
use crate::id::{ActorId, CustomerId, MenuId, RecordId, ReservationId, SaleId, ShopId, StaffId, TicketId};
use crate::money::Yen;
use crate::time::Instant;

wire! {
    /// A reservation 予約 (R1): what was booked, how, under which policy, and where it stands on the three axes of R2.
    pub struct Reservation {
        /// What records point to.
        pub id: ReservationId,
        /// Whose it is.
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// 店舗
        pub shop: ShopId,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// Menus, in the order booked.
        pub lines: Vec<Line>,
        /// Start 来店予定.
        pub start: Instant,
        /// End, after the start.
        pub end: Instant,
        /// 予約方法
        pub booked_by: Channel,
        /// When it was booked.
        pub booked_at: Instant,
        /// 予約時コメント
        pub comment: Option<String>,
        /// The policy as it was when booked (R6).
        pub policy: CancellationPolicy,
        /// The last instant at which the customer may cancel freely (R4).
        pub deadline: Instant,
        /// The start that deadline and fee tiers count from, where it was rescheduled too late to move them (R6).
        pub policy_start: Option<Instant>,
        /// The booking axis.
        pub booking: BookingState,
        /// The prepayment axis.
        pub prepayment: Prepayment,
        /// The cancellation fee axis.
        pub fee: Fee,
        /// Whether it was ever confirmed (N4).
        pub ever_confirmed: bool,
        /// The tickets that pay for it: held, used by the visit, free again by a cancel (K4).
        pub tickets: Vec<TicketHold>,
        /// What they pay of the lines: their own sale was counted, so this is not counted again (N8). Left out without tickets.
        pub covered: Option<Yen>,
        /// What its visit earns 仮ポイント, as it was when booked (Z1).
        pub earns: Option<PointRule>,
        /// お会計: what it came to (R9).
        pub checkout: Option<VisitSale>,
        /// 来店の取り消し: each visit that was taken back (R3).
        pub corrections: Vec<Correction>,
    }
}

redacted_debug!(Reservation { id, customer, version, shop, start, end, booking, prepayment });

wire! {
    /// Uses of a ticket for a reservation (K4).
    #[derive(Copy, Debug)]
    pub struct TicketHold {
        /// Which ticket.
        pub ticket: TicketId,
        /// How many uses.
        pub uses: u32,
        /// Settled at checkout, not booked with it (K5).
        pub at_checkout: bool,
        /// Not used after all: no line of the visit's sale was paid by a ticket.
        pub released: bool,
    }
}

wire! {
    /// The sale that closed a visit (R9).
    #[derive(Debug)]
    pub struct VisitSale {
        /// Which.
        pub sale: SaleId,
        /// Its total.
        pub total: Yen,
        /// The menus that were done (N6).
        pub menus: Vec<MenuId>,
    }
}

wire! {
    /// A visit that was taken back (R3).
    pub struct Correction {
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
        /// Why.
        pub reason: String,
    }
}

redacted_debug!(Correction { at, by });

wire! {
    /// A line of a reservation: one menu.
    #[derive(Debug)]
    pub struct Line {
        /// メニュー
        pub menu: MenuId,
        /// Who does it, if not the primary staff.
        pub staff: Option<StaffId>,
        /// The price when booked.
        pub price: Yen,
        /// What kind of line.
        pub kind: LineKind,
    }
}

wire! {
    /// The kind of a line.
    #[derive(Copy, Debug)]
    pub enum LineKind {
        /// 基本メニュー
        Basic,
        /// オプションメニュー
        Option,
        /// 回数券
        Ticket,
    }
}

wire! {
    /// The booking axis (R2).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum BookingState {
        /// 仮予約
        Tentative,
        /// Confirmed, not yet visited.
        Confirmed,
        /// 来店済み
        Visited {
            /// When it was checked in.
            at: Instant,
        },
        /// Cancelled by the customer or the shop.
        Cancelled {
            /// Who cancelled.
            by: CancelledBy,
            /// When.
            at: Instant,
            /// Before or after the deadline.
            timing: CancelTiming,
        },
        /// 無断キャンセル
        NoShow {
            /// When it was recorded.
            at: Instant,
        },
        /// Never should have been entered: in no list and no count.
        EnteredInError {
            /// When it was marked.
            at: Instant,
        },
    }
}

impl BookingState {
    /// The state's name, as errors say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tentative => "tentative",
            Self::Confirmed => "confirmed",
            Self::Visited { .. } => "visited",
            Self::Cancelled { .. } => "cancelled",
            Self::NoShow { .. } => "noShow",
            Self::EnteredInError { .. } => "enteredInError",
        }
    }

    /// Whether it still lies ahead: tentative or confirmed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Tentative | Self::Confirmed)
    }
}

wire! {
    /// Who cancelled.
    #[derive(Copy, Debug)]
    pub enum CancelledBy {
        /// The customer.
        Customer,
        /// 店舗都合
        Shop,
    }
}

wire! {
    /// Whether a cancel came in time (R4).
    #[derive(Copy, Debug)]
    pub enum CancelTiming {
        /// At or before the deadline.
        Early,
        /// After it: 直前キャンセル.
        Late,
    }
}

wire! {
    /// The prepayment axis 事前決済 (R2).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Prepayment {
        /// Not selected.
        NotSelected,
        /// Selected, not paid.
        Unpaid,
        /// Paid in full.
        Paid {
            /// What was paid, less what was given back at checkout.
            amount: Yen,
        },
        /// Given back in full.
        Refunded {
            /// What was given back.
            amount: Yen,
        },
        /// Kept against the cancellation fee; the rest goes back (R4).
        Kept {
            /// What is kept.
            kept: Yen,
            /// What is to be refunded.
            refund: Yen,
        },
    }
}

wire! {
    /// The cancellation fee axis キャンセル料 (R2).
    #[serde(tag = "type")]
    pub enum Fee {
        /// None fell due.
        None,
        /// キャンセル料未払い
        Due {
            /// What is due.
            amount: Yen,
        },
        /// Paid in full.
        Paid {
            /// What was paid, out of a prepayment or afterwards.
            amount: Yen,
        },
        /// キャンセル料の取り消し
        Waived {
            /// What was due.
            amount: Yen,
            /// Who waived it.
            by: ActorId,
            /// Why.
            reason: String,
        },
    }
}

// The reason of a waiver tells of the customer (A4).
impl core::fmt::Debug for Fee {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Due { amount } => f.debug_struct("Due").field("amount", amount).finish(),
            Self::Paid { amount } => f.debug_struct("Paid").field("amount", amount).finish(),
            Self::Waived { amount, by, .. } => f.debug_struct("Waived").field("amount", amount).field("by", by).finish_non_exhaustive(),
        }
    }
}

impl Reservation {
    /// The price of all lines.
    pub fn price(&self) -> Result<Yen, AmountError> {
        Yen::sum(self.lines.iter().map(|line| line.price))
    }

    /// What it counts for as a visit (N8): the total of its sale; until there is one, the price of its lines less what tickets pay.
    pub fn amount(&self) -> Result<Yen, AmountError> {
        match &self.checkout {
            Some(checkout) => Ok(checkout.total),
            None => self.price()?.minus(self.covered.unwrap_or_default()),
        }
    }

    /// The menus that were done (N6): those of its sale, or those booked until there is one.
    #[must_use]
    pub fn menus_done(&self) -> Vec<MenuId> {
        match &self.checkout {
            Some(checkout) => checkout.menus.clone(),
            None => self.lines.iter().map(|line| line.menu.clone()).collect(),
        }
    }

    /// The start that deadline and fee tiers count from (R6).
    #[must_use]
    pub fn policy_start(&self) -> Instant {
        self.policy_start.unwrap_or(self.start)
    }

    /// The fee that is due now; ¥0 without one.
    #[must_use]
    pub const fn due(&self) -> Yen {
        match self.fee {
            Fee::Due { amount } => amount,
            _ => Yen::ZERO,
        }
    }
}

impl Keyed for Reservation {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
}
