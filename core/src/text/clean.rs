//! Entry of free text (C9): what nobody can see is taken out, what is visible is kept to the
//! letter, and what is too long is refused.

use super::characters::{is_annotation, is_break, is_ignorable, is_variation_selector, is_white_space};
use super::error::TextError;

/// A name or any other text of one line.
///
/// Control, zero-width, bidi and other invisible formatting characters go. White space at both
/// ends goes, U+3000 included; inside it stays as typed, but a stretch of it that holds a line
/// break or a tab becomes one space, lest 山田⏎太郎 be glued into one word. Variation selectors
/// stay after a character they can select a glyph of, because 辻󠄀 and 辻󠄁 are how people write
/// their names, and go where there is none, so that a text which looks empty *is* empty.
///
/// A blank text is `Ok("")`: whether the field is required is the caller's to say.
///
/// # Errors
/// [`TextError::TooLong`] if more than `max` Unicode scalar values are left.
pub fn one_line(field: &'static str, raw: &str, max: u32) -> Result<String, TextError> {
    clean(field, raw, max, |space, line| {
        if space.chars().any(is_break) {
            line.push(' ');
        } else {
            line.push_str(space);
        }
    })
}

/// A comment or memo of any number of lines.
///
/// As [`one_line`], but line ends stay, each as `\n` (CRLF, CR, the Unicode separators too); a tab
/// becomes a space.
///
/// # Errors
/// [`TextError::TooLong`] if more than `max` Unicode scalar values are left, line ends included.
pub fn multi_line(field: &'static str, raw: &str, max: u32) -> Result<String, TextError> {
    clean(field, raw, max, |space, text| {
        let mut after_return = false;
        for c in space.chars() {
            match c {
                '\n' if after_return => {}
                '\t' => text.push(' '),
                c if is_break(c) => text.push('\n'),
                c => text.push(c),
            }
            after_return = c == '\r';
        }
    })
}

/// Walks `raw` once; `inner` writes each stretch of white space that stands between two visible
/// characters.
fn clean(field: &'static str, raw: &str, max: u32, inner: impl Fn(&str, &mut String)) -> Result<String, TextError> {
    let mut kept = String::with_capacity(raw.len());
    let mut space = String::new();
    let mut base = false;
    for c in raw.chars() {
        if is_white_space(c) {
            space.push(c);
            base = false;
        } else if is_variation_selector(c) {
            if base {
                kept.push(c);
            }
            base = false;
        } else if !(c.is_control() || is_ignorable(c) || is_annotation(c)) {
            if !kept.is_empty() {
                inner(&space, &mut kept);
            }
            space.clear();
            kept.push(c);
            base = true;
        }
    }
    let actual = u32::try_from(kept.chars().count()).unwrap_or(u32::MAX);
    if actual > max {
        return Err(TextError::TooLong { field, max, actual });
    }
    Ok(kept)
}
