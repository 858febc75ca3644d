//! Who is there already (I3): the customers that could be the ones in a chunk of rows, from the ledger and from the rows before.

use std::collections::{BTreeMap, BTreeSet};

use crate::customer::{Candidate, keys, likeness};
use crate::id::CustomerId;
use crate::record::{Customer, CustomerState, key};
use crate::text::WidthMode;

/// How many suggestions a row lists.
const SUGGESTIONS: usize = 20;

/// The customers that share a name, a phone or an address with some row.
pub(super) struct Known {
    mode: WidthMode,
    people: BTreeMap<CustomerId, Customer>,
    found_by: BTreeMap<String, BTreeSet<CustomerId>>,
    /// The same of those who have left: few, where a name may be everybody's.
    left_by: BTreeMap<String, BTreeSet<CustomerId>>,
}

/// Who a row could be.
pub(super) struct Matches {
    /// Who it is (I3): same name, and same phone or real e-mail.
    pub(super) same: Vec<CustomerId>,
    /// Who it may be: same name only, or same phone or e-mail under another name.
    pub(super) maybe: Vec<Candidate>,
    /// Whether there are more of those than are listed.
    pub(super) more: bool,
}

fn contacts(customer: &Customer) -> impl Iterator<Item = String> {
    let phones = customer.phones.iter().map(|phone| key::phone(&phone.digits));
    phones.chain(customer.real_emails().map(|email| key::email(&email.key)))
}

impl Known {
    pub(super) const fn new(mode: WidthMode) -> Self {
        Self { mode, people: BTreeMap::new(), found_by: BTreeMap::new(), left_by: BTreeMap::new() }
    }

    /// Takes a customer in, or what became of one.
    pub(super) fn add(&mut self, customer: Customer) {
        // Merged and erased customers are not there (I3); whoever has left is only suggested (W3).
        if !customer.is_active() && !matches!(customer.state, CustomerState::Withdrawn { .. }) {
            return;
        }
        for key in keys(&customer) {
            if !customer.is_active() {
                self.left_by.entry(key.clone()).or_default().insert(customer.id);
            }
            self.found_by.entry(key).or_default().insert(customer.id);
        }
        self.people.insert(customer.id, customer);
    }

    /// Those who left and have something in common with this one: as whom they may return (G5).
    pub(super) fn who_left(&self, customer: &Customer) -> Vec<Customer> {
        let ids: BTreeSet<CustomerId> = keys(customer).filter_map(|key| self.left_by.get(&key)).flatten().copied().collect();
        ids.iter().filter_map(|id| self.people.get(id)).cloned().collect()
    }

    /// Who this one could be.
    pub(super) fn find(&self, customer: &Customer) -> Matches {
        let name = customer.name_key(self.mode);
        let found = |key: &String| self.found_by.get(key).into_iter().flatten().copied();
        let is_same = |id: &CustomerId| {
            let person = self.people.get(id).filter(|person| person.is_active());
            person.is_some_and(|person| person.name_key(self.mode) == name)
        };
        // A name may be everybody's, 新規 様, and so may a phone: the fewer are looked for among the more.
        let by_name = self.found_by.get(&key::name(&customer.name_key(WidthMode::Fold)));
        let both = |contact: String| by_name.zip(self.found_by.get(&contact)).map(|(named, reached)| named & reached);
        let same: BTreeSet<CustomerId> = contacts(customer).filter_map(both).flatten().filter(is_same).collect();
        let mut maybe = BTreeSet::new();
        for id in keys(customer).collect::<Vec<_>>().iter().flat_map(found) {
            maybe.insert(id);
            // One more than fits tells that there are more; a phone that a thousand rows share is not walked for each of them.
            if maybe.len() > SUGGESTIONS {
                break;
            }
        }
        let more = maybe.len() > SUGGESTIONS;
        let people = maybe.iter().take(SUGGESTIONS).filter_map(|id| self.people.get(id));
        let candidate = |person: &Customer| Candidate {
            customer: person.id,
            why: likeness(customer, person, self.mode),
            withdrawn: !person.is_active(),
        };
        Matches { same: same.into_iter().collect(), maybe: people.map(candidate).collect(), more }
    }
}
