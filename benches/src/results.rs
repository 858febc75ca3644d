//! `RESULTS.md`, written by the benches themselves: one section for each size.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use daicho::Date;

use crate::measure::{HEADING, Line};
use crate::salon::Failure;

const TITLE: &str = "# Measured

Our figures beside SQLite written by hand for the same work: aggregates kept in columns, an index for every question, prepared statements, the same
durability (`peer/schema.sql`); where a line names another peer, that one. The two sides take turns and must answer the same. Others use the machine too: read the ratios, not the times, and
with care: what takes longer than the scheduler's slice (some milliseconds) also waits for its turn, so a short side looks better beside a long one than it
is; two sides of like length compare fairly. p99 of a few runs is the longest. The salon is drawn from a seed, see `src/salon.rs`.
";

/// 10000 as 10,000.
#[must_use]
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Puts a section in the place of the one of the same title.
pub fn write(title: &str, head: &str, lines: &[Line]) -> Result<(), Failure> {
    write_text(title, head, &table(lines))
}

/// The same with a section of any text.
pub fn write_text(title: &str, head: &str, body: &str) -> Result<(), Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RESULTS.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    Ok(std::fs::write(path, replaced(&before, title, head, body))?)
}

/// The day it is.
pub fn today() -> Result<Date, Failure> {
    let days = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 86_400;
    Ok(Date::from_day_number(days.try_into()?)?)
}

/// What is measured on.
pub fn machine() -> Result<String, Failure> {
    Ok(format!("{} shared cores", std::thread::available_parallelism()?))
}

fn table(lines: &[Line]) -> String {
    let rows: Vec<String> = lines.iter().map(Line::row).collect();
    format!("{HEADING}\n{}", rows.join("\n"))
}

fn replaced(before: &str, title: &str, head: &str, body: &str) -> String {
    let section = format!("{title}\n\n{head}\n\n{}\n", body.trim_end());
    let mut sections: Vec<String> = before.split("\n## ").skip(1).map(|section| format!("{}\n", section.trim_end())).collect();
    match sections.iter_mut().find(|kept| kept.lines().next() == Some(title)) {
        Some(kept) => *kept = section,
        None => sections.push(section),
    }
    sections.iter().fold(TITLE.to_owned(), |text, section| text + "\n## " + section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_the_place_of_the_one_before() {
        let one = replaced("", "10 customers", "then", "");
        let two = replaced(&one, "20 customers", "then", "");
        let again = replaced(&two, "10 customers", "now", "");
        assert!(again.find("## 10 customers\n\nnow").unwrap() < again.find("## 20 customers\n\nthen").unwrap());
        assert_eq!(again.matches("## ").count(), 2);
        assert_eq!(replaced(&again, "10 customers", "now", ""), again);
        assert_eq!((grouped(999), grouped(1_000), grouped(1_000_000)), ("999".to_owned(), "1,000".to_owned(), "1,000,000".to_owned()));
    }
}
