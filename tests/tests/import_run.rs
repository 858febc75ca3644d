//! Whole imports: who exists already, the preview, running again after a crash, undoing (I2, I3, I5).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in the functions its tests share too"
)]
use std::ops::ControlFlow;
use std::sync::Mutex;

use daicho::error::StoreError;
use daicho::import::read_heading;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

type Row = [&'static str; 4];

fn heading() -> Heading {
    read_heading(&["姓", "名", "電話番号", "メールアドレス"].map(Cell::text)).unwrap()
}

fn rows(rows: &[Row]) -> Vec<ImportRow> {
    (2_u32..).zip(rows).map(|(row, cells)| ImportRow { row, cells: cells.map(Cell::text).to_vec() }).collect()
}

fn run<S: Store>(ledger: &Ledger<S>, desk: &Desk<MemoryStore>, import: &str, rows: &[ImportRow]) -> Result<ImportReport, Error> {
    let context = Context { entropy: Entropy([7; 16]), ..desk.context() };
    match ledger
        .import(&id(import), &heading(), DateSystem::D1900, rows.iter().cloned().map(Ok::<_, ()>), &context, |_| ControlFlow::Continue(()))
    {
        Ok(report) => Ok(report),
        Err(ImportStopped::Ledger(error)) => Err(error),
        Err(ImportStopped::Rows(())) => panic!("the rows are in memory"),
    }
}

fn import(desk: &Desk<MemoryStore>, name: &str, given: &[Row]) -> ImportReport {
    run(&desk.ledger, desk, name, &rows(given)).unwrap()
}

fn problems(row: &RowOutcome) -> &[CellProblem] {
    let RowResult::Error { problems } = &row.result else { panic!("{row:?}") };
    problems
}

/// i: imported, with how many suggestions; x: existing, as whom; e: error.
fn short(report: &ImportReport) -> Vec<String> {
    let one = |outcome: &RowOutcome| match &outcome.result {
        RowResult::Imported { suggestions, .. } => format!("i{}", suggestions.len()),
        RowResult::Existing { customer, .. } => format!("x{customer}"),
        RowResult::Error { .. } => "e".to_owned(),
    };
    report.rows.iter().map(one).collect()
}

#[test]
fn i3_exists_already_is_the_same_name_and_the_same_phone_or_real_email() {
    let desk = Desk::open();
    desk.register(hanako("090-1111-2222", "hanako@example.jp")).unwrap();
    let report = import(
        &desk,
        "i1",
        &[
            ["山田", "花子", "09011112222", ""],
            ["山 田", "花子", "+81 90 1111 2222", "other@example.jp"],
            ["山田花", "子", "", "HANAKO@example.jp"],
            ["山田", "花子", "", ""],
            ["山田", "花子", "090-9999-9999", "else@example.jp"],
            ["佐藤", "一郎", "090-1111-2222", ""],
            ["佐藤", "二郎", "", "hanako@example.jp"],
            ["ヤマダ", "花子", "090-1111-2222", ""],
            ["鈴木", "三郎", "03-1234-5678", ""],
        ],
    );
    assert_eq!(short(&report), ["xc1", "xc1", "xc1", "i1", "i2", "i1", "i1", "i2", "i0"]);
    assert_eq!(report.counts, ImportCounts { imported: 6, errors: 0, existing: 3, blank: 0 });
    assert_eq!(desk.ask(GetCustomer { customer: id("c1") }).unwrap().customer.version, 1);
}

#[test]
fn i3_earlier_rows_of_the_file_exist_already_across_chunks_too() {
    let desk = Desk::open();
    let mut given: Vec<ImportRow> = rows(&[
        ["山田", "花子", "09011112222", ""],
        ["山田", "花子", "090-1111-2222", "a@example.jp"],
        ["ﾔﾏﾀﾞ", "花子", "", "b@example.jp"],
        ["ヤマダ", "花子", "", "B@example.jp"],
    ]);
    for row in 6..1_100 {
        given.push(ImportRow { row, cells: vec![Cell::text("客"), Cell::text(format!("{row}"))] });
    }
    given.push(ImportRow { row: 2_000, cells: ["山田", "花子", "090 1111 2222", ""].map(Cell::text).to_vec() });
    let report = run(&desk.ledger, &desk, "i1", &given).unwrap();
    assert_eq!(short(&report)[..4], ["i0", "xc1", "i0", "xc2"]);
    assert_eq!(short(&report).last().unwrap(), "xc1");
    assert_eq!((report.counts.imported, report.counts.existing, report.finished), (1_096, 3, true));
}

#[test]
fn i3_placeholders_never_match() {
    let desk = Desk::open();
    let phone = RegisterByPhone {
        family_name: "山田".into(),
        given_name: "花子".into(),
        family_kana: None,
        given_kana: None,
        phone: "090-1111-2222".into(),
    };
    desk.run(phone).unwrap();
    let report = import(
        &desk,
        "i1",
        &[
            ["山田", "花子", "", "09011112222@leporto.com"],
            ["山田", "花子", "", "09011112222@leporto.com"],
            ["佐藤", "一郎", "", "09011112222@leporto.com"],
        ],
    );
    assert_eq!(short(&report), ["i1", "i2", "i0"]);
    let report = import(&desk, "i2", &[["山田", "花子", "090-1111-2222", "09011112222@leporto.com"]]);
    assert_eq!(short(&report), ["xc1"]);
}

#[test]
fn i3_a_merged_customer_is_not_there() {
    let desk = Desk::open();
    let source = desk.register(hanako("090-1111-2222", "a@example.jp")).unwrap();
    let target = desk.register(hanako("090-3333-4444", "b@example.jp")).unwrap();
    let fingerprint = desk.ask(PreviewMerge { source, target, from_source: vec![], line: None }).unwrap().fingerprint;
    desk.run(MergeCustomers { source, target, from_source: vec![], line: None, fingerprint }).unwrap();
    // The target has the source's phone as its second one.
    assert_eq!(short(&import(&desk, "i1", &[["山田", "花子", "090-1111-2222", ""]])), ["xc2"]);
}

#[test]
fn i3_the_policy_on_widths_decides_whose_name_is_the_same() {
    for (merge_names, expected) in [(MergeNames::FoldWidths, ["i0", "xc1"]), (MergeNames::SpacesOnly, ["i0", "i1"])] {
        let desk = Desk::open();
        desk.run(ConfigureSalon { settings: Settings { merge_names, ..Settings::default() } }).unwrap();
        let report = import(&desk, "i1", &[["ヤマダ", "花子", "090-1111-2222", ""], ["ﾔﾏﾀﾞ", "花子", "090-1111-2222", ""]]);
        assert_eq!(short(&report), expected);
    }
}

fn filling() -> Desk<MemoryStore> {
    let desk = Desk::open();
    desk.run(ConfigureSalon { settings: Settings { import_existing: ExistingPolicy::FillBlanks, ..Settings::default() } }).unwrap();
    desk
}

#[test]
fn i3_the_policy_fills_blanks_and_undoing_empties_them_again() {
    let desk = filling();
    let phone = RegisterByPhone {
        family_name: "山田".into(),
        given_name: "花子".into(),
        family_kana: None,
        given_kana: None,
        phone: "090-1111-2222".into(),
    };
    let who = desk.run(phone).unwrap().customer;
    let before = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    let report = import(
        &desk,
        "i1",
        &[["山田", "花子", "090-1111-2222", "real@example.jp"], ["山田", "花子", "", "REAL@example.jp"], ["佐藤", "一郎", "", ""]],
    );
    assert_eq!(short(&report), ["xc1", "xc1", "i0"]);
    let RowResult::Existing { filled, .. } = &report.rows[0].result else { panic!() };
    assert_eq!(filled, &["emails"]);
    let after = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    assert_eq!((after.version, after.phone_registration, after.emails[0].entered.as_str()), (2, false, "real@example.jp"));
    assert_eq!(desk.ask(GetImport { import: id("i1") }).unwrap().filled, [ImportFill { customer: who, version: 2 }]);
    assert_eq!(desk.run(UndoImport { import: id("i1") }).unwrap(), UndoneImport { removed: 1, restored: 1 });
    let again = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    assert_eq!(again, Customer { version: 3, ..before });
}

#[test]
fn i5_an_import_is_undone_while_its_customers_are_untouched() {
    let desk = Desk::open();
    let old = desk.register(hanako("090-1111-2222", "a@example.jp")).unwrap();
    import(&desk, "i1", &[["佐藤", "一郎", "", ""], ["山田", "花子", "090-1111-2222", ""], ["", "", "1", ""]]);
    assert_eq!(desk.run(UndoImport { import: id("i1") }).unwrap(), UndoneImport { removed: 1, restored: 0 });
    assert_eq!(desk.ask(GetCustomer { customer: id("c2") }).unwrap_err().code(), "customer.not_found");
    assert_eq!(desk.ask(GetCustomer { customer: old }).unwrap().customer.version, 1);
    // Its id is spent, and its numbers are too (C7).
    assert_eq!(run(&desk.ledger, &desk, "i1", &rows(&[["佐藤", "一郎", "", ""]])).unwrap_err().code(), "import.undone");
    assert_eq!(run(&desk.ledger, &desk, "i1", &[]).unwrap_err().code(), "import.undone");
    assert_eq!(desk.run(UndoImport { import: id("i1") }).unwrap_err().code(), "import.undone");
    assert_eq!(desk.run(UndoImport { import: id("i9") }).unwrap_err().code(), "import.not_found");
    let RowResult::Imported { number, .. } = import(&desk, "i2", &[["佐藤", "一郎", "", ""]]).rows[0].result else { panic!() };
    assert_eq!(number, 3);
}

#[test]
fn i5_an_import_whose_customers_were_used_is_not_undone() {
    type Use = fn(&Desk<MemoryStore>, CustomerId);
    let use_it: [(&str, Use); 4] = [
        ("edited", |desk, who| {
            let form = CustomerForm {
                company: Some("花屋".into()),
                ..CustomerForm::from(&desk.ask(GetCustomer { customer: who }).unwrap().customer)
            };
            desk.run(EditCustomer { customer: who, based_on: 1, form }).unwrap();
        }),
        ("listed", |desk, who| {
            desk.run(AddListing { customer: who, list: ListKind::Watch, memo: "メモ".into() }).unwrap();
        }),
        ("marked", |desk, who| {
            let other = desk.register(hanako("090-1111-2222", "a@example.jp")).unwrap();
            desk.run(MarkNotSame { one: other, other: who, take_back: false }).unwrap();
        }),
        ("booked", |desk, who| {
            let lines = vec![Line { menu: id("cut"), staff: None, price: Yen(4400), kind: LineKind::Basic }];
            desk.run(Book {
                customer: who,
                shop: id("s1"),
                staff: None,
                lines,
                start: Instant(MORNING.0 + DAY),
                end: Instant(MORNING.0 + DAY + HOUR),
                comment: None,
                prepay: false,
                tentative: false,
                tickets: Vec::new(),
            })
            .unwrap();
        }),
    ];
    for (how, touch) in use_it {
        let desk = Desk::open();
        import(&desk, "i1", &[["佐藤", "一郎", "", ""], ["佐藤", "二郎", "", ""]]);
        touch(&desk, id("c2"));
        let error = desk.run(UndoImport { import: id("i1") }).unwrap_err();
        assert_eq!((error.code(), &error.data()["customers"]), ("import.touched", &serde_json::json!(["c2"])), "{how}");
        assert!(desk.ask(GetCustomer { customer: id("c1") }).is_ok());
    }
}

#[test]
fn i5_an_import_that_was_undone_keeps_no_other_from_being_undone() {
    let undo = |desk: &Desk<MemoryStore>, name| desk.run(UndoImport { import: id(name) }).map_err(|error| error.code());
    let touched = Err("import.touched");
    let undone = |removed, restored| Ok(UndoneImport { removed, restored });
    let with_gender = |desk: &Desk<MemoryStore>| {
        let heading = read_heading(&["姓", "名", "電話番号", "性別"].map(Cell::text)).unwrap();
        let row = ImportRow { row: 2, cells: ["山田", "花子", "090-1111-2222", "女性"].map(Cell::text).to_vec() };
        let rows = std::iter::once(Ok::<_, ()>(row));
        let report = desk.ledger.import(&id("c"), &heading, DateSystem::D1900, rows, &desk.context(), |_| ControlFlow::Continue(()));
        assert_eq!(short(&report.unwrap()), ["xc1"]);
    };
    let edit = |desk: &Desk<MemoryStore>, company: &str| {
        let known = desk.ask(GetCustomer { customer: id("c1") }).unwrap().customer;
        let form = CustomerForm { company: Some(company.into()), ..CustomerForm::from(&known) };
        desk.run(EditCustomer { customer: id("c1"), based_on: known.version, form }).unwrap();
    };
    for (made, edited) in [(true, false), (true, true), (false, false), (false, true)] {
        let desk = filling();
        if made {
            import(&desk, "a", &[["山田", "花子", "090-1111-2222", ""], ["佐藤", "一郎", "", "b@example.jp"]]);
        } else {
            desk.phone_in("山田", "花子", "090-1111-2222").unwrap();
        }
        let before = desk.ask(GetCustomer { customer: id("c1") }).unwrap().customer;
        import(&desk, "b", &[["山田", "花子", "090-1111-2222", "a@example.jp"]]);
        if edited {
            edit(&desk, "花屋");
        }
        with_gender(&desk);
        // What came later is undone first.
        assert_eq!(undo(&desk, "b"), touched);
        assert_eq!(undo(&desk, "c"), undone(0, 1));
        if edited {
            assert_eq!(undo(&desk, "b"), touched);
            assert_eq!(desk.ask(GetCustomer { customer: id("c1") }).unwrap().customer.company.as_deref(), Some("花屋"));
            // Nothing is left of what was typed and taken out again.
            edit(&desk, "");
        }
        assert_eq!(undo(&desk, "b"), undone(0, 1));
        let again = desk.ask(GetCustomer { customer: id("c1") }).unwrap().customer;
        assert_eq!(again, Customer { version: again.version, ..before });
        if made {
            assert_eq!(undo(&desk, "a"), undone(2, 0));
            assert_eq!(customers(desk.ledger.store()).len(), 0);
        }
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn i5_g5_an_import_that_blocked_somebody_itself_is_undone_too() {
    let desk = || {
        let mut desk = Desk::open();
        desk.ledger = Ledger::open(MemoryStore::new(), id("salon-1")).with_block_key(BlockKey::new(&[1; 32]).unwrap());
        desk.configure(|settings| settings.returns = Some(ReturnPolicy::Block)).unwrap();
        let who = desk.register(hanako("090-1111-2222", "a@example.jp")).unwrap();
        desk.list(who, ListKind::Black, "暴言").unwrap();
        desk.run(EraseCustomer { customer: who }).unwrap();
        let report = import(&desk, "i1", &[["佐藤", "一郎", "", ""], ["佐藤", "桜", "", "a@example.jp"]]);
        let RowResult::Imported { returns, .. } = &report.rows[1].result else { panic!("{report:?}") };
        assert!(returns[0].blocked);
        desk
    };
    // Nobody has touched them since: what the import did is taken back, the entry with it.
    let untouched = desk();
    assert_eq!(untouched.run(UndoImport { import: id("i1") }).unwrap(), UndoneImport { removed: 2, restored: 0 });
    assert_eq!(untouched.ledger.store().scan(untouched.ledger.salon(), Kind::Listing, None, 10).unwrap().records.len(), 1);
    assert_eq!(untouched.ledger.check().unwrap().breaches, []);
    // Somebody has.
    type Touch = fn(&Desk<MemoryStore>);
    let touches: [Touch; 3] = [
        |desk| drop(desk.run(EditListing { listing: id("l2"), based_on: 1, memo: "本人".into() }).unwrap()),
        |desk| drop(desk.run(RemoveListing { listing: id("l2") }).unwrap()),
        |desk| drop(desk.list(id("c3"), ListKind::Watch, "本人").unwrap()),
    ];
    for touch in touches {
        let desk = desk();
        touch(&desk);
        let error = desk.run(UndoImport { import: id("i1") }).unwrap_err();
        assert_eq!((error.code(), &error.data()["customers"]), ("import.touched", &serde_json::json!(["c3"])));
    }
}

#[test]
fn w4_i5_an_import_taken_back_leaves_nothing_of_those_it_had_made() {
    let desk = filling();
    let known = desk.phone_in("山田", "花子", "09011112222").unwrap();
    let before = desk.customer(known).unwrap();
    import(
        &desk,
        "i1",
        &[
            ["金糸雀", "花子", "090-5555-5555", "canary@example.jp"],
            ["山田", "花子", "090-1111-2222", "real@example.jp"],
            ["金糸雀", "花子", "", "CANARY@example.jp"],
        ],
    );
    assert_eq!(desk.customer(known).unwrap().version, 2);
    assert_eq!(desk.run(UndoImport { import: id("i1") }).unwrap(), UndoneImport { removed: 1, restored: 1 });
    // They are no customers any more, whom nobody could erase.
    assert_eq!(desk.run(EraseCustomer { customer: id("c2") }).unwrap_err().code(), "customer.not_found");
    assert_eq!(daicho_tests::canary::canaries_kept(&desk), Vec::<String>::new());
    // Who was there before is as before, with their whole history.
    assert_eq!(desk.customer(known).unwrap(), Customer { version: 3, ..before });
    let journal = serde_json::to_string(&desk.ledger.journal(0, 100, &desk.actor).unwrap()).unwrap();
    assert!(journal.contains("real@example.jp"));
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
    // That it happened, and to whom, stays.
    assert!(journal.contains("undoImport"));
}

#[test]
fn i5_a_customer_filled_and_then_edited_is_touched() {
    let desk = filling();
    let who = desk.register(CustomerForm { emails: vec!["a@example.jp".into()], ..hanako("090-1111-2222", "a@example.jp") }).unwrap();
    let cells = |row, birthday: &str| ImportRow {
        row,
        cells: [Cell::text("山田"), Cell::text("花子"), Cell::text("090-1111-2222"), Cell::text(birthday)].to_vec(),
    };
    let columns = read_heading(&["姓", "名", "電話番号", "生年月日"].map(Cell::text)).unwrap().columns;
    desk.run(ImportRows { import: id("i1"), columns, date_system: DateSystem::D1900, rows: vec![cells(2, "H2.1.2")] }).unwrap();
    let customer = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    assert_eq!((customer.version, customer.birthday.as_ref().map(ToString::to_string).as_deref()), (2, Some("1990-01-02")));
    desk.run(EditCustomer {
        customer: who,
        based_on: 2,
        form: CustomerForm { company: Some("花屋".into()), ..CustomerForm::from(&customer) },
    })
    .unwrap();
    assert_eq!(desk.run(UndoImport { import: id("i1") }).unwrap_err().code(), "import.touched");
}

#[test]
fn i2_a_command_takes_ascending_rows_up_to_its_limit() {
    let desk = Desk::open();
    let command = |rows: Vec<u32>| ImportRows {
        import: id("i1"),
        columns: heading().columns,
        date_system: DateSystem::D1900,
        rows: rows.into_iter().map(|row| ImportRow { row, cells: vec![Cell::text("客"), Cell::text(row.to_string())] }).collect(),
    };
    let code = |rows| desk.run(command(rows)).map_err(|error| error.code());
    assert_eq!(code((2..=1_002).collect()).unwrap_err(), "import.too_many_rows");
    for wrong in [vec![0], vec![3, 2], vec![2, 2]] {
        assert_eq!(code(wrong).unwrap_err(), "import.row_order");
    }
    assert_eq!(code((2..=1_001).collect()).unwrap().total.imported, 1_000);
    assert_eq!(code(vec![1_001]).unwrap_err(), "import.row_order");
    assert_eq!(code(vec![1_002]).unwrap().total, ImportCounts { imported: 1_001, ..ImportCounts::default() });
    let missing = ImportRows { columns: Vec::new(), ..command(vec![1_003]) };
    assert_eq!(desk.run(missing).unwrap_err().code(), "import.missing_column");
}

#[test]
fn i2_blank_rows_are_no_rows_and_are_counted_apart() {
    let desk = Desk::open();
    let mut given = rows(&[["山田", "花子", "", ""], ["", " ", "\u{3000}", ""], ["", "", "", "x@example.jp"]]);
    given.push(ImportRow { row: 9, cells: vec![] });
    let report = run(&desk.ledger, &desk, "i1", &given).unwrap();
    assert_eq!(report.counts, ImportCounts { imported: 1, errors: 1, existing: 0, blank: 2 });
    assert_eq!(report.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
    let import = desk.ask(GetImport { import: id("i1") }).unwrap();
    assert_eq!((import.last_row, import.imported, import.errors, import.blank), (9, 1, 1, 2));
}

#[test]
fn c7_an_import_steps_over_the_numbers_of_old_cards_without_end() {
    let desk = Desk::open();
    let aliases = (2..90).map(|number: u32| number.to_string()).collect();
    desk.register(CustomerForm { number_aliases: aliases, ..hanako("090-1111-2222", "a@example.jp") }).unwrap();
    let given: Vec<ImportRow> = (2..200).map(|row| ImportRow { row, cells: vec![Cell::text("客"), Cell::text(row.to_string())] }).collect();
    assert_eq!(run(&desk.ledger, &desk, "i1", &given).unwrap().counts.imported, 198);
}

#[test]
fn i5_another_file_under_the_same_id_is_refused() {
    let desk = Desk::open();
    import(&desk, "i1", &[["山田", "花子", "", ""]]);
    let error = run(&desk.ledger, &desk, "i1", &rows(&[["山田", "花代", "", ""]])).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("import.other_file", vec!["import".to_owned()]));
    assert!(error.to_string().contains("under a new id") && error.to_string().contains("entry 1 of the log"), "{error}");
    // Somebody else goes on with it.
    let mut colleague = Desk::open();
    colleague.actor = Actor::new(id("staff-2"), Role::Staff);
    assert_eq!(run(&desk.ledger, &colleague, "i1", &rows(&[["山田", "花子", "", ""]])).unwrap_err().code(), "import.other_file");
    let shifted = vec![ImportRow { row: 1, cells: vec![Cell::text("山田"), Cell::text("花子")] }];
    let error = run(&desk.ledger, &desk, "i1", &shifted).unwrap_err();
    assert!(error.code() == "import.row_order" && error.to_string().contains("a new import id"), "{error}");
    let long = "長".repeat(42);
    assert_eq!(run(&desk.ledger, &desk, &long, &rows(&[["佐藤", "花子", "", ""]])).unwrap().counts.imported, 1);
}

#[test]
fn a2_a_key_that_a_host_chose_for_rows_is_told_as_a_key_that_was_used() {
    let desk = Desk::open();
    let take = |import: &str| {
        let rows = rows(&[["山田", "花子", "", ""]]);
        let command = ImportRows { import: id(import), columns: heading().columns, date_system: DateSystem::D1900, rows };
        desk.ledger.execute(&command, &Context { key: "import/2026-11-23".parse().unwrap(), ..desk.context() })
    };
    take("i1").unwrap();
    assert_eq!(take("i2").unwrap_err().code(), "access.key_reused");
}

#[test]
fn i5_an_import_can_be_broken_off_and_goes_on() {
    let desk = Desk::open();
    let given: Vec<ImportRow> =
        (2..1_302).map(|row| ImportRow { row, cells: vec![Cell::text("客"), Cell::text(row.to_string())] }).collect();
    let context = desk.context();
    let all = || given.iter().cloned().map(Ok::<_, ()>);
    let mut seen = 0;
    let report = desk.ledger.import(&id("i1"), &heading(), DateSystem::D1900, all(), &context, |progress| {
        seen = progress.done.total.rows();
        ControlFlow::Break(())
    });
    let report = report.unwrap();
    assert_eq!((report.finished, report.counts.imported, seen), (false, 500, 500));
    let mut replayed = Vec::new();
    let report = desk.ledger.import(&id("i1"), &heading(), DateSystem::D1900, all(), &context, |progress| {
        replayed.push(progress.replayed);
        ControlFlow::Continue(())
    });
    assert_eq!((report.unwrap().counts.imported, replayed), (1_300, vec![true, false, false]));
    let stopped =
        desk.ledger.import(&id("i2"), &heading(), DateSystem::D1900, [Err("the file is damaged")], &context, |_| ControlFlow::Continue(()));
    assert_eq!(stopped.unwrap_err(), ImportStopped::Rows("the file is damaged"));
}

/// Fails at its n-th call, before or after doing it; then works.
struct Failing<'a> {
    below: &'a MemoryStore,
    calls: Mutex<u32>,
    at: u32,
    after: bool,
}

impl Failing<'_> {
    fn call<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        let lost = Err(StoreError::Unavailable { detail: "pulled the plug".into() });
        if *calls != self.at {
            return work();
        }
        if self.after {
            work()?;
        }
        lost
    }
}

impl Store for Failing<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.call(|| self.below.load(salon, reads))
    }
    fn scan(&self, salon: &SalonId, kind: daicho::Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.call(|| self.below.scan(salon, kind, after, limit))
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.call(|| self.below.changes(salon, since, limit))
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.call(|| self.below.commit(salon, batch))
    }
}

fn customers(store: &MemoryStore) -> Vec<String> {
    let page = store.scan(&id("salon-1"), daicho::Kind::Customer, None, 100_000).unwrap();
    page.records.iter().map(|record| record.to_json().unwrap()).collect()
}

#[test]
fn i5_run_again_after_a_crash_it_neither_doubles_nor_loses_a_row() {
    // Three chunks, with errors, duplicates within and across chunks, and blank rows.
    let row = |row: u32| match row % 7 {
        0 => ImportRow { row, cells: vec![Cell::text("客"), Cell::Empty] },
        1 => ImportRow { row, cells: vec![] },
        2 => ImportRow { row, cells: vec![Cell::text("山田"), Cell::text("花子"), Cell::text("090-1111-2222")] },
        _ => ImportRow {
            row,
            cells: vec![Cell::text("客"), Cell::text(row.to_string()), Cell::Empty, Cell::text(format!("{row}@example.jp"))],
        },
    };
    let given: Vec<ImportRow> = (2..1_152).map(row).collect();
    let whole = Desk::open();
    let expected = run(&whole.ledger, &whole, "i1", &given).unwrap();
    let expected_customers = customers(whole.ledger.store());
    assert_eq!(expected.counts.rows() + expected.counts.blank, 1_150);
    let mut failures = 0;
    for at in 1.. {
        let mut reached = false;
        for after in [false, true] {
            let desk = Desk::open();
            let failing = Failing { below: desk.ledger.store(), calls: Mutex::default(), at, after };
            let ledger = Ledger::open(&failing, id("salon-1"));
            match run(&ledger, &desk, "i1", &given) {
                Ok(_) => {}
                Err(error) => {
                    assert!(error.is_retryable(), "{error}");
                    reached = true;
                    failures += 1;
                }
            }
            let again = run(&Ledger::open(desk.ledger.store(), id("salon-1")), &desk, "i1", &given).unwrap();
            assert_eq!(again, expected, "call {at}, after {after}");
            assert_eq!(customers(desk.ledger.store()), expected_customers, "call {at}, after {after}");
        }
        if !reached {
            break;
        }
    }
    assert!(failures >= 2 * 3 * 3, "{failures}");
}

/// Rows over few names and contacts, so that they meet; some are wrong, some blank.
fn any_row() -> impl Strategy<Value = Vec<Cell>> {
    let pick = |choices: &'static [&'static str]| prop::sample::select(choices).prop_map(Cell::text).boxed();
    (
        pick(&["山田", "山 田", "佐藤", "ﾔﾏﾀﾞ", "ヤマダ", "", "山田 花子"]),
        pick(&["花子", "一郎", "", "花子 "]),
        prop_oneof![
            pick(&["090-1111-2222", "09011112222", "", "03-1234-5678", "110", "+81 90-1111-2222"]),
            Just(Cell::number("9011112222")),
            Just(Cell::Boolean { value: true })
        ],
        pick(&["a@example.jp", "A@EXAMPLE.JP", "", "b@example.jp", "x", "09011112222@leporto.com"]),
    )
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn i5_the_preview_equals_the_run_and_the_counts_are_conserved(first in prop::collection::vec(any_row(), 0..12), second in prop::collection::vec(any_row(), 0..60), fill in any::<bool>(), cut in 1_u32..40) {
        let desk = if fill { filling() } else { Desk::open() };
        let numbered = |cells: Vec<Vec<Cell>>| -> Vec<ImportRow> { (2_u32..).zip(cells).map(|(row, cells)| ImportRow { row, cells }).collect() };
        run(&desk.ledger, &desk, "before", &numbered(first)).unwrap();
        let given = numbered(second);
        let before = customers(desk.ledger.store());
        let preview = run(&desk.ledger.rehearsal(), &desk, "i1", &given).unwrap();
        prop_assert_eq!(&customers(desk.ledger.store()), &before);
        let real = run(&desk.ledger, &desk, "i1", &given).unwrap();
        prop_assert_eq!(&preview, &real);
        let blank = u32::try_from(given.iter().filter(|row| row.cells.iter().all(Cell::is_blank)).count()).unwrap();
        prop_assert_eq!(real.counts.blank, blank);
        prop_assert_eq!(real.counts.rows() as usize, real.rows.len());
        prop_assert_eq!(real.rows.len() + blank as usize, given.len());
        prop_assert_eq!(customers(desk.ledger.store()).len(), before.len() + real.counts.imported as usize);
        let problems = real.rows.iter().filter_map(|row| match &row.result { RowResult::Error { problems } => Some(problems), _ => None }).flatten();
        prop_assert!(problems.into_iter().all(|problem| !problem.japanese().contains(&problem.reason)));
        // Run once more, nothing is new; cut into commands otherwise, the same comes of it.
        prop_assert_eq!(&run(&desk.ledger, &desk, "i1", &given).unwrap(), &real);
        let undone = desk.run(UndoImport { import: id("i1") });
        if !given.is_empty() {
            prop_assert_eq!(undone.unwrap().removed, real.counts.imported);
            let ids = |all: &[String]| all.iter().map(|body| { let mut body: serde_json::Value = serde_json::from_str(body).unwrap(); body["version"] = 0.into(); body }).collect::<Vec<_>>();
            prop_assert_eq!(ids(&customers(desk.ledger.store())), ids(&before));
        }
        let (mut rows, mut results) = (given.as_slice(), Vec::new());
        while !rows.is_empty() {
            let (head, tail) = rows.split_at(rows.len().min(cut as usize));
            let done = desk.run(ImportRows { import: id("i2"), columns: heading().columns, date_system: DateSystem::D1900, rows: head.to_vec() }).unwrap();
            results.extend(done.rows.iter().map(|row| core::mem::discriminant(&row.result)));
            rows = tail;
        }
        prop_assert_eq!(results, real.rows.iter().map(|row| core::mem::discriminant(&row.result)).collect::<Vec<_>>());
    }
}

#[test]
fn i2_i7_of_a_file_64_megabytes_are_told_and_of_every_row_the_first_thing_that_is_wrong() {
    let desk = Desk::open();
    let heading = read_heading(&["姓", "名", "電話番号", "メールアドレス", "生年月日", "性別"].map(Cell::text)).unwrap();
    let wrong = Cell::text("𠮷".repeat(1_000));
    let cells: Vec<Cell> = [Cell::text("山田"), Cell::text("花子")].into_iter().chain(vec![wrong; 4]).collect();
    let last = 2 + 500 * 70;
    let rows = (2..last).map(|row| Ok::<_, ()>(ImportRow { row, cells: cells.clone() }));
    let report = desk
        .ledger
        .import(&id("i1"), &heading, DateSystem::D1900, rows, &desk.context(), |progress| {
            // Each commit is told as if it were alone.
            assert!(problems(&progress.done.rows[0]).len() > 1);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((report.counts.errors, report.rows.len()), (35_000, 35_000));
    let told = |row: &RowOutcome| (problems(row).len(), problems(row)[0].value.is_some());
    assert_eq!((told(&report.rows[0]), told(&report.rows[34_500])), ((4, true), (1, false)));
    let bytes = serde_json::to_vec(&report).unwrap().len();
    assert!((64_000_000..90_000_000).contains(&bytes), "{bytes}");
}

#[test]
fn i7_a_name_that_every_row_has_is_somebody_new_each_time() {
    let desk = Desk::open();
    let phone = |row: u32| Cell::text(if row.is_multiple_of(2) { String::new() } else { format!("090{row:08}") });
    let rows: Vec<ImportRow> =
        (2..2_002).map(|row| ImportRow { row, cells: vec![Cell::text("新規"), Cell::text("様"), phone(row)] }).collect();
    let report = run(&desk.ledger, &desk, "i1", &rows).unwrap();
    assert_eq!((report.counts.imported, report.counts.existing), (2_000, 0));
    // What it costs beside names of their own is `benches`' to tell.
    let RowResult::Imported { suggestions, more_suggestions, .. } = &report.rows.last().unwrap().result else { panic!() };
    assert_eq!((suggestions.len(), *more_suggestions), (20, true));
}
