//! Where in a JSON text a value of the wrong shape stands: serde says the line and the column at which it stopped, and nobody counts those.

use core::ops::Range;

/// No value that is read lies deeper than serde_json goes; what does is skipped text, whose places are nobody's.
const DEPTH: usize = 128;

/// A step from a value to one within it.
#[derive(Clone)]
enum Step {
    /// A field of an object, once its value has begun; where its name stands.
    Field(Option<Range<usize>>),
    /// A place in an array, from 0.
    Place(u32),
}

/// Where a reader stopped.
pub(super) struct Place<'t> {
    /// The path of the value, such as `lines[0].price`; empty where that is the whole text.
    pub(super) path: String,
    // All that was read.
    read: &'t str,
}

/// What tells the kinds of a value apart: such a value is read whole before it is understood.
const TAG: &str = "type";

impl Place<'_> {
    /// Whether it is this value that lacks a field. Where a value within it ended too, that one may, if it is of a kind.
    pub(super) fn lacks(&self, field: &str) -> bool {
        let Some(before) = self.read.strip_suffix('}') else { return false };
        !before.trim_end().ends_with(['}', ']']) || !(field == TAG || before.contains("\"type\""))
    }
}

/// Where a reader stopped. Only for texts that are JSON so far and of the wrong shape: the names on the way are then such as the reader knew, and not
/// anybody's.
pub(super) fn of(text: &str, line: usize, column: usize) -> Place<'_> {
    let lines: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let read = text.get(..lines.saturating_add(column)).unwrap_or(text).trim_end();
    let (mut path, mut steps) = (String::new(), steps(read.as_bytes()));
    // What is wrong may be the value after the comma, or the one before it where that was read whole before it was looked at: then both are within this.
    if read.ends_with(',') {
        steps.pop();
    }
    for step in steps {
        match step {
            Step::Field(Some(name)) => {
                let name = read.get(name).unwrap_or_default();
                // A name may be written with escapes; then what holds it is named.
                if name.contains('\\') {
                    break;
                }
                path.extend([if path.is_empty() { "" } else { "." }, name]);
            }
            Step::Field(None) => {}
            Step::Place(place) => path.extend(["[", &place.to_string(), "]"]),
        }
    }
    Place { path, read }
}

// The steps to where the text ends.
fn steps(read: &[u8]) -> Vec<Step> {
    let (mut steps, mut skipped, mut name, mut at) = (Vec::new(), 0_usize, 0..0, 0_usize);
    while let Some(byte) = read.get(at) {
        at = at.saturating_add(1);
        match byte {
            b'"' => {
                name = at..end_of_string(read, at);
                at = name.end.saturating_add(1);
            }
            b'{' | b'[' if steps.len() == DEPTH => skipped = skipped.saturating_add(1),
            b'{' => steps.push(Step::Field(None)),
            b'[' => steps.push(Step::Place(0)),
            b'}' | b']' if skipped > 0 => skipped = skipped.saturating_sub(1),
            b'}' | b']' => drop(steps.pop()),
            b':' | b',' if skipped == 0 => turn(steps.last_mut(), (*byte == b':').then(|| name.clone())),
            _ => {}
        }
    }
    steps
}

// A colon gives a field its name, a comma ends what stood before it.
fn turn(step: Option<&mut Step>, name: Option<Range<usize>>) {
    match step {
        Some(Step::Field(field)) => *field = name,
        Some(Step::Place(place)) => *place = place.saturating_add(1),
        None => {}
    }
}

// Where the quote stands that ends the string.
fn end_of_string(read: &[u8], from: usize) -> usize {
    let mut escaped = false;
    let ends = |byte: &u8| {
        let (quote, begins) = (*byte == b'"' && !escaped, *byte == b'\\' && !escaped);
        escaped = begins;
        quote
    };
    let rest = read.get(from..).unwrap_or_default();
    from.saturating_add(rest.iter().position(ends).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The path of what ends at the mark.
    fn at(text: &str) -> String {
        let (before, after) = text.split_once('▲').unwrap();
        let (line, column) = (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().len());
        of(&[before, after].concat(), line, column).path
    }

    #[test]
    fn a_path_is_of_the_value_that_ends_or_begins_here() {
        for (text, path) in [
            ("7▲", ""),
            ("{▲}", ""),
            (r#"{"a"▲: 1}"#, ""),
            (r#"{"a": 1▲, "b": 2}"#, "a"),
            (r#"{"a": ▲[1], "b": 2}"#, "a"),
            (r#"{"a": [1, 2▲], "b": 2}"#, "a[1]"),
            (r#"{"a": [], "b": {"c": [1, {"d": "x"▲}]}}"#, "b.c[1].d"),
            (r#"{"a": [], "b": {"c": [1, {"d": "x"}▲]}}"#, "b.c[1]"),
            (r#"{"a": [[1], [2, 3▲]]}"#, "a[1][1]"),
            (r#"{"a": [▲{"b": 1}]}"#, "a[0]"),
            (r#"{"a": [{"b": 1}, ▲{"b": 2}]}"#, "a"),
            ("{\n \"姓\": \"山\",\n \"a\":\n [\"山\",\n 5▲]}", "a[1]"),
            (r#"{"a": "{[,:\"\\", "b": "\\"▲}"#, "b"),
            (r#"{"a": [{"\u0062": {"c": 1▲}}]}"#, "a[0]"),
        ] {
            assert_eq!(at(text), path, "{text}");
        }
    }

    #[test]
    fn a_value_lacks_a_field_where_none_within_it_can() {
        for (text, lacks) in [
            ("{}", true),
            (r#"{"a": 1}"#, true),
            (r#"{"a": {"b": 1} }"#, true),
            (r#"{"a": [{"type": "b"}], "c": 1}"#, true),
            (r#"{"a": {"type": "b"}}"#, false),
            (r#"{"a": [{"type": "b"}] }"#, false),
            (r#"[{"type": "b"}]"#, false),
        ] {
            assert_eq!(of(text, 1, text.len()).lacks("x"), lacks, "{text}");
        }
        assert!(of("{}", 1, 2).lacks(TAG) && !of(r#"{"a": {}}"#, 1, 9).lacks(TAG));
    }

    #[test]
    fn whatever_the_text_and_the_place_there_is_a_path() {
        let deep = ["[".repeat(300), "{\"a\":".repeat(300), "]".repeat(700)].concat();
        for text in ["", "]}]}", "\"\\", "{\"山", ",,::", "\\\"", "\n\n", &deep] {
            for (line, column) in [(0, 0), (1, 1), (1, 2), (1, 3), (2, 0), (3, 900), (1, 1_200), (usize::MAX, usize::MAX)] {
                assert!(of(text, line, column).path.len() < 1_000);
            }
        }
    }

    #[test]
    fn what_lies_too_deep_to_be_read_is_passed_over() {
        let text = ["{\"a\": ", &"[".repeat(200), "{\"b\": 1, \"c\": 2}", &"]".repeat(200), ", \"d\": 3▲}"].concat();
        assert_eq!(at(&text), "d");
    }
}
