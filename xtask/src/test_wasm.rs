//! `cargo xtask test-wasm`: the browser package in Node, in Chromium, packed, and under the type checker.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::run::{program, run as run_program, say, which};
use crate::workspace::Workspace;
use crate::{files, node, wasm};

/// Names under which machines know the browser.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Names a browser that is not on the PATH.
const OVERRIDE: &str = "DAICHO_CHROMIUM";

/// Where the browser is: as the environment says, or on the PATH.
pub(crate) fn chromium() -> Option<PathBuf> {
    match std::env::var_os(OVERRIDE) {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.is_file()),
        None => BROWSERS.iter().find_map(|name| which(name)),
    }
}

/// The browser, or how to get it: without it the tests fail, they are never skipped.
fn needed_chromium() -> anyhow::Result<PathBuf> {
    match chromium() {
        Some(path) => Ok(path),
        None if std::env::var_os(OVERRIDE).is_some() => bail!("{OVERRIDE} does not name a file"),
        None => bail!("there is no Chromium on this machine: run `cargo xtask setup`"),
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = arguments.first() {
        bail!("`{unknown}` is no option: there is none");
    }
    let browser = needed_chromium()?;
    wasm::build(workspace)?;
    files::clear(&workspace.npm().join("build"))?;
    node::typescript(workspace, "test/tsconfig.json")?;

    // The same run twice over: one report to read, one to count.
    let report = workspace.npm().join("build/report.tap");
    let destination = format!("--test-reporter-destination={}", report.display());
    let mut tests = program("node", &["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"], &workspace.npm());
    tests.args(["--test-reporter=tap", &destination]);
    tests.args(["build/in-node.js", "build/in-chromium.js", "build/types.js", "build/package.js"]);
    let outcome = run_program(tests.env(OVERRIDE, &browser));

    let text = std::fs::read_to_string(&report).with_context(|| format!("{} cannot be read", report.display()))?;
    let counts = Counts::read(&text).with_context(|| format!("{} holds no counts", report.display()))?;
    say(&format!("{} passed, {} failed", counts.passed, counts.failed));
    if counts.passed == 0 || counts.failed > 0 {
        bail!("the browser package's tests failed");
    }
    outcome
}

/// What the report says at its end.
struct Counts {
    passed: u32,
    failed: u32,
}

impl Counts {
    /// A test that was cancelled, skipped or left to do was not passed.
    fn read(report: &str) -> Option<Self> {
        let count = |label: &str| report.lines().rev().find_map(|line| line.strip_prefix(label)?.parse::<u32>().ok());
        let tests = count("# tests ")?;
        let passed = count("# pass ")?;
        Some(Self { passed, failed: tests.saturating_sub(passed) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_test_counts_as_failed() {
        let report = "# tests 5\n# suites 1\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n";
        let counts = Counts::read(report).unwrap();
        assert_eq!((counts.passed, counts.failed), (3, 2));
    }
}
