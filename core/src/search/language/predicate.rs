//! Single predicates: a field, and what is asked of it.

use core::str::FromStr;

use super::amount::{MARKS, yen};
use super::days::{days, whole_days};
use super::parser::{closed, listed, within};
use super::reader::{Expected, Names, Reader, Stuck};
use super::words::{
    COUNTERS, FIELDS, Field, GENDERS, LABELS, LISTS, NONE, NONES, NOT_YET, PARTICLES, RESERVATION_FIELDS, ReservationField, SOMES, Word,
};
use crate::money::Yen;
use crate::record::{Condition, Count, Frequency, ReservationCondition, YenRange};

const NUMBER: Expected = Expected::kind("a number", "数");
const NO_LESS: Expected = Expected::kind("no less than what the range begins with", "範囲の始まり以上の数");
const UNIT: Expected = Expected::kind("both amounts with their units, such as 30000..50000", "両方の金額に単位 (3万〜5万 など)");
const TEN_THOUSAND: Yen = Yen(10_000);
const TEXT: Expected = Expected::kind("a text", "文字列");

/// How a predicate compares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Is,
    IsNot,
    AtLeast,
    AtMost,
    Over,
    Under,
}

// What stands after a text that is held, up to where it is said whether.
const HELD: &str = "を含";
const HOLDS: &str = "を含む";

// 以上 and the like stand after a number, 以降 and the like after a day (`days.rs`).
const AT_LEAST: &[&str] = &["以上"];
const AT_MOST: &[&str] = &["以下"];

/// What stands before a count or an amount, and before a day: the day after -6mo has no name of its own.
pub(super) const FIGURE_SIGNS: &[&str] = &["=", "!=", ">=", "<=", ">", "<"];
pub(super) const DAY_SIGNS: &[&str] = &["=", ">=", "<="];

fn compare(reader: &mut Reader) -> Option<Compare> {
    // The longer signs first.
    let signs = [
        (">=", Compare::AtLeast),
        ("≧", Compare::AtLeast),
        ("≥", Compare::AtLeast),
        ("<=", Compare::AtMost),
        ("≦", Compare::AtMost),
        ("≤", Compare::AtMost),
        ("!=", Compare::IsNot),
        ("≠", Compare::IsNot),
        ("=", Compare::Is),
        (">", Compare::Over),
        ("<", Compare::Under),
    ];
    signs.into_iter().find(|(sign, _)| reader.over(&[sign])).map(|(_, compare)| compare)
}

pub(super) fn expect_compare(reader: &mut Reader, signs: &[&'static str]) {
    signs.iter().for_each(|sign| reader.expect(Expected::literal(sign)));
}

pub(super) fn customer(reader: &mut Reader, depth: u32) -> Result<Condition, Stuck> {
    if let Some((_, flag)) = NOT_YET.iter().find(|(words, _)| reader.over(words)) {
        return Ok(said(Condition::Flag { flag: *flag }, false));
    }
    let Some(field) = reader.word(FIELDS) else { return Err(Stuck) };
    Ok(match field {
        Field::Text(field) => {
            let Some((contains, held)) = containing(reader)? else { return Err(Stuck) };
            said(Condition::Text { field, contains }, held)
        }
        Field::Number => {
            let is = equal(reader, text)?;
            Condition::Number { is }
        }
        Field::Own => {
            let name = bracketed(reader, text)?;
            match there(reader) {
                Some(there) => said(Condition::CustomField { name, contains: None }, there),
                None if reader.over(&["含む"]) => Condition::CustomField { name, contains: Some(text(reader)?) },
                None => match containing(reader)? {
                    Some((contains, held)) => said(Condition::CustomField { name, contains: Some(contains) }, held),
                    None => Condition::CustomField { name, contains: None },
                },
            }
        }
        Field::Count(field) => count(reader, |count| Condition::Count { field, count })?,
        Field::Money(field) => money(reader, |yen| Condition::Money { field, yen })?,
        Field::Day(field) => Condition::Day { field, days: days(reader)? },
        Field::Flag(flag) => {
            let is = there(reader).unwrap_or(true);
            said(Condition::Flag { flag }, is)
        }
        Field::LastMenu => negatable(reader, id, |of| Condition::LastMenu { of }, |that| Condition::Not { that })?,
        Field::Category => {
            negatable(reader, |reader| name(reader, Names::Category), |of| Condition::Category { of }, |that| Condition::Not { that })?
        }
        Field::Channel => {
            negatable(reader, |reader| name(reader, Names::Channel), |of| Condition::Channel { of }, |that| Condition::Not { that })?
        }
        Field::Gender => negatable(reader, |reader| word(reader, GENDERS), |of| Condition::Gender { of }, |that| Condition::Not { that })?,
        Field::Listed => negatable(reader, |reader| word(reader, LISTS), |on| Condition::Listed { on }, |that| Condition::Not { that })?,
        Field::Average | Field::Trailing => {
            let days = bracketed(reader, whole_days)?;
            let times = at_least(reader)?;
            let frequency = if field == Field::Average { Frequency::Average { days, times } } else { Frequency::Trailing { days, times } };
            Condition::Frequency { frequency }
        }
        Field::Gaps => {
            if !reader.sign("<=") && !reader.over(&["≦", "≤"]) {
                return Err(Stuck);
            }
            Condition::Frequency { frequency: Frequency::LastGaps { days: whole_days(reader)? } }
        }
        Field::Reservation => {
            if !reader.sign("(") {
                return Err(Stuck);
            }
            let that = within(reader, depth)?;
            let that = Box::new(closed(reader, that)?);
            let there = there(reader).unwrap_or(true);
            said(Condition::Reservation { that }, there)
        }
        Field::Segment => {
            let segment = |reader: &mut Reader| {
                reader.note(Names::Segment);
                id(reader)
            };
            Condition::Segment { segment: bracketed(reader, segment)? }
        }
    })
}

pub(super) fn reservation(reader: &mut Reader, _: u32) -> Result<ReservationCondition, Stuck> {
    let Some(field) = reader.word(RESERVATION_FIELDS) else { return Err(Stuck) };
    let not = |that| ReservationCondition::Not { that };
    match field {
        ReservationField::Status => negatable(reader, |reader| word(reader, LABELS), |of| ReservationCondition::Status { of }, not),
        ReservationField::Day => Ok(ReservationCondition::Day { days: days(reader)? }),
        ReservationField::Staff => negatable(reader, id, |of| ReservationCondition::Staff { of }, not),
        ReservationField::Menu => negatable(reader, id, |of| ReservationCondition::Menu { of }, not),
        ReservationField::Shop => negatable(reader, id, |of| ReservationCondition::Shop { of }, not),
    }
}

fn text(reader: &mut Reader) -> Result<String, Stuck> {
    match reader.text() {
        Some(text) => Ok(text),
        None => reader.stuck(TEXT),
    }
}

fn name(reader: &mut Reader, names: Names) -> Result<String, Stuck> {
    reader.note(names);
    text(reader)
}

fn id<T: FromStr>(reader: &mut Reader) -> Result<T, Stuck> {
    let place = reader.place();
    let read = reader.text().and_then(|text| text.parse().ok());
    match read {
        Some(id) => Ok(id),
        None => {
            reader.back_to(place);
            reader.stuck(Expected::kind("an id", "ID"))
        }
    }
}

pub(super) fn word<T: Copy>(reader: &mut Reader, words: &'static [Word<T>]) -> Result<T, Stuck> {
    reader.word(words).ok_or(Stuck)
}

pub(super) fn number(reader: &mut Reader) -> Result<u32, Stuck> {
    let place = reader.place();
    match reader.digits().and_then(|digits| u32::try_from(digits).ok()) {
        Some(number) => Ok(number),
        None => {
            reader.back_to(place);
            reader.stuck(NUMBER)
        }
    }
}

fn bracketed<T>(reader: &mut Reader, inside: impl Fn(&mut Reader) -> Result<T, Stuck>) -> Result<T, Stuck> {
    if !reader.sign("(") {
        return Err(Stuck);
    }
    let inside = inside(reader)?;
    closed(reader, inside)
}

fn said(condition: Condition, holds: bool) -> Condition {
    if holds { condition } else { Condition::Not { that: Box::new(condition) } }
}

// LINE連携なし, LINE連携がある; none where nothing is said.
fn there(reader: &mut Reader) -> Option<bool> {
    reader.expect(Expected::in_japanese(NONE));
    let place = reader.place();
    reader.over(PARTICLES);
    if reader.over(NONES) {
        return Some(false);
    }
    if reader.over(SOMES) {
        return Some(true);
    }
    reader.back_to(place);
    None
}

// `~ "山田"`, に「山田」を含む or に「山田」を含まない: what is held, and whether it is; none where nothing is said.
fn containing(reader: &mut Reader) -> Result<Option<(String, bool)>, Stuck> {
    if reader.sign("~") {
        return Ok(Some((text(reader)?, true)));
    }
    if !reader.over(&["に", "が", "は"]) {
        return Ok(None);
    }
    let Some(contains) = reader.text_before(HELD) else { return reader.stuck(TEXT) };
    let place = reader.place();
    reader.over(&["を", "が"]);
    if reader.over(&["含まない", "含まず"]) {
        return Ok(Some((contains, false)));
    }
    if reader.over(&["含む"]) {
        return Ok(Some((contains, true)));
    }
    reader.back_to(place);
    reader.stuck(Expected::literal(HOLDS))
}

fn equal<T>(reader: &mut Reader, value: impl Fn(&mut Reader) -> Result<T, Stuck>) -> Result<T, Stuck> {
    if reader.sign("=") || reader.over(PARTICLES) { value(reader) } else { Err(Stuck) }
}

// `= one`, `= (one, another)`, `!= one`.
fn negatable<T, C>(
    reader: &mut Reader,
    value: impl Fn(&mut Reader) -> Result<T, Stuck>,
    condition: impl Fn(Vec<T>) -> C,
    not: impl Fn(Box<C>) -> C,
) -> Result<C, Stuck> {
    let particle = reader.over(PARTICLES);
    let place = reader.place();
    let mut compared = compare(reader).filter(|compare| matches!(compare, Compare::Is | Compare::IsNot));
    if compared.is_none() && particle {
        // 性別が女性: the particle says that it is.
        reader.back_to(place);
        compared = Some(Compare::Is);
    }
    let Some(compared) = compared else {
        expect_compare(reader, &["=", "!="]);
        return Err(Stuck);
    };
    let place = reader.place();
    let of = if reader.sign("(") {
        reader.back_to(place);
        listed(reader, value)?
    } else {
        vec![value(reader)?]
    };
    let condition = condition(of);
    Ok(if compared == Compare::Is { condition } else { not(Box::new(condition)) })
}

fn range(reader: &mut Reader) -> bool {
    reader.sign("..") || reader.over(&["~", "から", "-"])
}

// What stands after a number: 回, 円, and 以上 or 以下, which say how it is compared.
fn after(reader: &mut Reader, compared: Compare) -> Compare {
    reader.over(COUNTERS);
    match compared {
        Compare::Is if reader.over(AT_LEAST) => Compare::AtLeast,
        Compare::Is if reader.over(AT_MOST) => Compare::AtMost,
        Compare::Is if reader.over(&["未満"]) => Compare::Under,
        compared => compared,
    }
}

pub(super) fn compared(reader: &mut Reader, signs: &[&'static str]) -> Compare {
    reader.over(PARTICLES);
    let found = compare(reader);
    if found.is_none() {
        expect_compare(reader, signs);
    }
    // 来店回数 3回以上: the comparison comes last.
    found.unwrap_or(Compare::Is)
}

fn count(reader: &mut Reader, condition: impl Fn(Count) -> Condition) -> Result<Condition, Stuck> {
    let first = compared(reader, FIGURE_SIGNS);
    // `-3` is no span that is open on the left, but a mistake.
    if first == Compare::Is && (reader.sign("..") || reader.over(&["~"])) {
        let count = number(reader)?;
        reader.over(COUNTERS);
        return Ok(condition(Count::AtMost { count }));
    }
    let least = number(reader)?;
    let place = reader.place();
    reader.over(COUNTERS);
    if first == Compare::Is && range(reader) {
        let most = end_of(reader, number, Some(least))?;
        reader.over(COUNTERS);
        // `3..` is an open end.
        return Ok(condition(match most {
            Some(to) => Count::Between { from: least, to },
            None => Count::AtLeast { count: least },
        }));
    }
    reader.back_to(place);
    Ok(match after(reader, first) {
        Compare::Is => condition(Count::Exactly { count: least }),
        Compare::IsNot => Condition::Not { that: Box::new(condition(Count::Exactly { count: least })) },
        Compare::AtLeast => condition(Count::AtLeast { count: least }),
        Compare::AtMost => condition(Count::AtMost { count: least }),
        // More than can be counted: nobody.
        Compare::Over => match least.checked_add(1) {
            Some(count) => condition(Count::AtLeast { count }),
            None => Condition::Any { of: Vec::new() },
        },
        Compare::Under => match least.checked_sub(1) {
            Some(count) => condition(Count::AtMost { count }),
            // Fewer than none: nobody.
            None => Condition::Any { of: Vec::new() },
        },
    })
}

// The end of a range; left out, the range is open.
fn end_of<T: PartialOrd>(reader: &mut Reader, one: fn(&mut Reader) -> Result<T, Stuck>, from: Option<T>) -> Result<Option<T>, Stuck> {
    if !reader.begins_number() {
        return Ok(None);
    }
    let place = reader.place();
    let to = one(reader)?;
    if from.is_some_and(|from| to < from) {
        reader.back_to(place);
        return reader.stuck(NO_LESS);
    }
    Ok(Some(to))
}

fn money(reader: &mut Reader, condition: impl Fn(YenRange) -> Condition) -> Result<Condition, Stuck> {
    let first = compared(reader, FIGURE_SIGNS);
    if first == Compare::Is && reader.sign("..") {
        reader.over(MARKS);
        let to = end_of(reader, yen, None)?;
        reader.over(COUNTERS);
        return Ok(condition(YenRange { from: None, to }));
    }
    let from = yen(reader)?;
    let of_no_unit = reader.after_digit() && from < TEN_THOUSAND;
    let of_no_unit = !reader.over(COUNTERS) && of_no_unit;
    if first == Compare::Is && (reader.sign("..") || reader.over(&["~", "から"])) {
        let place = reader.place();
        reader.over(MARKS);
        let to = end_of(reader, yen, Some(from))?;
        // 3〜5万円 is hardly three yen and up.
        if of_no_unit && to.is_some() && !reader.after_digit() {
            reader.back_to(place);
            return reader.stuck(UNIT);
        }
        reader.over(COUNTERS);
        return Ok(condition(YenRange { from: Some(from), to }));
    }
    let exactly = condition(YenRange { from: Some(from), to: Some(from) });
    Ok(match after(reader, first) {
        Compare::Is => exactly,
        Compare::IsNot => Condition::Not { that: Box::new(exactly) },
        Compare::AtLeast => condition(YenRange { from: Some(from), to: None }),
        Compare::AtMost => condition(YenRange { from: None, to: Some(from) }),
        Compare::Over => condition(YenRange { from: Some(Yen(from.0.saturating_add(1))), to: None }),
        Compare::Under => condition(YenRange { from: None, to: Some(Yen(from.0.saturating_sub(1))) }),
    })
}

fn at_least(reader: &mut Reader) -> Result<u32, Stuck> {
    if !reader.sign(">=") && !reader.over(&["≧", "≥"]) {
        return Err(Stuck);
    }
    let times = number(reader)?;
    reader.over(COUNTERS);
    Ok(times)
}
