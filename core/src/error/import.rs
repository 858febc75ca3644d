use crate::id::{CustomerId, ImportId};

problems! {
    /// Imports (I).
    pub enum ImportError {
        /// The heading row lacks a required column (I1).
        MissingColumn { /** The column. */ column: &'static str } = "import.missing_column", "the heading row has no column {column}";
        /// A column stands twice in the heading row.
        RepeatedColumn { /** The column. */ column: &'static str } = "import.repeated_column", "the heading row has the column {column} twice";
        /// There is no heading row.
        NoHeading = "import.no_heading", "the first row must be the template's heading row, with columns 姓 and 名 at least";
        /// One command takes at most this many rows.
        TooManyRows { /** How many it may take. */ max: u32 } = "import.too_many_rows" at "rows", "at most {max} rows in one command";
        /// A row's number is not above the one before it, in this command or in an earlier one of the import.
        RowOrder { /** The row. */ row: u32 } = "import.row_order" at "rows", "row {row}: the rows of one import come in ascending order, each once; another file wants a new import id";
        /// The import was begun with another file, or by another actor (I5).
        OtherFile { /** The sequence at which these rows were taken. */ sequence: u32 } = "import.other_file" at "import",
            "this import id was used for another file, or by another actor, at entry {sequence} of the log: import another file, a mended one too, under a new id; go on with an import as who began it, with the file it began with";
        /// The import was undone; its id is spent.
        Undone { /** The import. */ import: ImportId } = "import.undone" at "import", "import {import} was undone; import again under a new id";
        /// No such import.
        NotFound { /** The import. */ import: ImportId } = "import.not_found" at "import", "there is no import {import}";
        /// Customers of the import have been used since (I5).
        Touched { /** The import. */ import: ImportId, /** The customers. */ customers: Vec<CustomerId> } = "import.touched" at "import",
            "import {import} cannot be undone: some of its customers have been used since";
        /// The row is the template's sample, 記入例 (I1).
        Sample = "import.sample", "this is the template's sample row, not a customer: delete it";
        /// 姓 and 名 in one cell that cannot be told apart (I4).
        NameUnsplit { /** The field. */ field: &'static str } = "import.name_unsplit", "{field}: expected 姓 and 名 with one space between them";
        /// Not a date (C6).
        DateUnreadable = "import.date", "not a date: expected yyyy-mm-dd, yyyy/mm/dd, an era date such as H2.1.2, or a date cell";
        /// An era date that never was (I4).
        EraImpossible = "import.era", "this era has no such day";
        /// An Excel serial that is no birthday (I4).
        SerialImpossible = "import.serial", "a date cell must be a whole serial above 60";
        /// A gender that is none of the known words.
        GenderUnknown = "import.gender", "expected 女性, 男性, その他 or empty";
        /// Nine or ten digits in a text that are a phone number with a 0 before them (I4).
        ZeroMissing = "import.zero_missing", "a leading 0 seems to be missing: it is put back only where the cell is a number";
        /// The cell holds a spreadsheet error such as #REF!.
        ErrorCell = "import.error_cell", "the cell holds a spreadsheet error";
        /// A truth value where text was expected.
        BooleanCell = "import.boolean_cell", "the cell holds TRUE or FALSE; text was expected";
    }
}
