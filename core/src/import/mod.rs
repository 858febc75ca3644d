//! 一括登録: rows of a sheet become customers.
mod run;
pub use self::run::{GetImport, ImportRows, ImportedRows, UndoImport, UndoneImport};

wire! {
    /// One cell of a sheet, as the file has it.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum Cell {
        /// Nothing.
        Empty,
        /// A text.
        Text {
            /// The text.
            text: String,
        },
        /// A number: its literal, never a float.
        Number {
            /// Such as `9012345678` or `32874`.
            literal: String,
        },
        /// TRUE or FALSE.
        Boolean {
            /// Which.
            value: bool,
        },
        /// A spreadsheet error such as #REF!.
        Error {
            /// Which.
            text: String,
        },
    }
}
