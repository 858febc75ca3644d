use std::sync::Arc;

use crate::error::StoreError;
use crate::id::SalonId;
use crate::log::{Entry, GENESIS, Read};
use crate::record::{Kind, Record};

/// Where a salon's log stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Head {
    /// The sequence of the last entry; 0 before the first.
    pub sequence: u32,
    /// The hash of the last entry; 64 zeros before the first.
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self { sequence: 0, hash: GENESIS.to_owned() }
    }
}

/// The answer to reads, all of it as of one place of the log.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// That place.
    pub head: Head,
    /// For each read, in the order asked, the records found, in order of id.
    pub records: Vec<Vec<Record>>,
}

/// Some records of a kind.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where the log stood.
    pub head: Head,
    /// The records, in order of id as text; fewer than asked for only at the end.
    pub records: Vec<Record>,
}

/// What is appended at once.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The sequence at which the log must stand for this to be appended.
    pub expected: u32,
    /// The next entries, from `expected + 1`.
    pub entries: Vec<Arc<Entry>>,
    /// Records to keep, each in the place of the one of the same kind and id.
    pub puts: Vec<Record>,
    /// Records to remove.
    pub removes: Vec<(Kind, String)>,
    /// An erasure (W4): what this replaces and removes shall not be readable afterwards in anything that the store keeps, and the index that it
    /// [keeps](Store::keep_index) goes with it, in the same commit: it holds names.
    pub erases: bool,
}

/// In the place of an index that must not be kept: a block that nobody takes for one.
pub const NO_INDEX: &[u8] = b"none";

/// Keeps salons' logs and records. Five promises make a store; `store::conformance` checks them all:
///
/// 1. **One place.** Everything one [`load`](Store::load) or [`scan`](Store::scan) returns is as of the head it returns.
/// 2. **All or nothing.** A [`commit`](Store::commit) appends its entries and applies its puts and removes wholly or not at all, whatever
///    fails and whenever the process dies.
/// 3. **First come.** A commit whose `expected` is not the log's sequence changes nothing and is [`StoreError::Conflict`]. It needs no more
///    isolation than that.
/// 4. **Kept.** Once a commit has returned, it is durable as far as the store claims to be, and every later call sees it.
/// 5. **Apart.** No salon sees another's records or entries.
///
/// To a commit that [erases](Batch::erases) a store adds what it can do: whatever the old rows have left behind, in free pages or in a journal of its own, it
/// clears away before it returns, or as soon as it can afterwards. What it cannot reach, such as backups, it names in its documentation. The index is not
/// one of those: after such a commit [`index`](Store::index) gives none.
///
/// A store never interprets a record: kind, id, parent, keys and body are all it knows, see [`Row`](super::Row).
pub trait Store {
    /// The records that answer each read, see [`Read`]. A read that finds nothing gets an empty list.
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError>;

    /// Up to `limit` records of a kind with ids above `after`, in order of id as text.
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError>;

    /// Up to `limit` entries after the sequence `since`, in order.
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError>;

    /// Appends a batch if the log stands where the batch expects it.
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError>;

    /// The block that [`keep_index`](Store::keep_index) was last given, as it was given. It makes a start quick and is nothing else: a store may forget
    /// it at any time, and need not keep any.
    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        let _ = salon;
        Ok(None)
    }

    /// Keeps the salon's search index, as one block, in the place of the one before. It holds customers' names and numbers, like the records do: where
    /// [`NO_INDEX`] takes the place of another, somebody was erased meanwhile whom that still knew, and nothing of it may stay readable (W4).
    fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
        let _ = (salon, block);
        Ok(())
    }
}

// What holds a store is one.
macro_rules! passed_on {
    ($($store:ty),*) => {$(
        impl<S: Store + ?Sized> Store for $store {
            fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
                (**self).load(salon, reads)
            }
            fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
                (**self).scan(salon, kind, after, limit)
            }
            fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
                (**self).changes(salon, since, limit)
            }
            fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
                (**self).commit(salon, batch)
            }
            fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
                (**self).index(salon)
            }
            fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
                (**self).keep_index(salon, block)
            }
        }
    )*};
}

passed_on!(&S, Arc<S>);
