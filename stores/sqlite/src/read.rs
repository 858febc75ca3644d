use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::store::{Head, Loaded, Page, Row};
use daicho::{Kind, Record};
use rusqlite::{Connection, OptionalExtension as _, Params, params};

use crate::fault::{corrupt, fault};

// The last entry.
pub(crate) const HEAD: &str = "SELECT entry.place & 4294967295, entry.hash FROM salon JOIN entry ON entry.place BETWEEN salon.number << 32 AND salon.number << 32 | 4294967295
     WHERE salon.id = ?1 ORDER BY entry.place DESC LIMIT 1";
pub(crate) const BY_ID: &str = "SELECT id, body FROM record WHERE salon = ?1 AND kind = ?2 AND id = ?3";
pub(crate) const BY_PARENT: &str = "SELECT id, body FROM record WHERE salon = ?1 AND kind = ?2 AND parent = ?3 ORDER BY id";
// The ids first: asked for the rows at once, the planner walks the whole kind, because that comes in the order asked for. The index is named lest it
// think of something else.
pub(crate) const BY_KEY: &str = "SELECT id, body FROM record WHERE salon = ?1 AND kind = ?2 AND id IN (
         SELECT id FROM record INDEXED BY record_first_key WHERE salon = ?1 AND kind = ?2 AND key = ?3
         UNION ALL SELECT id FROM record_key WHERE salon = ?1 AND kind = ?2 AND key = ?3
     ) ORDER BY id";
pub(crate) const SCAN: &str = "SELECT id, body FROM record WHERE salon = ?1 AND kind = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
pub(crate) const CHANGES: &str = "SELECT entry.place & 4294967295, entry.body, entry.hash FROM salon JOIN entry
     ON entry.place BETWEEN (salon.number << 32 | ?2) + 1 AND salon.number << 32 | 4294967295 WHERE salon.id = ?1 ORDER BY entry.place LIMIT ?3";

/// Where a salon's log stands.
pub(crate) fn head(connection: &Connection, salon: &SalonId) -> Result<Head, StoreError> {
    let mut statement = connection.prepare_cached(HEAD).map_err(fault)?;
    let row = statement.query_row(params![salon.as_str()], |row| Ok((row.get(0), row.get(1)))).optional().map_err(fault)?;
    match row {
        None => Ok(Head::default()),
        Some((Ok(sequence), Ok(hash))) => Ok(Head { sequence, hash }),
        Some(_) => Err(corrupt("head", "not a sequence and a hash")),
    }
}

/// What answers the reads; the caller holds a transaction, so that all of it is as of one head.
pub(crate) fn load(connection: &Connection, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
    let head = head(connection, salon)?;
    let one = |read: &Read| {
        let (sql, by) = match read {
            Read::Id { id, .. } => (BY_ID, id),
            Read::Parent { parent, .. } => (BY_PARENT, parent),
            Read::Key { key, .. } => (BY_KEY, key),
        };
        records(connection, sql, params![salon.as_str(), read.kind().name(), by], read.kind())
    };
    Ok(Loaded { head, records: reads.iter().map(one).collect::<Result<_, _>>()? })
}

/// A page of a kind; the caller holds a transaction.
pub(crate) fn scan(connection: &Connection, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
    let head = head(connection, salon)?;
    // No id is empty, so the empty text lies before all of them.
    let records = records(connection, SCAN, params![salon.as_str(), kind.name(), after.unwrap_or_default(), limit], kind)?;
    Ok(Page { head, records })
}

/// Entries of the log, in order; a gap is damage.
pub(crate) fn changes(connection: &Connection, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let mut statement = connection.prepare_cached(CHANGES).map_err(fault)?;
    let mut rows = statement.query(params![salon.as_str(), since, limit]).map_err(fault)?;
    let mut entries = Vec::new();
    let mut last = since;
    while let Some(row) = rows.next().map_err(fault)? {
        let damaged = || corrupt(format!("log/{}", last.saturating_add(1)), "not the next entry");
        let (sequence, body, hash) = (row.get(0), row.get(1), row.get(2));
        let (Ok(sequence), Ok(body), Ok(hash)) = (sequence, body, hash) else { return Err(damaged()) };
        if last.checked_add(1) != Some(sequence) {
            return Err(damaged());
        }
        last = sequence;
        entries.push(Entry { sequence, body, hash });
    }
    Ok(entries)
}

/// The salon's search index, as it was given.
pub(crate) fn index(connection: &Connection, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT block FROM kept_index WHERE salon = ?").map_err(fault)?;
    let mut rows = statement.query(params![salon.as_str()]).map_err(fault)?;
    rows.next().map_err(fault)?.map(|row| row.get(0)).transpose().map_err(fault)
}

fn records(connection: &Connection, sql: &str, params: impl Params, kind: Kind) -> Result<Vec<Record>, StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let mut rows = statement.query(params).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let text = |column: usize| row.get_ref(column).ok().and_then(|value| value.as_str().ok());
        let id = text(0).ok_or_else(|| corrupt(kind.name(), "an id that is no text"))?;
        let body = text(1).ok_or_else(|| corrupt(format!("{}/{id}", kind.name()), "a body that is no text"))?;
        found.push(Row::decode(kind, id, body)?);
    }
    Ok(found)
}
