//! Debian's package manager: what is installed, and installing what is missing.

use std::path::Path;

use anyhow::bail;

use crate::run::{program, read, run, say, which};

/// Whether a package is installed. `false` where there is no dpkg.
pub(crate) fn has(package: &str) -> bool {
    let mut query = program("dpkg-query", &["--show", "--showformat=${Status}", package], Path::new("/"));
    read(&mut query).is_ok_and(|status| status == "install ok installed")
}

/// Installs packages, saying which. The caller has found them missing.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<()> {
    let list = packages.join(" ");
    if which("apt-get").is_none() {
        bail!("apt-get is not on this machine: install these packages with its own package manager: {list}");
    }
    if read(&mut program("id", &["-u"], Path::new("/")))?.trim() != "0" {
        bail!("installing needs root: sudo apt-get install --no-install-recommends {list}");
    }
    say(&format!("apt-get install {list}"));
    run(&mut program("apt-get", &["update", "--quiet=2"], Path::new("/")))?;
    let mut install = program("apt-get", &["install", "--yes", "--quiet=2", "--no-install-recommends"], Path::new("/"));
    run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
