//! The reservations of each label, 予約ステータス, as a set of rows: a question about labels is then a question about words.

use super::super::bits::Bits;
use super::super::kernels::{BLOCK, Block, keep_in};
use crate::record::Label;

const LABELS: usize = Label::ALL.len();

/// A set of labels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Labels([bool; LABELS]);

impl Labels {
    pub(super) const NONE: Self = Self([false; LABELS]);
    pub(super) const ALL: Self = Self([true; LABELS]);

    pub(super) fn of(labels: &[Label]) -> Self {
        Self(Label::ALL.map(|label| labels.contains(&label)))
    }

    pub(super) fn but(self, others: Self) -> Self {
        self.with(others, |ours, theirs| ours && !theirs)
    }

    pub(super) fn and(self, others: Self) -> Self {
        self.with(others, |ours, theirs| ours && theirs)
    }

    pub(super) fn or(self, others: Self) -> Self {
        self.with(others, |ours, theirs| ours || theirs)
    }

    fn with(mut self, others: Self, holds: impl Fn(bool, bool) -> bool) -> Self {
        self.0.iter_mut().zip(others.0).for_each(|(ours, theirs)| *ours = holds(*ours, theirs));
        self
    }
}

/// Which reservations have which label. One that has none is in no list, or is not there.
#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct ByLabel {
    sets: [Bits; LABELS],
    counts: [u32; LABELS],
}

impl ByLabel {
    pub(super) fn of(&self, row: u32) -> Option<Label> {
        self.sets.iter().position(|set| set.holds(row)).and_then(|place| Label::ALL.get(place)).copied()
    }

    /// Gives a row a label in the place of the one it had.
    pub(super) fn set(&mut self, row: u32, label: Option<Label>) {
        for ((set, count), of) in self.sets.iter_mut().zip(&mut self.counts).zip(Label::ALL) {
            let (had, has) = (set.holds(row), label == Some(of));
            if had != has {
                set.set(row, has);
                *count = if has { count.saturating_add(1) } else { count.saturating_sub(1) };
            }
        }
    }

    /// How many have a label (R2).
    pub(super) fn count(&self, label: Label) -> u32 {
        Label::ALL.iter().position(|other| *other == label).and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    fn sets(&self, labels: Labels) -> impl Iterator<Item = &Bits> {
        self.sets.iter().zip(labels.0).filter(|(_, holds)| *holds).map(|(set, _)| set)
    }

    pub(super) fn holds(&self, labels: Labels, row: u32) -> bool {
        self.sets(labels).any(|set| set.holds(row))
    }

    /// The rows of a block with any of some labels.
    pub(super) fn block(&self, labels: Labels, block: usize) -> Block {
        let mut words = [0; BLOCK];
        for set in self.sets(labels) {
            words.iter_mut().zip(set.block(block)).for_each(|(word, set)| *word |= set);
        }
        words
    }

    /// Leaves the rows of a block with any of them. Whether any are left.
    pub(super) fn narrow(&self, labels: Labels, block: usize, words: &mut Block) -> bool {
        keep_in(&self.block(labels, block), words)
    }
}
