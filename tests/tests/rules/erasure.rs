//! 削除 and 消去: W4, and what A1, A2, C7, M5, M8, N10 and S8 say of who is gone.
mod digests;

use daicho::*;
use daicho_sqlite::SqliteStore;
use daicho_tests::canary::{CANARIES, Life, canaries_kept, canary_in, life};
use daicho_tests::till::{three_cuts, visit};
use daicho_tests::*;

fn erased() -> (Desk<MemoryStore>, Life) {
    let mut desk = Desk::open();
    let life = life(&mut desk).unwrap();
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    (desk, life)
}

#[test]
fn w4_an_erasure_leaves_no_text_of_the_customers_in_any_record_or_entry() {
    let mut desk = Desk::open();
    let life = life(&mut desk).unwrap();
    let before = canaries_kept(&desk);
    for canary in ["金糸雀", "カナリア", "CANARY", "canary", "55555555", "5555-5555", "\"year\":1955"] {
        assert!(before.iter().any(|found| found.ends_with(canary)) || CANARIES.contains(&canary), "{canary}");
    }
    for kind in
        [Kind::Customer, Kind::Reservation, Kind::ManualVisit, Kind::Sale, Kind::Ticket, Kind::PointLot, Kind::Listing, Kind::Sealed]
    {
        assert!(before.iter().any(|found| found.starts_with(kind.name())), "{kind:?} has no canary to lose");
    }
    assert!(!before.iter().any(|found| found.starts_with("receipt") || found.starts_with("entry")), "{before:?}");
    let erased = desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert!(erased.records >= 8 && erased.parts >= 20, "{erased:?}");
    assert_eq!(desk.breaches().unwrap(), []);
    // Another's own texts stay, those of the day on which they were one included.
    assert_eq!(desk.customer(life.other).unwrap().department.as_deref(), Some("another's"));
    let journal = serde_json::to_string(&desk.ledger.journal(0, 1_000, &desk.actor).unwrap()).unwrap();
    assert!(journal.contains("another's") && canary_in(journal.as_bytes()).is_none());
}

// Somebody with canaries, and two others with whom they could be merged.
fn three() -> (Desk<MemoryStore>, CustomerId, [CustomerId; 2]) {
    let desk = Desk::open();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let form = CustomerForm { shop_comment: Some("CANARY".into()), ..hanako("09055555555", "canary@example.jp") };
    let who = desk.register(form).unwrap();
    desk.list(who, ListKind::Watch, "CANARY").unwrap();
    let others = ["0312345678", "0399999999"].map(|phone| desk.register(hanako(phone, &format!("{phone}@example.jp"))).unwrap());
    (desk, who, others)
}

#[test]
fn w4_m8_what_the_other_got_while_they_were_one_is_the_others_own() {
    let (desk, who, [other, _]) = three();
    desk.list(other, ListKind::Watch, "another's own").unwrap();
    let merge = desk.merge(who, other).unwrap().merge;
    // Both stand to this day: one that was made meanwhile, one whose memo was joined and then written anew.
    desk.list(other, ListKind::Grey, "another's new").unwrap();
    let joined = desk
        .ask(GetListings { customer: other })
        .unwrap()
        .listings
        .into_iter()
        .find(|entry| entry.memo.starts_with("another's own"))
        .unwrap();
    desk.run(EditListing { listing: joined.id, based_on: joined.version, memo: "another's anew".into() }).unwrap();
    desk.run(Unmerge { merge }).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert_eq!(desk.breaches().unwrap(), []);
    let journal = serde_json::to_string(&desk.ledger.journal(0, 1_000, &desk.actor).unwrap()).unwrap();
    for own in ["another's own", "another's new", "another's anew"] {
        assert!(journal.contains(own), "{own}");
    }
}

#[test]
fn w4_m8_whom_the_other_was_merged_into_meanwhile_keeps_nothing_either() {
    let (desk, who, [other, third]) = three();
    desk.list(other, ListKind::Watch, "another's").unwrap();
    let first = desk.merge(who, other).unwrap().merge;
    desk.list(third, ListKind::Watch, "a third's").unwrap();
    // An entry of the other's takes in the memo, and lies with the third's for a while.
    let second = desk.merge(other, third).unwrap().merge;
    desk.edit(third, |form| form.department = Some("a third's".into())).unwrap();
    desk.run(Unmerge { merge: second }).unwrap();
    desk.run(Unmerge { merge: first }).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert_eq!(desk.breaches().unwrap(), []);
    assert_eq!(desk.customer(third).unwrap().department.as_deref(), Some("a third's"));
}

#[test]
fn w4_m8_n5_a_visit_that_was_deleted_while_they_were_another_is_theirs_all_the_same() {
    let (desk, who, [other, _]) = three();
    let with_memo = |memo: &str| VisitForm { service_memo: Some(memo.into()), ..daicho_tests::till::visit(id("2026-11-01"), 500) };
    let visit = desk.run(AddVisit { customer: who, form: with_memo("CANARY") }).unwrap();
    let merge = desk.merge(who, other).unwrap().merge;
    let own = desk.run(AddVisit { customer: other, form: with_memo("another's own") }).unwrap();
    for visit in [visit.visit, own.visit] {
        let based_on = desk.ask(GetVisits { customer: other }).unwrap().visits.iter().find(|found| found.id == visit).unwrap().version;
        desk.run(RemoveVisit { visit, based_on }).unwrap();
    }
    desk.run(Unmerge { merge }).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert_eq!(desk.breaches().unwrap(), []);
    let journal = serde_json::to_string(&desk.ledger.journal(0, 1_000, &desk.actor).unwrap()).unwrap();
    assert!(journal.contains("another's own"));
}

#[test]
fn w4_n10_every_figure_stays_now_and_as_of_then() {
    let mut desk = Desk::open();
    let life = life(&mut desk).unwrap();
    let figures = |desk: &Desk<MemoryStore>| {
        let days: Vec<_> = (-40..2)
            .map(|day| desk.ask(GetFigures { customer: life.who, as_of: Some(MORNING.plus_ms(day * DAY)), frequencies: vec![] }).unwrap())
            .collect();
        (desk.figures(life.who).unwrap(), desk.points(life.who).unwrap(), days)
    };
    desk.now = MORNING.plus_ms(DAY);
    let before = figures(&desk);
    let sales = desk.ask(GetSales { customer: life.who }).unwrap().sales.len();
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!(figures(&desk), before);
    assert_eq!(desk.ask(GetSales { customer: life.who }).unwrap().sales.len(), sales);
    assert!(before.0.visits >= 3 && before.0.due > Yen::ZERO && before.0.amount > Yen::ZERO);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_a1_the_chain_holds_and_the_journal_tells_what_happened_and_what_was_erased() {
    let (desk, life) = erased();
    let journal = desk.ledger.journal(0, 1_000, &desk.actor).unwrap().entries;
    assert_eq!(journal.last().unwrap().command, "eraseCustomer");
    let changes = journal.iter().flat_map(|entry| &entry.changes);
    let theirs: Vec<_> = changes.filter(|change| change.kind == Kind::Customer && change.id == life.who.to_string()).collect();
    assert!(theirs.first().unwrap().erased && !theirs.last().unwrap().erased);
    let state = theirs.last().unwrap().fields.iter().find(|field| field.field == "state").unwrap();
    assert!(state.after.as_deref().unwrap().contains("erased"));
    // Somebody else's part is whole.
    let other = journal[1].changes.iter().find(|change| change.kind == Kind::Customer).unwrap();
    assert!(other.customer == Some(life.other) && !other.erased);
}

#[test]
fn w4_c7_m6_s8_the_number_resolves_and_shows_nothing_and_no_search_finds_it() {
    let (desk, life) = erased();
    for named in [life.who, life.source] {
        let card = desk.ask(GetCustomer { customer: named }).unwrap();
        assert_eq!((card.customer.id, card.customer.state.name()), (life.who, "erased"));
        assert_eq!(card.customer.clone().impersonal(), card.customer);
        // An old card's number of the salon's own count is not given out again; one that spells anything else is gone.
        assert_eq!(desk.ask(GetCustomer { customer: life.who }).unwrap().customer.family_name, "");
    }
    let search = |criteria: Criteria| {
        desk.ledger.search(&SearchCustomers { criteria, ..SearchCustomers::default() }, &desk.actor, desk.now).unwrap().total
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(search(Criteria::default()), 1, "the other one");
    for name in ["金糸雀", "カナリア", "CANARY"] {
        assert_eq!(search(Criteria { name: text(name), ..Criteria::default() }), 0, "{name}");
    }
    for number in ["2", "3", "777", "CANARY"] {
        assert_eq!(search(Criteria { number: text(number), ..Criteria::default() }), 0, "{number}");
    }
    assert_eq!(desk.ask(ListErased::default()).unwrap().customers, [ErasedRow { id: life.who, number: 3, erased_at: MORNING }]);
    assert_eq!(desk.ask(ListWithdrawn::default()).unwrap().total, 0);
    let next = desk.register(hanako("0312345679", "next@example.jp")).unwrap();
    assert_eq!(desk.customer(next).unwrap().number, 4);
}

#[test]
fn w4_whoever_is_erased_takes_part_in_nothing_any_more_but_what_was_begun_comes_to_its_end() {
    let (mut desk, life) = erased();
    let code = |result: Result<(), Error>| result.unwrap_err().code();
    let edit = EditCustomer { customer: life.who, based_on: 1, form: hanako("09012345678", "a@example.jp") };
    assert_eq!(code(desk.run(edit).map(|_| ())), "customer.not_active");
    assert_eq!(code(desk.book(life.who, MORNING.plus_ms(DAY)).map(|_| ())), "customer.not_active");
    assert_eq!(code(desk.list(life.who, ListKind::Black, "x").map(|_| ())), "customer.not_active");
    assert_eq!(code(desk.merge(life.who, life.other).map(|_| ())), "merge.not_active");
    assert_eq!(code(desk.run(NoteRequest { customer: life.who, request: Some(Pending::Disclosure) }).map(|_| ())), "customer.not_active");
    assert_eq!(code(desk.run(DeleteCustomer { customer: life.who }).map(|_| ())), "customer.not_active");
    assert_eq!(code(desk.run(EraseCustomer { customer: life.source }).map(|_| ())), "customer.not_active", "who was merged has another id");
    let grey = desk.ask(GetListings { customer: life.who }).unwrap().listings.into_iter().find(Listing::stands).unwrap();
    let memo = EditListing { listing: grey.id, based_on: grey.version, memo: "CANARY".into() };
    assert_eq!(code(desk.run(memo).map(|_| ())), "customer.not_active");
    // M8: no merge is taken back over it.
    let merge = desk.ask(GetMerges { customer: life.who }).unwrap().merges[0].merge.id;
    assert_eq!(code(desk.run(Unmerge { merge }).map(|_| ())), "merge.no_undo");
    // A due stays and is settled; the reason is a new text, which a second erasure takes away.
    assert_eq!(desk.figures(life.who).unwrap().due, Yen(2_200));
    desk.now = MORNING.plus_ms(DAY);
    desk.step(life.due, Move::WaiveFee { reason: "CANARY".into() }).unwrap();
    assert_eq!(desk.figures(life.who).unwrap().due, Yen::ZERO);
    assert!(!canaries_kept(&desk).is_empty());
    let again = desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!((again.records, canaries_kept(&desk).len()), (1, 0));
    assert_eq!(desk.customer(life.who).unwrap().state, CustomerState::Erased { at: MORNING }, "erased since the first time");
    let idle = desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!((idle.records, idle.parts), (0, 0));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_a2_the_same_erasure_again_answers_the_same_and_the_import_answers_what_it_answered() {
    let mut desk = Desk::open();
    let who = desk.register(CustomerForm { family_name: "金糸雀".into(), ..hanako("09055555555", "canary@example.jp") }).unwrap();
    let columns = import::read_heading(&["姓", "名", "電話番号", "住所", "流入経路"].map(Cell::text)).unwrap().columns;
    let row = |row: u32, phone: Cell| ImportRow {
        row,
        cells: vec![Cell::text("金糸雀"), Cell::text("花子"), phone, Cell::text("〒555-5555東京都CANARY"), Cell::text("CANARY、CANARY")],
    };
    let rows = vec![row(2, Cell::number("9055555555")), row(3, Cell::text("CANARY"))];
    let import = ImportRows { import: id("file-1"), columns, date_system: DateSystem::D1900, rows };
    let context = desk.context();
    let first = desk.ledger.execute(&import, &context).unwrap();
    let [existing, wrong] = first.output.rows.as_slice() else { panic!("two rows") };
    assert!(existing.repairs.iter().any(|repair| repair.after == "09055555555") && existing.repairs.len() >= 2);
    let RowResult::Error { problems } = &wrong.result else { panic!("{wrong:?}") };
    assert_eq!(problems[0].value.as_deref(), Some("CANARY"));
    let erase = desk.context();
    let erased = desk.ledger.execute(&EraseCustomer { customer: who }, &erase).unwrap();
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    desk.now = MORNING.plus_ms(DAY);
    let again = desk.ledger.execute(&import, &context).unwrap();
    assert!(again.replayed);
    assert_eq!(again.output, first.output, "whoever repeats it has brought the cells along");
    let again = desk.ledger.execute(&EraseCustomer { customer: who }, &Context { now: desk.now, ..erase }).unwrap();
    assert!(again.replayed && again.output == erased.output);
}

#[test]
fn w4_m5_what_stands_in_the_way_of_an_erasure_and_its_preview() {
    let mut desk = Desk::open();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 100 })).unwrap();
    let who = desk.register(CustomerForm { pictures: vec!["p/1".into()], ..hanako("09012345678", "a@example.jp") }).unwrap();
    let preview = |desk: &Desk<MemoryStore>| desk.ask(PreviewErasure { customer: who }).unwrap();
    let erase = |desk: &Desk<MemoryStore>| desk.run(EraseCustomer { customer: who }).map(|_| ()).map_err(|error| error.code());
    let plan = desk.plan("cut-3", three_cuts()).unwrap();
    desk.sell(who, &plan, 10_000).unwrap();
    desk.list(who, ListKind::Black, "暴言").unwrap();
    assert_eq!(preview(&desk).pictures, ["p/1"]);
    assert_eq!((preview(&desk).tickets.len(), preview(&desk).blacklisted, preview(&desk).records), (1, true, 3));
    desk.run(RemoveListing { listing: id("l1") }).unwrap();
    assert!(!preview(&desk).blacklisted);
    // A reservation that lies ahead, and one whose hour has passed: each needs its end.
    let booked = desk.book(who, MORNING.plus_ms(HOUR)).unwrap();
    assert_eq!((preview(&desk).open_reservations, erase(&desk)), (vec![booked], Err("customer.open_reservations")));
    desk.now = MORNING.plus_ms(DAY);
    assert_eq!((preview(&desk).open_reservations, erase(&desk)), (vec![booked], Err("customer.open_reservations")));
    desk.step(booked, Move::NoShow).unwrap();
    // M5: who asked to be shown their record is shown it first, and is in no merge meanwhile.
    let version = desk.run(NoteRequest { customer: who, request: Some(Pending::Disclosure) }).unwrap().version;
    assert_eq!((preview(&desk).disclosure_pending, erase(&desk)), (true, Err("customer.disclosure_pending")));
    let twin = desk.register(hanako("09012345679", "b@example.jp")).unwrap();
    assert_eq!(desk.merge(who, twin).unwrap_err().code(), "merge.pending");
    let noted = desk.run(NoteRequest { customer: who, request: Some(Pending::Erasure) }).unwrap();
    assert_eq!(noted.version, version + 1);
    assert_eq!(desk.merge(twin, who).unwrap_err().code(), "merge.pending");
    assert_eq!(erase(&desk), Ok(()));
    assert_eq!(desk.customer(who).unwrap().pending, None, "what was asked for is done");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_who_has_left_is_erased_too_and_goes_from_one_list_to_the_other() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let manager = desk.actor.clone();
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    desk.run(Withdraw { customer: who, reason: "CANARY".into(), cancel_reservations: false }).unwrap();
    (desk.actor, desk.channel) = (manager, Channel::Counter);
    assert_eq!(desk.ask(ListWithdrawn::default()).unwrap().total, 1);
    desk.run(NoteRequest { customer: who, request: Some(Pending::Erasure) }).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!((desk.ask(ListWithdrawn::default()).unwrap().total, desk.ask(ListErased::default()).unwrap().total), (0, 1));
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_s8_the_list_of_the_erased_is_walked_page_by_page_the_newest_first() {
    let mut desk = Desk::open();
    for n in 0..5 {
        let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
        desk.now = MORNING.plus_ms(n / 2 * HOUR);
        desk.run(EraseCustomer { customer: who }).unwrap();
    }
    let mut walked = Vec::new();
    let mut cursor = None;
    loop {
        let page = desk.ask(ListErased { page_size: Some(2), cursor }).unwrap();
        assert_eq!(page.total, 5);
        walked.extend(page.customers.iter().map(|row| row.number));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(walked, [5, 4, 3, 2, 1]);
    for (page_size, cursor) in [(Some(0), None), (Some(1_001), None), (None, Some("x".to_owned()))] {
        assert!(desk.ask(ListErased { page_size, cursor }).is_err());
    }
}

// Somebody with one record of a kind, and nothing else of their own.
fn with_one(kind: Kind) -> Option<(Desk<MemoryStore>, CustomerId)> {
    let desk = Desk::open();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 100 })).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let twin = desk.register(hanako("09012345679", "b@example.jp")).unwrap();
    match kind {
        Kind::Reservation => drop(desk.book(who, MORNING.plus_ms(DAY)).unwrap()),
        Kind::ManualVisit => drop(desk.run(AddVisit { customer: who, form: visit(id("2026-11-01"), 700) }).unwrap()),
        Kind::Sale | Kind::Ticket => {
            let plan = desk.plan("cut-3", three_cuts()).unwrap();
            desk.sell(who, &plan, 10_000).unwrap();
        }
        Kind::PointLot => drop(desk.run(AdjustPoints { customer: who, seen: 0, balance: 5, reason: "x".into() }).unwrap()),
        Kind::Listing => {
            let listing = desk.list(who, ListKind::Watch, "x").unwrap().listing;
            desk.run(RemoveListing { listing }).unwrap();
        }
        Kind::NotSame => drop(desk.run(MarkNotSame { one: who, other: twin, take_back: false }).unwrap()),
        Kind::Merge => drop(desk.merge(twin, who).unwrap()),
        _ => return None,
    }
    Some((desk, who))
}

/// Kinds of record that name a customer, or can, and are no history of theirs.
const NO_HISTORY: [(Kind, &str); 7] = [
    (Kind::Customer, "the record itself"),
    (Kind::Figures, "follow from what is history"),
    (Kind::Block, "of those who have left or were erased, who are not deleted"),
    (Kind::Import, "tells of rows and of whom it filled; who was made by one is deleted like anybody"),
    (Kind::Receipt, "an answer: ids and counts"),
    (Kind::Sealed, "the journal's part, which is told again without what was personal"),
    (Kind::Segment, "a condition: whoever fits"),
];
const NOBODYS: [Kind; 3] = [Kind::Settings, Kind::Counters, Kind::TicketPlan];

#[test]
fn w4_every_kind_of_record_is_a_history_or_has_a_reason_not_to_be() {
    for kind in Kind::ALL {
        let (excused, nobodys) = (NO_HISTORY.iter().any(|(known, _)| known == kind), NOBODYS.contains(kind));
        match with_one(*kind) {
            Some((desk, who)) => {
                assert!(!excused && !nobodys, "{kind:?}");
                let error = desk.run(DeleteCustomer { customer: who }).unwrap_err();
                assert_eq!((error.code(), error.fields()), ("customer.has_history", vec!["customer".to_owned()]), "{kind:?}");
                let kinds = error.data()["kinds"].to_string();
                assert!(kinds.contains(kind.name()), "{kind:?}: {kinds}");
                assert!(error.to_string().contains("erase"), "it names the way on");
            }
            None => {
                assert!(excused || nobodys, "a new kind: is a {kind:?} a history of the customer it names? Say so in `with_one` or here")
            }
        }
    }
}

#[test]
fn w4_c7_a_delete_leaves_the_number_spent_and_the_journal_without_the_person() {
    let mut desk = Desk::open();
    desk.actor = Actor::new(id("staff-1"), Role::Staff);
    let mistaken = desk.register(CustomerForm { family_name: "金糸雀".into(), ..hanako("09055555555", "canary@example.jp") }).unwrap();
    desk.edit(mistaken, |form| form.company = Some("CANARY".into())).unwrap();
    // A visit that was entered by mistake and deleted is no history, and its memo goes too.
    let mut form = visit(id("2026-11-01"), 700);
    form.service_memo = Some("CANARY".into());
    let entered = desk.run(AddVisit { customer: mistaken, form }).unwrap();
    desk.run(RemoveVisit { visit: entered.visit, based_on: entered.version }).unwrap();
    let done = desk.execute(&DeleteCustomer { customer: mistaken }).unwrap();
    assert_eq!(done.output, Deleted { customer: mistaken, number: 1 });
    assert_eq!(
        done.changed.iter().map(|changed| (changed.kind, changed.operation)).collect::<Vec<_>>(),
        [(Kind::Customer, Operation::Remove)]
    );
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
    assert_eq!(desk.customer(mistaken).unwrap_err().code(), "customer.not_found");
    assert_eq!(desk.run(DeleteCustomer { customer: mistaken }).unwrap_err().code(), "customer.not_found");
    assert_eq!(desk.run(EraseCustomer { customer: mistaken }).unwrap_err().code(), "access.forbidden");
    assert_eq!(desk.customer(desk.register(hanako("09012345678", "a@example.jp")).unwrap()).unwrap().number, 2);
    desk.actor = Actor::new(id("manager-1"), Role::Manager);
    let journal = desk.ledger.journal(0, 100, &desk.actor).unwrap().entries;
    let told = journal.iter().find(|entry| entry.command == "deleteCustomer").unwrap();
    assert_eq!((told.actor.id.clone(), told.changes[0].operation), (id("staff-1"), Operation::Remove));
    assert!(journal[0].changes.iter().any(|change| change.kind == Kind::Customer && change.erased));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_m5_who_asked_to_be_shown_their_record_is_not_deleted_before() {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    desk.run(NoteRequest { customer: who, request: Some(Pending::Disclosure) }).unwrap();
    assert_eq!(desk.run(DeleteCustomer { customer: who }).unwrap_err().code(), "customer.disclosure_pending");
    desk.run(NoteRequest { customer: who, request: None }).unwrap();
    assert!(desk.run(DeleteCustomer { customer: who }).is_ok());
}

#[test]
fn w4_i5_no_undo_of_an_import_brings_anybody_back() {
    let desk = Desk::open();
    let columns = import::read_heading(&["姓", "名"].map(Cell::text)).unwrap().columns;
    let rows = (2..4).map(|row| ImportRow { row, cells: ["金糸雀", "花子"].map(Cell::text).to_vec() }).collect();
    desk.run(ImportRows { import: id("file-1"), columns, date_system: DateSystem::D1900, rows }).unwrap();
    desk.run(EraseCustomer { customer: id("c1") }).unwrap();
    assert_eq!(desk.run(UndoImport { import: id("file-1") }).unwrap_err().code(), "import.touched");
    assert_eq!(desk.customer(id("c1")).unwrap().state.name(), "erased");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_the_index_is_made_anew_and_holds_no_name_of_whoever_was_erased() {
    let mut desk = Desk::open();
    fn total<S: Store>(desk: &Desk<S>) -> u32 {
        desk.ledger.search(&SearchCustomers::default(), &desk.actor, desk.now).unwrap().total
    }
    let life = life(&mut desk).unwrap();
    assert_eq!(total(&desk), 2);
    // Another device, whose index catches up through the log.
    let steps = store::Steps::new(|port| async move {
        let mut index = search::Index::build(&port).await.unwrap();
        let before = index.block(&"0".repeat(64)).unwrap();
        (index.sequence(), before, index.is_stale(), core::mem::take(&mut index))
    });
    let (at, before, stale, mut index) = store::run(desk.ledger.store(), desk.ledger.salon(), steps).unwrap();
    assert!(canary_in(&before).is_some() && !stale);
    desk.ledger.store().keep_index(desk.ledger.salon(), &before).unwrap();
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!(desk.ledger.store().index(desk.ledger.salon()).unwrap(), None);
    assert_eq!(total(&desk), 1);
    let news = store::run(
        desk.ledger.store(),
        desk.ledger.salon(),
        store::Steps::new(move |port| async move { search::Index::news(&port, at).await.unwrap() }),
    );
    assert!(index.apply(news.unwrap()) && index.is_stale(), "its words still hold the name");
    // A block that was written by somebody who did not know yet is not taken, and not left.
    desk.ledger.store().keep_index(desk.ledger.salon(), &before).unwrap();
    assert_eq!(total(&Desk::over(desk.ledger.store())), 1);
}

// Every file that lies beside the store.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

fn traces(folder: &std::path::Path) -> Vec<String> {
    files(folder).iter().filter_map(|(name, bytes)| canary_in(bytes).map(|canary| format!("{name}: {canary}"))).collect()
}

#[test]
fn w4_no_byte_of_it_is_left_in_the_sqlite_file_its_wal_or_its_free_pages() {
    let (folder, file) = on_a_file("bytes");
    {
        let mut desk = Desk::over(SqliteStore::open(&file).unwrap());
        let life = life(&mut desk).unwrap();
        // Rows are moved from page to page as the file grows.
        for n in 0..200 {
            desk.register(CustomerForm { company: Some("x".repeat(n * 7 % 250)), ..hanako("0312345678", "x@example.jp") }).unwrap();
            desk.edit(life.who, |form| form.shop_comment = Some("CANARY ".repeat(n % 60))).unwrap();
        }
        desk.ledger.store().keep_index(desk.ledger.salon(), "CANARY".repeat(2_000).as_bytes()).unwrap();
        assert!(traces(&folder).iter().any(|found| found.starts_with("salon.daicho-wal")), "there is something to find");
        // Others have the file open too.
        let reader = Desk::over(SqliteStore::open(&file).unwrap());
        reader.customer(life.who).unwrap();
        desk.run(EraseCustomer { customer: life.who }).unwrap();
        assert_eq!(traces(&folder), Vec::<String>::new(), "while it is open");
        assert_eq!(reader.customer(life.who).unwrap().state.name(), "erased");
        assert_eq!((desk.breaches().unwrap(), canaries_kept(&desk)), (vec![], vec![]));
    }
    assert_eq!(traces(&folder), Vec::<String>::new(), "when it is closed");
    std::fs::remove_dir_all(&folder).unwrap();
}

// A salon in a file of its own folder, and who is to be erased in it.
fn on_a_file(name: &str) -> (std::path::PathBuf, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("daicho-erasure-{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("salon.daicho");
    (folder, file)
}

#[test]
fn w4_whoever_still_reads_what_was_before_only_puts_the_sweep_off() {
    let (folder, file) = on_a_file("reader");
    let mut options = daicho_sqlite::Options::default();
    options.busy_timeout = std::time::Duration::from_millis(20);
    let mut desk = Desk::over(SqliteStore::open_with(&file, options).unwrap());
    let life = life(&mut desk).unwrap();
    // Somebody with an SQL shell looks at the ledger as it was.
    let shell = daicho_sqlite::rusqlite::Connection::open(&file).unwrap();
    shell.execute_batch("BEGIN; SELECT count(*) FROM record").unwrap();
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    assert_eq!(desk.customer(life.who).unwrap().state.name(), "erased", "the erasure stands");
    assert!(!traces(&folder).is_empty());
    assert!(matches!(desk.ledger.store().sweep(), Err(error::StoreError::Unavailable { .. })));
    shell.execute_batch("ROLLBACK").unwrap();
    desk.ledger.store().sweep().unwrap();
    assert_eq!((traces(&folder), desk.breaches().unwrap()), (vec![], vec![]));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn w4_an_erasure_in_a_transaction_of_the_hosts_is_swept_when_the_file_is_opened_next() {
    let (folder, file) = on_a_file("host");
    let mut desk = Desk::over(SqliteStore::open(&file).unwrap());
    let life = life(&mut desk).unwrap();
    let mut connection = daicho_sqlite::rusqlite::Connection::open(&file).unwrap();
    let transaction = connection.transaction_with_behavior(daicho_sqlite::rusqlite::TransactionBehavior::Immediate).unwrap();
    let ledger = Ledger::open(SqliteStore::within(&transaction).unwrap(), id("salon-1"));
    ledger.execute(&EraseCustomer { customer: life.who }, &Context { key: id("erase"), ..desk.context() }).unwrap();
    drop(ledger);
    transaction.commit().unwrap();
    assert!(!traces(&folder).is_empty(), "nobody could sweep yet");
    drop(SqliteStore::open(&file).unwrap());
    assert_eq!(traces(&folder), Vec::<String>::new());
    assert_eq!((desk.breaches().unwrap(), canaries_kept(&desk)), (vec![], vec![]));
    drop((desk, connection));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn w4_an_index_that_came_too_late_leaves_no_trace_in_the_wal() {
    let folder = std::env::temp_dir().join(format!("daicho-late-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("salon.db");
    let desk = Desk::over(daicho_sqlite::SqliteStore::open(&path).unwrap());
    let who = desk.phone_in("金糸雀", "花子", "090-5555-5555").unwrap();
    // Made from an index that still knew them.
    let late = ["index with 金糸雀 in it", &"x".repeat(20_000)].concat().into_bytes();
    desk.run(EraseCustomer { customer: who }).unwrap();
    let (store, salon) = (desk.ledger.store(), desk.ledger.salon());
    store.keep_index(salon, &late).unwrap();
    // As a ledger does that finds that somebody was erased while it kept its index.
    store.keep_index(salon, daicho::store::NO_INDEX).unwrap();
    let left: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| std::fs::read(path).unwrap().windows(9).any(|window| window == "金糸雀".as_bytes()))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(left, Vec::<String>::new());
}
