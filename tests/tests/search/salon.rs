//! What the tests of search share: asking, walking pages, and putting records into a store without a command.
use std::sync::Arc;

use daicho::log::{Entry, EntryBody, EntryChange, Operation};
use daicho::store::Batch;
use daicho::*;
use daicho_tests::*;

pub(crate) type Shared = Arc<MemoryStore>;

/// Everybody who satisfies the criteria, by customer number.
pub(crate) fn found<S: Store>(desk: &Desk<S>, criteria: Criteria) -> Vec<CustomerId> {
    let page = desk
        .ledger
        .search(&SearchCustomers { criteria, page_size: Some(1000), ..SearchCustomers::default() }, &desk.actor, desk.now)
        .unwrap();
    assert_eq!(page.customers.len(), usize::try_from(page.total).unwrap());
    page.customers.iter().map(|row| row.id).collect()
}

/// Everybody of whom a condition holds, by customer number.
pub(crate) fn asked<S: Store>(desk: &Desk<S>, condition: Condition) -> Vec<CustomerId> {
    let search = SearchCustomers { condition: Some(condition), page_size: Some(1000), ..SearchCustomers::default() };
    desk.ledger.search(&search, &desk.actor, desk.now).unwrap().customers.iter().map(|row| row.id).collect()
}

/// Everybody whom a line of the query language finds, by customer number.
pub(crate) fn queried<S: Store>(desk: &Desk<S>, line: &str) -> Vec<CustomerId> {
    let search = SearchCustomers { query: Some(line.to_owned()), page_size: Some(1000), ..SearchCustomers::default() };
    desk.ledger
        .search(&search, &desk.actor, desk.now)
        .unwrap_or_else(|error| panic!("{line}: {error}"))
        .customers
        .iter()
        .map(|row| row.id)
        .collect()
}

pub(crate) fn refused<S: Store>(desk: &Desk<S>, search: &SearchCustomers) -> Error {
    desk.ledger.search(search, &desk.actor, desk.now).unwrap_err()
}

pub(crate) fn row<S: Store>(desk: &Desk<S>, customer: CustomerId) -> CustomerRow {
    let page = desk.ledger.search(&SearchCustomers { page_size: Some(1000), ..SearchCustomers::default() }, &desk.actor, desk.now).unwrap();
    page.customers.into_iter().find(|row| row.id == customer).unwrap()
}

pub(crate) fn by_name(name: &str) -> Criteria {
    Criteria { name: Some(name.to_owned()), ..Criteria::default() }
}

pub(crate) fn by_number(number: &str) -> Criteria {
    Criteria { number: Some(number.to_owned()), ..Criteria::default() }
}

pub(crate) fn by_phone(phone: &str) -> Criteria {
    Criteria { phone: Some(phone.to_owned()), ..Criteria::default() }
}

pub(crate) fn by_email(email: &str) -> Criteria {
    Criteria { email: Some(email.to_owned()), ..Criteria::default() }
}

/// A form with these names and kana.
pub(crate) fn named(family: &str, given: &str, family_kana: &str, given_kana: &str) -> CustomerForm {
    CustomerForm {
        family_name: family.into(),
        given_name: given.into(),
        family_kana: Some(family_kana.into()),
        given_kana: Some(given_kana.into()),
        ..hanako("090-1234-5678", "hanako@example.jp")
    }
}

pub(crate) fn by_line(form: CustomerForm, user: &str, display_name: Option<&str>) -> RegisterCustomer {
    let line = LineLink { provider: "p".into(), user: user.into(), display_name: display_name.map(Into::into), picture_url: None };
    RegisterCustomer { path: EntryPath::Line, form, line: Some(line) }
}

pub(crate) fn by_telephone(family: &str, given: &str, phone: &str) -> RegisterByPhone {
    RegisterByPhone { family_name: family.into(), given_name: given.into(), family_kana: None, given_kana: None, phone: phone.into() }
}

/// A booking of one menu at this price.
pub(crate) fn booking(customer: CustomerId, start: Instant, price: i64) -> Book {
    let line = Line { menu: id("cut"), staff: None, price: Yen(price), kind: LineKind::Basic };
    Book {
        customer,
        shop: id("s1"),
        staff: None,
        lines: vec![line],
        start,
        end: start.plus_ms(HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    }
}

/// Books and checks in.
pub(crate) fn visit<S: Store>(desk: &Desk<S>, customer: CustomerId, start: Instant, price: i64) -> Result<ReservationId, Error> {
    let reservation = desk.run(booking(customer, start, price))?.reservation;
    desk.run(MoveReservation { reservation, to: Move::Visit })?;
    Ok(reservation)
}

pub(crate) fn merge<S: Store>(desk: &Desk<S>, source: CustomerId, target: CustomerId) -> Result<MergeId, Error> {
    let preview = desk.ask(PreviewMerge { source, target, from_source: vec![], line: None })?;
    Ok(desk.run(MergeCustomers { source, target, from_source: vec![], line: None, fingerprint: preview.fingerprint })?.merge)
}

/// Appends records as they are, by no command: states that no command makes yet.
pub(crate) fn plant<S: Store>(store: &S, puts: Vec<Record>, removes: Vec<(Kind, String)>) {
    let salon = id("salon-1");
    let head = store.load(&salon, &[]).unwrap().head;
    let change = |kind, id, operation| EntryChange { kind, id, operation, customer: None, fields: "{}".to_owned().into(), sealed: None };
    let put = puts.iter().map(|record| change(record.kind(), record.id(), Operation::Update));
    let removed = removes.iter().map(|(kind, id)| change(*kind, id.clone(), Operation::Remove));
    let body = EntryBody {
        sequence: head.sequence + 1,
        previous: head.hash,
        at: MORNING,
        actor: Actor::new(id("planter"), Role::System),
        channel: Channel::System,
        command: "plant".into(),
        key: id(&format!("plant-{}", head.sequence)),
        changes: put.chain(removed).collect(),
        erased: vec![],
    };
    let batch = Batch { expected: head.sequence, entries: vec![Entry::of(&body).unwrap().into()], puts, removes, erases: false };
    store.commit(&salon, &batch).unwrap();
}

/// A customer's record as the store keeps it.
pub(crate) fn kept<S: Store>(desk: &Desk<S>, customer: CustomerId) -> Customer {
    desk.ask(GetCustomer { customer }).unwrap().customer
}

/// Every page of a search, each row's id in the order shown.
pub(crate) fn walk<S: Store>(ledger: &Ledger<S>, actor: &Actor, first: &SearchCustomers) -> Vec<CustomerId> {
    let (mut search, mut shown, mut total) = (first.clone(), Vec::new(), None);
    loop {
        let page = ledger.search(&search, actor, MORNING).unwrap();
        assert_eq!(*total.get_or_insert(page.total), page.total);
        let last = page.cursor.is_none();
        let size = usize::try_from(search.page_size.unwrap_or(50)).unwrap();
        assert!(page.customers.len() == size || last && page.customers.len() <= size);
        shown.extend(page.customers.iter().map(|row| row.id));
        search.cursor = page.cursor;
        if last {
            assert_eq!(total, u32::try_from(shown.len()).ok());
            return shown;
        }
        assert!(shown.len() < usize::try_from(page.total).unwrap(), "a cursor without anything left");
    }
}

/// Everything search says of a ledger, as text: two ledgers that say the same are the same to whoever searches.
pub(crate) fn everything<S: Store>(ledger: &Ledger<S>) -> String {
    let actor = Actor::new(id("reader"), Role::Staff);
    let by = [SortBy::Number, SortBy::Kana, SortBy::FirstRegistered, SortBy::LastVisit, SortBy::Visits, SortBy::Amount];
    let mut said = Vec::new();
    for sort in by {
        let search = SearchCustomers {
            sort: Some(CustomerSort { by: sort, descending: true }),
            page_size: Some(1000),
            ..SearchCustomers::default()
        };
        said.push(serde_json::to_string(&ledger.search(&search, &actor, MORNING).unwrap()).unwrap());
    }
    for number in 1..20 {
        let search = SearchCustomers { criteria: by_number(&number.to_string()), ..SearchCustomers::default() };
        said.push(serde_json::to_string(&ledger.search(&search, &actor, MORNING).unwrap()).unwrap());
    }
    for list in [ListKind::Watch, ListKind::Grey, ListKind::Black] {
        let page = ledger.search(&ListListed { list, page_size: Some(1000), cursor: None }, &actor, MORNING).unwrap();
        said.push(serde_json::to_string(&page).unwrap());
    }
    said.push(serde_json::to_string(&ledger.search(&ListPhoneRegistrations::default(), &actor, MORNING).unwrap()).unwrap());
    said.push(serde_json::to_string(&ledger.search(&ListMerges {}, &actor, MORNING).unwrap()).unwrap());
    said.join("\n")
}
