//! What one cell of a sheet holds.

use core::fmt;

/// One cell セル of a row, as its file has it (I7).
///
/// Nothing is interpreted here: a date is the [`Cell::Number`] its file stores (see [`crate::DateSystem`]), and a number
/// stays the decimal literal it is in the file, since a float would lose the last digit of a long telephone number.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub enum Cell {
    /// Nothing at all, or an empty text.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number: the literal of the file, with an exponent written out (`9.012345678E9` is `9012345678`).
    Number(String),
    /// `TRUE` or `FALSE`.
    Boolean(bool),
    /// An error value such as `#REF!`.
    Error(String),
}

/// Names the kind of cell only: what a cell holds is personal data (A4).
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(..)",
            Self::Number(_) => "Number(..)",
            Self::Boolean(_) => "Boolean(..)",
            Self::Error(_) => "Error(..)",
        })
    }
}
