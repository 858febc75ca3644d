//! The library's work as steps: every place where the store is needed is a question that the host answers, in its own way of doing I/O.
//!
//! Inside, the work is written once as an ordinary `async` function over a [`Port`]; outside, [`Steps`] hands out one [`Ask`] after the other.
//! A blocking store drives it with [`run`], an IndexedDB store from TypeScript, a server from its own runtime.

use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Batch, Loaded, Page, Store};
use crate::error::{LedgerError, StoreError};
use crate::id::SalonId;
use crate::log::{Entry, Read};
use crate::record::Kind;

/// A question to the store: one call of [`Store`].
#[derive(Clone)]
pub enum Ask {
    /// [`Store::load`]
    Load {
        /// What to read.
        reads: Arc<[Read]>,
    },
    /// [`Store::scan`]
    Scan {
        /// Which kind.
        kind: Kind,
        /// After which id.
        after: Option<String>,
        /// How many at most.
        limit: u32,
    },
    /// [`Store::changes`]
    Changes {
        /// After which sequence.
        since: u32,
        /// How many at most.
        limit: u32,
    },
    /// [`Store::commit`]
    Commit {
        /// What to append.
        batch: Batch,
    },
    /// [`Store::index`]; asked only where the session [keeps its index](crate::Session::keeping_its_index).
    Index,
    /// [`Store::keep_index`]
    KeepIndex {
        /// What to keep.
        block: Vec<u8>,
    },
}

// The index holds every name (A4).
impl core::fmt::Debug for Ask {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Load { reads } => f.debug_struct("Load").field("reads", reads).finish(),
            Self::Scan { kind, after, limit } => {
                f.debug_struct("Scan").field("kind", kind).field("after", after).field("limit", limit).finish()
            }
            Self::Changes { since, limit } => f.debug_struct("Changes").field("since", since).field("limit", limit).finish(),
            Self::Commit { batch } => f.debug_struct("Commit").field("batch", batch).finish(),
            Self::Index => f.write_str("Index"),
            Self::KeepIndex { block } => write!(f, "KeepIndex({} bytes)", block.len()),
        }
    }
}

/// What the store says to an [`Ask`].
#[derive(Clone)]
pub enum Reply {
    /// To [`Ask::Load`].
    Loaded(Loaded),
    /// To [`Ask::Scan`].
    Page(Page),
    /// To [`Ask::Changes`].
    Changes(Vec<Entry>),
    /// To [`Ask::Commit`].
    Committed,
    /// To [`Ask::Index`].
    Index(Option<Vec<u8>>),
    /// To [`Ask::KeepIndex`].
    Kept,
}

// The index holds every name (A4).
impl core::fmt::Debug for Reply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Loaded(loaded) => f.debug_tuple("Loaded").field(loaded).finish(),
            Self::Page(page) => f.debug_tuple("Page").field(page).finish(),
            Self::Changes(entries) => write!(f, "Changes({} entries)", entries.len()),
            Self::Committed => f.write_str("Committed"),
            Self::Index(block) => write!(f, "Index({} bytes)", block.as_ref().map_or(0, Vec::len)),
            Self::Kept => f.write_str("Kept"),
        }
    }
}

/// A reply, or the store's error.
pub type Answer = Result<Reply, StoreError>;

/// What comes next.
#[derive(Debug)]
pub enum Step<T> {
    /// Ask the store, and come back with its answer.
    Ask(Ask),
    /// Finished.
    Done(T),
}

#[derive(Debug, Default)]
struct Slot {
    ask: Option<Ask>,
    answer: Option<Answer>,
}

/// The inside's end: the store, as an `async` function sees it.
#[derive(Clone, Debug)]
pub struct Port {
    slot: Arc<Mutex<Slot>>,
}

impl Port {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a question and waits for its answer.
    pub fn ask(&self, ask: Ask) -> impl Future<Output = Answer> + Send + use<> {
        let slot = Arc::clone(&self.slot);
        let mut pending = Some(ask);
        core::future::poll_fn(move |_| {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(ask) = pending.take() {
                slot.ask = Some(ask);
                return Poll::Pending;
            }
            slot.answer.take().map_or(Poll::Pending, Poll::Ready)
        })
    }

    /// [`Store::load`]
    pub async fn load(&self, reads: impl Into<Arc<[Read]>>) -> Result<Loaded, StoreError> {
        let reads = reads.into();
        let asked = reads.len();
        match self.ask(Ask::Load { reads }).await? {
            Reply::Loaded(loaded) if loaded.records.len() == asked => Ok(loaded),
            _ => Err(wrong_reply("load")),
        }
    }

    /// [`Store::scan`]
    pub async fn scan(&self, kind: Kind, after: Option<String>, limit: u32) -> Result<Page, StoreError> {
        match self.ask(Ask::Scan { kind, after, limit }).await? {
            Reply::Page(page) => Ok(page),
            _ => Err(wrong_reply("scan")),
        }
    }

    /// [`Store::changes`]
    pub async fn changes(&self, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        match self.ask(Ask::Changes { since, limit }).await? {
            Reply::Changes(entries) => Ok(entries),
            _ => Err(wrong_reply("changes")),
        }
    }

    /// [`Store::commit`]
    pub async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self.ask(Ask::Commit { batch }).await? {
            Reply::Committed => Ok(()),
            _ => Err(wrong_reply("commit")),
        }
    }
}

impl Port {
    /// [`Store::index`]
    pub async fn index(&self) -> Result<Option<Vec<u8>>, StoreError> {
        match self.ask(Ask::Index).await? {
            Reply::Index(block) => Ok(block),
            _ => Err(wrong_reply("index")),
        }
    }

    /// [`Store::keep_index`]
    pub async fn keep_index(&self, block: Vec<u8>) -> Result<(), StoreError> {
        match self.ask(Ask::KeepIndex { block }).await? {
            Reply::Kept => Ok(()),
            _ => Err(wrong_reply("keep_index")),
        }
    }
}

fn wrong_reply(call: &'static str) -> StoreError {
    StoreError::Failed { detail: format!("the reply is not one to {call}") }
}

/// Work in progress, seen from outside.
pub struct Steps<'a, T> {
    port: Port,
    work: Option<Pin<Box<dyn Future<Output = T> + Send + 'a>>>,
    waiting: bool,
}

impl<T> core::fmt::Debug for Steps<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Steps").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl<'a, T> Steps<'a, T> {
    /// Work over a port, not begun yet.
    pub fn new<F: Future<Output = T> + Send + 'a>(work: impl FnOnce(Port) -> F) -> Self {
        let port = Port { slot: Arc::default() };
        let work = Box::pin(work(port.clone()));
        Self { port, work: Some(work), waiting: false }
    }

    /// Goes on: with nothing at first, then with the answer to what was asked.
    pub fn next(&mut self, answer: Option<Answer>) -> Result<Step<T>, LedgerError> {
        if self.waiting != answer.is_some() {
            return Err(LedgerError::OutOfTurn);
        }
        let work = self.work.as_mut().ok_or(LedgerError::OutOfTurn)?;
        self.port.slot().answer = answer;
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => {
                self.work = None;
                self.waiting = false;
                Ok(Step::Done(done))
            }
            Poll::Pending => {
                let ask = self.port.slot().ask.take().ok_or(LedgerError::OutOfTurn)?;
                self.waiting = true;
                Ok(Step::Ask(ask))
            }
        }
    }
}

/// One question, answered by a blocking store.
pub fn answer<S: Store + ?Sized>(store: &S, salon: &SalonId, ask: &Ask) -> Answer {
    match ask {
        Ask::Load { reads } => store.load(salon, reads).map(Reply::Loaded),
        Ask::Scan { kind, after, limit } => store.scan(salon, *kind, after.as_deref(), *limit).map(Reply::Page),
        Ask::Changes { since, limit } => store.changes(salon, *since, *limit).map(Reply::Changes),
        Ask::Commit { batch } => store.commit(salon, batch).map(|()| Reply::Committed),
        Ask::Index => store.index(salon).map(Reply::Index),
        Ask::KeepIndex { block } => store.keep_index(salon, block).map(|()| Reply::Kept),
    }
}

/// All steps, over a blocking store.
pub fn run<T, S: Store + ?Sized>(store: &S, salon: &SalonId, mut steps: Steps<'_, T>) -> Result<T, LedgerError> {
    let mut step = steps.next(None)?;
    loop {
        match step {
            Step::Done(done) => return Ok(done),
            Step::Ask(ask) => step = steps.next(Some(answer(store, salon, &ask)))?,
        }
    }
}
