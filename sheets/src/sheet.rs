//! A sheet of either format, and the rows both give.

use crate::csv::{Csv, CsvRows, Encoding};
use crate::error::SheetError;
use crate::limits::Limits;
use crate::xlsx::{Xlsx, XlsxRows};
use daicho::{Cell, DateSystem};

/// One row that holds anything. Rows that hold nothing are not given, and the numbers tell where they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number as the spreadsheet program shows it, from 1.
    pub number: u32,
    /// Its cells from column A to the last that holds anything.
    pub cells: Vec<Cell>,
}

/// A file with rows: an xlsx workbook or CSV (I1, I7).
///
/// ```
/// use daicho_sheets::{Cell, Limits, Sheet};
/// let sheet = Sheet::open("姓,名\r\n山田,花子\r\n".as_bytes(), &Limits::default())?;
/// for row in sheet.rows()? {
///     let row = row?;
///     assert!(row.number <= 2 && matches!(row.cells.first(), Some(Cell::Text { .. })));
/// }
/// # Ok::<(), daicho_sheets::SheetError>(())
/// ```
#[non_exhaustive]
pub enum Sheet<'a> {
    /// A workbook; its first visible sheet is the one read.
    Xlsx(Xlsx<'a>),
    /// Text.
    Csv(Csv<'a>),
}

impl<'a> Sheet<'a> {
    /// Tells by its first bytes what the file is, and opens it. CSV is read as UTF-8 or else as Shift_JIS.
    ///
    /// # Errors
    /// Every way in which a file can be none, be damaged or pass a limit.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, SheetError> {
        check_container(bytes, limits)?;
        if bytes.starts_with(b"PK") {
            Xlsx::open(bytes, limits).map(Self::Xlsx)
        } else {
            Csv::open(bytes, Encoding::Auto, limits).map(Self::Csv)
        }
    }

    /// The rows, from the top. Each call begins anew.
    ///
    /// # Errors
    /// When the workbook has no visible sheet, or it cannot be opened.
    pub fn rows(&self) -> Result<Rows<'_>, SheetError> {
        Ok(match self {
            Self::Xlsx(workbook) => Rows::Xlsx(Box::new(workbook.rows()?)),
            Self::Csv(text) => Rows::Csv(Box::new(text.rows())),
        })
    }

    /// What date serials count from; CSV has none, and says [`DateSystem::D1900`].
    #[must_use]
    pub fn date_system(&self) -> DateSystem {
        match self {
            Self::Xlsx(workbook) => workbook.date_system(),
            Self::Csv(_) => DateSystem::D1900,
        }
    }
}

/// The rows of a [`Sheet`]. After an error there are no more.
#[non_exhaustive]
pub enum Rows<'s> {
    /// Of a workbook.
    Xlsx(Box<XlsxRows<'s>>),
    /// Of text.
    Csv(Box<CsvRows<'s>>),
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Xlsx(rows) => rows.next(),
            Self::Csv(rows) => rows.next(),
        }
    }
}

/// What can be told of a file before it is opened as anything.
pub(crate) fn check_container(bytes: &[u8], limits: &Limits) -> Result<(), SheetError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.container_bytes {
        return Err(SheetError::ContainerTooLarge { bytes: size, limit: limits.container_bytes });
    }
    // The compound file of old Office programs; new ones wrap an encrypted workbook in it.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(name.len()).any(|window| window == name);
        return Err(if encrypted { SheetError::Encrypted } else { SheetError::OldFormat });
    }
    Ok(())
}

/// Collects the cells of a row within the limits. Blank cells count for nothing: a sheet that was coloured down to its last
/// row is still as long as what is written on it.
pub(crate) struct RowBuilder {
    cells: Vec<Cell>,
    rows: u32,
    columns: u32,
}

impl RowBuilder {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { cells: Vec::new(), rows: limits.rows, columns: limits.columns }
    }

    /// Puts a cell right of all that were put before.
    pub(crate) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), SheetError> {
        if cell == Cell::Empty {
            return Ok(());
        }
        if row > self.rows {
            return Err(SheetError::TooManyRows { row, limit: self.rows });
        }
        if column > self.columns {
            return Err(SheetError::TooManyColumns { row, column, limit: self.columns });
        }
        let before = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
        while self.cells.len() < before {
            self.cells.push(Cell::Empty);
        }
        self.cells.push(cell);
        Ok(())
    }

    /// The row, unless it is blank.
    pub(crate) fn finish(self, number: u32) -> Option<Row> {
        (!self.cells.is_empty()).then_some(Row { number, cells: self.cells })
    }
}
