//! Reservations: R1, R2, R4.
use daicho::*;
use daicho_tests::*;

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

#[test]
fn r1_a_reservation_keeps_everything_it_was_booked_with() {
    let (mut desk, who) = salon();
    desk.channel = Channel::Phone;
    let line = |menu: &str, staff: Option<&str>, price: i64, kind: LineKind| Line {
        menu: id(menu),
        staff: staff.map(id),
        price: Yen(price),
        kind,
    };
    let lines = vec![
        line("cut", None, 4_400, LineKind::Basic),
        line("head-spa", Some("staff-2"), 1_100, LineKind::Option),
        line("ticket-5", None, 0, LineKind::Ticket),
    ];
    let start = MORNING.plus_ms(2 * DAY);
    let book = Book {
        staff: Some(id("staff-1")),
        lines: lines.clone(),
        comment: Some("前髪は\r\n短め".into()),
        prepay: true,
        tentative: true,
        tickets: Vec::new(),
        ..cut(who, start)
    };
    let booked = desk.run(book).unwrap();
    assert_eq!((booked.label, booked.deadline), (Some(Label::Tentative), start.plus_ms(-DAY)));
    let row = desk.reservation(who, booked.reservation).unwrap().unwrap();
    let expected = Reservation {
        id: booked.reservation,
        customer: who,
        version: 1,
        shop: id("shop-1"),
        staff: Some(id("staff-1")),
        lines,
        start,
        end: start.plus_ms(HOUR),
        booked_by: Channel::Phone,
        booked_at: MORNING,
        comment: Some("前髪は\n短め".into()),
        policy: strict(),
        deadline: start.plus_ms(-DAY),
        booking: BookingState::Tentative,
        prepayment: Prepayment::Unpaid,
        fee: Fee::None,
        ever_confirmed: false,
        policy_start: None,
        tickets: Vec::new(),
        covered: None,
        earns: None,
        checkout: None,
        corrections: Vec::new(),
    };
    assert!(row.reservation == expected);
    assert_eq!((row.day.to_string().as_str(), row.reservation.price().unwrap()), ("2026-11-23", Yen(5_500)));
}

#[test]
fn r1_what_cannot_be_booked_is_refused() {
    let (desk, who) = salon();
    let start = MORNING.plus_ms(DAY);
    let of = |price: i64| vec![Line { menu: id("cut"), staff: None, price: Yen(price), kind: LineKind::Basic }];
    for (book, code) in [
        (Book { lines: vec![], ..cut(who, start) }, "booking.no_lines"),
        (Book { lines: vec![of(1); 51].concat(), ..cut(who, start) }, "booking.no_lines"),
        (Book { lines: of(-1), ..cut(who, start) }, "amount.out_of_range"),
        (Book { lines: of(1_000_000_001), ..cut(who, start) }, "amount.out_of_range"),
        (Book { end: start, ..cut(who, start) }, "booking.ends_before_start"),
        (Book { end: start.plus_ms(DAY + 1), ..cut(who, start) }, "booking.too_long"),
        (Book { start: Instant(i64::MAX - 1), end: Instant(i64::MAX), ..cut(who, start) }, "time.instant"),
        (Book { customer: id("c9"), ..cut(who, start) }, "customer.not_found"),
    ] {
        assert_eq!(desk.run(book).unwrap_err().code(), code);
    }
    assert!(desk.run(Book { end: start.plus_ms(DAY), lines: vec![of(0); 50].concat(), ..cut(who, start) }).is_ok());
    desk.configure(|settings| settings.prepayment = false).unwrap();
    assert_eq!(desk.run(Book { prepay: true, ..cut(who, start) }).unwrap_err().code(), "booking.prepayment_off");
}

fn states() -> (Vec<BookingState>, Vec<Prepayment>, Vec<Fee>) {
    let at = MORNING;
    let mut bookings = vec![
        BookingState::Tentative,
        BookingState::Confirmed,
        BookingState::Visited { at },
        BookingState::NoShow { at },
        BookingState::EnteredInError { at },
    ];
    for by in [CancelledBy::Customer, CancelledBy::Shop] {
        bookings.extend([CancelTiming::Early, CancelTiming::Late].map(|timing| BookingState::Cancelled { by, at, timing }));
    }
    let amount = Yen(100);
    let prepayments = vec![
        Prepayment::NotSelected,
        Prepayment::Unpaid,
        Prepayment::Paid { amount },
        Prepayment::Refunded { amount },
        Prepayment::Kept { kept: amount, refund: Yen(0) },
    ];
    let fees = vec![Fee::None, Fee::Due { amount }, Fee::Paid { amount }, Fee::Waived { amount, by: id("s"), reason: "x".into() }];
    (bookings, prepayments, fees)
}

// SPEC's table, row by row, in its own words.
fn rows(booking: BookingState, prepayment: Prepayment, fee: &Fee) -> Vec<&'static str> {
    use BookingState as B;
    let selected = !matches!(prepayment, Prepayment::NotSelected);
    let cancelled_or_no_show = matches!(booking, B::Cancelled { .. } | B::NoShow { .. });
    let late_cancel = matches!(booking, B::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. });
    let fee_unpaid = (late_cancel || matches!(booking, B::NoShow { .. })) && matches!(fee, Fee::Due { .. });
    let by_shop_prepaid = matches!(booking, B::Cancelled { by: CancelledBy::Shop, .. }) && selected;
    let confirmed = matches!(booking, B::Confirmed);
    [
        ("仮予約中", matches!(booking, B::Tentative)),
        ("事前決済未払い", confirmed && matches!(prepayment, Prepayment::Unpaid)),
        (
            "予約中来店前",
            confirmed && matches!(prepayment, Prepayment::NotSelected | Prepayment::Refunded { .. } | Prepayment::Kept { .. }),
        ),
        ("事前決済支払い済み", confirmed && matches!(prepayment, Prepayment::Paid { .. })),
        ("来店済み", matches!(booking, B::Visited { .. })),
        ("キャンセル料未払い", fee_unpaid),
        ("事前決済店舗都合キャンセル", by_shop_prepaid),
        ("キャンセル", cancelled_or_no_show && !fee_unpaid && !by_shop_prepaid),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .map(|(label, _)| label)
    .collect()
}

#[test]
fn r2_every_combination_has_the_one_label_of_the_table() {
    let (bookings, prepayments, fees) = states();
    let (mut cases, mut seen) = (0, std::collections::BTreeSet::new());
    for booking in &bookings {
        for prepayment in &prepayments {
            for fee in &fees {
                let label = Label::of(*booking, *prepayment, fee);
                let said: Vec<&str> = label.iter().map(|label| label.japanese()).collect();
                assert_eq!(said, rows(*booking, *prepayment, fee), "{booking:?} {prepayment:?} {fee:?}");
                assert_eq!(label.is_none(), matches!(booking, BookingState::EnteredInError { .. }));
                seen.extend(label);
                cases += 1;
            }
        }
    }
    assert_eq!((cases, seen.len()), (9 * 5 * 4, 8));
    assert!(seen.into_iter().eq(Label::ALL));
}

#[test]
fn r2_three_labels_belong_to_prepayment() {
    let with: Vec<&str> = Label::ALL.into_iter().filter(|label| label.needs_prepayment()).map(Label::japanese).collect();
    assert_eq!(with, ["事前決済未払い", "事前決済支払い済み", "事前決済店舗都合キャンセル"]);
    // Turning the setting off rewrites nothing.
    let (desk, who) = salon();
    let paid = desk.run(Book { prepay: true, ..cut(who, MORNING.plus_ms(9 * DAY)) }).unwrap().reservation;
    desk.configure(|settings| settings.prepayment = false).unwrap();
    let label = |desk: &Desk<MemoryStore>| desk.reservation(who, paid).unwrap().unwrap().label;
    assert_eq!(label(&desk), Label::PrepaymentUnpaid);
    desk.step(paid, Move::PayPrepayment).unwrap();
    assert_eq!(label(&desk), Label::Prepaid);
    assert_eq!(desk.step(paid, Move::CancelByShop).unwrap().label, Some(Label::ShopCancelledPrepaid));
}

#[test]
fn r2_entered_in_error_is_in_no_list_and_no_count_but_in_the_journal() {
    let (desk, who) = salon();
    let wrong = desk.book(who, MORNING.plus_ms(DAY)).unwrap();
    assert_eq!(desk.ask(GetCustomer { customer: who }).unwrap().upcoming, 1);
    assert_eq!(desk.step(wrong, Move::EnteredInError).unwrap().label, None);
    assert!(desk.reservation(who, wrong).unwrap().is_none());
    let card = desk.ask(GetCustomer { customer: who }).unwrap();
    assert_eq!((card.upcoming, card.visits, card.last_visit), (0, 0, None));
    let journal = desk.ledger.journal(0, 100, &desk.actor).unwrap();
    assert_eq!(journal.entries.last().unwrap().changes[0].id, wrong.to_string());
}

#[test]
fn r2_to_the_customer_what_was_entered_in_error_is_not_there() {
    let (mut desk, who) = salon();
    let wrong = desk.book(who, MORNING.plus_ms(DAY)).unwrap();
    desk.step(wrong, Move::EnteredInError).unwrap();
    let start = MORNING.plus_ms(2 * DAY);
    let asked = |desk: &Desk<MemoryStore>, reservation: ReservationId| {
        let end = start.plus_ms(HOUR);
        [
            desk.step(reservation, Move::CancelByCustomer).unwrap_err(),
            desk.step(reservation, Move::ChoosePrepayment).unwrap_err(),
            desk.run(Reschedule { reservation, start, end, staff: None }).unwrap_err(),
        ]
    };
    // Staff see where it stands.
    assert!(asked(&desk, wrong).iter().all(|error| error.code() == "booking.not_allowed" && error.data()["state"] == "enteredInError"));
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    for (error, missing) in asked(&desk, wrong).iter().zip(asked(&desk, id("r99"))) {
        assert_eq!((error.code(), error.data()["reservation"].as_str()), ("booking.not_found", Some("r1")));
        assert_eq!(error.to_string(), missing.to_string().replace("r99", "r1"));
    }
}

#[test]
fn r1_a_customer_books_what_is_to_come_and_staff_also_what_has_been() {
    for channel in [Channel::Site, Channel::Line] {
        for (ms, fine) in [(-1, false), (0, true), (1, true)] {
            let (mut desk, who) = salon();
            let booked = desk.book(who, MORNING.plus_ms(3 * DAY)).unwrap();
            let start = MORNING.plus_ms(ms);
            let moved = Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None };
            let staff = (desk.actor.clone(), desk.channel);
            (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), channel);
            for error in [desk.run(cut(who, start)).map(drop), desk.run(moved.clone()).map(drop)] {
                let said = error.map_err(|error| (error.code(), error.fields().concat()));
                assert_eq!(said, if fine { Ok(()) } else { Err(("booking.in_past", "start".to_owned())) }, "{ms} ms");
            }
            (desk.actor, desk.channel) = staff;
            assert!(desk.run(cut(who, start)).is_ok() && desk.run(moved).is_ok(), "entered late");
        }
    }
}

#[test]
fn r3_a_customer_moves_no_reservation_whose_start_has_passed() {
    for (ms, code) in [(-1, "ok"), (0, "ok"), (1, "booking.started")] {
        let (mut desk, who) = salon();
        let booked = desk.book(who, MORNING.plus_ms(DAY)).unwrap();
        desk.now = MORNING.plus_ms(DAY + ms);
        let start = MORNING.plus_ms(5 * DAY);
        let moved = Reschedule { reservation: booked, start, end: start.plus_ms(HOUR), staff: None };
        let staff = (desk.actor.clone(), desk.channel);
        (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
        let said = desk.run(moved.clone()).map_or_else(|error| error.code(), |_| "ok");
        assert_eq!(said, code, "{ms} ms");
        (desk.actor, desk.channel) = staff;
        assert!(desk.run(moved).is_ok(), "the salon may");
    }
}

#[test]
fn r4_a_cancel_at_the_deadline_is_early_and_a_millisecond_later_late() {
    for (after, timing, label, due) in [
        (-1, CancelTiming::Early, Label::Cancelled, 0),
        (0, CancelTiming::Early, Label::Cancelled, 0),
        (1, CancelTiming::Late, Label::FeeUnpaid, 2_200),
    ] {
        let (mut desk, who) = salon();
        let start = MORNING.plus_ms(3 * DAY);
        let booked = desk.book(who, start).unwrap();
        desk.now = start.plus_ms(-DAY + after);
        let moved = desk.step(booked, Move::CancelByCustomer).unwrap();
        assert_eq!((moved.label, moved.due), (Some(label), Yen(due)), "{after} ms");
        let row = desk.reservation(who, booked).unwrap().unwrap();
        assert_eq!(row.reservation.booking, BookingState::Cancelled { by: CancelledBy::Customer, at: desk.now, timing });
    }
}

#[test]
fn r4_a_deadline_on_an_earlier_day_is_a_time_of_that_day_by_the_salons_clock() {
    for (after, label) in [(0, Label::Cancelled), (1, Label::FeeUnpaid)] {
        let mut desk = Desk::open();
        let policy = CancellationPolicy {
            deadline: Deadline::DaysBefore { days: 1, minutes: 18 * 60 },
            tiers: vec![FeeTier { hours_before: 8_760, charge: Charge::Yen { amount: Yen(1_000) } }],
            ..strict()
        };
        desk.configure(|settings| settings.cancellation = policy).unwrap();
        let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
        let booked = desk.book(who, MORNING.plus_ms(2 * DAY)).unwrap();
        desk.now = MORNING.plus_ms(DAY + 8 * HOUR + after);
        assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().label, Some(label));
    }
}

#[test]
fn r6_t2_a_deadline_on_an_earlier_day_lies_on_that_business_day() {
    let japan = Calendar::default();
    let night = Calendar { day_starts_minutes: 5 * 60, ..japan };
    let at = |day: &str, minutes: i32| japan.at(id(day), minutes);
    for (calendar, days, minutes, start, deadline) in [
        // 01:00 on the 11th is of business day 10; a day before it is the 9th, whose night ends at 05:00 on the 10th.
        (night, 1, 18 * 60, at("2026-12-11", 60), at("2026-12-09", 18 * 60)),
        (night, 1, 5 * 60, at("2026-12-11", 60), at("2026-12-09", 5 * 60)),
        (night, 1, 5 * 60 - 1, at("2026-12-11", 60), at("2026-12-10", 5 * 60 - 1)),
        (night, 1, 0, at("2026-12-11", 60), at("2026-12-10", 0)),
        (night, 0, 23 * 60, at("2026-12-11", 60), at("2026-12-10", 23 * 60)),
        // At 05:00 the next business day begins.
        (night, 1, 18 * 60, at("2026-12-11", 5 * 60 - 1), at("2026-12-09", 18 * 60)),
        (night, 1, 18 * 60, at("2026-12-11", 5 * 60), at("2026-12-10", 18 * 60)),
        (night, 1, 2 * 60, at("2026-12-11", 10 * 60), at("2026-12-11", 2 * 60)),
        // Never after the start.
        (night, 0, 2 * 60, at("2026-12-11", 60), at("2026-12-11", 60)),
        // Where the day begins at midnight it is the one on the clock.
        (japan, 1, 18 * 60, at("2026-12-11", 60), at("2026-12-10", 18 * 60)),
        (japan, 1, 0, at("2026-12-11", 0), at("2026-12-10", 0)),
        (japan, 0, 0, at("2026-12-11", 60), at("2026-12-11", 0)),
    ] {
        let (mut desk, who) = salon();
        desk.configure(|settings| {
            settings.calendar = calendar;
            settings.cancellation.deadline = Deadline::DaysBefore { days, minutes };
            settings.cancellation.tiers[0].hours_before = 8_760;
        })
        .unwrap();
        let place = format!("{calendar:?} {days} days before at {minutes}");
        let booked = desk.run(cut(who, start)).unwrap();
        let other = desk.run(cut(who, start)).unwrap();
        assert_eq!(booked.deadline, deadline, "{place}");
        // The calendar of the booking counts, whatever it is later.
        desk.configure(|settings| settings.calendar.day_starts_minutes = 720).unwrap();
        desk.now = deadline;
        assert_eq!(desk.step(booked.reservation, Move::CancelByCustomer).unwrap().due, Yen::ZERO, "{place}");
        desk.now = deadline.plus_ms(1);
        assert_eq!(desk.step(other.reservation, Move::CancelByCustomer).unwrap().due, Yen(2_200), "{place}");
    }
}

#[test]
fn r4_a_fee_of_nothing_is_never_due() {
    let (mut desk, who) = salon();
    let free = vec![Line { menu: id("consultation"), staff: None, price: Yen(1), kind: LineKind::Basic }];
    let start = MORNING.plus_ms(3 * DAY);
    for to in [Move::CancelByCustomer, Move::NoShow] {
        desk.configure(|settings| settings.cancellation.no_show = Charge::Percent { percent: 99 }).unwrap();
        desk.now = MORNING;
        let booked = desk.run(Book { lines: free.clone(), ..cut(who, start) }).unwrap().reservation;
        desk.now = start;
        let moved = desk.step(booked, to).unwrap();
        assert_eq!((moved.label, moved.due), (Some(Label::Cancelled), Yen::ZERO), "¥1 at 50 or 99 percent is ¥0");
        assert_eq!(desk.reservation(who, booked).unwrap().unwrap().reservation.fee, Fee::None);
    }
    assert_eq!(desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().verdict, Verdict::Allowed);
}

#[test]
fn r4_a_prepayment_covers_the_fee_first() {
    // The price is ¥4,400 and paid; the fee by yen is below, at and above it.
    for (fee, kept, refund, due, label) in [
        (4_399, Some(4_399), 1, 0, Label::Cancelled),
        (4_400, Some(4_400), 0, 0, Label::Cancelled),
        (4_401, Some(4_400), 0, 1, Label::FeeUnpaid),
        (0, None, 4_400, 0, Label::Cancelled),
    ] {
        for to in [Move::CancelByCustomer, Move::NoShow] {
            let (mut desk, who) = salon();
            let charge = Charge::Yen { amount: Yen(fee) };
            desk.configure(|settings| {
                (settings.cancellation.tiers, settings.cancellation.no_show) = (vec![FeeTier { hours_before: 24, charge }], charge)
            })
            .unwrap();
            let start = MORNING.plus_ms(3 * DAY);
            let booked = desk.run(Book { prepay: true, ..cut(who, start) }).unwrap().reservation;
            desk.step(booked, Move::PayPrepayment).unwrap();
            desk.now = start;
            let moved = desk.step(booked, to).unwrap();
            assert_eq!((moved.label, moved.due, moved.refund), (Some(label), Yen(due), Yen(refund)), "fee {fee}");
            let row = desk.reservation(who, booked).unwrap().unwrap().reservation;
            let prepayment =
                kept.map_or(Prepayment::Refunded { amount: Yen(4_400) }, |kept| Prepayment::Kept { kept: Yen(kept), refund: Yen(refund) });
            assert_eq!(row.prepayment, prepayment);
            if due > 0 {
                assert_eq!(desk.step(booked, Move::PayFee { amount: Yen(4_401) }).unwrap_err().code(), "booking.amount");
                assert_eq!(desk.step(booked, Move::PayFee { amount: Yen(due) }).unwrap().label, Some(Label::Cancelled));
            }
        }
    }
}

#[test]
fn r4_a_prepayment_that_was_not_paid_covers_nothing() {
    let (mut desk, who) = salon();
    let start = MORNING.plus_ms(3 * DAY);
    let booked = desk.run(Book { prepay: true, ..cut(who, start) }).unwrap().reservation;
    desk.now = start;
    assert_eq!(desk.step(booked, Move::NoShow).unwrap().due, Yen(4_400));
}

#[test]
fn r4_the_shop_never_charges_for_its_own_cancel() {
    let (mut desk, who) = salon();
    let start = MORNING.plus_ms(3 * DAY);
    let booked = desk.run(Book { prepay: true, ..cut(who, start) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    let plain = desk.book(who, start).unwrap();
    desk.now = start.plus_ms(HOUR);
    let moved = desk.step(booked, Move::CancelByShop).unwrap();
    assert_eq!((moved.label, moved.due, moved.refund), (Some(Label::ShopCancelledPrepaid), Yen::ZERO, Yen(4_400)));
    let moved = desk.step(plain, Move::CancelByShop).unwrap();
    assert_eq!((moved.label, moved.due, moved.refund), (Some(Label::Cancelled), Yen::ZERO, Yen::ZERO));
    assert_eq!(desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().verdict, Verdict::Allowed);
}

#[test]
fn r4_what_was_never_confirmed_costs_nothing() {
    let (mut desk, who) = salon();
    let start = MORNING.plus_ms(3 * DAY);
    let booked = desk.run(Book { tentative: true, ..cut(who, start) }).unwrap().reservation;
    desk.now = start;
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().due, Yen::ZERO);
}

#[test]
fn t2_every_start_that_is_taken_has_a_business_day_on_every_calendar() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("0312345678", "hanako@example.jp")).unwrap();
    let midnight = |day: &str| Calendar::default().at(id(day), 0);
    assert_eq!(desk.book(who, midnight("1868-01-02")).unwrap_err().code(), "time.instant");
    for start in [midnight("1868-01-03"), midnight("9999-12-30").plus_ms(-HOUR)] {
        let booked = desk.book(who, start).unwrap();
        desk.now = start.max(MORNING);
        desk.step(booked, Move::Visit).unwrap();
    }
    for (utc_offset_minutes, day_starts_minutes) in [(-840, 1_439), (840, 0), (-840, 0), (840, 1_439)] {
        desk.configure(|settings| settings.calendar = Calendar { utc_offset_minutes, day_starts_minutes }).unwrap();
        assert_eq!(desk.ask(GetReservations { customer: who }).unwrap().reservations.len(), 2);
        assert!(desk.customer(who).is_ok());
    }
}
