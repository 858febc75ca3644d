//! Merges (M6, M7) and the marks that two are not the same (D2).

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::customers::given;
use super::records::Ledger;
use crate::id::CustomerId;
use crate::record::{CustomerState, Keyed as _, Kind, Merge};

pub(super) fn check(ledger: &Ledger, findings: &mut Findings) {
    let mut standing: BTreeMap<CustomerId, Vec<&Merge>> = BTreeMap::new();
    for merge in &ledger.merges {
        let mut hold = |holds: bool, rule: &str, detail: &str| findings.hold(holds, rule, Kind::Merge, merge.id, detail);
        hold(merge.before == merge.after, "M7", "what both held before is not what the target held after");
        hold(given(merge.id.ordinal(), ledger.counters.merges), "C7", "an id that was never given out");
        hold(merge.source != merge.target, "M5", "a customer merged into itself");
        for (side, number) in [(merge.source, merge.source_number), (merge.target, merge.target_number)] {
            let person = ledger.customers.get(&side);
            hold(person.is_some(), "M6", "a customer of it is missing");
            hold(person.is_none_or(|person| person.number == number), "M6", "it names another customer number");
        }
        if merge.undone_at.is_none() {
            standing.entry(merge.source).or_default().push(merge);
            let merged = ledger
                .customers
                .get(&merge.source)
                .is_some_and(|person| matches!(person.state, CustomerState::Merged { into, .. } if into == merge.target));
            hold(merged, "M6", "it stands, and its source is not merged into its target");
        }
    }
    for (id, person) in &ledger.customers {
        if matches!(person.state, CustomerState::Merged { .. }) {
            let count = standing.get(id).map_or(0, Vec::len);
            findings.hold(count == 1, "M8", Kind::Customer, id, "merged, without exactly one standing line of the merge history");
        }
    }
    chains(ledger, findings);
    marks(ledger, findings);
}

// Every chain of merges ends in a customer who is not merged. Each customer is walked once: what is known to end is not walked again.
fn chains(ledger: &Ledger, findings: &mut Findings) {
    let mut ending: BTreeSet<CustomerId> = BTreeSet::new();
    for start in ledger.customers.keys() {
        let mut walked = BTreeSet::new();
        let mut at = *start;
        let sound = loop {
            if ending.contains(&at) {
                break true;
            }
            if !walked.insert(at) {
                findings.note("M6", Kind::Customer, start, "its chain of merges is a circle");
                break false;
            }
            match ledger.customers.get(&at).map(|person| &person.state) {
                None => {
                    findings.note("M6", Kind::Customer, start, "its chain of merges ends in a customer who is missing");
                    break false;
                }
                Some(CustomerState::Merged { into, .. }) => at = *into,
                Some(_) => break true,
            }
        };
        if sound {
            ending.extend(walked);
        }
    }
}

// A mark may name somebody who was merged: one that the target had too stays with the source, for the day the merge is taken back.
fn marks(ledger: &Ledger, findings: &mut Findings) {
    for mark in &ledger.marks {
        let mut hold = |holds: bool, detail: &str| findings.hold(holds, "D2", Kind::NotSame, mark.key_id(), detail);
        hold(mark.one < mark.other, "the pair is not two customers in order");
        for side in [mark.one, mark.other] {
            hold(ledger.customers.contains_key(&side), "a customer of the pair is missing");
        }
    }
}
