//! Sales (R9, Q5, K5): what they come to, and what they settle.

use super::super::days::Ms;
use super::super::orders::{Call, Item, Rule, Sold, Till, Who};
use super::points::Source;
use super::tickets::{Services, Use};
use super::{Answer, Axis, Flaw, Prepaid, Salon, moved, named, next_number, place};

#[derive(Clone, Debug)]
pub(in super::super) struct Sale {
    pub(in super::super) owner: u32,
    pub(in super::super) booking: Option<u32>,
    pub(in super::super) at: Ms,
    pub(in super::super) total: i64,
    /// Rate in percent, amount, tax.
    pub(in super::super) taxes: Vec<(i64, i64, i64)>,
    pub(in super::super) menus: Vec<u32>,
    /// What was paid at the till, not by prepayment or points.
    pub(in super::super) paid: i64,
    pub(in super::super) stands: bool,
}

/// What a sale comes to.
#[derive(Clone, Debug)]
pub(in super::super) struct Quote {
    pub(in super::super) total: i64,
    pub(in super::super) taxes: Vec<(i64, i64, i64)>,
    pub(in super::super) refund: i64,
    /// Left to pay after the prepayment and before points.
    pub(in super::super) left: i64,
}

impl Sold {
    pub(in super::super) fn full(&self) -> i64 {
        self.price * self.quantity
    }
    fn charged(&self) -> i64 {
        if self.by_ticket { 0 } else { self.full() - self.discount.unwrap_or(0) }
    }
    const fn menu(&self) -> Option<u32> {
        match self.item {
            Item::Menu(menu) | Item::Option(menu) => Some(menu),
            Item::Retail(_) | Item::Ticket(_) => None,
        }
    }
}

impl Salon {
    pub(in super::super) fn sale(&self, id: u32) -> Option<&Sale> {
        self.sales.get(place(id))
    }

    /// What lines come to (Q5): tax once per rate, a discount on the whole spread by the rates' shares.
    pub(in super::super) fn quote(&self, till: &Till) -> Quote {
        let of = |reduced: bool| -> i64 { till.lines.iter().filter(|line| line.reduced_rate == reduced).map(Sold::charged).sum() };
        let (standard, reduced) = (of(false), of(true));
        let all = standard + reduced;
        let share = if all > 0 { till.discount * reduced / all } else { 0 };
        let mut taxes = Vec::new();
        for (low, percent, amount) in [(false, 10, standard - (till.discount - share)), (true, 8, reduced - share)] {
            if till.lines.iter().any(|line| line.reduced_rate == low) {
                let within = |amount: i64| (amount * percent).div_euclid(100 + percent);
                let by_line = till.lines.iter().filter(|line| line.reduced_rate == low).map(|line| within(line.charged())).sum();
                taxes.push((percent, amount, if self.has(Flaw::TaxByLine) { by_line } else { within(amount) }));
            }
        }
        let total = all - till.discount;
        let prepaid = match till.booking.and_then(|id| self.booking(id)).map(|booking| booking.prepaid) {
            Some(Prepaid::Paid(amount)) if !self.has(Flaw::PrepaymentPaysTwice) => amount,
            _ => 0,
        };
        let left = (total - prepaid).max(0);
        Quote { total, taxes, refund: (prepaid - total).max(0), left }
    }

    fn wrong_lines(&self, till: &Till) -> Vec<&'static str> {
        let mut wrong = Vec::new();
        if till.lines.is_empty() {
            wrong.push("sale.lines");
        }
        for line in &till.lines {
            if line.discount.unwrap_or(0) > line.full() || (line.by_ticket && (line.menu().is_none() || line.discount.is_some())) {
                wrong.push("sale.line");
            }
            if let Item::Ticket(plan) = line.item {
                match self.plan(plan) {
                    None => wrong.push("ticket.plan_not_found"),
                    Some(plan) if plan.retired => wrong.push("ticket.plan_retired"),
                    Some(_) => {}
                }
                if self.plan(plan).is_some_and(|plan| plan.terms.price != line.price) {
                    wrong.push("sale.line");
                }
            }
        }
        wrong
    }

    // The services of the lines that say that a ticket pays for them (K5).
    fn by_ticket(&self, till: &Till) -> Services {
        let booking = till.booking.and_then(|id| self.booking(id));
        let staff = till.staff.or(booking.and_then(|booking| booking.staff));
        let mut each = Vec::new();
        for line in till.lines.iter().filter(|line| line.by_ticket) {
            let Some(menu) = line.menu() else { continue };
            (0..line.quantity).for_each(|_| each.push((menu, line.staff.or(staff))));
        }
        Services {
            owner: till.customer,
            shop: till.shop.or(booking.map(|booking| booking.shop)).unwrap_or(0),
            day: self.clock.day_of(booking.map_or(0, |booking| booking.start)),
            each,
        }
    }

    pub(super) fn check_out(&mut self, till: &Till, now: Ms) -> Answer {
        let mut reasons = self.must_be_active(till.customer);
        // Whoever has left has a visit closed, and buys nothing more (W3).
        if till.booking.is_some() && self.person(till.customer).is_some_and(super::Person::is_gone) {
            reasons.clear();
        }
        let own = till.booking.map(|id| self.booking(id).filter(|booking| booking.owner == till.customer).cloned());
        match &own {
            Some(None) => return Err([reasons, vec!["booking.not_found"]].concat()),
            Some(Some(booking)) if booking.axis != Axis::Visited || booking.sale.is_some() => reasons.push("booking.not_allowed"),
            _ => {}
        }
        let booking = own.flatten();
        reasons.extend(self.wrong_lines(till));
        if booking.is_none() && till.shop.is_none() {
            reasons.push("sale.shop");
        }
        let (mut settled, mut released) = (0, 0);
        let services = self.by_ticket(till);
        let pays = !services.each.is_empty();
        match (till.booking, &booking) {
            _ if till.tickets.is_empty() => {}
            (Some(id), Some(booking)) if booking.tickets.is_empty() => {
                // Nobody uses a ticket up and pays in full.
                if !pays {
                    reasons.push("ticket.pays_nothing");
                }
                let call = Call { who: Who::Manager, channel: super::super::orders::Channel::Counter, now, device: 0 };
                reasons.extend(self.hold(id, &services, &till.tickets, &call).err().unwrap_or_default());
                self.bookings[place(id)].settled_at_checkout = true;
                settled = self.use_up(id);
            }
            (Some(_), _) => reasons.push("ticket.settled"),
            (None, _) => reasons.push("sale.no_reservation"),
        }
        let mut uses = till.booking.map(|id| self.uses_of(id)).unwrap_or_default();
        if !self.all_paid(services.shop, &services.each, &mut uses) {
            reasons.push("ticket.not_paid");
        }
        // What the visit used up and no line is paid by is free again.
        if let Some(id) = till.booking
            && !pays
        {
            released = self.forgo(id);
        }
        let all: i64 = till.lines.iter().map(Sold::charged).sum();
        if till.discount > all {
            reasons.push("sale.discount");
        }
        let quote = self.quote(till);
        let id = next_number(self.sales.len());
        if till.points > quote.left {
            reasons.push("points.too_many");
        }
        if till.points > 0 && self.policies.rule.is_none() {
            reasons.push("points.off");
        }
        if !self.spend(till.customer, id, till.points, now) {
            reasons.push("points.too_many");
        }
        if till.payments.iter().sum::<i64>() + till.points != quote.left || till.payments.contains(&0) {
            reasons.push("sale.payment");
        }
        super::unless(reasons)?;
        self.close_sale(id, till, &quote, (settled, released), now)
    }

    fn close_sale(&mut self, id: u32, till: &Till, quote: &Quote, (settled, released): (i64, i64), now: Ms) -> Answer {
        let today = self.today(now);
        let mut tickets = Vec::new();
        for line in &till.lines {
            if let Item::Ticket(plan) = line.item {
                for _ in 0..line.quantity {
                    let ticket = self.sell_ticket(till.customer, plan, id, today);
                    tickets.push(named('t', ticket));
                }
            }
        }
        // A visit's points become those of what was charged; a sale alone earns by its yen only.
        let points = match (till.booking, self.policies.rule) {
            (Some(booking), _) => self.earn_visit(booking, quote.total, now),
            (None, Some(rule @ Rule::PerSales { .. })) => self.settle(Source::Sale(id), till.customer, rule.of(quote.total), now),
            (None, _) => 0,
        };
        if let Some(booking) = till.booking {
            let own = &mut self.bookings[place(booking)];
            own.sale = Some(id);
            // What was too much of a prepayment goes back, once.
            if let Prepaid::Paid(amount) = own.prepaid {
                let left = amount - quote.refund;
                own.prepaid = if left == 0 && amount > 0 { Prepaid::Refunded } else { Prepaid::Paid(left) };
            }
        }
        self.sales.push(Sale {
            owner: till.customer,
            booking: till.booking,
            at: now,
            total: quote.total,
            taxes: quote.taxes.clone(),
            menus: till.lines.iter().filter_map(Sold::menu).collect(),
            paid: till.payments.iter().sum(),
            stands: true,
        });
        let taxes: Vec<serde_json::Value> = quote.taxes.iter().map(|line| tax_line(*line)).collect();
        Ok(vec![
            ("sale", named('s', id)),
            ("total", quote.total.into()),
            ("taxes", taxes.into()),
            ("refund", quote.refund.into()),
            ("tickets", tickets.into()),
            ("settled", settled.into()),
            ("released", released.into()),
            ("points", moved(points)),
        ])
    }

    pub(super) fn void(&mut self, id: u32, reason: bool, now: Ms) -> Answer {
        let sale = self.sale(id).cloned().ok_or(vec!["sale.not_found"])?;
        let mut reasons = Vec::new();
        if !sale.stands {
            reasons.push("sale.voided");
        }
        if !reason {
            reasons.push("sale.reason_blank");
        }
        // There is no refund for a ticket that somebody uses (K6).
        let sold = |ticket: &super::Ticket| ticket.sale == id;
        if self.tickets.iter().filter(|ticket| sold(ticket)).any(|ticket| ticket.used() + ticket.held() > 0) {
            reasons.push("sale.ticket_used");
        }
        super::unless(reasons)?;
        for ticket in self.tickets.iter_mut().filter(|ticket| sold(ticket)) {
            ticket.uses.iter_mut().for_each(|one| *one = Use::Gone);
        }
        self.sales[place(id)].stands = false;
        let before = self.balance(sale.owner, now);
        match sale.booking {
            Some(booking) => {
                let own = &mut self.bookings[place(booking)];
                own.sale = None;
                if own.settled_at_checkout {
                    own.settled_at_checkout = false;
                    own.tickets.clear();
                    self.hold_again(booking);
                    self.let_go(booking);
                }
                self.resume(booking);
                self.earn_visit(booking, self.unpaid(booking), now);
            }
            None => {
                self.settle(Source::Sale(id), sale.owner, 0, now);
            }
        }
        self.give_back(id, sale.owner, now);
        let points = self.balance(sale.owner, now) - before;
        let reservation = sale.booking.map_or(serde_json::Value::Null, |booking| named('r', booking));
        Ok(vec![("sale", named('s', id)), ("reservation", reservation), ("refund", sale.paid.into()), ("points", moved(points))])
    }
}

pub(in super::super) fn tax_line((percent, amount, tax): (i64, i64, i64)) -> serde_json::Value {
    serde_json::json!({ "rate": if percent == 10 { "standard" } else { "reduced" }, "amount": amount, "tax": tax })
}
