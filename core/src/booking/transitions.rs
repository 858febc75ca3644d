use super::book::owned;
use crate::customer::limits;
use crate::error::{BookingError, Error};
use crate::id::ReservationId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::money::Yen;
use crate::record::{BookingState, CancelTiming, CancelledBy, Fee, Label, Prepayment, Reservation};
use crate::text::one_line;

wire! {
    /// Moves a reservation along (R3).
    #[derive(Debug)]
    pub struct MoveReservation {
        /// Which reservation.
        pub reservation: ReservationId,
        /// What happens to it.
        pub to: Move,
    }
}

wire! {
    /// What can happen to a reservation (R3).
    #[serde(tag = "type")]
    pub enum Move {
        /// A tentative one is confirmed.
        Confirm,
        /// The chosen prepayment was paid.
        PayPrepayment,
        /// 来店: check-in.
        Visit,
        /// The customer cancels: early or late by the deadline (R4).
        CancelByCustomer,
        /// 店舗都合: never costs a fee, never counts against the customer (R4).
        CancelByShop,
        /// 無断キャンセル
        NoShow,
        /// The fee was paid in full (R5).
        PayFee {
            /// What was paid: all that is due.
            amount: Yen,
        },
        /// キャンセル料の取り消し, with a reason (R5).
        WaiveFee {
            /// Why.
            reason: String,
        },
        /// It never should have been entered.
        EnteredInError,
    }
}

// The reason of a waiver tells of the customer (A4).
impl core::fmt::Debug for Move {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

impl Move {
    const fn name(&self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::PayPrepayment => "payPrepayment",
            Self::Visit => "visit",
            Self::CancelByCustomer => "cancelByCustomer",
            Self::CancelByShop => "cancelByShop",
            Self::NoShow => "noShow",
            Self::PayFee { .. } => "payFee",
            Self::WaiveFee { .. } => "waiveFee",
            Self::EnteredInError => "enteredInError",
        }
    }
}

wire! {
    /// A moved reservation.
    #[derive(Debug)]
    pub struct Moved {
        /// The reservation.
        pub reservation: ReservationId,
        /// Its version now.
        pub version: u32,
        /// Its label 予約ステータス; none once entered in error.
        pub label: Option<Label>,
        /// The cancellation fee that is due now.
        pub due: Yen,
        /// What of a prepayment is to be given back now.
        pub refund: Yen,
    }
}

// The one table of moves: what may be done from where (R3).
fn allowed(reservation: &Reservation) -> Vec<&'static str> {
    let mut moves: Vec<&'static str> = match reservation.booking {
        BookingState::Tentative => vec!["confirm", "reschedule", "cancelByCustomer", "cancelByShop", "enteredInError"],
        BookingState::Confirmed => vec!["visit", "reschedule", "cancelByCustomer", "cancelByShop", "noShow", "enteredInError"],
        BookingState::Visited { .. }
        | BookingState::Cancelled { .. }
        | BookingState::NoShow { .. }
        | BookingState::EnteredInError { .. } => Vec::new(),
    };
    if reservation.booking.is_open() && reservation.prepayment == Prepayment::Unpaid {
        moves.push("payPrepayment");
    }
    if matches!(reservation.fee, Fee::Due { .. }) {
        moves.extend(["payFee", "waiveFee"]);
    }
    moves
}

pub(super) fn not_allowed(reservation: &Reservation, move_: &'static str) -> BookingError {
    BookingError::NotAllowed { reservation: reservation.id, move_, state: reservation.booking.name(), allowed: allowed(reservation) }
}

impl Command for MoveReservation {
    type Output = Moved;
    const NAME: &'static str = "moveReservation";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Moved, Halt> {
        let customer_may = matches!(self.to, Move::CancelByCustomer);
        if context.actor.role == Role::Customer && !customer_may {
            context.actor.allowed(Role::SALON, Self::NAME)?;
        }
        let before = owned(draft, self.reservation, context, Self::NAME)?;
        if !allowed(&before).contains(&self.to.name()) {
            return Err(not_allowed(&before, self.to.name()).into());
        }
        let mut after = before.clone();
        apply(&self.to, &mut after, context)?;
        after.version = before.version.saturating_add(1);
        let refund = match (before.prepayment, after.prepayment) {
            (Prepayment::Paid { .. }, Prepayment::Refunded { amount }) => amount,
            (Prepayment::Paid { .. }, Prepayment::Kept { refund, .. }) => refund,
            _ => Yen::ZERO,
        };
        let moved = Moved { reservation: after.id, version: after.version, label: after.label(), due: after.due(), refund };
        draft.put(after)?;
        Ok(moved)
    }
}

fn apply(step: &Move, reservation: &mut Reservation, context: &Context) -> Result<(), Error> {
    let at = context.now;
    match step {
        Move::Confirm => {
            reservation.booking = BookingState::Confirmed;
            reservation.ever_confirmed = true;
        }
        Move::PayPrepayment => reservation.prepayment = Prepayment::Paid { amount: reservation.price()? },
        Move::Visit => reservation.booking = BookingState::Visited { at },
        Move::CancelByCustomer => {
            // At the deadline itself the customer is still in time.
            let timing = if at <= reservation.deadline { CancelTiming::Early } else { CancelTiming::Late };
            // A tentative reservation was never promised by either side.
            let late = timing == CancelTiming::Late && reservation.ever_confirmed;
            let fee = if late { reservation.policy.late_fee(reservation.start, at, reservation.price()?)? } else { Yen::ZERO };
            reservation.booking = BookingState::Cancelled { by: CancelledBy::Customer, at, timing };
            charge(reservation, fee)?;
        }
        Move::CancelByShop => {
            let timing = if at <= reservation.deadline { CancelTiming::Early } else { CancelTiming::Late };
            reservation.booking = BookingState::Cancelled { by: CancelledBy::Shop, at, timing };
            charge(reservation, Yen::ZERO)?;
        }
        Move::NoShow => {
            let fee = reservation.policy.no_show.of(reservation.price()?)?;
            reservation.booking = BookingState::NoShow { at };
            charge(reservation, fee)?;
        }
        Move::PayFee { amount } => {
            let due = reservation.due();
            if *amount != due {
                return Err(BookingError::Amount { field: "amount", due }.into());
            }
            reservation.fee = Fee::Paid { amount: due };
        }
        Move::WaiveFee { reason } => {
            let reason = one_line("reason", reason, limits::LINE)?;
            if reason.is_empty() {
                return Err(BookingError::ReasonBlank { field: "reason" }.into());
            }
            reservation.fee = Fee::Waived { amount: reservation.due(), by: context.actor.id.clone(), reason };
        }
        Move::EnteredInError => {
            reservation.booking = BookingState::EnteredInError { at };
            charge(reservation, Yen::ZERO)?;
        }
    }
    Ok(())
}

// R4: a prepayment covers the fee first; the rest goes back. A fee of ¥0 is never due.
fn charge(reservation: &mut Reservation, fee: Yen) -> Result<(), Error> {
    let mut due = fee;
    if let Prepayment::Paid { amount } = reservation.prepayment {
        let kept = fee.min(amount);
        due = fee.minus(kept)?;
        reservation.prepayment =
            if kept == Yen::ZERO { Prepayment::Refunded { amount } } else { Prepayment::Kept { kept, refund: amount.minus(kept)? } };
    }
    reservation.fee = if due > Yen::ZERO {
        Fee::Due { amount: due }
    } else if fee > Yen::ZERO {
        Fee::Paid { amount: fee }
    } else {
        Fee::None
    };
    Ok(())
}
