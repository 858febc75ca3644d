//! Where a ticket's uses go: held when booked, used by the visit, free again by a cancel (K2, K4, K5, K7).

use crate::error::TicketError;
use crate::id::TicketId;
use crate::log::{Context, Draft, Halt, Look};
use crate::money::Yen;
use crate::record::{Reservation, Ticket, TicketEntry, TicketHold, TicketMove};
use crate::time::Date;

wire! {
    /// Tickets that shall pay for a reservation (K4).
    #[derive(Copy, Debug)]
    pub struct TicketWish {
        /// Which ticket; left out: whichever fit, the earliest to expire first (K7).
        pub ticket: Option<TicketId>,
        /// How many uses, from 1.
        pub uses: u32,
    }
}

/// What a new reservation may use of a ticket.
pub(crate) fn free(ticket: &Ticket) -> u32 {
    u32::try_from(ticket.balance().free()).unwrap_or(0)
}

// What stands against using a ticket for a reservation on a day, if anything (K3, K5, K6).
fn obstacle(ticket: &Ticket, reservation: &Reservation, day: Date) -> Option<TicketError> {
    let misfit = |what: &'static str| TicketError::DoesNotFit { ticket: ticket.id, what };
    let (terms, id) = (&ticket.terms, ticket.id);
    if ticket.customer != reservation.customer {
        return Some(TicketError::NotOwner { ticket: id });
    }
    if day > ticket.expires_on {
        return Some(TicketError::Expired { ticket: id, expires_on: ticket.expires_on });
    }
    if !terms.shops.is_empty() && !terms.shops.contains(&reservation.shop) {
        return Some(misfit("shop"));
    }
    let of_the_menu: Vec<_> = reservation.lines.iter().filter(|line| terms.menus.is_empty() || terms.menus.contains(&line.menu)).collect();
    if of_the_menu.is_empty() {
        return Some(misfit("menu"));
    }
    // Nobody chosen yet is not somebody else: the shop will find one who fits.
    let staff_fits = of_the_menu.iter().any(|line| {
        let staff = line.staff.as_ref().or(reservation.staff.as_ref());
        terms.staff.is_empty() || staff.is_none_or(|staff| terms.staff.contains(staff))
    });
    if staff_fits { None } else { Some(misfit("staff")) }
}

fn find(look: &dyn Look, id: TicketId) -> Result<Ticket, Halt> {
    look.find(id)?.ok_or_else(|| TicketError::NotFound { ticket: id }.into())
}

/// Holds uses for a reservation (K4), or refuses. Answers what is held.
pub(crate) fn hold(
    draft: &mut Draft<'_>,
    reservation: &Reservation,
    wishes: &[TicketWish],
    day: Date,
    context: &Context,
) -> Result<Vec<TicketHold>, Halt> {
    let mut held: Vec<TicketHold> = Vec::new();
    if wishes.len() > 20 || wishes.iter().any(|wish| !(1..=1_000).contains(&wish.uses)) {
        return Err(TicketError::Uses { field: "tickets" }.into());
    }
    for wish in wishes {
        let mut left = wish.uses;
        let candidates = match wish.ticket {
            Some(id) => vec![named(draft.read(), id, reservation, day, context)?],
            None => fitting(draft.read(), reservation, day)?,
        };
        if candidates.is_empty() {
            return Err(TicketError::NoneFits { field: "tickets" }.into());
        }
        let all_free = candidates.iter().fold(0_u32, |sum, ticket| sum.saturating_add(free(ticket)));
        if all_free < left {
            return Err(TicketError::NotEnough { field: "tickets", free: all_free }.into());
        }
        for ticket in candidates {
            let uses = left.min(free(&ticket));
            if uses == 0 {
                continue;
            }
            left = left.saturating_sub(uses);
            match held.iter_mut().find(|own| own.ticket == ticket.id) {
                Some(own) => own.uses = own.uses.saturating_add(uses),
                None => held.push(TicketHold { ticket: ticket.id, uses, at_checkout: false }),
            }
            write(draft, ticket, context, TicketMove::Hold { reservation: reservation.id, uses })?;
        }
    }
    Ok(held)
}

// A ticket that was named must fit. To a customer, somebody else's is not there.
fn named(look: &dyn Look, id: TicketId, reservation: &Reservation, day: Date, context: &Context) -> Result<Ticket, Halt> {
    let ticket = find(look, id)?;
    match obstacle(&ticket, reservation, day) {
        Some(TicketError::NotOwner { .. }) if context.actor.role == crate::log::Role::Customer => {
            Err(TicketError::NotFound { ticket: id }.into())
        }
        Some(obstacle) => Err(obstacle.into()),
        None => Ok(ticket),
    }
}

// Every ticket of the customer that fits and has a free use, the earliest to expire first (K7).
fn fitting(look: &dyn Look, reservation: &Reservation, day: Date) -> Result<Vec<Ticket>, Halt> {
    let mut tickets: Vec<Ticket> = look.children(reservation.customer)?;
    tickets.retain(|ticket| obstacle(ticket, reservation, day).is_none() && free(ticket) > 0);
    tickets.sort_by_key(|ticket| (ticket.expires_on, ticket.id));
    Ok(tickets)
}

/// Refuses a new time at which a held ticket could not be used (K3).
pub(crate) fn must_still_fit(look: &dyn Look, reservation: &Reservation, day: Date) -> Result<(), Halt> {
    for held in &reservation.tickets {
        if let Some(obstacle) = obstacle(&find(look, held.ticket)?, reservation, day) {
            return Err(obstacle.into());
        }
    }
    Ok(())
}

/// Uses up what a reservation holds. Answers what it is worth (K7).
pub(crate) fn consume(draft: &mut Draft<'_>, reservation: &Reservation, context: &Context) -> Result<Yen, Halt> {
    let mut worth = Yen::ZERO;
    for (ticket, uses) in held(draft.read(), reservation)? {
        let amount = ticket.terms.worth(ticket.balance().used, uses)?;
        worth = worth.plus(amount)?;
        write(draft, ticket, context, TicketMove::Consume { reservation: reservation.id, uses, amount })?;
    }
    Ok(worth)
}

/// Lets go of what a reservation holds.
pub(crate) fn release(draft: &mut Draft<'_>, reservation: &Reservation, context: &Context) -> Result<(), Halt> {
    for (ticket, uses) in held(draft.read(), reservation)? {
        write(draft, ticket, context, TicketMove::Release { reservation: reservation.id, uses })?;
    }
    Ok(())
}

/// Holds again what a reservation used up: its visit was taken back.
pub(crate) fn restore(draft: &mut Draft<'_>, reservation: &Reservation, context: &Context) -> Result<(), Halt> {
    for own in &reservation.tickets {
        let ticket = find(draft.read(), own.ticket)?;
        let used = ticket.of_reservation(reservation.id).used;
        let Some(uses) = u32::try_from(used).ok().filter(|uses| *uses > 0) else { continue };
        let start = ticket.balance().used.saturating_sub(used);
        let amount = ticket.terms.worth(start, uses)?;
        write(draft, ticket, context, TicketMove::Restore { reservation: reservation.id, uses, amount })?;
    }
    Ok(())
}

fn held(look: &dyn Look, reservation: &Reservation) -> Result<Vec<(Ticket, u32)>, Halt> {
    let mut found = Vec::new();
    for own in &reservation.tickets {
        let ticket = find(look, own.ticket)?;
        if let Some(uses) = u32::try_from(ticket.of_reservation(reservation.id).held).ok().filter(|uses| *uses > 0) {
            found.push((ticket, uses));
        }
    }
    Ok(found)
}

/// Appends to a ticket's ledger.
pub(super) fn write(draft: &mut Draft<'_>, mut ticket: Ticket, context: &Context, what: TicketMove) -> Result<(), Halt> {
    ticket.version = ticket.version.saturating_add(1);
    ticket.entries.push(TicketEntry { at: context.now, by: context.actor.id.clone(), what });
    draft.put(ticket)
}
