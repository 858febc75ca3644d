//! Writing workbooks: the few parts every spreadsheet program needs, and nothing that would change from day to day.

use core::fmt::Write;

use crate::archive::{ArchiveWriter, PartWriter};
use crate::error::SheetError;
use crate::neutral::is_risky;
use crate::number;
use crate::xlsx::escape;
use crate::xlsx::reference::{LAST_COLUMN, LAST_ROW, letters};
use crate::xlsx::texts::Texts;
use daicho::{Cell, DateSystem};

/// The longest text Excel takes, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// How a cell looks, and what it takes typing for: the places in `STYLES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Style {
    #[default]
    General,
    /// Digits typed here stay text and keep their leading zero.
    Text,
    Date,
    Header,
    RequiredHeader,
    /// Long text, wrapped.
    Wrapped,
}

impl Style {
    fn index(self) -> u8 {
        match self {
            Self::General => 0,
            Self::Text => 1,
            Self::Date => 2,
            Self::Header => 3,
            Self::RequiredHeader => 4,
            Self::Wrapped => 5,
        }
    }
}

const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/mm/dd"/></numFmts>"#,
    r#"<fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><name val="游ゴシック"/></font></fonts>"#,
    r#"<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFF8CBAD"/></patternFill></fill></fills>"#,
    r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
    r#"<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>"#,
    r#"<xf numFmtId="49" fontId="1" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>"#,
    r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#,
);

/// One column of a sheet: how wide it is, how its cells look, and what is shown beside a cell that is being filled in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    pub(crate) width: u8,
    pub(crate) header: Style,
    pub(crate) style: Style,
    /// Title and text.
    pub(crate) hint: Option<(&'static str, &'static str)>,
}

/// Writes a workbook of one sheet (I6). A text is always written as a text, so nothing in it can be a formula. The same rows
/// give the same bytes.
///
/// # Errors
/// [`SheetError::BadSheetName`]; [`SheetError::BadCell`] for a [`Cell::Number`] that is none or a text no cell can hold;
/// more rows or columns than a sheet has.
pub fn write_xlsx(sheet_name: &str, rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, SheetError> {
    let mut texts = Texts::new()?;
    let sheet = worksheet(rows, Vec::new(), &mut texts)?;
    workbook(vec![(sheet_name, sheet)], texts, DateSystem::D1900)
}

/// Puts worksheets together to a workbook.
pub(crate) fn workbook(sheets: Vec<(&str, PartWriter)>, texts: Texts, date_system: DateSystem) -> Result<Vec<u8>, SheetError> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let (mut types, mut list, mut links) = (String::new(), String::new(), String::new());
    let mut archive = ArchiveWriter::default();
    let mut parts = Vec::new();
    for (number, (name, part)) in (1_u32..).zip(sheets) {
        let bad = name.chars().any(|character| "[]:*?/\\".contains(character) || character.is_control());
        let apostrophe = name.starts_with('\'') || name.ends_with('\'');
        if bad || apostrophe || name.trim().is_empty() || name.encode_utf16().count() > 31 {
            return Err(SheetError::BadSheetName);
        }
        let mut escaped = String::new();
        escape::write(name, &mut escaped);
        append(&mut types, format_args!("<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{MAIN}.worksheet+xml\"/>"));
        append(&mut list, format_args!("<sheet name=\"{escaped}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
        append(
            &mut links,
            format_args!("<Relationship Id=\"rId{number}\" Type=\"{RELATIONSHIPS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"),
        );
        parts.push((format!("xl/worksheets/sheet{number}.xml"), part));
    }
    let mut add = |name: &str, text: &str| {
        let mut part = PartWriter::new();
        part.push(text)?;
        archive.add(name, part)
    };
    add(
        "[Content_Types].xml",
        &format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{MAIN}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{MAIN}.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{MAIN}.sharedStrings+xml\"/>{types}</Types>"
        ),
    )?;
    add(
        "_rels/.rels",
        &format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    )?;
    let properties = match date_system {
        DateSystem::D1900 => "",
        DateSystem::D1904 => "<workbookPr date1904=\"1\"/>",
    };
    add(
        "xl/workbook.xml",
        &format!(
            "{HEAD}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATIONSHIPS}\">{properties}<sheets>{list}</sheets></workbook>"
        ),
    )?;
    add(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{links}<Relationship Id=\"rIdStyles\" Type=\"{RELATIONSHIPS}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rIdTexts\" Type=\"{RELATIONSHIPS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        ),
    )?;
    add("xl/styles.xml", STYLES)?;
    for (name, part) in parts {
        archive.add(&name, part)?;
    }
    archive.add("xl/sharedStrings.xml", texts.finish()?)?;
    archive.finish()
}

/// The part of one sheet, written row by row. With columns, the first row is a header and stays in view.
pub(crate) struct Worksheet {
    part: PartWriter,
    columns: Vec<Column>,
    rows: u32,
    text: String,
}

impl Worksheet {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        let mut text = String::from(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        ));
        if !columns.is_empty() {
            text.push_str("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
            for (number, column) in (1_u32..).zip(&columns) {
                let (width, style) = (column.width, column.style.index());
                append(
                    &mut text,
                    format_args!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" style=\"{style}\" customWidth=\"1\"/>"),
                );
            }
            text.push_str("</cols>");
        }
        text.push_str("<sheetData>");
        Self { part: PartWriter::new(), columns, rows: 0, text }
    }

    /// Writes the next row.
    pub(crate) fn row(&mut self, cells: &[Cell], texts: &mut Texts) -> Result<(), SheetError> {
        let Self { part, columns, rows, text } = self;
        *rows = rows.saturating_add(1);
        let row = *rows;
        if row > LAST_ROW {
            return Err(SheetError::TooManyRows { row, limit: LAST_ROW });
        }
        append(text, format_args!("<row r=\"{row}\">"));
        let mut styles = columns.iter().map(|column| if row == 1 { column.header } else { column.style });
        for (column, cell) in (1_u32..).zip(cells) {
            write_cell(text, texts, (row, column), cell, styles.next().unwrap_or_default())?;
        }
        text.push_str("</row>");
        part.push(text)?;
        text.clear();
        Ok(())
    }

    /// The part, complete.
    pub(crate) fn finish(self) -> Result<PartWriter, SheetError> {
        let Self { mut part, columns, mut text, .. } = self;
        text.push_str("</sheetData>");
        let hints: Vec<_> = (1_u32..).zip(columns).filter_map(|(number, column)| Some((number, column.hint?))).collect();
        if !hints.is_empty() {
            append(&mut text, format_args!("<dataValidations count=\"{}\">", hints.len()));
            for (number, (title, hint)) in hints {
                let column = letters(number);
                append(
                    &mut text,
                    format_args!("<dataValidation allowBlank=\"1\" showInputMessage=\"1\" promptTitle=\"{title}\" prompt=\""),
                );
                escape::write(hint, &mut text);
                append(&mut text, format_args!("\" sqref=\"{column}2:{column}{LAST_ROW}\"/>"));
            }
            text.push_str("</dataValidations>");
        }
        text.push_str("</worksheet>");
        part.push(&text)?;
        Ok(part)
    }
}

/// A sheet of rows that are all at hand.
pub(crate) fn worksheet(
    rows: impl IntoIterator<Item = Vec<Cell>>,
    columns: Vec<Column>,
    texts: &mut Texts,
) -> Result<PartWriter, SheetError> {
    let mut sheet = Worksheet::new(columns);
    for row in rows {
        sheet.row(&row, texts)?;
    }
    sheet.finish()
}

fn write_cell(text: &mut String, texts: &mut Texts, (row, column): (u32, u32), cell: &Cell, style: Style) -> Result<(), SheetError> {
    let bad = |problem| SheetError::BadCell { row, column, problem };
    if column > LAST_COLUMN {
        return Err(SheetError::TooManyColumns { row, column, limit: LAST_COLUMN });
    }
    if matches!(cell, Cell::Empty) || matches!(cell, Cell::Text { text } if text.is_empty()) {
        return Ok(());
    }
    let style = match (cell, style) {
        // A text stays one when somebody edits its cell, too.
        (Cell::Text { .. }, Style::Date) => Style::Text,
        (Cell::Text { text }, Style::General) if is_risky(text) => Style::Text,
        (Cell::Number { .. }, Style::Text | Style::Wrapped) => Style::General,
        // A number that is no day would show as ####.
        (Cell::Number { literal }, Style::Date) if !is_day(literal) => Style::General,
        _ => style,
    };
    append(text, format_args!("<c r=\"{}{row}\"", letters(column)));
    if style != Style::General {
        append(text, format_args!(" s=\"{}\"", style.index()));
    }
    match cell {
        Cell::Empty => {}
        Cell::Text { text: content } => {
            if content.encode_utf16().count() > LONGEST_TEXT {
                return Err(bad("the text has more than 32,767 characters, the most a cell can hold"));
            }
            let number = texts.number(content)?;
            append(text, format_args!(" t=\"s\"><v>{number}</v></c>"));
        }
        Cell::Number { literal } => {
            number::plain(literal, u32::MAX).ok_or(bad("the number is none"))?;
            append(text, format_args!("><v>{literal}</v></c>"));
        }
        Cell::Boolean { value } => append(text, format_args!(" t=\"b\"><v>{}</v></c>", u8::from(*value))),
        Cell::Error { text: literal } => {
            text.push_str(" t=\"e\"><v>");
            escape::write(literal, text);
            text.push_str("</v></c>");
        }
    }
    Ok(())
}

/// Whether a date format shows a number as a day, and all of it.
fn is_day(literal: &str) -> bool {
    const LAST_DAY: u32 = 2_958_465;
    literal.parse::<u32>().is_ok_and(|serial| serial <= LAST_DAY)
}

/// Writing into a `String` cannot fail.
fn append(text: &mut String, arguments: core::fmt::Arguments<'_>) {
    let _: core::fmt::Result = text.write_fmt(arguments);
}
