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
        ("getCustomer", json!({ "customer": 7 }), "ledger.bad_request", "input"),
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
