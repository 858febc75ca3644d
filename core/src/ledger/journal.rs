use serde_json::Value;

use super::audit::Audit;
use crate::error::{Error, LedgerError, StoreError};
use crate::id::{CommandKey, CustomerId};
use crate::log::{Actor, Channel, Entry, EntryChange, Operation, Read, Role};
use crate::record::{Entity as _, Kind, Sealed};
use crate::store::Port;
use crate::time::Instant;

/// The most entries of one answer: ask again from the last for more.
const MOST: u32 = 1_000;

wire! {
    /// Asks for the journal: the entries of the log after one of them, in order (A1).
    #[derive(Copy, Debug)]
    pub struct ReadJournal {
        /// After which entry; 0: from the first.
        pub since: u32,
        /// How many at most: 1 to 1,000.
        pub limit: u32,
    }
}

wire! {
    /// Entries of the journal, oldest first.
    #[derive(Debug)]
    pub struct Journal {
        /// The entries; fewer than asked for only at the end.
        pub entries: Vec<JournalEntry>,
    }
}

wire! {
    /// One entry of the journal: who, when, through what, which command, what changed (A1).
    #[derive(Debug)]
    pub struct JournalEntry {
        /// Its place in the log.
        pub sequence: u32,
        /// When.
        pub at: Instant,
        /// Who.
        pub actor: Actor,
        /// Through what.
        pub channel: Channel,
        /// The command's name.
        pub command: String,
        /// Its idempotency key.
        pub key: CommandKey,
        /// What changed.
        pub changes: Vec<JournalChange>,
    }
}

wire! {
    /// One record's change in the journal.
    #[derive(Debug)]
    pub struct JournalChange {
        /// The record's kind.
        pub kind: Kind,
        /// The record's id.
        pub id: String,
        /// What was done to it.
        pub operation: Operation,
        /// Whose record it is.
        pub customer: Option<CustomerId>,
        /// The fields that changed, personal ones included.
        pub fields: Vec<JournalField>,
        /// Whether what was personal in the fields was taken away since, by an erasure (W4).
        pub erased: bool,
    }
}

wire! {
    /// A field before and after.
    pub struct JournalField {
        /// The field, by its wire name.
        pub field: String,
        /// Its value before, as JSON text; left out where it had none.
        pub before: Option<String>,
        /// Its value after, as JSON text; left out where it has none.
        pub after: Option<String>,
    }
}

redacted_debug!(JournalField { field });

impl Audit for ReadJournal {
    type Output = Journal;
    const NAME: &'static str = "journal";
    const ROLES: &'static [Role] = Role::MANAGERS;

    async fn run(&self, port: &Port) -> Result<Journal, Error> {
        if self.limit == 0 || self.limit > MOST {
            return Err(LedgerError::bad_field("limit", &format!("1 to {MOST}")).into());
        }
        let entries = port.changes(self.since, self.limit).await?;
        let mut journal = Journal { entries: Vec::with_capacity(entries.len()) };
        for entry in &entries {
            journal.entries.push(read(port, entry).await?);
        }
        Ok(journal)
    }
}

async fn read(port: &Port, entry: &Entry) -> Result<JournalEntry, Error> {
    let body = entry.read().map_err(|error| corrupt(entry.sequence, &crate::error::json_fault(&error)))?;
    let parts = sealed_parts(port, body.sequence, &body.changes).await?;
    let lines = body.changes.into_iter().zip(parts).map(|(change, part)| line(entry.sequence, change, part));
    Ok(JournalEntry {
        sequence: body.sequence,
        at: body.at,
        actor: body.actor,
        channel: body.channel,
        command: body.command,
        key: body.key,
        changes: lines.collect::<Result<_, _>>()?,
    })
}

/// The sealed part of each change of an entry; `None` where the change has none, or it is gone.
pub(super) async fn sealed_parts(port: &Port, sequence: u32, changes: &[EntryChange]) -> Result<Vec<Option<Sealed>>, StoreError> {
    let reads: Vec<Read> = (0_u32..)
        .zip(changes)
        .filter(|(_, change)| change.sealed.is_some())
        .map(|(index, _)| Read::Id { kind: Kind::Sealed, id: Sealed::id_of(sequence, index) })
        .collect();
    let loaded = if reads.is_empty() { Vec::new() } else { port.load(reads).await?.records };
    let mut loaded = loaded.into_iter();
    let next = |change: &EntryChange| {
        change.sealed.as_ref().and_then(|_| loaded.next()).and_then(|found| found.first().and_then(|record| Sealed::of(record)).cloned())
    };
    Ok(changes.iter().map(next).collect())
}

pub(super) fn line(sequence: u32, change: EntryChange, part: Option<Sealed>) -> Result<JournalChange, StoreError> {
    let erased = change.sealed.is_some() && part.as_ref().is_none_or(Sealed::is_erased);
    // What the log does not vouch for is not shown as history.
    if part.as_ref().is_some_and(|part| !erased && change.sealed.as_deref() != Some(part.digest().as_str())) {
        return Err(corrupt(sequence, "a sealed part is not the one the log knows"));
    }
    // A sealed part holds the whole change, plain fields included.
    let fields = part.map_or(change.fields, |part| part.fields);
    let fields = fields.differences(change.operation).map_err(|error| corrupt(sequence, &crate::error::json_fault(&error)))?;
    let side = |sides: &Value, index: usize| sides.get(index).filter(|value| !value.is_null()).map(ToString::to_string);
    let fields = fields.into_iter().map(|(field, sides)| JournalField { field, before: side(&sides, 0), after: side(&sides, 1) }).collect();
    Ok(JournalChange { kind: change.kind, id: change.id, operation: change.operation, customer: change.customer, fields, erased })
}

pub(super) fn corrupt(sequence: u32, detail: &str) -> StoreError {
    StoreError::Corrupt { place: format!("entry {sequence}"), detail: detail.to_owned() }
}
