//! The store that forgets.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::{Entry, Head, LedgerStore, Loaded, Row, StoreError};

/// Keeps everything in memory.
pub(crate) struct MemoryStore {
    kept: Mutex<Kept>,
}

struct Kept {
    head: Head,
    entries: Vec<Entry>,
    rows: Vec<Row>,
}

impl MemoryStore {
    pub(crate) fn new() -> Self {
        let head = Head {
            sequence: 0,
            hash: String::new(),
        };
        Self {
            kept: Mutex::new(Kept {
                head,
                entries: Vec::new(),
                rows: Vec::new(),
            }),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing below panics while it holds the lock, so a poisoned lock still guards whole data.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn loaded(&self, wanted: impl Fn(&Row) -> bool) -> Loaded {
        let kept = self.kept();
        Loaded {
            head: kept.head.clone(),
            rows: kept
                .rows
                .iter()
                .filter(|row| wanted(row))
                .cloned()
                .collect(),
        }
    }
}

impl LedgerStore for MemoryStore {
    fn load(&self, kind: String, keys: Vec<String>) -> Result<Loaded, StoreError> {
        Ok(self.loaded(|row| {
            row.kind == kind
                && (keys.contains(&row.id) || row.keys.iter().any(|key| keys.contains(key)))
        }))
    }

    fn scan(&self, kind: String) -> Result<Loaded, StoreError> {
        Ok(self.loaded(|row| row.kind == kind))
    }

    fn changes(&self, since: u64) -> Result<Vec<Entry>, StoreError> {
        Ok(self
            .kept()
            .entries
            .iter()
            .filter(|entry| entry.sequence > since)
            .cloned()
            .collect())
    }

    fn commit(
        &self,
        expected: u64,
        head: Head,
        entry: Entry,
        rows: Vec<Row>,
    ) -> Result<(), StoreError> {
        let mut kept = self.kept();
        if kept.head.sequence != expected {
            return Err(StoreError::Conflict);
        }
        kept.head = head;
        kept.entries.push(entry);
        for row in rows {
            kept.rows
                .retain(|old| old.kind != row.kind || old.id != row.id);
            kept.rows.push(row);
        }
        Ok(())
    }
}
