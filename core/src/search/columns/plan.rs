//! A question with every condition resolved to what answers it: columns and spans, sets that are kept, sets made for this question, and rows to be asked one
//! by one. What is quick comes first, so that what is slow is asked of few.

use fearless_simd::Level;

use super::bits::Bits;
use super::bookings::Wanted;
use super::column::Span;
use super::counted::Average;
use super::kernels::{Block, keep_in};
use super::runs::Needle;
use super::visits::{Exactly, Gaps, Often};
use super::words::Among;
use crate::error::Error;

/// What of a block's rows is left is told by each of these in its own way.
pub(super) enum Plan<'c> {
    /// Those of whom all hold; everybody, if there are none.
    All(Vec<Plan<'c>>),
    /// Those of whom any holds; nobody, if there are none.
    Any(Vec<Plan<'c>>),
    Not(Box<Plan<'c>>),
    /// The first of these that holds of somebody, if it is one of those that are asked for (N9).
    First(Vec<(Plan<'c>, bool)>),
    Kept(&'c Bits),
    Made(Bits),
    Bytes(Span<'c, u8>),
    Days(Span<'c, u16>),
    Numbers(Span<'c, u32>),
    Average(Average<'c>),
    Often(Often<'c>),
    Gaps(Gaps<'c>),
    /// By a plan, but for those who are to be asked.
    Exactly(Box<Exactly<'c>>),
    /// By the words that they have.
    Words(Box<Among<'c>>),
    /// Whose texts are to be looked through.
    Text(Box<Needle<'c>>),
    Reservations(Box<Wanted<'c>>),
}

impl<'c> Plan<'c> {
    pub(super) const fn nobody() -> Self {
        Self::Any(Vec::new())
    }

    /// All of these, the quickest first.
    pub(super) fn all(mut of: Vec<Self>) -> Self {
        if of.iter().any(|one| matches!(one, Self::All(_))) {
            for one in core::mem::take(&mut of) {
                match one {
                    Self::All(all) => of.extend(all),
                    one => of.push(one),
                }
            }
        }
        of.sort_by_key(Self::cost);
        Self::All(of)
    }

    /// Any of these, the quickest first.
    pub(super) fn any(mut of: Vec<Self>) -> Self {
        of.retain(|one| !matches!(one, Self::Any(of) if of.is_empty()));
        of.sort_by_key(Self::cost);
        Self::Any(of)
    }

    /// The rows of any of these sets.
    pub(super) fn kept(sets: impl IntoIterator<Item = &'c Bits>) -> Self {
        Self::Any(sets.into_iter().map(Self::Kept).collect())
    }

    pub(super) fn not(that: Self) -> Self {
        Self::Not(Box::new(that))
    }

    // About the bytes of a row that are looked at, and far more where rows are asked one by one.
    fn cost(&self) -> u32 {
        let sum = |of: &[Self]| of.iter().map(Self::cost).fold(0, u32::saturating_add);
        match self {
            Self::All(of) | Self::Any(of) => sum(of),
            Self::Not(that) => that.cost(),
            Self::First(of) => of.iter().map(|(plan, _)| plan.cost()).fold(0, u32::saturating_add),
            Self::Kept(_) | Self::Made(_) => 1,
            Self::Bytes(_) => 8,
            Self::Days(_) => 16,
            Self::Numbers(_) | Self::Gaps(_) => 32,
            Self::Often(_) => 64,
            Self::Average(_) => 256,
            Self::Exactly(exactly) => exactly.by.cost().saturating_add(64),
            Self::Words(among) => among.cost(),
            Self::Text(needle) => needle.cost(),
            Self::Reservations(_) => 100_000,
        }
    }

    /// The first block from one on in which it may hold of anybody, by what the zones of its columns and the lists of its texts say: nothing of a row is
    /// looked at. Beyond the last one if there is none.
    pub(super) fn first_from(&self, block: usize) -> usize {
        match self {
            Self::All(of) => of.iter().map(|one| one.first_from(block)).fold(block, usize::max),
            Self::Any(of) => of.iter().map(|one| one.first_from(block)).fold(usize::MAX, usize::min),
            Self::Bytes(span) => span.first_from(block),
            Self::Days(span) => span.first_from(block),
            Self::Numbers(span) => span.first_from(block),
            Self::Text(needle) => needle.first_from(block),
            _ => block,
        }
    }

    /// Of the rows of a block that are in, leaves those of whom it holds. Whether any are left.
    pub(super) fn narrow(&self, level: Level, block: usize, words: &mut Block) -> Result<bool, Error> {
        Ok(match self {
            Self::All(of) => {
                for one in of {
                    if !one.narrow(level, block, words)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Any(of) => {
                let [before @ .., last] = of.as_slice() else {
                    words.fill(0);
                    return Ok(false);
                };
                if before.is_empty() {
                    return last.narrow(level, block, words);
                }
                let (mut open, mut any) = (*words, false);
                for one in of {
                    let mut found = open;
                    any |= one.narrow(level, block, &mut found)?;
                    if !without(&mut open, &found) {
                        return Ok(any);
                    }
                }
                without(words, &open);
                any
            }
            Self::Not(that) => {
                let mut found = *words;
                !that.narrow(level, block, &mut found)? || without(words, &found)
            }
            Self::First(of) => {
                let (mut open, mut any) = (*words, false);
                words.fill(0);
                for (one, asked_for) in of {
                    let mut found = open;
                    let some = one.narrow(level, block, &mut found)?;
                    if *asked_for && some {
                        any = true;
                        words.iter_mut().zip(&found).for_each(|(word, found)| *word |= found);
                    }
                    if some && !without(&mut open, &found) {
                        break;
                    }
                }
                any
            }
            Self::Kept(set) => keep_in(set.block(block), words),
            Self::Made(set) => keep_in(set.block(block), words),
            Self::Bytes(span) => span.narrow(level, block, words),
            Self::Days(span) => span.narrow(level, block, words),
            Self::Numbers(span) => span.narrow(level, block, words),
            Self::Average(average) => average.narrow(block, words),
            Self::Often(often) => often.narrow(level, block, words),
            Self::Gaps(gaps) => gaps.narrow(level, block, words),
            Self::Exactly(exactly) => exactly.narrow(level, block, words)?,
            Self::Words(among) => among.narrow(level, block, words),
            Self::Text(needle) => needle.narrow(level, block, words),
            Self::Reservations(wanted) => wanted.narrow(level, block, words),
        })
    }
}

/// Takes rows out. Whether any are left.
pub(super) fn without(words: &mut Block, others: &Block) -> bool {
    let mut left = 0;
    for (word, other) in words.iter_mut().zip(others) {
        *word &= !other;
        left |= *word;
    }
    left != 0
}
