problems! {
    /// Search (S).
    pub enum SearchError {
        /// A count range whose left is above its right (S4).
        CountReversed { /** The field. */ field: &'static str } = "search.count_reversed", "{field}: the left number is above the right one";
        /// A count box with neither side filled.
        CountEmpty { /** The field. */ field: &'static str } = "search.count_empty", "{field}: give at least one number";
        /// A criterion without anything to search for.
        NeedleEmpty { /** The field. */ field: &'static str } = "search.needle_empty", "{field}: nothing left to search for";
        /// A text longer than is searched for.
        NeedleTooLong { /** The field. */ field: &'static str, /** The limit in Unicode scalar values. */ max: u32 } = "search.needle_too_long", "{field}: at most {max} characters";
        /// A line of the query language that cannot be read (S10).
        Query { /** The field. */ field: &'static str, /** Where reading stopped, in characters from 1. */ column: u32, /** What could have stood there, in the tongue asked for. */ expected: Vec<String>, /** The same as a sentence for whoever wrote it. */ sentence: String } =
            "search.query", "{field}: {sentence}";
        /// A label that is neither the setting's nor in use (R2).
        LabelNotOffered { /** The field. */ field: &'static str, /** The label. */ label: &'static str, /** Those that are offered. */ offered: Vec<&'static str> } =
            "search.label_not_offered", "{field}: this salon does not use the label {label}";
        /// A number of days that cannot be asked for.
        Days { /** The field. */ field: &'static str } = "search.days", "{field}: 0 to 36500";
        /// A page size that cannot be.
        PageSize { /** The field. */ field: &'static str } = "search.page_size", "{field}: 1 to 1000";
        /// Not a cursor of this library.
        Cursor { /** The field. */ field: &'static str } = "search.cursor", "{field}: not a cursor; leave it out to begin at the first page";
        /// A cursor of another search.
        CursorOfOther { /** The field. */ field: &'static str } = "search.cursor_of_other", "{field}: this cursor belongs to another search";
    }
}
