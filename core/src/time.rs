//! Time as a salon means it: instants from the caller (T1), business days of a stated calendar (T2), ranges (T3), months (T4).

use core::ops::Range;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::error::TimeError;
use crate::id::text_wire;

const MS_PER_MINUTE: i64 = 60_000;
const MS_PER_DAY: i64 = 86_400_000;

/// An instant: milliseconds since 1970-01-01T00:00:00Z. Always given by the caller; nothing here reads a clock (T1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Instant(pub i64);

#[cfg(feature = "uniffi")]
uniffi::custom_type!(/// An instant: milliseconds since 1970-01-01T00:00:00Z.
    Instant, i64, { lower: |instant| instant.0, try_lift: |ms| Ok(Instant(ms)) });

impl Instant {
    // So far from either end of what a day can be that the business day is one the ledger can keep, on every calendar that a salon may come to have.
    const FIRST: i64 = -3_218_691_600_000;
    const LAST: i64 = 253_402_095_600_000;

    // What seconds since 1970 come to until the year 5138: as milliseconds they are the first three years after 1970, in which nobody books.
    const SECONDS: Range<i64> = 0..100_000_000_000;

    /// This instant, if its day is one that the ledger can keep, from 1868-01-03 to 9999-12-30, and it is not seconds by mistake.
    pub fn checked(self, field: &'static str) -> Result<Self, TimeError> {
        let kept = (Self::FIRST..=Self::LAST).contains(&self.0) && !Self::SECONDS.contains(&self.0);
        if kept { Ok(self) } else { Err(TimeError::Instant { field }) }
    }

    /// This instant moved by so many milliseconds, held at the ends of what can be said.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// A day `yyyy-mm-dd`, from 1868-01-01 to 9999-12-31. In any rule a day is the salon's business day (T2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

text_wire!(@read /// A day `yyyy-mm-dd`.
    Date);

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text_of(&self.letters()))
    }
}

fn text_of(letters: &[u8]) -> &str {
    // They are digits and hyphens.
    core::str::from_utf8(letters).unwrap_or_default()
}

impl Date {
    /// The first day that is kept, 1868-01-01.
    pub const FIRST: Self = Self(match NaiveDate::from_ymd_opt(1868, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    });
    /// The last day that is kept, 9999-12-31.
    pub const LAST: Self = Self(match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(day) => day,
        None => NaiveDate::MAX,
    });

    /// The day, if the calendar has it and it lies within the years daicho keeps.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, TimeError> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|date| (1868..=9999).contains(&date.year())).map(Self).ok_or(TimeError::NoSuchDay)
    }
    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }
    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }
    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }
    /// "n months ago": calendar arithmetic, the day clamped to the month's end (T4): 31 August − 6 months = 28 or 29 February. Like the days below
    /// held at the ends of what can be said.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        self.0.checked_sub_months(Months::new(months)).map_or(Self::FIRST, |day| Self(day).max(Self::FIRST))
    }
    /// "n days ago".
    #[must_use]
    pub fn days_before(self, days: u32) -> Self {
        self.0.checked_sub_days(Days::new(u64::from(days))).map_or(Self::FIRST, |day| Self(day).max(Self::FIRST))
    }
    /// The day so many days later.
    #[must_use]
    pub fn days_after(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(u64::from(days))).map_or(Self::LAST, |day| Self(day).min(Self::LAST))
    }
    /// The same day so many months later, clamped to the month's end (T4).
    #[must_use]
    pub fn months_after(self, months: u32) -> Self {
        self.0.checked_add_months(Months::new(months)).map_or(Self::LAST, |day| Self(day).min(Self::LAST))
    }
    // Its text, digit by digit: a list has two days in each line, and to format them would take a third of the time of writing it.
    fn letters(self) -> [u8; 10] {
        let digit = |number: u32, unit: u32| u8::try_from(number / unit % 10).unwrap_or_default().saturating_add(b'0');
        // The years that are kept have four digits.
        let (year, month, day) = (self.year().unsigned_abs(), self.month(), self.day());
        let [thousands, hundreds, tens, ones] = [1_000, 100, 10, 1].map(|unit| digit(year, unit));
        [thousands, hundreds, tens, ones, b'-', digit(month, 10), digit(month, 1), b'-', digit(day, 10), digit(day, 1)]
    }
    /// Days since 1970-01-01, negative before.
    #[must_use]
    pub fn day_number(self) -> i32 {
        self.0.to_epoch_days()
    }
    /// The day with this number, see [`Date::day_number`].
    pub fn from_day_number(days: i32) -> Result<Self, TimeError> {
        NaiveDate::from_epoch_days(days).map(Self).filter(|day| (Self::FIRST..=Self::LAST).contains(day)).ok_or(TimeError::NoSuchDay)
    }
}

impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(text_of(&self.letters()))
    }
}

impl core::fmt::Debug for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{self}")
    }
}

impl core::str::FromStr for Date {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut parts = text.split('-');
        let mut part = |width: usize| {
            parts
                .next()
                .filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|p| p.parse::<u32>().ok())
                .ok_or(TimeError::DateForm)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(TimeError::DateForm);
        }
        Self::new(i32::try_from(year).map_err(|_| TimeError::DateForm)?, month, day)
    }
}

wire! {
    /// A salon's calendar (T2): where its clocks stand, and when its business day 営業日 begins. Never guessed, never UTC by default.
    #[derive(Copy, Debug)]
    pub struct Calendar {
        /// Minutes east of UTC; Japan's 540 by default. From −840 to 840.
        pub utc_offset_minutes: i32,
        /// The time of day at which the business day begins, in minutes after midnight; 0 by default. From 0 to 1,439.
        pub day_starts_minutes: i32,
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Self { utc_offset_minutes: 540, day_starts_minutes: 0 }
    }
}

impl Calendar {
    /// This calendar, if its figures are possible.
    pub fn checked(self) -> Result<Self, TimeError> {
        if (-840..=840).contains(&self.utc_offset_minutes) && (0..1440).contains(&self.day_starts_minutes) {
            Ok(self)
        } else {
            Err(TimeError::Calendar)
        }
    }

    /// The business day that holds an instant (T2).
    pub fn day_of(self, instant: Instant) -> Result<Date, TimeError> {
        let shift = i64::from(self.utc_offset_minutes - self.day_starts_minutes) * MS_PER_MINUTE;
        let local = instant.0.checked_add(shift).ok_or(TimeError::NoSuchDay)?;
        i32::try_from(local.div_euclid(MS_PER_DAY)).map_err(|_| TimeError::NoSuchDay).and_then(Date::from_day_number)
    }

    /// The instant at which the clocks of the salon show this time of this calendar day, in minutes after midnight.
    #[must_use]
    pub fn at(self, day: Date, minutes: i32) -> Instant {
        Instant(i64::from(day.day_number()) * MS_PER_DAY + i64::from(minutes - self.utc_offset_minutes) * MS_PER_MINUTE)
    }

    /// The first instant of a business day.
    #[must_use]
    pub fn start_of(self, day: Date) -> Instant {
        self.at(day, self.day_starts_minutes)
    }
}

wire! {
    /// A range of days, both ends included; an end left out is open (T3).
    #[derive(Copy, Debug, Default)]
    pub struct DateRange {
        /// The first day.
        pub from: Option<Date>,
        /// The last day.
        pub to: Option<Date>,
    }
}

impl DateRange {
    /// This range, if it does not start after its end.
    pub fn checked(self, field: &'static str) -> Result<Self, TimeError> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from > to => Err(TimeError::RangeReversed { field }),
            _ => Ok(self),
        }
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn t2_a_day_is_the_business_day_at_its_first_and_last_millisecond() {
        let tokyo = Calendar::default();
        let midnight = tokyo.start_of(day("2026-11-21"));
        assert_eq!(midnight, Instant(1_795_186_800_000));
        assert_eq!(tokyo.day_of(midnight), Ok(day("2026-11-21")));
        assert_eq!(tokyo.day_of(midnight.plus_ms(-1)), Ok(day("2026-11-20")));
        let late = Calendar { day_starts_minutes: 300, ..tokyo };
        assert_eq!(late.day_of(midnight.plus_ms(5 * 3_600_000 - 1)), Ok(day("2026-11-20")));
        assert_eq!(late.day_of(midnight.plus_ms(5 * 3_600_000)), Ok(day("2026-11-21")));
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        let days = (Date::FIRST.day_number()..=Date::LAST.day_number()).step_by(97).map(Date::from_day_number).map(Result::unwrap);
        for day in days.chain([Date::FIRST, day("2024-02-29"), day("2026-10-09"), Date::LAST]) {
            let text = format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
            assert_eq!(day.to_string(), text);
            assert_eq!(serde_json::to_string(&day).unwrap(), format!("\"{text}\""));
            assert_eq!(text.parse(), Ok(day));
        }
    }

    #[test]
    fn t2_the_default_is_japan_and_never_utc() {
        assert_eq!(Calendar::default().utc_offset_minutes, 540);
        assert_eq!(Calendar::default().day_of(Instant(0)), Ok(day("1970-01-01")));
        assert_eq!(Calendar::default().day_of(Instant(54_000_000)), Ok(day("1970-01-02")));
        assert_eq!(Calendar { utc_offset_minutes: 841, day_starts_minutes: 0 }.checked(), Err(TimeError::Calendar));
        assert_eq!(Calendar { utc_offset_minutes: 0, day_starts_minutes: 1440 }.checked(), Err(TimeError::Calendar));
    }

    #[test]
    fn t3_ranges_include_both_ends_and_are_open_without_one() {
        let range = DateRange { from: Some(day("2024-09-10")), to: Some(day("2024-09-20")) };
        for (text, held) in [("2024-09-09", false), ("2024-09-10", true), ("2024-09-20", true), ("2024-09-21", false)] {
            assert_eq!(range.holds(day(text)), held, "{text}");
        }
        assert!(DateRange { from: None, to: range.to }.holds(day("1900-01-01")));
        assert!(DateRange { from: range.from, to: None }.holds(day("9999-12-31")));
        assert_eq!(DateRange { from: range.to, to: range.from }.checked("days"), Err(TimeError::RangeReversed { field: "days" }));
        assert!(DateRange { from: range.to, to: range.to }.checked("days").is_ok());
    }

    #[test]
    fn t4_months_are_calendar_months_clamped_to_the_end() {
        assert_eq!(day("2026-08-31").months_before(6), day("2026-02-28"));
        assert_eq!(day("2024-08-31").months_before(6), day("2024-02-29"));
        assert_eq!(day("2026-03-31").months_before(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").months_before(12), day("2023-02-28"));
        assert_eq!(day("2026-01-15").months_before(0), day("2026-01-15"));
    }

    #[test]
    fn t4_what_lies_beyond_the_days_that_are_kept_is_held_at_their_ends() {
        assert_eq!((Date::FIRST, Date::LAST), (day("1868-01-01"), day("9999-12-31")));
        assert_eq!((day("9999-12-30").days_after(1), day("9999-12-30").days_after(2)), (Date::LAST, Date::LAST));
        assert_eq!((Date::LAST.days_after(u32::MAX), Date::LAST.months_after(u32::MAX)), (Date::LAST, Date::LAST));
        assert_eq!((day("1868-01-02").days_before(1), day("1868-01-02").days_before(2)), (Date::FIRST, Date::FIRST));
        assert_eq!((Date::FIRST.days_before(u32::MAX), Date::FIRST.months_before(u32::MAX)), (Date::FIRST, Date::FIRST));
    }

    #[test]
    fn t2_an_instant_is_kept_where_every_calendar_has_a_day_for_it() {
        let tokyo = Calendar::default();
        let (first, last) = (tokyo.start_of(day("1868-01-03")), tokyo.start_of(day("9999-12-30")));
        assert_eq!((first.checked("now"), last.checked("now")), (Ok(first), Ok(last)));
        // Seconds where milliseconds belong would be January 1970.
        assert_eq!([-1, 100_000_000_000].map(|ms| Instant(ms).checked("now").is_ok()), [true, true]);
        let seconds = [0, 1_795_222_800, 99_999_999_999].map(Instant);
        for beyond in [first.plus_ms(-1), last.plus_ms(1), Instant(i64::MIN), Instant(i64::MAX)].into_iter().chain(seconds) {
            assert_eq!(beyond.checked("now"), Err(TimeError::Instant { field: "now" }));
        }
        for calendar in [-840, 840]
            .into_iter()
            .flat_map(|utc_offset_minutes| [0, 1439].map(|day_starts_minutes| Calendar { utc_offset_minutes, day_starts_minutes }))
        {
            assert!(calendar.day_of(first).is_ok() && calendar.day_of(last).is_ok(), "{calendar:?}");
        }
    }

    #[test]
    fn a_day_has_one_spelling_and_must_exist() {
        for wrong in ["2026-1-1", "2026-02-29", "2026-13-01", "1867-12-31", "2026/01/01", "2026-01-01-", "+026-01-01", "10000-01-01", ""] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
    }
}
