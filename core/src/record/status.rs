use super::{BookingState, CancelTiming, CancelledBy, Fee, Prepayment, Reservation};

wire! {
    /// The eight labels 予約ステータス (R2).
    #[derive(Copy, Debug, PartialOrd, Ord, Hash)]
    pub enum Label {
        /// 仮予約中
        Tentative,
        /// 事前決済未払い †
        PrepaymentUnpaid,
        /// 予約中来店前
        Upcoming,
        /// 事前決済支払い済み †
        Prepaid,
        /// 来店済み
        Visited,
        /// キャンセル料未払い
        FeeUnpaid,
        /// 事前決済店舗都合キャンセル †
        ShopCancelledPrepaid,
        /// キャンセル
        Cancelled,
    }
}

impl Label {
    /// Every label, in the manual's order.
    pub const ALL: [Self; 8] = [
        Self::Tentative,
        Self::PrepaymentUnpaid,
        Self::Upcoming,
        Self::Prepaid,
        Self::Visited,
        Self::FeeUnpaid,
        Self::ShopCancelledPrepaid,
        Self::Cancelled,
    ];

    /// The label of a reservation; none for one entered in error. Total over the three axes (R2).
    #[must_use]
    pub const fn of(booking: BookingState, prepayment: Prepayment, fee: &Fee) -> Option<Self> {
        Some(match booking {
            BookingState::Tentative => Self::Tentative,
            BookingState::Confirmed => match prepayment {
                Prepayment::Unpaid => Self::PrepaymentUnpaid,
                Prepayment::Paid { .. } => Self::Prepaid,
                Prepayment::NotSelected | Prepayment::Refunded { .. } | Prepayment::Kept { .. } => Self::Upcoming,
            },
            BookingState::Visited { .. } => Self::Visited,
            BookingState::NoShow { .. } | BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. } => {
                match fee {
                    Fee::Due { .. } => Self::FeeUnpaid,
                    Fee::None | Fee::Paid { .. } | Fee::Waived { .. } => Self::Cancelled,
                }
            }
            BookingState::Cancelled { by: CancelledBy::Shop, .. } => match prepayment {
                Prepayment::NotSelected => Self::Cancelled,
                Prepayment::Unpaid | Prepayment::Paid { .. } | Prepayment::Refunded { .. } | Prepayment::Kept { .. } => {
                    Self::ShopCancelledPrepaid
                }
            },
            BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Early, .. } => Self::Cancelled,
            BookingState::EnteredInError { .. } => return None,
        })
    }

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tentative => "tentative",
            Self::PrepaymentUnpaid => "prepaymentUnpaid",
            Self::Upcoming => "upcoming",
            Self::Prepaid => "prepaid",
            Self::Visited => "visited",
            Self::FeeUnpaid => "feeUnpaid",
            Self::ShopCancelledPrepaid => "shopCancelledPrepaid",
            Self::Cancelled => "cancelled",
        }
    }

    /// The word staff know.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Tentative => "仮予約中",
            Self::PrepaymentUnpaid => "事前決済未払い",
            Self::Upcoming => "予約中来店前",
            Self::Prepaid => "事前決済支払い済み",
            Self::Visited => "来店済み",
            Self::FeeUnpaid => "キャンセル料未払い",
            Self::ShopCancelledPrepaid => "事前決済店舗都合キャンセル",
            Self::Cancelled => "キャンセル",
        }
    }

    /// Whether the label exists only while the salon uses prepayment (†). The setting limits what is offered; it rewrites nothing (R2).
    #[must_use]
    pub const fn needs_prepayment(self) -> bool {
        matches!(self, Self::PrepaymentUnpaid | Self::Prepaid | Self::ShopCancelledPrepaid)
    }
}

impl Reservation {
    /// Its label 予約ステータス.
    #[must_use]
    pub const fn label(&self) -> Option<Label> {
        Label::of(self.booking, self.prepayment, &self.fee)
    }
}
