//! 一括登録: rows of a file become customers (I).
//!
//! A host opens the file with a reader of its choice (`daicho-sheets` is one), has its first row read by [`read_heading`] and gives the other rows to
//! [`Ledger::import`](crate::Ledger::import), or to [`ImportRows`] in chunks of its own. A rehearsal ([`Ledger::rehearsal`](crate::Ledger::rehearsal)) runs
//! the very same and keeps nothing (I5).

mod address;
mod cell;
mod columns;
mod date;
mod fill;
mod known;
mod reason;
mod rows;
mod run;
mod undo;

pub use self::cell::{Cell, DateSystem, ImportRow};
pub use self::columns::{ERROR_REASON, ERROR_ROW, Heading, HeadingColumn, IgnoredColumn, ImportColumn, ReadHeading, read_heading};
pub use self::date::{BirthdayCell, read_birthday};
pub(crate) use self::rows::MOST_TOLD_OF_FILE;
pub use self::rows::{CellProblem, Repair, RepairKind};
pub use self::run::{GetImport, ImportCounts, ImportRows, ImportedRows, MAX_ROWS, RowOutcome, RowResult};
pub use self::undo::{UndoImport, UndoneImport};
