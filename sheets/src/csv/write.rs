//! Writing CSV that a spreadsheet program opens as text and never as formulas.

use crate::csv::text::{Encoding, push_shift_jis};
use crate::error::SheetError;
use crate::neutral::is_risky;
use crate::number;
use daicho::Cell;

/// Writes rows as CSV (I1, I6), with CRLF after each.
///
/// A text, and an error value, that begins with `=`, `+`, `-`, `@`, a tab or a line's end gets an apostrophe before it, so that no
/// spreadsheet program runs it; full-width signs and those behind spaces, quotation marks or invisible characters count too. Reading
/// takes the apostrophe off again. Numbers are checked to be numbers, and stay as they are.
///
/// # Errors
/// [`SheetError::Unencodable`] names the cell and the character that Shift_JIS does not have; [`SheetError::BadCell`] a
/// [`Cell::Number`] that is none, or a NUL.
pub fn write_csv(rows: impl IntoIterator<Item = Vec<Cell>>, encoding: Encoding) -> Result<Vec<u8>, SheetError> {
    let mut writer = CsvWriter::new(encoding);
    for row in rows {
        writer.row(&row)?;
    }
    Ok(writer.finish())
}

/// CSV, written row by row.
pub(crate) struct CsvWriter {
    out: Vec<u8>,
    rows: u32,
    shift_jis: bool,
}

impl CsvWriter {
    pub(crate) fn new(encoding: Encoding) -> Self {
        let shift_jis = encoding == Encoding::ShiftJis;
        Self { out: if shift_jis { Vec::new() } else { b"\xef\xbb\xbf".to_vec() }, rows: 0, shift_jis }
    }

    /// Writes the next row.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), SheetError> {
        self.rows = self.rows.saturating_add(1);
        for (column, cell) in (1_u32..).zip(cells) {
            if column > 1 {
                self.out.push(b',');
            }
            self.cell(column, cell)?;
        }
        self.out.extend(b"\r\n");
        Ok(())
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.out
    }

    fn cell(&mut self, column: u32, cell: &Cell) -> Result<(), SheetError> {
        let row = self.rows;
        let bad = |problem| SheetError::BadCell { row, column, problem };
        let mut field = String::new();
        match cell {
            Cell::Empty => {}
            Cell::Text { text } | Cell::Error { text } => {
                if text.contains('\0') {
                    return Err(bad("the text holds NUL, which CSV cannot"));
                }
                if is_risky(text) {
                    field.push('\'');
                }
                field.push_str(text);
            }
            Cell::Number { literal } => {
                number::plain(literal, u32::MAX).ok_or(bad("the number is none"))?;
                field.push_str(literal);
            }
            Cell::Boolean { value } => field.push_str(if *value { "TRUE" } else { "FALSE" }),
        }
        // Semicolons and tabs part the fields where a program was told so.
        let quoted = field.contains(['"', ',', ';', '\t', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ');
        let whole = if quoted { format!("\"{}\"", field.replace('"', "\"\"")) } else { field };
        if !self.shift_jis {
            self.out.extend(whole.as_bytes());
            return Ok(());
        }
        push_shift_jis(&whole, &mut self.out).map_err(|position| {
            // The place is the one in the cell: what was put around its text is not counted.
            let inside = match cell {
                Cell::Text { text } | Cell::Error { text } => push_shift_jis(text, &mut Vec::new()).err(),
                _ => None,
            };
            SheetError::Unencodable { row, column, position: inside.unwrap_or(position), encoding: "Shift_JIS" }
        })
    }
}
