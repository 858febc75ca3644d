//! `_x000D_`: how the format writes what XML cannot hold.

use std::borrow::Cow;

/// `_xHHHH_` read as the character it stands for; one that stands for none stays as it is.
pub(crate) fn read(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('_') {
        plain.push_str(before);
        match code(after) {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push('_');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character of an escape whose first underscore was just read, and what follows it.
fn code(after: &str) -> Option<(char, &str)> {
    let digits = after.strip_prefix('x')?;
    let (hex, rest) = digits.split_at_checked(4)?;
    let rest = rest.strip_prefix('_')?;
    if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, rest))
}

/// Appends a text as XML: markup escaped, and what XML cannot hold as `_xHHHH_`.
pub(crate) fn write(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\t' | '\n' => into.push(character),
            '_' if code(after).is_some() => into.push_str("_x005F_"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => into.push_str(&format!("_x{:04X}_", u32::from(character))),
            _ => into.push(character),
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn i6_what_xml_cannot_hold_survives_the_way_there_and_back() {
        for text in ["", "a\rb", "\u{0}\u{1f}", "_x000D_", "_x005F_x000D_", "__x000D__", "_x", "_xD83D_", "_xあああ_", "\u{ffff}𠮷"] {
            let mut written = String::new();
            write(text, &mut written);
            assert!(!written.contains(['\r', '\0']));
            assert_eq!(read(&written), text, "{written}");
        }
        assert_eq!(read("一行目_x000D_\n二行目"), "一行目\r\n二行目");
        assert_eq!(read("_x005F_x000D_"), "_x000D_");
    }
}
