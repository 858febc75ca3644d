//! Points that are taken back, corrected and paid back: Z1.
use super::*;

#[test]
fn z1_spent_points_of_a_voided_sale_come_back_to_where_they_came_from() {
    let (mut desk, who) = salon(PointRule::PerVisit { points: 100 }, PointValidity::Days { days: 7 });
    visited(&desk, who);
    desk.now = MORNING.plus_ms(DAY);
    visited(&desk, who);
    let kept = spend(&desk, who, 30).unwrap();
    let wrong = spend(&desk, who, 120).unwrap();
    assert_eq!(balance(&desk, who), 50);
    void(&desk, wrong.sale);
    let left: Vec<i64> = desk.ask(GetPoints { customer: who }).unwrap().lots.iter().map(PointLot::remaining).collect();
    assert_eq!((balance(&desk, who), left), (170, vec![70, 100]));
    assert_eq!(void(&desk, kept.sale).points, Some(30));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_points_that_come_back_after_their_last_day_last_from_then_on() {
    let (mut desk, who) = salon(PointRule::PerVisit { points: 100 }, PointValidity::Days { days: 7 });
    let first = visited(&desk, who);
    desk.now = MORNING.plus_ms(DAY);
    visited(&desk, who);
    let bought = spend(&desk, who, 130).unwrap();
    // On the last day of the first hundred they are back where they were.
    desk.now = noon("2026-11-28");
    assert_eq!(void(&desk, bought.sale).points, Some(130));
    let bought = spend(&desk, who, 130).unwrap();
    desk.now = noon("2026-11-29");
    assert_eq!(balance(&desk, who), 70);
    assert_eq!(void(&desk, bought.sale).points, Some(130), "the shop's mistake is not the customer's loss");
    let lots = || desk.ask(GetPoints { customer: who }).unwrap().lots;
    let seen: Vec<_> = lots().iter().map(|lot| (lot.remaining(), lot.expires_on.unwrap(), lot.granted)).collect();
    assert_eq!(seen, [(0, day("2026-11-28"), 100), (100, day("2026-11-29"), 100), (100, day("2026-12-06"), 0)]);
    assert_eq!(lots()[2].source, PointSource::Return { sale: bought.sale });
    assert_eq!(lots()[2].entries.last().unwrap().what, PointMove::Return { sale: bought.sale, points: 100 });
    assert_eq!(desk.breaches().unwrap(), []);
    // The visit that earned them was none: it takes them back from wherever they are.
    assert_eq!(undo(&desk, first).points, Some(-100));
    assert_eq!(balance(&desk, who), 100);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_an_answer_counts_the_points_that_can_be_spent_and_no_others() {
    let (mut desk, who) = salon(PointRule::PerSales { yen: Yen(100), points: 1 }, PointValidity::Days { days: 7 });
    let booked = visited(&desk, who);
    desk.now = noon("2026-11-29");
    assert_eq!(balance(&desk, who), 0, "its 44 have expired");
    assert_eq!(undo(&desk, booked).points, None, "nothing is lost that could be spent");
    desk.step(booked, Move::Visit).unwrap();
    let done = desk.close(who, booked, 6_000).unwrap();
    assert_eq!((done.points, balance(&desk, who)), (Some(16), 60));
    // Some expired, some not.
    desk.now = noon("2026-12-07");
    let corrected = desk.came(who, day("2026-12-07"), 1_000).unwrap();
    assert_eq!((corrected.points, balance(&desk, who)), (Some(10), 10));
    assert_eq!(void(&desk, done.sale).points, None);
    assert_eq!(balance(&desk, who), 10);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_what_lies_expired_in_a_lot_never_comes_alive_again() {
    let (mut desk, who) = salon(PointRule::PerVisit { points: 100 }, PointValidity::Days { days: 7 });
    let first = visited(&desk, who);
    let bought = spend(&desk, who, 100).unwrap();
    visited(&desk, who);
    assert_eq!(undo(&desk, first).points, Some(-100), "out of the second visit's");
    assert_eq!(void(&desk, bought.sale).points, Some(100));
    desk.now = noon("2026-11-29");
    assert_eq!(balance(&desk, who), 0);
    assert_eq!(desk.step(first, Move::Visit).unwrap().points, Some(100));
    assert_eq!(balance(&desk, who), 100);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_an_undone_visit_takes_back_what_it_earned() {
    let (desk, who) = per_visit(100);
    let (first, second) = (visited(&desk, who), visited(&desk, who));
    assert_eq!(undo(&desk, first).points, Some(-100));
    assert_eq!(desk.points(who).unwrap().provisional, 100, "and promises it again");
    assert_eq!(balance(&desk, who), 100);
    assert_eq!(desk.step(first, Move::Visit).unwrap().points, Some(100));
    assert_eq!(balance(&desk, who), 200);
    undo(&desk, second);
    assert_eq!(balance(&desk, who), 100);
}

#[test]
fn z1_what_was_spent_is_taken_from_the_others_and_never_below_zero() {
    let (desk, who) = per_visit(100);
    let (first, _) = (visited(&desk, who), visited(&desk, who));
    // Of the first visit's hundred all are spent, of the second's thirty.
    spend(&desk, who, 130).unwrap();
    assert_eq!(undo(&desk, first).points, Some(-70), "as many as there are");
    assert_eq!(balance(&desk, who), 0);
    let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
    let taken: Vec<&PointMove> = lots.iter().filter_map(|lot| lot.entries.last()).map(|entry| &entry.what).collect();
    assert!(matches!(taken[0], PointMove::Spend { .. }), "where nothing is left no line says that nothing was taken");
    assert_eq!(*taken[1], PointMove::TakeBack { lot: lots[0].id, points: 70 });
    assert_eq!(desk.breaches().unwrap(), []);
    visited(&desk, who);
    assert_eq!(balance(&desk, who), 100);
}

#[test]
fn z1_what_is_left_of_it_is_taken_back_first_and_then_from_the_others() {
    let lots = |desk: &Desk<MemoryStore>, who| {
        let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
        lots.iter().map(|lot| (lot.remaining(), lot.granted)).collect::<Vec<_>>()
    };
    // Of a hundred thirty are spent, and there are no others.
    let (desk, who) = per_visit(100);
    let first = visited(&desk, who);
    spend(&desk, who, 30).unwrap();
    assert_eq!(undo(&desk, first).points, Some(-70));
    assert_eq!(lots(&desk, who), [(0, 30)], "thirty could not be taken back");
    assert_eq!(desk.step(first, Move::Visit).unwrap().points, Some(70));
    assert_eq!(lots(&desk, who), [(70, 100)]);
    // With another visit's hundred beside it.
    let (desk, who) = per_visit(100);
    let (first, _) = (visited(&desk, who), visited(&desk, who));
    spend(&desk, who, 30).unwrap();
    assert_eq!(undo(&desk, first).points, Some(-100));
    assert_eq!(lots(&desk, who), [(0, 0), (70, 100)]);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_earned_anew_they_last_from_then_on_and_corrected_they_keep_their_last_day() {
    let (mut desk, who) = salon(PointRule::PerSales { yen: Yen(100), points: 1 }, PointValidity::Days { days: 7 });
    let booked = visited(&desk, who);
    let last = |desk: &Desk<MemoryStore>| desk.points(who).unwrap().next_expiry;
    assert_eq!(last(&desk), Some(day("2026-11-28")));
    desk.now = MORNING.plus_ms(2 * DAY);
    let done = desk.close(who, booked, 9_000).unwrap();
    assert_eq!((balance(&desk, who), last(&desk)), (90, Some(day("2026-11-28"))));
    void(&desk, done.sale);
    undo(&desk, booked);
    desk.now = MORNING.plus_ms(5 * DAY);
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!((balance(&desk, who), last(&desk)), (44, Some(day("2026-12-03"))));
}

#[test]
fn z1_corrected_upwards_after_they_expired_the_rest_is_good_from_then_on() {
    let (mut desk, who) = salon(PointRule::PerSales { yen: Yen(100), points: 1 }, PointValidity::Days { days: 7 });
    let booked = visited(&desk, who);
    let lots = |desk: &Desk<MemoryStore>| {
        let lots = desk.ask(GetPoints { customer: who }).unwrap().lots;
        lots.iter().map(|lot| (lot.granted, lot.remaining(), lot.expires_on.unwrap())).collect::<Vec<_>>()
    };
    let (first, second) = (day("2026-11-28"), day("2026-12-06"));
    // On the last day it is corrected where it lies.
    desk.now = noon("2026-11-28");
    let done = desk.close(who, booked, 5_000).unwrap();
    assert_eq!(lots(&desk), [(50, 50, first)]);
    void(&desk, done.sale);
    desk.now = noon("2026-11-29");
    let done = desk.close(who, booked, 10_000).unwrap();
    assert_eq!((done.points, balance(&desk, who)), (Some(56), 56));
    assert_eq!(lots(&desk), [(44, 44, first), (56, 56, second)]);
    assert_eq!(desk.breaches().unwrap(), []);
    // Taken back, it is the new ones that go.
    assert_eq!(void(&desk, done.sale).points, Some(-56));
    assert_eq!((balance(&desk, who), lots(&desk)), (0, vec![(44, 44, first), (0, 0, second)]));
    // Corrected again, they go where they were, and last from then on.
    desk.now = noon("2026-11-30");
    assert_eq!(desk.close(who, booked, 4_500).unwrap().points, Some(1));
    assert_eq!(lots(&desk), [(44, 44, first), (1, 1, day("2026-12-07"))]);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_what_was_earned_is_corrected_while_points_are_off_too() {
    let (desk, who) = per_sales();
    let on = |on: bool| {
        let rule = on.then_some(PointRule::PerSales { yen: Yen(100), points: 1 });
        desk.configure(|settings| settings.points.rule = rule).unwrap();
    };
    let booked = visited(&desk, who);
    on(false);
    let done = desk.close(who, booked, 1_000).unwrap();
    on(true);
    assert_eq!(balance(&desk, who), 10, "of ¥1,000, not of the ¥4,400 that were booked");
    on(false);
    void(&desk, done.sale);
    on(true);
    assert_eq!(balance(&desk, who), 44);
    // A visit that is made while there are none earns nothing, then or later.
    on(false);
    let ahead = visited(&desk, who);
    on(true);
    desk.close(who, ahead, 10_000).unwrap();
    assert_eq!(balance(&desk, who), 44);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_a_visit_by_hand_is_corrected_by_its_own_rule_while_points_are_off_too() {
    let (desk, who) = per_sales();
    let on = |on: bool| {
        let rule = on.then_some(PointRule::PerSales { yen: Yen(100), points: 1 });
        desk.configure(|settings| settings.points.rule = rule).unwrap();
    };
    let came = desk.came(who, day("2026-11-20"), 3_000).unwrap();
    on(false);
    desk.run(EditVisit { visit: came.visit, based_on: 1, form: visit(day("2026-11-20"), 1_000) }).unwrap();
    on(true);
    assert_eq!(balance(&desk, who), 10, "of ¥1,000, not of the ¥3,000 that were typed first");
    // By the rule it was entered under, whatever the salon has now.
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 500 })).unwrap();
    let edited = desk.run(EditVisit { visit: came.visit, based_on: 2, form: visit(day("2026-11-20"), 2_000) }).unwrap();
    assert_eq!((edited.points, balance(&desk, who)), (Some(10), 20));
    // One that was entered while there were none earns nothing, then or later.
    on(false);
    let other = desk.came(who, day("2026-11-20"), 3_000).unwrap();
    on(true);
    let edited = desk.run(EditVisit { visit: other.visit, based_on: 1, form: visit(day("2026-11-20"), 9_000) }).unwrap();
    assert_eq!((edited.points, balance(&desk, who)), (None, 20));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_two_sales_out_of_one_lot_are_voided_each_for_itself() {
    let (desk, who) = per_visit(100);
    visited(&desk, who);
    let (first, second) = (spend(&desk, who, 30).unwrap(), spend(&desk, who, 25).unwrap());
    void(&desk, first.sale);
    assert_eq!(balance(&desk, who), 75);
    void(&desk, second.sale);
    assert_eq!(balance(&desk, who), 100);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_undo_and_visit_again_earns_once() {
    let (desk, who) = per_visit(100);
    let booked = visited(&desk, who);
    spend(&desk, who, 100).unwrap();
    let before = desk.ask(GetPoints { customer: who }).unwrap().lots;
    for _ in 0..3 {
        undo(&desk, booked);
        assert_eq!(balance(&desk, who), 0);
        assert_eq!(desk.ask(GetPoints { customer: who }).unwrap().lots[0].owed, Some(100), "what could not be taken back");
        desk.step(booked, Move::Visit).unwrap();
        assert_eq!(balance(&desk, who), 0, "its hundred were spent already");
    }
    let after = desk.ask(GetPoints { customer: who }).unwrap().lots;
    let (lot, was) = (&after[0], &before[0]);
    assert_eq!((lot.granted, lot.owed, &lot.entries), (was.granted, None, &was.entries), "no point has moved");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_a_voided_checkout_leaves_the_points_as_they_were() {
    let (desk, who) = per_sales();
    let booked = visited(&desk, who);
    assert_eq!(balance(&desk, who), 44);
    let closing = CheckOut { points: Some(44), ..sale(who, Some(booked), vec![menu("cut", 3_000)], 2_956) };
    let done = desk.run(closing).unwrap();
    void(&desk, done.sale);
    assert_eq!(balance(&desk, who), 44);
    undo(&desk, booked);
    assert_eq!(balance(&desk, who), 0);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn z1_points_that_come_back_pay_what_their_source_owes_first() {
    let desk = Desk::open();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 100 })).unwrap();
    let who = desk.register(hanako("09012345678", "hanako@example.jp")).unwrap();
    let balance = || desk.ask(GetPoints { customer: who }).unwrap().now.balance;
    let visited = desk.book(who, MORNING).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    let tea = SaleLine {
        item: SaleItem::Retail { product: id("tea") },
        name: None,
        staff: None,
        price: Yen(100),
        quantity: 1,
        discount: None,
        rate: TaxRate::Reduced,
        by_ticket: false,
    };
    let sale = CheckOut {
        customer: who,
        reservation: None,
        shop: Some(id("shop-1")),
        staff: None,
        lines: vec![tea],
        discount: None,
        points: Some(100),
        tickets: Vec::new(),
        payments: Vec::new(),
    };
    let bought = desk.run(sale).unwrap().sale;
    desk.step(visited, Move::UndoVisit { reason: "別の人だった".into() }).unwrap();
    assert_eq!(balance(), 0);
    // Nobody came, nothing was bought: there are no points.
    desk.run(VoidSale { sale: bought, reason: "別の人だった".into() }).unwrap();
    assert_eq!(balance(), 0);
    // Whoever comes after all earns what a visit earns, once.
    desk.step(visited, Move::Visit).unwrap();
    assert_eq!(balance(), 100);
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
}
