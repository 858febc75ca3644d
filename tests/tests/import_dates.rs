//! Birthdays in a file (C6, I4), every day of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in the functions its tests share too"
)]
use daicho::import::{BirthdayCell, read_birthday};
use daicho::*;

fn text(text: &str) -> Result<Option<BirthdayCell>, error::ImportError> {
    read_birthday(&Cell::text(text), DateSystem::D1900)
}

fn shown(cell: &Cell, system: DateSystem) -> String {
    match read_birthday(cell, system) {
        Ok(Some(read)) => read.birthday.to_string(),
        Ok(None) => "blank".to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

fn of(written: &str) -> String {
    shown(&Cell::text(written), DateSystem::D1900)
}

fn number(literal: &str, system: DateSystem) -> String {
    shown(&Cell::number(literal), system)
}

/// Era name, letter, ligature, first and last day, the year before the first: written out here again, to check the library's own table.
type Era = (&'static str, &'static str, Option<&'static str>, &'static str, &'static str, i32);

const ERAS: [Era; 5] = [
    ("明治", "M", Some("㍾"), "1873-01-01", "1912-07-30", 1867),
    ("大正", "T", Some("㍽"), "1912-07-30", "1926-12-25", 1911),
    ("昭和", "S", Some("㍼"), "1926-12-25", "1989-01-07", 1925),
    ("平成", "H", Some("㍻"), "1989-01-08", "2019-04-30", 1988),
    ("令和", "R", Some("㋿"), "2019-05-01", "2100-12-31", 2018),
];

#[test]
fn i4_every_day_from_1873_to_2100_is_read_back_in_every_form() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let first = day("1873-01-01");
    let mut at = first;
    let mut eras = 0;
    while at <= day("2100-12-31") {
        let (y, m, d, iso) = (at.year(), at.month(), at.day(), at.to_string());
        for written in
            [iso.clone(), format!("{y}/{m}/{d}"), format!("{y}.{m:02}.{d:02}"), format!("{y}{m:02}{d:02}"), format!("{y}年{m}月{d}日")]
        {
            assert_eq!(
                text(&written).unwrap().unwrap(),
                BirthdayCell { birthday: Birthday { year: Some(y), month: m, day: d }, repair: None },
                "{written}"
            );
        }
        for (name, letter, sign, from, to, before) in ERAS {
            let n = y - before;
            let inside = day(from) <= at && at <= day(to);
            let forms = [
                format!("{name}{n}年{m}月{d}日"),
                format!("{letter}{n}.{m}.{d}"),
                format!("{}{n}/{m}/{d}", letter.to_lowercase()),
                format!("{}{n}年{m}月{d}日", sign.unwrap_or(name)),
            ];
            for written in forms.iter().filter(|_| inside) {
                assert_eq!(
                    text(written).unwrap().unwrap(),
                    BirthdayCell { birthday: Birthday { year: Some(y), month: m, day: d }, repair: Some(RepairKind::EraDate) },
                    "{written}"
                );
                eras += 1;
            }
            if !inside && (1..100).contains(&n) {
                assert_eq!(of(&forms[0]), "import.era", "{}", forms[0]);
            }
        }
        // Day 0 of either system, written out; the 1900 system counts a day that never was, so it is right only after it.
        for (system, zero, holds) in
            [(DateSystem::D1900, day("1899-12-30"), day("1900-03-01")), (DateSystem::D1904, day("1904-01-01"), day("1904-03-02"))]
        {
            let serial = at.day_number() - zero.day_number();
            let expected = if at >= holds { iso.clone() } else { "import.serial".to_owned() };
            assert_eq!(number(&serial.to_string(), system), expected, "{serial} {system:?}");
        }
        at = at.days_after(1);
    }
    assert!(eras > 4 * 80_000);
}

#[test]
fn i4_impossible_era_dates_are_errors() {
    for written in [
        "昭和64年1月8日",
        "平成元年1月7日",
        "H1.1.7",
        "平成31年5月1日",
        "H31.5.1",
        "令和元年4月30日",
        "R1.4.30",
        "S0.1.1",
        "大正15年12月26日",
        "昭和元年12月24日",
        "平成2年2月29日",
        "明治5年12月2日",
        "明治45年7月31日",
        "大正元年7月29日",
        "T0.7.30",
        "大正16年1月1日",
    ] {
        assert_eq!(of(written), "import.era", "{written}");
    }
    for (written, expected) in [
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("明治45年7月30日", "1912-07-30"),
        ("大正元年7月30日", "1912-07-30"),
    ] {
        assert_eq!(of(written), expected, "{written}");
    }
}

#[test]
fn i4_era_dates_are_read_as_people_write_them() {
    for written in [
        "H2.1.2",
        "h2/1/2",
        "H2-1-2",
        "Ｈ２．１．２",
        "H02.01.02",
        "H020102",
        "平2.1.2",
        "平成2年1月2日",
        "平成 2年 1月 2日",
        "㍻2年1月2日",
        "平成二年一月二日",
        "平成2/1/2",
        "H.2.1.2",
        "平成2年1月2日 0:00:00",
    ] {
        assert_eq!(of(written), "1990-01-02", "{written}");
    }
    assert_eq!(of("昭和五十五年十二月三十一日"), "1980-12-31");
    assert_eq!(of("平成二十年十月十日"), "2008-10-10");
}

#[test]
fn c6_a_birthday_is_a_real_date_or_month_and_day() {
    for written in [
        "1990-01-02",
        "1990/1/2",
        "1990.1.2",
        "19900102",
        "１９９０／０１／０２",
        "1990年1月2日",
        "西暦1990年1月2日",
        "1990年01月02日",
        "一九九〇年一月二日",
        " 1990/1/2 ",
        "1990/1/2 0:00",
        "1990-01-02T00:00:00",
        "1990‐01‐02",
    ] {
        assert_eq!(of(written), "1990-01-02", "{written}");
    }
    for (written, expected) in [("--02-29", "--02-29"), ("2/29", "--02-29"), ("12月3日", "--12-03")] {
        assert_eq!(of(written), expected, "{written}");
    }
    for written in [
        "1990-02-29",
        "1990/13/1",
        "90/1/2",
        "1/2/90",
        "1990/1",
        "1990",
        "199012",
        "1990/1/2/3",
        "1990-01-02 12:00",
        "1990-01-02T09:30:00",
        "1990年1/2",
        "ひみつ",
        "1990/1/2 AM",
        "2/30",
        "H2",
        "H2.1",
        "100/1/1",
        "1867-12-31",
        "32874",
        "--1-",
        "H",
        "1990//2",
        "十",
        "平成",
        "199001021",
        "H0201021",
    ] {
        assert_eq!(of(written), "import.date", "{written}");
    }
    for blank in ["", " ", "\u{3000}\u{200B}"] {
        assert_eq!(of(blank), "blank");
    }
}

#[test]
fn i4_serials_are_whole_and_above_60() {
    for system in [DateSystem::D1900, DateSystem::D1904] {
        for literal in ["0", "1", "59", "60", "-1", "-32874", "32874.5", "32874.000001", "9999999", "2147483648", "99999999999999999999"] {
            assert_eq!(number(literal, system), "import.serial", "{literal}");
        }
        for literal in ["", "1E5", "abc", "3 2", "+5", "--5", "１００"] {
            assert_eq!(number(literal, system), "import.date", "{literal}");
        }
        assert_eq!(number("19900102", system), "1990-01-02");
        assert_eq!(number("19901302", system), "import.date");
    }
    assert_eq!(number("61", DateSystem::D1900), "1900-03-01");
    assert_eq!(number("61", DateSystem::D1904), "1904-03-02");
    assert_eq!(number("32874", DateSystem::D1900), "1990-01-01");
    assert_eq!(number("31412", DateSystem::D1904), "1990-01-01");
    assert_eq!(number("32874.0", DateSystem::D1900), "1990-01-01");
    assert_eq!(number("2958465", DateSystem::D1900), "9999-12-31");
    assert_eq!(number("2958466", DateSystem::D1900), "import.serial");
    assert_eq!(shown(&Cell::Boolean { value: true }, DateSystem::D1900), "import.boolean_cell");
    assert_eq!(shown(&Cell::Error { text: "#REF!".into() }, DateSystem::D1900), "import.error_cell");
}

#[test]
fn i4_no_text_makes_reading_a_date_panic() {
    let pieces =
        ["平成", "H", "元", "年", "月", "日", "1", "12", "9999", "-", "/", ".", "十", "一", " ", "T", ":", "\u{200B}", "㍻", "𠮷", "--"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let _ = of(&[a, b, c, d].concat());
                }
            }
        }
    }
}
