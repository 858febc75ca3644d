//! Birthdays 生年月日 in the forms that files have them (C6, I4).

use unicode_normalization::UnicodeNormalization as _;

use super::cell::{Cell, DateSystem};
use super::rows::RepairKind;
use crate::error::ImportError;
use crate::record::Birthday;
use crate::text::characters::{is_dash, is_ignorable, is_white_space};
use crate::time::Date;

/// A birthday cell as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BirthdayCell {
    /// The birthday.
    pub birthday: Birthday,
    /// The repair it took, if it was not written as a date of the western calendar.
    pub repair: Option<RepairKind>,
}

/// Reads a birthday: `1990-01-02`, `1990/1/2`, `1990.1.2`, `19900102`, `1990年1月2日`, 和暦 (`H2.1.2`, 平成2年1月2日, 平成元年…, ㍻2年…), `--01-02`, `1/2` and 1月2日
/// without a year, and the serial of a date cell. Full-width characters and kanji numerals are read too, and a time of day if it is midnight.
/// A blank cell is `None`. Whether the day has come yet is asked elsewhere: there is no clock here (T1).
///
/// An era begins and ends on its days: 昭和64年1月8日, 平成元年1月7日 and 平成31年5月1日 never were. The first days of 大正 and 昭和 were also the last of the era
/// before, and either name is right. Before 1873 the calendar was another, so 明治 begins with its sixth year.
///
/// # Errors
/// [`ImportError::DateUnreadable`], [`ImportError::EraImpossible`], [`ImportError::SerialImpossible`], [`ImportError::ErrorCell`],
/// [`ImportError::BooleanCell`].
pub fn read_birthday(cell: &Cell, system: DateSystem) -> Result<Option<BirthdayCell>, ImportError> {
    match cell {
        _ if cell.is_blank() => Ok(None),
        Cell::Empty => Ok(None),
        Cell::Text { text } => from_text(text).map(Some),
        Cell::Number { literal } => from_number(literal, system).map(Some),
        Cell::Boolean { .. } => Err(ImportError::BooleanCell),
        Cell::Error { .. } => Err(ImportError::ErrorCell),
    }
}

fn of(date: Date, repair: Option<RepairKind>) -> BirthdayCell {
    BirthdayCell { birthday: Birthday { year: Some(date.year()), month: date.month(), day: date.day() }, repair }
}

/// The serial of 9999-12-31 in the 1900 system: what is longer was never a date cell.
const LAST_SERIAL: i32 = 2_958_465;

fn from_number(literal: &str, system: DateSystem) -> Result<BirthdayCell, ImportError> {
    let (whole, fraction) = literal.split_once('.').unwrap_or((literal, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if unsigned.is_empty() || !digits(unsigned) || !digits(fraction) {
        return Err(ImportError::DateUnreadable);
    }
    let impossible = ImportError::SerialImpossible;
    // A fraction is a time of day: nobody is born at noon on a form, so such a cell is not a birthday.
    let Some(serial) = whole.parse::<i32>().ok().filter(|serial| *serial > 60 && fraction.bytes().all(|b| b == b'0')) else {
        return Err(impossible);
    };
    if serial > LAST_SERIAL && whole.len() == 8 {
        return compact(whole).map(|date| of(date, None));
    }
    // Serial 60 of the 1900 system is a day that never was: from 61 on, day 0 is 30 December 1899. That of the 1904 system is 1 January 1904.
    let day_zero = match system {
        DateSystem::D1900 => -25_569,
        DateSystem::D1904 => -24_107,
    };
    let date = serial.checked_add(day_zero).and_then(|day| Date::from_day_number(day).ok()).ok_or(impossible)?;
    Ok(of(date, Some(RepairKind::SerialDate)))
}

struct Era {
    names: &'static [&'static str],
    /// The year before its first.
    before: i32,
    first: (i32, u32, u32),
    last: (i32, u32, u32),
}

const ERAS: [Era; 5] = [
    Era { names: &["令和", "令", "R"], before: 2018, first: (2019, 5, 1), last: (9999, 12, 31) },
    Era { names: &["平成", "平", "H"], before: 1988, first: (1989, 1, 8), last: (2019, 4, 30) },
    Era { names: &["昭和", "昭", "S"], before: 1925, first: (1926, 12, 25), last: (1989, 1, 7) },
    Era { names: &["大正", "大", "T"], before: 1911, first: (1912, 7, 30), last: (1926, 12, 25) },
    Era { names: &["明治", "明", "M"], before: 1867, first: (1873, 1, 1), last: (1912, 7, 30) },
];

fn from_text(text: &str) -> Result<BirthdayCell, ImportError> {
    let plain = plain(text)?;
    if let Some((era, rest)) =
        ERAS.iter().find_map(|era| era.names.iter().find_map(|name| plain.strip_prefix(name)).map(|rest| (era, rest)))
    {
        return era_date(era, rest.trim_start_matches('.')).map(|date| of(date, Some(RepairKind::EraDate)));
    }
    let western = plain.strip_prefix("西暦").unwrap_or(&plain);
    if western.len() == 8 && western.bytes().all(|b| b.is_ascii_digit()) {
        return compact(western).map(|date| of(date, None));
    }
    if let Some((month, day)) = month_day(western) {
        // 2000 was a leap year: 29 February is somebody's birthday.
        Date::new(2000, month, day).map_err(|_| ImportError::DateUnreadable)?;
        return Ok(BirthdayCell { birthday: Birthday { year: None, month, day }, repair: None });
    }
    let (year, month, day) = year_month_day(western).filter(|(year, _, _)| *year >= 1_000).ok_or(ImportError::DateUnreadable)?;
    Date::new(year, month, day).map(|date| of(date, None)).map_err(|_| ImportError::DateUnreadable)
}

// One width, one dash, upper case, no spaces, no midnight.
fn plain(text: &str) -> Result<String, ImportError> {
    let text: String = text.nfkc().filter(|c| !is_ignorable(*c)).map(|c| if is_dash(c) { '-' } else { c.to_ascii_uppercase() }).collect();
    let mut words: Vec<&str> = text.split(is_white_space).filter(|word| !word.is_empty()).collect();
    // 1990-01-02T00:00:00, and 1990/1/2 0:00 as exports write a date: midnight is no time of day, any other is.
    if let Some((date, time)) =
        words.last().and_then(|word| word.split_once('T')).filter(|(date, time)| !date.is_empty() && time.contains(':'))
    {
        words.pop();
        words.extend([date, time]);
    }
    if let Some(time) = words.last().filter(|word| word.contains(':')) {
        if time.trim_end_matches('Z').chars().any(|c| !matches!(c, '0' | ':' | '.')) {
            return Err(ImportError::DateUnreadable);
        }
        words.pop();
    }
    Ok(words.concat())
}

fn compact(digits: &str) -> Result<Date, ImportError> {
    let part = |from, to| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
    let read = || Date::new(i32::try_from(year?).ok()?, month?, day?).ok();
    read().ok_or(ImportError::DateUnreadable)
}

fn era_date(era: &Era, rest: &str) -> Result<Date, ImportError> {
    let six = rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit());
    let part = |from, to| rest.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let parts = if six {
        part(0, 2).zip(part(2, 4)).zip(part(4, 6)).and_then(|((year, month), day)| Some((i32::try_from(year).ok()?, month, day)))
    } else {
        year_month_day(rest).filter(|(year, _, _)| *year < 100)
    };
    let (year, month, day) = parts.ok_or(ImportError::DateUnreadable)?;
    let day_of = |(year, month, day)| Date::new(year, month, day).map_err(|_| ImportError::EraImpossible);
    let date = day_of((era.before.saturating_add(year), month, day))?;
    // No era has a year 0, even where the day would fit: 1 January 1926 was 大正15年.
    if year < 1 || date < day_of(era.first)? || day_of(era.last)? < date { Err(ImportError::EraImpossible) } else { Ok(date) }
}

fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, rest) = match text.strip_prefix("--") {
        Some(rest) => {
            let (month, rest) = number(rest)?;
            (month, rest.strip_prefix('-')?)
        }
        None => {
            let (month, rest) = number(text)?;
            (month, rest.strip_prefix(['/', '月'])?)
        }
    };
    let (day, rest) = number(rest)?;
    matches!(rest, "" | "日").then_some((month, day))
}

fn year_month_day(text: &str) -> Option<(i32, u32, u32)> {
    let (year, rest) = match text.strip_prefix('元') {
        Some(rest) => (1, rest),
        None => number(text)?,
    };
    let separator = rest.chars().next()?;
    let (second, ends): (char, &[&str]) = match separator {
        '年' => ('月', &["", "日"]),
        '/' | '-' | '.' => (separator, &[""]),
        _ => return None,
    };
    let (month, rest) = number(rest.strip_prefix(separator)?)?;
    let (day, rest) = number(rest.strip_prefix(second)?)?;
    ends.contains(&rest).then_some((i32::try_from(year).ok()?, month, day))
}

/// The number a text begins with, in digits or in kanji, and what comes after it.
fn number(text: &str) -> Option<(u32, &str)> {
    let ascii = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(digits) = text.strip_suffix(ascii).filter(|digits| !digits.is_empty()) {
        return (digits.len() <= 4).then(|| digits.parse().ok())?.map(|number| (number, ascii));
    }
    let rest = text.trim_start_matches(|c| c == '十' || kanji_digit(c).is_some());
    let kanji = text.strip_suffix(rest).filter(|kanji| !kanji.is_empty())?;
    let positional = |part: &str| part.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(kanji_digit(c)?));
    let value = match kanji.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { positional(tens).filter(|tens| (1..=9).contains(tens))? };
            let ones = positional(ones).filter(|ones| *ones <= 9)?;
            tens.checked_mul(10)?.checked_add(ones)?
        }
        None => positional(kanji).filter(|value| *value <= 9_999)?,
    };
    Some((value, rest))
}

const fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}
