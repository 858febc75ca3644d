//! Lines that tickets pay: K5.
use super::*;

#[test]
fn k5_a_visit_booked_without_a_ticket_is_settled_with_one_at_checkout() {
    let (desk, who) = salon();
    let plan = desk.plan("cut-3", TicketTerms { menus: vec![id("cut")], ..three_cuts() }).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    let booked = visited(&desk, who);
    let by_ticket = SaleLine { by_ticket: true, ..menu("cut", 4_400) };
    let closing = CheckOut { tickets: vec![uses(None, 1)], ..sale(who, Some(booked), vec![by_ticket, shampoo(2_000)], 2_000) };
    let done = desk.run(closing.clone()).unwrap();
    assert_eq!((done.total, done.settled), (Yen(2_000), Yen(3_333)));
    assert_eq!(desk.counts(ticket).unwrap(), (2, 0, 1));
    assert_eq!(stored(&desk, who, booked).tickets, [TicketHold { ticket, uses: 1, at_checkout: true, released: false }]);
    assert_eq!(desk.breaches().unwrap(), []);
    // Voided, the use is free again and the visit can be settled anew.
    desk.run(VoidSale { sale: done.sale, reason: "x".into() }).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    assert_eq!(stored(&desk, who, booked).tickets, []);
    assert_eq!(desk.run(closing).unwrap().settled, Yen(3_333));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k5_only_if_it_is_unsettled_and_owner_menu_staff_shop_and_day_fit() {
    let (mut desk, who) = salon();
    let start = MORNING.plus_ms(3 * DAY);
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let sold = |desk: &Desk<MemoryStore>, name: &str, change: &dyn Fn(&mut TicketTerms), who| {
        let mut terms = three_cuts();
        change(&mut terms);
        desk.sell(who, &desk.plan(name, terms).unwrap(), 10_000).unwrap()
    };
    let misfits = [
        (sold(&desk, "colour", &|terms| terms.menus = vec![id("colour")], who), "ticket.does_not_fit"),
        (sold(&desk, "abe", &|terms| terms.staff = vec![id("abe")], who), "ticket.does_not_fit"),
        (sold(&desk, "shop-2", &|terms| terms.shops = vec![id("shop-2")], who), "ticket.does_not_fit"),
        (sold(&desk, "theirs", &|_| {}, other), "ticket.not_owner"),
        (sold(&desk, "day", &|terms| terms.valid = TicketValidity::Days { days: 2 }, who), "ticket.expired"),
    ];
    let booked = desk.run(Book { staff: Some(id("sato")), ..cut(who, start) }).unwrap().reservation;
    desk.now = start;
    desk.step(booked, Move::Visit).unwrap();
    let closing = |reservation, ticket, cash| CheckOut {
        tickets: vec![uses(ticket, 1)],
        ..sale(who, reservation, vec![SaleLine { by_ticket: true, ..menu("cut", 4_400) }], cash)
    };
    for (ticket, code) in misfits {
        assert_eq!(desk.run(closing(Some(booked), Some(ticket), 0)).unwrap_err().code(), code);
    }
    assert_eq!(desk.run(closing(Some(booked), None, 0)).unwrap_err().code(), "ticket.none_fits");
    assert_eq!(desk.run(closing(None, None, 0)).unwrap_err().code(), "sale.no_reservation");
    // Settled when it was booked: no second ticket.
    let fits = sold(&desk, "fits", &|_| {}, who);
    let with_ticket = desk.run(Book { tickets: vec![uses(Some(fits), 1)], ..cut(who, start) }).unwrap().reservation;
    desk.step(with_ticket, Move::Visit).unwrap();
    assert_eq!(desk.run(closing(Some(with_ticket), Some(fits), 0)).unwrap_err().code(), "ticket.settled");
    assert_eq!(desk.counts(fits).unwrap(), (2, 0, 1), "nothing of what was refused has happened");
}

#[test]
fn k5_k3_it_is_the_day_of_service_that_counts_at_checkout_too() {
    let (mut desk, who) = salon();
    let plan = desk.plan("week", TicketTerms { valid: TicketValidity::Days { days: 7 }, ..three_cuts() }).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    let booked = visited(&desk, who);
    // Paid for weeks later, when the ticket has expired: the service was in time.
    desk.now = MORNING.plus_ms(30 * DAY);
    let closing = CheckOut {
        tickets: vec![uses(Some(ticket), 1)],
        ..sale(who, Some(booked), vec![SaleLine { by_ticket: true, ..menu("cut", 4_400) }], 0)
    };
    assert_eq!(desk.run(closing).unwrap().settled, Yen(3_333));
}

#[test]
fn k5_a_line_is_paid_by_a_ticket_of_the_reservation_or_not_at_all() {
    let (desk, who) = salon();
    let plan = desk.plan("cut-3", TicketTerms { menus: vec![id("cut")], ..three_cuts() }).unwrap();
    desk.sell(who, &plan, 10_000).unwrap();
    let by = |name: &str, quantity| SaleLine { by_ticket: true, quantity, ..menu(name, 4_400) };
    let plain = visited(&desk, who);
    let error = desk.run(sale(who, Some(plain), vec![by("cut", 1)], 0)).unwrap_err();
    assert_eq!((error.code(), error.data()["position"].as_i64()), ("ticket.not_paid", Some(1)), "no ticket pays for this one");
    assert_eq!(desk.run(sale(who, None, vec![by("cut", 1)], 0)).unwrap_err().code(), "ticket.not_paid");
    let booked = desk.run(Book { tickets: vec![uses(None, 2)], ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    for (lines, position) in [
        (vec![by("cut", 3)], 1),
        (vec![by("cut", 1), by("cut", 2)], 2),
        (vec![by("cut", 1), by("colour", 1)], 2),
        (vec![menu("x", 0), by("cut", 2), by("cut", 1)], 3),
    ] {
        let error = desk.run(sale(who, Some(booked), lines, 0)).unwrap_err();
        assert_eq!((error.code(), error.data()["position"].as_i64()), ("ticket.not_paid", Some(position)));
    }
    let done = desk.run(sale(who, Some(booked), vec![by("cut", 1), by("cut", 1), menu("colour", 6_600)], 6_600)).unwrap();
    assert_eq!(done.total, Yen(6_600));
}

#[test]
fn k5_each_line_is_paid_by_a_ticket_that_covers_its_menu() {
    let (desk, who) = salon();
    let of = |name: &str| {
        desk.sell(who, &desk.plan(name, TicketTerms { menus: vec![id(name)], uses: 1, ..three_cuts() }).unwrap(), 10_000).unwrap()
    };
    let (cuts, colours) = (of("cut"), of("colour"));
    let line = |name: &str| Line { menu: id(name), staff: None, price: Yen(4_400), kind: LineKind::Basic };
    let book =
        Book { lines: vec![line("cut"), line("colour")], tickets: vec![uses(Some(cuts), 1), uses(Some(colours), 1)], ..cut(who, START) };
    let booked = desk.run(book).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let by = |name: &str, quantity| SaleLine { by_ticket: true, quantity, ..menu(name, 4_400) };
    for lines in [vec![by("cut", 1), by("cut", 1)], vec![by("cut", 2)], vec![by("colour", 1), by("colour", 1)]] {
        assert_eq!(desk.run(sale(who, Some(booked), lines, 0)).unwrap_err().code(), "ticket.not_paid");
    }
    assert!(desk.run(sale(who, Some(booked), vec![by("colour", 1), by("cut", 1)], 0)).is_ok());
}

#[test]
fn k5_a_use_moves_to_another_ticket_where_only_that_makes_room() {
    let (desk, who) = salon();
    let of = |name: &str, menus: &[&str]| {
        let terms = TicketTerms { menus: menus.iter().map(|menu| id(menu)).collect(), uses: 1, ..three_cuts() };
        uses(Some(desk.sell(who, &desk.plan(name, terms).unwrap(), 10_000).unwrap()), 1)
    };
    let tickets = vec![of("any", &[]), of("cut", &["cut"]), of("cut-again", &["cut"])];
    let line = |name: &str| Line { menu: id(name), staff: None, price: Yen(4_400), kind: LineKind::Basic };
    let booked = desk.run(Book { lines: vec![line("cut"), line("perm")], tickets, ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let by = |name: &str| SaleLine { by_ticket: true, ..menu(name, 4_400) };
    let error = desk.run(sale(who, Some(booked), vec![by("cut"), by("perm"), by("perm")], 0)).unwrap_err();
    assert_eq!((error.code(), error.data()["position"].as_i64()), ("ticket.not_paid", Some(3)), "one ticket covers one perm");
    // The cut came first and stood on the ticket for all; the perm needs that one.
    assert!(desk.run(sale(who, Some(booked), vec![by("cut"), by("perm"), by("cut")], 0)).is_ok());
}
