//! A host's store as the core sees it. Nothing it answers is believed before it is checked: what cannot be is [`StoreError::Corrupt`].

use std::sync::Arc;

use rules::SalonId;
use rules::error::StoreError;
use rules::log::{Entry, Read};
use rules::record::{Kind, Record};
use rules::store::{Batch, Head, Loaded, Page, Row, Store};

use super::contract::{self, LedgerStore, ReadBy};

/// A store of the host's own.
pub(crate) struct HostStore {
    store: Arc<dyn LedgerStore>,
}

impl HostStore {
    pub(crate) fn new(store: Arc<dyn LedgerStore>) -> Self {
        Self { store }
    }
}

impl Store for HostStore {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let loaded = self.store.load(salon.to_string(), reads.iter().map(asked).collect())?;
        let head = head(loaded.head)?;
        if loaded.rows.len() != reads.len() {
            return Err(corrupt("load", format!("{} lists of rows in answer to {} reads", loaded.rows.len(), reads.len())));
        }
        let records = reads.iter().zip(loaded.rows).map(|(read, rows)| answer(read, rows));
        Ok(Loaded { head, records: records.collect::<Result<_, _>>()? })
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let page = self.store.scan(salon.to_string(), kind.name().to_owned(), after.map(ToOwned::to_owned), limit)?;
        let head = head(page.head)?;
        no_more("scan", page.rows.len(), limit)?;
        if after.zip(page.rows.first()).is_some_and(|(after, first)| first.id.as_str() <= after) {
            return Err(corrupt("scan", "a row that is not after the id asked for".to_owned()));
        }
        Ok(Page { head, records: records("scan", kind, page.rows)? })
    }

    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let entries = self.store.changes(salon.to_string(), since, limit)?;
        no_more("changes", entries.len(), limit)?;
        let mut expected = since;
        entries
            .into_iter()
            .map(|entry| {
                expected = expected.saturating_add(1);
                if entry.sequence == expected {
                    Ok(Entry { sequence: entry.sequence, body: entry.body, hash: hash("changes", entry.hash)? })
                } else {
                    Err(corrupt("changes", format!("entry {} in the place of entry {expected}", entry.sequence)))
                }
            })
            .collect()
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        let unwritable = |error: rules::error::LedgerError| StoreError::Failed { detail: error.to_string() };
        let puts = batch.puts.iter().map(|record| Row::of(record).map(kept).map_err(unwritable));
        let batch = contract::Batch {
            expected: batch.expected,
            entries: batch
                .entries
                .iter()
                .map(|entry| contract::Entry { sequence: entry.sequence, body: entry.body.clone(), hash: entry.hash.clone() })
                .collect(),
            puts: puts.collect::<Result<_, _>>()?,
            removes: batch.removes.iter().map(|(kind, id)| contract::RowName { kind: kind.name().to_owned(), id: id.clone() }).collect(),
            erases: batch.erases,
        };
        Ok(self.store.commit(salon.to_string(), batch)?)
    }

    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.store.index(salon.to_string())?)
    }

    fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
        Ok(self.store.keep_index(salon.to_string(), block.to_vec())?)
    }
}

impl From<contract::StoreError> for StoreError {
    fn from(error: contract::StoreError) -> Self {
        match error {
            contract::StoreError::Conflict => Self::Conflict,
            contract::StoreError::Unavailable { detail } => Self::Unavailable { detail },
            contract::StoreError::Corrupt { detail } => corrupt("the host's store", detail),
            contract::StoreError::Failed { detail } => Self::Failed { detail },
        }
    }
}

fn corrupt(place: &str, detail: String) -> StoreError {
    StoreError::Corrupt { place: place.to_owned(), detail }
}

fn asked(read: &Read) -> contract::Read {
    let (by, value) = match read {
        Read::Id { id, .. } => (ReadBy::Id, id),
        Read::Parent { parent, .. } => (ReadBy::Parent, parent),
        Read::Key { key, .. } => (ReadBy::Key, key),
    };
    contract::Read { by, kind: read.kind().name().to_owned(), value: value.clone() }
}

fn kept(row: Row) -> contract::Row {
    contract::Row { kind: row.kind.name().to_owned(), id: row.id, parent: row.parent, keys: row.keys, body: row.body }
}

fn head(head: contract::Head) -> Result<Head, StoreError> {
    Ok(Head { sequence: head.sequence, hash: hash("head", head.hash)? })
}

fn hash(place: &str, hash: String) -> Result<String, StoreError> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
    if is_hash { Ok(hash) } else { Err(corrupt(place, "a hash that is not 64 hexadecimal digits".to_owned())) }
}

fn no_more(place: &str, found: usize, limit: u32) -> Result<(), StoreError> {
    if u32::try_from(found).is_ok_and(|found| found <= limit) {
        Ok(())
    } else {
        Err(corrupt(place, format!("{found} in answer to at most {limit}")))
    }
}

/// The records of the rows found for one read, each of which must answer it.
fn answer(read: &Read, rows: Vec<contract::Row>) -> Result<Vec<Record>, StoreError> {
    let records = records("load", read.kind(), rows)?;
    let answers = |record: &Record| match read {
        Read::Id { id, .. } => record.id() == *id,
        Read::Parent { parent, .. } => record.parent().as_ref() == Some(parent),
        Read::Key { key, .. } => record.keys().contains(key),
    };
    if records.iter().all(answers) { Ok(records) } else { Err(corrupt("load", "a row that does not answer its read".to_owned())) }
}

/// The records of rows, which must be of this kind and in order of id.
fn records(place: &str, kind: Kind, rows: Vec<contract::Row>) -> Result<Vec<Record>, StoreError> {
    if !rows.is_sorted_by(|one, next| one.id < next.id) {
        return Err(corrupt(place, "rows that are not in order of id, each once".to_owned()));
    }
    rows.iter().map(|row| record(kind, row)).collect()
}

/// The record of a row. The row must say of it what the body says.
fn record(kind: Kind, row: &contract::Row) -> Result<Record, StoreError> {
    // The id is the store's text, and may be anything until the body has confirmed it: it is in no message before.
    if row.kind != kind.name() {
        return Err(corrupt(kind.name(), "a row of another kind".to_owned()));
    }
    let record = Row::decode(kind, &row.id, &row.body).map_err(|error| match error {
        StoreError::Corrupt { detail, .. } => corrupt(kind.name(), detail),
        other => other,
    })?;
    if record.parent() != row.parent {
        return Err(corrupt(kind.name(), "a row whose parent is not its body's".to_owned()));
    }
    let sorted = |mut keys: Vec<String>| {
        keys.sort_unstable();
        keys
    };
    if sorted(record.keys()) != sorted(row.keys.clone()) {
        return Err(corrupt(kind.name(), "a row whose keys are not its body's".to_owned()));
    }
    Ok(record)
}
