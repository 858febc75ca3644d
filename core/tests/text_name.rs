//! M1 and S2: the two keys of a name.

use daicho::text::variants::{VARIANTS, canonical_form};
use daicho::text::{WidthMode, merge_key, often_confused, search_key};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn strict(text: &str) -> String {
    merge_key(text, "", WidthMode::Fold)
}

fn spaces_only(text: &str) -> String {
    merge_key(text, "", WidthMode::SpacesOnly)
}

fn every_scalar() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Default_Ignorable_Code_Point, from the standard and apart from the crate's own table.
fn ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[test]
fn m1_where_the_name_is_parted_does_not_matter() {
    let key = merge_key("山田", "太郎", WidthMode::Fold);
    assert_eq!(key, "山田太郎");
    for (family, given) in [("山田 太郎", ""), ("山田　太郎", ""), ("", "山田太郎"), ("山", "田太郎")] {
        assert_eq!(merge_key(family, given, WidthMode::Fold), key);
        assert_eq!(merge_key(family, given, WidthMode::SpacesOnly), key);
    }
    // NFC is of the joined name, or the split would show.
    assert_eq!(merge_key("か", "\u{3099}", WidthMode::SpacesOnly), "が");
}

#[test]
fn m1_spaces_and_invisible_characters_vanish() {
    for gone in ['\u{3000}', '\u{a0}', '\u{200b}', '\u{feff}', '\u{fe00}', '\u{e0100}', '\u{202e}', '\u{200d}', '\t', '\n'] {
        let name = format!("{gone}山{gone}田{gone}");
        assert_eq!(strict(&name), "山田", "{gone:?}");
        assert_eq!(spaces_only(&name), "山田", "{gone:?}");
    }
}

#[test]
fn m1_exactly_white_space_and_default_ignorables_vanish() {
    let (mut spaces, mut ignorables) = (0, 0);
    for c in every_scalar() {
        let gone = c.is_whitespace() || ignorable(c);
        spaces += u32::from(c.is_whitespace());
        ignorables += u32::from(ignorable(c));
        let text = c.to_string();
        assert_eq!(strict(&text).is_empty(), gone, "{c:?}");
        assert_eq!(spaces_only(&text).is_empty(), gone, "{c:?}");
    }
    // The totals that PropList and DerivedCoreProperties state.
    assert_eq!((spaces, ignorables), (25, 4_174));
}

#[test]
fn m1_width_is_folded_unless_the_policy_says_otherwise() {
    for (written, name) in [
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("ﾔﾏﾀﾞ ﾊﾟｰﾙ", "ヤマダパール"),
        ("Ｊｏｈｎ", "John"),
        ("ｻﾄｰ", "サトー"),
        ("！～｟￠￡￢￣￤￥￦￨￩￪￫￬￭￮", "!~⦅¢£¬¯¦¥₩│←↑→↓■○"),
        ("｡｢｣､･", "。「」、・"),
        ("ﾡﾾￂￇￊￏￒￗￚￜ", "ㄱㅎㅏㅔㅕㅚㅛㅠㅡㅣ"),
    ] {
        assert_eq!(strict(written), strict(name));
        assert_ne!(spaces_only(written), spaces_only(name));
    }
    assert_eq!(strict("ﾞ"), "\u{3099}");
    assert_eq!(strict("ﾟ"), "\u{309a}");
    assert_eq!(strict("カﾞ"), "ガ", "the mark joins a full-width letter too");
    assert_eq!(WidthMode::default(), WidthMode::Fold);
}

#[test]
fn m1_exactly_the_wide_and_narrow_characters_are_folded() {
    // 104 <wide> and 122 <narrow>, less U+3000 and U+FFA0, which vanish.
    let folded: Vec<char> = every_scalar().filter(|c| strict(&c.to_string()) != spaces_only(&c.to_string())).collect();
    assert_eq!(folded.len(), 224);
    for c in folded {
        assert!(('\u{ff01}'..='\u{ffee}').contains(&c), "{c:?}");
        // One step of the decomposition, which the full one must agree with in the end.
        let one_step = strict(&c.to_string());
        assert_eq!(one_step.chars().count(), 1, "{c:?}");
        assert_eq!(one_step.nfkd().collect::<String>(), std::iter::once(c).nfkd().collect::<String>(), "{c:?}");
    }
}

#[test]
fn m1_different_names_stay_different() {
    for (a, b) in [
        ("髙", "高"),
        ("\u{fa11}", "崎"),
        ("やまだ", "ヤマダ"),
        ("サトー", "サトウ"),
        ("㈱", "(株)"),
        ("㈱", "（株）"),
        ("john", "John"),
        ("斎", "斉"),
        ("𠮷", "吉"),
        ("①", "1"),
        ("ｱ\u{309b}", "ｱﾞ"),
        ("サトー", "サト-"),
        ("㍻", "平成"),
    ] {
        assert_ne!(strict(a), strict(b), "{a} {b}");
        assert_ne!(spaces_only(a), spaces_only(b), "{a} {b}");
    }
}

#[test]
fn m1_the_key_of_every_character_is_its_own_key_and_closed_under_canonical_equivalence() {
    for c in every_scalar() {
        let text = c.to_string();
        let key = strict(&text);
        assert_eq!(strict(&key), key, "{c:?}");
        assert_eq!(strict(&text.nfc().collect::<String>()), key, "{c:?}");
        assert_eq!(strict(&text.nfd().collect::<String>()), key, "{c:?}");
        assert_eq!(spaces_only(&text.nfd().collect::<String>()), spaces_only(&text), "{c:?}");
    }
}

#[test]
fn s2_case_width_spaces_and_invisible_characters_are_folded() {
    for (a, b) in [
        ("Ｊｏｈｎ　ＳＭＩＴＨ", "johnsmith"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("㈱さくら", "(株)サクラ"),
        ("STRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("山\u{200b}田\u{e0100}", "山田"),
        ("か\u{309b}", "ガ"),
        ("ﬁ", "FI"),
    ] {
        assert_eq!(search_key(a), search_key(b), "{a} {b}");
    }
    for c in every_scalar().filter(|&c| c.is_whitespace() || ignorable(c)) {
        assert_eq!(search_key(&format!("山{c}田")), "山田", "{c:?}");
    }
}

#[test]
fn s2_hiragana_becomes_katakana() {
    assert_eq!(search_key("やまだ　はなこ"), "ヤマダハナコ");
    assert_eq!(search_key("ゔゕゖゝゞわ゛"), "ヴヵヶヽヾヷ");
    assert_ne!(search_key("サトー"), search_key("サトウ"), "one has two spellings in hiragana");
    for c in 'ぁ'..='ゖ' {
        assert!(('ァ'..='ヶ').contains(&search_key(&c.to_string()).chars().next().unwrap()), "{c}");
    }
}

#[test]
fn s2_dashes_and_long_vowel_marks_are_one() {
    for dash in "ー-‐‑‒–—―−－ｰ〜～~─━﹣﹘⁃゠〰∼".chars() {
        assert_eq!(search_key(&format!("サト{dash}")), "サトー", "{dash:?}");
        assert_eq!(search_key(&format!("Anne{dash}Marie")), "anneーmarie", "{dash:?}");
    }
    assert_ne!(search_key("サ-トー"), search_key("サトー"), "a dash is folded, never dropped");
    assert_eq!(search_key("一"), "一", "the kanji is no dash");
}

#[test]
fn s2_kanji_variants_are_folded() {
    for (a, b) in [
        ("髙橋", "高橋"),
        ("山\u{fa11}", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("𠮷野家", "吉野家"),
        ("渡邉\u{e0103}", "渡辺"),
        ("齋藤", "斎藤"),
        ("齊藤", "斉藤"),
        ("廣瀨", "広瀬"),
        ("\u{fa19}谷", "神谷"),
        ("⻑\u{2f95}川", "長谷川"),
        ("\u{2f3e}田", "戸田"),
        ("嶋", "嶌"),
    ] {
        assert_eq!(search_key(a), search_key(b), "{a} {b}");
    }
}

#[test]
fn s2_names_that_only_read_or_look_alike_stay_apart() {
    let apart = ["宏", "弘", "広", "斎", "斉", "埼", "崎", "坂", "阪", "太", "大", "裕", "祐", "己", "巳", "島", "鳥"];
    for (at, a) in apart.iter().enumerate() {
        for b in apart.iter().skip(at + 1) {
            assert_ne!(search_key(a), search_key(b), "{a} {b}");
        }
    }
}

#[test]
fn s2_saito_is_often_confused() {
    assert!(often_confused('斎', '斉') && often_confused('斉', '斎'));
    assert!(often_confused('齋', '齊') && often_confused('齋', '斉'));
    assert!(!often_confused('斎', '斎') && !often_confused('齋', '斎') && !often_confused('広', '宏'));
}

#[test]
fn s2_the_variant_table_is_in_order_and_one_step_deep() {
    for pair in VARIANTS.windows(2) {
        assert!(pair[0].0 < pair[1].0, "{pair:?} out of order or twice");
    }
    for &(variant, canonical) in VARIANTS {
        assert_eq!(canonical_form(variant), canonical);
        assert_eq!(canonical_form(canonical), canonical, "{canonical} is a variant of its own");
        assert_eq!(search_key(&variant.to_string()), canonical.to_string());
        for c in [variant, canonical] {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c} is changed before the table is asked");
            assert!(
                matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3400}'..='\u{9fff}' | '\u{fa0e}'..='\u{fa29}' | '\u{20000}'..='\u{3ffff}'),
                "{c}"
            );
        }
    }
}

#[test]
fn s2_the_key_of_every_character_is_its_own_key_and_closed_under_canonical_equivalence() {
    for c in every_scalar() {
        let text = c.to_string();
        let key = search_key(&text);
        assert_eq!(search_key(&key), key, "{c:?}");
        assert_eq!(search_key(&text.nfc().collect::<String>()), key, "{c:?}");
        assert_eq!(search_key(&text.nfd().collect::<String>()), key, "{c:?}");
    }
}

#[test]
fn s2_names_with_equal_merge_keys_have_equal_search_keys() {
    for c in every_scalar() {
        let text = c.to_string();
        assert_eq!(search_key(&strict(&text)), search_key(&text), "{c:?}");
    }
}

/// Characters at which the keys have something to do, marks that join among them.
fn tricky() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        4 => proptest::sample::select("山田髙﨑邉𠮷やまだヤﾔﾏﾀﾞﾟ゛゜ーｰ-〜～ＪohnßΣςİǅᾳㅎ￣㈱か\u{3099}\u{309a}\u{301}\u{338}\u{345} 　\u{a0}\u{200b}\u{e0100}\u{34f}\u{1100}\u{1161}\u{11a8}ﾡ".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    proptest::collection::vec(one, 0..12).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn m1_keys_of_any_text_are_stable_and_canonical(text in tricky()) {
        for mode in [WidthMode::Fold, WidthMode::SpacesOnly] {
            let key = merge_key(&text, "", mode);
            prop_assert_eq!(merge_key(&key, "", mode), key.clone());
            prop_assert_eq!(merge_key(&text.nfc().collect::<String>(), "", mode), key.clone());
            prop_assert_eq!(merge_key(&text.nfd().collect::<String>(), "", mode), key);
        }
    }

    #[test]
    fn s2_keys_of_any_text_are_stable_and_canonical(text in tricky()) {
        let key = search_key(&text);
        prop_assert_eq!(search_key(&key), key.clone());
        prop_assert_eq!(search_key(&text.nfc().collect::<String>()), key.clone());
        prop_assert_eq!(search_key(&text.nfd().collect::<String>()), key);
    }

    #[test]
    fn m1_what_cannot_be_seen_does_not_change_the_key(
        name in "[山田髙ヤマダがJohn]{1,8}",
        noise in proptest::collection::vec((0_usize..9, proptest::sample::select(vec![' ', '\u{3000}', '\u{a0}', '\u{200b}', '\u{feff}', '\u{e0101}', '\u{202e}', '\u{2060}'])), 0..6),
        split in 0_usize..9,
    ) {
        let mut written: Vec<char> = name.chars().collect();
        for (at, c) in noise {
            written.insert(at.min(written.len()), c);
        }
        let (family, given) = written.split_at(split.min(written.len()));
        let (family, given): (String, String) = (family.iter().collect(), given.iter().collect());
        for mode in [WidthMode::Fold, WidthMode::SpacesOnly] {
            prop_assert_eq!(merge_key(&family, &given, mode), merge_key(&name, "", mode));
        }
    }
}
