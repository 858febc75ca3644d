//! Visits by hand: N1, N5.
use super::*;

#[test]
fn n1_a_visit_by_hand_that_is_tied_to_a_reservation_is_that_one() {
    let (desk, who) = salon();
    let booked = came(&desk, who, MORNING);
    let tied = |reservation| VisitForm { reservation, menus: vec![id("spa")], ..visit(day("2026-11-21"), 9_000) };
    let entered = desk.run(AddVisit { customer: who, form: tied(Some(booked)) }).unwrap().visit;
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.manual_visits, figures.amount, menus(&figures)), (1, 0, Yen(4_400), vec!["cut"]));
    desk.run(EditVisit { visit: entered, based_on: 1, form: tied(None) }).unwrap();
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.manual_visits, figures.amount), (2, 1, Yen(13_400)));
    desk.run(EditVisit { visit: entered, based_on: 2, form: tied(Some(booked)) }).unwrap();
    assert_eq!(desk.figures(who).unwrap().visits, 1);
    // Only to a reservation of their own.
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    for reservation in [desk.book(other, MORNING).unwrap(), id("r99")] {
        let error = desk.run(AddVisit { customer: who, form: tied(Some(reservation)) }).unwrap_err();
        assert_eq!(error.code(), "booking.not_found");
    }
}

#[test]
fn n1_a_visit_by_hand_is_tied_to_a_visited_reservation_only() {
    let (desk, who) = salon();
    let tied = |reservation| VisitForm { reservation: Some(reservation), ..visit(day("2026-11-21"), 9_000) };
    let start = MORNING.plus_ms(-30 * HOUR);
    let tentative = desk.run(Book { tentative: true, ..cut(who, start) }).unwrap().reservation;
    let booked: Vec<ReservationId> = (0..5).map(|_| desk.book(who, start).unwrap()).collect();
    for (reservation, to, state) in [
        (tentative, None, "tentative"),
        (booked[0], None, "confirmed"),
        (booked[1], Some(Move::CancelByShop), "cancelled"),
        (booked[2], Some(Move::NoShow), "noShow"),
        (booked[3], Some(Move::EnteredInError), "enteredInError"),
    ] {
        if let Some(to) = to {
            desk.step(reservation, to).unwrap();
        }
        let error = desk.run(AddVisit { customer: who, form: tied(reservation) }).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("visit.not_visited", vec!["reservation".to_owned()]));
        let expected = serde_json::json!({ "field": "reservation", "reservation": reservation, "state": state });
        assert_eq!(error.data(), expected);
        let free = desk.came(who, day("2026-11-20"), 0).unwrap().visit;
        let error = desk.run(EditVisit { visit: free, based_on: 1, form: tied(reservation) }).unwrap_err();
        assert_eq!(error.code(), "visit.not_visited");
        desk.run(RemoveVisit { visit: free, based_on: 1 }).unwrap();
    }
    desk.step(booked[4], Move::Visit).unwrap();
    let entered = desk.run(AddVisit { customer: who, form: tied(booked[4]) }).unwrap().visit;
    // When the visit is taken back, what is tied stays tied and counts nowhere; its other details can still be corrected.
    undo(&desk, booked[4]);
    desk.run(EditVisit { visit: entered, based_on: 1, form: VisitForm { service_memo: Some("メモ".into()), ..tied(booked[4]) } }).unwrap();
    assert_eq!(desk.figures(who).unwrap().visits, 0);
    // Once it is not, it does not come back.
    desk.run(EditVisit { visit: entered, based_on: 2, form: visit(day("2026-11-21"), 9_000) }).unwrap();
    let error = desk.run(EditVisit { visit: entered, based_on: 3, form: tied(booked[4]) }).unwrap_err();
    assert_eq!(error.code(), "visit.not_visited");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n5_visits_by_hand_are_added_changed_and_deleted_each_in_the_journal() {
    let (mut desk, who) = salon();
    let form = VisitForm {
        shop: Some(id("shop-2")),
        staff: Some(id("sato")),
        menus: vec![id("cut"), id("spa")],
        service_memo: Some(" くせ毛\r\n ".into()),
        proposal_memo: Some("次はカラー".into()),
        ..visit(day("2026-11-20"), 5_500)
    };
    desk.actor = Actor::new(id("staff-8"), Role::Staff);
    let entered = desk.run(AddVisit { customer: who, form: form.clone() }).unwrap().visit;
    let kept = desk.ask(GetVisits { customer: who }).unwrap().visits.remove(0);
    assert_eq!((kept.day, kept.shop.clone(), kept.staff.clone(), kept.menus.len()), (form.day, form.shop.clone(), form.staff.clone(), 2));
    assert_eq!(
        (kept.amount, kept.proposal_memo.as_deref(), kept.entered_by.as_str(), kept.entered_at),
        (Yen(5_500), Some("次はカラー"), "staff-8", MORNING)
    );
    assert!(kept.service_memo.as_deref().unwrap().contains("くせ毛"));
    let stale = EditVisit { visit: entered, based_on: 2, form: form.clone() };
    assert_eq!(desk.run(stale).unwrap_err().code(), "visit.version");
    let edited =
        desk.run(EditVisit { visit: entered, based_on: 1, form: VisitForm { service_memo: None, ..visit(day("2026-11-19"), 1) } }).unwrap();
    assert_eq!(edited.version, 2);
    let kept = desk.ask(GetVisits { customer: who }).unwrap().visits.remove(0);
    assert_eq!(
        (kept.day, kept.amount, kept.shop, kept.service_memo),
        (day("2026-11-19"), Yen(1), None, None),
        "the form replaces the whole"
    );
    assert_eq!(desk.run(RemoveVisit { visit: entered, based_on: 1 }).unwrap_err().code(), "visit.version");
    assert_eq!(desk.run(RemoveVisit { visit: entered, based_on: 2 }).unwrap().version, 0);
    assert_eq!(desk.run(RemoveVisit { visit: entered, based_on: 2 }).unwrap_err().code(), "visit.not_found");
    assert_eq!(desk.ask(GetVisits { customer: who }).unwrap().visits, []);
    assert_eq!((desk.figures(who).unwrap().visits, desk.figures(who).unwrap().last_visit), (0, None));
    let journal = desk.ledger.journal(0, 100, &Actor::new(id("manager-1"), Role::Manager)).unwrap().entries;
    let told: Vec<&str> = journal
        .iter()
        .filter(|entry| entry.changes.iter().any(|change| change.id == entered.to_string()))
        .map(|entry| entry.command.as_str())
        .collect();
    assert_eq!(told, ["addVisit", "editVisit", "removeVisit"]);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n5_a_visit_by_hand_lies_on_a_day_that_has_come() {
    let (mut desk, who) = salon();
    desk.now = Calendar::default().at(day("2026-11-22"), 0).plus_ms(-1);
    assert!(desk.came(who, day("2026-11-21"), 0).is_ok());
    assert_eq!(desk.came(who, day("2026-11-22"), 0).unwrap_err().code(), "visit.in_future");
    desk.now = desk.now.plus_ms(1);
    assert!(desk.came(who, day("2026-11-22"), 0).is_ok());
    let many = VisitForm { menus: vec![id("m"); 51], ..visit(day("2026-11-21"), 0) };
    assert_eq!(desk.run(AddVisit { customer: who, form: many.clone() }).unwrap_err().code(), "visit.menus");
    assert!(desk.run(AddVisit { customer: who, form: VisitForm { menus: vec![id("m"); 50], ..many } }).is_ok());
    for (amount, fine) in [(-1, false), (1_000_000_001, false), (1_000_000_000, true)] {
        assert_eq!(desk.came(who, day("2026-11-21"), amount).is_ok(), fine, "{amount}");
    }
}

#[test]
fn n5_the_last_visit_is_set_by_adding_one_or_correcting_the_one_by_hand() {
    let (desk, who) = salon();
    let set = |to: &str| desk.run(SetLastVisit { customer: who, day: day(to) });
    let last = || desk.figures(who).unwrap().last_visit;
    let hand = || desk.ask(GetVisits { customer: who }).unwrap().visits.into_iter().map(|visit| visit.day.to_string()).collect::<Vec<_>>();
    let refused = |to: &str| {
        let error = set(to).unwrap_err();
        (error.code(), error.data()["day"].as_str().map(ToOwned::to_owned))
    };
    // Nobody came yet: one is added.
    set("2026-11-10").unwrap();
    assert_eq!((last(), hand()), (Some(day("2026-11-10")), vec!["2026-11-10".to_owned()]));
    // The last one is by hand: its day is corrected, later or earlier.
    for to in ["2026-11-12", "2026-11-08"] {
        set(to).unwrap();
        assert_eq!((last(), hand()), (Some(day(to)), vec![to.to_owned()]));
    }
    // The last one is a reservation: never typed over; a later day adds one by hand.
    came(&desk, who, after(-7));
    assert_eq!(refused("2026-11-13"), ("visit.later_visit", Some("2026-11-14".to_owned())));
    set("2026-11-16").unwrap();
    assert_eq!((last(), hand()), (Some(day("2026-11-16")), vec!["2026-11-16".to_owned(), "2026-11-08".to_owned()]));
    // By hand again, but not back behind the reservation.
    assert_eq!(refused("2026-11-13"), ("visit.later_visit", Some("2026-11-14".to_owned())));
    set("2026-11-15").unwrap();
    assert_eq!((last(), desk.figures(who).unwrap().visits), (Some(day("2026-11-15")), 3));
    assert_eq!(set("2026-11-22").unwrap_err().code(), "visit.in_future");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n5_the_last_visit_set_to_the_day_that_it_is_changes_nothing() {
    let (desk, who) = salon();
    let set = |to: &str| desk.run(SetLastVisit { customer: who, day: day(to) }).unwrap();
    let hand = || desk.ask(GetVisits { customer: who }).unwrap().visits;
    // By a reservation, whatever stands before it.
    came(&desk, who, after(-7));
    desk.came(who, day("2026-11-13"), 5_000).unwrap();
    let before = (desk.figures(who).unwrap(), hand());
    assert_eq!(set("2026-11-14"), LastVisitSet { visit: None, version: None, points: None });
    assert_eq!((desk.figures(who).unwrap(), hand()), before);
    // By hand.
    let added = set("2026-11-16");
    let before = (desk.figures(who).unwrap(), hand());
    assert_eq!(added, LastVisitSet { visit: Some(hand()[0].id), version: Some(1), points: None });
    assert_eq!(set("2026-11-16"), added);
    assert_eq!((desk.figures(who).unwrap(), hand()), before);
    assert_eq!(set("2026-11-17"), LastVisitSet { version: Some(2), ..added });
}

#[test]
fn n5_a_corrected_last_visit_keeps_everything_else_it_said() {
    let (desk, who) = salon();
    let form = VisitForm {
        shop: Some(id("shop-3")),
        staff: Some(id("abe")),
        service_memo: Some("くせ毛".into()),
        ..visit(day("2026-11-10"), 8_800)
    };
    desk.run(AddVisit { customer: who, form }).unwrap();
    desk.run(SetLastVisit { customer: who, day: day("2026-11-11") }).unwrap();
    let kept = desk.ask(GetVisits { customer: who }).unwrap().visits.remove(0);
    assert_eq!((kept.version, kept.amount, kept.shop, kept.staff), (2, Yen(8_800), Some(id("shop-3")), Some(id("abe"))));
    assert_eq!((kept.service_memo.as_deref(), kept.menus), (Some("くせ毛"), vec![id("cut")]));
}
