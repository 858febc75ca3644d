//! Orders about customers and reservations.

use super::super::days::{DAY, HOUR, MINUTE, Ms};
use super::super::model::{Fee, NAMES, Prepaid, Reserved, Ticket};
use super::super::orders::{Booking, Line, List, Order, Step, Wish};
use super::{Drawing, clock};

const PRICES: [i64; 6] = [4_400, 3_333, 999, 1, 0, 8_800];

impl Drawing<'_> {
    pub(super) fn withdraw(&mut self) -> Order {
        // Not the one who has most history, mostly.
        let customer = if self.dice.percent(80) { self.any(self.model.people.len()) } else { self.customer() };
        Order::Withdraw { customer, cancel: self.dice.percent(75), reason: self.dice.percent(92) }
    }

    // Mostly the latest, who has no history yet.
    pub(super) fn delete(&mut self) -> Order {
        let count = self.model.people.len();
        let customer = if self.dice.percent(60) { u32::try_from(count).unwrap() } else { self.any(count) };
        Order::Delete { customer }
    }

    // Mostly somebody of whom nothing is open; rarely the one who has most history.
    pub(super) fn erase(&mut self) -> Order {
        let count = self.model.people.len();
        let all: Vec<u32> = (1..=u32::try_from(count).unwrap()).collect();
        let done: Vec<u32> = all.into_iter().filter(|id| self.model.open_of(*id).next().is_none()).collect();
        let drawn = if self.dice.percent(75) { self.dice.maybe(&done) } else { None };
        Order::Erase { customer: drawn.unwrap_or_else(|| self.any(count)) }
    }

    pub(super) fn register(&mut self) -> Order {
        // Few phones, so that whoever is merged of many has not too many.
        Order::Register {
            name: self.dice.pick(&[0, 0, 0, 1, 2, NAMES.len() - 1]),
            by_phone: self.dice.percent(50),
            contact: self.dice.between(1, 6),
        }
    }

    // A time ahead, mostly; at its very start, in the past (entered late), on a ticket's last day or the day after, at the same time as another.
    fn start(&mut self) -> Ms {
        let now = self.now;
        match self.dice.below(100) {
            0..=9 => now,
            10..=57 => now + self.dice.between(1, 72 * 60) * MINUTE,
            58..=74 => now + self.dice.between(3, 40) * DAY,
            75..=82 => now - self.dice.between(1, 72 * 60) * MINUTE,
            83..=92 => {
                let last = self.model.tickets.iter().map(|ticket| ticket.expires_on).collect::<Vec<_>>();
                let day = self.dice.maybe(&last).unwrap_or_else(|| self.model.today(now)) + self.dice.pick(&[0, 0, 1]);
                let start = self.model.clock.start_of(day);
                start + self.dice.pick(&[0, 10 * HOUR, DAY - 1])
            }
            _ => {
                let starts: Vec<Ms> =
                    self.model.bookings.iter().filter(|booking| booking.axis.is_open()).map(|booking| booking.start).collect();
                self.dice.maybe(&starts).unwrap_or(now)
            }
        }
    }

    fn times(&mut self) -> (Ms, Ms) {
        let start = self.start();
        let length = match self.dice.below(60) {
            0 => 0,
            1 => 24 * HOUR,
            2 => 24 * HOUR + 1,
            _ => self.dice.between(1, 6) * 30 * MINUTE,
        };
        (start, start + length)
    }

    pub(super) fn wishes(&mut self, customer: u32) -> Vec<Wish> {
        let today = self.model.today(self.now);
        let all = || (1_u32..).zip(&self.model.tickets).filter(|(_, ticket)| ticket.owner == customer);
        let usable: Vec<u32> = all().filter(|(_, ticket)| ticket.free() > 0 && today <= ticket.expires_on).map(|(id, _)| id).collect();
        let own: Vec<u32> = if usable.is_empty() { all().map(|(id, _)| id).collect() } else { usable };
        let how_many = self.dice.weighted(&[(8, 1), (2, 2)]);
        (0..how_many)
            .map(|_| {
                let any = Some(self.any(self.model.tickets.len()));
                let ticket = match self.dice.below(20) {
                    0 => any,
                    1..=8 => self.dice.maybe(&own).or(any),
                    _ => None,
                };
                Wish { ticket, uses: self.dice.weighted(&[(12, 1), (4, 2), (2, 3), (1, 0)]) }
            })
            .collect()
    }

    pub(super) fn book(&mut self) -> Order {
        let customer = self.customer();
        let (start, end) = self.times();
        let lines = if self.dice.percent(1) { 0 } else { self.dice.weighted(&[(6, 1), (3, 2), (1, 3)]) };
        let today = self.model.today(self.now);
        let usable = |ticket: &&Ticket| ticket.owner == customer && ticket.free() > 0 && today <= ticket.expires_on;
        let covered: Vec<u32> = self.model.tickets.iter().filter(usable).flat_map(|ticket| ticket.terms.menus.clone()).collect();
        let wants = self.dice.percent(if self.model.tickets.iter().any(|ticket| usable(&ticket)) { 60 } else { 4 });
        let menus = if wants { [covered, vec![1]].concat() } else { vec![1, 2, 3] };
        let lines = (0..lines)
            .map(|_| Line {
                menu: self.dice.pick(&menus),
                staff: self.dice.pick(&[None, None, Some(1), Some(2)]),
                price: self.dice.pick(&PRICES),
            })
            .collect();
        Order::Book(Booking {
            customer,
            shop: self.dice.pick(&[1, 1, 2]),
            staff: self.dice.pick(&[None, Some(1), Some(2)]),
            lines,
            start,
            end,
            prepay: self.dice.percent(if self.model.policies.prepayment { 45 } else { 2 }),
            tentative: self.dice.percent(25),
            tickets: if wants { self.wishes(customer) } else { Vec::new() },
        })
    }

    pub(super) fn reschedule(&mut self) -> Order {
        if !self.some_booking(|booking| booking.axis.is_open()) && self.dice.percent(80) {
            return self.book();
        }
        let booking = self.booking(|booking| booking.axis.is_open());
        let (start, end) = self.times();
        Order::Reschedule { booking, start, end, staff: self.dice.pick(&[None, None, None, Some(1), Some(2)]) }
    }

    pub(super) fn step(&mut self) -> Order {
        let (reason, now) = (self.dice.percent(95), self.now);
        // Whose edge this is: it is now or never that the millisecond counts.
        let on_the_edge = |booking: &Reserved| booking.axis.is_open() && clock::edges(booking).iter().any(|edge| (now - edge).abs() <= 1);
        if self.some_booking(on_the_edge) && self.dice.percent(60) {
            let booking = self.booking(on_the_edge);
            return match self.dice.weighted(&[(6, Some(Step::CancelByCustomer)), (3, Some(Step::NoShow)), (2, None)]) {
                Some(to) => Order::Move { booking, to },
                None => {
                    let (start, end) = self.times();
                    Order::Reschedule { booking, start, end, staff: None }
                }
            };
        }
        let steps = [
            (5, Step::Confirm),
            (3, Step::ChoosePrepayment),
            (9, Step::PayPrepayment),
            (4, Step::RefundPrepayment),
            (4, Step::UndoVisit { reason }),
            (9, Step::CancelByCustomer),
            (4, Step::CancelByShop),
            (8, Step::NoShow),
            (4, Step::PayFee { amount: 0 }),
            (3, Step::WaiveFee { reason }),
            (2, Step::EnteredInError),
        ];
        let fits = |booking: &Reserved, step: Step| booking.allows(step) && (step != Step::NoShow || booking.start <= now);
        let possible: Vec<(usize, Step)> =
            steps.into_iter().filter(|(_, step)| self.some_booking(|booking| fits(booking, *step))).collect();
        // Mostly something that can be done, now and then whatever comes to mind.
        let any = possible.is_empty() || self.dice.percent(10);
        let mut to = if any { self.dice.weighted(&steps) } else { self.dice.weighted(&possible) };
        // Where more can go wrong: with money or tickets at stake, and before the deadline, which soon is past.
        let at_stake =
            |booking: &Reserved| fits(booking, to) && (matches!(booking.prepaid, Prepaid::Paid(_)) || !booking.tickets.is_empty());
        let in_time = |booking: &Reserved| fits(booking, to) && now <= booking.deadline;
        let booking = match self.dice.below(10) {
            0..=2 if self.some_booking(at_stake) => self.booking(at_stake),
            3..=6 if to == Step::CancelByCustomer && self.some_booking(in_time) => self.booking(in_time),
            _ => self.booking(|booking| fits(booking, to)),
        };
        if let Step::PayFee { amount } = &mut to
            && let Some(Fee::Due(due)) = self.model.booking(booking).map(|booking| booking.fee)
        {
            *amount = if self.dice.percent(92) { due } else { due - 1 };
        }
        Order::Move { booking, to }
    }

    pub(super) fn visit(&mut self) -> Order {
        // Whoever has tickets at stake comes first: that is where most can go wrong.
        let (clock, today) = (self.model.clock, self.model.today(self.now));
        let fits = |booking: &Reserved| booking.allows(Step::Visit) && clock.day_of(booking.start) <= today;
        let with_tickets = |booking: &Reserved| fits(booking) && !booking.tickets.is_empty();
        if !self.some_booking(fits) && self.dice.percent(85) {
            return self.book();
        }
        let any = self.some_booking(with_tickets) && self.dice.percent(50);
        let booking = if any { self.booking(with_tickets) } else { self.booking(fits) };
        Order::Move { booking, to: Step::Visit }
    }

    pub(super) fn add_listing(&mut self) -> Order {
        Order::AddListing { customer: self.customer(), list: self.dice.weighted(&[(4, List::Watch), (3, List::Grey), (3, List::Black)]) }
    }

    pub(super) fn remove_listing(&mut self) -> Order {
        let standing: Vec<u32> = (1_u32..).zip(&self.model.entries).filter(|(_, entry)| entry.stands()).map(|(id, _)| id).collect();
        if standing.is_empty() && self.dice.percent(80) {
            return self.add_listing();
        }
        let any = self.any(self.model.entries.len());
        Order::RemoveListing { listing: if self.dice.percent(90) { self.dice.maybe(&standing).unwrap_or(any) } else { any } }
    }

    pub(super) fn merge(&mut self) -> Order {
        let source = self.customer();
        let name = self.model.person(source).map(|person| NAMES[person.name].2);
        let namesakes: Vec<u32> = (1_u32..)
            .zip(&self.model.people)
            .filter(|(id, person)| *id != source && person.is_active() && Some(NAMES[person.name].2) == name)
            .map(|(id, _)| id)
            .collect();
        if namesakes.is_empty() && self.dice.percent(70) {
            return self.register();
        }
        let any = self.customer();
        let target = if self.dice.percent(85) { self.dice.maybe(&namesakes).unwrap_or(any) } else { any };
        Order::Merge { source, target, stale: self.dice.percent(5) }
    }

    pub(super) fn unmerge(&mut self) -> Order {
        let known: Vec<u32> = (1_u32..).zip(&self.model.merges).filter(|(_, merge)| merge.undone_at.is_none()).map(|(id, _)| id).collect();
        let any = self.any(self.model.merges.len());
        if known.is_empty() && self.dice.percent(80) {
            return self.merge();
        }
        Order::Unmerge { merge: if self.dice.percent(90) { known.last().copied().unwrap_or(any) } else { any } }
    }
}
