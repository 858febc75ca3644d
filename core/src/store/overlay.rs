use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Batch, Head, Loaded, Page, Store};
use crate::error::StoreError;
use crate::id::SalonId;
use crate::log::{Entry, Read, Table};
use crate::record::{Kind, Record};

/// A store whose commits stay in memory, laid over another that is only read: a rehearsal runs the very commands of the performance (I5).
///
/// It stands on the place of the log where its first read found the store below. When others append there, its calls fail with a retryable
/// error, and the rehearsal begins again with a new overlay.
#[derive(Debug)]
pub struct Overlay<S> {
    below: S,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    base: Option<Head>,
    head: Head,
    table: Table,
    log: Vec<Arc<Entry>>,
}

impl<S: Store> Overlay<S> {
    /// An overlay on a store.
    pub fn new(below: S) -> Self {
        Self { below, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    // Holds the overlay to the place of the log on which it stands.
    fn stand_on(&mut self, below: &Head) -> Result<(), StoreError> {
        match &self.base {
            None => {
                self.base = Some(below.clone());
                self.head = below.clone();
                Ok(())
            }
            Some(base) if base == below => Ok(()),
            Some(_) => Err(StoreError::Unavailable { detail: "the ledger changed during the rehearsal; rehearse again".to_owned() }),
        }
    }

    fn base_sequence(&self) -> u32 {
        self.base.as_ref().map_or(0, |base| base.sequence)
    }
}

impl<S: Store> Store for Overlay<S> {
    // Its own is not kept: what it holds is gone with it.
    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        self.below.index(salon)
    }

    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let below = self.below.load(salon, reads)?;
        let mut state = self.state();
        state.stand_on(&below.head)?;
        let records = reads.iter().zip(below.records).map(|(read, records)| state.table.over(read, records)).collect();
        Ok(Loaded { head: state.head.clone(), records })
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let mut cursor = after.map(ToOwned::to_owned);
        let mut page = Vec::new();
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        loop {
            let below = self.below.scan(salon, kind, cursor.as_deref(), limit)?;
            let mut state = self.state();
            state.stand_on(&below.head)?;
            let end = (below.records.len() >= wanted).then(|| below.records.last().map(|record| record.id())).flatten();
            let mut merged: std::collections::BTreeMap<String, Record> = below
                .records
                .into_iter()
                .map(|record| (record.id(), record))
                .filter(|(id, _)| state.table.get(kind, id).is_none())
                .collect();
            let own = state.table.scan(kind, cursor.as_deref(), usize::MAX).into_iter().map(|record| (record.id(), record));
            merged.extend(own.filter(|(id, _)| end.as_ref().is_none_or(|end| id <= end)));
            page.extend(merged.into_values());
            if page.len() >= wanted || end.is_none() {
                page.truncate(wanted);
                return Ok(Page { head: state.head.clone(), records: page });
            }
            cursor = end;
        }
    }

    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let mut entries = self.below.changes(salon, since, limit)?;
        let state = self.state();
        entries.retain(|entry| state.base.is_none() || entry.sequence <= state.base_sequence());
        let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(entries.len());
        entries.extend(state.log.iter().filter(|entry| entry.sequence > since).take(room).map(|entry| Entry::clone(entry)));
        Ok(entries)
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        let below = self.below.load(salon, &[])?;
        let mut state = self.state();
        state.stand_on(&below.head)?;
        if state.head.sequence != batch.expected {
            return Err(StoreError::Conflict);
        }
        let head = batch.next_head(&state.head)?;
        for (kind, id) in &batch.removes {
            state.table.hide(*kind, id);
        }
        for record in &batch.puts {
            state.table.put(record.clone());
        }
        state.log.extend(batch.entries.iter().cloned());
        state.head = head;
        Ok(())
    }
}
