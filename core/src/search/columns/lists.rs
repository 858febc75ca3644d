//! Many short lists in one vector. A list of three is not worth a vector of its own; here it has eight bytes besides its items.

use super::bits::{at, lengthen, number};
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
    heads: Vec<Head>,
    #[serde(with = "super::stored")]
    items: Vec<T>,
    // Room that a list has left, by the power of two it holds.
    free: [Vec<u32>; 32],
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { heads: Vec::new(), items: Vec::new(), free: [const { Vec::new() }; 32] }
    }
}

const fn room(length: u32) -> u32 {
    if length == 0 { 0 } else { length.next_power_of_two() }
}

impl<T: Copy + Default> Lists<T> {
    pub(super) fn get(&self, list: u32) -> &[T] {
        let Some(head) = self.heads.get(at(list)) else { return &[] };
        self.items.get(at(head.start)..at(head.start.saturating_add(head.length))).unwrap_or_default()
    }

    /// Puts these items in the place of those that were there.
    pub(super) fn put(&mut self, list: u32, items: &[T]) {
        if self.heads.len() <= at(list) {
            if items.is_empty() {
                return;
            }
            lengthen(&mut self.heads, at(list).saturating_add(1));
        }
        let Some(head) = self.heads.get(at(list)).copied() else { return };
        let length = number(items.len());
        let mut start = head.start;
        if room(length) != room(head.length) {
            if head.length > 0
                && let Some(free) = self.free.get_mut(at(room(head.length).trailing_zeros()))
            {
                free.push(head.start);
            }
            start = self.take(room(length));
        }
        if let Some(kept) = self.items.get_mut(at(start)..at(start.saturating_add(length))) {
            kept.copy_from_slice(items);
        }
        if let Some(head) = self.heads.get_mut(at(list)) {
            *head = Head { start, length };
        }
    }

    fn take(&mut self, room: u32) -> u32 {
        if room == 0 {
            return 0;
        }
        if let Some(start) = self.free.get_mut(at(room.trailing_zeros())).and_then(Vec::pop) {
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
