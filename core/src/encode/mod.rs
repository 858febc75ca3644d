//! Values as JSON text: what is kept, hashed and answered. The text is serde_json's own, byte for byte; one writer makes it either with the fields as
//! they were declared, as records are kept, or with the fields of every object in order of name, as the log tells of them.

mod writer;

use std::borrow::Cow;

use self::writer::Writer;

/// A value that JSON here has no text for: a float, or bytes. No type of the ledger's holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

impl core::fmt::Display for Unwritable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a value that is not written as JSON")
    }
}

impl core::error::Error for Unwritable {}

impl serde::ser::Error for Unwritable {
    fn custom<T: core::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value as JSON text, its fields as they were declared.
pub(crate) fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, Unwritable> {
    to_json_of(value, 512)
}

/// The same, of a value whose text is about so long.
pub(crate) fn to_json_of<T: serde::Serialize + ?Sized>(value: &T, length: usize) -> Result<String, Unwritable> {
    let mut writer = Writer::new(false, length);
    value.serialize(&mut writer)?;
    writer.text()
}

/// An object's fields in order of name; in its values the fields of objects are in order of name too. By default it has none.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    json: String,
    fields: Vec<Field>,
}

impl Fields {
    /// The fields of a value that is an object.
    pub(crate) fn of<T: serde::Serialize + ?Sized>(value: &T) -> Result<Self, Unwritable> {
        let mut writer = Writer::new(true, 1_000);
        value.serialize(&mut writer)?;
        writer.fields()
    }

    /// How long its text is.
    pub(crate) fn length(&self) -> usize {
        self.json.len()
    }

    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.fields.len()
    }

    /// Each field's name and value as JSON text, the name without its quotes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| {
            let text = |range: core::ops::Range<usize>| self.json.get(range).unwrap_or_default();
            (text(field.name.range()), text(field.value()))
        })
    }
}

/// Where a field's name lies in the text, its opening quote included.
#[derive(Clone, Copy, Debug)]
struct Name {
    // Its first bytes as a number: nearly always enough to tell which comes first.
    first: u64,
    start: usize,
    end: usize,
}

impl Name {
    fn range(&self) -> core::ops::Range<usize> {
        self.start.saturating_add(1)..self.end
    }
}

/// Where a field of an object lies in the text: `"name":value`.
#[derive(Clone, Copy, Debug)]
struct Field {
    name: Name,
    end: usize,
}

impl Field {
    fn value(&self) -> core::ops::Range<usize> {
        self.name.end.saturating_add(2)..self.end
    }

    fn order(&self, other: &Self, json: &[u8]) -> core::cmp::Ordering {
        let name = |field: &Self| plain(json.get(field.name.range()).unwrap_or_default());
        self.name.first.cmp(&other.name.first).then_with(|| name(self).cmp(&name(other)))
    }
}

// A shorter name is no later for the zeros after it; names that are alike here are compared whole.
fn first_bytes(name: &[u8]) -> u64 {
    if let Some(first) = name.first_chunk() {
        return u64::from_be_bytes(*first);
    }
    let mut room = [0; 8];
    room.iter_mut().zip(name).for_each(|(place, byte)| *place = *byte);
    u64::from_be_bytes(room)
}

// A name as it is compared: where the host names things, one may hold an escape.
fn plain(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'\\') {
        return Cow::Borrowed(name);
    }
    let decoded = serde_json::from_slice::<String>(&[b"\"", name, b"\""].concat());
    decoded.map_or(Cow::Borrowed(name), |decoded| Cow::Owned(decoded.into_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;

    /// Every shape that a type can have, its fields in no order.
    #[derive(Clone, Debug, serde::Serialize)]
    #[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
    enum Shape {
        Unit,
        Wrapped(u8),
        Pair(i64, bool),
        Object { zebra: Option<char>, ant: (), a: Vec<Shape>, r#as: String },
        Nested(Inner),
    }

    #[derive(Clone, Debug, serde::Serialize)]
    #[serde(tag = "type", rename_all = "camelCase")]
    enum Inner {
        Plain,
        Held(Struct),
    }

    #[derive(Clone, Debug, serde::Serialize)]
    struct Struct {
        under: (),
        text: String,
        texture: Tuple,
        map: Value,
        long_name_b: u64,
        long_name_a: i32,
        #[serde(skip_serializing_if = "Option::is_none")]
        gone: Option<u32>,
    }

    #[derive(Clone, Debug, serde::Serialize)]
    struct Tuple(u16, i8, i16, u32);

    fn value() -> impl Strategy<Value = Value> {
        let name = prop_oneof!["[a-c]", "\\PC{0,3}", "[\"\\\\\n\u{1}山]{0,3}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            name.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(name.clone(), inner, 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let inner = prop_oneof![
            Just(Inner::Plain),
            (any::<String>(), any::<(u16, i8, i16, u32, u64, i32)>(), any::<Option<u32>>(), value()).prop_map(|(text, n, gone, map)| {
                let texture = Tuple(n.0, n.1, n.2, n.3);
                Inner::Held(Struct { under: (), text, texture, map, long_name_b: n.4, long_name_a: n.5, gone })
            }),
        ];
        let leaf = prop_oneof![
            Just(Shape::Unit),
            any::<u8>().prop_map(Shape::Wrapped),
            any::<(i64, bool)>().prop_map(|(number, truth)| Shape::Pair(number, truth)),
            inner.prop_map(Shape::Nested),
        ];
        leaf.prop_recursive(4, 16, 4, |inner| {
            (any::<Option<char>>(), prop::collection::vec(inner, 0..4), any::<String>()).prop_map(|(zebra, a, text)| Shape::Object {
                zebra,
                ant: (),
                a,
                r#as: text,
            })
        })
    }

    // Writes a map backwards, and so every object in it.
    struct Backwards<'a>(&'a Value);

    impl serde::Serialize for Backwards<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.0 {
                Value::Object(fields) => serializer.collect_map(fields.iter().rev().map(|(name, value)| (name, Backwards(value)))),
                Value::Array(elements) => serializer.collect_seq(elements.iter().map(Backwards)),
                plain => plain.serialize(serializer),
            }
        }
    }

    fn in_order(value: &Value) -> Vec<(String, String)> {
        let fields = value.as_object().cloned().unwrap_or_default();
        // The name as it is written.
        fields.iter().map(|(name, value)| (Value::from(name.as_str()).to_string(), value.to_string())).collect()
    }

    fn found(fields: &Fields) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| (format!("\"{name}\""), value.to_owned())).collect()
    }

    #[test]
    fn fields_are_in_order_of_name_at_every_depth() {
        let value = json!({"b": {"z": 1, "a": [{"y": "\"}", "x": []}, {}]}, "a": null, "c": "\\", "\n": 1, "-": 2});
        let fields = Fields::of(&Backwards(&value)).unwrap();
        let expected = [("\\n", "1"), ("-", "2"), ("a", "null"), ("b", r#"{"a":[{"x":[],"y":"\"}"},{}],"z":1}"#), ("c", r#""\\""#)];
        assert_eq!(fields.iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_has_no_text_here_is_refused() {
        assert_eq!(to_json(&1.5), Err(Unwritable));
        assert_eq!(to_json(&std::collections::BTreeMap::from([(vec![1], 2)])), Err(Unwritable));
        assert!(Fields::of(&[1]).is_err() && Fields::of("text").is_err());
    }

    proptest! {
        #[test]
        fn the_text_is_serde_jsons(shape in shape(), value in value(), text in any::<String>()) {
            prop_assert_eq!(to_json(&shape).unwrap(), serde_json::to_string(&shape).unwrap());
            prop_assert_eq!(to_json(&value).unwrap(), value.to_string());
            prop_assert_eq!(to_json(text.as_str()).unwrap(), serde_json::to_string(&text).unwrap());
        }

        #[test]
        fn fields_are_those_of_the_value_in_order(shape in shape(), value in value()) {
            if let Ok(object @ Value::Object(_)) = serde_json::to_value(&shape) {
                prop_assert_eq!(found(&Fields::of(&shape).unwrap()), in_order(&object));
            }
            let object = Value::Object(Map::from_iter([("held".to_owned(), value)]));
            prop_assert_eq!(found(&Fields::of(&Backwards(&object)).unwrap()), in_order(&object));
        }
    }
}
