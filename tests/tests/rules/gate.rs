//! The booking gate: G1, G3, G4.
use daicho::*;
use daicho_tests::*;
use serde_json::{Value, json};

const CHANNELS: [Channel; 6] = [Channel::Site, Channel::Line, Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System];

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| settings.cancellation = strict()).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

// The customer's own device.
fn as_customer(desk: &mut Desk<MemoryStore>, who: CustomerId, channel: Channel) {
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), channel);
}

fn as_manager(desk: &mut Desk<MemoryStore>) {
    (desk.actor, desk.channel) = (Actor::new(id("manager-1"), Role::Manager), Channel::Counter);
}

// A booking by staff through a channel: ok, or the code it fails with.
fn book_through(desk: &Desk<MemoryStore>, who: CustomerId, channel: Channel) -> &'static str {
    let context = Context { channel, ..desk.context() };
    match desk.ledger.execute(&cut(who, MORNING.plus_ms(9 * DAY)), &context) {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

fn owe(desk: &Desk<MemoryStore>, who: CustomerId) -> ReservationId {
    let late = desk.book(who, desk.now.plus_ms(HOUR)).unwrap();
    assert_eq!(desk.step(late, Move::CancelByCustomer).unwrap().due, Yen(2_200));
    late
}

#[test]
fn g3_the_black_list_closes_every_channel_with_the_manuals_own_sentence() {
    let (desk, who) = salon();
    desk.list(who, ListKind::Black, "暴言").unwrap();
    for channel in CHANNELS {
        let gate = desk.ask(MayBook { customer: who, channel }).unwrap();
        assert_eq!(gate.verdict, Verdict::Denied, "{channel:?}");
        assert_eq!(gate.public_message.as_deref(), Some("申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。"));
        assert_eq!(gate.staff_reasons, [GateReason::Blacklisted]);
        assert_eq!(book_through(&desk, who, channel), "booking.blacklisted");
    }
}

#[test]
fn g3_the_policy_of_002_closes_the_online_channels_only() {
    let (desk, who) = salon();
    desk.configure(|settings| settings.blacklist = BlacklistPolicy::OnlineOnly).unwrap();
    desk.list(who, ListKind::Black, "暴言").unwrap();
    for channel in CHANNELS {
        let gate = desk.ask(MayBook { customer: who, channel }).unwrap();
        let online = matches!(channel, Channel::Site | Channel::Line);
        assert_eq!(gate.verdict, if online { Verdict::Denied } else { Verdict::AllowedWithWarnings }, "{channel:?}");
        assert_eq!(gate.public_message.is_some(), online);
        assert_eq!(gate.staff_reasons, [GateReason::Blacklisted]);
        assert_eq!(book_through(&desk, who, channel), if online { "booking.blacklisted" } else { "ok" });
    }
}

#[test]
fn g3_an_unpaid_fee_closes_the_site_and_line_with_the_amount_and_warns_staff() {
    let (desk, who) = salon();
    owe(&desk, who);
    let second = owe(&desk, who);
    for channel in CHANNELS {
        let gate = desk.ask(MayBook { customer: who, channel }).unwrap();
        let online = matches!(channel, Channel::Site | Channel::Line);
        assert_eq!(gate.staff_reasons, [GateReason::UnpaidFee { amount: Yen(4_400) }]);
        assert_eq!(gate.verdict, if online { Verdict::Denied } else { Verdict::AllowedWithWarnings }, "{channel:?}");
        let message = online.then_some("キャンセル料4,400円のお支払いがお済みでないため、ご予約いただけません。");
        assert_eq!(gate.public_message.as_deref(), message);
        assert_eq!(book_through(&desk, who, channel), if online { "booking.unpaid_fee" } else { "ok" });
    }
    desk.step(second, Move::PayFee { amount: Yen(2_200) }).unwrap();
    assert_eq!(
        desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().staff_reasons,
        [GateReason::UnpaidFee { amount: Yen(2_200) }]
    );
    let first =
        desk.ask(GetReservations { customer: who }).unwrap().reservations.into_iter().find(|row| row.label == Label::FeeUnpaid).unwrap();
    desk.step(first.reservation.id, Move::WaiveFee { reason: "急病".into() }).unwrap();
    assert_eq!(desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().verdict, Verdict::Allowed);
    assert_eq!(book_through(&desk, who, Channel::Site), "ok");
}

#[test]
fn g3_the_black_list_outranks_an_unpaid_fee_and_hides_it() {
    let (mut desk, who) = salon();
    owe(&desk, who);
    desk.list(who, ListKind::Black, "暴言").unwrap();
    let gate = desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap();
    assert_eq!(gate.staff_reasons, [GateReason::Blacklisted, GateReason::UnpaidFee { amount: Yen(2_200) }]);
    assert_eq!(gate.public_message.as_deref(), Some(FULLY_BOOKED));
    as_customer(&mut desk, who, Channel::Site);
    assert_eq!(desk.run(cut(who, MORNING.plus_ms(9 * DAY))).unwrap_err().code(), "booking.unavailable");
}

#[test]
fn g1_watch_and_grey_restrict_nothing_and_warn_staff_only() {
    let (mut desk, who) = salon();
    desk.list(who, ListKind::Watch, "秘密のメモ").unwrap();
    desk.list(who, ListKind::Grey, "秘密のメモ").unwrap();
    for channel in CHANNELS {
        let gate = desk.ask(MayBook { customer: who, channel }).unwrap();
        assert_eq!((gate.verdict, gate.public_message), (Verdict::AllowedWithWarnings, None));
        assert_eq!(gate.staff_reasons, [GateReason::GreyListed, GateReason::Watched]);
        assert_eq!(book_through(&desk, who, channel), "ok");
    }
    for channel in [Channel::Site, Channel::Line] {
        as_customer(&mut desk, who, channel);
        let gate = desk.ask(MayBook { customer: who, channel }).unwrap();
        assert_eq!((gate.verdict, gate.staff_reasons, gate.public_message), (Verdict::Allowed, vec![], None));
        let booked = desk.run(cut(who, MORNING.plus_ms(30 * DAY))).unwrap();
        assert_eq!(booked.warnings, []);
    }
}

// Everything a customer can ask on their own device, as it comes through the JSON door.
fn what_the_customer_sees(desk: &mut Desk<MemoryStore>, who: CustomerId, reservation: ReservationId) -> Vec<String> {
    as_customer(desk, who, Channel::Site);
    let start = MORNING.plus_ms(9 * DAY);
    let answers = vec![
        desk.call("book", &serde_json::to_value(cut(who, start)).unwrap()),
        desk.call("reschedule", &json!({ "reservation": reservation, "start": start, "end": start.plus_ms(HOUR) })),
        desk.call("mayBook", &json!({ "customer": who, "channel": "site" })),
        desk.call("mayBook", &json!({ "customer": who, "channel": "line" })),
        desk.call("mayBook", &json!({ "customer": who, "channel": "counter" })),
        desk.call("getCustomer", &json!({ "customer": who })),
        desk.call("getReservations", &json!({ "customer": who })),
        desk.call("getListings", &json!({ "customer": who })),
    ];
    as_manager(desk);
    answers
}

#[test]
fn g3_the_public_answer_is_byte_for_byte_that_of_any_other_unavailability() {
    // One is on the black list; the other cannot book for a reason that has nothing to do with lists.
    let life = |black: bool| {
        let (mut desk, who) = salon();
        let reservation = desk.book(who, MORNING.plus_ms(3 * DAY)).unwrap();
        if black {
            desk.list(who, ListKind::Black, "SECRET-MEMO").unwrap();
            desk.list(who, ListKind::Watch, "SECRET-MEMO").unwrap();
        } else {
            let customer = desk.customer(who).unwrap();
            desk.force(Customer { state: CustomerState::Withdrawn { at: MORNING }, ..customer }.into()).unwrap();
        }
        what_the_customer_sees(&mut desk, who, reservation)
    };
    let (black, other) = (life(true), life(false));
    for (black, other) in black.iter().zip(&other).take(5) {
        assert_eq!(black, other);
    }
    let error = |detail: &str| json!({ "error": { "code": "booking.unavailable", "detail": detail, "fields": [], "data": { "publicMessage": FULLY_BOOKED }, "retryable": false } });
    assert_eq!(serde_json::from_str::<Value>(&black[0]).unwrap(), error("no reservation can be made at this time"));
    assert_eq!(serde_json::from_str::<Value>(&black[2]).unwrap(), json!({ "ok": { "verdict": "denied", "publicMessage": FULLY_BOOKED } }));
    for answer in &black {
        for word in ["lack", "SECRET", "isted", "grey", "watch", "ブラック", "❗"] {
            assert!(!answer.contains(word), "{word} in {answer}");
        }
    }
    // But what they have, they still have.
    assert!(black[6].contains("\"r1\""));
}

#[test]
fn g3_a_blocked_customer_learns_no_more_from_a_malformed_booking_than_anybody() {
    let answers = |black: bool| {
        let (mut desk, who) = salon();
        if black {
            desk.list(who, ListKind::Black, "暴言").unwrap();
        }
        as_customer(&mut desk, who, Channel::Line);
        let start = MORNING.plus_ms(9 * DAY);
        let wrong = [
            Book { lines: vec![], ..cut(who, start) },
            Book { end: start, ..cut(who, start) },
            Book { prepay: true, ..cut(who, start) },
            Book { comment: Some("字".repeat(4_001)), ..cut(who, start) },
        ];
        wrong.map(|book| desk.call("book", &serde_json::to_value(book).unwrap()))
    };
    assert_eq!(answers(true), answers(false));
}

#[test]
fn g3_what_staff_channels_would_say_is_not_told_to_a_customer() {
    let (mut desk, who) = salon();
    as_customer(&mut desk, who, Channel::Counter);
    for channel in [Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System] {
        assert_eq!(desk.ask(MayBook { customer: who, channel }).unwrap_err().code(), "access.not_yours");
    }
    assert_eq!(desk.run(cut(who, MORNING.plus_ms(DAY))).unwrap_err().code(), "access.not_yours");
}

#[test]
fn g4_a_blocked_customer_cancels_but_does_not_move() {
    let (mut desk, who) = salon();
    let reservation = desk.book(who, MORNING.plus_ms(3 * DAY)).unwrap();
    desk.list(who, ListKind::Black, "暴言").unwrap();
    as_customer(&mut desk, who, Channel::Site);
    let start = MORNING.plus_ms(9 * DAY);
    assert_eq!(
        desk.run(Reschedule { reservation, start, end: start.plus_ms(HOUR), staff: None }).unwrap_err().code(),
        "booking.unavailable"
    );
    assert_eq!(desk.step(reservation, Move::CancelByCustomer).unwrap().label, Some(Label::Cancelled));
}

#[test]
fn g3_merged_and_inactive_customers_cannot_book() {
    let (desk, who) = salon();
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    desk.merge(other, who).unwrap();
    for channel in CHANNELS {
        let gate = desk.ask(MayBook { customer: other, channel }).unwrap();
        assert_eq!(gate.verdict, Verdict::Denied);
        assert_eq!(gate.staff_reasons, [GateReason::NotActive { state: CustomerState::Merged { into: who, at: MORNING } }]);
        assert_eq!(book_through(&desk, other, channel), "customer.not_active");
    }
    let customer = desk.customer(who).unwrap();
    for state in [CustomerState::Withdrawn { at: MORNING }, CustomerState::Erased { at: MORNING }] {
        desk.force(Customer { state, ..customer.clone() }.into()).unwrap();
        assert_eq!(book_through(&desk, who, Channel::Counter), "customer.not_active");
    }
}

#[test]
fn g3_black_on_one_salon_is_nothing_to_another() {
    let store = MemoryStore::new();
    let (here, there) = (Desk::over(&store), Desk::over(&store).in_salon("salon-2", &store));
    let (a, b) =
        (here.register(hanako("09012345678", "a@example.jp")).unwrap(), there.register(hanako("09012345678", "a@example.jp")).unwrap());
    here.list(a, ListKind::Black, "暴言").unwrap();
    assert_eq!(a, b);
    assert!(there.book(b, MORNING.plus_ms(DAY)).is_ok() && here.book(a, MORNING.plus_ms(DAY)).is_err());
}
