//! Differences between two states of a record, field by field, and how they are taken back.

use serde_json::{Map, Value};

use crate::record::{ChangedFields, Operation};

/// Field → `[before, after]`, `null` for a side that lacks it. Records are written without nulls, so nothing is ambiguous.
pub type Differences = Map<String, Value>;

/// The fields in which two JSON objects differ. A missing object differs in every field of the other.
#[must_use]
pub fn differences(before: Option<&Value>, after: Option<&Value>) -> Differences {
    let empty = Map::new();
    let object = |value: Option<&Value>| value.and_then(Value::as_object).unwrap_or(&empty).clone();
    let (before, mut after) = (object(before), object(after));
    let mut found = Differences::new();
    for (field, old) in before {
        let new = after.remove(&field).unwrap_or(Value::Null);
        if old != new {
            found.insert(field, Value::Array(vec![old, new]));
        }
    }
    found.extend(after.into_iter().map(|(field, new)| (field, Value::Array(vec![Value::Null, new]))));
    found
}

impl ChangedFields {
    /// The fields before and after; what was done to the record says how they are written.
    pub fn differences(&self, operation: Operation) -> Result<Differences, serde_json::Error> {
        let fields: Differences = serde_json::from_str(self.text())?;
        let sides = |value| match operation {
            Operation::Create => Value::Array(vec![Value::Null, value]),
            Operation::Update => value,
            Operation::Remove => Value::Array(vec![value, Value::Null]),
        };
        Ok(fields.into_iter().map(|(field, value)| (field, sides(value))).collect())
    }
}

fn sides(difference: &Value) -> (&Value, &Value) {
    match difference.as_array().map(Vec::as_slice) {
        Some([before, after]) => (before, after),
        _ => (&Value::Null, &Value::Null),
    }
}

fn set(object: &mut Map<String, Value>, field: &str, value: &Value) {
    if value.is_null() {
        object.remove(field);
    } else {
        object.insert(field.to_owned(), value.clone());
    }
}

/// The state before a change, from the state after it.
pub fn roll_back(object: &mut Map<String, Value>, change: &Differences) {
    for (field, difference) in change {
        set(object, field, sides(difference).0);
    }
}

/// The state after a change, from the state before it.
pub fn roll_forward(object: &mut Map<String, Value>, change: &Differences) {
    for (field, difference) in change {
        set(object, field, sides(difference).1);
    }
}

/// Takes a change back where nobody has changed the field since; later edits stay. Answers the fields that were kept.
pub fn revert(object: &mut Map<String, Value>, change: &Differences) -> Vec<String> {
    let mut kept = Vec::new();
    for (field, difference) in change {
        let (before, after) = sides(difference);
        if object.get(field).unwrap_or(&Value::Null) == after {
            set(object, field, before);
        } else {
            kept.push(field.clone());
        }
    }
    kept
}

/// Three ways (C8): what `base → theirs` and `base → mine` both changed, and differently, is a conflict; the rest of mine goes onto theirs.
pub fn three_way(base: &Value, theirs: &Value, mine: &Value) -> (Value, Vec<(String, [Value; 3])>) {
    let ours = differences(Some(base), Some(mine));
    let others = differences(Some(base), Some(theirs));
    let mut merged = theirs.as_object().cloned().unwrap_or_default();
    let mut conflicts = Vec::new();
    for (field, difference) in &ours {
        let (was, wanted) = sides(difference);
        match others.get(field).map(|other| sides(other).1) {
            Some(stored) if stored != wanted => conflicts.push((field.clone(), [was.clone(), stored.clone(), wanted.clone()])),
            _ => set(&mut merged, field, wanted),
        }
    }
    (Value::Object(merged), conflicts)
}

/// A record from its fields. Through its text: reading records from text is compiled already.
pub fn rebuild<T: serde::de::DeserializeOwned>(object: Map<String, Value>) -> Result<T, serde_json::Error> {
    serde_json::from_str(&Value::Object(object).to_string())
}
