//! All pairs of a ledger that are worth a look, without comparing everybody with everybody.
//!
//! What reaches [`POSSIBLE`](super::points) has a phone in common, or an address, or a day of birth and a part of the name, or a name that is rare enough to
//! say so much alone. So only those who *meet* in one of these are compared. That nobody is missed by it follows from the numbers in `points.rs`; a test
//! compares everybody with everybody.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::compare::{Comparison, parts};
use super::crowd::{Crowd, is_stand_in, rarity_of, tells};
use super::person::{Born, Key, Name, Part, Person};
use super::points::{Likelihood, MOST_SHARING, Says, least_rarity_alone};
use crate::id::CustomerId;

/// Two who look like one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// The sum of points.
    pub(crate) points: i32,
    /// What it means.
    pub(crate) likelihood: Likelihood,
    /// The one with the lesser id.
    pub(crate) one: CustomerId,
    /// The other.
    pub(crate) other: CustomerId,
}

/// Everybody who is compared.
#[derive(Default)]
pub(crate) struct People {
    persons: BTreeMap<CustomerId, Person>,
    // Made when it is asked for, of everybody as they are then.
    found: OnceLock<Found>,
}

struct Found {
    groups: Groups,
    pairs: Vec<Pair>,
}

fn at(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl People {
    /// These and no others.
    pub(crate) fn of(persons: impl Iterator<Item = (CustomerId, Person)>) -> Self {
        Self { persons: persons.collect(), found: OnceLock::new() }
    }

    /// Who a customer is now; none, if not active any more.
    pub(crate) fn put(&mut self, customer: CustomerId, person: Option<Person>) {
        if self.persons.get(&customer) != person.as_ref() {
            match person {
                Some(person) => drop(self.persons.insert(customer, person)),
                None => drop(self.persons.remove(&customer)),
            }
            self.found = OnceLock::new();
        }
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let groups = Groups::of(self);
            let mut pairs: Vec<Pair> = groups.met(self).into_iter().filter_map(|(one, other)| self.pair(&groups, one, other)).collect();
            pairs.sort_unstable_by_key(|pair| (core::cmp::Reverse(pair.points), pair.one, pair.other));
            Found { groups, pairs }
        })
    }

    fn pair(&self, groups: &Groups, one: CustomerId, other: CustomerId) -> Option<Pair> {
        let Comparison { points, likelihood, .. } = Comparison::of(groups, [self.persons.get(&one)?, self.persons.get(&other)?])?;
        Some(Pair { points, likelihood, one, other })
    }

    /// All pairs, those with the most points first.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.found().pairs
    }

    /// What two have in common, the one with the lesser id first, if that is worth a look.
    pub(crate) fn compare(&self, one: CustomerId, other: CustomerId) -> Option<Comparison> {
        Comparison::of(&self.found().groups, [self.persons.get(&one)?, self.persons.get(&other)?])
    }

    /// Whoever looks like a customer, the likeliest first.
    pub(crate) fn like_customer(&self, customer: CustomerId) -> Vec<(CustomerId, Comparison)> {
        self.persons.get(&customer).map(|person| self.like(person, Some(customer))).unwrap_or_default()
    }

    /// Whoever looks like somebody, the likeliest first: like one of the customers, who is left out, or like somebody who is none yet.
    pub(crate) fn like(&self, somebody: &Person, own: Option<CustomerId>) -> Vec<(CustomerId, Comparison)> {
        let others = || self.persons.iter().filter(|(other, _)| Some(**other) != own);
        let met: Vec<(CustomerId, &Person)> =
            others().filter(|(_, other)| meet(somebody, other)).map(|(other, person)| (*other, person)).collect();
        let mut asked = Asked::of(met.iter().map(|(_, other)| *other).chain([somebody]));
        others().map(|(_, other)| other).chain([somebody]).for_each(|person| asked.count(person));
        let compared = met.into_iter().filter_map(|(other, person)| {
            // As the pair is compared; who is nobody's customer yet will have the greatest id.
            let two = if own.is_some_and(|own| own < other) { [somebody, person] } else { [person, somebody] };
            Some((other, Comparison::of(&asked, two)?))
        });
        let mut like: Vec<(CustomerId, Comparison)> = compared.collect();
        like.sort_by_key(|(other, comparison)| (core::cmp::Reverse(comparison.points), *other));
        like
    }
}

// Whether two can have anything in common that is worth a look.
fn meet(one: &Person, other: &Person) -> bool {
    let any = |own: &[Key], theirs: &[Key]| own.iter().any(|key| theirs.binary_search(key).is_ok());
    let part = |own: &Name, theirs: &Name| {
        let shared = |[one, other]: [Part; 2]| one.keys().any(|key| other.keys().any(|same| same == key));
        [[own.family, theirs.family], [own.given, theirs.given], [own.family, theirs.given], [own.given, theirs.family]].map(shared)
    };
    any(&one.phones, &other.phones)
        || any(&one.emails, &other.emails)
        || one.names.iter().any(|own| {
            other.names.iter().any(|theirs| {
                let [family, given, turned, back] = part(own, theirs);
                let born = one.born.zip(other.born).is_some_and(|(one, other)| may_be_one_day(one, other));
                family && given || turned && back || born && (family || given || turned || back)
            })
        })
}

fn may_be_one_day(one: Born, other: Born) -> bool {
    one.day_key() == other.day_key() && one.year.zip(other.year).is_none_or(|(one, other)| one == other)
}

// Does something with each key of the names that somebody has or had, as 姓 or as 名.
fn each_key(person: &Person, part: impl Fn(&Name) -> Part, mut work: impl FnMut(Key)) {
    match &*person.names {
        [name] => part(name).keys().for_each(work),
        names => names.iter().flat_map(|name| part(name).keys()).collect::<BTreeSet<Key>>().into_iter().for_each(&mut work),
    }
}

/// Whether two of these can by their 名 not be one person.
fn is_household<'p>(holders: impl Iterator<Item = &'p Person>) -> bool {
    let givens: Vec<Vec<Part>> = holders.map(|person| person.names.iter().map(|name| name.given).collect()).collect();
    givens.iter().enumerate().any(|(place, one)| {
        let apart = |other: &Vec<Part>| one.iter().all(|given| other.iter().all(|theirs| parts(*given, *theirs) == Says::Different));
        givens.iter().take(place).any(apart)
    })
}

/// Everybody sorted by what they can share.
struct Groups {
    people: u32,
    families: Vec<Key>,
    givens: Vec<Key>,
    phones: Vec<(Key, CustomerId)>,
    emails: Vec<(Key, CustomerId)>,
    births: Vec<(Key, CustomerId)>,
    households: Vec<Key>,
}

// How many of a sorted list have a key.
fn count<T>(sorted: &[T], key: Key, of: impl Fn(&T) -> Key) -> u32 {
    let from = sorted.partition_point(|entry| of(entry) < key);
    let rest = sorted.get(from..).unwrap_or_default();
    u32::try_from(rest.partition_point(|entry| of(entry) == key)).unwrap_or(u32::MAX)
}

// Those of a sorted list who share a key, two and more.
fn shared(sorted: &[(Key, CustomerId)]) -> impl Iterator<Item = &[(Key, CustomerId)]> {
    sorted.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1)
}

fn two(one: CustomerId, other: CustomerId) -> (CustomerId, CustomerId) {
    (one.min(other), one.max(other))
}

impl Groups {
    fn of(people: &People) -> Self {
        let mut groups = Self {
            people: u32::try_from(people.persons.len()).unwrap_or(u32::MAX),
            families: Vec::new(),
            givens: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            births: Vec::new(),
            households: Vec::new(),
        };
        for (customer, person) in &people.persons {
            each_key(person, |name| name.family, |key| groups.families.push(key));
            each_key(person, |name| name.given, |key| groups.givens.push(key));
            groups.phones.extend(person.phones.iter().map(|key| (*key, *customer)));
            groups.emails.extend(person.emails.iter().map(|key| (*key, *customer)));
            groups.births.extend(person.born.iter().map(|born| (born.whole_key(), *customer)));
        }
        groups.families.sort_unstable();
        groups.givens.sort_unstable();
        for sorted in [&mut groups.phones, &mut groups.emails, &mut groups.births] {
            sorted.sort_unstable();
        }
        let households = shared(&groups.phones).filter(|group| {
            group.len() <= at(MOST_SHARING) && is_household(group.iter().filter_map(|(_, customer)| people.persons.get(customer)))
        });
        groups.households = households.filter_map(|group| group.first()).map(|(key, _)| *key).collect();
        groups
    }

    // All who meet, each two once.
    fn met(&self, people: &People) -> Vec<(CustomerId, CustomerId)> {
        let mut met = Vec::new();
        for group in shared(&self.phones).chain(shared(&self.emails)).filter(|group| group.len() <= at(MOST_SHARING)) {
            for (place, (_, one)) in group.iter().enumerate() {
                met.extend(group.iter().take(place).map(|(_, other)| two(*one, *other)));
            }
        }
        self.meet_by_birth(people, &mut met);
        self.meet_by_name(people, &mut met);
        met.sort_unstable();
        met.dedup();
        met
    }

    // The same day, and a part of the name.
    fn meet_by_birth(&self, people: &People, met: &mut Vec<(CustomerId, CustomerId)>) {
        let mut days: BTreeMap<Key, Vec<(CustomerId, Born)>> = BTreeMap::new();
        for (customer, person) in &people.persons {
            if let Some(born) = person.born.filter(|born| !is_stand_in(self, *born)) {
                days.entry(born.day_key()).or_default().push((*customer, born));
            }
        }
        let mut entries: Vec<(Key, CustomerId, Option<i32>)> = Vec::new();
        for born in days.into_values() {
            entries.clear();
            for (customer, Born { year, .. }) in born {
                let names = people.persons.get(&customer).map(|person| &person.names);
                let keys = names.into_iter().flatten().flat_map(|name| name.family.keys().chain(name.given.keys()));
                entries.extend(keys.map(|key| (key, customer, year)));
            }
            entries.sort_unstable();
            entries.dedup();
            for group in entries.chunk_by(|one, other| one.0 == other.0) {
                for (place, (_, one, year)) in group.iter().enumerate() {
                    let of_year = group.iter().take(place).filter(|(_, _, other)| year.zip(*other).is_none_or(|(one, other)| one == other));
                    met.extend(of_year.filter(|(_, other, _)| other != one).map(|(_, other, _)| two(*one, *other)));
                }
            }
        }
    }

    // A name so rare that it says enough alone.
    fn meet_by_name(&self, people: &People, met: &mut Vec<(CustomerId, CustomerId)>) {
        // Whole names as numbers, in whichever order 姓 and 名 stand, with whether the lesser stands first.
        let whole = |family: Key, given: Key| {
            let (lesser, greater) = (family.min(given), family.max(given));
            (lesser.rotate_left(29).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ greater, family <= given)
        };
        // Where 姓 or 名 alone is in kana, or has a reading, two may share the reading of one and the writing of the other.
        let mut halves: BTreeSet<Key> = BTreeSet::new();
        for Name { family, given } in people.persons.values().flat_map(|person| &person.names) {
            if given.in_kana || family.unvoiced == 0 && given.unvoiced != 0 {
                halves.insert(whole(family.confused, given.unvoiced).0);
            }
            if family.in_kana || given.unvoiced == 0 && family.unvoiced != 0 {
                halves.insert(whole(family.unvoiced, given.confused).0);
            }
        }
        let mut entries: Vec<(Key, bool, CustomerId, Key, Key)> = Vec::new();
        for (customer, person) in &people.persons {
            for Name { family, given } in &person.names {
                let mut add = |family: Key, given: Key, only_half: bool| {
                    let (key, ordered) = whole(family, given);
                    if family != 0 && given != 0 && (!only_half || halves.contains(&key)) {
                        entries.push((key, ordered, *customer, family, given));
                    }
                };
                add(family.confused, given.confused, false);
                add(family.unvoiced, given.unvoiced, false);
                add(family.confused, given.unvoiced, true);
                add(family.unvoiced, given.confused, true);
            }
        }
        entries.sort_unstable();
        for group in entries.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
            let mut rare: Vec<CustomerId> = Vec::new();
            // All of one order have one rarity.
            for group in group.chunk_by(|one, other| one.1 == other.1) {
                let is_rare = group.first().is_some_and(|(_, _, _, family, given)| {
                    let but_two = |count: u32| count.saturating_sub(2);
                    rarity_of(self, (*family, but_two(self.family(*family))), but_two(self.given(*given))) >= least_rarity_alone()
                });
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
}

impl Crowd for Groups {
    fn people(&self) -> u32 {
        self.people
    }

    fn family(&self, key: Key) -> u32 {
        count(&self.families, key, |key| *key)
    }

    fn given(&self, key: Key) -> u32 {
        count(&self.givens, key, |key| *key)
    }

    fn phone(&self, key: Key) -> u32 {
        count(&self.phones, key, |(key, _)| *key)
    }

    fn is_household(&self, key: Key) -> bool {
        self.households.binary_search(&key).is_ok()
    }

    fn email(&self, key: Key) -> u32 {
        count(&self.emails, key, |(key, _)| *key)
    }

    fn birthday(&self, born: Born) -> u32 {
        count(&self.births, born.whole_key(), |(key, _)| *key)
    }
}

/// The numbers of some keys only, counted by going through everybody once.
#[derive(Default)]
struct Asked<'p> {
    people: u32,
    families: BTreeMap<Key, u32>,
    givens: BTreeMap<Key, u32>,
    phones: BTreeMap<Key, Vec<&'p Person>>,
    emails: BTreeMap<Key, u32>,
    births: BTreeMap<Key, u32>,
}

impl<'p> Asked<'p> {
    fn of(persons: impl Iterator<Item = &'p Person>) -> Self {
        let mut asked = Self::default();
        for person in persons {
            each_key(person, |name| name.family, |key| asked.families.extend([(key, 0)]));
            each_key(person, |name| name.given, |key| asked.givens.extend([(key, 0)]));
            asked.phones.extend(person.phones.iter().map(|key| (*key, Vec::new())));
            asked.emails.extend(person.emails.iter().map(|key| (*key, 0)));
            asked.births.extend(person.born.iter().map(|born| (born.whole_key(), 0)));
        }
        asked
    }

    fn count(&mut self, person: &'p Person) {
        let one_more = |counts: &mut BTreeMap<Key, u32>, key: Key| {
            if let Some(count) = counts.get_mut(&key) {
                *count = count.saturating_add(1);
            }
        };
        self.people = self.people.saturating_add(1);
        each_key(person, |name| name.family, |key| one_more(&mut self.families, key));
        each_key(person, |name| name.given, |key| one_more(&mut self.givens, key));
        person.emails.iter().for_each(|key| one_more(&mut self.emails, *key));
        person.born.iter().for_each(|born| one_more(&mut self.births, born.whole_key()));
        for key in &person.phones {
            if let Some(holders) = self.phones.get_mut(key) {
                holders.push(person);
            }
        }
    }
}

fn counted(counts: &BTreeMap<Key, u32>, key: Key) -> u32 {
    counts.get(&key).copied().unwrap_or_default()
}

impl Crowd for Asked<'_> {
    fn people(&self) -> u32 {
        self.people
    }

    fn family(&self, key: Key) -> u32 {
        counted(&self.families, key)
    }

    fn given(&self, key: Key) -> u32 {
        counted(&self.givens, key)
    }

    fn phone(&self, key: Key) -> u32 {
        self.phones.get(&key).map_or(0, |holders| u32::try_from(holders.len()).unwrap_or(u32::MAX))
    }

    fn is_household(&self, key: Key) -> bool {
        self.phones.get(&key).is_some_and(|holders| tells(self.phone(key)) && is_household(holders.iter().copied()))
    }

    fn email(&self, key: Key) -> u32 {
        counted(&self.emails, key)
    }

    fn birthday(&self, born: Born) -> u32 {
        counted(&self.births, born.whole_key())
    }
}

#[cfg(test)]
mod tests {
    use super::super::person::Texts;
    use super::*;
    use crate::record::Birthday;

    /// Numbers that look random, and are the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % most
        }

        fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
            of[self.below(of.len())]
        }
    }

    fn somebody(dice: &mut Dice) -> Person {
        const FAMILIES: [(&str, &str); 9] = [
            ("佐藤", "サトウ"),
            ("斎藤", "サイトウ"),
            ("斉藤", "サイトウ"),
            ("髙橋", "タカハシ"),
            ("勘解由小路", "カデノコウジ"),
            ("中島", "ナカジマ"),
            ("中嶋", "ナカシマ"),
            ("太郎", "タロウ"),
            ("新谷", "アラヤ"),
        ];
        const GIVENS: [(&str, &str); 8] = [
            ("花子", "ハナコ"),
            ("華子", "ハナコ"),
            ("太郎", "タロウ"),
            ("裕子", "ヒロコ"),
            ("裕子", "ユウコ"),
            ("さくら", "サクラ"),
            ("桜", "サクラ"),
            ("純", "ジュン"),
        ];
        let names = 1 + dice.below(5) / 4;
        let mut texts = Texts::default();
        for _ in 0..names {
            let (mut name, given) = (FAMILIES[dice.below(FAMILIES.len())], GIVENS[dice.below(GIVENS.len())]);
            if dice.below(12) == 0 {
                name.1 = "シンタニ";
            }
            let mut four = [name.0, given.0, name.1, given.1];
            match dice.below(12) {
                0 => four = [four[2], four[3], "", ""],
                1 => four = [four[1], four[0], four[3], four[2]],
                2 => (four[2], four[3]) = ("", ""),
                3 => four[2] = "",
                4 => four[1] = four[3],
                5 => (four[1], four[3]) = (four[3], ""),
                _ => {}
            }
            texts.names.push(four);
        }
        let phones: Vec<String> = (0..dice.below(3)).map(|_| format!("0900000{:02}", dice.below(40))).collect();
        let emails: Vec<String> = (0..dice.below(2)).map(|_| format!("{}@example.jp", dice.below(60))).collect();
        let birthday = Birthday {
            year: (dice.below(4) > 0).then(|| 1990 + i32::try_from(dice.below(2)).unwrap()),
            month: u32::try_from(1 + dice.below(3)).unwrap(),
            day: u32::try_from(1 + dice.below(4)).unwrap(),
        };
        texts.phones = phones.iter().map(String::as_str).collect();
        texts.emails = emails.iter().map(String::as_str).collect();
        texts.birthday = Some(&birthday).filter(|_| dice.below(3) > 0);
        texts.line = dice.below(4) == 0;
        texts.line_name = Some(dice.one_of(&["佐藤花子", "サクラ髙橋", "さく", "ハナコサトウ"])).filter(|_| texts.line);
        Person::of(&texts)
    }

    #[test]
    fn d1_nobody_is_missed_by_not_comparing_everybody_with_everybody() {
        let mut suggested = 0;
        for seed in 0..200 {
            let mut dice = Dice(seed);
            let size = [3, 12, 60, 250][dice.below(4)];
            let mut people = People::default();
            for customer in 1..=size {
                people.put(CustomerId::from_ordinal(customer), Some(somebody(&mut dice)));
            }
            let groups = Groups::of(&people);
            let ids: Vec<CustomerId> = people.persons.keys().copied().collect();
            let mut every: Vec<Pair> = ids
                .iter()
                .flat_map(|one| ids.iter().filter(move |other| one < other).map(move |other| (*one, *other)))
                .collect::<Vec<_>>()
                .into_iter()
                .filter_map(|(one, other)| people.pair(&groups, one, other))
                .collect();
            every.sort_unstable_by_key(|pair| (core::cmp::Reverse(pair.points), pair.one, pair.other));
            assert!(people.pairs() == every, "seed {seed}: {} of {}", people.pairs().len(), every.len());
            suggested += every.len();
            // One by one the same is said, for the same reasons, and the two are the same either way round.
            for id in ids.iter().take(30) {
                let mut expected: Vec<(CustomerId, Comparison)> = every
                    .iter()
                    .filter_map(|pair| {
                        let other = if pair.one == *id { pair.other } else { Some(pair.one).filter(|_| pair.other == *id)? };
                        Some((other, people.compare(pair.one, pair.other).unwrap()))
                    })
                    .collect();
                expected.sort_by_key(|(other, comparison)| (core::cmp::Reverse(comparison.points), *other));
                assert_eq!(people.like_customer(*id), expected, "seed {seed}");
            }
            for pair in &every {
                let two = [&people.persons[&pair.one], &people.persons[&pair.other]];
                let turned = Comparison::of(&groups, [two[1], two[0]]).unwrap();
                assert_eq!(turned.points, pair.points, "seed {seed}");
            }
            // Who is in the ledger and who is about to be are counted alike.
            let last = *ids.last().unwrap();
            let person = people.persons[&last].clone();
            let as_customer = people.like_customer(last);
            people.put(last, None);
            assert_eq!(people.like(&person, None), as_customer, "seed {seed}");
        }
        assert!(suggested > 5_000, "{suggested}");
    }
}
