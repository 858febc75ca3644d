//! The first rows of an answer in an order, without putting all of it in order (S9).

use core::cmp::Ordering;

use super::bits::{Bits, rows_of};

/// A row and where it stands: by rank, then by customer number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::search) struct Stand {
    pub(in crate::search) rank: u64,
    pub(in crate::search) number: u32,
    pub(in crate::search) row: u32,
}

/// The first rows after a place, in order, and how many there are after it.
///
/// Twice as many as are asked for are gathered, the worse half is thrown away, and from then on only what is better than the worst that is left is taken
/// up: over an answer of any size nearly every row costs one comparison.
pub(in crate::search) fn first(
    matches: &Bits,
    wanted: usize,
    after: Option<Stand>,
    stand: impl Fn(u32) -> Stand,
    compare: impl Fn(&Stand, &Stand) -> Ordering,
) -> (Vec<Stand>, usize) {
    let room = wanted.saturating_mul(2).max(128);
    let mut best: Vec<Stand> = Vec::with_capacity(room.min(matches.count()));
    let (mut worst, mut left) = (None::<Stand>, 0_usize);
    for (place, word) in (0_u32..).zip(matches.words()).filter(|(_, word)| **word != 0) {
        for row in rows_of(*word, place) {
            let one = stand(row);
            if after.is_some_and(|after| compare(&one, &after) != Ordering::Greater) {
                continue;
            }
            left = left.saturating_add(1);
            if worst.is_some_and(|worst| one.rank > worst.rank || compare(&one, &worst) == Ordering::Greater) {
                continue;
            }
            best.push(one);
            if best.len() == room && wanted > 0 {
                best.select_nth_unstable_by(wanted.saturating_sub(1), &compare);
                best.truncate(wanted);
                worst = best.last().copied();
            }
        }
    }
    best.sort_unstable_by(&compare);
    best.truncate(wanted);
    (best, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s9_the_first_are_those_a_whole_sort_would_put_first() {
        let mut matches = Bits::default();
        (0..5_000).filter(|row| row % 3 != 0).for_each(|row| matches.set(row, true));
        let stand = |row: u32| Stand { rank: u64::from(row.wrapping_mul(2_654_435_761) >> 20), number: row ^ 1, row };
        let compare = |one: &Stand, other: &Stand| (one.rank, one.number).cmp(&(other.rank, other.number));
        let mut all: Vec<Stand> = matches.rows().map(stand).collect();
        all.sort_by(compare);
        for wanted in [1, 49, 50, 64, 1_000, 9_999] {
            for after in [None, all.get(77).copied(), all.last().copied()] {
                let rest: Vec<Stand> = all.iter().copied().filter(|one| after.is_none_or(|after| compare(one, &after).is_gt())).collect();
                let (found, left) = first(&matches, wanted, after, stand, compare);
                assert_eq!(left, rest.len());
                assert!(found.iter().eq(rest.iter().take(wanted)), "{wanted}");
            }
        }
    }
}
