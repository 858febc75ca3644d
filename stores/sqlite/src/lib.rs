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
//! wait for the writer. After an erasure (W4) the file is written anew and its WAL emptied, so that nothing of it is left in free pages: see
//! [`SqliteStore::sweep`]. Copies and backups of the file, and what a disk keeps of overwritten blocks, are out of its reach. The views `customers`, `reservations`, `tickets`, `sales` and `log` are for
//! people with an SQL shell; the tables under them are the library's.
//!
//! With the feature `sqlcipher` the file can be encrypted: `SqliteStore::open_encrypted(path, FileKey::new(bytes), Options::default())`. SQLCipher then stands in
//! SQLite's place and needs the machine's OpenSSL; with `sqlcipher-vendored-openssl` it brings its own, built from source in some minutes. The key is the host's:
//! lost with it is the file.

mod connection;
mod fault;
#[cfg(feature = "sqlcipher")]
mod key;
mod read;
mod schema;
mod store;
mod sweep;
mod transaction;
mod within;
mod write;

#[cfg(feature = "sqlcipher")]
pub use self::key::FileKey;
pub use self::store::{Options, SqliteStore};
pub use self::within::InTransaction;
/// The very SQLite that this crate speaks to, for hosts that commit in a transaction of their own.
pub use rusqlite;
