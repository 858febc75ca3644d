use std::path::PathBuf;
use std::time::{Duration, Instant};

use daicho::error::StoreError;
#[cfg(feature = "sqlcipher")]
use rusqlite::OptionalExtension as _;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::fault::fault;
use crate::schema::{self, Migration};

/// How long to wait before a lock is asked for again, where SQLite does not wait by itself.
const PAUSE: Duration = Duration::from_millis(2);

/// Which file, and how.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// How long to wait for others.
    pub(crate) busy: Duration,
    #[cfg(feature = "sqlcipher")]
    pub(crate) key: Option<crate::key::FileKey>,
}

/// Opens a file to write, creates or migrates what lies in it, and leaves it in WAL mode.
pub(crate) fn open(file: &File, migrations: &[Migration]) -> Result<Connection, StoreError> {
    let busy = file.busy;
    let mut connection = Connection::open_with_flags(&file.path, flags() | OpenFlags::SQLITE_OPEN_CREATE).map_err(fault)?;
    connection.busy_timeout(busy).map_err(fault)?;
    again_while_busy(busy, || unlock(&connection, file))?;
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
pub(crate) fn open_reader(file: &File) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(&file.path, flags()).map_err(fault)?;
    connection.busy_timeout(file.busy).map_err(fault)?;
    unlock(&connection, file)?;
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

#[cfg(not(feature = "sqlcipher"))]
#[expect(clippy::unnecessary_wraps, reason = "with SQLCipher there is something to do")]
const fn unlock(_: &Connection, _: &File) -> Result<(), StoreError> {
    Ok(())
}

// The key comes before anything is read; whether it was the right one shows when something is.
#[cfg(feature = "sqlcipher")]
fn unlock(connection: &Connection, file: &File) -> Result<(), StoreError> {
    let Some(key) = &file.key else { return Ok(()) };
    // It would write to the standard error what went wrong; that is returned.
    let _: Option<String> = connection.query_row("PRAGMA cipher_log_level = NONE", (), |row| row.get(0)).optional().map_err(fault)?;
    connection.execute_batch(&key.pragma()).map_err(fault)?;
    // What SQLite puts aside while it works is as personal as the file.
    connection.execute_batch("PRAGMA temp_store = MEMORY").map_err(fault)?;
    let read = connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0)).map_err(fault);
    match read {
        Err(StoreError::Foreign) if lies_open(&file.path) => Err(StoreError::NotEncrypted),
        Err(StoreError::Foreign) => Err(StoreError::WrongKey),
        read => read.map(drop),
    }
}

#[cfg(feature = "sqlcipher")]
fn lies_open(path: &std::path::Path) -> bool {
    use std::io::Read as _;
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let mut beginning = [0; 16];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut beginning)).is_ok() && beginning == *MAGIC
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
