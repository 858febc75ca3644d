//! The rules of section 11 that are about files: I1, I4, I6, I7.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail, and a measured one says what it measured"
)]

mod archives;
mod export;
mod files;
mod formulas;
mod hostile;
mod limits;
mod measured;
mod mend;
mod mutations;
mod round_trip;
mod template;
mod text;

use daicho_sheets::{Cell, Limits, Row, Sheet, SheetError};

/// The bytes of a fixture.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

/// All rows of a file.
fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Row>, SheetError> {
    Sheet::open(bytes, limits)?.rows()?.collect()
}

/// Rows as one compares them by eye, since the cells' own `Debug` hides what they hold.
fn show(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| format!("{}|{}", row.number, row.cells.iter().map(show_cell).collect::<Vec<_>>().join("|"))).collect()
}

fn show_cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text { text } => text.clone(),
        Cell::Number { literal } => format!("#{literal}"),
        Cell::Boolean { value } => format!("?{value}"),
        Cell::Error { text } => format!("!{text}"),
    }
}

fn text(text: &str) -> Cell {
    Cell::Text { text: text.to_owned() }
}
