//! What an import refused, for staff to mend and import again (I2).

use std::collections::BTreeMap;

use crate::error::SheetError;
use crate::sheet::{Row, Sheet};
use crate::xlsx::{Column, Style, Texts, Worksheet, workbook};
use daicho::import::{ERROR_REASON, ERROR_ROW, read_heading};
use daicho::{Cell, CellProblem, ImportColumn, RowOutcome, RowResult};

/// A cell that an import reads has at most 4 kB (I7), and so has what is said of it here.
const LONGEST_REASON: usize = 3_000;

/// The error values that every spreadsheet program knows.
const ERROR_VALUES: [&str; 7] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];

/// The rows of a file that an import, or its preview, refused, as a workbook: heading and cells as they stand in the file, and right of them the
/// number of the row and what is wrong with it, in Japanese. Staff mend it and import it again, under a new id: the two columns are known there and not
/// read, and those who were taken are not in it.
///
/// Values and their kinds stay, also of dates since 1904; of formats only that of 生年月日 does. A value whose formula was never calculated is `#VALUE!`.
///
/// ```
/// use daicho_sheets::{Limits, Sheet, error_workbook};
/// # use core::ops::ControlFlow;
/// # use daicho::*;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let ledger = Ledger::open(MemoryStore::new(), "salon-1".parse()?);
/// # let context = Context { actor: Actor::new("staff-1".parse()?, Role::Staff), channel: Channel::Counter, now: Instant(1_795_222_800_000), key: "k1".parse()?, entropy: Entropy([1; 16]) };
/// # let bytes = "姓,名\r\n山田,花子\r\n,太郎\r\n".as_bytes();
/// let sheet = Sheet::open(bytes, &Limits::default())?;
/// # let mut rows = sheet.rows()?;
/// # let heading = daicho::import::read_heading(&rows.next().transpose()?.map(|row| row.cells).unwrap_or_default())?;
/// # let rows = rows.map(|row| row.map(|row| ImportRow { row: row.number, cells: row.cells }));
/// # let report = ledger.import(&"import-1".parse()?, &heading, sheet.date_system(), rows, &context, |_| ControlFlow::Continue(())).map_err(|_| "stopped")?;
/// if report.counts.errors > 0 {
///     let to_mend = error_workbook(&sheet, &report.rows)?;
///     # assert_eq!(Sheet::open(&to_mend, &Limits::default())?.rows()?.count(), 2);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// What reading the file does, and [`SheetError::OutputTooLarge`].
pub fn error_workbook(sheet: &Sheet<'_>, outcomes: &[RowOutcome]) -> Result<Vec<u8>, SheetError> {
    let reasons: BTreeMap<u32, String> = outcomes.iter().filter_map(|outcome| Some((outcome.row, reason(outcome)?))).collect();
    // Read twice: the new columns stand right of every cell that stays.
    let mut rows = refused(sheet, &reasons)?;
    let heading = rows.next().transpose()?.map(|row| row.cells).unwrap_or_default();
    let layout = Layout::of(&heading);
    let mut width = layout.kept(heading).len();
    for row in rows {
        width = width.max(layout.kept(row?.cells).len());
    }
    let mut texts = Texts::new()?;
    let mut written = Worksheet::new(layout.columns(width));
    let mut rows = refused(sheet, &reasons)?;
    if let Some(heading) = rows.next() {
        let notes = [ERROR_ROW, ERROR_REASON].map(Cell::text);
        written.row(&layout.row(heading?.cells, width, notes), &mut texts)?;
    }
    for row in rows {
        let row = row?;
        let number = layout.first_number(&row);
        let reason = reasons.get(&row.number).map(Cell::text).unwrap_or_default();
        written.row(&layout.row(row.cells, width, [number, reason]), &mut texts)?;
    }
    workbook(vec![("データエラー", written.finish()?)], texts, sheet.date_system())
}

/// The heading, and the rows of which there is something to say.
fn refused(sheet: &Sheet<'_>, reasons: &BTreeMap<u32, String>) -> Result<impl Iterator<Item = Result<Row, SheetError>>, SheetError> {
    let mut is_heading = true;
    Ok(sheet.rows()?.filter(move |row| {
        let is_heading = core::mem::take(&mut is_heading);
        is_heading || row.as_ref().map_or(true, |row| reasons.contains_key(&row.number))
    }))
}

fn reason(outcome: &RowOutcome) -> Option<String> {
    let RowResult::Error { problems } = &outcome.result else { return None };
    let mut text = String::new();
    let mut rest = problems.iter().map(CellProblem::japanese);
    while let Some(line) = rest.next() {
        if text.len().saturating_add(line.len()) > LONGEST_REASON {
            text.push_str(&format!("\nほか{}件", rest.count().saturating_add(1)));
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
    }
    Some(text)
}

/// Where things stand in the file.
struct Layout {
    /// The columns of an earlier workbook of errors, from 0: they are made anew.
    notes: Vec<usize>,
    /// The one of them that says which row it was in the very first file.
    number: Option<usize>,
    /// 生年月日, from 0.
    days: Vec<usize>,
}

impl Layout {
    // Of a heading that no import took, nothing is known.
    fn of(heading: &[Cell]) -> Self {
        let known = read_heading(heading).map(|heading| heading.columns).unwrap_or_default();
        let places = |column| {
            let known = known.iter().filter(move |known| known.column == column);
            known.filter_map(|known| usize::try_from(known.position.checked_sub(1)?).ok())
        };
        let notes: Vec<usize> = places(ImportColumn::ErrorNote).collect();
        let is_number = |place: &usize| heading.get(*place).is_some_and(|cell| cell.shown() == ERROR_ROW);
        Self { number: notes.iter().copied().find(is_number), days: places(ImportColumn::Birthday).collect(), notes }
    }

    /// What of a row stays.
    fn kept(&self, cells: Vec<Cell>) -> Vec<Cell> {
        let mut kept: Vec<Cell> =
            cells.into_iter().enumerate().filter(|(place, _)| !self.notes.contains(place)).map(|(_, cell)| cell).collect();
        let blank_end = kept.iter().rev().take_while(|cell| **cell == Cell::Empty).count();
        kept.truncate(kept.len().saturating_sub(blank_end));
        kept
    }

    fn row(&self, cells: Vec<Cell>, width: usize, notes: [Cell; 2]) -> Vec<Cell> {
        let mut row = self.kept(cells);
        row.iter_mut().for_each(mend_error_value);
        row.resize(width, Cell::Empty);
        row.extend(notes);
        row
    }

    fn columns(&self, width: usize) -> Vec<Column> {
        let days = self.days.iter().map(|day| day.saturating_sub(self.notes.iter().filter(|note| *note < day).count()));
        let mut columns = vec![Column { width: 16, header: Style::Header, style: Style::Text, hint: None }; width];
        for day in days {
            if let Some(column) = columns.get_mut(day) {
                column.style = Style::Date;
            }
        }
        columns.push(Column { width: 12, header: Style::Header, style: Style::General, hint: None });
        columns.push(Column { width: 60, header: Style::Header, style: Style::Wrapped, hint: None });
        columns
    }

    // Whoever mends what was mended once looks into the file that was first.
    fn first_number(&self, row: &Row) -> Cell {
        let before = self.number.and_then(|place| row.cells.get(place)).map(Cell::shown);
        let before = before.filter(|text| !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit()));
        Cell::number(before.map_or_else(|| row.number.to_string(), ToOwned::to_owned))
    }
}

fn mend_error_value(cell: &mut Cell) {
    if let Cell::Error { text } = cell
        && !ERROR_VALUES.contains(&text.as_str())
    {
        "#VALUE!".clone_into(text);
    }
}
