use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::{Kind, Store};
use rusqlite::Connection;

use crate::schema::MIGRATIONS;
use crate::transaction::{Begin, within};
use crate::{connection, read, sweep, write};

/// How a file is opened.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Options {
    /// How long a call waits for another process that is writing before it is [`StoreError::Unavailable`]; 10 seconds.
    pub busy_timeout: Duration,
    /// How many connections for reading stay open when nobody uses them; 4. More are opened when more threads read at once.
    pub idle_readers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(10), idle_readers: 4 }
    }
}

/// Salons' ledgers in one SQLite file. Share one among threads (`Arc`, or a reference); several processes may open the same file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Mutex<Connection>,
    // None in memory, where the one connection does everything.
    readers: Option<Readers>,
}

#[derive(Debug)]
struct Readers {
    file: connection::File,
    options: Options,
    idle: Mutex<Vec<Connection>>,
}

// A connection in a poisoned lock is whole: its transaction was rolled back when the panic passed by.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

// Readers are opened later: the process may have changed its directory by then.
fn absolute(path: impl AsRef<Path>) -> Result<std::path::PathBuf, StoreError> {
    std::path::absolute(path).map_err(|error| StoreError::Failed { detail: format!("the path: {}", error.kind()) })
}

impl SqliteStore {
    /// Opens a file, creates it where there is none, and brings an older one to today's schema. A file that is not a daicho store is left as it is:
    /// [`StoreError::Foreign`]; one from a newer daicho is [`StoreError::Version`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, Options::default())
    }

    /// [`SqliteStore::open`], with options.
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        let file = connection::File {
            path: absolute(path)?,
            busy: options.busy_timeout,
            #[cfg(feature = "sqlcipher")]
            key: None,
        };
        Self::open_file(file, options)
    }

    /// [`SqliteStore::open_with`], for a file that is encrypted with this key, or shall be where there is none yet: all of it, WAL and index
    /// included. Another key is [`StoreError::WrongKey`]; a file that lies open is [`StoreError::NotEncrypted`] and stays as it is.
    #[cfg(feature = "sqlcipher")]
    pub fn open_encrypted(path: impl AsRef<Path>, key: crate::FileKey, options: Options) -> Result<Self, StoreError> {
        Self::open_file(connection::File { path: absolute(path)?, busy: options.busy_timeout, key: Some(key) }, options)
    }

    fn open_file(file: connection::File, options: Options) -> Result<Self, StoreError> {
        let writer = connection::open(&file, MIGRATIONS)?;
        let store = Self { writer: Mutex::new(writer), readers: Some(Readers { file, options, idle: Mutex::default() }) };
        store.sweep_what_is_owed(&locked(&store.writer));
        Ok(store)
    }

    /// A store that lives as long as this value.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        Ok(Self { writer: Mutex::new(connection::open_in_memory(MIGRATIONS)?), readers: None })
    }

    /// Clears away what an erasure (W4) may have left behind in the file: writes it anew and empties its WAL. A commit that erases does this by itself; where
    /// somebody was reading just then, or the erasure was part of a [transaction of the host's](Self::within), the next such commit or the next
    /// [opening](Self::open) of the file does. Call it to be sure, or to hear why not: [`StoreError::Unavailable`] while others still read what was before.
    /// It takes as long as copying the file, and as much room on the disk.
    pub fn sweep(&self) -> Result<(), StoreError> {
        sweep::sweep(&locked(&self.writer))
    }

    // The commit stands whether or not the sweep gets through: what is owed is written down.
    fn sweep_what_is_owed(&self, writer: &Connection) {
        if self.readers.is_some() && sweep::is_owed(writer).unwrap_or(false) {
            let _ = sweep::sweep(writer);
        }
    }

    // One read transaction: everything `work` sees is as of one head.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.readers {
            None => within(&locked(&self.writer), Begin::Read, work),
            Some(readers) => readers.with(work),
        }
    }

    // What a command reads, the writer knows best: its cache is the only one that its own commits do not make old. Nobody waits for it, though.
    fn read_before_writing<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let writer = match self.writer.try_lock() {
            Ok(writer) => writer,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return self.read(work),
        };
        within(&writer, Begin::Read, work)
    }
}

impl Readers {
    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = locked(&self.idle).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::open_reader(&self.file)?,
        };
        let done = within(&connection, Begin::Read, work);
        let mut idle = locked(&self.idle);
        if connection.is_autocommit() && idle.len() < self.options.idle_readers {
            idle.push(connection);
        }
        done
    }
}

impl Store for SqliteStore {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.read_before_writing(|connection| read::load(connection, salon, reads))
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.read(|connection| read::scan(connection, salon, kind, after, limit))
    }

    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.read(|connection| read::changes(connection, salon, since, limit))
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        let writer = locked(&self.writer);
        within(&writer, Begin::Write, |connection| write::commit(connection, salon, batch))?;
        if batch.erases {
            self.sweep_what_is_owed(&writer);
        }
        Ok(())
    }

    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| read::index(connection, salon))
    }

    fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
        let writer = locked(&self.writer);
        if within(&writer, Begin::Write, |connection| write::keep_index(connection, salon, block))? {
            self.sweep_what_is_owed(&writer);
        }
        Ok(())
    }
}
