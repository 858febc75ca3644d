use daicho::Record;
use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::Entry;
use daicho::store::{Batch, NO_INDEX, Row};
use rusqlite::{Connection, Params, params};

use crate::fault::fault;
use crate::{read, sweep};

const NEW_SALON: &str = "INSERT OR IGNORE INTO salon (id) VALUES (?1)";
const APPEND: &str = "INSERT INTO entry (place, hash, body) SELECT number << 32 | ?2, ?3, ?4 FROM salon WHERE id = ?1";
const PUT: &str = "INSERT INTO record (salon, kind, id, parent, key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (salon, kind, id) DO UPDATE SET parent = excluded.parent, key = excluded.key, body = excluded.body";
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
    // Whether its entries are the next ones.
    batch.next_head(&head)?;
    for (kind, id) in &batch.removes {
        run(connection, DROP_KEYS, params![salon.as_str(), kind.name(), id])?;
        run(connection, REMOVE, params![salon.as_str(), kind.name(), id])?;
    }
    batch.puts.iter().try_for_each(|record| put(connection, salon, record))?;
    if batch.erases {
        run(connection, "DELETE FROM kept_index WHERE salon = ?1", params![salon.as_str()])?;
        sweep::owe(connection)?;
    }
    if head.sequence == 0 {
        run(connection, NEW_SALON, params![salon.as_str()])?;
    }
    batch.entries.iter().try_for_each(|entry| append(connection, salon, entry))
}

fn put(connection: &Connection, salon: &SalonId, record: &Record) -> Result<(), StoreError> {
    let row = Row::of(record).map_err(|error| StoreError::Failed { detail: error.to_string() })?;
    let (kind, mut keys) = (row.kind.name(), row.keys.iter());
    run(connection, PUT, params![salon.as_str(), kind, row.id, row.parent, keys.next(), row.body])?;
    if row.kind.has_several_keys() {
        run(connection, DROP_KEYS, params![salon.as_str(), kind, row.id])?;
    } else if keys.len() > 0 {
        return Err(StoreError::Failed { detail: format!("{kind}: more keys than its records have") });
    }
    keys.try_for_each(|key| run(connection, PUT_KEY, params![salon.as_str(), kind, key, row.id]).map(|_| ()))
}

fn append(connection: &Connection, salon: &SalonId, entry: &Entry) -> Result<(), StoreError> {
    run(connection, APPEND, params![salon.as_str(), entry.sequence, entry.hash, entry.body]).map(|_| ())
}

// Answers how many rows it changed.
fn run(connection: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(fault)
}

/// Keeps the salon's search index in the place of the one before.
/// Whether that owes a sweep: a block that must not be kept lay there.
pub(crate) fn keep_index(connection: &Connection, salon: &SalonId, block: &[u8]) -> Result<bool, StoreError> {
    let takes_back = block == NO_INDEX && read::index(connection, salon)?.is_some_and(|before| before != NO_INDEX);
    if takes_back {
        sweep::owe(connection)?;
    }
    let sql = "INSERT INTO kept_index (salon, block) VALUES (?, ?) ON CONFLICT (salon) DO UPDATE SET block = excluded.block";
    run(connection, sql, params![salon.as_str(), block])?;
    Ok(takes_back)
}
