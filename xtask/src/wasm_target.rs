//! Finding a way to compile for wasm32, from the cheapest to the slowest.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::bail;

use crate::debian;
use crate::run::{program, read, run_within, say, which};
use crate::workspace::Workspace;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, its standard library as source, and the linker that goes with them.
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const LINKER: &str = "wasm-ld-19";

/// How to compile for wasm32 here.
pub(crate) enum Toolchain {
    /// The compiler in use has the target's standard library.
    Present,
    /// Debian's compiler builds the standard library along with the module.
    Debian,
}

/// The toolchain that is there now, without installing anything.
pub(crate) fn find() -> Option<Toolchain> {
    // To try the slow way on a machine that has the fast one.
    let debian_only = std::env::var_os("DAICHO_WASM_TOOLCHAIN").is_some_and(|value| value == "debian");
    if !debian_only && has_std() {
        return Some(Toolchain::Present);
    }
    let debian = PACKAGES.iter().all(|package| debian::has(package)) && which(LINKER).is_some();
    debian.then_some(Toolchain::Debian)
}

/// The toolchain, installed if it is missing.
pub(crate) fn ensure() -> anyhow::Result<Toolchain> {
    if let Some(toolchain) = find() {
        return Ok(toolchain);
    }
    let rustup = which("rustup").is_some();
    if rustup {
        say(&format!("rustup target add {TARGET}"));
        match run_within(&mut program("rustup", &["target", "add", TARGET], Path::new("/")), Duration::from_secs(180)) {
            Ok(()) if has_std() => return Ok(Toolchain::Present),
            Ok(()) => say("rustup added the target, but the compiler in use does not see it"),
            Err(error) => say(&format!("{error:#}")),
        }
    }
    if let Err(error) = debian::install(PACKAGES) {
        bail!("no standard library for {TARGET}: `rustup target add {TARGET}`, or on Debian {}\n{error:#}", PACKAGES.join(" "));
    }
    Ok(Toolchain::Debian)
}

/// Whether the compiler that cargo would use has the target's standard library: its own word, not rustup's.
fn has_std() -> bool {
    let arguments = ["--print", "target-libdir", "--target", TARGET];
    let Ok(directory) = read(&mut program("rustc", &arguments, Path::new("."))) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(PathBuf::from(directory.trim())) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

impl Toolchain {
    /// `cargo build` for the target with one of the workspace's profiles.
    pub(crate) fn build(&self, workspace: &Workspace, package: &str, profile: &str) -> Command {
        let cargo = match self {
            Self::Present => "cargo",
            Self::Debian => "/usr/bin/cargo",
        };
        let mut command = program(cargo, &["build", "--package", package, "--target", TARGET], workspace.root());
        command.args(["--profile", profile]);
        if matches!(self, Self::Debian) {
            command.args(["-Z", "build-std=std,panic_abort"]);
            command.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER);
            // Another compiler's output must not mix with the usual one's.
            command.env("CARGO_TARGET_DIR", workspace.target().join("debian"));
        }
        command
    }

    /// Where [`Self::build`] leaves the modules.
    pub(crate) fn output(&self, workspace: &Workspace, profile: &str) -> PathBuf {
        let target = match self {
            Self::Present => workspace.target().to_owned(),
            Self::Debian => workspace.target().join("debian"),
        };
        target.join(TARGET).join(profile)
    }
}
