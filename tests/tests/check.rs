//! The check (A5) and the journal (A1): a ledger that was only spoken to is sound, and every breach that is planted is named.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

use daicho::error::StoreError;
use daicho::log::{Entry, Read, Table, digest_hex};
use daicho::store::{Batch, Head, Loaded, Page};
use daicho::*;
use daicho_tests::*;
use serde_json::{Value, json};

/// What a store holds, to be tampered with.
#[derive(Clone)]
struct Kept {
    head: Head,
    entries: Vec<Entry>,
    records: Vec<Record>,
    /// Finds this id by every key, as a store does whose keys are stale.
    stale: Option<String>,
}

impl Kept {
    fn table(&self) -> Table {
        let mut table = Table::default();
        self.records.iter().for_each(|record| table.put(record.clone()));
        table
    }
    fn report(self) -> Vec<Breach> {
        let store = Frozen { table: self.table(), kept: self };
        Ledger::open(store, id("salon-1")).check().unwrap().breaches
    }
    fn edit(&mut self, kind: Kind, id: &str, pointer: &str, value: &Value) {
        let place =
            self.records.iter().position(|record| record.kind() == kind && record.id() == id).unwrap_or_else(|| panic!("{kind:?} {id}"));
        let mut json = self.records[place].to_value().unwrap();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        json.pointer_mut(parent).unwrap()[field] = value.clone();
        self.records[place] = Record::from_json(kind, &json.to_string()).unwrap_or_else(|error| panic!("{kind:?} {id} {pointer}: {error}"));
    }
}

struct Frozen {
    kept: Kept,
    table: Table,
}

impl Store for Frozen {
    fn load(&self, _: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let stale = |read: &Read| match (read, &self.kept.stale) {
            (Read::Key { kind, .. }, Some(id)) => self.table.get(*kind, id).flatten().cloned(),
            _ => None,
        };
        let records = reads.iter().map(|read| self.table.find(read).into_iter().chain(stale(read)).collect()).collect();
        Ok(Loaded { head: self.kept.head.clone(), records })
    }
    fn scan(&self, _: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        Ok(Page { head: self.kept.head.clone(), records: self.table.scan(kind, after, limit.try_into().unwrap()) })
    }
    fn changes(&self, _: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        Ok(self.kept.entries.iter().filter(|entry| entry.sequence > since).take(limit.try_into().unwrap()).cloned().collect())
    }
    fn commit(&self, _: &SalonId, _: &Batch) -> Result<(), StoreError> {
        Err(StoreError::Failed { detail: "frozen".into() })
    }
}

fn kept(desk: &Desk<MemoryStore>) -> Kept {
    let (store, salon) = (desk.ledger.store(), desk.ledger.salon());
    let mut records = Vec::new();
    for kind in Kind::ALL {
        records.extend(store.scan(salon, *kind, None, 10_000).unwrap().records.iter().cloned());
    }
    Kept { head: store.load(salon, &[]).unwrap().head, entries: store.changes(salon, 0, 10_000).unwrap(), records, stale: None }
}

fn book(customer: CustomerId) -> Book {
    let lines = vec![Line { menu: id("cut"), staff: None, price: Yen(4400), kind: LineKind::Basic }];
    Book {
        customer,
        shop: id("s1"),
        staff: None,
        lines,
        start: Instant(MORNING.0 + DAY),
        end: Instant(MORNING.0 + DAY + HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    }
}

/// c1 merged into c2 with r1 and l1, c3 by phone, c4 marked as another than c2.
fn day() -> Desk<MemoryStore> {
    let desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-8765-4321", "hana@example.jp")).unwrap();
    desk.run(RegisterByPhone {
        family_name: "サトウ".into(),
        given_name: "ジロウ".into(),
        family_kana: None,
        given_kana: None,
        phone: "090-1111-2222".into(),
    })
    .unwrap();
    let d = desk.register(hanako("090-3333-4444", "d@example.jp")).unwrap();
    desk.run(book(a)).unwrap();
    desk.run(AddListing { customer: a, list: ListKind::Watch, memo: "memo".into() }).unwrap();
    desk.run(AddListing { customer: b, list: ListKind::Grey, memo: "memo".into() }).unwrap();
    desk.run(MarkNotSame { one: b, other: d, take_back: false }).unwrap();
    let fingerprint = desk.ask(PreviewMerge { source: a, target: b, from_source: vec![], line: None }).unwrap().fingerprint;
    desk.run(MergeCustomers { source: a, target: b, from_source: vec![], line: None, fingerprint }).unwrap();
    desk
}

fn names(breaches: &[Breach], rule: &str, kind: &str, detail: &str) -> bool {
    breaches.iter().any(|breach| breach.rule == rule && breach.kind == kind && breach.detail.contains(detail))
}

#[test]
fn a5_a_ledger_that_was_only_spoken_to_is_sound() {
    let desk = day();
    let report = desk.ledger.check().unwrap();
    assert_eq!(report.breaches, []);
    assert_eq!(report.entries, 9);
    assert_eq!(u32::try_from(kept(&desk).records.len()), Ok(report.records));
    assert_eq!(kept(&desk).report(), []);
}

#[test]
fn a5_every_planted_breach_is_named() {
    let sound = kept(&day());
    let start = MORNING.0 + DAY;
    let cases: Vec<(Kind, &str, &str, Value, &str, &str, &str)> = vec![
        (Kind::Customer, "c2", "/version", json!(0), "C8", "customer", "version is 0"),
        (Kind::Customer, "c2", "/familyName", json!("山\u{7}田"), "C9", "customer", "a name"),
        (Kind::Customer, "c2", "/familyKana", json!("やまだ"), "C3", "customer", "kana"),
        (Kind::Customer, "c2", "/phones/0/digits", json!("0900"), "C4", "customer", "digits"),
        (Kind::Customer, "c2", "/phones/0/class", json!("malformed"), "C4", "customer", "not accepted"),
        (Kind::Customer, "c2", "/emails/0/key", json!("x@example.jp"), "C5", "customer", "e-mail's key"),
        (Kind::Customer, "c2", "/birthday", json!({"month":2,"day":30}), "C6", "customer", "birthday"),
        (Kind::Customer, "c3", "/emails/0/key", json!("abc@leporto.com"), "P2", "customer", "placeholder"),
        (Kind::Customer, "c3", "/emails/0/kind", json!("real"), "P3", "customer", "real e-mail"),
        (Kind::Customer, "c3", "/entryPath", json!("counter"), "P3", "customer", "come in that way"),
        (Kind::Customer, "c2", "/number", json!(3), "C7", "customer", "is also that of"),
        (Kind::Customer, "c2", "/number", json!(99), "C7", "customer", "number that was never given"),
        (Kind::Customer, "c2", "/numberAliases", json!(["4"]), "C7", "customer", "is also that of"),
        (Kind::Customer, "c2", "/import", json!("imp"), "I5", "customer", "import that made it is missing"),
        (Kind::Customer, "c2", "/withdrawalReason", json!("x"), "W1", "customer", "without leaving"),
        (Kind::Customer, "c1", "/state/into", json!("c1"), "M6", "customer", "circle"),
        (Kind::Customer, "c1", "/state/into", json!("c9"), "M6", "customer", "missing"),
        (Kind::Customer, "c3", "/state", json!({"type":"merged","into":"c2","at":MORNING}), "M8", "customer", "standing line"),
        (Kind::Customer, "c1", "/state", json!({"type":"active"}), "M6", "merge", "not merged into its target"),
        (Kind::Customer, "c2", "/hasAccount", json!(true), "A1", "customer", "not what the log says"),
        (Kind::Counters, "salon", "/customers", json!(1), "C7", "customer", "id that was never given"),
        (Kind::Counters, "salon", "/reservations", json!(0), "C7", "reservation", "id that was never given"),
        (Kind::Counters, "salon", "/listings", json!(0), "C7", "listing", "id that was never given"),
        (Kind::Counters, "salon", "/merges", json!(0), "C7", "merge", "id that was never given"),
        (Kind::Listing, "l1", "/memo", json!(" "), "G2", "listing", "blank"),
        (Kind::Listing, "l1", "/list", json!("grey"), "G2", "listing", "twice"),
        (Kind::Listing, "l1", "/customer", json!("c9"), "A5", "listing", "customer is missing"),
        (Kind::Listing, "l1", "/customer", json!("c1"), "M2", "listing", "merged into another"),
        (Kind::Listing, "l1", "/state", json!({"type":"joined","with":"l9"}), "M2", "listing", "joined with is missing"),
        (Kind::Reservation, "r1", "/customer", json!("c1"), "M2", "reservation", "merged into another"),
        (Kind::Reservation, "r1", "/version", json!(0), "R1", "reservation", "version is 0"),
        (Kind::Reservation, "r1", "/end", json!(start), "R1", "reservation", "ends before"),
        (Kind::Reservation, "r1", "/lines", json!([]), "R1", "reservation", "no menu"),
        (Kind::Reservation, "r1", "/fee", json!({"type":"due","amount":100}), "R4", "reservation", "without a late cancel"),
        (Kind::Reservation, "r1", "/fee", json!({"type":"due","amount":0}), "R4", "reservation", "¥0 or less"),
        (
            Kind::Reservation,
            "r1",
            "/fee",
            json!({"type":"waived","amount":1,"by":"s","reason":" "}),
            "R3",
            "reservation",
            "without a reason",
        ),
        (Kind::Reservation, "r1", "/prepayment", json!({"type":"kept","kept":1,"refund":0}), "R4", "reservation", "prepayment kept"),
        (Kind::Reservation, "r1", "/booking", json!({"type":"tentative"}), "R2", "reservation", "tentative although"),
        (Kind::Reservation, "r1", "/everConfirmed", json!(false), "R2", "reservation", "never confirmed"),
        (
            Kind::Reservation,
            "r1",
            "/booking",
            json!({"type":"cancelled","by":"customer","at":start + 1,"timing":"early"}),
            "R4",
            "reservation",
            "own deadline",
        ),
        (Kind::Merge, "m1", "/after/visits", json!(5), "M7", "merge", "before is not"),
        (Kind::Merge, "m1", "/targetNumber", json!(9), "M6", "merge", "another customer number"),
        (Kind::Merge, "m1", "/target", json!("c3"), "M6", "merge", "not merged into its target"),
        (Kind::Merge, "m1", "/undoneAt", json!(MORNING), "M8", "customer", "standing line"),
        (Kind::NotSame, "c2~c4", "/one", json!("c9"), "D2", "notSame", "missing"),
        (Kind::NotSame, "c2~c4", "/one", json!("c4"), "D2", "notSame", "in order"),
        (Kind::Receipt, "manager-1-1", "/sequence", json!(2), "A2", "receipt", "not the receipt of the entry"),
        (Kind::Receipt, "manager-1-1", "/key", json!("another"), "A2", "receipt", "no entry of the log"),
        (Kind::Sealed, "1.1", "/salt", json!("00"), "A1", "sealed", "not the part the log knows"),
        (Kind::Sealed, "1.1", "/sequence", json!(77), "A1", "sealed", "knows no such part"),
    ];
    let missed: Vec<String> = cases
        .into_iter()
        .filter_map(|(kind, id, pointer, value, rule, at, detail)| {
            let mut kept = sound.clone();
            kept.edit(kind, id, pointer, &value);
            let found = kept.report();
            (!names(&found, rule, at, detail)).then(|| format!("{rule} {at}: {detail} ({id}{pointer}), found {found:?}"))
        })
        .collect();
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn l2_a_line_account_of_two_is_named() {
    let mut kept = kept(&day());
    for customer in ["c2", "c3"] {
        kept.edit(Kind::Customer, customer, "/line", &json!({"provider":"p","user":"u"}));
    }
    assert!(names(&kept.report(), "L2", "customer", "LINE account"));
}

#[test]
fn a5_a_lost_record_and_one_that_was_slipped_in_are_named() {
    let sound = kept(&day());
    for kind in [Kind::Customer, Kind::Reservation, Kind::Listing, Kind::Merge, Kind::NotSame, Kind::Counters] {
        let mut kept = sound.clone();
        let place = kept.records.iter().position(|record| record.kind() == kind).unwrap();
        kept.records.remove(place);
        assert!(names(&kept.report(), "A1", kind.name(), "it is missing"), "{kind:?}");
    }
    let mut kept = sound.clone();
    kept.records.retain(|record| record.kind() != Kind::Receipt);
    assert!(names(&kept.report(), "A2", "receipt", "is missing"));
    let mut kept = sound;
    let place = kept.records.iter().position(|record| record.kind() == Kind::Reservation).unwrap();
    let slipped = kept.records[place].clone();
    kept.records.push(slipped);
    let last = kept.records.len() - 1;
    let mut json = kept.records[last].to_value().unwrap();
    json["id"] = json!("r2");
    kept.records[last] = Record::from_json(Kind::Reservation, &json.to_string()).unwrap();
    assert!(names(&kept.report(), "A1", "reservation", "knows no such record"));
}

#[test]
fn a5_a_record_found_by_a_key_it_lost_is_named() {
    let mut kept = kept(&day());
    kept.stale = Some("c2".into());
    assert!(names(&kept.report(), "A5", "customer", "no longer has"));
}

#[test]
fn a1_w4_a_sealed_part_is_changed_or_missing_only_where_the_log_says_that_it_was_erased() {
    let desk = day();
    let sound = kept(&desk);
    let of_c4 = |record: &Record| matches!(record, Record::Sealed(sealed) if sealed.customer == Some(id("c4")));
    let mut lost = sound.clone();
    lost.records.retain(|record| !of_c4(record));
    assert!(names(&lost.report(), "A1", "sealed", "no entry of the log says"));
    // Somebody empties the salt, so that the digest need not hold any more.
    let part = sound.records.iter().find(|record| of_c4(record)).unwrap().id();
    let mut forged = sound;
    forged.edit(Kind::Sealed, &part, "/salt", &json!(""));
    assert!(names(&forged.report(), "A1", "sealed", "no entry of the log says"));
    desk.run(EraseCustomer { customer: id("c4") }).unwrap();
    let erased = kept(&desk);
    assert_eq!(erased.clone().report(), []);
    let place = erased.records.iter().position(|record| record.kind() == Kind::Sealed && record.id() == part).unwrap();
    let mut lost = erased.clone();
    lost.records.remove(place);
    assert_eq!(lost.report(), []);
    // What the log tells itself of an erased part is held against it.
    let mut forged = erased;
    let mut fields = forged.records[place].to_value().unwrap()["fields"].clone();
    fields["number"] = json!(99);
    forged.edit(Kind::Sealed, &part, "/fields", &fields);
    assert!(names(&forged.report(), "A1", "sealed", "not the part the log knows"));
}

#[test]
fn a1_a_changed_byte_is_found() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    desk.run(book(who)).unwrap();
    let sound = kept(&desk);
    assert_eq!(sound.clone().report(), []);
    let flip = |text: &str, place: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= 1;
        String::from_utf8(bytes).expect("the log is ASCII: personal data lies apart")
    };
    for entry in 0..sound.entries.len() {
        for place in 0..sound.entries[entry].body.len() {
            let mut kept = sound.clone();
            kept.entries[entry].body = flip(&sound.entries[entry].body, place);
            assert!(kept.report().iter().any(|breach| breach.rule == "A1"), "entry {entry}, byte {place}");
            // Nor does it help to make the hash fit.
            let mut kept = sound.clone();
            kept.entries[entry].body = flip(&sound.entries[entry].body, place);
            kept.entries[entry].hash = digest_hex(&[kept.entries[entry].body.as_bytes()]);
            assert!(kept.report().iter().any(|breach| breach.rule == "A1"), "entry {entry}, byte {place}, with its hash");
        }
        for place in 0..64 {
            let mut kept = sound.clone();
            kept.entries[entry].hash = flip(&sound.entries[entry].hash, place);
            assert!(kept.report().iter().any(|breach| breach.rule == "A1"), "entry {entry}, hash {place}");
        }
    }
}

#[test]
fn a1_a_lost_or_swapped_entry_is_found() {
    let sound = kept(&day());
    for lost in 0..sound.entries.len() {
        let mut kept = sound.clone();
        kept.entries.remove(lost);
        assert!(names(&kept.report(), "A1", "entry", ""), "entry {lost}");
    }
    let mut kept = sound;
    let body = kept.entries[1].body.clone();
    kept.entries[1].body = kept.entries[2].body.clone();
    kept.entries[2].body = body;
    assert!(names(&kept.report(), "A1", "entry", "hash"));
}

#[test]
fn a1_the_journal_tells_who_when_what_before_and_after() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let form = CustomerForm { company: Some("花屋".into()), ..hanako("090-1234-5678", "hanako@example.jp") };
    desk.run(EditCustomer { customer: who, based_on: 1, form }).unwrap();
    let journal = desk.ledger.journal(1, 10, &desk.actor).unwrap();
    let entry = &journal.entries[0];
    assert_eq!(
        (entry.sequence, entry.at, &entry.actor, entry.channel, entry.command.as_str()),
        (2, MORNING, &desk.actor, Channel::Counter, "editCustomer")
    );
    let company = entry.changes[0].fields.iter().find(|field| field.field == "company").unwrap();
    assert_eq!((company.before.as_deref(), company.after.as_deref()), (None, Some("\"花屋\"")));
    assert!(!entry.changes[0].erased);
    assert!(!format!("{journal:?}").contains("花屋"));
    let all = desk.ledger.journal(0, 1_000, &desk.actor).unwrap();
    assert_eq!(all.entries.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(desk.ledger.journal(2, 1, &desk.actor).unwrap().entries.len(), 0);
    for limit in [0, 1_001] {
        assert_eq!(desk.ledger.journal(0, limit, &desk.actor).unwrap_err().code(), "ledger.bad_request");
    }
}

#[test]
fn a3_the_journal_and_the_check_are_for_managers_and_the_host() {
    let desk = day();
    for (operation, input) in [("check", json!({})), ("journal", json!({"since":0,"limit":10}))] {
        for (role, customer, allowed) in
            [("customer", Some("c3"), false), ("staff", None, false), ("manager", None, true), ("system", None, true)]
        {
            let mut actor = json!({ "id": "x", "role": role });
            if let Some(customer) = customer {
                actor["customer"] = json!(customer);
            }
            let request = json!({ "operation": operation, "input": input, "actor": actor, "now": MORNING }).to_string();
            let answer = store::run(desk.ledger.store(), desk.ledger.salon(), desk.ledger.session().call(&request)).unwrap();
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(answer.get("ok").is_some(), allowed, "{operation} as {role}: {answer}");
            if !allowed {
                assert_eq!(answer["error"]["code"], "access.forbidden");
            }
        }
    }
}

#[test]
fn a3_no_call_reaches_another_salons_data() {
    let desk = day();
    let other = Ledger::open(desk.ledger.store(), id("salon-2"));
    assert_eq!(other.query(&GetCustomer { customer: id("c2") }, &desk.actor, MORNING).unwrap_err().code(), "customer.not_found");
    assert_eq!(other.journal(0, 10, &desk.actor).unwrap().entries, []);
    let report = other.check().unwrap();
    assert_eq!((report.entries, report.records, report.breaches), (0, 0, vec![]));
}

#[test]
fn n10_figures_that_are_missing_or_wrong_are_named_and_recounted() {
    let desk = day();
    let visitors: Vec<CustomerId> =
        desk.ledger.search(&SearchCustomers::default(), &desk.actor, MORNING).unwrap().customers.iter().map(|row| row.id).collect();
    let read = |customer: &CustomerId| Read::Id { kind: Kind::Figures, id: customer.to_string() };
    let figures = || desk.ledger.store().load(desk.ledger.salon(), &visitors.iter().map(read).collect::<Vec<_>>()).unwrap();
    let before = figures();
    let kept: Vec<Record> = before.records.concat();
    assert!(!kept.is_empty());
    // As a ledger that was written before figures were kept: none at all.
    let removes = kept.iter().map(|record| (Kind::Figures, record.id())).collect();
    let batch = Batch { expected: before.head.sequence, removes, ..Batch::default() };
    desk.ledger.store().commit(desk.ledger.salon(), &batch).unwrap();
    let breaches = desk.ledger.check().unwrap().breaches;
    assert_eq!(breaches.len(), kept.len());
    assert!(breaches.iter().all(|breach| breach.rule == "N10" && breach.kind == "figures"), "{breaches:?}");
    let recounted = desk.run(RecountFigures { customers: visitors.clone() }).unwrap();
    assert_eq!(recounted.corrected, u32::try_from(kept.len()).unwrap());
    assert_eq!(figures().records, before.records);
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
    assert_eq!(desk.run(RecountFigures { customers: visitors.clone() }).unwrap().corrected, 0);
    assert_eq!(desk.run(RecountFigures { customers: vec![id("c99")] }).unwrap_err().code(), "customer.not_found");
}

#[test]
fn a5_a_digest_that_nobody_erased_and_is_gone_is_a_breach() {
    let desk = Desk::open();
    desk.phone_in("山田", "花子", "090-1234-5678").unwrap();
    let store = desk.ledger.store();
    let receipt = store.scan(desk.ledger.salon(), Kind::Receipt, None, 10).unwrap().records.remove(0);
    let mut value = receipt.to_value().unwrap();
    value["digest"] = "".into();
    desk.force(Record::from_json(Kind::Receipt, &value.to_string()).unwrap()).unwrap();
    assert_ne!(desk.breaches().unwrap(), []);
}
