//! The counter: a ledger on a SQLite file, with the clock and the chance that the library itself never reads.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use daicho::ledger::{CheckLedger, CheckReport};
use daicho::{Actor, Channel, Command, Context, CustomerPage, Entropy, Error, IndexQuery, Instant, Ledger, Query, Role, SearchCustomers};
use daicho_sqlite::SqliteStore;

use crate::Failure;

/// The ledger and who stands before it.
pub(crate) struct Desk {
    pub(crate) ledger: Ledger<SqliteStore>,
    actor: Actor,
    now: Instant,
}

impl Desk {
    /// Opens the ledger in a file, or begins one.
    pub(crate) fn open(database: &Path) -> Result<Self, Failure> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        Ok(Self {
            ledger: Ledger::open(SqliteStore::open(database)?, "demo-salon".parse()?),
            actor: Actor::new("manager-1".parse()?, Role::Manager),
            now: Instant(i64::try_from(now.as_millis())?),
        })
    }

    pub(crate) const fn now(&self) -> Instant {
        self.now
    }

    /// A command's context; the key says which act this is, so that doing it again does nothing again.
    pub(crate) fn context(&self, key: &str) -> Result<Context, Failure> {
        let mut entropy = [0; 16];
        getrandom::fill(&mut entropy).map_err(|error| error.to_string())?;
        Ok(Context { actor: self.actor.clone(), channel: Channel::Counter, now: self.now, key: key.parse()?, entropy: Entropy(entropy) })
    }

    /// Runs a command.
    pub(crate) fn execute<C>(&self, key: &str, command: &C) -> Result<Result<C::Output, Error>, Failure>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        Ok(self.ledger.execute(command, &self.context(key)?).map(|done| done.output))
    }

    /// Runs a command of another hour.
    pub(crate) fn execute_at<C>(&self, key: &str, command: &C, now: Instant) -> Result<C::Output, Failure>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        Ok(self.ledger.execute(command, &Context { now, ..self.context(key)? })?.output)
    }

    /// Asks a query.
    pub(crate) fn ask<Q>(&self, query: &Q) -> Result<Q::Output, Error>
    where
        Q: Query + Sync,
        Q::Output: Send,
    {
        self.ledger.query(query, &self.actor, self.now)
    }

    /// Asks the index.
    pub(crate) fn search(&self, query: &SearchCustomers) -> Result<CustomerPage, Error> {
        self.find(query)
    }

    /// Asks the index anything.
    pub(crate) fn find<Q>(&self, query: &Q) -> Result<Q::Output, Error>
    where
        Q: IndexQuery + Sync,
        Q::Output: Send,
    {
        self.ledger.search(query, &self.actor, self.now)
    }

    /// Checks every invariant.
    pub(crate) fn check(&self) -> Result<CheckReport, Error> {
        self.ledger.audit(&CheckLedger {}, &self.actor)
    }
}
