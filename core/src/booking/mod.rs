//! Reservations 予約: the gate they pass, how they are booked, and how they move.

mod book;
mod gate;
mod show;
mod transitions;

pub use self::book::{Book, Booked, Reschedule};
pub use self::gate::{FULLY_BOOKED, Gate, GateReason, MayBook, Verdict, gate};
pub use self::show::{GetReservations, ReservationRow, Reservations};
pub use self::transitions::{Move, MoveReservation, Moved};
