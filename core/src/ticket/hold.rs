//! Where a ticket's uses go: held when booked, used by the visit, free again by a cancel (K2, K4, K5, K7).

use super::cover::{Services, Uses, covered, menu_fits, paying, shop_fits, staff_fits};
use crate::error::TicketError;
use crate::id::{SaleId, TicketId};
use crate::log::{Context, Draft, Halt, Look, Read, Role};
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

// What stands against using a ticket for services, if anything (K3, K5, K6).
fn obstacle(ticket: &Ticket, services: &Services<'_>) -> Option<TicketError> {
    let misfit = |what: &'static str| TicketError::DoesNotFit { ticket: ticket.id, what };
    if ticket.customer != services.customer {
        return Some(TicketError::NotOwner { ticket: ticket.id });
    }
    if services.day > ticket.expires_on {
        return Some(TicketError::Expired { ticket: ticket.id, expires_on: ticket.expires_on });
    }
    if !shop_fits(ticket, services.shop) {
        return Some(misfit("shop"));
    }
    let mut of_the_menu = services.each.iter().filter(|service| menu_fits(ticket, service)).peekable();
    if of_the_menu.peek().is_none() {
        return Some(misfit("menu"));
    }
    if of_the_menu.any(|service| staff_fits(ticket, service)) { None } else { Some(misfit("staff")) }
}

pub(super) fn find(look: &dyn Look, id: TicketId) -> Result<Ticket, Halt> {
    look.find(id)?.ok_or_else(|| TicketError::NotFound { ticket: id }.into())
}

/// How many tickets can be asked for at once.
pub(crate) const WISHES: usize = 100;

/// The tickets that shall pay for services, and how many uses of each (K4, K5, K7), or what stands against it. Nothing is held yet.
pub(crate) fn choose(look: &dyn Look, services: &Services<'_>, wishes: &[TicketWish], role: Role) -> Result<Vec<(Ticket, u32)>, Halt> {
    if wishes.len() > WISHES || wishes.iter().any(|wish| !(1..=1_000).contains(&wish.uses)) {
        return Err(TicketError::Uses { field: "tickets" }.into());
    }
    let read = |wish: &TicketWish| wish.ticket.map_or_else(|| Read::children::<Ticket>(services.customer), Read::one::<Ticket>);
    look.want(&wishes.iter().map(read).collect::<Vec<_>>())?;
    // Those that were named stand; whichever fit are chosen beside them.
    let mut chosen: Vec<(Ticket, u32)> = Vec::new();
    for (id, uses) in wishes.iter().filter_map(|wish| Some((wish.ticket?, wish.uses))) {
        let ticket = named(look, id, services, role)?;
        let free = still_free(&ticket, &chosen);
        if free < uses {
            return Err(TicketError::NotEnough { field: "tickets", free }.into());
        }
        take(&mut chosen, &ticket, uses);
    }
    let unnamed = wishes.iter().filter(|wish| wish.ticket.is_none()).fold(0_u32, |sum, wish| sum.saturating_add(wish.uses));
    if unnamed > 0 {
        whichever_fit(&fitting(look, services)?, &mut chosen, services, unnamed)?;
    }
    Ok(chosen)
}

// What of a ticket is free beside what was chosen already.
fn still_free(ticket: &Ticket, chosen: &[(Ticket, u32)]) -> u32 {
    let taken = chosen.iter().find(|(own, _)| own.id == ticket.id).map_or(0, |(_, uses)| *uses);
    free(ticket).saturating_sub(taken)
}

fn take(chosen: &mut Vec<(Ticket, u32)>, ticket: &Ticket, uses: u32) {
    match chosen.iter_mut().find(|(own, _)| own.id == ticket.id) {
        _ if uses == 0 => {}
        Some((_, own)) => *own = own.saturating_add(uses),
        None => chosen.push((ticket.clone(), uses)),
    }
}

// K7: of those that fit the earliest to expire first, but a use that pays for a service goes before one that pays for none.
fn whichever_fit(fitting: &[Ticket], chosen: &mut Vec<(Ticket, u32)>, services: &Services<'_>, wanted: u32) -> Result<(), TicketError> {
    let free = fitting.iter().fold(0_u32, |sum, ticket| sum.saturating_add(still_free(ticket, chosen)));
    if free == 0 {
        return Err(TicketError::NoneFits { field: "tickets" });
    }
    if free < wanted {
        return Err(TicketError::NotEnough { field: "tickets", free });
    }
    let mut left = wanted;
    let mut uses = Uses::of(chosen);
    let named = chosen.iter().map(|(ticket, _)| ticket);
    uses.pay_what_they_can(&named.chain(fitting).collect::<Vec<_>>(), services);
    for ticket in fitting {
        let paying = uses.add(ticket.id, left.min(still_free(ticket, chosen)), services);
        take(chosen, ticket, paying);
        left = left.saturating_sub(paying);
    }
    for ticket in fitting {
        let more = left.min(still_free(ticket, chosen));
        take(chosen, ticket, more);
        left = left.saturating_sub(more);
    }
    Ok(())
}

/// Holds what was chosen for a reservation (K4).
pub(crate) fn hold(
    draft: &mut Draft<'_>,
    reservation: &mut Reservation,
    chosen: Vec<(Ticket, u32)>,
    at_checkout: bool,
    context: &Context,
) -> Result<(), Halt> {
    for (ticket, uses) in chosen {
        reservation.tickets.push(TicketHold { ticket: ticket.id, uses, at_checkout, released: false });
        write(draft, ticket, context, TicketMove::Hold { reservation: reservation.id, uses })?;
    }
    Ok(())
}

/// Chooses and holds tickets for a reservation that is booked (K4), and says what they pay of it (N8).
pub(crate) fn book(
    draft: &mut Draft<'_>,
    reservation: &mut Reservation,
    wishes: &[TicketWish],
    day: Date,
    context: &Context,
) -> Result<(), Halt> {
    let chosen = choose(draft.read(), &Services::booked(reservation, day), wishes, context.actor.role)?;
    reservation.covered = covered(reservation, &chosen)?;
    hold(draft, reservation, chosen, false, context)
}

// A ticket that was named must fit. To a customer, somebody else's is not there.
fn named(look: &dyn Look, id: TicketId, services: &Services<'_>, role: Role) -> Result<Ticket, Halt> {
    let ticket = find(look, id)?;
    match obstacle(&ticket, services) {
        Some(TicketError::NotOwner { .. }) if role == Role::Customer => Err(TicketError::NotFound { ticket: id }.into()),
        Some(obstacle) => Err(obstacle.into()),
        None => Ok(ticket),
    }
}

// Every ticket of the customer that fits, the earliest to expire first (K7).
fn fitting(look: &dyn Look, services: &Services<'_>) -> Result<Vec<Ticket>, Halt> {
    let mut tickets: Vec<Ticket> = look.children(services.customer)?;
    tickets.retain(|ticket| obstacle(ticket, services).is_none());
    tickets.sort_by_key(|ticket| (ticket.expires_on, ticket.id));
    Ok(tickets)
}

/// Refuses a new time or staff at which a held ticket could not be used (K3), and says what they pay then.
pub(crate) fn must_still_fit(look: &dyn Look, reservation: &mut Reservation, day: Date) -> Result<(), Halt> {
    let tickets = paying(look, reservation)?;
    let services = Services::booked(reservation, day);
    if let Some(obstacle) = tickets.iter().find_map(|(ticket, _)| obstacle(ticket, &services)) {
        return Err(obstacle.into());
    }
    reservation.covered = covered(reservation, &tickets)?;
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
    let_go(draft, reservation, None, context)
}

fn let_go(draft: &mut Draft<'_>, reservation: &Reservation, sale: Option<SaleId>, context: &Context) -> Result<(), Halt> {
    for (ticket, uses) in held(draft.read(), reservation)? {
        write(draft, ticket, context, TicketMove::Release { reservation: reservation.id, uses, sale })?;
    }
    Ok(())
}

/// The sale of a visit is paid without the tickets that were held for it: what they used up is free again.
pub(crate) fn forgo(draft: &mut Draft<'_>, reservation: &mut Reservation, sale: SaleId, context: &Context) -> Result<(), Halt> {
    restore(draft, reservation, context)?;
    let_go(draft, reservation, Some(sale), context)?;
    reservation.tickets.iter_mut().for_each(|hold| hold.released = true);
    Ok(())
}

/// That sale is voided: the visit uses its tickets up again. A ticket whose uses went elsewhere meanwhile does not pay for it any more.
pub(crate) fn resume(draft: &mut Draft<'_>, reservation: &mut Reservation, context: &Context) -> Result<(), Halt> {
    let (gone, kept) = core::mem::take(&mut reservation.tickets).into_iter().partition::<Vec<_>, _>(|hold| hold.released);
    reservation.tickets = kept;
    draft.read().want(&gone.iter().map(|hold| Read::one::<Ticket>(hold.ticket)).collect::<Vec<_>>())?;
    for own in gone {
        let ticket = find(draft.read(), own.ticket)?;
        if free(&ticket) >= own.uses {
            hold(draft, reservation, vec![(ticket, own.uses)], own.at_checkout, context)?;
        }
    }
    reservation.covered = covered(reservation, &paying(draft.read(), reservation)?)?;
    consume(draft, reservation, context).map(|_| ())
}

/// Holds again what a reservation used up: its visit was taken back.
pub(crate) fn restore(draft: &mut Draft<'_>, reservation: &Reservation, context: &Context) -> Result<(), Halt> {
    for (ticket, _) in paying(draft.read(), reservation)? {
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
    for (ticket, _) in paying(look, reservation)? {
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
