use daicho::*;
use daicho_tests::*;

use crate::salon::*;

fn listed<S: Store>(desk: &Desk<S>, list: ListKind) -> Vec<ListedRow> {
    desk.ledger.search(&ListListed { list, page_size: None, cursor: None }, &desk.actor, desk.now).unwrap().entries
}

#[test]
fn g2_a_list_shows_who_why_when_and_by_whom_the_newest_first() {
    let mut desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    desk.run(AddListing { customer: a, list: ListKind::Grey, memo: "一".into() }).unwrap();
    desk.now = MORNING.plus_ms(HOUR);
    desk.actor = Actor::new(id("staff-2"), Role::Staff);
    let later = desk.run(AddListing { customer: b, list: ListKind::Grey, memo: "二".into() }).unwrap().listing;
    desk.run(AddListing { customer: b, list: ListKind::Black, memo: "三".into() }).unwrap();
    let grey = listed(&desk, ListKind::Grey);
    let shown: Vec<_> =
        grey.iter().map(|row| (row.customer.id, row.memo.as_str(), row.added_at, row.added_by.as_str(), row.version)).collect();
    assert_eq!(shown, [(b, "二", MORNING.plus_ms(HOUR), "staff-2", 1), (a, "一", MORNING, "manager-1", 1)]);
    assert_eq!(grey[0].customer.marks.len(), 2);
    assert_eq!(listed(&desk, ListKind::Black).len(), 1);
    assert!(listed(&desk, ListKind::Watch).is_empty());
    desk.run(RemoveListing { listing: later }).unwrap();
    assert_eq!(listed(&desk, ListKind::Grey).iter().map(|row| row.customer.id).collect::<Vec<_>>(), [a]);
}

#[test]
fn s8_a_list_shows_active_customers_only() {
    let desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    for customer in [a, b] {
        desk.run(AddListing { customer, list: ListKind::Watch, memo: format!("{customer}") }).unwrap();
    }
    merge(&desk, a, b).unwrap();
    let watch = listed(&desk, ListKind::Watch);
    assert_eq!(watch.iter().map(|row| row.customer.id).collect::<Vec<_>>(), [b], "one entry stands for both");
    plant(desk.ledger.store(), vec![Customer { state: CustomerState::Withdrawn { at: MORNING }, ..kept(&desk, b) }.into()], vec![]);
    assert!(listed(&desk, ListKind::Watch).is_empty());
}

#[test]
fn s9_a_list_is_walked_in_pages() {
    let desk = Desk::open();
    for _ in 0..7 {
        let customer = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
        desk.run(AddListing { customer, list: ListKind::Black, memo: "無断".into() }).unwrap();
    }
    let (mut cursor, mut walked) = (None, Vec::new());
    loop {
        let page = desk.ledger.search(&ListListed { list: ListKind::Black, page_size: Some(3), cursor }, &desk.actor, desk.now).unwrap();
        assert_eq!(page.total, 7);
        walked.extend(page.entries.iter().map(|row| row.listing.ordinal()));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
        let other = ListListed { list: ListKind::Grey, page_size: Some(3), cursor: cursor.clone() };
        assert_eq!(desk.ledger.search(&other, &desk.actor, desk.now).unwrap_err().code(), "search.cursor_of_other");
    }
    assert_eq!(walked, [7, 6, 5, 4, 3, 2, 1]);
}

#[test]
fn p3_the_phone_registrations_are_those_without_a_real_address_yet() {
    let desk = Desk::open();
    let list = || {
        desk.ledger
            .search(&ListPhoneRegistrations::default(), &desk.actor, desk.now)
            .unwrap()
            .customers
            .iter()
            .map(|row| row.id)
            .collect::<Vec<_>>()
    };
    let counter = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let a = desk.run(by_telephone("山田", "花子", "03-1234-5678")).unwrap().customer;
    let b = desk.run(by_telephone("高橋", "春", "03-1234-5679")).unwrap().customer;
    assert_eq!(list(), [b, a], "the newest first");
    assert_eq!(found(&desk, Criteria::default()), [counter, a, b], "in the ordinary list throughout");
    let edit = |customer, change: &dyn Fn(&mut CustomerForm)| {
        let kept = kept(&desk, customer);
        let mut form = CustomerForm::from(&kept);
        change(&mut form);
        desk.run(EditCustomer { customer, based_on: kept.version, form }).unwrap();
    };
    edit(a, &|form| form.phones = vec!["03-9999-9999".into()]);
    assert_eq!(list(), [b, a], "another phone is no address");
    let placeholder = kept(&desk, a).emails[0].entered.clone();
    edit(a, &|form| form.emails = vec!["real@example.jp".into()]);
    assert_eq!(list(), [b]);
    edit(a, &|form| form.emails = vec![placeholder.clone()]);
    assert_eq!(list(), [b], "for good");
    let sort = Some(CustomerSort { by: SortBy::Number, descending: false });
    desk.run(by_telephone("高橋", "夏", "03-1234-5670")).unwrap();
    let page = desk.ledger.search(&ListPhoneRegistrations { sort, page_size: Some(1), cursor: None }, &desk.actor, desk.now).unwrap();
    assert_eq!((page.customers[0].id, page.total), (b, 2));
    let next =
        desk.ledger.search(&ListPhoneRegistrations { sort, page_size: Some(1), cursor: page.cursor }, &desk.actor, desk.now).unwrap();
    assert_eq!((next.customers[0].id, next.cursor), (id("c4"), None));
}

#[test]
fn m8_the_merge_history_of_the_salon_is_newest_first_and_keeps_undone_ones() {
    let mut desk = Desk::open();
    desk.run(ConfigureSalon { settings: Settings { unmerge_days: 1, ..Settings::default() } }).unwrap();
    let ids: Vec<_> = (0..3).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    visit(&desk, ids[0], MORNING, 1100).unwrap();
    merge(&desk, ids[0], ids[1]).unwrap();
    desk.now = MORNING.plus_ms(HOUR);
    let second = merge(&desk, ids[1], ids[2]).unwrap();
    let list = || desk.ledger.search(&ListMerges {}, &desk.actor, desk.now).unwrap().merges;
    let shown: Vec<_> = list()
        .iter()
        .map(|row| (row.merge.source, row.merge.target, row.merge.at, row.merge.by.to_string(), row.summary.clone()))
        .collect();
    let by = "manager-1".to_owned();
    assert_eq!(
        shown,
        [
            (ids[1], ids[2], MORNING.plus_ms(HOUR), by.clone(), vec!["reservation 1".to_owned()]),
            (ids[0], ids[1], MORNING, by, vec!["reservation 1".to_owned()]),
        ]
    );
    desk.run(Unmerge { merge: second }).unwrap();
    assert_eq!(list().iter().map(|row| row.merge.undone_at).collect::<Vec<_>>(), [Some(desk.now), None]);
}
