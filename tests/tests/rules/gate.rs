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
        let (ahead, begun) = (desk.book(who, MORNING.plus_ms(DAY)).unwrap(), desk.book(who, MORNING.plus_ms(-1)).unwrap());
        if black {
            desk.list(who, ListKind::Black, "暴言").unwrap();
        }
        as_customer(&mut desk, who, Channel::Line);
        let start = MORNING.plus_ms(9 * DAY);
        let past = MORNING.plus_ms(-1);
        let moved = |reservation: ReservationId, start: Instant| {
            let wish = Reschedule { reservation, start, end: start.plus_ms(HOUR), staff: None };
            desk.call("reschedule", &serde_json::to_value(wish).unwrap())
        };
        let moved = [moved(ahead, past), moved(begun, start)];
        assert!(moved[0].contains("booking.in_past") && moved[1].contains("booking.started"), "{moved:?}");
        let wrong = [
            cut(who, past),
            Book { lines: vec![], ..cut(who, start) },
            Book { end: start, ..cut(who, start) },
            Book { prepay: true, ..cut(who, start) },
            Book { comment: Some("字".repeat(4_001)), ..cut(who, start) },
        ];
        (wrong.map(|book| desk.call("book", &serde_json::to_value(book).unwrap())), moved)
    };
    assert_eq!(answers(true), answers(false));
}

#[test]
fn g3_what_staff_channels_would_say_is_not_told_to_a_customer() {
    let (mut desk, who) = salon();
    as_customer(&mut desk, who, Channel::Counter);
    for channel in [Channel::Phone, Channel::Counter, Channel::StaffApp, Channel::System] {
        assert_eq!(desk.ask(MayBook { customer: who, channel }).unwrap_err().code(), "access.channel");
    }
    assert_eq!(desk.run(cut(who, MORNING.plus_ms(DAY))).unwrap_err().code(), "access.channel");
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
fn g4_what_stands_of_a_black_listed_customer_goes_on_in_every_other_way() {
    let (desk, who) = salon();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let why = || "別の人だった".to_owned();
    let moves: [&[Move]; 4] = [
        &[
            Move::Confirm,
            Move::ChoosePrepayment,
            Move::PayPrepayment,
            Move::RefundPrepayment,
            Move::Visit,
            Move::UndoVisit { reason: why() },
        ],
        &[Move::Confirm, Move::NoShow, Move::PayFee { amount: Yen(4_400) }],
        &[Move::CancelByCustomer, Move::EnteredInError],
        &[Move::CancelByShop],
    ];
    let all: Vec<_> = moves.iter().map(|_| desk.run(Book { tentative: true, ..cut(who, MORNING) }).unwrap().reservation).collect();
    desk.list(who, ListKind::Black, "暴言").unwrap();
    for (reservation, moves) in all.iter().zip(moves) {
        for to in moves {
            assert_eq!(desk.step(*reservation, to.clone()).map(|moved| moved.reservation), Ok(*reservation), "{to:?}");
        }
    }
}

#[test]
fn m2_a_merged_customers_reservation_moves_as_its_targets() {
    let (mut desk, who) = salon();
    let source = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    let (booked, other) = (desk.book(source, MORNING.plus_ms(9 * DAY)).unwrap(), desk.book(source, MORNING.plus_ms(9 * DAY)).unwrap());
    desk.merge(source, who).unwrap();
    let start = MORNING.plus_ms(8 * DAY);
    desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None }).unwrap();
    assert_eq!(desk.reservation(who, booked).unwrap().unwrap().reservation.customer, who);
    // The account of the merged record is the target's too (M6).
    as_customer(&mut desk, source, Channel::Site);
    desk.step(other, Move::CancelByCustomer).unwrap();
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

// What stands against a customer, alone and together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Against {
    black: bool,
    grey: bool,
    watch: bool,
    unpaid: bool,
    active: bool,
}

fn all_against() -> impl Iterator<Item = Against> {
    (0_u8..32).map(|bits| {
        let bit = |place: u8| bits & (1 << place) != 0;
        Against { black: bit(0), grey: bit(1), watch: bit(2), unpaid: bit(3), active: !bit(4) }
    })
}

// A salon with one such customer, who has a reservation to move.
fn standing(against: Against, policy: BlacklistPolicy) -> (Desk<MemoryStore>, CustomerId, ReservationId) {
    let (desk, who) = salon();
    desk.configure(|settings| settings.blacklist = policy).unwrap();
    let booked = desk.book(who, MORNING.plus_ms(3 * DAY)).unwrap();
    if against.unpaid {
        owe(&desk, who);
    }
    for (list, on) in [(ListKind::Black, against.black), (ListKind::Grey, against.grey), (ListKind::Watch, against.watch)] {
        if on {
            desk.list(who, list, "SECRET-MEMO").unwrap();
        }
    }
    if !against.active {
        let customer = desk.customer(who).unwrap();
        desk.force(Customer { state: CustomerState::Withdrawn { at: MORNING }, ..customer }.into()).unwrap();
    }
    (desk, who, booked)
}

fn head(desk: &Desk<MemoryStore>) -> daicho::store::Head {
    desk.ledger.store().load(desk.ledger.salon(), &[]).unwrap().head
}

#[test]
fn g1_g3_every_role_on_every_channel_under_every_policy_is_answered_by_the_rule() {
    for policy in [BlacklistPolicy::AllChannels, BlacklistPolicy::OnlineOnly] {
        for against in all_against() {
            let (mut desk, who, _) = standing(against, policy);
            for role in Role::ANYONE {
                for channel in CHANNELS {
                    let customer = *role == Role::Customer;
                    let online = matches!(channel, Channel::Site | Channel::Line);
                    desk.actor =
                        if customer { Actor::customer(id("account-1"), who) } else { Actor::new(id(&format!("{}-2", role.name())), *role) };
                    desk.channel = channel;
                    let place = format!("{policy:?} {against:?} {role:?} {channel:?}");
                    let asked = desk.ask(MayBook { customer: who, channel });
                    let before = head(&desk);
                    let booked = desk.run(cut(who, MORNING.plus_ms(9 * DAY)));
                    if customer && !online {
                        assert_eq!(asked.unwrap_err().code(), "access.channel", "{place}");
                        assert_eq!(booked.unwrap_err().code(), "access.channel", "{place}");
                        continue;
                    }
                    // G3 in its own words: black outranks all, then whoever is not active, then the fee, online.
                    let black = against.black && (online || policy == BlacklistPolicy::AllChannels);
                    let (denied, public, code) = if black {
                        (true, Some(FULLY_BOOKED), if customer { "booking.unavailable" } else { "booking.blacklisted" })
                    } else if !against.active {
                        (true, Some(FULLY_BOOKED), if customer { "booking.unavailable" } else { "customer.not_active" })
                    } else if against.unpaid && online {
                        (true, Some("キャンセル料2,200円のお支払いがお済みでないため、ご予約いただけません。"), "booking.unpaid_fee")
                    } else {
                        (false, None, "ok")
                    };
                    let gate = asked.unwrap();
                    let warned = against.black || against.grey || against.watch || against.unpaid;
                    let verdict = match (denied, warned && !customer) {
                        (true, _) => Verdict::Denied,
                        (false, true) => Verdict::AllowedWithWarnings,
                        (false, false) => Verdict::Allowed,
                    };
                    assert_eq!((gate.verdict, gate.public_message.as_deref()), (verdict, public), "{place}");
                    let mut reasons = Vec::new();
                    if !customer {
                        reasons.extend(against.black.then_some(GateReason::Blacklisted));
                        reasons
                            .extend((!against.active).then_some(GateReason::NotActive { state: CustomerState::Withdrawn { at: MORNING } }));
                        reasons.extend(against.unpaid.then_some(GateReason::UnpaidFee { amount: Yen(2_200) }));
                        reasons.extend(against.grey.then_some(GateReason::GreyListed));
                        reasons.extend(against.watch.then_some(GateReason::Watched));
                    }
                    assert_eq!(gate.staff_reasons, reasons, "{place}");
                    match booked {
                        Ok(done) => {
                            assert_eq!((code, done.warnings), ("ok", reasons), "{place}");
                            assert_ne!(head(&desk), before);
                        }
                        Err(error) => {
                            assert_eq!(error.code(), code, "{place}");
                            assert_eq!(error.data()["publicMessage"].as_str(), public.filter(|_| code != "customer.not_active"), "{place}");
                            assert_eq!(head(&desk), before, "what is refused is not logged: {place}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn g4_rescheduling_is_a_new_booking_to_the_gate_and_cancelling_is_not() {
    for policy in [BlacklistPolicy::AllChannels, BlacklistPolicy::OnlineOnly] {
        for against in all_against().filter(|against| against.active) {
            for role in Role::ANYONE {
                for channel in CHANNELS {
                    let (mut desk, who, booked) = standing(against, policy);
                    let customer = *role == Role::Customer;
                    let online = matches!(channel, Channel::Site | Channel::Line);
                    if customer && !online {
                        continue;
                    }
                    desk.actor =
                        if customer { Actor::customer(id("account-1"), who) } else { Actor::new(id(&format!("{}-2", role.name())), *role) };
                    desk.channel = channel;
                    let start = MORNING.plus_ms(9 * DAY);
                    let (before, kept) = (head(&desk), desk.reservation(who, booked).unwrap().unwrap().reservation);
                    let moved = desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None });
                    let black = against.black && (online || policy == BlacklistPolicy::AllChannels);
                    let code = match (black, against.unpaid && online) {
                        (true, _) if customer => "booking.unavailable",
                        (true, _) => "booking.blacklisted",
                        (false, true) => "booking.unpaid_fee",
                        (false, false) => "ok",
                    };
                    assert_eq!(moved.as_ref().map_or_else(Error::code, |_| "ok"), code, "{policy:?} {against:?} {role:?} {channel:?}");
                    if moved.is_err() {
                        assert_eq!(head(&desk), before);
                        assert!(desk.reservation(who, booked).unwrap().unwrap().reservation == kept, "what they have they keep");
                    }
                    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().label, Some(Label::Cancelled));
                }
            }
        }
    }
}

#[test]
fn g3_the_answer_to_a_blocked_customer_is_the_one_of_a_full_calendar_on_every_way_out() {
    let full = Error::fully_booked();
    let fault = daicho::error::Fault::of(&full);
    let door = serde_json::to_string(&json!({ "error": fault })).unwrap();
    for black in [true, false] {
        for channel in [Channel::Site, Channel::Line] {
            let against = Against { black, grey: false, watch: true, unpaid: black, active: black };
            let (mut desk, who, booked) = standing(against, BlacklistPolicy::AllChannels);
            as_customer(&mut desk, who, channel);
            let start = MORNING.plus_ms(9 * DAY);
            let reschedule = Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None };
            let before = head(&desk);
            for error in [desk.run(cut(who, start)).unwrap_err(), desk.run(reschedule.clone()).unwrap_err()] {
                assert_eq!(error, full);
                assert_eq!((error.to_string(), format!("{error:?}")), (full.to_string(), format!("{full:?}")));
                assert_eq!(daicho::error::Fault::of(&error), fault);
                assert_eq!(
                    (error.code(), error.data(), error.fields(), error.is_retryable()),
                    (full.code(), full.data(), full.fields(), false)
                );
            }
            // The door's answer, byte for byte, with its keys in their order.
            let answers = [
                desk.call("book", &serde_json::to_value(cut(who, start)).unwrap()),
                desk.call("reschedule", &serde_json::to_value(reschedule).unwrap()),
            ];
            for answer in &answers {
                assert_eq!(serde_json::from_str::<Value>(answer).unwrap(), serde_json::from_str::<Value>(&door).unwrap());
                assert_eq!(answer.len(), door.len());
            }
            assert_eq!(answers[0], answers[1]);
            assert_eq!(head(&desk), before, "nothing is logged of it");
            assert_eq!(full.data(), json!({ "publicMessage": "申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。" }));
        }
    }
}

#[test]
fn g3_a_blocked_customer_learns_no_more_from_a_wrong_ticket_than_anybody() {
    let answers = |black: bool| {
        let (mut desk, who) = salon();
        let plan = desk.plan("cut-3", till::three_cuts()).unwrap();
        let ticket = desk.sell(who, &plan, 10_000).unwrap();
        let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
        let theirs = desk.sell(other, &plan, 10_000).unwrap();
        let start = MORNING.plus_ms(3 * DAY);
        let held = desk.run(Book { tickets: vec![till::uses(Some(ticket), 1)], ..cut(who, start) }).unwrap().reservation;
        if black {
            desk.list(who, ListKind::Black, "暴言").unwrap();
        }
        as_customer(&mut desk, who, Channel::Site);
        let far = MORNING.plus_ms(400 * DAY);
        let book = |wish: TicketWish, start: Instant| serde_json::to_value(Book { tickets: vec![wish], ..cut(who, start) }).unwrap();
        let moved = |reservation: &str, start: Instant, end: Instant| json!({ "reservation": reservation, "start": start, "end": end });
        [
            desk.call("book", &book(till::uses(None, 0), start)),
            desk.call("book", &book(till::uses(None, 9), start)),
            desk.call("book", &book(till::uses(Some(theirs), 1), start)),
            desk.call("book", &book(till::uses(Some(ticket), 1), far)),
            desk.call("reschedule", &moved(&held.to_string(), far, far.plus_ms(HOUR))),
            desk.call("reschedule", &moved(&held.to_string(), start, start)),
            desk.call("reschedule", &moved("r99", start, start.plus_ms(HOUR))),
        ]
    };
    assert_eq!(answers(true), answers(false));
}

#[test]
fn g2_g4_a_listing_that_is_removed_leaves_an_ordinary_customer_and_what_they_had_stays() {
    let (mut desk, who) = salon();
    let booked = desk.book(who, MORNING.plus_ms(3 * DAY)).unwrap();
    let listing = desk.list(who, ListKind::Black, "暴言").unwrap().listing;
    assert_eq!(desk.list(who, ListKind::Black, "再").unwrap_err().code(), "listing.already_listed");
    assert_eq!(desk.reservation(who, booked).unwrap().unwrap().label, Label::Upcoming);
    desk.run(RemoveListing { listing }).unwrap();
    assert_eq!(desk.ask(GetListings { customer: who }).unwrap().listings.len(), 1, "it stays in the history");
    as_customer(&mut desk, who, Channel::Line);
    let start = MORNING.plus_ms(9 * DAY);
    assert!(desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None }).is_ok());
    assert!(desk.run(cut(who, start)).is_ok());
}

#[test]
fn g3_the_amount_is_written_in_groups_of_three() {
    for (fee, text) in [(1, "1"), (100, "100"), (1_000, "1,000"), (123_456, "123,456"), (1_000_000_000, "1,000,000,000")] {
        let (mut desk, who) = salon();
        desk.configure(|settings| settings.cancellation.no_show = Charge::Yen { amount: Yen(fee) }).unwrap();
        let missed = desk.book(who, MORNING).unwrap();
        desk.step(missed, Move::NoShow).unwrap();
        as_customer(&mut desk, who, Channel::Site);
        let said = format!("キャンセル料{text}円のお支払いがお済みでないため、ご予約いただけません。");
        assert_eq!(desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().public_message, Some(said.clone()));
        let error = desk.run(cut(who, MORNING.plus_ms(DAY))).unwrap_err();
        assert_eq!(
            (error.code(), error.data()["publicMessage"].as_str(), error.data()["amount"].as_i64()),
            ("booking.unpaid_fee", Some(said.as_str()), Some(fee))
        );
    }
}
