//! The keys beside what Unicode and ICU say: needs Debian's `unicode-data`, `bzip2` and `icu-devtools`, so `cargo test` alone leaves it out and
//! `cargo xtask test` runs it (feature `unicode-tools`).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking"
)]

#[path = "names/dice.rs"]
mod dice;

#[cfg(test)]
mod unicode {
    use std::collections::BTreeSet;
    use std::io::Write;
    use std::process::{Command, Stdio};

    use daicho::text::characters::{is_dash, is_ignorable, is_white_space};
    use daicho::text::{WidthMode, merge_key, search_key, to_full_width_katakana};
    use unicode_normalization::{UNICODE_VERSION, UnicodeNormalization};

    use super::dice::Dice;

    const FOLDER: &str = "/usr/share/unicode";

    /// A file of the Unicode character database, as Debian lays it down.
    fn unicode_data(name: &str) -> String {
        let plain = format!("{FOLDER}/{name}");
        if let Ok(text) = std::fs::read_to_string(&plain) {
            return text;
        }
        let packed = format!("{plain}.bz2");
        let output = Command::new("bzip2").args(["--decompress", "--stdout", &packed]).output();
        let output = output.unwrap_or_else(|error| panic!("bzip2: {error}: `cargo xtask setup` installs it"));
        assert!(output.status.success(), "neither {plain} nor {packed}: `cargo xtask setup` installs Debian's unicode-data");
        String::from_utf8(output.stdout).unwrap()
    }

    fn scalars(field: &str) -> String {
        field.split_whitespace().map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()).collect()
    }

    fn numbers(text: &str) -> Vec<u8> {
        text.split('.').map(|part| part.parse().unwrap()).collect()
    }

    /// The scalars to which a file of properties gives a value that is asked for.
    fn having(file: &str, asked: impl Fn(&str) -> bool) -> BTreeSet<char> {
        let mut having = BTreeSet::new();
        for line in unicode_data(file).lines() {
            let Some((range, value)) = line.split('#').next().unwrap_or_default().split_once(';') else { continue };
            if asked(value.trim()) {
                let (first, last) = range.trim().split_once("..").unwrap_or((range.trim(), range.trim()));
                let [first, last] = [first, last].map(|code| u32::from_str_radix(code, 16).unwrap());
                having.extend((first..=last).filter_map(char::from_u32));
            }
        }
        having
    }

    #[test]
    fn m1_c4_spaces_ignorables_and_dashes_are_those_of_unicode() {
        let spaces = having("PropList.txt", |value| value == "White_Space");
        let ignorable = having("DerivedCoreProperties.txt", |value| value == "Default_Ignorable_Code_Point");
        let dashes = having("extracted/DerivedGeneralCategory.txt", |value| value == "Pd");
        assert_eq!((spaces.len(), ignorable.len(), dashes.len() >= 25), (25, 4_174, true));
        for c in '\0'..=char::MAX {
            assert_eq!(is_white_space(c), spaces.contains(&c), "{c:?}");
            assert_eq!(is_ignorable(c), ignorable.contains(&c), "{c:?}");
            assert!(is_dash(c) || !dashes.contains(&c), "{c:?}");
        }
    }

    #[test]
    fn m1_s2_every_line_of_unicodes_normalization_test_holds_and_has_one_key() {
        let text = unicode_data("NormalizationTest.txt");
        let version = numbers(text.lines().next().unwrap().trim_start_matches("# NormalizationTest-").trim_end_matches(".txt"));
        // What is normalised once stays so in every later version: the test of an older one holds, that of a newer one need not.
        let (major, minor, update) = UNICODE_VERSION;
        assert!(
            version.as_slice() <= [major, minor, update].as_slice(),
            "the test is of {version:?}, the normaliser of {UNICODE_VERSION:?}"
        );
        let strict = |text: &str| merge_key(text, "", WidthMode::SpacesOnly);
        let (mut lines, mut part, mut single) = (0, String::new(), BTreeSet::new());
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('@') {
                part = line.split_whitespace().next().unwrap().to_owned();
                continue;
            }
            let fields: Vec<String> = line.split(';').take(5).map(scalars).collect();
            let [source, nfc, nfd, nfkc, nfkd] = fields.as_slice() else { panic!("{line}") };
            for canonical in [source, nfc, nfd] {
                assert!(canonical.chars().nfc().eq(nfc.chars()) && canonical.chars().nfd().eq(nfd.chars()), "{line}");
                assert_eq!(strict(canonical), strict(source), "{line}");
                assert_eq!(merge_key(canonical, "", WidthMode::Fold), merge_key(source, "", WidthMode::Fold), "{line}");
            }
            for compatible in [nfkc, nfkd] {
                assert!(compatible.chars().nfc().eq(nfkc.chars()) && compatible.chars().nfd().eq(nfkd.chars()), "{line}");
            }
            for any in &fields {
                assert!(any.chars().nfkc().eq(nfkc.chars()) && any.chars().nfkd().eq(nfkd.chars()), "{line}");
                assert_eq!(search_key(any), search_key(source), "{line}");
            }
            if part == "@Part1" {
                single.extend(source.chars());
            }
            lines += 1;
        }
        // Part 1 names every character that any form changes: all others are their own forms.
        let mut unchanged = 0;
        for c in having("DerivedAge.txt", |age| numbers(age).as_slice() <= version.as_slice()).into_iter().filter(|c| !single.contains(c)) {
            assert!(stays(c), "{c:?}");
            unchanged += 1;
        }
        eprintln!("NormalizationTest {version:?}: {lines} lines, {unchanged} characters that stay");
        assert!(lines >= 19_074, "{lines} lines");
    }

    /// Whether no normalisation changes `c`.
    fn stays(c: char) -> bool {
        let one = || std::iter::once(c);
        one().nfc().eq([c]) && one().nfd().eq([c]) && one().nfkc().eq([c]) && one().nfkd().eq([c])
    }

    /// What `uconv` makes of each line.
    fn icu(lines: &[String], rules: &str) -> Vec<String> {
        let start =
            Command::new("uconv").args(["-f", "UTF-8", "-t", "UTF-8", "-x", rules]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = start.unwrap_or_else(|error| panic!("uconv: {error}: `cargo xtask setup` installs Debian's icu-devtools"));
        let mut input = child.stdin.take().unwrap();
        let text = lines.join("\n") + "\n";
        let writing = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap().unwrap();
        assert!(output.status.success(), "uconv ended with {}", output.status);
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn c3_s2_kana_are_folded_as_icu_does() {
        let count = std::env::var("DAICHO_KANA").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
        // ICU leaves ゕ and ゖ alone, which C3 takes like any other hiragana.
        let hiragana: Vec<char> = ('ぁ'..='ゔ').chain(['ゝ', 'ゞ']).collect();
        let katakana: Vec<char> = ('ァ'..='ヺ').chain(['ー', '・', 'ヽ', 'ヾ']).collect();
        let narrow: Vec<char> = ('ｦ'..='ﾝ').chain(['･']).collect();
        let voiced: Vec<char> =
            "かきくけこさしすせそたちつてとはひふへほうカキクケコサシスセソタチツテトハヒフヘホウワｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳﾜ"
                .chars()
                .collect();
        let half: Vec<char> = "はひふへほハヒフヘホﾊﾋﾌﾍﾎ".chars().collect();
        let mut dice = Dice(3);
        let written: Vec<String> = (0..count)
            .map(|_| {
                let mut text = String::new();
                for _ in 0..=dice.below(10) {
                    match dice.below(10) {
                        0..3 => text.push(dice.pick(&hiragana)),
                        3..5 => text.push(dice.pick(&katakana)),
                        5..7 => text.push(dice.pick(&narrow)),
                        7..9 => text.extend([dice.pick(&voiced), dice.pick(&['ﾞ', '\u{3099}'])]),
                        _ => text.extend([dice.pick(&half), dice.pick(&['ﾟ', '\u{309a}'])]),
                    }
                }
                text
            })
            .collect();
        let theirs = icu(&written, "Halfwidth-Fullwidth; Hiragana-Katakana");
        assert_eq!(theirs.len(), written.len());
        let mut different = 0;
        for (text, theirs) in written.iter().zip(&theirs) {
            // uconv does not always join a mark to its letter.
            let theirs: String = theirs.nfc().collect();
            let stored = to_full_width_katakana("kana", text).unwrap_or_else(|error| panic!("{text}: {error}"));
            if stored != theirs || search_key(text) != search_key(&theirs) || search_key(text) != theirs {
                different += 1;
                eprintln!("{text}: {stored} here, {theirs} by ICU");
            }
        }
        eprintln!("ICU: {} strings of kana, {different} folded otherwise", written.len());
        assert_eq!(different, 0);
    }
}
