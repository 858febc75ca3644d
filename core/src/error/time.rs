problems! {
    /// Days and calendars (T1–T4).
    pub enum TimeError {
        /// The calendar has no such day, or it lies outside 1868 to 9999.
        NoSuchDay = "time.no_such_day", "expected a day written yyyy-mm-dd, from 1868-01-01 to 9999-12-31: there is no such day";
        /// Not a day as it is written.
        DateForm = "time.date_form", "expected a day written yyyy-mm-dd, from 1868-01-01 to 9999-12-31";
        /// A range that starts after its end (T3).
        RangeReversed { /** The field. */ field: &'static str } = "time.range_reversed", "{field}: the range starts after its end";
        /// An instant that is no time a salon can be in, or so small that it must be seconds.
        Instant { /** The field. */ field: &'static str } = "time.instant",
            "{field}: expected an instant in milliseconds since 1970, such as 1795222800000, between the years 1868 and 9999; seconds are too small";
        /// A calendar that cannot be.
        Calendar = "time.calendar" at "calendar", "a calendar's offset lies within ±840 minutes, its day starts at 0 to 1439";
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
