//! S10: a line of the query language is a condition or an error with a column in it, and a condition is the same line whichever way it goes.
#![no_main]

use daicho::Error;
use daicho::search::{MAX_QUERY, Tongue, parse, print};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = [Tongue::English, Tongue::Japanese].map(|tongue| parse(text, tongue));
    match read {
        [Ok(condition), Ok(same)] => {
            assert!(condition == same, "either language may be written anywhere");
            for tongue in [Tongue::English, Tongue::Japanese] {
                let line = print(&condition, tongue);
                // What is printed may be longer than what a person may type.
                if line.chars().count() <= MAX_QUERY as usize {
                    let again = parse(&line, tongue).unwrap_or_else(|error| panic!("{line}: {error:?}"));
                    assert!(again == condition, "{line}");
                    assert_eq!(print(&again, tongue), line);
                }
            }
        }
        [Err(one), Err(other)] => {
            assert_eq!(one.code(), other.code());
            let data = Error::from(one).data();
            if let Some(column) = data["column"].as_u64() {
                assert!((1..=text.chars().count() as u64 + 1).contains(&column), "{column}");
            }
        }
        [one, other] => panic!("{one:?} {other:?}"),
    }
});
