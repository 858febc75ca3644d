use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::{Field, Fields, Name, Unwritable, first_bytes, plain};

/// Writes one value. What does not depend on the value's type stands apart, so that it is compiled once.
pub(super) struct Writer {
    json: Vec<u8>,
    // By name: the fields of the objects that are being written, the innermost last; in the end those of the whole.
    by_name: bool,
    fields: Vec<Field>,
    spare: Vec<u8>,
}

impl Writer {
    pub(super) fn new(by_name: bool, room: usize) -> Self {
        let (fields, spare) = if by_name { (Vec::with_capacity(32), Vec::with_capacity(room)) } else { (Vec::new(), Vec::new()) };
        Self { json: Vec::with_capacity(room), by_name, fields, spare }
    }

    pub(super) fn text(self) -> Result<String, Unwritable> {
        String::from_utf8(self.json).map_err(|_| Unwritable)
    }

    pub(super) fn fields(mut self) -> Result<Fields, Unwritable> {
        let fields = core::mem::take(&mut self.fields);
        let json = self.text()?;
        if json.starts_with('{') { Ok(Fields { json, fields }) } else { Err(Unwritable) }
    }

    fn raw(&mut self, text: &str) {
        self.json.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.raw(itoa::Buffer::new().format(number));
    }

    // As serde_json escapes: what JSON asks for, nothing more.
    fn string(&mut self, text: &str) {
        self.json.push(b'"');
        // Looked at all together: nearly all texts have nothing to escape; the log's own, JSON within JSON, has many quotes.
        match text.bytes().fold(0, |kinds, byte| kinds | u8::from(is_quote(byte)) | u8::from(byte < 32) << 1) {
            0 => self.raw(text),
            1 => escape_quotes(&mut self.json, text),
            _ => text.bytes().for_each(|byte| escape(&mut self.json, byte)),
        }
        self.json.push(b'"');
    }

    fn open(&mut self, bracket: u8) -> Open {
        self.json.push(bracket);
        Open { start: self.json.len(), first: self.fields.len() }
    }

    // A comma before every element but the first.
    fn next(&mut self, open: Open) {
        if self.json.len() > open.start {
            self.json.push(b',');
        }
    }

    // A field whose name needs no escape, as those of structs.
    fn name(&mut self, open: Open, name: &'static str) -> Name {
        self.json.reserve(name.len().saturating_add(4));
        self.next(open);
        let start = self.json.len();
        self.json.push(b'"');
        self.raw(name);
        self.raw("\":");
        Name {
            first: if self.by_name { first_bytes(name.as_bytes()) } else { 0 },
            start,
            end: start.saturating_add(name.len()).saturating_add(1),
        }
    }

    // The name of a map's field.
    fn key<T: Serialize + ?Sized>(&mut self, open: Open, key: &T) -> Result<Name, Unwritable> {
        self.next(open);
        let start = self.json.len();
        key.serialize(&mut *self)?;
        let name = self.json.get(start..).and_then(|text| text.strip_prefix(b"\"")?.strip_suffix(b"\"")).ok_or(Unwritable)?;
        let name = Name { first: first_bytes(&plain(name)), start, end: self.json.len().saturating_sub(1) };
        self.json.push(b':');
        Ok(name)
    }

    // The field of this name, its value written.
    fn field(&mut self, name: Name) {
        if self.by_name {
            self.fields.push(Field { name, end: self.json.len() });
        }
    }

    fn close_object(&mut self, open: Open) {
        if self.by_name {
            self.put_in_order(open);
            // Those of the whole stay.
            if open.start > 1 {
                self.fields.truncate(open.first);
            }
        }
        self.json.push(b'}');
    }

    // Puts the fields of the object that was just written in order. That moves text about and makes none longer.
    fn put_in_order(&mut self, open: Open) {
        let Self { json, fields, spare, .. } = self;
        let fields = fields.get_mut(open.first..).unwrap_or_default();
        if fields.is_sorted_by(|one, other| one.order(other, json).is_le()) {
            return;
        }
        fields.sort_unstable_by(|one, other| one.order(other, json));
        spare.clear();
        spare.reserve(json.len().saturating_sub(open.start));
        for field in fields {
            if !spare.is_empty() {
                spare.push(b',');
            }
            let start = open.start.saturating_add(spare.len());
            spare.extend_from_slice(json.get(field.name.start..field.end).unwrap_or_default());
            field.name.end = field.name.end.saturating_sub(field.name.start).saturating_add(start);
            field.end = open.start.saturating_add(spare.len());
            field.name.start = start;
        }
        json.truncate(open.start);
        json.extend_from_slice(spare);
    }
}

const fn is_quote(byte: u8) -> bool {
    byte == b'"' || byte == b'\\'
}

// A text in which quotes are all that is escaped: each byte does the same, and none takes a branch.
fn escape_quotes(json: &mut Vec<u8>, text: &str) {
    let start = json.len();
    json.resize(start.saturating_add(text.len().saturating_mul(2)), b'\\');
    let room = json.get_mut(start..).unwrap_or_default();
    let mut at = 0_usize;
    for byte in text.bytes() {
        at = at.wrapping_add(usize::from(is_quote(byte)));
        if let Some(place) = room.get_mut(at) {
            *place = byte;
        }
        at = at.wrapping_add(1);
    }
    json.truncate(start.saturating_add(at));
}

fn escape(json: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        8 => b'b',
        9 => b't',
        10 => b'n',
        12 => b'f',
        13 => b'r',
        b'"' | b'\\' => byte,
        0..32 => {
            let digit = byte & 15;
            json.extend_from_slice(if byte < 16 { b"\\u000" } else { b"\\u001" });
            return json.push(digit + if digit < 10 { b'0' } else { b'a' - 10 });
        }
        _ => return json.push(byte),
    };
    json.extend_from_slice(&[b'\\', short]);
}

/// An object or array that is being written: where its first element starts, in the text and among the fields.
#[derive(Clone, Copy)]
struct Open {
    start: usize,
    first: usize,
}

/// The elements or fields of what is open.
pub(super) struct Parts<'w> {
    writer: &'w mut Writer,
    open: Open,
    // Inside `{"variant":…}`: that object, and the name of its one field.
    variant: Option<(Open, Name)>,
    // The name of the map's field whose value comes next.
    key: Option<Name>,
}

impl<'w> Parts<'w> {
    fn new(writer: &'w mut Writer, bracket: u8, variant: Option<&'static str>) -> Self {
        let variant = variant.map(|name| writer.variant(name));
        let open = writer.open(bracket);
        Self { writer, open, variant, key: None }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.writer.next(self.open);
        value.serialize(&mut *self.writer)
    }

    fn named<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        let name = self.writer.name(self.open, name);
        value.serialize(&mut *self.writer)?;
        self.writer.field(name);
        Ok(())
    }

    fn close_array(self) -> Result<(), Unwritable> {
        self.writer.json.push(b']');
        self.writer.close_variant(self.variant);
        Ok(())
    }

    fn close_object(self) -> Result<(), Unwritable> {
        self.writer.close_object(self.open);
        self.writer.close_variant(self.variant);
        Ok(())
    }
}

impl Writer {
    fn variant(&mut self, name: &'static str) -> (Open, Name) {
        let open = self.open(b'{');
        (open, self.name(open, name))
    }

    fn close_variant(&mut self, variant: Option<(Open, Name)>) {
        if let Some((open, name)) = variant {
            self.field(name);
            self.close_object(open);
        }
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty),* $(,)?) => {
        $(fn $method(self, number: $type) -> Result<(), Unwritable> {
            self.number(number);
            Ok(())
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Parts<'w>;
    type SerializeTuple = Parts<'w>;
    type SerializeTupleStruct = Parts<'w>;
    type SerializeTupleVariant = Parts<'w>;
    type SerializeMap = Parts<'w>;
    type SerializeStruct = Parts<'w>;
    type SerializeStructVariant = Parts<'w>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, truth: bool) -> Result<(), Unwritable> {
        self.raw(if truth { "true" } else { "false" });
        Ok(())
    }
    fn serialize_f32(self, _: f32) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_f64(self, _: f64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_char(self, character: char) -> Result<(), Unwritable> {
        self.string(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }
    fn serialize_str(self, text: &str) -> Result<(), Unwritable> {
        self.string(text);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.raw("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        let variant = self.variant(variant);
        value.serialize(&mut *self)?;
        self.close_variant(Some(variant));
        Ok(())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'[', None))
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'[', None))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'[', None))
    }
    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'[', Some(variant)))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'{', None))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'{', None))
    }
    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, b'{', Some(variant)))
    }
}

macro_rules! elements {
    ($($part:ident: $method:ident),* $(,)?) => {
        $(impl $part for Parts<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.element(value)
            }
            fn end(self) -> Result<(), Unwritable> {
                self.close_array()
            }
        })*
    };
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

macro_rules! fields {
    ($($part:ident),* $(,)?) => {
        $(impl $part for Parts<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
                self.named(name, value)
            }
            fn end(self) -> Result<(), Unwritable> {
                self.close_object()
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.key = Some(self.writer.key(self.open, key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let name = self.key.take().ok_or(Unwritable)?;
        value.serialize(&mut *self.writer)?;
        self.writer.field(name);
        Ok(())
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close_object()
    }
}
