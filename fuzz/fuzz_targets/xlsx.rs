//! I4, I7: any bytes are a workbook within the limits or a typed error: as they come, and as the parts of an archive that is sound.
#![no_main]

#[path = "../shared/rows.rs"]
mod rows;

use daicho_sheets::{Cell, Limits, SheetError, Xlsx, write_xlsx};
use libfuzzer_sys::fuzz_target;
use rows::{LIMITS, walk};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

// An archive of parts that are stored as they are.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in parts {
        let (offset, length) = (file.len() as u32, body.len() as u32);
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc32fast::hash(body).to_le_bytes());
        common.extend([length.to_le_bytes(), length.to_le_bytes()].concat());
        common.extend([(name.len() as u16).to_le_bytes(), [0, 0]].concat());
        file.extend([b"PK\x03\x04".as_slice(), &common, name.as_bytes(), body].concat());
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 10], &offset.to_le_bytes(), name.as_bytes()].concat());
    }
    let (count, at) = ((parts.len() as u16).to_le_bytes(), file.len() as u32);
    let size = (directory.len() as u32).to_le_bytes();
    [file, directory, b"PK\x05\x06\0\0\0\0".to_vec(), [count, count].concat(), size.to_vec(), at.to_le_bytes().to_vec(), vec![0, 0]]
        .concat()
}

fn read(bytes: &[u8]) -> Result<(), SheetError> {
    let book = Xlsx::open(bytes, &LIMITS)?;
    let mut rows = walk(book.rows()?, &LIMITS)?;
    // Errors of a spreadsheet are words such as #REF!. What else a file calls one is shown, and not written as it was: it may hold what XML cannot.
    let odd = |cell: &Cell| matches!(cell, Cell::Error { text } if !text.bytes().all(|byte| byte.is_ascii_graphic()));
    if rows.iter().flatten().any(odd) {
        return Ok(());
    }
    let Ok(written) = write_xlsx("s", rows.clone()) else { return Ok(()) };
    let again = Xlsx::open(&written, &Limits::default()).expect("what is written is a workbook");
    let again: Vec<_> = again.rows().expect("with a sheet").map(|row| row.expect("of rows").cells).collect();
    rows.retain(|row| !row.is_empty());
    assert_eq!(again, rows);
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let quiet = |read: Result<(), SheetError>| assert!(!format!("{read:?}").contains("ひみつ"));
    match bytes.split_first() {
        // The sheet, and after a zero byte its shared strings and its workbook.
        Some((b'x', rest)) => {
            let mut parts = rest.splitn(3, |byte| *byte == 0);
            let (sheet, strings) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let book = parts.next().unwrap_or(BOOK.as_bytes());
            quiet(read(&archive(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("_rels/.rels", ROOT.as_bytes()),
                ("xl/workbook.xml", book),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
                ("xl/sharedStrings.xml", strings),
                ("xl/worksheets/sheet1.xml", sheet),
            ])));
        }
        _ => quiet(read(bytes)),
    }
});
