//! 事前決済: R2's labels as they are offered and as filters, and the moves of R3 on the prepayment axis.
use daicho::*;
use daicho_tests::till::{menu, sale, three_cuts, uses};
use daicho_tests::*;

const START: Instant = MORNING.plus_ms(3 * DAY);

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn offered(desk: &Desk<MemoryStore>) -> Vec<(Label, u32, bool)> {
    let found = desk.ledger.search(&ListLabels {}, &desk.actor, desk.now).unwrap().labels;
    assert!(found.iter().all(|row| row.japanese == row.label.japanese()));
    found.into_iter().map(|row| (row.label, row.in_use, row.by_setting)).collect()
}

fn listed(desk: &Desk<MemoryStore>, labels: &[Label]) -> Result<Vec<ReservationId>, Error> {
    let query = ListReservations { labels: labels.to_vec(), ..ListReservations::default() };
    let page = desk.ledger.search(&query, &desk.actor, desk.now)?;
    assert_eq!(usize::try_from(page.total).unwrap(), page.reservations.len());
    Ok(page.reservations.into_iter().map(|row| row.reservation).collect())
}

#[test]
fn r3_a_prepayment_is_chosen_paid_and_given_back() {
    let (desk, who) = salon();
    let booked = desk.book(who, START).unwrap();
    let stored = || desk.reservation(who, booked).unwrap().unwrap();
    for _ in 0..2 {
        assert_eq!(desk.step(booked, Move::ChoosePrepayment).unwrap().label, Some(Label::PrepaymentUnpaid));
        assert_eq!(stored().reservation.prepayment, Prepayment::Unpaid);
        let paid = desk.step(booked, Move::PayPrepayment).unwrap();
        assert_eq!((paid.label, paid.refund), (Some(Label::Prepaid), Yen::ZERO));
        assert_eq!(stored().reservation.prepayment, Prepayment::Paid { amount: Yen(4_400) });
        let back = desk.step(booked, Move::RefundPrepayment).unwrap();
        assert_eq!((back.label, back.refund), (Some(Label::Upcoming), Yen(4_400)));
        assert_eq!(stored().reservation.prepayment, Prepayment::Refunded { amount: Yen(4_400) });
    }
}

#[test]
fn r3_k4_a_prepayment_takes_what_tickets_do_not_pay_as_the_till_does() {
    let (desk, who) = salon();
    let plan = desk.plan("cuts", TicketTerms { menus: vec![id("cut")], ..three_cuts() }).unwrap();
    let ticket = desk.sell(who, &plan, 10_000).unwrap();
    let color = Line { menu: id("color"), staff: None, price: Yen(6_600), kind: LineKind::Option };
    let book = |lines: Vec<Line>| {
        let form = Book { prepay: true, tickets: vec![uses(Some(ticket), 1)], ..cut(who, START) };
        desk.run(Book { lines, ..form }).unwrap().reservation
    };
    let cut_line = cut(who, START).lines.remove(0);
    let booked = book(vec![cut_line.clone(), color]);
    assert_eq!(desk.step(booked, Move::PayPrepayment).unwrap().label, Some(Label::Prepaid));
    let paid = || desk.reservation(who, booked).unwrap().unwrap().reservation.prepayment;
    assert_eq!(paid(), Prepayment::Paid { amount: Yen(6_600) });
    assert_eq!(desk.step(booked, Move::RefundPrepayment).unwrap().refund, Yen(6_600));
    desk.step(booked, Move::ChoosePrepayment).unwrap();
    desk.step(booked, Move::PayPrepayment).unwrap();
    // Nothing is left to pay at the till, and nothing goes back.
    let mut desk = desk;
    desk.now = START;
    desk.step(booked, Move::Visit).unwrap();
    let lines = vec![SaleLine { by_ticket: true, ..menu("cut", 4_400) }, menu("color", 6_600)];
    let done = desk.run(sale(who, Some(booked), lines, 0)).unwrap();
    assert_eq!((done.total, done.refund), (Yen(6_600), Yen::ZERO));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r3_k4_where_tickets_pay_it_all_the_prepayment_is_nothing() {
    let (desk, who) = salon();
    let plan = desk.plan("cuts", three_cuts()).unwrap();
    desk.sell(who, &plan, 10_000).unwrap();
    let booked = desk.run(Book { prepay: true, tickets: vec![uses(None, 1)], ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::PayPrepayment).unwrap();
    let stored = || desk.reservation(who, booked).unwrap().unwrap().reservation.prepayment;
    assert_eq!(stored(), Prepayment::Paid { amount: Yen::ZERO });
    assert_eq!(desk.step(booked, Move::CancelByCustomer).unwrap().refund, Yen::ZERO);
    assert_eq!(stored(), Prepayment::Refunded { amount: Yen::ZERO });
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn r2_a_tentative_one_is_tentative_whatever_was_prepaid() {
    let (desk, who) = salon();
    let booked = desk.run(Book { tentative: true, ..cut(who, START) }).unwrap().reservation;
    for to in [Move::ChoosePrepayment, Move::PayPrepayment, Move::RefundPrepayment, Move::ChoosePrepayment, Move::PayPrepayment] {
        assert_eq!(desk.step(booked, to).unwrap().label, Some(Label::Tentative));
    }
    assert_eq!(desk.step(booked, Move::Confirm).unwrap().label, Some(Label::Prepaid));
}

#[test]
fn r2_without_the_setting_none_is_chosen_and_what_was_chosen_goes_on() {
    let (desk, who) = salon();
    let (plain, chosen) = (desk.book(who, START).unwrap(), desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation);
    desk.configure(|settings| settings.prepayment = false).unwrap();
    assert_eq!(desk.step(plain, Move::ChoosePrepayment).unwrap_err().code(), "booking.prepayment_off");
    assert_eq!(desk.run(Book { prepay: true, ..cut(who, START) }).unwrap_err().code(), "booking.prepayment_off");
    assert_eq!(desk.step(chosen, Move::PayPrepayment).unwrap().label, Some(Label::Prepaid));
    assert_eq!(desk.step(chosen, Move::RefundPrepayment).unwrap().label, Some(Label::Upcoming));
    assert_eq!(desk.step(chosen, Move::ChoosePrepayment).unwrap_err().code(), "booking.prepayment_off");
}

#[test]
fn r2_without_the_setting_choosing_it_is_not_among_the_moves_that_an_error_offers() {
    let (desk, who) = salon();
    let booked = desk.book(who, START).unwrap();
    let offered = |refused: Move| {
        let error = desk.step(booked, refused).unwrap_err();
        assert_eq!(error.code(), "booking.not_allowed");
        error.data()["allowed"].as_array().unwrap().iter().map(|step| step.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = ["choosePrepayment", "reschedule", "visit", "cancelByCustomer", "cancelByShop", "noShow", "enteredInError"];
    assert_eq!(offered(Move::Confirm), all);
    desk.configure(|settings| settings.prepayment = false).unwrap();
    assert_eq!(offered(Move::Confirm), all[1..]);
    // What was chosen before can still be paid, and is offered.
    desk.configure(|settings| settings.prepayment = true).unwrap();
    desk.step(booked, Move::ChoosePrepayment).unwrap();
    desk.configure(|settings| settings.prepayment = false).unwrap();
    assert_eq!(offered(Move::Confirm)[0], "payPrepayment");
    desk.step(booked, Move::PayPrepayment).unwrap();
    assert_eq!(offered(Move::Confirm)[0], "refundPrepayment");
    // Checkout and reschedule answer by the same rule.
    desk.step(booked, Move::RefundPrepayment).unwrap();
    let error = desk.close(who, booked, 4_400).unwrap_err();
    assert_eq!((error.code(), error.data()["allowed"].to_string().contains("choose")), ("booking.not_allowed", false));
}

#[test]
fn r2_eight_labels_are_offered_with_the_setting_and_five_without() {
    let (desk, _) = salon();
    let labels: Vec<Label> = offered(&desk).into_iter().map(|(label, ..)| label).collect();
    assert_eq!(labels, Label::ALL);
    desk.configure(|settings| settings.prepayment = false).unwrap();
    let words: Vec<&str> = offered(&desk).into_iter().map(|(label, ..)| label.japanese()).collect();
    assert_eq!(words, ["仮予約中", "予約中来店前", "来店済み", "キャンセル料未払い", "キャンセル"]);
}

#[test]
fn r2_a_label_that_is_still_in_use_is_offered_until_it_is_not() {
    let (desk, who) = salon();
    let booked = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.configure(|settings| settings.prepayment = false).unwrap();
    let dagger = |desk: &Desk<MemoryStore>| offered(desk).into_iter().filter(|(label, ..)| label.needs_prepayment()).collect::<Vec<_>>();
    assert_eq!(dagger(&desk), [(Label::PrepaymentUnpaid, 1, false)]);
    assert_eq!(listed(&desk, &[Label::PrepaymentUnpaid]).unwrap(), [booked]);
    desk.step(booked, Move::PayPrepayment).unwrap();
    assert_eq!(dagger(&desk), [(Label::Prepaid, 1, false)]);
    let error = listed(&desk, &[Label::Upcoming, Label::PrepaymentUnpaid]).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("search.label_not_offered", vec!["labels".to_owned()]));
    assert_eq!(error.data()["label"], "prepaymentUnpaid");
    assert_eq!(error.data()["offered"], serde_json::json!(["tentative", "upcoming", "prepaid", "visited", "feeUnpaid", "cancelled"]));
    desk.step(booked, Move::CancelByShop).unwrap();
    assert_eq!(dagger(&desk), [(Label::ShopCancelledPrepaid, 1, false)]);
    assert_eq!(listed(&desk, &[Label::Prepaid]).unwrap_err().code(), "search.label_not_offered");
    desk.step(booked, Move::EnteredInError).unwrap();
    assert_eq!(dagger(&desk), []);
    assert_eq!(listed(&desk, &[Label::ShopCancelledPrepaid]).unwrap_err().code(), "search.label_not_offered");
}

#[test]
fn r2_each_label_lists_its_own_and_none_lists_all() {
    let (mut desk, who) = salon();
    let book =
        |prepay, tentative, days: i64| desk.run(Book { prepay, tentative, ..cut(who, MORNING.plus_ms(days * DAY)) }).unwrap().reservation;
    let tentative = book(false, true, 1);
    let unpaid = book(true, false, 2);
    let upcoming = book(false, false, 3);
    let prepaid = book(true, false, 4);
    let visited = book(false, false, 0);
    let owing = book(false, false, 6);
    let by_shop = book(true, false, 7);
    let cancelled = book(false, false, 8);
    let wrong = book(false, false, 9);
    for (reservation, to) in [
        (prepaid, Move::PayPrepayment),
        (visited, Move::Visit),
        (by_shop, Move::CancelByShop),
        (cancelled, Move::CancelByCustomer),
        (wrong, Move::EnteredInError),
    ] {
        desk.step(reservation, to).unwrap();
    }
    desk.now = MORNING.plus_ms(6 * DAY);
    desk.step(owing, Move::CancelByCustomer).unwrap();
    desk.now = MORNING;
    let by_label = [tentative, unpaid, upcoming, prepaid, visited, owing, by_shop, cancelled];
    let all = [visited, tentative, unpaid, upcoming, prepaid, owing, by_shop, cancelled];
    for (label, reservation) in Label::ALL.into_iter().zip(by_label) {
        assert_eq!(listed(&desk, &[label]).unwrap(), [reservation], "{label:?}");
    }
    assert_eq!(listed(&desk, &[]).unwrap(), all, "the earliest start first, and none that was entered in error");
    assert_eq!(listed(&desk, &[Label::Cancelled, Label::Tentative]).unwrap(), [tentative, cancelled]);
    assert_eq!(offered(&desk).into_iter().map(|(_, count, setting)| (count, setting)).collect::<Vec<_>>(), [(1, true); 8]);
}

#[test]
fn r2_as_a_filter_upcoming_also_means_that_the_start_lies_ahead() {
    let (mut desk, who) = salon();
    let booked = desk.book(who, START).unwrap();
    let paid = desk.run(Book { prepay: true, ..cut(who, START) }).unwrap().reservation;
    desk.step(paid, Move::PayPrepayment).unwrap();
    for (ms, ahead) in [(-1, true), (0, false), (1, false)] {
        desk.now = START.plus_ms(ms);
        assert_eq!(listed(&desk, &[Label::Upcoming]).unwrap(), if ahead { vec![booked] } else { vec![] }, "{ms} ms");
        // The label itself is what it was, and no other filter asks for the start.
        assert_eq!(desk.reservation(who, booked).unwrap().unwrap().label, Label::Upcoming);
        assert_eq!(listed(&desk, &[Label::Prepaid]).unwrap(), [paid]);
        assert_eq!(listed(&desk, &[]).unwrap(), [booked, paid]);
    }
}

#[test]
fn r2_t3_the_list_is_of_days_and_shops_and_pages() {
    let (desk, who) = salon();
    let ids: Vec<ReservationId> = (1..=4).map(|day| desk.book(who, MORNING.plus_ms(day * DAY)).unwrap()).collect();
    let other = desk.run(Book { shop: id("shop-2"), ..cut(who, MORNING.plus_ms(2 * DAY)) }).unwrap().reservation;
    let ask = |query: ListReservations| desk.ledger.search(&query, &desk.actor, desk.now);
    let days = |from: &str, to: &str| Some(DateRange { from: Some(id(from)), to: Some(id(to)) });
    let found = |query: ListReservations| ask(query).unwrap().reservations.into_iter().map(|row| row.reservation).collect::<Vec<_>>();
    let query = |days| ListReservations { days, ..ListReservations::default() };
    assert_eq!(found(query(days("2026-11-23", "2026-11-24"))), [ids[1], other, ids[2]]);
    assert_eq!(found(query(days("2026-11-26", "2026-11-30"))), []);
    assert_eq!(found(ListReservations { shop: Some(id("shop-2")), ..query(None) }), [other]);
    assert_eq!(ask(query(days("2026-11-24", "2026-11-23"))).unwrap_err().code(), "time.range_reversed");
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = ask(ListReservations { page_size: Some(2), cursor, ..query(None) }).unwrap();
        assert_eq!(page.total, 5);
        seen.extend(page.reservations.iter().map(|row| row.reservation));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [ids[0], ids[1], other, ids[2], ids[3]]);
}
