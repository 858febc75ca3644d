//! The spine: a command becomes an entry of the log, once.
use daicho::*;
use daicho_tests::*;

#[test]
fn a2_the_same_key_with_the_same_command_returns_the_first_result() {
    let desk = Desk::open();
    let command = RegisterCustomer { path: EntryPath::Counter, form: hanako("090-1234-5678", "hanako@example.jp"), line: None };
    let context = desk.context();
    let first = desk.ledger.execute(&command, &context).unwrap();
    let again = desk.ledger.execute(&command, &Context { now: Instant(context.now.0 + 1), ..context.clone() }).unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!((first.output, first.sequence, first.changed), (again.output, again.sequence, again.changed));
    let other = RegisterCustomer { path: EntryPath::Counter, form: hanako("090-1234-5679", "hanako@example.jp"), line: None };
    assert_eq!(desk.ledger.execute(&other, &context).unwrap_err().code(), "access.key_reused");
}

#[test]
fn c8_edits_of_different_fields_both_survive_and_a_true_overlap_is_a_conflict() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let form = CustomerForm::from(&desk.ask(GetCustomer { customer: who }).unwrap().customer);
    let edit = |based_on, form| EditCustomer { customer: who, based_on, form };
    desk.run(edit(1, CustomerForm { company: Some("花屋".into()), ..form.clone() })).unwrap();
    desk.run(edit(1, CustomerForm { department: Some("店舗".into()), ..form.clone() })).unwrap();
    let now = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    assert_eq!((now.company.as_deref(), now.department.as_deref(), now.version), (Some("花屋"), Some("店舗"), 3));
    let error = desk.run(edit(1, CustomerForm { company: Some("別".into()), ..form })).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.conflict", vec!["company".to_owned()]));
    assert_eq!(error.data()["fields"][0], serde_json::json!({"field":"company","base":null,"stored":"花屋","submitted":"別"}));
}

#[test]
fn m2_a_merge_moves_reservations() {
    let desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-8765-4321", "hana@example.jp")).unwrap();
    let book = Book {
        customer: a,
        shop: id("s1"),
        staff: None,
        lines: vec![Line { menu: id("cut"), staff: None, price: Yen(4400), kind: LineKind::Basic }],
        start: Instant(MORNING.0 + DAY),
        end: Instant(MORNING.0 + DAY + HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    };
    let booked = desk.run(book).unwrap();
    let preview = desk.ask(PreviewMerge { source: a, target: b, from_source: vec![], line: None }).unwrap();
    assert!(preview.blockers.is_empty());
    let merged =
        desk.run(MergeCustomers { source: a, target: b, from_source: vec![], line: None, fingerprint: preview.fingerprint }).unwrap();
    assert_eq!(merged.before, merged.after);
    assert_eq!(merged.moved, 1);
    let rows = desk.ask(GetReservations { customer: a }).unwrap().reservations;
    assert_eq!(rows[0].reservation.id, booked.reservation);
    assert_eq!(desk.ask(GetCustomer { customer: a }).unwrap().customer.id, b);
}
