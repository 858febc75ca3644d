//! What nobody has resolved, and what overlaps: R7, R8.
use daicho::*;
use daicho_tests::*;

const START: Instant = MORNING.plus_ms(3 * DAY);

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn unresolved(desk: &Desk<MemoryStore>) -> Vec<ReservationId> {
    let page = desk.ledger.search(&ListUnresolved::default(), &desk.actor, desk.now).unwrap();
    page.reservations.into_iter().map(|row| row.reservation).collect()
}

#[test]
fn r7_a_confirmed_reservation_whose_start_has_come_stays_and_is_listed() {
    let (mut desk, who) = salon();
    let booked = desk.book(who, START).unwrap();
    for (ms, listed) in [(-1, false), (0, true), (900 * DAY, true)] {
        desk.now = START.plus_ms(ms);
        assert_eq!(unresolved(&desk), if listed { vec![booked] } else { vec![] }, "{ms} ms");
        let row = desk.reservation(who, booked).unwrap().unwrap();
        assert_eq!((row.label, row.reservation.booking, row.reservation.version), (Label::Upcoming, BookingState::Confirmed, 1));
    }
}

#[test]
fn r7_only_confirmed_ones_are_listed_the_longest_ago_first() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.prepayment = true).unwrap();
    let book = |hours: i64, prepay: bool, tentative: bool| {
        desk.run(Book { prepay, tentative, ..cut(who, START.plus_ms(-hours * HOUR)) }).unwrap().reservation
    };
    let plain = book(1, false, false);
    let prepaid = book(2, true, false);
    desk.step(prepaid, Move::PayPrepayment).unwrap();
    let unpaid = book(3, true, false);
    book(4, false, true);
    for to in [Move::CancelByCustomer, Move::CancelByShop, Move::EnteredInError] {
        let resolved = book(5, false, false);
        desk.step(resolved, to).unwrap();
    }
    let (visited, shown) = (book(5, false, false), book(6, false, false));
    desk.now = START;
    desk.step(visited, Move::Visit).unwrap();
    assert_eq!(unresolved(&desk), [shown, unpaid, prepaid, plain]);
    desk.step(shown, Move::NoShow).unwrap();
    desk.step(plain, Move::Visit).unwrap();
    assert_eq!(unresolved(&desk), [unpaid, prepaid]);
    // A visit that is taken back is open again.
    desk.step(plain, Move::UndoVisit { reason: "人違い".into() }).unwrap();
    assert_eq!(unresolved(&desk), [unpaid, prepaid, plain]);
}

#[test]
fn r7_m2_the_list_follows_a_merge() {
    let (mut desk, who) = salon();
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let booked = desk.book(who, START).unwrap();
    desk.now = START;
    desk.merge(who, other).unwrap();
    let page = desk.ledger.search(&ListUnresolved::default(), &desk.actor, desk.now).unwrap();
    assert_eq!((page.reservations[0].reservation, page.reservations[0].customer, page.total), (booked, other, 1));
}

#[test]
fn r8_reservations_of_one_customer_that_overlap_are_booked_with_a_warning() {
    let (desk, who) = salon();
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let first = desk.book(who, START).unwrap();
    desk.book(other, START).unwrap();
    for (from, to, overlaps) in [
        (-HOUR, 0, false),
        (-HOUR, 1, true),
        (0, HOUR, true),
        (HOUR - 1, HOUR, true),
        (HOUR, 2 * HOUR, false),
        (-HOUR, 2 * HOUR, true),
        (HOUR / 2, HOUR / 2 + 1, true),
    ] {
        let book = Book { end: START.plus_ms(to), ..cut(who, START.plus_ms(from)) };
        let booked = desk.run(book).unwrap();
        assert_eq!(booked.overlaps, if overlaps { vec![first] } else { vec![] }, "{from}..{to}");
        desk.step(booked.reservation, Move::EnteredInError).unwrap();
    }
}

#[test]
fn r8_every_overlap_is_named_and_what_is_over_is_not() {
    let (mut desk, who) = salon();
    let ids: Vec<ReservationId> = (0..6).map(|_| desk.book(who, START).unwrap()).collect();
    desk.step(ids[1], Move::CancelByCustomer).unwrap();
    desk.step(ids[2], Move::CancelByShop).unwrap();
    desk.step(ids[3], Move::EnteredInError).unwrap();
    desk.now = START;
    desk.step(ids[4], Move::Visit).unwrap();
    assert_eq!(desk.run(cut(who, START)).unwrap().overlaps, [ids[0], ids[5]]);
    desk.step(ids[5], Move::NoShow).unwrap();
    assert_eq!(desk.run(cut(who, START)).unwrap().overlaps, [ids[0], id("r7")]);
}

#[test]
fn r8_a_reschedule_warns_too_and_never_of_itself() {
    let (desk, who) = salon();
    let (moving, other) = (desk.book(who, START).unwrap(), desk.book(who, START.plus_ms(DAY)).unwrap());
    let to = |ms: i64| {
        let start = START.plus_ms(ms);
        desk.run(Reschedule { reservation: moving, start, end: start.plus_ms(HOUR), staff: None }).unwrap().overlaps
    };
    assert_eq!(to(HOUR / 2), []);
    assert_eq!(to(DAY + HOUR / 2), [other]);
    assert_eq!(to(DAY + HOUR), []);
}

#[test]
fn r8_only_two_that_are_confirmed_are_warned_of() {
    let (desk, who) = salon();
    let confirmed = desk.book(who, START).unwrap();
    // A tentative one says nothing and is not told of.
    let tentative = desk.run(Book { tentative: true, ..cut(who, START) }).unwrap();
    assert_eq!(tentative.overlaps, []);
    let other = desk.run(Book { tentative: true, ..cut(who, START) }).unwrap();
    let moving = desk.run(cut(who, START.plus_ms(DAY))).unwrap().reservation;
    let to =
        |reservation, start: Instant| desk.run(Reschedule { reservation, start, end: start.plus_ms(HOUR), staff: None }).unwrap().overlaps;
    assert_eq!(to(moving, START), [confirmed]);
    assert_eq!(to(tentative.reservation, START.plus_ms(1)), [], "a tentative one that is moved");
    // Confirmed, it is warned of those that are.
    assert_eq!(desk.step(other.reservation, Move::Confirm).unwrap().overlaps, [confirmed, moving]);
    assert_eq!(desk.step(tentative.reservation, Move::Confirm).unwrap().overlaps, [confirmed, other.reservation, moving]);
    assert_eq!(desk.run(cut(who, START)).unwrap().overlaps.len(), 4);
    // No other move warns.
    assert_eq!(desk.step(confirmed, Move::UndoVisit { reason: "x".into() }).unwrap_err().code(), "booking.not_allowed");
    assert_eq!(desk.step(confirmed, Move::CancelByShop).unwrap().overlaps, []);
}
