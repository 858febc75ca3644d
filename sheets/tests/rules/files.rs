//! Files of the programs salons use. How each was made is in `fixtures/make`.

use daicho_sheets::{Csv, DateSystem, Encoding, Limits, Sheet, SheetError, Xlsx};

use crate::{fixture, read, show};

fn shown(name: &str) -> Vec<String> {
    show(&read(&fixture(name), &Limits::default()).expect(name))
}

#[test]
fn i1_a_workbook_of_openpyxl_gives_its_first_visible_sheet() {
    assert_eq!(
        shown("openpyxl.xlsx"),
        [
            "1|姓|名|セイ|メイ|電話番号|生年月日",
            "2|髙橋|一郎|ﾀｶﾊｼ|イチロウ|#9012345678|#32964",
            "4|山田 太郎|||?true|090-1234-5678|!#REF!",
            "5|!#UNCALCULATED!",
            "6|||一行目\n二行目 & <三>",
        ]
    );
}

#[test]
fn i1_a_sheet_is_found_by_its_name() {
    let bytes = fixture("openpyxl.xlsx");
    let book = Xlsx::open(&bytes, &Limits::default()).unwrap();
    assert_eq!(book.sheet_names().collect::<Vec<_>>(), ["顧客"]);
    let hidden: Vec<_> = book.rows_of("隠し").unwrap().map(Result::unwrap).collect();
    assert_eq!(show(&hidden), ["1|見えない"]);
    assert_eq!(book.rows_of("ない").err(), Some(SheetError::NoSuchSheet));
}

#[test]
fn i1_a_workbook_of_xlsxwriter_keeps_text_digits_and_calculated_text() {
    assert_eq!(
        shown("xlsxwriter.xlsx"),
        ["1|姓|名|セイ|メイ|電話番号|生年月日", "2|山﨑|花子|ヤマサキ|?false|09012345678|#32964", "4|||||#81312345678"]
    );
}

#[test]
fn i1_a_workbook_of_libreoffice_reads_as_the_one_it_was_made_from() {
    assert_eq!(shown("libreoffice.xlsx"), shown("xlsxwriter.xlsx"));
}

#[test]
fn i1_workbooks_of_sheetjs_read_alike_with_and_without_shared_strings() {
    let expected =
        ["1|姓|名|電話番号|生年月日|会員", "2|濵田|花子|#9012345678|#32964|?true", "4|𠮷野| 前後に空白 |090-1234-5678|!#REF!|=1+1"];
    assert_eq!(shown("sheetjs.xlsx"), expected);
    assert_eq!(shown("sheetjs_inline.xlsx"), expected);
}

#[test]
fn i1_furigana_that_excel_keeps_beside_a_text_is_no_part_of_it() {
    assert_eq!(shown("excel_phonetic.xlsx"), ["1|姓|電話番号", "2|髙橋 様|#9012345678"]);
}

#[test]
fn i1_the_strict_format_with_prefixes_and_without_addresses_is_read() {
    assert_eq!(shown("strict_prefixed.xlsx"), ["1|山田|1990-04-01", "3||<&>\r髙|!#N/A"]);
}

#[test]
fn i4_the_date_system_is_told() {
    for (name, expected) in
        [("openpyxl.xlsx", DateSystem::D1900), ("openpyxl_1904.xlsx", DateSystem::D1904), ("strict_prefixed.xlsx", DateSystem::D1904)]
    {
        assert_eq!(Sheet::open(&fixture(name), &Limits::default()).unwrap().date_system(), expected, "{name}");
    }
    // 1 April 1990 is 1,462 days less in the system of 1904.
    assert_eq!(shown("openpyxl_1904.xlsx"), ["1|生年月日", "2|#31502"]);
}

#[test]
fn i4_cp932_with_its_vendor_extensions_is_read_like_utf8_and_utf16() {
    let expected = ["1|姓|名|備考", "2|髙橋|﨑子|①㈱～Ⅲ", "5|ﾔﾏﾀﾞ|改\r\n行|\"引用\", 終"];
    for (name, encoding) in [("cp932.csv", "Shift_JIS"), ("utf8_bom.csv", "UTF-8"), ("excel_unicode_text.txt", "UTF-16LE")] {
        assert_eq!(shown(name), expected, "{name}");
        assert_eq!(Csv::open(&fixture(name), Encoding::Auto, &Limits::default()).unwrap().encoding(), encoding);
    }
}

#[test]
fn i7_a_file_of_another_format_is_told_by_name() {
    let limits = Limits::default();
    let code = |bytes: &[u8]| Sheet::open(bytes, &limits).err().map(|error| (error.code(), error.to_string().contains(".xlsx")));
    assert_eq!(code(&fixture("old.xls")), Some(("sheet.old_format", true)));
    for name in ["binary.xlsb", "spreadsheet.ods"] {
        assert_eq!(code(&fixture(name)), Some(("sheet.unknown_format", true)), "{name}");
    }
    for bytes in [b"<html><table>".as_slice(), b"%PDF-1.7", b"  <?xml version='1.0'?>"] {
        assert_eq!(code(bytes), Some(("sheet.unknown_format", true)));
    }
    let mut encrypted = fixture("old.xls");
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(code(&encrypted), Some(("sheet.encrypted", true)));
}
