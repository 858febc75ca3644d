//! Records that pages show. The index knows who is found and in what order; what a page shows of them is read from the store when it is shown, and kept
//! here for a while, for the next page and for the same one again.

use std::collections::BTreeMap;

use crate::id::RecordId;
use crate::log::{Halt, Read};
use crate::record::{Entity, Kind, Record};

/// Records kept at most: some megabytes. A page has 1,000 rows of two records.
const ROOM: usize = 4_096;

#[derive(Default)]
pub(super) struct Shelf {
    records: BTreeMap<(Kind, RecordId), Option<Record>>,
    // What hangs on a record, as of where the index stands; gone with the next change of whatever it be.
    children: BTreeMap<(Kind, RecordId), Vec<Record>>,
}

impl Shelf {
    /// Takes in what the store answered, as of where the index stands.
    pub(super) fn keep(&mut self, reads: Vec<Read>, records: Vec<Vec<Record>>) {
        if self.records.len().saturating_add(reads.len()) > ROOM {
            self.records.clear();
        }
        for (read, records) in reads.into_iter().zip(records) {
            match read {
                Read::Id { kind, id } => drop(self.records.insert((kind, RecordId::new(&id)), records.into_iter().next())),
                Read::Parent { kind, parent } => drop(self.children.insert((kind, RecordId::new(&parent)), records)),
                Read::Key { .. } => {}
            }
        }
    }

    /// A record changed.
    pub(super) fn forget(&mut self, kind: Kind, id: &str) {
        self.children.clear();
        if !self.records.is_empty() {
            self.records.remove(&(kind, RecordId::new(id)));
        }
    }

    /// Halts with everything that is not here.
    pub(super) fn want(&self, reads: impl Iterator<Item = Read>) -> Result<(), Halt> {
        let here = |read: &Read| match read {
            Read::Id { kind, id } => self.records.contains_key(&(*kind, RecordId::new(id))),
            Read::Parent { kind, parent } => self.children.contains_key(&(*kind, RecordId::new(parent))),
            Read::Key { .. } => false,
        };
        Halt::unless_here(reads.filter(|read| !here(read)).collect())
    }

    /// The same for records of one kind. Nothing is made of those that are here, as nearly all of a page are.
    pub(super) fn want_each<T: Entity, I: Copy + Into<RecordId> + ToString>(&self, ids: impl Iterator<Item = I>) -> Result<(), Halt> {
        Halt::unless_here(ids.filter(|id| !self.records.contains_key(&(T::KIND, (*id).into()))).map(Read::one::<T>).collect())
    }

    /// A record that was wanted, if the store has it.
    pub(super) fn see<T: Entity>(&self, id: impl Into<RecordId>) -> Option<&T> {
        self.records.get(&(T::KIND, id.into()))?.as_ref().and_then(T::of)
    }

    /// The records that hang on another, which were wanted.
    pub(super) fn children<T: Entity>(&self, parent: impl Into<RecordId>) -> Vec<T> {
        let found = self.children.get(&(T::KIND, parent.into()));
        found.into_iter().flatten().filter_map(|record| T::of(record)).cloned().collect()
    }
}
