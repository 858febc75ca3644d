//! `cargo xtask setup`: what the tests need beyond Rust, Node, Java and Python.

use anyhow::bail;

use crate::run::{program, read, say, which};
use crate::workspace::Workspace;
use crate::{debian, node, wasm_target};

/// What a test needs of the machine, and the Debian package that brings it.
struct Need {
    package: &'static str,
    why: &'static str,
    /// Whether it is there, from a package or from elsewhere.
    present: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { package: "chromium", why: "the browser the tests run in", present: || crate::test_wasm::chromium().is_some() },
    Need { package: "fonts-ipafont-gothic", why: "Japanese glyphs for that browser", present: || debian::has("fonts-ipafont-gothic") },
    Need { package: "unicode-data", why: "Unicode's own test of normalisation", present: || debian::has("unicode-data") },
    Need { package: "bzip2", why: "unpacks it", present: || which("bzip2").is_some() },
    Need { package: "icu-devtools", why: "uconv, whose kana are compared with ours", present: || which("uconv").is_some() },
    Need {
        package: "libssl-dev",
        why: "OpenSSL, of the encrypted store",
        present: || debian::has("libssl-dev") || std::path::Path::new("/usr/include/openssl/evp.h").exists(),
    },
    Need { package: "maven", why: "builds and tests the Kotlin package", present: || which("mvn").is_some() },
    Need {
        package: "python3-venv",
        why: "the environment the Python package is tested in",
        present: || {
            let ask = ["-c", "import ensurepip, venv"];
            read(&mut program("python3", &ask, std::path::Path::new("/"))).is_ok()
        },
    },
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

/// The packages of what is not on this machine.
fn missing() -> impl Iterator<Item = &'static str> {
    let missing = NEEDS.iter().filter(|need| {
        let present = (need.present)();
        let state = if present { "ok     " } else { "missing" };
        say(&format!("{state} {}: {}", need.package, need.why));
        !present
    });
    missing.map(|need| need.package)
}
