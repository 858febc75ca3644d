use super::book::{overlapping, owned};
use super::table::{Step, TRANSITIONS, must_allow};
use crate::customer::{active, given_reason};
use crate::error::{BookingError, Error};
use crate::id::ReservationId;
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{
    BookingState, CancelTiming, CancelledBy, Correction, Fee, Kind, Label, LateTickets, PointSource, Prepayment, Reservation, Settings, key,
};
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
        /// The chosen prepayment was paid: what tickets do not pay of the lines (K4).
        PayPrepayment,
        /// The prepayment was given back; the reservation stays.
        RefundPrepayment,
        /// 来店: check-in, from the business day of the reservation's start on. Held tickets are used (K4), points earned (Z1).
        Visit,
        /// 来店の取り消し: a correction; tickets are held again, points taken back (Z1). Before the hour it was booked for, only while the customer
        /// has not withdrawn: what lies ahead ended with that (W2).
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
        /// What is to be given back now: of a prepayment, and of a paid fee where the reservation was entered in error.
        pub refund: Yen,
        /// Points earned by it now, less those taken back; left out where none moved.
        pub points: Option<i32>,
        /// Where it was confirmed: other confirmed reservations of the same customer at the same time (R8).
        pub overlaps: Vec<ReservationId>,
    }
}

impl Command for MoveReservation {
    type Output = Moved;
    const NAME: &'static str = "moveReservation";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn reads(&self) -> Vec<Read> {
        vec![Read::one::<Reservation>(self.reservation), Read::Key { kind: Kind::PointLot, key: key::points(self.reservation) }]
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
    let settings = draft.settings()?;
    must_allow(before, to.step(), &settings)?;
    let mut after = before.clone();
    apply(to, &mut after, &settings, context)?;
    // Leaving ended all that lay ahead (W2): no correction brings one back. Once it has begun the shop brings it to its end.
    if matches!(to, Move::UndoVisit { .. }) && after.start > context.now {
        active(draft, after.customer)?;
    }
    after.version = before.version.saturating_add(1);
    let points = follow(draft, before, &after, context)?;
    let refund = refund(before, &after)?;
    let overlaps = match to {
        Move::Confirm => overlapping(draft.read().find(after.customer)?.as_ref(), &after),
        _ => Vec::new(),
    };
    let moved = Moved { reservation: after.id, version: after.version, label: after.label(), due: after.due(), refund, points, overlaps };
    draft.put(after)?;
    Ok(moved)
}

/// What a move gives back: of a prepayment, and of a paid fee where the reservation was entered in error.
pub(crate) fn refund(before: &Reservation, after: &Reservation) -> Result<Yen, Error> {
    Ok(taken(before)?.minus(taken(after)?)?.max(Yen::ZERO))
}

fn reason(raw: &str) -> Result<String, Error> {
    given_reason(raw, BookingError::ReasonBlank { field: "reason" })
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
        Move::PayPrepayment => reservation.prepayment = Prepayment::Paid { amount: reservation.amount()? },
        Move::RefundPrepayment => {
            if let Prepayment::Paid { amount } = reservation.prepayment {
                reservation.prepayment = Prepayment::Refunded { amount };
            }
        }
        Move::Visit => {
            // The last visit lies on a day that has come (N5).
            let from = settings.calendar.start_of(settings.calendar.day_of(reservation.start)?);
            if at < from {
                return Err(BookingError::VisitTooEarly { reservation: reservation.id, from }.into());
            }
            reservation.booking = BookingState::Visited { at };
            reservation.earns = points::rule(settings, reservation.earns);
        }
        Move::UndoVisit { reason: why } => {
            reservation.booking = BookingState::Confirmed;
            reservation.corrections.push(Correction { at, by: context.actor.id.clone(), reason: reason(why)? });
        }
        Move::CancelByCustomer => {
            cancel_by_customer(reservation, at)?;
        }
        Move::CancelByShop => {
            reservation.booking = BookingState::Cancelled { by: CancelledBy::Shop, at, timing: timing(reservation, at) };
            charge(reservation)?;
        }
        Move::NoShow => {
            if at < reservation.start {
                return Err(BookingError::TooEarly { reservation: reservation.id, from: reservation.start }.into());
            }
            reservation.booking = BookingState::NoShow { at };
            charge(reservation)?;
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
            charge(reservation)?;
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
    reservation.booking = BookingState::Cancelled { by: CancelledBy::Customer, at, timing: timing(reservation, at) };
    charge(reservation)
}

// What the frozen policy asks for how a reservation ended (R4, R6): a late cancel by the customer, a no-show, nothing else. A tentative one
// was never promised by either side.
fn policy_fee(reservation: &Reservation) -> Result<Option<Yen>, Error> {
    let (policy, price) = (&reservation.policy, reservation.price()?);
    Ok(match reservation.booking {
        BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, at } if reservation.ever_confirmed => {
            Some(policy.late_fee(reservation.policy_start(), at, price)?)
        }
        BookingState::NoShow { .. } => Some(policy.no_show.of(price)?),
        _ => None,
    })
}

// K4: whether the held tickets are used up in place of the fee.
fn uses_tickets_up(reservation: &Reservation) -> Result<bool, Error> {
    let asked = reservation.policy.tickets == LateTickets::Consume && !reservation.tickets.is_empty();
    Ok(asked && policy_fee(reservation)?.is_some())
}

// R4: a prepayment covers the fee first; the rest goes back. A fee of ¥0 is never due. Where nothing is asked, all that was paid goes back.
fn charge(reservation: &mut Reservation) -> Result<(), Error> {
    let fee = if uses_tickets_up(reservation)? { Yen::ZERO } else { policy_fee(reservation)?.unwrap_or_default() };
    let paid = match reservation.prepayment {
        Prepayment::Paid { amount } => Some(amount),
        Prepayment::Kept { kept, refund } => Some(kept.plus(refund)?),
        _ => None,
    };
    let mut due = fee;
    if let Some(amount) = paid {
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

// What the salon has of the customer's money for a reservation: a prepayment, or what of a fee was paid.
fn taken(reservation: &Reservation) -> Result<Yen, Error> {
    Ok(match (reservation.prepayment, &reservation.fee) {
        (Prepayment::Paid { amount }, _) => amount,
        // All of it: the record of a payment names only what the prepayment had left due.
        (Prepayment::Kept { kept, .. }, Fee::Paid { .. }) => policy_fee(reservation)?.unwrap_or(kept),
        (Prepayment::Kept { kept, .. }, _) => kept,
        (_, Fee::Paid { amount }) => *amount,
        _ => Yen::ZERO,
    })
}

// What tickets and points do when the booking axis moves. Answers the points that moved.
fn follow(draft: &mut Draft<'_>, before: &Reservation, after: &Reservation, context: &Context) -> Result<Option<i32>, Halt> {
    match (before.booking, after.booking) {
        (BookingState::Confirmed, BookingState::Visited { .. }) => {
            ticket::consume(draft, after, context)?;
            Ok(points::settle_visit(draft, after, context)?.moved())
        }
        (BookingState::Visited { .. }, BookingState::Confirmed) => {
            ticket::restore(draft, after, context)?;
            let source = PointSource::Visit { reservation: after.id };
            Ok(points::settle(draft, after.customer, source, 0, context)?.moved())
        }
        // What was used up for a no-show or a late cancel that never was is free again, like what was still held.
        (_, BookingState::EnteredInError { .. }) => {
            ticket::restore(draft, after, context)?;
            ticket::release(draft, after, context)?;
            Ok(None)
        }
        (before, after_state) if before.is_open() && !after_state.is_open() => {
            if uses_tickets_up(after)? {
                ticket::consume(draft, after, context)?;
            } else {
                ticket::release(draft, after, context)?;
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}
