/// Why a store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum StoreError {
    /// The log does not stand at `expected`: daicho reads again and decides again.
    #[error("something was appended meanwhile")]
    Conflict,
    /// It may work when tried again: a lock, a lost connection.
    #[error("the store is not available: {detail}")]
    Unavailable {
        /// What happened, without personal data.
        detail: String,
    },
    /// What is stored cannot be read.
    #[error("the store is damaged: {detail}")]
    Corrupt {
        /// What happened, without personal data.
        detail: String,
    },
    /// It failed otherwise. What a store throws that is no `StoreError` counts as this.
    #[error("the store failed: {detail}")]
    Failed {
        /// What happened, without personal data.
        detail: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for StoreError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { detail: format!("it threw {}, which is no StoreError", thrown_type(&error.reason)) }
    }
}

/// The type of what a callback threw. What it says may quote a row, and a row holds personal data: it is not passed on (A4).
pub(crate) fn thrown_type(reason: &str) -> String {
    reason.split([':', '(', '\n']).next().unwrap_or_default().trim().to_owned()
}

/// Where a salon's log stands. Made without arguments, it is the head of an empty log.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Head {
    /// The sequence of the last entry; 0 before the first.
    #[uniffi(default = 0)]
    pub sequence: u32,
    /// The hash of the last entry; 64 zeros before the first.
    #[uniffi(default = "0000000000000000000000000000000000000000000000000000000000000000")]
    pub hash: String,
}

/// A record as a store keeps it: what it is found by, and a body that the store never looks into.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Row {
    /// The kind's name.
    pub kind: String,
    /// The id, unique among its kind in the salon.
    pub id: String,
    /// The id of the record it hangs on.
    #[uniffi(default)]
    pub parent: Option<String>,
    /// The keys it is found by.
    #[uniffi(default)]
    pub keys: Vec<String>,
    /// The record as JSON text.
    pub body: String,
}

impl core::fmt::Debug for Row {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Row").field("kind", &self.kind).field("id", &self.id).finish_non_exhaustive()
    }
}

/// Which record is to be removed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct RowName {
    /// The kind's name.
    pub kind: String,
    /// The id.
    pub id: String,
}

/// An entry of the log: kept as it is, never rewritten.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Entry {
    /// Its place in the log, from 1, without gaps.
    pub sequence: u32,
    /// Its content.
    pub body: String,
    /// The hash of the body.
    pub hash: String,
}

impl core::fmt::Debug for Entry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entry").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// What a read goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ReadBy {
    /// The record of this id.
    Id,
    /// Every record that hangs on the record of this id.
    Parent,
    /// Every record found by this key.
    Key,
}

/// One thing to load.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Read {
    /// What it goes by.
    pub by: ReadBy,
    /// The kind of the records.
    pub kind: String,
    /// The id, the parent's id or the key.
    pub value: String,
}

impl core::fmt::Debug for Read {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Read").field("by", &self.by).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The answer to reads, all of it as of one place of the log.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Loaded {
    /// That place.
    pub head: Head,
    /// For each read, in the order asked, the rows found, in order of id; an empty list where there are none.
    pub rows: Vec<Vec<Row>>,
}

/// Some rows of a kind.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Page {
    /// Where the log stood.
    pub head: Head,
    /// The rows, in order of id; fewer than asked for only at the end.
    pub rows: Vec<Row>,
}

/// What is appended at once.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Batch {
    /// The sequence at which the log must stand for this to be appended.
    pub expected: u32,
    /// The next entries, from `expected + 1`.
    pub entries: Vec<Entry>,
    /// Rows to keep, each in the place of the one of the same kind and id.
    pub puts: Vec<Row>,
    /// Rows to remove.
    pub removes: Vec<RowName>,
    /// An erasure (W4): what this replaces and removes shall not be readable afterwards in anything that the store keeps, as far as it can see to that,
    /// and the index goes with it in the same commit: it holds names.
    #[uniffi(default)]
    pub erases: bool,
}

/// Where ledgers are kept. A host may write its own; `check_store` says whether it keeps what a store promises:
///
/// 1. Everything one `load` or `scan` returns is as of the head it returns.
/// 2. `commit` appends its entries and applies its puts and removes wholly or not at all.
/// 3. A `commit` whose `expected` is not the log's sequence changes nothing and throws `StoreError.Conflict`.
/// 4. A `commit` whose entries do not follow on `expected` one by one changes nothing and throws.
/// 5. Once `commit` has returned, every later call sees it.
/// 6. No salon sees another's rows or entries.
/// 7. After a `commit` that erases, `index` gives none until one is kept again.
///
/// Ids are ordered by their UTF-8 bytes. Every method may be called from any thread.
#[uniffi::export(rust, foreign)]
pub trait LedgerStore: Send + Sync {
    /// The rows that answer each read, and where the log stands, read at one moment.
    fn load(&self, salon: String, reads: Vec<Read>) -> Result<Loaded, StoreError>;
    /// Up to `limit` rows of a kind with ids above `after`, in order of id.
    fn scan(&self, salon: String, kind: String, after: Option<String>, limit: u32) -> Result<Page, StoreError>;
    /// Up to `limit` entries after the sequence `since`, in order.
    fn changes(&self, salon: String, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError>;
    /// Appends a batch if the log stands where the batch expects it.
    fn commit(&self, salon: String, batch: Batch) -> Result<(), StoreError>;
    /// The block that `keep_index` was last given, as it was given. It makes the first search quick and is nothing else: a store may forget it at any
    /// time, and one that keeps none answers with none.
    fn index(&self, salon: String) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps the salon's search index, as one block, in the place of the one before; a store that keeps none does nothing. It holds customers' names and
    /// numbers, like the rows do.
    fn keep_index(&self, salon: String, block: Vec<u8>) -> Result<(), StoreError>;
}
