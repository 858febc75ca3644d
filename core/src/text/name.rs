//! The two keys of a name: strict for the merge (M1), lenient for the search (S2).

use super::characters::{is_dash, vanishes};
use super::variants::canonical_form;
use super::width::ordinary_width;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Whether the merge key looks past full and half width (M1, a policy).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "camelCase")]
pub enum WidthMode {
    /// ﾔﾏﾀﾞ is ヤマダ and Ｊｏｈｎ is John.
    #[default]
    Fold,
    /// Only spaces and invisible characters are looked past.
    SpacesOnly,
}

/// The merge key (統合の照合キー) of 姓 and 名: two customers may be merged only if theirs are equal (M1).
///
/// NFC → drop White_Space and Default_Ignorable_Code_Point → replace only characters whose
/// decomposition is `<wide>` or `<narrow>` (not with [`WidthMode::SpacesOnly`]) → drop again → NFC.
/// Where 姓 ends and 名 begins is not part of it.
#[must_use]
pub fn merge_key(family: &str, given: &str, mode: WidthMode) -> String {
    let written = [family, given].concat();
    // Most names are their own key.
    if written.chars().all(is_settled) {
        return written;
    }
    written
        .nfc()
        .filter(|&c| !vanishes(c))
        .map(|c| match mode {
            WidthMode::Fold => ordinary_width(c),
            WidthMode::SpacesOnly => c,
        })
        .filter(|&c| !vanishes(c))
        .nfc()
        .collect()
}

// Visible ASCII, kana and kanji: composed, of ordinary width, and never joined to what stands before them.
fn is_settled(c: char) -> bool {
    matches!(c, '!'..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{3400}'..='\u{9FFF}')
}

/// The search key of any name or of a part of one (S2): a text is found if its key contains the
/// needle's key.
///
/// NFKC → drop spaces and invisible characters (IVS among them) → fold case, hiragana to katakana,
/// dashes to ー, kanji variants to the form of [`super::variants::VARIANTS`] → NFKC.
///
/// Hiragana goes to katakana, never the other way: サトー is さとー as well as さとう in hiragana, so
/// folding katakana down would have to choose. The long-vowel mark is one of the dashes, so サト-,
/// サト― and サト〜 all find サトー; it is never dropped, so サトー and サトウ stay two names, and so do
/// サトー and サト.
#[must_use]
pub fn search_key(text: &str) -> String {
    text.nfkc()
        .filter(|&c| !vanishes(c))
        // By way of upper case, so that ß meets SS and ς meets Σ; ẞ needs the first step to be ß.
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .map(|c| canonical_form(dash_to_long_vowel(hiragana_to_katakana(c))))
        .nfkc()
        .collect()
}

/// ひ to ヒ; anything else as it is.
#[must_use]
pub fn hiragana_to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

fn dash_to_long_vowel(c: char) -> char {
    if is_dash(c) { 'ー' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfc_quick};

    #[test]
    fn m1_a_name_of_settled_characters_is_its_own_key() {
        for c in (char::MIN..=char::MAX).filter(|&c| is_settled(c)) {
            let composed = is_nfc_quick(core::iter::once(c)) == IsNormalized::Yes && canonical_combining_class(c) == 0;
            assert!(composed && ordinary_width(c) == c && !vanishes(c), "{c:?}");
        }
    }
}
