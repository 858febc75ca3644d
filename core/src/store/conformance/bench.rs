use std::sync::{Arc, Mutex, PoisonError};

use super::samples;
use crate::error::StoreError;
use crate::id::SalonId;
use crate::log::{Entry, Read};
use crate::record::{Kind, Record};
use crate::store::{Answer, Ask, Batch, Head, Loaded, Page, Port, Reply};

/// What a check finds: nothing to say, or what the store did instead.
pub(super) type Outcome = Result<(), String>;

/// Ends a check that does not find what it should.
macro_rules! ensure {
    ($holds:expr, $($detail:tt)+) => {
        if !$holds {
            return Err(format!($($detail)+));
        }
    };
}

/// Where a check works: the way to the store, and salons of its own.
#[derive(Clone)]
pub(super) struct Bench {
    port: Port,
    at: Arc<Mutex<SalonId>>,
    prefix: Arc<str>,
    check: &'static str,
}

impl Bench {
    pub(super) fn new(port: Port, at: Arc<Mutex<SalonId>>, prefix: String) -> Self {
        Self { port, at, prefix: prefix.into(), check: "" }
    }

    pub(super) fn of(&self, check: &'static str) -> Self {
        Self { check, ..self.clone() }
    }

    /// A salon of this check's own.
    pub(super) fn salon(&self, name: &str) -> Result<Salon, String> {
        let id = format!("{}-{}-{name}", self.prefix, self.check)
            .parse()
            .map_err(|error| format!("the prefix does not fit into a salon's id: {error}"))?;
        Ok(Salon { port: self.port.clone(), at: Arc::clone(&self.at), id })
    }
}

/// One salon of a check.
#[derive(Clone)]
pub(super) struct Salon {
    port: Port,
    at: Arc<Mutex<SalonId>>,
    pub(super) id: SalonId,
}

impl Salon {
    /// One question in this salon.
    pub(super) async fn ask(&self, ask: Ask) -> Answer {
        self.at.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&self.id);
        self.port.ask(ask).await
    }

    pub(super) async fn load(&self, reads: Vec<Read>) -> Result<Loaded, String> {
        let asked = reads.len();
        match self.ask(Ask::Load { reads: reads.into() }).await {
            Ok(Reply::Loaded(loaded)) if loaded.records.len() == asked => Ok(loaded),
            Ok(Reply::Loaded(loaded)) => Err(format!("load of {asked} reads answered {} lists", loaded.records.len())),
            other => Err(unexpected("load", other)),
        }
    }

    /// What one read finds.
    pub(super) async fn find(&self, read: Read) -> Result<Vec<Record>, String> {
        Ok(self.load(vec![read]).await?.records.pop().unwrap_or_default())
    }

    pub(super) async fn scan(&self, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, String> {
        match self.ask(Ask::Scan { kind, after: after.map(ToOwned::to_owned), limit }).await {
            Ok(Reply::Page(page)) => Ok(page),
            other => Err(unexpected("scan", other)),
        }
    }

    /// Every record of a kind, page by page.
    pub(super) async fn all(&self, kind: Kind, limit: u32) -> Result<Vec<Record>, String> {
        let mut records: Vec<Record> = Vec::new();
        let mut after: Option<String> = None;
        // A store whose pages do not advance must not keep the suite for ever.
        for _ in 0..10_000 {
            let page = self.scan(kind, after.as_deref(), limit).await?;
            let full = u32::try_from(page.records.len()).is_ok_and(|count| count >= limit);
            ensure!(
                u32::try_from(page.records.len()).is_ok_and(|count| count <= limit),
                "a page of at most {limit} held {}",
                page.records.len()
            );
            after = page.records.last().map(|record| record.id());
            records.extend(page.records);
            if !full {
                return Ok(records);
            }
        }
        Err("the pages of a scan do not come to an end".to_owned())
    }

    pub(super) async fn changes(&self, since: u32, limit: u32) -> Result<Vec<Entry>, String> {
        match self.ask(Ask::Changes { since, limit }).await {
            Ok(Reply::Changes(entries)) => Ok(entries),
            other => Err(unexpected("changes", other)),
        }
    }

    pub(super) async fn head(&self) -> Result<Head, String> {
        Ok(self.load(Vec::new()).await?.head)
    }

    pub(super) async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self.ask(Ask::Commit { batch }).await? {
            Reply::Committed => Ok(()),
            _ => Err(StoreError::Failed { detail: "the reply is not one to commit".to_owned() }),
        }
    }

    /// The index that the store keeps of this salon.
    pub(super) async fn index(&self) -> Result<Option<Vec<u8>>, String> {
        match self.ask(Ask::Index).await {
            Ok(Reply::Index(block)) => Ok(block),
            other => Err(unexpected("index", other)),
        }
    }

    pub(super) async fn keep_index(&self, block: &[u8]) -> Outcome {
        match self.ask(Ask::KeepIndex { block: block.to_vec() }).await {
            Ok(Reply::Kept) => Ok(()),
            other => Err(unexpected("keep_index", other)),
        }
    }

    /// Appends one entry with these records, where the log stands.
    pub(super) async fn put(&self, puts: Vec<Record>) -> Outcome {
        self.append(puts, Vec::new()).await
    }

    /// Appends one entry with these puts and removes, where the log stands.
    pub(super) async fn append(&self, puts: Vec<Record>, removes: Vec<(Kind, String)>) -> Outcome {
        let head = self.head().await?;
        let batch = samples::batch(&head, puts, removes)?;
        self.commit(batch).await.map_err(|error| format!("a commit at sequence {} failed: {error}", head.sequence))
    }

    /// Everything the store says of this salon.
    pub(super) async fn dump(&self) -> Result<Dump, String> {
        let mut records = Vec::new();
        for kind in Kind::ALL {
            records.extend(self.all(*kind, 500).await?);
        }
        Ok(Dump { head: self.head().await?, entries: self.changes(0, 10_000).await?, records })
    }
}

/// Everything a store says of one salon.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Dump {
    pub(super) head: Head,
    pub(super) entries: Vec<Entry>,
    pub(super) records: Vec<Record>,
}

impl Dump {
    /// Says where two differ, if they do.
    pub(super) fn same(&self, other: &Self, when: &str) -> Outcome {
        ensure!(
            self.head.sequence == other.head.sequence,
            "{when}: the log stands at {} instead of {}",
            self.head.sequence,
            other.head.sequence
        );
        ensure!(self.head == other.head, "{when}: the head's hash is another");
        ensure!(self.entries == other.entries, "{when}: the log's entries are not the same");
        ensure!(
            ids(&self.records) == ids(&other.records),
            "{when}: there are other records, {} instead of {}",
            self.records.len(),
            other.records.len()
        );
        let differing = self.records.iter().zip(&other.records).find(|(one, two)| one != two).map(|(one, _)| one.id());
        ensure!(differing.is_none(), "{when}: the record {} is another", differing.unwrap_or_default());
        Ok(())
    }
}

/// The ids of some records, to be compared and shown.
pub(super) fn ids(records: &[Record]) -> Vec<String> {
    records.iter().map(|record| record.id()).collect()
}

fn unexpected(call: &str, answer: Answer) -> String {
    match answer {
        Err(error) => format!("{call} failed: {error}"),
        Ok(_) => format!("the reply is not one to {call}"),
    }
}
