//! Deadlines and cancellation fees キャンセル料: R4, R5, R6.
use daicho::*;
use daicho_tests::*;

const START: Instant = MORNING.plus_ms(3 * DAY);

fn with(policy: CancellationPolicy) -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (policy, true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn yen(amount: i64) -> Charge {
    Charge::Yen { amount: Yen(amount) }
}

fn percent(percent: u8) -> Charge {
    Charge::Percent { percent }
}

fn tier(hours_before: u32, charge: Charge) -> FeeTier {
    FeeTier { hours_before, charge }
}

fn flat(deadline: Deadline) -> CancellationPolicy {
    CancellationPolicy { deadline, tiers: vec![tier(8_760, yen(1_000))], no_show: yen(2_000), tickets: LateTickets::Release }
}

fn stored(desk: &Desk<MemoryStore>, who: CustomerId, id: ReservationId) -> Reservation {
    desk.reservation(who, id).unwrap().unwrap().reservation
}

// What a cancel by the customer costs, so many milliseconds after an instant.
fn cost(policy: &CancellationPolicy, calendar: Calendar, start: Instant, at: Instant) -> (CancelTiming, i64) {
    let (mut desk, who) = with(policy.clone());
    desk.configure(|settings| settings.calendar = calendar).unwrap();
    desk.now = at.plus_ms(-400 * DAY);
    let booked = desk.book(who, start).unwrap();
    desk.now = at;
    let due = desk.step(booked, Move::CancelByCustomer).unwrap().due;
    match stored(&desk, who, booked).booking {
        BookingState::Cancelled { by: CancelledBy::Customer, timing, .. } => (timing, due.0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn r4_up_to_the_deadline_itself_a_cancel_is_early_whatever_the_policy_and_the_calendar() {
    let japan = Calendar::default();
    let hawaii = Calendar { utc_offset_minutes: -600, day_starts_minutes: 0 };
    let nepal = Calendar { utc_offset_minutes: 345, day_starts_minutes: 0 };
    let day: Date = id("2026-11-24");
    let clock = |calendar: Calendar, day: &str, minutes: i32| calendar.at(id(day), minutes);
    let hours = |hours| Deadline::HoursBefore { hours };
    let days = |days, minutes| Deadline::DaysBefore { days, minutes };
    for (deadline, calendar, start, at) in [
        (hours(24), japan, START, START.plus_ms(-DAY)),
        (hours(0), japan, START, START),
        (hours(1), hawaii, START, START.plus_ms(-HOUR)),
        (hours(8_760), japan, START, START.plus_ms(-365 * DAY)),
        (days(1, 18 * 60), japan, japan.at(day, 10 * 60), clock(japan, "2026-11-23", 18 * 60)),
        (days(0, 0), japan, japan.at(day, 10 * 60), clock(japan, "2026-11-24", 0)),
        (days(0, 9 * 60), hawaii, hawaii.at(day, 10 * 60), clock(hawaii, "2026-11-24", 9 * 60)),
        (days(3, 1_439), nepal, nepal.at(day, 0), clock(nepal, "2026-11-21", 1_439)),
        (days(364, 0), japan, japan.at(day, 600), clock(japan, "2025-11-25", 0)),
        // A time of day after the start would let a customer cancel a visit that has begun.
        (days(0, 18 * 60), japan, japan.at(day, 10 * 60), japan.at(day, 10 * 60)),
        // A month's end and a leap day lie between.
        (days(1, 12 * 60), japan, clock(japan, "2028-03-01", 60), clock(japan, "2028-02-29", 12 * 60)),
        (days(1, 12 * 60), japan, clock(japan, "2027-01-01", 60), clock(japan, "2026-12-31", 12 * 60)),
    ] {
        let policy = flat(deadline);
        for (ms, timing, due) in [(-1, CancelTiming::Early, 0), (0, CancelTiming::Early, 0), (1, CancelTiming::Late, 1_000)] {
            assert_eq!(cost(&policy, calendar, start, at.plus_ms(ms)), (timing, due), "{deadline:?} {calendar:?} {ms} ms");
        }
    }
}

#[test]
fn r4_a_deadline_that_has_passed_when_it_is_booked_makes_any_cancel_late() {
    let (desk, who) = with(flat(Deadline::HoursBefore { hours: 24 }));
    let booked = desk.run(cut(who, MORNING.plus_ms(HOUR))).unwrap();
    assert_eq!(booked.deadline, MORNING.plus_ms(HOUR - DAY));
    assert_eq!(desk.step(booked.reservation, Move::CancelByCustomer).unwrap().due, Yen(1_000));
}

#[test]
fn r6_of_the_tiers_that_are_reached_the_one_nearest_to_the_start_counts() {
    // Given out of order: the order they are written in decides nothing.
    let tiers = vec![tier(24, percent(50)), tier(72, percent(20)), tier(2, percent(100)), tier(48, yen(1_500))];
    let policy = CancellationPolicy { deadline: Deadline::HoursBefore { hours: 96 }, tiers, ..strict() };
    let japan = Calendar::default();
    for (before, due) in [
        // At or before the deadline: nothing. After it, but before every tier: nothing either.
        (96 * HOUR, 0),
        (96 * HOUR - 1, 0),
        (72 * HOUR, 0),
        (72 * HOUR - 1, 880),
        (48 * HOUR, 880),
        (48 * HOUR - 1, 1_500),
        (24 * HOUR, 1_500),
        (24 * HOUR - 1, 2_200),
        (2 * HOUR, 2_200),
        (2 * HOUR - 1, 4_400),
        (0, 4_400),
        (-9 * HOUR, 4_400),
    ] {
        assert_eq!(cost(&policy, japan, START, START.plus_ms(-before)).1, due, "{before} ms before the start");
    }
}

#[test]
fn r4_a_late_cancel_that_costs_nothing_is_late_all_the_same() {
    let policy = CancellationPolicy { tiers: vec![], ..strict() };
    assert_eq!(cost(&policy, Calendar::default(), START, START), (CancelTiming::Late, 0));
    let (mut desk, who) = with(policy);
    let booked = desk.book(who, START).unwrap();
    desk.now = START;
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().label, Some(Label::Cancelled));
    assert_eq!(stored(&desk, who, booked).fee, Fee::None);
}

#[test]
fn r4_a_no_show_is_said_from_the_start_on_and_costs_what_the_policy_says() {
    let (mut desk, who) = with(flat(Deadline::HoursBefore { hours: 24 }));
    let booked = desk.book(who, START).unwrap();
    desk.now = START.plus_ms(-1);
    let error = desk.step(booked, Move::NoShow).unwrap_err();
    assert_eq!((error.code(), error.data()["from"].as_i64()), ("booking.too_early", Some(START.0)));
    desk.now = START;
    let moved = desk.step(booked, Move::NoShow).unwrap();
    assert_eq!((moved.due, moved.label), (Yen(2_000), Some(Label::FeeUnpaid)));
}

#[test]
fn r6_percent_is_of_all_lines_and_rounded_down() {
    let (mut desk, who) = with(CancellationPolicy { tiers: vec![tier(24, percent(33))], ..strict() });
    let line = |price| Line { menu: id("cut"), staff: None, price: Yen(price), kind: LineKind::Option };
    // 33 % of ¥1,000 is ¥330; of the two lines apart it would be 329 (¥165.66 and ¥164.34).
    let booked = desk.run(Book { lines: vec![line(502), line(498)], ..cut(who, START) }).unwrap().reservation;
    let odd = desk.run(Book { lines: vec![line(1_001)], ..cut(who, START) }).unwrap().reservation;
    desk.now = START;
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().due, Yen(330));
    assert_eq!(desk.step(odd, Move::CancelByCustomer).unwrap().due, Yen(330), "¥330.33");
}

#[test]
fn r6_the_policy_is_the_one_of_the_booking() {
    let (mut desk, who) = with(flat(Deadline::HoursBefore { hours: 24 }));
    let ids: Vec<ReservationId> = (0..3).map(|_| desk.book(who, START).unwrap()).collect();
    desk.configure(|settings| {
        settings.cancellation = CancellationPolicy {
            deadline: Deadline::HoursBefore { hours: 0 },
            tiers: vec![tier(24, yen(9_999))],
            no_show: yen(9_999),
            tickets: LateTickets::Consume,
        };
    })
    .unwrap();
    assert_eq!(stored(&desk, who, ids[0]).policy, flat(Deadline::HoursBefore { hours: 24 }));
    // A reschedule before the deadline goes by the frozen policy too.
    let moved =
        desk.run(Reschedule { reservation: ids[1], start: START.plus_ms(DAY), end: START.plus_ms(DAY + HOUR), staff: None }).unwrap();
    assert_eq!(moved.deadline, START);
    desk.now = START.plus_ms(-DAY + 1);
    assert_eq!(desk.step(ids[0], Move::CancelByCustomer).unwrap().due, Yen(1_000));
    assert_eq!(desk.step(ids[1], Move::CancelByCustomer).unwrap().due, Yen(0), "its own deadline is a day later");
    desk.now = START;
    assert_eq!(desk.step(ids[2], Move::NoShow).unwrap().due, Yen(2_000));
    // What is booked now goes by the new one.
    desk.now = MORNING;
    let new = desk.run(cut(who, START)).unwrap();
    assert_eq!(new.deadline, START);
}

#[test]
fn r6_a_calendar_that_changes_later_moves_no_deadline() {
    let (mut desk, who) = with(flat(Deadline::DaysBefore { days: 1, minutes: 18 * 60 }));
    let booked = desk.run(cut(who, START)).unwrap();
    desk.configure(|settings| settings.calendar.utc_offset_minutes = 0).unwrap();
    desk.now = booked.deadline.plus_ms(1);
    assert_eq!(desk.step(booked.reservation, Move::CancelByCustomer).unwrap().due, Yen(1_000));
}

#[test]
fn r6_rescheduled_up_to_the_deadline_the_deadline_moves_along_and_after_it_stays() {
    let policy = CancellationPolicy { tiers: vec![tier(24, percent(50)), tier(2, percent(100))], ..strict() };
    for (ms, deadline) in [(-1, START.plus_ms(9 * DAY)), (0, START.plus_ms(9 * DAY)), (1, START.plus_ms(-DAY))] {
        let (mut desk, who) = with(policy.clone());
        let booked = desk.run(cut(who, START)).unwrap();
        desk.now = booked.deadline.plus_ms(ms);
        let start = START.plus_ms(10 * DAY);
        let moved = desk.run(Reschedule { reservation: booked.reservation, start, end: start.plus_ms(HOUR), staff: None }).unwrap();
        assert_eq!(moved.deadline, deadline, "{ms} ms");
    }
}

#[test]
fn r6_after_the_deadline_a_new_date_makes_neither_a_free_cancel_nor_a_lower_fee() {
    let policy = CancellationPolicy { tiers: vec![tier(24, percent(50)), tier(2, percent(100))], ..strict() };
    // Moved an hour before the start, when all is due already, to a day far off; and from there on and back again.
    for days in [vec![10], vec![10, 20], vec![10, 0], vec![-1]] {
        let (mut desk, who) = with(policy.clone());
        let booked = desk.book(who, START).unwrap();
        desk.now = START.plus_ms(-HOUR);
        for day in &days {
            let start = START.plus_ms(day * DAY);
            desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None }).unwrap();
        }
        desk.now = desk.now.plus_ms(1);
        let moved = desk.step(booked, Move::CancelByCustomer).unwrap();
        assert_eq!((moved.due, moved.label), (Yen(4_400), Some(Label::FeeUnpaid)), "{days:?}");
    }
}

#[test]
fn r6_moved_late_the_fee_still_rises_with_the_old_start() {
    let policy = CancellationPolicy { tiers: vec![tier(24, percent(50)), tier(2, percent(100))], ..strict() };
    for (hours_before, due) in [(3, 2_200), (1, 4_400)] {
        let (mut desk, who) = with(policy.clone());
        let booked = desk.book(who, START).unwrap();
        desk.now = START.plus_ms(-23 * HOUR);
        let start = START.plus_ms(10 * DAY);
        desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None }).unwrap();
        assert_eq!(stored(&desk, who, booked).policy_start, Some(START));
        desk.now = START.plus_ms(-hours_before * HOUR);
        assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().due, Yen(due));
    }
}

#[test]
fn r4_a_cancel_by_the_shop_costs_nothing_and_counts_against_nobody_whenever_it_comes() {
    for (at, prepay) in [(MORNING, false), (START.plus_ms(-1), true), (START.plus_ms(DAY), false), (START.plus_ms(DAY), true)] {
        let (mut desk, who) = with(flat(Deadline::HoursBefore { hours: 24 }));
        let booked = desk.run(Book { prepay, ..cut(who, START) }).unwrap().reservation;
        if prepay {
            desk.step(booked, Move::PayPrepayment).unwrap();
        }
        desk.now = at;
        let moved = desk.step(booked, Move::CancelByShop).unwrap();
        assert_eq!((moved.due, moved.refund), (Yen::ZERO, Yen(if prepay { 4_400 } else { 0 })));
        let figures = desk.figures(who).unwrap();
        assert_eq!((figures.cancellations.total, figures.last_minute_cancel, figures.due, figures.reservations), (0, false, Yen::ZERO, 1));
    }
}

#[test]
fn r4_a_prepayment_covers_what_it_can_and_the_rest_of_either_is_told() {
    // Fee, then: kept, to be given back, due.
    for (fee, kept, refund, due) in
        [(1, 1, 4_399, 0), (4_399, 4_399, 1, 0), (4_400, 4_400, 0, 0), (4_401, 4_400, 0, 1), (9_999, 4_400, 0, 5_599)]
    {
        for no_show in [false, true] {
            let policy = CancellationPolicy { tiers: vec![tier(24, yen(fee))], no_show: yen(fee), ..strict() };
            let (mut desk, who) = with(policy);
            let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
            desk.step(booked, Move::PayPrepayment).unwrap();
            desk.now = START;
            let moved = desk.step(booked, if no_show { Move::NoShow } else { Move::CancelByCustomer }).unwrap();
            assert_eq!((moved.refund, moved.due), (Yen(refund), Yen(due)), "fee {fee}");
            let now = stored(&desk, who, booked);
            assert_eq!(now.prepayment, Prepayment::Kept { kept: Yen(kept), refund: Yen(refund) });
            assert_eq!(now.fee, if due > 0 { Fee::Due { amount: Yen(due) } } else { Fee::Paid { amount: Yen(fee) } });
            assert_eq!(kept + refund, 4_400, "all of the prepayment is somewhere");
            assert_eq!(kept + due, fee, "all of the fee is somewhere");
        }
    }
}

#[test]
fn r4_an_early_cancel_gives_the_whole_prepayment_back() {
    let (desk, who) = with(strict());
    let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    let moved = desk.step(booked, Move::CancelByCustomer).unwrap();
    assert_eq!((moved.refund, moved.due, moved.label), (Yen(4_400), Yen::ZERO, Some(Label::Cancelled)));
    assert_eq!(stored(&desk, who, booked).prepayment, Prepayment::Refunded { amount: Yen(4_400) });
}

#[test]
fn r4_a_prepayment_that_went_back_before_covers_nothing() {
    let (mut desk, who) = with(strict());
    let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    assert_eq!(desk.step(booked, Move::RefundPrepayment).unwrap().refund, Yen(4_400));
    desk.now = START;
    let moved = desk.step(booked, Move::NoShow).unwrap();
    assert_eq!((moved.due, moved.refund), (Yen(4_400), Yen::ZERO));
}

#[test]
fn r5_a_fee_is_paid_in_full_to_the_yen_or_not_at_all() {
    let (mut desk, who) = with(strict());
    let booked = desk.book(who, START).unwrap();
    desk.now = START;
    desk.step(booked, Move::CancelByCustomer).unwrap();
    for amount in [0, 1, 2_199, 2_201, -2_200, i64::MAX] {
        let error = desk.step(booked, Move::PayFee { amount: Yen(amount) }).unwrap_err();
        assert_eq!((error.code(), error.data()["due"].as_i64()), ("booking.amount", Some(2_200)), "{amount}");
    }
    assert_eq!(desk.figures(who).unwrap().due, Yen(2_200));
    assert_eq!(desk.step(booked, Move::PayFee { amount: Yen(2_200) }).unwrap().due, Yen::ZERO);
    assert_eq!(stored(&desk, who, booked).fee, Fee::Paid { amount: Yen(2_200) });
    assert_eq!(desk.step(booked, Move::PayFee { amount: Yen(2_200) }).unwrap_err().code(), "booking.not_allowed");
}

#[test]
fn r5_neither_paying_nor_waiving_changes_the_booking_the_timing_or_any_count() {
    for waive in [false, true] {
        for no_show in [false, true] {
            let (mut desk, who) = with(strict());
            let booked = desk.book(who, START).unwrap();
            desk.now = START;
            let due = desk.step(booked, if no_show { Move::NoShow } else { Move::CancelByCustomer }).unwrap().due;
            let (before, state) = (desk.figures(who).unwrap(), stored(&desk, who, booked).booking);
            desk.now = START.plus_ms(DAY);
            desk.step(booked, if waive { Move::WaiveFee { reason: "急病".into() } } else { Move::PayFee { amount: due } }).unwrap();
            let after = desk.figures(who).unwrap();
            assert_eq!(stored(&desk, who, booked).booking, state);
            assert_eq!(after, CustomerFigures { due: Yen::ZERO, ..before });
            assert_eq!((after.cancellations.late, after.cancellations.no_shows), (u32::from(!no_show), u32::from(no_show)));
        }
    }
}

#[test]
fn r3_entered_in_error_gives_back_every_yen_that_was_kept_or_paid_and_counts_nowhere() {
    // Below, at and above the price of ¥4,400, and so that what is left due is again ¥4,400.
    for fee in [0, 1, 4_400, 8_800, 9_999] {
        for (prepay, no_show, waive) in (0_u8..8).map(|bits| (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0)) {
            let place = format!("fee {fee} prepay {prepay} no-show {no_show} waive {waive}");
            let policy = CancellationPolicy { tiers: vec![tier(24, yen(fee))], no_show: yen(fee), ..strict() };
            let (mut desk, who) = with(policy);
            let nothing = desk.figures(who).unwrap();
            let booked = desk.run(Book { prepay, ..cut(who, START) }).unwrap().reservation;
            let (mut paid, mut back) = (0, 0);
            if prepay {
                desk.step(booked, Move::PayPrepayment).unwrap();
                paid += 4_400;
            }
            desk.now = START;
            let ended = desk.step(booked, if no_show { Move::NoShow } else { Move::CancelByCustomer }).unwrap();
            back += ended.refund.0;
            if ended.due > Yen::ZERO {
                let error = desk.step(booked, Move::EnteredInError).unwrap_err();
                assert_eq!((error.code(), &error.data()["allowed"]), ("booking.not_allowed", &serde_json::json!(["payFee", "waiveFee"])));
                if waive {
                    desk.step(booked, Move::WaiveFee { reason: "急病".into() }).unwrap();
                } else {
                    desk.step(booked, Move::PayFee { amount: ended.due }).unwrap();
                    paid += ended.due.0;
                }
            }
            // Later edits of the salon's policy change nothing of it.
            desk.configure(|settings| settings.cancellation = CancellationPolicy::default()).unwrap();
            let error = desk.step(booked, Move::EnteredInError).unwrap();
            assert_eq!((back + error.refund.0, error.due, error.label), (paid, Yen::ZERO, None), "{place}");
            assert_eq!(desk.figures(who).unwrap(), nothing, "{place}");
            assert_eq!(desk.breaches().unwrap(), [], "{place}");
            let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
            let both = desk.preview(other, who).unwrap().both;
            assert_eq!((both.prepaid, both.fees_due), (Yen::ZERO, Yen::ZERO), "{place}");
        }
    }
}

#[test]
fn r3_entered_in_error_after_a_late_reschedule_gives_back_the_fee_of_the_old_start() {
    let policy = CancellationPolicy { tiers: vec![tier(24, yen(5_000)), tier(2, yen(9_000))], ..strict() };
    let (mut desk, who) = with(policy);
    let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    desk.now = START.plus_ms(-HOUR);
    let start = START.plus_ms(10 * DAY);
    desk.run(Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None }).unwrap();
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().due, Yen(4_600));
    desk.step(booked, Move::PayFee { amount: Yen(4_600) }).unwrap();
    desk.now = START.plus_ms(20 * DAY);
    assert_eq!(desk.step(booked, Move::EnteredInError).unwrap().refund, Yen(9_000));
}

#[test]
fn r5_a_waiver_keeps_what_was_due_who_waived_it_and_why_and_the_customer_is_not_told_why() {
    let (mut desk, who) = with(strict());
    let booked = desk.book(who, START).unwrap();
    desk.now = START;
    desk.step(booked, Move::NoShow).unwrap();
    desk.actor = Actor::new(id("staff-3"), Role::Staff);
    desk.step(booked, Move::WaiveFee { reason: " 台風 ".into() }).unwrap();
    assert_eq!(stored(&desk, who, booked).fee, Fee::Waived { amount: Yen(4_400), by: id("staff-3"), reason: "台風".into() });
    desk.actor = Actor::customer(id("account-1"), who);
    assert_eq!(stored(&desk, who, booked).fee, Fee::Waived { amount: Yen(4_400), by: id("staff-3"), reason: String::new() });
}

#[test]
fn r6_a_policy_that_cannot_be_is_refused() {
    let desk = Desk::open();
    let set = |change: &dyn Fn(&mut CancellationPolicy)| {
        desk.configure(|settings| {
            settings.cancellation = strict();
            change(&mut settings.cancellation);
        })
        .map_err(|error| (error.code(), error.fields().concat()))
        .err()
    };
    let wrong = |field: &str| Some(("booking.policy", field.to_owned()));
    assert_eq!(set(&|policy| policy.deadline = Deadline::HoursBefore { hours: 8_761 }), wrong("deadline"));
    assert_eq!(set(&|policy| policy.deadline = Deadline::DaysBefore { days: 366, minutes: 0 }), wrong("deadline"));
    assert_eq!(set(&|policy| policy.deadline = Deadline::DaysBefore { days: 1, minutes: 1_440 }), wrong("deadline"));
    assert_eq!(set(&|policy| policy.deadline = Deadline::DaysBefore { days: 1, minutes: -1 }), wrong("deadline"));
    assert_eq!(set(&|policy| policy.tiers = vec![tier(8_761, yen(1))]), wrong("tiers"));
    assert_eq!(set(&|policy| policy.tiers = vec![tier(1, yen(1)); 21]), wrong("tiers"));
    assert_eq!(set(&|policy| policy.tiers = vec![tier(1, percent(101))]), wrong("tiers"));
    assert_eq!(set(&|policy| policy.tiers = vec![tier(1, yen(-1))]), wrong("tiers"));
    assert_eq!(set(&|policy| policy.no_show = yen(1_000_000_001)), wrong("noShow"));
    assert_eq!(set(&|policy| policy.no_show = percent(101)), wrong("noShow"));
    for fine in [Deadline::HoursBefore { hours: 8_760 }, Deadline::DaysBefore { days: 365, minutes: 1_439 }] {
        let edge = |policy: &mut CancellationPolicy| {
            policy.deadline = fine;
            policy.tiers = vec![tier(8_760, percent(100)); 20];
            policy.no_show = yen(1_000_000_000);
        };
        assert_eq!(set(&edge), None);
    }
}
