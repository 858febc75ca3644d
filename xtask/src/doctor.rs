//! `cargo xtask doctor`: which tools are there, which are missing, and how to get those.

use std::path::Path;

use anyhow::bail;

use crate::run::{program, read, say, which};
use crate::wasm_target::{self, Toolchain};
use crate::workspace::Workspace;
use crate::{debian, node, test_wasm};

/// One thing a subcommand needs.
struct Tool {
    name: &'static str,
    /// What was found; `None` if nothing.
    found: Option<String>,
    /// How to get it.
    remedy: &'static str,
}

pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> anyhow::Result<()> {
    let mut missing: u32 = 0;
    for tool in tools(workspace) {
        match tool.found {
            Some(found) => say(&format!("ok      {:<24}{found}", tool.name)),
            None => {
                missing = missing.saturating_add(1);
                say(&format!("missing {:<24}{}", tool.name, tool.remedy));
            }
        }
    }
    if missing > 0 {
        bail!("{missing} missing");
    }
    Ok(())
}

fn tools(workspace: &Workspace) -> Vec<Tool> {
    let setup = "cargo xtask setup";
    let toolchain = wasm_target::find().map(|toolchain| match toolchain {
        Toolchain::Present => "in the compiler's own directory".to_owned(),
        Toolchain::Debian => "built from Debian's sources".to_owned(),
    });
    vec![
        Tool { name: "rustc", found: version("rustc", "--version"), remedy: "Rust of the workspace's rust-version or newer" },
        Tool { name: wasm_target::TARGET, found: toolchain, remedy: setup },
        Tool { name: "node", found: node::version().ok(), remedy: "Node 20 or newer" },
        Tool { name: "npm", found: version("npm", "--version"), remedy: "npm comes with Node" },
        Tool {
            name: "bindings-wasm packages",
            found: node::installed(workspace).then(|| "as in package-lock.json".to_owned()),
            remedy: setup,
        },
        Tool { name: "chromium", found: test_wasm::chromium().map(|path| path.display().to_string()), remedy: setup },
        Tool { name: "Japanese font", found: japanese_font(), remedy: setup },
        Tool { name: "unicode-data", found: debian::has("unicode-data").then(|| "/usr/share/unicode".to_owned()), remedy: setup },
        Tool { name: "bzip2", found: which("bzip2").map(|path| path.display().to_string()), remedy: setup },
        Tool { name: "uconv", found: version("uconv", "--version"), remedy: setup },
        Tool { name: "java", found: version("java", "-version"), remedy: "a JDK, 17 or newer (Kotlin tests)" },
        Tool { name: "mvn", found: version("mvn", "--version"), remedy: "Maven 3.8 or newer (Kotlin tests; Debian: maven)" },
        Tool { name: "python3", found: version("python3", "--version"), remedy: "Python 3.9 or newer (Python tests)" },
    ]
}

/// The first line a program says about its version, on whichever stream.
fn version(name: &str, option: &str) -> Option<String> {
    let output = program(name, &[option], Path::new("/")).output().ok().filter(|output| output.status.success())?;
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&text).lines().find(|line| !line.is_empty()).map(str::to_owned)
}

fn japanese_font() -> Option<String> {
    let by_language = read(&mut program("fc-list", &[":lang=ja", "family"], Path::new("/"))).ok();
    let by_language = by_language.and_then(|list| list.lines().next().map(str::to_owned));
    by_language.or_else(|| debian::has("fonts-ipafont-gothic").then(|| "fonts-ipafont-gothic".to_owned()))
}
