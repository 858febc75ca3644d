use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::{Field, Fields, Unwritable};

/// The name of a newtype around a text that is JSON already: it is written as it is.
pub(crate) const VERBATIM: &str = "$verbatim";

/// Writes one value. What does not depend on the value's type stands apart, so that it is compiled once.
pub(super) struct Writer {
    json: String,
    // Those of the outermost object, where somebody wants to know.
    fields: Option<Vec<Field>>,
    // The next text is JSON already.
    verbatim: bool,
}

impl Writer {
    pub(super) fn new(room: usize) -> Self {
        Self { json: String::with_capacity(room), fields: None, verbatim: false }
    }

    pub(super) fn noting_fields(room: usize) -> Self {
        Self { fields: Some(Vec::with_capacity(32)), ..Self::new(room) }
    }

    pub(super) fn text(self) -> String {
        self.json
    }

    pub(super) fn fields(self) -> Result<Fields, Unwritable> {
        let fields = self.fields.filter(|_| self.json.starts_with('{')).ok_or(Unwritable)?;
        Ok(Fields { json: self.json, fields })
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.json.push_str(itoa::Buffer::new().format(number));
    }

    // As serde_json escapes: what JSON asks for, nothing more.
    fn string(&mut self, text: &str) {
        self.json.push('"');
        // Looked at all together: nearly all texts have nothing to escape.
        if text.bytes().fold(false, |any, byte| any | must_escape(byte)) {
            self.escaped(text);
        } else {
            self.json.push_str(text);
        }
        self.json.push('"');
    }

    fn escaped(&mut self, text: &str) {
        let mut plain_from = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| must_escape(*byte)) {
            self.json.push_str(text.get(plain_from..at).unwrap_or_default());
            escape(&mut self.json, byte);
            plain_from = at.saturating_add(1);
        }
        self.json.push_str(text.get(plain_from..).unwrap_or_default());
    }

    // Where the elements of what is opened start.
    fn open(&mut self, bracket: char) -> usize {
        self.json.push(bracket);
        self.json.len()
    }

    // A comma before every element but the first.
    #[inline]
    fn next(&mut self, open: usize) {
        if self.json.len() > open {
            self.json.push(',');
        }
    }

    // A field whose name needs no escape, as those of structs. Answers where it starts.
    fn name(&mut self, open: usize, name: &'static str) -> usize {
        self.json.reserve(name.len().saturating_add(4));
        self.next(open);
        let start = self.json.len();
        self.json.push('"');
        self.json.push_str(name);
        self.json.push_str("\":");
        start
    }
}

const fn must_escape(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 32
}

fn escape(json: &mut String, byte: u8) {
    let short = match byte {
        8 => 'b',
        9 => 't',
        10 => 'n',
        12 => 'f',
        13 => 'r',
        0..32 => {
            let digit = byte & 15;
            json.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
            return json.push(char::from(digit + if digit < 10 { b'0' } else { b'a' - 10 }));
        }
        _ => char::from(byte),
    };
    json.push('\\');
    json.push(short);
}

/// The elements or fields of what is open.
pub(super) struct Parts<'w> {
    writer: &'w mut Writer,
    // Where they start.
    open: usize,
    // Whether it is inside `{"variant":…}`, which closes with it.
    variant: bool,
    // Where the map's field starts whose value comes next.
    key: usize,
}

impl<'w> Parts<'w> {
    fn new(writer: &'w mut Writer, bracket: char, variant: Option<&'static str>) -> Self {
        if let Some(name) = variant {
            writer.variant(name);
        }
        let open = writer.open(bracket);
        Self { writer, open, variant: variant.is_some(), key: 0 }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.writer.next(self.open);
        value.serialize(&mut *self.writer)
    }

    // The value of the field that starts here, whose name is written.
    fn value<T: Serialize + ?Sized>(&mut self, name: usize, value: &T) -> Result<(), Unwritable> {
        let start = self.writer.json.len();
        value.serialize(&mut *self.writer)?;
        if let (1, Some(fields)) = (self.open, &mut self.writer.fields) {
            fields.push(Field { name, value: start, end: self.writer.json.len() });
        }
        Ok(())
    }

    fn named<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        let name = self.writer.name(self.open, name);
        self.value(name, value)
    }

    fn close(self, bracket: char) -> Result<(), Unwritable> {
        self.writer.json.push(bracket);
        if self.variant {
            self.writer.json.push('}');
        }
        Ok(())
    }
}

impl Writer {
    fn variant(&mut self, name: &'static str) {
        let open = self.open('{');
        self.name(open, name);
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
        self.json.push_str(if truth { "true" } else { "false" });
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
        if core::mem::take(&mut self.verbatim) {
            self.json.push_str(text);
        } else {
            self.string(text);
        }
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
        self.json.push_str("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.verbatim = name == VERBATIM;
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.json.push('}');
        Ok(())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '[', None))
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '[', None))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '[', None))
    }
    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '[', Some(variant)))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '{', None))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '{', None))
    }
    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'w>, Unwritable> {
        Ok(Parts::new(self, '{', Some(variant)))
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
                self.close(']')
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
                self.close('}')
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.writer.next(self.open);
        self.key = self.writer.json.len();
        key.serialize(&mut *self.writer)?;
        self.writer.json.push(':');
        // Only a text is a name.
        if self.writer.json.get(self.key..).is_some_and(|name| name.starts_with('"')) { Ok(()) } else { Err(Unwritable) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.value(self.key, value)
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close('}')
    }
}
