//! `cargo xtask fuzz [target …] [--seconds 60]`: parsers beside what a machine that watches their branches can think of.
//!
//! libFuzzer by itself, without cargo-fuzz and its nightly compiler: what it needs to see (which branches were taken, what was compared with
//! what) stable rustc puts in when LLVM is asked to.

use std::path::Path;

use anyhow::{Context, bail};

use crate::run::{program, read, run as run_program, say};
use crate::workspace::Workspace;

/// Counters of branches, where they stand, and the values compared.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let folder = workspace.root().join("fuzz");
    let known = targets(&folder)?;
    let (mut chosen, mut seconds) = (Vec::new(), 60_u32);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--seconds" {
            seconds = arguments.next().and_then(|text| text.parse().ok()).context("--seconds needs a number")?;
        } else if known.contains(argument) {
            chosen.push(argument.clone());
        } else {
            bail!("`{argument}` is no target: there are {}", known.join(", "));
        }
    }
    if chosen.is_empty() {
        chosen = known;
    }
    // Naming the machine keeps build scripts, which run here and now, free of what is put in.
    let machine = read(&mut program("rustc", &["--print", "host-tuple"], &folder))?.trim().to_owned();
    let target = workspace.target().join("fuzz");
    let mut build = program("cargo", &["build", "--release", "--target", &machine], &folder);
    run_program(build.env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", INSTRUMENTED))?;
    let mut failed = Vec::new();
    for name in &chosen {
        say(&format!("== {name}: {seconds} seconds"));
        if let Err(error) = fuzz(&folder, &target.join(&machine).join("release").join(name), name, seconds) {
            say(&format!("{error:#}"));
            failed.push(name.as_str());
        }
    }
    if !failed.is_empty() {
        bail!(
            "found something in {}: what it was stands in fuzz/artifacts, and runs again as an argument of the program",
            failed.join(", ")
        );
    }
    Ok(())
}

/// What stands in `fuzz_targets/`, by name.
fn targets(folder: &Path) -> anyhow::Result<Vec<String>> {
    let place = folder.join("fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&place).with_context(|| place.display().to_string())? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Runs one program; what it found worth keeping lies in `corpus/`, which is not committed, beside the seeds, which are.
fn fuzz(folder: &Path, built: &Path, name: &str, seconds: u32) -> anyhow::Result<()> {
    let (corpus, artifacts) = (format!("corpus/{name}"), format!("artifacts/{name}/"));
    for place in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder.join(place))?;
    }
    let seeds = format!("seeds/{name}");
    let mut fuzzer = program(&built.display().to_string(), &[&corpus], folder);
    if folder.join(&seeds).is_dir() {
        fuzzer.arg(&seeds);
    }
    let options = [
        format!("-max_total_time={seconds}"),
        format!("-artifact_prefix={artifacts}"),
        // What takes so long for one input is a finding too.
        "-timeout=20".to_owned(),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
    ];
    run_program(fuzzer.args(options))
}
