//! What holds of the rows of any file.

use daicho_sheets::{Cell, Limits, Row, SheetError};

/// Small, so that they are met.
pub(crate) const LIMITS: Limits = Limits {
    container_bytes: 100_000,
    entry_bytes: 100_000,
    ratio: 200,
    rows: 200,
    columns: 20,
    cell_bytes: 200,
    shared_string_bytes: 10_000,
};

/// The rows, each below the one before and within the limits.
pub(crate) fn walk(rows: impl Iterator<Item = Result<Row, SheetError>>, limits: &Limits) -> Result<Vec<Vec<Cell>>, SheetError> {
    let (mut read, mut last) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        assert!(row.number > last && row.number <= limits.rows && row.cells.len() <= limits.columns as usize);
        assert!(row.cells.iter().all(|cell| cell.shown().len() <= limits.cell_bytes as usize));
        last = row.number;
        read.push(row.cells);
    }
    Ok(read)
}
