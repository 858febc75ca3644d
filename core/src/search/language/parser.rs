use core::cmp::Reverse;

use super::level::Level;
use super::reader::{Expected, Reader, Stuck};
use super::words::{DENIALS, JOINTS, Joint, PREFIXES, Tongue};
use crate::error::SearchError;
use crate::record::{Condition, ReservationCondition};
use crate::search::asked;

/// The longest query, in Unicode scalar values: whatever can be asked can be said.
pub const MAX_QUERY: u32 = 1_500_000;
/// How deep conditions may lie within each other: as deep as they can be asked, so that what is printed can be read.
pub const MAX_DEPTH: u32 = asked::MAX_DEPTH;

/// How many of the things that could have stood somewhere the sentence names.
const TOLD: usize = 8;

/// The condition that a line of the query language says.
///
/// # Errors
/// [`SearchError::Query`] with the column where reading stopped, what could have stood there in the words of `tongue`, and both as a sentence in either
/// language; [`SearchError::NeedleTooLong`] for a line of more than [`MAX_QUERY`] characters, [`SearchError::TooLarge`] for one that says more than can be
/// asked. What the line says may still be impossible, such as a segment that there is not: that is found when it is asked.
pub fn parse(text: &str, tongue: Tongue) -> Result<Condition, SearchError> {
    let mut reader = bounded(text)?;
    let Ok(condition) = whole(&mut reader) else {
        let (place, expected) = reader.stopped();
        let column = column(place);
        // What begins like that which was written there comes first: `visit` was meant to be `visits`.
        let said = |tongue| -> Vec<String> {
            let mut said: Vec<&str> = words(expected, tongue).map(|what| what.said(tongue)).collect();
            said.sort_by_key(|word| Reverse(reader.alike(place, word)));
            said.into_iter().map(str::to_owned).collect()
        };
        let some = |tongue, between: &str| {
            let said = said(tongue);
            let more = (said.len() > TOLD).then_some("…");
            said.iter().take(TOLD).map(String::as_str).chain(more).collect::<Vec<_>>().join(between)
        };
        return Err(SearchError::Query {
            field: "query",
            column,
            expected: said(tongue),
            english: format!("column {column}: expected {}", some(Tongue::English, ", ")),
            japanese: format!("{column}文字目: 次のいずれかが要ります: {}", some(Tongue::Japanese, "、")),
        });
    };
    // What is denied lies deeper than its brackets say.
    asked::bounded_at("query", &condition)?;
    Ok(condition)
}

pub(super) fn column(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1)
}

// What one of the languages has a word for.
fn words(expected: &[Expected], tongue: Tongue) -> impl Iterator<Item = &Expected> {
    expected.iter().filter(move |what| !what.said(tongue).is_empty())
}

pub(super) fn bounded(text: &str) -> Result<Reader, SearchError> {
    let over = usize::try_from(MAX_QUERY).is_ok_and(|max| text.chars().nth(max).is_some());
    if over { Err(SearchError::NeedleTooLong { field: "query", max: MAX_QUERY }) } else { Ok(Reader::new(text)) }
}

pub(super) fn whole(reader: &mut Reader) -> Result<Condition, Stuck> {
    let condition = either(reader, MAX_DEPTH, &super::predicate::customer)?;
    if reader.at_end() { Ok(condition) } else { reader.stuck(Expected::kind("the end", "終わり")) }
}

/// What reads one predicate; it may hold conditions of its own, so much deeper.
pub(super) type Leaf<C> = dyn Fn(&mut Reader, u32) -> Result<C, Stuck>;

pub(super) fn within(reader: &mut Reader, depth: u32) -> Result<ReservationCondition, Stuck> {
    either(reader, depth, &super::predicate::reservation)
}

fn joint(reader: &mut Reader, wanted: Joint) -> bool {
    let place = reader.place();
    if reader.word(JOINTS) == Some(wanted) {
        return true;
    }
    reader.back_to(place);
    false
}

// `or` joins least closely.
fn either<C: Level>(reader: &mut Reader, depth: u32, leaf: &Leaf<C>) -> Result<C, Stuck> {
    joined(reader, depth, leaf, Joint::Or)
}

fn joined<C: Level>(reader: &mut Reader, depth: u32, leaf: &Leaf<C>, by: Joint) -> Result<C, Stuck> {
    let part = |reader: &mut Reader| if by == Joint::Or { joined(reader, depth, leaf, Joint::And) } else { one(reader, depth, leaf) };
    let first = part(reader)?;
    let mut of = vec![first];
    while joint(reader, by) {
        of.push(part(reader)?);
    }
    match (of.pop(), of.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            of.extend(last);
            Ok(if by == Joint::Or { C::any(of) } else { C::all(of) })
        }
    }
}

fn one<C: Level>(reader: &mut Reader, depth: u32, leaf: &Leaf<C>) -> Result<C, Stuck> {
    let Some(depth) = depth.checked_sub(1) else { return reader.stuck(Expected::kind("fewer brackets", "もっと浅い括弧")) };
    if reader.sign("(") {
        let inside = either(reader, depth, leaf)?;
        let inside = closed(reader, inside)?;
        return Ok(denied(reader, inside));
    }
    let place = reader.place();
    match reader.word(PREFIXES) {
        Some(Joint::Not) => return Ok(C::not(one(reader, depth, leaf)?)),
        Some(all @ (Joint::All | Joint::Any)) => {
            let of = listed(reader, |reader| either(reader, depth, leaf))?;
            return Ok(if all == Joint::All { C::all(of) } else { C::any(of) });
        }
        _ => reader.back_to(place),
    }
    let predicate = leaf(reader, depth)?;
    Ok(denied(reader, predicate))
}

// Japanese denies after what it denies: リスト = ブラックリスト でない. Once only, so that no line grows deeper than its brackets.
fn denied<C: Level>(reader: &mut Reader, that: C) -> C {
    if reader.over(DENIALS) { C::not(that) } else { that }
}

pub(super) fn closed<T>(reader: &mut Reader, inside: T) -> Result<T, Stuck> {
    if reader.sign(")") { Ok(inside) } else { Err(Stuck) }
}

/// `(one, another)`, of any number.
pub(super) fn listed<T>(reader: &mut Reader, item: impl Fn(&mut Reader) -> Result<T, Stuck>) -> Result<Vec<T>, Stuck> {
    if !reader.sign("(") {
        return Err(Stuck);
    }
    let mut of = Vec::new();
    if reader.sign(")") {
        return Ok(of);
    }
    loop {
        of.push(item(reader)?);
        if !reader.sign(",") {
            return closed(reader, of);
        }
    }
}
