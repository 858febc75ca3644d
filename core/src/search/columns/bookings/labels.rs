//! The label, 予約ステータス, of each reservation, by its bits: a question about labels is then a question about words.

use fearless_simd::Level;

use super::super::bits::{at, number};
use super::super::kernels::{BLOCK, Block};
use super::super::planes::{Planes, Span, spans};
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
    // One more than the place of the label among all.
    codes: Planes,
    counts: [u32; LABELS],
}

fn code(label: Label) -> u32 {
    Label::ALL.iter().position(|other| *other == label).map_or(0, |place| number(place).saturating_add(1))
}

impl Labels {
    /// Their codes.
    pub(super) fn spans(self) -> Vec<Span> {
        spans((1..).zip(self.0).filter(|(_, holds)| *holds).map(|(code, _)| code))
    }
}

impl ByLabel {
    pub(super) fn grow(&mut self, rows: usize) {
        self.codes.grow(rows);
    }

    pub(super) fn of(&self, row: u32) -> Option<Label> {
        at(self.codes.get(row)).checked_sub(1).and_then(|place| Label::ALL.get(place)).copied()
    }

    /// Gives a row a label in the place of the one it had.
    pub(super) fn set(&mut self, row: u32, label: Option<Label>) {
        let had = self.of(row);
        for (count, of) in self.counts.iter_mut().zip(Label::ALL) {
            *count = match (had == Some(of), label == Some(of)) {
                (false, true) => count.saturating_add(1),
                (true, false) => count.saturating_sub(1),
                _ => *count,
            };
        }
        self.codes.set(row, label.map_or(0, code));
    }

    /// How many have a label (R2).
    pub(super) fn count(&self, label: Label) -> u32 {
        at(code(label)).checked_sub(1).and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    pub(super) fn holds(&self, labels: Labels, row: u32) -> bool {
        let Labels(holds) = labels;
        at(self.codes.get(row)).checked_sub(1).and_then(|place| holds.get(place)).copied().unwrap_or_default()
    }

    /// The rows of a block with any of some labels, by their codes.
    pub(super) fn block(&self, level: Level, labels: &[Span], block: usize) -> Block {
        let mut words = [u64::MAX; BLOCK];
        self.codes.narrow(level, block, labels, &mut words);
        words
    }

    /// Leaves the rows of a block with any of them. Whether any are left.
    pub(super) fn narrow(&self, level: Level, labels: Labels, block: usize, words: &mut Block) -> bool {
        self.codes.narrow(level, block, &labels.spans(), words)
    }
}
