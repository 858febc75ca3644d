//! 回数券: K1–K4, K6–K8.
mod held;
mod lists;
mod plans;
mod random;
mod whichever;

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
