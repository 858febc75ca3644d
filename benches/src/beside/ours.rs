//! The library's own side.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use daicho::search::Index;
use daicho::store::{Row, Steps, run};
use daicho::{Actor, ConfigureSalon, CustomerId, CustomerSort, FindCustomers, GetCustomerRows, Kind, Ledger, Settings, SortBy, Store};
use daicho_sqlite::SqliteStore;

use super::questions::Question;
use super::talk::{Hits, Side};
use crate::drawn::{Drawn, FIRST_CUSTOMER};
use crate::fill::{context, fill_as_booked, manager, salon_id};
use crate::salon::{Failure, NOW, Salon};

/// The ledger's file.
pub const FILE: &str = "salon.daicho";

/// A ledger and the questions put to it.
#[derive(Debug)]
pub struct Ours<S: Store> {
    ledger: Ledger<S>,
    asked: BTreeMap<&'static str, FindCustomers>,
    manager: Actor,
}

/// Of more customers no records are written: twenty-five gigabytes for a million, of which no question and no cold start reads any.
const MOST_RECORDS: u32 = 200_000;
/// Where the npm package's store keeps the index, and the entry at which it stands (`peers/node/daicho.mjs`).
const BLOCK: &str = "index.block";
const ROWS_HASH: &str = "1";

/// Whether records are written of a salon of this size.
#[must_use]
pub fn has_records(salon: &Salon) -> bool {
    salon.customers() <= MOST_RECORDS
}

/// Fills a ledger's file.
pub fn prepare(folder: &Path, salon: &Salon) -> Result<(), Failure> {
    let store = SqliteStore::open(folder.join(FILE))?;
    if has_records(salon) {
        return fill_as_booked(store, salon).map(drop);
    }
    // A log of one entry, here and in the store that draws the records; the index of the one is kept in the other.
    let begin = |store: &dyn Store| -> Result<String, Failure> {
        Ledger::open(store, salon_id()?).execute(&ConfigureSalon { settings: Settings::default() }, &context("begin")?)?;
        Ok(store.changes(&salon_id()?, 0, 1)?.pop().ok_or("a command is an entry")?.hash)
    };
    let drawn = Drawn::new(salon)?;
    let hash = begin(&drawn)?;
    if hash != begin(&store)? {
        return Err("the same command made two different entries".into());
    }
    let index = run(&drawn, &salon_id()?, Steps::new(|port| async move { Index::build(&port).await }))??;
    std::fs::write(folder.join(BLOCK), index.block(&ROWS_HASH.repeat(64))?)?;
    Ok(store.keep_index(&salon_id()?, &index.block(&hash)?)?)
}

/// Writes the rows of the records, as a store of the host's would give them to the npm package.
pub fn write_rows(folder: &Path, salon: &Salon) -> Result<(), Failure> {
    if !has_records(salon) {
        return Ok(());
    }
    let store = Drawn::new(salon)?;
    for kind in [Kind::Customer, Kind::Reservation, Kind::Figures] {
        let name = serde_json::to_value(kind)?;
        let name = name.as_str().ok_or("a kind has a name")?;
        let mut file = BufWriter::new(File::create(folder.join(format!("rows-{name}.jsonl")))?);
        let mut after: Option<String> = None;
        loop {
            let records = store.scan(&salon_id()?, kind, after.as_deref(), 1_000)?.records;
            let Some(last) = records.last() else { break };
            after = Some(last.id());
            for record in &records {
                serde_json::to_writer(&mut file, &Row::of(record)?)?;
                file.write_all(b"\n")?;
            }
        }
        file.flush()?;
    }
    Ok(())
}

impl Ours<Drawn> {
    /// Over a store without records: what is held in memory is what searches.
    pub fn drawn(salon: &Salon, questions: &[Question]) -> Result<Self, Failure> {
        Self::new(Drawn::new(salon)?, questions)
    }
}

impl Ours<SqliteStore> {
    /// Over the file.
    pub fn open(folder: &Path, questions: &[Question]) -> Result<Self, Failure> {
        Self::new(SqliteStore::open(folder.join(FILE))?, questions)
    }
}

impl<S: Store> Ours<S> {
    fn new(store: S, questions: &[Question]) -> Result<Self, Failure> {
        let asked = questions.iter().map(|question| {
            let search = FindCustomers {
                condition: Some(question.condition.clone()),
                sort: Some(CustomerSort { by: SortBy::LastVisit, descending: true }),
                page_size: Some(50),
                ..FindCustomers::default()
            };
            (question.name, search)
        });
        Ok(Self { ledger: Ledger::open(store, salon_id()?), asked: asked.collect(), manager: manager()? })
    }
}

impl<S: Store> Ours<S> {
    /// A question's page with the rows that a list shows of it.
    pub fn rows(&mut self, name: &str) -> Result<usize, Failure> {
        let search = self.asked.get(name).ok_or("no such question")?;
        let customers = self.ledger.search(search, &self.manager, NOW)?.customers;
        Ok(self.ledger.search(&GetCustomerRows { customers }, &self.manager, NOW)?.customers.len())
    }
}

/// The number of a customer of the salon: it is counted like the ids are, from wherever those begin.
fn number(customer: CustomerId) -> u32 {
    let ordinal = customer.ordinal();
    ordinal.checked_sub(FIRST_CUSTOMER).filter(|number| *number > 0).unwrap_or(ordinal)
}

impl<S: Store> Side for Ours<S> {
    fn about(&self) -> String {
        "daicho, this checkout".to_owned()
    }

    fn ask(&mut self, name: &str) -> Result<Hits, Failure> {
        let search = self.asked.get(name).ok_or("no such question")?;
        let page = self.ledger.search(search, &self.manager, NOW)?;
        Ok(Hits { total: page.total, page: page.customers.iter().map(|customer| number(*customer)).collect() })
    }
}
