use core::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Halt;
use crate::id::RecordId;
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
    /// The record of an id.
    #[must_use]
    pub fn one<T: Entity>(id: impl ToString) -> Self {
        Self::Id { kind: T::KIND, id: id.to_string() }
    }

    /// The records that hang on another.
    #[must_use]
    pub fn children<T: Entity>(parent: impl ToString) -> Self {
        Self::Parent { kind: T::KIND, parent: parent.to_string() }
    }

    /// The kind that is read.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Id { kind, .. } | Self::Parent { kind, .. } | Self::Key { kind, .. } => *kind,
        }
    }
}

/// What was loaded so far, all of it as of one sequence.
#[derive(Clone, Default)]
pub struct View {
    // Every record that any read brought: one found by its parent need not be loaded again by its id. None: asked for, and not there.
    records: BTreeMap<(Kind, RecordId), Option<Record>>,
    parents: BTreeMap<(Kind, RecordId), Vec<Record>>,
    keys: BTreeMap<(Kind, RecordId), Vec<Record>>,
    worked_out: OnceLock<Arc<dyn Any + Send + Sync>>,
}

// Its keys hold names and phone numbers (A4).
impl core::fmt::Debug for View {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("View").field("records", &self.records.len()).finish_non_exhaustive()
    }
}

impl View {
    /// Takes the answer to a read.
    pub fn insert(&mut self, read: &Read, records: Vec<Record>) {
        let mut know = |records: &[Record]| {
            for record in records {
                self.records.insert((record.kind(), record.record_id()), Some(record.clone()));
            }
        };
        match read {
            Read::Id { kind, id } => {
                self.records.insert((*kind, RecordId::new(id)), records.into_iter().next());
            }
            Read::Parent { kind, parent } => {
                know(&records);
                self.parents.insert((*kind, RecordId::new(parent)), records);
            }
            Read::Key { kind, key } => {
                know(&records);
                self.keys.insert((*kind, RecordId::new(key)), records);
            }
        }
    }

    /// What a decision works out of itself and of what was loaded: once, however often it is asked again because something else is missing.
    pub(crate) fn once<T: Any + Send + Sync>(&self, work: impl Fn() -> T) -> Arc<T> {
        let kept = self.worked_out.get_or_init(|| Arc::new(work()));
        Arc::clone(kept).downcast().unwrap_or_else(|_| Arc::new(work()))
    }

    /// Forgets everything: somebody else was first.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Something records can be looked up in. A record that was not loaded halts with [`Halt::Need`].
pub trait Look {
    /// The records that answer a read.
    fn look(&self, read: &Read) -> Result<Vec<Record>, Halt>;

    /// The record of an id, shared and not copied: for whoever only looks at it.
    fn one(&self, kind: Kind, id: &RecordId) -> Result<Option<Record>, Halt>;

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
        Halt::unless_here(missing)
    }
}

impl Look for View {
    fn look(&self, read: &Read) -> Result<Vec<Record>, Halt> {
        let found = match read {
            Read::Id { kind, id } => return self.one(*kind, &RecordId::new(id)).map(|record| record.into_iter().collect()),
            Read::Parent { kind, parent } => self.parents.get(&(*kind, RecordId::new(parent))),
            Read::Key { kind, key } => self.keys.get(&(*kind, RecordId::new(key))),
        };
        found.cloned().ok_or_else(|| Halt::Need(vec![read.clone()]))
    }

    fn one(&self, kind: Kind, id: &RecordId) -> Result<Option<Record>, Halt> {
        let known = self.records.get(&(kind, id.clone()));
        known.cloned().ok_or_else(|| Halt::Need(vec![Read::Id { kind, id: id.to_string() }]))
    }
}

impl dyn Look + '_ {
    /// The record of an id, if there is one.
    pub fn find<T: Entity>(&self, id: impl core::fmt::Display) -> Result<Option<T>, Halt> {
        let found = self.one(T::KIND, &RecordId::of(id))?;
        Ok(found.as_ref().and_then(T::of).cloned())
    }

    /// The records that hang on another, in the order they were made.
    pub fn children<T: Entity>(&self, parent: impl ToString) -> Result<Vec<T>, Halt> {
        self.all(&Read::children::<T>(parent))
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
            (id.text().len(), id)
        });
        Ok(found)
    }
}
