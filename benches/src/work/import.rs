//! The import of a file's rows, those registered twice found: of the rows alone, and of the workbook they stand in.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

use daicho::import::{Heading, ImportRow, read_heading};
use daicho::{Cell, DateSystem, Ledger, MemoryStore, Store};
use daicho_sheets::{Limits, Sheet, write_xlsx};
use daicho_sqlite::SqliteStore;

use super::Folder;
use crate::fill::{context, salon_id};
use crate::measure::{Line, Times, alone, side_by_side};
use crate::peer::{Peer, Taken, Upserted};
use crate::salon::{Failure, Salon};

const HEADING: [&str; 10] = ["姓", "名", "セイ", "メイ", "電話番号", "生年月日", "性別", "メールアドレス", "住所", "流入経路"];

fn import<S: Store>(store: S, heading: &Heading, rows: &[ImportRow]) -> Result<Taken, Failure> {
    let ledger = Ledger::open(store, salon_id()?);
    let rows = rows.iter().map(|row| Ok::<_, Infallible>(row.clone()));
    let report =
        ledger.import(&"import-1".parse()?, heading, DateSystem::D1900, rows, &context("import")?, |_| ControlFlow::Continue(()))?;
    if report.counts.errors > 0 {
        return Err(format!("{} drawn rows were refused", report.counts.errors).into());
    }
    Ok(Taken { imported: report.counts.imported, existing: report.counts.existing })
}

// From the workbook's bytes to a ledger without doubles.
fn import_workbook<S: Store>(store: S, workbook: &[u8]) -> Result<Taken, Failure> {
    let ledger = Ledger::open(store, salon_id()?);
    let sheet = Sheet::open(workbook, &Limits::default())?;
    let mut rows = sheet.rows()?.map(|row| row.map(|row| ImportRow { row: row.number, cells: row.cells }));
    let heading = read_heading(&rows.next().transpose()?.map(|row| row.cells).unwrap_or_default())?;
    let (import, context) = ("import-1".parse()?, context("import")?);
    let report = ledger
        .import(&import, &heading, sheet.date_system(), rows, &context, |_| ControlFlow::Continue(()))
        .map_err(|_| "the import stopped")?;
    if report.counts.errors > 0 {
        return Err(format!("{} drawn rows were refused", report.counts.errors).into());
    }
    Ok(Taken { imported: report.counts.imported, existing: report.counts.existing })
}

/// A workbook beside calamine and upserts in one transaction; only the number of rows must be the same, since a key of name and phone knows less of who is who.
fn workbooks(rows: &[ImportRow], rounds: u32, folder: &Folder) -> Result<Vec<Line>, Failure> {
    let heading = HEADING.map(Cell::text).to_vec();
    let workbook = write_xlsx("顧客", std::iter::once(heading).chain(rows.iter().map(|row| row.cells.clone())))?;
    let (mut ours, mut theirs) = (Taken::default(), Upserted::default());
    let mut read = Times::default();
    for _ in 0..rounds {
        alone(&mut read, || {
            Ok(Sheet::open(&workbook, &Limits::default())?.rows()?.try_fold(0_usize, |sum, row| row.map(|row| sum + row.cells.len()))?)
        })?;
    }
    let what = |place: &str| format!("import a workbook of {} rows, {place}, beside calamine and upserts", rows.len());
    let in_memory = side_by_side(
        what("in memory"),
        rounds,
        1,
        |_| {
            ours = import_workbook(MemoryStore::new(), &workbook)?;
            Ok(ours.imported + ours.existing)
        },
        |_| {
            theirs = Peer::create(None)?.upsert(&workbook)?;
            Ok(theirs.rows)
        },
    )?;
    let in_a_file = side_by_side(
        what("in a file"),
        rounds,
        1,
        |round| {
            let taken = import_workbook(SqliteStore::open(folder.file(&format!("workbook{round}.daicho")))?, &workbook)?;
            Ok(taken.imported + taken.existing)
        },
        |round| Ok(Peer::create(Some(&folder.file(&format!("workbook{round}.sqlite"))))?.upsert(&workbook)?.rows),
    )?;
    let reading = Line {
        what: "import: reading the workbook alone".into(),
        ours: read,
        peer: Times::default(),
        remark: format!("{} kB", workbook.len() / 1_000),
    };
    let remark = format!("{} customers, {} by a key of name and phone", ours.imported, theirs.people);
    Ok(vec![reading, in_memory.remark(&remark), in_a_file.remark(remark)])
}

// 新規 様: many a salon's book has one name for all whose name nobody asked.
fn of_names(heading: &Heading, rows: &[ImportRow], name: impl Fn(u32) -> String) -> Result<u32, Failure> {
    let named = rows.iter().take(10_000).map(|row| {
        let mut cells = row.cells.clone();
        cells.iter_mut().zip([Cell::text(name(row.row)), Cell::text("様")]).for_each(|(cell, name)| *cell = name);
        ImportRow { row: row.row, cells }
    });
    let taken = import(MemoryStore::new(), heading, &named.collect::<Vec<_>>())?;
    Ok(taken.imported + taken.existing)
}

/// In memory and in a file, 500 rows to a commit on both sides.
pub fn run(salon: &Salon, parent: &Path) -> Result<Vec<Line>, Failure> {
    let heading = read_heading(&HEADING.map(Cell::text))?;
    let rows: Vec<ImportRow> = salon.people().map(|person| ImportRow { row: person.place + 1, cells: person.row() }).collect();
    let rounds = if salon.customers() > 20_000 { 1 } else { 3 };
    let folder = Folder::under(parent)?;
    let mut existing = 0;
    let in_memory = side_by_side(
        format!("import {} rows, in memory", rows.len()),
        rounds,
        1,
        |_| {
            let taken = import(MemoryStore::new(), &heading, &rows)?;
            existing = taken.existing;
            Ok(taken)
        },
        |_| Peer::create(None)?.import(&rows, 500),
    )?;
    let in_a_file = side_by_side(
        format!("import {} rows, in a file, on the disk", rows.len()),
        rounds,
        1,
        |round| import(SqliteStore::open(folder.file(&format!("{round}.daicho")))?, &heading, &rows),
        |round| Peer::create(Some(&folder.file(&format!("{round}.sqlite"))))?.import(&rows, 500),
    )?;
    let one_name = side_by_side(
        format!("import {} rows of one name beside rows of their own", rows.len().min(10_000)),
        1,
        1,
        |_| of_names(&heading, &rows, |_| "新規".to_owned()),
        |_| of_names(&heading, &rows, |row| format!("新規{row}")),
    )?;
    let remark = format!("{existing} found to exist already");
    let mut lines = vec![in_memory.remark(&remark), in_a_file.remark(remark), one_name];
    lines.extend(workbooks(&rows, rounds, &folder)?);
    Ok(lines)
}
