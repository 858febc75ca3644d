//! Reservations 予約: the gate they pass, how they are booked, and how they move.

mod book;
mod gate;
mod show;
mod table;
mod transitions;

pub use self::book::{Book, Booked, Reschedule};
pub use self::gate::{Denial, FULLY_BOOKED, Gate, GateReason, MayBook, Standing, Verdict, gate};
pub use self::show::{GetReservations, ReservationRow, Reservations};
pub(crate) use self::table::must_allow;
pub use self::table::{FeeStage, PrepaymentStage, Stage, Step, TRANSITIONS, Transition, stages, transition};
pub use self::transitions::{Move, MoveReservation, Moved};
pub(crate) use self::transitions::{cancel_by_customer, carry_out, refund};
