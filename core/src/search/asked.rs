//! A condition with everything about it settled but the customers: needles as keys, days counted from today, segments in the place of their names.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use crate::error::{CustomerError, Error, SearchError};
use crate::id::{CustomerId, MenuId, SegmentId, ShopId, StaffId};
use crate::record::{
    Condition, Count, CountField, DayField, DaySpan, Flag, Frequency, Gender, Label, ListKind, MoneyField, ReservationCondition, Segment,
    Settings, TextField, VisitCategory, When, YenRange, key,
};
use crate::text::email::partial_key;
use crate::text::phone::digits_key;
use crate::text::search_key;
use crate::time::{Date, DateRange, Instant};

/// The longest text that is searched for, in Unicode scalar values (I7).
pub(super) const MAX_NEEDLE: u32 = 255;
/// How many conditions one question may hold, those of its segments included.
pub(super) const MAX_CONDITIONS: u32 = 1_000;
/// All entries of the lists of a question together, such as the staff that are asked for.
const MAX_ENTRIES: u32 = 10_000;
/// All texts of a question together, in Unicode scalar values: looking for a long one costs up to a hundred times a short one.
const MAX_CHARACTERS: u32 = 20_000;
/// How deep they may lie within each other.
pub(super) const MAX_DEPTH: u32 = 32;
/// The same with the segments it uses in their places.
const MAX_SETTLED: u32 = 96;
/// The furthest that a day may lie from today.
const MAX_DAYS: u32 = 36_500;
const MAX_MONTHS: u32 = 1_200;
/// The most yen that can be asked for.
pub(super) const MOST_YEN: i64 = 1_000_000_000_000_000;

/// A question, ready to be put to each customer.
pub(super) enum Asked {
    All(Vec<Asked>),
    Any(Vec<Asked>),
    Not(Box<Asked>),
    Text(TextField, String),
    Holder(BTreeSet<CustomerId>),
    CustomField(String, Option<String>),
    Count(CountField, Bounds),
    Money(MoneyField, YenRange),
    Day(DayField, DateRange),
    Flag(Flag),
    LastMenu(Vec<MenuId>),
    Category(Vec<String>),
    Channel(Vec<String>),
    Gender(Vec<Gender>),
    Listed(Vec<ListKind>),
    Frequency(Frequency),
    Reservation(AskedReservation),
    /// Another segment, and what it asks.
    Segment(Box<Asked>),
}

impl Asked {
    /// Whether it asks if a reservation has begun: then the hour decides, not the day alone.
    pub(super) fn looks_ahead(&self) -> bool {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().any(Self::looks_ahead),
            Self::Not(that) | Self::Segment(that) => that.looks_ahead(),
            Self::Reservation(asked) => asked.that.looks_ahead(),
            _ => false,
        }
    }
}

impl OfReservation {
    fn looks_ahead(&self) -> bool {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().any(Self::looks_ahead),
            Self::Not(that) => that.looks_ahead(),
            Self::Status(labels) => labels.contains(&Label::Upcoming),
            _ => false,
        }
    }
}

/// A question about one and the same reservation (S6).
pub(super) struct AskedReservation {
    /// The labels of the reservations that are looked at (S5).
    pub(super) among: Vec<Label>,
    pub(super) that: OfReservation,
}

pub(super) enum OfReservation {
    All(Vec<OfReservation>),
    Any(Vec<OfReservation>),
    Not(Box<OfReservation>),
    Status(Vec<Label>),
    Day(DateRange),
    Staff(Vec<StaffId>),
    Menu(Vec<MenuId>),
    Shop(Vec<ShopId>),
}

/// The least and the most, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) least: u32,
    pub(super) most: u32,
}

impl Bounds {
    pub(super) const fn hold(self, count: u32) -> bool {
        self.least <= count && count <= self.most
    }

    pub(super) fn of(count: Count, field: &'static str) -> Result<Self, SearchError> {
        let (least, most) = match count {
            Count::Exactly { count } => (count, count),
            Count::Between { from, to } => (from, to),
            Count::AtLeast { count } => (count, u32::MAX),
            Count::AtMost { count } => (0, count),
        };
        if least > most { Err(SearchError::CountReversed { field }) } else { Ok(Self { least, most }) }
    }
}

/// What a question is settled against.
pub(super) struct Settling<'s> {
    pub(super) today: Date,
    pub(super) categories: &'s [VisitCategory],
    pub(super) segments: &'s BTreeMap<SegmentId, Segment>,
    pub(super) holders: &'s dyn Fn(&str) -> BTreeSet<CustomerId>,
    /// The labels that may be filtered by (R2); none: any. What is saved is not yet a filter: the setting may be switched on again, and which labels are in
    /// use changes by the hour. What is explained is one customer's: one who has a label puts it in use, and one who has not is told so.
    pub(super) offered: Option<&'s [Label]>,
}

/// The key of a text that is searched for. Its length is looked at before anything is made of it.
pub(super) fn needle(field: &'static str, raw: &str, key: impl FnOnce(&str) -> String) -> Result<String, SearchError> {
    let over = usize::try_from(MAX_NEEDLE).is_ok_and(|max| raw.chars().nth(max).is_some());
    if over {
        return Err(SearchError::NeedleTooLong { field, max: MAX_NEEDLE });
    }
    let key = key(raw);
    if key.is_empty() { Err(SearchError::NeedleEmpty { field }) } else { Ok(key) }
}

/// The key of a postal code: its digits.
pub(super) fn postal_key(text: &str) -> String {
    partial_key(text).chars().filter(char::is_ascii_digit).collect()
}

// Each once.
fn some<T: Clone + Ord>(field: &'static str, of: &[T], budget: &mut Budget<'_>) -> Result<Vec<T>, Error> {
    if of.is_empty() {
        return Err(SearchError::NeedleEmpty { field }.into());
    }
    let left = u32::try_from(of.len()).ok().and_then(|entries| budget.entries.checked_sub(entries));
    budget.entries = left.ok_or(CustomerError::TooMany { field, max: MAX_ENTRIES })?;
    let mut each = of.to_vec();
    each.sort_unstable();
    each.dedup();
    Ok(each)
}

/// How much of a question was settled already.
struct Budget<'s> {
    conditions: u32,
    entries: u32,
    characters: u32,
    within: Vec<&'s SegmentId>,
}

impl Budget<'_> {
    /// A text to look for, one of all those of the question.
    fn text(&mut self, key: String) -> Result<String, SearchError> {
        self.spell(&key)?;
        Ok(key)
    }

    /// A name, one of all those of the question.
    fn spell(&mut self, name: &str) -> Result<(), SearchError> {
        let left = u32::try_from(name.chars().count()).ok().and_then(|characters| self.characters.checked_sub(characters));
        self.characters = left.ok_or(SearchError::NeedleTooLong { field: "condition", max: MAX_CHARACTERS })?;
        Ok(())
    }

    /// The segment whose own condition is being settled.
    fn segment(&self) -> Option<SegmentId> {
        self.within.last().map(|segment| (*segment).clone())
    }
}

impl Settling<'_> {
    /// A condition as a question, or why it cannot be one: among others, that it is of more conditions than this.
    pub(super) fn settle(&self, condition: &Condition, conditions: u32) -> Result<Asked, Error> {
        self.one(condition, MAX_SETTLED, &mut Budget { conditions, entries: MAX_ENTRIES, characters: MAX_CHARACTERS, within: Vec::new() })
    }

    fn spend(budget: &mut Budget<'_>, conditions: u32, depth: u32) -> Result<u32, SearchError> {
        let too_large = SearchError::TooLarge { field: "condition", conditions: MAX_CONDITIONS, depth: MAX_DEPTH };
        match (budget.conditions.checked_sub(conditions), depth.checked_sub(1)) {
            (Some(left), Some(depth)) => {
                budget.conditions = left;
                Ok(depth)
            }
            _ => Err(too_large),
        }
    }

    fn one<'s>(&'s self, condition: &'s Condition, depth: u32, budget: &mut Budget<'s>) -> Result<Asked, Error> {
        // A segment counts as what it asks.
        let depth = Self::spend(budget, u32::from(!matches!(condition, Condition::Segment { .. })), depth)?;
        let mut each = |of: &'s [Condition]| of.iter().map(|one| self.one(one, depth, budget)).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            Condition::All { of } => Asked::All(each(of)?),
            Condition::Any { of } => Asked::Any(each(of)?),
            Condition::Not { that } => Asked::Not(Box::new(self.one(that, depth, budget)?)),
            Condition::Text { field, contains } => Asked::Text(*field, budget.text(text_key(*field, contains)?)?),
            Condition::Number { is } => Asked::Holder((self.holders)(&budget.text(needle("number", is, key::number_text)?)?)),
            Condition::CustomField { name, contains } => {
                budget.spell(name)?;
                let text = |text: &String| budget.text(needle("customField", text, search_key)?);
                Asked::CustomField(name.clone(), contains.as_ref().map(text).transpose()?)
            }
            Condition::Count { field, count } => Asked::Count(*field, Bounds::of(*count, field.name())?),
            Condition::Money { field, yen } => Asked::Money(*field, checked_yen(*field, *yen)?),
            Condition::Day { field, days } => Asked::Day(*field, self.days(field.name(), *days)?),
            Condition::Flag { flag } => Asked::Flag(*flag),
            Condition::LastMenu { of } => Asked::LastMenu(some("lastMenu", of, budget)?),
            Condition::Category { of } => {
                of.iter().try_for_each(|name| budget.spell(name))?;
                if let Some(unknown) = of.iter().find(|name| self.categories.iter().all(|known| known.name != **name)) {
                    let place = of
                        .iter()
                        .position(|name| name == unknown)
                        .map_or(1, |place| u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1));
                    let known = self.categories.iter().map(|category| category.name.clone()).collect();
                    return Err(
                        SearchError::UnknownCategory { field: "category", position: place, segment: budget.segment(), known }.into()
                    );
                }
                Asked::Category(some("category", of, budget)?)
            }
            Condition::Channel { of } => {
                of.iter().try_for_each(|name| budget.spell(name))?;
                Asked::Channel(some("channel", of, budget)?)
            }
            Condition::Gender { of } => Asked::Gender(some("gender", of, budget)?),
            Condition::Listed { on } => Asked::Listed(some("list", on, budget)?),
            Condition::Frequency { frequency } => {
                frequency.holds("frequency", &[], self.today)?;
                Asked::Frequency(*frequency)
            }
            Condition::Reservation { that } => {
                let mut named = BTreeSet::new();
                labels(that, true, &mut named);
                let among = Label::ALL.into_iter().filter(|label| is_live(*label) || named.contains(label)).collect();
                Asked::Reservation(AskedReservation { among, that: self.reservation(that, depth, budget)? })
            }
            Condition::Segment { segment } => {
                if budget.within.contains(&segment) {
                    return Err(SearchError::SegmentCycle { field: "segment", segment: segment.clone() }.into());
                }
                let known = self
                    .segments
                    .get(segment)
                    .ok_or_else(|| SearchError::SegmentNotFound { field: "segment", segment: segment.clone() })?;
                budget.within.push(&known.id);
                let asked = self.one(&known.condition, depth, budget)?;
                budget.within.pop();
                Asked::Segment(Box::new(asked))
            }
        })
    }

    fn reservation(&self, condition: &ReservationCondition, depth: u32, budget: &mut Budget<'_>) -> Result<OfReservation, Error> {
        let depth = Self::spend(budget, 1, depth)?;
        let mut each =
            |of: &[ReservationCondition]| of.iter().map(|one| self.reservation(one, depth, budget)).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            ReservationCondition::All { of } => OfReservation::All(each(of)?),
            ReservationCondition::Any { of } => OfReservation::Any(each(of)?),
            ReservationCondition::Not { that } => OfReservation::Not(Box::new(self.reservation(that, depth, budget)?)),
            ReservationCondition::Status { of } => {
                if let Some(offered) = self.offered
                    && let Some(label) = of.iter().find(|label| !offered.contains(label))
                {
                    let offered = offered.iter().map(|label| label.name()).collect();
                    return Err(
                        SearchError::LabelNotOffered { field: "status", label: label.name(), segment: budget.segment(), offered }.into()
                    );
                }
                OfReservation::Status(some("status", of, budget)?)
            }
            ReservationCondition::Day { days } => OfReservation::Day(self.days("reservationDate", *days)?),
            ReservationCondition::Staff { of } => OfReservation::Staff(some("staff", of, budget)?),
            ReservationCondition::Menu { of } => OfReservation::Menu(some("menu", of, budget)?),
            ReservationCondition::Shop { of } => OfReservation::Shop(some("shop", of, budget)?),
        })
    }

    // T3, T4: a span that starts after its end is an error, whichever way its ends were said.
    fn days(&self, field: &'static str, span: DaySpan) -> Result<DateRange, Error> {
        if span.from.is_none() && span.to.is_none() {
            return Err(SearchError::NeedleEmpty { field }.into());
        }
        for when in [span.from, span.to].into_iter().flatten() {
            let far = match when {
                When::Day { .. } => false,
                When::Days { days } => days.unsigned_abs() > MAX_DAYS,
                When::Months { months } => months.unsigned_abs() > MAX_MONTHS,
            };
            if far {
                return Err(SearchError::Days { field }.into());
            }
        }
        let on = |when: When| when.on(self.today);
        Ok(DateRange { from: span.from.map(on), to: span.to.map(on) }.checked(field)?)
    }
}

fn text_key(field: TextField, raw: &str) -> Result<String, SearchError> {
    let key = match field {
        TextField::Phone => digits_key,
        TextField::Email => partial_key,
        TextField::PostalCode => postal_key,
        TextField::Name | TextField::Address | TextField::Company | TextField::Attribute => search_key,
    };
    needle(field.name(), raw, key)
}

fn checked_yen(field: MoneyField, yen: YenRange) -> Result<YenRange, SearchError> {
    match (yen.from, yen.to) {
        (None, None) => Err(SearchError::NeedleEmpty { field: field.name() }),
        (from, to) if from.into_iter().chain(to).any(|yen| yen.0.unsigned_abs() > MOST_YEN.unsigned_abs()) => {
            Err(SearchError::Yen { field: field.name() })
        }
        (Some(from), Some(to)) if from > to => Err(SearchError::CountReversed { field: field.name() }),
        _ => Ok(yen),
    }
}

/// Whether reservations of this label are looked at without being asked for (S5).
pub(super) const fn is_live(label: Label) -> bool {
    matches!(label, Label::Tentative | Label::PrepaymentUnpaid | Label::Upcoming | Label::Prepaid | Label::Visited)
}

// The labels that a condition asks for; what it excludes it does not ask for.
fn labels(condition: &ReservationCondition, asked: bool, found: &mut BTreeSet<Label>) {
    match condition {
        ReservationCondition::All { of } | ReservationCondition::Any { of } => of.iter().for_each(|one| labels(one, asked, found)),
        ReservationCondition::Not { that } => labels(that, !asked, found),
        ReservationCondition::Status { of } if asked => found.extend(of),
        _ => {}
    }
}

impl Index {
    /// A condition of so many at most as a question to this index, on a day.
    pub(super) fn ask(&self, condition: &Condition, conditions: u32, now: Instant) -> Result<Asked, Error> {
        self.settled(condition, conditions, now, Some(&self.offered()))
    }

    /// One that was saved: labels that are not offered any more, or not yet, find nobody.
    pub(super) fn ask_whatever_is_offered(&self, condition: &Condition, now: Instant) -> Result<Asked, Error> {
        self.settled(condition, MAX_CONDITIONS, now, None)
    }

    fn settled(&self, condition: &Condition, conditions: u32, now: Instant, offered: Option<&[Label]>) -> Result<Asked, Error> {
        let settling = Settling {
            today: self.day_of(now)?,
            categories: self.categories(),
            segments: self.segments(),
            holders: &|number| self.holders(number),
            offered,
        };
        settling.settle(condition, conditions)
    }
}

/// Refuses a condition that is too large or too deep, without walking it deeper than the stack may go: whatever else is done with a condition, writing
/// it as JSON or as a line among it, is done after this.
pub(crate) fn bounded(condition: &Condition) -> Result<(), SearchError> {
    bounded_at("condition", condition)
}

/// The same of a field.
pub(crate) fn bounded_at(field: &'static str, condition: &Condition) -> Result<(), SearchError> {
    let too_large = SearchError::TooLarge { field, conditions: MAX_CONDITIONS, depth: MAX_DEPTH };
    let (mut of_customers, mut of_reservations) = (vec![(condition, 1_u32)], Vec::new());
    let mut count = 0_u32;
    loop {
        let depth = if let Some((condition, depth)) = of_customers.pop() {
            let deeper = depth.saturating_add(1);
            match condition {
                Condition::All { of } | Condition::Any { of } => of_customers.extend(of.iter().map(|one| (one, deeper))),
                Condition::Not { that } => of_customers.push((that, deeper)),
                Condition::Reservation { that } => of_reservations.push((that.as_ref(), deeper)),
                _ => {}
            }
            depth
        } else if let Some((condition, depth)) = of_reservations.pop() {
            let deeper = depth.saturating_add(1);
            match condition {
                ReservationCondition::All { of } | ReservationCondition::Any { of } => {
                    of_reservations.extend(of.iter().map(|one| (one, deeper)));
                }
                ReservationCondition::Not { that } => of_reservations.push((that, deeper)),
                _ => {}
            }
            depth
        } else {
            return Ok(());
        };
        count = count.saturating_add(1);
        if depth > MAX_DEPTH || count > MAX_CONDITIONS {
            return Err(too_large);
        }
    }
}

/// Whether a condition can be asked at all: its texts, counts and spans are possible, and the segments it uses are there and use no circle (S10).
pub(crate) fn check_condition(
    condition: &Condition,
    settings: &Settings,
    segments: &BTreeMap<SegmentId, Segment>,
    now: Instant,
) -> Result<(), Error> {
    let today = settings.calendar.day_of(now)?;
    let settling = Settling { today, categories: &settings.visit_categories, segments, holders: &|_| BTreeSet::new(), offered: None };
    settling.settle(condition, MAX_CONDITIONS).map(|_| ())
}

/// Whether a condition names a segment.
pub(crate) fn uses_segment(condition: &Condition, segment: &SegmentId) -> bool {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().any(|one| uses_segment(one, segment)),
        Condition::Not { that } => uses_segment(that, segment),
        Condition::Segment { segment: used } => used == segment,
        _ => false,
    }
}
