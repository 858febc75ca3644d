//! What could be written next, for a box that completes what is typed.

use super::parser::{bounded, column, whole};
use super::printer::quoted;
use super::reader::{Names, lowered};
use super::words::{LABELS, Tongue};
use crate::error::SearchError;
use crate::record::{Segment, Settings};

wire! {
    /// Something that could be written.
    #[derive(Debug)]
    pub struct Completion {
        /// Where, in characters from 1: what stands from there on begins it.
        pub column: u32,
        /// What to write in the place of that; or what is expected, such as a number.
        pub text: String,
        /// Whether the text is what to write.
        pub literal: bool,
    }
}

/// What a salon has named, and what it offers.
pub(crate) struct Known<'k> {
    pub(crate) settings: &'k Settings,
    pub(crate) segments: &'k [Segment],
}

impl Known<'_> {
    fn names(&self, of: Names) -> Vec<&str> {
        match of {
            Names::Category => self.settings.visit_categories.iter().map(|category| category.name.as_str()).collect(),
            Names::Channel => self.settings.channels.iter().map(String::as_str).collect(),
            Names::Segment => self.segments.iter().map(|segment| segment.id.as_str()).collect(),
        }
    }

    // R2: a form offers no label of prepayment before the setting does.
    fn offers(&self, word: &str) -> bool {
        let needs_prepayment = LABELS.iter().any(|label| label.means.needs_prepayment() && [label.english, label.japanese].contains(&word));
        !needs_prepayment || self.settings.prepayment
    }
}

/// What could be written at the end of a line: the salon's names and the words that begin with what stands there, and what else is expected.
pub(crate) fn complete(text: &str, tongue: Tongue, known: &Known<'_>) -> Result<Vec<Completion>, SearchError> {
    let mut reader = bounded(text)?.noting();
    // A whole condition may go on; what could follow it was noted on the way.
    let _ = whole(&mut reader);
    let mut options = Vec::new();
    let mut add = |place: usize, text: String, literal: bool| {
        let option = Completion { column: column(place), text, literal };
        if !options.contains(&option) {
            options.push(option);
        }
    };
    for (place, names) in reader.names_tried() {
        let begun = reader.begun(*place);
        for name in known.names(*names).into_iter().filter(|name| begins_name(&begun, name)) {
            add(*place, quoted(name), true);
        }
    }
    for (place, what) in reader.words_tried() {
        let (begun, word) = (reader.begun(*place), what.said(tongue));
        let begins = if begun.is_empty() { reader.may_go_on(word) } else { begins(&begun, word) };
        if begins && known.offers(word) {
            add(*place, word.to_owned(), true);
        }
    }
    let (place, expected) = reader.stopped();
    for what in expected.iter().filter(|what| !what.literal && reader.begun(place).is_empty()) {
        add(place, what.said(tongue).to_owned(), false);
    }
    Ok(options)
}

fn begins(begun: &str, word: &str) -> bool {
    let word = lowered(word.chars());
    word.starts_with(begun) && word.len() > begun.len()
}

// A name may stand in quotes, which end it.
fn begins_name(begun: &str, name: &str) -> bool {
    match begun.strip_prefix(['"', '“', '「', '『']) {
        Some(begun) => begins(begun, quoted(name).trim_start_matches('"')),
        None => begins(begun, name),
    }
}
