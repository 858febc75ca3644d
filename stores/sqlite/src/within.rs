use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::{Kind, Store};
use rusqlite::Connection;

use crate::fault::fault;
use crate::store::SqliteStore;
use crate::{read, schema, write};

/// A store inside a transaction of the host's: what it commits becomes durable with the host's own rows, or is undone with them.
#[derive(Debug)]
pub struct InTransaction<'t> {
    connection: &'t Connection,
}

impl SqliteStore {
    /// The store inside a transaction that the host has begun on a connection of its own to the same file; the host's tables lie beside daicho's.
    ///
    /// ```
    /// use daicho::{Actor, Channel, ConfigureSalon, Context, Entropy, Instant, Ledger, Role, Settings};
    /// use daicho_sqlite::SqliteStore;
    /// use daicho_sqlite::rusqlite::{Connection, TransactionBehavior};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let path = std::env::temp_dir().join(format!("daicho-doc-{}.db", std::process::id()));
    /// SqliteStore::open(&path)?;
    /// let mut connection = Connection::open(&path)?;
    /// connection.execute_batch("CREATE TABLE outbox (mail TEXT)")?;
    /// let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    /// let ledger = Ledger::open(SqliteStore::within(&transaction)?, "salon-1".parse()?);
    /// let context = Context {
    ///     actor: Actor::new("manager-1".parse()?, Role::Manager),
    ///     channel: Channel::Counter,
    ///     now: Instant(1_795_222_800_000),
    ///     key: "settings-1".parse()?,
    ///     entropy: Entropy([7; 16]),
    /// };
    /// ledger.execute(&ConfigureSalon { settings: Settings { prepayment: true, ..Settings::default() } }, &context)?;
    /// transaction.execute("INSERT INTO outbox VALUES ('settings changed')", ())?;
    /// transaction.commit()?; // both, or neither
    /// # drop(connection);
    /// # for end in ["", "-wal", "-shm"] { let _ = std::fs::remove_file(format!("{}{end}", path.display())); }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Begin the transaction with `BEGIN IMMEDIATE`: one that has only read may find that it cannot write, which is [`StoreError::Unavailable`] and
    /// needs the whole transaction again. Durability is as that connection has it. Index searches see what is not committed yet, so open a
    /// [`Ledger`](daicho::Ledger) of its own for it and drop it with the transaction. `user_version` and `application_id` of the file are daicho's.
    pub fn within(transaction: &Connection) -> Result<InTransaction<'_>, StoreError> {
        if transaction.is_autocommit() {
            return Err(StoreError::Failed { detail: "the connection is in no transaction".to_owned() });
        }
        schema::is_current(transaction)?;
        Ok(InTransaction { connection: transaction })
    }
}

impl Store for InTransaction<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        read::load(self.connection, salon, reads)
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        read::scan(self.connection, salon, kind, after, limit)
    }

    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        read::changes(self.connection, salon, since, limit)
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        // A savepoint: what fails here leaves the host's rows alone, and nothing of ours half done.
        let run = |sql: &str| self.connection.execute_batch(sql).map_err(fault);
        run("SAVEPOINT daicho_commit")?;
        let done = write::commit(self.connection, salon, batch);
        if done.is_err() {
            run("ROLLBACK TO daicho_commit")?;
        }
        run("RELEASE daicho_commit")?;
        done
    }
}
