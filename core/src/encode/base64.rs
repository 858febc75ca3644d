//! Bytes as text, where a door speaks nothing but text (RFC 4648, with its padding).

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text of bytes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for three in bytes.chunks(3) {
        let all = (0..3).fold(0, |all: u32, place| all << 8 | three.get(place).copied().map_or(0, u32::from));
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = usize::try_from(all >> shift & 63).ok().and_then(|digit| DIGITS.get(digit)).copied();
            // One byte makes two digits, two make three.
            text.push(if place > three.len() { '=' } else { digit.map_or('=', char::from) });
        }
    }
    text
}

/// The bytes of a text; none if it is not one that [`base64`] writes.
pub(crate) fn of_base64(text: &str) -> Option<Vec<u8>> {
    let (fours, []) = text.as_bytes().as_chunks::<4>() else { return None };
    let mut bytes = Vec::with_capacity(fours.len().saturating_mul(3));
    for four in fours {
        let filled = four.iter().take_while(|digit| **digit != b'=').count();
        let mut all = 0_u32;
        for digit in four {
            let value = if *digit == b'=' { Some(0) } else { DIGITS.iter().position(|known| known == digit) };
            all = all << 6 | u32::try_from(value?).ok()?;
        }
        let [_, one, two, three] = all.to_be_bytes();
        bytes.extend([one, two, three].iter().take(filled.checked_sub(1)?));
    }
    (base64(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_others_write_them_and_read_back() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
            assert_eq!(of_base64(text).as_deref(), Some(bytes.as_bytes()));
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(of_base64(&base64(&all)), Some(all));
        for wrong in ["Zg", "Zg=", "Zh==", "Zm8", "Zm9=", "====", "=Zg=", "Z===", "Zg==Zg==", "Zm9v\n", "Zm9é", "Zm 9"] {
            assert_eq!(of_base64(wrong), None, "{wrong}");
        }
    }
}
