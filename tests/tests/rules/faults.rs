//! Errors say which field of the request is wrong, or which kind of id what is wrong stands under: A4.
use daicho::*;
use daicho_tests::*;

fn fault(desk: &Desk<MemoryStore>, operation: &str, input: &serde_json::Value) -> (String, serde_json::Value) {
    let answer: serde_json::Value = serde_json::from_str(&desk.call(operation, input)).unwrap();
    (answer["error"]["code"].as_str().unwrap_or_default().to_owned(), answer["error"]["fields"].clone())
}

#[test]
fn a4_an_error_names_the_field_or_the_kind_of_id_at_fault() {
    use serde_json::json;
    let mut desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let booked = desk.book(who, MORNING.plus_ms(DAY)).unwrap();
    let confirm = json!({ "reservation": booked, "to": { "type": "confirm" } });
    for (operation, input, code, field) in [
        ("getCustomer", json!({ "customer": "c9" }), "customer.not_found", "customer"),
        ("moveReservation", confirm, "booking.not_allowed", "reservation"),
        ("moveReservation", json!({ "reservation": "r9", "to": { "type": "confirm" } }), "booking.not_found", "reservation"),
        ("getTicket", json!({ "ticket": "t9" }), "ticket.not_found", "ticket"),
        ("voidSale", json!({ "sale": "s9", "reason": "x" }), "sale.not_found", "sale"),
        ("removeVisit", json!({ "visit": "v9", "basedOn": 1 }), "visit.not_found", "visit"),
        (
            "configureSalon",
            json!({ "settings": { "version": 0, "calendar": { "utcOffsetMinutes": 841, "dayStartsMinutes": 0 } } }),
            "time.calendar",
            "calendar",
        ),
        ("configureSalon", json!({ "settings": { "version": 0, "unmergeDays": 3_651 } }), "salon.setting", "unmergeDays"),
        ("configureSalon", json!({ "settings": { "version": 0, "channels": vec!["紹介"; 1_001] } }), "salon.setting", "channels"),
        ("configureSalon", json!({ "settings": { "version": 7 } }), "salon.version", "version"),
        // 電話番号 of a form is several, here it is one.
        ("registerByPhone", json!({ "familyName": "山田", "givenName": "花子", "phone": " " }), "customer.required", "phone"),
        ("registerByPhone", json!({ "familyName": "山田", "givenName": "花子", "phone": "123" }), "text.phone_not_accepted", "phone"),
        ("withdraw", json!({ "customer": who, "reason": "x" }), "access.forbidden", "actor"),
        ("getCustomer", json!({}), "ledger.bad_request", "customer"),
        ("getCustomer", json!({ "customer": 7 }), "ledger.bad_request", "customer"),
        ("getCustomer", json!({ "customer": "7" }), "access.bad_id", "customer"),
        ("book", json!({ "customer": who, "shop": "a shop" }), "access.bad_id", "shop"),
        ("journal", json!({ "since": 0, "limit": 0 }), "ledger.bad_request", "limit"),
        ("nothingOfTheKind", json!({}), "ledger.bad_request", "operation"),
    ] {
        assert_eq!(fault(&desk, operation, &input), (code.to_owned(), json!([field])), "{operation} {input}");
    }
    // A field that nobody knows is not named: its name came from outside, and may be anything.
    let odd = desk.call("getCustomer", &json!({ "customer": who, "山田花子": 1 }));
    assert!(odd.contains(r#""fields":["input"]"#) && !odd.contains("花子"), "{odd}");
    // Who has left, and who was merged.
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    desk.merge(other, who).unwrap();
    let error = desk.run(cut(other, MORNING.plus_ms(DAY))).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.not_active", vec!["customer".to_owned()]));
    // A refusal that tells the public nothing names no field either: it is the one of a full calendar (G3).
    desk.list(who, ListKind::Black, "暴言").unwrap();
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    let error = desk.run(cut(who, MORNING.plus_ms(DAY))).unwrap_err();
    assert_eq!((error.code(), error.fields().len()), ("booking.unavailable", 0));
}

// What the door says of `input` of an operation, given as it stands.
fn said(desk: &Desk<MemoryStore>, operation: &str, input: &str) -> serde_json::Value {
    let request = format!(
        "{{\"operation\":\"{operation}\",\"input\":{input},\"actor\":{{\"id\":\"m-1\",\"role\":\"manager\"}},\"channel\":\"counter\",\"now\":{},\"key\":\"k\",\"entropy\":\"{}\"}}",
        MORNING.0,
        "0".repeat(32)
    );
    serde_json::from_str::<serde_json::Value>(&desk.ledger.call(&request).unwrap()).unwrap()["error"].take()
}

const BOOK: &str = r#"{ "customer": "c1", "shop": "本店", "lines": [{ "menu": "cut", "price": 4400, "kind": "basic" },
    { "menu": "color", "price": 6600, "kind": "option" }], "start": 1795222800000, "end": 1795226400000, "comment": "\"ひみつ\" {[,:" }"#;

#[test]
fn a4_a_value_of_the_wrong_shape_is_named_by_its_path() {
    let desk = Desk::open();
    assert_eq!(said(&desk, "book", BOOK)["code"], "customer.not_found");
    let wrong = [
        ("1795222800000,", "\"ひみつ\",", "start", "input.start: expected i64"),
        ("1795226400000", "17952264000000000000000", "end", "input.end: expected i64"),
        ("1795226400000", "{ \"ひみつ\": 1 }", "end", "input.end: expected i64"),
        ("6600", "null", "lines[1].price", "input.lines[1].price: expected i64"),
        ("\"price\": 6600, ", "", "lines[1].price", "input.lines[1]: missing field `price`"),
        ("6600,", "6600, \"price\": 1,", "lines[1]", "input.lines[1]: duplicate field `price`"),
        ("6600,", "6600, \"ひみつ\": 1,", "lines[1]", "input.lines[1]: expected one of `menu`, `staff`, `price`, `kind`"),
        ("\"option\"", "\"ひみつ\"", "lines[1].kind", "input.lines[1].kind: expected one of `basic`, `option`, `ticket`"),
        ("\"option\"", "{ \"ひみつ\": 1 }", "lines[1].kind", "input.lines[1].kind: expected one of `basic`, `option`, `ticket`"),
        ("\"option\"", "7", "lines[1].kind", "input.lines[1].kind: expected a text that is one of those known"),
        ("\"option\"", "[\"ひみつ\"]", "lines[1].kind", "input.lines[1].kind: expected a text that is one of those known"),
        ("{ \"menu\": \"color\"", "\"ひみつ\", { \"menu\": \"color\"", "lines[1]", "input.lines[1]: expected struct Line"),
        ("\"\\\"ひみつ", "7, \"comment\": \"", "comment", "input.comment: expected a string"),
    ];
    for (right, wrong, field, detail) in wrong {
        let error = said(&desk, "book", &BOOK.replacen(right, wrong, 1));
        assert_eq!(error["code"], "ledger.bad_request", "{wrong}");
        assert_eq!(error["fields"], serde_json::json!([field]), "{wrong}");
        assert_eq!(error["detail"], format!("not a request: {detail}"), "{wrong}");
    }
    // What says its type in a field is read whole before it is understood: the path ends where it stands.
    let error = said(&desk, "moveReservation", r#"{ "reservation": "r1", "to": { "type": "waiveFee", "reason": 7 } }"#);
    assert_eq!((&error["fields"], &error["detail"]), (&serde_json::json!(["input"]), &"not a request: input: expected a string".into()));
    let error = said(&desk, "moveReservation", r#"{ "to": { "type": "waiveFee", "reason": 7 }, "reservation": "r1" }"#);
    assert_eq!((&error["fields"], &error["detail"]), (&serde_json::json!(["to"]), &"not a request: input.to: expected a string".into()));
    // What lacks a field may be the whole or what ends with it, if that says its type: then neither is accused.
    for (input, field, detail) in [
        (r#"{ "reservation": "r1", "to": { "type": "waiveFee" } }"#, "input", "input: missing field `reason`"),
        (r#"{ "reservation": "r1", "to": { "ひみつ": 1 } }"#, "to.type", "input.to: missing field `type`"),
        (r#"{ "to": { "type": "waiveFee" }, "reservation": "r1" }"#, "to.reason", "input.to: missing field `reason`"),
        (r#"{ "to": { "type": "waiveFee", "reason": "x" } }"#, "input", "input: missing field `reservation`"),
        (r#"{ "reservation": "r1" }"#, "to", "input: missing field `to`"),
    ] {
        let error = said(&desk, "moveReservation", input);
        assert_eq!(
            (&error["fields"], &error["detail"]),
            (&serde_json::json!([field]), &format!("not a request: {detail}").into()),
            "{input}"
        );
    }
    let error = said(&desk, "book", &BOOK.replacen("\"customer\": \"c1\", ", "", 1));
    assert_eq!(error["fields"], serde_json::json!(["customer"]));
    let cells = r#"[{ "type": "text", "text": "山田" }, { "type": "text", "text": 7 }, { "type": "text", "text": "ひみつ" }]"#;
    let input = format!(r#"{{ "import": "i1", "columns": [], "dateSystem": "d1900", "rows": [{{ "row": 2, "cells": {cells} }}] }}"#);
    assert_eq!(said(&desk, "importRows", &input)["fields"], serde_json::json!(["rows[0].cells"]));
    // What stands beside the input.
    let error =
        desk.ledger.call(r#"{"operation":"getSettings","input":{},"actor":{"id":"m-1","role":"ひみつ"},"now":1795222800000}"#).unwrap();
    assert!(error.contains(r#"not a request: actor.role: expected one of"#) && error.contains(r#""fields":["actor.role"]"#), "{error}");
    let error = desk.ledger.call(r#"{"operation":"getSettings","input":{},"actor":{"id":"m-1","role":[7]},"now":1795222800000}"#).unwrap();
    assert!(
        error.contains(r#"not a request: actor.role: expected a text that is"#) && error.contains(r#""fields":["actor.role"]"#),
        "{error}"
    );
    let error =
        desk.ledger.call(r#"{"operation":"getSettings","input":{"ひみつ":[{}]},"actor":{"id":"m-1","role":"staff"},"now":"1"}"#).unwrap();
    assert!(error.contains("not a request: now: expected i64\""), "{error}");
}

#[test]
fn a4_a_part_of_a_condition_that_is_none_is_named_by_its_path() {
    let desk = Desk::open();
    let flag = r#"{ "type": "flag", "flag": "line" }"#;
    let own = r#"{ "type": "reservation", "that": { "type": "not", "that": { "type": "status", "of": ["visited"] } } }"#;
    let all = |part: &str| {
        format!(r#"{{ "condition": {{ "type": "all", "of": [{flag}, {{ "type": "not", "that": {part} }}, {own}] }}, "pageSize": 5 }}"#)
    };
    assert_eq!(said(&desk, "searchCustomers", &all(flag)), serde_json::Value::Null);
    let not = "condition.of[1].that";
    for (part, field, detail) in [
        (r#"{ "type": "count", "field": "visits", "count": { "type": "atLeast", "count": -3 } }"#, not, "that: expected u32"),
        (r#"{ "type": "count", "field": "visits" }"#, "condition.of[1].that.count", "that: missing field `count`"),
        (r#"{ "type": "any", "of": 7 }"#, not, "that: expected a sequence"),
        (r#"{ "type": "any" }"#, "condition.of[1].that.of", "that: missing field `of`"),
        (r#"{ "field": "ひみつ" }"#, "condition.of[1].that.type", "that: missing field `type`"),
        (r#""ひみつ""#, not, "that: expected internally tagged enum Condition"),
        (
            r#"{ "type": "any", "of": [{ "type": "text", "field": "name", "contains": ["ひみつ"] }] }"#,
            "condition.of[1].that.of[0]",
            "of[0]: expected a string",
        ),
        (
            r#"{ "type": "reservation", "that": { "type": "not", "that": { "type": "flag", "flag": "line" } } }"#,
            "condition.of[1].that.that.that",
            "that: expected one of `all`, `any`, `not`, `status`, `day`, `staff`, `menu`, `shop`",
        ),
        (
            r#"{ "type": "reservation", "that": { "type": "any", "of": [{ "type": "staff", "of": ["ひみつ ひみつ"] }] } }"#,
            "condition.of[1].that.that.of[0]",
            "of[0]: ",
        ),
    ] {
        let error = said(&desk, "searchCustomers", &all(part));
        assert_eq!(error["fields"], serde_json::json!([field]), "{part}: {error}");
        let text = error["detail"].as_str().unwrap();
        assert!(
            text.contains(&format!("input.{}", field.split(".of").next().unwrap())) && text.contains(detail) && !text.contains("ひみつ"),
            "{part}: {text}"
        );
    }
    // One reservation is within no other.
    let within = r#"{ "condition": { "type": "reservation", "that": { "type": "reservation", "that": { "type": "staff", "of": [7] } } } }"#;
    assert_eq!(said(&desk, "searchCustomers", within)["fields"], serde_json::json!(["condition.that"]));
    // No condition is no fault, nor is what has that name elsewhere.
    assert_eq!(said(&desk, "searchCustomers", r#"{ "condition": null, "pageSize": "x" }"#)["fields"], serde_json::json!(["pageSize"]));
    let other = said(&desk, "getCustomer", r#"{ "customer": "c1", "condition": 5 }"#);
    assert_eq!(other["detail"], "not a request: input: expected `customer`");
    // Every operation that takes one.
    for (operation, beside) in [
        ("searchCustomers", ""),
        ("findCustomers", ""),
        ("packCustomers", r#", "columns": []"#),
        ("exportCustomers", r#", "columns": []"#),
        ("explainCustomer", r#", "customer": "c1", "tongue": "english""#),
        ("saveSegment", r#", "segment": "s", "basedOn": 0, "name": "x""#),
        ("printQuery", ""),
    ] {
        let input = format!(r#"{{ "condition": {{ "type": "not", "that": {{ "type": "flag" }} }}{beside} }}"#);
        assert_eq!(said(&desk, operation, &input)["fields"], serde_json::json!(["condition.that.flag"]), "{operation}");
    }
    // The whole condition, and what stands beside it.
    assert_eq!(said(&desk, "searchCustomers", r#"{ "condition": { "type": "nothing" } }"#)["fields"], serde_json::json!(["condition"]));
    assert_eq!(said(&desk, "searchCustomers", &all(flag).replace("5", "true"))["fields"], serde_json::json!(["pageSize"]));
    // What lies too deep is no JSON that can be read.
    let deep = [r#"{ "type": "not", "that": "#.repeat(200), flag.to_owned(), "}".repeat(200)].concat();
    assert_eq!(said(&desk, "searchCustomers", &format!(r#"{{ "condition": {deep} }}"#))["code"], "ledger.bad_request");
}

#[test]
fn a4_an_id_that_cannot_be_one_is_told_as_such_wherever_it_stands() {
    let desk = Desk::open();
    let typed = Error::from("ひみつ の店".parse::<ShopId>().unwrap_err());
    assert_eq!((typed.code(), typed.fields().len()), ("access.bad_id", 0));
    for (right, wrong, field, detail) in [
        ("\"c1\"", "\"17\"", "customer", "input.customer: not a CustomerId: expected c1, c2, …"),
        ("\"本店\"", "\"ひみつ の店\"", "shop", &*format!("input.shop: {typed}")),
        (
            "\"color\"",
            "\"\"",
            "lines[1].menu",
            "input.lines[1].menu: not a MenuId: expected 1 to 128 bytes without spaces or control characters",
        ),
    ] {
        let error = said(&desk, "book", &BOOK.replacen(right, wrong, 1));
        assert_eq!((error["code"].as_str(), error["detail"].as_str()), (Some("access.bad_id"), Some(detail)));
        assert_eq!(error["fields"], serde_json::json!([field]));
    }
    let error = desk.ledger.call(r#"{"operation":"getSettings","input":{},"actor":{"id":"ひみつ の人","role":"staff"},"now":1}"#).unwrap();
    assert!(error.contains("access.bad_id") && error.contains(r#""fields":["actor.id"]"#) && !error.contains("ひみつ"), "{error}");
    // Another kind of value there is no id at all.
    assert_eq!(said(&desk, "book", &BOOK.replacen("\"c1\"", "1", 1))["code"], "ledger.bad_request");
}

#[test]
fn a4_whatever_is_cut_off_or_out_of_a_request_is_answered_and_not_repeated() {
    let desk = Desk::open();
    let whole = format!(
        r#"{{"operation":"book","input":{BOOK},"actor":{{"id":"m-1","role":"manager"}},"channel":"counter","now":{},"key":"k","entropy":"{}"}}"#,
        MORNING.0,
        "0".repeat(32)
    );
    // With something put in at a place, and so many characters after it left out.
    let broken = |at: usize, put: &str, without: usize| -> String {
        whole.chars().take(at).chain(put.chars()).chain(whole.chars().skip(at + without)).collect()
    };
    let end = whole.chars().count();
    let cuts = (0..end).map(|at| broken(at, "", end));
    let without = (0..end).map(|at| broken(at, "", 1));
    let instead = ["{", "[", "]", "}", "\"", "\\", "1", ",", ":", "\n"].iter().flat_map(|put| (0..end).map(|at| broken(at, put, 0)));
    for request in cuts.chain(without).chain(instead) {
        let answer = desk.ledger.call(&request).unwrap();
        assert!(answer.starts_with("{\"error\":{\"code\":\"") && !answer.contains("ひみつ"), "{request}\n{answer}");
    }
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    for input in [open.clone(), [open.as_str(), &close].concat(), format!("{{\"lines\":{open}{close}}}")] {
        assert_eq!(said(&desk, "book", &input)["code"], "ledger.bad_request");
    }
}
