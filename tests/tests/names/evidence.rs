//! D1: the keys by which two records of one person are found.

use daicho::text::evidence::{confused_name_key, kana_key, name_key, unvoiced_kana_key};
use daicho::text::{often_confused, search_key, variants::CONFUSED};

type Key = fn(&str) -> String;

fn same(key: Key, groups: &[&[&str]]) {
    for group in groups {
        for name in *group {
            assert_eq!(key(name), key(group[0]), "{name} {}", group[0]);
        }
    }
}

fn apart(key: Key, pairs: &[(&str, &str)]) {
    for (a, b) in pairs {
        assert_ne!(key(a), key(b), "{a} {b}");
    }
}

#[test]
fn d1_one_reading_in_several_spellings_is_one_kana_key() {
    same(
        kana_key,
        &[
            &["サトウ", "サトー", "さとう", "ｻﾄｰ", "サトオ", "サト－"],
            &["オオノ", "オーノ", "オウノ", "おおの"],
            &["コウノ", "コオノ", "コーノ"],
            &["キョウコ", "キヨウコ", "キョーコ", "きようこ"],
            &["ケイコ", "ケーコ", "ケエコ"],
            &["リュウイチ", "リユウイチ", "リューイチ"],
            &["ケイイチ", "ケーイチ"],
            &["ユウコ", "ユーコ"],
            &["ハットリ", "ハツトリ"],
            &["ミヅエ", "ミズエ", "みずゑ"],
            &["シヅカ", "シズカ"],
            &["チヂワ", "チジワ"],
            &["カヲル", "カオル"],
            &["スヾキ", "スズキ", "すゞき", "スヽ゛キ"],
            &["ミヽ", "ミミ"],
            &["ヴィクトリア", "ビクトリア", "ヴイクトリア"],
            &["ヴァレリー", "バレリー", "ヷレリー"],
            &["イヴ", "イブ"],
            &["ジョン・スミス", "ジョンスミス", "ジョン スミス"],
            &["マアサ", "マーサ", "マーーサ"],
        ],
    );
}

#[test]
fn d1_readings_that_are_told_apart_by_ear_have_two_kana_keys() {
    apart(
        kana_key,
        &[
            ("オオノ", "オノ"),
            ("オオタ", "オダ"),
            ("ユウコ", "ユコ"),
            ("ユウカ", "ユカ"),
            ("キョウコ", "キヨコ"),
            ("ショウコ", "ショコ"),
            ("コウチ", "コチ"),
            ("サトウ", "サト"),
            ("サトウ", "カトウ"),
            ("ナカジマ", "ナカシマ"),
            ("ヤマザキ", "ヤマサキ"),
            ("ジュンイチ", "ジュニチ"),
            ("アヤノ", "アヤネ"),
            ("ミキ", "ミイキ"),
            ("イトウ", "イト"),
            ("ハル", "ハルオ"),
            ("カズエ", "カズヨ"),
        ],
    );
}

#[test]
fn d1_one_kanji_name_read_in_two_ways_is_one_weak_kana_key() {
    same(
        unvoiced_kana_key,
        &[&["ナカジマ", "ナカシマ"], &["ヤマザキ", "ヤマサキ"], &["タカダ", "タカタ"], &["コンドウ", "コントー"], &["ミヅエ", "ミスエ"]],
    );
    apart(unvoiced_kana_key, &[("ナカジマ", "ナガイマ"), ("オオノ", "オノ")]);
}

#[test]
fn d1_one_name_in_several_spellings_is_one_name_key() {
    same(
        name_key,
        &[
            &["佐々木", "佐佐木", "佐々\u{3000}木"],
            &["野々村", "野野村"],
            &["関ヶ原", "関ケ原", "関が原", "關ヶ原", "関ヵ原"],
            &["一ノ瀬", "一の瀬", "一之瀬", "一之瀨"],
            &["木ノ下", "木の下", "木之下"],
            &["すゞ子", "すず子", "スズ子"],
            &["渡邊", "渡邉", "渡辺"],
        ],
    );
    apart(
        name_key,
        &[
            ("井ノ上", "井上"),
            ("美乃里", "美之里"),
            ("斎藤", "斉藤"),
            ("隆之", "隆ノ"),
            ("ケイ子", "ヶイ子"),
            ("佐々木", "佐木"),
            ("太田", "大田"),
            ("広子", "弘子"),
            ("々木", "木木"),
        ],
    );
}

#[test]
fn d1_what_is_taken_for_each_other_is_one_weak_name_key_and_nothing_stands_in_two_pairs() {
    same(
        confused_name_key,
        &[&["斎藤", "斉藤", "齋藤", "齊藤"], &["坂本", "阪本"], &["萩原", "荻原"], &["宮崎", "宮埼", "宮﨑"], &["堀田", "掘田"]],
    );
    apart(confused_name_key, &[("広子", "宏子"), ("太田", "大田"), ("佑子", "裕子"), ("河田", "川田"), ("畑中", "畠中")]);
    let mut seen = std::collections::BTreeSet::new();
    for &(a, b) in CONFUSED {
        assert!(often_confused(a, b) && often_confused(b, a));
        assert_ne!(search_key(&a.to_string()), search_key(&b.to_string()), "{a} {b}");
        assert!(seen.insert(a) && seen.insert(b), "{a} {b}: one of them stands in another pair");
    }
}

#[test]
fn d1_each_layer_is_a_fold_of_the_one_before_and_every_key_is_its_own_key() {
    let keys: [Key; 4] = [name_key, confused_name_key, kana_key, unvoiced_kana_key];
    let letters: Vec<char> = "佐々木関ヶ原之瀬すゞヽヾカガヴァアイウエオーコオウケーエｺﾞヷァッンャ・斉齋 乃ノの\u{3099}".chars().collect();
    let mut texts: Vec<String> = ('\0'..=char::MAX).map(String::from).collect();
    for a in &letters {
        for b in &letters {
            for c in &letters {
                texts.push([*a, *b, *c].iter().collect());
            }
        }
    }
    for text in &texts {
        let search = search_key(text);
        for key in keys {
            let once = key(text);
            assert_eq!(key(&search), once, "{text:?}: not a fold of the search key");
            assert_eq!(key(&once), once, "{text:?}: not its own key");
        }
    }
    assert!(texts.len() > 1_112_064);
}
