//! CSV, in the encodings Japanese spreadsheet programs write.

mod read;
mod text;
mod write;

pub use read::{Csv, CsvRows};
pub use text::Encoding;
pub(crate) use write::CsvWriter;
pub use write::write_csv;
