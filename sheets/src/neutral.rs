//! Texts that a spreadsheet program might run as a formula (I6).

use daicho::text::characters::{is_ignorable, is_white_space};

/// What a formula begins with, also as Japanese keyboards type it.
const BEGINS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether some program might take a text for a formula: it begins like one, or would once spaces, quotation marks and what nobody can see before it are
/// dropped; or it begins with a tab or a line's end, which tear a cell apart where files are put together from texts.
pub(crate) fn is_risky(text: &str) -> bool {
    let rest = text.trim_start_matches(|c| matches!(c, '\'' | '"') || is_white_space(c) || is_ignorable(c));
    let before = text.strip_suffix(rest).unwrap_or_default();
    rest.starts_with(BEGINS) || before.contains(['\t', '\r', '\n'])
}

/// The text that a neutralised one stands for. An apostrophe before a risky text is that of [`write_csv`](crate::write_csv), which puts one before every
/// risky text, those that begin with an apostrophe too: so each reads as it was.
pub(crate) fn read(text: String) -> String {
    match text.strip_prefix('\'').filter(|rest| is_risky(rest)) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
