//! A4, A1, C8: whatever lies in a store under a kind is a record or a typed error that quotes nothing; a record is the same after it was written; and what two
//! states differ in leads from one to the other and back.
#![no_main]

use daicho::error::StoreError;
use daicho::log::{Entry, differences, revert, roll_back, roll_forward, three_way};
use daicho::store::Row;
use daicho::{Kind, Record};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let (first, rest) = text.split_once('\n').unwrap_or(("", text));
    if let Some(kind) = Kind::named(first) {
        record(kind, rest);
    } else if first == "entry" {
        entry(rest);
    } else if let Some((one, other)) = rest.split_once('\n') {
        states(one, other);
    }
});

fn record(kind: Kind, body: &str) {
    let Ok(record) = Record::from_json(kind, body) else {
        let row = Row { kind, id: "c1".into(), parent: None, keys: Vec::new(), body: body.to_owned() };
        let Err(StoreError::Corrupt { detail, .. }) = row.record() else { panic!("no record, and not damaged") };
        assert!(detail.len() < 4_000 && !detail.contains("ひみつ"), "{detail}");
        return;
    };
    let written = record.to_json().expect("a record is written");
    let again = Record::from_json(kind, &written).unwrap_or_else(|error| panic!("{written}: {error}"));
    assert!(again == record, "{written}");
    assert_eq!(again.to_json().expect("and again"), written);
    assert_eq!(Row::of(&again), Row::of(&record));
    assert!(!format!("{record:?}").contains("ひみつ"));
    let _ = (record.bound_to(), record.owner(), record.owned_version(), record.parent(), record.keys());
    if let Record::Sealed(sealed) = &record {
        let _ = (sealed.digest(), sealed.differences());
    }
}

fn entry(body: &str) {
    let entry = Entry { sequence: 1, body: body.to_owned(), hash: String::new() };
    let Ok(read) = entry.read() else { return };
    let written = Entry::of(&read).expect("an entry is written");
    assert!(written.read().expect("and read") == read);
    for change in &read.changes {
        let _ = change.fields.differences(change.operation);
    }
}

fn states(one: &str, other: &str) {
    let read = |text: &str| {
        serde_json::from_str::<Value>(text)
            .ok()
            .filter(|value| value.as_object().is_some_and(|fields| fields.values().all(|value| !value.is_null())))
    };
    let (Some(before), Some(after)) = (read(one), read(other)) else { return };
    let change = differences(Some(&before), Some(&after));
    let (mut forward, mut back) = (before.as_object().cloned().unwrap_or_default(), after.as_object().cloned().unwrap_or_default());
    roll_forward(&mut forward, &change);
    assert_eq!(Value::Object(forward.clone()), after);
    roll_back(&mut back, &change);
    assert_eq!(Value::Object(back), before);
    assert_eq!(revert(&mut forward, &change), Vec::<String>::new());
    assert_eq!(Value::Object(forward), before, "taken back");
    // Nobody else changed anything: mine it is; both did the same: no conflict.
    assert_eq!(three_way(&before, &before, &after), (after.clone(), Vec::new()));
    assert_eq!(three_way(&before, &after, &after), (after.clone(), Vec::new()));
    assert_eq!(three_way(&before, &after, &before), (after, Vec::new()));
}
