//! C5: e-mail addresses.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use daicho::text::email::{MAX_BYTES, parse, partial_key, several};
use daicho::text::{EmailAddress, TextError};
use proptest::prelude::*;

fn email(raw: &str) -> Result<EmailAddress, TextError> {
    parse("email", raw)
}

fn key(raw: &str) -> String {
    email(raw).unwrap().key
}

#[test]
fn c5_stored_as_typed_with_a_folded_key() {
    let address = email("　Hanako.Yamada+Salon@Example.CO.JP \n").unwrap();
    assert_eq!(address.entered, "Hanako.Yamada+Salon@Example.CO.JP");
    assert_eq!(address.key, "hanako.yamada+salon@example.co.jp");
    assert_eq!(key("ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"), "hanako@example.com");
    assert_eq!(email("ｈ＠example.com").unwrap().entered, "ｈ＠example.com");
}

#[test]
fn c5_dots_and_tags_are_never_dropped() {
    let keys = ["a.b@gmail.com", "ab@gmail.com", "ab+x@gmail.com", "a.b@googlemail.com"].map(key);
    for (at, one) in keys.iter().enumerate() {
        assert!(keys.iter().skip(at + 1).all(|other| other != one));
    }
}

#[test]
fn c5_carrier_addresses_are_accepted() {
    for raw in ["a..b.@docomo.ne.jp", ".a@ezweb.ne.jp", "a-_/?.@softbank.ne.jp", "\"a@b\"@example.com", "山田@例え.jp", "a@localhost"] {
        assert_eq!(email(raw).unwrap().entered, raw);
    }
}

#[test]
fn c5_no_at_is_an_error() {
    assert_eq!(email("hanako.example.com"), Err(TextError::NoAt { field: "email" }));
    for raw in ["@", "@example.com", "hanako@", "a@b@", " ＠example.com"] {
        assert_eq!(email(raw), Err(TextError::EmptyPart { field: "email" }), "{raw}");
    }
}

#[test]
fn c5_several_addresses_in_one_are_an_error() {
    for raw in
        ["a@x.jp,b@y.jp", "a@x.jp; b@y.jp", "a@x.jp b@y.jp", "a@x.jp、b＠y.jp", "a..b.@docomo.ne.jp/c@x.jp", "a@x.jp , b@y.jp;c@z.jp;"]
    {
        assert_eq!(email(raw), Err(TextError::SeveralAddresses { field: "email" }), "{raw}");
        let parts = several(raw).unwrap();
        assert!(parts.len() > 1 && parts.iter().all(|part| email(part).is_ok()), "{parts:?}");
    }
    // Nearly anything may stand before the last @.
    for raw in ["a,b@x.jp", "a/b;c@x.jp", "\"a@b\"@example.com", "a@b@keitai.jp", "a@,b@x.jp", "a@x.jp,b"] {
        assert_eq!((several(raw), email(raw).unwrap().entered.as_str()), (None, raw));
    }
}

#[test]
fn c5_blank_is_an_error() {
    for raw in ["", " ", "　\n", "\u{feff}", "\u{200b} \u{200b}"] {
        assert_eq!(email(raw), Err(TextError::Blank { field: "email" }));
    }
}

#[test]
fn c5_control_characters_and_inner_spaces_are_errors() {
    for raw in ["a\0b@example.com", "a\r\nBcc: x@example.com", "a\tb@example.com", "\u{7f}a@example.com", "a@example.com\u{85}b"] {
        assert_eq!(email(raw), Err(TextError::ControlCharacter { field: "email" }), "{raw:?}");
    }
    for raw in ["a b@example.com", "a　b@example.com", "a@exa mple.com", "a\u{b4}b@example.com", "a\u{a0}@example.com"] {
        assert_eq!(email(raw), Err(TextError::WhiteSpace { field: "email" }), "{raw:?}");
    }
}

#[test]
fn c5_invisible_characters_from_a_copied_page_are_dropped() {
    let address = email("\u{feff}\u{200b} a\u{200b}b@example.com\u{202c}").unwrap();
    assert_eq!((address.entered.as_str(), address.key.as_str()), ("ab@example.com", "ab@example.com"));
}

#[test]
fn c5_254_bytes_are_taken_and_255_are_not() {
    let of_bytes = |length: usize| format!("{}@example.com", "a".repeat(length - 12));
    assert_eq!(of_bytes(254).len(), 254);
    assert_eq!(email(&format!("  {}\n", of_bytes(254))).unwrap().entered, of_bytes(254));
    let error = TextError::TooManyBytes { field: "email", max: MAX_BYTES, actual: 255 };
    assert_eq!(email(&of_bytes(255)), Err(error));
    // Bytes, not characters: 80 kanji are 240.
    assert!(email(&format!("{}@example.com", "山".repeat(80))).is_ok_and(|address| address.entered.len() == 252));
    assert!(matches!(email(&format!("{}@example.com", "山".repeat(81))), Err(TextError::TooManyBytes { actual: 255, .. })));
}

#[test]
fn c5_nothing_personal_in_debug_or_errors() {
    assert_eq!(format!("{:?}", email("secret@example.com").unwrap()), "EmailAddress { .. }");
    for raw in ["secret", "secret@", "sec ret@x", "sec\0ret@x", "", &"secret".repeat(99)] {
        let error = email(raw).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("sec"), "{error}");
        assert!(error.code().starts_with("text.") && error.field() == "email");
    }
}

#[test]
fn c5_on_the_wire() {
    let address = email("A@Example.com").unwrap();
    let json = serde_json::to_string(&address).unwrap();
    assert_eq!(json, r#"{"entered":"A@Example.com","key":"a@example.com"}"#);
    assert_eq!(serde_json::from_str::<EmailAddress>(&json).unwrap(), address);
}

#[test]
fn s3_a_part_of_an_address_is_found_whatever_its_case() {
    let whole = key("Hanako.Yamada@Example.com");
    for part in ["hanako", "YAMADA@", "ＥＸＡＭＰＬＥ", " example.com "] {
        assert!(whole.contains(&partial_key(part)), "{part}");
    }
    assert_eq!(partial_key("　"), "");
}

proptest! {
    #[test]
    fn c5_the_key_is_its_own_key(raw in any::<String>(), name in "\\PC{1,20}") {
        for raw in [raw, format!("{name}@Example.com")] {
            let part = partial_key(&raw);
            prop_assert_eq!(partial_key(&part), part.clone());
            if let Ok(address) = email(&raw) {
                prop_assert_eq!(&address.key, &part);
                prop_assert_eq!(email(&address.entered), Ok(address));
            }
        }
    }
}
