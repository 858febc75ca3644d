//! What is left of a command's input when everything personal is out of it: enough to tell most other commands from it, and nothing to guess anybody from.

use crate::encode::Fnv;

/// A hash of the input without its texts: of its fields, numbers and ids of the library's own. Names, phones, addresses and dates are texts (W4).
pub(super) fn outline(input: &str) -> String {
    let (mut hash, mut rest) = (Fnv::new(), input);
    // Byte by byte: what stands between two quotation marks is shorter than a search for the next one takes to begin.
    while let Some(quote) = rest.bytes().position(|byte| byte == b'"') {
        let (before, after) = split(rest, quote);
        let (text, next) = split(after, end_of_text(after));
        rest = next;
        hash = hash.and(before).and(if rest.starts_with(':') || is_id(text) { text } else { "\"" });
    }
    format!("{:016x}", hash.and(rest).number())
}

// What stands before and after a quotation mark.
fn split(text: &str, quote: usize) -> (&str, &str) {
    let (before, rest) = text.split_at_checked(quote).unwrap_or((text, ""));
    (before, rest.strip_prefix('"').unwrap_or(rest))
}

// Where a text of JSON ends, the quotation mark before it left out.
fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    let ends = |byte: u8| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    };
    text.bytes().position(ends).unwrap_or(text.len())
}

// `c17` and the like.
fn is_id(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = text.len().saturating_sub(digits.len());
    (1..=3).contains(&letters) && (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn w4_an_outline_tells_fields_numbers_and_ids_and_no_texts() {
        let one = r#"{"customer":"c17","form":{"familyName":"山田","phones":["090\"1"]},"version":3}"#;
        let same = r#"{"customer":"c17","form":{"familyName":"佐藤\\","phones":["x"]},"version":3}"#;
        assert_eq!(outline(one), outline(same));
        for other in [
            r#"{"customer":"c18","form":{"familyName":"山田","phones":["090\"1"]},"version":3}"#,
            r#"{"customer":"c17","form":{"familyName":"山田","phones":["090\"1"]},"version":4}"#,
            r#"{"customer":"c17","form":{"familyName":"山田","phones":["090","1"]},"version":3}"#,
            r#"{"customer":"c17","form":{"givenName":"山田","phones":["090\"1"]},"version":3}"#,
        ] {
            assert_ne!(outline(one), outline(other), "{other}");
        }
        assert_eq!(outline(r#"{"phone":"09012345678"}"#), outline(r#"{"phone":"08012345678"}"#));
        outline("\"unfinished \\");
    }
}
