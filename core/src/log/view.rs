use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Halt;
use crate::record::{Entity, Kind, Record};

/// One thing to load from the store.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", tag = "by", deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub enum Read {
    /// The record of this id.
    Id {
        /// Its kind.
        kind: Kind,
        /// Its id.
        id: String,
    },
    /// Every record of a kind that hangs on this one.
    Parent {
        /// Their kind.
        kind: Kind,
        /// What they hang on.
        parent: String,
    },
    /// Every record of a kind found by this key.
    Key {
        /// Their kind.
        kind: Kind,
        /// The key.
        key: String,
    },
}

// A key holds a name, a phone number or an address (A4).
impl core::fmt::Debug for Read {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Id { kind, id } => write!(f, "{kind:?} {id}"),
            Self::Parent { kind, parent } => write!(f, "{kind:?} of {parent}"),
            Self::Key { kind, .. } => write!(f, "{kind:?} by key"),
        }
    }
}

impl Read {
    /// The kind that is read.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Id { kind, .. } | Self::Parent { kind, .. } | Self::Key { kind, .. } => *kind,
        }
    }
}

/// Records in memory, found by id, by parent and by key: the memory store's inside, and the part of a draft that is not stored yet.
#[derive(Clone, Default)]
pub struct Table {
    records: BTreeMap<(Kind, String), Option<Arc<Record>>>,
    parents: BTreeMap<(Kind, String), BTreeSet<String>>,
    keys: BTreeMap<(Kind, String), BTreeSet<String>>,
}

// Its keys hold names and phone numbers (A4).
impl core::fmt::Debug for Table {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Table").field("records", &self.records.len()).finish_non_exhaustive()
    }
}

impl Table {
    /// Keeps a record in the place of the one of the same id.
    pub fn put(&mut self, record: Arc<Record>) {
        let (kind, id) = (record.kind(), record.id());
        self.forget(kind, &id);
        if let Some(parent) = record.parent() {
            self.parents.entry((kind, parent)).or_default().insert(id.clone());
        }
        for key in record.keys() {
            self.keys.entry((kind, key)).or_default().insert(id.clone());
        }
        self.records.insert((kind, id), Some(record));
    }

    /// Removes a record for good.
    pub fn remove(&mut self, kind: Kind, id: &str) {
        self.forget(kind, id);
        self.records.remove(&(kind, id.to_owned()));
    }

    /// Remembers that a record is gone, whatever lies below this table says.
    pub fn hide(&mut self, kind: Kind, id: &str) {
        self.forget(kind, id);
        self.records.insert((kind, id.to_owned()), None);
    }

    fn forget(&mut self, kind: Kind, id: &str) {
        let Some(Some(old)) = self.records.get(&(kind, id.to_owned())).cloned() else { return };
        let mut drop_from = |index: bool, name: String| {
            let map = if index { &mut self.parents } else { &mut self.keys };
            if let Some(ids) = map.get_mut(&(kind, name.clone())) {
                ids.remove(id);
                if ids.is_empty() {
                    map.remove(&(kind, name));
                }
            }
        };
        if let Some(parent) = old.parent() {
            drop_from(true, parent);
        }
        for key in old.keys() {
            drop_from(false, key);
        }
    }

    /// What this table says of an id: nothing, that it is gone, or the record.
    #[must_use]
    pub fn get(&self, kind: Kind, id: &str) -> Option<Option<&Arc<Record>>> {
        self.records.get(&(kind, id.to_owned())).map(Option::as_ref)
    }

    /// The records that answer a read, in order of id.
    #[must_use]
    pub fn find(&self, read: &Read) -> Vec<Arc<Record>> {
        let ids = match read {
            Read::Id { kind, id } => return self.get(*kind, id).flatten().cloned().into_iter().collect(),
            Read::Parent { kind, parent } => self.parents.get(&(*kind, parent.clone())),
            Read::Key { kind, key } => self.keys.get(&(*kind, key.clone())),
        };
        ids.into_iter().flatten().filter_map(|id| self.get(read.kind(), id).flatten().cloned()).collect()
    }

    /// Up to `limit` records of a kind with ids above `after`, in order of id as text.
    #[must_use]
    pub fn scan(&self, kind: Kind, after: Option<&str>, limit: usize) -> Vec<Arc<Record>> {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let start = (kind, after.unwrap_or_default().to_owned());
        let from = if after.is_some() { Excluded(start) } else { Included(start) };
        self.records
            .range((from, Unbounded))
            .take_while(|((at, _), _)| *at == kind)
            .filter_map(|(_, record)| record.clone())
            .take(limit)
            .collect()
    }

    /// The answer of this table laid over an answer from below: its records win, what it hides is gone.
    #[must_use]
    pub fn over(&self, read: &Read, below: &[Arc<Record>]) -> Vec<Arc<Record>> {
        if self.records.is_empty() {
            return below.to_vec();
        }
        let mut found: BTreeMap<String, Arc<Record>> =
            below.iter().map(|record| (record.id(), Arc::clone(record))).filter(|(id, _)| self.get(read.kind(), id).is_none()).collect();
        found.extend(self.find(read).into_iter().map(|record| (record.id(), record)));
        found.into_values().collect()
    }

    /// Everything this table says, in order.
    pub fn entries(&self) -> impl Iterator<Item = (Kind, &str, Option<&Arc<Record>>)> {
        self.records.iter().map(|((kind, id), record)| (*kind, id.as_str(), record.as_ref()))
    }
}

/// What was loaded so far, all of it as of one sequence.
#[derive(Clone, Debug, Default)]
pub struct View {
    loaded: BTreeMap<Read, Vec<Arc<Record>>>,
    // Every record that any read brought: one found by its parent need not be loaded again by its id.
    known: BTreeMap<(Kind, String), Arc<Record>>,
}

impl View {
    /// Takes the answer to a read.
    pub fn insert(&mut self, read: Read, records: Vec<Arc<Record>>) {
        for record in &records {
            self.known.insert((record.kind(), record.id()), Arc::clone(record));
        }
        self.loaded.insert(read, records);
    }

    /// Every read that was answered.
    #[must_use]
    pub fn reads(&self) -> Vec<Read> {
        self.loaded.keys().cloned().collect()
    }

    /// Forgets everything: somebody else was first.
    pub fn clear(&mut self) {
        self.loaded.clear();
        self.known.clear();
    }
}

/// Something records can be looked up in. A record that was not loaded halts with [`Halt::Need`].
pub trait Look {
    /// The records that answer a read.
    fn look(&self, read: &Read) -> Result<Vec<Arc<Record>>, Halt>;

    /// Halts once with everything that is missing, so that it is loaded in one go.
    fn want(&self, reads: &[Read]) -> Result<(), Halt> {
        let mut missing = Vec::new();
        for read in reads {
            match self.look(read) {
                Ok(_) => {}
                Err(Halt::Need(need)) => missing.extend(need),
                Err(halt) => return Err(halt),
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(Halt::Need(missing)) }
    }
}

impl Look for View {
    fn look(&self, read: &Read) -> Result<Vec<Arc<Record>>, Halt> {
        if let Some(records) = self.loaded.get(read) {
            return Ok(records.clone());
        }
        if let Read::Id { kind, id } = read
            && let Some(record) = self.known.get(&(*kind, id.clone()))
        {
            return Ok(vec![Arc::clone(record)]);
        }
        Err(Halt::Need(vec![read.clone()]))
    }
}

impl dyn Look + '_ {
    /// The record of an id, if there is one.
    pub fn find<T: Entity>(&self, id: impl ToString) -> Result<Option<T>, Halt> {
        let found = self.look(&Read::Id { kind: T::KIND, id: id.to_string() })?;
        Ok(found.first().and_then(|record| T::of(record)).cloned())
    }

    /// The records that hang on another, in the order they were made.
    pub fn children<T: Entity>(&self, parent: impl ToString) -> Result<Vec<T>, Halt> {
        self.all(&Read::Parent { kind: T::KIND, parent: parent.to_string() })
    }

    /// The records found by a key, in the order they were made.
    pub fn keyed<T: Entity>(&self, key: String) -> Result<Vec<T>, Halt> {
        self.all(&Read::Key { kind: T::KIND, key })
    }

    fn all<T: Entity>(&self, read: &Read) -> Result<Vec<T>, Halt> {
        let mut found: Vec<T> = self.look(read)?.iter().filter_map(|record| T::of(record)).cloned().collect();
        // Ids are letters and an ordinal: shorter is earlier.
        found.sort_by_cached_key(|record| {
            let id = record.key_id();
            (id.len(), id)
        });
        Ok(found)
    }
}
