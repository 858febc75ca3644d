//! I1, I4, I7: any bytes are rows within the limits or a typed error, and rows that were written are read as they were.
#![no_main]

use daicho_sheets::{Cell, Csv, Encoding, Limits, SheetError, write_csv};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    container_bytes: 100_000,
    entry_bytes: 100_000,
    ratio: 200,
    rows: 200,
    columns: 20,
    cell_bytes: 200,
    shared_string_bytes: 10_000,
};

fn rows(bytes: &[u8], encoding: Encoding, limits: &Limits) -> Result<Vec<Vec<Cell>>, SheetError> {
    let csv = Csv::open(bytes, encoding, limits)?;
    let (mut read, mut last) = (Vec::new(), 0);
    for row in csv.rows() {
        let row = row?;
        assert!(row.number > last && row.number <= limits.rows && row.cells.len() <= limits.columns as usize);
        assert!(row.cells.iter().all(|cell| cell.shown().len() <= limits.cell_bytes as usize));
        last = row.number;
        read.push(row.cells);
    }
    Ok(read)
}

fuzz_target!(|bytes: &[u8]| {
    for encoding in [Encoding::Auto, Encoding::Utf8, Encoding::ShiftJis] {
        let read = match rows(bytes, encoding, &LIMITS) {
            Ok(read) => read,
            Err(error) => {
                assert!(!format!("{error} {error:?}").contains("ひみつ"));
                continue;
            }
        };
        let shown = |rows: &[Vec<Cell>]| -> Vec<Vec<String>> {
            rows.iter()
                .map(|row| row.iter().map(|cell| cell.shown().to_owned()).collect())
                .filter(|row: &Vec<String>| !row.is_empty())
                .collect()
        };
        for to in [Encoding::Utf8, Encoding::ShiftJis] {
            let Ok(written) = write_csv(read.clone(), to) else { continue };
            let again = rows(&written, to, &Limits::default()).expect("what is written is read");
            assert_eq!(shown(&again), shown(&read));
        }
    }
});
