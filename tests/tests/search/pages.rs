use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

pub(crate) const ALL: [SortBy; 6] =
    [SortBy::Number, SortBy::Kana, SortBy::FirstRegistered, SortBy::LastVisit, SortBy::Visits, SortBy::Amount];

fn sorted(by: SortBy, descending: bool) -> SearchCustomers {
    SearchCustomers { sort: Some(CustomerSort { by, descending }), page_size: Some(1000), ..SearchCustomers::default() }
}

// c1 山田 (two visits), c2 アイダ (one, later), c3 without kana or visit, c4 ガキ (one, the same day as c2).
fn salon() -> Desk<MemoryStore> {
    let desk = Desk::open();
    let day = |text: &str| Some(id(text));
    let a = desk.register(CustomerForm { registered_on: day("2024-01-01"), ..named("山田", "花", "ヤマダ", "ハナ") }).unwrap();
    let b = desk.register(CustomerForm { registered_on: day("2023-01-01"), ..named("会田", "花", "アイダ", "ハナ") }).unwrap();
    desk.run(by_telephone("無", "名", "03-1234-5678")).unwrap();
    let d = desk.register(CustomerForm { registered_on: day("2024-01-01"), ..named("垣", "花", "ガキ", "ハナ") }).unwrap();
    visit(&desk, a, MORNING.plus_ms(-9 * DAY), 500).unwrap();
    visit(&desk, a, MORNING.plus_ms(-8 * DAY), 500).unwrap();
    visit(&desk, b, MORNING, 3000).unwrap();
    // Later on the same day: the day is what counts.
    visit(&desk, d, MORNING.plus_ms(HOUR), 1000).unwrap();
    desk
}

#[test]
fn s9_each_order_in_both_directions_with_ties_by_number() {
    let desk = salon();
    let order = |by, descending| walk(&desk.ledger, &desk.actor, &sorted(by, descending)).iter().map(|id| id.ordinal()).collect::<Vec<_>>();
    for (by, ascending, descending) in [
        (SortBy::Number, [1, 2, 3, 4], [4, 3, 2, 1]),
        (SortBy::Kana, [2, 4, 1, 3], [1, 4, 2, 3]),
        (SortBy::FirstRegistered, [2, 1, 4, 3], [3, 1, 4, 2]),
        (SortBy::LastVisit, [1, 2, 4, 3], [2, 4, 1, 3]),
        (SortBy::Visits, [3, 2, 4, 1], [1, 2, 4, 3]),
        (SortBy::Amount, [3, 1, 4, 2], [2, 1, 4, 3]),
    ] {
        assert_eq!(order(by, false), ascending, "{by:?}");
        assert_eq!(order(by, true), descending, "{by:?} descending");
    }
    let unsorted = SearchCustomers { page_size: Some(1), ..SearchCustomers::default() };
    assert_eq!(walk(&desk.ledger, &desk.actor, &unsorted).iter().map(|id| id.ordinal()).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn s9_a_page_has_1_to_1000_rows_and_50_when_nobody_says() {
    let desk = Desk::open();
    let page = |size| desk.ledger.search(&SearchCustomers { page_size: size, ..SearchCustomers::default() }, &desk.actor, MORNING);
    assert_eq!(page(Some(1000)).unwrap().total, 0, "an empty ledger has one empty page");
    assert!(page(None).unwrap().cursor.is_none());
    for wrong in [0, 1001, u32::MAX] {
        let error = page(Some(wrong)).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("search.page_size", vec!["pageSize".to_owned()]));
    }
    for _ in 0..51 {
        desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    }
    let first = page(None).unwrap();
    assert_eq!((first.customers.len(), first.total, first.cursor.is_some()), (50, 51, true));
    assert!(page(Some(51)).unwrap().cursor.is_none(), "a full last page is the last");
    assert!(page(Some(50)).unwrap().cursor.is_some());
}

#[test]
fn s9_a_cursor_of_another_search_or_of_nothing_is_a_typed_error() {
    let desk = salon();
    let first = SearchCustomers { page_size: Some(2), ..SearchCustomers::default() };
    let cursor = desk.ledger.search(&first, &desk.actor, MORNING).unwrap().cursor.unwrap();
    let with = |cursor: &str, change: &dyn Fn(&mut SearchCustomers)| {
        let mut search = SearchCustomers { cursor: Some(cursor.to_owned()), ..first.clone() };
        change(&mut search);
        desk.ledger
            .search(&search, &desk.actor, MORNING)
            .map(|page| page.customers.len())
            .map_err(|error| (error.code(), error.fields().concat()))
    };
    let other = Err(("search.cursor_of_other", "cursor".to_owned()));
    assert_eq!(with(&cursor, &|_| {}), Ok(2));
    assert_eq!(with(&cursor, &|search| search.page_size = Some(1)), Ok(1), "the size may change on the way");
    assert_eq!(with(&cursor, &|search| search.sort = Some(CustomerSort { by: SortBy::Kana, descending: false })), other);
    assert_eq!(with(&cursor, &|search| search.sort = Some(CustomerSort { by: SortBy::Number, descending: true })), other);
    assert_eq!(with(&cursor, &|search| search.criteria.name = Some("花".into())), other);
    let list = ListPhoneRegistrations { cursor: Some(cursor.clone()), ..ListPhoneRegistrations::default() };
    assert_eq!(desk.ledger.search(&list, &desk.actor, MORNING).unwrap_err().code(), "search.cursor_of_other");
    let garbage = Err(("search.cursor", "cursor".to_owned()));
    let from = |start| cursor.split_at(start).1;
    let (without, longer, upper, second) = (from(1), format!("{cursor}0"), cursor.to_uppercase(), format!("2{}", from(1)));
    // The same question, a place of the log the ledger has not reached, and a row that was not there.
    let (ahead, nobody) = (format!("1ffffffff{}", from(9)), format!("{}ffffffff{}", cursor.split_at(17).0, from(25)));
    for wrong in ["", "x", without, &longer, &second, &ahead, &nobody, "山", &"é".repeat(20), &"\u{0}".repeat(41)] {
        assert_eq!(with(wrong, &|_| {}), garbage, "{wrong:?}");
    }
    if upper != cursor {
        assert_eq!(with(&upper, &|_| {}), garbage, "a cursor has one spelling");
    }
}

#[test]
fn s9_a_cursor_holds_nothing_personal() {
    let desk = salon();
    let search = |name: &str| SearchCustomers {
        criteria: by_name(name),
        sort: Some(CustomerSort { by: SortBy::Kana, descending: false }),
        page_size: Some(1),
        ..SearchCustomers::default()
    };
    let cursor = desk.ledger.search(&search("花"), &desk.actor, MORNING).unwrap().cursor.unwrap();
    assert_eq!(cursor.len(), 41);
    assert!(cursor.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(
        desk.ledger.search(&search("花"), &desk.actor, MORNING).unwrap().cursor.unwrap(),
        cursor,
        "S13: the same page has the same cursor"
    );
}

#[test]
fn s9_when_the_ledger_moves_a_walk_goes_on_after_where_its_last_row_stands_now() {
    let desk = Desk::open();
    let ids: Vec<_> = (0..6).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    for (who, yen) in ids.iter().zip([100, 200, 300, 400, 500, 600]) {
        visit(&desk, *who, MORNING, yen).unwrap();
    }
    let first = SearchCustomers { page_size: Some(2), ..sorted(SortBy::Amount, false) };
    let page = desk.ledger.search(&first, &desk.actor, MORNING).unwrap();
    let next = |size| {
        let search = SearchCustomers { cursor: page.cursor.clone(), page_size: Some(size), ..first.clone() };
        desk.ledger.search(&search, &desk.actor, MORNING).unwrap().customers.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(next(2), [ids[2], ids[3]]);
    // One who was shown goes to the end: shown again there, and nobody is left out.
    visit(&desk, ids[0], MORNING, 9000).unwrap();
    assert_eq!(next(9), [ids[2], ids[3], ids[4], ids[5], ids[0]]);
    // The last row of the page moves on: the walk goes on behind it.
    visit(&desk, ids[1], MORNING, 150).unwrap();
    assert_eq!(next(9), [ids[3], ids[4], ids[5], ids[0]]);
}

#[test]
fn s9_when_the_last_row_is_no_match_any_more_as_many_are_left_out_as_were_shown_before_it() {
    let desk = Desk::open();
    let ids: Vec<_> = (0..6).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    let first = SearchCustomers { page_size: Some(2), ..sorted(SortBy::Number, true) };
    let page = desk.ledger.search(&first, &desk.actor, MORNING).unwrap();
    merge(&desk, ids[4], ids[0]).unwrap();
    let second = desk.ledger.search(&SearchCustomers { cursor: page.cursor.clone(), ..first.clone() }, &desk.actor, MORNING).unwrap();
    assert_eq!(second.customers.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[3], ids[2]]);
    assert_eq!(second.total, 5);
    // Gone altogether, as an undone import takes customers away.
    plant(desk.ledger.store(), vec![], vec![(Kind::Customer, ids[2].to_string())]);
    let third = desk.ledger.search(&SearchCustomers { cursor: second.cursor, ..first }, &desk.actor, MORNING).unwrap();
    assert_eq!(third.customers.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
}

// What S9 says, over rows that were all fetched at once by number: missing last, then the value, then the number.
fn reference(rows: &[CustomerRow], by: SortBy, descending: bool) -> Vec<CustomerId> {
    let kana = |row: &CustomerRow| NAMES.iter().find(|name| row.family_kana.as_deref() == Some(name.2)).map(|name| i64::from(name.4));
    let value = |row: &CustomerRow| match by {
        SortBy::Number => Some(i64::from(row.number)),
        SortBy::Kana => kana(row),
        SortBy::FirstRegistered => Some(i64::from(row.registered_on.day_number())),
        SortBy::LastVisit => row.last_visit.map(|day| i64::from(day.day_number())),
        SortBy::Visits => Some(i64::from(row.visits)),
        SortBy::Amount => Some(row.amount.0),
    };
    let mut keys: Vec<_> = rows
        .iter()
        .map(|row| (value(row).is_none(), value(row).map(|value| if descending { -value } else { value }), row.number, row.id))
        .collect();
    keys.sort();
    keys.into_iter().map(|key| key.3).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn s9_walking_the_pages_gives_each_match_once_in_order(deeds in deeds(50), size in 1..9_u32, name in prop::option::of(prop::sample::select(&["花", "高橋", "ハ", "ない"][..]))) {
        let desk = Desk::open();
        lived(&desk, &deeds);
        let criteria = name.map(by_name).unwrap_or_default();
        let all = SearchCustomers { criteria: criteria.clone(), page_size: Some(1000), ..SearchCustomers::default() };
        let rows = desk.ledger.search(&all, &desk.actor, MORNING).unwrap().customers;
        for (by, descending) in ALL.iter().flat_map(|by| [(*by, false), (*by, true)]) {
            let search = SearchCustomers { criteria: criteria.clone(), page_size: Some(size), ..sorted(by, descending) };
            prop_assert_eq!(walk(&desk.ledger, &desk.actor, &search), reference(&rows, by, descending), "{:?} {}", by, descending);
        }
    }

    #[test]
    fn s9_no_text_is_a_cursor_by_chance(text in ".{0,60}", hex in "1[0-9a-f]{40}") {
        let desk = salon();
        for cursor in [text, hex] {
            let error = refused(&desk, &SearchCustomers { cursor: Some(cursor), ..SearchCustomers::default() });
            prop_assert!(error.code().starts_with("search.cursor"));
        }
    }
}

#[test]
fn s9_what_matches_only_until_some_hour_is_walked_to_its_end() {
    let mut desk = Desk::open();
    let ids: Vec<_> = (1..=4)
        .map(|hours| {
            let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
            desk.run(booking(who, MORNING.plus_ms(hours * HOUR), 1_000)).unwrap();
            who
        })
        .collect();
    let page = |desk: &Desk<MemoryStore>, page_size, cursor| {
        let query = Some("reservation(status = upcoming)".to_owned());
        let page = desk.ledger.search(
            &SearchCustomers { query, page_size: Some(page_size), cursor, ..SearchCustomers::default() },
            &desk.actor,
            desk.now,
        );
        let page = page.unwrap();
        (page.customers.iter().map(|row| row.id).collect::<Vec<_>>(), page.cursor)
    };
    let (first, cursor) = page(&desk, 2, None);
    assert_eq!(first, ids[..2]);
    // Both that were shown are past, and nobody wrote anything; then somebody did.
    desk.now = MORNING.plus_ms(2 * HOUR + 1);
    assert_eq!(page(&desk, 2, cursor.clone()).0, ids[2..]);
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    assert_eq!(page(&desk, 2, cursor).0, ids[2..]);
}

#[test]
fn s9_ids_alone_are_those_of_the_rows_and_rows_come_when_they_are_asked_for() {
    let desk = Desk::open();
    let all: Vec<CustomerId> = (0..7).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    visit(&desk, all[2], MORNING, 1100).unwrap();
    let sort = Some(CustomerSort { by: SortBy::Visits, descending: true });
    let rows = |page_size, cursor| {
        desk.ledger.search(&SearchCustomers { sort, page_size, cursor, ..SearchCustomers::default() }, &desk.actor, MORNING)
    };
    let ids = |page_size, cursor| {
        desk.ledger.search(&FindCustomers { sort, page_size, cursor, ..FindCustomers::default() }, &desk.actor, MORNING)
    };
    let (first_rows, first_ids) = (rows(Some(4), None).unwrap(), ids(Some(4), None).unwrap());
    assert_eq!((first_ids.total, &first_ids.customers[..]), (7, &[all[2], all[0], all[1], all[3]][..]));
    assert!(first_rows.customers.iter().map(|row| row.id).eq(first_ids.customers.iter().copied()));
    let rest = ids(Some(100_000), first_ids.cursor.clone()).unwrap();
    assert_eq!((rest.customers.as_slice(), rest.cursor), (&all[4..], None));
    let code = |said: Result<u32, Error>| said.unwrap_err().code();
    assert_eq!(code(rows(None, first_ids.cursor).map(|page| page.total)), "search.cursor_of_other", "a cursor belongs to its operation");
    assert_eq!(code(ids(Some(100_001), None).map(|page| page.total)), "search.page_size");
    assert_eq!(code(ids(Some(0), None).map(|page| page.total)), "search.page_size");
    let shown = |customers: Vec<CustomerId>| desk.ledger.search(&GetCustomerRows { customers }, &desk.actor, MORNING);
    merge(&desk, all[1], all[0]).unwrap();
    let shown_rows = shown(vec![all[2], all[1], CustomerId::from_ordinal(99), all[0]]).unwrap().customers;
    assert_eq!(shown_rows.iter().map(|row| (row.id, row.visits)).collect::<Vec<_>>(), [(all[2], 1), (all[0], 0)]);
    assert_eq!(code(shown(vec![all[0]; 1_001]).map(|rows| rows.sequence)), "customer.too_many");
}
