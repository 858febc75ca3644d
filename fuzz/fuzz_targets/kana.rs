//! C3: any text becomes full-width katakana or an error that names a place in it.
#![no_main]

use daicho::text::{TextError, search_key, to_full_width_katakana};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match to_full_width_katakana("kana", text) {
    Ok(kana) => {
        assert!(kana.chars().all(|c| matches!(c, 'ァ'..='ヾ' | 'ㇰ'..='ㇿ' | ' ')), "{kana:?}");
        assert!(!kana.starts_with(' ') && !kana.ends_with(' ') && !kana.contains("  "));
        assert_eq!(to_full_width_katakana("kana", &kana).as_deref(), Ok(kana.as_str()));
        assert_eq!(search_key(&kana).chars().filter(|&c| c == ' ').count(), 0);
    }
    Err(TextError::NotKana { position, .. }) => assert!((1..=text.chars().count()).contains(&(position as usize))),
    Err(error) => panic!("{error:?}"),
});
