//! The reference model: what SPEC says, over plain lists. Nothing is kept that can be counted; whoever asks is answered by loops.

mod bookings;
mod customers;
mod figures;
mod frequency;
mod merges;
mod moves;
mod points;
mod sales;
mod tickets;
mod visits;

use serde_json::Value;

pub(super) use self::bookings::{Axis, Fee, Prepaid, Reserved};
pub(super) use self::customers::{Entry, Person, Verdict};
pub(super) use self::figures::Figures;
pub(super) use self::merges::{Merge, NAMES};
pub(super) use self::points::{Lot, Place, Point};
pub(super) use self::sales::{Sale, tax_line};
pub(super) use self::tickets::{Plan, Ticket, Use};
pub(super) use self::visits::Visit;
use super::days::{Clock, Day, Ms};
use super::orders::{Call, Order, Policies, Who};

/// What a command answers, as far as the rules say: fields by their names on the wire.
pub(super) type Reply = Vec<(&'static str, Value)>;
/// A command's answer, or every reason that stands against it: the library names one of them.
pub(super) type Answer = Result<Reply, Vec<&'static str>>;

/// Mistakes that a library could make, made on purpose: the walk must find each (the net's own test).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// R4, N2: a shop's cancel counts.
    ShopCancelsCount,
    /// R4: a fee of ¥0 is due.
    FeeOfZeroIsDue,
    /// R4: at the deadline itself it is too late.
    DeadlineIsLate,
    /// R6: a late reschedule brings a new deadline.
    LateRescheduleMovesDeadline,
    /// R6: the salon's policy of today, not the frozen one.
    PolicyOfToday,
    /// R8: tentative reservations are warned of too.
    TentativesOverlap,
    /// N1: a manual visit that is tied to a reservation counts too.
    TiedVisitsCount,
    /// N4: a tentative reservation counts.
    TentativesCount,
    /// N6: the first menu of the visit before.
    LastMenusOfTheFirstVisit,
    /// N7: the day of today is not counted.
    TodayIsNoDay,
    /// N8: what was booked counts, whatever was charged.
    AmountAsBooked,
    /// K3: on its last day a ticket has expired.
    TicketsExpireADayEarly,
    /// K4: a cancel uses held tickets up.
    CancelsConsume,
    /// K7: the ticket bought first is used first.
    OldestTicketFirst,
    /// R3: a prepayment takes what tickets pay too.
    PrepaymentTakesAll,
    /// Z1: points that come back are lost where their lot has expired.
    ComeBackExpired,
    /// Z1: a visit by hand that is corrected while points are off keeps its points.
    OffSettlesNothing,
    /// Z1: points never expire.
    PointsNeverExpire,
    /// Z1: a visit that is undone keeps its points.
    UndoKeepsPoints,
    /// Q5: tax is reckoned line by line.
    TaxByLine,
    /// R9: the prepayment is forgotten at checkout.
    PrepaymentPaysTwice,
    /// G3: an unpaid fee does not close the site.
    DuesDoNotBlock,
    /// M2: tickets stay with the source.
    TicketsDoNotMove,
    /// N10: what is past is shown as it is known today.
    PastAsKnownToday,
    /// A2: the same key runs the command again.
    KeysAreForgotten,
    /// W2: what lies ahead goes on after a withdrawal.
    WithdrawalCancelsNothing,
    /// W4: an erasure takes what is due along.
    ErasureForgivesDues,
    /// W4: whoever has a history is deleted all the same.
    HistoryIsDeleted,
}

/// A salon.
#[derive(Clone, Debug)]
pub(super) struct Salon {
    pub(super) flaw: Option<Flaw>,
    pub(super) clock: Clock,
    pub(super) policies: Policies,
    pub(super) settings_version: u32,
    pub(super) people: Vec<Person>,
    pub(super) entries: Vec<Entry>,
    pub(super) bookings: Vec<Reserved>,
    pub(super) plans: Vec<Plan>,
    pub(super) tickets: Vec<Ticket>,
    pub(super) sales: Vec<Sale>,
    pub(super) lots: Vec<Lot>,
    pub(super) points: Vec<Point>,
    pub(super) visits: Vec<Visit>,
    pub(super) merges: Vec<Merge>,
}

impl Salon {
    pub(super) fn new(clock: Clock, flaw: Option<Flaw>) -> Self {
        Self {
            flaw,
            clock,
            policies: Policies::default(),
            settings_version: 0,
            people: Vec::new(),
            entries: Vec::new(),
            bookings: Vec::new(),
            plans: Vec::new(),
            tickets: Vec::new(),
            sales: Vec::new(),
            lots: Vec::new(),
            points: Vec::new(),
            visits: Vec::new(),
            merges: Vec::new(),
        }
    }

    pub(super) fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    pub(super) fn today(&self, now: Ms) -> Day {
        self.clock.day_of(now)
    }

    /// Does what a command says, or says why not; then nothing has changed.
    pub(super) fn take(&mut self, order: &Order, call: &Call) -> Answer {
        let mut next = self.clone();
        let reply = next.decide(order, call)?;
        *self = next;
        Ok(reply)
    }

    fn decide(&mut self, order: &Order, call: &Call) -> Answer {
        let managers_only = matches!(order, Order::SavePlan { .. } | Order::Unmerge { .. } | Order::Erase { .. } | Order::Configure { .. });
        let anyone = matches!(order, Order::Book(_) | Order::Reschedule { .. } | Order::Move { .. } | Order::Withdraw { .. });
        let allowed = match call.who {
            Who::Manager => true,
            Who::Staff => !managers_only,
            Who::Customer(_) => anyone,
        };
        if !allowed {
            return Err(vec!["access.forbidden"]);
        }
        let now = call.now;
        match order {
            Order::Register { name, .. } => self.register(*name),
            Order::Book(form) => self.book(form, call),
            Order::Move { booking, to } => self.step(*booking, *to, call),
            Order::Reschedule { booking, start, end, staff } => self.reschedule(*booking, *start, *end, *staff, call),
            Order::SavePlan { plan, based_on, terms, retired } => self.save_plan(*plan, *based_on, terms, *retired),
            Order::CheckOut(till) => self.check_out(till, now),
            Order::Void { sale, reason } => self.void(*sale, *reason, now),
            Order::Extend { ticket, to, reason } => self.extend(*ticket, *to, *reason, now),
            Order::AdjustTicket { ticket, uses, reason } => self.adjust_ticket(*ticket, *uses, *reason),
            Order::AdjustPoints { customer, seen, balance, reason } => self.adjust_points(*customer, *seen, *balance, *reason, now),
            Order::AddVisit { customer, form } => self.add_visit(*customer, form, now),
            Order::EditVisit { visit, based_on, form } => self.edit_visit(*visit, *based_on, form, now),
            Order::RemoveVisit { visit, based_on } => self.remove_visit(*visit, *based_on, now),
            Order::SetLastVisit { customer, day } => self.set_last_visit(*customer, *day, now),
            Order::AddListing { customer, list } => self.add_listing(*customer, *list),
            Order::RemoveListing { listing } => self.remove_listing(*listing),
            Order::Merge { source, target, stale } => self.merge(*source, *target, *stale, now),
            Order::Withdraw { customer, cancel, reason } => self.withdraw(*customer, *cancel, *reason, call),
            Order::Delete { customer } => self.delete(*customer),
            Order::Erase { customer } => self.erase(*customer),
            Order::Unmerge { merge } => self.unmerge(*merge, now),
            Order::Configure { based_on, policies } => self.configure(*based_on, policies),
            // The walk itself knows what a key was used for.
            Order::Again { .. } => Ok(Vec::new()),
        }
    }

    fn configure(&mut self, based_on: u32, policies: &Policies) -> Answer {
        if based_on != self.settings_version {
            return Err(vec!["salon.version"]);
        }
        self.policies = policies.clone();
        self.settings_version += 1;
        Ok(vec![("version", self.settings_version.into())])
    }
}

/// The number of the next of so many.
pub(super) fn next_number(count: usize) -> u32 {
    u32::try_from(count).unwrap() + 1
}

/// Where a number stands in its list.
pub(super) const fn place(number: u32) -> usize {
    (number as usize).wrapping_sub(1)
}

/// A plain answer, or the reasons against it.
fn unless(reasons: Vec<&'static str>) -> Result<(), Vec<&'static str>> {
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// An id as the wire writes it.
pub(super) fn named(letter: char, number: u32) -> Value {
    format!("{letter}{number}").into()
}

/// Points that moved, or nothing.
fn moved(points: i64) -> Value {
    if points == 0 { Value::Null } else { points.into() }
}
