//! What the ledger said at a past instant (N10): the customer's records, rolled forward from their histories to that instant.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::error::{Error, StoreError};
use crate::id::CustomerId;
use crate::log::{Halt, Look, Read, roll_forward};
use crate::record::{Kind, Part, Record, Sealed};
use crate::time::Instant;

/// The counted records of a customer as they stood at an instant, moved ones where they were then.
pub(super) fn records(look: &dyn Look, customer: CustomerId, as_of: Instant) -> Result<Vec<Record>, Halt> {
    let own: Vec<Sealed> = look.children(customer)?;
    let places: BTreeSet<(Kind, String)> =
        own.iter().filter(|part| Part::KINDS.contains(&part.kind)).map(|part| (part.kind, part.id.clone())).collect();
    let read = |(kind, id): &(Kind, String)| Read::Key { kind: Kind::Sealed, key: Sealed::key_of(*kind, id) };
    look.want(&places.iter().map(read).collect::<Vec<_>>())?;
    let mut parts: Vec<Sealed> = Vec::new();
    for (kind, id) in &places {
        parts.extend(look.keyed::<Sealed>(Sealed::key_of(*kind, id))?);
    }
    // The log orders; clocks of several devices may not agree. What was followed by an entry made at an instant was in the ledger by then, so one
    // clock that ran ahead hides nothing that others wrote after it.
    parts.sort_by_key(|part| (part.sequence, part.index));
    let later = parts.iter().rev().take_while(|part| part.at > as_of).count();
    let known = parts.iter().take(parts.len().saturating_sub(later));
    let mut states: BTreeMap<(Kind, String), Map<String, Value>> = BTreeMap::new();
    for part in known {
        let damaged =
            || StoreError::Corrupt { place: format!("sealed/{}.{}", part.sequence, part.index), detail: "not a change".to_owned() };
        let state = states.entry((part.kind, part.id.clone())).or_default();
        roll_forward(state, &part.differences().map_err(|_| damaged())?);
    }
    let mut found = Vec::new();
    for ((kind, id), state) in states {
        // A removed record has no fields left.
        if state.is_empty() {
            continue;
        }
        let text = Value::Object(state).to_string();
        let record = Record::from_json(kind, &text).map_err(|error| {
            Error::from(StoreError::Corrupt { place: format!("{}/{id}", kind.name()), detail: crate::error::json_fault(&error) })
        })?;
        if record.owner() == Some(customer) {
            found.push(record);
        }
    }
    Ok(found)
}
