//! Money: whole yen, exact, checked.

use crate::error::AmountError;

/// An amount in whole yen 円. Never a float; never wraps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Yen(pub i64);

#[cfg(feature = "uniffi")]
uniffi::custom_type!(/// An amount in whole yen 円.
    Yen, i64, { lower: |yen| yen.0, try_lift: |yen| Ok(Yen(yen)) });

impl Yen {
    /// ¥0.
    pub const ZERO: Self = Self(0);
    /// The largest amount of one line, fee or payment: ¥1,000,000,000. JavaScript's numbers hold sums of millions of these exactly.
    pub const MAX: Self = Self(1_000_000_000);

    /// The sum, or an error if it leaves what 64 bits can hold.
    pub fn plus(self, other: Self) -> Result<Self, AmountError> {
        self.0.checked_add(other.0).map(Self).ok_or(AmountError::Overflow)
    }

    /// The difference, or an error if it leaves what 64 bits can hold.
    pub fn minus(self, other: Self) -> Result<Self, AmountError> {
        self.0.checked_sub(other.0).map(Self).ok_or(AmountError::Overflow)
    }

    /// Whole percent of this amount, rounded down (R6).
    pub fn percent(self, percent: u8) -> Result<Self, AmountError> {
        self.0.checked_mul(i64::from(percent)).map(|product| Self(product.div_euclid(100))).ok_or(AmountError::Overflow)
    }

    /// This many times the amount.
    pub fn times(self, count: u32) -> Result<Self, AmountError> {
        self.0.checked_mul(i64::from(count)).map(Self).ok_or(AmountError::Overflow)
    }

    /// The sum of many.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// This amount if it can stand on a line: from ¥0 to [`Yen::MAX`].
    pub fn on_a_line(self, field: &'static str) -> Result<Self, AmountError> {
        if self < Self::ZERO || self > Self::MAX { Err(AmountError::OutOfRange { field }) } else { Ok(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r6_a_percentage_is_rounded_down() {
        assert_eq!(Yen(999).percent(50), Ok(Yen(499)));
        assert_eq!(Yen(1).percent(99), Ok(Yen(0)));
        assert_eq!(Yen(4_400).percent(100), Ok(Yen(4_400)));
        assert_eq!(Yen(i64::MAX).percent(2), Err(AmountError::Overflow));
    }
}
