//! How many share something, by which it says much or little.

use super::person::{Born, Key, Name, Person};
use super::points::{MOST_SHARING, RARITY};
use super::surnames;

/// All who are compared, as numbers.
pub(super) trait Crowd {
    /// How many there are.
    fn people(&self) -> u32;
    /// How many have a 姓 of this key.
    fn family(&self, key: Key) -> u32;
    /// How many have a 名 of this key.
    fn given(&self, key: Key) -> u32;
    /// How many have this phone.
    fn phone(&self, key: Key) -> u32;
    /// Whether two who have this phone can by their 名 not be one person.
    fn is_household(&self, key: Key) -> bool;
    /// How many have this address.
    fn email(&self, key: Key) -> u32;
    /// How many have exactly this birthday.
    fn birthday(&self, born: Born) -> u32;
}

/// Of a large number only its first four binary digits: what is said of two people then seldom changes because a third one came.
pub(super) const fn about(count: u32) -> u32 {
    let rest = 28_u32.saturating_sub(count.leading_zeros());
    count >> rest << rest
}

/// Whether a birthday is held by so many that it is what somebody types for "unknown".
pub(super) fn is_stand_in(crowd: &impl Crowd, born: Born) -> bool {
    held_by_too_many(crowd, born, crowd.birthday(born))
}

/// The same of one that so many hold.
pub(super) fn held_by_too_many(crowd: &impl Crowd, born: Born, holders: u32) -> bool {
    let people = about(crowd.people());
    let usual = if born.year.is_some() { people / 1_000 } else { people / 100 };
    holders > MOST_SHARING.saturating_add(usual)
}

/// Whether an address or a phone that so many have tells people apart at all.
pub(super) const fn tells(holders: u32) -> bool {
    holders <= MOST_SHARING
}

/// People of whom it is known from everywhere how frequent a name is, beside those of the ledger: in a new ledger nearly all there is, in a large one little.
const KNOWN_PEOPLE: u64 = 2_000;
const MILLION: u64 = 1_000_000;
/// A 名 that nothing is known of, of a million.
const USUAL_GIVEN: u64 = 1_000;

// How many of a million have something that `count` of `people` here have, and `usual` of a million elsewhere.
fn of_a_million(count: u32, usual: u64, people: u64) -> u64 {
    let both = u64::from(count).saturating_mul(MILLION).saturating_add(usual.saturating_mul(KNOWN_PEOPLE));
    both.checked_div(people.saturating_add(KNOWN_PEOPLE)).unwrap_or(MILLION).max(1)
}

/// What the rarity of a name adds or takes away: twice the number of halvings from "one more of this name is to be expected here".
pub(super) fn rarity(crowd: &impl Crowd, (family, given): (Key, Key), two: [&Person; 2]) -> i32 {
    // What is to be expected is known from the others.
    let own = |has: &dyn Fn(&Name) -> bool| u32::try_from(two.iter().filter(|person| person.names.iter().any(has)).count()).unwrap_or(2);
    let families = crowd.family(family).saturating_sub(own(&|name| name.family.keys().any(|key| key == family)));
    let givens = crowd.given(given).saturating_sub(own(&|name| name.given.keys().any(|key| key == given)));
    rarity_of(crowd, (family, families), givens)
}

/// The same of a 姓 and a 名 that so many others have.
pub(super) fn rarity_of(crowd: &impl Crowd, (family, families): (Key, u32), givens: u32) -> i32 {
    let others = u64::from(about(crowd.people()).saturating_sub(2));
    let expected = u128::from(of_a_million(about(families), surnames::of_a_million(family), others))
        .saturating_mul(of_a_million(about(givens), USUAL_GIVEN, others).into())
        .saturating_mul(u128::from(others.saturating_add(2)));
    points(expected)
}

// Of the number to be expected, times 10¹². Squared, so that a point is half a halving.
fn points(expected: u128) -> i32 {
    const ONE: u128 = 1_000_000_000_000;
    let squared = |number: u128| number.saturating_mul(number).max(1);
    let halvings =
        |of: u128, by: u128| of.checked_div(by).and_then(u128::checked_ilog2).and_then(|bits| i32::try_from(bits).ok()).unwrap_or(0);
    let points = if expected <= ONE {
        halvings(squared(ONE), squared(expected))
    } else {
        halvings(squared(expected), squared(ONE)).saturating_neg()
    };
    points.clamp(RARITY.0, RARITY.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_of_a_large_number_only_the_first_digits_count() {
        assert_eq!(
            [0, 1, 15, 16, 17, 18, 31, 32, 35, 36, 1_000, u32::MAX].map(about),
            [0, 1, 15, 16, 16, 18, 30, 32, 32, 36, 960, 0xF000_0000]
        );
        assert!((1..100_000).all(|count| about(count) <= count && count - about(count) <= count / 8));
    }

    #[test]
    fn d1_half_as_many_to_be_expected_are_two_points_more() {
        const ONE: u128 = 1_000_000_000_000;
        assert_eq!([ONE, ONE / 2, ONE / 4, ONE / 100_000, 0].map(points), [0, 2, 4, 20, 20]);
        assert_eq!([ONE * 2, ONE * 4, ONE * 100_000, u128::MAX].map(points), [-2, -4, -10, -10]);
    }
}
