use crate::id::{CustomerId, ReservationId};
use crate::money::Yen;

problems! {
    /// The gate and reservations (G3, G4, R).
    pub enum BookingError {
        /// What the public is told when nothing can be booked, whatever the reason (G3).
        Unavailable { /** The sentence to show. */ public_message: &'static str } = "booking.unavailable", "no reservation can be made at this time";
        /// The customer is on the black list (for staff; the public gets `booking.unavailable`).
        Blacklisted { /** The customer. */ customer: CustomerId, /** The sentence to show to the customer, if any. */ public_message: &'static str } =
            "booking.blacklisted" at "customer", "customer {customer} is on the black list";
        /// A cancellation fee is unpaid (G3).
        UnpaidFee { /** The customer. */ customer: CustomerId, /** What is due. */ amount: Yen, /** The sentence to show. */ public_message: String } =
            "booking.unpaid_fee" at "customer", "customer {customer} has an unpaid cancellation fee";
        /// No such reservation in this salon.
        NotFound { /** The id. */ reservation: ReservationId } = "booking.not_found" at "reservation", "there is no reservation {reservation}";
        /// A move that the present state does not allow (R3).
        NotAllowed { /** The reservation. */ reservation: ReservationId, /** The move. */ move_: &'static str, /** The present state. */ state: &'static str, /** What may be done now. */ allowed: Vec<&'static str> } =
            "booking.not_allowed" at "reservation", "{reservation} is {state}: {move_} is not possible now";
        /// The end is not after the start.
        EndsBeforeStart { /** The field. */ field: &'static str } = "booking.ends_before_start", "{field}: a reservation ends after it starts";
        /// Longer than one reservation can be.
        TooLong { /** The field. */ field: &'static str } = "booking.too_long", "{field}: a reservation lasts at most 24 hours";
        /// Nothing is booked.
        NoLines { /** The field. */ field: &'static str } = "booking.no_lines", "{field}: at least one menu, at most 50";
        /// Prepayment is not offered by this salon (R2).
        PrepaymentOff { /** The field. */ field: &'static str } = "booking.prepayment_off", "{field}: this salon does not use prepayment";
        /// A cancellation policy that cannot be (R6).
        Policy { /** The field. */ field: &'static str, /** What can be. */ expected: &'static str } = "booking.policy", "{field}: {expected}";
        /// A waiver without a reason (R3).
        ReasonBlank { /** The field. */ field: &'static str } = "booking.reason_blank", "{field}: say why";
        /// The amount is not what is due (R5).
        Amount { /** The field. */ field: &'static str, /** What is due. */ due: Yen } = "booking.amount", "{field}: pay in full what is due";
        /// A no-show before the reservation has begun: nobody can know yet.
        TooEarly { /** The reservation. */ reservation: ReservationId, /** From when it can be said. */ from: crate::time::Instant } =
            "booking.too_early" at "reservation", "{reservation} has not begun: a no-show can be recorded from its start on";
        /// A check-in before the business day it was booked for: the visit would lie in the future (N5).
        VisitTooEarly { /** The reservation. */ reservation: ReservationId, /** From when it can be checked in. */ from: crate::time::Instant } =
            "booking.visit_too_early" at "reservation", "{reservation} is for a later day: reschedule it to the day of the visit first";
        /// A customer asks for a time that has been; staff may, for what is entered late.
        InPast { /** The field. */ field: &'static str } = "booking.in_past", "{field}: a customer books a time that is still to come";
        /// A customer moves a reservation whose start has passed; staff may.
        Started { /** The reservation. */ reservation: ReservationId } = "booking.started" at "reservation", "{reservation} has begun: only the salon can move it now";
    }
}
