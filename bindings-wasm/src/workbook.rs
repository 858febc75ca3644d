//! A file of rows, read as a stream, in the JSON that the operation `importRows` takes, and written page by page from that of the exports.

use core::fmt::Debug;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, PoisonError};

use daicho_sheets::{DateSystem, Encoding, ExportFile, Limits, Sheet, SheetError, template};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// An xlsx workbook or CSV text (I1, I7), read row by row: only the rows asked for are in memory.
#[wasm_bindgen]
pub struct Workbook {
    // The reader borrows the sheet, and the sheet the bytes: an `async` block may hold all three, and stops wherever the caller does.
    reading: Pin<Box<dyn Future<Output = ()>>>,
    wanted: Arc<Mutex<Wanted>>,
}

impl Debug for Workbook {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Workbook").finish_non_exhaustive()
    }
}

/// What the caller asked for last, and what was read for it.
#[derive(Default)]
struct Wanted {
    rows: u32,
    date_system: DateSystem,
    read: Vec<Value>,
    error: Option<SheetError>,
    end: bool,
}

#[wasm_bindgen]
impl Workbook {
    /// The reader of a file. Nothing is read before the first call of `next`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let wanted = Arc::<Mutex<Wanted>>::default();
        Self { reading: Box::pin(read(bytes, Arc::clone(&wanted))), wanted }
    }

    /// The next rows, so many at most, as JSON: `{"dateSystem", "rows": [{"row", "cells"}], "end"}` or `{"error": {"code", "detail"}}`, after
    /// which there are no more.
    pub fn next(&mut self, rows: u32) -> String {
        if rows > 0 && !self.over() {
            self.wanted().rows = rows;
            let _ = self.reading.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
        let mut wanted = self.wanted();
        let answer = match &wanted.error {
            Some(error) => json!({ "error": of_sheet(error) }),
            None => {
                let system = wanted.date_system;
                json!({ "dateSystem": system, "rows": core::mem::take(&mut wanted.read), "end": wanted.end })
            }
        };
        answer.to_string()
    }
}

impl Workbook {
    fn wanted(&self) -> std::sync::MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn over(&self) -> bool {
        let wanted = self.wanted();
        wanted.end || wanted.error.is_some()
    }
}

async fn read(bytes: Vec<u8>, wanted: Arc<Mutex<Wanted>>) {
    let outcome = stream(&bytes, &wanted).await;
    let mut wanted = wanted.lock().unwrap_or_else(PoisonError::into_inner);
    wanted.error = outcome.err();
    wanted.end = true;
}

async fn stream(bytes: &[u8], wanted: &Mutex<Wanted>) -> Result<(), SheetError> {
    let sheet = Sheet::open(bytes, &Limits::default())?;
    wanted.lock().unwrap_or_else(PoisonError::into_inner).date_system = sheet.date_system();
    for row in sheet.rows()? {
        let row = row?;
        let enough = {
            let mut wanted = wanted.lock().unwrap_or_else(PoisonError::into_inner);
            wanted.read.push(json!({ "row": row.number, "cells": row.cells }));
            wanted.rows = wanted.rows.saturating_sub(1);
            wanted.rows == 0
        };
        if enough {
            pause().await;
        }
    }
    Ok(())
}

/// Gives the caller what it asked for, and goes on when it asks again.
fn pause() -> impl Future<Output = ()> {
    let mut paused = false;
    core::future::poll_fn(move |_| {
        if paused {
            return Poll::Ready(());
        }
        paused = true;
        Poll::Pending
    })
}

/// A file of an export, written page by page (I6).
#[wasm_bindgen]
#[derive(Debug)]
pub struct Export(ExportFile);

#[wasm_bindgen]
impl Export {
    /// A file as `xlsx`, `csv` or `csvShiftJis`. Throws an error as JSON, like the others here.
    #[wasm_bindgen(constructor)]
    pub fn new(format: &str, sheet_name: &str) -> Result<Self, String> {
        Ok(Self(match format {
            "xlsx" => ExportFile::xlsx(sheet_name).map_err(thrown)?,
            "csv" => ExportFile::csv(Encoding::Utf8),
            "csvShiftJis" => ExportFile::csv(Encoding::ShiftJis),
            _ => return Err(refused("format: xlsx, csv or csvShiftJis")),
        }))
    }

    /// Writes a page, as the operation answered it.
    pub fn add(&mut self, page: &str) -> Result<(), String> {
        let page = serde_json::from_str(page).map_err(|_| refused("page: what an export answers"))?;
        self.0.add(&page).map_err(thrown)
    }

    /// The file.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.0.finish().map_err(thrown)
    }
}

/// The rows of a file that an import refused, as a workbook to mend (I2), from the file and its outcomes as JSON.
#[wasm_bindgen(js_name = "errorWorkbook")]
pub fn error_workbook(bytes: &[u8], outcomes: &str) -> Result<Vec<u8>, String> {
    let outcomes: Vec<_> = serde_json::from_str(outcomes).map_err(|_| refused("report: what an import answers"))?;
    let sheet = Sheet::open(bytes, &Limits::default()).map_err(thrown)?;
    daicho_sheets::error_workbook(&sheet, &outcomes).map_err(thrown)
}

fn of_sheet(error: &SheetError) -> Value {
    fault(error.code(), &error.to_string())
}

fn fault(code: &str, detail: &str) -> Value {
    json!({ "code": code, "detail": detail })
}

fn thrown(error: SheetError) -> String {
    of_sheet(&error).to_string()
}

fn refused(detail: &str) -> String {
    fault("ledger.bad_request", detail).to_string()
}

/// 顧客情報テンプレート.xlsx (I1). Empty only if there is a defect in the library.
#[wasm_bindgen(js_name = "templateBytes")]
#[must_use]
pub fn template_bytes() -> Vec<u8> {
    template().unwrap_or_default()
}

/// The file name under which the manual knows the template.
#[wasm_bindgen(js_name = "templateName")]
#[must_use]
pub fn template_name() -> String {
    daicho_sheets::TEMPLATE_FILE_NAME.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "姓,名\r\n山田,花子\r\n髙橋,一郎\r\n";

    #[test]
    fn i7_rows_come_as_they_are_asked_for() {
        let mut file = Workbook::new(CSV.as_bytes().to_vec());
        let first = file.next(1);
        assert!(
            first.contains(r#""row":1"#) && first.contains("姓") && !first.contains("山田") && first.contains(r#""end":false"#),
            "{first}"
        );
        let rest = file.next(10);
        assert!(rest.contains("山田") && rest.contains(r#""row":3"#) && rest.contains(r#""end":true"#), "{rest}");
        assert!(file.next(10).contains(r#""rows":[]"#));
    }

    #[test]
    fn i7_a_file_that_is_none_is_a_typed_error_every_time() {
        let mut file = Workbook::new(b"PK\x03\x04 no archive".to_vec());
        for _ in 0..2 {
            assert!(file.next(1).starts_with(r#"{"error":{"code":"sheet."#));
        }
    }

    #[test]
    fn i1_the_template_can_be_read_again() {
        let mut file = Workbook::new(template_bytes());
        let rows = file.next(10);
        assert!(rows.contains("流入経路") && rows.contains("32964"), "{rows}");
    }
}
