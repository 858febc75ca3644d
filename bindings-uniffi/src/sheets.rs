//! Files: a workbook or a CSV file becomes customers 一括登録, and what the ledger answers a file (I).

use core::ops::ControlFlow;
use std::io::Read as _;
use std::sync::Arc;

use daicho_sheets::{Encoding, Limits, Rows, Sheet, SheetError, export_csv, export_xlsx};
use rules::error::{DaichoError, PrivateJson};
use rules::import::read_heading;
use rules::{
    Actor, Error, ExportCustomers, ExportPage, ExportReservations, ExportTickets, ImportCounts, ImportId, ImportReport, ImportRow,
    ImportStopped, Instant,
};

use crate::context::CommandContext;
use crate::ledger::Ledger;

/// What stopped a progress callback.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ProgressError {
    /// The callback threw something.
    #[error("the callback threw {detail}")]
    Thrown {
        /// The type of what was thrown.
        detail: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ProgressError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Thrown { detail: crate::store::thrown_type(&error.reason) }
    }
}

/// Hears how far an import has come.
#[uniffi::export(rust, foreign)]
pub trait ImportListener: Send + Sync {
    /// Called after each commit with the import so far. False breaks off, true or nothing at all goes on. What was committed until then stays.
    fn on_progress(&self, so_far: ImportCounts) -> Result<Option<bool>, ProgressError>;
}

#[uniffi::export]
impl Ledger {
    /// Imports an .xlsx workbook or a CSV file 一括登録 (I1–I5), 500 rows to a commit; on a `rehearsal` the same call is the preview.
    ///
    /// Run it again with the same file under the same id after a crash, and it neither doubles nor loses a row. Of the context, actor,
    /// channel and `now` count.
    #[uniffi::method(default(listener = None))]
    pub fn import_file(
        &self,
        path: String,
        import: ImportId,
        context: CommandContext,
        listener: Option<Arc<dyn ImportListener>>,
    ) -> Result<ImportReport, DaichoError> {
        self.import(&read_file(&path)?, &import, context, listener.as_deref())
    }

    /// `import_file`, of a file that is already in memory.
    #[uniffi::method(default(listener = None))]
    pub fn import_bytes(
        &self,
        bytes: Vec<u8>,
        import: ImportId,
        context: CommandContext,
        listener: Option<Arc<dyn ImportListener>>,
    ) -> Result<ImportReport, DaichoError> {
        self.import(&bytes, &import, context, listener.as_deref())
    }
}

/// The rows of a file that an import, or its preview, refused, as a workbook: heading and cells as they stand in the file, and right of them the number of the
/// row and what is wrong with it, in Japanese. Staff mend it and import it again, under a new id (I2).
#[uniffi::export]
pub fn error_workbook(bytes: Vec<u8>, report: ImportReport) -> Result<Vec<u8>, DaichoError> {
    let sheet = Sheet::open(&bytes, &Limits::default()).map_err(|error| of_sheet(&error))?;
    daicho_sheets::error_workbook(&sheet, &report.rows).map_err(|error| of_sheet(&error))
}

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FileFormat {
    /// An Excel workbook.
    Xlsx,
    /// CSV in UTF-8.
    Csv,
    /// CSV in Shift_JIS, as old programs want it. What it does not have is an error.
    CsvShiftJis,
}

#[uniffi::export]
impl Ledger {
    /// 顧客のエクスポート: the whole file of customers (I6). Which page is asked for does not count: it holds all of them.
    pub fn export_customers_file(
        &self,
        input: ExportCustomers,
        format: FileFormat,
        actor: Actor,
        now: Instant,
    ) -> Result<Vec<u8>, DaichoError> {
        let page = |cursor| ExportCustomers { page_size: Some(PAGE), cursor, ..input.clone() };
        file("顧客", format, |cursor| self.inner.search(&page(cursor), &actor, now))
    }

    /// 予約のエクスポート: the whole file of reservations (I6).
    pub fn export_reservations_file(
        &self,
        input: ExportReservations,
        format: FileFormat,
        actor: Actor,
        now: Instant,
    ) -> Result<Vec<u8>, DaichoError> {
        let page = |cursor| ExportReservations { page_size: Some(PAGE), cursor, ..input.clone() };
        file("予約", format, |cursor| self.inner.search(&page(cursor), &actor, now))
    }

    /// 回数券のエクスポート: the whole file of tickets (I6).
    pub fn export_tickets_file(
        &self,
        input: ExportTickets,
        format: FileFormat,
        actor: Actor,
        now: Instant,
    ) -> Result<Vec<u8>, DaichoError> {
        let page = |cursor| ExportTickets { page_size: Some(PAGE), cursor, ..input.clone() };
        file("回数券", format, |cursor| self.inner.search(&page(cursor), &actor, now))
    }
}

/// Rows of a page: the most there may be.
const PAGE: u32 = 1_000;

/// What ends a file: an error of the ledger or of the sheet.
struct Stopped(DaichoError);

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self(error.into())
    }
}

impl From<SheetError> for Stopped {
    fn from(error: SheetError) -> Self {
        Self(of_sheet(&error))
    }
}

fn file(
    sheet_name: &str,
    format: FileFormat,
    mut ask: impl FnMut(Option<String>) -> Result<ExportPage, Error>,
) -> Result<Vec<u8>, DaichoError> {
    let ask = |cursor| Ok::<_, Stopped>(ask(cursor)?);
    let file = match format {
        FileFormat::Xlsx => export_xlsx(sheet_name, ask),
        FileFormat::Csv => export_csv(Encoding::Utf8, ask),
        FileFormat::CsvShiftJis => export_csv(Encoding::ShiftJis, ask),
    };
    file.map_err(|Stopped(error)| error)
}

/// The template 顧客情報テンプレート.xlsx, for staff to fill in (I1).
#[uniffi::export]
pub fn import_template() -> Result<Vec<u8>, DaichoError> {
    daicho_sheets::template().map_err(|error| of_sheet(&error))
}

/// The template as CSV: for Excel in Shift_JIS, or in UTF-8 (I1).
#[uniffi::export(default(shift_jis = false))]
pub fn import_template_csv(shift_jis: bool) -> Result<Vec<u8>, DaichoError> {
    daicho_sheets::template_csv(if shift_jis { Encoding::ShiftJis } else { Encoding::Utf8 }).map_err(|error| of_sheet(&error))
}

impl Ledger {
    fn import(
        &self,
        bytes: &[u8],
        import: &ImportId,
        context: CommandContext,
        listener: Option<&dyn ImportListener>,
    ) -> Result<ImportReport, DaichoError> {
        let context = context.into_core()?;
        let sheet = Sheet::open(bytes, &Limits::default()).map_err(|error| of_sheet(&error))?;
        let date_system = sheet.date_system();
        let mut rows = Table { rows: sheet.rows().map_err(|error| of_sheet(&error))? };
        let heading = rows.next().transpose().map_err(|error| of_sheet(&error))?.map(|row| row.cells).unwrap_or_default();
        let mut broken = None;
        let report = self.inner.import(import, &read_heading(&heading)?, date_system, rows, &context, |progress| {
            match listener.map_or(Ok(None), |listener| listener.on_progress(progress.done.total)) {
                Ok(Some(true) | None) => ControlFlow::Continue(()),
                Ok(Some(false)) => ControlFlow::Break(()),
                Err(error) => {
                    broken = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        match (report, broken) {
            (Err(ImportStopped::Rows(error)), _) => Err(of_sheet(&error)),
            (Err(ImportStopped::Ledger(error)), _) => Err(error.into()),
            (Ok(_), Some(error)) => Err(failed("import.listener", error.to_string())),
            (Ok(report), None) => Ok(report),
        }
    }
}

/// The rows of a sheet as the core takes them.
struct Table<'s> {
    rows: Rows<'s>,
}

impl Iterator for Table<'_> {
    type Item = Result<ImportRow, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.map(|row| ImportRow { row: row.number, cells: row.cells }))
    }
}

fn read_file(path: &str) -> Result<Vec<u8>, DaichoError> {
    // A file that is too large is not read to its end first (I7): one byte past the limit tells.
    let limit = Limits::default().container_bytes.saturating_add(1);
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map_err(|error| failed("sheet.unreadable", format!("the file cannot be read: {}", error.kind())))?;
    Ok(bytes)
}

fn of_sheet(error: &SheetError) -> DaichoError {
    failed(error.code(), error.to_string())
}

fn failed(code: &str, detail: String) -> DaichoError {
    DaichoError::Failed { code: code.to_owned(), detail, fields: Vec::new(), data: PrivateJson("null".to_owned()), retryable: false }
}
