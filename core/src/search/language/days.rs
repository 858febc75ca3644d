//! Days, as dates and as so long ago, and spans of them.

use super::predicate::{Compare, DAY_SIGNS, compared, expect_compare, number, word};
use super::reader::{Expected, Reader, Stuck};
use super::words::{PARTICLES, TODAY, UNITS, Unit, Word};
use crate::record::{DaySpan, When};
use crate::time::Date;

const DAY: Expected = Expected::kind("a day such as 2026-11-21, -30d, -6mo", "日付 (2026-11-21、-30日、-6か月 など)");
const NO_EARLIER: Expected = Expected::kind("a day no earlier than what the span begins with", "期間の始まり以降の日付");
// What makes a length of time a day: 半年前 of 半年, and with what it is compared.
const AGO: [Expected; 4] = [
    Expected::in_japanese("前以前"),
    Expected::in_japanese("前以降"),
    Expected { english: "ago", japanese: "前", literal: true },
    Expected::in_japanese("後"),
];
// So many of them say how.
const COMPARED: usize = 2;
const WEEK: i32 = 7;
const YEAR: i32 = 12;
const HALF_A_YEAR: i32 = 6;

// What stands after a day. 以内 would be the reverse of 以前: it is not taken for either.
const SINCE: &[&str] = &["以降", "以後"];
const UNTIL: &[&str] = &["以前", "まで"];

// A day; one that stands alone may be followed by how it is compared.
fn when(reader: &mut Reader, alone: bool) -> Result<When, Stuck> {
    static TODAYS: &[Word<()>] = &[TODAY];
    let place = reader.place();
    if let Some(text) = reader.date_text() {
        return match text.parse::<Date>() {
            Ok(day) => Ok(When::Day { day }),
            Err(_) => {
                reader.back_to(place);
                reader.stuck(DAY)
            }
        };
    }
    if reader.word(TODAYS).is_some() {
        return Ok(When::Days { days: 0 });
    }
    let sign = if reader.over(&["-"]) {
        Some(-1_i32)
    } else if reader.over(&["+"]) {
        Some(1)
    } else {
        None
    };
    let Some((number, unit)) = length(reader)? else {
        reader.back_to(place);
        return reader.stuck(DAY);
    };
    let sign = match sign {
        Some(sign) => sign,
        // 6か月前
        None if reader.over(&["前", "ago"]) => -1,
        None if reader.over(&["後"]) => 1,
        None if number == 0 => 1,
        // 1月5日, of which year?
        None if reader.begins_digit() => {
            reader.back_to(place);
            return reader.stuck(DAY);
        }
        None => {
            AGO.into_iter().skip(if alone { 0 } else { COMPARED }).for_each(|ago| reader.expect(ago));
            return Err(Stuck);
        }
    };
    let number = number.saturating_mul(sign);
    Ok(match unit {
        Unit::Months => When::Months { months: number },
        _ => When::Days { days: number },
    })
}

// How long, in days or months: 30日, 2週間, 6か月, 半年, 1年半.
fn length(reader: &mut Reader) -> Result<Option<(i32, Unit)>, Stuck> {
    if reader.over(&["半年"]) {
        return Ok(Some((HALF_A_YEAR, Unit::Months)));
    }
    let Some(number) = reader.digits().and_then(|digits| i32::try_from(digits).ok()) else { return Ok(None) };
    Ok(Some(match word(reader, UNITS)? {
        Unit::Weeks => (number.saturating_mul(WEEK), Unit::Days),
        Unit::Years => {
            let half = if reader.over(&["半"]) { HALF_A_YEAR } else { 0 };
            (number.saturating_mul(YEAR).saturating_add(half), Unit::Months)
        }
        unit => (number, unit),
    }))
}

pub(super) fn days(reader: &mut Reader) -> Result<DaySpan, Stuck> {
    let place = reader.place();
    let first = compared(reader, DAY_SIGNS);
    if !matches!(first, Compare::Is | Compare::AtLeast | Compare::AtMost) {
        // It is the sign that is wrong, not the day.
        reader.back_to(place);
        reader.over(PARTICLES);
        expect_compare(reader, DAY_SIGNS);
        return Err(Stuck);
    }
    if first == Compare::Is && (reader.sign("..") || reader.over(&["~"])) {
        return Ok(DaySpan { from: None, to: end_of_days(reader, None)? });
    }
    let from = when(reader, first == Compare::Is)?;
    if first == Compare::Is && (reader.sign("..") || reader.over(&["~", "から"])) {
        return Ok(DaySpan { from: Some(from), to: end_of_days(reader, Some(from))? });
    }
    let said = match first {
        Compare::Is if reader.over(SINCE) => Compare::AtLeast,
        Compare::Is if reader.over(UNTIL) => Compare::AtMost,
        said => said,
    };
    Ok(match said {
        Compare::AtLeast => DaySpan { from: Some(from), to: None },
        Compare::AtMost => DaySpan { from: None, to: Some(from) },
        _ => DaySpan { from: Some(from), to: Some(from) },
    })
}

// The last day of a span; left out, the span is open.
fn end_of_days(reader: &mut Reader, from: Option<When>) -> Result<Option<When>, Stuck> {
    if !(reader.begins_number() || reader.begins(&TODAY) || reader.begins_with('+')) {
        return Ok(None);
    }
    let place = reader.place();
    let to = when(reader, false)?;
    if from.is_some_and(|from| is_before(to, from)) {
        reader.back_to(place);
        return reader.stuck(NO_EARLIER);
    }
    Ok(Some(to))
}

// Whether a day lies before another whichever day is today.
fn is_before(one: When, other: When) -> bool {
    match (one, other) {
        (When::Day { day: one }, When::Day { day: other }) => one < other,
        (When::Days { days: one }, When::Days { days: other }) | (When::Months { months: one }, When::Months { months: other }) => {
            one < other
        }
        _ => false,
    }
}

// `60d`, `60日`, or a bare number of days.
pub(super) fn whole_days(reader: &mut Reader) -> Result<u32, Stuck> {
    let days = number(reader)?;
    reader.over(&["d", "days", "日"]);
    Ok(days)
}
