//! Visits by hand (N1, N5).

use super::super::days::{Day, HOUR, Ms};
use super::super::orders::{Entered, Rule};
use super::points::Source;
use super::{Answer, Axis, Flaw, Salon, moved, named, next_number, place};

#[derive(Clone, Debug)]
pub(in super::super) struct Visit {
    pub(in super::super) owner: u32,
    pub(in super::super) version: u32,
    pub(in super::super) form: Entered,
    /// The middle of its day: where it stands among the others.
    pub(in super::super) at: Ms,
    pub(in super::super) removed: bool,
    /// What it earns by the salon's rule when it was entered (Z1).
    pub(in super::super) rule: Option<Rule>,
}

impl Salon {
    pub(in super::super) fn visit(&self, id: u32) -> Option<&Visit> {
        self.visits.get(place(id)).filter(|visit| !visit.removed)
    }

    // `tied`: the reservation that it is tied to already.
    fn wrong_form(&self, owner: u32, form: &Entered, tied: Option<u32>, now: Ms) -> Vec<&'static str> {
        let mut wrong = Vec::new();
        if form.day > self.today(now) {
            wrong.push("visit.in_future");
        }
        if let Some(id) = form.booking {
            match self.booking(id).filter(|booking| booking.owner == owner) {
                None => wrong.push("booking.not_found"),
                Some(booking) if booking.axis != Axis::Visited && tied != Some(id) => wrong.push("visit.not_visited"),
                Some(_) => {}
            }
        }
        wrong
    }

    fn middle(&self, day: Day) -> Ms {
        self.clock.start_of(day) + 12 * HOUR
    }

    // Tied to a reservation it earns nothing: that one does.
    fn entered(&mut self, id: u32, now: Ms) -> Answer {
        let visit = self.visits[place(id)].clone();
        let points = match visit.rule.filter(|_| !self.has(Flaw::OffSettlesNothing) || self.policies.rule.is_some()) {
            None => 0,
            Some(_) if visit.form.booking.is_some() => self.settle(Source::Manual(id), visit.owner, 0, now),
            Some(rule) => self.settle(Source::Manual(id), visit.owner, rule.of(visit.form.amount), now),
        };
        Ok(vec![("visit", named('v', id)), ("version", visit.version.into()), ("points", moved(points))])
    }

    pub(super) fn add_visit(&mut self, customer: u32, form: &Entered, now: Ms) -> Answer {
        super::unless([self.must_be_active(customer), self.wrong_form(customer, form, None, now)].concat())?;
        let id = next_number(self.visits.len());
        let at = self.middle(form.day);
        self.visits.push(Visit { owner: customer, version: 1, form: form.clone(), at, removed: false, rule: self.policies.rule });
        self.entered(id, now)
    }

    pub(super) fn edit_visit(&mut self, id: u32, based_on: u32, form: &Entered, now: Ms) -> Answer {
        let visit = self.visit(id).cloned().ok_or(vec!["visit.not_found"])?;
        let mut reasons = [self.must_be_active(visit.owner), self.wrong_form(visit.owner, form, visit.form.booking, now)].concat();
        if visit.version != based_on {
            reasons.push("visit.version");
        }
        super::unless(reasons)?;
        let at = self.middle(form.day);
        self.visits[place(id)] = Visit { version: visit.version + 1, form: form.clone(), at, ..visit };
        self.entered(id, now)
    }

    pub(super) fn remove_visit(&mut self, id: u32, based_on: u32, now: Ms) -> Answer {
        let visit = self.visit(id).cloned().ok_or(vec!["visit.not_found"])?;
        let mut reasons = self.must_be_active(visit.owner);
        if visit.version != based_on {
            reasons.push("visit.version");
        }
        super::unless(reasons)?;
        self.visits[place(id)].removed = true;
        let points = self.settle(Source::Manual(id), visit.owner, 0, now);
        Ok(vec![("visit", named('v', id)), ("version", 0.into()), ("points", moved(points))])
    }

    /// The last visit is never typed over: one by hand gets another day, or a new one is added after it (N5).
    pub(super) fn set_last_visit(&mut self, customer: u32, day: Day, now: Ms) -> Answer {
        super::unless(self.must_be_active(customer))?;
        let marks = self.marks(customer);
        let form = Entered { day, menus: Vec::new(), amount: 0, booking: None };
        let Some(last) = marks.last() else { return self.add_visit(customer, &form, now) };
        if last.day == day {
            let version = last.manual.map(|id| self.visits[place(id)].version);
            return Ok(vec![("visit", last.manual.map(|id| named('v', id)).into()), ("version", version.into())]);
        }
        // One by hand is moved itself, and only the others can lie after the day.
        if marks.iter().any(|mark| mark.day > day && (last.manual.is_none() || mark.manual != last.manual)) {
            let wrong = self.wrong_form(customer, &form, None, now);
            return Err([vec!["visit.later_visit"], wrong].concat());
        }
        match last.manual {
            Some(id) => {
                let form = Entered { day, ..self.visits[place(id)].form.clone() };
                let version = self.visits[place(id)].version;
                self.edit_visit(id, version, &form, now)
            }
            None => self.add_visit(customer, &form, now),
        }
    }
}
