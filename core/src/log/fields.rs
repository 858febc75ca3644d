//! How two states of a record differ, as the log writes it: the same text as that of [`differences`](super::differences), without building values.

use crate::encode::Fields;

/// Every field in which two states differ, in order of name: its name, its value before and after; `null` for a side that lacks it.
pub(super) fn each_difference<'f>(before: &'f Fields, after: &'f Fields, mut tell: impl FnMut(&'f str, &'f str, &'f str)) {
    let (mut before, mut after) = (before.iter(), after.iter());
    let (mut old, mut new) = (before.next(), after.next());
    loop {
        let (name, was, is) = match (old, new) {
            (Some((name, was)), Some((other, is))) if name == other => (name, was, is),
            (Some((name, was)), Some((other, _))) if name < other => (name, was, "null"),
            (Some((name, was)), None) => (name, was, "null"),
            (_, Some((name, is))) => (name, "null", is),
            (None, None) => return,
        };
        if old.is_some_and(|(at, _)| at == name) {
            old = before.next();
        }
        if new.is_some_and(|(at, _)| at == name) {
            new = after.next();
        }
        if was != is {
            tell(name, was, is);
        }
    }
}

/// Differences as they are written: `{"version":[1,2]}`.
#[derive(Debug)]
pub(super) struct Written {
    text: String,
}

impl Written {
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes) }
    }

    /// With room for all fields of a new record: beside each value stands a `null`.
    pub(super) fn with_room_for(fields: &Fields) -> Self {
        Self::with_room(fields.length().saturating_add(fields.count().saturating_mul("[null,]".len())))
    }

    pub(super) fn field(&mut self, name: &str, was: &str, is: &str) {
        let before = if self.text.is_empty() { "{\"" } else { ",\"" };
        for part in [before, name, "\":[", was, ",", is, "]"] {
            self.text.push_str(part);
        }
    }

    /// The whole object; `None` if it has no field.
    pub(super) fn done(mut self) -> Option<String> {
        if self.text.is_empty() {
            return None;
        }
        self.text.push('}');
        Some(self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;
    use crate::log::differences;

    fn written(before: Option<&Value>, after: Option<&Value>) -> String {
        let fields = |value: Option<&Value>| value.map(|value| Fields::of(value).unwrap()).unwrap_or_default();
        let mut written = Written::with_room(0);
        each_difference(&fields(before), &fields(after), |name, was, is| written.field(name, was, is));
        written.done().unwrap_or_else(|| "{}".to_owned())
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
        fn it_is_the_text_of_the_differences_of_the_values(before in record(), after in record(), same in any::<bool>()) {
            let mut after = after;
            // Most changes leave most fields alone.
            if let (Some(Value::Object(one)), Some(Value::Object(other))) = (&before, &mut after) {
                let (name, value) = one.iter().next().map_or_else(|| ("s".to_owned(), Value::from(same)), |(name, value)| (name.clone(), value.clone()));
                other.insert(name, value);
            }
            let expected = Value::Object(differences(before.as_ref(), after.as_ref()));
            prop_assert_eq!(written(before.as_ref(), after.as_ref()), expected.to_string());
        }
    }
}
