//! Where things are: one place for the paths every subcommand shares.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// The checkout and cargo's target directory.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> anyhow::Result<Self> {
        // Of the checkout that cargo runs it for: two that share a target directory share this program too.
        let root = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = root.parent().context("xtask is not inside a workspace")?.to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let target = if target.is_absolute() { target } else { root.join(target) };
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's output: the one of whoever called, so that two people do not wait for each other's lock.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The npm package.
    pub(crate) fn npm(&self) -> PathBuf {
        self.root.join("bindings-wasm")
    }
}
