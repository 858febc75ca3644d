//! Writing CSV that a spreadsheet program opens as text and never as formulas.

use crate::csv::text::{Encoding, push_shift_jis};
use crate::error::SheetError;
use crate::number;
use daicho::Cell;

/// Writes rows as CSV (I1, I6), with CRLF after each.
///
/// A text, and an error value, that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it,
/// so that no spreadsheet program runs it. Numbers are checked to be numbers, and stay as they are.
///
/// # Errors
/// [`SheetError::Unencodable`] names the cell and the character that Shift_JIS does not have; [`SheetError::BadCell`] a
/// [`Cell::Number`] that is none, or a NUL.
pub fn write_csv(rows: impl IntoIterator<Item = Vec<Cell>>, encoding: Encoding) -> Result<Vec<u8>, SheetError> {
    let shift_jis = encoding == Encoding::ShiftJis;
    let mut out = if shift_jis { Vec::new() } else { b"\xef\xbb\xbf".to_vec() };
    let mut field = String::new();
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (1_u32..).zip(&cells) {
            if column > 1 {
                out.push(b',');
            }
            let bad = |problem| SheetError::BadCell { row, column, problem };
            field.clear();
            match cell {
                Cell::Empty => {}
                Cell::Text { text } | Cell::Error { text } => {
                    if text.contains('\0') {
                        return Err(bad("the text holds NUL, which CSV cannot"));
                    }
                    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
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
            let quoted = field.contains(['"', ',', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ');
            let whole = if quoted { format!("\"{}\"", field.replace('"', "\"\"")) } else { core::mem::take(&mut field) };
            if shift_jis {
                push_shift_jis(&whole, &mut out).map_err(|position| {
                    // The place is the one in the cell: what was put around its text is not counted.
                    let inside = match cell {
                        Cell::Text { text } | Cell::Error { text } => push_shift_jis(text, &mut Vec::new()).err(),
                        _ => None,
                    };
                    SheetError::Unencodable { row, column, position: inside.unwrap_or(position), encoding: "Shift_JIS" }
                })?;
            } else {
                out.extend(whole.as_bytes());
            }
        }
        out.extend(b"\r\n");
    }
    Ok(out)
}
