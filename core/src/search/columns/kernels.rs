//! The loops that everything comes down to: 64 rows are compared and become the bits of one word.
//!
//! Written for whatever vectors the processor has and chosen when a question is asked (AVX-512, AVX2, SSE, NEON), or when the browser module is built
//! (`simd128`). Left to the compiler the same loops take three to six times as long: it does not see that a comparison of many rows *is* a row of bits.
//!
//! Every kernel narrows: of the rows that are in, it leaves those that pass. That is "and", and costs no room for what passes alone.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, u8x64, u16x32, u32x16};

use super::bits::{WORD, word_of_both};

/// Words of a block.
pub(super) const BLOCK: usize = 64;
/// Rows of a block: as many as leave room in the nearest cache for what is asked of them, and for all that is reckoned with.
pub(super) const ROWS: usize = BLOCK * WORD;

/// A yes or no for each row of a block.
pub(super) type Block = [u64; BLOCK];

/// A number that many of are compared at a time.
pub(super) trait Lane: Copy {
    /// Leaves the rows with a value in one of some spans, both ends included and in order. Whether any are left.
    fn keep(level: Level, values: &[Self], spans: &[(Self, Self)], words: &mut [u64]) -> bool;
}

macro_rules! lane {
    ($kind:ty, $vector:ident, $width:literal, $one:ident, $many:ident) => {
        #[inline(always)]
        fn $one<S: Simd>(simd: S, values: &[$kind], (least, most): ($kind, $kind), words: &mut [u64]) -> u64 {
            simd.vectorize(
                #[inline(always)]
                || {
                    let (least, room) = ($vector::splat(simd, least), $vector::splat(simd, most.wrapping_sub(least)));
                    let mut left = 0;
                    for (word, rows) in words.iter_mut().zip(values.as_chunks::<WORD>().0) {
                        let mut found = 0;
                        for (part, place) in rows.as_chunks::<$width>().0.iter().zip((0_u32..64).step_by($width)) {
                            // What lies before the span wraps round and is beyond it.
                            let part = $vector::simd_from(simd, *part) - least;
                            found |= part.simd_le(room).to_bitmask() << place;
                        }
                        *word &= found;
                        left |= *word;
                    }
                    left
                },
            )
        }

        #[inline(always)]
        fn $many<S: Simd>(simd: S, values: &[$kind], spans: &[($kind, $kind)], words: &mut [u64]) -> u64 {
            simd.vectorize(
                #[inline(always)]
                || {
                    let mut left = 0;
                    for (word, rows) in words.iter_mut().zip(values.as_chunks::<WORD>().0) {
                        let mut found = 0;
                        for (least, most) in spans {
                            let (least, room) = ($vector::splat(simd, *least), $vector::splat(simd, most.wrapping_sub(*least)));
                            for (part, place) in rows.as_chunks::<$width>().0.iter().zip((0_u32..64).step_by($width)) {
                                let part = $vector::simd_from(simd, *part) - least;
                                found |= part.simd_le(room).to_bitmask() << place;
                            }
                        }
                        *word &= found;
                        left |= *word;
                    }
                    left
                },
            )
        }

        impl Lane for $kind {
            fn keep(level: Level, values: &[Self], spans: &[(Self, Self)], words: &mut [u64]) -> bool {
                let left = match spans {
                    [span] => dispatch!(level, simd => $one(simd, values, *span, words)),
                    _ => dispatch!(level, simd => $many(simd, values, spans, words)),
                };
                left != 0
            }
        }
    };
}
lane!(u8, u8x64, 64, in_span_of_u8, in_spans_of_u8);
lane!(u16, u16x32, 32, in_span_of_u16, in_spans_of_u16);
lane!(u32, u32x16, 16, in_span_of_u32, in_spans_of_u32);

/// Leaves the rows of which the first value is at most so much more than the second, which is not 0.
pub(super) fn keep_near(level: Level, lasts: &[u16], thirds: &[u16], most: u16, words: &mut [u64]) -> bool {
    #[inline(always)]
    fn near<S: Simd>(simd: S, lasts: &[u16], thirds: &[u16], most: u16, words: &mut [u64]) -> u64 {
        simd.vectorize(
            #[inline(always)]
            || {
                let (none, most) = (u16x32::splat(simd, 0), u16x32::splat(simd, most));
                let mut left = 0;
                let rows = lasts.as_chunks::<WORD>().0.iter().zip(thirds.as_chunks::<WORD>().0);
                for (word, (lasts, thirds)) in words.iter_mut().zip(rows) {
                    let mut found = 0;
                    let parts = lasts.as_chunks::<32>().0.iter().zip(thirds.as_chunks::<32>().0).zip((0_u32..64).step_by(32));
                    for ((last, third), place) in parts {
                        let (last, third) = (u16x32::simd_from(simd, *last), u16x32::simd_from(simd, *third));
                        found |= (third.simd_gt(none) & (last - third).simd_le(most)).to_bitmask() << place;
                    }
                    *word &= found;
                    left |= *word;
                }
                left
            },
        )
    }
    dispatch!(level, simd => near(simd, lasts, thirds, most, words)) != 0
}

/// What "k visits in D days on average" is reckoned with.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// D
    pub(super) days: u32,
    /// k
    pub(super) times: u32,
    /// The day after today.
    pub(super) after: u32,
}

/// Leaves the rows with n · D ≥ k · T, where T = max(days from the first to today, D) and n, the count, is not 0. In 32 bits: n is below 255, and
/// nothing else above 65,536.
pub(super) fn keep_pace(level: Level, firsts: &[u16], counts: &[u8], pace: Pace, words: &mut [u64]) -> bool {
    #[inline(always)]
    fn paced<S: Simd>(simd: S, firsts: &[u16], counts: &[u8], pace: Pace, words: &mut [u64]) -> u64 {
        simd.vectorize(
            #[inline(always)]
            || {
                let of = |number| u32x16::splat(simd, number);
                let (days, times, after, none) = (of(pace.days), of(pace.times), of(pace.after), of(0));
                let mut left = 0;
                let rows = firsts.as_chunks::<WORD>().0.iter().zip(counts.as_chunks::<WORD>().0);
                for (word, (firsts, counts)) in words.iter_mut().zip(rows) {
                    let mut found = 0;
                    // Widened by the processor: a loop that does it is left as it stands where a module is built for its size.
                    let counts = u8x64::simd_from(simd, *counts).widen();
                    let halves = firsts.as_chunks::<32>().0.iter().zip([counts.0, counts.1]).zip((0_u32..64).step_by(32));
                    for ((firsts, counts), place) in halves {
                        let (firsts, counts) = (u16x32::simd_from(simd, *firsts).widen(), counts.widen());
                        for (first, count, place) in [(firsts.0, counts.0, place), (firsts.1, counts.1, place | 16)] {
                            let span = (after.max(first) - first).max(days);
                            found |= (count.simd_gt(none) & (count * days).simd_ge(times * span)).to_bitmask() << place;
                        }
                    }
                    *word &= found;
                    left |= *word;
                }
                left
            },
        )
    }
    dispatch!(level, simd => paced(simd, firsts, counts, pace, words)) != 0
}

/// Leaves the rows whose amount is at least so much for each of a count that is not 0, and less than the end for each: 40 bits hold all of it. Seldom
/// asked, so it is left to the compiler.
pub(super) fn keep_each(amounts: &[u32], counts: &[u8], least: u64, end: u64, words: &mut [u64]) -> bool {
    let mut left = 0;
    let rows = amounts.as_chunks::<WORD>().0.iter().zip(counts.as_chunks::<WORD>().0);
    for (word, (amounts, counts)) in words.iter_mut().zip(rows).filter(|(word, _)| **word != 0) {
        *word &= word_of_both(amounts, counts, |amount: u32, count: u8| {
            let (amount, count) = (u64::from(amount), u64::from(count));
            (count > 0) & (least.wrapping_mul(count) <= amount) & (amount < end.wrapping_mul(count))
        });
        left |= *word;
    }
    left != 0
}

/// Leaves the rows that are in a set, too. Words that are not there hold none.
pub(super) fn keep_in(set: &[u64], words: &mut Block) -> bool {
    let mut left = 0;
    let (kept, gone) = words.split_at_mut_checked(set.len()).unwrap_or_default();
    for (word, set) in kept.iter_mut().zip(set) {
        *word &= set;
        left |= *word;
    }
    gone.fill(0);
    left != 0
}

/// How many rows are in. The plainest processor that a program is built for cannot count the bits of a word in one step; this one probably can.
pub(super) fn count(level: Level, words: &Block) -> usize {
    #[inline(always)]
    fn counted<S: Simd>(simd: S, words: &Block) -> u32 {
        simd.vectorize(
            #[inline(always)]
            || {
                let mut all = 0;
                for word in words {
                    all = u32::wrapping_add(all, word.count_ones());
                }
                all
            },
        )
    }
    super::bits::at(dispatch!(level, simd => counted(simd, words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Every way the processor of the test can do it, the plainest too.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        #[allow(unused_mut, reason = "other processors have one way only")]
        let mut levels = vec![best];
        #[cfg(target_arch = "x86_64")]
        {
            levels.extend(best.as_avx2().map(Level::Avx2));
            levels.extend(best.as_sse4_2().map(Level::Sse4_2));
            levels.extend(best.as_sse2().map(Level::Sse2));
        }
        levels
    }

    fn rows(words: &[u64], count: usize) -> Vec<bool> {
        (0..count).map(|row| words[row / WORD] >> (row % WORD) & 1 == 1).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_processor_leaves_what_a_comparison_of_each_row_leaves(
            seed in proptest::collection::vec(any::<u32>(), 320),
            start in proptest::collection::vec(any::<u64>(), 5),
            ends in proptest::collection::vec((any::<u32>(), any::<u32>()), 1..4),
            narrow in 0_u32..32,
        ) {
            let values: Vec<u32> = seed.iter().map(|value| value >> narrow).collect();
            let ends: Vec<(u32, u32)> = ends.iter().map(|(one, other)| (one.min(other) >> narrow, one.max(other) >> narrow)).collect();
            let expected = |among: &dyn Fn(usize) -> bool| -> Vec<bool> {
                (0..320).map(|row| start[row / WORD] >> (row % WORD) & 1 == 1 && among(row)).collect()
            };
            macro_rules! holds {
                ($kind:ty, $level:expr) => {
                    let low = |value: u32| <$kind>::try_from(value & u32::from(<$kind>::MAX)).unwrap();
                    let values: Vec<$kind> = values.iter().map(|value| low(*value)).collect();
                    let spans: Vec<($kind, $kind)> =
                        ends.iter().map(|(one, other)| (low(*one).min(low(*other)), low(*one).max(low(*other)))).collect();
                    let mut words = start.clone();
                    let left = <$kind>::keep($level, &values, &spans, &mut words);
                    let among = |row: usize| spans.iter().any(|(least, most)| (*least..=*most).contains(&values[row]));
                    prop_assert_eq!(rows(&words, 320), expected(&among));
                    prop_assert_eq!(left, words.iter().any(|word| *word != 0));
                };
            }
            let short = |value: u32| u16::try_from(value & 0xFFFF).unwrap();
            for level in levels() {
                holds!(u8, level);
                holds!(u16, level);
                holds!(u32, level);
                let firsts: Vec<u16> = seed.iter().map(|value| short(value >> 7)).collect();
                let counts: Vec<u8> = seed.iter().map(|value| u8::try_from(value >> narrow & 0xFF).unwrap()).collect();
                let thirds: Vec<u16> = seed.iter().map(|value| short(value >> 3 >> narrow)).collect();
                let (days, times, after) = (ends[0].0 & 0xFFFF, ends[0].1 & 0xFFF, 40_000);
                let mut words = start.clone();
                keep_near(level, &firsts, &thirds, short(ends[0].1), &mut words);
                let near = |row: usize| thirds[row] > 0 && firsts[row].wrapping_sub(thirds[row]) <= short(ends[0].1);
                prop_assert_eq!(rows(&words, 320), expected(&near));
                let mut words = start.clone();
                keep_pace(level, &firsts, &counts, Pace { days, times, after }, &mut words);
                let paced = |row: usize| {
                    let span = u64::from(after.saturating_sub(u32::from(firsts[row])).max(days));
                    counts[row] > 0 && u64::from(counts[row]) * u64::from(days) >= u64::from(times) * span
                };
                prop_assert_eq!(rows(&words, 320), expected(&paced));
            }
        }
    }
}
