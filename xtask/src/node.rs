//! Node and npm: the packages the browser package is built and tested with.

use std::path::Path;

use anyhow::{Context, bail};

use crate::run::{program, read, run, say, which};
use crate::workspace::Workspace;

/// The oldest Node the package and its tests run on.
const OLDEST: u32 = 20;

/// Node's version, if it is new enough.
pub(crate) fn version() -> anyhow::Result<String> {
    let version =
        read(&mut program("node", &["--version"], Path::new("/"))).with_context(|| format!("Node {OLDEST} or newer is needed"))?;
    let version = version.trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST => Ok(version),
        _ => bail!("Node {OLDEST} or newer is needed, this is {version}"),
    }
}

/// Whether `node_modules` holds what the lock file names: npm leaves its own copy of the lock there.
pub(crate) fn installed(workspace: &Workspace) -> bool {
    installed_in(&workspace.npm())
}

fn installed_in(directory: &Path) -> bool {
    let changed = |path: &str| directory.join(path).metadata().and_then(|file| file.modified()).ok();
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(wanted), Some(present)) => present >= wanted,
        _ => false,
    }
}

/// Installs the development packages, unless they are there.
pub(crate) fn ensure(workspace: &Workspace) -> anyhow::Result<()> {
    version()?;
    ensure_in(&workspace.npm(), "bindings-wasm")
}

/// Installs the packages that a directory's lock file names, unless they are there.
pub(crate) fn ensure_in(directory: &Path, name: &str) -> anyhow::Result<()> {
    if installed_in(directory) {
        return Ok(());
    }
    if which("npm").is_none() {
        bail!("npm is missing: it comes with Node");
    }
    say(&format!("npm ci ({name})"));
    run(&mut program("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"], directory))
}

/// Runs the TypeScript compiler over one project of the package.
pub(crate) fn typescript(workspace: &Workspace, project: &str) -> anyhow::Result<()> {
    run(&mut program("node", &["node_modules/typescript/bin/tsc", "--project", project], &workspace.npm()))
}
