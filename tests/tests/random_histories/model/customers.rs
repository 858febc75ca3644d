//! Customers, the three lists and the gate (C7, G1 to G4).

use super::super::days::Ms;
use super::super::orders::{Call, Channel, List, Step, Who};
use super::{Answer, Fee, Flaw, Salon, named, next_number, place};

#[derive(Clone, Debug)]
pub(in super::super) struct Person {
    /// Which of the names in the walk.
    pub(in super::super) name: usize,
    /// Into whom, and when.
    pub(in super::super) merged: Option<(u32, Ms)>,
    /// 退会
    pub(in super::super) withdrawn: bool,
    /// 消去: figures stay.
    pub(in super::super) erased: bool,
    /// 削除: nothing stays but the number.
    pub(in super::super) deleted: bool,
}

impl Person {
    pub(in super::super) const fn is_active(&self) -> bool {
        self.merged.is_none() && !self.is_gone() && !self.deleted
    }

    /// Whoever has left, by themselves or out of the records: what was begun comes to its end.
    pub(in super::super) const fn is_gone(&self) -> bool {
        self.withdrawn || self.erased
    }
}

/// An entry on a list.
#[derive(Clone, Debug)]
pub(in super::super) struct Entry {
    pub(in super::super) owner: u32,
    pub(in super::super) list: List,
    pub(in super::super) removed: bool,
    /// The merge that joined it to an entry of the target.
    pub(in super::super) joined_by: Option<u32>,
}

impl Entry {
    pub(in super::super) const fn stands(&self) -> bool {
        !self.removed && self.joined_by.is_none()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Verdict {
    Allowed,
    Warnings,
    Denied(&'static str),
}

impl Salon {
    pub(super) fn register(&mut self, name: usize) -> Answer {
        self.people.push(Person { name, merged: None, withdrawn: false, erased: false, deleted: false });
        let number = next_number(self.people.len() - 1);
        Ok(vec![("customer", named('c', number)), ("number", number.into())])
    }

    pub(in super::super) fn person(&self, id: u32) -> Option<&Person> {
        self.people.get(place(id)).filter(|person| !person.deleted)
    }

    /// Whether somebody can be changed, or why not.
    pub(super) fn must_be_active(&self, id: u32) -> Vec<&'static str> {
        match self.person(id) {
            None => vec!["customer.not_found"],
            Some(person) if !person.is_active() => vec!["customer.not_active"],
            Some(_) => Vec::new(),
        }
    }

    /// Who an id stands for now (M6).
    pub(in super::super) fn resolved(&self, id: u32) -> u32 {
        let mut at = id;
        while let Some(Person { merged: Some((into, _)), .. }) = self.person(at) {
            at = *into;
        }
        at
    }

    /// Everybody an id stood for and stands for: what a customer may name (A3, M6).
    pub(super) fn is_self(&self, own: u32, named: u32) -> bool {
        let mut at = own;
        loop {
            if at == named {
                return true;
            }
            match self.person(at).and_then(|person| person.merged) {
                Some((into, _)) => at = into,
                None => return false,
            }
        }
    }

    pub(in super::super) fn stands_on(&self, id: u32, list: List) -> bool {
        self.entries.iter().any(|entry| entry.owner == id && entry.list == list && entry.stands())
    }

    pub(super) fn add_listing(&mut self, customer: u32, list: List) -> Answer {
        super::unless(self.must_be_active(customer))?;
        if self.stands_on(customer, list) {
            return Err(vec!["listing.already_listed"]);
        }
        self.entries.push(Entry { owner: customer, list, removed: false, joined_by: None });
        let open: Vec<_> = self.open_of(customer).map(|(id, _)| named('r', id)).collect();
        let shown = if list == List::Black { open } else { Vec::new() };
        Ok(vec![("listing", named('l', next_number(self.entries.len() - 1))), ("openReservations", shown.into())])
    }

    /// Only for themselves, through the site; what lies ahead is cancelled if they say so (W1, W2).
    pub(super) fn withdraw(&mut self, customer: u32, cancel: bool, reason: bool, call: &Call) -> Answer {
        let Who::Customer(own) = call.who else { return Err(vec!["access.forbidden"]) };
        if !self.is_self(own, customer) {
            return Err(vec!["access.not_yours"]);
        }
        let mut reasons = self.must_be_active(customer);
        if call.channel != Channel::Site {
            reasons.push("access.channel");
        }
        if !reason {
            reasons.push("customer.required");
        }
        let mut ahead: Vec<(Ms, u32)> =
            self.open_of(customer).filter(|(_, booking)| booking.start > call.now).map(|(id, booking)| (booking.start, id)).collect();
        ahead.sort_unstable();
        if !ahead.is_empty() && !cancel {
            reasons.push("customer.future_reservations");
        }
        super::unless(reasons)?;
        let cancelled: Vec<u32> = ahead.into_iter().map(|(_, id)| id).collect();
        for id in cancelled.iter().filter(|_| !self.has(Flaw::WithdrawalCancelsNothing)).copied().collect::<Vec<_>>() {
            self.step(id, Step::CancelByCustomer, call)?;
        }
        self.people[place(customer)].withdrawn = true;
        Ok(vec![("customer", named('c', customer))])
    }

    /// Only whom nothing names: no record of any kind, no merge either way, undone or not (W4).
    pub(super) fn delete(&mut self, customer: u32) -> Answer {
        let mut reasons = self.must_be_active(customer);
        let used = self.bookings.iter().any(|one| one.owner == customer)
            || self.visits.iter().any(|one| one.owner == customer && !one.removed)
            || self.sales.iter().any(|one| one.owner == customer)
            || self.tickets.iter().any(|one| one.owner == customer)
            || self.lots.iter().any(|one| one.owner == customer)
            || self.entries.iter().any(|one| one.owner == customer)
            || self.merges.iter().any(|one| one.source == customer || one.target == customer);
        if used && !self.has(Flaw::HistoryIsDeleted) {
            reasons.push("customer.has_history");
        }
        super::unless(reasons)?;
        self.people[place(customer)].deleted = true;
        Ok(vec![("customer", named('c', customer)), ("number", customer.into())])
    }

    /// Once nothing is open any more; and again as often as anybody likes (W4).
    pub(super) fn erase(&mut self, customer: u32) -> Answer {
        let mut reasons = match self.person(customer) {
            None => vec!["customer.not_found"],
            Some(person) if person.merged.is_some() => vec!["customer.not_active"],
            Some(_) => Vec::new(),
        };
        if self.open_of(customer).next().is_some() {
            reasons.push("customer.open_reservations");
        }
        // These ledgers have no key for blocks that outlive their records (G5).
        if self.stands_on(customer, List::Black) && !self.person(customer).is_some_and(|person| person.erased) {
            reasons.push("customer.block_key_missing");
        }
        super::unless(reasons)?;
        self.people[place(customer)].erased = true;
        if self.has(Flaw::ErasureForgivesDues) {
            self.bookings
                .iter_mut()
                .filter(|one| one.owner == customer && matches!(one.fee, Fee::Due(_)))
                .for_each(|one| one.fee = Fee::Waived);
        }
        Ok(vec![("customer", named('c', customer)), ("number", customer.into())])
    }

    pub(super) fn remove_listing(&mut self, listing: u32) -> Answer {
        match self.entries.get_mut(place(listing)) {
            Some(entry) if entry.stands() => {
                entry.removed = true;
                Ok(vec![("listing", named('l', listing))])
            }
            _ => Err(vec!["listing.not_found"]),
        }
    }

    /// The gate (G3), and what staff may know, gravest first.
    pub(in super::super) fn gate(&self, customer: u32, channel: Channel) -> (Verdict, Vec<&'static str>) {
        let on = |list| self.stands_on(customer, list);
        let gone = self.person(customer).is_some_and(|person| !person.is_active());
        let due = self.due_of(customer) > 0;
        let all = [
            (on(List::Black), "blacklisted"),
            (gone, "notActive"),
            (due, "unpaidFee"),
            (on(List::Grey), "greyListed"),
            (on(List::Watch), "watched"),
        ];
        let reasons: Vec<&'static str> = all.iter().filter(|(holds, _)| *holds).map(|(_, reason)| *reason).collect();
        let verdict = if on(List::Black) && (channel.online() || !self.policies.black_online_only) {
            Verdict::Denied("booking.blacklisted")
        } else if gone {
            Verdict::Denied("customer.not_active")
        } else if due && channel.online() && !self.has(Flaw::DuesDoNotBlock) {
            Verdict::Denied("booking.unpaid_fee")
        } else if reasons.is_empty() {
            Verdict::Allowed
        } else {
            Verdict::Warnings
        };
        (verdict, reasons)
    }

    /// The gate for a booking: why it is closed, in the words of whoever asks; or what the answer warns of.
    pub(super) fn pass_gate(&self, customer: u32, call: &Call) -> Result<Vec<&'static str>, &'static str> {
        let public = matches!(call.who, Who::Customer(_));
        match self.gate(customer, call.channel) {
            (Verdict::Denied("booking.unpaid_fee"), _) => Err("booking.unpaid_fee"),
            (Verdict::Denied(_), _) if public => Err("booking.unavailable"),
            (Verdict::Denied(code), _) => Err(code),
            (_, _) if public => Ok(Vec::new()),
            (_, reasons) => Ok(reasons),
        }
    }
}
