//! Pages of an export, as they come, to a file (I6).

use crate::csv::{CsvWriter, Encoding};
use crate::error::SheetError;
use crate::xlsx::{Column, Style, Texts, Worksheet, workbook};
use daicho::{Cell, DateSystem, ExportPage};

/// A file of an export, written as its pages come (I6): for hosts that wait for each page. Never more than one page is in memory as rows.
#[derive(Debug)]
pub struct ExportFile(Kind);

enum Kind {
    Workbook(Box<Workbook>),
    Csv { writer: CsvWriter, has_heading: bool },
}

struct Workbook {
    name: String,
    texts: Texts,
    /// From the first page on.
    sheet: Option<Worksheet>,
}

/// Names the format only: what was written is personal data (A4).
impl core::fmt::Debug for Kind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Workbook(_) => "Workbook(..)",
            Self::Csv { .. } => "Csv(..)",
        })
    }
}

impl ExportFile {
    /// A workbook of one sheet.
    ///
    /// # Errors
    /// None that a caller can bring about; a name that is none is told at the end.
    pub fn xlsx(sheet_name: &str) -> Result<Self, SheetError> {
        Ok(Self(Kind::Workbook(Box::new(Workbook { name: sheet_name.to_owned(), texts: Texts::new()?, sheet: None }))))
    }

    /// CSV.
    #[must_use]
    pub fn csv(encoding: Encoding) -> Self {
        Self(Kind::Csv { writer: CsvWriter::new(encoding), has_heading: false })
    }

    /// Writes the rows of the next page, and before those of the first the heading.
    ///
    /// # Errors
    /// What [`write_xlsx`](crate::write_xlsx) and [`write_csv`](crate::write_csv) do.
    pub fn add(&mut self, page: &ExportPage) -> Result<(), SheetError> {
        let heading = || page.heading.iter().map(Cell::text).collect::<Vec<_>>();
        match &mut self.0 {
            Kind::Workbook(book) => {
                let Workbook { texts, sheet, .. } = book.as_mut();
                let sheet = match sheet {
                    Some(sheet) => sheet,
                    None => {
                        let sheet = sheet.insert(Worksheet::new(columns(page)));
                        sheet.row(&heading(), texts)?;
                        sheet
                    }
                };
                page.rows.iter().try_for_each(|row| sheet.row(row, texts))
            }
            Kind::Csv { writer, has_heading } => {
                if !core::mem::replace(has_heading, true) {
                    writer.row(&heading())?;
                }
                page.rows.iter().try_for_each(|row| writer.row(row))
            }
        }
    }

    /// The file.
    ///
    /// # Errors
    /// [`SheetError::BadSheetName`], [`SheetError::OutputTooLarge`].
    pub fn finish(self) -> Result<Vec<u8>, SheetError> {
        match self.0 {
            Kind::Workbook(book) => {
                let Workbook { name, texts, sheet } = *book;
                let sheet = sheet.unwrap_or_else(|| Worksheet::new(Vec::new())).finish()?;
                workbook(vec![(&name, sheet)], texts, DateSystem::D1900)
            }
            Kind::Csv { writer, .. } => Ok(writer.finish()),
        }
    }

    fn walk<E: From<SheetError>>(mut self, mut ask: impl FnMut(Option<String>) -> Result<ExportPage, E>) -> Result<Vec<u8>, E> {
        let mut cursor = None;
        loop {
            let page = ask(cursor)?;
            self.add(&page)?;
            if page.cursor.is_none() {
                return Ok(self.finish()?);
            }
            cursor = page.cursor;
        }
    }
}

// A text that is edited in its cell stays one, leading zeros and all. Which columns hold texts, the first page tells.
fn columns(page: &ExportPage) -> Vec<Column> {
    let has_number = |column| page.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Number { .. })));
    let style = |column| if has_number(column) { Style::General } else { Style::Text };
    (0..page.heading.len()).map(|column| Column { width: 16, header: Style::Header, style: style(column), hint: None }).collect()
}

/// Writes all pages of an export as a workbook of one sheet (I6): `ask` answers the page of a cursor, the first for none.
///
/// ```
/// use daicho::*;
/// use daicho_sheets::export_xlsx;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (ledger, now) = (Ledger::open(MemoryStore::new(), "salon-1".parse()?), Instant(1_795_222_800_000));
/// let manager = Actor::new("manager-1".parse()?, Role::Manager);
/// let bytes = export_xlsx("顧客", |cursor| -> Result<_, Box<dyn std::error::Error>> {
///     let query = Some("visits >= 3".into());
///     Ok(ledger.search(&ExportCustomers { query, page_size: Some(1_000), cursor, ..Default::default() }, &manager, now)?)
/// })?;
/// # assert!(bytes.starts_with(b"PK"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// What `ask` answers, and what [`write_xlsx`](crate::write_xlsx) does.
pub fn export_xlsx<E: From<SheetError>>(sheet_name: &str, ask: impl FnMut(Option<String>) -> Result<ExportPage, E>) -> Result<Vec<u8>, E> {
    ExportFile::xlsx(sheet_name)?.walk(ask)
}

/// Writes all pages of an export as CSV (I6), like [`export_xlsx`].
///
/// # Errors
/// What `ask` answers, and what [`write_csv`](crate::write_csv) does.
pub fn export_csv<E: From<SheetError>>(encoding: Encoding, ask: impl FnMut(Option<String>) -> Result<ExportPage, E>) -> Result<Vec<u8>, E> {
    ExportFile::csv(encoding).walk(ask)
}
