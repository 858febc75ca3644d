//! Customers (C, P, L2) and the lists (G2).

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::records::Ledger;
use crate::id::CustomerId;
use crate::record::{Customer, CustomerState, EmailKind, EntryPath, Kind, ListKind, ListingState};
use crate::text::{email, one_line, phone, to_full_width_katakana};
use crate::time::Date;

/// What a customer must satisfy alone.
pub(super) fn alone(customer: &Customer, findings: &mut Findings) {
    let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Customer, customer.id, detail);
    hold(customer.version > 0, "C8", "its version is 0");
    for name in [&customer.family_name, &customer.given_name] {
        hold(one_line("name", name, u32::MAX).is_ok_and(|clean| clean == *name), "C9", "a name holds characters that cannot be entered");
    }
    for kana in [&customer.family_kana, &customer.given_kana].into_iter().flatten() {
        hold(to_full_width_katakana("kana", kana).is_ok_and(|full| full == *kana), "C3", "kana that are not full-width katakana");
    }
    for number in &customer.phones {
        let read = phone::parse("phones", &number.entered);
        hold(
            read.is_ok_and(|read| read.digits == number.digits && read.class == number.class),
            "C4",
            "a phone's digits are not those of what was entered",
        );
        hold(number.class.is_accepted(), "C4", "a phone of a class that is not accepted");
    }
    for address in &customer.emails {
        hold(
            email::parse("emails", &address.entered).is_ok_and(|read| read.key == address.key),
            "C5",
            "an e-mail's key is not that of what was entered",
        );
        let digits = address.key.split_once('@').is_some_and(|(local, _)| !local.is_empty() && local.bytes().all(|b| b.is_ascii_digit()));
        hold(address.kind == EmailKind::Real || digits, "P2", "a placeholder that is not made of a phone's digits");
    }
    if let Some(birthday) = &customer.birthday {
        // 2000 was a leap year: 29 February without a year is a birthday.
        hold(Date::new(birthday.year.unwrap_or(2_000), birthday.month, birthday.day).is_ok(), "C6", "a birthday that is no day");
    }
    if customer.phone_registration {
        hold(customer.real_emails().next().is_none(), "P3", "on the list of phone registrations with a real e-mail");
    }
}

/// What customers must satisfy together.
pub(super) fn check(ledger: &Ledger, findings: &mut Findings) {
    // Numbers and old cards together: the number search finds one customer.
    let mut numbers: BTreeMap<String, CustomerId> = BTreeMap::new();
    let mut accounts: BTreeMap<&(String, String), CustomerId> = BTreeMap::new();
    let brought = brought_onto_the_phone_list(ledger);
    for (id, person) in &ledger.customers {
        let mut unique = |other: Option<CustomerId>, rule: &str, what: &str| {
            if let Some(other) = other.filter(|other| other != id) {
                findings.note(rule, Kind::Customer, id, format!("{what} is also that of {other}"));
            }
        };
        unique(numbers.insert(person.number.to_string(), *id), "C7", "its customer number");
        for alias in &person.aliases {
            unique(numbers.insert(alias.clone(), *id), "C7", "an old card number");
        }
        if let Some(account) = &person.line {
            unique(accounts.insert(account, *id), "L2", "its LINE account");
        }
        findings.hold(
            person.number > 0 && person.number <= ledger.counters.number,
            "C7",
            Kind::Customer,
            id,
            "a customer number that was never given out",
        );
        findings.hold(given(id.ordinal(), ledger.counters.customers), "C7", Kind::Customer, id, "an id that was never given out");
        let came = !person.phone_registration || person.entry_path == EntryPath::Phone || brought.contains(id);
        findings.hold(came, "P3", Kind::Customer, id, "on the list of phone registrations without having come in that way");
    }
    lists(ledger, findings);
    imports(ledger, findings);
    blocks(ledger, findings);
}

// A block outlives the record of somebody who stands on the black list, and nobody else's (G5).
fn blocks(ledger: &Ledger, findings: &mut Findings) {
    for (customer, number) in &ledger.blocks {
        let mut hold = |holds: bool, detail: &str| findings.hold(holds, "G5", Kind::Block, customer, detail);
        let person = ledger.customers.get(customer);
        let gone = |state: &CustomerState| matches!(state, CustomerState::Withdrawn { .. } | CustomerState::Erased { .. });
        hold(person.is_some_and(|person| gone(&person.state) && person.number == *number), "its customer has not left and was not erased");
        let black = |listing: &crate::record::Listing| listing.customer == *customer && listing.list == ListKind::Black && listing.stands();
        hold(ledger.listings.iter().any(black), "its customer is not on the black list");
    }
}

// A merge brings whoever came by phone along onto the list (M2); the source keeps what it was.
fn brought_onto_the_phone_list(ledger: &Ledger) -> BTreeSet<CustomerId> {
    let by_phone = |id: &CustomerId| ledger.customers.get(id).is_some_and(|person| person.phone_registration);
    ledger.merges.iter().filter(|merge| merge.undone_at.is_none() && by_phone(&merge.source)).map(|merge| merge.target).collect()
}

pub(super) const fn given(ordinal: u32, last: u32) -> bool {
    ordinal > 0 && ordinal <= last
}

fn lists(ledger: &Ledger, findings: &mut Findings) {
    let mut standing: BTreeMap<(CustomerId, ListKind), crate::id::ListingId> = BTreeMap::new();
    let ids: BTreeSet<_> = ledger.listings.iter().map(|listing| listing.id).collect();
    for listing in &ledger.listings {
        let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Listing, listing.id, detail);
        hold(!listing.memo.trim().is_empty(), "G2", "its memo is blank");
        hold(given(listing.id.ordinal(), ledger.counters.listings), "C7", "an id that was never given out");
        if let ListingState::Joined { with } = &listing.state {
            hold(ids.contains(with), "M2", "the entry that it was joined with is missing");
        }
        if listing.stands() {
            hold(standing.insert((listing.customer, listing.list), listing.id).is_none(), "G2", "its customer stands on this list twice");
        }
    }
}

fn imports(ledger: &Ledger, findings: &mut Findings) {
    let known: BTreeMap<_, _> = ledger.imports.iter().map(|import| (&import.id, import)).collect();
    for (id, person) in &ledger.customers {
        let Some(import) = &person.import else { continue };
        match known.get(import) {
            None => findings.note("I5", Kind::Customer, id, "the import that made it is missing"),
            Some(import) => {
                let gone = import.undone_at.is_some() && !matches!(person.state, CustomerState::Erased { .. });
                findings.hold(!gone, "I5", Kind::Customer, id, "the import that made it was undone");
            }
        }
    }
}
