//! A customer leaves (W): 退会 by themselves, through the booking site; 削除 of a record without history, and 消去 of what is personal, by the salon.

mod delete;
mod erase;
mod list;
mod pending;

pub use self::delete::{DeleteCustomer, Deleted};
pub use self::erase::{EraseCustomer, Erased, ErasurePreview, PreviewErasure};
pub use self::list::{ErasedPage, ErasedRow, ListErased, ListWithdrawn, WithdrawnPage, WithdrawnRow};
pub use self::pending::NoteRequest;
use crate::booking::{Move, Moved, cancel_by_customer, carry_out, refund};
use crate::customer::{active, keep_block, may_name, person};
use crate::error::CustomerError;
use crate::id::{CustomerId, ReservationId, TicketId};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{Channel, Customer, CustomerState, Figures, Label, Reservation, Ticket};
use crate::text::multi_line;
use crate::time::{Date, Instant};

/// How many characters a reason may have, in Unicode scalar values (W1).
const REASON: u32 = 255;

wire! {
    /// 退会: the customer leaves (W1). Their record goes out of every search and segment and onto a list of its own; what they did keeps its figures.
    /// There is no way back: whoever returns is a new customer (W3).
    pub struct Withdraw {
        /// Themselves.
        pub customer: CustomerId,
        /// 退会理由: 1 to 255 characters (W1).
        pub reason: String,
        /// Cancel the reservations that lie ahead, as a cancel by the customer; without it they stand in the way (W2).
        pub cancel_reservations: bool,
    }
}

redacted_debug!(Withdraw { customer, cancel_reservations });

wire! {
    /// A customer has left.
    #[derive(Debug)]
    pub struct Withdrawn {
        /// Who.
        pub customer: CustomerId,
        /// The record's version now.
        pub version: u32,
        /// The reservations that were cancelled, in order of their start.
        pub cancelled: Vec<Moved>,
    }
}

wire! {
    /// What leaving would mean (W2).
    #[derive(Debug)]
    pub struct PreviewWithdrawal {
        /// Who.
        pub customer: CustomerId,
    }
}

wire! {
    /// What a customer leaves behind (W2).
    #[derive(Debug)]
    pub struct WithdrawalPreview {
        /// Reservations that lie ahead, in order of their start; they stand in the way unless the withdrawal is told to cancel them.
        pub reservations: Vec<FutureReservation>,
        /// Tickets with uses left, the earliest to expire first: they cannot be used any more.
        pub tickets: Vec<LostTicket>,
        /// Points that could be spent today: they are lost.
        pub points: u32,
        /// キャンセル料未払い now. A due does not stop a withdrawal.
        pub due: Yen,
        /// The same once those reservations are cancelled.
        pub due_after: Yen,
    }
}

wire! {
    /// A reservation that lies ahead, and what cancelling it now would cost.
    #[derive(Debug)]
    pub struct FutureReservation {
        /// Which.
        pub reservation: ReservationId,
        /// Its start.
        pub start: Instant,
        /// Its label 予約ステータス.
        pub label: Option<Label>,
        /// The cancellation fee that would be due.
        pub due: Yen,
        /// What of its prepayment would be given back.
        pub refund: Yen,
    }
}

wire! {
    /// A ticket with uses left.
    #[derive(Debug)]
    pub struct LostTicket {
        /// Which.
        pub ticket: TicketId,
        /// 回数券名
        pub name: String,
        /// 残り回数, held ones included.
        pub remaining: u32,
        /// Its last day.
        pub expires_on: Date,
    }
}

// What has begun is for the shop to bring to its end: checked in, cancelled or missed.
fn ahead(look: &dyn Look, customer: CustomerId, now: Instant) -> Result<Vec<Reservation>, Halt> {
    let mut ahead: Vec<Reservation> = look.children(customer)?;
    ahead.retain(|reservation| reservation.booking.is_open() && reservation.start > now);
    ahead.sort_by_key(|reservation| (reservation.start, reservation.id));
    Ok(ahead)
}

impl Command for Withdraw {
    type Output = Withdrawn;
    const NAME: &'static str = "withdraw";
    // Nobody leaves for somebody else (W1).
    const ROLES: &'static [Role] = &[Role::Customer];

    fn reads(&self) -> Vec<Read> {
        vec![Read::one::<Customer>(self.customer), Read::children::<Reservation>(self.customer)]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Withdrawn, Halt> {
        may_name(draft, &context.actor, self.customer, Self::NAME)?;
        context.actor.comes_through(context.channel, &[Channel::Site], Self::NAME)?;
        let mut customer = active(draft, self.customer)?;
        let reason = multi_line("reason", &self.reason, REASON)?;
        if reason.is_empty() {
            return Err(CustomerError::required("reason").into());
        }
        let ahead = ahead(draft, customer.id, context.now)?;
        if !ahead.is_empty() && !self.cancel_reservations {
            let reservations = ahead.iter().map(|reservation| reservation.id).collect();
            return Err(CustomerError::FutureReservations { field: "cancelReservations", reservations }.into());
        }
        let mut cancelled = Vec::new();
        for reservation in &ahead {
            cancelled.push(carry_out(draft, reservation, &Move::CancelByCustomer, context)?);
        }
        // Without the host's key the record itself is the block, as long as it is there (G5). A customer is not told that there was one to be kept.
        let person = person(draft.read(), customer.clone())?;
        keep_block(draft, &person, context, false)?;
        customer.state = CustomerState::Withdrawn { at: context.now };
        customer.withdrawal_reason = Some(reason);
        customer.version = customer.version.saturating_add(1);
        let withdrawn = Withdrawn { customer: customer.id, version: customer.version, cancelled };
        draft.put(customer)?;
        Ok(withdrawn)
    }
}

// Tickets with uses left today, the earliest to expire first.
fn lost_tickets(look: &dyn Look, customer: CustomerId, today: Date) -> Result<Vec<LostTicket>, Halt> {
    let mut tickets: Vec<Ticket> = look.children(customer)?;
    tickets.sort_by_key(|ticket| (ticket.expires_on, ticket.id));
    let lost = |ticket: Ticket| {
        let remaining = ticket.balance().counts().remaining;
        (remaining > 0 && ticket.expires_on >= today).then(|| LostTicket {
            ticket: ticket.id,
            name: ticket.terms.name.clone(),
            remaining,
            expires_on: ticket.expires_on,
        })
    };
    Ok(tickets.into_iter().filter_map(lost).collect())
}

impl Query for PreviewWithdrawal {
    type Output = WithdrawalPreview;
    const NAME: &'static str = "previewWithdrawal";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<WithdrawalPreview, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = active(look, self.customer)?.id;
        let settings = crate::log::shared_settings(look)?;
        let today = settings.calendar.day_of(now)?;
        let due = look.find::<Figures>(customer)?.map_or(Yen::ZERO, |figures| figures.due);
        let mut due_after = due;
        let mut reservations = Vec::new();
        for before in ahead(look, customer, now)? {
            let mut after = before.clone();
            cancel_by_customer(&mut after, now)?;
            due_after = due_after.plus(after.due())?;
            reservations.push(FutureReservation {
                reservation: before.id,
                start: before.start,
                label: before.label(),
                due: after.due(),
                refund: refund(&before, &after)?,
            });
        }
        Ok(WithdrawalPreview {
            reservations,
            tickets: lost_tickets(look, customer, today)?,
            // Points that are switched off are shown nowhere (Z1).
            points: if settings.points.rule.is_some() { points::balance(look, customer, today)? } else { 0 },
            due,
            due_after,
        })
    }
}
