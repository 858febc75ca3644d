//! C4: any text becomes a number with a digits key and a class, or an error; a part of one has a key too (S3).
#![no_main]

use daicho::text::phone::{digits_key, parse, restored_leading_zero};
use daicho::text::{PhoneClass, TextError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let digits = digits_key(text);
    assert!(digits.bytes().all(|digit| digit.is_ascii_digit()));
    match parse("phone", text) {
        Ok(number) => {
            assert!(!number.digits.is_empty() && number.digits.bytes().all(|digit| digit.is_ascii_digit()));
            assert_eq!(number.digits, digits);
            if number.class.is_accepted() {
                assert!(number.digits.starts_with('0'));
                let again = parse("phone", &number.digits).expect("digits are a number");
                assert_eq!((again.digits, again.class), (number.digits, number.class), "a domestic key is its own key");
            }
        }
        Err(TextError::NoDigits { .. }) => assert!(digits.is_empty()),
        Err(error) => assert!(matches!(error, TextError::TooLong { .. }), "{error:?}"),
    }
    if let Some(number) = restored_leading_zero(text) {
        assert!(number.class == PhoneClass::Valid && number.digits.strip_prefix('0') == Some(text));
    }
});
