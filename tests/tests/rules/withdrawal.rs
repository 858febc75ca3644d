//! 退会: W1, W2, and what W3 says of what stays.
use daicho::*;
use daicho_tests::till::{menu, sale, three_cuts, uses};
use daicho_tests::*;

const TOMORROW: Instant = MORNING.plus_ms(DAY);

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn as_customer(desk: &mut Desk<MemoryStore>, who: CustomerId) {
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
}

fn as_manager(desk: &mut Desk<MemoryStore>) {
    (desk.actor, desk.channel) = (Actor::new(id("manager-1"), Role::Manager), Channel::Counter);
}

fn leaving(customer: CustomerId, reason: &str) -> Withdraw {
    Withdraw { customer, reason: reason.to_owned(), cancel_reservations: true }
}

#[test]
fn w1_only_the_customer_leaves_through_the_site_and_only_themselves() {
    let (mut desk, who) = salon();
    let other = desk.register(CustomerForm { given_name: "太郎".into(), ..hanako("0312345678", "b@example.jp") }).unwrap();
    for role in [Role::Staff, Role::Manager, Role::System] {
        for channel in [Channel::Site, Channel::Line, Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System] {
            (desk.actor, desk.channel) = (Actor::new(id("x"), role), channel);
            assert_eq!(desk.run(leaving(who, "引っ越し")).unwrap_err().code(), "access.forbidden", "{role:?} {channel:?}");
        }
    }
    as_customer(&mut desk, who);
    assert_eq!(desk.run(leaving(other, "引っ越し")).unwrap_err().code(), "access.not_yours");
    for channel in [Channel::Line, Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System] {
        desk.channel = channel;
        let error = desk.run(leaving(who, "引っ越し")).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("access.channel", vec!["channel".to_owned()]), "{channel:?}");
        assert_eq!(error.data()["allowed"], serde_json::json!(["site"]));
    }
    assert!(desk.customer(who).unwrap().is_active());
    desk.channel = Channel::Site;
    assert_eq!(desk.run(leaving(who, "引っ越し")).unwrap(), Withdrawn { customer: who, version: 2, cancelled: Vec::new() });
    let stored = desk.customer(who).unwrap();
    assert_eq!((stored.state, stored.withdrawal_reason.as_deref()), (CustomerState::Withdrawn { at: MORNING }, Some("引っ越し")));
    // Once only.
    assert_eq!(desk.run(leaving(who, "引っ越し")).unwrap_err().code(), "customer.not_active");
}

#[test]
fn w1_the_reason_has_1_to_255_characters_after_trimming() {
    let face = "𠮷";
    for (reason, expected) in [
        (String::new(), "customer.required"),
        (" \u{3000}\u{200B}\n".to_owned(), "customer.required"),
        ("あ".repeat(256), "text.too_long"),
        (face.repeat(256), "text.too_long"),
        ("あ".to_owned(), "ok"),
        (face.repeat(255), "ok"),
        (format!("\u{3000} {} \n", "あ".repeat(255)), "ok"),
    ] {
        let (mut desk, who) = salon();
        as_customer(&mut desk, who);
        let said = desk.run(leaving(who, &reason));
        assert_eq!(said.as_ref().map_or_else(Error::code, |_| "ok"), expected, "{} characters", reason.chars().count());
        if let Err(error) = said {
            assert_eq!(error.fields(), ["reason"]);
            assert!(desk.customer(who).unwrap().is_active());
        }
    }
}

#[test]
fn w2_what_lies_ahead_stands_in_the_way_unless_it_shall_be_cancelled() {
    let (mut desk, who) = salon();
    let begun = desk.book(who, MORNING).unwrap();
    let later = desk.book(who, MORNING.plus_ms(9 * DAY)).unwrap();
    let next = desk.book(who, MORNING.plus_ms(1)).unwrap();
    let gone = desk.book(who, TOMORROW).unwrap();
    desk.step(gone, Move::CancelByShop).unwrap();
    as_customer(&mut desk, who);
    let error = desk.run(Withdraw { cancel_reservations: false, ..leaving(who, "x") }).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.future_reservations", vec!["cancelReservations".to_owned()]));
    assert_eq!(error.data()["reservations"], serde_json::json!([next, later]));
    let left = desk.run(leaving(who, "x")).unwrap();
    assert_eq!(left.cancelled.iter().map(|moved| moved.reservation).collect::<Vec<_>>(), [next, later]);
    let state = |id| desk.reservation(who, id).unwrap().unwrap().reservation.booking;
    assert!(matches!(state(next), BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. }));
    assert!(matches!(state(later), BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Early, .. }));
    // What has begun is the shop's to bring to an end.
    assert_eq!(state(begun), BookingState::Confirmed);
    as_manager(&mut desk);
    desk.step(begun, Move::Visit).unwrap();
    assert_eq!(desk.figures(who).unwrap().visits, 1);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w2_no_correction_brings_back_what_lay_ahead_of_who_has_left() {
    let (mut desk, who) = salon();
    let undo = || Move::UndoVisit { reason: "別の人だった".into() };
    // Checked in before its hour: it does not lie ahead any more, and leaving leaves it as it is.
    let (start, other) = (MORNING.plus_ms(3 * HOUR), MORNING.plus_ms(4 * HOUR));
    let (early, twin) = (desk.book(who, start).unwrap(), desk.book(who, other).unwrap());
    desk.step(early, Move::Visit).unwrap();
    desk.step(twin, Move::Visit).unwrap();
    desk.step(twin, undo()).unwrap();
    desk.step(twin, Move::Visit).unwrap();
    as_customer(&mut desk, who);
    assert!(desk.run(leaving(who, "x")).unwrap().cancelled.is_empty());
    as_manager(&mut desk);
    for before in [MORNING, start.plus_ms(-1)] {
        desk.now = before;
        let error = desk.step(early, undo()).unwrap_err();
        assert_eq!((error.code(), error.data()["state"].as_str()), ("customer.not_active", Some("withdrawn")));
    }
    // From its start on it is the shop's to bring to its end, like all that had begun when they left.
    desk.now = start;
    assert_eq!(desk.step(early, undo()).unwrap().label, Some(Label::Upcoming));
    assert!(matches!(desk.step(twin, undo()).unwrap_err().code(), "customer.not_active"));
    desk.step(early, Move::NoShow).unwrap();
    assert_eq!(desk.figures(who).unwrap().visits, 1);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w2_what_had_begun_when_its_customer_left_is_brought_to_its_end_by_the_shop() {
    let (mut desk, who) = salon();
    let begun = MORNING;
    let moves: [&[Move]; 5] = [
        &[Move::Confirm, Move::ChoosePrepayment, Move::PayPrepayment, Move::RefundPrepayment, Move::Visit],
        &[Move::CancelByCustomer],
        &[Move::CancelByShop],
        &[Move::Confirm, Move::NoShow],
        &[Move::EnteredInError],
    ];
    let all: Vec<_> = moves.iter().map(|_| desk.run(Book { tentative: true, ..cut(who, begun) }).unwrap().reservation).collect();
    as_customer(&mut desk, who);
    desk.run(leaving(who, "x")).unwrap();
    as_manager(&mut desk);
    let later = begun.plus_ms(DAY);
    for (reservation, moves) in all.iter().zip(moves) {
        let to = Reschedule { reservation: *reservation, start: later, end: later.plus_ms(HOUR), staff: None };
        assert_eq!(desk.run(to).unwrap_err().code(), "customer.not_active", "a new time is a new booking");
        for to in moves {
            desk.step(*reservation, to.clone()).unwrap();
        }
        assert!(!desk.reservation(who, *reservation).unwrap().is_some_and(|row| row.reservation.booking.is_open()));
    }
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w2_nothing_ahead_needs_no_word() {
    let (mut desk, who) = salon();
    desk.book(who, MORNING).unwrap();
    as_customer(&mut desk, who);
    desk.run(Withdraw { cancel_reservations: false, ..leaving(who, "x") }).unwrap();
}

#[test]
fn w2_the_preview_tells_what_leaving_costs_and_that_is_what_it_costs() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 7 })).unwrap();
    let plan = desk.plan("three", three_cuts()).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    desk.came(who, id("2026-11-20"), 3_000).unwrap();
    let missed = desk.book(who, MORNING.plus_ms(-HOUR)).unwrap();
    desk.step(missed, Move::NoShow).unwrap();
    let late = desk.book(who, MORNING.plus_ms(2 * HOUR)).unwrap();
    let paid = desk.run(Book { prepay: true, ..cut(who, TOMORROW.plus_ms(-1)) }).unwrap().reservation;
    desk.step(paid, Move::PayPrepayment).unwrap();
    let with_ticket = desk.run(Book { tickets: vec![uses(Some(ticket), 2)], ..cut(who, MORNING.plus_ms(5 * DAY)) }).unwrap().reservation;
    as_customer(&mut desk, who);
    let preview = desk.ask(PreviewWithdrawal { customer: who }).unwrap();
    let ahead: Vec<_> = preview.reservations.iter().map(|row| (row.reservation, row.due.0, row.refund.0)).collect();
    assert_eq!(ahead, [(late, 2_200, 0), (paid, 0, 2_200), (with_ticket, 0, 0)]);
    assert_eq!((preview.due, preview.due_after, preview.points), (Yen(4_400), Yen(6_600), 7));
    let tickets: Vec<_> = preview.tickets.iter().map(|row| (row.ticket, row.remaining, row.name.as_str())).collect();
    assert_eq!(tickets, [(ticket, 3, "カット3回券")]);
    // A due does not stop it.
    let left = desk.run(leaving(who, "x")).unwrap();
    let cost: Vec<_> = left.cancelled.iter().map(|moved| (moved.reservation, moved.due.0, moved.refund.0)).collect();
    assert_eq!(cost, ahead);
    as_manager(&mut desk);
    assert_eq!(desk.figures(who).unwrap().due, preview.due_after);
    assert_eq!(desk.counts(ticket).unwrap(), (3, 0, 0), "what was held is free again, and stays on record");
    assert_eq!(desk.breaches().unwrap(), []);
    // Points that are switched off are shown nowhere.
    let (desk, who) = salon();
    assert_eq!(desk.ask(PreviewWithdrawal { customer: who }).unwrap().points, 0);
}

#[test]
fn w3_what_they_did_stays_and_can_be_settled_and_nothing_new_begins() {
    let (mut desk, who) = salon();
    let visited = desk.book(who, MORNING).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    let missed = desk.book(who, MORNING.plus_ms(-HOUR)).unwrap();
    desk.step(missed, Move::NoShow).unwrap();
    as_customer(&mut desk, who);
    desk.run(leaving(who, "x")).unwrap();
    // Their own answers: fully booked, as for anybody whom the gate denies without a reason that is theirs to know.
    assert_eq!(desk.run(cut(who, TOMORROW)).unwrap_err(), Error::fully_booked());
    as_manager(&mut desk);
    assert_eq!(desk.run(cut(who, TOMORROW)).unwrap_err().code(), "customer.not_active");
    assert_eq!(desk.run(sale(who, None, vec![menu("cut", 1_000)], 1_000)).unwrap_err().code(), "customer.not_active");
    assert_eq!(desk.list(who, ListKind::Watch, "x").unwrap_err().code(), "customer.not_active");
    let sold = desk.close(who, visited, 5_000).unwrap();
    desk.run(VoidSale { sale: sold.sale, reason: "打ち間違い".into() }).unwrap();
    desk.close(who, visited, 4_000).unwrap();
    desk.step(missed, Move::PayFee { amount: Yen(4_400) }).unwrap();
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.amount, figures.due), (1, Yen(4_000), Yen(0)));
    // In no search; the number stays theirs.
    let found = desk.ledger.search(&SearchCustomers::default(), &desk.actor, desk.now).unwrap();
    assert_eq!(found.total, 0);
    // A return is a new customer, who may have the same phone and address.
    let again = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    assert_eq!(desk.customer(again).unwrap().number, 2);
    assert_eq!(desk.preview(who, again).unwrap().blockers.len(), 1);
    assert_eq!(desk.merge(again, who).unwrap_err().code(), "merge.not_active");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w3_s8_who_has_left_is_on_a_list_of_its_own_the_newest_first() {
    let (mut desk, stays) = salon();
    let line = LineLink { provider: "p".into(), user: "u".into(), display_name: Some("はなちゃん".into()), picture_url: None };
    let linked = RegisterCustomer { path: EntryPath::Line, form: hanako("080-1111-2222", "u@example.jp"), line: Some(line) };
    let mut all = vec![desk.run(linked).unwrap().customer];
    all.extend((0..3).map(|_| desk.register(hanako("09012345678", "a@example.jp")).unwrap()));
    assert_eq!(desk.ask(ListWithdrawn::default()).unwrap(), WithdrawnPage { customers: vec![], total: 0, cursor: None });
    // The last two at the same instant: the later id first.
    for (place, who) in all.iter().enumerate() {
        desk.now = MORNING.plus_ms(i64::try_from(place.min(2)).unwrap());
        as_customer(&mut desk, *who);
        desk.run(leaving(*who, &format!("理由{place}"))).unwrap();
    }
    as_manager(&mut desk);
    fn page(desk: &Desk<MemoryStore>, size: u32, cursor: Option<String>) -> WithdrawnPage {
        desk.ask(ListWithdrawn { page_size: Some(size), cursor }).unwrap()
    }
    let whole = page(&desk, 1_000, None);
    let ids: Vec<CustomerId> = whole.customers.iter().map(|row| row.id).collect();
    assert_eq!((ids, whole.total, whole.cursor), (all.iter().rev().copied().collect(), 4, None));
    let first = whole.customers.last().unwrap();
    assert_eq!((first.number, first.family_name.as_str(), first.reason.as_str(), first.withdrawn_at), (2, "山田", "理由0", MORNING));
    assert_eq!((&first.emails[0], &first.phones[0]), (&"u@example.jp".to_owned(), &"080-1111-2222".to_owned()));
    assert_eq!(first.line.as_ref().unwrap().display_name.as_deref(), Some("はなちゃん"));
    // Page by page, each once, also when somebody leaves meanwhile.
    let (mut walked, mut cursor) = (Vec::new(), None);
    loop {
        let next = page(&desk, 1, cursor);
        walked.extend(next.customers);
        assert!(walked.len() <= whole.customers.len(), "somebody is shown twice");
        cursor = next.cursor;
        if cursor.is_none() {
            break;
        }
        // Somebody leaves meanwhile: at the head of the list, not on the pages to come.
        if walked.len() == 2 {
            desk.now = MORNING.plus_ms(DAY);
            as_customer(&mut desk, stays);
            desk.run(leaving(stays, "x")).unwrap();
            as_manager(&mut desk);
        }
    }
    assert_eq!(walked, whole.customers);
    for wrong in ["", "x", "w1-x", "w01-1", "w1-1 ", "1-1"] {
        let error = desk.ask(ListWithdrawn { page_size: None, cursor: Some(wrong.into()) }).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("search.cursor", vec!["cursor".to_owned()]), "{wrong}");
    }
    for size in [0, 1_001] {
        assert_eq!(desk.ask(ListWithdrawn { page_size: Some(size), cursor: None }).unwrap_err().code(), "search.page_size");
    }
    assert_eq!(page(&desk, 1, None).customers[0].id, stays);
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn w1_m6_the_account_of_a_merged_record_leaves_as_its_target() {
    let (mut desk, who) = salon();
    let target = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    desk.merge(who, target).unwrap();
    as_customer(&mut desk, who);
    let error = desk.run(leaving(who, "x")).unwrap_err();
    assert_eq!((error.code(), error.data()["into"].as_str()), ("customer.not_active", Some("c2")));
    desk.run(leaving(target, "x")).unwrap();
    assert_eq!(desk.customer(target).unwrap().state.name(), "withdrawn");
}
