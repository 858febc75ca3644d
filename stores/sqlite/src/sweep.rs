//! What an erasure leaves behind (W4) is swept out of the file: `secure_delete` clears freed cells and pages, but rows that were moved from page to page
//! before, and the WAL, still hold what they held. So the file is written anew, and the WAL emptied.

use daicho::error::StoreError;
use rusqlite::Connection;

use crate::fault::fault;
use crate::transaction::{Begin, within};

// Each erasure owes its own: a sweep that had begun before does not settle it.
const OWE: &str = "INSERT OR IGNORE INTO owed_sweep (since) VALUES (random())";
const SETTLE: &str = "DELETE FROM owed_sweep WHERE since = ?1";

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
    let owed = owed(connection)?;
    connection.execute_batch("VACUUM").map_err(fault)?;
    truncate(connection)?;
    settle(connection, &owed)?;
    truncate(connection)
}

fn owed(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT since FROM owed_sweep").map_err(fault)?;
    let rows = statement.query_map((), |row| row.get(0)).map_err(fault)?;
    rows.collect::<Result<_, _>>().map_err(fault)
}

// Others may have erased since these were read: what those owe stays.
fn settle(connection: &Connection, owed: &[i64]) -> Result<(), StoreError> {
    within(connection, Begin::Write, |connection| {
        let mut statement = connection.prepare_cached(SETTLE).map_err(fault)?;
        owed.iter().try_for_each(|since| statement.execute([since]).map(drop).map_err(fault))
    })
}

/// Brings all of the WAL into the file and empties it.
pub(crate) fn truncate(connection: &Connection) -> Result<(), StoreError> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0)).map_err(fault)?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Unavailable { detail: "others still read what was before".to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w4_an_erasure_while_somebody_sweeps_still_owes_its_own_sweep() {
        let one = crate::connection::open_in_memory(crate::schema::MIGRATIONS).unwrap();
        owe(&one).unwrap();
        let seen = owed(&one).unwrap();
        // Another process erases: after the file was written anew, and before that is written down.
        owe(&one).unwrap();
        settle(&one, &seen).unwrap();
        assert!(is_owed(&one).unwrap());
        sweep(&one).unwrap();
        assert!(!is_owed(&one).unwrap());
    }
}
