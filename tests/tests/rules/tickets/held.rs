//! Uses that are held, used and let go: K4.
use super::*;

#[test]
fn k4_uses_are_held_when_booked_used_by_the_visit_and_free_again_by_a_cancel() {
    let (desk, who, ticket) = salon();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    let booked = held(&desk, who, vec![uses(Some(ticket), 2)]).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 2, 0));
    let kept = desk.reservation(who, booked).unwrap().unwrap().reservation.tickets;
    assert_eq!(kept, [TicketHold { ticket, uses: 2, at_checkout: false, released: false }]);
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (1, 0, 2));
    desk.step(booked, Move::UndoVisit { reason: "人違い".into() }).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 2, 0));
    for to in [Move::CancelByCustomer, Move::CancelByShop, Move::EnteredInError] {
        let other = held(&desk, who, vec![uses(None, 1)]).unwrap();
        assert_eq!(desk.counts(ticket).unwrap(), (3, 3, 0));
        desk.step(other, to).unwrap();
        assert_eq!(desk.counts(ticket).unwrap(), (3, 2, 0));
    }
    desk.step(booked, Move::CancelByCustomer).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k4_from_one_use_to_all_that_are_free() {
    let (desk, who, ticket) = salon();
    for wrong in [0, 1_001, u32::MAX] {
        assert_eq!(held(&desk, who, vec![uses(Some(ticket), wrong)]).unwrap_err().code(), "ticket.uses");
        assert_eq!(held(&desk, who, vec![uses(None, wrong)]).unwrap_err().code(), "ticket.uses");
    }
    assert_eq!(held(&desk, who, vec![uses(None, 1); 101]).unwrap_err().code(), "ticket.uses");
    desk.run(AdjustTicket { ticket, uses: 17, reason: "x".into() }).unwrap();
    let many = held(&desk, who, vec![uses(None, 1); 20]).unwrap();
    desk.step(many, Move::CancelByShop).unwrap();
    desk.run(AdjustTicket { ticket, uses: -17, reason: "x".into() }).unwrap();
    let error = held(&desk, who, vec![uses(Some(ticket), 4)]).unwrap_err();
    assert_eq!((error.code(), error.data()["free"].as_i64()), ("ticket.not_enough", Some(3)));
    held(&desk, who, vec![uses(Some(ticket), 2)]).unwrap();
    let error = held(&desk, who, vec![uses(Some(ticket), 2)]).unwrap_err();
    assert_eq!((error.code(), error.data()["free"].as_i64()), ("ticket.not_enough", Some(1)), "held uses are not free");
    // Two wishes for the same ticket see each other.
    assert_eq!(held(&desk, who, vec![uses(Some(ticket), 1), uses(None, 1)]).unwrap_err().code(), "ticket.none_fits");
    assert!(held(&desk, who, vec![uses(Some(ticket), 1)]).is_ok());
    assert_eq!(held(&desk, who, vec![uses(None, 1)]).unwrap_err().code(), "ticket.none_fits");
    assert_eq!(desk.counts(ticket).unwrap(), (3, 3, 0));
}

#[test]
fn k4_k7_several_uses_are_taken_from_the_earliest_to_expire_first() {
    let (desk, who, half_year) = salon();
    let plan = |name: &str, days| desk.plan(name, TicketTerms { valid: TicketValidity::Days { days }, uses: 2, ..three_cuts() }).unwrap();
    let (month, week, twin) = (plan("month", 30), plan("week", 7), plan("twin", 30));
    let (month, week, twin) =
        (desk.sell(who, &month, 10_000).unwrap(), desk.sell(who, &week, 10_000).unwrap(), desk.sell(who, &twin, 10_000).unwrap());
    let booked = held(&desk, who, vec![uses(None, 7)]).unwrap();
    let kept: Vec<_> =
        desk.reservation(who, booked).unwrap().unwrap().reservation.tickets.iter().map(|hold| (hold.ticket, hold.uses)).collect();
    assert_eq!(kept, [(week, 2), (month, 2), (twin, 2), (half_year, 1)], "of two that expire together the elder first");
    // By the day of service: a week is over by then.
    let later = desk.run(with(vec![uses(None, 2)], who, MORNING.plus_ms(20 * DAY))).unwrap().reservation;
    let kept = desk.reservation(who, later).unwrap().unwrap().reservation.tickets;
    assert_eq!(kept, [TicketHold { ticket: half_year, uses: 2, at_checkout: false, released: false }]);
    desk.step(booked, Move::Visit).unwrap();
    let now = |ticket| desk.counts(ticket).unwrap();
    assert_eq!([now(week), now(month), now(twin), now(half_year)], [(0, 0, 2), (0, 0, 2), (0, 0, 2), (2, 2, 1)]);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k4_a_late_cancel_or_no_show_releases_and_the_fee_is_charged_instead() {
    for (to, due) in [(Move::CancelByCustomer, 2_200), (Move::NoShow, 4_400)] {
        let (mut desk, who, ticket) = salon();
        let booked = held(&desk, who, vec![uses(None, 2)]).unwrap();
        desk.now = START;
        assert_eq!(desk.step(booked, to).unwrap().due, Yen(due));
        assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    }
}

#[test]
fn k4_by_policy_a_late_cancel_or_no_show_uses_the_tickets_up_and_costs_nothing_else() {
    for (to, used) in [(Move::CancelByCustomer, true), (Move::NoShow, true), (Move::CancelByShop, false)] {
        let (mut desk, who, ticket) = salon();
        desk.configure(|settings| (settings.cancellation.tickets, settings.prepayment) = (LateTickets::Consume, true)).unwrap();
        let more = Line { price: Yen(1_100), ..cut(who, START).lines.remove(0) };
        let lines = [vec![more.clone()], cut(who, START).lines, vec![more]].concat();
        let booked = desk.run(Book { prepay: true, lines, ..with(vec![uses(None, 2)], who, START) }).unwrap().reservation;
        desk.step(booked, Move::PayPrepayment).unwrap();
        let without = desk.book(who, START).unwrap();
        desk.now = START;
        let moved = desk.step(booked, to.clone()).unwrap();
        assert_eq!((moved.due, moved.refund), (Yen::ZERO, Yen(1_100)), "{to:?}");
        assert_eq!(desk.counts(ticket).unwrap(), if used { (1, 0, 2) } else { (3, 0, 0) }, "{to:?}");
        // The counts are those of any late cancel.
        let figures = desk.figures(who).unwrap();
        assert_eq!(figures.cancellations.total, u32::from(used));
        assert_eq!(figures.visits, 0);
        // A reservation that holds no ticket pays the fee.
        assert!(desk.step(without, Move::NoShow).unwrap().due > Yen::ZERO);
        assert_eq!(desk.breaches().unwrap(), []);
    }
}

#[test]
fn k4_by_that_policy_an_early_cancel_and_one_that_was_never_confirmed_still_release() {
    let (mut desk, who, ticket) = salon();
    desk.configure(|settings| settings.cancellation.tickets = LateTickets::Consume).unwrap();
    let early = desk.run(with(vec![uses(None, 1)], who, MORNING.plus_ms(3 * DAY))).unwrap().reservation;
    let tentative = desk.run(Book { tentative: true, ..with(vec![uses(None, 1)], who, START) }).unwrap().reservation;
    desk.step(early, Move::CancelByCustomer).unwrap();
    desk.now = START;
    desk.step(tentative, Move::CancelByCustomer).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k4_r6_the_policy_for_tickets_is_frozen_when_booked() {
    let (mut desk, who, ticket) = salon();
    let booked = held(&desk, who, vec![uses(None, 1)]).unwrap();
    desk.configure(|settings| settings.cancellation.tickets = LateTickets::Consume).unwrap();
    desk.now = START;
    assert_eq!(desk.step(booked, Move::NoShow).unwrap().due, Yen(4_400));
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
}

#[test]
fn k4_entered_in_error_gives_back_what_a_no_show_used_up() {
    for to in [Move::NoShow, Move::CancelByCustomer] {
        let (mut desk, who, ticket) = salon();
        desk.configure(|settings| settings.cancellation.tickets = LateTickets::Consume).unwrap();
        let booked = held(&desk, who, vec![uses(None, 2)]).unwrap();
        desk.now = START;
        desk.step(booked, to).unwrap();
        desk.step(booked, Move::EnteredInError).unwrap();
        assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0));
        assert_eq!(desk.breaches().unwrap(), []);
    }
}

#[test]
fn k1_k4_a_ticket_fits_by_shop_menu_and_staff() {
    let (desk, who, _) = salon();
    let terms = TicketTerms { menus: vec![id("cut"), id("perm")], staff: vec![id("sato")], shops: vec![id("shop-1")], ..three_cuts() };
    let ticket = desk.sell(who, &desk.plan("narrow", terms).unwrap(), 10_000).unwrap();
    let line = |menu: &str, staff: Option<&str>| Line { menu: id(menu), staff: staff.map(id), price: Yen(4_400), kind: LineKind::Basic };
    let plain = with(vec![uses(Some(ticket), 1)], who, START);
    let of = |lines: Vec<Line>, staff: Option<&str>| Book { lines, staff: staff.map(id), ..plain.clone() };
    for (book, what) in [
        (Book { shop: id("shop-2"), ..plain.clone() }, Some("shop")),
        (of(vec![line("colour", None)], None), Some("menu")),
        (of(vec![line("cut", None)], Some("abe")), Some("staff")),
        (of(vec![line("cut", Some("abe"))], Some("sato")), Some("staff")),
        // Sato does the colour, but the ticket is for what Abe does.
        (of(vec![line("cut", Some("abe")), line("colour", Some("sato"))], None), Some("staff")),
        (of(vec![line("cut", None)], None), None),
        (of(vec![line("colour", None), line("perm", Some("sato"))], Some("abe")), None),
        (of(vec![line("cut", None)], Some("sato")), None),
    ] {
        let result = desk.run(book.clone());
        let found = result.as_ref().err().map(|error| (error.code(), error.data()["what"].as_str().unwrap_or("").to_owned()));
        assert_eq!(found, what.map(|what| ("ticket.does_not_fit", what.to_owned())), "{:?} {:?}", book.lines, book.staff);
        if let Ok(booked) = result {
            desk.step(booked.reservation, Move::EnteredInError).unwrap();
        }
    }
    // A new staff must fit what is held, too.
    let booked = desk.run(of(vec![line("cut", None)], Some("sato"))).unwrap().reservation;
    let to = |staff: &str| desk.run(Reschedule { reservation: booked, start: START, end: START.plus_ms(HOUR), staff: Some(id(staff)) });
    assert_eq!(to("abe").unwrap_err().code(), "ticket.does_not_fit");
    assert!(to("sato").is_ok());
}
