//! `cargo xtask test`: everything, with what it needs installed first. README's test command.

use anyhow::bail;

use crate::run::{program, run as run_program, say};
use crate::workspace::Workspace;
use crate::{setup, snapshot, test_wasm, uniffi_test};

/// The long searches, at the counts of a full run. A larger figure in the environment wins.
const COUNTS: &[(&str, &str, &str)] = &[
    ("DAICHO_KILLS", "200", "processes killed in the middle of their work"),
    ("DAICHO_MUTATIONS", "1000", "damaged workbooks"),
    ("DAICHO_HISTORIES", "1000", "random histories beside the reference model"),
    ("DAICHO_SALONS", "60", "times three salons on one store"),
    ("DAICHO_CONDITIONS", "10000", "random conditions beside the oracle"),
];

type Stage = (&'static str, fn(&Workspace) -> anyhow::Result<()>);

const STAGES: &[Stage] = &[
    ("Rust: rules, stores, sheets, crashes, vectors", cargo_test),
    ("Rust: keys beside Unicode's test and ICU", |workspace| {
        let test = ["test", "--package", "daicho-tests", "--features", "unicode-tools", "--test", "unicode"];
        run_program(&mut program("cargo", &test, workspace.root()))
    }),
    ("Rust: encrypted files", |workspace| {
        let test = ["test", "--package", "daicho-sqlite", "--features", "sqlcipher"];
        run_program(&mut program("cargo", &test, workspace.root()))
    }),
    ("Rust: the browser module's engine, xtask itself", |workspace| {
        run_program(&mut program("cargo", &["test", "--package", "daicho-wasm", "--package", "xtask"], workspace.root()))
    }),
    ("TypeScript: Node, Chromium, types, package", |workspace| test_wasm::run(workspace, &[])),
    ("Kotlin and Python", |workspace| uniffi_test::run(workspace, &[])),
    ("public faces as committed", |workspace| snapshot::run(workspace, &["--check".to_owned()])),
];

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = arguments.first() {
        bail!("`{unknown}` is no option: there is none");
    }
    setup::run(workspace, &[])?;
    // A stage that fails does not hide the others.
    let mut failed = Vec::new();
    for (name, stage) in STAGES {
        say(&format!("== {name}"));
        if let Err(error) = stage(workspace) {
            say(&format!("{name}: {error:#}"));
            failed.push(*name);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join("; "));
    }
    say("== all stages passed");
    Ok(())
}

fn cargo_test(workspace: &Workspace) -> anyhow::Result<()> {
    let mut command = program("cargo", &["test", "--no-fail-fast"], workspace.root());
    // The types whose texts are looked for are those of the declarations.
    command.env("DAICHO_FACES", "1");
    for (name, count, what) in COUNTS {
        let count = std::env::var(name).unwrap_or_else(|_| (*count).to_owned());
        say(&format!("{name}={count}: {what}"));
        command.env(name, count);
    }
    run_program(&mut command)
}
