//! The first rows of an answer in an order, without putting all of it in order (S9).

use core::cmp::Ordering;

use fearless_simd::Level;

use super::bits::{WORD, at, number, rows_of};
use super::column::{Column, Narrow, keep_rows, patch, rows_within};
use super::kernels::{BLOCK, Block, ROWS, count};
use super::plan::{Plan, without};

/// A row and where it stands: by rank, then by customer number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Stand {
    pub(in crate::search) rank: u64,
    pub(in crate::search) number: u32,
    pub(in crate::search) row: u32,
}

impl Stand {
    /// Rank and number as one: what is compared at once is compared without a guess.
    pub(super) const fn place(&self) -> u128 {
        (self.rank as u128) << 32 | self.number as u128
    }
}

/// What customers are put in order by.
pub(super) enum By<'c> {
    Bytes(&'c Column<u8>),
    Days(&'c Column<u16>),
    Numbers(&'c Column<u32>),
    /// The beginnings of names in 五十音順: what begins alike is to be compared whole.
    Kana(&'c [u64]),
}

/// An order of customers.
pub(super) struct Order<'c> {
    pub(super) by: By<'c>,
    pub(super) descending: bool,
    /// Whether 0 is nothing to be put in order by: who has it stands last in both directions.
    pub(super) none_last: bool,
    pub(super) numbers: &'c Column<u32>,
}

// In the order of the numbers themselves, those below zero first.
const fn ascending(number: i64) -> u64 {
    number.cast_unsigned() ^ 1 << 63
}

const fn number_of(ascending: u64) -> i64 {
    (ascending ^ 1 << 63).cast_signed()
}

impl Order<'_> {
    /// Where a row stands.
    pub(super) fn stand(&self, row: u32) -> Stand {
        Stand { rank: self.rank(row), number: u32::try_from(self.numbers.get(row)).unwrap_or(u32::MAX), row }
    }

    pub(super) fn rank(&self, row: u32) -> u64 {
        let number = self.number(row);
        match ascending(number) {
            _ if self.none_last && number == 0 => u64::MAX,
            rank if self.descending => !rank,
            rank => rank,
        }
    }

    fn number(&self, row: u32) -> i64 {
        match self.by {
            By::Bytes(column) => column.get(row),
            By::Days(column) => column.get(row),
            By::Numbers(column) => column.get(row),
            By::Kana(kana) => kana.get(at(row)).and_then(|kana| i64::try_from(*kana).ok()).unwrap_or_default(),
        }
    }

    /// The first of few found, all of them looked at, in the blocks that have any: where rows are in order, what a row is put in order by and its place are
    /// one number. None if they are not, if they are many, or if something is too large for that.
    pub(super) fn first_of_few(&self, found: &[Block], blocks: &[usize], all: usize, wanted: usize) -> Option<Vec<u32>> {
        if all > FEW_FOUND || !self.rows_in_order() {
            return None;
        }
        let few = Few { found, blocks, all, wanted };
        match self.by {
            By::Bytes(column) => few.first(|row| self.short(column.get(row))),
            By::Days(column) => few.first(|row| self.short(column.get(row))),
            By::Numbers(column) => few.first(|row| self.short(column.get(row))),
            By::Kana(_) => None,
        }
    }

    // A number in the order of ranks.
    fn short(&self, number: i64) -> Option<u32> {
        let number = u32::try_from(number).ok()?;
        // The last of all is nobody's number.
        match number.checked_add(2)?.saturating_sub(1) {
            1 if self.none_last => Some(u32::MAX),
            _ if self.descending => Some(!number),
            more => Some(more),
        }
    }

    /// The rank of the first who can be among those of whom all of a plan holds.
    pub(super) fn first_of(&self, plan: &Plan<'_>) -> u64 {
        let Plan::All(of) = plan else { return 0 };
        let bounds = of.iter().find_map(|one| match (one, &self.by) {
            (Plan::Bytes(span), By::Bytes(column)) => span.bounds_in(column),
            (Plan::Days(span), By::Days(column)) => span.bounds_in(column),
            (Plan::Numbers(span), By::Numbers(column)) => span.bounds_in(column),
            _ => None,
        });
        bounds.map_or(0, |(from, to)| if self.descending { !ascending(to) } else { ascending(from) })
    }

    /// Leaves the rows of a block whose rank lies in a span, both ends included. Whether any are left.
    fn keep(&self, level: Level, block: usize, (first, last): (u64, u64), words: &mut Block) -> bool {
        match self.by {
            By::Bytes(column) => self.keep_in(level, column, block, (first, last), words),
            By::Days(column) => self.keep_in(level, column, block, (first, last), words),
            By::Numbers(column) => self.keep_in(level, column, block, (first, last), words),
            By::Kana(_) => keep_rows(block, words, |row| (first..=last).contains(&self.rank(row))),
        }
    }

    fn keep_in<T: Narrow>(&self, level: Level, column: &Column<T>, block: usize, (first, last): (u64, u64), words: &mut Block) -> bool {
        let among = *words;
        let (from, to) = if self.descending { (number_of(!last), number_of(!first)) } else { (number_of(first), number_of(last)) };
        let left = if !self.none_last {
            column.span(from, to).narrow(level, block, words)
        } else if last < u64::MAX {
            column.span(from.max(1), to).narrow(level, block, words)
        } else if self.descending || from <= 1 {
            // Whoever has nothing stands after the last, which is the least there is or, here, where the first stands anyway.
            column.span(0, to.max(0)).narrow(level, block, words)
        } else {
            // From somewhere on, and those who have nothing: all but those before.
            let mut before = among;
            column.span(1, from.saturating_sub(1)).narrow(level, block, &mut before);
            without(words, &before)
        };
        let mut left = left;
        for row in column.elsewhere_of(block) {
            left |= patch(words, &among, row, (first..=last).contains(&self.rank(row)));
        }
        left
    }

    // Whether of two rows of one rank the one in front is that of the smaller number, so that whoever comes later stands later.
    const fn rows_in_order(&self) -> bool {
        !matches!(self.by, By::Kana(_)) && self.numbers.ascends()
    }
}

// Takes a row of a block, and all before it, out.
fn leave_after(row: u32, words: &mut Block) {
    let place = at(row) % ROWS;
    for (word, from) in words.iter_mut().zip((0..ROWS).step_by(WORD)) {
        if from.saturating_add(WORD) <= place {
            *word = 0;
        } else if from <= place {
            *word &= u64::MAX.checked_shl(row % 64).unwrap_or_default() << 1;
        }
    }
}

/// The first rows after a place, in order, and how many there are.
pub(in crate::search) struct Found {
    /// In order.
    pub(in crate::search) first: Vec<u32>,
    /// Of all.
    pub(in crate::search) all: usize,
    /// After the place.
    pub(in crate::search) left: usize,
}

/// Few found, in the blocks that have any.
struct Few<'f> {
    found: &'f [Block],
    blocks: &'f [usize],
    all: usize,
    wanted: usize,
}

impl Few<'_> {
    // The first of them by what is said of each row.
    fn first(&self, rank: impl Fn(u32) -> Option<u32>) -> Option<Vec<u32>> {
        // As below: once there is no more room, only what is better than the worst that is wanted is taken up.
        let room = self.wanted.saturating_mul(2).max(128);
        let (mut places, mut worst) = (Vec::with_capacity(self.all.min(room)), u64::MAX);
        for (words, block) in self.found.iter().zip(self.blocks) {
            for (word, place) in words.iter().zip(number(block.saturating_mul(BLOCK))..).filter(|(word, _)| **word != 0) {
                for row in rows_of(*word, place) {
                    let place = u64::from(rank(row)?) << 32 | u64::from(row);
                    if place < worst {
                        places.push(place);
                        if places.len() == room {
                            worst = self.cut(&mut places).unwrap_or(worst);
                        }
                    }
                }
            }
        }
        self.cut(&mut places);
        places.sort_unstable();
        Some(places.into_iter().map(|place| u32::try_from(place & 0xFFFF_FFFF).unwrap_or_default()).collect())
    }

    // Leaves those that are wanted, and says which would be the next.
    fn cut(&self, places: &mut Vec<u64>) -> Option<u64> {
        let next = (self.wanted < places.len()).then(|| *places.select_nth_unstable(self.wanted).1);
        places.truncate(self.wanted);
        next
    }
}

/// So few are put in order whole.
const FEW_FOUND: usize = 2_048;
/// Looking at so few rows costs less than comparing a whole block.
const FEW: usize = 64;

/// Takes an answer in, block by block.
///
/// Twice as many as are asked for are gathered, the worse half is thrown away, and from then on only what is better than the worst that is left is taken
/// up. Which rows these are is one more comparison with the column of the order, so nearly every row costs nothing but that.
pub(super) struct Gathering<'c, F> {
    level: Level,
    order: &'c Order<'c>,
    after: Option<Stand>,
    wanted: usize,
    room: usize,
    compare: F,
    best: Vec<Stand>,
    worst: Option<Stand>,
    all: usize,
    left: usize,
}

impl<'c, F: Fn(&Stand, &Stand) -> Ordering> Gathering<'c, F> {
    pub(super) fn new(level: Level, order: &'c Order<'c>, after: Option<Stand>, wanted: usize, compare: F) -> Self {
        let room = wanted.saturating_mul(2).max(128);
        Self { level, order, after, wanted, room, compare, best: Vec::with_capacity(room.min(4_096)), worst: None, all: 0, left: 0 }
    }

    /// The rows of a block that are in the answer.
    pub(super) fn take(&mut self, block: usize, words: &mut Block) {
        let here = count(self.level, words);
        self.all = self.all.saturating_add(here);
        if let Some(after) = self.after {
            let mut level_with = *words;
            self.order.keep(self.level, block, (after.rank, u64::MAX), words);
            if self.order.keep(self.level, block, (after.rank, after.rank), &mut level_with) {
                let among = *words;
                for row in rows_within(block, level_with) {
                    patch(words, &among, row, (self.compare)(&self.order.stand(row), &after) == Ordering::Greater);
                }
            }
            self.left = self.left.saturating_add(count(self.level, words));
        } else {
            self.left = self.left.saturating_add(here);
        }
        if self.wanted == 0 {
            return;
        }
        while (here <= FEW || self.keep_better(block, words))
            && let Some(last) = self.gather(block, *words)
        {
            // The worst is better now, so fewer of the rest are.
            leave_after(last, words);
        }
    }

    // Leaves the rows of a block that may be better than the worst that is wanted. Whether any are left.
    fn keep_better(&self, block: usize, words: &mut Block) -> bool {
        let Some(worst) = self.worst else { return true };
        // Where rows are in order, whoever has the same rank and comes later stands later.
        let last = if self.order.rows_in_order() { worst.rank.checked_sub(1) } else { Some(worst.rank) };
        last.is_some_and(|last| self.order.keep(self.level, block, (0, last), words))
    }

    // Takes rows up until there is no more room, throws away the worse half, and says which row was the last; none if all were taken up.
    fn gather(&mut self, block: usize, words: Block) -> Option<u32> {
        for row in rows_within(block, words) {
            if self.worst.is_some_and(|worst| worst.rank < self.order.rank(row)) {
                continue;
            }
            let one = self.order.stand(row);
            if self.worst.is_some_and(|worst| (self.compare)(&one, &worst) == Ordering::Greater) {
                continue;
            }
            self.best.push(one);
            if self.best.len() == self.room {
                self.best.select_nth_unstable_by(self.wanted.saturating_sub(1), &self.compare);
                self.best.truncate(self.wanted);
                self.worst = self.best.last().copied();
                return Some(row);
            }
        }
        None
    }

    /// What was found in all.
    pub(super) fn found(self) -> Found {
        let Self { mut best, compare, wanted, all, left, .. } = self;
        best.sort_unstable_by(&compare);
        best.truncate(wanted);
        Found { first: best.into_iter().map(|one| one.row).collect(), all, left }
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_of_block;
    use super::super::kernels::{BLOCK, ROWS};
    use super::*;

    // A column with what each direction finds hard: many alike, nothing, what does not fit.
    fn ranks(row: u32) -> i64 {
        match row % 97 {
            0 => 0,
            1 => 70_000 + i64::from(row % 3),
            2 => -5 - i64::from(row % 2),
            place if row / 4_096 == 2 => i64::from(place % 3),
            _ => i64::from(row.wrapping_mul(2_654_435_761) >> 20),
        }
    }

    #[test]
    fn s9_the_first_are_those_a_whole_sort_would_put_first() {
        const COUNT: u32 = 3 * 4_096 + 640;
        for number in [|row: u32| row + 7, |row: u32| row ^ 1, |row: u32| 900_000 - row] {
            let (mut days, mut bytes, mut numbers) = (Column::<u16>::default(), Column::<u8>::default(), Column::<u32>::default());
            days.grow(at(COUNT));
            bytes.grow(at(COUNT));
            numbers.grow(at(COUNT));
            let mut kana = Vec::new();
            for row in 0..COUNT {
                days.set(row, ranks(row));
                bytes.set(row, ranks(row) % 300);
                numbers.set(row, number(row).into());
                kana.push(ranks(row).unsigned_abs() % 500);
            }
            for (place, descending) in [false, true].into_iter().cycle().enumerate().take(16) {
                let by = match place / 4 {
                    0 => By::Days(&days),
                    1 => By::Bytes(&bytes),
                    2 => By::Numbers(&numbers),
                    _ => By::Kana(&kana),
                };
                let order = Order { by, descending, none_last: place % 4 > 1, numbers: &numbers };
                agrees(&order, COUNT);
            }
        }
    }

    fn agrees(order: &Order<'_>, count: u32) {
        let matches = |row: u32| !row.is_multiple_of(3) && row / 64 % 5 != 1;
        let compare = |one: &Stand, other: &Stand| (one.rank, one.number, one.row).cmp(&(other.rank, other.number, other.row));
        let mut all: Vec<Stand> = (0..count).filter(|row| matches(*row)).map(|row| order.stand(row)).collect();
        all.sort_by(compare);
        let stranger = Stand { rank: order.rank(0), ..order.stand(0) };
        for wanted in [0, 1, 49, 64, 1_000, 99_999] {
            for after in [None, all.get(77).copied(), all.get(all.len() / 2).copied(), all.last().copied(), Some(stranger)] {
                let rest: Vec<Stand> = all.iter().copied().filter(|one| after.is_none_or(|after| compare(one, &after).is_gt())).collect();
                let mut gathering = Gathering::new(Level::new(), order, after, wanted, compare);
                for block in 0..at(count).div_ceil(ROWS) {
                    let mut words = [0_u64; BLOCK];
                    for row in rows_of_block(block).filter(|row| *row < count && matches(*row)) {
                        words[at(row) / 64 % BLOCK] |= 1 << (row % 64);
                    }
                    gathering.take(block, &mut words);
                }
                let found = gathering.found();
                assert_eq!((found.all, found.left), (all.len(), rest.len()));
                assert!(found.first.into_iter().eq(rest.iter().take(wanted).map(|one| one.row)), "{wanted}");
            }
            for every in [1, 7, 97] {
                let few = |row: u32| matches(row) && row % every == 3 % every;
                let mut words = vec![0_u64; at(count).div_ceil(64)];
                (0..count).filter(|row| few(*row)).for_each(|row| words[at(row) / 64] |= 1 << (row % 64));
                let expected: Vec<Stand> = all.iter().copied().filter(|one| few(one.row)).collect();
                let blocks: Vec<usize> = (0..words.len().div_ceil(BLOCK)).collect();
                words.resize(blocks.len() * BLOCK, 0);
                let first = order.first_of_few(words.as_chunks().0, &blocks, expected.len(), wanted);
                let expected = expected.iter().take(wanted).map(|one| one.row);
                assert!(first.is_none_or(|first| first.into_iter().eq(expected)), "{wanted} of every {every}");
            }
        }
    }
}
