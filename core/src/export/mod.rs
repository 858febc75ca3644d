//! Rows for a file (I6): customers, reservations and tickets under the headings that staff know, a page at a time. What a cell needs to be harmless in a
//! spreadsheet program is done where cells are written to a file.

mod customers;
mod reservations;
mod tickets;

pub use self::customers::{CustomerExportColumn, ExportCustomers};
pub use self::reservations::ExportReservations;
pub use self::tickets::ExportTickets;
use crate::error::Error;
use crate::import::Cell;
use crate::log::Role;
use crate::money::Yen;
use crate::search::Sizes;
use crate::time::{Calendar, Date, Instant};

/// Files leave the house: whoever decides for the salon makes them.
const ROLES: &[Role] = Role::MANAGERS;

wire! {
    /// A page of rows for a file.
    #[derive(Debug)]
    pub struct ExportPage {
        /// The headings, the same on every page: a file's first row.
        pub heading: Vec<String>,
        /// The rows of this page, a cell for each heading.
        pub rows: Vec<Vec<Cell>>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of. The pages of one walk are of one snapshot if theirs are equal.
        pub sequence: u32,
    }
}

// The size of a page of rows, whatever the list under it would allow.
fn checked(page_size: Option<u32>) -> Result<(), Error> {
    Ok(Sizes::OF_ROWS.size(page_size).map(|_| ())?)
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::text)
}

fn number(number: impl ToString) -> Cell {
    Cell::number(number.to_string())
}

fn yen(amount: Yen) -> Cell {
    number(amount.0)
}

/// Entries of one cell, a line each: as people type them with Alt+Enter, and as the import reads them.
fn lines<'a>(entries: impl Iterator<Item = &'a str>) -> Cell {
    text(Some(&entries.collect::<Vec<_>>().join("\n")))
}

fn day(day: Date) -> Cell {
    Cell::text(written(day))
}

fn written(day: Date) -> String {
    format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day())
}

/// What the salon's clocks show.
fn clock(calendar: Calendar, instant: Instant) -> Result<Cell, Error> {
    let midnight = Calendar { day_starts_minutes: 0, ..calendar };
    let day = midnight.day_of(instant)?;
    let minutes = instant.0.saturating_sub(midnight.start_of(day).0).div_euclid(60_000);
    Ok(Cell::text(format!("{} {:02}:{:02}", written(day), minutes.div_euclid(60), minutes.rem_euclid(60))))
}
