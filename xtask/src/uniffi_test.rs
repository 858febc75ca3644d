//! `cargo xtask test-uniffi`: the Kotlin package on the JVM and the Python wheel in CPython.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::files;
use crate::run::{program, read, say, which};
use crate::uniffi::{self, sources, staged};
use crate::workspace::Workspace;

/// A language's tests: its name and what runs them.
type Runtime = (&'static str, fn(&Workspace) -> anyhow::Result<Counts>);

const RUNTIMES: &[Runtime] = &[("kotlin", kotlin), ("python", python)];

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let wanted = match arguments {
        [] => RUNTIMES.iter().collect::<Vec<_>>(),
        [name] => RUNTIMES.iter().filter(|(known, _)| known == name).collect(),
        _ => Vec::new(),
    };
    if wanted.is_empty() {
        bail!("usage: cargo xtask test-uniffi [kotlin | python]");
    }
    uniffi::stage(workspace)?;
    // One language that fails does not hide the other.
    let mut failed = Vec::new();
    for (name, test) in wanted {
        match test(workspace) {
            Ok(counts) => {
                say(&format!("{name}: {} passed, {} failed", counts.passed, counts.failed));
                if counts.passed == 0 || counts.failed > 0 {
                    failed.push(*name);
                }
            }
            Err(error) => {
                say(&format!("{name}: {error:#}"));
                failed.push(*name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// How a run ended. A test that was skipped was not passed.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    passed: u32,
    failed: u32,
}

fn kotlin(workspace: &Workspace) -> anyhow::Result<Counts> {
    if which("java").is_none() {
        bail!("java is missing: a JDK of version 17 or newer is needed (Debian: openjdk-17-jdk-headless)");
    }
    if which("mvn").is_none() {
        bail!("mvn is missing: Maven 3.8 or newer is needed (Debian: maven)");
    }
    let staged = staged(workspace);
    let reports = staged.join("maven/surefire-reports");
    files::clear(&reports)?;
    // A test whose source is gone would still be run.
    files::clear(&staged.join("maven/test-classes"))?;
    let place = format!("-Ddaicho.staged={}", staged.display());
    let arguments = ["--batch-mode", "--quiet", "-Dstyle.color=never", &place, "test"];
    let mut maven = program("mvn", &arguments, &sources(workspace).join("kotlin"));
    // Cargo puts its own output on the library path, where JNA would find a debug build before the one of the package.
    maven.env_remove("LD_LIBRARY_PATH").env_remove("DYLD_FALLBACK_LIBRARY_PATH");
    let outcome = read(&mut maven);
    let reports = files::below(&reports, |name| name.ends_with(".xml"))?;
    if reports.is_empty() {
        outcome?;
        bail!("no test was run");
    }
    if let Err(report) = outcome {
        say(&format!("{report:#}"));
    }
    let mut sum = Counts { passed: 0, failed: 0 };
    for (path, report) in &reports {
        let counts = surefire(report).with_context(|| format!("{} holds no counts", path.display()))?;
        sum.passed = sum.passed.saturating_add(counts.passed);
        sum.failed = sum.failed.saturating_add(counts.failed);
    }
    Ok(sum)
}

/// Reads the counts of a surefire report.
fn surefire(report: &str) -> Option<Counts> {
    let suite = report.split_once("<testsuite ")?.1.split_once('>')?.0;
    let count = |name: &str| suite.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.parse::<u32>().ok();
    let tests = count("tests")?;
    let failed = count("failures")?.saturating_add(count("errors")?).saturating_add(count("skipped")?);
    Some(Counts { passed: tests.saturating_sub(failed), failed })
}

fn python(workspace: &Workspace) -> anyhow::Result<Counts> {
    let staged = staged(workspace);
    let python = virtual_environment(&staged.join("venv"))?;
    let python = || Command::new(&python);

    // The wheel needs no other package, and is built by what lies beside it.
    let wheels = staged.join("wheels");
    files::clear(&wheels)?;
    let pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"];
    let alone = ["--no-index", "--no-deps"];
    read(python().args(pip).arg("wheel").args(alone).arg("--wheel-dir").arg(&wheels).arg(staged.join("python")))?;
    read(python().args(pip).arg("install").args(alone).arg("--find-links").arg(&wheels).arg("daicho"))?;

    let tests = sources(workspace).join("python/tests");
    // What reads the files that the package writes, and is not ours.
    let packages = ["install", "--only-binary", ":all:", "--no-deps", "--requirement", "requirements.txt"];
    read(python().args(pip).args(packages).current_dir(&tests))?;
    let mut command = python();
    command.args(["-B", "-m", "unittest", "discover"]).current_dir(&tests);
    let output = command.output().context("the tests could not be started")?;
    let report = String::from_utf8_lossy(&output.stderr);
    let counts = unittest(&report).with_context(|| format!("no test was run\n{report}"))?;
    if counts.failed > 0 {
        say(&report);
    }
    Ok(counts)
}

/// Makes a fresh virtual environment and returns its Python.
pub(crate) fn virtual_environment(directory: &Path) -> anyhow::Result<PathBuf> {
    let named = std::env::var_os("DAICHO_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let oldest = "import sys; sys.exit(sys.version_info < (3, 9))";
    read(Command::new(&named).args(["-c", oldest]))
        .with_context(|| format!("{} is missing or too old: Python 3.9 or newer is needed", named.display()))?;
    read(Command::new(&named).args(["-m", "venv", "--clear"]).arg(directory))
        .context("no virtual environment could be made (Debian: python3-venv)")?;
    Ok(directory.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" }))
}

/// Reads the counts at the end of a report of Python's unittest.
fn unittest(report: &str) -> Option<Counts> {
    let ran = report.lines().rev().find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse::<u32>().ok())?;
    let end = report.lines().rev().find(|line| line.starts_with("OK") || line.starts_with("FAILED"))?;
    let reasons = end.split_once('(').map_or("", |(_, reasons)| reasons.trim_end_matches(')'));
    let mut failed = 0_u32;
    for reason in reasons.split(", ").filter(|reason| !reason.is_empty()) {
        failed = failed.saturating_add(reason.split_once('=')?.1.parse().ok()?);
    }
    Some(Counts { passed: ran.saturating_sub(failed), failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surefire_counts_what_failed_erred_or_was_skipped() {
        let report = r#"<?xml version="1.0"?><testsuite xmlns:xsi="x" version="3.0.2" name="T" time="0.1" tests="9" errors="1" skipped="1" failures="2"><x/>"#;
        assert_eq!(surefire(report), Some(Counts { passed: 5, failed: 4 }));
        assert_eq!(surefire("<html>"), None);
    }

    #[test]
    fn unittest_counts_what_failed_erred_or_was_skipped() {
        assert_eq!(unittest("..\nRan 2 tests in 0.1s\n\nOK\n"), Some(Counts { passed: 2, failed: 0 }));
        let report = "FEs.\nRan 4 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=1)\n";
        assert_eq!(unittest(report), Some(Counts { passed: 1, failed: 3 }));
        assert_eq!(unittest("SyntaxError"), None);
    }
}
