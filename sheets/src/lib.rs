//! xlsx and CSV for daicho: bytes to rows and back (section 11 of the rules).
//!
//! A salon's workbook comes from anywhere, so reading is a stream behind [`Limits`]: what a file claims is checked before it is
//! believed, what it turns out to be is checked again while it inflates, and whatever it holds, reading ends in rows or in a
//! [`SheetError`] within 64 MiB (I7). Nothing here knows what a customer is: [`Row`]s of [`Cell`]s go to the import of the core
//! crate, and come from its export.
//!
//! ```
//! use daicho_sheets::{Cell, Limits, Sheet, write_xlsx};
//! let rows = vec![vec![Cell::Text { text: "姓".into() }], vec![Cell::Text { text: "髙橋".into() }]];
//! let bytes = write_xlsx("顧客", rows.clone())?;
//! let read = Sheet::open(&bytes, &Limits::default())?.rows()?.map(|row| Ok(row?.cells)).collect::<Result<Vec<_>, _>>()?;
//! assert_eq!(read, rows);
//! # Ok::<(), daicho_sheets::SheetError>(())
//! ```

mod archive;
mod csv;
mod error;
mod export;
mod limits;
mod mend;
mod neutral;
mod number;
mod sheet;
mod template;
mod xlsx;

pub use csv::{Csv, CsvRows, Encoding, write_csv};
pub use daicho::{Cell, DateSystem};
pub use error::{Part, SheetError};
pub use export::{ExportFile, export_csv, export_xlsx};
pub use limits::Limits;
pub use mend::error_workbook;
pub use sheet::{Row, Rows, Sheet};
pub use template::{TEMPLATE_COLUMNS, TEMPLATE_FILE_NAME, TemplateColumn, template, template_csv};
pub use xlsx::{UNCALCULATED, Xlsx, XlsxRows, write_xlsx};
