//! `core/src/text/variants/table.rs`, made from the lists in `core/kanji/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

/// A character and another: of a list of forms the form of keys and its variant.
pub(super) type Pair = (char, char);

pub(super) fn place(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

/// The lines of a list: two characters, and what stands behind them.
pub(super) fn list(name: &str) -> Vec<(Pair, String)> {
    let path = place("core/kanji").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let mut character = || {
                let mut letters = words.next().unwrap_or_default().chars();
                let first = letters.next().filter(|_| letters.next().is_none());
                first.unwrap_or_else(|| panic!("{name}: `{line}` does not begin with two characters"))
            };
            let pair = (character(), character());
            (pair, words.next().unwrap_or_default().trim().to_owned())
        })
        .collect()
}

/// Variant to form, of all three lists of forms.
pub(super) fn forms() -> BTreeMap<char, char> {
    let mut forms = BTreeMap::new();
    for name in ["joyo.txt", "jinmei.txt", "forms.txt"] {
        for ((form, variant), _) in list(name) {
            for c in [form, variant] {
                assert!(std::iter::once(c).nfkc().eq([c]), "{name}: NFKC changes {c} before the table is asked");
            }
            assert!(forms.insert(variant, form).is_none(), "{name}: {variant} stands in two lines");
        }
    }
    for (variant, form) in &forms {
        assert!(!forms.contains_key(form), "{variant} becomes {form}, which is a variant itself");
    }
    forms
}

/// Those of apart.txt that are taken for each other.
pub(super) fn confused() -> Vec<Pair> {
    list("apart.txt").into_iter().filter(|(_, why)| why.starts_with("confused")).map(|(pair, _)| pair).collect()
}

/// The file as it has to be.
pub(super) fn table() -> String {
    let mut page = String::from(
        "//! Made from the lists in `core/kanji/`, which say where each pair is from; see the README there.\n\n\
         /// Variant to the form that keys are written in, by code point of the variant.\n#[rustfmt::skip]\npub const VARIANTS: &[(char, char)] = &[\n",
    );
    for (variant, form) in forms() {
        writeln!(page, "    ('{variant}', '{form}'), // U+{:04X}", u32::from(variant)).unwrap();
    }
    page.push_str(
        "];\n\n/// Characters that are different, yet taken for each other at the counter. Nobody stands in two pairs, so that folding\n\
         /// them ([`confused_name_key`](crate::text::evidence::confused_name_key)) never takes a second step.\n#[rustfmt::skip]\n\
         pub const CONFUSED: &[(char, char)] = &[\n",
    );
    for (first, second) in confused() {
        writeln!(page, "    ('{first}', '{second}'),").unwrap();
    }
    page.push_str("];\n");
    page
}
