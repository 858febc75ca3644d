use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

#[test]
fn c10_a_line_of_the_list_shows_what_staff_tell_customers_apart_by() {
    let desk = Desk::open();
    let form = CustomerForm {
        phones: vec!["090-1234-5678".into(), "03-1111-2222".into()],
        channels: vec!["HP".into()],
        registered_on: Some(id("2024-05-06")),
        ..hanako("x", "hanako@example.jp")
    };
    let line = LineLink {
        provider: "p".into(),
        user: "u1".into(),
        display_name: Some("はな".into()),
        picture_url: Some("https://line.example/1.png".into()),
    };
    let who = desk.run(RegisterCustomer { path: EntryPath::Line, form, line: Some(line) }).unwrap().customer;
    visit(&desk, who, MORNING, 4400).unwrap();
    visit(&desk, who, MORNING.plus_ms(-3 * DAY), 3300).unwrap();
    desk.run(AddListing { customer: who, list: ListKind::Watch, memo: "アレルギー".into() }).unwrap();
    let expected = serde_json::json!({
        "id": "c1", "number": 1, "familyName": "山田", "givenName": "花子", "familyKana": "ヤマダ", "givenKana": "ハナコ",
        "line": {"displayName": "はな", "pictureUrl": "https://line.example/1.png"},
        "phones": ["090-1234-5678", "03-1111-2222"], "channels": ["HP"], "registeredOn": "2024-05-06",
        "lastVisit": "2026-11-21", "visits": 2, "amount": 7700,
        "marks": [{"list": "watch", "sign": "❗", "memo": "アレルギー"}],
    });
    assert_eq!(serde_json::to_value(row(&desk, who)).unwrap(), expected);
}

#[test]
fn c10_a_provisional_name_shows_as_one() {
    let desk = Desk::open();
    let who = desk.run(by_telephone("ヤマダ", "ハナ", "03-1234-5678")).unwrap().customer;
    let shown = row(&desk, who);
    assert!(shown.provisional_name);
    assert_eq!((shown.family_kana.as_deref(), shown.visits, shown.last_visit, shown.amount), (Some("ヤマダ"), 0, None, Yen(0)));
}

#[test]
fn g1_marks_stand_beside_the_name_and_the_watch_lists_has_a_sign() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let other = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let mut entries = Vec::new();
    for list in [ListKind::Black, ListKind::Watch, ListKind::Grey] {
        entries.push(desk.run(AddListing { customer: who, list, memo: format!("{list:?}") }).unwrap().listing);
    }
    let marks = |customer| row(&desk, customer).marks.into_iter().map(|mark| (mark.list, mark.sign, mark.memo)).collect::<Vec<_>>();
    let expected = [
        (ListKind::Watch, Some("❗".to_owned()), "Watch".to_owned()),
        (ListKind::Grey, None, "Grey".to_owned()),
        (ListKind::Black, None, "Black".to_owned()),
    ];
    assert_eq!(marks(who), expected);
    assert!(marks(other).is_empty());
    desk.run(EditListing { listing: entries[1], based_on: 1, memo: "書き直し".into() }).unwrap();
    assert_eq!(marks(who)[0].2, "書き直し");
    desk.run(RemoveListing { listing: entries[0] }).unwrap();
    assert_eq!(marks(who).len(), 2);
    merge(&desk, who, other).unwrap();
    assert_eq!(marks(other).iter().map(|mark| mark.0).collect::<Vec<_>>(), [ListKind::Watch, ListKind::Grey]);
}

#[test]
fn n5_the_last_visit_is_a_business_day_of_the_salons_calendar() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    // 02:00 in Japan.
    visit(&desk, who, MORNING.plus_ms(-8 * HOUR), 1000).unwrap();
    assert_eq!(row(&desk, who).last_visit, Some(id("2026-11-21")));
    let settings = desk.ask(GetSettings {}).unwrap();
    desk.run(ConfigureSalon { settings: Settings { calendar: Calendar { day_starts_minutes: 180, ..settings.calendar }, ..settings } })
        .unwrap();
    assert_eq!(row(&desk, who).last_visit, Some(id("2026-11-20")), "the salon's day begins at 03:00 now");
    assert_eq!(
        found(&desk, Criteria { last_visit: Some(DateRange { from: None, to: Some(id("2026-11-20")) }), ..Criteria::default() }),
        [who]
    );
}

#[test]
fn n1_only_visits_count_and_only_their_yen() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let figures = |desk: &Desk<_>| (row(desk, who).visits, row(desk, who).amount, row(desk, who).last_visit);
    for (days, to) in [(1, Move::CancelByCustomer), (2, Move::CancelByShop), (3, Move::NoShow), (4, Move::EnteredInError)] {
        let start = MORNING.plus_ms(days * DAY);
        let reservation = desk.run(booking(who, start, 9900)).unwrap().reservation;
        if to == Move::NoShow {
            desk.now = start;
        }
        desk.run(MoveReservation { reservation, to }).unwrap();
        desk.now = MORNING;
    }
    desk.run(booking(who, MORNING.plus_ms(5 * DAY), 9900)).unwrap();
    assert_eq!(figures(&desk), (0, Yen(0), None));
    visit(&desk, who, MORNING, 1100).unwrap();
    assert_eq!(figures(&desk), (1, Yen(1100), Some(id("2026-11-21"))));
}

#[test]
fn m2_visits_follow_a_merge_and_come_back_when_it_is_undone() {
    let desk = Desk::open();
    desk.run(ConfigureSalon { settings: Settings { unmerge_days: 1, ..Settings::default() } }).unwrap();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, a, MORNING, 1100).unwrap();
    visit(&desk, b, MORNING.plus_ms(-DAY), 2200).unwrap();
    let figures = |who| (row(&desk, who).visits, row(&desk, who).amount, row(&desk, who).last_visit);
    let merged = merge(&desk, a, b).unwrap();
    assert_eq!(figures(b), (2, Yen(3300), Some(id("2026-11-21"))));
    desk.run(Unmerge { merge: merged }).unwrap();
    assert_eq!(figures(a), (1, Yen(1100), Some(id("2026-11-21"))));
    assert_eq!(figures(b), (1, Yen(2200), Some(id("2026-11-20"))));
}

#[test]
fn n8_an_amount_beyond_64_bits_is_an_error_and_not_another_amount() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, who, MORNING, 1100).unwrap();
    let kept =
        desk.ledger.store().load(desk.ledger.salon(), &[daicho::log::Read::Id { kind: Kind::Figures, id: who.to_string() }]).unwrap();
    let Record::Figures(figures) = kept.records[0][0].clone() else { panic!("no figures") };
    plant(desk.ledger.store(), vec![daicho::Figures { amount: Yen(i64::MAX), ..daicho::Figures::clone(&figures) }.into()], vec![]);
    assert_eq!(visit(&desk, who, MORNING.plus_ms(HOUR), 1).unwrap_err().code(), "amount.overflow");
    assert_eq!(row(&desk, who).visits, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn n1_n5_n8_figures_are_those_of_the_reservations_after_any_history(deeds in prop_oneof![deeds(40), visits_and_merges()]) {
        let desk = Desk::open();
        // Built before anything happens: the figures are kept, not counted at the end.
        assert!(found(&desk, Criteria::default()).is_empty());
        lived(&desk, &deeds);
        let page = desk.ledger.search(&SearchCustomers { page_size: Some(1000), ..SearchCustomers::default() }, &desk.actor, MORNING).unwrap();
        for row in page.customers {
            let reservations = desk.ask(GetReservations { customer: row.id }).unwrap().reservations;
            let visited = reservations.iter().filter(|row| row.reservation.label() == Some(Label::Visited));
            let yen = visited.clone().map(|row| row.reservation.price().unwrap());
            prop_assert_eq!(row.amount, Yen::sum(yen).unwrap());
            prop_assert_eq!(row.visits, u32::try_from(visited.count()).unwrap());
            prop_assert_eq!(row.last_visit, desk.ask(GetCustomer { customer: row.id }).unwrap().last_visit);
        }
    }
}
