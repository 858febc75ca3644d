//! What is counted: N1–N10.
mod by_hand;
mod over_time;
mod random;

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
