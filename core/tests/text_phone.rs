//! C4: phone numbers. I4: the zero that a spreadsheet ate.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use daicho::text::phone::{MAX_SCALARS, digits_key, lacks_leading_zero, parse, restored_leading_zero};
use daicho::text::{PhoneClass, PhoneNumber, TextError};
use proptest::prelude::*;

fn phone(raw: &str) -> PhoneNumber {
    parse("phone", raw).unwrap()
}

fn read(raw: &str) -> (String, PhoneClass) {
    let number = phone(raw);
    (number.digits, number.class)
}

#[test]
fn c4_stored_as_entered_with_a_digits_key() {
    let number = phone("　０９０－１２３４－５６７８ ");
    assert_eq!(number.entered, "０９０－１２３４－５６７８");
    assert_eq!((number.digits.as_str(), number.class), ("09012345678", PhoneClass::Valid));
}

#[test]
fn c4_dashes_spaces_brackets_and_format_characters_are_dropped() {
    for raw in [
        "090-1234-5678",
        "090‐1234‑5678",
        "090–1234—5678",
        "090―1234−5678",
        "090ー1234ｰ5678",
        "090～1234〜5678",
        "090─1234━5678",
        "090 1234　5678",
        "090\u{a0}1234\u{2009}5678",
        "(090)1234-5678",
        "（090）1234‐5678",
        "［090］1234【5678】",
        "090〔1234〕5678",
        "\u{202a}090-1234-5678\u{202c}",
        "090\u{200b}12345678\u{feff}",
        "090\u{ad}1234\t5678",
        "０９０ｰ１２３４ｰ５６７８",
        "090\n12345678",
    ] {
        assert_eq!(read(raw), ("09012345678".to_owned(), PhoneClass::Valid), "{raw:?}");
    }
}

#[test]
fn c4_japans_country_code_becomes_zero() {
    for raw in [
        "+81-90-1234-5678",
        "+819012345678",
        "＋８１ ９０ １２３４ ５６７８",
        "(+81)90-1234-5678",
        "+81 (90) 1234 5678",
        "+81(0)90-1234-5678",
        "+81 （0） 90 1234 5678",
        "+81 [0]90-1234-5678",
        "+81 090-1234-5678",
        "+ 81 90 1234 5678",
        "81-90-1234-5678",
        "81(0)90-1234-5678",
        "81 090 1234 5678",
        "0081-90-1234-5678",
        "0081 (0)90 1234 5678",
        "010-81-90-1234-5678",
        "010 81 (0)90 1234 5678",
        "010-81-090-1234-5678",
    ] {
        assert_eq!(read(raw), ("09012345678".to_owned(), PhoneClass::Valid), "{raw}");
    }
    for raw in ["+81-3-1234-5678", "+81(0)3-1234-5678", "81-3-1234-5678", "0081 3 1234 5678", "010-81-3-1234-5678"] {
        assert_eq!(read(raw), ("0312345678".to_owned(), PhoneClass::Valid), "{raw}");
    }
    assert_eq!(read("+81-120-123-456"), ("0120123456".to_owned(), PhoneClass::Valid));
}

#[test]
fn c4_81_without_a_plus_is_the_country_code_only_before_a_japanese_length() {
    assert_eq!(read("8112345678"), ("8112345678".to_owned(), PhoneClass::Malformed));
    assert_eq!(read("812345678"), ("812345678".to_owned(), PhoneClass::Short));
    assert_eq!(read("0081123456"), ("0081123456".to_owned(), PhoneClass::Unassigned));
    assert_eq!(read("00811234567"), ("00811234567".to_owned(), PhoneClass::Unassigned));
    assert_eq!(read("0108112345"), ("0108112345".to_owned(), PhoneClass::Unassigned));
    assert_eq!(read("0811234567"), ("0811234567".to_owned(), PhoneClass::Valid));
    assert_eq!(read("08112345678"), ("08112345678".to_owned(), PhoneClass::Unassigned));
    assert_eq!(read("+81 110"), ("0110".to_owned(), PhoneClass::Short));
}

#[test]
fn c4_classified_by_the_number_plan() {
    use PhoneClass::{Malformed, Short, Unassigned, Valid};
    for (digits, class) in [
        ("09012345678", Valid),
        ("08012345678", Valid),
        ("07012345678", Valid),
        ("06012345678", Valid),
        ("05012345678", Valid),
        ("0312345678", Valid),
        ("0612345678", Valid),
        ("0111234567", Valid),
        ("0982123456", Valid),
        ("0499123456", Valid),
        ("0120123456", Valid),
        ("08001234567", Valid),
        ("0570012345", Valid),
        ("00011111111", Unassigned),
        ("0001111111", Unassigned),
        ("02012345678", Unassigned),
        ("02001234567890", Unassigned),
        ("03123456789", Unassigned),
        ("01201234567", Unassigned),
        ("0901234567", Unassigned),
        ("0501234567", Unassigned),
        ("04012345678", Unassigned),
        ("01012345678", Unassigned),
        ("110", Short),
        ("119", Short),
        ("117", Short),
        ("0", Short),
        ("12345678", Short),
        ("031234567", Short),
        ("123456789", Short),
        ("1234567890", Malformed),
        ("90123456789", Malformed),
        ("090123456789", Malformed),
        ("021234567890123", Malformed),
        ("02011234567890", Malformed),
    ] {
        assert_eq!(read(digits), (digits.to_owned(), class));
    }
}

#[test]
fn c4_valid_and_unassigned_are_accepted() {
    for raw in ["090-1234-5678", "00011111111", "020-1234-5678"] {
        assert_eq!(phone(raw).accept("phone"), Ok(phone(raw)));
    }
    for (raw, class) in
        [("110", PhoneClass::Short), ("+1 212 555 1234", PhoneClass::Foreign), ("090-1234-5678内線12", PhoneClass::Malformed)]
    {
        let error = phone(raw).accept("phone").unwrap_err();
        assert_eq!(error, TextError::PhoneNotAccepted { field: "phone", class });
        assert_eq!((error.code(), error.field()), ("text.phone_not_accepted", "phone"));
        assert!(error.to_string().ends_with(class.as_str()));
    }
}

#[test]
fn c4_another_countrys_number_keeps_its_country_code() {
    use PhoneClass::{Foreign, Malformed};
    for raw in [
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "010-44-20-7946-0958",
        "010 44 (0) 20 7946 0958",
        "0044 20 7946 0958",
        "＋44（0）20-7946-0958",
    ] {
        assert_eq!(read(raw), ("442079460958".to_owned(), Foreign), "{raw}");
    }
    assert_eq!(read("+1 (212) 555-1234"), ("12125551234".to_owned(), Foreign));
    assert_eq!(read("+1 (0)"), ("1".to_owned(), Foreign));
    assert_eq!(read("+82 10-1234-5678"), ("821012345678".to_owned(), Foreign));
    assert_eq!(read("+123456789012345"), ("123456789012345".to_owned(), Foreign));
    assert_eq!(read("+1234567890123456").1, Malformed);
    assert_eq!(read("+090-1234-5678").1, Malformed);
}

#[test]
fn c4_anything_else_between_the_digits_is_malformed() {
    for raw in [
        "090-1234-5678 内線12",
        "090-1234-5678 ext. 12",
        "090-1234-5678#12",
        "TEL 090-1234-5678",
        "℡090-1234-5678",
        "090-1234-567a",
        "090+12345678",
        "++819012345678",
        "090-1234-5678/03-1234-5678",
        "9012345678.0",
        "03.1234.5678",
        "9.01E+09",
        "090一1234一5678",
        "٠٩٠12345678",
    ] {
        assert_eq!(phone(raw).class, PhoneClass::Malformed, "{raw}");
    }
    assert_eq!(phone("090-1234-5678 内線12").digits, "0901234567812");
}

#[test]
fn c4_no_digits_at_all_is_an_error() {
    for raw in ["", " ", "なし", "-", "()", "+", "不明", "一二三", "٠٩٠", "\u{200b}"] {
        let error = parse("phone", raw).unwrap_err();
        assert_eq!(error, TextError::NoDigits { field: "phone" });
        assert_eq!((error.code(), error.field()), ("text.no_digits", "phone"));
    }
}

#[test]
fn c4_an_endless_entry_is_an_error() {
    let longest = "1".repeat(MAX_SCALARS as usize);
    assert_eq!(phone(&longest).class, PhoneClass::Malformed);
    assert_eq!(
        parse("phone", &format!("{longest}1")),
        Err(TextError::TooLong { field: "phone", max: MAX_SCALARS, actual: MAX_SCALARS + 1 })
    );
}

#[test]
fn c4_two_typed_numbers_may_share_one_e164_but_not_one_key() {
    assert_ne!(phone("0312345678").digits, phone("312345678").digits);
    assert_ne!(phone("0001111111").digits, phone("00011111111").digits);
}

#[test]
fn c4_nothing_personal_in_debug() {
    assert_eq!(format!("{:?}", phone("090-1234-5678")), "PhoneNumber { class: Valid, .. }");
    let error = phone("777777").accept("phone").unwrap_err();
    assert!(!format!("{error} {error:?}").contains('7'));
}

#[test]
fn c4_on_the_wire() {
    let number = phone("090-1234-5678");
    let json = serde_json::to_string(&number).unwrap();
    assert_eq!(json, r#"{"entered":"090-1234-5678","digits":"09012345678","class":"valid"}"#);
    assert_eq!(serde_json::from_str::<PhoneNumber>(&json).unwrap(), number);
    use PhoneClass::{Foreign, Malformed, Short, Unassigned, Valid};
    for class in [Valid, Unassigned, Short, Foreign, Malformed] {
        assert_eq!(serde_json::to_value(class).unwrap(), class.as_str());
    }
}

#[test]
fn s3_a_part_of_a_number_is_found() {
    let whole = phone("+81 90-1234-5678").digits;
    for part in ["5678", "-5678", "1234-5678", "０９０", "090-1234", "+81 90", "34 56", "+81-90-1234-5678"] {
        assert!(whole.contains(&digits_key(part)), "{part}");
    }
    assert_eq!(digits_key("なし"), "");
    assert_eq!(digits_key("81"), "81");
}

#[test]
fn i4_a_leading_zero_is_restored_where_that_makes_a_valid_number() {
    for (eaten, digits) in
        [("9012345678", "09012345678"), ("312345678", "0312345678"), ("120123456", "0120123456"), ("5012345678", "05012345678")]
    {
        let number = restored_leading_zero(eaten).unwrap();
        assert_eq!((number.entered.as_str(), number.digits.as_str(), number.class), (digits, digits, PhoneClass::Valid));
    }
    for kept in [
        "",
        "09012345678",
        "0312345678",
        "901234567",
        "12345678",
        "90123456789",
        "2012345678",
        "3123456789",
        "31234567a",
        "３１２３",
        "-312345678",
        "31234567.0",
    ] {
        assert_eq!(restored_leading_zero(kept), None, "{kept}");
    }
}

#[test]
fn i4_a_text_lacks_its_zero_only_if_nothing_else_is_wrong_with_it() {
    for raw in ["9012345678", "90-1234-5678", "（３）１２３４－５６７８", " 3 1234 5678"] {
        assert!(lacks_leading_zero(raw), "{raw}");
    }
    for raw in ["", "090-1234-5678", "+60 4-123 4567", "+298 123456", "9012345678.0", "9012345678内線", "12345678", "901234567890"] {
        assert!(!lacks_leading_zero(raw), "{raw}");
    }
}

/// A number of the plan, or one of those it does not know.
fn domestic() -> impl Strategy<Value = String> {
    prop_oneof!["0[5-9]0[0-9]{8}", "0[1-9][1-9][0-9]{7}", "000[0-9]{8}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn c4_every_rendering_of_a_number_has_the_same_digits(
        digits in domestic(),
        prefix in proptest::sample::select(vec!["0", "+81", "＋81 ", "(+81)", "+81 (0)", "+81（０）", "+81 0", "0081-", "0081 (0)", "010-81-", "010-81-(0)", "81-", "81 (0)"]),
        separators in proptest::collection::vec(proptest::sample::select(vec!["", "", "-", "‐", "ー", "−", " ", "　", "(", ")", "～", "\u{200b}", "【", "）"]), 10),
        wide in any::<bool>(),
    ) {
        // Where the number itself goes on with a 0, only the forms that keep the domestic 0 are plain.
        let prefix = if digits.starts_with("00") && prefix != "0" { "+81 (0)" } else { prefix };
        let mut written = prefix.to_owned();
        for (digit, separator) in digits.chars().skip(1).zip(&separators) {
            written.push(if wide { char::from_u32(u32::from(digit) + 0xFEE0).unwrap() } else { digit });
            written.push_str(separator);
        }
        let number = phone(&written);
        prop_assert_eq!(&number.digits, &digits);
        prop_assert_eq!(digits_key(&written), digits.clone());
        prop_assert_eq!(number.class, phone(&digits).class);
        prop_assert!(number.accept("phone").is_ok());
    }

    #[test]
    fn c4_any_text_has_digits_or_is_an_error(raw in any::<String>()) {
        if let Ok(number) = parse("phone", &raw) {
            prop_assert!(!number.digits.is_empty() && number.digits.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(parse("phone", &number.entered), Ok(number.clone()));
            prop_assert_eq!(digits_key(&raw), number.digits);
        }
    }

    #[test]
    fn c4_a_domestic_key_is_its_own_key(raw in "[+(]{0,1}(81|0081|010|)[-() 0-9]{0,18}") {
        if let Ok(number) = parse("phone", &raw) && number.class.is_accepted() {
            prop_assert_eq!(phone(&number.digits).digits, number.digits);
        }
    }
}
