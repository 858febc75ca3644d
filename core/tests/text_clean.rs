//! C9: what is taken out of a text on entry, and what is not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use daicho::text::{TextError, multi_line, one_line};
use proptest::prelude::*;

fn line(raw: &str) -> String {
    one_line("memo", raw, 1_000).unwrap()
}

fn lines(raw: &str) -> String {
    multi_line("memo", raw, 1_000).unwrap()
}

#[test]
fn c9_zero_width_control_and_bidi_characters_are_stripped() {
    for invisible in [
        '\0',
        '\u{7}',
        '\u{1b}',
        '\u{7f}',
        '\u{9f}',
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{180e}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{202a}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{3164}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
    ] {
        let raw = format!("{invisible}山{invisible}田{invisible}");
        assert_eq!(line(&raw), "山田", "{invisible:?}");
        assert_eq!(lines(&raw), "山田", "{invisible:?}");
    }
}

#[test]
fn c9_what_can_be_seen_is_kept_to_the_letter() {
    for text in ["髙橋 㐂一", "山田　太郎", "ﾔﾏﾀﾞ", "か\u{3099}", "㈱さくら", "\u{fa11}", "👍🏽", "\u{e000}", "\u{fffd}", "a\u{a0}b"]
    {
        assert_eq!(line(text), text);
        assert_eq!(lines(text), text);
    }
}

#[test]
fn c9_variation_selectors_stay_where_they_select_something() {
    assert_eq!(line("辻\u{e0101}葛\u{e0100}"), "辻\u{e0101}葛\u{e0100}");
    assert_eq!(line("❤\u{fe0f}"), "❤\u{fe0f}");
    assert_eq!(line("辻\u{200b}\u{e0101}"), "辻\u{e0101}", "the base is still before it");
    assert_eq!(line("\u{fe0f}"), "", "a text that looks empty is empty");
    assert_eq!(line("辻 \u{e0101}一"), "辻 一");
    assert_eq!(line("辻\u{e0101}\u{e0102}"), "辻\u{e0101}");
    assert_eq!(lines("一\n\u{fe0f}二"), "一\n二");
}

#[test]
fn c9_white_space_at_both_ends_goes() {
    for space in [" ", "\u{3000}", "\u{a0}", "\t", "\r\n", "\u{2003}", " \u{200b}\u{3000}\u{feff}"] {
        assert_eq!(line(&format!("{space}山田{space}")), "山田", "{space:?}");
        assert_eq!(lines(&format!("{space}山田{space}")), "山田", "{space:?}");
    }
}

#[test]
fn c9_a_blank_text_is_empty_and_no_error() {
    for blank in ["", " ", "\u{3000}", "\u{200b}", "\r\n", "\u{202e}\u{3000}\u{fe0f}"] {
        assert_eq!(one_line("memo", blank, 0), Ok(String::new()));
        assert_eq!(multi_line("memo", blank, 0), Ok(String::new()));
    }
}

#[test]
fn c9_a_line_break_or_tab_inside_one_line_becomes_one_space() {
    for raw in [
        "山田\n太郎",
        "山田\r\n太郎",
        "山田\t太郎",
        "山田\n\n\t太郎",
        "山田 \n 太郎",
        "山田\u{2028}太郎",
        "山田\u{85}太郎",
        "山田\u{b}\u{c}太郎",
    ] {
        assert_eq!(line(raw), "山田 太郎", "{raw:?}");
    }
    assert_eq!(line("山田  太郎"), "山田  太郎", "spaces alone stay as typed");
}

#[test]
fn c9_a_memo_keeps_its_lines() {
    assert_eq!(lines("一\r\n二\r三\n\n四\u{2028}五"), "一\n二\n三\n\n四\n五");
    assert_eq!(lines("一\r\r\n二"), "一\n\n二");
    assert_eq!(lines("一\t二"), "一 二");
    assert_eq!(lines("  一\n  二  \n"), "一\n  二");
    assert_eq!(lines("一\r\u{200b}\n二"), "一\n二", "an invisible character parts no CRLF");
}

#[test]
fn c9_length_is_counted_in_scalar_values_after_cleaning() {
    let twenty = "𠮷".repeat(20);
    assert_eq!(one_line("family", &twenty, 20), Ok(twenty.clone()));
    assert_eq!(multi_line("family", &twenty, 20), Ok(twenty.clone()));
    let padded = format!("\u{3000}{twenty}\u{200b}\n");
    assert_eq!(one_line("family", &padded, 20), Ok(twenty.clone()));
    let error = TextError::TooLong { field: "family", max: 19, actual: 20 };
    assert_eq!(one_line("family", &twenty, 19), Err(error.clone()));
    assert_eq!(multi_line("family", &twenty, 19), Err(error.clone()));
    assert_eq!((error.code(), error.field()), ("text.too_long", "family"));
    assert_eq!(one_line("x", "辻\u{e0101}", 1), Err(TextError::TooLong { field: "x", max: 1, actual: 2 }));
    assert_eq!(multi_line("x", "一\r\n二", 3).as_deref(), Ok("一\n二"));
}

proptest! {
    #[test]
    fn c9_cleaning_twice_changes_nothing(raw in any::<String>()) {
        let once = line(&raw);
        prop_assert_eq!(line(&once), once.clone());
        let once = lines(&raw);
        prop_assert_eq!(lines(&once), once.clone());
    }

    #[test]
    fn c9_nothing_visible_is_lost(raw in "[ 　\t\n\r\u{200b}\u{202e}\0山田ﾔabc𠮷]{0,40}") {
        let seen = |text: &str| text.chars().filter(|c| "山田ﾔabc𠮷".contains(*c)).collect::<String>();
        prop_assert_eq!(seen(&line(&raw)), seen(&raw));
        prop_assert_eq!(seen(&lines(&raw)), seen(&raw));
        let left = line(&raw).contains(['\t', '\n', '\r', '\u{200b}', '\u{202e}', '\0']);
        prop_assert!(!left);
    }
}
