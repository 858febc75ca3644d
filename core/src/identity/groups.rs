//! Everybody by what they can share, as they are now.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::parts;
use super::crowd::{Crowd, tells};
use super::person::{Born, Key, Name, Part, Person};
use super::points::{MOST_SHARING, Says};
use crate::id::CustomerId;

pub(super) type Persons = BTreeMap<CustomerId, Person>;

/// Who has something, by what it is.
pub(super) struct Holders<K>(BTreeSet<(K, CustomerId)>);

impl<K> Default for Holders<K> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<K: Copy + Ord> Holders<K> {
    fn set(&mut self, key: K, customer: CustomerId, has: bool) {
        if has {
            self.0.insert((key, customer));
        } else {
            self.0.remove(&(key, customer));
        }
    }

    /// Everybody who has it.
    pub(super) fn of(&self, key: K) -> impl Iterator<Item = CustomerId> {
        let everybody = (key, CustomerId::from_ordinal(0))..=(key, CustomerId::from_ordinal(u32::MAX));
        self.0.range(everybody).map(|(_, customer)| *customer)
    }

    // How many have it, as far as that matters: no more than one above `most` are counted.
    fn up_to(&self, most: u32, key: K) -> u32 {
        (0..=most).zip(self.of(key)).fold(0, |count, _| count.saturating_add(1))
    }
}

/// The same of what so many have that they cannot be counted each time.
pub(super) struct Counted<K> {
    holders: Holders<K>,
    counts: BTreeMap<K, u32>,
}

impl<K> Default for Counted<K> {
    fn default() -> Self {
        Self { holders: Holders::default(), counts: BTreeMap::new() }
    }
}

impl<K: Copy + Ord> Counted<K> {
    fn all(entries: Vec<(K, CustomerId)>) -> Self {
        let holders = Holders(entries.into_iter().collect());
        let mut counts = BTreeMap::new();
        for (key, _) in &holders.0 {
            let count: &mut u32 = counts.entry(*key).or_default();
            *count = count.saturating_add(1);
        }
        Self { holders, counts }
    }

    fn set(&mut self, key: K, customer: CustomerId, has: bool) {
        let count = self.counts.entry(key).or_default();
        *count = if has { count.saturating_add(1) } else { count.saturating_sub(1) };
        if *count == 0 {
            self.counts.remove(&key);
        }
        self.holders.set(key, customer, has);
    }

    /// Everybody who has it.
    pub(super) fn of(&self, key: K) -> impl Iterator<Item = CustomerId> {
        self.holders.of(key)
    }

    /// How many have it.
    pub(super) fn count(&self, key: K) -> u32 {
        self.counts.get(&key).copied().unwrap_or_default()
    }

    /// All that anybody has, between two.
    pub(super) fn between(&self, first: K, last: K) -> impl Iterator<Item = K> {
        self.counts.range(first..=last).map(|(key, _)| *key)
    }
}

/// Each key of the names that somebody has or had, once.
pub(super) fn keys(person: &Person, part: impl Fn(&Name) -> Part) -> impl Iterator<Item = Key> {
    let (one, several) = match &*person.names {
        [name] => (Some(part(name).keys()), BTreeSet::new()),
        names => (None, names.iter().flat_map(|name| part(name).keys()).collect::<BTreeSet<Key>>()),
    };
    one.into_iter().flatten().chain(several)
}

/// Whether two of these can by their 名 not be one person.
fn is_household<'p>(holders: impl Iterator<Item = &'p Person>) -> bool {
    let givens: Vec<Vec<Part>> = holders.map(|person| person.names.iter().map(|name| name.given).collect()).collect();
    givens.iter().enumerate().any(|(place, one)| {
        let apart = |other: &Vec<Part>| one.iter().all(|given| other.iter().all(|theirs| parts(*given, *theirs) == Says::Different));
        givens.iter().take(place).any(apart)
    })
}

/// Everybody by what they can share.
#[derive(Default)]
pub(super) struct Groups {
    people: u32,
    pub(super) families: Counted<Key>,
    pub(super) givens: Counted<Key>,
    pub(super) births: Counted<Born>,
    pub(super) phones: Holders<Key>,
    pub(super) emails: Holders<Key>,
    households: BTreeSet<Key>,
}

impl Groups {
    pub(super) fn of(persons: &Persons) -> Self {
        let (mut families, mut givens, mut births) = (Vec::new(), Vec::new(), Vec::new());
        let (mut phones, mut emails) = (Vec::new(), Vec::new());
        for (customer, person) in persons {
            families.extend(keys(person, |name| name.family).map(|key| (key, *customer)));
            givens.extend(keys(person, |name| name.given).map(|key| (key, *customer)));
            births.extend(person.born.map(|born| (born, *customer)));
            phones.extend(person.phones.iter().map(|key| (*key, *customer)));
            emails.extend(person.emails.iter().map(|key| (*key, *customer)));
        }
        let mut groups = Self {
            people: u32::try_from(persons.len()).unwrap_or(u32::MAX),
            families: Counted::all(families),
            givens: Counted::all(givens),
            births: Counted::all(births),
            phones: Holders(phones.into_iter().collect()),
            emails: Holders(emails.into_iter().collect()),
            households: BTreeSet::new(),
        };
        let shared: BTreeSet<Key> = groups
            .phones
            .0
            .iter()
            .zip(groups.phones.0.iter().skip(1))
            .filter(|(one, next)| one.0 == next.0)
            .map(|(one, _)| one.0)
            .collect();
        for phone in shared {
            groups.judge_household(phone, persons);
        }
        groups
    }

    /// Somebody was one and is another now, or came, or went. `persons` are as they are now.
    pub(super) fn change(&mut self, customer: CustomerId, before: Option<&Person>, now: Option<&Person>, persons: &Persons) {
        for (person, has) in [(before, false), (now, true)] {
            let Some(person) = person else { continue };
            self.people = if has { self.people.saturating_add(1) } else { self.people.saturating_sub(1) };
            keys(person, |name| name.family).for_each(|key| self.families.set(key, customer, has));
            keys(person, |name| name.given).for_each(|key| self.givens.set(key, customer, has));
            person.born.iter().for_each(|born| self.births.set(*born, customer, has));
            person.phones.iter().for_each(|key| self.phones.set(*key, customer, has));
            person.emails.iter().for_each(|key| self.emails.set(*key, customer, has));
        }
        for phone in [before, now].into_iter().flatten().flat_map(|person| &person.phones) {
            self.judge_household(*phone, persons);
        }
    }

    fn judge_household(&mut self, phone: Key, persons: &Persons) {
        let holders = || self.phones.of(phone).filter_map(|customer| persons.get(&customer));
        if tells(self.phone(phone)) && is_household(holders()) {
            self.households.insert(phone);
        } else {
            self.households.remove(&phone);
        }
    }
}

impl Crowd for Groups {
    fn people(&self) -> u32 {
        self.people
    }

    fn family(&self, key: Key) -> u32 {
        self.families.count(key)
    }

    fn given(&self, key: Key) -> u32 {
        self.givens.count(key)
    }

    fn phone(&self, key: Key) -> u32 {
        self.phones.up_to(MOST_SHARING, key)
    }

    fn is_household(&self, key: Key) -> bool {
        self.households.contains(&key)
    }

    fn email(&self, key: Key) -> u32 {
        self.emails.up_to(MOST_SHARING, key)
    }

    fn birthday(&self, born: Born) -> u32 {
        self.births.count(born)
    }
}

/// Everybody, and somebody who is nobody's customer yet: whoever is typed in is counted as they will be.
pub(super) struct OneMore<'p> {
    pub(super) groups: &'p Groups,
    pub(super) persons: &'p Persons,
    pub(super) somebody: &'p Person,
}

impl Crowd for OneMore<'_> {
    fn people(&self) -> u32 {
        self.groups.people().saturating_add(1)
    }

    fn family(&self, key: Key) -> u32 {
        self.groups.family(key).saturating_add(keys(self.somebody, |name| name.family).any(|own| own == key).into())
    }

    fn given(&self, key: Key) -> u32 {
        self.groups.given(key).saturating_add(keys(self.somebody, |name| name.given).any(|own| own == key).into())
    }

    fn phone(&self, key: Key) -> u32 {
        self.groups.phone(key).saturating_add(self.somebody.phones.contains(&key).into())
    }

    fn is_household(&self, key: Key) -> bool {
        let holders = self.groups.phones.of(key).filter_map(|customer| self.persons.get(&customer));
        let somebody = Some(self.somebody).filter(|somebody| somebody.phones.contains(&key));
        tells(self.phone(key)) && is_household(holders.chain(somebody))
    }

    fn email(&self, key: Key) -> u32 {
        self.groups.email(key).saturating_add(self.somebody.emails.contains(&key).into())
    }

    fn birthday(&self, born: Born) -> u32 {
        self.groups.birthday(born).saturating_add((self.somebody.born == Some(born)).into())
    }
}
