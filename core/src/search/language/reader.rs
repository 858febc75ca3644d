//! Reads a line from left to right, knows what could have stood where it stopped, and takes full width for half width outside of quotes.

use super::words::{DENIALS, Tongue, Word};

/// What could stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Expected {
    pub(super) english: &'static str,
    pub(super) japanese: &'static str,
    /// Whether it stands for itself, or tells what kind of thing is meant.
    pub(super) literal: bool,
}

impl Expected {
    pub(super) const fn literal(text: &'static str) -> Self {
        Self { english: text, japanese: text, literal: true }
    }

    /// A word that only Japanese has at such a place.
    pub(super) const fn in_japanese(japanese: &'static str) -> Self {
        Self { english: "", japanese, literal: true }
    }

    const fn of<T>(word: &Word<T>) -> Self {
        Self { english: word.english, japanese: word.japanese, literal: true }
    }

    pub(super) const fn kind(english: &'static str, japanese: &'static str) -> Self {
        Self { english, japanese, literal: false }
    }

    pub(super) const fn said(&self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::English => self.english,
            Tongue::Japanese => self.japanese,
        }
    }
}

/// How many decimals 億 makes whole.
const MOST_DECIMALS: usize = 8;

/// Nothing that was read here is what was expected.
pub(super) struct Stuck;

/// Names of which a salon has its own.
#[derive(Clone, Copy)]
pub(super) enum Names {
    Category,
    Channel,
    Segment,
}

/// What was looked for on the way and where, whether it stood there or not.
#[derive(Default)]
struct Notes {
    words: Vec<(usize, Expected)>,
    names: Vec<(usize, Names)>,
}

pub(super) struct Reader {
    text: Vec<char>,
    at: usize,
    furthest: usize,
    expected: Vec<Expected>,
    notes: Option<Notes>,
    /// Where a text without quotes ended last: what follows without a space is part of it.
    bare: Option<usize>,
}

/// What is further from the end of the line begins nothing that could end there: no word, no name of 255 characters with all of them escaped.
const LONGEST_WORD: usize = 64;
const LONGEST_NAME: usize = 512;

const fn half(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(half) => half,
            None => c,
        },
        '、' => ',',
        '−' | '‐' | '–' => '-',
        '〜' => '~',
        c => c,
    }
}

/// As it is compared: in half width and lower case.
pub(super) fn lowered(text: impl Iterator<Item = char>) -> String {
    text.map(half).flat_map(char::to_lowercase).collect()
}

// What ends a quotation that begins so, and how that is written.
const fn closing(opens: char) -> Option<(&'static [char], &'static str)> {
    match opens {
        '"' | '＂' => Some((&['"', '＂'], "\"")),
        '“' => Some((&['”'], "”")),
        '「' => Some((&['」'], "」")),
        '『' => Some((&['』'], "』")),
        _ => None,
    }
}

// Whether a text without quotes ends before this.
const fn ends_text(c: char) -> bool {
    c.is_whitespace()
        || closing(c).is_some()
        || matches!(half(c), '」' | '』' | '”' | '(' | ')' | ',' | '=' | '<' | '>' | '~' | '!' | '&' | '|')
}

const fn is_ascii_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, furthest: 0, expected: Vec::new(), notes: None, bare: None }
    }

    /// Where the reader stopped for good, in characters from 0, and what could have stood there.
    pub(super) fn stopped(&self) -> (usize, &[Expected]) {
        (self.furthest, &self.expected)
    }

    /// The reader, noting what could stand where the line ends.
    pub(super) fn noting(self) -> Self {
        Self { notes: Some(Notes::default()), ..self }
    }

    /// The words that were looked for near the end of the line, and where.
    pub(super) fn words_tried(&self) -> &[(usize, Expected)] {
        self.notes.as_ref().map_or(&[], |notes| &notes.words)
    }

    /// The same of the salon's own names.
    pub(super) fn names_tried(&self) -> &[(usize, Names)] {
        self.notes.as_ref().map_or(&[], |notes| &notes.names)
    }

    fn near_end(&mut self, within: usize) -> Option<&mut Notes> {
        self.notes.as_mut().filter(|_| self.text.len().saturating_sub(self.at) < within)
    }

    /// Notes that a name may stand here.
    pub(super) fn note(&mut self, names: Names) {
        self.skip();
        let at = self.at;
        if let Some(notes) = self.near_end(LONGEST_NAME) {
            notes.names.push((at, names));
        }
    }

    /// What stands from a place on to the end of the line, in half width and lower case.
    pub(super) fn begun(&self, place: usize) -> String {
        lowered(self.text.get(place..).unwrap_or_default().iter().copied())
    }

    /// Whether a word may stand at the very end, and would not be read as more of what ends there.
    pub(super) fn may_go_on(&self, word: &str) -> bool {
        if self.bare == Some(self.text.len()) {
            return word.starts_with(ends_text);
        }
        let lengthens = |last: &char| is_ascii_word(half(*last)) && !last.is_numeric() && word.starts_with(is_ascii_word);
        !word.is_empty() && !self.text.last().is_some_and(lengthens)
    }

    /// How many characters of a word, two at least, stand at a place already.
    pub(super) fn alike(&self, place: usize, word: &str) -> usize {
        let here = self.text.get(place..).unwrap_or_default().iter();
        let alike = here.zip(word.chars()).take_while(|(one, other)| half(**one).eq_ignore_ascii_case(other)).count();
        if alike > 1 { alike } else { 0 }
    }

    pub(super) const fn place(&self) -> usize {
        self.at
    }

    pub(super) const fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at.saturating_add(ahead)).map(|c| half(*c))
    }

    fn skip(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at = self.at.saturating_add(1);
        }
    }

    /// Notes what could stand here. Only what stopped the reader furthest is told.
    pub(super) fn expect(&mut self, what: Expected) {
        self.skip();
        self.tried(what);
        if self.at > self.furthest {
            self.furthest = self.at;
            self.expected.clear();
        }
        if self.at == self.furthest && !self.expected.contains(&what) {
            self.expected.push(what);
        }
    }

    fn tried(&mut self, what: Expected) {
        let at = self.at;
        if what.literal
            && let Some(notes) = self.near_end(LONGEST_WORD)
        {
            notes.words.push((at, what));
        }
    }

    pub(super) fn stuck<T>(&mut self, what: Expected) -> Result<T, Stuck> {
        self.expect(what);
        Err(Stuck)
    }

    pub(super) fn at_end(&mut self) -> bool {
        self.skip();
        self.at >= self.text.len()
    }

    // How many characters of the text here are this word, looked at in half width and any case.
    fn matches(&self, word: &str) -> Option<usize> {
        let mut ahead = 0_usize;
        for wanted in word.chars() {
            let c = self.peek(ahead)?;
            if !c.eq_ignore_ascii_case(&wanted) {
                return None;
            }
            ahead = ahead.saturating_add(1);
        }
        let last = word.chars().next_back()?;
        // An English word ends where it ends; Japanese is written without spaces.
        if is_ascii_word(last) && self.peek(ahead).is_some_and(is_ascii_word) { None } else { Some(ahead) }
    }

    /// Takes a sign such as `(` or `>=`.
    pub(super) fn sign(&mut self, sign: &'static str) -> bool {
        self.skip();
        match self.matches(sign) {
            Some(length) => {
                self.at = self.at.saturating_add(length);
                true
            }
            None => {
                self.expect(Expected::literal(sign));
                false
            }
        }
    }

    /// The longest of some words that stands here.
    pub(super) fn word<T: Copy>(&mut self, words: &'static [Word<T>]) -> Option<T> {
        self.skip();
        let mut best: Option<(usize, T)> = None;
        for word in words {
            for text in word.texts() {
                if let Some(length) = self.matches(text)
                    && best.is_none_or(|(longest, _)| length > longest)
                {
                    best = Some((length, word.means));
                }
            }
        }
        match best {
            Some((length, means)) => {
                // A longer one may be meant: `reservation` may become `reservations`.
                words.iter().for_each(|word| self.tried(Expected::of(word)));
                self.at = self.at.saturating_add(length);
                Some(means)
            }
            None => {
                words.iter().for_each(|word| self.expect(Expected::of(word)));
                None
            }
        }
    }

    /// Reads over a word if it stands here; it is never missed.
    pub(super) fn over(&mut self, words: &[&str]) -> bool {
        self.skip();
        let length = words.iter().filter_map(|word| self.matches(word)).max();
        self.at = self.at.saturating_add(length.unwrap_or_default());
        length.is_some()
    }

    /// Whether a number, or the sign of one, stands here.
    pub(super) fn begins_number(&mut self) -> bool {
        self.skip();
        self.peek(0).is_some_and(|c| c == '-' || c.is_ascii_digit())
    }

    /// Whether what was read last is a digit.
    pub(super) fn after_digit(&self) -> bool {
        let read = self.text.get(..self.at).unwrap_or_default();
        read.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| half(*c).is_ascii_digit())
    }

    /// Whether a digit stands right here.
    pub(super) fn begins_digit(&self) -> bool {
        self.peek(0).is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether a sign stands here.
    pub(super) fn begins_with(&mut self, sign: char) -> bool {
        self.skip();
        self.peek(0) == Some(sign)
    }

    /// Whether a word stands here.
    pub(super) fn begins<T>(&mut self, word: &Word<T>) -> bool {
        self.skip();
        word.texts().any(|text| self.matches(text).is_some())
    }

    /// How many digits stand here without anything between.
    fn run_of_digits(&self, from: usize) -> usize {
        let mut run = 0_usize;
        while self.peek(from.saturating_add(run)).is_some_and(|c| c.is_ascii_digit()) {
            run = run.saturating_add(1);
        }
        run
    }

    // Whether a comma stands here that only sets three digits apart; 、 never does.
    fn separates(&self) -> bool {
        matches!(self.text.get(self.at), Some(',' | '，')) && self.run_of_digits(1) == 3
    }

    /// Digits, as a number, with or without a comma before every three; none where there are none or too many.
    pub(super) fn digits(&mut self) -> Option<i64> {
        self.skip();
        let mut number: Option<i64> = None;
        let start = self.at;
        let grouped = (1..=3).contains(&self.run_of_digits(0));
        loop {
            if number.is_some() && grouped && self.separates() {
                self.at = self.at.saturating_add(1);
            }
            let Some(digit) = self.peek(0).and_then(|c| c.to_digit(10)) else { break };
            match number.unwrap_or_default().checked_mul(10).and_then(|tens| tens.checked_add(i64::from(digit))) {
                Some(more) => number = Some(more),
                None => {
                    self.at = start;
                    return None;
                }
            }
            self.at = self.at.saturating_add(1);
        }
        number
    }

    /// What stands after a decimal point right here, and the power of ten that it is counted in; a second point makes it a range.
    pub(super) fn decimals(&mut self) -> Option<(i64, i64)> {
        let digits = self.run_of_digits(1);
        if self.peek(0) != Some('.') || !(1..=MOST_DECIMALS).contains(&digits) {
            return None;
        }
        self.at = self.at.saturating_add(1);
        let start = self.at;
        let mut decimals = (0_i64, 1_i64);
        while self.at < start.saturating_add(digits) {
            let digit = self.peek(0).and_then(|c| c.to_digit(10)).map_or(0, i64::from);
            decimals = (decimals.0.saturating_mul(10).saturating_add(digit), decimals.1.saturating_mul(10));
            self.at = self.at.saturating_add(1);
        }
        Some(decimals)
    }

    /// A day with its year, `2026-11-21`, `2026/1/5` or `2026年1月5日`, as `yyyy-mm-dd`; read only if it is there as a whole.
    pub(super) fn date_text(&mut self) -> Option<String> {
        self.skip();
        let mut ahead = 0_usize;
        let mut part = |most: usize| {
            let digits = self.run_of_digits(ahead);
            let text: String = (0..digits).filter_map(|place| self.peek(ahead.saturating_add(place))).collect();
            ahead = ahead.saturating_add(digits);
            let sign = self.peek(ahead);
            ahead = ahead.saturating_add(1);
            ((1..=most).contains(&digits)).then_some((text, digits, sign))
        };
        let (year, _, after_year) = part(4).filter(|(_, digits, _)| *digits == 4)?;
        let (month, _, after_month) = part(2)?;
        let (day, _, after_day) = part(2)?;
        match (after_year?, after_month?, after_day) {
            ('-', '-', _) | ('/', '/', _) => ahead = ahead.saturating_sub(1),
            ('年', '月', Some('日')) => {}
            _ => return None,
        }
        self.at = self.at.saturating_add(ahead);
        Some(format!("{year}-{month:0>2}-{day:0>2}"))
    }

    /// The text that stands before a mark: in quotes, or bare and as far as the mark if it comes.
    pub(super) fn text_before(&mut self, mark: &'static str) -> Option<String> {
        self.skip();
        let start = self.at;
        if self.text.get(start).is_some_and(|opens| closing(*opens).is_some()) {
            return self.text();
        }
        let mut text = String::new();
        while let Some(c) = self.text.get(self.at).copied() {
            if ends_text(c) || self.matches(mark).is_some() {
                break;
            }
            text.push(c);
            self.at = self.at.saturating_add(1);
        }
        (!text.is_empty()).then_some(text)
    }

    /// A text: in quotes, where `\` takes the next character as it is, or bare up to a space, a sign or what denies it.
    pub(super) fn text(&mut self) -> Option<String> {
        self.skip();
        let start = self.at;
        let mut text = String::new();
        if let Some((closes, written)) = self.text.get(self.at).and_then(|opens| closing(*opens)) {
            self.at = self.at.saturating_add(1);
            let mut escaped = false;
            while let Some(c) = self.text.get(self.at).copied() {
                self.at = self.at.saturating_add(1);
                match c {
                    '\\' if !escaped => escaped = true,
                    c if !escaped && closes.contains(&c) => return Some(text),
                    c => {
                        text.push(c);
                        escaped = false;
                    }
                }
            }
            // Never closed: the end of the line is where something is missing.
            if !text.is_empty() && !escaped {
                self.expect(Expected::literal(written));
            }
            self.at = start;
            return None;
        }
        while let Some(c) = self.text.get(self.at).copied() {
            if ends_text(c) {
                break;
            }
            text.push(c);
            self.at = self.at.saturating_add(1);
        }
        self.bare = (!text.is_empty()).then_some(self.at);
        // 紹介以外 without quotes: what denies is no part of a name.
        for denial in DENIALS {
            if let Some(name) = text.strip_suffix(denial).filter(|name| !name.is_empty()) {
                self.at = start.saturating_add(name.chars().count());
                return Some(name.to_owned());
            }
        }
        if text.is_empty() { None } else { Some(text) }
    }
}
