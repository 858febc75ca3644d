//! `cargo xtask setup`: what the tests need beyond Rust, Node, Java and Python.

use anyhow::bail;

use crate::run::say;
use crate::workspace::Workspace;
use crate::{debian, node, wasm_target};

/// Debian packages and why: a browser, and glyphs for what the pages show.
const PACKAGES: &[(&str, &str)] = &[
    ("chromium", "the browser the tests run in"),
    ("fonts-ipafont-gothic", "Japanese glyphs for that browser"),
];

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = arguments.first() {
        bail!("`{unknown}` is no option: there is none");
    }
    let missing: Vec<&str> = missing().collect();
    if !missing.is_empty() {
        debian::install(&missing)?;
    }
    wasm_target::ensure()?;
    node::ensure(workspace)?;
    say("setup: everything is there");
    Ok(())
}

/// The packages that are not on this machine.
fn missing() -> impl Iterator<Item = &'static str> {
    // A browser that did not come from a package serves as well.
    let found = crate::test_wasm::chromium().is_some();
    let needed = PACKAGES.iter().filter(move |(package, why)| {
        let present = (found && *package == "chromium") || debian::has(package);
        say(&format!(
            "{} {package}: {why}",
            if present { "ok     " } else { "missing" }
        ));
        !present
    });
    needed.map(|(package, _)| *package)
}
