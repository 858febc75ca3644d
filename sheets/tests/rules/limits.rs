//! I7: exactly the limit is read, one more is a typed error.

use daicho_sheets::{Encoding, Limits, Sheet, SheetError, write_csv, write_xlsx};

use crate::archives::{Entry, frame, workbook, zip};
use crate::{read, text};

fn small() -> Limits {
    Limits { rows: 5, columns: 3, cell_bytes: 9, ..Limits::default() }
}

/// The same rows as xlsx and as CSV.
fn both(rows: Vec<Vec<daicho_sheets::Cell>>) -> [Vec<u8>; 2] {
    [write_xlsx("S", rows.clone()).unwrap(), write_csv(rows, Encoding::Utf8).unwrap()]
}

#[test]
fn i7_the_defaults_are_those_of_the_rule() {
    let limits = Limits::default();
    assert_eq!((limits.container_bytes, limits.entry_bytes, limits.ratio), (10_000_000, 64_000_000, 200));
    assert_eq!((limits.rows, limits.columns, limits.cell_bytes), (100_000, 64, 4_000));
}

#[test]
fn i7_rows_up_to_the_limit() {
    for bytes in both(vec![vec![text("a")]; 5]) {
        assert_eq!(read(&bytes, &small()).unwrap().len(), 5);
    }
    for bytes in both(vec![vec![text("a")]; 6]) {
        assert_eq!(read(&bytes, &small()), Err(SheetError::TooManyRows { row: 6, limit: 5 }));
    }
    // What is read before the limit is passed is given before the error is.
    let bytes = write_xlsx("S", vec![vec![text("a")]; 6]).unwrap();
    let rows: Vec<_> = Sheet::open(&bytes, &small()).unwrap().rows().unwrap().map(|row| row.is_ok()).collect();
    assert_eq!(rows, [true, true, true, true, true, false]);
}

#[test]
fn i7_rows_up_to_the_default_limit() {
    for (count, expected) in [(100_000, None), (100_001, Some("sheet.too_many_rows"))] {
        for bytes in both(vec![vec![text("a")]; count]) {
            assert_eq!(read(&bytes, &Limits::default()).err().map(|error| error.code()), expected, "{count}");
        }
    }
}

#[test]
fn i7_columns_up_to_the_limit() {
    for bytes in both(vec![vec![text("a"); 3]]) {
        assert_eq!(read(&bytes, &small()).unwrap()[0].cells.len(), 3);
    }
    for bytes in both(vec![vec![text("a")], vec![text("a"); 4]]) {
        assert_eq!(read(&bytes, &small()), Err(SheetError::TooManyColumns { row: 2, column: 4, limit: 3 }));
    }
}

#[test]
fn i7_blank_cells_count_for_nothing() {
    let rows =
        "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='1'/></row><row r='1048576' s='1' customFormat='1'><c r='XFD1048576' s='1'/></row>";
    assert_eq!(read(&workbook(rows, ""), &small()).unwrap().len(), 1);
    assert_eq!(read(b"a,,,,,,\n\n\n\n\n\n,,,,\n\n", &small()).unwrap().len(), 1);
}

#[test]
fn i7_cells_up_to_the_limit() {
    let shared = |content: &str| workbook("<row><c t='s'><v>0</v></c></row>", &format!("<si><t>{content}</t></si>"));
    let three_times_three = "あいう";
    for bytes in both(vec![vec![text(three_times_three)]]).into_iter().chain([shared(three_times_three), shared("_x3042__x3044__x3046_")]) {
        assert_eq!(read(&bytes, &small()).unwrap()[0].cells, [text(three_times_three)]);
    }
    for bytes in both(vec![vec![text("あいうe")]]).into_iter().chain([shared("あいうe"), shared(&"a".repeat(1_000))]) {
        assert_eq!(read(&bytes, &small()), Err(SheetError::CellTooLong { row: 1, column: 1, limit: 9 }));
    }
    let number = |literal: &str| workbook(&format!("<row><c><v>{literal}</v></c></row>"), "");
    assert!(read(&number("123456789"), &small()).is_ok());
    assert!(read(&number("1E8"), &small()).is_ok());
    assert_eq!(read(&number("1234567890"), &small()), Err(SheetError::CellTooLong { row: 1, column: 1, limit: 9 }));
    assert_eq!(read(&number("1E9"), &small()).map_err(|error| error.code()), Err("sheet.bad_cell"));
}

#[test]
fn i7_a_text_too_long_is_an_error_only_where_a_cell_uses_it() {
    let strings = format!("<si><t>{}</t></si><si><t>ok</t></si>", "a".repeat(5_000));
    assert!(read(&workbook("<row><c t='s'><v>1</v></c></row>", &strings), &Limits::default()).is_ok());
    assert_eq!(
        read(&workbook("<row><c t='s'><v>1</v></c><c t='s'><v>0</v></c></row>", &strings), &Limits::default()),
        Err(SheetError::CellTooLong { row: 1, column: 2, limit: 4_000 })
    );
}

#[test]
fn i7_containers_up_to_the_limit() {
    for bytes in both(vec![vec![text("a")]]) {
        let size = u64::try_from(bytes.len()).unwrap();
        assert!(read(&bytes, &Limits { container_bytes: size, ..Limits::default() }).is_ok());
        let limit = size - 1;
        assert_eq!(
            read(&bytes, &Limits { container_bytes: limit, ..Limits::default() }),
            Err(SheetError::ContainerTooLarge { bytes: size, limit })
        );
    }
}

#[test]
fn i7_entries_up_to_the_limit() {
    let bytes = workbook("<row><c><v>1</v></c></row>", "");
    let largest = frame().iter().map(|entry| entry.inflated).max().unwrap();
    assert!(read(&bytes, &Limits { entry_bytes: largest, ..Limits::default() }).is_ok());
    let limits = Limits { entry_bytes: largest - 1, ..Limits::default() };
    assert_eq!(read(&bytes, &limits).map_err(|error| error.code()), Err("sheet.entry_too_large"));
}

#[test]
fn i7_ratios_up_to_the_limit() {
    let padded = |inflated: usize| {
        let mut entries = frame();
        entries.push(Entry::new("xl/sheet.xml", b"<worksheet><sheetData/></worksheet>"));
        entries.push(Entry::stored("xl/strings.xml", b"<sst/>"));
        // A picture nobody reads is held to the limits too.
        let mut picture = Entry::new("xl/media/image1.bmp", &vec![0; inflated]);
        picture.data.resize(100, 0);
        entries.push(picture);
        read(&zip(&entries), &Limits::default())
    };
    assert_eq!(padded(20_000).map(|rows| rows.len()), Ok(0));
    assert_eq!(padded(20_001), Err(SheetError::RatioTooHigh { entry: 6, limit: 200 }));
}
