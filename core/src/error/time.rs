problems! {
    /// Days and calendars (T1–T4).
    pub enum TimeError {
        /// The calendar has no such day, or it lies outside 1868 to 9999.
        NoSuchDay = "time.no_such_day", "no such day between 1868-01-01 and 9999-12-31";
        /// Not a day as it is written.
        DateForm = "time.date_form", "a day is written yyyy-mm-dd";
        /// A range that starts after its end (T3).
        RangeReversed = "time.range_reversed", "the range starts after its end";
        /// A calendar that cannot be.
        Calendar = "time.calendar", "a calendar's offset lies within ±840 minutes, its day starts at 0 to 1439";
    }
}

problems! {
    /// Money.
    pub enum AmountError {
        /// Beyond 64 bits.
        Overflow = "amount.overflow", "the amount is larger than can be kept";
        /// Not an amount for this field.
        OutOfRange { /** The field. */ field: &'static str } = "amount.out_of_range", "{field}: an amount lies between ¥0 and ¥1,000,000,000";
    }
}
