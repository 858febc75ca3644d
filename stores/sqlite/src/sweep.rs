//! What an erasure leaves behind (W4) is swept out of the file: `secure_delete` clears freed cells and pages, but rows that were moved from page to page
//! before, and the WAL, still hold what they held. So the file is written anew, and the WAL emptied.

use daicho::error::StoreError;
use rusqlite::Connection;

use crate::fault::fault;

const OWE: &str = "INSERT OR IGNORE INTO owed_sweep (since) VALUES (1)";

/// Notes in an erasure's own transaction that a sweep is owed: whoever opens the file after a crash knows.
pub(crate) fn owe(connection: &Connection) -> Result<(), StoreError> {
    connection.prepare_cached(OWE).and_then(|mut statement| statement.execute(())).map(drop).map_err(fault)
}

/// Whether a sweep is owed.
pub(crate) fn is_owed(connection: &Connection) -> Result<bool, StoreError> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM owed_sweep)", (), |row| row.get(0)).map_err(fault)
}

/// Sweeps. The connection is in no transaction. Others may go on reading; while one of them still reads what was before, or somebody else writes, this is
/// [`StoreError::Unavailable`] and stays owed.
pub(crate) fn sweep(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("VACUUM").map_err(fault)?;
    truncate(connection)?;
    connection.execute_batch("DELETE FROM owed_sweep").map_err(fault)?;
    truncate(connection)
}

/// Brings all of the WAL into the file and empties it.
pub(crate) fn truncate(connection: &Connection) -> Result<(), StoreError> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0)).map_err(fault)?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Unavailable { detail: "others still read what was before".to_owned() }) }
}
