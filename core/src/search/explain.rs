//! Why somebody is in a segment, or is not (S11).

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, AskedReservation, MAX_CONDITIONS, Settling};
use super::holds::Facts;
use super::language::{Tongue, phrase, print};
use super::reservations::Booked;
use super::row::Profile;
use crate::error::Error;
use crate::id::{CustomerId, SegmentId};
use crate::record::{Condition, Customer, Figures, Listing, ManualVisit, Reservation, Segment, TextField, VisitCategory};
use crate::time::{Calendar, Date, Instant};

wire! {
    /// One condition of a question, and how a customer stands to it (S11).
    pub struct Explained {
        /// The condition as a line of the query language; only its joint (and, or, not) where it holds others.
        pub condition: String,
        /// Whether it holds.
        pub holds: bool,
        /// What the customer has there, to be shown to staff; left out where it holds others.
        pub value: Option<String>,
        /// The conditions that it holds, in their order.
        pub of: Vec<Explained>,
    }
}

redacted_debug!(Explained { holds, of });

/// Everything the ledger has of one customer, as far as questions go.
pub(crate) struct Subject {
    pub(crate) customer: Customer,
    pub(crate) figures: Option<Figures>,
    pub(crate) reservations: Vec<Reservation>,
    pub(crate) by_hand: Vec<ManualVisit>,
    pub(crate) listings: Vec<Listing>,
}

/// What a question is asked against.
pub(crate) struct Asking<'s> {
    pub(crate) calendar: Calendar,
    /// 来店区分
    pub(crate) categories: &'s [VisitCategory],
    pub(crate) segments: &'s BTreeMap<SegmentId, Segment>,
    /// Who is found by a number.
    pub(crate) holders: &'s dyn Fn(&str) -> BTreeSet<CustomerId>,
    pub(crate) now: Instant,
}

impl Asking<'_> {
    fn settling(&self) -> Result<Settling<'_>, Error> {
        Ok(Settling {
            today: self.calendar.day_of(self.now)?,
            categories: self.categories,
            segments: self.segments,
            holders: self.holders,
            offered: None,
        })
    }

    /// How a customer stands to a condition, so much of which the asker put around what was said, by the records alone. That only an active one is found (S8) is for the asker to say.
    pub(crate) fn explain(&self, condition: &Condition, own: u32, subject: &Subject, tongue: Tongue) -> Result<Explained, Error> {
        let asked = self.settling()?.settle(condition, MAX_CONDITIONS.saturating_add(own))?;
        self.with_facts(subject, |facts| self.one(facts, condition, &asked, tongue))
    }

    /// Whether a question holds of a customer, by the records alone.
    pub(super) fn holds(&self, asked: &Asked, subject: &Subject) -> Result<bool, Error> {
        self.with_facts(subject, |facts| facts.satisfy(asked))
    }

    fn with_facts<T>(&self, subject: &Subject, answer: impl FnOnce(&Facts<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let calendar = self.calendar;
        let profile = Profile::of(&subject.customer);
        let booked: Vec<Booked> = subject.reservations.iter().filter_map(Booked::of).collect();
        let mut visits: Vec<Date> = subject.by_hand.iter().filter(|visit| visit.reservation.is_none()).map(|visit| visit.day).collect();
        for one in booked.iter().filter(|booked| booked.is_visited()) {
            visits.push(calendar.day_of(one.start)?);
        }
        visits.sort_unstable();
        answer(&Facts {
            profile: &profile,
            figures: subject.figures.as_ref(),
            booked: booked.iter().collect(),
            visits,
            lists: subject.listings.iter().filter(|listing| listing.stands()).map(|listing| listing.list).collect(),
            calendar,
            categories: self.categories,
            now: self.now,
            today: calendar.day_of(self.now)?,
        })
    }

    fn one(&self, facts: &Facts<'_>, condition: &Condition, asked: &Asked, tongue: Tongue) -> Result<Explained, Error> {
        let parts = |name: &str, holds: bool, of: Vec<Explained>| Explained { condition: name.to_owned(), holds, value: None, of };
        let each = |conditions: &[Condition], asked: &[Asked]| {
            conditions.iter().zip(asked).map(|(condition, asked)| self.one(facts, condition, asked, tongue)).collect::<Result<Vec<_>, _>>()
        };
        let holds = facts.satisfy(asked)?;
        let line = || print(condition, tongue);
        Ok(match (condition, asked) {
            (Condition::All { of }, Asked::All(asked)) => parts(phrase::and(tongue), holds, each(of, asked)?),
            (Condition::Any { of }, Asked::Any(asked)) => parts(phrase::or(tongue), holds, each(of, asked)?),
            (Condition::Not { that }, Asked::Not(asked)) => parts(phrase::not(tongue), holds, vec![self.one(facts, that, asked, tongue)?]),
            (Condition::Segment { segment }, Asked::Segment(asked)) => match self.segments.get(segment) {
                Some(known) => parts(&line(), holds, vec![self.one(facts, &known.condition, asked, tongue)?]),
                None => parts(&line(), holds, Vec::new()),
            },
            _ => Explained { condition: line(), holds, value: Some(value(facts, asked, tongue)?), of: Vec::new() },
        })
    }
}

impl Explained {
    /// The same as a text, a condition a line, the parts of one indented below it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = String::new();
        self.write(&mut lines, 0);
        lines
    }

    fn write(&self, lines: &mut String, depth: usize) {
        lines.push_str(&"  ".repeat(depth));
        lines.push_str(if self.holds { "✓ " } else { "✗ " });
        lines.push_str(&self.condition);
        if let Some(value) = &self.value {
            lines.push_str(" (");
            lines.push_str(value);
            lines.push(')');
        }
        lines.push('\n');
        self.of.iter().for_each(|part| part.write(lines, depth.saturating_add(1)));
    }
}

// What a customer has where a condition looks.
fn value(facts: &Facts<'_>, asked: &Asked, tongue: Tongue) -> Result<String, Error> {
    let none = || phrase::none(tongue).to_owned();
    let list = |items: Vec<String>| if items.is_empty() { none() } else { items.join(", ") };
    Ok(match asked {
        Asked::Text(field, _) => list(facts.profile.shown(*field)),
        Asked::Holder(_) => facts.profile.number.to_string(),
        Asked::CustomField(name, _) => {
            list(facts.profile.custom_fields.iter().filter(|(known, _)| known == name).map(|(_, text)| text.clone()).collect())
        }
        Asked::Count(field, _) => phrase::times(tongue, facts.count(*field)),
        Asked::Money(field, _) => facts.money(*field).map_or_else(none, |yen| phrase::yen(tongue, yen)),
        Asked::Day(field, _) => facts.day(*field)?.map_or_else(none, |day| day.to_string()),
        Asked::Flag(flag) => phrase::yes(tongue, facts.flag(*flag)).to_owned(),
        Asked::LastMenu(_) => {
            let last = facts.figures.and_then(Figures::last_visit);
            list(last.into_iter().flat_map(|visit| &visit.menus).map(ToString::to_string).collect())
        }
        Asked::Category(_) => facts.category()?.map_or_else(none, |category| category.name.clone()),
        Asked::Channel(_) => list(facts.profile.channels.clone()),
        Asked::Gender(_) => facts.profile.gender.map_or_else(none, |gender| phrase::gender(tongue, gender).to_owned()),
        Asked::Listed(_) => list(facts.lists.iter().map(|on| phrase::list(tongue, *on).to_owned()).collect()),
        Asked::Frequency(frequency) => {
            let seen = frequency.holds("frequency", &facts.visits, facts.today)?;
            phrase::frequency(tongue, seen.visits, seen.days)
        }
        Asked::Reservation(asked) => list(fitting(facts, asked)?),
        // These hold others, or are shown by them.
        Asked::All(_) | Asked::Any(_) | Asked::Not(_) | Asked::Segment(_) => String::new(),
    })
}

fn fitting(facts: &Facts<'_>, asked: &AskedReservation) -> Result<Vec<String>, Error> {
    let mut fitting = Vec::new();
    for booked in &facts.booked {
        if facts.fits(asked, booked)? {
            fitting.push(booked.id.to_string());
        }
    }
    Ok(fitting)
}

impl Profile {
    // A text as staff know it; keys where there is nothing else.
    fn shown(&self, field: TextField) -> Vec<String> {
        match field {
            TextField::Name => {
                let whole = |family: &str, given: &str| [family, given].join(" ").trim().to_owned();
                let kana = whole(self.family_kana.as_deref().unwrap_or_default(), self.given_kana.as_deref().unwrap_or_default());
                let line = self.line.as_ref().and_then(|line| line.display_name.clone());
                let all = [Some(whole(&self.family_name, &self.given_name)), Some(kana), line];
                all.into_iter().flatten().filter(|text| !text.is_empty()).collect()
            }
            TextField::Phone => self.phones.iter().map(|phone| phone.entered.clone()).collect(),
            TextField::Email => self.emails.clone(),
            TextField::PostalCode => self.postal_code.clone(),
            TextField::Address => self.address.clone(),
            TextField::Company => self.company.clone(),
            TextField::Attribute => self.attributes.clone(),
        }
    }
}
