//! daicho 台帳 for Kotlin, Swift and Python: the customer ledger of a beauty salon.
//!
//! The values are the core's own; here are the objects that carry them: the ledger, its context, and stores of the host's own.

mod context;
mod ledger;
mod operations;
mod sheets;
mod store;

pub use context::CommandContext;
pub use ledger::{Ledger, form_of};
pub use operations::*;
pub use sheets::{FileFormat, ImportListener, ProgressError, error_workbook, import_template, import_template_csv};
pub use store::{Batch, Entry, Head, LedgerStore, Loaded, Page, Read, ReadBy, Row, RowName, StoreError, check_store};

uniffi::setup_scaffolding!();
