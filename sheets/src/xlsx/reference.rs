//! `XFD1048576`: the addresses of cells.

/// The lowest row a sheet has.
pub(crate) const LAST_ROW: u32 = 1_048_576;
/// The rightmost column a sheet has.
pub(crate) const LAST_COLUMN: u32 = 16_384;

/// The row number of a `row` element.
pub(crate) fn row(text: &str) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|row| (1..=LAST_ROW).contains(row))
}

/// Column and row of an address.
pub(crate) fn cell(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?).checked_add(1)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    (1..=LAST_COLUMN).contains(&column).then_some((column, row(digits)?))
}

/// The letters of a column, from 1.
pub(crate) fn letters(mut column: u32) -> String {
    let mut reversed = Vec::new();
    while let Some(index) = column.checked_sub(1) {
        reversed.push(b'A'.saturating_add(u8::try_from(index % 26).unwrap_or_default()));
        column = index / 26;
    }
    reversed.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{cell, letters};

    #[test]
    fn i7_an_address_is_inside_the_sheet_or_none() {
        for (text, expected) in
            [("A1", Some((1, 1))), ("Z9", Some((26, 9))), ("aa10", Some((27, 10))), ("XFD1048576", Some((16_384, 1_048_576)))]
        {
            assert_eq!(cell(text), expected, "{text}");
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "A+1", "A-1", "$A$1", "A1A", "あ1", "AAAAAAAAAAAAAAAA1", "A99999999999"] {
            assert_eq!(cell(text), None, "{text}");
        }
        for column in 1..=16_384 {
            assert_eq!(cell(&format!("{}1", letters(column))), Some((column, 1)));
        }
    }
}
