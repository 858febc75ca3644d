//! The fields of a record's JSON text, in order of name, and how two states of it differ: what the log writes of every change. The same text as
//! that of [`differences`](super::differences), without building values.

use core::cmp::Ordering;
use core::ops::Range;
use std::borrow::Cow;

/// Deeper than any record nests.
const DEEPEST: u8 = 32;

/// A JSON object's fields in order of name; in its values the fields of objects are in order of name too.
#[derive(Debug)]
pub(super) struct Fields {
    json: String,
    fields: Vec<Field>,
}

/// A field of an object: where its name lies, without its quotes, and its value.
#[derive(Debug)]
struct Field {
    // The name's first bytes as a number: nearly always enough to tell which comes first.
    first: u64,
    // Whether the name holds an escape, and may stand elsewhere than it seems.
    escaped: bool,
    name: Range<usize>,
    value: Range<usize>,
}

// No byte of a name in JSON is zero, so a shorter name comes first here as well.
fn first_bytes(name: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(name).for_each(|(place, byte)| *place = *byte);
    u64::from_be_bytes(first)
}

fn order(json: &[u8], one: &Field, other: &Field) -> Ordering {
    let name = |field: &Field| json.get(field.name.clone()).unwrap_or_default();
    if one.escaped || other.escaped {
        return plain(name(one)).cmp(&plain(name(other)));
    }
    one.first.cmp(&other.first).then_with(|| name(one).cmp(name(other)))
}

// A name as it is compared: where the host names things, one may hold an escape.
fn plain(name: &[u8]) -> Cow<'_, [u8]> {
    let decoded = serde_json::from_slice::<String>(&[b"\"", name, b"\""].concat());
    decoded.map_or(Cow::Borrowed(name), |decoded| Cow::Owned(decoded.into_bytes()))
}

impl Fields {
    /// The fields of a record as serde_json writes it; `None` for what is no such text.
    pub(super) fn of(json: String) -> Option<Self> {
        let mut reader = Reader { json: json.into_bytes(), at: 0, fields: Vec::with_capacity(32), spare: Vec::new() };
        reader.object(0)?;
        let Reader { json, at, mut fields, .. } = reader;
        if at != json.len() {
            return None;
        }
        fields.sort_unstable_by(|one, other| order(&json, one, other));
        Some(Self { json: String::from_utf8(json).ok()?, fields })
    }

    /// How long the differences can be from a record that was not there.
    pub(super) fn room(&self) -> usize {
        self.json.len().saturating_add(self.fields.len().saturating_mul("[null,]".len()))
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |range: &Range<usize>| self.json.get(range.clone()).unwrap_or_default();
        self.fields.iter().map(move |field| (text(&field.name), text(&field.value)))
    }
}

/// Every field in which two states differ, in order of name: its name, its value before and after; `null` for a side that lacks it.
pub(super) fn each_difference<'f>(before: Option<&'f Fields>, after: Option<&'f Fields>, mut tell: impl FnMut(&'f str, &'f str, &'f str)) {
    let mut old = before.into_iter().flat_map(Fields::iter).peekable();
    let mut new = after.into_iter().flat_map(Fields::iter).peekable();
    loop {
        let (name, was, is) = match (old.peek().copied(), new.peek().copied()) {
            (Some((name, was)), Some((other, is))) if name == other => (name, was, is),
            (Some((name, was)), Some((other, _))) if name < other => (name, was, "null"),
            (Some((name, was)), None) => (name, was, "null"),
            (_, Some((name, is))) => (name, "null", is),
            (None, None) => return,
        };
        old.next_if(|(at, _)| *at == name);
        new.next_if(|(at, _)| *at == name);
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

/// Reads JSON as serde_json writes it, without blanks, and puts the fields of every object inside it in order: that moves text about and makes none
/// longer, so each is put in order where it lies.
struct Reader {
    json: Vec<u8>,
    at: usize,
    // Those of the objects that are being read, the innermost last.
    fields: Vec<Field>,
    spare: Vec<u8>,
}

impl Reader {
    fn next(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    // Moves on to the first of these bytes.
    fn find(&mut self, wanted: impl Fn(u8) -> bool) -> Option<()> {
        let rest = self.json.get(self.at..)?;
        self.at = self.at.checked_add(rest.iter().position(|byte| wanted(*byte))?)?;
        Some(())
    }

    // Answers where its fields begin among those read.
    fn object(&mut self, depth: u8) -> Option<usize> {
        self.skip(b'{')?;
        let first = self.fields.len();
        while self.next()? != b'}' {
            if self.fields.len() > first {
                self.skip(b',')?;
            }
            let from = self.at.checked_add(1)?;
            let escaped = self.string()?;
            let name = from..self.at.checked_sub(1)?;
            self.skip(b':')?;
            let start = self.at;
            self.value(depth)?;
            self.fields.push(Field { first: first_bytes(self.json.get(name.clone())?), escaped, name, value: start..self.at });
        }
        self.skip(b'}')?;
        Some(first)
    }

    fn array(&mut self, depth: u8) -> Option<()> {
        self.skip(b'[')?;
        let mut first = true;
        while self.next()? != b']' {
            if !core::mem::take(&mut first) {
                self.skip(b',')?;
            }
            self.value(depth)?;
        }
        self.skip(b']')
    }

    // Answers whether it holds an escape.
    fn string(&mut self) -> Option<bool> {
        self.skip(b'"')?;
        let mut escaped = false;
        loop {
            self.find(|byte| byte == b'"' || byte == b'\\')?;
            if self.skip(b'"').is_some() {
                return Some(escaped);
            }
            escaped = true;
            self.at = self.at.checked_add(2)?;
        }
    }

    fn value(&mut self, depth: u8) -> Option<()> {
        let depth = depth.checked_add(1).filter(|depth| *depth < DEEPEST)?;
        match self.next()? {
            b'{' => {
                let start = self.at;
                let first = self.object(depth)?;
                self.put_in_order(start, first)?;
                self.fields.truncate(first);
                Some(())
            }
            b'[' => self.array(depth),
            b'"' => self.string().map(|_| ()),
            _ => self.find(|byte| matches!(byte, b',' | b'}' | b']')),
        }
    }

    // Puts the object that was just read in order.
    fn put_in_order(&mut self, start: usize, first: usize) -> Option<()> {
        let Self { json, at, fields, spare } = self;
        let fields = fields.get_mut(first..)?;
        if fields.is_sorted_by(|one, other| order(json, one, other).is_le()) {
            return Some(());
        }
        fields.sort_by(|one, other| order(json, one, other));
        spare.clear();
        let mut before = b'{';
        for field in fields {
            spare.push(core::mem::replace(&mut before, b','));
            // With the quote before its name.
            spare.extend_from_slice(json.get(field.name.start.checked_sub(1)?..field.value.end)?);
        }
        spare.push(b'}');
        let place = json.get_mut(start..*at)?;
        (place.len() == spare.len()).then(|| place.copy_from_slice(spare))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;
    use crate::log::differences;

    fn written(before: Option<&Value>, after: Option<&Value>) -> String {
        let fields = |value: Option<&Value>| value.map(|value| Fields::of(value.to_string()).unwrap());
        let mut written = Written::with_room(0);
        each_difference(fields(before).as_ref(), fields(after).as_ref(), |name, was, is| written.field(name, was, is));
        written.done().unwrap_or_else(|| "{}".to_owned())
    }

    #[test]
    fn a_record_is_written_in_order_of_name_at_every_depth() {
        let json = r#"{"b":{"z":1,"a":[{"y":"\"}","x":[]},{}]},"a":null,"c":"\\"}"#;
        let fields = Fields::of(json.to_owned()).unwrap();
        let found: Vec<_> = fields.iter().collect();
        assert_eq!(found, [("a", "null"), ("b", r#"{"a":[{"x":[],"y":"\"}"},{}],"z":1}"#), ("c", r#""\\""#)]);
    }

    #[test]
    fn what_is_no_object_as_serde_json_writes_it_is_none() {
        for text in ["", "[]", "1", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1}x", "{a:1}", "{\"a\":[1", "{\"a\":\"1}", "{\"a\":\"\\"]
        {
            assert!(Fields::of(text.to_owned()).is_none(), "{text}");
        }
        let deep = ["{\"a\":", &"[".repeat(1_000_000), &"]".repeat(1_000_000), "}"].concat();
        assert!(Fields::of(deep).is_none());
    }

    fn value() -> impl Strategy<Value = Value> {
        let name = prop_oneof!["[a-c]", "\\PC{0,3}", "[\"\\\\\n山]{0,3}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            name.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(name.clone(), inner, 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn record() -> impl Strategy<Value = Option<Value>> {
        // Records are written without nulls.
        let fields = prop::collection::btree_map("[a-zA-Z]{1,2}", value().prop_filter("no null", |value| !value.is_null()), 0..6);
        prop::option::of(fields.prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())))
    }

    // The value as text, the fields of every object from last to first.
    fn backwards(value: &Value) -> String {
        let (ends, parts): (_, Vec<String>) = match value {
            Value::Object(fields) => (
                ["{", "}"],
                fields.iter().rev().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), backwards(value))).collect(),
            ),
            Value::Array(elements) => (["[", "]"], elements.iter().map(backwards).collect()),
            plain => return plain.to_string(),
        };
        [ends[0], &parts.join(","), ends[1]].concat()
    }

    proptest! {
        #[test]
        fn fields_are_put_in_order_at_every_depth(record in record()) {
            let record = record.unwrap_or_else(|| Value::Object(Map::new()));
            let fields = Fields::of(backwards(&record)).unwrap();
            let found: Vec<_> = fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let expected: Vec<_> = record.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
            prop_assert_eq!(found, expected);
        }

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
