//! Answers in bytes: packed is the same as unpacked.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::pages::ALL;
use crate::salon::*;

const NO_DAY: i64 = -2_147_483_648;

fn packed<S: Store>(desk: &Desk<S>, call: &PackCustomers) -> Result<PackedCustomers, Error> {
    desk.ledger.search(call, &desk.actor, desk.now)
}

fn everything() -> PackCustomers {
    PackCustomers { columns: PackedColumn::ALL.to_vec(), ..PackCustomers::default() }
}

// What a column says of a customer, out of what other questions answer.
fn plainly<S: Store>(desk: &Desk<S>, who: CustomerId, column: PackedColumn) -> i64 {
    let card = desk.ask(GetCustomer { customer: who }).unwrap().customer;
    let figures = desk.ask(GetFigures { customer: who, as_of: None, frequencies: vec![] }).unwrap();
    let day = |day: Option<Date>| day.map_or(NO_DAY, |day| i64::from(day.day_number()));
    match column {
        PackedColumn::Number => card.number.into(),
        PackedColumn::Visits => figures.visits.into(),
        PackedColumn::Reservations => figures.reservations.into(),
        PackedColumn::Cancellations => figures.cancellations.total.into(),
        PackedColumn::Amount => figures.amount.0,
        PackedColumn::Due => figures.due.0,
        PackedColumn::FirstRegistered => day(Some(card.registered_on)),
        PackedColumn::FirstVisit => day(figures.first_visit),
        PackedColumn::LastVisit => day(figures.last_visit),
        PackedColumn::Line => card.line.is_some().into(),
        PackedColumn::LastMinuteCancel => figures.last_minute_cancel.into(),
        PackedColumn::NoShow => figures.no_show.into(),
        PackedColumn::Account => card.has_account.into(),
        PackedColumn::Newsletter => card.newsletter.is_some_and(|newsletter| newsletter.opted_in).into(),
        PackedColumn::PhoneRegistration => card.phone_registration.into(),
    }
}

fn is_what_others_answer<S: Store>(desk: &Desk<S>, call: &PackCustomers) {
    let PackCustomers { criteria, sort, page_size, .. } = call.clone();
    let mut find = FindCustomers { criteria, sort, page_size: page_size.or(Some(100_000)), ..FindCustomers::default() };
    let mut call = call.clone();
    loop {
        let found = desk.ledger.search(&find, &desk.actor, desk.now).unwrap();
        let answer = packed(desk, &call).unwrap();
        assert_eq!(answer.packed.customers().as_deref(), Some(found.customers.as_slice()));
        assert_eq!((answer.total, answer.sequence, answer.cursor.is_some()), (found.total, found.sequence, found.cursor.is_some()));
        for column in PackedColumn::ALL {
            let expected = found.customers.iter().map(|who| plainly(desk, *who, column)).collect();
            let asked = call.columns.contains(&column);
            assert_eq!(answer.packed.numbers(column), asked.then_some(expected), "{column:?}");
        }
        if answer.cursor.is_none() {
            break;
        }
        (find.cursor, call.cursor) = (found.cursor, answer.cursor);
    }
}

// Three customers in all columns.
fn three() -> Vec<u8> {
    let desk = Desk::open();
    for _ in 0..3 {
        desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    }
    packed(&desk, &everything()).unwrap().packed.bytes().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn s9_packed_is_what_ids_and_rows_say(
        deeds in deeds(50),
        size in prop::option::of(1..9_u32),
        name in prop::option::of(prop::sample::select(&["花", "高橋", "ハ", "ない"][..])),
        sort in prop::option::of((prop::sample::select(&ALL[..]), any::<bool>())),
        columns in prop::sample::subsequence(PackedColumn::ALL.to_vec(), 0..=PackedColumn::ALL.len()).prop_shuffle(),
    ) {
        let desk = Desk::open();
        lived(&desk, &deeds);
        let sort = sort.map(|(by, descending)| CustomerSort { by, descending });
        let criteria = name.map(by_name).unwrap_or_default();
        is_what_others_answer(&desk, &PackCustomers { criteria, sort, page_size: size, columns, ..PackCustomers::default() });
    }

    #[test]
    fn a4_damaged_bytes_are_read_without_a_panic(changes in prop::collection::vec((0_usize..700, any::<u8>()), 1..6), length in 0_usize..900) {
        static WHOLE: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(three);
        let mut bytes = WHOLE.clone();
        for (place, byte) in changes {
            if let Some(kept) = bytes.get_mut(place) {
                *kept = byte;
            }
        }
        bytes.truncate(length);
        let text = BASE64.encode(&bytes);
        let answer = serde_json::json!({ "total": 1, "sequence": 1, "packed": text });
        let answer = serde_json::from_value::<PackedCustomers>(answer).unwrap();
        for column in PackedColumn::ALL {
            // As many values as it says it has, each of them in the bytes.
            let values = answer.packed.numbers(column);
            prop_assert!(values.is_none_or(|values| values.len() <= bytes.len()));
        }
        prop_assert!(answer.packed.customers().is_none_or(|customers| 4 * customers.len() <= bytes.len()));
    }
}

#[test]
fn s9_what_does_not_fit_its_column_is_packed_whole() {
    let desk = Desk::open();
    let ids: Vec<_> = (0..3).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    let figures = |customer, visits, amount, day: &str| {
        let at = Instant(0);
        let visit = VisitMark { visit: VisitRef::Reservation { id: id("r1") }, at, day: Some(id(day)), menus: vec![] };
        Record::from(Figures {
            visits,
            amount: Yen(amount),
            due: Yen(amount),
            first_visit: Some(visit.clone()),
            last_visits: vec![visit],
            ..Figures::none(customer)
        })
    };
    plant(
        desk.ledger.store(),
        vec![
            figures(ids[0], 4_000_000_000, 9_007_199_254_740_991, "1868-01-25"),
            figures(ids[1], 255, -4_294_967_297, "9999-12-31"),
            figures(ids[2], 254, 4_294_967_295, "1930-01-01"),
        ],
        vec![],
    );
    let answer = packed(&desk, &everything()).unwrap().packed;
    let column = |column| answer.numbers(column).unwrap();
    assert_eq!(column(PackedColumn::Visits), [4_000_000_000, 255, 254]);
    assert_eq!(column(PackedColumn::Amount), [9_007_199_254_740_991, -4_294_967_297, 4_294_967_295]);
    assert_eq!(column(PackedColumn::Due), column(PackedColumn::Amount));
    assert_eq!(column(PackedColumn::LastVisit), [-37_231, 2_932_896, -14_610]);
    assert_eq!(column(PackedColumn::FirstVisit), column(PackedColumn::LastVisit));
}

#[test]
fn s9_the_bytes_are_laid_out_as_they_are_written_down() {
    let desk = Desk::open();
    for _ in 0..3 {
        desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    }
    let call = PackCustomers {
        columns: vec![PackedColumn::Line, PackedColumn::PhoneRegistration, PackedColumn::Due, PackedColumn::LastVisit],
        ..PackCustomers::default()
    };
    let answer = packed(&desk, &call).unwrap();
    let bytes = answer.packed.bytes();
    let mut expected = b"daichop1".to_vec();
    expected.extend([3, 0, 0, 0, 5, 0, 0, 0]);
    for (name, code, offset) in
        [("customer", 2, 176), ("line", 1, 192), ("phoneRegistration", 1, 200), ("due", 4, 208), ("lastVisit", 3, 232_u32)]
    {
        expected.extend(format!("{name:\0<24}").into_bytes());
        expected.extend([code, 0, 0, 0]);
        expected.extend(offset.to_le_bytes());
    }
    expected.extend([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
    expected.extend([0; 40]);
    expected.extend([0, 0, 0, 128, 0, 0, 0, 128, 0, 0, 0, 128, 0, 0, 0, 0]);
    assert_eq!(bytes, expected);
    // Beside the text, or as a part of it.
    let written = serde_json::to_value(&answer).unwrap();
    assert_eq!(serde_json::from_value::<PackedCustomers>(written).unwrap(), answer);
    let request = serde_json::json!({ "operation": "packCustomers", "input": call, "actor": desk.actor, "now": desk.now });
    let door = |beside| {
        daicho::store::run(desk.ledger.store(), desk.ledger.salon(), desk.ledger.session().answer(&request.to_string(), beside)).unwrap()
    };
    let (beside, within) = (door(true), door(false));
    assert_eq!((beside.bytes.as_deref(), within.bytes), (Some(bytes), None));
    assert_eq!(beside.text, r#"{"ok":{"total":3,"sequence":3}}"#);
    assert_eq!(within.text, desk.ledger.call(&request.to_string()).unwrap());
    assert!(within.text.starts_with(r#"{"ok":{"total":3,"sequence":3,"packed":"ZGFpY2hvcDEDAAAA"#), "{}", within.text);
}

#[test]
fn s9_a_packed_page_may_be_the_whole_of_a_large_salon() {
    let desk = Desk::open();
    for _ in 0..60 {
        desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    }
    let whole = packed(&desk, &PackCustomers::default()).unwrap();
    assert_eq!((whole.packed.customers().map(|all| all.len()), whole.total, whole.cursor), (Some(60), 60, None));
    let sized = |page_size| packed(&desk, &PackCustomers { page_size: Some(page_size), ..PackCustomers::default() });
    assert!(sized(1_000_000).is_ok());
    for wrong in [0, 1_000_001, u32::MAX] {
        let error = sized(wrong).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("search.page_size", vec!["pageSize".to_owned()]));
    }
    let twice = PackCustomers { columns: vec![PackedColumn::Visits, PackedColumn::Line, PackedColumn::Visits], ..PackCustomers::default() };
    let error = packed(&desk, &twice).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("ledger.bad_request", vec!["columns".to_owned()]));
    let cursor = sized(2).unwrap().cursor;
    let find = FindCustomers { cursor, ..FindCustomers::default() };
    assert_eq!(desk.ledger.search(&find, &desk.actor, desk.now).unwrap_err().code(), "search.cursor_of_other");
}

#[test]
fn s9_every_column_has_its_name_in_json() {
    for column in PackedColumn::ALL {
        assert_eq!(serde_json::to_value(column).unwrap(), column.name());
    }
}

#[test]
fn a4_a_packed_answer_prints_no_one() {
    let desk = Desk::open();
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let answer = packed(&desk, &everything()).unwrap();
    assert!(format!("{answer:?}").contains("Packed(656 bytes)"), "{answer:?}");
}
