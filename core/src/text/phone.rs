//! Phone numbers (C4): stored as entered, known by a digits key, judged by Japan's number plan.

use super::characters::{is_dash, vanishes};
use super::clean::one_line;
use super::error::TextError;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest entry taken, in Unicode scalar values (C9): room for a country code, every
/// separator, and a slip of the hand that is better called malformed than too long.
pub const MAX_SCALARS: u32 = 64;

/// The longest number of the world (E.164).
const MAX_INTERNATIONAL: usize = 15;

/// A phone number (C4). Families share one: a phone alone never matches anyone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumber {
    /// As typed (C9).
    pub entered: String,
    /// The key: the domestic form in ASCII digits. A foreign number's begins with its country
    /// code, so with no 0, and cannot be mistaken for a domestic one.
    pub digits: String,
    /// What the number plan says.
    pub class: PhoneClass,
}

/// Shows the class only: a number is personal data.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneNumber").field("class", &self.class).finish_non_exhaustive()
    }
}

impl PhoneNumber {
    /// The number, if a customer can have it: valid and unassigned ones are accepted (C4).
    ///
    /// # Errors
    /// [`TextError::PhoneNotAccepted`] for the other classes.
    pub fn accept(self, field: &'static str) -> Result<Self, TextError> {
        if self.class.is_accepted() { Ok(self) } else { Err(TextError::PhoneNotAccepted { field, class: self.class }) }
    }
}

/// What Japan's number plan (電気通信番号計画) says about a number (C4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "camelCase")]
pub enum PhoneClass {
    /// A form the plan gives out: mobile, fixed line, IP phone, free dial and the like.
    Valid,
    /// Ten or eleven digits from 0 that the plan does not give to people, such as the manual's
    /// own 00011111111, and the numbers of machines (020).
    Unassigned,
    /// Fewer than ten digits: 110, 119, or an area code left out.
    Short,
    /// Another country's.
    Foreign,
    /// Too long, not from 0, or with something in it that is no part of a number.
    Malformed,
}

impl PhoneClass {
    /// Whether a customer can have such a number (C4).
    #[must_use]
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Valid | Self::Unassigned)
    }

    /// The stable word for it, the same as on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Unassigned => "unassigned",
            Self::Short => "short",
            Self::Foreign => "foreign",
            Self::Malformed => "malformed",
        }
    }
}

/// Reads a phone number as typed. Every class is `Ok`; [`PhoneNumber::accept`] draws the line.
///
/// Dashes of every kind (ー and ～ too), spaces, brackets and invisible characters are dropped.
/// `+81`, `81`, `0081` and `010-81` become `0`, with or without the `(0)` or 0 that people put
/// after them; without the plus only if a Japanese number's length follows. A dot is *not*
/// dropped: `9012345678.0` is a number that a spreadsheet has spoilt, not one with a digit more.
///
/// # Errors
/// [`TextError::NoDigits`]; [`TextError::TooLong`] over [`MAX_SCALARS`].
pub fn parse(field: &'static str, raw: &str) -> Result<PhoneNumber, TextError> {
    let entered = one_line(field, raw, MAX_SCALARS)?;
    let (digits, class) = read(&entered);
    if digits.is_empty() {
        return Err(TextError::NoDigits { field });
    }
    Ok(PhoneNumber { entered, digits, class })
}

/// The digits key of a number or of a part of one, for the partial search (S3). Empty if there is
/// no digit in it.
#[must_use]
pub fn digits_key(raw: &str) -> String {
    read(raw).0
}

/// The number whose leading zero a spreadsheet ate (I4): nine or ten digits not from 0 that are
/// valid with a 0 before them. Only for numeric cells: the caller knows what it read.
#[must_use]
pub fn restored_leading_zero(number_digits: &str) -> Option<PhoneNumber> {
    if !(matches!(number_digits.len(), 9 | 10) && is_digits(number_digits)) {
        return None;
    }
    // Nothing valid begins with 00, so digits that still have their zero end here too.
    let digits = format!("0{number_digits}");
    let class = class_of(&digits);
    (class == PhoneClass::Valid).then(|| PhoneNumber { entered: digits.clone(), digits, class })
}

/// Whether nothing but the leading zero seems to be missing: nine or ten digits, of which the others are a valid number. A country's code is no such number,
/// nor what a spreadsheet has made a fraction of.
#[must_use]
pub fn lacks_leading_zero(raw: &str) -> bool {
    let bare: String = raw.nfkc().filter(|&c| !(vanishes(c) || is_dash(c) || c.is_control() || matches!(c, '(' | ')'))).collect();
    restored_leading_zero(&bare).is_some()
}

fn read(text: &str) -> (String, PhoneClass) {
    // ASCII is its own NFKC.
    let folded = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
    let written: String = folded.chars().filter(|&c| !(vanishes(c) || is_dash(c) || c.is_control())).map(round_bracket).collect();
    let bare: String = written.chars().filter(|&c| !matches!(c, '(' | ')')).collect();
    let (plus, number) = match bare.strip_prefix('+') {
        Some(number) => (true, number),
        None => (false, bare.as_str()),
    };
    if !is_digits(number) {
        let digits = bare.chars().filter(char::is_ascii_digit).collect();
        return (digits, PhoneClass::Malformed);
    }
    if let Some(domestic) = from_country_code(plus, number) {
        let class = class_of(&domestic);
        return (domestic, class);
    }
    if let Some(international) = foreign(plus, number, &written) {
        return international;
    }
    (number.to_owned(), class_of(number))
}

/// Every bracket as a round one, so that `[0]` is `(0)`. NFKC has done the full-width ones.
fn round_bracket(c: char) -> char {
    match c {
        '[' | '{' | '<' | '〔' | '【' | '〈' | '《' | '「' | '『' | '〖' | '〘' | '⦅' => '(',
        ']' | '}' | '>' | '〕' | '】' | '〉' | '》' | '」' | '』' | '〗' | '〙' | '⦆' => ')',
        _ => c,
    }
}

/// The domestic form of a number that begins with Japan's country code.
fn from_country_code(plus: bool, number: &str) -> Option<String> {
    let national =
        if plus { number.strip_prefix("81")? } else { ["01081", "0081", "81"].iter().find_map(|code| number.strip_prefix(code))? };
    // No number of the plan has a second 0 here: the first is the one dialled at home.
    let subscriber = national.strip_prefix('0').unwrap_or(national);
    // A domestic number may begin with these digits by chance, but is then too short for them.
    let japanese_length = matches!(subscriber.len(), 9 | 10);
    (plus || japanese_length).then(|| format!("0{subscriber}"))
}

/// The digits from the country code on of a number that is not Japan's.
fn foreign(plus: bool, number: &str, written: &str) -> Option<(String, PhoneClass)> {
    let from_country = if plus {
        number
    } else if number.len() > 11 {
        // Dialled from Japan (010) or from nearly anywhere else (00).
        number.strip_prefix("010").or_else(|| number.strip_prefix("00"))?
    } else {
        return None;
    };
    if from_country.starts_with('0') || from_country.is_empty() {
        return Some((number.to_owned(), PhoneClass::Malformed));
    }
    let digits = without_trunk_zero(written, number.len() - from_country.len());
    let class = if digits.len() > MAX_INTERNATIONAL { PhoneClass::Malformed } else { PhoneClass::Foreign };
    Some((digits, class))
}

/// The digits of `written` after the first `dialled` ones, less a `(0)` that comes within reach of
/// a country code's one to three digits.
fn without_trunk_zero(written: &str, dialled: usize) -> String {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let all = match written.split_once("(0)") {
        Some((before, after)) if (1..=3).contains(&digits(before).len().saturating_sub(dialled)) => digits(before) + &digits(after),
        _ => digits(written),
    };
    all.chars().skip(dialled).collect()
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn class_of(digits: &str) -> PhoneClass {
    if digits.len() < 10 {
        return PhoneClass::Short;
    }
    if !digits.starts_with('0') {
        return PhoneClass::Malformed;
    }
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    match digits.len() {
        // Mobile, 0800 free dial among the 080; IP phone.
        11 if starts(&["090", "080", "070", "060", "050"]) => PhoneClass::Valid,
        // Fixed lines, 0120, 0570 and the like. No area code has 0 as its second or third digit:
        // ten digits from 090 are a mobile number with one left out.
        10 if !matches!(digits.as_bytes(), [_, b'0', ..] | [_, _, b'0', ..]) => PhoneClass::Valid,
        10 | 11 => PhoneClass::Unassigned,
        // Machines (M2M) with the long form.
        14 if starts(&["0200"]) => PhoneClass::Unassigned,
        _ => PhoneClass::Malformed,
    }
}
