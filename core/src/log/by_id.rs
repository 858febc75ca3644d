//! Things found by an id or a key, most of which were counted.

use std::collections::HashMap;

use crate::id::RecordId;

/// How far past the last one a new place in the list may lie. A record whose id lies further on was not given out by counting, whoever sent it:
/// the list must not become as long as its number says.
const AHEAD: usize = 4_096;

/// Things by id. The ledger gives its ids out by counting, so most things lie in a list, in the order in which they were made: found without hashing,
/// and the new ones beside each other. The others, such as settings and receipts, are hashed.
#[derive(Clone)]
pub(super) struct ById<T> {
    // The letter of the ids that are listed: that of the first one.
    letter: Option<u8>,
    counted: Vec<Option<T>>,
    others: HashMap<RecordId, T>,
}

impl<T> Default for ById<T> {
    fn default() -> Self {
        Self { letter: None, counted: Vec::new(), others: HashMap::new() }
    }
}

impl<T> ById<T> {
    /// Its place in the list, if it can have one. An id that was put among the others stays there, even when the list reaches its place later.
    fn place(&self, id: &RecordId) -> Option<usize> {
        let (letter, ordinal) = id.counted()?;
        let place = usize::try_from(ordinal).ok()?;
        let listed = self.letter.is_none_or(|listed| listed == letter) && place < self.counted.len().saturating_add(AHEAD);
        listed.then_some(place)
    }

    pub(super) fn get(&self, id: &RecordId) -> Option<&T> {
        let listed = self.place(id).and_then(|place| self.counted.get(place)?.as_ref());
        listed.or_else(|| if self.others.is_empty() { None } else { self.others.get(id) })
    }

    pub(super) fn get_mut(&mut self, id: &RecordId) -> Option<&mut T> {
        match self.place(id).filter(|place| self.counted.get(*place).is_some_and(Option::is_some)) {
            Some(place) => self.counted.get_mut(place)?.as_mut(),
            None => self.others.get_mut(id),
        }
    }

    // Its room in the list, which grows for it; none for those that are among the others.
    fn room(&mut self, id: &RecordId) -> Option<&mut Option<T>> {
        let place = self.place(id).filter(|_| self.others.is_empty() || !self.others.contains_key(id))?;
        self.letter = id.counted().map(|(letter, _)| letter);
        if place >= self.counted.len() {
            self.counted.resize_with(place.saturating_add(1), || None);
        }
        self.counted.get_mut(place)
    }

    /// Keeps a thing, and answers the one that was there before.
    pub(super) fn insert(&mut self, id: &RecordId, thing: T) -> Option<T> {
        match self.room(id) {
            Some(room) => room.replace(thing),
            None => self.others.insert(id.clone(), thing),
        }
    }

    /// Changes the thing that is there, or keeps a new one.
    pub(super) fn change_or_keep(&mut self, id: &RecordId, change: impl FnOnce(&mut T), new: impl FnOnce() -> T) {
        match self.room(id) {
            Some(Some(thing)) => change(thing),
            Some(room) => *room = Some(new()),
            None => drop(self.others.entry(id.clone()).and_modify(change).or_insert_with(new)),
        }
    }

    pub(super) fn remove(&mut self, id: &RecordId) -> Option<T> {
        let listed = self.place(id).and_then(|place| self.counted.get_mut(place)?.take());
        listed.or_else(|| self.others.remove(id))
    }

    /// The ids of all of them, in no order.
    pub(super) fn ids(&self) -> impl Iterator<Item = RecordId> {
        let letter = self.letter.map_or(' ', char::from);
        let counted = self.counted.iter().enumerate().filter(|(_, kept)| kept.is_some());
        counted.map(move |(place, _)| RecordId::of(format_args!("{letter}{place}"))).chain(self.others.keys().cloned())
    }

    /// All of them, in no order.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.counted.iter().flatten().chain(self.others.values())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    // Ids as they are given out, ids far ahead, of other letters, and none of the ledger's at all.
    fn id() -> impl Strategy<Value = String> {
        prop_oneof![
            (0_u32..40).prop_map(|n| format!("c{n}")),
            (0_u32..4).prop_map(|n| format!("c{}", 4_090 + n * 4_090)),
            (0_u32..9).prop_map(|n| format!("r{n}")),
            prop::sample::select(vec!["", "c", "c01", "c+1", "c4294967295", "c4294967296", "C1", "1", "1.0", "book-1", "c1 ", "ｃ1"])
                .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #[test]
        fn it_finds_what_a_map_finds(steps in prop::collection::vec((id(), 0_u8..4), 0..200)) {
            let (mut found, mut expected) = (ById::<usize>::default(), BTreeMap::new());
            for (turn, (text, what)) in steps.into_iter().enumerate() {
                let id = RecordId::new(&text);
                match what {
                    3 => {
                        found.change_or_keep(&id, |kept| *kept = kept.wrapping_add(turn), || turn);
                        expected.entry(text.clone()).and_modify(|kept: &mut usize| *kept = kept.wrapping_add(turn)).or_insert(turn);
                    }
                    0 => prop_assert_eq!(found.remove(&id), expected.remove(&text)),
                    1 => prop_assert_eq!(found.get_mut(&id), expected.get_mut(&text)),
                    _ => prop_assert_eq!(found.insert(&id, turn), expected.insert(text.clone(), turn)),
                }
                prop_assert_eq!(found.get(&id), expected.get(&text));
                let mut all: Vec<_> = found.values().copied().collect();
                all.sort_unstable();
                let mut wanted: Vec<_> = expected.values().copied().collect();
                wanted.sort_unstable();
                prop_assert_eq!(all, wanted);
                let mut ids: Vec<_> = found.ids().map(|id| id.to_string()).collect();
                ids.sort_unstable();
                prop_assert_eq!(ids, expected.keys().cloned().collect::<Vec<_>>());
            }
            // No list is longer than what was counted up to.
            prop_assert!(found.counted.len() <= 4 * (AHEAD + 4_096));
        }
    }
}
