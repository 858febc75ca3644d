//! Ratios and their logarithms in whole numbers.

/// A ratio in hundredths; at least one hundredth.
#[must_use]
pub fn hundredths(larger: u128, smaller: u128) -> u128 {
    (larger.saturating_mul(100) / smaller.max(1)).max(1)
}

/// The binary logarithm of a ratio in hundredths, in thousandths.
#[must_use]
pub fn log2(hundredths: u128) -> i64 {
    // 100 is 2 to the 6.644th.
    i64::try_from(log2_whole(hundredths.max(1))).unwrap_or(i64::MAX).saturating_sub(6_644)
}

// Of a whole number, in thousandths: the highest bit, then squaring for each bit behind the point.
fn log2_whole(number: u128) -> u128 {
    let whole = u128::from(number.max(1).ilog2());
    let mut mantissa = if whole >= 32 { number >> (whole - 32) } else { number << (32 - whole) };
    let mut fraction = 0_u128;
    for _ in 0..16 {
        mantissa = mantissa * mantissa >> 32;
        fraction <<= 1;
        if mantissa >> 33 > 0 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * 1000 + (fraction * 1000 >> 16)
}

/// The geometric mean of ratios in hundredths.
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

/// As it is read: 0.35×, 12×.
#[must_use]
pub fn shown(hundredths: u128) -> String {
    match hundredths {
        0..1_000 => format!("{}.{:02}×", hundredths / 100, hundredths % 100),
        _ => format!("{}×", hundredths / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_some_thousandths() {
        for (ratio, log) in [(100, 0), (200, 1_000), (50, -1_000), (141, 496), (100_000, 9_966), (1, -6_644)] {
            assert!((log2(ratio) - log).abs() <= 2, "{ratio}: {}", log2(ratio));
        }
    }

    #[test]
    fn the_geometric_mean_of_a_ratio_and_its_inverse_is_one() {
        assert!((99..=101).contains(&geometric_mean(&[25, 400]).unwrap()));
        assert!((9_900..=10_100).contains(&geometric_mean(&[10_000; 18]).unwrap()));
        assert_eq!(geometric_mean(&[]), None);
    }
}
