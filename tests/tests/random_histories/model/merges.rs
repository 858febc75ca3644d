//! Merges, and their undoing (M).

use super::super::days::{DAY, Ms};
use super::points::Source;
use super::{Answer, Flaw, Place, Prepaid, Salon, named, next_number, place};

/// What moved, by place in its list.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Moved {
    bookings: Vec<usize>,
    tickets: Vec<usize>,
    lots: Vec<usize>,
    sales: Vec<usize>,
    visits: Vec<usize>,
    entries: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(in super::super) struct Merge {
    pub(in super::super) source: u32,
    pub(in super::super) target: u32,
    pub(in super::super) at: Ms,
    pub(in super::super) undone_at: Option<Ms>,
    moved: Moved,
}

/// Two names by which people are registered, and what they are to M1.
pub(in super::super) const NAMES: [(&str, &str, u32); 4] =
    [("山田", "花子", 1), ("山田花", "子", 1), ("佐藤", "美咲", 2), ("山田", "花　子", 1)];

fn owned<T>(list: &[T], owner: impl Fn(&T) -> u32, whose: u32) -> Vec<usize> {
    (0..list.len()).filter(|n| owner(&list[*n]) == whose).collect()
}

impl Salon {
    pub(super) fn merge(&mut self, source: u32, target: u32, stale: bool, now: Ms) -> Answer {
        let (Some(from), Some(to)) = (self.person(source), self.person(target)) else { return Err(vec!["customer.not_found"]) };
        if source == target {
            return Err(vec!["merge.same_customer"]);
        }
        let mut reasons = Vec::new();
        if !from.is_active() || !to.is_active() {
            reasons.push("merge.not_active");
        }
        if NAMES[from.name].2 != NAMES[to.name].2 {
            reasons.push("merge.name_mismatch");
        }
        super::unless(reasons)?;
        if stale {
            return Err(vec!["merge.moved"]);
        }
        let id = next_number(self.merges.len());
        let moved = Moved {
            bookings: owned(&self.bookings, |one| one.owner, source),
            tickets: if self.has(Flaw::TicketsDoNotMove) { Vec::new() } else { owned(&self.tickets, |one| one.owner, source) },
            lots: owned(&self.lots, |one| one.owner, source),
            sales: owned(&self.sales, |one| one.owner, source),
            visits: owned(&self.visits, |one| one.owner, source).into_iter().filter(|n| !self.visits[*n].removed).collect(),
            entries: owned(&self.entries, |one| one.owner, source),
        };
        // An entry on a list on which the target stands already is joined to the target's (M2).
        for n in &moved.entries {
            let entry = self.entries[*n].clone();
            if entry.stands() && self.stands_on(target, entry.list) {
                self.entries[*n].joined_by = Some(id);
            }
        }
        let count = [&moved.bookings, &moved.tickets, &moved.lots, &moved.sales, &moved.visits, &moved.entries];
        let count: usize = count.iter().map(|list| list.len()).sum();
        self.hand_over(&moved, source, target);
        self.people[place(source)].merged = Some((target, now));
        self.merges.push(Merge { source, target, at: now, undone_at: None, moved });
        let all = self.tally(target);
        Ok(vec![
            ("merge", named('m', id)),
            ("target", named('c', target)),
            ("moved", count.into()),
            ("before", all.clone()),
            ("after", all),
        ])
    }

    // What both held (M7).
    fn tally(&self, who: u32) -> serde_json::Value {
        let bookings = || self.bookings.iter().filter(|one| one.owner == who);
        let tickets = || self.tickets.iter().filter(|one| one.owner == who);
        let sales = || self.sales.iter().filter(|one| one.owner == who && one.stands);
        let marks = self.marks(who);
        let held = |booking: &super::Reserved| match booking.prepaid {
            Prepaid::Paid(amount) | Prepaid::Kept(amount) => amount,
            _ => 0,
        };
        let points = self.points.iter().filter(|point| self.lots[point.lot].owner == who && point.at == Place::Here);
        serde_json::json!({
            "reservations": bookings().count(),
            "visits": marks.len(),
            "visitedYen": marks.iter().map(|mark| mark.amount).sum::<i64>(),
            "feesDue": self.due_of(who),
            "prepaid": bookings().map(held).sum::<i64>(),
            "sales": sales().count(),
            "salesYen": sales().map(|sale| sale.total).sum::<i64>(),
            "tickets": tickets().count(),
            "ticketUses": tickets().map(super::Ticket::remaining).sum::<i64>(),
            "ticketHolds": tickets().map(super::Ticket::held).sum::<i64>(),
            "points": points.count(),
            "listings": self.entries.iter().filter(|entry| entry.owner == who).count(),
        })
    }

    // Everything that is still one customer's becomes the other's.
    fn hand_over(&mut self, moved: &Moved, from: u32, to: u32) {
        macro_rules! hand {
            ($list:ident) => {
                for n in &moved.$list {
                    let one = &mut self.$list[*n];
                    if one.owner == from {
                        one.owner = to;
                    }
                }
            };
        }
        hand!(bookings);
        hand!(tickets);
        hand!(lots);
        hand!(sales);
        hand!(entries);
        for n in &moved.visits {
            let one = &mut self.visits[*n];
            if one.owner == from && !one.removed {
                one.owner = to;
                one.version += 1;
            }
        }
    }

    pub(super) fn unmerge(&mut self, id: u32, now: Ms) -> Answer {
        let merge = self.merges.get(place(id)).cloned().ok_or(vec!["merge.not_found"])?;
        let window = self.policies.unmerge_days * DAY;
        let later = (1_u32..).zip(&self.merges).any(|(other, line)| other > id && line.target == merge.target && line.undone_at.is_none());
        let target_is_there = self.person(merge.target).is_some_and(super::Person::is_active);
        if window == 0 || merge.undone_at.is_some() || now > merge.at + window || later || !target_is_there {
            return Err(vec!["merge.no_undo"]);
        }
        self.hand_over(&merge.moved, merge.target, merge.source);
        if self.torn([merge.source, merge.target]) {
            return Err(vec!["merge.no_undo"]);
        }
        for entry in self.entries.iter_mut().filter(|entry| entry.joined_by == Some(id)) {
            entry.joined_by = None;
        }
        self.people[place(merge.source)].merged = None;
        self.merges[place(id)].undone_at = Some(now);
        Ok(vec![("source", named('c', merge.source)), ("target", named('c', merge.target))])
    }

    // Whether records of the two name each other: a ticket of one pays for a visit of the other, a sale of one closed it, and so on.
    fn torn(&self, pair: [u32; 2]) -> bool {
        let mut bound: Vec<(u32, u32)> = Vec::new();
        let booking = |id: u32| self.bookings[place(id)].owner;
        let sale = |id: u32| self.sales[place(id)].owner;
        for own in &self.bookings {
            bound.extend(own.tickets.iter().map(|ticket| (own.owner, self.tickets[place(*ticket)].owner)));
            bound.extend(own.sale.map(|id| (own.owner, sale(id))));
        }
        bound.extend(self.sales.iter().filter_map(|own| own.booking.map(|id| (own.owner, booking(id)))));
        bound.extend(self.tickets.iter().map(|own| (own.owner, sale(own.sale))));
        let there = self.visits.iter().filter(|visit| !visit.removed);
        bound.extend(there.filter_map(|own| own.form.booking.map(|id| (own.owner, booking(id)))));
        for own in &self.lots {
            bound.extend(own.spent_in.iter().map(|id| (own.owner, sale(*id))));
            match own.source {
                Source::Visit(id) => bound.push((own.owner, booking(id))),
                Source::Manual(id) => bound.extend(self.visit(id).map(|visit| (own.owner, visit.owner))),
                Source::Sale(id) | Source::Returned(id) => bound.push((own.owner, sale(id))),
                Source::ByHand => {}
            }
        }
        bound.into_iter().any(|(one, other)| one != other && pair.contains(&one) && pair.contains(&other))
    }

    /// Who an id stood for at an instant (N10): the target of its merge of then, even of one that was undone since.
    pub(in super::super) fn resolved_at(&self, id: u32, at: Ms) -> u32 {
        let mut who = id;
        let held = |merge: &Merge| merge.at <= at && merge.undone_at.is_none_or(|undone| undone > at);
        while let Some(merge) = self.merges.iter().find(|merge| merge.source == who && held(merge)) {
            who = merge.target;
        }
        who
    }
}
