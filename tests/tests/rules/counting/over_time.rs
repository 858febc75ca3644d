//! What is counted again, and what held then: N5, N10.
use super::*;

#[test]
fn n10_late_entries_and_corrections_recompute_everything() {
    let (desk, who) = salon();
    came(&desk, who, after(-10));
    let middle = came(&desk, who, after(-5));
    let first = || desk.figures(who).unwrap().first_visit;
    assert_eq!((first(), desk.figures(who).unwrap().last_visit), (Some(day("2026-11-11")), Some(day("2026-11-16"))));
    // Entered late, of a day before all.
    let old = desk.came(who, day("2020-02-29"), 100).unwrap().visit;
    assert_eq!((first(), desk.figures(who).unwrap().visits), (Some(day("2020-02-29")), 3));
    desk.run(EditVisit { visit: old, based_on: 1, form: visit(day("2021-01-01"), 100) }).unwrap();
    assert_eq!(first(), Some(day("2021-01-01")));
    desk.run(RemoveVisit { visit: old, based_on: 2 }).unwrap();
    assert_eq!(first(), Some(day("2026-11-11")));
    undo(&desk, middle);
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.visits, figures.last_visit, figures.first_visit), (1, Some(day("2026-11-11")), Some(day("2026-11-11"))));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n10_of_many_visits_the_latest_are_found_again_when_one_of_them_goes() {
    let (desk, who) = salon();
    let ids: Vec<ReservationId> = (1..=6).map(|n| came(&desk, who, after(-n))).collect();
    for (gone, last) in [(0, "2026-11-19"), (2, "2026-11-19"), (1, "2026-11-17"), (3, "2026-11-16")] {
        undo(&desk, ids[gone]);
        assert_eq!(desk.figures(who).unwrap().last_visit, Some(day(last)));
        assert_eq!(desk.breaches().unwrap(), []);
    }
}

#[test]
fn n10_a_merge_moves_the_counts_and_an_undo_brings_them_back() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    came(&desk, who, after(-10));
    let late = desk.book(who, after(0)).unwrap();
    desk.step(late, Move::NoShow).unwrap();
    desk.came(who, day("2026-11-20"), 700).unwrap();
    desk.run(sale(who, None, vec![menu("x", 500)], 500)).unwrap();
    came(&desk, target, after(-3));
    let (source_before, target_before) = (desk.figures(who).unwrap(), desk.figures(target).unwrap());
    desk.now = after(1);
    let merge = desk.merge(who, target).unwrap().merge;
    let both = desk.figures(target).unwrap();
    assert_eq!(desk.figures(who).unwrap(), both, "the merged id resolves");
    assert_eq!((both.visits, both.manual_visits, both.cancellations.no_shows, both.reservations), (3, 1, 1, 3));
    assert_eq!((both.amount, both.due), (Yen(4_400 + 700 + 500 + 4_400), Yen(4_400)));
    assert_eq!((both.first_visit, both.last_visit), (Some(day("2026-11-11")), Some(day("2026-11-20"))));
    assert_eq!(desk.breaches().unwrap(), []);
    // As of an instant before, each is who they were.
    assert_eq!(at(&desk, target, after(0)), target_before);
    assert_eq!(at(&desk, who, after(0)), source_before);
    assert_eq!(at(&desk, who, after(1)), both);
    desk.now = after(2);
    desk.run(Unmerge { merge }).unwrap();
    assert_eq!((desk.figures(who).unwrap(), desk.figures(target).unwrap()), (source_before, target_before));
    assert_eq!(at(&desk, target, after(1)), both, "and as of the day between they were one");
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn n10_as_of_any_past_instant_gives_what_held_then() {
    let (mut desk, who) = salon();
    desk.configure(|settings| settings.visit_categories = vec![VisitCategory { visits_from: Some(2), ..category("常連") }]).unwrap();
    let mut told: Vec<(Instant, CustomerFigures)> = Vec::new();
    let mut note = |desk: &mut Desk<MemoryStore>| {
        told.push((desk.now, desk.figures(who).unwrap()));
        desk.now = desk.now.plus_ms(7 * HOUR);
    };
    note(&mut desk);
    let booked = desk.book(who, after(0)).unwrap();
    note(&mut desk);
    let entered = desk.came(who, day("2026-11-01"), 3_000).unwrap().visit;
    note(&mut desk);
    desk.step(booked, Move::Visit).unwrap();
    note(&mut desk);
    desk.run(EditVisit { visit: entered, based_on: 1, form: visit(day("2026-11-05"), 5_000) }).unwrap();
    note(&mut desk);
    let done = desk.close(who, booked, 9_999).unwrap();
    note(&mut desk);
    desk.run(VoidSale { sale: done.sale, reason: "x".into() }).unwrap();
    undo(&desk, booked);
    note(&mut desk);
    desk.run(RemoveVisit { visit: entered, based_on: 2 }).unwrap();
    note(&mut desk);
    let gone = desk.book(who, after(9)).unwrap();
    desk.step(gone, Move::CancelByCustomer).unwrap();
    desk.step(booked, Move::EnteredInError).unwrap();
    note(&mut desk);
    for (now, figures) in &told {
        assert_eq!(&at(&desk, who, *now), figures, "as of {now:?}");
        assert_eq!(&at(&desk, who, now.plus_ms(7 * HOUR - 1)).visits, &figures.visits);
    }
    assert_eq!(told.iter().map(|(_, figures)| figures.visits).collect::<Vec<_>>(), [0, 0, 1, 2, 2, 2, 1, 0, 0]);
    assert_eq!(at(&desk, who, MORNING.plus_ms(-1)).visits, 0);
    // An instant that has not come is now.
    assert_eq!(at(&desk, who, after(999)), desk.figures(who).unwrap());
}

// What each of these visits by hand adds, in the order of their days.
fn parts(who: CustomerId, days: &[&str]) -> Vec<Part> {
    let desk = Desk::open();
    let own = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    assert_eq!(own, who);
    for text in days {
        desk.came(who, day(text), 100).unwrap();
    }
    let mut visits = desk.ask(GetVisits { customer: who }).unwrap().visits;
    visits.reverse();
    visits.into_iter().map(|visit| Part::of(&visit.into()).unwrap().unwrap()).collect()
}

#[test]
fn n10_a_commit_counts_again_only_when_a_first_or_latest_visit_goes() {
    let who = id("c1");
    let parts = parts(who, &["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"]);
    let mut figures = Figures::none(who);
    for part in &parts {
        assert_eq!(figures.replace(None, Some(part.clone())), Ok(true), "one more is added to what is there");
    }
    assert_eq!(Figures::sum(who, parts.clone()), Ok(figures.clone()));
    // The first, and the three latest, are known by name; the second is only counted.
    for (gone, known) in [(0, true), (1, false), (2, true), (3, true), (4, true)] {
        let mut less = figures.clone();
        assert_eq!(less.replace(Some(parts[gone].clone()), None), Ok(!known), "{gone}");
        if !known {
            let rest = parts.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, part)| part.clone());
            assert_eq!(Figures::sum(who, rest), Ok(less));
        }
        // The same visit put in its own place again changes nothing, and needs no counting.
        let mut same = figures.clone();
        assert_eq!(same.replace(Some(parts[gone].clone()), Some(parts[gone].clone())), Ok(true));
        assert_eq!(same, figures);
    }
    // What was never in cannot be taken off.
    let mut none = Figures::none(who);
    assert_eq!(none.replace(Some(parts[0].clone()), None), Ok(false));
    for counted in [Figures { visits: 1, ..Figures::none(who) }, Figures { manual_visits: 1, ..Figures::none(who) }] {
        let mut damaged = counted;
        assert_eq!(damaged.replace(Some(parts[0].clone()), None), Ok(false), "a visit by hand is in both counts");
    }
}

#[test]
fn n5_t2_a_checkin_comes_on_the_business_day_of_the_start_or_later() {
    for day_starts_minutes in [0, 300] {
        let calendar = Calendar { day_starts_minutes, ..Calendar::default() };
        let start = calendar.at(day("2026-11-27"), 30);
        let service = calendar.day_of(start).unwrap();
        let from = calendar.start_of(service);
        // Ahead of its start, at it, and entered late.
        for (at, fine) in
            [(from.plus_ms(-1), false), (from, true), (start.plus_ms(-1), true), (start, true), (start.plus_ms(9 * DAY), true)]
        {
            let (mut desk, who) = salon();
            desk.configure(|settings| settings.calendar = calendar).unwrap();
            let booked = desk.book(who, start).unwrap();
            let before = desk.figures(who).unwrap();
            desk.now = at;
            let said = desk.step(booked, Move::Visit);
            if fine {
                said.unwrap();
                let figures = desk.figures(who).unwrap();
                assert_eq!((figures.visits, figures.last_visit), (1, Some(service)));
                assert!(service <= calendar.day_of(at).unwrap(), "the last visit lies on a day that has come");
                continue;
            }
            let error = said.unwrap_err();
            assert_eq!(error.code(), "booking.visit_too_early");
            assert_eq!(error.data(), serde_json::json!({ "reservation": "r1", "from": from }));
            assert_eq!(desk.figures(who).unwrap(), before);
            // What would be right: it takes place on another day.
            desk.run(Reschedule { reservation: booked, start: at, end: at.plus_ms(HOUR), staff: None }).unwrap();
            desk.step(booked, Move::Visit).unwrap();
        }
    }
}

#[test]
fn n5_t2_the_day_of_a_visit_follows_the_business_day_and_one_by_hand_keeps_its_own() {
    let (desk, who) = salon();
    came(&desk, who, Calendar::default().at(day("2026-11-20"), 60));
    assert_eq!(desk.figures(who).unwrap().last_visit, Some(day("2026-11-20")));
    desk.came(who, day("2026-11-18"), 0).unwrap();
    desk.configure(|settings| settings.calendar.day_starts_minutes = 300).unwrap();
    let figures = desk.figures(who).unwrap();
    assert_eq!((figures.first_visit, figures.last_visit), (Some(day("2026-11-18")), Some(day("2026-11-19"))));
}

#[test]
fn n10_an_instant_between_a_merge_and_its_undo_resolves_as_it_did_then() {
    let mut desk = Desk::open();
    desk.configure(|settings| settings.unmerge_days = 30).unwrap();
    let [a, b] = ["09012345678", "09012345679"].map(|phone| desk.register(hanako(phone, "hanako@example.jp")).unwrap());
    let visited = desk.book(a, MORNING).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    desk.now = MORNING.plus_ms(HOUR);
    let merged = desk.merge(a, b).unwrap().merge;
    desk.now = MORNING.plus_ms(3 * HOUR);
    desk.run(Unmerge { merge: merged }).unwrap();
    desk.now = MORNING.plus_ms(5 * HOUR);
    let at = |customer: CustomerId, hours: i64| {
        let figures = desk.ask(GetFigures { customer, as_of: Some(MORNING.plus_ms(hours * HOUR)), frequencies: Vec::new() }).unwrap();
        (figures.customer, figures.visits)
    };
    assert_eq!([at(a, 0), at(a, 1), at(a, 2), at(a, 3), at(a, 4)], [(a, 1), (b, 1), (b, 1), (a, 1), (a, 1)]);
    assert_eq!([at(b, 0), at(b, 1), at(b, 2), at(b, 3)], [(b, 0), (b, 1), (b, 1), (b, 0)]);
}
