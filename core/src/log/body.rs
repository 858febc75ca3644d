//! An entry's body as text: byte for byte what serde_json writes, without its detours. Every command writes one, and most of it is JSON inside
//! JSON.

use super::{Actor, EntryBody, EntryChange, Operation};
use crate::record::Channel;

// What stands around the fields of a change, and around the changes, nearly always.
const AROUND: usize = 256;

/// The body as JSON text.
pub(super) fn written(body: &EntryBody) -> String {
    // Each field by name: a new one is not forgotten here.
    let EntryBody { sequence, previous, at, actor: Actor { id, role, customer }, channel, command, key, changes } = body;
    // A quarter more for the backslashes.
    let room = |change: &EntryChange| change.fields.len().saturating_add(change.fields.len() / 4).saturating_add(AROUND);
    let mut out = String::with_capacity(changes.iter().map(room).fold(AROUND + AROUND, usize::saturating_add));
    out.push_str("{\"sequence\":");
    out.push_str(&sequence.to_string());
    text(&mut out, ",\"previous\":", previous);
    out.push_str(",\"at\":");
    out.push_str(&at.0.to_string());
    text(&mut out, ",\"actor\":{\"id\":", id.as_str());
    text(&mut out, ",\"role\":", role.name());
    if let Some(customer) = customer {
        text(&mut out, ",\"customer\":", &customer.to_string());
    }
    text(&mut out, "},\"channel\":", channel_name(*channel));
    text(&mut out, ",\"command\":", command);
    text(&mut out, ",\"key\":", key.as_str());
    let mut before = ",\"changes\":[";
    for EntryChange { kind, id, operation, customer, fields, sealed } in changes {
        out.push_str(core::mem::replace(&mut before, ","));
        text(&mut out, "{\"kind\":", kind.name());
        text(&mut out, ",\"id\":", id);
        text(&mut out, ",\"operation\":", operation_name(*operation));
        if let Some(customer) = customer {
            text(&mut out, ",\"customer\":", &customer.to_string());
        }
        text(&mut out, ",\"fields\":", fields);
        if let Some(sealed) = sealed {
            text(&mut out, ",\"sealed\":", sealed);
        }
        out.push('}');
    }
    out.push_str(if changes.is_empty() { "}" } else { "]}" });
    out
}

const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Site => "site",
        Channel::Line => "line",
        Channel::Phone => "phone",
        Channel::Counter => "counter",
        Channel::StaffApp => "staffApp",
        Channel::System => "system",
    }
}

const fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "create",
        Operation::Update => "update",
        Operation::Remove => "remove",
    }
}

// A name as it stands, and a text in quotes.
fn text(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push('"');
    let mut rest = value;
    // A quote or a backslash needs only a backslash before it: it is then written with what follows.
    let mut behind = 0;
    while let Some(at) = rest.bytes().skip(behind).position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let Some((plain, special)) = rest.split_at_checked(behind.saturating_add(at)) else { break };
        out.push_str(plain);
        (rest, behind) = match special.chars().next() {
            Some('"' | '\\') => {
                out.push('\\');
                (special, 1)
            }
            Some(control) => {
                escape(out, control);
                (special.get(1..).unwrap_or_default(), 0)
            }
            None => break,
        };
    }
    out.push_str(rest);
    out.push('"');
}

fn escape(out: &mut String, control: char) {
    match control {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        _ => {
            let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
            out.push_str("\\u00");
            out.push(digit(u32::from(control) / 16));
            out.push(digit(u32::from(control) % 16));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::CustomerId;
    use crate::log::Role;
    use crate::record::Kind;
    use crate::time::Instant;

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof!["\\PC{0,8}", "[\"\\\\\\x00-\\x20\u{7f}\u{2028}山😀a]{0,12}", Just(r#"{"a":[null,"\"\\"]}"#.to_owned())]
    }

    fn change() -> impl Strategy<Value = EntryChange> {
        let operation = prop::sample::select(vec![Operation::Create, Operation::Update, Operation::Remove]);
        let customer = prop::option::of(any::<u32>().prop_map(CustomerId::from_ordinal));
        (prop::sample::select(Kind::ALL), texts(), operation, customer, texts(), prop::option::of(texts()))
            .prop_map(|(kind, id, operation, customer, fields, sealed)| EntryChange { kind, id, operation, customer, fields, sealed })
    }

    fn actor() -> impl Strategy<Value = Actor> {
        let customer = prop::option::of(any::<u32>().prop_map(CustomerId::from_ordinal));
        ("[!-~山]{1,8}", prop::sample::select(Role::ANYONE), customer).prop_map(|(id, role, customer)| Actor {
            id: id.parse().unwrap(),
            role,
            customer,
        })
    }

    fn body() -> impl Strategy<Value = EntryBody> {
        use Channel::{Counter, Line, Phone, Site, StaffApp, System};
        let channel = prop::sample::select(vec![Site, Line, Phone, Counter, StaffApp, System]);
        let head = (any::<u32>(), texts(), any::<i64>().prop_map(Instant), actor(), channel, texts(), "[!-~山]{1,8}");
        (head, prop::collection::vec(change(), 0..4)).prop_map(|((sequence, previous, at, actor, channel, command, key), changes)| {
            EntryBody { sequence, previous, at, actor, channel, command, key: key.parse().unwrap(), changes }
        })
    }

    proptest! {
        #[test]
        fn it_is_the_text_that_serde_writes(body in body()) {
            prop_assert_eq!(written(&body), serde_json::to_string(&body).unwrap());
        }
    }
}
