//! I7: damage and lies, one kind at a time.

use daicho_sheets::{Limits, SheetError};

use crate::archives::{Entry, frame, workbook, zip};
use crate::{read, show};

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, &Limits::default()).map_or_else(|error| error.code(), |_| "rows")
}

/// A whole workbook with one change made to its entries.
fn changed(change: impl FnOnce(&mut Vec<Entry>)) -> &'static str {
    let mut entries = frame();
    entries.push(Entry::new("xl/sheet.xml", b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"));
    entries.push(Entry::new("xl/strings.xml", b"<sst/>"));
    change(&mut entries);
    code(&zip(&entries))
}

#[test]
fn i7_an_archive_that_contradicts_itself_is_refused() {
    assert_eq!(changed(|_| {}), "rows");
    assert_eq!(changed(|entries| entries.push(Entry::stored("XL/Sheet.xml", b"<worksheet/>"))), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries.push(Entry::stored("xl\\sheet.xml", b"<worksheet/>"))), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].flags = 1), "sheet.encrypted");
    assert_eq!(changed(|entries| entries[3].method = 12), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].crc ^= 1), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].inflated -= 1), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].inflated += 1), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].data.truncate(20)), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].inflated = 64_000_001), "sheet.entry_too_large");
    assert_eq!(changed(|entries| entries[3].inflated = 64_000_000), "sheet.ratio_too_high");
    // One beyond the archive, and one inside another's header.
    assert_eq!(changed(|entries| entries[3].offset = Some(u32::MAX - 1)), "sheet.bad_archive");
    assert_eq!(changed(|entries| entries[3].offset = Some(4)), "sheet.bad_archive");
}

#[test]
fn i7_entries_that_share_their_bytes_are_refused() {
    // The inner entry is whole, header and all, inside the data of the outer one: the way a small file is made to hold the
    // same bomb many times.
    let inner = Entry::new("xl/sheet.xml", b"<worksheet><sheetData/></worksheet>");
    let record = zip(std::slice::from_ref(&inner));
    let outer = Entry::stored("outer", &record[..30 + inner.name.len() + inner.data.len()]);
    let place = u32::try_from(30 + outer.name.len()).unwrap();
    let mut entries = vec![outer, Entry { offset: Some(place), ..inner }];
    entries.extend(frame());
    entries.push(Entry::new("xl/strings.xml", b"<sst/>"));
    let problem = "two entries overlap";
    assert_eq!(read(&zip(&entries), &Limits::default()), Err(SheetError::BadArchive { problem }));
    entries[1].offset = None;
    assert_eq!(read(&zip(&entries), &Limits::default()), Ok(Vec::new()));
}

#[test]
fn i7_archives_closed_the_64_bit_way_are_read_and_held_to_the_limits() {
    assert_eq!(changed(|entries| entries.iter_mut().for_each(|entry| entry.wide = true)), "rows");
    let wide = |inflated| {
        changed(|entries| {
            entries[3].wide = true;
            entries[3].inflated = inflated;
        })
    };
    assert_eq!(wide(u64::MAX), "sheet.entry_too_large");
    assert_eq!(wide(1 << 32), "sheet.entry_too_large");
    assert_eq!(wide(63_000_000), "sheet.ratio_too_high");
}

#[test]
fn i7_an_archive_cut_anywhere_is_refused() {
    let bytes = workbook("<row><c><v>1</v></c></row>", "");
    for length in 2..bytes.len() {
        assert_eq!(code(&bytes[..length]), "sheet.bad_archive", "{length}");
    }
    assert_eq!(code(b"P"), "rows");
    assert_eq!(code(b""), "rows");
    assert_eq!(code(&zip(&[])), "sheet.unknown_format");
}

#[test]
fn i7_a_workbook_without_its_parts_is_refused() {
    for (entry, expected) in [
        (0, "sheet.unknown_format"),
        (1, "sheet.missing_part"),
        (2, "sheet.missing_part"),
        (3, "sheet.missing_part"),
        (4, "sheet.missing_part"),
    ] {
        assert_eq!(changed(|entries| drop(entries.remove(entry))), expected, "{entry}");
    }
    let hidden = "<workbook xmlns:r='r'><sheets><sheet name='S' state='veryHidden' r:id='b'/></sheets></workbook>";
    assert_eq!(changed(|entries| entries[1] = Entry::new("xl/workbook.xml", hidden.as_bytes())), "sheet.no_such_sheet");
    let lost = "<workbook xmlns:r='r'><sheets><sheet name='S' sheetId='1'/></sheets></workbook>";
    assert_eq!(changed(|entries| entries[1] = Entry::new("xl/workbook.xml", lost.as_bytes())), "sheet.bad_xml");
    let many = format!("<workbook xmlns:r='r'><sheets>{}</sheets></workbook>", "<sheet name='S' r:id='b'/>".repeat(1_025));
    assert_eq!(changed(|entries| entries[1] = Entry::new("xl/workbook.xml", many.as_bytes())), "sheet.bad_xml");
}

#[test]
fn i7_xml_that_is_none_is_refused() {
    let sheet = |text: &[u8]| changed(|entries| entries[3] = Entry::new("xl/sheet.xml", text));
    for text in [
        "",
        "<worksheet>",
        "<worksheet/>",
        "<worksheet><sheetData><row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c><v>1",
        "<worksheet><sheetData><row><c><v>&lol;</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t='str'><v>&#0;</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r='&lol;'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r='1' r='2'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=1/></sheetData></worksheet>",
        "<!DOCTYPE a [<!ENTITY lol 'lol'>]><worksheet><sheetData/></worksheet>",
        "<?xml version='1.0' encoding='Shift_JIS'?><worksheet><sheetData/></worksheet>",
        "<!-->",
        "<!--->",
        "<!---->",
        "<![CDATA[]]>",
        "<![CDATA[",
        "<?",
        "<?xml?>",
        "<??>",
        "<>",
        "</>",
        "<!",
        "<!DOCTYPE>",
        "<!a>",
        "&",
        "&;",
        "&#;",
        "&#x;",
        "<a",
        "<a/",
        "<a b",
        "<a b=",
        "<a b='",
    ] {
        assert_eq!(sheet(text.as_bytes()), "sheet.bad_xml", "{text}");
    }
    for text in [
        b"<worksheet>\xff\xfe</worksheet>".as_slice(),
        b"\xff\xfe<\0a\0",
        b"<worksheet><sheetData><row><c t='str'><v>\x8eR</v></c></row></sheetData></worksheet>",
    ] {
        assert_eq!(sheet(text), "sheet.bad_xml");
    }
}

#[test]
fn i7_rows_and_cells_out_of_place_are_refused() {
    let rows = |rows: &str| read(&workbook(rows, "<si><t>a</t></si>"), &Limits::default()).map(|rows| show(&rows));
    let failed = |text: &str| rows(text).map_err(|error| error.code());
    for text in [
        "<row r='0'/>",
        "<row r='-1'/>",
        "<row r='1048577'/>",
        "<row r='99999999999'/>",
        "<row r=''/>",
        "<row r='2'/><row r='2'/>",
        "<row r='3'/><row r='2'/>",
        "<row r='1048576'/><row/>",
    ] {
        assert_eq!(failed(text), Err("sheet.bad_row"), "{text}");
    }
    for inside in [
        "<c r='XFE1'/>",
        "<c r='A0'/>",
        "<c r='A2'/>",
        "<c r='B1'/><c r='A1'/>",
        "<c r='A1'/><c r='A1'/>",
        "<c r='XFD1'/><c/>",
        "<c t='s'><v>1</v></c>",
        "<c t='s'><v>-1</v></c>",
        "<c t='s'><v>4294967296</v></c>",
        "<c t='s'><v>a</v></c>",
        "<c><v>abc</v></c>",
        "<c><v>1E999</v></c>",
        "<c t='b'><v>2</v></c>",
        "<c t='?'><v>2</v></c>",
        "<c><v>1</v><v>2</v></c>",
    ] {
        let outcome = failed(&format!("<row r='1'>{inside}</row>"));
        if inside == "<c r='XFD1'/><c/>" {
            // Blank, and one past the last column: nothing is lost.
            assert_eq!(outcome, Ok(Vec::new()));
        } else {
            assert_eq!(outcome, Err("sheet.bad_cell"), "{inside}");
        }
    }
    assert_eq!(rows("<row><c r='B7'><v>1</v></c></row><row><c><v>2</v></c></row>").unwrap(), ["7||#1", "8|#2"]);
    assert_eq!(rows("<row/><row/><row><c t='s'><v> 0 </v></c></row>").unwrap(), ["3|a"]);
}

#[test]
fn i7_no_message_holds_what_a_cell_holds() {
    let bytes = workbook("<row><c><v>山田花子</v></c></row>", "");
    let error = read(&bytes, &Limits::default()).unwrap_err();
    assert_eq!(error, SheetError::BadCell { row: 1, column: 1, problem: "the cell's number is none" });
    assert!(!format!("{error} {error:?}").contains("山田"));
    assert_eq!(format!("{:?}", crate::text("山田")), "Text(..)");
}
