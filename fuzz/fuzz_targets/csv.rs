//! I1, I4, I7: any bytes are rows within the limits or a typed error, and rows that were written are read as they were.
#![no_main]

#[path = "../shared/rows.rs"]
mod rows;

use daicho_sheets::{Cell, Csv, Encoding, Limits, SheetError, write_csv};
use libfuzzer_sys::fuzz_target;
use rows::{LIMITS, walk};

fn rows(bytes: &[u8], encoding: Encoding, limits: &Limits) -> Result<Vec<Vec<Cell>>, SheetError> {
    walk(Csv::open(bytes, encoding, limits)?.rows(), limits)
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
