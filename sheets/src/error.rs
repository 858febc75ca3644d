//! What can be wrong with a file, in words that say what would be right.

use core::fmt;

use thiserror::Error;

/// A part of an xlsx workbook, as errors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Which part of the package leads to which.
    Relationships,
    /// The list of sheets.
    Workbook,
    /// The texts that cells refer to.
    SharedStrings,
    /// One sheet.
    Worksheet,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Relationships => "relationships",
            Self::Workbook => "workbook",
            Self::SharedStrings => "shared strings",
            Self::Worksheet => "worksheet",
        })
    }
}

/// Why a file was refused, or a sheet could not be written (I7, A4). No message holds what a cell holds.
///
/// Rows and columns count from 1, as the spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SheetError {
    /// The file is larger than [`crate::Limits::container_bytes`].
    #[error("the file has {bytes} bytes; at most {limit} are read")]
    ContainerTooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A workbook of Excel 97–2003.
    #[error("the file is in the old .xls format; open it in the spreadsheet program and save it as .xlsx")]
    OldFormat,
    /// A workbook behind a password.
    #[error("the file is encrypted; remove its password and save it as .xlsx")]
    Encrypted,
    /// Neither an xlsx workbook nor CSV.
    #[error("the file is neither an .xlsx workbook nor CSV; open it in the spreadsheet program and save it as .xlsx")]
    UnknownFormat,
    /// The zip archive contradicts itself.
    #[error("the archive is damaged: {problem}; save the workbook anew as .xlsx")]
    BadArchive {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// More entries than any workbook of this size needs.
    #[error("the archive has more than {limit} entries")]
    TooManyEntries {
        /// The limit.
        limit: u32,
    },
    /// An entry claims, or turns out, to be larger than [`crate::Limits::entry_bytes`].
    #[error("entry {entry} of the archive inflates to more than {limit} bytes")]
    EntryTooLarge {
        /// Its place in the archive, from 1.
        entry: u32,
        /// The limit.
        limit: u64,
    },
    /// An entry inflates by more than [`crate::Limits::ratio`].
    #[error("entry {entry} of the archive inflates to more than {limit} times its size")]
    RatioTooHigh {
        /// Its place in the archive, from 1.
        entry: u32,
        /// The limit.
        limit: u32,
    },
    /// The workbook lacks a part it refers to.
    #[error("the workbook has no {part} part; save it anew as .xlsx")]
    MissingPart {
        /// The part.
        part: Part,
    },
    /// A part is not the XML it should be.
    #[error("the {part} part is damaged near byte {offset}: {problem}; save the workbook anew as .xlsx")]
    BadXml {
        /// The part.
        part: Part,
        /// Where in the inflated part.
        offset: u64,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The shared strings need more than [`crate::Limits::shared_string_bytes`].
    #[error("the texts of the workbook need more than {limit} bytes; split it into several files")]
    SharedStringsTooLarge {
        /// The limit.
        limit: u32,
    },
    /// The workbook has no visible sheet, or none of the name asked for.
    #[error("the workbook has no such sheet; name one of its sheets, or make one visible")]
    NoSuchSheet,
    /// A value stands below [`crate::Limits::rows`].
    #[error("row {row} holds a value; at most {limit} rows are read")]
    TooManyRows {
        /// The row.
        row: u32,
        /// The limit.
        limit: u32,
    },
    /// A value stands right of [`crate::Limits::columns`].
    #[error("row {row} holds a value in column {column}; at most {limit} columns are read")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
        /// The limit.
        limit: u32,
    },
    /// A cell is longer than [`crate::Limits::cell_bytes`], or than the format can hold.
    #[error("row {row}, column {column}: the cell is longer than {limit} bytes")]
    CellTooLong {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
        /// The limit.
        limit: u32,
    },
    /// A cell that cannot be what it says it is.
    #[error("row {row}, column {column}: {problem}")]
    BadCell {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A row that cannot stand where it says it does.
    #[error("row {row}: {problem}")]
    BadRow {
        /// The row.
        row: u32,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Bytes that are no text in the encoding.
    #[error("byte {offset} is no {encoding} text; save the file as CSV UTF-8")]
    Undecodable {
        /// The encoding that was tried; of several, the one that got furthest.
        encoding: &'static str,
        /// The place of the first byte at fault, from 0.
        offset: u64,
    },
    /// A quotation mark opens a field and none closes it.
    #[error("row {row}: a quotation mark opens a field and none closes it before the file ends")]
    UnclosedQuote {
        /// The row in which the field begins.
        row: u32,
    },
    /// A character that the encoding does not have.
    #[error("row {row}, column {column}: character {position} does not exist in {encoding}; replace it or write UTF-8")]
    Unencodable {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
        /// The place of the character in the cell, from 1.
        position: u32,
        /// The encoding.
        encoding: &'static str,
    },
    /// A name that no spreadsheet program accepts for a sheet.
    #[error("a sheet's name has 1 to 31 characters, none of []:*?/\\ and no apostrophe at its ends")]
    BadSheetName,
    /// The written file would pass what its format can hold.
    #[error("the written file would be larger than its format allows")]
    OutputTooLarge,
    /// The machine refused the memory for the texts of the workbook.
    #[error("there is not enough memory for the texts of the workbook")]
    OutOfMemory,
}

impl SheetError {
    /// The stable code of the error: what a program branches on, and a host translates by (A4).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ContainerTooLarge { .. } => "sheet.container_too_large",
            Self::OldFormat => "sheet.old_format",
            Self::Encrypted => "sheet.encrypted",
            Self::UnknownFormat => "sheet.unknown_format",
            Self::BadArchive { .. } => "sheet.bad_archive",
            Self::TooManyEntries { .. } => "sheet.too_many_entries",
            Self::EntryTooLarge { .. } => "sheet.entry_too_large",
            Self::RatioTooHigh { .. } => "sheet.ratio_too_high",
            Self::MissingPart { .. } => "sheet.missing_part",
            Self::BadXml { .. } => "sheet.bad_xml",
            Self::SharedStringsTooLarge { .. } => "sheet.shared_strings_too_large",
            Self::NoSuchSheet => "sheet.no_such_sheet",
            Self::TooManyRows { .. } => "sheet.too_many_rows",
            Self::TooManyColumns { .. } => "sheet.too_many_columns",
            Self::CellTooLong { .. } => "sheet.cell_too_long",
            Self::BadCell { .. } => "sheet.bad_cell",
            Self::BadRow { .. } => "sheet.bad_row",
            Self::Undecodable { .. } => "sheet.undecodable",
            Self::UnclosedQuote { .. } => "sheet.unclosed_quote",
            Self::Unencodable { .. } => "sheet.unencodable",
            Self::BadSheetName => "sheet.bad_sheet_name",
            Self::OutputTooLarge => "sheet.output_too_large",
            Self::OutOfMemory => "sheet.out_of_memory",
        }
    }
}
