//! The door: commands and queries, the driver under them, and the same as steps and as JSON.

mod check;
mod driver;
mod json;
mod ledger;
mod operations;
mod session;

pub use self::check::{Breach, Check, CheckReport};
pub use self::driver::{Changed, Executed};
pub use self::json::fault as json_fault;
pub use self::ledger::Ledger;
pub use self::operations::OPERATIONS;
pub use self::session::Session;
