//! The rows of one sheet, one at a time out of the inflating archive.

use crate::error::SheetError;
use crate::limits::Limits;
use crate::number;
use crate::sheet::{Row, RowBuilder};
use crate::xlsx::strings::{Found, SharedStrings};
use crate::xlsx::xml::{Node, Xml};
use crate::xlsx::{escape, reference};
use daicho::Cell;

/// The [`Cell::Error`] of a formula that no program has calculated yet: what it would come to is not in the file, and blank
/// would be a guess. Opening the workbook in a spreadsheet program and saving it brings the value.
pub const UNCALCULATED: &str = "#UNCALCULATED!";

/// The rows of a worksheet that hold anything, from the top.
pub struct XlsxRows<'s> {
    xml: Xml<'s>,
    strings: &'s SharedStrings,
    limits: Limits,
    /// The number of the row read last, blank ones included.
    row: u32,
    state: State,
    buffer: String,
}

#[derive(PartialEq, Eq)]
enum State {
    BeforeData,
    InData,
    Ended,
}

impl<'s> XlsxRows<'s> {
    pub(crate) fn new(xml: Xml<'s>, strings: &'s SharedStrings, limits: Limits) -> Self {
        Self { xml, strings, limits, row: 0, state: State::BeforeData, buffer: String::new() }
    }

    fn next_row(&mut self) -> Result<Option<Row>, SheetError> {
        while self.state == State::BeforeData {
            match self.xml.next()? {
                Node::Start(tag) if tag.name() == "sheetData" => self.state = State::InData,
                Node::Eof => return Err(self.xml.bad("it has no sheet data")),
                _ => {}
            }
        }
        while self.state == State::InData {
            match self.xml.next()? {
                Node::Start(tag) if tag.name() == "row" => {
                    let [number] = tag.attributes(["r"])?;
                    let number = number.map(|number| reference::row(&number));
                    if let Some(row) = self.row(number)? {
                        return Ok(Some(row));
                    }
                }
                Node::Start(_) => self.xml.skip()?,
                Node::End => {
                    self.xml.finish()?;
                    self.state = State::Ended;
                }
                Node::Eof => return Err(self.xml.bad("it ends too early")),
                Node::Text(_) | Node::Other => {}
            }
        }
        Ok(None)
    }

    /// Reads the cells of a row whose tag was just read; `None` when all are blank. Writers may leave the numbers out: a row
    /// then follows the one before, or is the one its first cell names.
    fn row(&mut self, number: Option<Option<u32>>) -> Result<Option<Row>, SheetError> {
        let follows = self.row.saturating_add(1);
        if number == Some(None) {
            return Err(SheetError::BadRow { row: follows, problem: "the row's number is outside the sheet" });
        }
        let mut number = number.flatten();
        if let Some(number) = number {
            self.enter(number)?;
        }
        let mut column = 0_u32;
        let mut cells = RowBuilder::new(&self.limits);
        loop {
            match self.xml.next()? {
                Node::Start(tag) if tag.name() == "c" => {
                    let [address, kind] = tag.attributes(["r", "t"])?;
                    let address = address.map(|address| reference::cell(&address));
                    let kind = Kind::of(kind.as_deref());
                    let follows_column = column.saturating_add(1);
                    let bad = |row, problem| SheetError::BadCell { row, column: follows_column, problem };
                    let (at_column, at_row) = match address {
                        Some(Some((column, row))) => (column, Some(row)),
                        Some(None) => {
                            return Err(bad(number.unwrap_or(follows), "the cell's address is outside the sheet"));
                        }
                        None => (follows_column, None),
                    };
                    let row = match number {
                        Some(number) => number,
                        None => {
                            let first = at_row.unwrap_or(follows);
                            self.enter(first)?;
                            first
                        }
                    };
                    number = Some(row);
                    if at_row.is_some_and(|at| at != row) || at_column < follows_column {
                        return Err(bad(row, "the cell's address is out of order"));
                    }
                    column = at_column;
                    let cell = self.cell(row, column, kind)?;
                    cells.put(row, column, cell)?;
                }
                Node::Start(_) => self.xml.skip()?,
                Node::End => break,
                Node::Eof => return Err(self.xml.bad("it ends too early")),
                Node::Text(_) | Node::Other => {}
            }
        }
        match number {
            Some(_) => {}
            None => self.enter(follows)?,
        }
        Ok(cells.finish(self.row))
    }

    /// Notes the number of the row being read: each is below the one before, and on the sheet.
    fn enter(&mut self, number: u32) -> Result<(), SheetError> {
        if number <= self.row {
            return Err(SheetError::BadRow { row: number, problem: "the row stands twice or out of order" });
        }
        if number > reference::LAST_ROW {
            return Err(SheetError::BadRow { row: number, problem: "the row's number is outside the sheet" });
        }
        self.row = number;
        Ok(())
    }

    /// Reads the inside of a cell whose tag was just read.
    fn cell(&mut self, row: u32, column: u32, kind: Kind) -> Result<Cell, SheetError> {
        let longest = usize::try_from(self.limits.cell_bytes).unwrap_or(usize::MAX);
        // An escape takes seven bytes for at least one.
        let most = longest.saturating_mul(7);
        let bad = |problem| SheetError::BadCell { row, column, problem };
        let mut formula = false;
        let mut value = false;
        let mut fits = true;
        self.buffer.clear();
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name() {
                    "v" | "is" if value => return Err(bad("the cell has two values")),
                    "v" => {
                        value = true;
                        fits &= self.xml.text(&mut self.buffer, most)?;
                    }
                    "is" => {
                        value = true;
                        fits &= self.xml.rich_text(&mut self.buffer, most)?;
                    }
                    name => {
                        formula |= name == "f";
                        self.xml.skip()?;
                    }
                },
                Node::End => break,
                Node::Eof => return Err(self.xml.bad("it ends too early")),
                Node::Text(_) | Node::Other => {}
            }
        }
        let too_long = || SheetError::CellTooLong { row, column, limit: self.limits.cell_bytes };
        if !fits {
            return Err(too_long());
        }
        if formula && (!value || (self.buffer.is_empty() && kind != Kind::Formula)) {
            return Ok(Cell::Error { text: UNCALCULATED.to_owned() });
        }
        let literal = self.buffer.trim();
        if literal.is_empty() && kind != Kind::Inline && kind != Kind::Formula {
            return Ok(Cell::Empty);
        }
        let cell = match kind {
            Kind::Shared => {
                let index = literal.parse().map_err(|_| bad("the cell's shared string has no number"))?;
                match self.strings.get(index) {
                    Found::Text("") => Cell::Empty,
                    Found::Text(text) => Cell::Text { text: text.to_owned() },
                    Found::TooLong => return Err(too_long()),
                    Found::Missing => return Err(bad("the cell's shared string does not exist")),
                }
            }
            Kind::Inline | Kind::Formula => match escape::read(&self.buffer) {
                text if text.is_empty() => Cell::Empty,
                text if text.len() > longest => return Err(too_long()),
                text => Cell::Text { text: text.into_owned() },
            },
            _ if literal.len() > longest => return Err(too_long()),
            Kind::Number => {
                let plain = number::plain(literal, self.limits.cell_bytes);
                Cell::Number { literal: plain.ok_or(bad("the cell's number is none"))?.into_owned() }
            }
            Kind::Boolean => match literal {
                "1" | "true" => Cell::Boolean { value: true },
                "0" | "false" => Cell::Boolean { value: false },
                _ => return Err(bad("the cell is neither true nor false")),
            },
            Kind::Error => Cell::Error { text: literal.to_owned() },
            Kind::Date => Cell::Text { text: literal.to_owned() },
            Kind::Unknown => return Err(bad("the cell's type is unknown")),
        };
        Ok(cell)
    }
}

/// The types of cells, by the letter in `t`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Inline,
    /// The text a formula came to.
    Formula,
    Boolean,
    Error,
    /// A date in ISO 8601, which only the strict format writes.
    Date,
    Unknown,
}

impl Kind {
    fn of(letter: Option<&str>) -> Self {
        match letter {
            None | Some("n") => Self::Number,
            Some("s") => Self::Shared,
            Some("inlineStr") => Self::Inline,
            Some("str") => Self::Formula,
            Some("b") => Self::Boolean,
            Some("e") => Self::Error,
            Some("d") => Self::Date,
            Some(_) => Self::Unknown,
        }
    }
}

impl Iterator for XlsxRows<'_> {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.next_row();
        if row.is_err() {
            self.state = State::Ended;
        }
        row.transpose()
    }
}
