//! I1: the template, as a salon receives it.

use daicho_sheets::{Encoding, Limits, TEMPLATE_COLUMNS, Xlsx, template, template_csv};

use crate::{archives, read, show};

const HEADINGS: &str = "1|姓|名|セイ|メイ|電話番号|生年月日|性別|メールアドレス|住所|流入経路";

#[test]
fn i1_the_template_has_the_headings_and_a_sample_row() {
    let rows = show(&read(&template().unwrap(), &Limits::default()).unwrap());
    assert_eq!(rows, [HEADINGS, "2|山田|花子|ヤマダ|ハナコ|090-1234-5678|#32964|女性|hanako@example.com|東京都渋谷区神南1-2-3|紹介"]);
    for encoding in [Encoding::Utf8, Encoding::ShiftJis] {
        let bytes = template_csv(encoding).unwrap();
        assert_eq!(show(&read(&bytes, &Limits::default()).unwrap())[0], HEADINGS);
        assert_eq!(bytes.starts_with(b"\xef\xbb\xbf"), encoding == Encoding::Utf8);
    }
}

#[test]
fn i1_the_template_says_what_is_required_and_how_each_column_is_filled_in() {
    let bytes = template().unwrap();
    let book = Xlsx::open(&bytes, &Limits::default()).unwrap();
    assert_eq!(book.sheet_names().collect::<Vec<_>>(), ["顧客情報", "記入方法"]);
    let notes: Vec<_> = book.rows_of("記入方法").unwrap().map(Result::unwrap).collect();
    let required: Vec<_> = show(&notes).into_iter().filter(|row| row.contains("|必須|")).skip(1).collect();
    assert_eq!(required.iter().map(|row| row.split('|').nth(1).unwrap()).collect::<Vec<_>>(), ["姓", "名"]);
    assert_eq!(notes.len(), 1 + TEMPLATE_COLUMNS.len());
    let parts = archives::unzip(&bytes);
    let sheet =
        parts.iter().find(|part| part.0 == "xl/worksheets/sheet1.xml").map(|part| String::from_utf8(part.1.clone()).unwrap()).unwrap();
    for column in TEMPLATE_COLUMNS {
        // Excel refuses a workbook with a longer note.
        assert!(column.note.encode_utf16().count() <= 255 && sheet.contains(column.note), "{}", column.heading);
    }
    // The phone's column keeps what is typed as text (style 1), the birthday's shows a date (style 2).
    assert!(
        sheet.contains("<col min=\"5\" max=\"5\" width=\"24\" style=\"1\"")
            && sheet.contains("<col min=\"6\" max=\"6\" width=\"24\" style=\"2\"")
    );
}

#[test]
fn i1_the_template_is_the_same_bytes_each_time() {
    assert_eq!(template().unwrap(), template().unwrap());
}
