//! ポイント: Z1.
mod corrections;
mod random;

use daicho::*;
use daicho_tests::till::{line, menu, sale, visit};
use daicho_tests::*;
use proptest::prelude::*;

const START: Instant = MORNING.plus_ms(3 * HOUR);

fn salon(rule: PointRule, valid: PointValidity) -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| settings.points = PointsPolicy { rule: Some(rule), valid }).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn per_visit(points: u32) -> (Desk<MemoryStore>, CustomerId) {
    salon(PointRule::PerVisit { points }, PointValidity::Forever)
}

// One point for each full ¥100.
fn per_sales() -> (Desk<MemoryStore>, CustomerId) {
    salon(PointRule::PerSales { yen: Yen(100), points: 1 }, PointValidity::Forever)
}

fn balance(desk: &Desk<MemoryStore>, who: CustomerId) -> u32 {
    desk.points(who).unwrap().balance
}

fn visited(desk: &Desk<MemoryStore>, who: CustomerId) -> ReservationId {
    let booked = desk.book(who, START).unwrap();
    desk.step(booked, Move::Visit).unwrap();
    booked
}

fn undo(desk: &Desk<MemoryStore>, visit: ReservationId) -> Moved {
    desk.step(visit, Move::UndoVisit { reason: "人違い".into() }).unwrap()
}

fn spend(desk: &Desk<MemoryStore>, who: CustomerId, points: u32) -> Result<CheckedOut, Error> {
    let price = i64::from(points);
    desk.run(CheckOut { points: Some(points), ..sale(who, None, vec![line(SaleItem::Retail { product: id("comb") }, price)], 0) })
}

fn adjust(desk: &Desk<MemoryStore>, who: CustomerId, seen: u32, to: u32) -> Result<AdjustedPoints, Error> {
    desk.run(AdjustPoints { customer: who, seen, balance: to, reason: "お詫び".into() })
}

fn void(desk: &Desk<MemoryStore>, sale: SaleId) -> VoidedSale {
    desk.run(VoidSale { sale, reason: "打ち間違い".into() }).unwrap()
}

fn day(text: &str) -> Date {
    id(text)
}

fn noon(text: &str) -> Instant {
    Calendar::default().at(day(text), 720)
}

#[test]
fn z1_a_visit_earns_provisionally_when_booked_and_for_good_when_it_is_made() {
    let (desk, who) = per_visit(100);
    let now = |desk: &Desk<MemoryStore>| {
        let points = desk.points(who).unwrap();
        let figures = desk.figures(who).unwrap();
        assert_eq!((figures.points, figures.provisional_points), (Some(points.balance), Some(points.provisional)));
        (points.balance, points.provisional)
    };
    let tentative = desk.run(Book { tentative: true, ..cut(who, START) }).unwrap().reservation;
    assert_eq!(now(&desk), (0, 0), "what is not confirmed promises nothing");
    desk.step(tentative, Move::Confirm).unwrap();
    assert_eq!(now(&desk), (0, 100));
    let second = desk.book(who, START).unwrap();
    assert_eq!(now(&desk), (0, 200));
    assert_eq!(desk.step(second, Move::Visit).unwrap().points, Some(100));
    assert_eq!(now(&desk), (100, 100));
    let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
    assert_eq!((lots.len(), lots[0].source, lots[0].granted), (1, PointSource::Visit { reservation: second }, 100));
}

#[test]
fn z1_provisional_points_are_dropped_by_every_way_out() {
    for (to, late) in [
        (Move::CancelByCustomer, false),
        (Move::CancelByCustomer, true),
        (Move::CancelByShop, false),
        (Move::NoShow, true),
        (Move::EnteredInError, false),
    ] {
        let (mut desk, who) = per_visit(100);
        let booked = desk.book(who, START).unwrap();
        desk.now = if late { START } else { MORNING };
        assert_eq!(desk.step(booked, to).unwrap().points, None);
        let points = desk.points(who).unwrap();
        assert_eq!((points.balance, points.provisional), (0, 0));
    }
}

#[test]
fn z1_per_sales_counts_full_steps_of_what_was_charged() {
    let (desk, who) = per_sales();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerSales { yen: Yen(1_000), points: 30 })).unwrap();
    let booked = visited(&desk, who);
    assert_eq!(balance(&desk, who), 120, "¥4,400 were booked: four steps");
    for (total, now, moved) in [(3_999, 90, Some(-30)), (4_999, 120, None), (5_000, 150, Some(30)), (0, 0, Some(-120))] {
        let done = desk.close(who, booked, total).unwrap();
        assert_eq!((balance(&desk, who), done.points), (now, moved), "{total}");
        void(&desk, done.sale);
        assert_eq!(balance(&desk, who), 120);
    }
    // A sale that stands alone earns too.
    let alone = desk.run(sale(who, None, vec![menu("x", 2_999)], 2_999)).unwrap();
    assert_eq!((balance(&desk, who), alone.points), (180, Some(60)));
    assert_eq!(void(&desk, alone.sale).points, Some(-60));
    assert_eq!(balance(&desk, who), 120);
}

#[test]
fn z1_per_visit_a_sale_neither_adds_nor_takes() {
    let (desk, who) = per_visit(100);
    let booked = visited(&desk, who);
    let done = desk.close(who, booked, 99_000).unwrap();
    assert_eq!((done.points, balance(&desk, who)), (None, 100));
    assert_eq!(desk.run(sale(who, None, vec![menu("x", 2_999)], 2_999)).unwrap().points, None);
    void(&desk, done.sale);
    assert_eq!(balance(&desk, who), 100);
}

#[test]
fn z1_what_a_visit_earns_was_said_when_it_was_booked() {
    let (desk, who) = per_visit(100);
    let booked = desk.book(who, START).unwrap();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 7 })).unwrap();
    assert_eq!(desk.points(who).unwrap().provisional, 100);
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(balance(&desk, who), 100);
    desk.close(who, booked, 4_400).unwrap();
    assert_eq!(balance(&desk, who), 100);
    visited(&desk, who);
    assert_eq!(balance(&desk, who), 107);
}

#[test]
fn z1_booked_while_there_were_none_it_earns_what_it_promises() {
    let (desk, who) = per_visit(100);
    desk.configure(|settings| settings.points.rule = None).unwrap();
    let booked = desk.book(who, START).unwrap();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 7 })).unwrap();
    let promised = desk.points(who).unwrap().provisional;
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!((promised, balance(&desk, who)), (7, 7));
}

#[test]
fn z1_points_are_good_on_their_last_day_and_no_longer() {
    for (valid, last) in [
        (PointValidity::Days { days: 1 }, "2026-11-22"),
        (PointValidity::Days { days: 90 }, "2027-02-19"),
        (PointValidity::Months { months: 3 }, "2027-02-21"),
    ] {
        let (mut desk, who) = salon(PointRule::PerVisit { points: 100 }, valid);
        desk.now = noon("2026-11-21");
        visited(&desk, who);
        let over = Calendar::default().start_of(day(last).days_after(1));
        desk.now = over.plus_ms(-1);
        let points = desk.points(who).unwrap();
        assert_eq!((points.balance, points.next_expiry, points.next_expiring), (100, Some(day(last)), 100), "{valid:?}");
        desk.now = over;
        let points = desk.points(who).unwrap();
        assert_eq!((points.balance, points.next_expiry, points.next_expiring), (0, None, 0));
        let error = spend(&desk, who, 1).unwrap_err();
        assert_eq!((error.code(), error.data()["max"].as_i64()), ("points.too_many", Some(0)));
        desk.now = over.plus_ms(-1);
        assert!(spend(&desk, who, 100).is_ok());
    }
    // T4: earned on the last of August, for six months.
    let (mut desk, who) = salon(PointRule::PerVisit { points: 1 }, PointValidity::Months { months: 6 });
    desk.now = noon("2027-08-31");
    visited(&desk, who);
    assert_eq!(desk.points(who).unwrap().next_expiry, Some(day("2028-02-29")));
}

#[test]
fn z1_the_earliest_to_expire_are_spent_first_and_those_without_end_last() {
    let (desk, who) = per_visit(100);
    let valid = |valid| desk.configure(|settings| settings.points.valid = valid).unwrap();
    let forever = visited(&desk, who);
    valid(PointValidity::Days { days: 30 });
    let month = visited(&desk, who);
    valid(PointValidity::Days { days: 7 });
    let week = visited(&desk, who);
    let twin = visited(&desk, who);
    let points = desk.points(who).unwrap();
    assert_eq!((points.balance, points.next_expiry, points.next_expiring), (400, Some(day("2026-11-28")), 200));
    let left = || {
        let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
        [week, twin, month, forever]
            .map(|reservation| lots.iter().find(|lot| lot.source == PointSource::Visit { reservation }).unwrap().remaining())
    };
    for (points, expected) in [(60, [40, 100, 100, 100]), (90, [0, 50, 100, 100]), (120, [0, 0, 30, 100]), (31, [0, 0, 0, 99])] {
        spend(&desk, who, points).unwrap();
        assert_eq!(left(), expected);
    }
    assert_eq!(spend(&desk, who, 100).unwrap_err().data()["max"], 99);
    spend(&desk, who, 99).unwrap();
    assert_eq!(left(), [0; 4]);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_a_typed_balance_is_an_adjustment_with_a_reason_by_whoever_saw_the_one_before() {
    let (mut desk, who) = salon(PointRule::PerVisit { points: 100 }, PointValidity::Days { days: 7 });
    visited(&desk, who);
    let error = adjust(&desk, who, 99, 150).unwrap_err();
    assert_eq!((error.code(), error.data()["balance"].as_i64(), error.fields().concat().as_str()), ("points.moved", Some(100), "seen"));
    let blank = AdjustPoints { customer: who, seen: 100, balance: 150, reason: " ".into() };
    assert_eq!(desk.run(blank).unwrap_err().code(), "sale.reason_blank");
    desk.now = MORNING.plus_ms(2 * DAY);
    desk.actor = Actor::new(id("staff-4"), Role::Staff);
    assert_eq!(adjust(&desk, who, 100, 150).unwrap().balance, 150);
    let history = desk.ask(GetPoints { customer: who }).unwrap();
    assert_eq!((history.now.balance, history.lots.len()), (150, 2));
    let given = &history.lots[1];
    assert_eq!((given.source, given.expires_on), (PointSource::Adjustment, Some(day("2026-11-30"))));
    assert_eq!((given.entries[0].by.as_str(), given.entries[0].at), ("staff-4", desk.now));
    assert_eq!(given.entries[0].what, PointMove::Adjust { points: 50, reason: "お詫び".into() });
    // Taken from the earliest to expire, over as many lots as it needs.
    assert_eq!(adjust(&desk, who, 150, 20).unwrap().balance, 20);
    let left: Vec<i64> = desk.ask(GetPoints { customer: who }).unwrap().lots.iter().map(PointLot::remaining).collect();
    assert_eq!(left, [0, 20]);
    let before = desk.ask(GetPoints { customer: who }).unwrap().lots;
    assert_eq!(adjust(&desk, who, 20, 20).unwrap().balance, 20);
    assert_eq!(desk.ask(GetPoints { customer: who }).unwrap().lots, before, "the same balance is no adjustment");
    assert_eq!(adjust(&desk, who, 20, 1_000_000_001).unwrap_err().code(), "points.policy");
    assert_eq!(adjust(&desk, who, 20, 1_000_000_000).unwrap().balance, 1_000_000_000);
    assert_eq!(adjust(&desk, who, 1_000_000_000, 0).unwrap().balance, 0);
    assert_eq!(balance(&desk, who), 0);
    assert_eq!(desk.breaches().unwrap(), []);
    // A customer reads their points, not why.
    desk.actor = Actor::customer(id("account-1"), who);
    let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
    let told = |entry: &PointEntry| matches!(&entry.what, PointMove::Adjust { reason, .. } if !reason.is_empty());
    assert!(lots.iter().flat_map(|lot| &lot.entries).all(|entry| !told(entry)));
    assert_eq!(adjust(&desk, who, 0, 1).unwrap_err().code(), "access.forbidden");
}

#[test]
fn z1_turned_off_they_are_hidden_and_turned_on_they_are_there() {
    let (desk, who) = per_visit(100);
    let booked = visited(&desk, who);
    let ahead = desk.book(who, START).unwrap();
    desk.configure(|settings| settings.points.rule = None).unwrap();
    for error in
        [desk.ask(GetPoints { customer: who }).unwrap_err(), adjust(&desk, who, 100, 1).unwrap_err(), spend(&desk, who, 1).unwrap_err()]
    {
        assert_eq!(error.code(), "points.off");
    }
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.points, figures.provisional_points), (None, None));
    // Nothing earns, and nothing that was earned is lost.
    assert_eq!(desk.step(ahead, Move::Visit).unwrap().points, None);
    assert_eq!(desk.close(who, booked, 4_400).unwrap().points, None);
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 100 })).unwrap();
    assert_eq!(balance(&desk, who), 100);
}

#[test]
fn z1_a_visit_by_hand_earns_is_corrected_and_taken_back() {
    let (desk, who) = per_sales();
    let today = day("2026-11-21");
    let came = desk.came(who, today, 5_000).unwrap();
    assert_eq!((came.points, balance(&desk, who)), (Some(50), 50));
    let edit = |based_on, form| desk.run(EditVisit { visit: came.visit, based_on, form }).unwrap();
    assert_eq!(edit(1, visit(today, 3_000)).points, Some(-20));
    assert_eq!(edit(2, visit(today, 3_099)).points, None);
    assert_eq!(edit(3, visit(today, 8_000)).points, Some(50));
    // Tied to a reservation, that one earns.
    let booked = visited(&desk, who);
    assert_eq!(balance(&desk, who), 80 + 44);
    assert_eq!(edit(4, VisitForm { reservation: Some(booked), ..visit(today, 8_000) }).points, Some(-80));
    assert_eq!(edit(5, visit(today, 8_000)).points, Some(80));
    let gone = desk.run(RemoveVisit { visit: came.visit, based_on: 6 }).unwrap();
    assert_eq!((gone.points, balance(&desk, who)), (Some(-80), 44));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_a_memo_changes_no_points() {
    let (desk, who) = per_visit(100);
    let today = day("2026-11-21");
    let came = desk.came(who, today, 0).unwrap().visit;
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 50 })).unwrap();
    let form = VisitForm { service_memo: Some("くせ毛".into()), ..visit(today, 0) };
    assert_eq!(desk.run(EditVisit { visit: came, based_on: 1, form }).unwrap().points, None);
    assert_eq!(balance(&desk, who), 100);
}

#[test]
fn z1_m2_points_move_with_a_merge_lot_by_lot() {
    let (desk, who) = salon(PointRule::PerVisit { points: 100 }, PointValidity::Days { days: 7 });
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let moving = visited(&desk, who);
    visited(&desk, target);
    let merged = desk.merge(who, target).unwrap();
    assert_eq!((merged.before.points, merged.after.points), (200, 200));
    assert_eq!((balance(&desk, target), balance(&desk, who)), (200, 200), "the merged id resolves");
    undo(&desk, moving);
    assert_eq!(balance(&desk, target), 100);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_policies_that_cannot_be_are_refused() {
    let desk = Desk::open();
    let set = |rule, valid| desk.configure(|settings| settings.points = PointsPolicy { rule, valid }).err().map(|error| error.code());
    let (visits, sales) =
        (|points| Some(PointRule::PerVisit { points }), |yen, points| Some(PointRule::PerSales { yen: Yen(yen), points }));
    let forever = PointValidity::Forever;
    for (rule, valid) in [
        (visits(0), forever),
        (visits(1_000_001), forever),
        (sales(0, 1), forever),
        (sales(-1, 1), forever),
        (sales(1_000_000_001, 1), forever),
        (sales(1, 0), forever),
        (sales(1, 1_000_001), forever),
        (None, PointValidity::Days { days: 0 }),
        (None, PointValidity::Days { days: 36_501 }),
        (None, PointValidity::Months { months: 0 }),
        (None, PointValidity::Months { months: 1_201 }),
    ] {
        assert_eq!(set(rule, valid), Some("points.policy"), "{rule:?} {valid:?}");
    }
    for (rule, valid) in [
        (visits(1), PointValidity::Days { days: 1 }),
        (visits(1_000_000), PointValidity::Days { days: 36_500 }),
        (sales(1, 1_000_000), PointValidity::Months { months: 1 }),
        (sales(1_000_000_000, 1), PointValidity::Months { months: 1_200 }),
    ] {
        assert_eq!(set(rule, valid), None, "{rule:?} {valid:?}");
    }
}

#[test]
fn z1_no_rule_keeps_a_visit_from_being_recorded() {
    let desk = Desk::open();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerSales { yen: Yen(1), points: 1_000_000 })).unwrap();
    let who = desk.register(hanako("09012345678", "hanako@example.jp")).unwrap();
    let line = Line { menu: id("cut"), staff: None, price: Yen::MAX, kind: LineKind::Basic };
    let booked = desk.run(Book { lines: vec![line; 50], ..cut(who, MORNING) }).unwrap().reservation;
    assert_eq!(desk.step(booked, Move::Visit).unwrap().points, Some(1_000_000_000));
    assert_eq!(desk.ask(GetPoints { customer: who }).unwrap().now.balance, 1_000_000_000);
}
