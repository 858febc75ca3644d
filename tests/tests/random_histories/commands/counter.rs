//! Orders about sales, tickets and points.

use super::super::days::Day;
use super::super::model::{Axis, Reserved, Sale};
use super::super::orders::{Item, Order, Sold, Till};
use super::Drawing;

impl Drawing<'_> {
    fn retail(&mut self) -> Sold {
        let price = self.dice.pick(&[108, 540, 1_080, 77, 1_999]);
        let quantity = self.dice.pick(&[1, 1, 2, 3]);
        let discount = match self.dice.below(40) {
            0 => Some(price * quantity + 1),
            1..=8 => Some(self.dice.between(0, price * quantity)),
            _ => None,
        };
        let reduced_rate = self.dice.percent(60);
        Sold { item: Item::Retail(self.dice.pick(&[1, 2])), staff: None, price, quantity, discount, reduced_rate, by_ticket: false }
    }

    fn ticket_line(&mut self) -> Sold {
        let plan = if self.dice.percent(2) { 9 } else { self.dice.pick(&[1, 2, 3]) };
        let known = self.model.plan(plan).map_or(1_000, |plan| plan.terms.price);
        let price = if self.dice.percent(3) { known + 1 } else { known };
        let quantity = self.dice.pick(&[1, 1, 1, 2]);
        let discount = (price > 0 && self.dice.percent(10)).then(|| self.dice.between(0, price));
        Sold { item: Item::Ticket(plan), staff: None, price, quantity, discount, reduced_rate: false, by_ticket: false }
    }

    // What was booked, more or less, and what pays for it.
    fn done(&mut self, booking: u32, by_ticket: bool) -> Vec<Sold> {
        let Some(known) = self.model.booking(booking) else { return vec![self.retail()] };
        let lines = known.lines.clone();
        let mut sold: Vec<Sold> = Vec::new();
        for line in lines {
            if self.dice.percent(8) {
                continue;
            }
            let item = if self.dice.percent(25) { Item::Option(line.menu) } else { Item::Menu(line.menu) };
            let by_ticket = by_ticket && self.dice.percent(70);
            let price = if self.dice.percent(15) { line.price + 1_100 } else { line.price };
            let discount = (!by_ticket && self.dice.percent(15)).then(|| self.dice.between(0, price));
            let staff = self.dice.pick(&[None, None, None, Some(1), Some(2)]);
            sold.push(Sold { item, staff, price, quantity: 1, discount, reduced_rate: false, by_ticket });
        }
        if self.dice.percent(25) {
            sold.push(self.retail());
        }
        if self.dice.percent(12) {
            sold.push(self.ticket_line());
        }
        if self.dice.percent(8) {
            let menu = self.dice.pick(&[1, 2, 3]);
            let by_ticket = self.dice.percent(30);
            sold.push(Sold {
                item: Item::Menu(menu),
                staff: None,
                price: 2_200,
                quantity: self.dice.pick(&[1, 2]),
                discount: None,
                reduced_rate: false,
                by_ticket,
            });
        }
        if sold.is_empty() && self.dice.percent(95) {
            sold.push(self.retail());
        }
        sold
    }

    // Discounts, points and payments that come to the total, mostly.
    fn paid(&mut self, mut till: Till) -> Order {
        let all: i64 = till.lines.iter().map(|line| if line.by_ticket { 0 } else { line.full() - line.discount.unwrap_or(0) }).sum();
        till.discount = match self.dice.below(30) {
            0 => all + 1,
            1..=7 if all > 0 => self.dice.between(1, all),
            _ => 0,
        };
        let left = self.model.quote(&till).left.max(0);
        let balance = self.model.balance(till.customer, self.now);
        till.points = match self.dice.below(20) {
            0 => balance + 1,
            1..=8 => balance.min(left),
            9..=11 => self.dice.between(0, balance.min(left)),
            _ => 0,
        };
        let due = (left - till.points).max(0);
        let wrong = self.dice.below(40);
        let first = self.dice.between(1, due.max(1)).min(due);
        let parts = if self.dice.percent(30) { vec![first, due - first] } else { vec![due] };
        till.payments = parts.into_iter().filter(|part| *part > 0).collect();
        if wrong == 0 {
            till.payments.push(1);
        }
        Order::CheckOut(till)
    }

    pub(super) fn close_visit(&mut self) -> Order {
        let closable = |booking: &Reserved| booking.axis == Axis::Visited && booking.sale.is_none();
        if !self.some_booking(closable) && self.dice.percent(85) {
            return self.visit();
        }
        let booking = self.booking(closable);
        let known = self.model.booking(booking);
        let owner = known.map_or(1, |booking| booking.owner);
        let has_tickets = known.is_some_and(|booking| !booking.tickets.is_empty());
        let customer = if self.dice.percent(97) { owner } else { self.customer() };
        let could = self.model.tickets.iter().any(|ticket| ticket.owner == owner && ticket.free() > 0);
        let settles = !has_tickets && self.dice.percent(if could { 50 } else { 3 });
        let tickets = if settles || self.dice.percent(2) { self.wishes(owner) } else { Vec::new() };
        // What a ticket was meant to pay for was not done, now and then.
        let by_ticket = settles || (has_tickets && self.dice.percent(80));
        let lines = self.done(booking, by_ticket);
        let shop = self.dice.pick(&[None, None, Some(1), Some(2)]);
        let staff = self.dice.pick(&[None, None, None, Some(1), Some(2)]);
        self.paid(Till { customer, booking: Some(booking), shop, staff, lines, discount: 0, points: 0, tickets, payments: Vec::new() })
    }

    pub(super) fn sell_alone(&mut self) -> Order {
        let customer = self.customer();
        let lines = match self.dice.below(10) {
            0..=5 => vec![self.ticket_line()],
            6..=7 => vec![self.retail(), self.retail()],
            _ => vec![self.retail(), self.ticket_line()],
        };
        let tickets = if self.dice.percent(2) { self.wishes(customer) } else { Vec::new() };
        let shop = if self.dice.percent(97) { Some(1) } else { None };
        self.paid(Till { customer, booking: None, shop, staff: None, lines, discount: 0, points: 0, tickets, payments: Vec::new() })
    }

    pub(super) fn void(&mut self) -> Order {
        let stands = |sale: &Sale| sale.stands;
        let standing: Vec<u32> = (1_u32..).zip(&self.model.sales).filter(|(_, sale)| stands(sale)).map(|(id, _)| id).collect();
        if standing.is_empty() && self.dice.percent(80) {
            return self.sell_alone();
        }
        let any = self.any(self.model.sales.len());
        let sale = if self.dice.percent(90) { self.dice.maybe(&standing).unwrap_or(any) } else { any };
        Order::Void { sale, reason: self.dice.percent(96) }
    }

    fn ticket(&mut self) -> (u32, Day) {
        let ticket = self.any(self.model.tickets.len());
        (ticket, self.model.ticket(ticket).map_or(0, |ticket| ticket.expires_on).max(self.model.today(self.now) - 40))
    }

    pub(super) fn extend(&mut self) -> Order {
        let (ticket, last) = self.ticket();
        Order::Extend { ticket, to: last + self.dice.pick(&[0, 1, 14, 90]), reason: self.dice.percent(60) }
    }

    pub(super) fn adjust_ticket(&mut self) -> Order {
        let (ticket, _) = self.ticket();
        Order::AdjustTicket { ticket, uses: self.dice.pick(&[1, 2, -1, -1, -2, -9, 0]), reason: self.dice.percent(95) }
    }

    pub(super) fn adjust_points(&mut self) -> Order {
        let customer = self.customer();
        let known = self.model.balance(customer, self.now);
        let seen = if self.dice.percent(93) { known } else { known + 1 };
        let balance = match self.dice.below(4) {
            0 => known + self.dice.between(1, 60),
            1 => self.dice.between(0, known),
            2 => known,
            _ => self.dice.between(0, 40),
        };
        Order::AdjustPoints { customer, seen, balance, reason: self.dice.percent(95) }
    }
}
