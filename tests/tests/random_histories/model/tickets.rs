//! Tickets (K): each has a list of its single uses, and every number is how many of them are somewhere.

use super::super::days::{Day, Ms, months_after};
use super::super::orders::{Call, Terms, Valid, Who, Wish};
use super::{Answer, Flaw, Salon, named, place};

#[derive(Clone, Debug)]
pub(in super::super) struct Plan {
    pub(in super::super) id: u32,
    pub(in super::super) version: u32,
    pub(in super::super) terms: Terms,
    pub(in super::super) retired: bool,
}

/// Where a single use is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Use {
    Free,
    Held(u32),
    Used(u32),
    /// Taken by hand, or with the sale that was voided.
    Gone,
}

#[derive(Clone, Debug)]
pub(in super::super) struct Ticket {
    pub(in super::super) owner: u32,
    pub(in super::super) plan: u32,
    pub(in super::super) terms: Terms,
    pub(in super::super) sale: u32,
    pub(in super::super) sold_on: Day,
    pub(in super::super) expires_on: Day,
    pub(in super::super) uses: Vec<Use>,
}

/// Services that tickets shall pay for: the menu and staff of each.
pub(in super::super) struct Services {
    pub(super) owner: u32,
    pub(super) shop: u32,
    pub(super) day: Day,
    pub(super) each: Vec<(u32, Option<u32>)>,
}

impl Ticket {
    /// K1, K5: nobody chosen yet is not somebody else.
    fn covers(&self, shop: u32, (menu, staff): (u32, Option<u32>)) -> bool {
        let all_or = |named: &[u32], one: u32| named.is_empty() || named.contains(&one);
        all_or(&self.terms.shops, shop) && all_or(&self.terms.menus, menu) && staff.is_none_or(|staff| all_or(&self.terms.staff, staff))
    }
    fn count(&self, is: impl Fn(Use) -> bool) -> i64 {
        i64::try_from(self.uses.iter().filter(|one| is(**one)).count()).unwrap()
    }
    pub(in super::super) fn free(&self) -> i64 {
        self.count(|one| one == Use::Free)
    }
    pub(in super::super) fn held(&self) -> i64 {
        self.count(|one| matches!(one, Use::Held(_)))
    }
    pub(in super::super) fn used(&self) -> i64 {
        self.count(|one| matches!(one, Use::Used(_)))
    }
    /// Held ones included.
    pub(in super::super) fn remaining(&self) -> i64 {
        self.free() + self.held()
    }

    // What the n-th use is worth, from 0 (K7): the yen that do not divide lie on the last ones; a use given by hand is worth nothing.
    const fn worth(&self, n: i64) -> i64 {
        let (each, rest) = (self.terms.price / self.terms.uses, self.terms.price % self.terms.uses);
        if n >= self.terms.uses {
            0
        } else if n >= self.terms.uses - rest {
            each + 1
        } else {
            each
        }
    }

    /// What its used uses are worth together.
    pub(in super::super) fn worth_used(&self) -> i64 {
        (0..self.used()).map(|n| self.worth(n)).sum()
    }

    // Moves so many uses from one place to another.
    fn shift(&mut self, from: Use, to: Use, most: i64) {
        let places: Vec<usize> = (0..self.uses.len()).filter(|n| self.uses[*n] == from).collect();
        for n in places.into_iter().take(usize::try_from(most).unwrap_or(usize::MAX)) {
            self.uses[n] = to;
        }
    }
}

/// The last day of something that lasts so long after a day.
pub(super) fn last_day(day: Day, valid: Valid) -> Option<Day> {
    match valid {
        Valid::Forever => None,
        Valid::Days(days) => Some(day + days),
        Valid::Months(months) => Some(months_after(day, months)),
    }
}

impl Salon {
    pub(in super::super) fn ticket(&self, id: u32) -> Option<&Ticket> {
        self.tickets.get(place(id))
    }

    pub(in super::super) fn plan(&self, id: u32) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    pub(super) fn save_plan(&mut self, id: u32, based_on: u32, terms: &Terms, retired: bool) -> Answer {
        let version = self.plan(id).map_or(0, |plan| plan.version);
        if version != based_on {
            return Err(vec!["ticket.plan_version"]);
        }
        self.plans.retain(|plan| plan.id != id);
        self.plans.push(Plan { id, version: version + 1, terms: terms.clone(), retired });
        Ok(vec![("version", (version + 1).into())])
    }

    /// One ticket by a plan, for a sale of today (K1).
    pub(super) fn sell_ticket(&mut self, owner: u32, plan: u32, sale: u32, today: Day) -> u32 {
        let terms = self.plan(plan).unwrap().terms.clone();
        let uses = vec![Use::Free; usize::try_from(terms.uses).unwrap()];
        let expires_on = last_day(today, terms.valid).unwrap();
        self.tickets.push(Ticket { owner, plan, terms, sale, sold_on: today, expires_on, uses });
        u32::try_from(self.tickets.len()).unwrap()
    }

    /// What was booked, as far as tickets care.
    pub(super) fn booked_services(&self, id: u32) -> Services {
        let booking = &self.bookings[place(id)];
        Services {
            owner: booking.owner,
            shop: booking.shop,
            day: self.clock.day_of(booking.start),
            each: booking.lines.iter().map(|line| (line.menu, line.staff.or(booking.staff))).collect(),
        }
    }

    /// What stands against a ticket for services (K3, K5, K6).
    pub(super) fn obstacle(&self, ticket: u32, services: &Services) -> Option<&'static str> {
        let ticket = &self.tickets[place(ticket)];
        let last = if self.has(Flaw::TicketsExpireADayEarly) { ticket.expires_on - 1 } else { ticket.expires_on };
        if ticket.owner != services.owner {
            Some("ticket.not_owner")
        } else if services.day > last {
            Some("ticket.expired")
        } else if !services.each.iter().any(|one| ticket.covers(services.shop, *one)) {
            Some("ticket.does_not_fit")
        } else {
            None
        }
    }

    /// Holds uses for a reservation (K4, K7).
    pub(super) fn hold(&mut self, booking: u32, services: &Services, wishes: &[Wish], call: &Call) -> Result<(), Vec<&'static str>> {
        let impossible = wishes.iter().any(|wish| !(1..=1_000).contains(&wish.uses));
        match self.hold_each(booking, services, wishes, call) {
            Err(reasons) if impossible => Err([reasons, vec!["ticket.uses"]].concat()),
            held => held,
        }
    }

    fn hold_each(&mut self, booking: u32, services: &Services, wishes: &[Wish], call: &Call) -> Result<(), Vec<&'static str>> {
        if wishes.iter().any(|wish| !(1..=1_000).contains(&wish.uses)) {
            return Err(vec!["ticket.uses"]);
        }
        for (ticket, uses) in wishes.iter().filter_map(|wish| Some((wish.ticket?, wish.uses))) {
            let id = self.named(ticket, services, call)?;
            if self.tickets[place(id)].free() < uses {
                return Err(vec!["ticket.not_enough"]);
            }
            self.hold_some(booking, id, uses);
        }
        let mut left: i64 = wishes.iter().filter(|wish| wish.ticket.is_none()).map(|wish| wish.uses).sum();
        if left == 0 {
            return Ok(());
        }
        let candidates = self.fitting(services);
        if candidates.is_empty() {
            return Err(vec!["ticket.none_fits"]);
        }
        if candidates.iter().map(|id| self.tickets[place(*id)].free()).sum::<i64>() < left {
            return Err(vec!["ticket.not_enough"]);
        }
        // One by one what pays for one service more, then whatever there is (K7).
        for paying in [true, false] {
            for id in &candidates {
                while left > 0 && self.tickets[place(*id)].free() > 0 && (!paying || self.pays_for_one_more(booking, services, *id)) {
                    self.hold_some(booking, *id, 1);
                    left -= 1;
                }
            }
        }
        Ok(())
    }

    fn hold_some(&mut self, booking: u32, ticket: u32, uses: i64) {
        self.tickets[place(ticket)].shift(Use::Free, Use::Held(booking), uses);
        let own = &mut self.bookings[place(booking)].tickets;
        if !own.contains(&ticket) {
            own.push(ticket);
        }
    }

    fn pays_for_one_more(&self, booking: u32, services: &Services, ticket: u32) -> bool {
        let mut uses = self.uses_of(booking);
        let before = self.most_paid(services.shop, &services.each, &mut uses);
        uses.push(ticket);
        self.most_paid(services.shop, &services.each, &mut uses) > before
    }

    // How many services single uses can pay for: every way is tried.
    fn most_paid(&self, shop: u32, wanted: &[(u32, Option<u32>)], uses: &mut Vec<u32>) -> usize {
        let Some((first, rest)) = wanted.split_first() else { return 0 };
        let mut most = self.most_paid(shop, rest, uses);
        let mut tried = Vec::new();
        for n in 0..uses.len() {
            // Nobody can do better than all of them.
            if most == wanted.len() {
                break;
            }
            if !tried.contains(&uses[n]) && self.tickets[place(uses[n])].covers(shop, *first) {
                tried.push(uses[n]);
                let own = uses.remove(n);
                most = most.max(1 + self.most_paid(shop, rest, uses));
                uses.insert(n, own);
            }
        }
        most
    }

    fn named(&self, id: u32, services: &Services, call: &Call) -> Result<u32, Vec<&'static str>> {
        if self.ticket(id).is_none() {
            return Err(vec!["ticket.not_found"]);
        }
        match self.obstacle(id, services) {
            Some("ticket.not_owner") if matches!(call.who, Who::Customer(_)) => Err(vec!["ticket.not_found"]),
            Some(obstacle) => Err(vec![obstacle]),
            None => Ok(id),
        }
    }

    // The earliest to expire first (K7).
    fn fitting(&self, services: &Services) -> Vec<u32> {
        let mut fitting: Vec<(Day, u32)> = (1_u32..)
            .zip(&self.tickets)
            .filter(|(id, ticket)| ticket.free() > 0 && self.obstacle(*id, services).is_none())
            .map(|(id, ticket)| (if self.has(Flaw::OldestTicketFirst) { 0 } else { ticket.expires_on }, id))
            .collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether single uses, by their tickets, pay for services, each for one: every way is tried.
    pub(super) fn all_paid(&self, shop: u32, wanted: &[(u32, Option<u32>)], uses: &mut Vec<u32>) -> bool {
        let Some((first, rest)) = wanted.split_first() else { return true };
        let mut tried = Vec::new();
        for n in 0..uses.len() {
            if !tried.contains(&uses[n]) && self.tickets[place(uses[n])].covers(shop, *first) {
                tried.push(uses[n]);
                let own = uses.remove(n);
                let paid = self.all_paid(shop, rest, uses);
                uses.insert(n, own);
                if paid {
                    return true;
                }
            }
        }
        false
    }

    /// The tickets of the uses that a reservation holds or has used up, one for each use.
    pub(super) fn uses_of(&self, booking: u32) -> Vec<u32> {
        let own = |one: &&Use| **one == Use::Used(booking) || **one == Use::Held(booking);
        (1_u32..).zip(&self.tickets).flat_map(|(id, ticket)| ticket.uses.iter().filter(own).map(move |_| id)).collect()
    }

    /// What tickets do not pay of what was booked (N8): each line in its turn is paid, if a use is left for it beside those before.
    pub(super) fn unpaid(&self, id: u32) -> i64 {
        let services = self.booked_services(id);
        let mut paid = Vec::new();
        let mut left = 0;
        for (line, one) in self.bookings[place(id)].lines.iter().zip(services.each) {
            paid.push(one);
            if !self.all_paid(services.shop, &paid, &mut self.uses_of(id)) {
                paid.pop();
                left += line.price;
            }
        }
        left
    }

    /// Uses up what a reservation holds. Answers what it is worth.
    pub(super) fn use_up(&mut self, booking: u32) -> i64 {
        let mut worth = 0;
        for ticket in &mut self.tickets {
            let held = ticket.count(|one| one == Use::Held(booking));
            let used = ticket.used();
            worth += (used..used + held).map(|n| ticket.worth(n)).sum::<i64>();
            ticket.shift(Use::Held(booking), Use::Used(booking), held);
        }
        worth
    }

    /// What a reservation holds is free again.
    pub(super) fn let_go(&mut self, booking: u32) {
        self.tickets.iter_mut().for_each(|ticket| ticket.shift(Use::Held(booking), Use::Free, i64::MAX));
    }

    /// What a reservation used up is free again: its sale was paid without. Answers how many uses.
    pub(super) fn forgo(&mut self, booking: u32) -> i64 {
        let mut uses = 0;
        for id in self.bookings[place(booking)].tickets.clone() {
            let ticket = &mut self.tickets[place(id)];
            let used = ticket.count(|one| one == Use::Used(booking));
            ticket.shift(Use::Used(booking), Use::Free, used);
            self.bookings[place(booking)].let_go.push((id, used));
            uses += used;
        }
        uses
    }

    /// That sale is voided: used up again, where the uses did not go elsewhere.
    pub(super) fn resume(&mut self, booking: u32) {
        for (id, uses) in std::mem::take(&mut self.bookings[place(booking)].let_go) {
            let ticket = &mut self.tickets[place(id)];
            if ticket.free() >= uses {
                ticket.shift(Use::Free, Use::Used(booking), uses);
            } else {
                self.bookings[place(booking)].tickets.retain(|own| *own != id);
            }
        }
    }

    /// What a reservation used up is held again.
    pub(super) fn hold_again(&mut self, booking: u32) {
        self.tickets.iter_mut().for_each(|ticket| ticket.shift(Use::Used(booking), Use::Held(booking), i64::MAX));
    }

    // A ticket that was taken back with its sale is not changed any more.
    fn sale_must_stand(&self, id: u32) -> Vec<&'static str> {
        let sold = self.tickets[place(id)].sale;
        if self.sales[place(sold)].stands { Vec::new() } else { vec!["sale.voided"] }
    }

    pub(super) fn extend(&mut self, id: u32, to: Day, reason: bool, now: Ms) -> Answer {
        let ticket = self.ticket(id).ok_or(vec!["ticket.not_found"])?;
        let expired = self.today(now) > ticket.expires_on;
        let mut reasons = [self.must_be_active(ticket.owner), self.sale_must_stand(id)].concat();
        if to <= ticket.expires_on {
            reasons.push("ticket.not_later");
        }
        if expired && !self.policies.extend_expired {
            reasons.push("ticket.too_late");
        } else if expired && !reason {
            reasons.push("ticket.reason_blank");
        }
        super::unless(reasons)?;
        self.tickets[place(id)].expires_on = to;
        Ok(vec![("ticket", named('t', id)), ("remaining", self.tickets[place(id)].remaining().into())])
    }

    pub(super) fn adjust_ticket(&mut self, id: u32, uses: i64, reason: bool) -> Answer {
        let ticket = self.ticket(id).ok_or(vec!["ticket.not_found"])?;
        let free = ticket.free();
        let mut reasons = [self.must_be_active(ticket.owner), self.sale_must_stand(id)].concat();
        if !reason {
            reasons.push("ticket.reason_blank");
        }
        if uses == 0 {
            reasons.push("ticket.uses");
        }
        if -uses > free {
            reasons.push("ticket.not_enough");
        }
        super::unless(reasons)?;
        let ticket = &mut self.tickets[place(id)];
        for _ in 0..uses {
            ticket.uses.push(Use::Free);
        }
        ticket.shift(Use::Free, Use::Gone, (-uses).max(0));
        Ok(vec![("ticket", named('t', id)), ("remaining", ticket.remaining().into())])
    }
}
