//! C3: kana in, full-width katakana out. P1: names taken down on the phone.

use daicho::text::{TextError, is_katakana_name, to_full_width_katakana};
use proptest::prelude::*;

fn kana(raw: &str) -> Result<String, TextError> {
    to_full_width_katakana("familyKana", raw)
}

fn refused_at(position: u32) -> Result<String, TextError> {
    Err(TextError::NotKana { field: "familyKana", position })
}

#[test]
fn c3_hiragana_becomes_full_width_katakana() {
    assert_eq!(kana("やまだ").as_deref(), Ok("ヤマダ"));
    assert_eq!(kana("ぁぃっゃゎゐゑをんゔゕゖ").as_deref(), Ok("ァィッャヮヰヱヲンヴヵヶ"));
    assert_eq!(kana("すゞき").as_deref(), Ok("スヾキ"));
    assert_eq!(kana("みゝ").as_deref(), Ok("ミヽ"));
}

#[test]
fn c3_half_width_kana_becomes_full_width() {
    assert_eq!(kana("ﾔﾏﾀﾞ").as_deref(), Ok("ヤマダ"));
    assert_eq!(kana("ｶﾞｷﾞﾊﾟﾎﾟｳﾞﾜﾞｦﾞ").as_deref(), Ok("ガギパポヴヷヺ"));
    assert_eq!(kana("ｼﾞｮﾝ･ｽﾐｽ ｻﾄｰ").as_deref(), Ok("ジョン・スミス サトー"));
    assert_eq!(kana("ｦｧｨｩｪｫｬｭｮｯ").as_deref(), Ok("ヲァィゥェォャュョッ"));
}

#[test]
fn c3_full_width_katakana_stays() {
    let all: String = ('ァ'..='ヾ').chain('ㇰ'..='ㇿ').collect();
    assert_eq!(kana(&all), Ok(all.clone()));
}

#[test]
fn c3_voiced_marks_join_in_any_form() {
    for raw in ["か\u{3099}", "か゛", "かﾞ", "ｶ゛", "カ\u{3099}", "ｶﾞ", "が"] {
        assert_eq!(kana(raw).as_deref(), Ok("ガ"), "{raw}");
    }
    for raw in ["は\u{309a}", "は゜", "ﾊﾟ", "ぱ"] {
        assert_eq!(kana(raw).as_deref(), Ok("パ"), "{raw}");
    }
    assert_eq!(kana("わ゛").as_deref(), Ok("ヷ"));
    assert_eq!(kana("う゛ゔ").as_deref(), Ok("ヴヴ"));
    assert_eq!(kana("ヽ゛ゝ゛").as_deref(), Ok("ヾヾ"));
}

#[test]
fn c3_a_voiced_mark_with_nothing_to_voice_is_an_error() {
    assert_eq!(kana("゛"), refused_at(1));
    assert_eq!(kana("ア゛"), refused_at(2));
    assert_eq!(kana("カ ゛"), refused_at(3));
    assert_eq!(kana("ガ゛"), refused_at(2));
    assert_eq!(kana("カ゜"), refused_at(2));
}

#[test]
fn c3_spaces_are_trimmed_and_become_one() {
    assert_eq!(kana("　やまだ　 はなこ ").as_deref(), Ok("ヤマダ ハナコ"));
    assert_eq!(kana("ヤマダ\u{a0}\t\r\nハナコ").as_deref(), Ok("ヤマダ ハナコ"));
    for blank in ["", " ", "　", "\u{200b}"] {
        assert_eq!(kana(blank).as_deref(), Ok(""));
    }
}

#[test]
fn c3_invisible_characters_go() {
    assert_eq!(kana("\u{feff}ヤ\u{200b}マ\0ダ\u{202e}").as_deref(), Ok("ヤマダ"));
}

#[test]
fn c3_anything_else_is_an_error_that_names_the_place_and_not_the_text() {
    for other in "aＡ山1１-－‐―〜～/.,'、。「」ﾡ♪①㋐㌀ヿゟ々〆😀\u{301}".chars() {
        assert_eq!(kana(&format!("ヤマ{other}")), refused_at(3), "{other:?}");
        assert_eq!(kana(&format!("{other}ヤマ")), refused_at(1), "{other:?}");
    }
    assert_eq!(kana("　ﾀﾞ\u{200b}𠮷"), refused_at(5), "counted in the text as typed");
    let error = kana("ひみつX").unwrap_err();
    assert_eq!((error.code(), error.field()), ("text.not_kana", "familyKana"));
    assert_eq!(error.to_string(), "familyKana: character 4 is not kana");
    assert!(!format!("{error:?}").contains("ひみつ"));
}

#[test]
fn p1_a_name_in_kana_alone_is_recognised() {
    for name in ["ヤマダ", "やまだ", "ﾔﾏﾀﾞ", "ジョン・スミス", "サトー　ハナコ"] {
        assert!(is_katakana_name(name), "{name}");
    }
    for name in ["山田", "ヤマダ花子", "John", "", " ", "ー", "・", "ヤマダ-"] {
        assert!(!is_katakana_name(name), "{name}");
    }
}

proptest! {
    #[test]
    fn c3_what_is_stored_is_taken_again_unchanged(raw in "[あ-んゔゕゖゝゞァ-ヾｦ-ﾟ゛゜ 　]{0,20}") {
        if let Ok(stored) = kana(&raw) {
            prop_assert_eq!(kana(&stored), Ok(stored.clone()));
            prop_assert!(stored.chars().all(|c| c == ' ' || ('ァ'..='ヾ').contains(&c)));
        }
    }

    #[test]
    fn c3_any_text_is_kana_or_an_error_within_it(raw in any::<String>()) {
        if let Err(error) = kana(&raw) {
            let TextError::NotKana { position, .. } = error else { panic!("{error}") };
            prop_assert!(position >= 1 && position as usize <= raw.chars().count());
        }
    }
}
