//! Every type of the public face, as the committed TypeScript declarations say it: values in which each text is a canary can be made of any of them.
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

const DECLARATIONS: &str = include_str!("../../../bindings-wasm/api/wasm/daicho.types.d.ts");
/// Deeper than any value has to be: conditions hold conditions.
const DEEP: usize = 24;

#[derive(Clone, Debug)]
enum Shape {
    Named(String),
    Text,
    Number,
    Flag,
    Literal(String),
    List(Box<Self>),
    Object(Vec<(String, Self)>),
    OneOf(Vec<Self>),
    /// An id: a text that is one.
    Id,
    /// Fields of a record, by name.
    Fields,
}

/// The declared types.
pub(crate) struct Types(BTreeMap<String, Shape>);

/// A value in which each text is another canary.
#[derive(Default)]
pub(crate) struct Filled {
    /// The canaries, each with where it stands: `CustomerForm.familyName`.
    pub(crate) canaries: Vec<(String, String)>,
    turn: usize,
    /// How many ways there are at the most to choose among what a type may be.
    pub(crate) turns: usize,
}

struct Reader<'t>(&'t str);

impl<'t> Reader<'t> {
    fn skip(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        let rest = self.0.strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn word(&mut self) -> Option<&'t str> {
        self.skip();
        let end = self.0.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        (end > 0).then_some(word)
    }

    fn shape(&mut self) -> Option<Shape> {
        self.take("|");
        let mut all = vec![self.single()?];
        while self.take("|") {
            all.push(self.single()?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Shape::OneOf(all) })
    }

    fn single(&mut self) -> Option<Shape> {
        let mut shape = if self.take("{") {
            Shape::Object(self.fields()?)
        } else if self.take("\"") {
            let (text, rest) = self.0.split_once('"')?;
            self.0 = rest;
            Shape::Literal(text.to_owned())
        } else {
            match self.word()? {
                "string" if self.take("&") => {
                    self.take("{");
                    self.0 = self.0.split_once('}')?.1;
                    Shape::Id
                }
                "string" => Shape::Text,
                "number" => Shape::Number,
                "boolean" => Shape::Flag,
                "Record" => {
                    self.0 = self.0.split_once('>')?.1;
                    Shape::Fields
                }
                name => Shape::Named(name.to_owned()),
            }
        };
        while self.take("[]") {
            shape = Shape::List(Box::new(shape));
        }
        Some(shape)
    }

    fn fields(&mut self) -> Option<Vec<(String, Shape)>> {
        let mut fields = Vec::new();
        while !self.take("}") {
            let name = self.word()?.to_owned();
            self.take("?");
            if !self.take(":") {
                return None;
            }
            fields.push((name, self.shape()?));
            self.take(";");
        }
        Some(fields)
    }
}

fn without_comments(text: &str) -> String {
    let pieces = text.split("/**").enumerate();
    pieces.map(|(n, piece)| if n == 0 { piece } else { piece.split_once("*/").map_or("", |(_, rest)| rest) }).collect()
}

impl Types {
    pub(crate) fn read() -> Self {
        let text = without_comments(DECLARATIONS);
        let mut types = BTreeMap::new();
        for declaration in text.split("export ").skip(1) {
            let mut reader = Reader(declaration);
            let (interface, alias) = (reader.take("interface "), reader.take("type "));
            let Some(name) = reader.word().filter(|_| interface || alias) else { continue };
            let shape = if interface && reader.take("{") {
                reader.fields().map(Shape::Object)
            } else if alias && reader.take("=") {
                reader.shape()
            } else {
                None
            };
            // What is left out is TypeScript's own: methods, generics.
            types.extend(shape.map(|shape| (name.to_owned(), shape)));
        }
        Self(types)
    }

    /// A value of a type, the `turn`th of those it may be; none where the type is not declared.
    pub(crate) fn fill(&self, name: &str, turn: usize) -> Option<(Value, Filled)> {
        let mut filled = Filled { turn, ..Filled::default() };
        let value = self.value(&Shape::Named(name.to_owned()), name, 0, &mut filled)?;
        Some((value, filled))
    }

    fn value(&self, shape: &Shape, place: &str, depth: usize, filled: &mut Filled) -> Option<Value> {
        if depth > DEEP {
            return None;
        }
        Some(match shape {
            Shape::Named(name) => match name.as_str() {
                "Packed" => json!(""),
                _ => self
                    .value(self.0.get(name)?, if place.contains('.') { place } else { name }, depth, filled)
                    .map(|value| if matches!(self.0.get(name), Some(Shape::Id)) { json!(id_of(name)) } else { value })?,
            },
            Shape::Id => json!(""),
            Shape::Text => filled.canary(place),
            Shape::Number => json!(if place.ends_with(".year") { 1955 } else { 7 }),
            Shape::Flag => json!(true),
            Shape::Literal(text) => json!(text),
            Shape::Fields => {
                let canary = filled.canary(place);
                json!({ "comment": canary })
            }
            Shape::List(of) => json!(self.value(&renamed(of), place, depth + 1, filled).map_or_else(Vec::new, |value| vec![value])),
            Shape::Object(fields) => {
                let owner = place.split('.').next().unwrap_or(place);
                let mut object = Map::new();
                for (name, shape) in fields {
                    // Inside a named type its own name counts, and not the path to it.
                    let place = match shape {
                        Shape::Named(inner) if matches!(self.0.get(inner), Some(Shape::Object(_) | Shape::OneOf(_))) => inner.clone(),
                        Shape::List(of) => match &**of {
                            Shape::Named(inner) if matches!(self.0.get(inner), Some(Shape::Object(_) | Shape::OneOf(_))) => inner.clone(),
                            _ => format!("{owner}.{name}"),
                        },
                        _ => format!("{owner}.{name}"),
                    };
                    if let Some(value) = self.value(shape, &place, depth + 1, filled) {
                        object.insert(name.clone(), value);
                    }
                }
                Value::Object(object)
            }
            Shape::OneOf(all) => {
                filled.turns = filled.turns.max(all.len());
                // What would go too deep is passed over.
                (0..all.len()).find_map(|n| {
                    let before = filled.canaries.len();
                    let value = self.value(&all[(filled.turn + n) % all.len()], place, depth + 1, filled);
                    let whole = value.filter(|value| complete(value, &all[(filled.turn + n) % all.len()]));
                    if whole.is_none() {
                        filled.canaries.truncate(before);
                    }
                    whole
                })?
            }
        })
    }
}

fn renamed(of: &Shape) -> Shape {
    of.clone()
}

// Whether each field of an object came about.
fn complete(value: &Value, shape: &Shape) -> bool {
    match shape {
        Shape::Object(fields) => fields.iter().all(|(name, _)| value.get(name).is_some()),
        _ => true,
    }
}

impl Filled {
    fn canary(&mut self, place: &str) -> Value {
        let canary = format!("カナリア{}号", self.canaries.len() + 1);
        self.canaries.push((canary.clone(), place.to_owned()));
        json!(canary)
    }
}

fn id_of(name: &str) -> &'static str {
    match name {
        "CustomerId" => "c7",
        "Date" => "2026-11-21",
        "ListingId" => "l7",
        "ManualVisitId" => "v7",
        "MergeId" => "m7",
        "PointLotId" => "p7",
        "ReservationId" => "r7",
        "SaleId" => "s7",
        "TicketId" => "t7",
        _ => "host-7",
    }
}
