//! Stores of the host's own: what one implements, and how the core sees it.

mod conformance;
mod contract;
mod host;

pub use self::conformance::check_store;
pub(crate) use self::contract::thrown_type;
pub use self::contract::{Batch, Entry, Head, LedgerStore, Loaded, Page, Read, ReadBy, Row, RowName, StoreError};
pub(crate) use self::host::HostStore;
