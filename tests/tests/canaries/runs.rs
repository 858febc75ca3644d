//! Every operation run, on every way it can end that is known here.
use std::collections::BTreeSet;
use std::sync::{Mutex, Once};

use daicho::store::{Overlay, Row};
use daicho::*;
use daicho_tests::canary::{CANARIES, canary_in};
use daicho_tests::*;
use serde_json::{Value, json};

use crate::inputs::{actor, inputs, key, salon};
use crate::operations::{OPERATIONS, printed, run, said};
use crate::stores::{Damage, Damaged, Failing, WAYS};
use crate::types::Types;

/// Operations whose answer is what the ledger holds of people.
const HOLDS: &[&str] = &[
    "discloseCustomer",
    "explainCustomer",
    "exportCustomers",
    "exportReservations",
    "exportTickets",
    "findDuplicates",
    "getCustomer",
    "getCustomerForm",
    "getCustomerRows",
    "getDocument",
    "getDuplicates",
    "getListings",
    "getPoints",
    "getReservations",
    "getSales",
    "getSegments",
    "getTicket",
    "getTickets",
    "getVisits",
    "importRows",
    "journal",
    "listDuplicates",
    "listListed",
    "listPhoneRegistrations",
    "listReservations",
    "listTickets",
    "listWithdrawn",
    "parseQuery",
    "previewErasure",
    "previewMerge",
    "printQuery",
    "searchCustomers",
];
/// Errors that bring along, in their `data`, what a program needs to go on and nobody may log: the three values of an edit, the keys of two names.
const BRINGS: &[&str] = &["customer.conflict", "merge.name_mismatch"];

/// What is nobody's by its place in an input: the salon's own words, and the file's.
const NOBODYS: &[&str] = &["/terms/name", "/settings/"];

/// Everything that was captured of a run.
#[derive(Default)]
struct Seen {
    holds: BTreeSet<String>,
    brings: BTreeSet<String>,
    codes: BTreeSet<String>,
    runs: usize,
}

fn silent(what: &str, shown: &str) {
    assert_eq!(canary_in(shown.as_bytes()), None, "{what}: {shown}");
}

impl Seen {
    // One request through the JSON door; the answer's code.
    fn door(&mut self, what: &str, desk: &Desk<&dyn Store>, request: &str) -> String {
        self.runs += 1;
        let answer = store::run(*desk.ledger.store(), desk.ledger.salon(), desk.ledger.session().call(request));
        let answer = answer.unwrap_or_else(|error| panic!("{what}: {}", said(&error.into())));
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        let Some(error) = answer.get_mut("error").and_then(Value::as_object_mut) else {
            if canary_in(answer.to_string().as_bytes()).is_some() {
                self.holds.insert(what.split(' ').next().unwrap_or(what).to_owned());
            }
            return "ok".to_owned();
        };
        let data = error.remove("data").unwrap_or_default();
        let code = error["code"].as_str().unwrap_or_default().to_owned();
        if canary_in(data.to_string().as_bytes()).is_some() {
            self.brings.insert(code.clone());
        }
        silent(what, &format!("{error:?}"));
        self.codes.insert(code.clone());
        code
    }

    // One operation with one input: typed, and through the JSON door, each on a store as it was.
    fn operation<'s>(&mut self, what: &str, store: &dyn Fn() -> Box<dyn Store + 's>, operation: &str, input: &Value) -> String {
        let stores = [store(), store()];
        if let Some(shown) = run(&desk(&*stores[0], operation), operation, input) {
            self.runs += 1;
            silent(what, &shown);
        }
        let desk = desk(&*stores[1], operation);
        self.door(what, &desk, &request(&desk, operation, input).to_string())
    }
}

fn desk<'s>(store: &'s dyn Store, operation: &str) -> Desk<&'s dyn Store> {
    static CALLS: Mutex<usize> = Mutex::new(0);
    let mut calls = CALLS.lock().unwrap();
    *calls += 1;
    let mut desk = Desk::over(store);
    desk.ledger = Ledger::open(store, id("salon-1")).with_block_key(key()).keeping_no_index();
    desk.actor = actor(operation, *calls);
    if operation == "withdraw" {
        desk.channel = Channel::Site;
    }
    desk
}

fn request(desk: &Desk<&dyn Store>, operation: &str, input: &Value) -> Value {
    json!({
        "operation": operation, "input": input, "actor": desk.actor, "channel": desk.channel, "now": desk.now,
        "key": format!("key-{}", desk.actor.id), "entropy": "0".repeat(32),
    })
}

thread_local! {
    static PANICS: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

// What a panic says is printed: there is none.
fn no_panic(test: impl FnOnce()) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.with_borrow_mut(|panics| panics.push(panic.to_string()));
            before(panic);
        }));
    });
    test();
    assert_eq!(PANICS.take(), Vec::<String>::new());
}

#[test]
fn a4_no_operation_that_succeeds_prints_anything_personal_and_only_answers_hold_it() {
    let base = MemoryStore::new();
    salon(&base);
    let inputs = inputs(&base);
    let (mut seen, mut failed) = (Seen::default(), Vec::new());
    for operation in OPERATIONS {
        let name = operation.name;
        let input = inputs.get(name).unwrap_or_else(|| panic!("{name} has no input with canaries"));
        let code = seen.operation(name, &|| Box::new(Overlay::new(&base)), name, input);
        if code != "ok" {
            failed.push(format!("{name}: {code}"));
        }
    }
    assert_eq!(failed, Vec::<String>::new());
    assert_eq!(seen.holds.iter().map(String::as_str).collect::<Vec<_>>(), HOLDS);
    // As many different texts stand in the salon as are asked for, and no record prints any.
    let mut kept = String::new();
    for kind in Kind::ALL {
        for record in base.scan(&id("salon-1"), *kind, None, 1_000).unwrap().records {
            kept += &record.to_json().unwrap();
            silent(kind.name(), &printed(&record));
            silent(kind.name(), &printed(&Row::of(&record).unwrap()));
        }
    }
    let texts: BTreeSet<&str> = kept.split("CANARY ").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(texts.len() + CANARIES.len() >= 40, "{texts:?}");
    for entry in base.changes(&id("salon-1"), 0, 1_000).unwrap() {
        silent("entry", &format!("{} {}", printed(&entry), printed(&entry.read().unwrap())));
    }
    let keys = daicho::log::Read::Key { kind: Kind::Customer, key: "phone:カナリア".into() };
    silent("read", &printed(&keys));
}

const LONG: usize = 2_000;

// The value with one of its leaves, or one object more, made wrong; what was done to which.
fn spoiled(value: &Value) -> Vec<(String, Value)> {
    let wrong = |leaf: &Value| -> Vec<Value> {
        let Some(text) = leaf.as_str() else { return vec![json!("カナリア 090-5555-5555"), json!(-1), json!({ "CANARY": 1 })] };
        vec![
            json!("カナリア".repeat(LONG)),
            json!(format!("{text}カナリア\u{0}\u{202E}")),
            json!(""),
            json!("CANARY, expected カナリア"),
            json!("missing field `CANARY`"),
            json!("1955-55-55 55555555"),
            json!("c999"),
            json!([text, "CANARY"]),
            json!(5_555_555_555_u64),
        ]
    };
    let mut all = Vec::new();
    let mut paths = vec![String::new()];
    while let Some(path) = paths.pop() {
        let put = |all: &mut Vec<(String, Value)>, new: Value| {
            let mut changed = value.clone();
            *changed.pointer_mut(&path).unwrap() = new;
            all.push((path.clone(), changed));
        };
        match value.pointer(&path).unwrap() {
            Value::Object(fields) => {
                paths.extend(fields.keys().map(|field| format!("{path}/{field}")));
                let more = fields.iter().map(|(name, value)| (name.clone(), value.clone()));
                put(&mut all, Value::Object(more.chain([("カナリア, expected CANARY".to_owned(), json!("CANARY"))]).collect()));
                put(&mut all, json!("CANARY"));
            }
            Value::Array(items) => {
                paths.extend((0..items.len()).map(|n| format!("{path}/{n}")));
                put(&mut all, Value::Array(items.iter().cycle().take(items.len() * 70).cloned().collect()));
                put(&mut all, json!("CANARY"));
            }
            leaf => wrong(leaf).into_iter().for_each(|new| put(&mut all, new)),
        }
    }
    all
}

#[test]
fn a4_no_operation_that_is_refused_says_whom_it_is_about() {
    let base = MemoryStore::new();
    salon(&base);
    let mut seen = Seen::default();
    let fresh = || -> Box<dyn Store + '_> { Box::new(Overlay::new(&base)) };
    no_panic(|| {
        for (name, input) in inputs(&base) {
            for (path, wrong) in
                spoiled(&input).into_iter().filter(|(path, _)| !NOBODYS.iter().any(|own| format!("{name} {path}").contains(own)))
            {
                seen.operation(&format!("{name} {path} {wrong}"), &fresh, name, &wrong);
            }
            // By those who may not, and by whoever is no actor at all.
            let store = fresh();
            let mut desk = desk(&*store, name);
            let request = request(&desk, name, &input);
            for (path, wrong) in spoiled(&request).into_iter().filter(|(path, _)| !path.starts_with("/input/")) {
                seen.door(&format!("{name} {path} {wrong}"), &desk, &wrong.to_string());
            }
            for role in [Role::Customer, Role::Staff, Role::System] {
                desk.actor = if role == Role::Customer { Actor::customer(id("guest"), id("c6")) } else { Actor::new(id("other"), role) };
                silent(name, &run(&desk, name, &input).unwrap());
            }
            // JSON that ends too early.
            let text = request.to_string();
            for (end, _) in text.char_indices().step_by(7) {
                seen.door(&format!("{name} until {end}"), &desk, &text[..end]);
            }
        }
        // Whose errors bring along what they are about.
        let (mut form, merge) =
            (inputs(&base)["editCustomer"]["form"].clone(), json!({ "source": "c5", "target": "c4", "fingerprint": "" }));
        form["company"] = json!("CANARY of old");
        seen.operation("a stale edit", &fresh, "editCustomer", &json!({ "customer": "c4", "basedOn": 1, "form": form }));
        seen.operation("two names", &fresh, "merge", &merge);
        // And whatever a type may be, made of canaries alone.
        let types = Types::read();
        for operation in OPERATIONS {
            for turn in 0..20 {
                let Some((input, filled)) = types.fill(operation.input, turn) else { continue };
                let nobodys = filled.canaries.iter().filter(|(_, place)| crate::NOBODYS.contains(&place.as_str()));
                let input = nobodys.fold(input.to_string(), |input, (canary, _)| input.replace(canary, "見出し"));
                let input: Value = serde_json::from_str(&input.replace("号", "5555-5555").replace("c7", "c4")).unwrap();
                seen.operation(&format!("{} {turn} {input}", operation.name), &fresh, operation.name, &input);
            }
        }
    });
    assert_eq!(seen.brings.iter().map(String::as_str).collect::<Vec<_>>(), BRINGS);
    println!("{} runs, {} codes", seen.runs, seen.codes.len());
    assert!(seen.runs > 10_000 && seen.codes.len() > 60, "{} runs, {} codes: {:?}", seen.runs, seen.codes.len(), seen.codes);
}

#[test]
fn a4_no_store_that_fails_or_is_damaged_makes_an_operation_say_what_lies_in_it() {
    let base = MemoryStore::new();
    salon(&base);
    let inputs = inputs(&base);
    let mut seen = Seen::default();
    let bodies = Kind::ALL.iter().flat_map(|kind| (0..WAYS).map(|way| Damage::Bodies(*kind, way)));
    let damages: Vec<Damage> = bodies.chain((0..WAYS).map(Damage::Entries)).chain((0..3).map(Damage::Block)).collect();
    no_panic(|| {
        for (name, input) in &inputs {
            for calls in 0..9 {
                seen.operation(&format!("{name} after {calls}"), &|| Box::new(Failing::after(calls, &base)), name, input);
            }
            for damage in &damages {
                seen.operation(&format!("{name} {damage:?}"), &|| Box::new(Damaged { store: &base, damage: *damage }), name, input);
            }
        }
    });
    for code in ["store.failed", "store.corrupt"] {
        assert!(seen.codes.contains(code), "{:?}", seen.codes);
    }
    println!("{} runs", seen.runs);
}

#[test]
fn a5_a_check_names_no_breach_by_what_is_personal() {
    let base = MemoryStore::new();
    salon(&base);
    let mut breaches = 0;
    for kind in Kind::ALL {
        for record in base.scan(&id("salon-1"), *kind, None, 1_000).unwrap().records {
            // What it says of others, of its own parts and of its keys holds no more.
            let body = record.to_json().unwrap();
            for (from, to) in
                [("\"c3\"", "\"c5\""), ("\"version\":1", "\"version\":7"), ("5555", "5655"), ("CANARY", "カナリア"), ("100", "101")]
            {
                let Ok(wrong) = Record::from_json(*kind, &body.replace(from, to)) else { continue };
                let store = Overlay::new(&base);
                let desk = desk(&store, "check");
                if desk.force(wrong).is_err() {
                    continue;
                }
                let report = desk.ledger.check();
                let shown = match &report {
                    Ok(report) => format!("{} {}", printed(report), serde_json::to_string(report).unwrap()),
                    Err(error) => said(error),
                };
                breaches += report.map_or(0, |report| report.breaches.len());
                silent(kind.name(), &shown);
            }
        }
    }
    assert!(breaches > 100, "{breaches}");
}
