//! CSV: encodings found, damage told by its place.

use daicho_sheets::{Cell, Csv, Encoding, Limits, SheetError, write_csv};

use crate::{read, show, text};

fn csv(bytes: &[u8]) -> Result<Vec<String>, SheetError> {
    read(bytes, &Limits::default()).map(|rows| show(&rows))
}

#[test]
fn i4_bytes_of_no_encoding_are_told_by_their_place() {
    assert_eq!(csv(b"abc\xff\xffdef"), Err(SheetError::Undecodable { encoding: "UTF-8", offset: 3 }));
    // Valid Shift_JIS up to byte 6, and UTF-8 up to byte 0.
    assert_eq!(csv(b"\x8eR\x93c,a\xff"), Err(SheetError::Undecodable { encoding: "Shift_JIS", offset: 6 }));
    assert_eq!(csv(b"\xef\xbb\xbfa\x8eR"), Err(SheetError::Undecodable { encoding: "UTF-8", offset: 4 }));
    assert_eq!(csv(b"\xff\xfea\0\x00\xd8b\0"), Err(SheetError::Undecodable { encoding: "UTF-16LE", offset: 4 }));
    assert_eq!(csv(b"a,b\0c"), Err(SheetError::Undecodable { encoding: "UTF-8", offset: 3 }));
    let wanted = |encoding| Csv::open("あ".as_bytes(), encoding, &Limits::default()).err();
    assert_eq!(wanted(Encoding::Utf8), None);
    assert_eq!(wanted(Encoding::ShiftJis), Some(SheetError::Undecodable { encoding: "Shift_JIS", offset: 2 }));
    // A fault far behind the first chunk is still told by its place.
    let mut long = vec![b'\n'; 100_000];
    long.extend(b"\x8eR\xff\xff");
    assert_eq!(csv(&long), Err(SheetError::Undecodable { encoding: "Shift_JIS", offset: 100_002 }));
}

#[test]
fn i7_a_quotation_mark_that_nothing_closes_is_told_by_its_row() {
    assert_eq!(csv(b"a,b\nc,\"d\ne,f\n"), Err(SheetError::UnclosedQuote { row: 2 }));
    assert_eq!(csv(b"\""), Err(SheetError::UnclosedQuote { row: 1 }));
    assert_eq!(csv(b"\"\"\""), Err(SheetError::UnclosedQuote { row: 1 }));
}

#[test]
fn i1_records_are_numbered_as_excel_numbers_rows() {
    assert_eq!(csv(b"a\r\n\r\nb,\"x\ny\"\rc\n\n\nd").unwrap(), ["1|a", "3|b|x\ny", "4|c", "7|d"]);
    assert_eq!(csv(b"a,\"\",b,,\n,,\n\"\"").unwrap(), ["1|a||b"]);
    assert_eq!(csv(b"a\"b,\"c\"d,\"e\"\"f\"").unwrap(), ["1|a\"b|cd|e\"f"]);
    assert_eq!(csv(b"").unwrap(), Vec::<String>::new());
}

#[test]
fn i6_what_would_be_a_formula_is_neutralised_in_csv() {
    let rows = vec!["=1+1", "+81", "-1", "@x", "\tx", "\rx", "a=1"].into_iter().map(text);
    let row = rows.chain([Cell::Number { literal: "-5".into() }, Cell::Error { text: "=cmd".into() }]).collect();
    let bytes = write_csv([row], Encoding::ShiftJis).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "'=1+1,'+81,'-1,'@x,\"'\tx\",\"'\rx\",a=1,-5,'=cmd\r\n");
}

#[test]
fn i4_what_shift_jis_cannot_hold_is_told_by_its_cell_and_never_replaced() {
    for (content, position) in [("から〜まで", 3), ("𠮷野", 1), ("=,\"♥", 4), ("¥100", 1), ("a−b", 2), ("‾", 1)] {
        let error = write_csv([vec![text("x")], vec![text("y"), text(content)]], Encoding::ShiftJis).unwrap_err();
        assert_eq!(error, SheetError::Unencodable { row: 2, column: 2, position, encoding: "Shift_JIS" }, "{content}");
        assert!(!error.to_string().contains(content));
    }
    let held = "①㈱髙﨑～ﾔﾏﾀﾞ\\~Ⅲ纊";
    let bytes = write_csv([vec![text(held)]], Encoding::ShiftJis).unwrap();
    assert_eq!(csv(&bytes).unwrap(), [format!("1|{held}")]);
}
