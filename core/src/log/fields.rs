//! The fields of a record's JSON text, in order of name, and how two states of it differ: what the log writes of every change. The same text as
//! that of [`differences`](super::differences), without building values.

use core::ops::Range;
use std::borrow::Cow;

/// Deeper than any record nests.
const DEEPEST: u8 = 32;

/// A JSON object's fields in order of name; in its values the fields of objects are in order of name too.
#[derive(Debug)]
pub(super) struct Fields {
    json: String,
    // The values that are written otherwise than in the JSON, one after the other.
    rewritten: String,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    // The name's first bytes as a number: nearly always enough to tell which comes first.
    first: u64,
    name: Range<usize>,
    value: Range<usize>,
    rewritten: bool,
}

// No byte of a name in JSON is zero, so a shorter name comes first here as well.
fn first_bytes(name: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
    u64::from_be_bytes(first)
}

impl Fields {
    /// The fields of a record as serde_json writes it; `None` for what is no such text.
    pub(super) fn of(json: String) -> Option<Self> {
        let mut reader = Reader { json: &json, at: 0 };
        let mut members = Vec::with_capacity(24);
        reader.object(0, &mut |member| members.push(member))?;
        if reader.at != json.len() {
            return None;
        }
        let mut rewritten = String::new();
        let mut fields = Vec::with_capacity(members.len());
        for Member { name, value, in_order } in members {
            let first = first_bytes(json.get(name.clone())?);
            let value = if in_order { value } else { rewrite(json.get(value)?, &mut rewritten)? };
            fields.push(Field { first, name, value, rewritten: !in_order });
        }
        // What a record calls its fields is plain: no escape hides the order.
        let name = |field: &Field| json.get(field.name.clone());
        fields.sort_unstable_by(|one, other| one.first.cmp(&other.first).then_with(|| name(one).cmp(&name(other))));
        Some(Self { json, rewritten, fields })
    }

    /// How long the differences can be from a record that was not there.
    pub(super) fn room(&self) -> usize {
        self.json.len().saturating_add(self.fields.len().saturating_mul("[null,]".len()))
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| {
            let text = if field.rewritten { &self.rewritten } else { &self.json };
            (self.json.get(field.name.clone()).unwrap_or_default(), text.get(field.value.clone()).unwrap_or_default())
        })
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

/// A field of an object: where its name lies, without its quotes, and its value; whether the value is in order at every depth.
struct Member {
    name: Range<usize>,
    value: Range<usize>,
    in_order: bool,
}

/// Reads JSON as serde_json writes it, without blanks.
struct Reader<'t> {
    json: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    // Moves on to the first of these bytes.
    fn find(&mut self, wanted: impl Fn(u8) -> bool) -> Option<()> {
        let rest = self.json.as_bytes().get(self.at..)?;
        self.at = self.at.checked_add(rest.iter().position(|byte| wanted(*byte))?)?;
        Some(())
    }

    fn object(&mut self, depth: u8, tell: &mut dyn FnMut(Member)) -> Option<()> {
        self.skip(b'{')?;
        let mut first = true;
        while self.next()? != b'}' {
            if !core::mem::take(&mut first) {
                self.skip(b',')?;
            }
            let from = self.at.checked_add(1)?;
            self.string()?;
            let name = from..self.at.checked_sub(1)?;
            self.skip(b':')?;
            let start = self.at;
            let in_order = self.value(depth)?;
            tell(Member { name, value: start..self.at, in_order });
        }
        self.skip(b'}')
    }

    // Tells where each element lies.
    fn array(&mut self, depth: u8, tell: &mut dyn FnMut(Range<usize>, bool)) -> Option<()> {
        self.skip(b'[')?;
        let mut first = true;
        while self.next()? != b']' {
            if !core::mem::take(&mut first) {
                self.skip(b',')?;
            }
            let start = self.at;
            let in_order = self.value(depth)?;
            tell(start..self.at, in_order);
        }
        self.skip(b']')
    }

    fn string(&mut self) -> Option<()> {
        self.skip(b'"')?;
        loop {
            self.find(|byte| byte == b'"' || byte == b'\\')?;
            if self.skip(b'"').is_some() {
                return Some(());
            }
            self.at = self.at.checked_add(2)?;
        }
    }

    // Answers whether all objects in it are in order.
    fn value(&mut self, depth: u8) -> Option<bool> {
        let depth = depth.checked_add(1).filter(|depth| *depth < DEEPEST)?;
        let (json, mut in_order) = (self.json, true);
        match self.next()? {
            b'{' => {
                let mut last = "";
                self.object(depth, &mut |member| {
                    let name = json.get(member.name).unwrap_or_default();
                    // A name with an escape may stand elsewhere than it seems.
                    in_order &= member.in_order && last <= name && !name.contains('\\');
                    last = name;
                })?;
            }
            b'[' => self.array(depth, &mut |_, element| in_order &= element)?,
            b'"' => self.string()?,
            _ => self.find(|byte| matches!(byte, b',' | b'}' | b']'))?,
        }
        Some(in_order)
    }
}

// Writes a value with the fields of its objects in order; answers where. It was read before, so it is no deeper than a record may be.
fn rewrite(json: &str, out: &mut String) -> Option<Range<usize>> {
    let start = out.len();
    let mut reader = Reader { json, at: 0 };
    let write = |value: Range<usize>, in_order: bool, out: &mut String| -> Option<()> {
        let value = json.get(value)?;
        if in_order {
            out.push_str(value);
            Some(())
        } else {
            rewrite(value, out).map(|_| ())
        }
    };
    if reader.next()? == b'{' {
        let mut members = Vec::with_capacity(4);
        reader.object(0, &mut |member| members.push(member))?;
        let name = |member: &Member| json.get(member.name.clone()).map(plain);
        members.sort_by(|one, other| name(one).cmp(&name(other)));
        let mut before = "{\"";
        for member in members {
            out.push_str(core::mem::replace(&mut before, ",\""));
            out.push_str(json.get(member.name)?);
            out.push_str("\":");
            write(member.value, member.in_order, out)?;
        }
        out.push('}');
    } else {
        let mut elements = Vec::with_capacity(4);
        reader.array(0, &mut |element, in_order| elements.push((element, in_order)))?;
        let mut before = "[";
        for (element, in_order) in elements {
            out.push_str(core::mem::replace(&mut before, ","));
            write(element, in_order, out)?;
        }
        out.push(']');
    }
    Some(start..out.len())
}

// A name as it is compared: where the host names things, one may hold an escape.
fn plain(name: &str) -> Cow<'_, str> {
    if !name.contains('\\') {
        return Cow::Borrowed(name);
    }
    serde_json::from_str(&["\"", name, "\""].concat()).map_or(Cow::Borrowed(name), Cow::Owned)
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
