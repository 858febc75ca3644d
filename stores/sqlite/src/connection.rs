use std::path::Path;
use std::time::{Duration, Instant};

use daicho::error::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::fault::fault;
use crate::schema::{self, Migration};

/// How long to wait before a lock is asked for again, where SQLite does not wait by itself.
const PAUSE: Duration = Duration::from_millis(2);

/// Opens a file to write, creates or migrates what lies in it, and leaves it in WAL mode.
pub(crate) fn open(path: &Path, busy: Duration, migrations: &[Migration]) -> Result<Connection, StoreError> {
    let mut connection = Connection::open_with_flags(path, flags() | OpenFlags::SQLITE_OPEN_CREATE).map_err(fault)?;
    connection.busy_timeout(busy).map_err(fault)?;
    // Nothing is written before this has looked: a file that is not ours stays as it is.
    again_while_busy(busy, || schema::prepare(&mut connection, migrations))?;
    configure(&connection)?;
    // The switch to WAL does not wait for others who are just opening the file, it fails.
    let mode =
        again_while_busy(busy, || connection.query_row("PRAGMA journal_mode = WAL", (), |row| row.get::<_, String>(0)).map_err(fault))?;
    if mode != "wal" {
        return Err(StoreError::Failed { detail: "this file system cannot hold a WAL".to_owned() });
    }
    Ok(connection)
}

/// Opens a file that [`open`] has prepared, to read.
pub(crate) fn open_reader(path: &Path, busy: Duration) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags()).map_err(fault)?;
    connection.busy_timeout(busy).map_err(fault)?;
    configure(&connection)?;
    connection.pragma_update(None, "query_only", true).map_err(fault)?;
    Ok(connection)
}

/// A store in memory: one connection, nothing shared.
pub(crate) fn open_in_memory(migrations: &[Migration]) -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory().map_err(fault)?;
    schema::prepare(&mut connection, migrations)?;
    configure(&connection)?;
    Ok(connection)
}

// Not SQLITE_OPEN_URI: a path is a path, whatever it looks like. Each connection is used by one thread at a time.
fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(32);
    // A statement's plan is made once: SQLite would make some again whenever another value is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    // FULL: WAL with NORMAL can lose the last commits on power loss, and `fullfsync` is what FULL means on Apple's systems.
    // secure_delete: what erasure (W4) removes does not stay readable in free pages.
    // trusted_schema: a file that somebody has tampered with must not run functions behind our back.
    // cache_size: 16 MB, the inner pages of a salon of ten thousand customers; SQLite's own 2 MB are read again and again.
    let pragmas = "PRAGMA cache_size = -16000; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;";
    connection.execute_batch(pragmas).map_err(fault)
}

fn again_while_busy<T>(busy: Duration, mut attempt: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let began = Instant::now();
    loop {
        match attempt() {
            Err(StoreError::Unavailable { .. }) if began.elapsed() < busy => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
}
