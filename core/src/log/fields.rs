//! What a change says of a record's fields, as the log writes it.

use crate::encode::Fields;
use crate::record::ChangedFields;

/// The fields of a record that came or went, those that are asked for.
pub(super) fn values(fields: &Fields, wanted: impl Fn(&str) -> bool) -> ChangedFields {
    let mut written = Written(String::with_capacity(fields.length()));
    fields.iter().filter(|(name, _)| wanted(name)).for_each(|(name, value)| written.field(name, &[value]));
    written.done()
}

/// The fields in which two states of a record differ, those that are asked for: `{"version":[1,2]}`; `null` for a side that lacks one.
pub(super) fn differing(before: &Fields, after: &Fields, wanted: impl Fn(&str) -> bool) -> ChangedFields {
    let mut written = Written(String::with_capacity(256));
    // Both are in the order of their declaration, so a field of one stands near its place in the other.
    let mut in_both = 0_usize;
    for (place, (name, was)) in before.iter().enumerate() {
        let found = after.get(name, place);
        in_both = in_both.saturating_add(usize::from(found.is_some()));
        let is = found.unwrap_or("null");
        if was != is && wanted(name) {
            written.field(name, &["[", was, ",", is, "]"]);
        }
    }
    // Nearly always: nothing came that was not there before.
    if in_both == after.count() {
        return written.done();
    }
    for (place, (name, is)) in after.iter().enumerate().filter(|(_, (name, _))| wanted(name)) {
        if before.get(name, place).is_none() {
            written.field(name, &["[null,", is, "]"]);
        }
    }
    written.done()
}

struct Written(String);

impl Written {
    fn field(&mut self, name: &str, value: &[&str]) {
        self.0.push_str(if self.0.is_empty() { "{\"" } else { ",\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
        value.iter().for_each(|part| self.0.push_str(part));
    }

    fn done(mut self) -> ChangedFields {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        ChangedFields::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;
    use crate::log::differences;
    use crate::record::Operation;

    // What is written of a change, read again.
    fn told(before: Option<&Value>, after: Option<&Value>, wanted: impl Fn(&str) -> bool) -> Value {
        let fields = |value: &Value| Fields::of(value).unwrap();
        let (operation, written) = match (before, after) {
            (Some(before), Some(after)) => (Operation::Update, differing(&fields(before), &fields(after), wanted)),
            (None, Some(value)) => (Operation::Create, values(&fields(value), wanted)),
            (Some(value), None) => (Operation::Remove, values(&fields(value), wanted)),
            (None, None) => return Value::Object(Map::new()),
        };
        Value::Object(written.differences(operation).unwrap())
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![any::<bool>().prop_map(Value::from), any::<i64>().prop_map(Value::from), any::<String>().prop_map(Value::from)];
        leaf.prop_recursive(2, 8, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Value::from))
    }

    // Records are written without nulls.
    fn record() -> impl Strategy<Value = Option<Value>> {
        let fields = prop::collection::btree_map("[a-zA-Z]{1,2}", value(), 0..6);
        prop::option::of(fields.prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())))
    }

    proptest! {
        #[test]
        fn it_tells_the_differences_of_the_values(before in record(), after in record(), same in any::<bool>(), letter in "[a-z]") {
            let mut after = after;
            // Most changes leave most fields alone.
            if let (Some(Value::Object(one)), Some(Value::Object(other))) = (&before, &mut after) {
                let (name, value) = one.iter().next().map_or_else(|| ("s".to_owned(), Value::from(same)), |(name, value)| (name.clone(), value.clone()));
                other.insert(name, value);
            }
            let all = differences(before.as_ref(), after.as_ref());
            let some = all.clone().into_iter().filter(|(name, _)| name.starts_with(&letter)).collect();
            prop_assert_eq!(told(before.as_ref(), after.as_ref(), |_| true), Value::Object(all));
            prop_assert_eq!(told(before.as_ref(), after.as_ref(), |name| name.starts_with(&letter)), Value::Object(some));
        }
    }
}
