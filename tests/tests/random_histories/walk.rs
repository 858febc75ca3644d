//! The walk: one history through the model and through the library on several devices, compared after every command.

use daicho::log::Read;
use daicho::{CheckOut, GetFigures, Instant, Kind, Ledger, QuoteSale, Record, SaleQuote, Store};
use serde_json::Value;

use super::commands::{Op, advance, work_out};
use super::compare::{self, difference, everybody};
use super::days::{Clock, Ms, shown};
use super::dice::Dice;
use super::door::{self, Wire, context, customer, manager};
use super::index;
use super::model::{Answer, Axis, Fee, Figures, Flaw, Prepaid, Salon, Use};
use super::orders::{Call, Channel, Order, Policies, Till, Who};

/// Below so many commands a history is one that is being shrunk.
const SHRUNK: usize = 100;
/// How often everybody and the lists of every device are compared.
const EVERY: usize = 20;
/// 2026-01-26 09:00 in Japan: not far from a month that is short.
pub(super) const BEGINNING: Ms = 1_769_385_600_000;

/// A history: whatever is drawn comes from the seed or from an op's own.
#[derive(Clone, Debug)]
pub(super) struct History {
    pub(super) seed: u64,
    pub(super) ops: Vec<Op>,
}

impl History {
    pub(super) fn clock(&self) -> Clock {
        let day_starts_minutes = if self.seed.is_multiple_of(3) { 300 } else { 0 };
        Clock { offset_minutes: if self.seed.is_multiple_of(7) { -300 } else { 540 }, day_starts_minutes }
    }
}

/// Where the two first differ.
#[derive(Debug)]
pub(super) struct Divergence {
    pub(super) step: usize,
    pub(super) what: String,
}

/// What a walk saw.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) done: usize,
    pub(super) refused: usize,
    /// Commands and refusals by name, to know what a walk covers.
    pub(super) counts: std::collections::BTreeMap<String, usize>,
}

pub(super) struct Walk<'l, S> {
    ledgers: &'l [Ledger<S>],
    model: Salon,
    now: Ms,
    /// What was done: its order, call, key and answer.
    done: Vec<(Order, Call, Wire, usize, Value)>,
    /// Whose figures were what from when on, as the ledger held them then.
    past: Vec<(Ms, u32, Figures)>,
    instants: Vec<Ms>,
    seen: Seen,
    log: Option<&'l mut Vec<String>>,
}

/// Walks a history over devices that share a store.
pub(super) fn walk<S: Store>(
    ledgers: &[Ledger<S>],
    history: &History,
    flaw: Option<Flaw>,
    log: Option<&mut Vec<String>>,
) -> Result<Seen, Divergence> {
    let mut walk = Walk::new(ledgers, history, flaw, log);
    let at = |step: usize| move |what: String| Divergence { step, what };
    walk.open().map_err(at(0))?;
    for (step, op) in (1_usize..).zip(&history.ops) {
        walk.step(step, op).map_err(at(step))?;
        if step.is_multiple_of(EVERY) {
            walk.everything().map_err(at(step))?;
        }
    }
    let last = history.ops.len();
    walk.everything().map_err(at(last))?;
    walk.past(&mut Dice::new(history.seed ^ 0xA50F)).map_err(at(last))?;
    walk.sound().map_err(at(last))?;
    walk.states();
    Ok(walk.seen)
}

impl<'l, S: Store> Walk<'l, S> {
    pub(super) fn new(ledgers: &'l [Ledger<S>], history: &History, flaw: Option<Flaw>, log: Option<&'l mut Vec<String>>) -> Self {
        let model = Salon::new(history.clock(), flaw);
        Self { ledgers, model, now: BEGINNING, done: Vec::new(), past: Vec::new(), instants: Vec::new(), seen: Seen::default(), log }
    }

    // The salon's calendar stands before anything else, and stays.
    pub(super) fn open(&mut self) -> Result<(), String> {
        let call = Call { who: Who::Manager, channel: Channel::Counter, now: self.now, device: 0 };
        let order = Order::Configure { based_on: 0, policies: Policies::default() };
        self.run(&order, &call, 0)
    }

    pub(super) fn step(&mut self, step: usize, op: &Op) -> Result<(), String> {
        let mut dice = Dice::new(op.seed);
        self.now = advance(&mut dice, op.kind, &self.model, self.now);
        let (order, mut call) = work_out(&mut dice, op.kind, &self.model, self.now);
        call.device = dice.below(self.ledgers.len());
        match order {
            Order::Again { nth, other } => self.again(nth, other, &call)?,
            order => self.run(&order, &call, step)?,
        }
        self.remember();
        Ok(())
    }

    fn note(&mut self, call: &Call, line: &str) {
        if let Some(log) = &mut self.log {
            let day = self.model.clock.wall_day_of(call.now);
            let minutes = (call.now - self.model.clock.at(day, 0)) / 1_000;
            let clock = format!("{} {:02}:{:02}:{:02}", shown(day), minutes / 3_600, minutes / 60 % 60, minutes % 60);
            log.push(format!("{clock} ({} ms) device {} {:?} {:?}: {line}", call.now, call.device, call.who, call.channel));
        }
    }

    fn run(&mut self, order: &Order, call: &Call, key: usize) -> Result<(), String> {
        let ledger = &self.ledgers[call.device];
        let wire = door::wire(order, &self.model, ledger, call.now);
        let before = touched(order, &self.model);
        let then = self.model.clone();
        let expected = self.model.take(order, call);
        let quote = match (order, &wire) {
            (Order::CheckOut(till), Wire::CheckOut(sent)) if !matches!(call.who, Who::Customer(_)) => {
                Some((till, quote(ledger, sent, call.now)))
            }
            _ => None,
        };
        let said = wire.send(ledger, &context(call, key, 1));
        let answer =
            said.as_ref().map_or_else(|error| format!("{} ({error}) {}", error.code(), error.data()), |(value, _)| value.to_string());
        let said = said.map_err(|error| error.code());
        if let Some((till, quote)) = quote {
            quoted(quote, &said, till, &then)?;
        }
        self.note(call, &format!("{} -> {answer}", wire.shown()));
        self.count(order, &expected);
        compare_answers(&expected, &said)?;
        if let Ok((value, _)) = said {
            self.done.push((order.clone(), *call, wire, key, value));
        }
        let mut whose = [before, touched(order, &self.model)].concat();
        whose.sort_unstable();
        whose.dedup();
        for who in whose.into_iter().filter(|who| self.model.person(*who).is_some()) {
            self.same(call.device, who)?;
        }
        Ok(())
    }

    // A2: the same key with the same command answers the same and does nothing; with another it is an error.
    fn again(&mut self, nth: usize, other: bool, call: &Call) -> Result<(), String> {
        let (order, first, wire, key, answer) = &self.done[nth % self.done.len()];
        let call = Call { now: call.now, device: call.device, ..*first };
        let ledger = &self.ledgers[call.device];
        if self.model.has(Flaw::KeysAreForgotten) {
            let _ = self.model.take(order, &call);
        }
        let (line, wrong) = if other {
            let another = door::wire(&Order::Again { nth, other }, &self.model, ledger, call.now);
            let said = another.send(ledger, &context(&Call { who: Who::Manager, ..call }, *key, 2)).map_err(|error| error.code());
            // Of a command that told of somebody who was erased since, no text is kept by which it could be told from another (W4).
            let taken_for_it = said.as_ref() == Ok(&(answer.clone(), true)) && is_forgotten(ledger, *key)?;
            ("another command under the key", said != Err("access.key_reused") && !taken_for_it)
        } else {
            let said = wire.send(ledger, &context(&call, *key, 3)).map_err(|error| error.code());
            ("the same again under its key", said.as_ref() != Ok(&(answer.clone(), true)))
        };
        let line = format!("{line}-{key}: {}", wire.shown());
        let whose = touched(order, &self.model);
        self.note(&call, &line);
        *self.seen.counts.entry("again".into()).or_default() += 1;
        if wrong {
            return Err(line);
        }
        for who in whose.into_iter().filter(|who| self.model.person(*who).is_some()) {
            self.same(call.device, who)?;
        }
        Ok(())
    }

    fn count(&mut self, order: &Order, expected: &Answer) {
        let name = format!("{order:?}");
        let name: String = match order {
            Order::Move { to, .. } => format!("Move {to:?}").split(' ').take(2).collect::<Vec<_>>().join(" "),
            _ => name.split([' ', '(']).next().unwrap_or_default().to_owned(),
        };
        match expected {
            Ok(_) => self.seen.done += 1,
            Err(reasons) => {
                self.seen.refused += 1;
                *self.seen.counts.entry(format!("{name} {}", reasons[0])).or_default() += 1;
                return;
            }
        }
        *self.seen.counts.entry(name).or_default() += 1;
    }

    // What the ledger holds now, for those who will ask later (N10).
    fn remember(&mut self) {
        self.instants.push(self.now);
        for who in everybody(&self.model) {
            let figures = self.model.figures(who);
            if self.past.iter().rev().find(|(_, whose, _)| *whose == who).is_none_or(|(_, _, known)| *known != figures) {
                self.past.push((self.now, who, figures));
            }
        }
    }

    fn same(&self, device: usize, who: u32) -> Result<(), String> {
        let library = compare::library(&self.ledgers[device], who, self.now).map_err(|error| format!("c{who}: {error}"))?;
        match difference(&library, &compare::model(&self.model, who, self.now)) {
            None => Ok(()),
            Some(what) => Err(format!("c{who} on device {device}\n  {what}")),
        }
    }

    pub(super) fn everything(&self) -> Result<(), String> {
        for who in everybody(&self.model) {
            self.same((who as usize) % self.ledgers.len(), who)?;
        }
        for (device, ledger) in self.ledgers.iter().enumerate() {
            let library = index::library(ledger, self.now).map_err(|error| format!("the index of device {device}: {error}"))?;
            if let Some(what) = difference(&library, &index::model(&self.model, self.now)) {
                return Err(format!("the index of device {device}\n  {what}"));
            }
        }
        Ok(())
    }

    // N10: what was known at some past instants. A merged id stands for its target while it is merged.
    fn past(&self, dice: &mut Dice) -> Result<(), String> {
        if self.instants.is_empty() {
            return Ok(());
        }
        let mut instants: Vec<Ms> = (0..5).map(|_| dice.pick(&self.instants) + dice.pick(&[0, 0, 0, -1, 1])).collect();
        // A history that is being shrunk must not lose the instant that tells.
        if self.instants.len() < SHRUNK {
            instants = self.instants.iter().flat_map(|at| [at - 1, *at, at + 1]).collect();
        }
        for as_of in instants {
            let today = self.model.today(as_of.min(self.now));
            for asked in everybody(&self.model) {
                let who = self.model.resolved_at(asked, as_of.min(self.now));
                let then = self.past.iter().rev().find(|(at, whose, _)| *at <= as_of && *whose == who);
                let mut expected = then.map(|(_, _, figures)| figures.clone()).unwrap_or_default();
                if self.model.has(Flaw::PastAsKnownToday) {
                    expected = self.model.figures(who);
                }
                let query = GetFigures { customer: customer(asked), as_of: Some(Instant(as_of)), frequencies: door::frequencies() };
                let ledger = &self.ledgers[dice.below(self.ledgers.len())];
                let figures =
                    ledger.query(&query, &manager(), Instant(self.now)).map_err(|error| format!("c{asked} as of {as_of}: {error}"))?;
                if let Some(what) = difference(&compare::library_figures(&figures), &compare::model_figures(&self.model, &expected, today))
                {
                    return Err(format!("c{asked} as of {as_of} ms\n  {what}"));
                }
            }
        }
        Ok(())
    }

    // Where reservations ended: what a walk covers.
    fn states(&mut self) {
        for (id, booking) in (1_u32..).zip(&self.model.bookings) {
            let held = matches!(booking.prepaid, Prepaid::Kept(_)).then_some("Kept");
            let fee = matches!(booking.fee, Fee::Due(_)).then_some("Due");
            let name = format!("state {:?} {} {}", booking.axis, held.unwrap_or("-"), fee.unwrap_or("-"));
            *self.seen.counts.entry(name).or_default() += 1;
            if booking.axis == Axis::Error && booking.fee_taken > 0 {
                *self.seen.counts.entry("state entered in error after a fee was taken".into()).or_default() += 1;
            }
            if booking.axis != Axis::Visited && self.model.tickets.iter().any(|ticket| ticket.uses.contains(&Use::Used(id))) {
                *self.seen.counts.entry("state used up without a visit".into()).or_default() += 1;
            }
        }
    }

    pub(super) fn sound(&self) -> Result<(), String> {
        let report = self.ledgers[0].check().map_err(|error| error.to_string())?;
        if report.breaches.is_empty() { Ok(()) } else { Err(format!("the check finds {:?}", report.breaches)) }
    }
}

fn quote<S: Store>(ledger: &Ledger<S>, sent: &CheckOut, now: Ms) -> Result<SaleQuote, &'static str> {
    let query = QuoteSale {
        customer: sent.customer,
        reservation: sent.reservation,
        shop: sent.shop.clone(),
        staff: sent.staff.clone(),
        lines: sent.lines.clone(),
        discount: sent.discount,
        points: sent.points,
        tickets: sent.tickets.clone(),
    };
    ledger.query(&query, &manager(), Instant(now)).map_err(|error| error.code())
}

// What a sale would come to is what it then comes to, and what refuses the one refuses the other; but for how it is paid.
fn quoted(quote: Result<SaleQuote, &str>, said: &Result<(Value, bool), &str>, till: &Till, model: &Salon) -> Result<(), String> {
    let quote = match (quote, said) {
        (Err(quote), Err(said)) if quote == *said => return Ok(()),
        (Ok(_), Err("sale.payment" | "sale.method")) => return Ok(()),
        (Ok(quote), Ok((done, _))) => {
            let same = |name: &str, value: Value| done[name] == value;
            let taxes = serde_json::to_value(&quote.taxes).unwrap();
            let all = same("total", quote.total.0.into())
                && same("taxes", taxes)
                && same("refund", quote.refund.0.into())
                && same("settled", quote.settled.0.into())
                && same("released", quote.released.into());
            if !all {
                return Err(format!("the sale is not its quote\n  quote: {quote:?}\n  sale: {done}"));
            }
            quote
        }
        (quote, said) => return Err(format!("the quote\n  quote: {quote:?}\n  sale: {said:?}")),
    };
    let ours = model.quote(till);
    let library = [quote.total.0, quote.refund.0, quote.due.0, i64::from(quote.points), quote.prepaid.0];
    let model = [ours.total, ours.refund, ours.left - till.points, till.points, ours.total - ours.left];
    if library == model { Ok(()) } else { Err(format!("the quote\n  library: {library:?}\n    model: {model:?}")) }
}

// Every predicted field is there, and what is left out is nothing.
fn compare_answers(expected: &Answer, said: &Result<(Value, bool), &'static str>) -> Result<(), String> {
    match (expected, said) {
        (Ok(_), Ok((_, true))) => Err("a new command was answered as one of before".to_owned()),
        (Ok(fields), Ok((value, false))) => {
            let empty = |value: &Value| value.is_null() || *value == Value::Array(Vec::new());
            for (name, wanted) in fields {
                let got = match (&value[*name], *name) {
                    (Value::Array(reasons), "warnings") => reasons.iter().map(|reason| reason["type"].clone()).collect(),
                    (other, _) => other.clone(),
                };
                if got != *wanted && !(empty(&got) && empty(wanted)) {
                    return Err(format!("the answer's {name}\n  library: {got}\n    model: {wanted}"));
                }
            }
            Ok(())
        }
        (Err(reasons), Err(code)) if reasons.contains(code) => Ok(()),
        (Err(reasons), Err(code)) => Err(format!("refused\n  library: {code}\n    model: {reasons:?}")),
        (Ok(_), Err(code)) => Err(format!("refused\n  library: {code}\n    model: done")),
        (Err(reasons), Ok(_)) => Err(format!("refused\n  library: done\n    model: {reasons:?}")),
    }
}

// Whose records a command names.
fn touched(order: &Order, model: &Salon) -> Vec<u32> {
    let booking = |id: u32| model.booking(id).map(|booking| booking.owner);
    let one = match order {
        Order::Register { .. } => u32::try_from(model.people.len()).ok(),
        Order::Book(form) => Some(form.customer),
        Order::Move { booking: id, .. } | Order::Reschedule { booking: id, .. } => booking(*id),
        Order::CheckOut(till) => Some(till.customer),
        Order::Void { sale, .. } => model.sale(*sale).map(|sale| sale.owner),
        Order::Extend { ticket, .. } | Order::AdjustTicket { ticket, .. } => model.ticket(*ticket).map(|ticket| ticket.owner),
        Order::AdjustPoints { customer, .. }
        | Order::AddVisit { customer, .. }
        | Order::SetLastVisit { customer, .. }
        | Order::AddListing { customer, .. }
        | Order::Withdraw { customer, .. }
        | Order::Erase { customer } => Some(*customer),
        Order::EditVisit { visit, .. } | Order::RemoveVisit { visit, .. } => model.visit(*visit).map(|visit| visit.owner),
        Order::RemoveListing { listing } => model.entries.get(*listing as usize - 1).map(|entry| entry.owner),
        Order::Merge { source, target, .. } => return vec![*source, *target],
        Order::Unmerge { merge } => {
            return model.merges.get(*merge as usize - 1).map(|merge| vec![merge.source, merge.target]).unwrap_or_default();
        }
        Order::SavePlan { .. } | Order::Configure { .. } | Order::Delete { .. } | Order::Again { .. } => None,
    };
    one.into_iter().collect()
}

// Whether the input of the command under a key can be told no more.
fn is_forgotten<S: Store>(ledger: &Ledger<S>, key: usize) -> Result<bool, String> {
    let read = Read::Id { kind: Kind::Receipt, id: format!("key-{key}") };
    let found = ledger.store().load(ledger.salon(), &[read]).map_err(|error| error.to_string())?;
    Ok(found.records.iter().flatten().any(|record| matches!(record, Record::Receipt(receipt) if receipt.digest.is_empty())))
}
