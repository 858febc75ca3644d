//! C6, I4, T: any text or number is a birthday that is a real day, a blank, or an error; a day has one spelling.
#![no_main]

use daicho::import::{Cell, DateSystem, RepairKind, read_birthday};
use daicho::{Date, Error};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(day) = text.parse::<Date>() {
        assert_eq!(day.to_string(), text, "a day has one spelling");
        assert_eq!(Date::from_day_number(day.day_number()), Ok(day));
    }
    for system in [DateSystem::D1900, DateSystem::D1904] {
        for cell in [Cell::text(text), Cell::number(text)] {
            let read = match read_birthday(&cell, system) {
                Ok(Some(read)) => read,
                Ok(None) => {
                    assert!(cell.is_blank());
                    continue;
                }
                Err(error) => {
                    let said = Error::from(error).to_string();
                    assert!(!said.contains("ひみつ"), "{said}");
                    continue;
                }
            };
            let birthday = &read.birthday;
            if let (Ok(day), Cell::Text { .. }) = (text.parse::<Date>(), &cell) {
                let whole = (birthday.year, birthday.month, birthday.day);
                assert_eq!(whole, (Some(day.year()), day.month(), day.day()), "a day is itself");
            }
            // A birthday without a year may be the 29th of February.
            let day = Date::new(birthday.year.unwrap_or(2000), birthday.month, birthday.day).expect("a real day");
            if birthday.year.is_some() {
                let written = Cell::text(day.to_string());
                let again = read_birthday(&written, system).expect("what is shown is read").expect("and is no blank");
                assert_eq!((&again.birthday, again.repair), (birthday, None), "western dates are no repair");
            }
            // A number is a serial, or eight digits; days of one file are the same distance apart in both systems.
            if read.repair == Some(RepairKind::SerialDate) {
                assert!(birthday.year.is_some_and(|year| (1900..=9999).contains(&year)), "{birthday:?} {}", day);
            }
        }
    }
});
