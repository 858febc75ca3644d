//! 回数券: K1–K4, K6–K8.
use daicho::*;
use daicho_tests::till::{line, menu, sale, three_cuts, uses};
use daicho_tests::*;
use proptest::prelude::*;

const START: Instant = MORNING.plus_ms(3 * HOUR);

// A salon that sells three cuts for ¥10,000, and a customer who bought them.
fn salon() -> (Desk<MemoryStore>, CustomerId, TicketId) {
    let desk = Desk::open();
    desk.configure(|settings| settings.cancellation = strict()).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let plan = desk.plan("cut-3", three_cuts()).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    (desk, who, ticket)
}

fn with(wishes: Vec<TicketWish>, who: CustomerId, start: Instant) -> Book {
    Book { tickets: wishes, ..cut(who, start) }
}

fn held(desk: &Desk<MemoryStore>, who: CustomerId, wishes: Vec<TicketWish>) -> Result<ReservationId, Error> {
    Ok(desk.run(with(wishes, who, START))?.reservation)
}

fn day(text: &str) -> Date {
    id(text)
}

// The clock at noon of a day.
fn noon(text: &str) -> Instant {
    Calendar::default().at(day(text), 720)
}

#[test]
fn k1_a_sold_ticket_keeps_the_terms_of_its_plan_whatever_becomes_of_that() {
    let (desk, who, ticket) = salon();
    let sold = desk.ticket(ticket).unwrap().ticket;
    assert_eq!((sold.customer, sold.plan.as_str(), sold.sold_on, sold.expires_on), (who, "cut-3", day("2026-11-21"), day("2027-05-21")));
    assert_eq!(sold.terms, three_cuts());
    assert_eq!(desk.ask(GetSales { customer: who }).unwrap().sales[0].id, sold.sale);
    let dearer = TicketTerms { price: Yen(12_000), uses: 2, menus: vec![id("perm")], ..three_cuts() };
    let save = |based_on, terms, retired| desk.run(SaveTicketPlan { plan: id("cut-3"), based_on, terms, retired });
    assert_eq!(save(0, dearer.clone(), false).unwrap_err().code(), "ticket.plan_version");
    assert_eq!(save(1, dearer.clone(), false).unwrap().version, 2);
    assert_eq!(desk.ticket(ticket).unwrap().ticket, sold);
    assert!(held(&desk, who, vec![uses(Some(ticket), 3)]).is_ok());
    // The old price is no price any more, and a retired plan is not sold.
    assert_eq!(desk.sell(who, &id("cut-3"), 10_000).unwrap_err().code(), "sale.line");
    assert_eq!(desk.ticket(desk.sell(who, &id("cut-3"), 12_000).unwrap()).unwrap().ticket.terms, dearer);
    save(2, dearer, true).unwrap();
    assert_eq!(desk.sell(who, &id("cut-3"), 12_000).unwrap_err().code(), "ticket.plan_retired");
    assert_eq!(desk.sell(who, &id("none"), 12_000).unwrap_err().code(), "ticket.plan_not_found");
    assert_eq!(desk.ask(GetTicketPlans {}).unwrap().plans.len(), 1);
}

#[test]
fn k1_plans_that_cannot_be_are_refused() {
    let desk = Desk::open();
    let days = |days| TicketValidity::Days { days };
    let months = |months| TicketValidity::Months { months };
    for (field, terms) in [
        ("name", TicketTerms { name: " \u{3000}".into(), ..three_cuts() }),
        ("price", TicketTerms { price: Yen(-1), ..three_cuts() }),
        ("price", TicketTerms { price: Yen(1_000_000_001), ..three_cuts() }),
        ("uses", TicketTerms { uses: 0, ..three_cuts() }),
        ("uses", TicketTerms { uses: 1_001, ..three_cuts() }),
        ("valid", TicketTerms { valid: days(0), ..three_cuts() }),
        ("valid", TicketTerms { valid: days(36_501), ..three_cuts() }),
        ("valid", TicketTerms { valid: months(0), ..three_cuts() }),
        ("valid", TicketTerms { valid: months(1_201), ..three_cuts() }),
        ("menus", TicketTerms { menus: vec![id("m"); 1_001], ..three_cuts() }),
        ("staff", TicketTerms { staff: vec![id("m"); 1_001], ..three_cuts() }),
        ("shops", TicketTerms { shops: vec![id("m"); 1_001], ..three_cuts() }),
    ] {
        let error = desk.plan("p", terms).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("ticket.terms", vec![field.to_owned()]));
    }
    desk.plan("spaced", TicketTerms { name: "\u{3000}カット\u{200B}3回券 ".into(), ..three_cuts() }).unwrap();
    assert_eq!(desk.ask(GetTicketPlans {}).unwrap().plans[0].terms.name, "カット3回券");
    let all = vec![id("m"); 1_000];
    for (n, terms) in [
        TicketTerms { price: Yen::ZERO, uses: 1, valid: days(1), menus: all, ..three_cuts() },
        TicketTerms { price: Yen::MAX, uses: 1_000, valid: days(36_500), ..three_cuts() },
        TicketTerms { valid: months(1_200), staff: vec![id("m"); 1_000], shops: vec![id("m"); 1_000], ..three_cuts() },
    ]
    .into_iter()
    .enumerate()
    {
        assert!(desk.plan(&format!("p{n}"), terms).is_ok());
    }
}

#[test]
fn k1_managers_make_plans_and_customers_see_those_that_are_sold() {
    let (mut desk, who, _) = salon();
    desk.plan("old", three_cuts()).unwrap();
    desk.run(SaveTicketPlan { plan: id("old"), based_on: 1, terms: three_cuts(), retired: true }).unwrap();
    let seen = |desk: &Desk<MemoryStore>| desk.ask(GetTicketPlans {}).unwrap().plans.into_iter().map(|plan| plan.id).collect::<Vec<_>>();
    assert_eq!(seen(&desk), [id("cut-3"), id("old")]);
    desk.actor = Actor::new(id("staff-1"), Role::Staff);
    assert_eq!(desk.plan("new", three_cuts()).unwrap_err().code(), "access.forbidden");
    assert!(desk.sell(who, &id("cut-3"), 10_000).is_ok());
    desk.actor = Actor::customer(id("account-1"), who);
    assert_eq!(seen(&desk), [id("cut-3")]);
}

#[test]
fn k1_t4_the_period_is_days_or_months_clamped_to_the_months_end() {
    for (sold, valid, last) in [
        ("2026-11-21", TicketValidity::Days { days: 1 }, "2026-11-22"),
        ("2026-11-21", TicketValidity::Days { days: 365 }, "2027-11-21"),
        ("2026-11-21", TicketValidity::Months { months: 1 }, "2026-12-21"),
        ("2026-12-31", TicketValidity::Months { months: 2 }, "2027-02-28"),
        ("2027-12-31", TicketValidity::Months { months: 2 }, "2028-02-29"),
        ("2028-02-29", TicketValidity::Months { months: 12 }, "2029-02-28"),
        ("2028-02-29", TicketValidity::Months { months: 48 }, "2032-02-29"),
        ("2028-02-28", TicketValidity::Days { days: 1 }, "2028-02-29"),
        ("2026-10-31", TicketValidity::Months { months: 1 }, "2026-11-30"),
    ] {
        let (mut desk, who, _) = salon();
        desk.now = noon(sold);
        let plan = desk.plan("p", TicketTerms { valid, ..three_cuts() }).unwrap();
        let ticket = desk.sell(who, &plan, 10_000).unwrap();
        assert_eq!(desk.ticket(ticket).unwrap().ticket.expires_on, day(last), "{sold} {valid:?}");
    }
}

#[test]
fn k3_the_last_day_counts_and_it_is_the_day_of_service_that_counts() {
    let (desk, who, ticket) = salon();
    let last = Calendar::default().start_of(day("2027-05-22"));
    let book = |start: Instant| desk.run(with(vec![uses(Some(ticket), 1)], who, start));
    // Until the last millisecond of the last day; the end of the service may lie on the day after.
    let booked = book(last.plus_ms(-1)).unwrap().reservation;
    let error = book(last).unwrap_err();
    assert_eq!((error.code(), error.data()["expiresOn"].as_str()), ("ticket.expired", Some("2027-05-21")));
    assert_eq!(desk.run(with(vec![uses(None, 1)], who, last)).unwrap_err().code(), "ticket.none_fits");
    let to = |start: Instant| desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None });
    assert_eq!(to(last).unwrap_err().code(), "ticket.expired");
    assert!(to(last.plus_ms(-HOUR)).is_ok());
}

#[test]
fn k3_t2_the_day_is_the_salons_business_day() {
    let (desk, who, ticket) = salon();
    desk.configure(|settings| settings.calendar.day_starts_minutes = 300).unwrap();
    let last = Calendar::default().at(day("2027-05-22"), 300);
    let book = |start: Instant| desk.run(with(vec![uses(Some(ticket), 1)], who, start));
    assert!(book(last.plus_ms(-1)).is_ok());
    assert_eq!(book(last).unwrap_err().code(), "ticket.expired");
}

#[test]
fn k3_what_was_held_in_time_is_used_even_when_it_is_checked_in_late() {
    let (mut desk, who, ticket) = salon();
    let booked = desk.run(with(vec![uses(Some(ticket), 1)], who, noon("2027-05-21"))).unwrap().reservation;
    desk.now = noon("2027-06-30");
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (2, 0, 1));
    assert!(desk.ticket(ticket).unwrap().expired);
}

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
        let booked = desk.run(Book { prepay: true, ..with(vec![uses(None, 2)], who, START) }).unwrap().reservation;
        desk.step(booked, Move::PayPrepayment).unwrap();
        let without = desk.book(who, START).unwrap();
        desk.now = START;
        let moved = desk.step(booked, to.clone()).unwrap();
        assert_eq!((moved.due, moved.refund), (Yen::ZERO, Yen(4_400)), "{to:?}");
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

#[test]
fn k6_only_the_buyer_uses_it() {
    let (mut desk, who, ticket) = salon();
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    assert_eq!(held(&desk, other, vec![uses(Some(ticket), 1)]).unwrap_err().code(), "ticket.not_owner");
    assert_eq!(held(&desk, other, vec![uses(None, 1)]).unwrap_err().code(), "ticket.none_fits");
    assert_eq!(held(&desk, who, vec![uses(Some(id("t9")), 1)]).unwrap_err().code(), "ticket.not_found");
    // To a customer somebody else's is not there at all.
    (desk.actor, desk.channel) = (Actor::customer(id("account-2"), other), Channel::Line);
    let answer = |ticket: &str| held(&desk, other, vec![uses(Some(id(ticket)), 1)]).unwrap_err().to_string().replace(ticket, "t");
    assert_eq!(answer(&ticket.to_string()), answer("t9"));
    assert_eq!(desk.ask(GetTicket { ticket }).unwrap_err().code(), "ticket.not_found");
    assert_eq!(desk.ask(GetTickets { customer: who }).unwrap_err().code(), "access.not_yours");
}

#[test]
fn k6_extended_to_a_later_day_only_and_on_the_last_day_still() {
    let (mut desk, who, ticket) = salon();
    let to = |desk: &Desk<MemoryStore>, to: &str, reason: Option<&str>| {
        desk.run(ExtendTicket { ticket, to: day(to), reason: reason.map(ToOwned::to_owned) })
    };
    for same_or_earlier in ["2027-05-21", "2027-05-20", "2026-11-21"] {
        let error = to(&desk, same_or_earlier, None).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("ticket.not_later", vec!["to".to_owned()]));
    }
    assert_eq!(to(&desk, "2027-05-22", None).unwrap().expires_on, day("2027-05-22"));
    // The last millisecond of the last day, and the first of the day after.
    let over = Calendar::default().start_of(day("2027-05-23"));
    desk.now = over.plus_ms(-1);
    assert_eq!(to(&desk, "2027-05-23", None).unwrap().expires_on, day("2027-05-23"));
    desk.now = over.plus_ms(DAY);
    let error = to(&desk, "2027-12-31", Some("入院")).unwrap_err();
    assert_eq!((error.code(), error.data()["expiresOn"].as_str()), ("ticket.too_late", Some("2027-05-23")));
    // By policy after it too, with a reason.
    desk.configure(|settings| settings.extend_expired_tickets = true).unwrap();
    for blank in [None, Some(""), Some("\u{3000}")] {
        assert_eq!(to(&desk, "2027-12-31", blank).unwrap_err().code(), "ticket.reason_blank");
    }
    assert_eq!(to(&desk, "2027-12-31", Some("入院")).unwrap().expires_on, day("2027-12-31"));
    assert!(desk.run(with(vec![uses(Some(ticket), 1)], who, noon("2027-12-31"))).is_ok());
    // Expired is what the day after the last one says of it.
    for (now, expired) in [(noon("2027-12-31"), false), (noon("2028-01-01"), true)] {
        desk.now = now;
        assert_eq!(desk.ticket(ticket).unwrap().expired, expired);
    }
    let history: Vec<TicketMove> = desk.ticket(ticket).unwrap().ticket.entries.into_iter().map(|entry| entry.what).collect();
    let extend =
        |from: &str, to: &str, reason: Option<&str>| TicketMove::Extend { from: day(from), to: day(to), reason: reason.map(Into::into) };
    assert_eq!(
        history[1..4],
        [
            extend("2027-05-21", "2027-05-22", None),
            extend("2027-05-22", "2027-05-23", None),
            extend("2027-05-23", "2027-12-31", Some("入院"))
        ]
    );
    // Why is the shop's own.
    desk.actor = Actor::customer(id("account-1"), who);
    let entries = desk.ticket(ticket).unwrap().ticket.entries;
    assert!(entries.iter().any(|entry| matches!(&entry.what, TicketMove::Extend { reason: None, to, .. } if *to == day("2027-12-31"))));
}

#[test]
fn k2_uses_are_given_and_taken_by_hand_with_a_reason_and_never_below_what_is_held() {
    let (mut desk, who, ticket) = salon();
    held(&desk, who, vec![uses(None, 2)]).unwrap();
    desk.actor = Actor::new(id("staff-5"), Role::Staff);
    let adjust = |uses: i32, reason: &str| desk.run(AdjustTicket { ticket, uses, reason: reason.into() });
    assert_eq!(adjust(1, " ").unwrap_err().code(), "ticket.reason_blank");
    for wrong in [0, 1_001, -1_001, i32::MIN, i32::MAX] {
        assert_eq!(adjust(wrong, "x").unwrap_err().code(), "ticket.uses", "{wrong}");
    }
    let error = adjust(-2, "x").unwrap_err();
    assert_eq!((error.code(), error.data()["free"].as_i64()), ("ticket.not_enough", Some(1)));
    assert_eq!(adjust(-1, "返却").unwrap().remaining, 2);
    assert_eq!(adjust(-1, "x").unwrap_err().code(), "ticket.not_enough");
    assert_eq!(adjust(1_000, "お詫び").unwrap().remaining, 1_002);
    assert_eq!(desk.counts(ticket).unwrap(), (1_002, 2, 0));
    let entry = desk.ticket(ticket).unwrap().ticket.entries.pop().unwrap();
    assert_eq!((entry.by.as_str(), entry.at), ("staff-5", MORNING));
    assert_eq!(entry.what, TicketMove::Adjust { uses: 1_000, reason: "お詫び".into() });
    assert_eq!(desk.breaches().unwrap(), []);
    // Why is the shop's own.
    desk.actor = Actor::customer(id("account-1"), who);
    let entries = desk.ticket(ticket).unwrap().ticket.entries;
    assert!(entries.iter().all(|entry| !matches!(&entry.what, TicketMove::Adjust { reason, .. } if !reason.is_empty())));
    assert_eq!(desk.run(AdjustTicket { ticket, uses: 1, reason: "x".into() }).unwrap_err().code(), "access.forbidden");
}

#[test]
fn k7_uses_are_worth_the_price_to_the_yen_whatever_is_undone_between() {
    let (desk, who, ticket) = salon();
    let ids: Vec<ReservationId> = (0..3).map(|_| held(&desk, who, vec![uses(Some(ticket), 1)]).unwrap()).collect();
    let worth = || {
        desk.ticket(ticket).unwrap().ticket.entries.iter().fold(0, |sum, entry| match entry.what {
            TicketMove::Consume { amount, .. } => sum + amount.0,
            TicketMove::Restore { amount, .. } => sum - amount.0,
            _ => sum,
        })
    };
    let mut seen = Vec::new();
    for booked in &ids {
        desk.step(*booked, Move::Visit).unwrap();
        seen.push(worth());
    }
    assert_eq!(seen, [3_333, 6_666, 10_000]);
    // The first is undone: what is used up is worth what two uses are, whichever they were.
    desk.step(ids[0], Move::UndoVisit { reason: "x".into() }).unwrap();
    assert_eq!(worth(), 6_666);
    desk.step(ids[0], Move::Visit).unwrap();
    assert_eq!(worth(), 10_000);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k2_of_two_devices_that_race_for_the_last_use_one_gets_it() {
    for _ in 0..25 {
        let store = MemoryStore::new();
        let desk = Desk::over(&store);
        let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
        let plan = desk.plan("one", TicketTerms { uses: 1, ..three_cuts() }).unwrap();
        let ticket = desk.sell(who, &plan, 10_000).unwrap();
        let start = std::sync::Barrier::new(2);
        // Each device has a ledger of its own over the one store.
        let results: Vec<Result<Booked, Error>> = std::thread::scope(|scope| {
            let race = |device: u8| {
                let (store, start) = (&store, &start);
                scope.spawn(move || {
                    let mut desk = Desk::over(store);
                    desk.actor = Actor::new(id(&format!("device-{device}")), Role::Staff);
                    desk.counts(ticket).unwrap();
                    start.wait();
                    desk.run(with(vec![uses(None, 1)], who, START.plus_ms(i64::from(device) * DAY)))
                })
            };
            let threads = [race(1), race(2)];
            threads.map(|thread| thread.join().unwrap()).into()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let lost = results.into_iter().find_map(Result::err).unwrap();
        assert!(["ticket.none_fits", "ticket.not_enough"].contains(&lost.code()), "{lost}");
        assert_eq!(desk.counts(ticket).unwrap(), (1, 1, 0));
        assert_eq!(desk.ask(GetReservations { customer: who }).unwrap().reservations.len(), 1);
    }
}

#[test]
fn k6_m2_a_merge_moves_tickets_with_their_expiry_and_what_they_hold() {
    let (desk, who, ticket) = salon();
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let booked = held(&desk, who, vec![uses(None, 2)]).unwrap();
    let before = desk.ticket(ticket).unwrap();
    let preview = desk.preview(who, target).unwrap();
    assert_eq!((preview.moves.tickets, preview.moves.ticket_uses, preview.moves.ticket_holds), (1, 3, 2));
    desk.merge(who, target).unwrap();
    let after = desk.ticket(ticket).unwrap();
    assert_eq!((after.ticket.customer, after.ticket.expires_on, after.remaining, after.held), (target, before.ticket.expires_on, 3, 2));
    assert_eq!(after.ticket.entries, before.ticket.entries);
    assert_eq!(desk.ask(GetTickets { customer: who }).unwrap().tickets.len(), 1, "the merged id resolves");
    // The reservation that came along uses it up, and the target books with the rest.
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(desk.counts(ticket).unwrap(), (1, 0, 2));
    assert!(held(&desk, target, vec![uses(Some(ticket), 1)]).is_ok());
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k6_m8_an_undone_merge_leaves_no_ticket_with_another_customers_reservation() {
    let (desk, who, ticket) = salon();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let merge = desk.merge(who, target).unwrap().merge;
    held(&desk, target, vec![uses(Some(ticket), 1)]).unwrap();
    // Either the undo is refused, or what is bound together stays together.
    let undone = desk.run(Unmerge { merge });
    assert!(undone.as_ref().err().is_none_or(|error| error.code() == "merge.no_undo"), "{undone:?}");
    assert_eq!(desk.breaches().unwrap(), []);
}

fn listed(desk: &Desk<MemoryStore>, query: ListTickets) -> Vec<TicketId> {
    desk.ledger.search(&query, &desk.actor, desk.now).unwrap().tickets.into_iter().map(|row| row.ticket).collect()
}

#[test]
fn k8_holders_with_remaining_held_used_and_expiry_the_earliest_first() {
    let (desk, who, ticket) = salon();
    let other = desk.register(CustomerForm { given_name: "太郎".into(), ..hanako("0312345678", "b@example.jp") }).unwrap();
    let week = desk.plan("week", TicketTerms { valid: TicketValidity::Days { days: 7 }, ..three_cuts() }).unwrap();
    let short = desk.sell(other, &week, 10_000).unwrap();
    let visited = held(&desk, who, vec![uses(None, 1)]).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    held(&desk, who, vec![uses(None, 1)]).unwrap();
    let page = desk.ledger.search(&ListTickets::default(), &desk.actor, desk.now).unwrap();
    assert_eq!(page.total, 2);
    let rows: Vec<_> = page
        .tickets
        .iter()
        .map(|row| (row.ticket, row.customer.id, row.remaining, row.held, row.used, row.expires_on.to_string()))
        .collect();
    assert_eq!(rows, [(short, other, 3, 0, 0, "2026-11-28".to_owned()), (ticket, who, 2, 1, 1, "2027-05-21".to_owned())]);
    assert_eq!((page.tickets[1].name.as_str(), page.tickets[1].sold_on), ("カット3回券", day("2026-11-21")));
    assert_eq!(listed(&desk, ListTickets { plan: Some(week), ..ListTickets::default() }), [short]);
}

#[test]
fn k8_about_to_expire_within_n_days_today_and_the_last_one_included() {
    let (mut desk, who, half_year) = salon();
    let week = desk.plan("week", TicketTerms { valid: TicketValidity::Days { days: 7 }, ..three_cuts() }).unwrap();
    let ticket = desk.sell(who, &week, 10_000).unwrap();
    let within = |desk: &Desk<MemoryStore>, days| listed(desk, ListTickets { expiring_within: Some(days), ..ListTickets::default() });
    assert_eq!((within(&desk, 6), within(&desk, 7), within(&desk, 36_500)), (vec![], vec![ticket], vec![ticket, half_year]));
    desk.now = noon("2026-11-28");
    assert_eq!(within(&desk, 0), [ticket], "its last day");
    desk.now = noon("2026-11-29");
    assert_eq!(within(&desk, 36_500), [half_year]);
    assert_eq!(listed(&desk, ListTickets::default()), [half_year], "an expired one holds nothing any more");
    assert_eq!(listed(&desk, ListTickets { all: true, ..ListTickets::default() }), [ticket, half_year]);
    let error =
        desk.ledger.search(&ListTickets { expiring_within: Some(36_501), ..ListTickets::default() }, &desk.actor, desk.now).unwrap_err();
    assert_eq!(error.code(), "search.days");
}

#[test]
fn k8_s8_used_up_tickets_and_those_of_the_withdrawn_are_out_of_the_list() {
    let (desk, who, ticket) = salon();
    let booked = held(&desk, who, vec![uses(None, 3)]).unwrap();
    assert_eq!(listed(&desk, ListTickets::default()), [ticket], "held ones are still there");
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(listed(&desk, ListTickets::default()), []);
    assert_eq!(listed(&desk, ListTickets { all: true, ..ListTickets::default() }), [ticket]);
    // A withdrawal as the store has it; the index of a new ledger reads it.
    let customer = desk.customer(who).unwrap();
    desk.force(Customer { state: CustomerState::Withdrawn { at: MORNING }, ..customer }.into()).unwrap();
    let fresh = Desk::over(desk.ledger.store());
    let query = ListTickets { all: true, ..ListTickets::default() };
    assert_eq!(fresh.ledger.search(&query, &fresh.actor, fresh.now).unwrap().total, 0);
}

#[test]
fn k8_the_history_of_one_tells_all_in_order() {
    let (mut desk, who, ticket) = salon();
    let booked = held(&desk, who, vec![uses(None, 1)]).unwrap();
    desk.now = START;
    desk.step(booked, Move::Visit).unwrap();
    desk.step(booked, Move::UndoVisit { reason: "x".into() }).unwrap();
    desk.step(booked, Move::CancelByShop).unwrap();
    let entries = desk.ticket(ticket).unwrap().ticket.entries;
    let history: Vec<_> = entries.iter().map(|entry| entry.what.clone()).collect();
    let (reservation, uses) = (booked, 1);
    let amount = Yen(3_333);
    assert_eq!(
        history,
        [
            TicketMove::Purchase { uses: 3 },
            TicketMove::Hold { reservation, uses },
            TicketMove::Consume { reservation, uses, amount },
            TicketMove::Restore { reservation, uses, amount },
            TicketMove::Release { reservation, uses, sale: None },
        ]
    );
    assert_eq!(entries.iter().map(|entry| entry.at).collect::<Vec<_>>(), [MORNING, MORNING, START, START, START]);
}

#[test]
fn k1_several_of_one_plan_in_one_sale_are_tickets_of_their_own() {
    let (desk, who, _) = salon();
    let two = SaleLine { quantity: 2, ..line(SaleItem::Ticket { plan: id("cut-3") }, 10_000) };
    let sold = desk.run(sale(who, None, vec![menu("cut", 4_400), two.clone()], 24_400)).unwrap();
    assert_eq!((sold.total, sold.tickets.clone()), (Yen(24_400), vec![id("t2"), id("t3")]));
    assert!(sold.tickets.iter().all(|ticket| desk.counts(*ticket).unwrap() == (3, 0, 0)));
    let many = |quantity| SaleLine { quantity, ..two.clone() };
    assert_eq!(desk.run(sale(who, None, vec![many(101)], 1_010_000)).unwrap_err().code(), "sale.lines");
    assert!(desk.run(sale(who, None, vec![many(100)], 1_000_000)).is_ok());
    let wrong = SaleLine { price: Yen(9_999), ..two };
    assert_eq!(desk.run(sale(who, None, vec![wrong], 20_000)).unwrap_err().code(), "sale.line", "sold at the plan's price");
}

#[derive(Clone, Debug)]
enum Act {
    Book(u32, bool),
    Step(usize, u8),
    Adjust(i32),
    Sell,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (1_u32..5, any::<bool>()).prop_map(|(uses, named)| Act::Book(uses, named)),
        (0_usize..6, 0_u8..6).prop_map(|(which, to)| Act::Step(which, to)),
        (-4_i32..4).prop_map(Act::Adjust),
        Just(Act::Sell),
    ];
    prop::collection::vec(act, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn k2_whatever_happens_no_ticket_goes_below_zero(acts in acts(), consume in any::<bool>()) {
        let (mut desk, who, ticket) = salon();
        let tickets = if consume { LateTickets::Consume } else { LateTickets::Release };
        desk.configure(|settings| settings.cancellation.tickets = tickets).unwrap();
        desk.now = START;
        let mut booked = Vec::new();
        for act in acts {
            match act {
                Act::Book(count, named) => {
                    booked.extend(desk.run(with(vec![uses(named.then_some(ticket), count)], who, START)).map(|done| done.reservation));
                }
                Act::Step(which, to) => {
                    let Some(reservation) = booked.get(which) else { continue };
                    let why = || "x".to_owned();
                    let to = [Move::Visit, Move::UndoVisit { reason: why() }, Move::CancelByCustomer, Move::NoShow, Move::CancelByShop, Move::EnteredInError][usize::from(to)].clone();
                    drop(desk.step(*reservation, to));
                }
                Act::Adjust(uses) => drop(desk.run(AdjustTicket { ticket, uses, reason: "x".into() })),
                Act::Sell => drop(desk.sell(who, &id("cut-3"), 10_000)),
            }
            let row = desk.ticket(ticket).unwrap().ticket.balance();
            prop_assert!(row.held >= 0 && row.free() >= 0 && row.used >= 0, "{row:?}");
            let nothing = |entry: &TicketEntry| {
                use TicketMove::{Consume, Hold, Release, Restore};
                matches!(entry.what, Hold { uses: 0, .. } | Consume { uses: 0, .. } | Release { uses: 0, .. } | Restore { uses: 0, .. })
            };
            prop_assert!(!desk.ticket(ticket).unwrap().ticket.entries.iter().any(nothing), "no line of a ledger says nothing");
        }
        prop_assert_eq!(desk.breaches().unwrap(), []);
    }
}
