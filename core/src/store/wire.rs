//! [`Ask`]s and their answers as JSON text, for stores that are not written in Rust.
//!
//! | ask | answer |
//! |---|---|
//! | `{"load":{"reads":[{"by":"id","kind":"customer","id":"c1"},…]}}` | `{"head":{"sequence":7,"hash":"…"},"records":[[row,…],…]}` |
//! | `{"scan":{"kind":"customer","after":"c1","limit":500}}` | `{"head":…,"records":[row,…]}` |
//! | `{"changes":{"since":7,"limit":500}}` | `{"entries":[{"sequence":8,"body":"…","hash":"…"},…]}` |
//! | `{"commit":{"expected":7,"entries":[…],"puts":[row,…],"removes":[{"kind":"notSame","id":"c1~c2"}]}}`; with `"erases":true` for an [erasure](Batch::erases) | `{}` |
//! | `{"index":{}}` | `{}`, and the block beside it, if one is kept |
//! | `{"keepIndex":{}}`, and [the block](Ask::block) beside it | `{}` |
//!
//! A block is bytes and no text: it crosses beside the JSON. Any of them may be answered `{"error":{"code":"store.conflict","detail":"…"}}`. A row is
//! `{"kind","id","parent","keys","body"}`, see [`Row`]: the store gives back what it was given. Whatever a reply says is checked here; a wrong one is a [`StoreError`], never a panic.

use super::{Answer, Ask, Batch, Head, Loaded, Page, Reply, Row};
use crate::error::{LedgerError, StoreError};
use crate::log::{Entry, Read};
use crate::record::{Kind, Record};

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
enum AskJson<'a> {
    Load {
        reads: &'a [Read],
    },
    Scan {
        kind: Kind,
        #[serde(skip_serializing_if = "Option::is_none")]
        after: Option<&'a str>,
        limit: u32,
    },
    Changes {
        since: u32,
        limit: u32,
    },
    Commit {
        expected: u32,
        entries: Vec<&'a Entry>,
        puts: Vec<Row>,
        removes: Vec<Named<'a>>,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        erases: bool,
    },
    Index {},
    KeepIndex {},
}

#[derive(serde::Serialize)]
struct Named<'a> {
    kind: Kind,
    id: &'a str,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct LoadedJson {
    head: Head,
    records: Vec<Vec<Row>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PageJson {
    head: Head,
    records: Vec<Row>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangesJson {
    entries: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DoneJson {}

#[derive(serde::Deserialize)]
struct RefusedJson {
    error: ProblemJson,
}

#[derive(serde::Deserialize)]
struct ProblemJson {
    code: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    found: i64,
    #[serde(default)]
    known: i64,
}

impl Ask {
    /// This question as JSON text.
    pub fn to_json(&self) -> Result<String, LedgerError> {
        let ask = match self {
            Self::Load { reads } => AskJson::Load { reads },
            Self::Scan { kind, after, limit } => AskJson::Scan { kind: *kind, after: after.as_deref(), limit: *limit },
            Self::Changes { since, limit } => AskJson::Changes { since: *since, limit: *limit },
            Self::Commit { batch } => commit(batch)?,
            Self::Index => AskJson::Index {},
            Self::KeepIndex { .. } => AskJson::KeepIndex {},
        };
        crate::encode::to_json(&ask).map_err(|_| LedgerError::Encoding { place: "ask" })
    }

    /// The block that the store is to keep, which goes beside the text.
    #[must_use]
    pub fn block(&self) -> Option<&[u8]> {
        if let Self::KeepIndex { block } = self { Some(block) } else { None }
    }
}

fn commit(batch: &Batch) -> Result<AskJson<'_>, LedgerError> {
    let puts = batch.puts.iter().map(Row::of).collect::<Result<_, _>>()?;
    let removes = batch.removes.iter().map(|(kind, id)| Named { kind: *kind, id }).collect();
    let entries = batch.entries.iter().map(|entry| &**entry).collect();
    Ok(AskJson::Commit { expected: batch.expected, entries, puts, removes, erases: batch.erases })
}

/// What a store said, in JSON text, to this question; `block` is what it gave beside the text in answer to [`Ask::Index`].
pub fn answer_from_json(ask: &Ask, text: &str, block: Option<Vec<u8>>) -> Answer {
    match ask {
        Ask::Load { reads } => loaded(reads, reply(text)?).map(Reply::Loaded),
        Ask::Scan { kind, limit, .. } => page(*kind, *limit, reply(text)?).map(Reply::Page),
        Ask::Changes { since, limit } => changes(*since, *limit, reply(text)?).map(Reply::Changes),
        Ask::Commit { .. } => reply(text).map(|DoneJson {}| Reply::Committed),
        Ask::Index => reply(text).map(|DoneJson {}| Reply::Index(block)),
        Ask::KeepIndex { .. } => reply(text).map(|DoneJson {}| Reply::Kept),
    }
}

fn reply<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|fault| match serde_json::from_str::<RefusedJson>(text) {
        Ok(refused) => refused.error.into(),
        Err(_) => failed(format!("the reply: {}", crate::error::json_fault(&fault))),
    })
}

impl From<ProblemJson> for StoreError {
    fn from(problem: ProblemJson) -> Self {
        let ProblemJson { code, detail, place, found, known } = problem;
        match code.as_str() {
            "store.conflict" => Self::Conflict,
            "store.unavailable" => Self::Unavailable { detail },
            "store.corrupt" => Self::Corrupt { place, detail },
            "store.version" => Self::Version { found, known },
            "store.foreign" => Self::Foreign,
            _ => Self::Failed { detail },
        }
    }
}

fn failed(detail: impl Into<String>) -> StoreError {
    StoreError::Failed { detail: detail.into() }
}

fn within(count: usize, limit: u32) -> Result<(), StoreError> {
    if u32::try_from(count).is_ok_and(|count| count <= limit) { Ok(()) } else { Err(failed("the reply holds more than was asked for")) }
}

fn loaded(reads: &[Read], reply: LoadedJson) -> Result<Loaded, StoreError> {
    if reply.records.len() != reads.len() {
        return Err(failed("the reply has not one list for each read"));
    }
    let found = |(read, rows): (&Read, Vec<Row>)| {
        rows.iter().map(|row| checked(row).and_then(|record| answers(read, row).map(|()| record))).collect()
    };
    Ok(Loaded { head: reply.head, records: reads.iter().zip(reply.records).map(found).collect::<Result<_, _>>()? })
}

// Whether a row is one that the read could find.
fn answers(read: &Read, row: &Row) -> Result<(), StoreError> {
    let fits = row.kind == read.kind()
        && match read {
            Read::Id { id, .. } => row.id == *id,
            Read::Parent { parent, .. } => row.parent.as_ref() == Some(parent),
            Read::Key { key, .. } => row.keys.contains(key),
        };
    if fits { Ok(()) } else { Err(corrupt(row, "found by a read that is not for it")) }
}

fn page(kind: Kind, limit: u32, reply: PageJson) -> Result<Page, StoreError> {
    within(reply.records.len(), limit)?;
    let found = |row: &Row| if row.kind == kind { checked(row) } else { Err(corrupt(row, "found by a scan of another kind")) };
    Ok(Page { head: reply.head, records: reply.records.iter().map(found).collect::<Result<_, _>>()? })
}

fn changes(since: u32, limit: u32, reply: ChangesJson) -> Result<Vec<Entry>, StoreError> {
    within(reply.entries.len(), limit)?;
    let mut last = since;
    for entry in &reply.entries {
        if last.checked_add(1) != Some(entry.sequence) {
            return Err(StoreError::Corrupt { place: format!("entry {last}"), detail: "it is not followed by the next entry".to_owned() });
        }
        last = entry.sequence;
    }
    Ok(reply.entries)
}

/// The record of a row that also lies where its body says it does.
fn checked(row: &Row) -> Result<Record, StoreError> {
    let record = row.record()?;
    if row.parent != record.parent() {
        return Err(corrupt(row, "the parent is not the one in the body"));
    }
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys
    };
    if sorted(row.keys.clone()) != sorted(record.keys()) {
        return Err(corrupt(row, "the keys are not those of the body"));
    }
    Ok(record)
}

fn corrupt(row: &Row, detail: &str) -> StoreError {
    // The id came from outside and may be anything: only an id that could be the library's is repeated.
    let plain = row.id.len() <= 64 && row.id.bytes().all(|b| b.is_ascii_graphic());
    StoreError::Corrupt { place: format!("{}/{}", row.kind.name(), if plain { &row.id } else { "?" }), detail: detail.to_owned() }
}
