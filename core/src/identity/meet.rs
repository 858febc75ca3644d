//! Who is compared with whom, without comparing everybody with everybody.
//!
//! What reaches [`POSSIBLE`](super::points) has a phone in common, or an address, or a day of birth and a part of the name, or a name that is rare enough to
//! say so much alone. So only those who *meet* in one of these are compared. That nobody is missed by it follows from the numbers in `points.rs`; a test
//! compares everybody with everybody.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::compare::is_day_enough;
use super::crowd::{Crowd, is_stand_in, rarity_of, tells};
use super::groups::{Groups, Persons};
use super::person::{Born, Key, Name, Person, wholes};
use super::points::least_rarity_alone;
use crate::id::CustomerId;

/// Two who are compared, the one with the lesser id first.
pub(super) type Two = (CustomerId, CustomerId);

pub(super) fn two(one: CustomerId, other: CustomerId) -> Two {
    (one.min(other), one.max(other))
}

// Whether two who were born on one day meet by it. `enough` says it of two who have exactly the names of the one.
fn meet_by_day(one: &Person, other: &Person, enough: impl FnOnce() -> bool) -> bool {
    let year = |person: &Person| person.born.and_then(|born| born.year);
    match year(one).zip(year(other)) {
        Some((one, other)) => one == other,
        // A name on LINE, of one of whom the other has no account, may be what is missing.
        None => one.names != other.names || one.line != other.line || enough(),
    }
}

// Whether a name says enough alone. That the two who share it have it says nothing.
fn is_rare(crowd: &impl Crowd, family: Key, given: Key) -> bool {
    let families = crowd.family(family).saturating_sub(2);
    rarity_of(crowd, (family, families), crowd.given(given).saturating_sub(2)) >= least_rarity_alone()
}

/// Whom somebody meets, and maybe more; some of them several times.
pub(super) fn whom(crowd: &impl Crowd, groups: &Groups, persons: &Persons, somebody: &Person) -> Vec<CustomerId> {
    let mut met = Vec::new();
    for phone in somebody.phones.iter().filter(|phone| tells(crowd.phone(**phone))) {
        met.extend(groups.phones.of(*phone));
    }
    for email in somebody.emails.iter().filter(|email| tells(crowd.email(**email))) {
        met.extend(groups.emails.of(*email));
    }
    if let Some(born) = somebody.born.filter(|born| !is_stand_in(crowd, *born)) {
        let same: Vec<Born> = match born.year {
            Some(_) => vec![Born { year: None, ..born }, born],
            None => groups.births.between(born, Born { year: Some(i32::MAX), ..born }).collect(),
        };
        let all = same.into_iter().filter(|same| !is_stand_in(crowd, *same)).flat_map(|same| groups.births.of(same));
        let enough = LazyCell::new(|| is_day_enough(crowd, somebody));
        met.extend(all.filter(|other| persons.get(other).is_some_and(|other| meet_by_day(somebody, other, || *enough))));
    }
    let mut add = |family: Key, given: Key| {
        // Few have a rare name; of 姓 and 名 alone one may be frequent.
        if groups.family(family) < groups.given(given) {
            met.extend(groups.families.of(family));
        } else {
            met.extend(groups.givens.of(given));
        }
    };
    for Name { family, given } in &somebody.names {
        for (family, given) in family.keys().flat_map(|family| given.keys().map(move |given| (family, given))) {
            if is_rare(crowd, family, given) {
                add(family, given);
                if is_rare(crowd, given, family) {
                    add(given, family);
                }
            }
        }
    }
    met
}

/// All of these people who meet, each two once. The crowd may be larger.
pub(super) fn among(crowd: &impl Crowd, people: &[(CustomerId, &Person)]) -> Vec<Two> {
    let mut met = Vec::new();
    by_contact(people, |person| &person.phones, |phone| tells(crowd.phone(phone)), &mut met);
    by_contact(people, |person| &person.emails, |email| tells(crowd.email(email)), &mut met);
    by_birth(crowd, people, &mut met);
    by_name(crowd, people, &mut met);
    met.sort_unstable();
    met.dedup();
    met
}

fn by_contact(people: &[(CustomerId, &Person)], has: impl Fn(&Person) -> &[Key], tells: impl Fn(Key) -> bool, met: &mut Vec<Two>) {
    let mut entries: Vec<(Key, CustomerId)> =
        people.iter().flat_map(|(customer, person)| has(person).iter().map(|key| (*key, *customer))).collect();
    entries.sort_unstable();
    for group in entries.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
        if group.first().is_some_and(|(key, _)| tells(*key)) {
            for (place, (_, one)) in group.iter().enumerate() {
                met.extend(group.iter().take(place).map(|(_, other)| two(*one, *other)));
            }
        }
    }
}

// The same day, and a part of the name.
fn by_birth(crowd: &impl Crowd, people: &[(CustomerId, &Person)], met: &mut Vec<Two>) {
    let mut days: BTreeMap<(u32, u32), Vec<(CustomerId, &Person)>> = BTreeMap::new();
    for (customer, person) in people {
        if let Some(born) = person.born.filter(|born| !is_stand_in(crowd, *born)) {
            days.entry((born.month, born.day)).or_default().push((*customer, person));
        }
    }
    let mut entries: Vec<(Key, CustomerId, &Person)> = Vec::new();
    for born in days.into_values() {
        entries.clear();
        for (customer, person) in born {
            let keys = person.names.iter().flat_map(|name| name.family.keys().chain(name.given.keys()));
            entries.extend(keys.map(|key| (key, customer, person)));
        }
        entries.sort_unstable_by_key(|(key, customer, _)| (*key, *customer));
        entries.dedup_by_key(|(key, customer, _)| (*key, *customer));
        for group in entries.chunk_by(|one, other| one.0 == other.0) {
            // Of a few it is asked when they are compared.
            let is_large = group.len() > 16;
            for (place, (_, one, person)) in group.iter().enumerate() {
                let enough = !is_large || is_day_enough(crowd, person);
                let others = group.iter().take(place).filter(|(_, _, other)| meet_by_day(person, other, || enough));
                met.extend(others.map(|(_, other, _)| two(*one, *other)));
            }
        }
    }
}

// A name so rare that it says enough alone.
fn by_name(crowd: &impl Crowd, people: &[(CustomerId, &Person)], met: &mut Vec<Two>) {
    // Whole names as numbers, in whichever order 姓 and 名 stand, with whether the lesser stands first.
    let whole = |family: Key, given: Key| {
        let (lesser, greater) = (family.min(given), family.max(given));
        (lesser.rotate_left(29).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ greater, family <= given)
    };
    let names =
        || people.iter().flat_map(|(customer, person)| person.names.iter().map(|name| (*customer, wholes(name.family, name.given))));
    // What nobody's name is by itself need not be looked at: nobody is met by it.
    let halves: BTreeSet<Key> = names()
        .flat_map(|(_, wholes)| wholes.into_iter().skip(2))
        .filter(|(_, _, own)| *own)
        .map(|(family, given, _)| whole(family, given).0)
        .collect();
    let mut entries: Vec<(Key, bool, CustomerId, Key, Key)> = Vec::new();
    for (customer, wholes) in names() {
        for (place, (family, given, _)) in wholes.into_iter().enumerate().filter(|(_, (family, given, _))| *family != 0 && *given != 0) {
            let (key, ordered) = whole(family, given);
            if place < 2 || halves.contains(&key) {
                entries.push((key, ordered, customer, family, given));
            }
        }
    }
    entries.sort_unstable();
    for group in entries.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
        let mut rare: Vec<CustomerId> = Vec::new();
        // All of one order have one rarity.
        for group in group.chunk_by(|one, other| one.1 == other.1) {
            let is_rare = group.first().is_some_and(|(_, _, _, family, given)| is_rare(crowd, *family, *given));
            if is_rare {
                rare.extend(group.iter().map(|(_, _, customer, ..)| *customer));
            }
        }
        rare.sort_unstable();
        rare.dedup();
        for (place, one) in rare.iter().enumerate() {
            met.extend(rare.iter().take(place).map(|other| two(*one, *other)));
        }
    }
}
