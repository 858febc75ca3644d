//! Who is there already (I3): the customers that could be the ones in a chunk of rows, from the ledger and from the rows before.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::CustomerId;
use crate::record::{Customer, key};
use crate::text::WidthMode;

/// How many suggestions a row lists.
const SUGGESTIONS: usize = 20;

/// What of a customer is compared. Placeholders are not here, so they match nobody (P2).
struct Person {
    name: String,
    contacts: BTreeSet<String>,
}

/// The customers that share a name, a phone or an address with some row.
pub(super) struct Known {
    mode: WidthMode,
    people: BTreeMap<CustomerId, Person>,
    found_by: BTreeMap<String, BTreeSet<CustomerId>>,
}

/// Who a row could be.
pub(super) struct Matches {
    /// Who it is (I3): same name, and same phone or real e-mail.
    pub(super) same: Vec<CustomerId>,
    /// Who it may be: same name only, or same phone or e-mail under another name.
    pub(super) maybe: Vec<CustomerId>,
    /// Whether there are more of those than are listed.
    pub(super) more: bool,
}

/// The lookup keys under which a customer, or somebody who could be the same, is found.
pub(super) fn keys(customer: &Customer) -> impl Iterator<Item = String> {
    // Widths folded, whatever the policy: the stricter key is compared afterwards.
    core::iter::once(key::name(&customer.name_key(WidthMode::Fold))).chain(contacts(customer))
}

fn contacts(customer: &Customer) -> impl Iterator<Item = String> {
    let phones = customer.phones.iter().map(|phone| key::phone(&phone.digits));
    phones.chain(customer.real_emails().map(|email| key::email(&email.key)))
}

impl Known {
    pub(super) const fn new(mode: WidthMode) -> Self {
        Self { mode, people: BTreeMap::new(), found_by: BTreeMap::new() }
    }

    /// Takes a customer in, or what became of one.
    pub(super) fn add(&mut self, customer: &Customer) {
        // Withdrawn, merged and erased customers are not there (I3, W3).
        if !customer.is_active() {
            return;
        }
        for key in keys(customer) {
            self.found_by.entry(key).or_default().insert(customer.id);
        }
        self.people.insert(customer.id, Person { name: customer.name_key(self.mode), contacts: contacts(customer).collect() });
    }

    /// Who this one could be.
    pub(super) fn find(&self, customer: &Customer) -> Matches {
        let name = customer.name_key(self.mode);
        let contacts: BTreeSet<String> = contacts(customer).collect();
        let found = |key: &String| self.found_by.get(key).into_iter().flatten().copied();
        let is_same =
            |id: &CustomerId| self.people.get(id).is_some_and(|person| person.name == name && !person.contacts.is_disjoint(&contacts));
        let by_name = key::name(&customer.name_key(WidthMode::Fold));
        let same: Vec<CustomerId> = found(&by_name).filter(is_same).collect();
        let mut maybe = BTreeSet::new();
        for id in keys(customer).collect::<Vec<_>>().iter().flat_map(found) {
            maybe.insert(id);
            // One more than fits tells that there are more; a phone that a thousand rows share is not walked for each of them.
            if maybe.len() > SUGGESTIONS {
                break;
            }
        }
        let more = maybe.len() > SUGGESTIONS;
        Matches { same, maybe: maybe.into_iter().take(SUGGESTIONS).collect(), more }
    }
}
