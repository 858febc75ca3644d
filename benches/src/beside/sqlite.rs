//! SQLite by hand.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use rusqlite::{Connection, params_from_iter};

use super::export::{CUSTOMERS, RESERVATIONS};
use super::questions::Terms;
use super::sql::{Dialect, Sql, sql};
use super::talk::{Hits, Side};
use crate::salon::Failure;

/// The database of this side.
pub const FILE: &str = "salon.sqlite";
/// The one for JavaScript: without trigrams.
pub const PLAIN_FILE: &str = "salon-plain.sqlite";

/// An open database.
#[derive(Debug)]
pub struct Sqlite {
    db: Connection,
    questions: BTreeMap<String, Sql>,
    terms: Terms,
}

fn rows(folder: &Path, name: &str, mut row: impl FnMut(&[Option<&str>]) -> Result<(), Failure>) -> Result<(), Failure> {
    for line in BufReader::new(File::open(folder.join(name))?).lines().skip(1) {
        let line = line?;
        let cells: Vec<Option<&str>> = line.split(',').map(|cell| Some(cell).filter(|cell| !cell.is_empty())).collect();
        row(&cells)?;
    }
    Ok(())
}

/// Loads the plain files into a new database.
pub fn prepare(folder: &Path, name: &str, trigrams: bool) -> Result<(), Failure> {
    let mut db = Connection::open(folder.join(name))?;
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    let transaction = db.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    {
        let mut customer =
            transaction.prepare("INSERT INTO customers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)")?;
        let mut menu = transaction.prepare("INSERT INTO last_menus VALUES (?1, ?2, ?3, ?4)")?;
        rows(folder, CUSTOMERS, |cells| {
            let (&[number, .., menus, _, _], Some(&visits), Some(&last)) = (cells, cells.get(6), cells.get(13)) else {
                return Err("a line of customers is too short".into());
            };
            let place = cells.len().saturating_sub(3);
            customer.execute(params_from_iter(cells.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, cell)| cell)))?;
            for name in menus.unwrap_or_default().split_whitespace() {
                menu.execute((name, number, visits, last))?;
            }
            Ok(())
        })?;
        let mut booked = transaction.prepare("INSERT INTO booked VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        rows(folder, RESERVATIONS, |cells| {
            booked.execute(params_from_iter(cells))?;
            Ok(())
        })?;
    }
    transaction
        .execute_batch("INSERT INTO served SELECT DISTINCT staff, customer FROM booked WHERE label = 'visited' AND staff IS NOT NULL")?;
    transaction.execute_batch(include_str!("indexes.sql"))?;
    if trigrams {
        transaction.execute_batch(
            "CREATE VIRTUAL TABLE texts USING fts5 (names, phone, email, content='', tokenize='trigram case_sensitive 1');
             INSERT INTO texts (rowid, names, phone, email) SELECT number, names, phone, email FROM customers",
        )?;
    }
    transaction.commit()?;
    Ok(db.execute_batch("ANALYZE")?)
}

impl Sqlite {
    /// Opens the database: nobody else writes it, and its pages stay in memory.
    pub fn open(folder: &Path, terms: Terms) -> Result<Self, Failure> {
        let db = Connection::open(folder.join(FILE))?;
        db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -4000000; PRAGMA temp_store = MEMORY")?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, questions: BTreeMap::new(), terms })
    }
}

impl Side for Sqlite {
    fn about(&self) -> String {
        format!("SQLite {}", rusqlite::version())
    }

    fn ask(&mut self, name: &str) -> Result<Hits, Failure> {
        if !self.questions.contains_key(name) {
            self.questions.insert(name.to_owned(), sql(Dialect::Sqlite, name, &self.terms));
        }
        let question = self.questions.get(name).ok_or("no such question")?;
        let total = self.db.prepare_cached(&question.count)?.query_row((), |row| row.get(0))?;
        let mut statement = self.db.prepare_cached(&question.page)?;
        let page = statement.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Hits { total, page })
    }
}
