//! S2: kanji in two forms are one to a search, and nothing else is.

use std::collections::BTreeSet;

use daicho::text::variants::{CONFUSED, VARIANTS};
use daicho::text::{often_confused, search_key};

use super::kanji_table::{confused, forms, list, place, table};

const TABLE: &str = "core/src/text/variants/table.rs";

fn key(c: char) -> String {
    search_key(&c.to_string())
}

#[test]
fn s2_the_table_of_variants_is_what_the_lists_give() {
    let place = place(TABLE);
    if std::env::var_os("DAICHO_WRITE").is_some() {
        std::fs::write(&place, table()).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(kept == table(), "{TABLE} is not what core/kanji gives: run this test with DAICHO_WRITE=1");
    assert!(VARIANTS.iter().copied().eq(forms()), "built from another table: run the tests again");
    assert!(CONFUSED.iter().copied().eq(confused()));
}

#[test]
fn s2_every_old_form_of_the_joyo_table_is_found() {
    // 364 in the table, 62 of which are NFKC's.
    let joyo = list("joyo.txt");
    assert_eq!(joyo.len(), 364 - 62);
    for ((new, old), _) in joyo {
        assert_eq!(key(new), key(old), "{new} {old}");
    }
    let by_nfkc =
        "逸謁禍悔海慨喝褐漢祈既器響勤謹穀殺祉視社者煮臭祝暑署諸祥神節祖僧層憎贈嘆著懲塚都突難梅繁卑碑賓頻敏侮福塀勉墨免欄隆虜類練朗廊";
    assert_eq!(by_nfkc.chars().count(), 62);
    let of_nfkc: BTreeSet<String> = ('\u{f900}'..='\u{faff}').map(key).collect();
    for c in by_nfkc.chars() {
        assert!(of_nfkc.contains(&key(c)), "{c}: no compatibility ideograph has its key");
    }
}

#[test]
fn s2_each_line_of_forms_says_who_else_has_it() {
    for ((form, variant), source) in list("forms.txt") {
        assert!(matches!(source.as_str(), "S" | "M" | "SM" | "-"), "{form} {variant}: `{source}`");
    }
}

#[test]
fn s2_the_deny_list_stays_apart_and_the_confused_pairs_with_it() {
    let apart = list("apart.txt");
    let mut seen = BTreeSet::new();
    for &((a, b), ref why) in &apart {
        assert_ne!(key(a), key(b), "{a} {b}");
        assert!(seen.insert((a.min(b), a.max(b))), "{a} {b} twice");
        assert_eq!(often_confused(a, b), why.starts_with("confused"), "{a} {b}");
    }
    assert!(apart.len() >= 700, "{}", apart.len());
    for (a, b) in [('崎', '埼'), ('斎', '斉'), ('齋', '齊'), ('宏', '弘'), ('宏', '広'), ('廣', '弘'), ('己', '巳')] {
        assert_ne!(key(a), key(b), "{a} {b}");
    }
}

#[test]
fn s2_no_two_forms_that_keys_are_written_in_are_folded_by_way_of_a_third() {
    // A class has as many members as lines say, plus its form: nothing joins two of them.
    let forms = forms();
    for (variant, form) in &forms {
        assert_eq!(key(*variant), form.to_string());
        assert_eq!(key(*form), form.to_string());
    }
    let classes: BTreeSet<char> = forms.values().copied().collect();
    let keys: BTreeSet<String> = classes.iter().map(|form| key(*form)).collect();
    assert_eq!(classes.len(), keys.len());
}

fn words(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
}

/// Names as people write them, collected without a look at the table: each line one name in several forms.
const SAME: &str = include_str!("same.txt");
/// Names of different people: each line names that are all different.
const DIFFERENT: &str = include_str!("different.txt");

#[test]
fn s2_common_names_are_found_in_every_form_they_are_written_in() {
    let (mut pairs, mut missed) = (0, Vec::new());
    for names in words(SAME) {
        for (at, a) in names.iter().enumerate() {
            for b in &names[at + 1..] {
                assert_ne!(a, b, "nothing to find");
                pairs += 1;
                if search_key(a) != search_key(b) {
                    missed.push(format!("{a} {b}"));
                }
            }
        }
    }
    assert!(pairs >= 400, "{pairs} pairs");
    // The rule asks for 95 in a hundred of lists nobody has seen; of this one, none may be missed.
    assert!(missed.is_empty(), "{} of {pairs} missed: {}", missed.len(), missed.join(", "));
}

#[test]
fn s2_names_of_different_people_are_never_one() {
    let (mut pairs, mut folded) = (0, Vec::new());
    for names in words(DIFFERENT) {
        for (at, a) in names.iter().enumerate() {
            for b in &names[at + 1..] {
                pairs += 1;
                if search_key(a) == search_key(b) {
                    folded.push(format!("{a} {b}"));
                }
            }
        }
    }
    assert!(pairs >= 400, "{pairs} pairs");
    assert!(folded.is_empty(), "{} of {pairs} are one: {}", folded.len(), folded.join(", "));
}
