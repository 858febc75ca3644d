//! A store of the host's own: the same contract as the stores daicho brings along, in plain values.

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum StoreError {
    /// Something was appended after `expected`: daicho reads again and decides again.
    #[error("something else was appended first")]
    Conflict,
    /// It may work later.
    #[error("the store is unavailable: {detail}")]
    Unavailable {
        /// What happened, without personal data.
        detail: String,
    },
    /// What is stored cannot be read.
    #[error("the store is broken: {detail}")]
    Broken {
        /// What happened, without personal data.
        detail: String,
    },
    /// The store threw something that is no `StoreError`: a mistake in the store.
    #[error("the store threw something of its own: {detail}")]
    Unexpected {
        /// What was thrown.
        detail: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for StoreError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected {
            detail: error.reason,
        }
    }
}

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Head {
    /// Number of the last entry, 0 before the first.
    pub sequence: u64,
    /// Hash of the last entry, empty before the first.
    pub hash: String,
}

/// A record as a store keeps it. The body is daicho's affair.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Row {
    /// What kind of record it is.
    pub kind: String,
    /// Its id among its kind.
    pub id: String,
    /// The record it belongs to.
    #[uniffi(default)]
    pub parent: Option<String>,
    /// What else it is found by.
    #[uniffi(default)]
    pub keys: Vec<String>,
    /// Its content.
    pub body: String,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub sequence: u64,
    /// Its content.
    pub body: String,
}

/// Records as they all were at one head.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Loaded {
    /// Where the log stood.
    pub head: Head,
    /// The records.
    pub rows: Vec<Row>,
}

/// Where a ledger is kept. A host may write its own; every method may be called from any thread.
#[uniffi::export(rust, foreign)]
pub trait LedgerStore: Send + Sync {
    /// The records of a kind with these keys, and where the log stands, read at one moment.
    fn load(&self, kind: String, keys: Vec<String>) -> Result<Loaded, StoreError>;
    /// Every record of a kind.
    fn scan(&self, kind: String) -> Result<Loaded, StoreError>;
    /// The entries after this one, in order.
    fn changes(&self, since: u64) -> Result<Vec<Entry>, StoreError>;
    /// Appends one entry and writes the rows, both or neither, if the log still stands at `expected`; else `Conflict`.
    fn commit(
        &self,
        expected: u64,
        head: Head,
        entry: Entry,
        rows: Vec<Row>,
    ) -> Result<(), StoreError>;
}
