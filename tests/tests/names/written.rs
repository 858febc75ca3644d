//! C4, M1, S2: one name and one number, written in every way that hands, keyboards and files have.

use daicho::text::email::partial_key;
use daicho::text::evidence::{kana_key, name_key};
use daicho::text::phone::{digits_key, parse};
use daicho::text::{WidthMode, merge_key, search_key, to_full_width_katakana};
use unicode_normalization::UnicodeNormalization;

use super::dice::Dice;

const NAMES: &str = include_str!("same.txt");

/// Names in kanji and kana, and some that are neither.
fn names() -> Vec<&'static str> {
    let kanji = NAMES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let others = "ヤマダハナコ やまだはなこ サトー がぎぐげご パピプペポ ヴィクトリア JohnSmith O'Brien Müller Ångström 김민준 Nguyễn (株)さくら A&B ジャン・ジャック";
    kanji.chain(others.split_whitespace()).collect()
}

/// Every space there is, and what is drawn by nothing: soft hyphens, joiners, marks of direction, selectors of a form, tags. Written out
/// apart from the library's own sets; `unicode.rs` holds those to Unicode's files.
fn invisible() -> Vec<char> {
    let formats = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202c}\u{202e}\u{2060}\u{2064}\
                   \u{2066}\u{2069}\u{206f}\u{3164}\u{fe00}\u{fe0f}\u{feff}\u{ffa0}\u{1bca0}\u{1d173}\u{e0001}\u{e0020}\u{e0061}\u{e007f}\u{e0100}\u{e0101}\u{e01ef}";
    ('\0'..=char::MAX).filter(|c| c.is_whitespace()).chain(formats.chars()).collect()
}

/// What hands, keyboards and converters make of a dash.
const DASHES: &str = "-‐‑‒–—―−－﹣﹘⁃⁻₋˗ーｰ〜～~∼〰゠─━➖⸺⸻";

/// The character in the other width, if it has one: A is Ａ, ガ is ｶﾞ.
fn other_width(c: char) -> Option<String> {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).map(String::from),
        'ァ'..='ヴ' | 'ー' | '・' => {
            let parts: Vec<char> = std::iter::once(c).nfd().collect();
            let narrow = |part: char| ('｡'..='ﾟ').find(|half| std::iter::once(*half).nfkc().eq([part]));
            parts.into_iter().map(narrow).collect()
        }
        _ => None,
    }
}

fn written_anew(name: &str, dice: &mut Dice, invisible: &[char], widths: bool) -> String {
    let name: String = match dice.below(3) {
        0 => name.nfd().collect(),
        1 => name.nfc().collect(),
        _ => name.to_owned(),
    };
    let mut written = String::new();
    for c in name.chars() {
        while dice.below(3) == 0 {
            written.push(dice.pick(invisible));
        }
        match other_width(c).filter(|_| widths && dice.below(2) == 0) {
            Some(other) => written.push_str(&other),
            None => written.push(c),
        }
    }
    if dice.below(2) == 0 {
        written.push(dice.pick(invisible));
    }
    written
}

#[test]
fn m1_twenty_thousand_ways_to_write_a_name_leave_its_keys_alone() {
    let (names, invisible) = (names(), invisible());
    assert!(invisible.len() > 50, "{}", invisible.len());
    let mut dice = Dice(1);
    let mut changed = 0;
    for round in 0..20_000 {
        let name = names[round % names.len()];
        let widths = round % 2 == 0;
        let written = written_anew(name, &mut dice, &invisible, widths);
        changed += u32::from(written != name);
        let mode = if widths { WidthMode::Fold } else { WidthMode::SpacesOnly };
        let middle = dice.below(written.chars().count() as u64 + 1) as usize;
        let (family, given): (String, String) = (written.chars().take(middle).collect(), written.chars().skip(middle).collect());
        assert_eq!(merge_key(&family, &given, mode), merge_key(name, "", mode), "{written:?}");
        assert_eq!(search_key(&written), search_key(name), "{written:?}");
        assert_eq!(name_key(&written), name_key(name), "{written:?}");
        assert_eq!(kana_key(&written), kana_key(name), "{written:?}");
    }
    assert!(changed > 15_000, "{changed}");
}

/// What a merge tells apart and a search does not, and what both tell apart (M1's own list first).
const TOLD_APART: &[(&str, &str, bool)] = &[
    ("髙橋", "高橋", true),
    ("山\u{fa11}", "山崎", true),
    ("渡邊", "渡邉", true),
    ("𠮷田", "吉田", true),
    ("やまだ", "ヤマダ", true),
    ("サトー", "サトウ", false),
    ("サトー", "サト-", true),
    ("㈱さくら", "(株)さくら", true),
    ("john", "John", true),
    ("①", "1", true),
    ("㍻", "平成", true),
    ("ﬁ", "fi", true),
    ("斎藤", "斉藤", false),
    ("サトウ", "サト", false),
    ("ハナコ", "バナコ", false),
    ("ッ", "ツ", false),
    ("キョウコ", "キヨウコ", false),
    ("佐々木", "佐佐木", false),
    ("関ヶ原", "関ケ原", false),
    ("一郎", "ー郎", false),
    ("夕子", "タ子", false),
    ("二郎", "ニ郎", false),
    ("ぺ", "ペ", true),
    ("へ", "ヘ", true),
    ("力", "カ", false),
    ("ロ", "口", false),
    ("O", "0", false),
    ("l", "I", false),
    ("Muller", "Müller", false),
];

#[test]
fn m1_what_is_told_apart_is_written_down() {
    for &(a, b, one_to_a_search) in TOLD_APART {
        for mode in [WidthMode::Fold, WidthMode::SpacesOnly] {
            assert_ne!(merge_key(a, "", mode), merge_key(b, "", mode), "{a} {b}");
        }
        assert_eq!(search_key(a) == search_key(b), one_to_a_search, "{a} {b}");
    }
}

#[test]
fn c4_a_hundred_thousand_renderings_of_numbers_have_the_digits_they_are_of() {
    let dashes: Vec<char> = DASHES.chars().collect();
    let invisible = invisible();
    let brackets = ["()", "（）", "[]", "［］", "〔〕", "【】", "「」", "《》"]
        .map(|pair| (pair.chars().next().unwrap(), pair.chars().nth(1).unwrap()));
    let countries = ["+81", "＋81", "81", "0081", "010-81", "010 81", "+81(0)", "+81 （0）", "(+81)"];
    let starts = ["090", "080", "070", "050", "03", "06", "045", "052", "011", "0120", "0570", "0466", "09496"];
    let mut dice = Dice(4);
    let mut distinct = std::collections::BTreeSet::new();
    for _ in 0..100_000 {
        let start = dice.pick(&starts);
        let length = if matches!(start, "090" | "080" | "070" | "050") { 11 } else { 10 };
        let mut number = start.to_owned();
        while number.len() < length {
            number.push(char::from(b'0' + dice.below(10) as u8));
        }
        // 03-… and the like have no 0 in their second or third place, nor has any area code.
        let abroad = dice.below(3) == 0;
        let mut written = String::new();
        if abroad {
            written.push_str(dice.pick(&countries));
        }
        let digits: Vec<char> = number.chars().skip(usize::from(abroad)).collect();
        let (open, close) = dice.pick(&brackets);
        // A single digit is not bracketed: (0) after a country code is the zero dialled at home.
        let bracketed = (dice.below(4) == 0).then(|| 2 + dice.below(3) as usize);
        if bracketed.is_some() {
            written.push(open);
        }
        let mut noise = 0;
        for (at, digit) in digits.iter().enumerate() {
            if bracketed == Some(at) {
                written.push(close);
            }
            if noise < 20 && dice.below(3) == 0 {
                noise += 1;
                written.push(if dice.below(2) == 0 && at > 0 { dice.pick(&dashes) } else { dice.pick(&invisible) });
            }
            let wide = dice.below(2) == 0;
            written.push(if wide { char::from_u32(u32::from(*digit) + 0xFEE0).unwrap() } else { *digit });
        }
        assert_eq!(digits_key(&written), number, "{written:?}");
        assert_eq!(parse("phone", &written).unwrap().digits, number, "{written:?}");
        distinct.insert(written);
    }
    assert!(distinct.len() > 99_000, "{}", distinct.len());
}

#[test]
fn c3_c4_c5_each_scalar_has_one_key_in_every_canonical_form() {
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
        let email = partial_key(&text);
        assert_eq!(partial_key(&email), email, "{c:?}");
        let digits = digits_key(&text);
        assert_eq!(digits_key(&digits), digits, "{c:?}");
        let kana = to_full_width_katakana("kana", &text).ok();
        if let Some(kana) = &kana {
            assert_eq!(to_full_width_katakana("kana", kana).as_ref(), Ok(kana), "{c:?}");
        }
        for other in [composed, apart] {
            if other != text {
                assert_eq!(partial_key(&other), email, "{c:?}");
                assert_eq!(digits_key(&other), digits, "{c:?}");
                assert_eq!(to_full_width_katakana("kana", &other).ok(), kana, "{c:?}");
            }
        }
    }
}
