//! Keys of the third layer (D1): what two records of one person still share after somebody else
//! has written the name down.
//!
//! Evidence keys forgive more than a search does, because nobody acts on them: they only say how
//! strongly two records point at each other. Each name has two of them, a firm and a weak one. The
//! firm keys forgive spelling; the weak ones forgive a mistake as well.
//!
//! | key | equal for | still apart |
//! |---|---|---|
//! | [`name_key`] | what [`search_key`] forgives; 佐々木 佐佐木; 関ヶ原 関ケ原 関が原; 一ノ瀬 一の瀬 一之瀬; すゞ子 すず子 | 斎藤 斉藤, 一乃瀬 一之瀬, 井ノ上 井上 |
//! | [`confused_name_key`] | also 斎藤 斉藤, 坂本 阪本, 萩原 荻原: the pairs of [`often_confused`](super::often_confused) | 広 宏, 太田 大田 |
//! | [`kana_key`] | サトー サトウ, オオノ オーノ オウノ, ケイコ ケーコ, キョウコ キヨウコ, ヂ ジ, ヅ ズ, ヴ ブ, ヲ オ, スヾキ スズキ | オオノ オノ, ユウコ ユコ, キョウコ キヨコ, ナカジマ ナカシマ |
//! | [`unvoiced_kana_key`] | also ナカジマ ナカシマ, ヤマザキ ヤマサキ: one kanji name, read in two ways | ハラ バラ stay two names to a person, and are one here |
//!
//! Every key is a fold of the [`search_key`]: names that a search cannot tell apart have equal
//! evidence keys. All of them are idempotent.

use super::name::search_key;
use super::variants::confused_form;
use unicode_normalization::UnicodeNormalization;

/// The firm key of a name in kanji, of a part of one, or of 姓 and 名 joined.
///
/// The [`search_key`] with iteration marks written out (佐々木 is 佐佐木, すゞ is スズ), and between
/// two kanji ヶ, ケ, ヵ, カ and が as ケ, and の, ノ and 之 as ノ. 乃 is left alone: 美乃里 is not 美之里.
#[must_use]
pub fn name_key(name: &str) -> String {
    let letters: Vec<char> = iterations_written_out(search_key(name).chars()).collect();
    let kanji_at = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().is_some_and(is_kanji);
    let joining = |(at, &c): (usize, &char)| {
        let joins = match c {
            'ヶ' | 'ケ' | 'ヵ' | 'カ' | 'ガ' => 'ケ',
            'ノ' | '之' => 'ノ',
            _ => return c,
        };
        if kanji_at(at.checked_sub(1)) && kanji_at(at.checked_add(1)) { joins } else { c }
    };
    letters.iter().enumerate().map(joining).nfc().collect()
}

/// The weak key of a name in kanji: [`name_key`], with characters that are taken for each other
/// at the counter written as one ([`often_confused`](super::often_confused)).
#[must_use]
pub fn confused_name_key(name: &str) -> String {
    name_key(name).chars().map(confused_form).collect()
}

/// The firm key of a name in kana.
///
/// - Small letters are large: a family register has no small ones, キヨウコ is キョウコ.
/// - ヂ is ジ and ヅ is ズ; ヴァ ヴィ ヴ ヴェ ヴォ are バ ビ ブ ベ ボ; ヲ ヰ ヱ are オ イ エ.
/// - A long vowel is written in one way, ー: アア, イイ, ウウ, エエ, オオ, and エイ and オウ, which nobody
///   hears apart. It is never dropped: 大野 オオノ is not 小野 オノ.
/// - ヽ and ヾ are written out, ・ is dropped.
#[must_use]
pub fn kana_key(kana: &str) -> String {
    kana_key_of(search_key(kana).chars())
}

fn kana_key_of(search_key: impl Iterator<Item = char>) -> String {
    let mut key = String::new();
    let mut vowel_to_lengthen = None;
    for c in plain_sounds(search_key) {
        if lengthens(vowel_to_lengthen, c) {
            key.push('ー');
            vowel_to_lengthen = None;
        } else if !(c == 'ー' && key.ends_with('ー')) {
            key.push(c);
            vowel_to_lengthen = vowel(c);
        }
    }
    key
}

/// The weak key of a name in kana: [`kana_key`] without voiced marks. 中島 is ナカジマ as well as ナカシマ.
#[must_use]
pub fn unvoiced_kana_key(kana: &str) -> String {
    let stray_mark = |c: &char| matches!(c, '\u{3099}' | '\u{309A}');
    kana_key_of(search_key(kana).chars().filter(|c| !stray_mark(c))).chars().map(unvoiced).collect()
}

/// 々 as the kanji before it; ヽ and ヾ as the kana before them, ヾ voiced.
fn iterations_written_out(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut before = None;
    letters.map(move |c| {
        let written = match (c, before) {
            ('々' | '〻', Some(letter)) if is_kanji(letter) => letter,
            ('ヽ', Some(letter)) if vowel(letter).is_some() => unvoiced(letter),
            ('ヾ', Some(letter)) if vowel(letter).is_some() => voiced(letter),
            _ => c,
        };
        before = Some(written);
        written
    })
}

/// Letters in the one way that [`kana_key`] writes each sound, long vowels aside.
fn plain_sounds(search_key: impl Iterator<Item = char>) -> Vec<char> {
    let mut sounds: Vec<char> = Vec::new();
    // A mark may meet its letter only now, and make one that has a plainer sound again.
    let letters = search_key.filter(|&c| c != '・').map(large).nfc();
    for c in iterations_written_out(letters).nfc().map(large) {
        match (sounds.last(), of_b(c)) {
            (Some('ヴ'), Some(b)) => {
                sounds.pop();
                sounds.extend(b.chars());
            }
            _ => sounds.push(c),
        }
    }
    for sound in &mut sounds {
        *sound = match *sound {
            'ヴ' => 'ブ',
            'ヂ' => 'ジ',
            'ヅ' => 'ズ',
            other => other,
        };
    }
    sounds
}

/// What ヴ becomes with the vowel after it, and that vowel with it.
fn of_b(vowel: char) -> Option<&'static str> {
    Some(match vowel {
        'ア' => "バ",
        'イ' => "ビ",
        'エ' => "ベ",
        'オ' => "ボ",
        'ユ' => "ビユ",
        _ => return None,
    })
}

/// Small kana as large ones, the letters of the old spelling as the new one's.
fn large(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' | 'ヰ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' | 'ヱ' => 'エ',
        'ォ' | 'ヲ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ヷ' => 'バ',
        'ヸ' => 'ビ',
        'ヹ' => 'ベ',
        'ヺ' => 'ボ',
        _ => c,
    }
}

/// Whether `c` is heard as the length of `vowel`.
fn lengthens(vowel: Option<char>, c: char) -> bool {
    match vowel {
        Some('ア') => matches!(c, 'ー' | 'ア'),
        Some('イ') => matches!(c, 'ー' | 'イ'),
        Some('ウ') => matches!(c, 'ー' | 'ウ'),
        Some('エ') => matches!(c, 'ー' | 'エ' | 'イ'),
        Some('オ') => matches!(c, 'ー' | 'オ' | 'ウ'),
        _ => false,
    }
}

/// The vowel that a katakana letter ends in; none of ン, ー and whatever is no kana.
fn vowel(c: char) -> Option<char> {
    Some(match c {
        'ア' | 'カ' | 'ガ' | 'サ' | 'ザ' | 'タ' | 'ダ' | 'ナ' | 'ハ' | 'バ' | 'パ' | 'マ' | 'ヤ' | 'ラ' | 'ワ' => 'ア',
        'イ' | 'キ' | 'ギ' | 'シ' | 'ジ' | 'チ' | 'ヂ' | 'ニ' | 'ヒ' | 'ビ' | 'ピ' | 'ミ' | 'リ' => 'イ',
        'ウ' | 'ク' | 'グ' | 'ス' | 'ズ' | 'ツ' | 'ヅ' | 'ヌ' | 'フ' | 'ブ' | 'プ' | 'ム' | 'ユ' | 'ル' | 'ヴ' => 'ウ',
        'エ' | 'ケ' | 'ゲ' | 'セ' | 'ゼ' | 'テ' | 'デ' | 'ネ' | 'ヘ' | 'ベ' | 'ペ' | 'メ' | 'レ' => 'エ',
        'オ' | 'コ' | 'ゴ' | 'ソ' | 'ゾ' | 'ト' | 'ド' | 'ノ' | 'ホ' | 'ボ' | 'ポ' | 'モ' | 'ヨ' | 'ロ' => 'オ',
        _ => return None,
    })
}

fn unvoiced(c: char) -> char {
    VOICED.iter().find(|(_, voiced, half)| *voiced == c || *half == c).map_or(c, |&(plain, ..)| plain)
}

fn voiced(c: char) -> char {
    VOICED.iter().find(|(plain, ..)| *plain == c).map_or(c, |&(_, voiced, _)| voiced)
}

/// 清音, 濁音 and 半濁音 (where there is none, 濁音 again).
const VOICED: &[(char, char, char)] = &[
    ('カ', 'ガ', 'ガ'),
    ('キ', 'ギ', 'ギ'),
    ('ク', 'グ', 'グ'),
    ('ケ', 'ゲ', 'ゲ'),
    ('コ', 'ゴ', 'ゴ'),
    ('サ', 'ザ', 'ザ'),
    ('シ', 'ジ', 'ジ'),
    ('ス', 'ズ', 'ズ'),
    ('セ', 'ゼ', 'ゼ'),
    ('ソ', 'ゾ', 'ゾ'),
    ('タ', 'ダ', 'ダ'),
    ('チ', 'ヂ', 'ヂ'),
    ('ツ', 'ヅ', 'ヅ'),
    ('テ', 'デ', 'デ'),
    ('ト', 'ド', 'ド'),
    ('ハ', 'バ', 'パ'),
    ('ヒ', 'ビ', 'ピ'),
    ('フ', 'ブ', 'プ'),
    ('ヘ', 'ベ', 'ペ'),
    ('ホ', 'ボ', 'ポ'),
    ('ウ', 'ヴ', 'ヴ'),
];

fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '㐀'..='䶿' | '一'..='鿿' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
