//! Commands one after the other, as requests, with what each must answer and what the ledger must be after each: taken from a run in memory.
#![allow(clippy::unwrap_used, reason = "tests stop where something is wrong")]

use daicho::import::{Cell, DateSystem, HeadingColumn, ImportColumn, ImportRow};
use daicho::log::digest_hex;
use daicho::store::Row;
use daicho::*;
use daicho_tests::{DAY, HOUR, MORNING, hanako, id};
use serde_json::Value;

use super::child::request;

/// How often the day's work is done.
const ROUNDS: u32 = 6;
/// How many rows each import takes.
const ROWS: u32 = 100;

pub(crate) struct Step {
    /// The command's name.
    pub(crate) kind: &'static str,
    pub(crate) request: String,
    /// What it answers, whether for the first time or again.
    pub(crate) answer: Value,
    /// The digest of everything the ledger holds after it.
    pub(crate) state: String,
}

pub(crate) struct Workload {
    pub(crate) steps: Vec<Step>,
    /// The digest of an empty ledger.
    pub(crate) empty: String,
}

impl Workload {
    /// What the ledger must be after so many steps.
    pub(crate) fn state_after(&self, steps: usize) -> &str {
        steps.checked_sub(1).map_or(self.empty.as_str(), |last| self.steps[last].state.as_str())
    }
}

/// The answer without the word that it was given before.
pub(crate) fn essence(mut answer: Value) -> Value {
    if let Some(ok) = answer.get_mut("ok").and_then(Value::as_object_mut) {
        ok.remove("replayed");
    }
    answer
}

/// Everything a store holds of the salon: the log, and each record with what it is found by.
pub(crate) fn state<S: Store>(store: &S) -> String {
    let salon: SalonId = id("salon-1");
    let mut parts = Vec::new();
    for entry in store.changes(&salon, 0, u32::MAX).unwrap() {
        parts.push(format!("{} {} {}\n", entry.sequence, entry.hash, entry.body));
    }
    for kind in Kind::ALL {
        for record in store.scan(&salon, *kind, None, u32::MAX).unwrap().records {
            let row = Row::of(&record).unwrap();
            parts.push(format!("{} {} {:?} {:?} {}\n", kind.name(), row.id, row.parent, row.keys, row.body));
        }
    }
    digest_hex(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

struct Writer {
    ledger: Ledger<MemoryStore>,
    steps: Vec<Step>,
}

impl Writer {
    fn add<C: Command>(&mut self, command: &C) -> C::Output {
        let number = self.steps.len();
        let request = request(command, &format!("step-{number}"), number);
        let answer: Value = serde_json::from_str(&self.ledger.call(&request).unwrap()).unwrap();
        let output = serde_json::from_value(answer["ok"]["output"].clone()).unwrap();
        self.steps.push(Step { kind: C::NAME, request, answer: essence(answer), state: state(self.ledger.store()) });
        output
    }

    fn register(&mut self, phone: u32) -> CustomerId {
        let form = hanako(&format!("090-0000-{phone:04}"), &format!("hanako-{phone}@example.jp"));
        self.add(&RegisterCustomer { path: EntryPath::Counter, form, line: None }).customer
    }

    fn book(&mut self, customer: CustomerId, day: u32) -> ReservationId {
        let start = Instant(MORNING.0 - i64::from(day) * DAY);
        let lines = vec![Line { menu: id("cut"), staff: None, price: Yen(4_400), kind: LineKind::Basic }];
        let book = Book {
            customer,
            shop: id("shop-1"),
            staff: None,
            lines,
            start,
            end: start.plus_ms(HOUR),
            comment: None,
            prepay: false,
            tentative: false,
            tickets: Vec::new(),
        };
        self.add(&book).reservation
    }

    fn import(&mut self, first: u32) {
        let columns = [(1, ImportColumn::FamilyName, "姓"), (2, ImportColumn::GivenName, "名"), (3, ImportColumn::Phone, "電話番号")];
        let columns = columns.map(|(position, column, heading)| HeadingColumn { position, column, heading: heading.into() }).to_vec();
        // Every tenth row repeats the one before it, and is a customer who exists already.
        let row = |row: u32| {
            let person = if row % 10 == 9 { row - 1 } else { row };
            ImportRow {
                row,
                cells: vec![Cell::text("佐藤"), Cell::text(format!("客{person}")), Cell::text(format!("080-1111-{person:04}"))],
            }
        };
        self.add(&ImportRows {
            import: id("import-1"),
            columns,
            date_system: DateSystem::D1900,
            rows: (first..first + ROWS).map(row).collect(),
        });
    }

    fn merge(&mut self, source: CustomerId, target: CustomerId) {
        let manager = Actor::new(id("manager-1"), Role::Manager);
        let preview = self.ledger.query(&PreviewMerge { source, target, from_source: vec![], line: None }, &manager, MORNING).unwrap();
        self.add(&MergeCustomers { source, target, from_source: vec![], line: None, fingerprint: preview.fingerprint });
    }
}

pub(crate) fn workload() -> Workload {
    let mut writer = Writer { ledger: Ledger::open(MemoryStore::new(), id("salon-1")), steps: Vec::new() };
    let empty = state(writer.ledger.store());
    for round in 0..ROUNDS {
        let (source, target) = (writer.register(round * 2), writer.register(round * 2 + 1));
        writer.import(2 + round * ROWS);
        let first = writer.book(source, round);
        writer.book(source, round + 10);
        writer.book(target, round + 20);
        writer.add(&MoveReservation { reservation: first, to: Move::Visit });
        writer.merge(source, target);
    }
    Workload { steps: writer.steps, empty }
}
