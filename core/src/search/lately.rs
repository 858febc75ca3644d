//! Questions asked lately, settled once: whoever looks again, or turns the page, asks the very same thing.
//!
//! What a question comes to depends on the records and on the day; a change of either makes it a new one. Answers are not kept, only what is asked.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::asked::{Asked, MAX_CONDITIONS, bounded};
use super::criteria::Criteria;
use super::index::Index;
use super::language::{Tongue, parse};
use super::page::{Decides, digest};
use super::sort::CustomerSort;
use crate::error::Error;
use crate::record::Condition;
use crate::time::{Date, Instant};

/// So many are remembered: each staff member's of a large salon.
const ROOM: usize = 32;
/// A question that takes more bytes is not remembered.
const LARGE: usize = 4_096;

/// The parts of a question, by whichever operation it came.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    pub(super) name: &'static str,
    pub(super) criteria: &'q Criteria,
    pub(super) condition: Option<&'q Condition>,
    pub(super) query: Option<&'q str>,
    pub(super) sort: CustomerSort,
}

/// A question as it was asked on a day, and what it comes to.
pub(super) struct Settled {
    name: &'static str,
    criteria: Criteria,
    condition: Option<Condition>,
    query: Option<String>,
    sort: CustomerSort,
    today: Date,
    digest: OnceLock<String>,
    pub(super) asked: Asked,
}

#[derive(Default)]
pub(super) struct Lately(Mutex<Vec<Arc<Settled>>>);

impl Settled {
    fn of(question: Question<'_>, index: &Index, now: Instant) -> Result<Self, Error> {
        let Question { name, criteria, condition, query, sort } = question;
        condition.map(bounded).transpose()?;
        let mut of = Vec::new();
        // As one list: fewer plans are made of it. It and that of the form are nobody's conditions; a list that is taken apart was one.
        let mut conditions = MAX_CONDITIONS.saturating_add(2);
        let line = |line| parse(line, Tongue::English);
        for one in [Some(criteria.condition()?), condition.cloned(), query.map(line).transpose()?].into_iter().flatten() {
            match one {
                Condition::All { of: all } => {
                    conditions = conditions.saturating_sub(1);
                    of.extend(all);
                }
                one => of.push(one),
            }
        }
        Ok(Self {
            name,
            criteria: criteria.clone(),
            condition: condition.cloned(),
            query: query.map(str::to_owned),
            sort,
            today: index.day_of(now)?,
            digest: OnceLock::new(),
            asked: index.ask(&Condition::All { of }, conditions, now)?,
        })
    }

    fn is(&self, question: Question<'_>, today: Date) -> bool {
        self.name == question.name
            && self.today == today
            && self.sort == question.sort
            && self.query.as_deref() == question.query
            && self.condition.as_ref() == question.condition
            && self.criteria == *question.criteria
    }
}

impl Decides for Settled {
    fn digest(&self) -> Result<String, Error> {
        if let Some(known) = self.digest.get() {
            return Ok(known.clone());
        }
        let made = digest(self.name, &(&self.criteria, &self.condition, &self.query, self.sort))?;
        Ok(self.digest.get_or_init(|| made).clone())
    }
}

impl Lately {
    /// What a question comes to.
    pub(super) fn settled(&self, question: Question<'_>, index: &Index, now: Instant) -> Result<Arc<Settled>, Error> {
        let today = index.day_of(now)?;
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settled) = again(&mut known(), |settled| settled.is(question, today)) {
            return Ok(settled);
        }
        let settled = Arc::new(Settled::of(question, index, now)?);
        // A list of thousands is rarely asked for twice, and would be held here.
        let text = crate::encode::to_json(&(question.criteria, question.condition, question.query));
        if text.is_ok_and(|text| text.len() > LARGE) {
            return Ok(settled);
        }
        let mut known = known();
        if known.len() >= ROOM {
            known.remove(0);
        }
        known.push(Arc::clone(&settled));
        Ok(settled)
    }

    /// Something changed: segments, settings and who has a number are part of what a question comes to.
    pub(super) fn forget(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

// The one that is meant, put last: the first is the one to go.
fn again(known: &mut [Arc<Settled>], is: impl Fn(&Settled) -> bool) -> Option<Arc<Settled>> {
    let place = known.iter().rposition(|settled| is(settled))?;
    known.get_mut(place..)?.rotate_left(1);
    known.last().map(Arc::clone)
}
