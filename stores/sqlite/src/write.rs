use daicho::Record;
use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::Entry;
use daicho::store::{Batch, Head, Row};
use rusqlite::{Connection, Params, params};

use crate::fault::fault;
use crate::read;

const APPEND: &str = "INSERT INTO log (salon, sequence, body, hash) VALUES (?1, ?2, ?3, ?4)";
const MOVE_HEAD: &str = "INSERT INTO head (salon, sequence, hash) VALUES (?1, ?2, ?3)
     ON CONFLICT (salon) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash";
const PUT_NEW: &str =
    "INSERT INTO record (salon, kind, id, parent, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (salon, kind, id) DO NOTHING";
const REPLACE: &str = "UPDATE record SET parent = ?4, body = ?5 WHERE salon = ?1 AND kind = ?2 AND id = ?3";
const REMOVE: &str = "DELETE FROM record WHERE salon = ?1 AND kind = ?2 AND id = ?3";
const PUT_KEY: &str = "INSERT OR IGNORE INTO record_key (salon, kind, key, id) VALUES (?1, ?2, ?3, ?4)";
// Keys are dropped by hand: in a transaction of the host's, foreign keys may be off.
const DROP_KEYS: &str = "DELETE FROM record_key WHERE salon = ?1 AND kind = ?2 AND id = ?3";

/// Applies a batch; the caller holds a transaction that may write, and ends it.
pub(crate) fn commit(connection: &Connection, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
    let head = read::head(connection, salon)?;
    if head.sequence != batch.expected {
        return Err(StoreError::Conflict);
    }
    let next = batch.next_head(&head)?;
    for (kind, id) in &batch.removes {
        run(connection, DROP_KEYS, params![salon.as_str(), kind.name(), id])?;
        run(connection, REMOVE, params![salon.as_str(), kind.name(), id])?;
    }
    batch.puts.iter().try_for_each(|record| put(connection, salon, record))?;
    batch.entries.iter().try_for_each(|entry| append(connection, salon, entry))?;
    if next == head { Ok(()) } else { move_head(connection, salon, &next) }
}

fn put(connection: &Connection, salon: &SalonId, record: &Record) -> Result<(), StoreError> {
    let row = Row::of(record).map_err(|error| StoreError::Failed { detail: error.to_string() })?;
    let kind = row.kind.name();
    let is_new = run(connection, PUT_NEW, params![salon.as_str(), kind, row.id, row.parent, row.body])? > 0;
    if !is_new {
        run(connection, REPLACE, params![salon.as_str(), kind, row.id, row.parent, row.body])?;
        run(connection, DROP_KEYS, params![salon.as_str(), kind, row.id])?;
    }
    row.keys.iter().try_for_each(|key| run(connection, PUT_KEY, params![salon.as_str(), kind, key, row.id]).map(|_| ()))
}

fn append(connection: &Connection, salon: &SalonId, entry: &Entry) -> Result<(), StoreError> {
    run(connection, APPEND, params![salon.as_str(), entry.sequence, entry.body, entry.hash]).map(|_| ())
}

fn move_head(connection: &Connection, salon: &SalonId, head: &Head) -> Result<(), StoreError> {
    run(connection, MOVE_HEAD, params![salon.as_str(), head.sequence, head.hash]).map(|_| ())
}

// Answers how many rows it changed.
fn run(connection: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(fault)
}
