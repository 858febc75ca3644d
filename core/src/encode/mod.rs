//! Values as JSON text: what is kept, hashed and answered. The text is serde_json's own, byte for byte. Beside it the hash that tells texts apart.

mod fnv;
mod writer;

pub(crate) use self::fnv::Fnv;
pub(crate) use self::writer::VERBATIM;
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
    let mut writer = Writer::new(length);
    value.serialize(&mut writer)?;
    Ok(writer.text())
}

/// The text of a value that is an object, and where its fields lie in it, in the order in which they were declared.
#[derive(Debug)]
pub(crate) struct Fields {
    json: String,
    fields: Vec<Field>,
}

impl Fields {
    /// The fields of a value that is an object.
    pub(crate) fn of<T: serde::Serialize + ?Sized>(value: &T) -> Result<Self, Unwritable> {
        let mut writer = Writer::noting_fields(1_000);
        value.serialize(&mut writer)?;
        writer.fields()
    }

    /// The whole object.
    pub(crate) fn text(&self) -> &str {
        &self.json
    }

    /// How long its text is.
    pub(crate) fn length(&self) -> usize {
        self.json.len()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.fields.len()
    }

    /// Each field's name and value as JSON text, the name without its quotes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| {
            let text = |range: core::ops::Range<usize>| self.json.get(range).unwrap_or_default();
            // `"name":value`
            (text(field.name.saturating_add(1)..field.value.saturating_sub(2)), text(field.value..field.end))
        })
    }

    /// The value of the field of this name, which stands near this place.
    pub(crate) fn get(&self, name: &str, near: usize) -> Option<&str> {
        self.iter().skip(near).chain(self.iter().take(near)).find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

/// Where a field of an object lies in the text: where its name, its value and what follows it begin.
#[derive(Clone, Copy, Debug)]
struct Field {
    name: usize,
    value: usize,
    end: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

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

    fn told(value: &Value) -> Vec<(String, String)> {
        let fields = value.as_object().cloned().unwrap_or_default();
        // The name as it is written.
        fields.iter().map(|(name, value)| (Value::from(name.as_str()).to_string(), value.to_string())).collect()
    }

    fn declared(value: &Struct) -> Vec<(String, String)> {
        let whole = serde_json::to_value(value).unwrap();
        let names = ["under", "text", "texture", "map", "long_name_b", "long_name_a"];
        names.iter().map(|name| (format!("\"{name}\""), whole[name].to_string())).collect()
    }

    fn found(fields: &Fields) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| (format!("\"{name}\""), value.to_owned())).collect()
    }

    #[test]
    fn fields_are_found_by_name_from_any_place() {
        let value = json!({"b": {"z": 1, "a": [{"y": "\"}", "x": []}, {}]}, "a": null, "c": "\\"});
        let fields = Fields::of(&value).unwrap();
        for near in 0..4 {
            assert_eq!(fields.get("a", near), Some("null"));
            assert_eq!(fields.get("c", near), Some(r#""\\""#));
            assert_eq!(fields.get("z", near), None);
        }
        assert_eq!(fields.text(), value.to_string());
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
        fn fields_are_those_of_the_value(map in value(), names in prop::collection::btree_map("\\PC{0,3}", value(), 0..4)) {
            let value = Struct { under: (), text: String::new(), texture: Tuple(1, 2, 3, 4), map, long_name_b: 0, long_name_a: 0, gone: None };
            let fields = Fields::of(&value).unwrap();
            prop_assert_eq!(found(&fields), declared(&value));
            let map = Value::Object(names.into_iter().collect());
            prop_assert_eq!(found(&Fields::of(&map).unwrap()), told(&map));
        }
    }
}
