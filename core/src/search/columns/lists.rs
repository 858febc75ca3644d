//! Many short lists in one vector. A list of three is not worth a vector of its own; here it has ten bytes besides its items, and one that is empty two.

use std::collections::BTreeMap;

use super::bits::{at, lengthen, number};
use super::rows::Rows;
use super::stored::Wide;

#[derive(Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
struct Head {
    start: u32,
    length: u32,
}

/// Lists by number, each in order.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(serialize = "T: Wide", deserialize = "T: Wide"))]
pub(super) struct Lists<T> {
    // One more than the place of the head, of lists that ever had an item.
    places: Rows,
    heads: Vec<Head>,
    #[serde(with = "super::stored")]
    items: Vec<T>,
    // Room that a list has left, by how many it holds.
    free: BTreeMap<u32, Vec<u32>>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { places: Rows::default(), heads: Vec::new(), items: Vec::new(), free: BTreeMap::new() }
    }
}

// A long list grows by a quarter, a short one by four.
const fn room(length: u32) -> u32 {
    let step = match length.checked_next_power_of_two() {
        Some(next) if length >= 32 => next / 8,
        Some(_) => 4,
        // Longer than any list: a block from outside may say so.
        None => return length,
    };
    length.div_ceil(step).saturating_mul(step)
}

impl<T: Copy + Default> Lists<T> {
    fn place(&self, list: u32) -> Option<usize> {
        self.places.get(list)?.checked_sub(1).map(at)
    }

    pub(super) fn get(&self, list: u32) -> &[T] {
        let Some(head) = self.place(list).and_then(|place| self.heads.get(place)) else { return &[] };
        self.items.get(at(head.start)..at(head.start.saturating_add(head.length))).unwrap_or_default()
    }

    /// Whether no items are those of many lists: a block from outside may say so.
    pub(super) fn is_sound(&self) -> bool {
        let lengths = (0..number(self.places.len())).map(|list| self.get(list).len()).fold(0, usize::saturating_add);
        lengths <= self.items.len()
    }

    /// Puts these items in the place of those that were there.
    pub(super) fn put(&mut self, list: u32, items: &[T]) {
        let place = match self.place(list) {
            Some(place) => place,
            None if items.is_empty() => return,
            None => {
                let place = self.heads.len();
                lengthen(&mut self.heads, place.saturating_add(1));
                self.places.grow(at(list).saturating_add(1));
                self.places.set(list, number(self.heads.len()));
                place
            }
        };
        let Some(head) = self.heads.get(place).copied() else { return };
        let length = number(items.len());
        let mut start = head.start;
        if room(length) != room(head.length) {
            if head.length > 0 {
                self.free.entry(room(head.length)).or_default().push(head.start);
            }
            start = self.take(room(length));
        }
        if let Some(kept) = self.items.get_mut(at(start)..at(start.saturating_add(length))) {
            kept.copy_from_slice(items);
        }
        if let Some(head) = self.heads.get_mut(place) {
            *head = Head { start, length };
        }
    }

    fn take(&mut self, room: u32) -> u32 {
        if room == 0 {
            return 0;
        }
        if let Some(start) = self.free.get_mut(&room).and_then(Vec::pop) {
            return start;
        }
        let start = self.items.len();
        lengthen(&mut self.items, start.saturating_add(at(room)));
        number(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_the_same_items_are_not_taken_from_a_block() {
        let mut lists = Lists::<u16>::default();
        (0..40).for_each(|list| lists.put(list, &[1, 2, 3]));
        (0..40).step_by(3).for_each(|list| lists.put(list, &[]));
        assert!(lists.is_sound() && Lists::<u16>::default().is_sound());
        (0..3_000).for_each(|list| lists.put(list, &[4]));
        assert!(lists.is_sound());
        (0..3_000).for_each(|list| lists.places.set(list, 1));
        lists.put(0, &[7; 99]);
        assert!(!lists.is_sound());
    }

    #[test]
    fn any_length_has_room() {
        for length in [0, 1, 31, 32, 33, u32::MAX / 2, u32::MAX / 2 + 2, u32::MAX] {
            assert!(room(length) >= length, "{length}");
        }
    }

    #[test]
    fn lists_grow_shrink_and_leave_room_for_others() {
        let mut lists = Lists::<u16>::default();
        for round in 0..3_u16 {
            for list in 0..20_u32 {
                for length in 0..=u16::try_from(list).unwrap() * (round + 1) {
                    lists.put(list, &(0..length).collect::<Vec<_>>());
                }
            }
        }
        for list in 0..20_u32 {
            assert_eq!(lists.get(list).len(), at(list) * 3);
            assert!(lists.get(list).iter().copied().eq(0..u16::try_from(list * 3).unwrap()));
        }
        let room = lists.items.len();
        for list in 0..20_u32 {
            lists.put(list, &[]);
        }
        (0..20).for_each(|list| lists.put(list, &vec![1; at(list) * 3]));
        assert!(lists.items.len() <= room, "the room was used again");
        assert_eq!((lists.get(5), lists.get(99)), ([1; 15].as_slice(), [].as_slice()));
    }
}
