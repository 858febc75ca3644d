//! Who takes part, and what starts them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ours::{self, Ours};
use super::questions::{Terms, questions};
use super::sqlite::{self, Sqlite};
use super::talk::serve;
use crate::measure::memory;
use crate::salon::{Failure, Salon};

/// A side of the comparison.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its name in the results.
    pub name: &'static str,
    /// What starts it; the folder and a word come after: `prepare`, `serve`, or the one of a cold start.
    pub command: Vec<String>,
    /// The word of a cold start.
    pub cold: &'static str,
}

/// The programs of other languages; those left out are named in the results.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    /// A Python with the packages of `peers/python/requirements.txt`.
    pub python: Option<String>,
    /// A Node beside whose scripts the packages of `peers/node/package-lock.json` lie.
    pub node: Option<String>,
    /// The npm package as built: the folder with `node.js` in it.
    pub package: Option<String>,
}

/// The library's own name among the sides.
pub const OURS: &str = "daicho";
/// The npm package.
pub const WASM: &str = "daicho in WASM";
const PYTHON: [(&str, &str); 2] = [("DuckDB", "duckdb_side.py"), ("Polars", "polars_side.py")];
const NODE: [(&str, &str); 3] = [("typed arrays", "arrays.mjs"), ("sql.js", "sqljs.mjs"), ("Array.filter", "objects.mjs")];
/// The sides that run in JavaScript and are not the library.
pub const IN_JAVASCRIPT: [&str; 3] = [NODE[0].0, NODE[1].0, NODE[2].0];

/// The sides that can take part, and a line for each that cannot.
pub fn sides(salon: &Salon, programs: &Programs) -> Result<(Vec<Spec>, Vec<String>), Failure> {
    let program = std::env::current_exe()?.display().to_string();
    let own = |name: &'static str, cold| {
        let (seed, customers) = (salon.seed().to_string(), salon.customers().to_string());
        let words = [program.as_str(), "--seed", &seed, "--customers", &customers, "--side", name];
        Spec { name, command: words.map(str::to_owned).to_vec(), cold }
    };
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let script = |folder: &str, file: &str| -> PathBuf { peers.join(folder).join(file) };
    let mut found = vec![own(OURS, "open"), own("SQLite", "serve")];
    let mut missing = Vec::new();
    for (name, file) in PYTHON {
        match &programs.python {
            Some(python) => {
                let script = script("python", file).display().to_string();
                found.push(Spec { name, command: vec![python.clone(), "-B".to_owned(), script], cold: "serve" });
            }
            None => missing.push(format!("{name}: no Python with its packages (`--python`)")),
        }
    }
    for (name, file) in NODE {
        match &programs.node {
            Some(node) => found.push(node_side(name, node, &script("node", file), None)),
            None => missing.push(format!("{name}: no Node with its packages (`--node`)")),
        }
    }
    match (&programs.node, &programs.package) {
        (Some(node), Some(package)) => found.push(node_side(WASM, node, &script("node", "daicho.mjs"), Some(package))),
        _ => missing.push(format!("{WASM}: the npm package was not built (`--package`)")),
    }
    Ok((found, missing))
}

fn node_side(name: &'static str, node: &str, script: &Path, package: Option<&String>) -> Spec {
    let mut command =
        vec![node.to_owned(), "--expose-gc".to_owned(), "--max-old-space-size=12288".to_owned(), script.display().to_string()];
    command.extend(package.cloned());
    Spec { name, command, cold: "serve" }
}

impl Spec {
    /// Makes what it opens out of the plain files.
    pub fn prepare(&self, folder: &Path) -> Result<(), Failure> {
        let (program, arguments) = self.command.split_first().ok_or("nothing to start")?;
        let status = Command::new(program)
            .args(arguments)
            .arg(folder)
            .arg("prepare")
            .stdin(Stdio::null())
            .status()
            .map_err(|error| format!("{}: {program} could not be started: {error}", self.name))?;
        if status.success() { Ok(()) } else { Err(format!("{} could not prepare its salon: {status}", self.name).into()) }
    }
}

/// One of the sides that this program is itself.
pub fn be(name: &str, salon: &Salon, folder: &Path, word: &str) -> Result<(), Failure> {
    let terms = Terms::of(salon)?;
    let asked = questions(&terms)?;
    let before = memory();
    match (name, word) {
        (OURS, "prepare") => ours::prepare(folder, salon),
        (OURS, "serve") => serve(&mut Ours::drawn(salon, &asked)?, before),
        (OURS, "open") => serve(&mut Ours::open(folder, &asked)?, before),
        ("SQLite", "prepare") => {
            sqlite::prepare(folder, sqlite::FILE, true)?;
            sqlite::prepare(folder, sqlite::PLAIN_FILE, false)
        }
        ("SQLite", "serve") => serve(&mut Sqlite::open(folder, terms)?, before),
        _ => Err(format!("{name} cannot {word}").into()),
    }
}
