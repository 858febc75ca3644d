//! Kanji that are one character written in two ways 異体字・旧字体 (S2).
//!
//! A reviewed table of *pairs*, each an old form or another glyph of the same character, and never
//! more than one step: closing it over "looks like" or "reads like" would end with 宏, 弘 and 広 as
//! one name. It is made from the lists in `core/kanji/`, whose README says where they are from. 斎 and 斉 are two characters that people mix up ([`often_confused`]), not two
//! forms of one.
//!
//! What Unicode itself calls compatible (神 U+FA19, 海 U+FA45, ⽥ U+2F65) needs no line here: NFKC
//! comes first. 﨑 U+FA11 does need one, although it stands among them.

mod table;

pub use table::{CONFUSED, VARIANTS};

/// The form that search keys are written in: 髙 is 高. One step; anything not in the table is
/// itself.
#[must_use]
pub fn canonical_form(c: char) -> char {
    // Most of what is asked is kana, which stands between the radicals and the kanji and never in the table.
    if c < '㐀' && !('⺀'..='⻳').contains(&c) {
        return c;
    }
    VARIANTS.binary_search_by_key(&c, |&(variant, _)| variant).ok().and_then(|at| VARIANTS.get(at)).map_or(c, |&(_, canonical)| canonical)
}

/// Whether `a` and `b` are different characters that people mix up, in whichever form they are
/// written: 斎 and 斉, so 齋 and 齊 as well. No key folds them; a suggestion may mention them (D1).
#[must_use]
pub fn often_confused(a: char, b: char) -> bool {
    let (a, b) = (canonical_form(a), canonical_form(b));
    CONFUSED.contains(&(a, b)) || CONFUSED.contains(&(b, a))
}

/// The first of a pair of [`CONFUSED`] for the second; anything else as it is.
pub(crate) fn confused_form(c: char) -> char {
    CONFUSED.iter().find(|&&(_, second)| second == c).map_or(c, |&(first, _)| first)
}
