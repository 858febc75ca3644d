//! Decimal literals, exactly: no float ever holds a customer's digits.

use std::borrow::Cow;

/// The literal with its exponent written out (`1.5E3` → `1500`, `1E-2` → `0.01`). A literal without an exponent comes
/// back as it is. `None`: not a decimal number, or longer than `limit` bytes when written out.
pub(crate) fn plain(literal: &str, limit: u32) -> Option<Cow<'_, str>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mantissa, exponent) = match literal.split_once(['E', 'e']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (literal, None),
    };
    let (negative, unsigned) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let Some(exponent) = exponent else {
        return (literal.len() <= limit).then_some(Cow::Borrowed(literal));
    };
    // A wider exponent than this is no number a spreadsheet holds; it would only buy zeros.
    let exponent: i32 = exponent.parse().ok().filter(|value: &i32| value.abs() <= 400)?;
    if literal.len() > limit {
        return None;
    }
    let digits: Vec<char> = whole.chars().chain(fraction.chars()).collect();
    let point = i64::try_from(whole.len()).ok()?.checked_add(i64::from(exponent))?;
    let count = i64::try_from(digits.len()).ok()?;
    let at = |index: i64| usize::try_from(index).ok().and_then(|index| digits.get(index)).copied().unwrap_or('0');
    let whole: String = (0..point).map(at).collect();
    let fraction: String = (point..count).map(at).collect();
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        some => some,
    };
    let fraction = fraction.trim_end_matches('0');
    let mut plain = String::new();
    if negative && (whole != "0" || !fraction.is_empty()) {
        plain.push('-');
    }
    plain.push_str(whole);
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    (plain.len() <= limit).then_some(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn i4_an_exponent_is_written_out_exactly() {
        for (literal, expected) in [
            ("9012345678", "9012345678"),
            ("9.012345678E9", "9012345678"),
            ("9.0123456789e+10", "90123456789"),
            ("1E-7", "0.0000001"),
            ("-1.50E1", "-15"),
            ("-1.25E1", "-12.5"),
            ("12345E-2", "123.45"),
            ("0E0", "0"),
            ("-0E3", "0"),
            (".5E1", "5"),
            ("32964.5", "32964.5"),
            ("-0.0", "-0.0"),
        ] {
            assert_eq!(plain(literal, 4_000).as_deref(), Some(expected), "{literal}");
        }
        for literal in ["", "-", ".", "E5", "1E", "1E401", "1E99999999999", "NaN", "0x10", "1,000", "1 ", "--1", "1.2.3"] {
            assert_eq!(plain(literal, 4_000), None, "{literal}");
        }
        assert_eq!(plain("1E400", 401).map(|text| text.len()), Some(401));
        assert_eq!(plain("1E400", 400), None);
    }
}
