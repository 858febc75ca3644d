//! What is counted: N1–N10.
use daicho::*;
use daicho_tests::till::{line, menu, sale, visit};
use daicho_tests::*;
use proptest::prelude::*;

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn day(text: &str) -> Date {
    id(text)
}

// So many days after the day of MORNING.
fn after(days: i64) -> Instant {
    MORNING.plus_ms(days * DAY)
}

fn came(desk: &Desk<MemoryStore>, who: CustomerId, start: Instant) -> ReservationId {
    let booked = desk.book(who, start).unwrap();
    desk.step(booked, Move::Visit).unwrap();
    booked
}

fn undo(desk: &Desk<MemoryStore>, visit: ReservationId) {
    desk.step(visit, Move::UndoVisit { reason: "人違い".into() }).unwrap();
}

fn menus(figures: &CustomerFigures) -> Vec<&str> {
    figures.last_menus.iter().map(MenuId::as_str).collect()
}

fn at(desk: &Desk<MemoryStore>, who: CustomerId, as_of: Instant) -> CustomerFigures {
    desk.ask(GetFigures { customer: who, as_of: Some(as_of), frequencies: vec![] }).unwrap()
}

#[test]
fn n1_one_visit_a_reservation_however_many_menus_and_those_by_hand() {
    let (desk, who) = salon();
    assert_eq!(desk.figures(who).unwrap().visits, 0);
    let line = |menu: &str| Line { menu: id(menu), staff: None, price: Yen(1_000), kind: LineKind::Basic };
    let three = desk.run(Book { lines: vec![line("cut"), line("perm"), line("spa")], ..cut(who, MORNING) }).unwrap().reservation;
    assert_eq!(desk.figures(who).unwrap().visits, 0, "booked is not visited");
    desk.step(three, Move::Visit).unwrap();
    desk.came(who, day("2026-11-20"), 3_000).unwrap();
    desk.came(who, day("2026-11-20"), 3_000).unwrap();
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.manual_visits), (3, 2));
    let card = desk.ask(GetCustomer { customer: who }).unwrap();
    assert_eq!((card.visits, card.last_visit), (3, Some(day("2026-11-21"))));
    // A checkout makes no second visit of it.
    desk.close(who, three, 5_000).unwrap();
    assert_eq!(desk.figures(who).unwrap().visits, 3);
}

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
fn n2_n3_cancellations_are_the_customers_early_and_late_ones_and_no_shows() {
    let (mut desk, who) = salon();
    let parts = |desk: &Desk<MemoryStore>| {
        let figures = desk.figures(who).unwrap();
        let Cancellations { total, early, late, no_shows } = figures.cancellations;
        assert_eq!(total, early + late + no_shows);
        (early, late, no_shows, figures.last_minute_cancel, figures.no_show)
    };
    assert_eq!(parts(&desk), (0, 0, 0, false, false), "なし includes customers without any reservation");
    let start = after(3);
    let ids: Vec<ReservationId> = (0..8).map(|_| desk.book(who, start).unwrap()).collect();
    let tentative: Vec<ReservationId> =
        (0..2).map(|_| desk.run(Book { tentative: true, ..cut(who, start) }).unwrap().reservation).collect();
    for (reservation, to, expected) in [
        (tentative[0], Move::CancelByCustomer, (0, 0, 0, false, false)),
        (ids[0], Move::CancelByShop, (0, 0, 0, false, false)),
        (ids[1], Move::EnteredInError, (0, 0, 0, false, false)),
        (ids[2], Move::CancelByCustomer, (1, 0, 0, false, false)),
    ] {
        desk.step(reservation, to).unwrap();
        assert_eq!(parts(&desk), expected);
    }
    desk.now = start;
    for (reservation, to, expected) in [
        (tentative[1], Move::CancelByCustomer, (1, 0, 0, false, false)),
        (ids[3], Move::CancelByShop, (1, 0, 0, false, false)),
        (ids[4], Move::NoShow, (1, 0, 1, false, true)),
        (ids[5], Move::CancelByCustomer, (1, 1, 1, true, true)),
        (ids[6], Move::CancelByCustomer, (1, 2, 1, true, true)),
        (ids[7], Move::Visit, (1, 2, 1, true, true)),
    ] {
        desk.step(reservation, to).unwrap();
        assert_eq!(parts(&desk), expected);
    }
    // What was a mistake is counted no more.
    for waived in [ids[4], ids[5], ids[6]] {
        desk.step(waived, Move::WaiveFee { reason: "誤り".into() }).unwrap();
    }
    assert_eq!(parts(&desk), (1, 2, 1, true, true), "a waiver changes no count");
    for (wrong, expected) in [(ids[4], (1, 2, 0, true, false)), (ids[5], (1, 1, 0, true, false)), (ids[6], (1, 0, 0, false, false))] {
        desk.step(wrong, Move::EnteredInError).unwrap();
        assert_eq!(parts(&desk), expected);
    }
    desk.step(ids[2], Move::EnteredInError).unwrap();
    assert_eq!(parts(&desk), (0, 0, 0, false, false));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n3_last_minute_cancel_is_a_late_cancel_by_the_customer_and_a_no_show_is_a_predicate_of_its_own() {
    let (mut desk, who) = salon();
    let said = |desk: &Desk<MemoryStore>| {
        let figures = desk.figures(who).unwrap();
        (figures.last_minute_cancel, figures.no_show)
    };
    assert_eq!(said(&desk), (false, false), "なし includes customers without any reservation");
    let (early, by_shop, missed, late) = (
        desk.book(who, after(3)).unwrap(),
        desk.book(who, after(3)).unwrap(),
        desk.book(who, after(3)).unwrap(),
        desk.book(who, after(3)).unwrap(),
    );
    desk.step(early, Move::CancelByCustomer).unwrap();
    desk.now = after(3);
    desk.step(by_shop, Move::CancelByShop).unwrap();
    assert_eq!(said(&desk), (false, false), "neither an early cancel nor one by the shop");
    desk.step(missed, Move::NoShow).unwrap();
    assert_eq!(said(&desk), (false, true));
    let due = desk.step(late, Move::CancelByCustomer).unwrap().due;
    assert_eq!(said(&desk), (true, true));
    desk.step(late, Move::PayFee { amount: due }).unwrap();
    assert_eq!(said(&desk), (true, true), "a paid fee changes nothing");
    desk.step(missed, Move::WaiveFee { reason: "x".into() }).unwrap();
    desk.step(missed, Move::EnteredInError).unwrap();
    assert_eq!(said(&desk), (true, false));
}

#[test]
fn n4_reservations_are_those_confirmed_once_and_not_entered_in_error() {
    let (mut desk, who) = salon();
    let count = |desk: &Desk<MemoryStore>| desk.figures(who).unwrap().reservations;
    let tentative = desk.run(Book { tentative: true, ..cut(who, after(1)) }).unwrap().reservation;
    assert_eq!(count(&desk), 0);
    desk.step(tentative, Move::Confirm).unwrap();
    assert_eq!(count(&desk), 1);
    let given_up = desk.run(Book { tentative: true, ..cut(who, after(1)) }).unwrap().reservation;
    desk.step(given_up, Move::CancelByShop).unwrap();
    assert_eq!(count(&desk), 1, "never confirmed");
    let ids: Vec<ReservationId> = (0..5).map(|_| desk.book(who, after(1)).unwrap()).collect();
    assert_eq!(count(&desk), 6);
    desk.step(ids[0], Move::CancelByCustomer).unwrap();
    desk.step(ids[1], Move::CancelByShop).unwrap();
    desk.now = after(1);
    desk.step(ids[2], Move::Visit).unwrap();
    desk.step(ids[3], Move::NoShow).unwrap();
    desk.run(Reschedule { reservation: ids[4], start: after(9), end: after(9).plus_ms(HOUR), staff: None }).unwrap();
    assert_eq!(count(&desk), 6, "cancelled ones included, moved ones once");
    desk.step(ids[4], Move::EnteredInError).unwrap();
    desk.step(ids[0], Move::EnteredInError).unwrap();
    assert_eq!(count(&desk), 4);
    desk.came(who, day("2026-11-20"), 0).unwrap();
    assert_eq!(count(&desk), 4, "a visit by hand is no reservation");
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

#[test]
fn n6_the_last_menus_are_those_of_the_latest_visit_by_start_then_id() {
    let (desk, who) = salon();
    let with = |menu: &str, start: Instant| {
        let lines = vec![Line { menu: id(menu), staff: None, price: Yen(1), kind: LineKind::Basic }];
        let booked = desk.run(Book { lines, ..cut(who, start) }).unwrap().reservation;
        desk.step(booked, Move::Visit).unwrap();
        booked
    };
    let last = || {
        let figures = desk.figures(who).unwrap();
        menus(&figures).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(last(), Vec::<String>::new());
    with("first", after(-5));
    assert_eq!(last(), ["first"]);
    // Entered later, but of an earlier start.
    with("older", after(-6));
    assert_eq!(last(), ["first"]);
    // The same start: the higher id.
    let tie = with("tie", after(-5));
    assert_eq!(last(), ["tie"]);
    undo(&desk, tie);
    assert_eq!(last(), ["first"]);
    desk.step(tie, Move::Visit).unwrap();
    assert_eq!(last(), ["tie"]);
    // A millisecond later.
    with("later", after(-5).plus_ms(1));
    assert_eq!(last(), ["later"]);
    // One by hand stands in the middle of its day.
    desk.run(AddVisit { customer: who, form: VisitForm { menus: vec![id("hand"), id("spa")], ..visit(day("2026-11-17"), 0) } }).unwrap();
    assert_eq!(last(), ["hand", "spa"]);
    let sold = with("sold", after(-1));
    desk.run(sale(
        who,
        Some(sold),
        vec![menu("perm", 10), line(SaleItem::Option { menu: id("head-spa") }, 5), line(SaleItem::Retail { product: id("comb") }, 1)],
        16,
    ))
    .unwrap();
    assert_eq!(last(), ["perm", "head-spa"], "what was done, once that is known");
}

#[test]
fn n6_of_two_by_hand_on_one_day_the_later_entered_is_the_last() {
    let (desk, who) = salon();
    for name in ["one", "two"] {
        desk.run(AddVisit { customer: who, form: VisitForm { menus: vec![id(name)], ..visit(day("2026-11-20"), 0) } }).unwrap();
    }
    assert_eq!(menus(&desk.figures(who).unwrap()), ["two"]);
}

#[test]
fn n7_every_frequency_is_answered_over_the_days_of_all_visits() {
    let (mut desk, who) = salon();
    for (n, back) in [(0, 20), (1, 10), (2, 1)] {
        if n == 1 {
            desk.came(who, day("2026-11-11"), 0).unwrap();
        } else {
            came(&desk, who, after(-back));
        }
    }
    let asked = |desk: &Desk<MemoryStore>, frequency| {
        let figures = desk.ask(GetFigures { customer: who, as_of: None, frequencies: vec![frequency] }).unwrap();
        let answer = figures.frequencies[0];
        assert_eq!(answer.frequency, frequency);
        (answer.holds, answer.visits, answer.days)
    };
    // 1, 11 and 20 November; today is the 21st.
    assert_eq!(asked(&desk, Frequency::Average { days: 7, times: 1 }), (true, 3, 21), "3 × 7 ≥ 1 × 21");
    assert_eq!(asked(&desk, Frequency::Average { days: 30, times: 3 }), (true, 3, 30));
    assert_eq!(asked(&desk, Frequency::Trailing { days: 11, times: 2 }), (true, 2, 11));
    assert_eq!(asked(&desk, Frequency::Trailing { days: 10, times: 2 }), (false, 1, 10));
    assert_eq!(asked(&desk, Frequency::LastGaps { days: 10 }), (true, 3, 19), "10 and 9 days");
    assert_eq!(asked(&desk, Frequency::LastGaps { days: 9 }), (false, 3, 19));
    desk.now = after(1);
    assert_eq!(asked(&desk, Frequency::Average { days: 7, times: 1 }), (false, 3, 22));
    for wrong in [Frequency::Average { days: 0, times: 1 }, Frequency::Average { days: 1, times: 0 }, Frequency::LastGaps { days: 0 }] {
        let error = desk.ask(GetFigures { customer: who, as_of: None, frequencies: vec![wrong] }).unwrap_err();
        assert_eq!(error.code(), "figures.frequency");
    }
}

#[test]
fn n8_amounts_are_visited_lines_manual_amounts_and_sales_and_the_average_keeps_its_remainder() {
    let (desk, who) = salon();
    let amounts = || {
        let figures = desk.figures(who).unwrap();
        (figures.amount.0, figures.average.map(|yen| yen.0), figures.average_remainder.0)
    };
    assert_eq!(amounts(), (0, None, 0));
    desk.book(who, after(1)).unwrap();
    assert_eq!(amounts(), (0, None, 0), "what is booked is not used yet");
    let booked = came(&desk, who, after(-1));
    assert_eq!(amounts(), (4_400, Some(4_400), 0));
    desk.came(who, day("2026-11-20"), 601).unwrap();
    assert_eq!(amounts(), (5_001, Some(2_500), 1));
    desk.came(who, day("2026-11-20"), 0).unwrap();
    assert_eq!(amounts(), (5_001, Some(1_667), 0));
    // The sale of a visit says what was really charged; one that stands alone adds an amount, but no visit.
    let done = desk.close(who, booked, 3_000).unwrap();
    assert_eq!(amounts(), (3_601, Some(1_200), 1));
    let alone = desk.run(sale(who, None, vec![menu("x", 500)], 500)).unwrap();
    assert_eq!(amounts(), (4_101, Some(1_367), 0));
    for of in [alone.sale, done.sale] {
        desk.run(VoidSale { sale: of, reason: "x".into() }).unwrap();
    }
    assert_eq!(amounts(), (5_001, Some(1_667), 0));
    undo(&desk, booked);
    assert_eq!(amounts(), (601, Some(300), 1));
    assert_eq!(desk.breaches().unwrap(), []);
}

fn category(name: &str) -> VisitCategory {
    VisitCategory { name: name.into(), visits_from: None, visits_to: None, frequency: None, within_days: None, after_days: None }
}

#[test]
fn n9_the_first_category_whose_thresholds_all_hold_is_the_one() {
    let (mut desk, who) = salon();
    desk.configure(|settings| {
        settings.visit_categories = vec![
            VisitCategory {
                visits_from: Some(3),
                frequency: Some(Frequency::Average { days: 30, times: 1 }),
                within_days: Some(30),
                ..category("VIP")
            },
            VisitCategory { after_days: Some(180), ..category("休眠") },
            VisitCategory { visits_from: Some(2), within_days: Some(60), ..category("常連") },
            VisitCategory { visits_from: Some(1), visits_to: Some(1), ..category("新規") },
            VisitCategory { visits_to: Some(0), ..category("未来店") },
            category("その他"),
        ];
    })
    .unwrap();
    let now = |desk: &Desk<MemoryStore>| desk.figures(who).unwrap().category.unwrap();
    assert_eq!(now(&desk), "未来店", "without a visit nothing is recent and nothing long ago");
    came(&desk, who, after(-60));
    assert_eq!(now(&desk), "新規");
    came(&desk, who, after(-30));
    assert_eq!(now(&desk), "常連");
    came(&desk, who, after(-30));
    assert_eq!(now(&desk), "VIP", "3 × 30 ≥ 61, thirty days ago");
    desk.now = after(1);
    assert_eq!(now(&desk), "常連");
    desk.now = after(31);
    assert_eq!(now(&desk), "その他", "61 days ago");
    desk.now = after(149);
    assert_eq!(now(&desk), "その他");
    desk.now = after(150);
    assert_eq!(now(&desk), "休眠", "180 days ago");
    desk.configure(|settings| settings.visit_categories.truncate(1)).unwrap();
    assert_eq!(desk.figures(who).unwrap().category, None);
}

#[test]
fn n9_categories_that_cannot_be_are_refused() {
    let desk = Desk::open();
    let set =
        |categories: Vec<VisitCategory>| desk.configure(|settings| settings.visit_categories = categories).err().map(|error| error.code());
    for (wrong, code) in [
        (category("\u{3000}"), "salon.setting"),
        (VisitCategory { visits_from: Some(2), visits_to: Some(1), ..category("x") }, "salon.setting"),
        (VisitCategory { after_days: Some(2), within_days: Some(1), ..category("x") }, "salon.setting"),
        (VisitCategory { within_days: Some(36_501), ..category("x") }, "salon.setting"),
        (VisitCategory { after_days: Some(36_501), ..category("x") }, "salon.setting"),
        (VisitCategory { frequency: Some(Frequency::Trailing { days: 0, times: 1 }), ..category("x") }, "figures.frequency"),
    ] {
        assert_eq!(set(vec![wrong]), Some(code));
    }
    assert_eq!(set(vec![category("x"); 101]), Some("salon.setting"));
    let edge =
        VisitCategory { visits_from: Some(1), visits_to: Some(1), after_days: Some(36_500), within_days: Some(36_500), ..category("x") };
    assert_eq!(set(vec![edge; 100]), None);
}

#[test]
fn n10_late_entries_and_corrections_recompute_everything() {
    let (desk, who) = salon();
    came(&desk, who, after(-10));
    let middle = came(&desk, who, after(-5));
    let first = || desk.figures(who).unwrap().first_visit;
    assert_eq!((first(), desk.figures(who).unwrap().last_visit), (Some(day("2026-11-11")), Some(day("2026-11-16"))));
    // Entered late, of a day before all.
    let old = desk.came(who, day("2020-02-29"), 100).unwrap().visit;
    assert_eq!((first(), desk.figures(who).unwrap().visits), (Some(day("2020-02-29")), 3));
    desk.run(EditVisit { visit: old, based_on: 1, form: visit(day("2021-01-01"), 100) }).unwrap();
    assert_eq!(first(), Some(day("2021-01-01")));
    desk.run(RemoveVisit { visit: old, based_on: 2 }).unwrap();
    assert_eq!(first(), Some(day("2026-11-11")));
    undo(&desk, middle);
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.last_visit, figures.first_visit), (1, Some(day("2026-11-11")), Some(day("2026-11-11"))));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n10_of_many_visits_the_latest_are_found_again_when_one_of_them_goes() {
    let (desk, who) = salon();
    let ids: Vec<ReservationId> = (1..=6).map(|n| came(&desk, who, after(-n))).collect();
    for (gone, last) in [(0, "2026-11-19"), (2, "2026-11-19"), (1, "2026-11-17"), (3, "2026-11-16")] {
        undo(&desk, ids[gone]);
        assert_eq!(desk.figures(who).unwrap().last_visit, Some(day(last)));
        assert_eq!(desk.breaches().unwrap(), []);
    }
}

#[test]
fn n10_a_merge_moves_the_counts_and_an_undo_brings_them_back() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    came(&desk, who, after(-10));
    let late = desk.book(who, after(0)).unwrap();
    desk.step(late, Move::NoShow).unwrap();
    desk.came(who, day("2026-11-20"), 700).unwrap();
    desk.run(sale(who, None, vec![menu("x", 500)], 500)).unwrap();
    came(&desk, target, after(-3));
    let (source_before, target_before) = (desk.figures(who).unwrap(), desk.figures(target).unwrap());
    desk.now = after(1);
    let merge = desk.merge(who, target).unwrap().merge;
    let both = desk.figures(target).unwrap();
    assert_eq!(desk.figures(who).unwrap(), both, "the merged id resolves");
    assert_eq!((both.visits, both.manual_visits, both.cancellations.no_shows, both.reservations), (3, 1, 1, 3));
    assert_eq!((both.amount, both.due), (Yen(4_400 + 700 + 500 + 4_400), Yen(4_400)));
    assert_eq!((both.first_visit, both.last_visit), (Some(day("2026-11-11")), Some(day("2026-11-20"))));
    assert_eq!(desk.breaches().unwrap(), []);
    // As of an instant before, each is who they were.
    assert_eq!(at(&desk, target, after(0)), target_before);
    assert_eq!(at(&desk, who, after(0)), source_before);
    assert_eq!(at(&desk, who, after(1)), both);
    desk.now = after(2);
    desk.run(Unmerge { merge }).unwrap();
    assert_eq!((desk.figures(who).unwrap(), desk.figures(target).unwrap()), (source_before, target_before));
    assert_eq!(at(&desk, target, after(1)), both, "and as of the day between they were one");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n10_as_of_any_past_instant_gives_what_held_then() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.visit_categories = vec![VisitCategory { visits_from: Some(2), ..category("常連") }]).unwrap();
    let mut told: Vec<(Instant, CustomerFigures)> = Vec::new();
    let mut note = |desk: &mut Desk<MemoryStore>| {
        told.push((desk.now, desk.figures(who).unwrap()));
        desk.now = desk.now.plus_ms(7 * HOUR);
    };
    note(&mut desk);
    let booked = desk.book(who, after(0)).unwrap();
    note(&mut desk);
    let entered = desk.came(who, day("2026-11-01"), 3_000).unwrap().visit;
    note(&mut desk);
    desk.step(booked, Move::Visit).unwrap();
    note(&mut desk);
    desk.run(EditVisit { visit: entered, based_on: 1, form: visit(day("2026-11-05"), 5_000) }).unwrap();
    note(&mut desk);
    let done = desk.close(who, booked, 9_999).unwrap();
    note(&mut desk);
    desk.run(VoidSale { sale: done.sale, reason: "x".into() }).unwrap();
    undo(&desk, booked);
    note(&mut desk);
    desk.run(RemoveVisit { visit: entered, based_on: 2 }).unwrap();
    note(&mut desk);
    let gone = desk.book(who, after(9)).unwrap();
    desk.step(gone, Move::CancelByCustomer).unwrap();
    desk.step(booked, Move::EnteredInError).unwrap();
    note(&mut desk);
    for (now, figures) in &told {
        assert_eq!(&at(&desk, who, *now), figures, "as of {now:?}");
        assert_eq!(&at(&desk, who, now.plus_ms(7 * HOUR - 1)).visits, &figures.visits);
    }
    assert_eq!(told.iter().map(|(_, figures)| figures.visits).collect::<Vec<_>>(), [0, 0, 1, 2, 2, 2, 1, 0, 0]);
    assert_eq!(at(&desk, who, MORNING.plus_ms(-1)).visits, 0);
    // An instant that has not come is now.
    assert_eq!(at(&desk, who, after(999)), desk.figures(who).unwrap());
}

// What each of these visits by hand adds, in the order of their days.
fn parts(who: CustomerId, days: &[&str]) -> Vec<Part> {
    let desk = Desk::open();
    let own = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    assert_eq!(own, who);
    for text in days {
        desk.came(who, day(text), 100).unwrap();
    }
    let mut visits = desk.ask(GetVisits { customer: who }).unwrap().visits;
    visits.reverse();
    visits.into_iter().map(|visit| Part::of(&visit.into()).unwrap().unwrap()).collect()
}

#[test]
fn n10_a_commit_counts_again_only_when_a_first_or_latest_visit_goes() {
    let who = id("c1");
    let parts = parts(who, &["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"]);
    let mut figures = Figures::none(who);
    for part in &parts {
        assert_eq!(figures.replace(None, Some(part.clone())), Ok(true), "one more is added to what is there");
    }
    assert_eq!(Figures::sum(who, parts.clone()), Ok(figures.clone()));
    // The first, and the three latest, are known by name; the second is only counted.
    for (gone, known) in [(0, true), (1, false), (2, true), (3, true), (4, true)] {
        let mut less = figures.clone();
        assert_eq!(less.replace(Some(parts[gone].clone()), None), Ok(!known), "{gone}");
        if !known {
            let rest = parts.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, part)| part.clone());
            assert_eq!(Figures::sum(who, rest), Ok(less));
        }
        // The same visit put in its own place again changes nothing, and needs no counting.
        let mut same = figures.clone();
        assert_eq!(same.replace(Some(parts[gone].clone()), Some(parts[gone].clone())), Ok(true));
        assert_eq!(same, figures);
    }
    // What was never in cannot be taken off.
    let mut none = Figures::none(who);
    assert_eq!(none.replace(Some(parts[0].clone()), None), Ok(false));
    for counted in [Figures { visits: 1, ..Figures::none(who) }, Figures { manual_visits: 1, ..Figures::none(who) }] {
        let mut damaged = counted;
        assert_eq!(damaged.replace(Some(parts[0].clone()), None), Ok(false), "a visit by hand is in both counts");
    }
}

#[test]
fn n5_t2_a_checkin_comes_on_the_business_day_of_the_start_or_later() {
    for day_starts_minutes in [0, 300] {
        let calendar = Calendar { day_starts_minutes, ..Calendar::default() };
        let start = calendar.at(day("2026-11-27"), 30);
        let service = calendar.day_of(start).unwrap();
        let from = calendar.start_of(service);
        // Ahead of its start, at it, and entered late.
        for (at, fine) in
            [(from.plus_ms(-1), false), (from, true), (start.plus_ms(-1), true), (start, true), (start.plus_ms(9 * DAY), true)]
        {
            let (mut desk, who) = salon();
            desk.configure(|settings| settings.calendar = calendar).unwrap();
            let booked = desk.book(who, start).unwrap();
            let before = desk.figures(who).unwrap();
            desk.now = at;
            let said = desk.step(booked, Move::Visit);
            if fine {
                said.unwrap();
                let figures = desk.figures(who).unwrap();
                assert_eq!((figures.visits, figures.last_visit), (1, Some(service)));
                assert!(service <= calendar.day_of(at).unwrap(), "the last visit lies on a day that has come");
                continue;
            }
            let error = said.unwrap_err();
            assert_eq!(error.code(), "booking.visit_too_early");
            assert_eq!(error.data(), serde_json::json!({ "reservation": "r1", "from": from }));
            assert_eq!(desk.figures(who).unwrap(), before);
            // What would be right: it takes place on another day.
            desk.run(Reschedule { reservation: booked, start: at, end: at.plus_ms(HOUR), staff: None }).unwrap();
            desk.step(booked, Move::Visit).unwrap();
        }
    }
}

#[test]
fn n5_t2_the_day_of_a_visit_follows_the_business_day_and_one_by_hand_keeps_its_own() {
    let (desk, who) = salon();
    came(&desk, who, Calendar::default().at(day("2026-11-20"), 60));
    assert_eq!(desk.figures(who).unwrap().last_visit, Some(day("2026-11-20")));
    desk.came(who, day("2026-11-18"), 0).unwrap();
    desk.configure(|settings| settings.calendar.day_starts_minutes = 300).unwrap();
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.first_visit, figures.last_visit), (Some(day("2026-11-18")), Some(day("2026-11-19"))));
}

#[derive(Clone, Debug)]
enum Act {
    Book(i8, bool, bool),
    Step(usize, u8),
    Move(usize, i8),
    Hand(u8, u16, bool),
    Edit(usize, u8, u16, bool),
    Remove(usize),
    Last(u8),
    Close(usize, u16),
    Alone(u16),
    Void(usize),
    Merge(bool),
    Unmerge,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (-9_i8..3, any::<bool>(), any::<bool>()).prop_map(|(day, prepay, tentative)| Act::Book(day, prepay, tentative)),
        8 => (0_usize..8, 0_u8..12).prop_map(|(which, to)| Act::Step(which, to)),
        1 => (0_usize..8, -9_i8..9).prop_map(|(which, day)| Act::Move(which, day)),
        2 => (0_u8..9, 0_u16..9_999, any::<bool>()).prop_map(|(day, amount, tied)| Act::Hand(day, amount, tied)),
        1 => (0_usize..4, 0_u8..9, 0_u16..9_999, any::<bool>()).prop_map(|(which, day, amount, tied)| Act::Edit(which, day, amount, tied)),
        1 => (0_usize..4).prop_map(Act::Remove),
        1 => (0_u8..9).prop_map(Act::Last),
        2 => (0_usize..8, 0_u16..9_999).prop_map(|(which, price)| Act::Close(which, price)),
        1 => (0_u16..9_999).prop_map(Act::Alone),
        1 => (0_usize..6).prop_map(Act::Void),
        1 => any::<bool>().prop_map(Act::Merge),
        1 => Just(Act::Unmerge),
    ];
    prop::collection::vec(act, 1..50)
}

fn step_of(number: u8) -> Move {
    let reason = || "x".to_owned();
    match number {
        0 => Move::Confirm,
        1 => Move::ChoosePrepayment,
        2 => Move::PayPrepayment,
        3 => Move::RefundPrepayment,
        4 | 5 => Move::Visit,
        6 => Move::UndoVisit { reason: reason() },
        7 => Move::CancelByCustomer,
        8 => Move::CancelByShop,
        9 => Move::NoShow,
        10 => Move::WaiveFee { reason: reason() },
        _ => Move::EnteredInError,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn n10_after_any_sequence_the_figures_are_what_the_records_come_to(acts in acts()) {
        let (mut desk, a) = salon();
        desk.configure(|settings| settings.unmerge_days = 7).unwrap();
        let b = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
        let (mut booked, mut hand, mut sales, mut merge) = (Vec::new(), Vec::new(), Vec::new(), None);
        let mut told: Vec<(Instant, CustomerFigures)> = Vec::new();
        let today = day("2026-11-21");
        // Each in turn does something; those that are refused are refused whole.
        for (turn, act) in acts.into_iter().enumerate() {
            let who = if turn % 3 == 0 { b } else { a };
            let form = |days: u8, amount: u16, tied: bool, booked: &[ReservationId]| VisitForm {
                reservation: booked.first().copied().filter(|_| tied),
                ..visit(today.days_before(days.into()), amount.into())
            };
            match act {
                Act::Book(days, prepay, tentative) => {
                    booked.extend(desk.run(Book { prepay, tentative, ..cut(who, after(days.into())) }).map(|done| done.reservation));
                }
                Act::Step(which, to) => drop(booked.get(which).map(|one| desk.step(*one, step_of(to)))),
                Act::Move(which, days) => {
                    let start = after(days.into());
                    drop(booked.get(which).map(|one| desk.run(Reschedule { reservation: *one, start, end: start.plus_ms(HOUR), staff: None })));
                }
                Act::Hand(days, amount, tied) => {
                    hand.extend(desk.run(AddVisit { customer: who, form: form(days, amount, tied, &booked) }).map(|done| done.visit));
                }
                Act::Edit(which, days, amount, tied) => {
                    let versions = [a, b].map(|who| desk.ask(GetVisits { customer: who }).unwrap().visits).concat();
                    let Some(stored) = hand.get(which).and_then(|id| versions.iter().find(|visit| visit.id == *id)) else { continue };
                    drop(desk.run(EditVisit { visit: stored.id, based_on: stored.version, form: form(days, amount, tied, &booked) }));
                }
                Act::Remove(which) => {
                    let versions = [a, b].map(|who| desk.ask(GetVisits { customer: who }).unwrap().visits).concat();
                    let Some(stored) = hand.get(which).and_then(|id| versions.iter().find(|visit| visit.id == *id)) else { continue };
                    drop(desk.run(RemoveVisit { visit: stored.id, based_on: stored.version }));
                }
                Act::Last(days) => drop(desk.run(SetLastVisit { customer: who, day: today.days_before(days.into()) })),
                Act::Close(which, price) => {
                    let Some(one) = booked.get(which) else { continue };
                    for cash in [i64::from(price), 0, i64::from(price) - 4_400] {
                        sales.extend(desk.run(sale(who, Some(*one), vec![menu("perm", price.into())], cash)).map(|done| done.sale));
                    }
                }
                Act::Alone(price) => sales.extend(desk.run(sale(who, None, vec![menu("x", price.into())], price.into())).map(|done| done.sale)),
                Act::Void(which) => drop(sales.get(which).map(|one| desk.run(VoidSale { sale: *one, reason: "x".into() }))),
                Act::Merge(turned) => {
                    let (source, target) = if turned { (b, a) } else { (a, b) };
                    merge = desk.merge(source, target).ok().map(|done| done.merge).or(merge);
                }
                Act::Unmerge => drop(merge.map(|merge| desk.run(Unmerge { merge }))),
            }
            told.push((desk.now, desk.figures(a).unwrap()));
            desk.now = desk.now.plus_ms(1_000);
        }
        let report = desk.ledger.check().unwrap();
        prop_assert_eq!(report.breaches, []);
        // The rule itself, told a second time over the records as they are listed.
        for who in [a, b] {
            let figures = desk.figures(who).unwrap();
            let rows = desk.ask(GetReservations { customer: who }).unwrap().reservations;
            let hand = desk.ask(GetVisits { customer: who }).unwrap().visits;
            let alone: i64 = desk.ask(GetSales { customer: who }).unwrap().sales.iter().filter(|sale| sale.stands() && sale.reservation.is_none()).map(|sale| sale.total.0).sum();
            let visited: Vec<_> = rows.iter().filter(|row| row.label == Label::Visited).collect();
            let free: Vec<_> = hand.iter().filter(|visit| visit.reservation.is_none()).collect();
            prop_assert_eq!(usize::try_from(figures.visits).unwrap(), visited.len() + free.len());
            let amount = visited.iter().map(|row| row.reservation.amount().unwrap().0).sum::<i64>() + free.iter().map(|visit| visit.amount.0).sum::<i64>() + alone;
            prop_assert_eq!(figures.amount.0, amount);
            let last = visited.iter().map(|row| row.day).chain(free.iter().map(|visit| visit.day)).max();
            prop_assert_eq!(figures.last_visit, last);
            prop_assert_eq!(figures.due.0, rows.iter().map(|row| row.reservation.due().0).sum::<i64>());
            let by = |wanted: CancelTiming| rows.iter().filter(|row| row.reservation.ever_confirmed && matches!(row.reservation.booking, BookingState::Cancelled { by: CancelledBy::Customer, timing, .. } if timing == wanted)).count();
            prop_assert_eq!(usize::try_from(figures.cancellations.early).unwrap(), by(CancelTiming::Early));
            prop_assert_eq!(usize::try_from(figures.cancellations.late).unwrap(), by(CancelTiming::Late));
            prop_assert_eq!(usize::try_from(figures.reservations).unwrap(), rows.iter().filter(|row| row.reservation.ever_confirmed).count());
        }
        // And what was told then is told of then still (N10), but for whom a merge that was undone since makes them.
        if merge.is_none() {
            for (now, figures) in told {
                prop_assert_eq!(at(&desk, a, now), figures);
            }
        }
    }
}

#[test]
fn n10_an_instant_between_a_merge_and_its_undo_resolves_as_it_did_then() {
    let mut desk = Desk::open();
    desk.configure(|settings| settings.unmerge_days = 30).unwrap();
    let [a, b] = ["09012345678", "09012345679"].map(|phone| desk.register(hanako(phone, "hanako@example.jp")).unwrap());
    let visited = desk.book(a, MORNING).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    desk.now = MORNING.plus_ms(HOUR);
    let merged = desk.merge(a, b).unwrap().merge;
    desk.now = MORNING.plus_ms(3 * HOUR);
    desk.run(Unmerge { merge: merged }).unwrap();
    desk.now = MORNING.plus_ms(5 * HOUR);
    let at = |customer: CustomerId, hours: i64| {
        let figures = desk.ask(GetFigures { customer, as_of: Some(MORNING.plus_ms(hours * HOUR)), frequencies: Vec::new() }).unwrap();
        (figures.customer, figures.visits)
    };
    assert_eq!([at(a, 0), at(a, 1), at(a, 2), at(a, 3), at(a, 4)], [(a, 1), (b, 1), (b, 1), (a, 1), (a, 1)]);
    assert_eq!([at(b, 0), at(b, 1), at(b, 2), at(b, 3)], [(b, 0), (b, 1), (b, 1), (b, 0)]);
}
