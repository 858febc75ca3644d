//! The import of a file's rows, those registered twice found. Reading the workbook is not part of it.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

use daicho::import::{Heading, ImportRow, read_heading};
use daicho::{Cell, DateSystem, Ledger, MemoryStore, Store};
use daicho_sqlite::SqliteStore;

use super::Folder;
use crate::fill::{context, salon_id};
use crate::measure::{Line, side_by_side};
use crate::peer::{Peer, Taken};
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
    let remark = format!("{existing} found to exist already");
    Ok(vec![in_memory.remark(&remark), in_a_file.remark(remark)])
}
