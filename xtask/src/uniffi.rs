//! `cargo xtask uniffi`: the Kotlin, Swift and Python packages, from Rust to what Maven, pip and Xcode take up.
//!
//! Everything lies in one directory below cargo's target:
//! `generated/` the sources of the three languages, `native/` the library where the JVM looks for it, `python/` the Python package
//! with all its parts, `swift/` the Swift package, and later `maven/`, `wheels/` and `venv/` (see [`crate::uniffi_test`]).

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::files;
use crate::run::{program, run as run_program, say};
use crate::snapshot::Files;
use crate::workspace::Workspace;

const PACKAGE: &str = "daicho-uniffi";
const GENERATOR: &str = "daicho-uniffi-bindgen";
/// The library's crate name, and by it the namespace of the generated sources.
const NAME: &str = "daicho";
/// Unwinding and symbols stay: UniFFI needs both.
const PROFILE: &str = "mobile";

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = arguments.first() {
        bail!("`{unknown}` is no option: there is none");
    }
    stage(workspace)?;
    say(&format!("Kotlin, Swift and Python: {}", staged(workspace).display()));
    Ok(())
}

/// Where the hand-written parts are.
pub(crate) fn sources(workspace: &Workspace) -> PathBuf {
    workspace.root().join("bindings-uniffi")
}

/// Where everything that is built for the three languages goes.
pub(crate) fn staged(workspace: &Workspace) -> PathBuf {
    workspace.target().join("uniffi")
}

/// Builds the library, generates the sources and puts the packages together.
pub(crate) fn stage(workspace: &Workspace) -> anyhow::Result<()> {
    same_version(workspace)?;
    let library = generate(workspace)?;
    let staged = staged(workspace);

    let native = staged.join("native");
    files::clear(&native)?;
    copy(&library, &native.join(jvm_platform()).join(file_name(&library)?))?;

    let package = staged.join("python");
    files::clear(&package)?;
    for part in ["pyproject.toml", "build_backend", NAME] {
        copy_all(&sources(workspace).join("python").join(part), &package.join(part))?;
    }
    copy(&staged.join("generated/python/daicho.py"), &package.join(NAME).join("_generated.py"))?;
    copy(&library, &package.join(NAME).join(file_name(&library)?))?;

    let package = staged.join("swift");
    files::clear(&package)?;
    copy_all(&sources(workspace).join("swift"), &package)?;
    for (generated, place) in [
        ("Daicho.swift", "Sources/Daicho/Daicho.swift"),
        ("DaichoFFI.h", "Sources/DaichoFFI/DaichoFFI.h"),
        ("DaichoFFI.modulemap", "Sources/DaichoFFI/module.modulemap"),
    ] {
        copy(&staged.join("generated/swift").join(generated), &package.join(place))?;
    }
    let library = format!("lib{NAME}.a");
    copy(&workspace.target().join(PROFILE).join(&library), &package.join("lib").join(&library))
}

/// The generated sources, for the snapshot.
pub(crate) fn face(workspace: &Workspace) -> anyhow::Result<Files> {
    generate(workspace)?;
    files::below(&staged(workspace).join("generated"), is_generated)
}

/// Whether a file is one of those the generator writes.
pub(crate) fn is_generated(name: &str) -> bool {
    [".kt", ".swift", ".h", ".modulemap", ".py"].iter().any(|ending| name.ends_with(ending))
}

/// Builds library and generator, and generates; returns the library.
fn generate(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let root = workspace.root();
    run_program(&mut program("cargo", &["build", "--package", PACKAGE, "--lib", "--profile", PROFILE], root))?;
    run_program(&mut program("cargo", &["build", "--package", PACKAGE, "--bin", GENERATOR, "--features", "bindgen"], root))?;

    let library = format!("{}{NAME}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = workspace.target().join(PROFILE).join(library);
    let generator = workspace.target().join("debug").join(format!("{GENERATOR}{}", std::env::consts::EXE_SUFFIX));
    let config = sources(workspace).join("uniffi.toml");
    let generated = staged(workspace).join("generated");
    files::clear(&generated)?;
    let mut command = program(text(&generator)?, &[text(&library)?, text(&config)?, text(&generated)?], root);
    crate::run::read(&mut command)?;
    Ok(library)
}

/// The directory of the class path in which JNA looks for this machine's libraries.
fn jvm_platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    format!("{system}-{}", std::env::consts::ARCH.replace('_', "-"))
}

/// The packages carry the workspace's version.
fn same_version(workspace: &Workspace) -> anyhow::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let stated =
        [("kotlin/pom.xml", format!("<version>{version}</version>")), ("python/pyproject.toml", format!("version = \"{version}\""))];
    for (file, statement) in stated {
        let path = sources(workspace).join(file);
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        if !text.lines().any(|line| line.trim() == statement) {
            bail!("{} is not of the workspace's version: it lacks the line `{statement}`", path.display());
        }
    }
    Ok(())
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}

fn file_name(path: &Path) -> anyhow::Result<&Path> {
    path.file_name().map(Path::new).with_context(|| format!("{} has no name", path.display()))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::copy(from, to).with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))?;
    Ok(())
}

/// Copies a file, or a directory without what Python compiled.
fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.is_dir() {
        return copy(from, to);
    }
    for entry in std::fs::read_dir(from).with_context(|| format!("{} cannot be listed", from.display()))? {
        let name = entry?.file_name();
        if name != "__pycache__" {
            copy_all(&from.join(&name), &to.join(&name))?;
        }
    }
    Ok(())
}
