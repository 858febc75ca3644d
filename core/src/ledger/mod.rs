//! The door: commands and queries, the driver under them, and the same as steps and as JSON.

mod audit;
mod blocking;
mod check;
mod disclosure;
mod driver;
mod import_run;
mod journal;
pub mod json;
mod operations;
mod outline;
mod path;
mod session;
mod typed;
mod wrong_condition;

pub use self::audit::Audit;
pub use self::blocking::Ledger;
pub use self::check::{Breach, CheckLedger, CheckReport};
pub use self::disclosure::{DiscloseCustomer, DisclosedChange, DisclosedEntry, DisclosedMark, DisclosedMerge, Disclosure};
pub use self::driver::{Changed, Executed};
pub use self::import_run::{ImportProgress, ImportReport, ImportStopped, import_key};
pub use self::journal::{Journal, JournalChange, JournalEntry, JournalField, ReadJournal};
pub use self::json::Answered;
pub use self::operations::OPERATIONS;
pub use self::session::Session;
