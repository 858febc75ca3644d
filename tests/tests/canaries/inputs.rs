//! For each operation an input that succeeds in the salon of [`salon`], with a canary in every text that it takes.
use std::collections::BTreeMap;

use daicho::*;
use daicho_tests::canary::{self, canary, life};
use daicho_tests::*;
use serde_json::{Value, json};

/// A salon in which every kind of record tells of somebody who is all canaries.
pub(crate) fn salon(store: &MemoryStore) {
    let mut desk = Desk::over(store);
    desk.ledger = Ledger::open(store, id("salon-1")).with_block_key(key());
    let life = life(&mut desk).unwrap();
    let plain = |family: &str, n: u32| CustomerForm {
        family_name: family.into(),
        number_aliases: vec![],
        phones: vec![format!("090-5555-555{n}")],
        emails: vec![format!("CANARY{n}@example.jp")],
        ..canary::form()
    };
    // c4 has bought something, was edited and has something ahead, c5 nothing at all, c6 may be c4.
    let regular = desk.register(plain("金糸雀", 6)).unwrap();
    desk.edit(regular, |form| form.company = Some(canary("later company"))).unwrap();
    let goods = SaleLine { name: Some(canary("goods")), ..till::line(SaleItem::Retail { product: id("wax") }, 500) };
    desk.run(till::sale(regular, None, vec![goods], 500)).unwrap();
    let blank = desk.register(plain("金糸雀野", 7)).unwrap();
    desk.book(regular, MORNING.plus_ms(9 * DAY)).unwrap();
    desk.register(plain("金糸雀", 8)).unwrap();
    let pair = desk.register(plain("カナリア", 9)).unwrap();
    desk.run(MarkNotSame { one: pair, other: life.other, take_back: false }).unwrap();
    let condition = Condition::Text { field: TextField::Name, contains: "カナリア".into() };
    desk.run(SaveSegment { segment: id("birds"), based_on: 0, name: canary("segment"), condition }).unwrap();
    desk.phone_in("金糸雀", "カナリア", "090-5555-5550").unwrap();
    let black = desk.register(plain("カナリア園", 4)).unwrap();
    desk.list(black, ListKind::Black, &canary("black memo")).unwrap();
    for (n, who) in [black, desk.register(plain("カナリア町", 3)).unwrap()].into_iter().enumerate() {
        let manager = std::mem::replace(&mut desk.actor, Actor::customer(id(&format!("account-{n}")), who));
        desk.channel = Channel::Site;
        desk.run(Withdraw { customer: who, reason: canary("withdrawal"), cancel_reservations: true }).unwrap();
        (desk.actor, desk.channel) = (manager, Channel::Counter);
    }
    assert_eq!((life.source, life.who, regular, blank), (id("c2"), id("c3"), id("c4"), id("c5")), "ids that the inputs name");
    assert_eq!(desk.breaches().unwrap(), Vec::new());
    // So that its index is kept.
    desk.ledger.search(&ListMerges {}, &desk.actor, desk.now).unwrap();
    desk.ledger.search(&SearchCustomers::default(), &desk.actor, desk.now).unwrap();
}

pub(crate) fn key() -> BlockKey {
    BlockKey::new(&[7; 32]).unwrap()
}

/// Who calls an operation, where it is not the manager.
pub(crate) fn actor(operation: &str, nth: usize) -> Actor {
    match operation {
        "withdraw" => Actor::customer(id(&format!("guest-{nth}")), id("c4")),
        "linkLine" | "identifyLineCustomer" => Actor::new(id(&format!("host-{nth}")), Role::System),
        _ => Actor::new(id(&format!("boss-{nth}")), Role::Manager),
    }
}

/// The inputs.
pub(crate) fn inputs(store: &MemoryStore) -> BTreeMap<&'static str, Value> {
    let desk = Desk::over(store);
    let mut form = serde_json::to_value(canary::form()).unwrap();
    (form["familyName"], form["givenName"], form["numberAliases"]) = (json!("金糸雀原"), json!("カナリア"), json!([canary("alias")]));
    let own = desk.form(id("c4")).unwrap();
    let version = desk.customer(id("c4")).unwrap().version;
    let settings = desk.ask(GetSettings {}).unwrap();
    let listings = desk.ask(GetListings { customer: id("c3") }).unwrap().listings;
    let listing = listings.iter().find(|listing| listing.state == ListingState::Standing).unwrap();
    let visit = desk.ask(GetVisits { customer: id("c3") }).unwrap().visits.remove(0);
    let visit = serde_json::to_value(visit).unwrap();
    let ahead = desk.ask(GetReservations { customer: id("c4") }).unwrap().reservations.remove(0).reservation;
    let balance = desk.ask(GetPoints { customer: id("c3") }).unwrap();
    let balance = serde_json::to_value(balance).unwrap();
    let fingerprint = desk.preview(id("c6"), id("c4")).unwrap().fingerprint;
    let other = LineLink { user: canary("other user"), ..canary::line() };
    let pair = || json!({ "source": "c6", "target": "c4" });
    let query = || json!({ "query": "名前に「カナリア」を含む" });
    let cells = json!([{ "type": "text", "text": "金糸雀" }, { "type": "text", "text": "カナリア" }, { "type": "number", "literal": "9055555555" }]);
    let column = |position: u32, column: &str| json!({ "position": position, "column": column, "heading": "見出し" });
    let columns = json!([column(1, "familyName"), column(2, "givenName"), column(3, "phone")]);
    let with = |mut value: Value, more: Value| {
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        value
    };
    let who = |customer: &str| json!({ "customer": customer });
    let entered = json!({ "day": "2026-11-02", "amount": 800, "serviceMemo": canary("service"), "proposalMemo": canary("proposal") });
    let goods = json!([{ "item": { "type": "retail", "product": "wax" }, "name": canary("goods"), "price": 1_000, "quantity": 1, "rate": "standard" }]);
    let criteria = json!({
        "criteria": {
            "name": "カナリア", "number": "カナリア", "phone": "5555-5555", "email": "CANARY", "postalCode": "555", "address": "CANARY",
            "customField": { "name": canary("field"), "text": "CANARY" }
        }
    });
    let book = Book { comment: Some(canary("comment")), ..cut(id("c5"), MORNING.plus_ms(3 * DAY)) };
    BTreeMap::from([
        ("configureSalon", json!({ "settings": settings })),
        ("registerCustomer", json!({ "path": "counter", "form": form, "line": other })),
        (
            "registerByPhone",
            json!({ "familyName": "金糸雀", "givenName": "カナリア", "familyKana": "ｶﾅﾘｱ", "givenKana": "カナリア", "phone": "090-5555-5551" }),
        ),
        ("editCustomer", json!({ "customer": "c4", "basedOn": version, "form": own })),
        ("linkLine", json!({ "customer": "c4", "line": other })),
        ("identifyLineCustomer", json!({ "line": other, "form": form })),
        ("addListing", json!({ "customer": "c5", "list": "grey", "memo": canary("memo") })),
        ("editListing", json!({ "listing": listing.id, "basedOn": listing.version, "memo": canary("memo") })),
        ("removeListing", json!({ "listing": listing.id })),
        ("book", serde_json::to_value(book).unwrap()),
        ("moveReservation", json!({ "reservation": "r4", "to": { "type": "waiveFee", "reason": canary("waiver") } })),
        ("reschedule", json!({ "reservation": ahead.id, "start": MORNING.plus_ms(8 * DAY), "end": MORNING.plus_ms(8 * DAY + HOUR) })),
        ("checkOut", json!({ "customer": "c3", "shop": "shop-1", "lines": goods, "payments": [{ "method": "cash", "amount": 1_000 }] })),
        ("voidSale", json!({ "sale": "s3", "reason": canary("void") })),
        (
            "saveTicketPlan",
            json!({ "plan": "six", "basedOn": 0, "terms": { "name": "顔剃り", "price": 1, "uses": 1, "valid": { "type": "days", "days": 1 } } }),
        ),
        ("extendTicket", json!({ "ticket": "t1", "to": "2028-02-01", "reason": canary("extension") })),
        ("adjustTicket", json!({ "ticket": "t1", "uses": 1, "reason": canary("uses") })),
        ("adjustPoints", json!({ "customer": "c3", "seen": balance["now"]["balance"], "balance": 500, "reason": canary("points") })),
        ("addVisit", json!({ "customer": "c3", "form": entered })),
        ("editVisit", json!({ "visit": visit["id"], "basedOn": visit["version"], "form": entered })),
        ("removeVisit", json!({ "visit": visit["id"], "basedOn": visit["version"] })),
        ("setLastVisit", json!({ "customer": "c3", "day": "2026-11-20" })),
        (
            "saveSegment",
            json!({ "segment": "more", "basedOn": 0, "name": canary("name"), "condition": { "type": "customField", "name": canary("field"), "contains": "CANARY" } }),
        ),
        ("removeSegment", json!({ "segment": "birds", "basedOn": 1 })),
        ("recountFigures", json!({ "customers": ["c3"] })),
        ("markNotSame", json!({ "one": "c4", "other": "c5" })),
        ("merge", with(pair(), json!({ "fingerprint": fingerprint }))),
        ("unmerge", json!({ "merge": "m2" })),
        ("withdraw", json!({ "customer": "c4", "reason": canary("withdrawal"), "cancelReservations": true })),
        ("deleteCustomer", who("c5")),
        ("noteRequest", json!({ "customer": "c3", "request": "disclosure" })),
        ("eraseCustomer", who("c6")),
        ("importRows", json!({ "import": "file-2", "columns": columns, "dateSystem": "d1900", "rows": [{ "row": 2, "cells": cells }] })),
        ("undoImport", json!({ "import": "file-1" })),
        ("getSettings", json!({})),
        ("getCustomer", who("c3")),
        ("getReservations", who("c3")),
        ("getListings", who("c3")),
        ("mayBook", json!({ "customer": "c3", "channel": "counter" })),
        ("getFigures", json!({ "customer": "c3", "asOf": MORNING.plus_ms(-DAY) })),
        ("getVisits", who("c3")),
        ("quoteSale", json!({ "customer": "c3", "shop": "shop-1", "lines": goods })),
        ("getSales", who("c3")),
        ("getDocument", json!({ "sale": "s1", "kind": "invoice" })),
        ("getTicketPlans", json!({})),
        ("getTickets", who("c3")),
        ("getTicket", json!({ "ticket": "t1" })),
        ("getPoints", who("c3")),
        ("getSegments", json!({})),
        ("listRecipes", json!({})),
        ("explainCustomer", with(query(), json!({ "customer": "c3", "tongue": "japanese" }))),
        ("parseQuery", with(query(), json!({ "tongue": "japanese" }))),
        ("printQuery", json!({ "condition": { "type": "text", "field": "name", "contains": "カナリア" } })),
        ("completeQuery", with(query(), json!({ "tongue": "japanese" }))),
        ("listSearchFields", json!({})),
        ("previewMerge", pair()),
        ("getMerges", who("c3")),
        ("getCustomerForm", who("c3")),
        ("previewWithdrawal", who("c3")),
        ("listWithdrawn", json!({})),
        ("previewErasure", who("c3")),
        ("listErased", json!({})),
        (
            "readHeading",
            json!({ "cells": [{ "type": "text", "text": "姓" }, { "type": "text", "text": "名" }, { "type": "text", "text": "血液型" }] }),
        ),
        ("getImport", json!({ "import": "file-1" })),
        ("searchCustomers", json!({ "criteria": { "name": "カナリア", "phone": "5555", "email": "CANARY", "address": "CANARY" } })),
        ("findCustomers", query()),
        ("packCustomers", criteria),
        ("getCustomerRows", json!({ "customers": ["c3"] })),
        ("followSegments", json!({ "follower": "desk", "segments": ["birds"] })),
        ("listListed", json!({ "list": "grey" })),
        ("listPhoneRegistrations", json!({})),
        ("listReservations", json!({})),
        ("listUnresolved", json!({})),
        ("listLabels", json!({})),
        ("listTickets", json!({ "all": true })),
        ("listDuplicates", json!({ "tongue": "japanese" })),
        ("getDuplicates", json!({ "customer": "c4", "tongue": "japanese" })),
        ("findDuplicates", json!({ "form": form, "lineName": "カナリア", "tongue": "japanese" })),
        ("listMerges", json!({})),
        ("exportCustomers", query()),
        ("exportReservations", json!({})),
        ("exportTickets", json!({})),
        ("check", json!({})),
        ("journal", json!({ "since": 0, "limit": 100 })),
        ("discloseCustomer", who("c3")),
    ])
}
