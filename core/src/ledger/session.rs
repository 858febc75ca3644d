use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::audit::{self, Audit};
use super::check::{CheckLedger, CheckReport};
use super::driver::{self, AnyCommand, Executed};
use super::journal::{Journal, ReadJournal};
use super::json::{self, Answered};
use super::typed::Typed;
use crate::error::{Error, LedgerError, json_fault};
use crate::id::SalonId;
use crate::log::{Actor, BlockKey, Command, Context, Halt, Host, Query, Read, Role};
use crate::search::{Index, IndexQuery, erased_since, hash_at};
use crate::store::{NO_INDEX, Port, Steps};
use crate::time::Instant;

/// How often others may commit between finding customers and reading what is shown of them.
const MAX_TRIES: u32 = 200;

/// A query of the index with its types taken off, see [`AnyCommand`].
pub(super) trait AnySearch: Sync {
    fn name(&self) -> &'static str;
    fn roles(&self) -> &'static [Role];
    fn find(&self, index: &Index, now: Instant) -> Result<Answered, Halt>;
}

/// What came of a question to the index.
enum Sought {
    Found(Answered),
    /// Records to be shown are missing.
    Needs(Vec<Read>),
    /// The index has to be built, or brought further.
    Again,
}

/// One salon's ledger without a store: each call is work whose questions the host answers, see [`Steps`]. [`Ledger`](super::Ledger) is the same over
/// a blocking store.
#[derive(Clone, Debug)]
pub struct Session {
    host: Arc<Host>,
    pub(super) index: Arc<Mutex<Option<Index>>>,
    block: Block,
}

/// What a session does with the index as a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    None,
    Recalled,
    Kept,
}

impl Session {
    /// A session of a salon. Nothing is loaded before the first search.
    #[must_use]
    pub fn new(salon: SalonId) -> Self {
        Self { host: Arc::new(Host::of(salon)), index: Arc::default(), block: Block::None }
    }

    /// The same over a store that can [keep the index](crate::Store::keep_index): it is asked for one before the first search, and given one from time to
    /// time.
    #[must_use]
    pub const fn keeping_its_index(mut self) -> Self {
        self.block = Block::Kept;
        self
    }

    /// The same over a store that may have been given an index by others: it is asked for one before the first search, and is given none.
    #[must_use]
    pub const fn recalling_its_index(mut self) -> Self {
        self.block = Block::Recalled;
        self
    }

    /// The salon.
    #[must_use]
    pub fn salon(&self) -> &SalonId {
        self.host.salon()
    }

    /// The same with the key under which blocks outlive their records (G5), which the host keeps apart from the store. Without one nobody on the black list is
    /// erased, and where blocks are, nobody is registered: neither shall be lost in silence.
    #[must_use]
    pub fn with_block_key(mut self, key: BlockKey) -> Self {
        self.host = Arc::new(Host::clone(&self.host).with_key(key));
        self
    }

    /// A session of the same salon and host that knows nothing yet, for another store.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self { host: Arc::clone(&self.host), index: Arc::default(), block: Block::None }
    }

    /// Runs a command: loads, decides, commits; bounded.
    pub fn execute<'a, C>(&self, command: &'a C, context: &'a Context) -> Steps<'a, Result<Executed<C::Output>, Error>>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        let session = self.clone();
        Steps::new(move |port| async move {
            let typed = Typed::new(command);
            let Executed { output, sequence, changed, replayed } = session.execute_on(&port, &typed, context).await?;
            let kept = if replayed { None } else { typed.take() };
            let output = match kept {
                Some(output) => output,
                None => serde_json::from_str(&output).map_err(|error| driver::damaged_receipt(sequence, json_fault(&error)))?,
            };
            Ok(Executed { output, sequence, changed, replayed })
        })
    }

    /// Asks a query that needs only named records.
    pub fn query<'a, Q>(&self, query: &'a Q, actor: &'a Actor, now: Instant) -> Steps<'a, Result<Q::Output, Error>>
    where
        Q: Query + Sync,
        Q::Output: Send,
    {
        Steps::new(move |port| async move {
            let typed = Typed::new(query);
            driver::query(&port, &typed, actor, now).await?;
            Ok(typed.take().ok_or(LedgerError::Encoding { place: Q::NAME })?)
        })
    }

    /// Asks a query of the index, which first catches up with the log.
    pub fn search<'a, Q>(&self, query: &'a Q, actor: &'a Actor, now: Instant) -> Steps<'a, Result<Q::Output, Error>>
    where
        Q: IndexQuery + Sync,
        Q::Output: Send,
    {
        let session = self.clone();
        Steps::new(move |port| async move {
            let typed = Typed::new(query);
            session.search_on(&port, &typed, actor, now).await?;
            Ok(typed.take().ok_or(LedgerError::Encoding { place: Q::NAME })?)
        })
    }

    /// Asks something of the whole log.
    pub fn audit<'a, A>(&self, audit: &'a A, actor: &'a Actor) -> Steps<'a, Result<A::Output, Error>>
    where
        A: Audit + Sync,
        A::Output: Send,
    {
        Steps::new(move |port| async move { audit::run(&port, audit, actor).await })
    }

    /// Verifies every invariant of the ledger (A5), as whoever keeps the store; the operation `check` asks for a manager.
    pub fn check(&self) -> Steps<'static, Result<CheckReport, Error>> {
        Steps::new(|port| async move { CheckLedger {}.run(&port).await })
    }

    /// The journal after an entry (A1), personal parts included: for managers and the host itself.
    pub fn journal<'a>(&self, since: u32, limit: u32, actor: &'a Actor) -> Steps<'a, Result<Journal, Error>> {
        Steps::new(move |port| async move { audit::run(&port, &ReadJournal { since, limit }, actor).await })
    }

    /// One request as JSON text, one answer as JSON text, see [`json`](super::json): any operation, for every language.
    pub fn call(&self, request: &str) -> Steps<'static, String> {
        let (session, request) = (self.clone(), request.to_owned());
        Steps::new(move |port| async move { json::call(&session, &port, &request, false).await.text })
    }

    /// The same where bytes can cross as they are: those of an answer may stand beside its text, and are then left out of it.
    pub fn answer(&self, request: &str, beside: bool) -> Steps<'static, Answered> {
        let (session, request) = (self.clone(), request.to_owned());
        Steps::new(move |port| async move { json::call(&session, &port, &request, beside).await })
    }

    pub(super) async fn execute_on(&self, port: &Port, command: &dyn AnyCommand, context: &Context) -> Result<Executed<String>, Error> {
        let done = driver::execute(port, &self.host, command, context).await?;
        if let (Some(changes), Some(index)) = (&done.changes, self.index().as_mut()) {
            index.committed(done.executed.sequence, changes);
        }
        Ok(done.executed)
    }

    pub(super) async fn search_on(&self, port: &Port, query: &dyn AnySearch, actor: &Actor, now: Instant) -> Result<Answered, Error> {
        actor.allowed(query.roles(), query.name())?;
        now.checked("now")?;
        for _ in 0..MAX_TRIES {
            // What is missing is fetched without holding the lock, and applied only to the state it was fetched for.
            let at = self.index().as_ref().map(Index::sequence);
            let Some(at) = at else {
                Box::pin(self.begin(port)).await?;
                continue;
            };
            let news = Index::news(port, at).await?;
            let reads = match self.seek(query, now, |index| index.apply(news))? {
                Sought::Found(found) => return self.kept(port, found).await,
                Sought::Again => continue,
                Sought::Needs(reads) => reads,
            };
            let loaded = port.load(reads.clone()).await?;
            // What was found and what is shown must be of one state of the ledger.
            if let Sought::Found(found) = self.seek(query, now, |index| index.keep(loaded.head.sequence, reads, loaded.records))? {
                return self.kept(port, found).await;
            }
        }
        Err(LedgerError::TooManyConflicts { tries: MAX_TRIES }.into())
    }

    // The index as the store kept it, or made anew. In a box, like all that is seldom done: work in progress is as large as the largest thing it may wait
    // for, here an index, and is moved about with every question.
    async fn begin(&self, port: &Port) -> Result<(), Error> {
        let recalled = if self.block != Block::None { Index::recalled(port).await? } else { None };
        let built = match recalled {
            Some(index) => index,
            None => Index::build(port).await?,
        };
        self.index().get_or_insert(built);
        Ok(())
    }

    // Lets the store keep the index after an answer, now and then.
    async fn kept(&self, port: &Port, found: Answered) -> Result<Answered, Error> {
        if self.block == Block::Kept && self.index().as_ref().is_some_and(Index::is_due) {
            Box::pin(self.keep(port)).await?;
        }
        Ok(found)
    }

    async fn keep(&self, port: &Port) -> Result<(), Error> {
        let Some(sequence) = self.index().as_ref().map(Index::sequence) else { return Ok(()) };
        let Some(hash) = hash_at(port, sequence).await? else { return Ok(()) };
        let block = self.index().as_mut().filter(|index| index.sequence() == sequence && index.is_due()).and_then(|index| {
            index.set_kept();
            index.block(&hash).ok()
        });
        if let Some(block) = block {
            // The answer is right whether or not the next start is quick.
            port.keep_index(block).await.unwrap_or_default();
            // Somebody may have been erased while it was written.
            if erased_since(port, sequence).await? {
                port.keep_index(NO_INDEX.to_vec()).await.unwrap_or_default();
            }
        }
        Ok(())
    }

    // Asks the index once it is brought to where it should be.
    fn seek(&self, query: &dyn AnySearch, now: Instant, bring: impl FnOnce(&mut Index) -> bool) -> Result<Sought, Error> {
        let mut shared = self.index();
        let Some(index) = shared.as_mut().filter(|index| !index.is_stale()) else {
            *shared = None;
            return Ok(Sought::Again);
        };
        if !bring(index) || index.is_stale() {
            return Ok(Sought::Again);
        }
        match query.find(index, now) {
            Ok(found) => Ok(Sought::Found(found)),
            Err(Halt::Need(reads)) => Ok(Sought::Needs(reads)),
            Err(Halt::Reject(error)) => Err(error),
        }
    }

    fn index(&self) -> MutexGuard<'_, Option<Index>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::FindCustomers;

    // With an index in it, it was eighteen times as large, and a tenth of a question's time went into moving it to the heap.
    #[test]
    fn what_a_question_waits_with_is_small() {
        let (session, actor) = (Session::new("salon-1".parse().unwrap()), Actor::new("staff-1".parse().unwrap(), Role::Manager));
        let (query, size) = (FindCustomers::default(), core::cell::Cell::new(0));
        let steps = Steps::new(|port| {
            let (session, query, actor) = (&session, &query, &actor);
            let work = async move { session.search_on(&port, &Typed::new(query), actor, Instant(1_795_222_800_000)).await };
            size.set(size_of_val(&work));
            work
        });
        drop(steps);
        assert!((1..1_024).contains(&size.get()), "{} bytes", size.get());
    }
}
