//! Who may use whom inside core: a module uses only what stands on a lower floor (ARCHITECTURE.md).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, in the functions its tests share too"
)]
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From the bottom up. Modules of one floor may not use each other, except where a pair says so.
const FLOORS: &[&[&str]] = &[
    &["text", "encode"],
    &["time", "money", "id", "error"],
    &["record"],
    &["identity"],
    &["log"],
    &["store"],
    &["search"],
    &["customer", "lists", "duplicate", "segment"],
    &["ticket", "points", "figures"],
    &["salon", "booking", "visit", "import", "merge"],
    &["sale", "withdrawal", "export"],
    &["ledger"],
    // It runs real commands over a store, from the top of the house.
    &["conformance"],
];

/// Neighbours on one floor: the ground floor is one room with four corners; what is done to a customer builds on finding one.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("time", "error"),
    ("money", "error"),
    ("id", "error"),
    ("error", "id"),
    ("error", "money"),
    ("error", "time"),
    ("time", "id"),
    ("lists", "customer"),
    ("duplicate", "customer"),
    ("segment", "customer"),
    ("figures", "points"),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules of core that a file names, comments and its own tests left out.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in lines.match_indices("crate::") {
        // `$crate::` stands in macros and means what the caller may use.
        if lines[..at].ends_with('$') {
            continue;
        }
        let rest = &lines[at + "crate::".len()..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        // A macro, or a type of the root inside one.
        if !name.is_empty() && !rest[name.len()..].starts_with('!') {
            found.insert(name);
        }
    }
    found
}

fn module_of(relative: &Path) -> String {
    relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn no_arrow_runs_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for file in files {
        let relative = file.strip_prefix(&root).unwrap();
        let conformance = relative.starts_with("store/conformance");
        let own = if conformance { "conformance".to_owned() } else { module_of(relative) };
        let Some(height) = floor(&own) else {
            assert!(matches!(own.as_str(), "lib" | "wire"), "{own}: this module stands on no floor; give it one");
            continue;
        };
        for other in used(&std::fs::read_to_string(&file).unwrap()).into_iter().filter(|other| *other != own) {
            arrows += 1;
            let neighbours = NEIGHBOURS.contains(&(own.as_str(), other.as_str()));
            match floor(&other) {
                Some(below) if below < height || neighbours => {}
                Some(_) => wrong.push(format!("{} uses {other}, which does not stand below it", relative.display())),
                None => wrong.push(format!("{} uses {other}, which stands on no floor", relative.display())),
            }
        }
    }
    assert!(arrows > 50, "only {arrows} uses were seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn t1_nothing_in_core_reads_a_clock_or_draws_a_random_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["SystemTime", "std::time", "Utc::now", "Local::now", "Instant::now", "thread::", "getrandom", "rand::"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}
