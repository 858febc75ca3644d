use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Batch, Head, Loaded, Page, Store};
use crate::error::StoreError;
use crate::id::SalonId;
use crate::log::{Entry, Read, Table};
use crate::record::Kind;

/// A store in memory: for tests, for trying things out, and the pattern for other stores. It is as durable as the process.
#[derive(Debug, Default)]
pub struct MemoryStore {
    salons: Mutex<BTreeMap<SalonId, Salon>>,
}

#[derive(Debug, Default)]
struct Salon {
    head: Head,
    index: Option<Vec<u8>>,
    log: Vec<Arc<Entry>>,
    table: Table,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    // Nothing panics while the lock is held, and nothing is half done before the last line of `commit`.
    fn salons(&self) -> MutexGuard<'_, BTreeMap<SalonId, Salon>> {
        self.salons.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

impl Store for MemoryStore {
    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.salons().get(salon).and_then(|salon| salon.index.clone()))
    }

    fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
        self.salons().entry(salon.clone()).or_default().index = Some(block.to_vec());
        Ok(())
    }

    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let salons = self.salons();
        Ok(match salons.get(salon) {
            Some(kept) => Loaded { head: kept.head.clone(), records: reads.iter().map(|read| kept.table.find(read)).collect() },
            None => Loaded { head: Head::default(), records: vec![Vec::new(); reads.len()] },
        })
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let salons = self.salons();
        Ok(match salons.get(salon) {
            Some(kept) => Page { head: kept.head.clone(), records: kept.table.scan(kind, after, size(limit)) },
            None => Page { head: Head::default(), records: Vec::new() },
        })
    }

    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let salons = self.salons();
        let log = salons.get(salon).map(|kept| kept.log.as_slice()).unwrap_or_default();
        Ok(log.iter().skip(size(since)).take(size(limit)).map(|entry| Entry::clone(entry)).collect())
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        let mut salons = self.salons();
        let kept = salons.entry(salon.clone()).or_default();
        if kept.head.sequence != batch.expected {
            return Err(StoreError::Conflict);
        }
        let head = batch.next_head(&kept.head)?;
        for (kind, id) in &batch.removes {
            kept.table.remove(*kind, id);
        }
        for record in &batch.puts {
            kept.table.put(record.clone());
        }
        if batch.erases {
            kept.index = None;
        }
        kept.log.extend(batch.entries.iter().cloned());
        kept.head = head;
        Ok(())
    }
}

impl Batch {
    /// Where the log stands after this batch; an error if its entries are not the next ones without gaps.
    pub fn next_head(&self, head: &Head) -> Result<Head, StoreError> {
        let mut sequence = head.sequence;
        for entry in &self.entries {
            if sequence.checked_add(1) != Some(entry.sequence) {
                return Err(StoreError::Failed { detail: format!("entry {} cannot follow entry {sequence}", entry.sequence) });
            }
            sequence = entry.sequence;
        }
        let hash = self.entries.last().map_or(&head.hash, |entry| &entry.hash);
        Ok(Head { sequence, hash: hash.clone() })
    }
}
