//! What a sale would come to, and what it then comes to: R9, Q5.
use daicho::error::StoreError;
use daicho::log::Read;
use daicho::store::Loaded;
use daicho::*;
use daicho_tests::around::{Around, Wrapped};
use daicho_tests::till::{line, menu, sale, three_cuts, uses};
use daicho_tests::*;

const START: Instant = MORNING.plus_ms(3 * HOUR);

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    desk.plan("cut-3", three_cuts()).unwrap();
    (desk, who)
}

fn quote(of: &CheckOut) -> QuoteSale {
    QuoteSale {
        customer: of.customer,
        reservation: of.reservation,
        shop: of.shop.clone(),
        staff: of.staff.clone(),
        lines: of.lines.clone(),
        discount: of.discount,
        points: of.points,
        tickets: of.tickets.clone(),
    }
}

// Refused for both, by the same code.
fn refused(desk: &Desk<MemoryStore>, sale: CheckOut, code: &str) {
    assert_eq!(desk.ask(quote(&sale)).unwrap_err().code(), code, "the quote");
    assert_eq!(desk.run(sale).unwrap_err().code(), code, "the sale");
}

fn of_plan(plan: &str, quantity: u32) -> SaleLine {
    SaleLine { quantity, ..line(SaleItem::Ticket { plan: id(plan) }, 10_000) }
}

fn shampoo(price: i64) -> SaleLine {
    line(SaleItem::Retail { product: id("shampoo") }, price)
}

fn by_ticket(name: &str) -> SaleLine {
    SaleLine { by_ticket: true, ..menu(name, 4_400) }
}

#[test]
fn r9_what_is_sold_is_refused_by_the_quote_already() {
    let (desk, who) = salon();
    let retired = SaveTicketPlan { plan: id("old"), based_on: 0, terms: three_cuts(), retired: true };
    desk.run(retired).unwrap();
    let alone = |lines: Vec<SaleLine>| sale(who, None, lines, 0);
    refused(&desk, alone(vec![of_plan("old", 1)]), "ticket.plan_retired");
    refused(&desk, alone(vec![of_plan("none", 1)]), "ticket.plan_not_found");
    refused(&desk, alone(vec![of_plan("cut-3", 101)]), "sale.lines");
    refused(&desk, alone(vec![of_plan("cut-3", 60), of_plan("cut-3", 41)]), "sale.lines");
    refused(&desk, alone(vec![]), "sale.lines");
    refused(&desk, alone(vec![by_ticket("cut")]), "ticket.not_paid");
    refused(&desk, CheckOut { shop: None, ..alone(vec![shampoo(100)]) }, "sale.shop");
    refused(&desk, CheckOut { discount: Some(Yen(101)), ..alone(vec![shampoo(100)]) }, "sale.discount");
    refused(&desk, CheckOut { tickets: vec![uses(None, 1)], ..alone(vec![by_ticket("cut")]) }, "sale.no_reservation");
}

#[test]
fn r9_z1_points_that_are_not_there_are_refused_by_the_quote_already() {
    let (desk, who) = salon();
    let with = |points| CheckOut { points: Some(points), ..sale(who, None, vec![shampoo(1_000)], 0) };
    refused(&desk, with(1), "points.off");
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 100 })).unwrap();
    let booked = desk.book(who, START).unwrap();
    desk.step(booked, Move::Visit).unwrap();
    refused(&desk, with(101), "points.too_many");
    refused(&desk, with(1_001), "points.too_many");
    assert_eq!(desk.ask(quote(&with(100))).unwrap().due, Yen(900));
}

#[test]
fn r9_k5_what_tickets_settle_is_in_the_quote() {
    let (desk, who) = salon();
    desk.sell(who, &id("cut-3"), 10_000).unwrap();
    let booked = desk.book(who, START).unwrap();
    let closing = |tickets, lines| CheckOut { tickets, ..sale(who, Some(booked), lines, 0) };
    refused(&desk, closing(vec![uses(None, 1)], vec![by_ticket("cut")]), "booking.not_allowed");
    desk.step(booked, Move::Visit).unwrap();
    refused(&desk, closing(vec![], vec![by_ticket("cut")]), "ticket.not_paid");
    refused(&desk, closing(vec![uses(None, 4)], vec![by_ticket("cut")]), "ticket.not_enough");
    refused(&desk, closing(vec![uses(None, 1)], vec![menu("cut", 4_400)]), "ticket.pays_nothing");
    refused(&desk, closing(vec![uses(None, 1); 101], vec![by_ticket("cut")]), "ticket.uses");
    let fine = closing(vec![uses(None, 1), uses(None, 1)], vec![by_ticket("cut")]);
    let asked = desk.ask(quote(&fine)).unwrap();
    let done = desk.run(fine).unwrap();
    assert_eq!((asked.settled, asked.total, asked.released), (Yen(6_666), Yen::ZERO, 0));
    assert_eq!((done.settled, done.total, done.released), (asked.settled, asked.total, asked.released));
}

/// A store that counts how often it is asked.
struct Counting(MemoryStore, std::sync::atomic::AtomicU32);

impl Around for Counting {
    type Inner = MemoryStore;

    fn inner(&self) -> &MemoryStore {
        &self.0
    }
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.0.load(salon, reads)
    }
}

#[test]
fn r9_a_sale_of_a_hundred_plans_is_loaded_at_once() {
    let desk = Desk::over(Wrapped(Counting(MemoryStore::new(), 0.into())));
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let lines: Vec<SaleLine> = (0..100)
        .map(|number| {
            desk.plan(&format!("plan-{number}"), three_cuts()).unwrap();
            of_plan(&format!("plan-{number}"), 1)
        })
        .collect();
    let sold = sale(who, None, lines, 1_000_000);
    let loads = || desk.ledger.store().0.1.swap(0, std::sync::atomic::Ordering::Relaxed);
    loads();
    assert_eq!(desk.ask(quote(&sold)).unwrap().total, Yen(1_000_000));
    assert!((1..=4).contains(&loads()));
    assert_eq!(desk.run(sold).unwrap().tickets.len(), 100);
    assert!((1..=6).contains(&loads()));
}

#[test]
fn q5_a_discount_on_the_whole_never_reaches_what_a_ticket_pays() {
    let (desk, who) = salon();
    desk.sell(who, &id("cut-3"), 10_000).unwrap();
    let booked = desk.run(Book { tickets: vec![uses(None, 1)], ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let tea = SaleLine { rate: TaxRate::Reduced, ..shampoo(1_000) };
    let with = |discount| CheckOut { discount: Some(Yen(discount)), ..sale(who, Some(booked), vec![by_ticket("cut"), tea.clone()], 0) };
    let error = desk.run(with(1_001)).unwrap_err();
    assert_eq!((error.code(), error.data()["max"].as_i64()), ("sale.discount", Some(1_000)), "the tea's yen, not the cut's");
    let done = desk.run(with(1_000)).unwrap();
    let expected = [(TaxRate::Standard, Yen::ZERO), (TaxRate::Reduced, Yen::ZERO)];
    assert_eq!(done.taxes.iter().map(|line| (line.rate, line.amount)).collect::<Vec<_>>(), expected);
    // A ticket that is sold is discounted like anything else, on its line or on the whole; its uses keep their worth (K7).
    let cheap = SaleLine { discount: Some(Yen(1_000)), ..of_plan("cut-3", 1) };
    let sold = desk.run(CheckOut { discount: Some(Yen(2_000)), ..sale(who, None, vec![cheap], 7_000) }).unwrap();
    assert_eq!((sold.total, sold.taxes[0].amount), (Yen(7_000), Yen(7_000)));
    assert_eq!(desk.ticket(sold.tickets[0]).unwrap().ticket.terms.price, Yen(10_000));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn q5_a_discount_on_billions_is_spread_to_the_yen() {
    let (desk, who) = salon();
    let lot = |rate| SaleLine { rate, quantity: 1_000, ..shampoo(1_000_000_000) };
    let lines = vec![lot(TaxRate::Standard), lot(TaxRate::Reduced)];
    let mut closing = CheckOut { discount: Some(Yen(1_999_999_999_999)), ..sale(who, None, lines, 1) };
    let asked = desk.ask(quote(&closing)).unwrap();
    assert_eq!(asked.taxes.iter().map(|line| line.amount.0).collect::<Vec<_>>(), [0, 1]);
    closing.discount = Some(Yen(2_000_000_000_000));
    closing.payments.clear();
    assert_eq!(desk.run(closing).unwrap().total, Yen::ZERO);
}
