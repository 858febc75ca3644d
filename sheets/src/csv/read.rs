//! Reading CSV as Excel does: a record is a row, blank ones too, whatever line breaks its fields hold. What was neutralised when it was written (I6) reads as it was.

use crate::csv::text::{Encoding, Text, detect};
use crate::error::SheetError;
use crate::limits::Limits;
use crate::neutral;
use crate::sheet::{Row, RowBuilder, check_container};
use daicho::Cell;

/// A CSV file, its encoding found and every byte of it checked (I1, I4, I7).
pub struct Csv<'a> {
    body: &'a [u8],
    encoding: &'static encoding_rs::Encoding,
    delimiter: char,
    limits: Limits,
}

impl<'a> Csv<'a> {
    /// Finds the encoding and checks that the file is text in it. UTF-16 text may have tabs for commas, as Excel writes it.
    ///
    /// # Errors
    /// When the file is too large, no CSV, or no text in the encoding.
    pub fn open(bytes: &'a [u8], encoding: Encoding, limits: &Limits) -> Result<Self, SheetError> {
        check_container(bytes, limits)?;
        if [b"<?xml".as_slice(), b"<html", b"<HTML", b"<!DOCTYPE", b"<table", b"%PDF-", b"PK\x03\x04", b"{\\rtf"]
            .iter()
            .any(|start| bytes.trim_ascii_start().starts_with(start))
        {
            return Err(SheetError::UnknownFormat);
        }
        let (encoding, body) = detect(bytes, encoding)?;
        let mut csv = Self { body, encoding, delimiter: ',', limits: *limits };
        if encoding != encoding_rs::UTF_8 && encoding != encoding_rs::SHIFT_JIS {
            csv.delimiter = csv.first_delimiter()?;
        }
        Ok(csv)
    }

    /// The name of the encoding that was found.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// The rows, from the top. Each call begins anew.
    #[must_use]
    pub fn rows(&self) -> CsvRows<'_> {
        CsvRows {
            text: Text::new(self.encoding, self.body),
            ahead: None,
            delimiter: self.delimiter,
            limits: self.limits,
            row: 0,
            ended: false,
        }
    }

    /// A tab or a comma, whichever the first line has first.
    fn first_delimiter(&self) -> Result<char, SheetError> {
        let mut text = Text::new(self.encoding, self.body);
        loop {
            match text.next()? {
                Some('\t') => return Ok('\t'),
                Some(',' | '\r' | '\n') | None => return Ok(','),
                Some(_) => {}
            }
        }
    }
}

/// The rows of a CSV file that hold anything.
pub struct CsvRows<'s> {
    text: Text<'s>,
    ahead: Option<char>,
    delimiter: char,
    limits: Limits,
    /// The number of the record being read, blank ones included.
    row: u32,
    ended: bool,
}

/// What ended a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Field,
    Record,
    File,
}

impl CsvRows<'_> {
    fn take(&mut self) -> Result<Option<char>, SheetError> {
        match self.ahead.take() {
            Some(character) => Ok(Some(character)),
            None => self.text.next(),
        }
    }

    fn next_row(&mut self) -> Result<Option<Row>, SheetError> {
        while !self.ended {
            self.row = self.row.saturating_add(1);
            let mut cells = RowBuilder::new(&self.limits);
            let mut column = 0_u32;
            loop {
                column = column.saturating_add(1);
                let (field, end) = self.field(column)?;
                let cell = if field.is_empty() { Cell::Empty } else { Cell::Text { text: neutral::read(field) } };
                cells.put(self.row, column, cell)?;
                match end {
                    End::Field => {}
                    End::Record => break,
                    End::File => {
                        self.ended = true;
                        break;
                    }
                }
            }
            if let Some(row) = cells.finish(self.row) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// Reads one field. A quotation mark inside a bare field, or text after a closing one, is taken as it stands.
    fn field(&mut self, column: u32) -> Result<(String, End), SheetError> {
        let limit = self.limits.cell_bytes;
        let longest = usize::try_from(limit).unwrap_or(usize::MAX);
        let row = self.row;
        let mut field = String::new();
        let mut quoted = false;
        let mut first = true;
        loop {
            let character = self.take()?;
            match character {
                None if quoted => return Err(SheetError::UnclosedQuote { row }),
                None => return Ok((field, End::File)),
                Some('"') if first => quoted = true,
                Some('"') if quoted => match self.take()? {
                    Some('"') => push(&mut field, '"', longest).ok_or(SheetError::CellTooLong { row, column, limit })?,
                    other => {
                        quoted = false;
                        self.ahead = other;
                    }
                },
                Some('\r') if !quoted => {
                    let next = self.take()?;
                    if next != Some('\n') {
                        self.ahead = next;
                    }
                    return Ok((field, End::Record));
                }
                Some('\n') if !quoted => return Ok((field, End::Record)),
                Some(character) if !quoted && character == self.delimiter => {
                    return Ok((field, End::Field));
                }
                Some(character) => push(&mut field, character, longest).ok_or(SheetError::CellTooLong { row, column, limit })?,
            }
            first = false;
        }
    }
}

fn push(field: &mut String, character: char, longest: usize) -> Option<()> {
    if field.len().saturating_add(character.len_utf8()) > longest {
        return None;
    }
    field.push(character);
    Some(())
}

impl Iterator for CsvRows<'_> {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.next_row();
        if row.is_err() {
            self.ended = true;
        }
        row.transpose()
    }
}
