//! Which part of a condition is none. A value that says its type in a field is read whole before it is understood, and serde then points behind it: behind
//! the whole tree, for one wrong leaf.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::record::{Condition, ReservationCondition};

/// The longest input that is looked through, in bytes: it is read again for each step down. A longer one keeps the place that serde gave.
const LONGEST: usize = 64 * 1024;

/// The operations that take a condition, by that name.
const OPERATIONS: [&str; 7] =
    ["searchCustomers", "findCustomers", "packCustomers", "exportCustomers", "explainCustomer", "saveSegment", "printQuery"];

/// An input that may have one; null is none.
#[derive(serde::Deserialize)]
struct Input<'t> {
    #[serde(borrow, default)]
    condition: Option<&'t RawValue>,
}

/// What a condition that holds others has.
#[derive(serde::Deserialize)]
struct Holder<'t> {
    r#type: &'t str,
    #[serde(borrow, default)]
    of: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    that: Option<&'t RawValue>,
}

/// A part that is no condition though all within it are.
pub(super) struct Wrong<'t> {
    /// Where it stands, such as `condition.of[1].that`.
    pub(super) path: String,
    /// Why it is none.
    pub(super) error: serde_json::Error,
    text: &'t str,
    of_reservation: bool,
}

/// The innermost part of the condition of an operation's input that is none. Nothing if the input has no condition, or has one that is.
pub(super) fn of<'t>(operation: &str, input: &'t str) -> Option<Wrong<'t>> {
    if input.len() > LONGEST || !OPERATIONS.contains(&operation) {
        return None;
    }
    let Input { condition } = serde_json::from_str(input).ok()?;
    let mut wrong = look(condition?.get(), "condition".to_owned(), false)?;
    while let Some(within) = wrong.within() {
        wrong = within;
    }
    Some(wrong)
}

impl<'t> Wrong<'t> {
    // The first of the parts it holds that is wrong.
    fn within(&self) -> Option<Self> {
        let Holder { r#type, of, that } = serde_json::from_str(self.text).ok()?;
        let path = &self.path;
        match r#type {
            "all" | "any" => {
                of.iter().enumerate().find_map(|(place, part)| look(part.get(), format!("{path}.of[{place}]"), self.of_reservation))
            }
            "not" => look(that?.get(), format!("{path}.that"), self.of_reservation),
            // One within another is none itself.
            "reservation" if !self.of_reservation => look(that?.get(), format!("{path}.that"), true),
            _ => None,
        }
    }
}

fn look(text: &str, path: String, of_reservation: bool) -> Option<Wrong<'_>> {
    fn why<T: DeserializeOwned>(text: &str) -> Option<serde_json::Error> {
        serde_json::from_str::<T>(text).err().filter(serde_json::Error::is_data)
    }
    let error = if of_reservation { why::<ReservationCondition>(text) } else { why::<Condition>(text) }?;
    Some(Wrong { path, error, text, of_reservation })
}
