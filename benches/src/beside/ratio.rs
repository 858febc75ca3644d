//! Ratios and their logarithms in whole numbers.

/// A ratio of one.
pub const ONE: u128 = 10_000;

/// A ratio, in ten-thousandths; at least one of them.
#[must_use]
pub fn ratio(dividend: u128, divisor: u128) -> u128 {
    (dividend.saturating_mul(ONE) / divisor.max(1)).max(1)
}

/// The binary logarithm of a ratio, in thousandths.
#[must_use]
pub fn log2(ratio: u128) -> i64 {
    i64::try_from(log2_whole(ratio)).unwrap_or(i64::MAX).saturating_sub(i64::try_from(log2_whole(ONE)).unwrap_or(0))
}

// Of a whole number, in thousandths: the highest bit, then squaring for each bit behind the point.
fn log2_whole(number: u128) -> u128 {
    let whole = u128::from(number.max(1).ilog2());
    let mut mantissa = if whole >= 32 { number >> (whole - 32) } else { number << (32 - whole) };
    let mut fraction = 0_u128;
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 32;
        fraction <<= 1;
        if mantissa >> 33 > 0 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * 1000 + ((fraction * 1000) >> 16)
}

/// The geometric mean of ratios.
#[must_use]
pub fn geometric_mean(ratios: &[u128]) -> Option<u128> {
    let sum: i64 = ratios.iter().map(|ratio| log2(*ratio)).sum();
    let mean = sum.checked_div(i64::try_from(ratios.len()).ok()?)?;
    let (mut low, mut high) = (1_u128, 1 << 60);
    while low < high {
        let middle = low.midpoint(high);
        if log2(middle) < mean { low = middle + 1 } else { high = middle }
    }
    Some(low)
}

/// As it is read: 0.0051×, 0.35×, 12×.
#[must_use]
pub fn shown(ratio: u128) -> String {
    match ratio {
        0..1_000 => format!("0.{ratio:04}×"),
        1_000..100_000 => format!("{}.{:02}×", ratio / ONE, ratio % ONE / 100),
        _ => format!("{}×", ratio / ONE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_some_thousandths() {
        for (ratio, log) in [(ONE, 0), (2 * ONE, 1_000), (ONE / 2, -1_000), (14_142, 500), (1_000 * ONE, 9_966), (100, -6_644)] {
            assert!((log2(ratio) - log).abs() <= 2, "{ratio}: {}", log2(ratio));
        }
    }

    #[test]
    fn the_geometric_mean_of_a_ratio_and_its_inverse_is_one() {
        assert!((9_980..=10_020).contains(&geometric_mean(&[ONE / 4, 4 * ONE]).unwrap()));
        assert!((998_000..=1_002_000).contains(&geometric_mean(&[100 * ONE; 18]).unwrap()));
        assert_eq!(geometric_mean(&[]), None);
    }

    #[test]
    fn ratios_are_shown_with_two_digits_at_least() {
        assert_eq!([ratio(1, 200), ratio(7, 20), ratio(25, 2)].map(shown), ["0.0050×", "0.35×", "12×"]);
        assert_eq!([ratio(5, 2), ratio(0, 3)].map(shown), ["2.50×", "0.0001×"]);
    }
}
