//! Phone numbers: the first of each row as one number of 64 bits, which is looked at as soon as it is read; the others, and what is no number of up to sixteen
//! digits, as texts.

use super::bits::{at, lengthen, number};
use super::plan::Plan;
use super::runs::{Needle, Runs, beginnings};
use super::texts::Texts;

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Phones {
    // Each digit one more than it is, in four bits, the first one lowest; 0 is the end.
    #[serde(with = "super::stored")]
    firsts: Vec<u64>,
    runs: Runs,
    others: Texts,
}

const DIGIT: u32 = 4;
const MOST_DIGITS: usize = 16;
/// The last four digits are what people say of a number: whoever has them stands in one list.
const RUN: usize = 4;
/// What is no number is seldom asked for.
const OTHERS_RUN: usize = 3;

// None, if that is not what it is.
fn spelled(text: &str) -> Option<u64> {
    if text.len() > MOST_DIGITS {
        return None;
    }
    text.bytes()
        .rev()
        .try_fold(0, |spelled, digit| digit.is_ascii_digit().then(|| spelled << DIGIT | u64::from(digit & 0x0F).saturating_add(1)))
}

fn digits(mut spelled: u64) -> impl Iterator<Item = char> {
    core::iter::from_fn(move || {
        let digit = u32::try_from(spelled & 0x0F).ok()?.checked_sub(1)?;
        spelled >>= DIGIT;
        char::from_digit(digit, 10)
    })
}

fn holds(mut spelled: u64, needle: u64) -> bool {
    // All bits of the needle's digits; none of an empty one, which is in every number.
    let all = u64::MAX.checked_shr(needle.leading_zeros() / DIGIT * DIGIT).unwrap_or_default();
    while spelled > 0 {
        if spelled & all == needle {
            return true;
        }
        spelled >>= DIGIT;
    }
    false
}

impl Default for Phones {
    fn default() -> Self {
        Self { firsts: Vec::new(), runs: Runs::of(RUN), others: Texts::by(OTHERS_RUN) }
    }
}

impl Phones {
    fn first(&self, row: u32) -> u64 {
        self.firsts.get(at(row)).copied().unwrap_or_default()
    }

    /// The numbers of a row are these and no others.
    pub(super) fn put(&mut self, row: u32, texts: &[String]) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let (first, others) = match texts.as_slice() {
            [first, others @ ..] if let Some(first) = spelled(first) => (first, others),
            others => (0, others),
        };
        self.others.put(row, others);
        if self.first(row) != first {
            lengthen(&mut self.firsts, at(row).saturating_add(1));
            if let Some(kept) = self.firsts.get_mut(at(row)) {
                *kept = first;
            }
            self.runs.change(row);
        }
    }

    /// The numbers of a row.
    pub(super) fn of(&self, row: u32) -> Vec<String> {
        let first = Some(digits(self.first(row)).collect()).filter(|first: &String| !first.is_empty());
        first.into_iter().chain(self.others.of(row).map(str::to_owned)).collect()
    }

    /// See [`Posted::is_sound`](super::posted::Posted::is_sound).
    pub(super) fn is_sound(&self) -> bool {
        self.runs.are_sound() && self.others.is_sound()
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.others.settle();
        if self.runs.are_settled(self.firsts.len()) {
            return;
        }
        let Self { firsts, runs, .. } = self;
        runs.post(firsts.len(), |tell| {
            let mut characters = Vec::with_capacity(MOST_DIGITS);
            for (row, first) in firsts.iter().enumerate().filter(|(_, first)| **first > 0) {
                characters.clear();
                characters.extend(digits(*first));
                beginnings(&characters).for_each(|run| tell(run, number(row)));
            }
        });
    }

    /// Who has a number that holds a needle; an empty one is in every number.
    pub(super) fn holding(&self, needle: &str, words: usize) -> Plan<'_> {
        let spelled = spelled(needle);
        let first = spelled
            .map(|spelled| Needle::plan(&self.runs, needle.chars().collect(), words, true, move |row| holds(self.first(row), spelled)));
        let others = (!self.others.is_empty()).then(|| self.others.rows_holding(needle, words));
        Plan::any(first.into_iter().chain(others).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::super::kernels::BLOCK;
    use super::*;

    fn rows(phones: &Phones, needle: &str) -> Vec<u32> {
        let mut words = [u64::MAX; BLOCK];
        phones.holding(needle, 4).narrow(fearless_simd::Level::new(), 0, &mut words).unwrap();
        rows_within(0, words).collect()
    }

    #[test]
    fn s3_any_part_of_a_number_is_found_whatever_it_is() {
        let known =
            ["09012345678", "0312345678", "0000", "9", "1234567890123456", "12345678901234567", "+819012345678", "090x", "", "0901234567"];
        let of = |row: u32| (0..row % 4).map(|more| known[(row / 4 + more * 3) as usize % known.len()].to_owned()).collect::<Vec<_>>();
        let told = |row: u32| of(row).into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let mut phones = Phones::default();
        for settles in [false, true] {
            (0..200).for_each(|row| phones.put(row, &of(row + 1)));
            (0..200).for_each(|row| phones.put(row, &of(row)));
            if settles {
                phones.settle();
            }
            assert!((0..200).all(|row| phones.of(row) == told(row)));
            let parts = known
                .into_iter()
                .flat_map(|text| (0..text.len()).flat_map(move |from| (from + 1..=text.len()).map(move |to| text.get(from..to).unwrap())));
            for needle in parts.chain(["", "99", "5678090", "12345678901234568"]) {
                let expected: Vec<u32> = (0..200).filter(|row| told(*row).iter().any(|text| text.contains(needle))).collect();
                assert_eq!(rows(&phones, needle), expected, "{needle}");
            }
        }
        (0..200).for_each(|row| phones.put(row, &[]));
        assert_eq!(rows(&phones, ""), [0; 0]);
        assert!(phones.firsts.iter().all(|first| *first == 0), "no number is left beside the postings");
    }

    #[test]
    fn digits_that_are_none_are_not_taken_from_a_block() {
        for spelled in [u64::MAX, 0x0F, 0xB1, 0x10] {
            assert!(digits(spelled).all(|digit| digit.is_ascii_digit()));
            assert!(!holds(spelled, 0x02_03));
        }
    }
}
