//! All pairs of a ledger that are worth a look, kept from one question to the next.
//!
//! What changes with one customer is worked out anew: what they are compared with, and, where more or fewer have a name now and that says something else of
//! it, those who share the name. It comes to what comparing all of them anew would, and a test holds one against the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::compare::Comparison;
use super::crowd::{Crowd, about, held_by_too_many, is_stand_in, tells};
use super::groups::{Groups, OneMore, Persons, keys};
use super::meet::{Two, among, two, whom};
use super::person::{Born, Key, Person};
use super::points::Likelihood;
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
    persons: Persons,
    groups: Groups,
    // Found when they are asked for. What happens afterwards is noted, until they are asked for again.
    found: Mutex<Option<Found>>,
}

impl People {
    /// These and no others.
    pub(crate) fn of(persons: impl Iterator<Item = (CustomerId, Person)>) -> Self {
        let persons: Persons = persons.collect();
        Self { groups: Groups::of(&persons), persons, found: Mutex::default() }
    }

    /// Who a customer is now; none, if not active any more.
    pub(crate) fn put(&mut self, customer: CustomerId, person: Option<Person>) {
        if self.persons.get(&customer) == person.as_ref() {
            return;
        }
        let before = match person.clone() {
            Some(person) => self.persons.insert(customer, person),
            None => self.persons.remove(&customer),
        };
        let found = self.found.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found {
            for person in [&before, &person].into_iter().flatten() {
                known.since.note(&self.groups, customer, person);
            }
            if known.since.customers.len() > most_at_once(self.persons.len()) {
                *found = None;
            }
        }
        self.groups.change(customer, before.as_ref(), person.as_ref(), &self.persons);
    }

    /// All pairs, those with the most points first.
    pub(crate) fn pairs(&self) -> Arc<Vec<Pair>> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let known = found.take().and_then(|known| known.brought_up(self));
        let found = found.insert(known.unwrap_or_else(|| Found::all(self)));
        Arc::clone(&found.pairs)
    }

    /// What two have in common, the one with the lesser id first, if that is worth a look.
    pub(crate) fn compare(&self, one: CustomerId, other: CustomerId) -> Option<Comparison> {
        Comparison::of(&self.groups, [self.persons.get(&one)?, self.persons.get(&other)?])
    }

    fn pair(&self, (one, other): Two) -> Option<Pair> {
        let Comparison { points, likelihood, .. } = self.compare(one, other)?;
        Some(Pair { points, likelihood, one, other })
    }

    /// Whoever looks like a customer, the likeliest first.
    pub(crate) fn like_customer(&self, customer: CustomerId) -> Vec<(CustomerId, Comparison)> {
        self.persons.get(&customer).map(|person| self.compared(&self.groups, person, Some(customer))).unwrap_or_default()
    }

    /// Whoever looks like somebody who is no customer yet, the likeliest first.
    pub(crate) fn like(&self, somebody: &Person) -> Vec<(CustomerId, Comparison)> {
        self.compared(&OneMore { groups: &self.groups, persons: &self.persons, somebody }, somebody, None)
    }

    fn compared(&self, crowd: &impl Crowd, somebody: &Person, own: Option<CustomerId>) -> Vec<(CustomerId, Comparison)> {
        let met: BTreeSet<CustomerId> =
            whom(crowd, &self.groups, &self.persons, somebody).into_iter().filter(|other| Some(*other) != own).collect();
        let compared = met.into_iter().filter_map(|other| {
            let person = self.persons.get(&other)?;
            // As the pair is compared; who is nobody's customer yet will have the greatest id.
            let two = if own.is_some_and(|own| own < other) { [somebody, person] } else { [person, somebody] };
            Some((other, Comparison::of(crowd, two)?))
        });
        let mut like: Vec<(CustomerId, Comparison)> = compared.collect();
        like.sort_by_key(|(other, comparison)| (core::cmp::Reverse(comparison.points), *other));
        like
    }
}

// Of how many customers the changes are worked out one by one. Of more, comparing all anew is not much slower, if at all.
const fn most_at_once(people: usize) -> usize {
    people / 64 + 16
}

/// The pairs as of some time, and what changed since.
struct Found {
    pairs: Arc<Vec<Pair>>,
    since: Since,
}

impl Found {
    fn all(people: &People) -> Self {
        let everybody: Vec<(CustomerId, &Person)> = people.persons.iter().map(|(customer, person)| (*customer, person)).collect();
        let mut found = Self { pairs: Arc::default(), since: Since::now(people) };
        found.add(people, among(&people.groups, &everybody));
        found
    }

    fn add(&mut self, people: &People, met: Vec<Two>) {
        let pairs = Arc::make_mut(&mut self.pairs);
        pairs.extend(met.into_iter().filter_map(|two| people.pair(two)));
        pairs.sort_by_key(|pair| (core::cmp::Reverse(pair.points), pair.one, pair.other));
    }

    // As they are now; none, if that is to be found out from nothing.
    fn brought_up(mut self, people: &People) -> Option<Self> {
        if self.since.customers.is_empty() {
            return Some(self);
        }
        let Stale { customers, groups } = core::mem::replace(&mut self.since, Since::now(people)).stale(people)?;
        // Most pairs have nothing to do with any of them.
        let concerned: BTreeSet<CustomerId> = customers.iter().chain(groups.iter().flat_map(BTreeMap::keys)).copied().collect();
        let is_stale = |Pair { one, other, .. }: &Pair| {
            let both = |group: &BTreeMap<CustomerId, &Person>| group.contains_key(one) && group.contains_key(other);
            let any = || customers.contains(one) || customers.contains(other) || groups.iter().any(both);
            (concerned.contains(one) || concerned.contains(other)) && any()
        };
        Arc::make_mut(&mut self.pairs).retain(|pair| !is_stale(pair));
        let mut met = Vec::new();
        for customer in &customers {
            let whom = people.persons.get(customer).map(|person| whom(&people.groups, &people.groups, &people.persons, person));
            met.extend(whom.into_iter().flatten().filter(|other| other != customer).map(|other| two(*customer, other)));
        }
        for group in groups {
            met.extend(among(&people.groups, &group.into_iter().collect::<Vec<_>>()));
        }
        met.sort_unstable();
        met.dedup();
        self.add(people, met);
        Some(self)
    }
}

/// What changed: the customers, and of whatever they have or had, how many had it before.
#[derive(Default)]
struct Since {
    people: u32,
    customers: BTreeSet<CustomerId>,
    families: BTreeMap<Key, u32>,
    givens: BTreeMap<Key, u32>,
    births: BTreeMap<Born, u32>,
    phones: BTreeMap<Key, u32>,
    emails: BTreeMap<Key, u32>,
}

/// Whose pairs do not hold any more: all of some customers', and those within some groups.
struct Stale<'p> {
    customers: BTreeSet<CustomerId>,
    groups: Vec<BTreeMap<CustomerId, &'p Person>>,
}

impl Since {
    fn now(people: &People) -> Self {
        Self { people: people.groups.people(), ..Self::default() }
    }

    // Before the groups know of it.
    fn note(&mut self, groups: &Groups, customer: CustomerId, person: &Person) {
        self.customers.insert(customer);
        for key in keys(person, |name| name.family) {
            self.families.entry(key).or_insert_with(|| groups.family(key));
        }
        for key in keys(person, |name| name.given) {
            self.givens.entry(key).or_insert_with(|| groups.given(key));
        }
        if let Some(born) = person.born {
            self.births.entry(born).or_insert_with(|| groups.birthday(born));
        }
        for key in &person.phones {
            self.phones.entry(*key).or_insert_with(|| groups.phone(*key));
        }
        for key in &person.emails {
            self.emails.entry(*key).or_insert_with(|| groups.email(*key));
        }
    }

    // None, if that is more than half of everything.
    fn stale(self, people: &People) -> Option<Stale<'_>> {
        let groups = &people.groups;
        if about(self.people) != about(groups.people()) {
            return None;
        }
        let mut customers = self.customers;
        for (born, before) in self.births {
            if is_stand_in(groups, born) != held_by_too_many(groups, born, before) {
                customers.extend(groups.births.of(born));
            }
        }
        let mut sharing: Vec<BTreeSet<CustomerId>> = Vec::new();
        for (holders, counts, count) in [
            (&groups.phones, self.phones, &(|key| groups.phone(key)) as &dyn Fn(Key) -> u32),
            (&groups.emails, self.emails, &|key| groups.email(key)),
        ] {
            for (key, before) in counts {
                match (tells(before), tells(count(key))) {
                    (false, false) => {}
                    (true, true) => sharing.push(holders.of(key).collect()),
                    // It says something else to everybody whom its holders are compared with.
                    (true, false) | (false, true) => customers.extend(holders.of(key)),
                }
            }
        }
        for (counts, count) in
            [(self.families, &(|key| groups.family(key)) as &dyn Fn(Key) -> u32), (self.givens, &|key| groups.given(key))]
        {
            // What a name says to two of whom one or both have it.
            let said = |count: u32| [1, 2].map(|own| about(count.saturating_sub(own)));
            let told = counts.into_iter().filter(|(key, before)| said(*before) != said(count(*key)));
            // 姓 and 名 may stand in each other's place.
            sharing.extend(told.map(|(key, _)| groups.families.of(key).chain(groups.givens.of(key)).collect()));
        }
        sharing.retain(|group| group.len() > 1);
        let work = sharing.iter().map(BTreeSet::len).fold(customers.len(), usize::saturating_add);
        let persons = |group: BTreeSet<CustomerId>| group.into_iter().filter_map(|id| Some((id, people.persons.get(&id)?))).collect();
        (work <= people.persons.len() / 2 + 16).then(|| Stale { customers, groups: sharing.into_iter().map(persons).collect() })
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

    fn somebody(dice: &mut Dice, endings: usize) -> Person {
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
        let mut names: Vec<[String; 4]> = Vec::new();
        let mut texts = Texts::default();
        for _ in 0..=dice.below(5) / 4 {
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
            // Few have one name where there are many endings.
            let ending = ["", "カワ", "ヤマ", "ダ", "ムラ", "ザワ", "ノ", "オカ", "イケ", "モリ", "ハシ", "マツ"][dice.below(endings)];
            names.push(four.map(|text| if text.is_empty() { String::new() } else { [text, ending].concat() }));
        }
        texts.names = names.iter().map(|four| four.each_ref().map(String::as_str)).collect();
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
        for seed in 0..400 {
            let mut dice = Dice(seed);
            let size = [3, 12, 60, 250][dice.below(4)];
            let mut people = People::default();
            for customer in 1..=size {
                people.put(CustomerId::from_ordinal(customer), Some(somebody(&mut dice, 1)));
            }
            let groups = Groups::of(&people.persons);
            let ids: Vec<CustomerId> = people.persons.keys().copied().collect();
            let mut every: Vec<Pair> = ids
                .iter()
                .flat_map(|one| ids.iter().filter(move |other| one < other).map(move |other| (*one, *other)))
                .collect::<Vec<_>>()
                .into_iter()
                .filter_map(|(one, other)| people.pair((one, other)))
                .collect();
            every.sort_unstable_by_key(|pair| (core::cmp::Reverse(pair.points), pair.one, pair.other));
            assert!(*people.pairs() == every, "seed {seed}: {} of {}", people.pairs().len(), every.len());
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
            assert_eq!(people.like(&person), as_customer, "seed {seed}");
        }
        assert!(suggested > 10_000, "{suggested}");
    }

    #[test]
    fn d1_of_many_of_one_name_and_day_nobody_is_missed() {
        let mut found = [0, 0];
        for (others, line_every) in [(60, 0), (60, 3), (2_500, 0), (2_500, 3)] {
            let day = Birthday { year: None, month: 4, day: 1 };
            let person = |family: &str, given: &str, birthday: Option<&Birthday>, line: bool| {
                let joined = [family, given].concat();
                Person::of(&Texts {
                    names: vec![[family, given, "", ""]],
                    birthday,
                    line,
                    line_name: Some(joined.as_str()).filter(|_| line),
                    ..Texts::default()
                })
            };
            let of_one_name = (1_u32..=40).map(|id| (id, person("新規", "様", Some(&day), line_every > 0 && id % line_every == 0)));
            // Of the many all have the name: then the day says less than that so many have it.
            let rest = (1..=others).map(|id| (100 + id, person("新規", if others > 100 { "様" } else { "桜" }, None, false)));
            let people = People::of(of_one_name.chain(rest).map(|(id, person)| (CustomerId::from_ordinal(id), person)));
            let ids: Vec<CustomerId> = (1..=40).map(CustomerId::from_ordinal).collect();
            let every = ids.iter().flat_map(|one| ids.iter().filter(move |other| one < other).map(move |other| (*one, *other)));
            let mut every: Vec<Pair> = every.filter_map(|two| people.pair(two)).collect();
            every.sort_unstable_by_key(|pair| (core::cmp::Reverse(pair.points), pair.one, pair.other));
            assert!(*people.pairs() == every, "{others} {line_every}: {} of {}", people.pairs().len(), every.len());
            for id in ids {
                let of_theirs = every.iter().filter(|pair| pair.one == id || pair.other == id).count();
                assert_eq!(people.like_customer(id).len(), of_theirs, "{others} {line_every}");
            }
            found[usize::from(!every.is_empty())] += 1;
        }
        assert!(found.iter().all(|cases| *cases > 0), "{found:?}");
    }

    #[test]
    fn d1_pairs_that_are_kept_are_those_that_would_be_found_anew() {
        let (mut kept, mut moved) = (0, 0);
        for seed in 0..60 {
            let mut dice = Dice(seed);
            let (size, endings) = ([40, 250, 900][dice.below(3)], [1, 4, 12][dice.below(3)]);
            let mut people =
                People::of((1..=u32::try_from(size).unwrap()).map(|id| (CustomerId::from_ordinal(id), somebody(&mut dice, endings))));
            let mut known = people.pairs();
            for _ in 0..30 {
                for _ in 0..1 + dice.below(4) {
                    let id = CustomerId::from_ordinal(1 + u32::try_from(dice.below(size + 20)).unwrap());
                    // Somebody goes, or comes; somebody is entered once more; somebody's entries are another's.
                    let person = match dice.below(4) {
                        0 => None,
                        1 => people.persons.get(&CustomerId::from_ordinal(1 + u32::try_from(dice.below(size)).unwrap())).cloned(),
                        _ => Some(somebody(&mut dice, endings)),
                    };
                    people.put(id, person);
                }
                let found = people.found.get_mut().unwrap().take();
                let brought_up = found.and_then(|found| found.brought_up(&people));
                kept += u32::from(brought_up.is_some());
                people.found = Mutex::new(brought_up);
                let anew = People::of(people.persons.clone().into_iter());
                let now = people.pairs();
                assert!(now == anew.pairs(), "seed {seed}");
                moved += u32::from(now != known);
                known = now;
            }
        }
        assert!(kept > 700 && moved > 1_000, "{kept} {moved}");
    }
}
