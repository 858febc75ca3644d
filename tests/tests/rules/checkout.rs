//! お会計 and its documents: R9, K5, Q5.
mod by_ticket;
mod documents;
mod random;

use daicho::*;
use daicho_tests::till::{line, menu, sale, three_cuts, uses};
use daicho_tests::*;
use proptest::prelude::*;

const START: Instant = MORNING.plus_ms(3 * HOUR);

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn visited(desk: &Desk<MemoryStore>, who: CustomerId) -> ReservationId {
    let booked = desk.book(who, START).unwrap();
    desk.step(booked, Move::Visit).unwrap();
    booked
}

fn prepaid(desk: &Desk<MemoryStore>, who: CustomerId) -> ReservationId {
    let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    desk.step(booked, Move::Visit).unwrap();
    booked
}

fn stored(desk: &Desk<MemoryStore>, who: CustomerId, id: ReservationId) -> Reservation {
    desk.reservation(who, id).unwrap().unwrap().reservation
}

fn the_sale(desk: &Desk<MemoryStore>, who: CustomerId, id: SaleId) -> Sale {
    desk.ask(GetSales { customer: who }).unwrap().sales.into_iter().find(|sale| sale.id == id).unwrap()
}

fn shampoo(price: i64) -> SaleLine {
    line(SaleItem::Retail { product: id("shampoo") }, price)
}

fn tea(price: i64) -> SaleLine {
    SaleLine { rate: TaxRate::Reduced, ..line(SaleItem::Retail { product: id("tea") }, price) }
}

fn at_till(method: PaymentMethod, amount: i64) -> Payment {
    Payment { method, amount: Yen(amount) }
}

fn taxes(lines: &[TaxLine]) -> Vec<(TaxRate, i64, i64)> {
    lines.iter().map(|line| (line.rate, line.amount.0, line.tax.0)).collect()
}

#[test]
fn r9_a_sale_closes_a_visit_with_menus_options_retail_and_tickets() {
    let (desk, who) = salon();
    desk.plan("cut-3", three_cuts()).unwrap();
    let booked = visited(&desk, who);
    let spa = line(SaleItem::Option { menu: id("head-spa") }, 1_100);
    let lines = vec![
        menu("cut", 4_400),
        spa,
        SaleLine { quantity: 2, discount: Some(Yen(300)), name: Some("シャンプー".into()), staff: Some(id("abe")), ..shampoo(2_000) },
        tea(1_080),
        line(SaleItem::Ticket { plan: id("cut-3") }, 10_000),
    ];
    let payments = vec![at_till(PaymentMethod::Card, 20_000), at_till(PaymentMethod::Electronic, 80), at_till(PaymentMethod::Other, 200)];
    let closing = CheckOut { staff: Some(id("sato")), shop: None, payments: payments.clone(), ..sale(who, Some(booked), lines.clone(), 0) };
    let done = desk.run(closing).unwrap();
    assert_eq!((done.total, done.refund, done.settled, done.points), (Yen(20_280), Yen::ZERO, Yen::ZERO, None));
    assert_eq!(taxes(&done.taxes), [(TaxRate::Standard, 19_200, 1_745), (TaxRate::Reduced, 1_080, 80)]);
    let kept = the_sale(&desk, who, done.sale);
    let mut named = lines;
    named[4].name = Some("カット3回券".into());
    let expected = Sale {
        id: done.sale,
        customer: who,
        version: 1,
        reservation: Some(booked),
        shop: id("shop-1"),
        staff: Some(id("sato")),
        at: MORNING,
        by: id("manager-1"),
        lines: named,
        discount: Yen::ZERO,
        total: Yen(20_280),
        taxes: done.taxes,
        payments,
        state: SaleState::Closed,
    };
    assert_eq!(kept, expected);
    let now = stored(&desk, who, booked);
    assert_eq!(now.checkout, Some(VisitSale { sale: done.sale, total: Yen(20_280), menus: vec![id("cut"), id("head-spa")] }));
    assert_eq!(desk.counts(done.tickets[0]).unwrap(), (3, 0, 0));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r9_a_sale_stands_alone_for_retail_and_says_where() {
    let (desk, who) = salon();
    let alone = |shop: Option<&str>| CheckOut { shop: shop.map(id), ..sale(who, None, vec![shampoo(2_000)], 2_000) };
    assert_eq!(desk.run(alone(None)).unwrap_err().code(), "sale.shop");
    let done = desk.run(alone(Some("shop-9"))).unwrap();
    let kept = the_sale(&desk, who, done.sale);
    assert_eq!((kept.shop.as_str(), kept.reservation, kept.staff), ("shop-9", None, None));
    // N8, N1: an amount, but no visit.
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.amount, figures.average), (0, Yen(2_000), None));
}

#[test]
fn r9_the_reservation_names_shop_and_staff_where_the_sale_does_not() {
    let (desk, who) = salon();
    let booked = desk.run(Book { shop: id("shop-7"), staff: Some(id("sato")), ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let done = desk.run(CheckOut { shop: None, ..sale(who, Some(booked), vec![menu("cut", 4_400)], 4_400) }).unwrap();
    let kept = the_sale(&desk, who, done.sale);
    assert_eq!((kept.shop.as_str(), kept.staff), ("shop-7", Some(id("sato"))));
}

#[test]
fn r9_only_the_customers_own_visit_is_closed_and_once() {
    let (desk, who) = salon();
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let booked = visited(&desk, who);
    assert_eq!(desk.close(other, booked, 4_400).unwrap_err().code(), "booking.not_found");
    assert_eq!(desk.close(who, id("r9"), 4_400).unwrap_err().code(), "booking.not_found");
    desk.close(who, booked, 4_400).unwrap();
    assert_eq!(desk.close(who, booked, 4_400).unwrap_err().code(), "booking.not_allowed");
    let merged = desk.register(hanako("0312345679", "c@example.jp")).unwrap();
    desk.merge(merged, other).unwrap();
    assert_eq!(desk.run(sale(merged, None, vec![shampoo(1)], 1)).unwrap_err().code(), "customer.not_active");
}

#[test]
fn r9_lines_that_cannot_be_are_refused_with_their_place() {
    let (desk, who) = salon();
    let fine = menu("cut", 4_400);
    let many = |lines: Vec<SaleLine>| desk.run(sale(who, None, lines, 0)).unwrap_err();
    assert_eq!(many(vec![]).code(), "sale.lines");
    assert_eq!(many(vec![fine.clone(); 101]).code(), "sale.lines");
    assert!(desk.run(sale(who, None, vec![menu("cut", 1); 100], 100)).is_ok());
    for wrong in [
        menu("cut", -1),
        menu("cut", 1_000_000_001),
        SaleLine { quantity: 0, ..fine.clone() },
        SaleLine { quantity: 1_001, ..fine.clone() },
        SaleLine { discount: Some(Yen(-1)), ..fine.clone() },
        SaleLine { discount: Some(Yen(4_401)), ..fine.clone() },
        SaleLine { by_ticket: true, ..shampoo(1) },
        SaleLine { by_ticket: true, discount: Some(Yen(1)), ..fine.clone() },
    ] {
        let error = many(vec![fine.clone(), wrong.clone()]);
        assert_eq!(
            (error.code(), error.data()["position"].as_i64(), error.fields().concat().as_str()),
            ("sale.line", Some(2), "lines"),
            "{wrong:?}"
        );
    }
    let edges = vec![
        SaleLine { quantity: 1_000, discount: Some(Yen(1_000_000_000_000)), ..menu("cut", 1_000_000_000) },
        SaleLine { discount: Some(Yen::ZERO), ..menu("cut", 0) },
        SaleLine { discount: Some(Yen(4_400)), ..fine },
    ];
    let done = desk.run(sale(who, None, edges, 0)).unwrap();
    assert_eq!(done.total, Yen::ZERO, "nothing to pay is paid with nothing");
    assert_eq!(the_sale(&desk, who, done.sale).lines[1].discount, None);
}

#[test]
fn r9_payments_come_to_what_is_due_to_the_yen() {
    let (desk, who) = salon();
    let pay = |payments: Vec<Payment>| desk.run(CheckOut { payments, ..sale(who, None, vec![shampoo(1_000)], 0) });
    let cash = |amount| at_till(PaymentMethod::Cash, amount);
    for wrong in [
        vec![],
        vec![cash(999)],
        vec![cash(1_001)],
        vec![cash(1_000), cash(0)],
        vec![cash(1_001), cash(-1)],
        vec![cash(i64::MAX), cash(i64::MAX)],
        [vec![cash(1); 20], vec![cash(980)]].concat(),
    ] {
        let error = pay(wrong.clone()).unwrap_err();
        assert_eq!((error.code(), error.data()["due"].as_i64()), ("sale.payment", Some(1_000)), "{wrong:?}");
    }
    for own in [PaymentMethod::Prepayment, PaymentMethod::Points] {
        assert_eq!(pay(vec![at_till(own, 1_000)]).unwrap_err().code(), "sale.method");
    }
    assert!(pay([vec![cash(1); 19], vec![at_till(PaymentMethod::Card, 981)]].concat()).is_ok());
}

#[test]
fn r9_a_discount_is_at_most_what_the_lines_come_to() {
    let (desk, who) = salon();
    let of = |discount: i64, cash: i64| {
        desk.run(CheckOut { discount: Some(Yen(discount)), ..sale(who, None, vec![shampoo(1_000), tea(500)], cash) })
    };
    for wrong in [-1, 1_501, i64::MIN, i64::MAX] {
        let error = of(wrong, 1).unwrap_err();
        assert_eq!((error.code(), error.data()["max"].as_i64()), ("sale.discount", Some(1_500)), "{wrong}");
    }
    assert_eq!(of(1_500, 0).unwrap().total, Yen::ZERO);
}

#[test]
fn q5_tax_is_reckoned_once_a_rate_and_a_discount_on_the_whole_is_spread_by_their_shares() {
    let (desk, who) = salon();
    for (standard, reduced, discount, expected) in [
        // One rate: ¥4,400 holds ¥400.
        (4_400, 0, 0, vec![(TaxRate::Standard, 4_400, 400)]),
        (0, 1_080, 0, vec![(TaxRate::Reduced, 1_080, 80)]),
        // Both: ¥1,000 off ¥2,200 and ¥1,080 is ¥329.26… off the lower, rounded down.
        (2_200, 1_080, 1_000, vec![(TaxRate::Standard, 1_529, 139), (TaxRate::Reduced, 751, 55)]),
        (3_000, 1_000, 1, vec![(TaxRate::Standard, 2_999, 272), (TaxRate::Reduced, 1_000, 74)]),
        (1_000, 3_000, 3_999, vec![(TaxRate::Standard, 0, 0), (TaxRate::Reduced, 1, 0)]),
        (1_000, 3_000, 4_000, vec![(TaxRate::Standard, 0, 0), (TaxRate::Reduced, 0, 0)]),
        (1, 1, 1, vec![(TaxRate::Standard, 0, 0), (TaxRate::Reduced, 1, 0)]),
    ] {
        let lines: Vec<SaleLine> = [menu("cut", standard), tea(reduced)].into_iter().filter(|line| line.price > Yen::ZERO).collect();
        let closing = CheckOut { discount: Some(Yen(discount)), ..sale(who, None, lines, standard + reduced - discount) };
        let done = desk.run(closing).unwrap();
        assert_eq!(taxes(&done.taxes), expected);
        assert_eq!(done.total, Yen(standard + reduced - discount));
    }
    // Three of ¥33 are ¥99 with ¥9 of tax; each alone would have ¥3.
    let done = desk.run(sale(who, None, vec![menu("a", 34), menu("b", 34), menu("c", 33)], 101)).unwrap();
    assert_eq!(taxes(&done.taxes), [(TaxRate::Standard, 101, 9)]);
}

#[test]
fn r9_a_prepayment_pays_first_then_points_then_the_till() {
    let (desk, who) = salon();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 500 })).unwrap();
    let booked = prepaid(&desk, who);
    // ¥4,400 were prepaid and 500 points earned by the check-in; ¥6,000 are charged.
    let closing = |points, cash| CheckOut { points: Some(points), ..sale(who, Some(booked), vec![menu("perm", 6_000)], cash) };
    assert_eq!(desk.run(closing(500, 1_600)).unwrap_err().data()["due"], 1_100);
    let error = desk.run(closing(501, 1_099)).unwrap_err();
    assert_eq!((error.code(), error.data()["max"].as_i64()), ("points.too_many", Some(500)), "as many as there are");
    let error = desk.run(closing(1_601, 0)).unwrap_err();
    assert_eq!((error.code(), error.data()["max"].as_i64()), ("points.too_many", Some(1_600)), "as many as there is to pay");
    let done = desk.run(closing(500, 1_100)).unwrap();
    assert_eq!((done.total, done.refund), (Yen(6_000), Yen::ZERO));
    let payments = the_sale(&desk, who, done.sale).payments;
    let expected = [at_till(PaymentMethod::Prepayment, 4_400), at_till(PaymentMethod::Points, 500), at_till(PaymentMethod::Cash, 1_100)];
    assert_eq!(payments, expected);
    assert_eq!(desk.points(who).unwrap().balance, 0);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r9_of_a_prepayment_above_the_total_the_rest_goes_back() {
    let (desk, who) = salon();
    let booked = prepaid(&desk, who);
    let closing = sale(who, Some(booked), vec![menu("fringe", 1_100)], 0);
    let done = desk.run(closing).unwrap();
    assert_eq!((done.total, done.refund), (Yen(1_100), Yen(3_300)));
    assert_eq!(the_sale(&desk, who, done.sale).payments, [at_till(PaymentMethod::Prepayment, 1_100)]);
}

#[test]
fn r2_r9_a_prepayment_that_went_back_whole_is_refunded() {
    let (desk, who) = salon();
    let booked = prepaid(&desk, who);
    let gift = CheckOut { discount: Some(Yen(3_000)), ..sale(who, Some(booked), vec![menu("cut", 3_000)], 0) };
    let done = desk.run(gift).unwrap();
    assert_eq!((done.total, done.refund), (Yen::ZERO, Yen(4_400)));
    assert_eq!(stored(&desk, who, booked).prepayment, Prepayment::Refunded { amount: Yen(4_400) });
    desk.run(VoidSale { sale: done.sale, reason: "打ち間違い".into() }).unwrap();
    assert_eq!(desk.step(booked, Move::UndoVisit { reason: "人違い".into() }).unwrap().label, Some(Label::Upcoming));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r9_the_refund_of_a_prepayment_is_given_once() {
    let (desk, who) = salon();
    let booked = prepaid(&desk, who);
    let closing = || desk.run(sale(who, Some(booked), vec![menu("cut", 3_400)], 0)).unwrap();
    // What the customer got back, less what they paid at the till, over all that happens.
    let first = closing();
    let mut back = first.refund.0;
    let voided = desk.run(VoidSale { sale: first.sale, reason: "打ち間違い".into() }).unwrap();
    back += voided.refund.0;
    back += closing().refund.0;
    assert_eq!(back, 1_000, "¥4,400 were prepaid, and ¥3,400 are what it cost");
}

#[test]
fn r9_a_prepayment_not_paid_or_given_back_pays_nothing() {
    let (desk, who) = salon();
    for pay in [false, true] {
        let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
        if pay {
            desk.step(booked, Move::PayPrepayment).unwrap();
            desk.step(booked, Move::RefundPrepayment).unwrap();
        }
        desk.step(booked, Move::Visit).unwrap();
        let done = desk.close(who, booked, 4_400).unwrap();
        assert_eq!((done.total, done.refund), (Yen(4_400), Yen::ZERO));
    }
}

#[test]
fn r9_a_voided_sale_opens_its_visit_to_another() {
    let (mut desk, who) = salon();
    let booked = visited(&desk, who);
    let done = desk.close(who, booked, 9_900).unwrap();
    assert_eq!(desk.figures(who).unwrap().amount, Yen(9_900));
    (desk.actor, desk.now) = (Actor::new(id("staff-2"), Role::Staff), MORNING.plus_ms(HOUR));
    let void = |sale, reason: &str| desk.run(VoidSale { sale, reason: reason.into() });
    assert_eq!(void(id("s9"), "x").unwrap_err().code(), "sale.not_found");
    let voided = void(done.sale, "打ち間違い").unwrap();
    assert_eq!((voided.reservation, voided.refund, voided.points), (Some(booked), Yen(9_900), None));
    assert_eq!(void(done.sale, "x").unwrap_err().code(), "sale.voided");
    assert_eq!(stored(&desk, who, booked).checkout, None);
    assert_eq!(desk.figures(who).unwrap().amount, Yen(4_400), "what was booked counts again");
    let kept = the_sale(&desk, who, done.sale);
    assert_eq!(kept.state, SaleState::Voided { at: desk.now, by: id("staff-2"), reason: "打ち間違い".into() });
    let again = desk.close(who, booked, 4_900).unwrap();
    let history = desk.ask(GetSales { customer: who }).unwrap();
    assert_eq!((history.sales.len(), history.count, history.total), (2, 1, Yen(4_900)));
    assert_eq!(history.sales[0].id, again.sale, "the latest first");
    assert_eq!(desk.breaches().unwrap(), []);
    // Why is the shop's own.
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    assert_eq!(the_sale(&desk, who, done.sale).state, SaleState::Voided { at: desk.now, by: id("staff-2"), reason: String::new() });
}

#[test]
fn r9_k6_a_sale_whose_ticket_was_used_or_is_held_is_not_voided() {
    let (desk, who) = salon();
    let plan = desk.plan("cut-3", three_cuts()).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    let of = desk.ticket(ticket).unwrap().ticket.sale;
    let void = || desk.run(VoidSale { sale: of, reason: "x".into() });
    let booked = desk.run(Book { tickets: vec![uses(None, 1)], ..cut(who, START) }).unwrap().reservation;
    let error = void().unwrap_err();
    assert_eq!((error.code(), error.data()["ticket"].as_str()), ("sale.ticket_used", Some("t1")));
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(void().unwrap_err().code(), "sale.ticket_used");
    desk.step(booked, Move::UndoVisit { reason: "x".into() }).unwrap();
    desk.step(booked, Move::CancelByShop).unwrap();
    assert_eq!(void().unwrap().refund, Yen(10_000));
    assert_eq!(desk.counts(ticket).unwrap(), (0, 0, 0));
    assert_eq!(desk.run(Book { tickets: vec![uses(Some(ticket), 1)], ..cut(who, START) }).unwrap_err().code(), "ticket.not_enough");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r9_m8_an_undone_merge_leaves_no_sale_apart_from_its_visit() {
    let (desk, who) = salon();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let booked = visited(&desk, who);
    let merge = desk.merge(who, target).unwrap().merge;
    desk.close(target, booked, 4_400).unwrap();
    let undone = desk.run(Unmerge { merge });
    assert!(undone.as_ref().err().is_none_or(|error| error.code() == "merge.no_undo"), "{undone:?}");
    assert_eq!(desk.breaches().unwrap(), []);
}
