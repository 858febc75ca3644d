//! Operations with their types on, for Rust: the answer of the last decision is kept, so that it need not be read back from JSON.

use std::sync::{Mutex, PoisonError};

use super::driver::{AnyCommand, AnyQuery, Written};
use super::json::Answered;
use super::session::AnySearch;
use crate::error::LedgerError;
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Read, Role};
use crate::record::Settings;
use crate::search::{Index, IndexQuery};
use crate::time::Instant;

/// An operation and its latest answer.
pub(super) struct Typed<'a, O, T> {
    operation: &'a O,
    answer: Mutex<Option<T>>,
}

impl<'a, O, T> Typed<'a, O, T> {
    pub(super) const fn new(operation: &'a O) -> Self {
        Self { operation, answer: Mutex::new(None) }
    }

    pub(super) fn take(&self) -> Option<T> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, answer: T) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }
}

pub(super) fn text(value: &impl serde::Serialize, place: &'static str) -> Result<String, LedgerError> {
    crate::encode::to_json(value).map_err(|_| LedgerError::Encoding { place })
}

/// An answer as its receipt keeps it; none where nothing has to be taken out.
pub(super) fn kept<C: Command>(answer: &str) -> Result<Option<String>, LedgerError> {
    if !C::FORGETS {
        return Ok(None);
    }
    let mut output: C::Output = serde_json::from_str(answer).map_err(|_| LedgerError::Encoding { place: C::NAME })?;
    C::forget(&mut output);
    text(&output, C::NAME).map(Some)
}

/// The answer that a receipt keeps, with what had been taken out.
pub(super) fn recalled<C: Command>(command: &C, kept: String, settings: &Settings) -> Result<String, serde_json::Error> {
    if !C::FORGETS {
        return Ok(kept);
    }
    let mut output: C::Output = serde_json::from_str(&kept)?;
    command.recall(&mut output, settings);
    serde_json::to_string(&output)
}

impl<C> AnyCommand for Typed<'_, C, C::Output>
where
    C: Command + Sync,
    C::Output: Send,
{
    fn name(&self) -> &'static str {
        C::NAME
    }
    fn roles(&self) -> &'static [Role] {
        C::ROLES
    }
    fn input(&self) -> Result<String, LedgerError> {
        text(self.operation, C::NAME)
    }
    fn reads(&self) -> Vec<Read> {
        self.operation.reads()
    }
    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Written, Halt> {
        let output = self.operation.decide(draft, context)?;
        let answer = text(&output, C::NAME)?;
        let (kept, told_of) = (kept::<C>(&answer)?, C::told_of(&output));
        self.keep(output);
        Ok(Written { answer, kept, told_of })
    }
    fn recall(&self, kept: String, settings: &Settings) -> Result<String, serde_json::Error> {
        recalled(self.operation, kept, settings)
    }
}

impl<Q> AnyQuery for Typed<'_, Q, Q::Output>
where
    Q: Query + Sync,
    Q::Output: Send,
{
    fn name(&self) -> &'static str {
        Q::NAME
    }
    fn roles(&self) -> &'static [Role] {
        Q::ROLES
    }
    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<String, Halt> {
        self.keep(self.operation.answer(look, actor, now)?);
        Ok(String::new())
    }
}

impl<Q> AnySearch for Typed<'_, Q, Q::Output>
where
    Q: IndexQuery + Sync,
    Q::Output: Send,
{
    fn name(&self) -> &'static str {
        Q::NAME
    }
    fn roles(&self) -> &'static [Role] {
        Q::ROLES
    }
    fn find(&self, index: &Index, now: Instant) -> Result<Answered, Halt> {
        self.keep(self.operation.find(index, now)?);
        Ok(Answered::default())
    }
}
