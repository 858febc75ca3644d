//! The demo: a salon's customer book goes from a workbook into a SQLite file and is put to use.
//!
//! `cargo run -p daicho-examples -- [WORKBOOK] [DATABASE]`. Run again, it goes on from the file it left and doubles nothing.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks to its user")]

mod book;
mod day;
mod desk;
mod intake;
mod merging;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use daicho::{CustomerPage, CustomerRow, SearchCustomers};

use crate::desk::Desk;

/// What can go wrong, said to the person at the terminal.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThis did not work: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let own = arguments.next();
    if own.as_deref().is_some_and(|word| word.starts_with('-')) {
        println!("usage: daicho-demo [WORKBOOK] [DATABASE]   (.xlsx or .csv; a SQLite file that may be new)");
        return Ok(());
    }
    let workbook = own.as_ref().map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("workbook/顧客名簿.xlsx"), PathBuf::from);
    let database = arguments.next().map_or_else(|| PathBuf::from("out/salon.db"), PathBuf::from);
    // Read first: a mistyped name leaves no database behind.
    let book = intake::open(&workbook)?;
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let desk = Desk::open(&database).map_err(|error| format!("{}: {error}", database.display()))?;
    println!("台帳 {} (everything below is in this one SQLite file)", database.display());

    intake::import(&desk, &workbook, &book)?;
    let customers = search(&desk)?;
    if let [first, second, ..] = customers.as_slice() {
        book::lists_and_gate(&desk, first, second)?;
    }
    if let Some(third) = customers.get(2) {
        day::at_the_salon(&desk, third)?;
    }
    merging::merge_a_duplicate(&desk)?;

    heading("Check: every invariant of the ledger");
    let check = desk.check()?;
    println!("  {} entries of the log, {} records, {} breaches", check.entries, check.records, check.breaches.len());
    println!("\nLook for yourself: sqlite3 {} 'SELECT * FROM customers LIMIT 5'   Run this again: nothing doubles.", database.display());
    Ok(())
}

/// A line between two parts.
fn heading(text: &str) {
    println!("\n── {text}");
}

/// 様
fn name(row: &CustomerRow) -> String {
    format!("No.{} {} {}", row.number, row.family_name, row.given_name)
}

fn search(desk: &Desk) -> Result<Vec<CustomerRow>, Failure> {
    heading("顧客検索: the search box");
    let everybody = desk.search(&SearchCustomers { page_size: Some(1000), ..SearchCustomers::default() })?.customers;
    let Some(sample) = everybody.first().cloned() else {
        println!("  nobody is in the ledger");
        return Ok(everybody);
    };
    // What staff type: part of a name in any kana, the phone's last four digits, a customer number.
    let kana = sample.family_kana.clone().unwrap_or_else(|| sample.family_name.clone());
    let last_four: String =
        sample.phones.first().map(|phone| phone.chars().rev().filter(char::is_ascii_digit).take(4).collect()).unwrap_or_default();
    let last_four: String = last_four.chars().rev().collect();
    let by = |what: &str, fill: &dyn Fn(&mut SearchCustomers)| -> Result<CustomerPage, Failure> {
        let mut query = SearchCustomers { page_size: Some(3), ..SearchCustomers::default() };
        fill(&mut query);
        let page = desk.search(&query)?;
        let shown: Vec<String> =
            page.customers.iter().map(|row| format!("{} ({})", name(row), row.family_kana.clone().unwrap_or_default())).collect();
        println!("  {what}: {} found: {}{}", page.total, shown.join(", "), if page.cursor.is_some() { ", …" } else { "" });
        Ok(page)
    };
    by(&format!("name 「{}」", sample.family_name), &|query| query.criteria.name = Some(sample.family_name.clone()))?;
    by(&format!("kana 「{kana}」"), &|query| query.criteria.name = Some(kana.clone()))?;
    if !last_four.is_empty() {
        by(&format!("phone 「{last_four}」"), &|query| query.criteria.phone = Some(last_four.clone()))?;
    }
    by(&format!("number 「{}」", sample.number), &|query| query.criteria.number = Some(sample.number.to_string()))?;
    Ok(everybody)
}
