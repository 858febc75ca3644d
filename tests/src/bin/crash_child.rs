//! The process that is killed: it runs requests on a SQLite file, one after the other, and says of each when it begins and what was answered.
//!
//! `crash_child <file> <requests, one per line> [<step> before|inside|after]`: at that step it stops before the commit, inside a transaction of its
//! own that is not committed, or after the commit and before the answer, says `held`, and waits to be killed. It begins when a line comes in.

use std::error::Error;
use std::io::{self, Write as _};

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::{Kind, Ledger, Store};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::{Connection, TransactionBehavior};

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

fn wait() -> io::Result<()> {
    io::stdin().read_line(&mut String::new()).map(|_| ())
}

fn hold() -> StoreError {
    let _ = say("held");
    let _ = wait();
    StoreError::Failed { detail: "nobody killed this process".to_owned() }
}

#[derive(Clone, Copy, PartialEq)]
enum Point {
    Before,
    After,
}

struct Held<'s> {
    store: &'s SqliteStore,
    point: Point,
}

impl Store for Held<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.store.load(salon, reads)
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.store.scan(salon, kind, after, limit)
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.store.changes(salon, since, limit)
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        if self.point == Point::After {
            self.store.commit(salon, batch)?;
        }
        Err(hold())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (file, requests) = (arguments.next().ok_or("which file?")?, arguments.next().ok_or("which requests?")?);
    let requests = std::fs::read_to_string(requests)?;
    let step = arguments.next().map(|step| step.parse::<usize>()).transpose()?;
    let point = arguments.next();
    let salon: SalonId = "salon-1".parse()?;
    let store = SqliteStore::open(&file)?;
    let ledger = Ledger::open(&store, salon.clone());
    say("ready")?;
    wait()?;
    for (index, request) in requests.lines().enumerate() {
        say(&format!("begin {index}"))?;
        if step == Some(index) {
            let answer = match point.as_deref() {
                Some("inside") => {
                    let mut connection = Connection::open(&file)?;
                    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                    Ledger::open(SqliteStore::within(&transaction)?, salon.clone()).call(request)?;
                    return Err(hold().into());
                }
                Some("before") => Ledger::open(Held { store: &store, point: Point::Before }, salon.clone()).call(request)?,
                Some("after") => Ledger::open(Held { store: &store, point: Point::After }, salon.clone()).call(request)?,
                _ => return Err("before, inside or after?".into()),
            };
            return Err(answer.into());
        }
        say(&format!("done {index}\t{}", ledger.call(request)?))?;
    }
    Ok(())
}
