use super::audit::Audit;
use super::check::CheckReport;
use super::driver::Executed;
use super::journal::Journal;
use super::session::Session;
use crate::error::Error;
use crate::id::SalonId;
use crate::log::{Actor, BlockKey, Command, Context, Query};
use crate::search::IndexQuery;
use crate::store::{Overlay, Store, run};
use crate::time::Instant;

/// A salon's ledger 台帳 over a blocking store.
#[derive(Debug)]
pub struct Ledger<S> {
    store: S,
    session: Session,
}

impl<S: Store> Ledger<S> {
    /// Opens a salon's ledger. Nothing is read before the first call; a salon nobody has written to is an empty ledger with the default settings.
    pub fn open(store: S, salon: SalonId) -> Self {
        Self { store, session: Session::new(salon).keeping_its_index() }
    }

    /// The same, but it does not let the store keep its index: for one that is soon thrown away.
    #[must_use]
    pub fn keeping_no_index(self) -> Self {
        Self { session: self.session.recalling_its_index(), ..self }
    }

    /// The same with the key under which blocks of the black list outlive their records (G5): see [`BlockKey`].
    #[must_use]
    pub fn with_block_key(self, key: BlockKey) -> Self {
        Self { session: self.session.with_block_key(key), ..self }
    }

    /// A ledger of the same salon and host over another store.
    pub fn over<T: Store>(&self, store: T) -> Ledger<T> {
        Ledger { store, session: self.session.anew().keeping_its_index() }
    }

    /// Runs a command and commits what it decides. On an error nothing was changed, unless the store itself could not say
    /// (see [`Error::is_retryable`]): then run the same command again under the same key.
    pub fn execute<C>(&self, command: &C, context: &Context) -> Result<Executed<C::Output>, Error>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        run(&self.store, self.session.salon(), self.session.execute(command, context))?
    }

    /// Asks a query that needs only named records.
    pub fn query<Q>(&self, query: &Q, actor: &Actor, now: Instant) -> Result<Q::Output, Error>
    where
        Q: Query + Sync,
        Q::Output: Send,
    {
        run(&self.store, self.session.salon(), self.session.query(query, actor, now))?
    }

    /// Asks a query of the index. The first builds it; later ones catch up with the log, other devices' commits included.
    pub fn search<Q>(&self, query: &Q, actor: &Actor, now: Instant) -> Result<Q::Output, Error>
    where
        Q: IndexQuery + Sync,
        Q::Output: Send,
    {
        run(&self.store, self.session.salon(), self.session.search(query, actor, now))?
    }

    /// Asks something of the whole log.
    pub fn audit<A>(&self, audit: &A, actor: &Actor) -> Result<A::Output, Error>
    where
        A: Audit + Sync,
        A::Output: Send,
    {
        run(&self.store, self.session.salon(), self.session.audit(audit, actor))?
    }

    /// Verifies every invariant of the ledger and names each breach (A5).
    pub fn check(&self) -> Result<CheckReport, Error> {
        run(&self.store, self.session.salon(), self.session.check())?
    }

    /// Up to `limit` entries of the journal after entry `since` (A1): who, when, what, before and after.
    pub fn journal(&self, since: u32, limit: u32, actor: &Actor) -> Result<Journal, Error> {
        run(&self.store, self.session.salon(), self.session.journal(since, limit, actor))?
    }

    /// One request as JSON text, one answer as JSON text: any operation, errors included. See the module documentation of the JSON door.
    pub fn call(&self, request: &str) -> Result<String, Error> {
        Ok(run(&self.store, self.session.salon(), self.session.call(request))?)
    }

    /// A ledger whose commits stay in memory: what it answers is what this one would answer (I5). Drop it and nothing has happened.
    pub fn rehearsal(&self) -> Ledger<Overlay<&S>> {
        self.over(Overlay::new(&self.store)).keeping_no_index()
    }

    /// The salon.
    pub fn salon(&self) -> &SalonId {
        self.session.salon()
    }

    /// The session, to run work as steps.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The store.
    pub const fn store(&self) -> &S {
        &self.store
    }
}
