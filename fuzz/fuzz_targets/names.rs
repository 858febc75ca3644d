//! C9, M1, S2, D1: any text becomes an entry or a typed error, and keys of every layer that are their own keys.
#![no_main]

use daicho::text::evidence::{confused_name_key, kana_key, name_key, unvoiced_kana_key};
use daicho::text::{TextError, WidthMode, merge_key, multi_line, one_line, search_key};
use libfuzzer_sys::fuzz_target;
use unicode_normalization::UnicodeNormalization;

fuzz_target!(|text: &str| {
    let strict = |text: &str| merge_key(text, "", WidthMode::Fold);
    let spaces_only = |text: &str| merge_key(text, "", WidthMode::SpacesOnly);
    let layers: [&dyn Fn(&str) -> String; 7] =
        [&strict, &spaces_only, &search_key, &name_key, &confused_name_key, &kana_key, &unvoiced_kana_key];
    let canonical: String = text.nfd().collect();
    for (layer, key) in layers.iter().enumerate() {
        let once = key(text);
        assert_eq!(key(&once), once, "layer {layer}: a key is its own key");
        assert_eq!(key(&canonical), once, "layer {layer}: canonical equivalents have one key");
    }
    let search = search_key(text);
    assert_eq!(search_key(&strict(text)), search, "the search key is a fold of the strict one");
    assert_eq!(name_key(&search), name_key(text), "and the evidence key of the search key");
    assert_eq!(kana_key(&search), kana_key(text));
    for entry in [one_line, multi_line] {
        match entry("field", text, 100) {
            Ok(kept) => {
                assert!(kept.chars().count() <= 100);
                assert_eq!(entry("field", &kept, 100).as_deref(), Ok(kept.as_str()), "what is kept is kept again");
                assert_eq!(spaces_only(&kept).is_empty(), kept.is_empty(), "what looks empty is empty");
            }
            Err(error) => assert!(matches!(error, TextError::TooLong { .. }), "{error:?}"),
        }
    }
    // Where the name is parted is no part of the strict key.
    let middle = text.chars().count() / 2;
    let (family, given): (String, String) = (text.chars().take(middle).collect(), text.chars().skip(middle).collect());
    assert_eq!(merge_key(&family, &given, WidthMode::Fold), strict(text));
});
