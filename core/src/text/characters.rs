//! The sets of characters that the rules name, written out: what vanishes, what is a space, what
//! is a dash.

/// White_Space (Unicode 17.0, PropList).
const WHITE_SPACE: &[(u32, u32)] = &[
    (0x0009, 0x000D), // tab, line feed, vertical tab, form feed, carriage return
    (0x0020, 0x0020), // space
    (0x0085, 0x0085), // next line
    (0x00A0, 0x00A0), // no-break space
    (0x1680, 0x1680), // Ogham space
    (0x2000, 0x200A), // en quad to hair space
    (0x2028, 0x2029), // line and paragraph separator
    (0x202F, 0x202F), // narrow no-break space
    (0x205F, 0x205F), // mathematical space
    (0x3000, 0x3000), // ideographic space 全角スペース
];

/// Default_Ignorable_Code_Point (Unicode 17.0, DerivedCoreProperties): 4,174 code points.
const DEFAULT_IGNORABLE: &[(u32, u32)] = &[
    (0x00AD, 0x00AD),   // soft hyphen
    (0x034F, 0x034F),   // combining grapheme joiner
    (0x061C, 0x061C),   // Arabic letter mark
    (0x115F, 0x1160),   // Hangul fillers
    (0x17B4, 0x17B5),   // Khmer inherent vowels
    (0x180B, 0x180F),   // Mongolian variation selectors, vowel separator
    (0x200B, 0x200F),   // ZWSP, ZWNJ, ZWJ, LRM, RLM
    (0x202A, 0x202E),   // bidi embeddings and overrides
    (0x2060, 0x206F),   // word joiner, invisible operators, bidi isolates
    (0x3164, 0x3164),   // Hangul filler
    (0xFE00, 0xFE0F),   // variation selectors
    (0xFEFF, 0xFEFF),   // BOM
    (0xFFA0, 0xFFA0),   // half-width Hangul filler
    (0xFFF0, 0xFFF8),   // unassigned
    (0x1BCA0, 0x1BCA3), // shorthand format controls
    (0x1D173, 0x1D17A), // musical format controls
    (0xE0000, 0xE0FFF), // tags, ideographic variation selectors (IVS)
];

/// Variation_Selector (Unicode 17.0): ignorable in every key, but part of how a name is written.
const VARIATION_SELECTORS: &[(u32, u32)] = &[
    (0x180B, 0x180D),
    (0x180F, 0x180F),
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF), // IVS: 辻 with one dot or two, 葛 of 葛飾 or of 葛城
];

/// What people type as a dash: General_Category=Pd (Unicode 17.0), then the look-alikes.
const DASHES: &[(u32, u32)] = &[
    (0x002D, 0x002D), // hyphen-minus
    (0x007E, 0x007E), // tilde, which NFKC makes of ～
    (0x02D7, 0x02D7), // modifier minus
    (0x058A, 0x058A),
    (0x05BE, 0x05BE),
    (0x1400, 0x1400),
    (0x1806, 0x1806),
    (0x2010, 0x2015), // hyphen to horizontal bar ‐ ‑ ‒ – — ―
    (0x2043, 0x2043), // hyphen bullet
    (0x207B, 0x207B), // superscript minus
    (0x208B, 0x208B), // subscript minus
    (0x2212, 0x2212), // minus −
    (0x223C, 0x223C), // tilde operator, some converters' reading of 〜
    (0x2500, 0x2501), // box drawing ─ ━
    (0x2796, 0x2796), // heavy minus
    (0x2E17, 0x2E17),
    (0x2E1A, 0x2E1A),
    (0x2E3A, 0x2E3B), // two- and three-em dash
    (0x2E40, 0x2E40),
    (0x2E5D, 0x2E5D),
    (0x301C, 0x301C), // wave dash 〜
    (0x3030, 0x3030), // wavy dash 〰
    (0x30A0, 0x30A0), // ゠
    (0x30FC, 0x30FC), // long-vowel mark ー
    (0xFE31, 0xFE32),
    (0xFE58, 0xFE58),
    (0xFE63, 0xFE63),
    (0xFF0D, 0xFF0D), // －
    (0xFF5E, 0xFF5E), // ～
    (0xFF70, 0xFF70), // ｰ
    (0x10D6E, 0x10D6E),
    (0x10EAD, 0x10EAD),
];

/// Line ends and tabs: what separates words in a text that has only one line.
const BREAKS: &[(u32, u32)] = &[(0x0009, 0x000D), (0x0085, 0x0085), (0x2028, 0x2029)];

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let code = u32::from(c);
    let after = ranges.partition_point(|&(first, _)| first <= code);
    after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|&(_, last)| code <= last)
}

/// Whether `c` is of the runs that names and addresses are mostly made of: no space, and always to be seen. Spares the search in the sets.
const fn is_plain(c: char) -> bool {
    // Visible ASCII; from 、 by kana and kanji to the last before the variation selectors, but for the Hangul filler.
    matches!(c, '!'..='~' | '\u{3001}'..='\u{3163}' | '\u{3165}'..='\u{FDFF}')
}

/// Whether `c` is White_Space.
#[must_use]
pub fn is_white_space(c: char) -> bool {
    !is_plain(c) && within(WHITE_SPACE, c)
}

/// Whether `c` is a Default_Ignorable_Code_Point: nothing is drawn for it.
#[must_use]
pub fn is_ignorable(c: char) -> bool {
    !is_plain(c) && within(DEFAULT_IGNORABLE, c)
}

/// Whether `c` selects a glyph of the character before it.
#[must_use]
pub fn is_variation_selector(c: char) -> bool {
    !is_plain(c) && within(VARIATION_SELECTORS, c)
}

/// Whether `c` is a hyphen, a dash, a minus, a long-vowel mark or used like one. The kanji 一 is not.
#[must_use]
pub fn is_dash(c: char) -> bool {
    within(DASHES, c)
}

/// Whether `c` ends a line or is a tab.
#[must_use]
pub(crate) fn is_break(c: char) -> bool {
    within(BREAKS, c)
}

/// Whether no key of any layer keeps `c`.
#[must_use]
pub(crate) fn vanishes(c: char) -> bool {
    is_white_space(c) || is_ignorable(c)
}

/// Interlinear annotation: formatting that is not Default_Ignorable, yet hides text (ルビ).
#[must_use]
pub(crate) fn is_annotation(c: char) -> bool {
    matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_is_in_no_set() {
        for c in (char::MIN..=char::MAX).filter(|&c| is_plain(c)) {
            let somewhere = [WHITE_SPACE, DEFAULT_IGNORABLE, VARIATION_SELECTORS, BREAKS].iter().any(|set| within(set, c));
            assert!(!somewhere && !c.is_control() && !is_annotation(c), "{c:?}");
        }
    }
}
