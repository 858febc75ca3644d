//! daicho's ledger in one SQLite file: for desktops, phones and small servers.
//!
//! ```no_run
//! use daicho::Ledger;
//! use daicho_sqlite::SqliteStore;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = SqliteStore::open("salon.daicho")?;
//! let ledger = Ledger::open(store, "salon-1".parse()?);
//! # Ok(())
//! # }
//! ```
//!
//! A file may be open in several threads and processes at once. A commit that has returned is on the disk (WAL, `synchronous=FULL`). Readers never
//! wait for the writer. The views `customers`, `reservations`, `tickets`, `sales` and `log` are for
//! people with an SQL shell; the tables under them are the library's.

mod connection;
mod fault;
mod read;
mod schema;
mod store;
mod transaction;
mod within;
mod write;

pub use self::store::{Options, SqliteStore};
pub use self::within::InTransaction;
/// The very SQLite that this crate speaks to, for hosts that commit in a transaction of their own.
pub use rusqlite;
