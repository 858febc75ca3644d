//! Full width and half width 全角・半角: the characters whose decomposition is `<wide>` or
//! `<narrow>`, one step and nothing more (M1).
//!
//! NFKC goes further: it would turn ￣ into a space with a mark on it, and half-width Hangul into
//! letters that join. So only the half-width katakana, whose two readings agree, are asked of it.

use unicode_normalization::UnicodeNormalization;

/// Runs whose code points are apart by a constant: first, last, and what the first becomes.
const SHIFTED: &[(u32, u32, u32)] = &[
    (0x3000, 0x3000, 0x0020), // ideographic space
    (0xFF01, 0xFF5E, 0x0021), // ！ to ～: the printable ASCII
    (0xFF5F, 0xFF60, 0x2985), // ｟ ｠
    (0xFFA0, 0xFFA0, 0x3164), // half-width Hangul: filler and letters
    (0xFFA1, 0xFFBE, 0x3131),
    (0xFFC2, 0xFFC7, 0x314F),
    (0xFFCA, 0xFFCF, 0x3155),
    (0xFFD2, 0xFFD7, 0x315B),
    (0xFFDA, 0xFFDC, 0x3161),
    (0xFFE0, 0xFFE1, 0x00A2), // ￠ ￡
    (0xFFE2, 0xFFE2, 0x00AC), // ￢
    (0xFFE3, 0xFFE3, 0x00AF), // ￣
    (0xFFE4, 0xFFE4, 0x00A6), // ￤
    (0xFFE5, 0xFFE5, 0x00A5), // ￥
    (0xFFE6, 0xFFE6, 0x20A9), // ￦
    (0xFFE8, 0xFFE8, 0x2502), // ￨
    (0xFFE9, 0xFFEC, 0x2190), // ￩ ￪ ￫ ￬
    (0xFFED, 0xFFED, 0x25A0), // ￭
    (0xFFEE, 0xFFEE, 0x25CB), // ￮
];

/// `c` in its ordinary width. Half-width ﾞ and ﾟ become *combining* marks, so that NFC joins
/// ﾀﾞ into ダ.
#[must_use]
pub fn ordinary_width(c: char) -> char {
    if matches!(c, '｡'..='ﾟ') {
        return std::iter::once(c).nfkc().next().unwrap_or(c);
    }
    let code = u32::from(c);
    SHIFTED
        .iter()
        .find(|&&(first, last, _)| first <= code && code <= last)
        .and_then(|&(first, _, becomes)| char::from_u32(code - first + becomes))
        .unwrap_or(c)
}
