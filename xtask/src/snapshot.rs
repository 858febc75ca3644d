//! `cargo xtask snapshot`: the public faces, generated from the code and committed, so that a change of one is seen in review.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::bail;

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
        let text =
            |side: Option<&String>| -> Vec<String> { side.map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default() };
        for line in changed_lines(&text(before), &text(after)) {
            say(&line);
        }
    }
}

/// The lines that are only on one side, in order: the longest common subsequence stays unsaid.
fn changed_lines(before: &[String], after: &[String]) -> Vec<String> {
    // What both begin and end with is not compared line against line: files of thousands of lines differ in a few.
    let same = |pair: &(&String, &String)| pair.0 == pair.1;
    let head = before.iter().zip(after).take_while(same).count();
    let (before, after) = (before.get(head..).unwrap_or_default(), after.get(head..).unwrap_or_default());
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let kept = |lines: usize| ..lines.saturating_sub(tail);
    let (before, after) = (before.get(kept(before.len())).unwrap_or_default(), after.get(kept(after.len())).unwrap_or_default());
    // lengths[i][j]: length of the common subsequence of before[i..] and after[j..].
    let mut lengths = vec![vec![0_u32; after.len().saturating_add(1)]];
    for old in before.iter().rev() {
        let mut row = vec![0];
        let below = lengths.last().cloned().unwrap_or_default();
        for (new, pair) in after.iter().zip(below.windows(2)).rev() {
            let (diagonal, down) = (pair.last().copied().unwrap_or(0), pair.first().copied().unwrap_or(0));
            let right = row.last().copied().unwrap_or(0);
            row.push(if old == new { diagonal.saturating_add(1) } else { down.max(right) });
        }
        row.reverse();
        lengths.push(row);
    }
    lengths.reverse();
    let length = |i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j, mut lines) = (0_usize, 0_usize, Vec::new());
    loop {
        match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) if old == new => (i, j) = (i.saturating_add(1), j.saturating_add(1)),
            (Some(old), new) if new.is_none() || length(i.saturating_add(1), j) >= length(i, j.saturating_add(1)) => {
                lines.push(format!("-{old}"));
                i = i.saturating_add(1);
            }
            (_, Some(new)) => {
                lines.push(format!("+{new}"));
                j = j.saturating_add(1);
            }
            _ => return lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn only_lines_of_one_side_are_shown() {
        assert_eq!(changed_lines(&lines("a b c d"), &lines("a x c d e")), ["-b", "+x", "+e"]);
        assert_eq!(changed_lines(&lines(""), &lines("a")), ["+a"]);
        assert_eq!(changed_lines(&lines("a b"), &lines("")), ["-a", "-b"]);
        assert!(changed_lines(&lines("a b"), &lines("a b")).is_empty());
        assert_eq!(changed_lines(&lines("a a"), &lines("a")), ["-a"]);
        assert_eq!(changed_lines(&lines("a b a"), &lines("a")), ["-b", "-a"]);
    }

    #[test]
    fn the_raw_exports_are_left_out() {
        let text = "a\nexport interface InitOutput {\n  x: y;\n}\nb\n";
        assert_eq!(without_raw_exports(text), "a\nb\n");
    }
}
