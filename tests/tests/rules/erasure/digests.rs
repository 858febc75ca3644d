//! Whoever has the store and guesses a name and a phone must not be told by the digest of a command that they guessed right (W4, A2).
use std::collections::BTreeSet;
use std::sync::Mutex;

use daicho::error::StoreError;
use daicho::log::{Read, digest_hex};
use daicho::store::Batch;
use daicho::*;
use daicho_sqlite::SqliteStore;
use daicho_tests::around::{Around, Wrapped};
use daicho_tests::canary::life;
use daicho_tests::till::visit;
use daicho_tests::*;

use super::{files, on_a_file, three};

/// What somebody computes who guesses a command.
fn guess<C: Command>(command: &C) -> String {
    digest_hex(&[C::NAME.as_bytes(), b"\n", serde_json::to_string(command).unwrap().as_bytes()])
}

/// A desk that remembers what could be guessed.
struct Guessing<'d, S: Store> {
    desk: &'d Desk<S>,
    digests: Vec<(&'static str, String)>,
}

impl<'d, S: Store> Guessing<'d, S> {
    fn at(desk: &'d Desk<S>) -> Self {
        Self { desk, digests: Vec::new() }
    }

    fn run<C>(&mut self, command: C) -> C::Output
    where
        C: Command + Sync,
        C::Output: Send,
    {
        self.digests.push((C::NAME, guess(&command)));
        self.desk.run(command).unwrap()
    }

    /// The commands whose guess would be seen to be right: by a digest anywhere in a record or an entry.
    fn told(&self) -> Vec<&'static str> {
        let text = everything(self.desk);
        self.digests.iter().filter(|(_, digest)| text.contains(digest)).map(|(name, _)| *name).collect()
    }
}

fn everything<S: Store>(desk: &Desk<S>) -> String {
    let (store, salon) = (desk.ledger.store(), desk.ledger.salon());
    let records = Kind::ALL.iter().flat_map(|kind| store.scan(salon, *kind, None, 100_000).unwrap().records);
    let records = records.map(|record| record.to_json().unwrap() + &record.keys().concat());
    records.chain(store.changes(salon, 0, 100_000).unwrap().into_iter().map(|entry| entry.body)).collect()
}

fn digest_under<S: Store>(desk: &Desk<S>, key: &CommandKey) -> String {
    let read = Read::Id { kind: Kind::Receipt, id: key.to_string() };
    let found = desk.ledger.store().load(desk.ledger.salon(), &[read]).unwrap().records.remove(0).remove(0);
    found.to_value().unwrap()["digest"].as_str().unwrap().to_owned()
}

fn by_phone(given: &str, phone: &str) -> RegisterByPhone {
    RegisterByPhone {
        family_name: "金糸雀".into(),
        given_name: given.into(),
        family_kana: Some("カナリア".into()),
        given_kana: Some("ハナコ".into()),
        phone: phone.into(),
    }
}

fn file(import: &str, rows: &[[&str; 3]]) -> ImportRows {
    file_from(import, 2, rows)
}

fn file_from(import: &str, first: u32, rows: &[[&str; 3]]) -> ImportRows {
    let columns = import::read_heading(&["姓", "名", "電話番号"].map(Cell::text)).unwrap().columns;
    let rows = (first..).zip(rows).map(|(row, cells)| ImportRow { row, cells: cells.map(Cell::text).to_vec() }).collect();
    ImportRows { import: id(import), columns, date_system: DateSystem::D1900, rows }
}

#[test]
fn w4_the_digest_of_a_command_goes_with_the_person_of_whom_it_changed_anything() {
    let desk = Desk::open();
    let mut theirs = Guessing::at(&desk);
    let who = theirs.run(by_phone("花子", "090-5555-5555")).customer;
    theirs.run(file("file-1", &[["金糸雀", "花子", "03-5555-5555"]]));
    let source: CustomerId = id("c2");
    let mut form = desk.form(who).unwrap();
    form.shop_comment = Some("CANARY".into());
    theirs.run(EditCustomer { customer: who, based_on: 1, form });
    let listed = theirs.run(AddListing { customer: source, list: ListKind::Grey, memo: "CANARY".into() });
    theirs.run(EditListing { listing: listed.listing, based_on: listed.version, memo: "カナリア".into() });
    let booked = theirs.run(Book { comment: Some("CANARY".into()), ..cut(who, MORNING.plus_ms(-DAY)) }).reservation;
    theirs.run(MoveReservation { reservation: booked, to: Move::Visit });
    let by_hand = VisitForm { service_memo: Some("CANARY".into()), ..visit(id("2026-11-01"), 500) };
    let entered = theirs.run(AddVisit { customer: source, form: by_hand });
    theirs.run(RemoveVisit { visit: entered.visit, based_on: entered.version });
    let sold = till::line(SaleItem::Retail { product: id("wax") }, 3_000);
    let sold = SaleLine { name: Some("CANARY".into()), ..sold };
    let sale = theirs.run(till::sale(who, None, vec![sold], 3_000)).sale;
    theirs.run(VoidSale { sale, reason: "CANARY".into() });
    desk.merge(source, who).unwrap();
    let mut others = Guessing::at(&desk);
    let other = others.run(by_phone("初子", "090-1111-2222")).customer;
    others.run(AddListing { customer: other, list: ListKind::Watch, memo: "another's".into() });
    assert_eq!((theirs.told().len(), others.told().len()), (11, 2), "{:?}", theirs.told());
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(theirs.told(), Vec::<&str>::new());
    assert_eq!(others.told().len(), 2);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_a2_of_a_command_whose_digest_is_gone_the_name_and_the_actor_are_held_to() {
    let mut desk = Desk::open();
    let (registered, edited, rows) = (desk.context(), desk.context(), desk.context());
    let first = desk.ledger.execute(&by_phone("花子", "090-5555-5555"), &registered).unwrap();
    let who = first.output.customer;
    let form = CustomerForm { company: Some("CANARY".into()), ..desk.form(who).unwrap() };
    let edit = EditCustomer { customer: who, based_on: 1, form };
    let edit_answer = desk.ledger.execute(&edit, &edited).unwrap();
    let import = file("file-1", &[["金糸雀", "一子", "03-5555-5555"], ["金糸雀", "二子", "x"]]);
    let import_answer = desk.ledger.execute(&import, &rows).unwrap();
    for customer in [who, id("c2")] {
        desk.run(EraseCustomer { customer }).unwrap();
    }
    desk.now = MORNING.plus_ms(DAY);
    let again = desk.ledger.execute(&by_phone("花子", "090-5555-5555"), &registered).unwrap();
    assert!(again.replayed && again.output == first.output && again.sequence == first.sequence);
    let again = desk.ledger.execute(&edit, &edited).unwrap();
    assert!(again.replayed && again.output == edit_answer.output);
    let again = desk.ledger.execute(&import, &rows).unwrap();
    assert!(again.replayed && again.output == import_answer.output);
    // Whether it is word for word the same cannot be known any more.
    assert!(desk.ledger.execute(&by_phone("春子", "090-5555-5556"), &registered).unwrap().replayed);
    // That it is another command, or somebody else's, can.
    assert_eq!(desk.ledger.execute(&edit, &registered).unwrap_err().code(), "access.key_reused");
    let somebody = Context { actor: Actor::new(id("staff-2"), Role::Staff), ..registered };
    assert_eq!(desk.ledger.execute(&by_phone("花子", "090-5555-5555"), &somebody).unwrap_err().code(), "access.key_reused");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_every_command_that_changed_anything_of_a_whole_life_loses_its_digest_and_no_other() {
    let mut desk = Desk::open();
    let life = life(&mut desk).unwrap();
    let salon = desk.ledger.salon().clone();
    let of = |desk: &Desk<MemoryStore>, kind: Kind| {
        let records = desk.ledger.store().scan(&salon, kind, None, 100_000).unwrap().records;
        records.iter().map(|record| record.to_value().unwrap()).collect::<Vec<_>>()
    };
    let names = [life.who.to_string(), life.source.to_string()];
    let is_theirs = |part: &serde_json::Value| names.iter().any(|name| part["customer"] == name.as_str());
    let theirs: BTreeSet<u64> =
        of(&desk, Kind::Sealed).iter().filter(|part| is_theirs(part)).map(|part| part["sequence"].as_u64().unwrap()).collect();
    assert!(theirs.len() > 20 && of(&desk, Kind::Receipt).iter().all(|receipt| receipt["digest"] != ""));
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    let (mut gone, mut kept) = (BTreeSet::new(), BTreeSet::new());
    for receipt in of(&desk, Kind::Receipt) {
        let set = if receipt["digest"] == "" { &mut gone } else { &mut kept };
        set.insert(receipt["sequence"].as_u64().unwrap());
    }
    assert!(theirs.is_subset(&gone), "{:?}", theirs.difference(&gone));
    // Before they were one, another's commands were the other's.
    let other = of(&desk, Kind::Sealed);
    let other = other.iter().find(|part| part["customer"] == life.other.to_string().as_str() && part["operation"] == "create").unwrap();
    assert!(kept.contains(&other["sequence"].as_u64().unwrap()) && kept.len() >= 3, "{kept:?}");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_m8_what_was_typed_of_them_in_anothers_form_while_they_were_one_cannot_be_guessed_either() {
    let (desk, who, [other, _]) = three();
    let mut before = Guessing::at(&desk);
    before.run(AddListing { customer: other, list: ListKind::Grey, memo: "another's own".into() });
    let merge = desk.merge(who, other).unwrap().merge;
    // The form of the one that they are repeats the phone and the address of both; the edit itself changes nothing personal.
    let mut meanwhile = Guessing::at(&desk);
    let form = CustomerForm { has_account: true, ..desk.form(other).unwrap() };
    assert!(serde_json::to_string(&form).unwrap().contains("canary@example.jp"));
    meanwhile.run(EditCustomer { customer: other, based_on: desk.customer(other).unwrap().version, form });
    desk.run(Unmerge { merge }).unwrap();
    let mut after = Guessing::at(&desk);
    after.run(AddListing { customer: other, list: ListKind::Black, memo: "another's later".into() });
    assert_eq!((before.told().len(), meanwhile.told().len(), after.told().len()), (1, 1, 1));
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!((before.told().len(), meanwhile.told().len(), after.told().len()), (1, 0, 1));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_m8_what_was_done_with_anothers_booking_while_they_were_one_cannot_be_guessed_once_either_is_erased() {
    for erases_the_source in [false, true] {
        let (desk, who, [other, _]) = three();
        let mut before = Guessing::at(&desk);
        let reservation = before.run(cut(other, MORNING.plus_ms(-DAY))).reservation;
        let merge = desk.merge(other, who).unwrap().merge;
        let mut meanwhile = Guessing::at(&desk);
        for to in [Move::Visit, Move::UndoVisit { reason: "CANARY".into() }, Move::Visit] {
            meanwhile.run(MoveReservation { reservation, to });
        }
        desk.run(Unmerge { merge }).unwrap();
        assert_eq!((before.told().len(), meanwhile.told().len()), (1, 3));
        desk.run(EraseCustomer { customer: if erases_the_source { other } else { who } }).unwrap();
        assert_eq!((before.told().is_empty(), meanwhile.told().len()), (erases_the_source, 0));
        assert_eq!(desk.breaches().unwrap(), []);
    }
}

#[test]
fn w4_i5_a_delete_and_an_import_taken_back_leave_no_digest_either() {
    let desk = Desk::open();
    let mut mistaken = Guessing::at(&desk);
    let who = mistaken.run(by_phone("花子", "090-5555-5555")).customer;
    let form = CustomerForm { company: Some("CANARY".into()), ..desk.form(who).unwrap() };
    mistaken.run(EditCustomer { customer: who, based_on: 1, form });
    let mut rows = Guessing::at(&desk);
    rows.run(file("file-1", &[["金糸雀", "一子", "03-5555-5555"]]));
    assert_eq!((mistaken.told().len(), rows.told().len()), (2, 1));
    desk.run(DeleteCustomer { customer: who }).unwrap();
    assert_eq!((mistaken.told().len(), rows.told().len()), (0, 1));
    desk.run(UndoImport { import: id("file-1") }).unwrap();
    assert_eq!(rows.told().len(), 0);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_no_digest_is_left_in_the_sqlite_file() {
    let (folder, file) = on_a_file("digests");
    let desk = Desk::over(SqliteStore::open(&file).unwrap());
    let mut theirs = Guessing::at(&desk);
    let who = theirs.run(by_phone("花子", "090-5555-5555")).customer;
    theirs.run(Book { comment: Some("CANARY".into()), ..cut(who, MORNING.plus_ms(-DAY)) });
    let digests: Vec<String> = theirs.digests.iter().map(|(_, digest)| digest.clone()).collect();
    let found = || {
        let files = files(&folder);
        let holds = |digest: &&String| files.iter().any(|(_, bytes)| bytes.windows(64).any(|window| window == digest.as_bytes()));
        digests.iter().filter(holds).count()
    };
    assert_eq!((found(), theirs.told().len()), (2, 2));
    desk.step(id("r1"), Move::Visit).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!((found(), theirs.told().len()), (0, 0));
    drop(desk);
    assert_eq!(found(), 0, "when it is closed");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What another device does just before the first commit.
type Meanwhile<'s> = Mutex<Option<Box<dyn FnOnce() + Send + 's>>>;

struct Raced<'s>(&'s MemoryStore, Meanwhile<'s>);

impl<'s> Around for Raced<'s> {
    type Inner = &'s MemoryStore;

    fn inner(&self) -> &&'s MemoryStore {
        &self.0
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        if let Some(meanwhile) = self.1.lock().unwrap().take() {
            meanwhile();
        }
        self.0.commit(salon, batch)
    }
}

#[test]
fn w4_a2_what_another_device_commits_as_somebody_is_erased_loses_its_digest_too() {
    let store = MemoryStore::new();
    let mut other = Desk::over(&store);
    other.actor = Actor::new(id("manager-2"), Role::Manager);
    let who = other.run(by_phone("花子", "090-5555-5555")).unwrap().customer;
    let edit =
        EditCustomer { customer: who, based_on: 1, form: CustomerForm { company: Some("CANARY".into()), ..other.form(who).unwrap() } };
    let (key, digest) = (other.context(), guess(&edit));
    let meanwhile = || assert!(!other.ledger.execute(&edit, &key).unwrap().replayed);
    let desk = Desk::over(Wrapped(Raced(&store, Mutex::new(Some(Box::new(meanwhile))))));
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert!(!everything(&desk).contains(&digest));
    assert_eq!(digest_under(&desk, &key.key), "");
    // It had been committed, and is answered so.
    assert!(desk.ledger.execute(&edit, &key).unwrap().replayed);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w4_an_edit_that_changed_nothing_leaves_no_digest_of_the_form() {
    let desk = Desk::open();
    let who = desk.phone_in("金糸雀", "花子", "090-5555-5555").unwrap();
    // Staff open the form and press 更新.
    let edit = desk.ask(GetCustomerForm { customer: who }).unwrap();
    let told = guess(&edit);
    desk.run(edit).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert!(!everything(&desk).contains(&told), "name and phone can be guessed from the receipt");
}

#[test]
fn w4_an_edit_that_changed_nothing_leaves_none_after_a_delete_either() {
    let desk = Desk::open();
    let who = desk.phone_in("金糸雀", "花子", "090-5555-5555").unwrap();
    let edit = desk.ask(GetCustomerForm { customer: who }).unwrap();
    let told = guess(&edit);
    desk.run(edit).unwrap();
    desk.run(DeleteCustomer { customer: who }).unwrap();
    assert!(!everything(&desk).contains(&told));
}

#[test]
fn w4_l2_a_booking_through_line_by_whoever_is_known_leaves_no_digest() {
    let mut desk = Desk::open();
    let manager = std::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
    let line = LineLink { provider: "p".into(), user: "U1".into(), display_name: None, picture_url: None };
    let identify = || IdentifyLineCustomer { line: line.clone(), form: hanako("090-5555-5555", "canary@example.jp") };
    let who = desk.run(identify()).unwrap().customer;
    // Their second booking.
    let again = desk.run(identify()).unwrap();
    assert_eq!((again.customer, again.identified), (who, LineIdentity::Known));
    let link = LinkLine { customer: who, line: Some(line.clone()) };
    let told = [guess(&identify()), guess(&link)];
    desk.run(link).unwrap();
    desk.actor = manager;
    desk.run(EraseCustomer { customer: who }).unwrap();
    let left: Vec<bool> = told.iter().map(|told| everything(&desk).contains(told)).collect();
    assert_eq!(left, [false, false]);
}

#[test]
fn w4_i3_a_file_of_one_row_of_whoever_is_there_already_leaves_no_digest() {
    let desk = Desk::open();
    let who = desk.phone_in("金糸雀", "花子", "090-5555-5555").unwrap();
    let rows = file("file-1", &[["金糸雀", "花子", "09055555555"]]);
    let told = guess(&rows);
    desk.run(rows).unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert!(!everything(&desk).contains(&told), "one row is a name and a phone");
}

#[test]
fn w4_i5_an_import_taken_back_leaves_no_digest_of_a_chunk_of_one_row() {
    let desk = Desk::open();
    desk.run(file("file-1", &[["金糸雀", "花子", "09055555555"]])).unwrap();
    let last = [file_from("file-1", 3, &[["金糸雀", "花子", "09055555555"]]), file_from("file-1", 4, &[["金糸雀", "二子", "x"]])];
    let told = last.each_ref().map(guess);
    for rows in last {
        desk.run(rows).unwrap();
    }
    desk.run(UndoImport { import: id("file-1") }).unwrap();
    let left: Vec<bool> = told.iter().map(|told| everything(&desk).contains(told)).collect();
    assert_eq!(left, [false, false]);
}

#[test]
fn i5_another_file_under_the_same_id_is_not_swallowed_after_an_erasure() {
    use std::ops::ControlFlow;
    let desk = Desk::open();
    let heading = import::read_heading(&["姓", "名", "電話番号"].map(Cell::text)).unwrap();
    let import = |rows: &[[&str; 3]]| {
        let rows = file("f", rows).rows.into_iter().map(Ok::<_, String>);
        desk.ledger.import(&id("f"), &heading, DateSystem::D1900, rows, &desk.context(), |_| ControlFlow::Continue(()))
    };
    import(&[["山田", "花子", "09011112222"], ["山田", "", "09011112223"]]).unwrap();
    desk.run(EraseCustomer { customer: id("c1") }).unwrap();
    // Twice as many people, all others.
    let report =
        import(&[["鈴木", "一", "0311110001"], ["鈴木", "二", "0311110002"], ["鈴木", "三", "0311110003"], ["鈴木", "四", "0311110004"]]);
    let Err(ImportStopped::Ledger(error)) = report else { panic!("{report:?}") };
    assert_eq!(error.code(), "import.other_file");
}

#[test]
fn i5_a2_a_mended_file_under_the_same_id_is_told_that_it_is_another() {
    let desk = Desk::open();
    let heading = import::read_heading(&["姓", "名", "電話番号"].map(Cell::text)).unwrap();
    let import = |phone: &str| {
        let rows = file("f", &[["山田", "花子", phone]]).rows.into_iter().map(Ok::<_, String>);
        desk.ledger.import(&id("f"), &heading, DateSystem::D1900, rows, &desk.context(), |_| std::ops::ControlFlow::Continue(()))
    };
    assert_eq!(import("x").unwrap().counts.errors, 1);
    let Err(ImportStopped::Ledger(error)) = import("09011112222") else { panic!("taken for the file before") };
    assert_eq!(error.code(), "import.other_file");
    // Whose the row was, nobody can say: with the first who is erased goes what could be tried out.
    let told = guess(&file("f", &[["山田", "花子", "x"]]));
    let kept = everything(&desk).contains(&told);
    let other = desk.phone_in("佐藤", "一郎", "03-1234-5678").unwrap();
    desk.run(EraseCustomer { customer: other }).unwrap();
    assert_eq!((kept, everything(&desk).contains(&told)), (true, false));
}
