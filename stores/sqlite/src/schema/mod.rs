//! What lies in the file: who made it, which version it is, and how an older one becomes today's.

use daicho::error::StoreError;
use rusqlite::{Connection, TransactionBehavior};

use crate::fault::{corrupt, fault};

#[cfg(test)]
mod tests;

/// "dich" in the file's header: `file` and SQLite's own tools show it.
pub(crate) const APPLICATION_ID: i32 = 0x6469_6368;

/// The SQL that makes a version of the schema from the one before.
pub(crate) type Migration = &'static str;

/// Version n is what the first n migrations make. Released ones never change; a new version is a new line.
pub(crate) const MIGRATIONS: &[Migration] = &[
    concat!(include_str!("1_tables.sql"), include_str!("1_views.sql")),
    include_str!("2_views.sql"),
    include_str!("3_fewer_pages.sql"),
    include_str!("4_index.sql"),
    include_str!("5_owed.sql"),
    include_str!("6_receipts.sql"),
];

/// What a file says of itself.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// Nothing yet.
    Empty,
    /// A store of this version.
    Ours(usize),
}

/// Brings a file to the last version, each migration in a transaction of its own. Safe when several processes do it at once.
pub(crate) fn prepare(connection: &mut Connection, migrations: &[Migration]) -> Result<(), StoreError> {
    loop {
        // One read transaction: between two looks another process may create the store.
        let seen = look(&*connection.transaction().map_err(fault)?, migrations.len())?;
        if seen == Found::Ours(migrations.len()) {
            return Ok(());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        // Looked at again under the lock: another process may have been first.
        let version = match look(&transaction, migrations.len())? {
            Found::Empty => 0,
            Found::Ours(version) => version,
        };
        if let Some(migration) = migrations.get(version) {
            transaction.execute_batch(migration).map_err(fault)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
            let next = i64::try_from(version.saturating_add(1)).map_err(|_| corrupt("user_version", "no version has this number"))?;
            transaction.pragma_update(None, "user_version", next).map_err(fault)?;
            transaction.commit().map_err(fault)?;
        }
    }
}

/// Whether a connection of the host's stands on a store of today's version.
pub(crate) fn is_current(connection: &Connection) -> Result<(), StoreError> {
    match look(connection, MIGRATIONS.len())? {
        Found::Ours(version) if version == MIGRATIONS.len() => Ok(()),
        Found::Ours(_) => Err(StoreError::Failed { detail: "an older store: open it with SqliteStore once, which migrates it".to_owned() }),
        Found::Empty => Err(StoreError::Foreign),
    }
}

fn look(connection: &Connection, known: usize) -> Result<Found, StoreError> {
    let number = |sql: &str| connection.query_row(sql, (), |row| row.get::<_, i64>(0)).map_err(fault);
    let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    if application != i64::from(APPLICATION_ID) {
        let blank = application == 0 && version == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0;
        return if blank { Ok(Found::Empty) } else { Err(StoreError::Foreign) };
    }
    match usize::try_from(version) {
        Ok(known_version) if (1..=known).contains(&known_version) => Ok(Found::Ours(known_version)),
        Ok(newer) if newer > known => Err(StoreError::Version { found: version, known: i64::try_from(known).unwrap_or(i64::MAX) }),
        _ => Err(corrupt("user_version", "no version has this number")),
    }
}
