use super::gate::{GateReason, ask_gate};
use super::table::{Step, must_allow};
use crate::customer::{limits, may_name, may_see};
use crate::error::{BookingError, CustomerError, Error};
use crate::id::{CustomerId, RecordId, ReservationId, ShopId, StaffId};
use crate::log::{Command, Context, Draft, Halt, Look, Read, Role};
use crate::record::{
    BookingState, Channel, Customer, Entity as _, Fee, Figures, Kind, Label, Line, Listing, Prepayment, Reservation, Settings, Ticket,
};
use crate::text::multi_line;
use crate::ticket::{self, TicketWish};
use crate::time::Instant;

wire! {
    /// Books a reservation 予約 (R1). How it was booked 予約方法 is the channel of the call.
    pub struct Book {
        /// Whose it is.
        pub customer: CustomerId,
        /// 店舗
        pub shop: ShopId,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// Menus, at least one.
        pub lines: Vec<Line>,
        /// Start.
        pub start: Instant,
        /// End, at most 24 hours after the start.
        pub end: Instant,
        /// 予約時コメント
        pub comment: Option<String>,
        /// 事前決済を利用する; only where the salon offers it (R2).
        pub prepay: bool,
        /// 仮予約: to be confirmed later.
        pub tentative: bool,
        /// 回数券 that shall pay for it: held until it is visited or cancelled (K4).
        pub tickets: Vec<TicketWish>,
    }
}

redacted_debug!(Book { customer, shop, start, end });

wire! {
    /// A booked or moved reservation.
    #[derive(Debug)]
    pub struct Booked {
        /// The reservation.
        pub reservation: ReservationId,
        /// Its version now.
        pub version: u32,
        /// Its label 予約ステータス.
        pub label: Option<Label>,
        /// The last instant for a free cancel (R4).
        pub deadline: Instant,
        /// What staff should know; empty when the customer booked.
        pub warnings: Vec<GateReason>,
        /// Other confirmed reservations of the same customer at the same time: allowed, with this warning (R8). None while this one is tentative.
        pub overlaps: Vec<ReservationId>,
    }
}

// Both ends as days the ledger can keep, in order, within a day: what is stored later never fails to be read.
fn checked_time(start: Instant, end: Instant) -> Result<(), Error> {
    start.checked("start")?;
    end.checked("end")?;
    if end <= start {
        return Err(BookingError::EndsBeforeStart { field: "end" }.into());
    }
    if end > start.plus_ms(24 * 3_600_000) {
        return Err(BookingError::TooLong { field: "end" }.into());
    }
    Ok(())
}

// Only staff enter what has been (N10): a customer books a time that is still to come.
fn still_to_come(start: Instant, context: &Context) -> Result<(), BookingError> {
    if context.actor.role == Role::Customer && start < context.now { Err(BookingError::InPast { field: "start" }) } else { Ok(()) }
}

// The gate is asked with whatever the customer has: fees due, lists, state. Answers the warnings.
fn pass_gate(
    look: &dyn Look,
    customer: &Customer,
    figures: Option<&Figures>,
    settings: &Settings,
    context: &Context,
) -> Result<Vec<GateReason>, Halt> {
    let asked = ask_gate(look, customer, figures, settings, context.channel)?;
    match asked.refusal(customer, &context.actor) {
        Some(error) => Err(error.into()),
        None if context.actor.role == Role::Customer => Ok(Vec::new()),
        None => Ok(asked.gate.staff_reasons),
    }
}

/// Other confirmed reservations of the customer at the time of this one (R8); none while this one is tentative.
pub(super) fn overlapping(figures: Option<&Figures>, this: &Reservation) -> Vec<ReservationId> {
    if this.booking != BookingState::Confirmed {
        return Vec::new();
    }
    let confirmed = figures.into_iter().flat_map(|figures| &figures.open).filter(|other| !other.tentative);
    confirmed.filter(|other| other.id != this.id && other.start < this.end && this.start < other.end).map(|other| other.id).collect()
}

impl Command for Book {
    type Output = Booked;
    const NAME: &'static str = "book";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn reads(&self) -> Vec<Read> {
        let mut reads =
            vec![Read::one::<Customer>(self.customer), Read::one::<Figures>(self.customer), Read::children::<Listing>(self.customer)];
        for wish in self.tickets.iter().take(ticket::WISHES) {
            reads.push(wish.ticket.map_or_else(|| Read::children::<Ticket>(self.customer), Read::one::<Ticket>));
        }
        reads
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Booked, Halt> {
        may_name(draft, &context.actor, self.customer, Self::NAME)?;
        context.actor.comes_through(context.channel, Channel::ONLINE, Self::NAME)?;
        let id = RecordId::from(self.customer);
        let (customer, figures) = (draft.one(Kind::Customer, &id)?, draft.one(Kind::Figures, &id)?);
        let customer = customer.as_ref().and_then(Customer::of).ok_or(CustomerError::NotFound { customer: self.customer })?;
        let figures = figures.as_ref().and_then(Figures::of);
        let settings = draft.shared_settings()?;
        // What is wrong with the request comes before the gate: a blocked person learns no more from a malformed one than anybody would.
        checked_time(self.start, self.end)?;
        still_to_come(self.start, context)?;
        self.lines.iter().try_for_each(|line| line.price.on_a_line("lines").map(|_| ()))?;
        if self.lines.is_empty() || self.lines.len() > 50 {
            return Err(BookingError::NoLines { field: "lines" }.into());
        }
        if self.prepay && !settings.prepayment {
            return Err(BookingError::PrepaymentOff { field: "prepay" }.into());
        }
        let comment =
            self.comment.as_deref().map(|raw| multi_line("comment", raw, limits::COMMENT)).transpose()?.filter(|text| !text.is_empty());
        let mut reservation = Reservation {
            id: draft.new_reservation()?,
            customer: self.customer,
            version: 1,
            shop: self.shop.clone(),
            staff: self.staff.clone(),
            lines: self.lines.clone(),
            start: self.start,
            end: self.end,
            booked_by: context.channel,
            booked_at: context.now,
            comment,
            deadline: settings.cancellation.deadline_for(self.start, settings.calendar),
            policy: settings.cancellation.clone(),
            booking: if self.tentative { BookingState::Tentative } else { BookingState::Confirmed },
            prepayment: if self.prepay { Prepayment::Unpaid } else { Prepayment::NotSelected },
            fee: Fee::None,
            ever_confirmed: !self.tentative,
            policy_start: None,
            tickets: Vec::new(),
            covered: None,
            earns: settings.points.rule,
            checkout: None,
            corrections: Vec::new(),
        };
        let day = settings.calendar.day_of(self.start)?;
        ticket::book(draft, &mut reservation, &self.tickets, day, context)?;
        let warnings = pass_gate(draft, customer, figures, &settings, context)?;
        let booked = booked(&reservation, warnings, overlapping(figures, &reservation));
        draft.put(reservation)?;
        Ok(booked)
    }
}

fn booked(reservation: &Reservation, warnings: Vec<GateReason>, overlaps: Vec<ReservationId>) -> Booked {
    Booked {
        reservation: reservation.id,
        version: reservation.version,
        label: reservation.label(),
        deadline: reservation.deadline,
        warnings,
        overlaps,
    }
}

wire! {
    /// 日時変更: a new time for an open reservation. It is a new booking to the gate (G4).
    #[derive(Debug)]
    pub struct Reschedule {
        /// Which reservation.
        pub reservation: ReservationId,
        /// The new start.
        pub start: Instant,
        /// The new end.
        pub end: Instant,
        /// 担当スタッフ, if that changes too.
        pub staff: Option<StaffId>,
    }
}

impl Command for Reschedule {
    type Output = Booked;
    const NAME: &'static str = "reschedule";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn reads(&self) -> Vec<Read> {
        vec![Read::one::<Reservation>(self.reservation)]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Booked, Halt> {
        let mut reservation = owned(draft, self.reservation, context, Self::NAME)?;
        let settings = draft.shared_settings()?;
        must_allow(&reservation, Step::Reschedule, &settings)?;
        // Staff enter late what was agreed; a customer agrees to nothing any more.
        if context.actor.role == Role::Customer && reservation.start < context.now {
            return Err(BookingError::Started { reservation: reservation.id }.into());
        }
        checked_time(self.start, self.end)?;
        still_to_come(self.start, context)?;
        let id = RecordId::from(reservation.customer);
        let (customer, figures) = (draft.one(Kind::Customer, &id)?, draft.one(Kind::Figures, &id)?);
        let customer = customer.as_ref().and_then(Customer::of).ok_or(CustomerError::NotFound { customer: reservation.customer })?;
        let figures = figures.as_ref().and_then(Figures::of);
        // After the deadline a new date makes neither a free cancel nor a lower fee possible again (R6).
        if context.now <= reservation.deadline {
            reservation.deadline = reservation.policy.deadline_for(self.start, settings.calendar);
            reservation.policy_start = None;
        } else {
            reservation.policy_start = Some(reservation.policy_start()).filter(|kept| *kept != self.start);
        }
        (reservation.start, reservation.end) = (self.start, self.end);
        if self.staff.is_some() {
            reservation.staff.clone_from(&self.staff);
        }
        reservation.version = reservation.version.saturating_add(1);
        ticket::must_still_fit(draft.read(), &mut reservation, settings.calendar.day_of(self.start)?)?;
        let warnings = pass_gate(draft, customer, figures, &settings, context)?;
        let booked = booked(&reservation, warnings, overlapping(figures, &reservation));
        draft.put(reservation)?;
        Ok(booked)
    }
}

/// A reservation, if it is there and, for a customer, theirs. Somebody else's answers a customer like one that is not there, and so does one
/// that was entered in error (R2).
pub(super) fn owned(look: &dyn Look, id: ReservationId, context: &Context, command: &'static str) -> Result<Reservation, Halt> {
    let missing = || BookingError::NotFound { reservation: id };
    context.actor.comes_through(context.channel, Channel::ONLINE, command)?;
    let reservation: Reservation = look.find(id)?.ok_or_else(missing)?;
    may_see(look, &context.actor, reservation.customer, command, || missing().into())?;
    if context.actor.role == Role::Customer && matches!(reservation.booking, BookingState::EnteredInError { .. }) {
        return Err(missing().into());
    }
    Ok(reservation)
}
