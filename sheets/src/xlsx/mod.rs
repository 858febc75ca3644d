//! xlsx workbooks: what Excel, LibreOffice, Google and the libraries write, read as a stream.

mod escape;
mod package;
mod reference;
mod rows;
mod strings;
mod texts;
mod workbook;
mod write;
mod xml;

pub use rows::{UNCALCULATED, XlsxRows};
pub(crate) use texts::Texts;
pub use workbook::Xlsx;
pub use write::write_xlsx;
pub(crate) use write::{Column, Style, Worksheet, workbook, worksheet};
