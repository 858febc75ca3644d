//! The log itself (A1): gapless, chained, its sealed parts intact; and the records as it tells them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Findings, Stop};
use crate::import::UndoImport;
use crate::ledger::journal::sealed_parts;
use crate::log::{Command as _, Differences, Entry, EntryBody, EntryChange, GENESIS, digest_hex, plain_fields, roll_forward};
use crate::record::{Kind, Receipt, Record, Sealed};
use crate::store::{Head, Port};
use crate::withdrawal::{DeleteCustomer, EraseCustomer};

const PAGE: u32 = 500;

/// A record as the log tells it. Kept as text: a ledger may have a million.
enum State {
    Is(String),
    /// A part of its history is gone or damaged.
    Unknown,
    Removed,
}

/// What the log says that the records must be.
pub(super) struct Replay {
    pub(super) entries: u32,
    states: BTreeMap<(Kind, String), State>,
    /// The receipt each entry must have, by its key (A2).
    receipts: BTreeMap<String, (u32, String, String)>,
    /// The last entry that erased, or found nothing more to erase.
    last_erasure: u32,
    sealed: BTreeSet<String>,
    /// Parts whose digest does not hold, or which are not there.
    unvouched: Vec<String>,
    /// Parts that an entry of the log says were erased (W4).
    erased: BTreeSet<String>,
}

pub(super) async fn replay(port: &Port, head: &Head, findings: &mut Findings) -> Result<Replay, Stop> {
    let mut replay = Replay {
        entries: 0,
        states: BTreeMap::new(),
        receipts: BTreeMap::new(),
        last_erasure: 0,
        sealed: BTreeSet::new(),
        unvouched: Vec::new(),
        erased: BTreeSet::new(),
    };
    let mut at = Head { sequence: 0, hash: GENESIS.to_owned() };
    while at.sequence < head.sequence {
        let page = port.changes(at.sequence, PAGE.min(head.sequence.saturating_sub(at.sequence))).await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            replay.take(port, &at, &entry, findings).await?;
            // A sequence that does not rise must not keep the check for ever.
            at = Head { sequence: entry.sequence.max(at.sequence.saturating_add(1)), hash: digest_hex(&[entry.body.as_bytes()]) };
        }
    }
    if at != *head {
        findings.entry(at.sequence, format!("the log ends here; its head names entry {} or another hash", head.sequence));
    }
    Ok(replay)
}

impl Replay {
    async fn take(&mut self, port: &Port, before: &Head, entry: &Entry, findings: &mut Findings) -> Result<(), Stop> {
        self.entries = self.entries.saturating_add(1);
        if before.sequence.checked_add(1) != Some(entry.sequence) {
            findings.entry(entry.sequence, format!("it follows entry {}", before.sequence));
        }
        if entry.hash != digest_hex(&[entry.body.as_bytes()]) {
            findings.entry(entry.sequence, "its hash is not that of its body");
        }
        let body = match entry.read() {
            Ok(body) => body,
            Err(error) => {
                findings.entry(entry.sequence, format!("its body cannot be read: {}", crate::error::json_fault(&error)));
                return Ok(());
            }
        };
        if body.sequence != entry.sequence {
            findings.entry(entry.sequence, "its body names another sequence");
        }
        if body.previous != before.hash {
            findings.entry(entry.sequence, "it does not name the hash of the entry before");
        }
        self.erased.extend(body.erased.iter().cloned());
        if !body.erased.is_empty() || [EraseCustomer::NAME, DeleteCustomer::NAME, UndoImport::NAME].contains(&&*body.command) {
            self.last_erasure = body.sequence;
        }
        let parts = sealed_parts(port, body.sequence, &body.changes).await?;
        for ((index, change), part) in (0_u32..).zip(&body.changes).zip(parts) {
            self.apply(&body, index, change, part, findings);
        }
        if let Some((first, ..)) =
            self.receipts.insert(body.key.to_string(), (body.sequence, body.actor.id.to_string(), body.command.clone()))
        {
            findings.note("A2", Kind::Receipt, &body.key, format!("entries {first} and {} have one idempotency key", body.sequence));
        }
        Ok(())
    }

    fn apply(&mut self, body: &EntryBody, index: u32, change: &EntryChange, part: Option<Sealed>, findings: &mut Findings) {
        let sealed_id = Sealed::id_of(body.sequence, index);
        let whole = match (&change.sealed, part) {
            (None, _) => change.fields.differences(change.operation).ok(),
            (Some(_), None) => {
                self.unvouched.push(sealed_id);
                None
            }
            (Some(digest), Some(part)) => {
                let of_this =
                    (part.kind, &part.id, part.operation, part.customer) == (change.kind, &change.id, change.operation, change.customer);
                // Of an erased part the log vouches for what it tells itself.
                let intact = of_this && if part.is_erased() { tells_the_same(change, &part) } else { part.digest() == *digest };
                findings.hold(intact, "A1", Kind::Sealed, &sealed_id, "it is not the part the log knows");
                if part.is_erased() {
                    self.unvouched.push(sealed_id.clone());
                }
                self.sealed.insert(sealed_id);
                intact.then(|| part.differences().ok()).flatten()
            }
        };
        let place = (change.kind, change.id.clone());
        let next = match (whole, self.states.get(&place)) {
            (None, _) | (_, Some(State::Unknown)) => State::Unknown,
            (Some(fields), before) => {
                let mut object = match before {
                    Some(State::Is(text)) => serde_json::from_str(text).unwrap_or_default(),
                    _ => Map::new(),
                };
                let continues = roll(&mut object, &fields);
                findings.hold(
                    continues,
                    "A1",
                    change.kind,
                    &change.id,
                    &format!("entry {} does not begin where the entry before it ended", body.sequence),
                );
                if object.is_empty() { State::Removed } else { State::Is(Value::Object(object).to_string()) }
            }
        };
        self.states.insert(place, next);
    }

    /// Holds a record against what the log says of it.
    pub(super) fn compare(&mut self, record: &Record, findings: &mut Findings) {
        let (kind, id) = (record.kind(), record.id());
        match record {
            Record::Receipt(receipt) => self.compare_receipt(receipt, findings),
            // Held against what they follow from, elsewhere.
            Record::Figures(_) => {}
            // Those of the log were held against it when it was read.
            Record::Sealed(_) => findings.hold(self.sealed.contains(&id), "A1", kind, &id, "the log knows no such part"),
            _ => match self.states.remove(&(kind, id.clone())) {
                Some(State::Is(text)) => {
                    let told: Option<Value> = serde_json::from_str(&text).ok();
                    findings.hold(record.to_value().ok() == told, "A1", kind, &id, "the record is not what the log says");
                }
                Some(State::Unknown) => {}
                Some(State::Removed) | None => findings.note("A1", kind, &id, "the log knows no such record"),
            },
        }
    }

    fn compare_receipt(&mut self, receipt: &Receipt, findings: &mut Findings) {
        let (key, told) = (receipt.key.to_string(), (receipt.sequence, receipt.actor.to_string(), receipt.command.clone()));
        let may_be_empty = self.last_erasure > receipt.sequence;
        findings.hold(
            !receipt.digest.is_empty() || may_be_empty,
            "A2",
            Kind::Receipt,
            &key,
            "it has no digest, and nobody was erased since",
        );
        match self.receipts.remove(&key) {
            Some(entry) => findings.hold(entry == told, "A2", Kind::Receipt, key, "it is not the receipt of the entry with its key"),
            None => findings.note("A2", Kind::Receipt, key, "no entry of the log has its key"),
        }
    }

    /// What the log tells of and nobody found.
    pub(super) fn finish(&self, findings: &mut Findings) {
        for ((kind, id), state) in &self.states {
            findings.hold(matches!(state, State::Removed), "A1", *kind, id, "the log tells of this record; it is missing");
        }
        for (key, (sequence, ..)) in &self.receipts {
            findings.note("A2", Kind::Receipt, key, format!("the receipt of entry {sequence} is missing"));
        }
        // An erasure takes what is personal away, says of which parts, and leaves the chain whole (W4).
        for id in self.unvouched.iter().filter(|id| !self.erased.contains(*id)) {
            findings.note("A1", Kind::Sealed, id, "it is missing or erased, and no entry of the log says that it was erased");
        }
    }
}

// Whether an erased part and the log's own line tell the same of the fields that are nobody's secret.
fn tells_the_same(change: &EntryChange, part: &Sealed) -> bool {
    let plain = |name: &str| plain_fields(change.kind).is_none_or(|named| named.contains(&name));
    let (Ok(told), Ok(mut kept)) = (change.fields.differences(change.operation), part.differences()) else { return false };
    kept.retain(|name, _| plain(name));
    told == kept
}

// Applies a change; whether it began with what was there.
fn roll(object: &mut Map<String, Value>, change: &Differences) -> bool {
    let begins = |(field, sides): (&String, &Value)| object.get(field).unwrap_or(&Value::Null) == sides.get(0).unwrap_or(&Value::Null);
    let continues = change.iter().all(begins);
    roll_forward(object, change);
    continues
}
