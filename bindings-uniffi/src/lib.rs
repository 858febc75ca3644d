//! daicho 台帳 for Kotlin, Swift and Python: the customer ledger of a beauty salon.

mod error;
mod ledger;
mod memory;
mod operations;
mod store;
mod values;

pub use error::DaichoError;
pub use ledger::Ledger;
pub use store::{Entry, Head, LedgerStore, Loaded, Row, StoreError};
pub use values::{Customer, CustomerId, Date, FindCustomer, Instant, RegisterCustomer, Yen};

uniffi::setup_scaffolding!();
