//! Tickets at checkout: K5, and what they leave to be counted: N8.
use daicho::*;
use daicho_tests::till::{line, menu, sale, three_cuts, uses};
use daicho_tests::*;

const START: Instant = MORNING.plus_ms(3 * HOUR);

// A salon whose customer bought three cuts for ¥10,000.
fn salon(change: impl FnOnce(&mut TicketTerms)) -> (Desk<MemoryStore>, CustomerId, TicketId) {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let mut terms = TicketTerms { menus: vec![id("cut")], ..three_cuts() };
    change(&mut terms);
    let ticket = desk.sell(who, &desk.plan("cut-3", terms).unwrap(), 10_000).unwrap();
    (desk, who, ticket)
}

fn booked(desk: &Desk<MemoryStore>, book: Book) -> ReservationId {
    desk.run(book).unwrap().reservation
}

fn by_ticket(name: &str, staff: Option<&str>) -> SaleLine {
    SaleLine { by_ticket: true, staff: staff.map(id), ..menu(name, 4_400) }
}

fn void(desk: &Desk<MemoryStore>, sale: SaleId) {
    desk.run(VoidSale { sale, reason: "打ち間違い".into() }).unwrap();
}

fn tickets(desk: &Desk<MemoryStore>, who: CustomerId, visit: ReservationId) -> Vec<TicketHold> {
    desk.reservation(who, visit).unwrap().unwrap().reservation.tickets
}

#[test]
fn k5_staff_and_shop_of_the_sale_and_its_line_must_fit_too() {
    let (desk, who, _) = salon(|terms| (terms.staff, terms.shops) = (vec![id("abe")], vec![id("shop-1")]));
    let visit = booked(&desk, Book { staff: Some(id("abe")), ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    let close = |shop: Option<&str>, staff: Option<&str>, of_line: Option<&str>| {
        desk.run(CheckOut {
            shop: shop.map(id),
            staff: staff.map(id),
            tickets: vec![uses(None, 1)],
            ..sale(who, Some(visit), vec![by_ticket("cut", of_line)], 0)
        })
    };
    for (shop, staff, of_line) in
        [(Some("shop-2"), None, None), (None, Some("sato"), None), (None, None, Some("sato")), (None, Some("abe"), Some("sato"))]
    {
        assert_eq!(close(shop, staff, of_line).unwrap_err().code(), "ticket.none_fits", "{shop:?} {staff:?} {of_line:?}");
    }
    // Whoever did it counts, not whoever took the money.
    assert!(close(None, Some("sato"), Some("abe")).is_ok());
    // Booked with a ticket, and done by somebody else after all.
    let visit = booked(&desk, Book { staff: Some(id("abe")), tickets: vec![uses(None, 1)], ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    let closing = |staff| sale(who, Some(visit), vec![by_ticket("cut", staff)], 0);
    assert_eq!(desk.run(closing(Some("sato"))).unwrap_err().code(), "ticket.not_paid");
    assert!(desk.run(closing(None)).is_ok());
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k5_it_is_what_was_done_that_a_ticket_must_fit_not_what_was_booked() {
    let (desk, who, ticket) = salon(|_| {});
    let perm = Line { menu: id("perm"), staff: None, price: Yen(9_900), kind: LineKind::Basic };
    let visit = booked(&desk, Book { lines: vec![perm], ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    let closing = |lines| CheckOut { tickets: vec![uses(Some(ticket), 1)], ..sale(who, Some(visit), lines, 0) };
    assert_eq!(desk.run(closing(vec![by_ticket("perm", None)])).unwrap_err().code(), "ticket.does_not_fit");
    assert_eq!(desk.run(closing(vec![by_ticket("cut", None)])).unwrap().settled, Yen(3_333));
}

#[test]
fn k5_where_another_menu_was_done_the_tickets_of_the_visit_are_free_again() {
    let (desk, who, ticket) = salon(|_| {});
    let visit = booked(&desk, Book { tickets: vec![uses(None, 2)], ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (1, 0, 2));
    let closing = sale(who, Some(visit), vec![menu("perm", 9_900)], 9_900);
    let done = desk.run(closing.clone()).unwrap();
    assert_eq!((done.total, done.settled, done.released), (Yen(9_900), Yen::ZERO, 2));
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    let entries = desk.ticket(ticket).unwrap().ticket.entries;
    let last = [
        TicketMove::Restore { reservation: visit, uses: 2, amount: Yen(6_666) },
        TicketMove::Release { reservation: visit, uses: 2, sale: Some(done.sale) },
    ];
    assert_eq!(entries.iter().rev().take(2).rev().map(|entry| entry.what.clone()).collect::<Vec<_>>(), last, "and says why");
    assert_eq!(tickets(&desk, who, visit), [TicketHold { ticket, uses: 2, at_checkout: false, released: true }]);
    assert_eq!(desk.breaches().unwrap(), []);
    // Voided, the visit has used them up as before; undone, they are held.
    void(&desk, done.sale);
    assert_eq!(desk.counts(ticket).unwrap(), (1, 0, 2));
    assert_eq!(tickets(&desk, who, visit), [TicketHold { ticket, uses: 2, at_checkout: false, released: false }]);
    assert_eq!(desk.figures(who).unwrap().amount, Yen(10_000), "the ticket's sale alone");
    assert_eq!(desk.breaches().unwrap(), []);
    let again = desk.run(closing).unwrap();
    void(&desk, again.sale);
    desk.step(visit, Move::UndoVisit { reason: "人違い".into() }).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 2, 0));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k5_uses_that_went_elsewhere_meanwhile_do_not_come_back_with_a_voided_sale() {
    let (desk, who, ticket) = salon(|_| {});
    let visit = booked(&desk, Book { tickets: vec![uses(None, 2)], ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    let done = desk.run(sale(who, Some(visit), vec![menu("perm", 9_900)], 9_900)).unwrap();
    let other = booked(&desk, Book { tickets: vec![uses(None, 2)], ..cut(who, START.plus_ms(DAY)) });
    void(&desk, done.sale);
    assert_eq!(desk.counts(ticket).unwrap(), (3, 2, 0), "the other's");
    assert_eq!((tickets(&desk, who, visit), tickets(&desk, who, other).len()), (vec![], 1));
    assert_eq!(desk.figures(who).unwrap().amount, Yen(14_400), "and the visit counts what was booked");
    // It can be settled anew, with what is left.
    let closing = CheckOut { tickets: vec![uses(None, 1)], ..sale(who, Some(visit), vec![by_ticket("cut", None)], 0) };
    assert_eq!(desk.run(closing).unwrap().settled, Yen(3_333));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k5_a_line_by_ticket_keeps_the_other_uses_used() {
    let (desk, who, ticket) = salon(|_| {});
    let visit = booked(&desk, Book { tickets: vec![uses(None, 2)], ..cut(who, START) });
    desk.step(visit, Move::Visit).unwrap();
    let done = desk.run(sale(who, Some(visit), vec![by_ticket("cut", None), menu("perm", 9_900)], 9_900)).unwrap();
    assert_eq!((done.released, desk.counts(ticket).unwrap()), (0, (1, 0, 2)));
}

#[test]
fn n8_z1_lines_that_tickets_pay_count_nothing_from_the_visit_on() {
    let (desk, who, _) = salon(|_| {});
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerSales { yen: Yen(100), points: 1 })).unwrap();
    let of = |menu: &str, price| Line { menu: id(menu), staff: None, price: Yen(price), kind: LineKind::Basic };
    let lines = vec![of("perm", 9_900), of("cut", 5_500), of("cut", 4_400)];
    let visit = booked(&desk, Book { lines, tickets: vec![uses(None, 1)], ..cut(who, START) });
    let points = |desk: &Desk<MemoryStore>| (desk.points(who).unwrap().balance, desk.points(who).unwrap().provisional);
    assert_eq!(points(&desk), (0, 143), "the first cut is paid already");
    assert_eq!(desk.step(visit, Move::Visit).unwrap().points, Some(143));
    assert_eq!(desk.figures(who).unwrap().amount, Yen(10_000 + 14_300));
    let lines = vec![menu("perm", 9_900), by_ticket("cut", None), menu("cut", 4_400)];
    let done = desk.run(sale(who, Some(visit), lines, 14_300)).unwrap();
    assert_eq!((done.points, points(&desk)), (None, (143, 0)));
    assert_eq!(desk.figures(who).unwrap().amount, Yen(10_000 + 14_300), "and the checkout changes nothing");
    void(&desk, done.sale);
    assert_eq!(desk.figures(who).unwrap().amount, Yen(10_000 + 14_300));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n8_a_reschedule_to_other_staff_keeps_what_the_ticket_pays_true() {
    let (desk, who, _) = salon(|terms| (terms.menus, terms.staff) = (vec![], vec![id("abe")]));
    let of = |staff: Option<&str>, price| Line { menu: id("cut"), staff: staff.map(id), price: Yen(price), kind: LineKind::Basic };
    let lines = vec![of(None, 1_000), of(Some("abe"), 2_000)];
    let visit = booked(&desk, Book { lines, staff: Some(id("abe")), tickets: vec![uses(None, 1)], ..cut(who, START) });
    let covered = || desk.reservation(who, visit).unwrap().unwrap().reservation.covered;
    assert_eq!(covered(), Some(Yen(1_000)));
    desk.run(Reschedule { reservation: visit, start: START, end: START.plus_ms(HOUR), staff: Some(id("sato")) }).unwrap();
    assert_eq!(covered(), Some(Yen(2_000)), "the first line is Sato's now");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k4_a_reservation_with_very_many_tickets_goes_all_its_ways() {
    let (desk, who, _) = salon(|terms| terms.uses = 1);
    for _ in 0..12 {
        let hundred = SaleLine { quantity: 100, ..line(SaleItem::Ticket { plan: id("cut-3") }, 10_000) };
        desk.run(sale(who, None, vec![hundred], 1_000_000)).unwrap();
    }
    // More than a command may ask the store for one by one.
    let wish = || vec![uses(None, 600); 2];
    let visit = booked(&desk, Book { tickets: wish(), ..cut(who, START) });
    assert_eq!(tickets(&desk, who, visit).len(), 1_200);
    desk.run(Reschedule { reservation: visit, start: START.plus_ms(HOUR), end: START.plus_ms(2 * HOUR), staff: None }).unwrap();
    desk.step(visit, Move::Visit).unwrap();
    desk.step(visit, Move::UndoVisit { reason: "人違い".into() }).unwrap();
    desk.step(visit, Move::Visit).unwrap();
    let done = desk.run(sale(who, Some(visit), vec![by_ticket("cut", None)], 0)).unwrap();
    void(&desk, done.sale);
    let done = desk.run(sale(who, Some(visit), vec![menu("perm", 1)], 1)).unwrap();
    assert_eq!(done.released, 1_200);
    void(&desk, done.sale);
    desk.step(visit, Move::UndoVisit { reason: "人違い".into() }).unwrap();
    desk.step(visit, Move::CancelByShop).unwrap();
    // The same at checkout.
    let visit = desk.book(who, START).unwrap();
    desk.step(visit, Move::Visit).unwrap();
    let closing = CheckOut { tickets: wish(), ..sale(who, Some(visit), vec![by_ticket("cut", None)], 0) };
    let done = desk.run(closing).unwrap();
    void(&desk, done.sale);
    assert_eq!(desk.breaches().unwrap(), []);
}
