//! Words for what is found, beside those for what is asked.

use super::words::{GENDERS, JOINTS, Joint, LISTS, PREFIXES, Tongue, said};
use crate::money::Yen;
use crate::record::{Gender, ListKind};

pub(in crate::search) fn and(tongue: Tongue) -> &'static str {
    said(JOINTS, &Joint::And, tongue)
}

pub(in crate::search) fn or(tongue: Tongue) -> &'static str {
    said(JOINTS, &Joint::Or, tongue)
}

pub(in crate::search) fn not(tongue: Tongue) -> &'static str {
    said(PREFIXES, &Joint::Not, tongue)
}

pub(in crate::search) fn gender(tongue: Tongue, gender: Gender) -> &'static str {
    said(GENDERS, &gender, tongue)
}

pub(in crate::search) fn list(tongue: Tongue, list: ListKind) -> &'static str {
    said(LISTS, &list, tongue)
}

pub(in crate::search) const fn none(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "none",
        Tongue::Japanese => "なし",
    }
}

pub(in crate::search) const fn yes(tongue: Tongue, is: bool) -> &'static str {
    match (tongue, is) {
        (Tongue::English, true) => "yes",
        (Tongue::English, false) => "no",
        (Tongue::Japanese, true) => "あり",
        (Tongue::Japanese, false) => "なし",
    }
}

pub(in crate::search) fn times(tongue: Tongue, count: u32) -> String {
    match tongue {
        Tongue::English => count.to_string(),
        Tongue::Japanese => format!("{count}回"),
    }
}

pub(in crate::search) fn yen(tongue: Tongue, yen: Yen) -> String {
    match tongue {
        Tongue::English => format!("¥{}", yen.0),
        Tongue::Japanese => format!("{}円", yen.0),
    }
}

pub(in crate::search) fn frequency(tongue: Tongue, visits: u32, days: u32) -> String {
    match tongue {
        Tongue::English => format!("{visits} in {days} days"),
        Tongue::Japanese => format!("{days}日に{visits}回"),
    }
}
