//! Kana フリガナ (C3): typed in any of three ways, stored in one.

use super::characters::{is_annotation, is_ignorable, is_white_space};
use super::error::TextError;
use super::name::hiragana_to_katakana;
use super::width::ordinary_width;
use unicode_normalization::char::compose;

/// `raw` as full-width katakana.
///
/// Taken: hiragana, half-width and full-width katakana with small letters, ー, ・, the iteration
/// marks ヽヾゝゞ, and voiced marks in any form where there is a letter to voice (ｶﾞ, か゛ and が are ガ,
/// わ゛ is ヷ). Spaces of any kind are trimmed at both ends and become one ASCII space between
/// words. Invisible and control characters go, as everywhere (C9). A blank text is `Ok("")`.
///
/// # Errors
/// [`TextError::NotKana`] with the place of the first character that is none of these: Latin,
/// kanji, digits, and the hyphen that looks like ー.
pub fn to_full_width_katakana(field: &'static str, raw: &str) -> Result<String, TextError> {
    let mut kana = String::new();
    let mut space = false;
    for (position, c) in (1_u32..).zip(raw.chars()) {
        if is_white_space(c) {
            space = true;
            continue;
        }
        if c.is_control() || is_ignorable(c) || is_annotation(c) {
            continue;
        }
        let c = combining_mark(hiragana_to_katakana(ordinary_width(c)));
        if matches!(c, '\u{3099}' | '\u{309A}') {
            // A mark belongs to the letter right before it, and to no space.
            let voiced = kana.pop().filter(|_| !space).and_then(|letter| compose(letter, c));
            kana.push(voiced.ok_or(TextError::NotKana { field, position })?);
            continue;
        }
        if !is_full_width_katakana(c) {
            return Err(TextError::NotKana { field, position });
        }
        if space && !kana.is_empty() {
            kana.push(' ');
        }
        space = false;
        kana.push(c);
    }
    Ok(kana)
}

/// Whether a name is written in kana alone, as one taken down on the phone is (P1): at least one
/// letter, and nothing that [`to_full_width_katakana`] refuses.
#[must_use]
pub fn is_katakana_name(name: &str) -> bool {
    to_full_width_katakana("name", name).is_ok_and(|kana| kana.chars().any(is_letter))
}

/// The marks that stand alone (゛゜) as those that join.
fn combining_mark(c: char) -> char {
    match c {
        '゛' => '\u{3099}',
        '゜' => '\u{309A}',
        _ => c,
    }
}

fn is_letter(c: char) -> bool {
    // The second run is the small letters of Ainu.
    matches!(c, 'ァ'..='ヺ' | 'ㇰ'..='ㇿ')
}

fn is_full_width_katakana(c: char) -> bool {
    is_letter(c) || matches!(c, '・' | 'ー' | 'ヽ' | 'ヾ')
}
