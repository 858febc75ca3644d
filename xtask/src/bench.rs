//! Benches that need more than cargo: what the sides in Python and Node need is installed first.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{program, read, run as run_program, say, which};
use crate::uniffi_test::virtual_environment;
use crate::workspace::Workspace;
use crate::{node, wasm};

/// Left out of what is handed on: the rest are the benches' own options.
const WITHOUT_WASM: &str = "--without-wasm";

/// `cargo xtask bench-search`: the library's search beside SQLite, DuckDB, Polars and JavaScript.
pub(crate) fn search(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let peers = workspace.root().join("benches/peers");
    let mut options: Vec<String> = arguments.iter().filter(|argument| *argument != WITHOUT_WASM).cloned().collect();
    // A side that cannot be had is said and left out: the others can still be measured, and the results name who is missing.
    let mut offer = |option: &str, what: &str, found: anyhow::Result<PathBuf>| match found {
        Ok(path) => options.extend([option.to_owned(), path.display().to_string()]),
        Err(error) => say(&format!("missing {what}: {error:#}")),
    };
    offer("--python", "Python with DuckDB and Polars", python(workspace, &peers.join("python")));
    offer("--node", "Node with sql.js", node_packages(&peers.join("node")));
    if !arguments.iter().any(|argument| argument == WITHOUT_WASM) {
        offer("--package", "the npm package", wasm::build(workspace).map(|()| workspace.npm().join("dist")));
    }
    let cargo = ["run", "--release", "--quiet", "--package", "daicho-benches", "--bin", "bench-search", "--"];
    run_program(program("cargo", &cargo, workspace.root()).args(options))
}

/// `cargo xtask bench-duplicates`: who is who, beside SQLite, DuckDB and Splink.
pub(crate) fn duplicates(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let python = python(workspace, &workspace.root().join("benches/peers/python"))?;
    let cargo =
        ["run", "--release", "--quiet", "--package", "daicho-benches", "--bin", "daicho-benches", "--", "--only", "duplicates", "--python"];
    run_program(program("cargo", &cargo, workspace.root()).arg(python).args(arguments))
}

/// An environment with the packages of `requirements.txt`, made anew when that file has changed.
fn python(workspace: &Workspace, peers: &Path) -> anyhow::Result<PathBuf> {
    let directory = workspace.target().join("bench-search/venv");
    let (wanted, kept) = (peers.join("requirements.txt"), directory.join("requirements.txt"));
    let python = directory.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let text = std::fs::read(&wanted)?;
    if python.is_file() && std::fs::read(&kept).is_ok_and(|installed| installed == text) {
        return Ok(python);
    }
    let python = virtual_environment(&directory)?;
    say("pip install -r requirements.txt (benches/peers/python)");
    // No source packages: they would ask for compilers.
    let pip = ["-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--only-binary", ":all:", "--no-deps", "--requirement"];
    read(Command::new(&python).args(pip).arg(&wanted))?;
    std::fs::write(kept, text)?;
    Ok(python)
}

/// Node, beside whose scripts the packages of the lock file lie.
fn node_packages(peers: &Path) -> anyhow::Result<PathBuf> {
    node::version()?;
    node::ensure_in(peers, "benches/peers/node")?;
    Ok(which("node").unwrap_or_else(|| PathBuf::from("node")))
}
