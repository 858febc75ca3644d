//! 一括登録: the workbook comes in.

use core::ops::ControlFlow;
use std::collections::BTreeMap;
use std::path::Path;

use daicho::import::{DateSystem, Heading, ImportCounts, ImportRow, RowOutcome, RowResult, read_heading};
use daicho::ledger::ImportReport;
use daicho::log::digest_hex;
use daicho_sheets::{Limits, Sheet, SheetError};

use crate::desk::Desk;
use crate::{Failure, heading};

/// A real host draws it once and keeps it apart from the ledger: an import's id stays for ever, and a bare digest of a small file would confirm to whoever tries
/// them the names of somebody who was erased (W4).
const SECRET: &[u8] = b"of this example, and no secret";

/// A workbook, read.
pub(crate) struct Book {
    heading: Heading,
    rows: Vec<ImportRow>,
    date_system: DateSystem,
    digest: String,
}

/// Reads a workbook or a CSV file.
pub(crate) fn open(path: &Path) -> Result<Book, Failure> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let sheet = Sheet::open(&bytes, &Limits::default())?;
    let date_system = sheet.date_system();
    let mut rows = sheet.rows()?;
    let first = rows.next().ok_or("the sheet is empty: its first row must be the template's heading")??;
    let heading = read_heading(&first.cells)?;
    let rows = rows.map(|row| row.map(|row| ImportRow { row: row.number, cells: row.cells })).collect::<Result<Vec<_>, SheetError>>()?;
    Ok(Book { heading, rows, date_system, digest: digest_hex(&[SECRET, &bytes]) })
}

/// Imports the workbook: a rehearsal first, then the same for real. Run again, it answers what it answered.
pub(crate) fn import(desk: &Desk, path: &Path, book: &Book) -> Result<ImportReport, Failure> {
    heading(&format!("一括登録: {}", path.display()));
    // The file's digest under a secret is the import's id: the same file is the same import, however often it is dropped here.
    let short: String = book.digest.chars().take(16).collect();
    let id = format!("workbook-{short}").parse()?;
    let run = |rows: &[ImportRow], say: bool| -> Result<(ImportReport, ImportReport), Failure> {
        let context = desk.context("import")?;
        let feed = || rows.iter().cloned().map(Ok::<_, core::convert::Infallible>);
        let preview =
            desk.ledger.rehearsal().import(&id, &book.heading, book.date_system, feed(), &context, |_| ControlFlow::Continue(()))?;
        println!("  rehearsal: {}", counts(&preview.counts));
        let report = desk.ledger.import(&id, &book.heading, book.date_system, feed(), &desk.context("import")?, |progress| {
            if say {
                let done = progress.done.total.rows();
                println!("  {done} of {} rows{}", rows.len(), if progress.replayed { " (taken by an earlier run)" } else { "" });
            }
            ControlFlow::Continue(())
        })?;
        Ok((preview, report))
    };
    let (preview, report) = run(&book.rows, true)?;
    println!("  imported:  {}", counts(&report.counts));
    println!("  the rehearsal said the same of every row: {}", if preview.rows == report.rows { "yes" } else { "NO" });
    for column in &report.ignored {
        println!("  not read: column {} 「{}」", column.position, column.heading);
    }
    errors(&report.rows);
    repairs(&report.rows);
    Ok(report)
}

fn counts(counts: &ImportCounts) -> String {
    format!("成功 {}, データエラー {}, すでに存在する顧客 {} (of {} rows)", counts.imported, counts.errors, counts.existing, counts.rows())
}

fn errors(rows: &[RowOutcome]) {
    println!("  データエラー, row by row:");
    for row in rows {
        if let RowResult::Error { problems } = &row.result {
            for problem in problems {
                println!(
                    "    row {} {}: {} — {}",
                    problem.row,
                    problem.column,
                    problem.value.as_deref().unwrap_or("(empty)"),
                    problem.reason
                );
            }
        }
    }
}

fn repairs(rows: &[RowOutcome]) {
    let mut kinds: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for repair in rows.iter().flat_map(|row| &row.repairs) {
        let kind = kinds.entry(format!("{:?}", repair.kind)).or_insert_with(|| (0, format!("{} → {}", repair.before, repair.after)));
        kind.0 = kind.0.saturating_add(1);
    }
    println!("  repaired, each cell reported with before and after:");
    for (kind, (count, sample)) in kinds {
        println!("    {kind}: {count}, such as {sample}");
    }
}
