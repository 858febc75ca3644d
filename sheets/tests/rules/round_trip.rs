//! I6: what is written reads as it was.

use daicho_sheets::{Cell, Encoding, Limits, Row, SheetError, write_csv, write_xlsx};
use proptest::prelude::*;

use crate::{read, text};

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any::<String>().prop_map(Cell::text),
        "[ -~ぁ-ん髙﨑_x0-9\r\n\t]{1,40}".prop_map(Cell::text),
        "-?[0-9]{1,15}(\\.[0-9]{1,9})?".prop_map(Cell::number),
        any::<bool>().prop_map(|value| Cell::Boolean { value }),
        Just(Cell::Error { text: "#DIV/0!".into() }),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    proptest::collection::vec(proptest::collection::vec(cell(), 0..8), 0..12)
}

/// What a reader gives for these rows: blank cells at the end and blank rows are not there.
fn as_read(rows: Vec<Vec<Cell>>) -> Vec<Row> {
    let blank = |cell: &Cell| *cell == Cell::Empty || *cell == Cell::Text { text: String::new() };
    (1..)
        .zip(rows)
        .map(|(number, cells)| {
            let filled = cells.iter().rposition(|cell| !blank(cell)).map_or(0, |last| last + 1);
            let cells = cells.into_iter().take(filled).map(|cell| if blank(&cell) { Cell::Empty } else { cell });
            Row { number, cells: cells.collect() }
        })
        .filter(|row| !row.cells.is_empty())
        .collect()
}

/// How CSV, which knows only text, gives a cell back.
fn as_csv(cell: Cell) -> Cell {
    match cell {
        Cell::Empty => Cell::Empty,
        Cell::Text { text: content } | Cell::Number { literal: content } | Cell::Error { text: content } => Cell::Text { text: content },
        Cell::Boolean { value } => text(if value { "TRUE" } else { "FALSE" }),
    }
}

proptest! {
    #[test]
    fn i6_a_written_workbook_reads_as_it_was(rows in rows()) {
        let bytes = write_xlsx("顧客", rows.clone()).unwrap();
        prop_assert!(read(&bytes, &Limits::default()) == Ok(as_read(rows)));
    }

    #[test]
    fn i6_written_csv_reads_as_it_was(rows in rows(), shift_jis in any::<bool>()) {
        let encoding = if shift_jis { Encoding::ShiftJis } else { Encoding::Utf8 };
        let holds_nul = rows.iter().flatten().any(|cell| matches!(cell, Cell::Text { text: content } if content.contains('\0')));
        match write_csv(rows.clone(), encoding) {
            Ok(bytes) => {
                let csv = daicho_sheets::Csv::open(&bytes, encoding, &Limits::default()).unwrap();
                let read: Vec<Row> = csv.rows().map(Result::unwrap).collect();
                let expected: Vec<Vec<Cell>> = rows.into_iter().map(|row| row.into_iter().map(as_csv).collect()).collect();
                prop_assert!(read == as_read(expected));
            }
            Err(SheetError::Unencodable { .. }) => prop_assert!(shift_jis),
            Err(error) => prop_assert!(holds_nul, "{}", error),
        }
    }
}

#[test]
fn i6_a_text_that_looks_like_a_formula_stays_a_text() {
    let rows = vec![vec![text("=1+1"), text("+81"), text("@x"), text("007")]];
    let bytes = write_xlsx("S", rows.clone()).unwrap();
    assert_eq!(read(&bytes, &Limits::default()).unwrap()[0].cells, rows[0]);
    let parts = crate::archives::unzip(&bytes);
    assert!(parts.iter().all(|(_, content)| !content.windows(3).any(|window| window == b"<f>")));
}

#[test]
fn i6_the_same_rows_are_the_same_bytes() {
    let write = || write_xlsx("S", vec![vec![text("a")]; 1_000]).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn i6_what_a_sheet_cannot_hold_is_a_typed_error() {
    let code = |name: &str, cell: Cell| write_xlsx(name, [vec![cell]]).err().map(|error| error.code());
    assert_eq!(code("S", text(&"あ".repeat(32_767))), None);
    assert_eq!(code("S", text(&"あ".repeat(32_768))), Some("sheet.bad_cell"));
    for literal in ["", "1</v>", "=1", "NaN", "0x1"] {
        assert_eq!(code("S", Cell::Number { literal: literal.into() }), Some("sheet.bad_cell"), "{literal}");
        assert!(write_csv([vec![Cell::Number { literal: literal.into() }]], Encoding::Utf8).is_err());
    }
    for name in ["", " ", "a/b", "[x]", "'a", "あいうえおあいうえおあいうえおあいうえおあいうえおあいうえおあい"]
    {
        assert_eq!(code(name, Cell::Empty), Some("sheet.bad_sheet_name"), "{name}");
    }
    assert_eq!(write_xlsx("S", [vec![text("a"); 16_385]]).err().map(|error| error.code()), Some("sheet.too_many_columns"));
}

#[test]
fn i6_the_longest_export_is_within_the_limits_of_an_import() {
    let row = |number: u32| {
        let (phone, mail) = (format!("090{number:08}"), format!("customer.{number}@example.com"));
        let address = format!("東京都渋谷区神南一丁目{number}番地 神南マンション101号室");
        let name = [format!("山田{number}"), format!("花子{number}"), format!("ヤマダ{number}"), format!("ハナコ{number}")];
        let rest = [phone.as_str(), "1990/04/01", "女性", &mail, &address, "紹介"].map(text);
        name.iter().map(|part| text(part)).chain(rest).collect()
    };
    let bytes = write_xlsx("顧客", (1..=100_000).map(row)).unwrap();
    let last = read(&bytes, &Limits::default()).unwrap().pop().unwrap();
    assert_eq!((last.number, last.cells), (100_000, row(100_000)));
}
