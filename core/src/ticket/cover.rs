//! What a ticket covers, and which of its uses pays for what (K1, K5).

use std::collections::{BTreeMap, BTreeSet};

use crate::error::AmountError;
use crate::id::{CustomerId, MenuId, ShopId, StaffId, TicketId};
use crate::log::{Halt, Look, Read};
use crate::money::Yen;
use crate::record::{Reservation, Ticket};
use crate::time::Date;

/// Services that tickets shall pay for: those that were booked, or the lines of a sale that say so.
pub(crate) struct Services<'a> {
    /// Whose.
    pub(crate) customer: CustomerId,
    /// Where.
    pub(crate) shop: &'a ShopId,
    /// On which business day (K3).
    pub(crate) day: Date,
    /// What.
    pub(crate) each: Vec<Service<'a>>,
}

/// One of them.
#[derive(Clone, Copy)]
pub(crate) struct Service<'a> {
    /// Which line it is, from 1.
    pub(crate) position: u32,
    /// Which menu.
    pub(crate) menu: &'a MenuId,
    /// Who does it. Nobody chosen yet is not somebody else: the shop will find one who fits.
    pub(crate) staff: Option<&'a StaffId>,
    /// How often.
    pub(crate) times: u32,
}

impl<'a> Services<'a> {
    /// What was booked.
    pub(crate) fn booked(reservation: &'a Reservation, day: Date) -> Self {
        Self { customer: reservation.customer, shop: &reservation.shop, day, each: booked(reservation).collect() }
    }
}

fn booked(reservation: &Reservation) -> impl Iterator<Item = Service<'_>> {
    let primary = reservation.staff.as_ref();
    (1_u32..).zip(&reservation.lines).map(move |(position, line)| Service {
        position,
        menu: &line.menu,
        staff: line.staff.as_ref().or(primary),
        times: 1,
    })
}

fn is_of<T: PartialEq>(named: &[T], one: &T) -> bool {
    named.is_empty() || named.contains(one)
}

/// Whether a ticket's plan is for a shop (K1).
pub(super) fn shop_fits(ticket: &Ticket, shop: &ShopId) -> bool {
    is_of(&ticket.terms.shops, shop)
}

/// Whether it is for a menu.
pub(super) fn menu_fits(ticket: &Ticket, service: &Service<'_>) -> bool {
    is_of(&ticket.terms.menus, service.menu)
}

/// Whether it is for whoever does the service.
pub(super) fn staff_fits(ticket: &Ticket, service: &Service<'_>) -> bool {
    service.staff.is_none_or(|staff| is_of(&ticket.terms.staff, staff))
}

/// Uses of tickets, and which line each of them pays for. One is moved to another line where only that makes room.
#[derive(Default)]
pub(crate) struct Uses {
    left: BTreeMap<TicketId, u32>,
    covering: BTreeMap<u32, Vec<TicketId>>,
    placed: BTreeMap<(u32, TicketId), u32>,
}

impl Uses {
    /// So many of each ticket, none placed yet.
    pub(crate) fn of(tickets: &[(Ticket, u32)]) -> Self {
        Self { left: tickets.iter().map(|(ticket, uses)| (ticket.id, *uses)).collect(), ..Self::default() }
    }

    /// Whether as many uses as a service needs can pay for it beside those that are placed already; then they do.
    pub(crate) fn pay(&mut self, tickets: &[(Ticket, u32)], shop: &ShopId, service: &Service<'_>) -> bool {
        self.may_pay(tickets.iter().map(|(ticket, _)| ticket), shop, service);
        self.place_more(service, u32::MAX);
        self.paid(service) == service.times
    }

    /// Places as many uses as can pay for any of the services. More of these tickets can be added then.
    pub(super) fn pay_what_they_can(&mut self, tickets: &[&Ticket], services: &Services<'_>) {
        for service in &services.each {
            self.may_pay(tickets.iter().copied(), services.shop, service);
            self.place_more(service, u32::MAX);
        }
    }

    /// Adds so many uses of a ticket, but for those that would pay for nothing beside those that are there. Answers how many were added. Ticket by
    /// ticket as much as pays: no other choice pays for more, nor as much out of earlier tickets.
    pub(super) fn add(&mut self, ticket: TicketId, most: u32, services: &Services<'_>) -> u32 {
        let before = self.left.get(&ticket).copied().unwrap_or(0);
        self.left.insert(ticket, before.saturating_add(most));
        let mut added = 0_u32;
        for service in &services.each {
            added = added.saturating_add(self.place_more(service, most.saturating_sub(added)));
        }
        self.left.insert(ticket, before);
        added
    }

    fn may_pay<'t>(&mut self, tickets: impl Iterator<Item = &'t Ticket>, shop: &ShopId, service: &Service<'_>) {
        let covers = |ticket: &&Ticket| shop_fits(ticket, shop) && menu_fits(ticket, service) && staff_fits(ticket, service);
        self.covering.insert(service.position, tickets.filter(covers).map(|ticket| ticket.id).collect());
    }

    // How many uses are placed on a service.
    fn paid(&self, service: &Service<'_>) -> u32 {
        let on_it = self.placed.iter().filter(|((line, _), _)| *line == service.position);
        on_it.fold(0, |sum, (_, uses)| sum.saturating_add(*uses))
    }

    // Up to so many more uses for a service, as far as it needs them. Answers how many there were.
    fn place_more(&mut self, service: &Service<'_>, most: u32) -> u32 {
        let wanted = most.min(service.times.saturating_sub(self.paid(service)));
        (0..wanted).take_while(|_| self.place(service.position, &mut BTreeSet::new())).fold(0, |placed, _| placed.saturating_add(1))
    }

    // One more use for a line; `tried` are the tickets that were looked at for it.
    fn place(&mut self, line: u32, tried: &mut BTreeSet<TicketId>) -> bool {
        for ticket in self.covering.get(&line).cloned().unwrap_or_default() {
            if !tried.insert(ticket) {
                continue;
            }
            let free = self.left.get(&ticket).copied().unwrap_or(0);
            let made_room = free > 0 || {
                let on_it = |(&(other, on), &uses): (&(u32, TicketId), &u32)| (on == ticket && uses > 0).then_some(other);
                let others: Vec<u32> = self.placed.iter().filter_map(on_it).collect();
                others.into_iter().any(|other| {
                    let moved = self.place(other, tried);
                    if moved {
                        self.count(other, ticket, false);
                    }
                    moved
                })
            };
            if made_room {
                if free > 0 {
                    self.left.insert(ticket, free.saturating_sub(1));
                }
                self.count(line, ticket, true);
                return true;
            }
        }
        false
    }

    fn count(&mut self, line: u32, ticket: TicketId, more: bool) {
        let uses = self.placed.entry((line, ticket)).or_default();
        *uses = if more { uses.saturating_add(1) } else { uses.saturating_sub(1) };
    }
}

/// The tickets that pay for a reservation and how many uses of each, all loaded at once.
pub(crate) fn paying(look: &dyn Look, reservation: &Reservation) -> Result<Vec<(Ticket, u32)>, Halt> {
    let holds = || reservation.tickets.iter().filter(|hold| !hold.released);
    look.want(&holds().map(|hold| Read::one::<Ticket>(hold.ticket)).collect::<Vec<_>>())?;
    holds().map(|hold| Ok((super::hold::find(look, hold.ticket)?, hold.uses))).collect()
}

/// What tickets pay of what was booked (N8): each use one line, the first lines first; nothing where no ticket pays.
pub(crate) fn covered(reservation: &Reservation, tickets: &[(Ticket, u32)]) -> Result<Option<Yen>, AmountError> {
    if tickets.is_empty() {
        return Ok(None);
    }
    let mut uses = Uses::of(tickets);
    let paid: Vec<u32> =
        booked(reservation).filter(|service| uses.pay(tickets, &reservation.shop, service)).map(|service| service.position).collect();
    let prices = (1_u32..).zip(&reservation.lines).filter(|(position, _)| paid.contains(position)).map(|(_, line)| line.price);
    Yen::sum(prices).map(Some)
}
