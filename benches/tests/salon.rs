//! The drawn salons are what they are said to be.

use std::collections::BTreeMap;

use daicho::text::{WidthMode, email, merge_key, phone};
use daicho::{CustomerId, GetReservations, Kind, Label, MemoryStore, Record, ReservationId, Store};
use daicho_benches::drawn::Drawn;
use daicho_benches::fill::{fill, fill_as_booked, manager, salon_id};
use daicho_benches::reservations::House;
use daicho_benches::salon::{Failure, NOW, Person, Salon};

#[expect(clippy::unwrap_used, reason = "only the tests below ask")]
fn reservations(house: &House, salon: &Salon, person: &Person) -> Vec<daicho::Reservation> {
    let mut next = 0;
    let id = || {
        next += 1;
        Ok::<_, Failure>(ReservationId::from_ordinal(next))
    };
    house.reservations(salon, person, CustomerId::from_ordinal(person.place), id).unwrap()
}

#[test]
fn a_seed_decides_everything_and_a_small_salon_is_the_beginning_of_a_large_one() {
    let (one, again, large, other) = (Salon::new(7, 300), Salon::new(7, 300), Salon::new(7, 3_000), Salon::new(8, 300));
    let people: Vec<Person> = one.people().collect();
    assert_eq!(people, again.people().collect::<Vec<_>>());
    let days = |people: &[Person]| people.iter().map(|person| person.registered).collect::<Vec<_>>();
    let beginning: Vec<Person> = large.people().take(300).collect();
    assert!(days(&people).is_sorted() && days(&beginning).is_sorted());
    let of_one_day = |mut person: Person| {
        person.registered = 0;
        person
    };
    assert!(people.iter().cloned().map(of_one_day).eq(beginning.into_iter().map(of_one_day)));
    assert_ne!(people, other.people().collect::<Vec<_>>());
    let house = House::new().unwrap();
    for person in people.iter().take(50) {
        assert_eq!(reservations(&house, &one, person), reservations(&house, &again, person));
    }
}

#[test]
fn histories_have_a_mean_of_twelve_and_a_long_tail() {
    let (salon, house) = (Salon::new(1, 20_000), House::new().unwrap());
    let mut labels = BTreeMap::<Option<Label>, usize>::new();
    let (mut all, mut none, mut most) = (0, 0, 0);
    for person in salon.people() {
        let history = reservations(&house, &salon, &person);
        all += history.len();
        none += usize::from(history.is_empty());
        most = most.max(history.len());
        assert!(history.is_sorted_by_key(|reservation| reservation.start));
        for reservation in &history {
            assert!(reservation.start < reservation.end && reservation.booked_at < NOW && !reservation.lines.is_empty());
            *labels.entry(reservation.label()).or_default() += 1;
        }
    }
    assert!((11 * 20_000..13 * 20_000).contains(&all), "{all}");
    assert!((3_000..5_000).contains(&none) && most >= 190, "{none} {most}");
    for label in
        [Label::Tentative, Label::PrepaymentUnpaid, Label::Upcoming, Label::Prepaid, Label::Visited, Label::FeeUnpaid, Label::Cancelled]
    {
        assert!(labels[&Some(label)] > 50, "{label:?} {labels:?}");
    }
    assert!(labels[&None] > 50 && labels[&Some(Label::Visited)] * 10 > all * 8, "{labels:?}");
}

#[test]
fn one_in_a_hundred_is_registered_twice_and_can_be_known_by_name_and_contact() {
    let salon = Salon::new(1, 20_000);
    let key = |person: &Person| merge_key(&person.family_name, &person.given_name, WidthMode::Fold);
    let mail = |person: &Person| person.email.as_ref().map(|address| email::parse("emails", address).unwrap().key);
    let (mut twins, mut written_alike) = (0, 0);
    for person in salon.people() {
        let Some(first) = person.twin_of else { continue };
        let first = salon.person(first);
        assert!(first.twin_of.is_none() && first.place < person.place);
        assert_eq!(key(&first), key(&person));
        let same_phone = phone::digits_key(&first.phone) == phone::digits_key(&person.phone);
        assert!(same_phone || (mail(&first).is_some() && mail(&first) == mail(&person)));
        written_alike += u32::from(
            (&first.family_name, &first.given_name, &first.phone, &first.email)
                == (&person.family_name, &person.given_name, &person.phone, &person.email),
        );
        twins += 1;
    }
    assert!((160..240).contains(&twins) && written_alike * 2 < twins, "{twins} {written_alike}");
}

#[test]
fn nobody_else_can_be_taken_for_somebody_registered_before() {
    let mut seen = std::collections::BTreeSet::new();
    for person in Salon::new(3, 20_000).people().filter(|person| person.twin_of.is_none()) {
        let key = merge_key(&person.family_name, &person.given_name, WidthMode::Fold);
        assert!(seen.insert((key, phone::digits_key(&person.phone))), "{}", person.place);
    }
}

#[test]
fn the_rest_of_a_salon_is_spread_as_described() {
    let people: Vec<Person> = Salon::new(1, 20_000).people().collect();
    let count = |holds: fn(&Person) -> bool| people.iter().filter(|person| holds(person)).count();
    for (what, found, expected) in [
        ("line", count(|person| person.line.is_some()), 7_200..8_800),
        ("phone registration", count(|person| person.by_phone), 800..1_200),
        ("lists", count(|person| person.listed.is_some()), 120..280),
        ("e-mail", count(|person| person.email.is_some()), 11_000..14_000),
        ("birthday", count(|person| person.birthday.is_some()), 12_000..15_000),
    ] {
        assert!(expected.contains(&found), "{what} {found}");
    }
}

#[test]
fn a_filled_store_holds_the_salon_and_passes_the_check() {
    let (salon, house) = (Salon::new(5, 200), House::new().unwrap());
    let (ledger, count) = fill(MemoryStore::new(), &salon).unwrap();
    let drawn: usize = salon.people().map(|person| reservations(&house, &salon, &person).len()).sum();
    assert_eq!(usize::try_from(count).unwrap(), drawn);
    let busiest = salon.people().max_by_key(|person| reservations(&house, &salon, person).len()).unwrap();
    let kept = ledger.query(&GetReservations { customer: CustomerId::from_ordinal(busiest.place) }, &manager().unwrap(), NOW).unwrap();
    let expected = reservations(&house, &salon, &busiest);
    assert_eq!(kept.reservations.len(), expected.iter().filter(|reservation| reservation.label().is_some()).count());
    let report = ledger.audit(&daicho::CheckLedger {}, &manager().unwrap()).unwrap();
    assert_eq!(report.breaches, Vec::new());
}

#[test]
fn a_drawn_store_and_a_file_have_their_reservations_as_they_were_booked() {
    let salon = Salon::new(1, 200);
    let filed = fill_as_booked(MemoryStore::new(), &salon).unwrap().0;
    assert_eq!(filed.audit(&daicho::CheckLedger {}, &manager().unwrap()).unwrap().breaches, Vec::new());
    let stores: [&dyn Store; 2] = [&Drawn::new(&salon).unwrap(), filed.store()];
    let booked = stores.map(|store| {
        let records = store.scan(&salon_id().unwrap(), Kind::Reservation, None, 10_000).unwrap().records;
        let of =
            |record: &Record| if let Record::Reservation(one) = record { Some((one.id.ordinal(), one.booked_at, one.start)) } else { None };
        let mut all: Vec<_> = records.iter().filter_map(of).collect();
        all.sort_unstable();
        assert!(all.len() > 2_000 && all.is_sorted_by_key(|(_, booked_at, _)| *booked_at));
        all.into_iter().map(|(_, booked_at, start)| (booked_at, start)).collect::<Vec<_>>()
    });
    assert_eq!(booked[0], booked[1]);
}
