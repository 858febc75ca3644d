//! Who may do what, once, and what is never shown: A2, A3, A4.
use daicho::*;
use daicho_tests::*;
use serde_json::{Value, json};

fn code(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer["error"]["code"].as_str().unwrap_or("ok").to_owned()
}

fn actor(role: Role) -> Actor {
    if role == Role::Customer { Actor::customer(id("account-1"), id("c1")) } else { Actor::new(id(role.name()), role) }
}

const ROLES: [Role; 4] = [Role::Customer, Role::Staff, Role::Manager, Role::System];

#[test]
fn a2_a_key_is_one_command_of_one_actor() {
    let mut desk = Desk::open();
    let command = RegisterCustomer { path: EntryPath::Counter, form: hanako("09012345678", "a@example.jp"), line: None };
    let context = desk.context();
    let first = desk.ledger.execute(&command, &context).unwrap();
    // Later, after other commands, through another channel: the first answer, and nothing is done twice.
    desk.edit(first.output.customer, |form| form.company = Some("花屋".into())).unwrap();
    desk.now = MORNING.plus_ms(30 * DAY);
    let again = desk.ledger.execute(&command, &Context { channel: Channel::StaffApp, now: desk.now, ..context.clone() }).unwrap();
    assert!(again.replayed && again.output == first.output && again.sequence == first.sequence);
    let head = desk.ledger.store().load(desk.ledger.salon(), &[]).unwrap().head.sequence;
    assert_eq!(head, 2);
    // The same key for the same input under another name, by another actor, or for another input.
    let other = Context { actor: Actor::new(id("staff-2"), Role::Staff), ..context.clone() };
    assert_eq!(desk.ledger.execute(&command, &other).unwrap_err().code(), "access.key_reused");
    let list = AddListing { customer: first.output.customer, list: ListKind::Watch, memo: "x".into() };
    assert_eq!(desk.ledger.execute(&list, &context).unwrap_err().code(), "access.key_reused");
    // A command that was refused left nothing under its key.
    let failing = Context { key: id("k"), ..context };
    assert!(desk.ledger.execute(&AddListing { memo: String::new(), ..list.clone() }, &failing).is_err());
    assert!(!desk.ledger.execute(&list, &failing).unwrap().replayed);
}

// Every operation with an input that can be read, and who may call it: c(ustomer), s(taff), m(anager), y(system).
fn operations() -> Vec<(&'static str, &'static str, Value)> {
    let form = json!({ "familyName": "山田", "givenName": "花子" });
    let settings = serde_json::to_value(Settings::default()).unwrap();
    let move_ = |to: Value| json!({ "reservation": "r1", "to": to });
    vec![
        ("configureSalon", "my", json!({ "settings": settings })),
        ("getSettings", "smy", json!({})),
        ("registerCustomer", "smy", json!({ "path": "counter", "form": form })),
        ("registerByPhone", "smy", json!({ "familyName": "", "givenName": "", "phone": "" })),
        ("editCustomer", "smy", json!({ "customer": "c1", "basedOn": 0, "form": form })),
        ("linkLine", "y", json!({ "customer": "c9" })),
        ("identifyLineCustomer", "y", json!({ "line": { "provider": "p", "user": "u" }, "form": form })),
        ("addListing", "smy", json!({ "customer": "c1", "list": "watch", "memo": "" })),
        ("editListing", "smy", json!({ "listing": "l9", "basedOn": 1, "memo": "x" })),
        ("removeListing", "smy", json!({ "listing": "l9" })),
        ("book", "csmy", serde_json::to_value(Book { lines: vec![], ..cut(id("c1"), MORNING) }).unwrap()),
        ("reschedule", "csmy", json!({ "reservation": "r9", "start": 0, "end": 1 })),
        ("moveReservation", "csmy", move_(json!({ "type": "cancelByCustomer" }))),
        ("moveReservation", "csmy", move_(json!({ "type": "choosePrepayment" }))),
        ("moveReservation", "smy", move_(json!({ "type": "refundPrepayment" }))),
        ("moveReservation", "smy", move_(json!({ "type": "undoVisit", "reason": "x" }))),
        ("checkOut", "smy", json!({ "customer": "c9" })),
        ("voidSale", "smy", json!({ "sale": "s9", "reason": "x" })),
        (
            "saveTicketPlan",
            "my",
            json!({ "plan": "p", "basedOn": 9, "terms": { "name": "x", "price": 1, "uses": 1, "valid": { "type": "days", "days": 1 } } }),
        ),
        ("extendTicket", "smy", json!({ "ticket": "t9", "to": "2027-01-01" })),
        ("adjustTicket", "smy", json!({ "ticket": "t9", "uses": 1, "reason": "x" })),
        ("adjustPoints", "smy", json!({ "customer": "c9", "seen": 0, "balance": 1, "reason": "x" })),
        ("addVisit", "smy", json!({ "customer": "c9", "form": { "day": "2026-11-21" } })),
        ("editVisit", "smy", json!({ "visit": "v9", "basedOn": 1, "form": { "day": "2026-11-21" } })),
        ("removeVisit", "smy", json!({ "visit": "v9", "basedOn": 1 })),
        ("setLastVisit", "smy", json!({ "customer": "c9", "day": "2026-11-21" })),
        ("recountFigures", "my", json!({ "customers": ["c1"] })),
        ("getFigures", "smy", json!({ "customer": "c1" })),
        ("getVisits", "smy", json!({ "customer": "c1" })),
        ("quoteSale", "smy", json!({ "customer": "c1" })),
        ("getSales", "csmy", json!({ "customer": "c1" })),
        ("getDocument", "csmy", json!({ "sale": "s9", "kind": "invoice" })),
        ("getTicketPlans", "csmy", json!({})),
        ("getTickets", "csmy", json!({ "customer": "c1" })),
        ("getTicket", "csmy", json!({ "ticket": "t9" })),
        ("getPoints", "csmy", json!({ "customer": "c1" })),
        ("listReservations", "smy", json!({})),
        ("listUnresolved", "smy", json!({})),
        ("listLabels", "smy", json!({})),
        ("listTickets", "smy", json!({})),
        ("moveReservation", "smy", move_(json!({ "type": "confirm" }))),
        ("moveReservation", "smy", move_(json!({ "type": "payPrepayment" }))),
        ("moveReservation", "smy", move_(json!({ "type": "visit" }))),
        ("moveReservation", "smy", move_(json!({ "type": "cancelByShop" }))),
        ("moveReservation", "smy", move_(json!({ "type": "noShow" }))),
        ("moveReservation", "smy", move_(json!({ "type": "payFee", "amount": 1 }))),
        ("moveReservation", "smy", move_(json!({ "type": "waiveFee", "reason": "x" }))),
        ("moveReservation", "smy", move_(json!({ "type": "enteredInError" }))),
        ("markNotSame", "smy", json!({ "one": "c1", "other": "c1" })),
        ("merge", "smy", json!({ "source": "c1", "target": "c1", "fingerprint": "" })),
        ("unmerge", "my", json!({ "merge": "m9" })),
        ("withdraw", "c", json!({ "customer": "c1", "reason": "x", "cancelReservations": true })),
        ("previewWithdrawal", "csmy", json!({ "customer": "c1" })),
        ("listWithdrawn", "smy", json!({})),
        ("deleteCustomer", "smy", json!({ "customer": "c9" })),
        ("noteRequest", "smy", json!({ "customer": "c1", "request": "erasure" })),
        ("exportCustomers", "my", json!({})),
        ("exportReservations", "my", json!({})),
        ("exportTickets", "my", json!({})),
        ("discloseCustomer", "my", json!({ "customer": "c1" })),
        ("eraseCustomer", "my", json!({ "customer": "c9" })),
        ("previewErasure", "smy", json!({ "customer": "c1" })),
        ("listErased", "smy", json!({})),
        ("saveSegment", "smy", json!({ "segment": "s", "basedOn": 0, "name": "x", "condition": { "type": "all", "of": [] } })),
        ("removeSegment", "smy", json!({ "segment": "s", "basedOn": 1 })),
        ("getSegments", "smy", json!({})),
        ("listRecipes", "smy", json!({})),
        ("explainCustomer", "smy", json!({ "customer": "c1", "query": "line", "tongue": "english" })),
        ("parseQuery", "smy", json!({ "query": "line", "tongue": "english" })),
        ("printQuery", "smy", json!({ "condition": { "type": "flag", "flag": "line" } })),
        ("completeQuery", "smy", json!({ "query": "", "tongue": "japanese" })),
        ("listSearchFields", "smy", json!({})),
        ("importRows", "smy", json!({ "import": "i", "dateSystem": "d1900" })),
        ("readHeading", "smy", json!({ "cells": [{ "type": "text", "text": "姓" }] })),
        ("undoImport", "my", json!({ "import": "none" })),
        ("getCustomer", "csmy", json!({ "customer": "c1" })),
        ("getCustomerForm", "smy", json!({ "customer": "c1" })),
        ("getReservations", "csmy", json!({ "customer": "c1" })),
        ("getListings", "smy", json!({ "customer": "c1" })),
        ("mayBook", "csmy", json!({ "customer": "c1", "channel": "site" })),
        ("previewMerge", "smy", json!({ "source": "c1", "target": "c1" })),
        ("getMerges", "smy", json!({ "customer": "c1" })),
        ("getImport", "smy", json!({ "import": "none" })),
        ("searchCustomers", "smy", json!({})),
        ("findCustomers", "smy", json!({})),
        ("packCustomers", "smy", json!({ "columns": ["visits", "amount"] })),
        ("getCustomerRows", "smy", json!({ "customers": ["c1"] })),
        ("followSegments", "smy", json!({ "follower": "x", "segments": ["none"] })),
        ("listListed", "smy", json!({ "list": "watch" })),
        ("listPhoneRegistrations", "smy", json!({})),
        ("listDuplicates", "smy", json!({ "tongue": "japanese" })),
        ("getDuplicates", "smy", json!({ "customer": "c1", "tongue": "japanese" })),
        ("findDuplicates", "smy", json!({ "form": { "familyName": "山田" }, "tongue": "english" })),
        ("listMerges", "smy", json!({})),
        ("check", "my", json!({})),
        ("journal", "my", json!({ "since": 0, "limit": 1 })),
    ]
}

const CHANNELS: [Channel; 6] = [Channel::Site, Channel::Line, Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System];

// Each cell of operations × roles × channels. Customers book and move through the site and LINE, and leave through the site (W1); for the rest a channel is told
// and decides nothing.
#[test]
fn a3_each_operation_is_for_its_roles_and_no_others() {
    let store = MemoryStore::new();
    let desk = Desk::over(&store);
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    desk.book(who, MORNING.plus_ms(DAY)).unwrap();
    let (mut cells, mut forbidden) = (0, 0);
    for (operation, allowed, input) in operations() {
        for (role, letter) in ROLES.into_iter().zip(["c", "s", "m", "y"]) {
            for channel in CHANNELS {
                let mut desk = Desk::over(daicho::store::Overlay::new(&store));
                (desk.actor, desk.channel) = (actor(role), channel);
                if letter == "m" {
                    desk.actor = Actor::new(id("manager-2"), Role::Manager);
                }
                let answer = desk.call(operation, &input);
                let code = code(&answer);
                let may = allowed.contains(letter);
                assert_ne!(code, "ledger.bad_request", "{operation}: {answer}");
                assert_eq!(code == "access.forbidden", !may, "{operation} by {role:?} through {channel:?}: {answer}");
                let elsewhere = may
                    && role == Role::Customer
                    && match operation {
                        "withdraw" => channel != Channel::Site,
                        "book" | "reschedule" | "moveReservation" => !matches!(channel, Channel::Site | Channel::Line),
                        _ => false,
                    };
                assert_eq!(code == "access.channel", elsewhere, "{operation} by {role:?} through {channel:?}: {answer}");
                // A key of another's, or an input that nobody could give, would hide who may.
                assert!(
                    !["access.key_reused", "access.actor_customer", "access.not_yours"].contains(&code.as_str()),
                    "{operation}: {answer}"
                );
                (cells, forbidden) = (cells + 1, forbidden + usize::from(!may));
            }
        }
    }
    assert!(cells >= 2_000 && forbidden >= 300, "{cells} cells, {forbidden} forbidden");
    // None is forgotten.
    let (commands, queries, searches, audits) = daicho::ledger::OPERATIONS;
    let all = [commands, queries, searches, audits].concat();
    let missing: Vec<&&str> = all.iter().filter(|name| !operations().iter().any(|(known, ..)| known == *name)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

#[test]
fn a3_a_customer_names_their_own_record_only_and_learns_of_no_other() {
    let mut desk = Desk::open();
    let (own, other) = (
        desk.register(hanako("09012345678", "a@example.jp")).unwrap(),
        desk.register(CustomerForm { given_name: "太郎".into(), ..hanako("0312345678", "b@example.jp") }).unwrap(),
    );
    let (mine, theirs) = (desk.book(own, MORNING.plus_ms(DAY)).unwrap(), desk.book(other, MORNING.plus_ms(DAY)).unwrap());
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), own), Channel::Site);
    let asked = |customer: CustomerId| {
        [
            desk.call("getCustomer", &json!({ "customer": customer })),
            desk.call("getReservations", &json!({ "customer": customer })),
            desk.call("mayBook", &json!({ "customer": customer, "channel": "site" })),
            desk.call("book", &serde_json::to_value(cut(customer, MORNING.plus_ms(5 * DAY))).unwrap()),
        ]
    };
    let moved = |reservation: ReservationId| {
        let start = MORNING.plus_ms(6 * DAY);
        [
            desk.call("reschedule", &json!({ "reservation": reservation, "start": start, "end": start.plus_ms(HOUR) })),
            desk.call("moveReservation", &json!({ "reservation": reservation, "to": { "type": "cancelByCustomer" } })),
        ]
    };
    assert!(asked(own).iter().chain(&moved(mine)).all(|answer| code(answer) == "ok"));
    // Somebody else's record and one that never was answer alike.
    assert_eq!(asked(other), asked(id("c999")));
    assert!(asked(other).iter().all(|answer| code(answer) == "access.not_yours"));
    let nobody = moved(id("r999")).map(|answer| answer.replace("r999", "r2"));
    assert_eq!((moved(theirs), theirs), (nobody, id("r2")));
}

#[test]
fn a3_a_customer_is_not_shown_what_is_the_shops_own() {
    let mut desk = Desk::open();
    let who = desk.register(CustomerForm { shop_comment: Some("CANARY".into()), ..hanako("09012345678", "a@example.jp") }).unwrap();
    desk.list(who, ListKind::Watch, "CANARY").unwrap();
    desk.actor = Actor::customer(id("account-1"), who);
    let answer = desk.call("getCustomer", &json!({ "customer": who }));
    assert!(code(&answer) == "ok" && !answer.contains("CANARY") && !answer.contains('❗'));
}

#[test]
fn a3_m6_the_account_of_a_merged_record_goes_on_as_its_target() {
    let mut desk = Desk::open();
    let all: Vec<CustomerId> = (0..3).map(|_| desk.register(hanako("09012345678", "a@example.jp")).unwrap()).collect();
    let booked = desk.book(all[0], MORNING.plus_ms(DAY)).unwrap();
    let stranger = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    desk.merge(all[0], all[1]).unwrap();
    desk.merge(all[1], all[2]).unwrap();
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), all[0]), Channel::Site);
    for who in &all {
        assert_eq!(desk.customer(*who).unwrap().id, all[2]);
    }
    assert!(desk.reservation(all[0], booked).unwrap().is_some());
    assert!(desk.book(all[2], MORNING.plus_ms(9 * DAY)).is_ok(), "books for whom they are now");
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().label, Some(Label::Cancelled));
    assert_eq!(desk.customer(stranger).unwrap_err().code(), "access.not_yours");
    // The target's own account does not become the source's.
    desk.actor = Actor::customer(id("account-3"), all[2]);
    assert_eq!(desk.customer(all[0]).unwrap_err().code(), "access.not_yours");
}

#[test]
fn a3_an_actor_says_which_customer_it_is_or_is_none() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    for actor in [Actor::new(id("x"), Role::Customer), Actor { customer: Some(who), ..Actor::new(id("x"), Role::Manager) }] {
        desk.actor = actor;
        assert_eq!(desk.customer(who).unwrap_err().code(), "access.actor_customer");
        assert_eq!(desk.book(who, MORNING.plus_ms(DAY)).unwrap_err().code(), "access.actor_customer");
    }
}

#[test]
fn a3_three_salons_side_by_side_see_nothing_of_each_other() {
    let store = MemoryStore::new();
    let desks: Vec<Desk<&MemoryStore>> = (1..=3).map(|n| Desk::over(&store).in_salon(&format!("salon-{n}"), &store)).collect();
    for round in 0..4 {
        for (n, desk) in desks.iter().enumerate() {
            let who = desk
                .register(CustomerForm {
                    company: Some(format!("salon {n}")),
                    number_aliases: vec![format!("旧{round}")],
                    ..hanako("09012345678", "a@example.jp")
                })
                .unwrap();
            assert_eq!(who.ordinal(), round + 1);
            desk.book(who, MORNING.plus_ms(DAY)).unwrap();
            if n == 1 {
                desk.list(who, ListKind::Black, "暴言").unwrap();
            }
        }
    }
    desks[0].merge(id("c1"), id("c2")).unwrap();
    for (n, desk) in desks.iter().enumerate() {
        for ordinal in 1..=4 {
            let card = desk.ask(GetCustomer { customer: CustomerId::from_ordinal(ordinal) }).unwrap();
            assert_eq!(card.customer.company, Some(format!("salon {n}")));
            assert_eq!((card.marks.len(), card.merged_from.is_some()), (usize::from(n == 1), n == 0 && ordinal == 1));
        }
        let journal = desk.ledger.journal(0, 100, &desk.actor).unwrap().entries;
        assert_eq!(journal.len(), [9, 12, 8][n]);
    }
    assert_eq!(desks[2].customer(id("c5")).unwrap_err().code(), "customer.not_found");
}

#[test]
fn a4_an_instant_that_no_salon_can_be_in_is_refused_by_its_field() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let told = |answer: &str| {
        let answer: Value = serde_json::from_str(answer).unwrap();
        (answer["error"]["code"].as_str().unwrap_or("ok").to_owned(), answer["error"]["fields"].clone())
    };
    let days = json!([{ "type": "average", "days": 0, "times": 1 }]);
    let asked = [
        ("getFigures", json!({ "customer": who, "asOf": i64::MIN }), "time.instant", "asOf"),
        ("getFigures", json!({ "customer": who, "frequencies": days }), "figures.frequency", "frequencies"),
        ("listReservations", json!({ "days": { "from": "2026-11-22", "to": "2026-11-21" } }), "time.range_reversed", "days"),
    ];
    for (operation, input, expected, field) in asked {
        assert_eq!(told(&desk.call(operation, &input)), (expected.to_owned(), json!([field])), "{operation}");
    }
    for now in [i64::MIN, i64::MAX, -3_218_691_600_001, 253_402_095_600_001] {
        desk.now = Instant(now);
        for (operation, input) in [
            ("registerByPhone", json!({ "familyName": "山田", "givenName": "花子", "phone": "0312345678" })),
            ("getCustomer", json!({ "customer": who })),
            ("searchCustomers", json!({})),
        ] {
            assert_eq!(told(&desk.call(operation, &input)), ("time.instant".to_owned(), json!(["now"])), "{operation} {now}");
        }
    }
    for now in [-3_218_691_600_000, 253_402_095_600_000] {
        desk.now = Instant(now);
        assert_eq!(told(&desk.call("searchCustomers", &json!({}))).0, "ok");
    }
    // A day that is none says how one is written.
    let answer = desk.call("setLastVisit", &json!({ "customer": who, "day": "2026/11/21" }));
    assert!(answer.contains("expected a day written yyyy-mm-dd"), "{answer}");
}
