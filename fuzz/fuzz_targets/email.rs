//! C5: any text becomes an address with a key, or an error; a part of one has a key too (S3).
#![no_main]

use daicho::text::email::{MAX_BYTES, parse, partial_key};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let key = partial_key(text);
    assert_eq!(partial_key(&key), key, "a key is its own key");
    if let Ok(address) = parse("email", text) {
        assert!(address.entered.len() <= MAX_BYTES as usize && !address.entered.chars().any(char::is_control));
        assert_eq!(address.key, key);
        let (name, domain) = address.key.rsplit_once('@').expect("an address has an @");
        assert!(!name.is_empty() && !domain.is_empty());
        let again = parse("email", &address.entered).expect("what was taken is taken again");
        assert!(again == address);
    }
});
