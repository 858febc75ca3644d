use super::book::owned;
use super::table::{Step, TRANSITIONS, must_allow};
use crate::customer::limits;
use crate::error::{BookingError, Error};
use crate::id::ReservationId;
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{
    BookingState, CancelTiming, CancelledBy, Correction, Fee, Kind, Label, LateTickets, PointSource, Prepayment, Reservation, Settings, key,
};
use crate::text::one_line;
use crate::ticket;
use crate::time::Instant;

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
    /// What can happen to a reservation (R3). What may happen when, and where it leads, is in `docs/reservations.md`.
    #[serde(tag = "type")]
    pub enum Move {
        /// A tentative one is confirmed.
        Confirm,
        /// The customer will pay before the visit; only while the salon uses prepayment (R2).
        ChoosePrepayment,
        /// The chosen prepayment was paid.
        PayPrepayment,
        /// The prepayment was given back; the reservation stays.
        RefundPrepayment,
        /// 来店: check-in. Held tickets are used (K4), points earned (Z1).
        Visit,
        /// 来店の取り消し: a correction; tickets are held again, points taken back (Z1).
        UndoVisit {
            /// Why.
            reason: String,
        },
        /// The customer cancels: early or late by the deadline (R4).
        CancelByCustomer,
        /// 店舗都合: never costs a fee, never counts against the customer (R4).
        CancelByShop,
        /// 無断キャンセル, from the reservation's start on.
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
        f.write_str(self.step().name())
    }
}

impl Move {
    /// The move's row in the table.
    #[must_use]
    pub const fn step(&self) -> Step {
        match self {
            Self::Confirm => Step::Confirm,
            Self::ChoosePrepayment => Step::ChoosePrepayment,
            Self::PayPrepayment => Step::PayPrepayment,
            Self::RefundPrepayment => Step::RefundPrepayment,
            Self::Visit => Step::Visit,
            Self::UndoVisit { .. } => Step::UndoVisit,
            Self::CancelByCustomer => Step::CancelByCustomer,
            Self::CancelByShop => Step::CancelByShop,
            Self::NoShow => Step::NoShow,
            Self::PayFee { .. } => Step::PayFee,
            Self::WaiveFee { .. } => Step::WaiveFee,
            Self::EnteredInError => Step::EnteredInError,
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
        /// Points earned by it now, less those taken back; left out where none moved.
        pub points: Option<i32>,
    }
}

impl Command for MoveReservation {
    type Output = Moved;
    const NAME: &'static str = "moveReservation";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn reads(&self) -> Vec<Read> {
        vec![
            Read::Id { kind: Kind::Reservation, id: self.reservation.to_string() },
            Read::Key { kind: Kind::PointLot, key: key::points(self.reservation) },
        ]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Moved, Halt> {
        let step = self.to.step();
        let who = TRANSITIONS.iter().find(|row| row.step == step).map_or(Role::SALON, |row| row.who);
        context.actor.allowed(who, Self::NAME)?;
        let before = owned(draft, self.reservation, context, Self::NAME)?;
        carry_out(draft, &before, &self.to, context)
    }
}

/// Makes a move that the table allows, with all that follows from it. Whoever asks has said already who may.
pub(crate) fn carry_out(draft: &mut Draft<'_>, before: &Reservation, to: &Move, context: &Context) -> Result<Moved, Halt> {
    must_allow(before, to.step())?;
    let settings = draft.settings()?;
    let mut after = before.clone();
    apply(to, &mut after, &settings, context)?;
    after.version = before.version.saturating_add(1);
    let points = follow(draft, before, &after, &settings, context)?;
    let refund = refund(before, &after);
    let moved = Moved { reservation: after.id, version: after.version, label: after.label(), due: after.due(), refund, points };
    draft.put(after)?;
    Ok(moved)
}

/// What of a prepayment a move gives back.
pub(crate) const fn refund(before: &Reservation, after: &Reservation) -> Yen {
    match (before.prepayment, after.prepayment) {
        (Prepayment::Paid { .. }, Prepayment::Refunded { amount }) => amount,
        (Prepayment::Paid { .. }, Prepayment::Kept { refund, .. }) => refund,
        _ => Yen::ZERO,
    }
}

fn reason(raw: &str) -> Result<String, Error> {
    let reason = one_line("reason", raw, limits::LINE)?;
    if reason.is_empty() { Err(BookingError::ReasonBlank { field: "reason" }.into()) } else { Ok(reason) }
}

fn apply(step: &Move, reservation: &mut Reservation, settings: &Settings, context: &Context) -> Result<(), Error> {
    let at = context.now;
    match step {
        Move::Confirm => {
            reservation.booking = BookingState::Confirmed;
            reservation.ever_confirmed = true;
        }
        Move::ChoosePrepayment => {
            if !settings.prepayment {
                return Err(BookingError::PrepaymentOff { field: "to" }.into());
            }
            reservation.prepayment = Prepayment::Unpaid;
        }
        Move::PayPrepayment => reservation.prepayment = Prepayment::Paid { amount: reservation.price()? },
        Move::RefundPrepayment => {
            if let Prepayment::Paid { amount } = reservation.prepayment {
                reservation.prepayment = Prepayment::Refunded { amount };
            }
        }
        Move::Visit => reservation.booking = BookingState::Visited { at },
        Move::UndoVisit { reason: why } => {
            reservation.booking = BookingState::Confirmed;
            reservation.corrections.push(Correction { at, by: context.actor.id.clone(), reason: reason(why)? });
        }
        Move::CancelByCustomer => {
            cancel_by_customer(reservation, at)?;
        }
        Move::CancelByShop => {
            let timing = timing(reservation, at);
            reservation.booking = BookingState::Cancelled { by: CancelledBy::Shop, at, timing };
            charge(reservation, Yen::ZERO)?;
        }
        Move::NoShow => {
            if at < reservation.start {
                return Err(BookingError::TooEarly { reservation: reservation.id, from: reservation.start }.into());
            }
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
        Move::WaiveFee { reason: why } => {
            reservation.fee = Fee::Waived { amount: reservation.due(), by: context.actor.id.clone(), reason: reason(why)? };
        }
        Move::EnteredInError => {
            reservation.booking = BookingState::EnteredInError { at };
            charge(reservation, Yen::ZERO)?;
        }
    }
    Ok(())
}

// At the deadline itself the customer is still in time (R4).
fn timing(reservation: &Reservation, at: Instant) -> CancelTiming {
    if at <= reservation.deadline { CancelTiming::Early } else { CancelTiming::Late }
}

/// What a cancel by the customer makes of a reservation (R4).
pub(crate) fn cancel_by_customer(reservation: &mut Reservation, at: Instant) -> Result<(), Error> {
    let timing = timing(reservation, at);
    // A tentative reservation was never promised by either side.
    let late = timing == CancelTiming::Late && reservation.ever_confirmed;
    let fee = if late { reservation.policy.late_fee(reservation.policy_start(), at, reservation.price()?)? } else { Yen::ZERO };
    reservation.booking = BookingState::Cancelled { by: CancelledBy::Customer, at, timing };
    charge(reservation, fee)
}

// K4: whether a late cancel or a no-show uses the held tickets up in place of the fee.
fn uses_tickets_up(reservation: &Reservation) -> bool {
    let against_the_customer = match reservation.booking {
        BookingState::Cancelled { by, timing, .. } => {
            by == CancelledBy::Customer && timing == CancelTiming::Late && reservation.ever_confirmed
        }
        BookingState::NoShow { .. } => true,
        _ => false,
    };
    against_the_customer && reservation.policy.tickets == LateTickets::Consume && !reservation.tickets.is_empty()
}

// R4: a prepayment covers the fee first; the rest goes back. A fee of ¥0 is never due.
fn charge(reservation: &mut Reservation, fee: Yen) -> Result<(), Error> {
    let fee = if uses_tickets_up(reservation) { Yen::ZERO } else { fee };
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

// What tickets and points do when the booking axis moves. Answers the points that moved.
fn follow(
    draft: &mut Draft<'_>,
    before: &Reservation,
    after: &Reservation,
    settings: &Settings,
    context: &Context,
) -> Result<Option<i32>, Halt> {
    let source = PointSource::Visit { reservation: after.id };
    match (before.booking, after.booking) {
        (BookingState::Confirmed, BookingState::Visited { .. }) => {
            ticket::consume(draft, after, context)?;
            let earned = match points::rule(settings, after.earns) {
                Some(rule) => points::settle(draft, after.customer, source, rule.of(after.amount()?), context)?,
                None => points::Settled::default(),
            };
            Ok(earned.moved())
        }
        (BookingState::Visited { .. }, BookingState::Confirmed) => {
            ticket::restore(draft, after, context)?;
            Ok(points::settle(draft, after.customer, source, 0, context)?.moved())
        }
        // What was used up for a no-show or a late cancel that never was is free again, like what was still held.
        (_, BookingState::EnteredInError { .. }) => {
            ticket::restore(draft, after, context)?;
            ticket::release(draft, after, context)?;
            Ok(None)
        }
        (before, after_state) if before.is_open() && !after_state.is_open() => {
            if uses_tickets_up(after) {
                ticket::consume(draft, after, context)?;
            } else {
                ticket::release(draft, after, context)?;
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}
