//! The check (A5): the log is replayed and every record held against it, and against the rules that bind records to each other.

mod customers;
mod log;
mod merges;
mod records;
mod reservations;
mod tills;

use self::records::Ledger;
use super::audit::Audit;
use crate::error::{Error, LedgerError, StoreError};
use crate::log::Role;
use crate::record::Kind;
use crate::store::Port;

/// How often a check begins again because somebody appended meanwhile.
const TRIES: u32 = 100;

wire! {
    /// Verifies every invariant of the ledger (A5). It reads everything: run it after a restore, after a crash, or at night.
    #[derive(Copy, Debug)]
    pub struct CheckLedger {}
}

wire! {
    /// What a check found (A5).
    #[derive(Debug)]
    pub struct CheckReport {
        /// Every breach; empty for a sound ledger.
        pub breaches: Vec<Breach>,
        /// The entries of the log that were read.
        pub entries: u32,
        /// The records that were read.
        pub records: u32,
    }
}

wire! {
    /// An invariant that does not hold.
    #[derive(Debug, PartialOrd, Ord)]
    pub struct Breach {
        /// The rule, such as `C7`.
        pub rule: String,
        /// The kind of the record at fault; `entry` for an entry of the log.
        pub kind: String,
        /// Its id, or the sequence of the entry.
        pub id: String,
        /// What is wrong, without personal data.
        pub detail: String,
    }
}

impl Audit for CheckLedger {
    type Output = CheckReport;
    const NAME: &'static str = "check";
    const ROLES: &'static [Role] = Role::MANAGERS;

    async fn run(&self, port: &Port) -> Result<CheckReport, Error> {
        for _ in 0..TRIES {
            match pass(port).await {
                Ok(report) => return Ok(report),
                Err(Stop::Moved) => {}
                Err(Stop::Failed(error)) => return Err(error.into()),
            }
        }
        Err(LedgerError::TooManyConflicts { tries: TRIES }.into())
    }
}

/// Why a pass ended early.
enum Stop {
    /// Somebody appended: what was read is not one state of the ledger.
    Moved,
    Failed(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The breaches found so far.
#[derive(Default)]
struct Findings(Vec<Breach>);

impl Findings {
    fn note(&mut self, rule: &str, kind: Kind, id: impl ToString, detail: impl Into<String>) {
        self.0.push(Breach { rule: rule.to_owned(), kind: kind.name().to_owned(), id: id.to_string(), detail: detail.into() });
    }

    fn entry(&mut self, sequence: u32, detail: impl Into<String>) {
        self.0.push(Breach { rule: "A1".to_owned(), kind: "entry".to_owned(), id: sequence.to_string(), detail: detail.into() });
    }

    /// Notes what does not hold.
    fn hold(&mut self, holds: bool, rule: &str, kind: Kind, id: impl ToString, detail: &str) {
        if !holds {
            self.note(rule, kind, id, detail);
        }
    }
}

async fn pass(port: &Port) -> Result<CheckReport, Stop> {
    let mut findings = Findings::default();
    let head = port.load(Vec::new()).await?.head;
    let mut replay = log::replay(port, &head, &mut findings).await?;
    let ledger = Ledger::read(port, &head, &mut replay, &mut findings).await?;
    replay.finish(&mut findings);
    customers::check(&ledger, &mut findings);
    reservations::check(&ledger, &mut findings);
    tills::check(&ledger, &mut findings);
    merges::check(&ledger, &mut findings);
    if port.load(Vec::new()).await?.head != head {
        return Err(Stop::Moved);
    }
    let mut breaches = findings.0;
    breaches.sort();
    breaches.dedup();
    Ok(CheckReport { breaches, entries: replay.entries, records: ledger.records })
}
