//! Figures after any sequence: N10.
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Book(i8, bool, bool),
    Step(usize, u8),
    Move(usize, i8),
    Hand(u8, u16, bool),
    Edit(usize, u8, u16, bool),
    Remove(usize),
    Last(u8),
    Close(usize, u16),
    Alone(u16),
    Void(usize),
    Merge(bool),
    Unmerge,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (-9_i8..3, any::<bool>(), any::<bool>()).prop_map(|(day, prepay, tentative)| Act::Book(day, prepay, tentative)),
        8 => (0_usize..8, 0_u8..12).prop_map(|(which, to)| Act::Step(which, to)),
        1 => (0_usize..8, -9_i8..9).prop_map(|(which, day)| Act::Move(which, day)),
        2 => (0_u8..9, 0_u16..9_999, any::<bool>()).prop_map(|(day, amount, tied)| Act::Hand(day, amount, tied)),
        1 => (0_usize..4, 0_u8..9, 0_u16..9_999, any::<bool>()).prop_map(|(which, day, amount, tied)| Act::Edit(which, day, amount, tied)),
        1 => (0_usize..4).prop_map(Act::Remove),
        1 => (0_u8..9).prop_map(Act::Last),
        2 => (0_usize..8, 0_u16..9_999).prop_map(|(which, price)| Act::Close(which, price)),
        1 => (0_u16..9_999).prop_map(Act::Alone),
        1 => (0_usize..6).prop_map(Act::Void),
        1 => any::<bool>().prop_map(Act::Merge),
        1 => Just(Act::Unmerge),
    ];
    prop::collection::vec(act, 1..50)
}

fn step_of(number: u8) -> Move {
    let reason = || "x".to_owned();
    match number {
        0 => Move::Confirm,
        1 => Move::ChoosePrepayment,
        2 => Move::PayPrepayment,
        3 => Move::RefundPrepayment,
        4 | 5 => Move::Visit,
        6 => Move::UndoVisit { reason: reason() },
        7 => Move::CancelByCustomer,
        8 => Move::CancelByShop,
        9 => Move::NoShow,
        10 => Move::WaiveFee { reason: reason() },
        _ => Move::EnteredInError,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn n10_after_any_sequence_the_figures_are_what_the_records_come_to(acts in acts()) {
        let (mut desk, a) = salon();
        desk.configure(|settings| settings.unmerge_days = 7).unwrap();
        let b = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
        let (mut booked, mut hand, mut sales, mut merge) = (Vec::new(), Vec::new(), Vec::new(), None);
        let mut told: Vec<(Instant, CustomerFigures)> = Vec::new();
        let today = day("2026-11-21");
        // Each in turn does something; those that are refused are refused whole.
        for (turn, act) in acts.into_iter().enumerate() {
            let who = if turn % 3 == 0 { b } else { a };
            let form = |days: u8, amount: u16, tied: bool, booked: &[ReservationId]| VisitForm {
                reservation: booked.first().copied().filter(|_| tied),
                ..visit(today.days_before(days.into()), amount.into())
            };
            match act {
                Act::Book(days, prepay, tentative) => {
                    booked.extend(desk.run(Book { prepay, tentative, ..cut(who, after(days.into())) }).map(|done| done.reservation));
                }
                Act::Step(which, to) => drop(booked.get(which).map(|one| desk.step(*one, step_of(to)))),
                Act::Move(which, days) => {
                    let start = after(days.into());
                    drop(booked.get(which).map(|one| desk.run(Reschedule { reservation: *one, start, end: start.plus_ms(HOUR), staff: None })));
                }
                Act::Hand(days, amount, tied) => {
                    hand.extend(desk.run(AddVisit { customer: who, form: form(days, amount, tied, &booked) }).map(|done| done.visit));
                }
                Act::Edit(which, days, amount, tied) => {
                    let versions = [a, b].map(|who| desk.ask(GetVisits { customer: who }).unwrap().visits).concat();
                    let Some(stored) = hand.get(which).and_then(|id| versions.iter().find(|visit| visit.id == *id)) else { continue };
                    drop(desk.run(EditVisit { visit: stored.id, based_on: stored.version, form: form(days, amount, tied, &booked) }));
                }
                Act::Remove(which) => {
                    let versions = [a, b].map(|who| desk.ask(GetVisits { customer: who }).unwrap().visits).concat();
                    let Some(stored) = hand.get(which).and_then(|id| versions.iter().find(|visit| visit.id == *id)) else { continue };
                    drop(desk.run(RemoveVisit { visit: stored.id, based_on: stored.version }));
                }
                Act::Last(days) => drop(desk.run(SetLastVisit { customer: who, day: today.days_before(days.into()) })),
                Act::Close(which, price) => {
                    let Some(one) = booked.get(which) else { continue };
                    for cash in [i64::from(price), 0, i64::from(price) - 4_400] {
                        sales.extend(desk.run(sale(who, Some(*one), vec![menu("perm", price.into())], cash)).map(|done| done.sale));
                    }
                }
                Act::Alone(price) => sales.extend(desk.run(sale(who, None, vec![menu("x", price.into())], price.into())).map(|done| done.sale)),
                Act::Void(which) => drop(sales.get(which).map(|one| desk.run(VoidSale { sale: *one, reason: "x".into() }))),
                Act::Merge(turned) => {
                    let (source, target) = if turned { (b, a) } else { (a, b) };
                    merge = desk.merge(source, target).ok().map(|done| done.merge).or(merge);
                }
                Act::Unmerge => drop(merge.map(|merge| desk.run(Unmerge { merge }))),
            }
            told.push((desk.now, desk.figures(a).unwrap()));
            desk.now = desk.now.plus_ms(1_000);
        }
        let report = desk.ledger.check().unwrap();
        prop_assert_eq!(report.breaches, []);
        // The rule itself, told a second time over the records as they are listed.
        for who in [a, b] {
            let figures = desk.figures(who).unwrap();
            let rows = desk.ask(GetReservations { customer: who }).unwrap().reservations;
            let hand = desk.ask(GetVisits { customer: who }).unwrap().visits;
            let alone: i64 = desk.ask(GetSales { customer: who }).unwrap().sales.iter().filter(|sale| sale.stands() && sale.reservation.is_none()).map(|sale| sale.total.0).sum();
            let visited: Vec<_> = rows.iter().filter(|row| row.label == Label::Visited).collect();
            let free: Vec<_> = hand.iter().filter(|visit| visit.reservation.is_none()).collect();
            prop_assert_eq!(usize::try_from(figures.visits).unwrap(), visited.len() + free.len());
            let amount = visited.iter().map(|row| row.reservation.amount().unwrap().0).sum::<i64>() + free.iter().map(|visit| visit.amount.0).sum::<i64>() + alone;
            prop_assert_eq!(figures.amount.0, amount);
            let last = visited.iter().map(|row| row.day).chain(free.iter().map(|visit| visit.day)).max();
            prop_assert_eq!(figures.last_visit, last);
            prop_assert_eq!(figures.due.0, rows.iter().map(|row| row.reservation.due().0).sum::<i64>());
            let by = |wanted: CancelTiming| rows.iter().filter(|row| row.reservation.ever_confirmed && matches!(row.reservation.booking, BookingState::Cancelled { by: CancelledBy::Customer, timing, .. } if timing == wanted)).count();
            prop_assert_eq!(usize::try_from(figures.cancellations.early).unwrap(), by(CancelTiming::Early));
            prop_assert_eq!(usize::try_from(figures.cancellations.late).unwrap(), by(CancelTiming::Late));
            prop_assert_eq!(usize::try_from(figures.reservations).unwrap(), rows.iter().filter(|row| row.reservation.ever_confirmed).count());
        }
        // And what was told then is told of then still (N10), but for whom a merge that was undone since makes them.
        if merge.is_none() {
            for (now, figures) in told {
                prop_assert_eq!(at(&desk, a, now), figures);
            }
        }
    }
}
