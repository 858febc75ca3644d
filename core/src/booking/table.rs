//! The one table of moves (R3): what may be done from where, and where it leads. `docs/reservations.md` is drawn from it, and a test walks
//! every state and every move.

use crate::error::BookingError;
use crate::log::Role;
use crate::record::{BookingState, CancelTiming, CancelledBy, Fee, Prepayment, Reservation, Settings};

macro_rules! names {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),* }
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Its name on the wire and in errors.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

names! {
    /// Where a reservation stands on the booking axis (R2), as far as moves care.
    pub enum Stage {
        /// 仮予約
        Tentative = "tentative",
        /// Confirmed, not yet visited.
        Confirmed = "confirmed",
        /// 来店済み, no sale yet.
        Visited = "visited",
        /// 来店済み and お会計 done.
        CheckedOut = "checkedOut",
        /// By the customer, at or before the deadline.
        CancelledEarly = "cancelledEarly",
        /// By the customer, after it.
        CancelledLate = "cancelledLate",
        /// 店舗都合
        CancelledByShop = "cancelledByShop",
        /// 無断キャンセル
        NoShow = "noShow",
        /// In no list and no count.
        EnteredInError = "enteredInError",
    }
}

names! {
    /// Where it stands on the prepayment axis 事前決済 (R2).
    pub enum PrepaymentStage {
        /// Not selected.
        NotSelected = "notSelected",
        /// Selected, not paid.
        Unpaid = "unpaid",
        /// Paid in full.
        Paid = "paid",
        /// Given back in full.
        Refunded = "refunded",
        /// Kept against the fee.
        Kept = "kept",
    }
}

names! {
    /// Where it stands on the fee axis キャンセル料 (R2).
    pub enum FeeStage {
        /// None fell due.
        None = "none",
        /// 未払い
        Due = "due",
        /// Paid.
        Paid = "paid",
        /// 取り消し
        Waived = "waived",
    }
}

names! {
    /// Everything that can happen to a reservation (R3).
    pub enum Step {
        /// 仮予約 → 予約
        Confirm = "confirm",
        /// 事前決済を選ぶ
        ChoosePrepayment = "choosePrepayment",
        /// 事前決済の支払い
        PayPrepayment = "payPrepayment",
        /// 事前決済の返金
        RefundPrepayment = "refundPrepayment",
        /// 日時変更
        Reschedule = "reschedule",
        /// 来店
        Visit = "visit",
        /// 来店の取り消し
        UndoVisit = "undoVisit",
        /// お会計
        Checkout = "checkout",
        /// お会計の取り消し
        VoidSale = "voidSale",
        /// お客様のキャンセル
        CancelByCustomer = "cancelByCustomer",
        /// 店舗都合のキャンセル
        CancelByShop = "cancelByShop",
        /// 無断キャンセル
        NoShow = "noShow",
        /// キャンセル料の支払い
        PayFee = "payFee",
        /// キャンセル料の取り消し
        WaiveFee = "waiveFee",
        /// 誤登録
        EnteredInError = "enteredInError",
    }
}

/// One row of the table: a move, the states that it can be made from, and those it can lead to. An empty list of states to lead to: the
/// axis stays as it was.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The move.
    pub step: Step,
    /// Who may make it (A3).
    pub who: &'static [Role],
    /// From where on the booking axis.
    pub from: &'static [Stage],
    /// From where on the prepayment axis.
    pub prepayment: &'static [PrepaymentStage],
    /// From where on the fee axis.
    pub fee: &'static [FeeStage],
    /// To where on the booking axis.
    pub to: &'static [Stage],
    /// To where on the prepayment axis.
    pub to_prepayment: &'static [PrepaymentStage],
    /// To where on the fee axis.
    pub to_fee: &'static [FeeStage],
    /// What decides, in a few words.
    pub note: &'static str,
}

use FeeStage as F;
use PrepaymentStage as P;
use Stage as S;

const OPEN: &[Stage] = &[S::Tentative, S::Confirmed];
const ANY_FEE: &[FeeStage] = FeeStage::ALL;
const ANY_PREPAYMENT: &[PrepaymentStage] = PrepaymentStage::ALL;

const fn row(step: Step, who: &'static [Role], from: &'static [Stage]) -> Transition {
    Transition { step, who, from, prepayment: ANY_PREPAYMENT, fee: ANY_FEE, to: &[], to_prepayment: &[], to_fee: &[], note: "" }
}

/// Every move there is (R3). One step may have several rows: it is allowed where one of them allows it.
pub const TRANSITIONS: &[Transition] = &[
    Transition { to: &[S::Confirmed], ..row(Step::Confirm, Role::SALON, &[S::Tentative]) },
    Transition {
        prepayment: &[P::NotSelected, P::Refunded],
        to_prepayment: &[P::Unpaid],
        note: "while the salon uses prepayment",
        ..row(Step::ChoosePrepayment, Role::ANYONE, OPEN)
    },
    Transition {
        prepayment: &[P::Unpaid],
        to_prepayment: &[P::Paid],
        note: "what tickets do not pay of the lines",
        ..row(Step::PayPrepayment, Role::SALON, OPEN)
    },
    Transition { prepayment: &[P::Paid], to_prepayment: &[P::Refunded], ..row(Step::RefundPrepayment, Role::SALON, OPEN) },
    Transition { note: "through the gate, like a new booking; held tickets must still fit", ..row(Step::Reschedule, Role::ANYONE, OPEN) },
    Transition {
        to: &[S::Visited],
        note: "from its business day on; held tickets are used, points are earned",
        ..row(Step::Visit, Role::SALON, &[S::Confirmed])
    },
    Transition {
        to: &[S::Confirmed],
        note: "with a reason; tickets are held again, points taken back; from the start on where the customer has withdrawn",
        ..row(Step::UndoVisit, Role::SALON, &[S::Visited])
    },
    Transition {
        prepayment: &[P::NotSelected, P::Unpaid, P::Refunded, P::Kept],
        to: &[S::CheckedOut],
        note: "tickets that pay for no line are free again",
        ..row(Step::Checkout, Role::SALON, &[S::Visited])
    },
    Transition {
        prepayment: &[P::Paid],
        to: &[S::CheckedOut],
        to_prepayment: &[P::Paid, P::Refunded],
        note: "what a prepayment has too much goes back",
        ..row(Step::Checkout, Role::SALON, &[S::Visited])
    },
    Transition {
        to: &[S::Visited],
        note: "with a reason; tickets are as before the sale",
        ..row(Step::VoidSale, Role::SALON, &[S::CheckedOut])
    },
    Transition {
        to: &[S::CancelledEarly, S::CancelledLate],
        to_prepayment: &[P::NotSelected, P::Unpaid, P::Refunded, P::Kept],
        to_fee: &[F::None, F::Due, F::Paid],
        note: "early up to the deadline itself; late, the policy's fee; a prepayment covers it first",
        ..row(Step::CancelByCustomer, Role::ANYONE, OPEN)
    },
    Transition {
        to: &[S::CancelledByShop],
        to_prepayment: &[P::NotSelected, P::Unpaid, P::Refunded],
        note: "never a fee",
        ..row(Step::CancelByShop, Role::SALON, OPEN)
    },
    Transition {
        to: &[S::NoShow],
        to_prepayment: &[P::NotSelected, P::Unpaid, P::Refunded, P::Kept],
        to_fee: &[F::None, F::Due, F::Paid],
        note: "from the start on; the policy's fee",
        ..row(Step::NoShow, Role::SALON, &[S::Confirmed])
    },
    Transition { fee: &[F::Due], to_fee: &[F::Paid], note: "in full", ..row(Step::PayFee, Role::SALON, &[S::CancelledLate, S::NoShow]) },
    Transition {
        fee: &[F::Due],
        to_fee: &[F::Waived],
        note: "with a reason",
        ..row(Step::WaiveFee, Role::SALON, &[S::CancelledLate, S::NoShow])
    },
    Transition {
        to: &[S::EnteredInError],
        to_prepayment: &[P::NotSelected, P::Unpaid, P::Refunded],
        ..row(Step::EnteredInError, Role::SALON, OPEN)
    },
    Transition {
        prepayment: &[P::NotSelected, P::Unpaid, P::Refunded, P::Kept],
        fee: &[F::None, F::Paid, F::Waived],
        to: &[S::EnteredInError],
        to_prepayment: &[P::NotSelected, P::Unpaid, P::Refunded],
        to_fee: &[F::None],
        note: "what was kept or paid goes back; not while a fee is due: waive it first",
        ..row(Step::EnteredInError, Role::SALON, &[S::CancelledEarly, S::CancelledLate, S::CancelledByShop, S::NoShow])
    },
];

/// Where a reservation stands on the three axes.
#[must_use]
pub const fn stages(reservation: &Reservation) -> (Stage, PrepaymentStage, FeeStage) {
    let stage = match reservation.booking {
        BookingState::Tentative => S::Tentative,
        BookingState::Confirmed => S::Confirmed,
        BookingState::Visited { .. } if reservation.checkout.is_some() => S::CheckedOut,
        BookingState::Visited { .. } => S::Visited,
        BookingState::Cancelled { by: CancelledBy::Shop, .. } => S::CancelledByShop,
        BookingState::Cancelled { timing: CancelTiming::Early, .. } => S::CancelledEarly,
        BookingState::Cancelled { timing: CancelTiming::Late, .. } => S::CancelledLate,
        BookingState::NoShow { .. } => S::NoShow,
        BookingState::EnteredInError { .. } => S::EnteredInError,
    };
    let prepayment = match reservation.prepayment {
        Prepayment::NotSelected => P::NotSelected,
        Prepayment::Unpaid => P::Unpaid,
        Prepayment::Paid { .. } => P::Paid,
        Prepayment::Refunded { .. } => P::Refunded,
        Prepayment::Kept { .. } => P::Kept,
    };
    let fee = match reservation.fee {
        Fee::None => F::None,
        Fee::Due { .. } => F::Due,
        Fee::Paid { .. } => F::Paid,
        Fee::Waived { .. } => F::Waived,
    };
    (stage, prepayment, fee)
}

/// The row that allows a move from where a reservation stands.
#[must_use]
pub fn transition(reservation: &Reservation, step: Step) -> Option<&'static Transition> {
    let (stage, prepayment, fee) = stages(reservation);
    TRANSITIONS
        .iter()
        .find(|row| row.step == step && row.from.contains(&stage) && row.prepayment.contains(&prepayment) && row.fee.contains(&fee))
}

/// Refuses a move that the table does not allow, naming the present state and the allowed moves (R3). While the salon does not use prepayment,
/// choosing it is not among them (R2).
pub(crate) fn must_allow(reservation: &Reservation, step: Step, settings: &Settings) -> Result<(), BookingError> {
    if transition(reservation, step).is_some() {
        return Ok(());
    }
    let offered = Step::ALL.iter().filter(|step| settings.prepayment || **step != Step::ChoosePrepayment);
    let allowed = offered.filter(|step| transition(reservation, **step).is_some()).map(|step| step.name()).collect();
    Err(BookingError::NotAllowed { reservation: reservation.id, move_: step.name(), state: stages(reservation).0.name(), allowed })
}
