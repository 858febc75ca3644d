use crate::id::SegmentId;

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
        Query { /** The field. */ field: &'static str, /** Where reading stopped, in characters from 1. */ column: u32, /** What could have stood there, in the tongue asked for; in English where none was. */ expected: Vec<String>, /** The same as a sentence for whoever wrote the line. */ english: String, /** 同じことを日本語で */ japanese: String } =
            "search.query", "{field}: {english}";
        /// A question of more conditions than can be asked, or too deep within each other.
        TooLarge { /** The field. */ field: &'static str, /** How many conditions may be. */ conditions: u32, /** How deep. */ depth: u32 } =
            "search.too_large", "{field}: at most {conditions} conditions, those of its segments included, {depth} deep; 96 deep with its segments";
        /// A 来店区分 that the salon's settings do not have (N9).
        UnknownCategory { /** The field. */ field: &'static str, /** Which of those given, from 1. */ position: u32, /** The saved segment that asks for it, if one does. */ #[serde(skip_serializing_if = "Option::is_none")] segment: Option<SegmentId>, /** Those there are. */ known: Vec<String> } =
            "search.unknown_category", "{field}: category {position} is not one of the salon's";
        /// No such segment in this salon.
        SegmentNotFound { /** The field. */ field: &'static str, /** The id. */ segment: SegmentId } = "search.segment_not_found", "{field}: there is no segment {segment}";
        /// A segment that uses itself, by whatever way (S10).
        SegmentCycle { /** The field. */ field: &'static str, /** The segment that leads back to itself. */ segment: SegmentId } = "search.segment_cycle", "{field}: {segment} uses itself";
        /// A segment that another one uses.
        SegmentInUse { /** The field. */ field: &'static str, /** Who uses it. */ by: SegmentId } = "search.segment_in_use", "{field}: {by} uses it";
        /// Somebody changed the segment meanwhile.
        SegmentVersion { /** The field. */ field: &'static str, /** The version now. */ version: u32 } = "search.segment_version", "{field}: the segment is at version {version} now; read it again";
        /// A label that is neither the setting's nor in use (R2).
        LabelNotOffered { /** The field. */ field: &'static str, /** The label. */ label: &'static str, /** The saved segment that asks for it, if one does. */ #[serde(skip_serializing_if = "Option::is_none")] segment: Option<SegmentId>, /** Those that are offered. */ offered: Vec<&'static str> } =
            "search.label_not_offered", "{field}: this salon does not use the label {label}";
        /// A number of days or months that cannot be asked for.
        Days { /** The field. */ field: &'static str } = "search.days", "{field}: at most 36500 days, or 1200 months, either way";
        /// An amount that cannot be asked for.
        Yen { /** The field. */ field: &'static str } = "search.yen", "{field}: at most ¥1,000,000,000,000,000 either way";
        /// A page size that cannot be.
        PageSize { /** The field. */ field: &'static str, /** The most. */ max: u32 } = "search.page_size", "{field}: 1 to {max}";
        /// Not a cursor of this library.
        Cursor { /** The field. */ field: &'static str } = "search.cursor", "{field}: not a cursor; leave it out to begin at the first page";
        /// A cursor of another search.
        CursorOfOther { /** The field. */ field: &'static str } = "search.cursor_of_other", "{field}: this cursor belongs to another search; leave it out to begin at the first page of this one";
    }
}
