use crate::customer::{may_name, resolve};
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Fee, Label, Reservation};
use crate::time::{Date, Instant};

wire! {
    /// A customer's reservations.
    #[derive(Debug)]
    pub struct GetReservations {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// Reservations, the latest start first. Those entered in error are in no list (R2).
    #[derive(Debug)]
    pub struct Reservations {
        /// The reservations.
        pub reservations: Vec<ReservationRow>,
    }
}

wire! {
    /// A reservation with what is derived from it.
    #[derive(Debug)]
    pub struct ReservationRow {
        /// The record.
        pub reservation: Reservation,
        /// Its label 予約ステータス.
        pub label: Label,
        /// The business day of its start.
        pub day: Date,
    }
}

impl Query for GetReservations {
    type Output = Reservations;
    const NAME: &'static str = "getReservations";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<Reservations, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = resolve(look, self.customer)?;
        let calendar = crate::log::settings(look)?.calendar;
        let mut rows = Vec::new();
        for mut reservation in look.children::<Reservation>(customer.id)? {
            if actor.role == Role::Customer {
                // Why the shop let a fee go, or took a visit back, is the shop's own.
                if let Fee::Waived { reason, .. } = &mut reservation.fee {
                    reason.clear();
                }
                reservation.corrections.iter_mut().for_each(|correction| correction.reason.clear());
            }
            if let Some(label) = reservation.label() {
                rows.push(ReservationRow { day: calendar.day_of(reservation.start)?, label, reservation });
            }
        }
        rows.sort_by_key(|row| core::cmp::Reverse((row.reservation.start, row.reservation.id)));
        Ok(Reservations { reservations: rows })
    }
}
