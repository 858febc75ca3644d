//! A4, A5, I5: whatever stands in a request, the JSON door answers; an error tells nothing that is somebody's; and whatever was taken leaves a sound ledger.
#![no_main]

use daicho::store::Overlay;
use daicho::{
    Actor, Book, Channel, Context, CustomerForm, Entropy, EntryPath, Instant, Ledger, Line, LineKind, MemoryStore, RegisterCustomer, Role,
    Yen,
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::sync::OnceLock;

const MORNING: i64 = 1_795_222_800_000;

// Two customers, one of them with a reservation.
fn salon() -> &'static MemoryStore {
    static SALON: OnceLock<MemoryStore> = OnceLock::new();
    SALON.get_or_init(|| {
        let store = MemoryStore::new();
        let ledger = Ledger::open(&store, "salon".parse().expect("an id"));
        let context = |n: u8| Context {
            actor: Actor::new("manager".parse().expect("an id"), Role::Manager),
            channel: Channel::Counter,
            now: Instant(MORNING),
            key: format!("k{n}").parse().expect("a key"),
            entropy: Entropy([n; 16]),
        };
        for n in 1..=2 {
            let form = CustomerForm {
                family_name: "ひみつ".into(),
                given_name: "花子".into(),
                family_kana: Some("ヒミツ".into()),
                given_kana: Some("ハナコ".into()),
                phones: vec![format!("090-1234-567{n}")],
                emails: vec![format!("a{n}@example.jp")],
                ..CustomerForm::default()
            };
            ledger.execute(&RegisterCustomer { path: EntryPath::Counter, form, line: None }, &context(n)).expect("a customer");
        }
        let line = Line { menu: "cut".parse().expect("an id"), staff: None, price: Yen(4_400), kind: LineKind::Basic };
        let book = Book {
            customer: "c1".parse().expect("an id"),
            shop: "shop".parse().expect("an id"),
            staff: None,
            lines: vec![line],
            start: Instant(MORNING + 3_600_000),
            end: Instant(MORNING + 7_200_000),
            comment: None,
            prepay: false,
            tentative: false,
            tickets: Vec::new(),
        };
        ledger.execute(&book, &context(3)).expect("a reservation");
        drop(ledger);
        store
    })
}

// Lines `operation input`, run one after the other; a line that begins with { is a whole request.
fuzz_target!(|text: &str| {
    let ledger = Ledger::open(Overlay::new(salon()), "salon".parse().expect("an id")).keeping_no_index();
    let mut taken = false;
    for (n, line) in text.lines().take(8).enumerate() {
        let request = if line.starts_with('{') {
            line.to_owned()
        } else {
            let (operation, input) = line.split_once(' ').unwrap_or((line, "{}"));
            let role = match operation {
                "linkLine" | "identifyLineCustomer" => json!({ "id": "host", "role": "system" }),
                "withdraw" => json!({ "id": "guest", "role": "customer", "customer": "c2" }),
                _ => json!({ "id": "boss", "role": "manager" }),
            };
            let channel = if operation == "withdraw" { "site" } else { "counter" };
            format!(
                r#"{{"operation":{},"input":{input},"actor":{role},"channel":"{channel}","now":{MORNING},"key":"n{n}","entropy":"{n:032x}"}}"#,
                json!(operation)
            )
        };
        let answer: Value = serde_json::from_str(&ledger.call(&request).expect("an answer")).expect("of JSON");
        assert!(answer.get("ok").is_some() != answer.get("error").is_some(), "{answer}");
        let code = answer["error"]["code"].as_str().unwrap_or_default();
        assert!(!["ledger.encoding", "store.corrupt", "ledger.too_many_reads", "ledger.too_many_conflicts"].contains(&code), "{answer}");
        assert!(!answer["error"]["detail"].as_str().unwrap_or_default().contains("ひみつ"), "{answer}");
        taken |= answer["ok"].get("changed").is_some();
    }
    if taken {
        let report = ledger.check().expect("a check");
        assert!(report.breaches.is_empty(), "{:?}", report.breaches);
    }
});
