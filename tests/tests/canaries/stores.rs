//! Stores in which something is wrong.
use std::cell::Cell;

use daicho::error::StoreError;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Overlay, Page, Row};
use daicho::{Kind, MemoryStore, Record, SalonId, Store};

/// A store that answers so many calls and then none.
pub(crate) struct Failing<'s> {
    store: Overlay<&'s MemoryStore>,
    left: Cell<u32>,
}

impl<'s> Failing<'s> {
    pub(crate) fn after(calls: u32, store: &'s MemoryStore) -> Self {
        Self { store: Overlay::new(store), left: Cell::new(calls) }
    }

    fn call<T>(&self, call: impl FnOnce(&dyn Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self.left.get() {
            0 => Err(StoreError::Failed { detail: "the disk is full".into() }),
            left => {
                self.left.set(left - 1);
                call(&self.store)
            }
        }
    }
}

impl Store for Failing<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.call(|store| store.load(salon, reads))
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.call(|store| store.scan(salon, kind, after, limit))
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.call(|store| store.changes(salon, since, limit))
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.call(|store| store.commit(salon, batch))
    }
}

/// What happened to the bytes that a store kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Damage {
    /// The bodies of records of a kind, in one of five ways.
    Bodies(Kind, usize),
    /// The entries of the log, in one of four ways.
    Entries(usize),
    /// The block of the index.
    Block(usize),
}

/// A store whose bytes were damaged. It reads them as every store does.
pub(crate) struct Damaged<'s> {
    pub(crate) store: &'s MemoryStore,
    pub(crate) damage: Damage,
}

pub(crate) const WAYS: usize = 5;

fn spoiled(text: &str, way: usize) -> String {
    match way {
        // A name in the place of a number, a field that is a name, a word of the error's own in a name.
        0 => text.replacen(":1", ":\"カナリア expected 090-5555-5555\"", 1),
        1 => text.replacen('{', "{\"カナリア, expected CANARY\":1,", 1),
        2 => text.chars().take(text.chars().count() / 2).collect(),
        3 => "\"missing field `CANARY` カナリア\"".to_owned(),
        // Whatever it was, it is somebody else's, and reads well.
        _ => text.replacen("\"c", "\"c9", 1),
    }
}

impl Damaged<'_> {
    fn read(&self, record: &Record) -> Result<Record, StoreError> {
        let mut row = Row::of(record).unwrap();
        if let Damage::Bodies(kind, way) = self.damage
            && kind == row.kind
        {
            row.body = spoiled(&row.body, way);
        }
        row.record()
    }
}

impl Store for Damaged<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let loaded = self.store.load(salon, reads)?;
        let records = loaded.records.iter().map(|found| found.iter().map(|record| self.read(record)).collect());
        Ok(Loaded { head: loaded.head.clone(), records: records.collect::<Result<_, _>>()? })
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let page = self.store.scan(salon, kind, after, limit)?;
        Ok(Page { records: page.records.iter().map(|record| self.read(record)).collect::<Result<_, _>>()?, head: page.head })
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let mut entries = self.store.changes(salon, since, limit)?;
        if let Damage::Entries(way) = self.damage {
            entries.iter_mut().for_each(|entry| entry.body = spoiled(&entry.body, way));
        }
        Ok(entries)
    }
    fn commit(&self, _: &SalonId, _: &Batch) -> Result<(), StoreError> {
        Ok(())
    }
    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        let block = self.store.index(salon)?;
        let Damage::Block(way) = self.damage else { return Ok(block) };
        Ok(block.map(|block| match way {
            0 => block.into_iter().rev().collect(),
            1 => block.iter().take(block.len() / 2).copied().collect(),
            _ => "カナリア".repeat(1_000).into_bytes(),
        }))
    }
}
