//! `cargo xtask snapshot`: the public faces, generated from the code and committed, so that a change of one is seen in review.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::bail;
use similar::{ChangeTag, TextDiff};

use crate::run::say;
use crate::workspace::Workspace;
use crate::{files, uniffi, wasm};

/// Generated files by their path below the snapshot's directory.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// One face: where its snapshot is committed and how it is generated.
struct Face {
    /// What the command line calls it.
    option: &'static str,
    name: &'static str,
    committed: &'static str,
    wanted: fn(&str) -> bool,
    generate: fn(&Workspace) -> anyhow::Result<Files>,
}

const FACES: &[Face] = &[
    Face { option: "--wasm", name: "browser", committed: "bindings-wasm/api", wanted: is_declaration, generate: browser },
    Face {
        option: "--uniffi",
        name: "Kotlin, Swift and Python",
        committed: "bindings-uniffi/api",
        wanted: uniffi::is_generated,
        generate: uniffi::face,
    },
];

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let known = |option: &String| option == "--check" || FACES.iter().any(|f| f.option == option);
    if let Some(unknown) = arguments.iter().find(|option| !known(option)) {
        let faces: Vec<&str> = FACES.iter().map(|face| face.option).collect();
        let faces = faces.join(", ");
        bail!("`{unknown}` is no option: there are --check and, to name the faces, {faces}");
    }
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    let (check, all) = (asked("--check"), !FACES.iter().any(|face| asked(face.option)));
    let mut changed = false;
    for face in FACES.iter().filter(|face| all || asked(face.option)) {
        let fresh = (face.generate)(workspace)?;
        let directory = workspace.root().join(face.committed);
        let old = files::below(&directory, face.wanted)?;
        if old == fresh {
            say(&format!("{}: the snapshot in {} is up to date", face.name, face.committed));
            continue;
        }
        changed = true;
        differences(face, &old, &fresh);
        if !check {
            files::clear(&directory)?;
            for (path, text) in &fresh {
                files::write(&directory.join(path), text)?;
            }
            say(&format!("{}: the snapshot in {} is written anew", face.name, face.committed));
        }
    }
    if check && changed {
        bail!("a public face differs from its snapshot: if that is meant, run `cargo xtask snapshot` and commit the result");
    }
    Ok(())
}

fn is_declaration(name: &str) -> bool {
    name.ends_with(".d.ts")
}

fn browser(workspace: &Workspace) -> anyhow::Result<Files> {
    wasm::build(workspace)?;
    let files = files::below(&workspace.npm().join("dist"), is_declaration)?;
    // The raw exports of the module are the glue's affair, and their names differ from compiler to compiler.
    let files = files.into_iter().filter(|(path, _)| !path.to_string_lossy().ends_with(".wasm.d.ts"));
    Ok(files.map(|(path, text)| (path, without_raw_exports(&text))).collect())
}

fn without_raw_exports(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.lines() {
        inside |= line.starts_with("export interface InitOutput");
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= line != "}";
    }
    kept
}

/// Prints what changed, line by line.
fn differences(face: &Face, old: &Files, fresh: &Files) {
    let paths: BTreeSet<_> = old.keys().chain(fresh.keys()).collect();
    for path in paths {
        let (before, after) = (old.get(path), fresh.get(path));
        if before == after {
            continue;
        }
        say(&format!("--- {}/{}", face.committed, path.display()));
        say(&format!("+++ generated {}", path.display()));
        for line in changed_lines(before.map_or("", String::as_str), after.map_or("", String::as_str)) {
            say(&line);
        }
    }
}

/// The lines that are only on one side, in order.
fn changed_lines(before: &str, after: &str) -> Vec<String> {
    let difference = TextDiff::from_lines(before, after);
    let changes = difference.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    changes.map(|change| format!("{}{}", change.tag(), change.value().trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_one_side_are_shown() {
        assert_eq!(changed_lines("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n"), ["-b", "+x", "+e"]);
        assert_eq!(changed_lines("", "a"), ["+a"]);
        assert_eq!(changed_lines("a\nb\n", ""), ["-a", "-b"]);
        assert!(changed_lines("a\nb\n", "a\nb\n").is_empty());
        assert_eq!(changed_lines("a\na\n", "a\n"), ["-a"]);
    }

    #[test]
    fn the_raw_exports_are_left_out() {
        let text = "a\nexport interface InitOutput {\n  x: y;\n}\nb\n";
        assert_eq!(without_raw_exports(text), "a\nb\n");
    }
}
