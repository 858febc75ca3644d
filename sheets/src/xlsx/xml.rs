//! XML events, without the things a workbook never needs and an attacker does.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::archive::{Directory, Failure, PartReader};
use crate::error::{Part, SheetError};

/// Deeper than this no part of a workbook goes.
const DEEPEST: u32 = 64;

/// What the reader meets next. Names are local ones: writers choose their own prefixes.
pub(crate) enum Node<'b> {
    /// An element begins; an empty one begins and ends.
    Start(Tag<'b>),
    /// The innermost element ends.
    End,
    /// Text inside the innermost element.
    Text(Cow<'b, str>),
    /// A comment or an instruction.
    Other,
    /// The part ends, with every element closed.
    Eof,
}

/// The tag that begins an element.
pub(crate) struct Tag<'b> {
    start: BytesStart<'b>,
    part: Part,
    offset: u64,
}

impl Tag<'_> {
    /// Its name without the prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The values of the attributes of these names, in their order. A name with a colon before it (`:id`) is one whose
    /// prefix the writer chose.
    pub(crate) fn attributes<const N: usize>(&self, names: [&str; N]) -> Result<[Option<Cow<'_, str>>; N], SheetError> {
        let bad = |problem| SheetError::BadXml { part: self.part, offset: self.offset, problem };
        let mut values = [const { None }; N];
        let mut attributes = self.start.attributes();
        // The reader's own check for duplicates is quadratic; the one below sees those that matter.
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|_| bad("an attribute is malformed"))?;
            let (key, prefix) = attribute.key.decompose();
            for (name, value) in names.iter().zip(values.iter_mut()) {
                let (wanted, prefixed) = name.strip_prefix(':').map_or((*name, false), |name| (name, true));
                if key.as_ref() != wanted || prefix.is_some() != prefixed {
                    continue;
                }
                let text = attribute.normalized_value(XmlVersion::Implicit1_0);
                let text = text.map_err(|_| bad("an attribute holds an unknown entity"))?;
                if value.replace(text).is_some() {
                    return Err(bad("an attribute stands twice"));
                }
            }
        }
        Ok(values)
    }
}

/// One part of a workbook, read as XML.
pub(crate) struct Xml<'a> {
    reader: Reader<PartReader<'a>>,
    buffer: Vec<u8>,
    depth: u32,
    part: Part,
}

impl<'a> Xml<'a> {
    /// Opens the part of that name.
    pub(crate) fn open(directory: &Directory<'a>, name: &str, part: Part) -> Result<Self, SheetError> {
        let entry = directory.find(name).ok_or(SheetError::MissingPart { part })?;
        let mut reader = Reader::from_reader(directory.open(entry)?);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0, part })
    }

    /// An error at the present place.
    pub(crate) fn bad(&self, problem: &'static str) -> SheetError {
        SheetError::BadXml { part: self.part, offset: self.reader.buffer_position(), problem }
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, SheetError> {
        let Self { reader, buffer, depth, part } = self;
        let part = *part;
        buffer.clear();
        reader.get_mut().allow_token();
        let event = reader.read_event_into(buffer);
        let offset = reader.buffer_position();
        let bad = |problem| Err(SheetError::BadXml { part, offset, problem });
        match event {
            Ok(Event::Start(start)) => {
                *depth = depth.saturating_add(1);
                if *depth > DEEPEST {
                    return bad("its elements are nested too deeply");
                }
                Ok(Node::Start(Tag { start, part, offset }))
            }
            Ok(Event::End(_)) => {
                *depth = depth.saturating_sub(1);
                Ok(Node::End)
            }
            Ok(Event::Text(text)) => Ok(Node::Text(end_of_lines(text.into_inner()))),
            Ok(Event::CData(text)) => Ok(Node::Text(end_of_lines(text.into_inner()))),
            Ok(Event::GeneralRef(reference)) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(Cow::Owned(character.to_string())),
                    Ok(None) => resolve_predefined_entity(&reference).map(Cow::Borrowed),
                    Err(_) => None,
                };
                known.map_or_else(|| bad("it holds an unknown entity"), |text| Ok(Node::Text(text)))
            }
            Ok(Event::Comment(_) | Event::PI(_)) => Ok(Node::Other),
            Ok(Event::Decl(declaration)) => match declaration.encoding() {
                None => Ok(Node::Other),
                Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii") => Ok(Node::Other),
                Some(_) => bad("it is not in UTF-8"),
            },
            // Nothing a workbook needs, and the place where entities that grow are declared.
            Ok(Event::DocType(_)) => bad("it declares a document type"),
            // The reader gives an empty element as a beginning and an end.
            Ok(Event::Empty(_)) => bad("it is not well-formed"),
            Ok(Event::Eof) if *depth > 0 => bad("it ends too early"),
            Ok(Event::Eof) => Ok(Node::Eof),
            Err(_) => match reader.get_mut().take_failure() {
                Some(Failure::Archive(error)) => Err(error),
                Some(Failure::LongToken) => bad("a piece of it is too long"),
                None => bad("it is not well-formed"),
            },
        }
    }

    /// Passes over the rest of the innermost element.
    pub(crate) fn skip(&mut self) -> Result<(), SheetError> {
        let mut open = 1_u32;
        while open > 0 {
            match self.next()? {
                Node::Start(_) => open = open.saturating_add(1),
                Node::End => open = open.saturating_sub(1),
                Node::Text(_) | Node::Other => {}
                Node::Eof => return Err(self.bad("it ends too early")),
            }
        }
        Ok(())
    }

    /// Appends the text directly inside the innermost element, to its end. `false`: there was more than `most` bytes, and
    /// the rest was passed over.
    pub(crate) fn text(&mut self, into: &mut String, most: usize) -> Result<bool, SheetError> {
        let mut fits = true;
        loop {
            match self.next()? {
                Node::Text(text) if fits && into.len().saturating_add(text.len()) <= most => into.push_str(&text),
                Node::Text(_) => fits = false,
                Node::Start(_) => self.skip()?,
                Node::End => return Ok(fits),
                Node::Other => {}
                Node::Eof => return Err(self.bad("it ends too early")),
            }
        }
    }

    /// Appends the text of a string item: its own and its runs', one after the other. Phonetic runs ふりがな, which Excel
    /// keeps beside the text, are no part of it. `false` as for [`Xml::text`].
    pub(crate) fn rich_text(&mut self, into: &mut String, most: usize) -> Result<bool, SheetError> {
        let mut fits = true;
        let mut open = 1_u32;
        while open > 0 {
            match self.next()? {
                Node::Start(tag) => match tag.name() {
                    "t" => fits &= self.text(into, most)?,
                    "r" => open = open.saturating_add(1),
                    _ => self.skip()?,
                },
                Node::End => open = open.saturating_sub(1),
                Node::Text(_) | Node::Other => {}
                Node::Eof => return Err(self.bad("it ends too early")),
            }
        }
        Ok(fits)
    }

    /// Reads the part to its end without looking, so that damage after the last event of interest is found too.
    pub(crate) fn finish(&mut self) -> Result<(), SheetError> {
        self.reader.get_mut().drain()
    }
}

/// XML knows one end of a line; a carriage return that is meant is written as a reference.
fn end_of_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}
