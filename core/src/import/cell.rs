//! What a file's cells and rows are, whichever reader brought them.

wire! {
    /// One cell セル of a row, as its file has it (I7). Nothing is interpreted here: a date is the number its file stores, and a number stays
    /// the decimal literal it is in the file, since a float would lose the last digit of a long telephone number.
    #[derive(Hash, Default)]
    #[serde(tag = "type")]
    pub enum Cell {
        /// Nothing at all, or an empty text.
        #[default]
        Empty,
        /// A text.
        Text {
            /// The text.
            text: String,
        },
        /// A number: the literal of the file, with an exponent written out.
        Number {
            /// Such as `9012345678` or `32874`.
            literal: String,
        },
        /// TRUE or FALSE.
        Boolean {
            /// Which.
            value: bool,
        },
        /// An error value.
        Error {
            /// Such as `#REF!`.
            text: String,
        },
    }
}

impl Cell {
    /// A cell with a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A cell with a number, by its literal.
    #[must_use]
    pub fn number(literal: impl Into<String>) -> Self {
        Self::Number { literal: literal.into() }
    }

    /// What the cell shows, as far as the file says it.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text { text } | Self::Error { text } => text,
            Self::Number { literal } => literal,
            Self::Boolean { value: true } => "TRUE",
            Self::Boolean { value: false } => "FALSE",
        }
    }

    /// Whether nothing can be seen in the cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text { text } => crate::text::one_line("cell", text, u32::MAX).is_ok_and(|text| text.is_empty()),
            Self::Number { .. } | Self::Boolean { .. } | Self::Error { .. } => false,
        }
    }
}

/// Names the kind of cell only: what a cell holds is personal data (A4).
impl core::fmt::Debug for Cell {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text { .. } => "Text(..)",
            Self::Number { .. } => "Number(..)",
            Self::Boolean { .. } => "Boolean(..)",
            Self::Error { .. } => "Error(..)",
        })
    }
}

wire! {
    /// What a workbook's date serials count from (I4).
    #[derive(Copy, Debug, Hash, Default)]
    pub enum DateSystem {
        /// Serial 1 is 1 January 1900, and serial 60 a 29 February 1900 that never was.
        #[default]
        D1900,
        /// Serial 0 is 1 January 1904: workbooks that began on an old Mac.
        D1904,
    }
}

wire! {
    /// One row of a file.
    pub struct ImportRow {
        /// Its number as the spreadsheet program shows it, from 1.
        pub row: u32,
        /// Its cells from column A on.
        pub cells: Vec<Cell>,
    }
}

redacted_debug!(ImportRow { row });
