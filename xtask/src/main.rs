//! `cargo xtask`: everything that cargo alone cannot build, test or package.
//!
//! One file per subcommand, one line per subcommand in [`COMMANDS`].

mod bench;
mod debian;
mod doctor;
mod files;
mod fuzz;
mod node;
mod run;
mod setup;
mod size;
mod snapshot;
mod test_all;
mod test_wasm;
mod uniffi;
mod uniffi_test;
mod wasm;
mod wasm_target;
mod workspace;

use std::process::ExitCode;

use run::say;
use workspace::Workspace;

/// A subcommand: its name, what it does, and the function that does it.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace, &[String]) -> anyhow::Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "bench-duplicates",
        about: "measure the search for duplicates beside SQLite, DuckDB and Splink (--customers 10000, --write)",
        run: bench::duplicates,
    },
    Command {
        name: "bench-search",
        about: "measure the search beside SQLite, DuckDB, Polars and JavaScript (--customers 10000, --without-wasm, --write)",
        run: bench::search,
    },
    Command { name: "doctor", about: "list the tools that are there, and how to get the missing ones", run: doctor::run },
    Command { name: "fuzz", about: "try the parsers with what nobody would think of ([target …] --seconds 60)", run: fuzz::run },
    Command { name: "setup", about: "install what the tests need beyond Rust, Node, Java and Python", run: setup::run },
    Command { name: "snapshot", about: "write the public faces to the committed snapshots (--check: compare)", run: snapshot::run },
    Command { name: "test", about: "install what the tests need, then run all of them", run: test_all::run },
    Command { name: "test-wasm", about: "test the browser package in Node and in Chromium", run: test_wasm::run },
    Command { name: "test-uniffi", about: "test the Kotlin package on the JVM and the Python wheel in CPython", run: uniffi_test::run },
    Command { name: "uniffi", about: "build the Kotlin, Swift and Python packages into target/uniffi", run: uniffi::run },
    Command { name: "wasm", about: "build the browser package into bindings-wasm/dist, print sizes (or of modules named)", run: wasm::run },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        if !matches!(name.as_str(), "" | "help" | "--help" | "-h") {
            say(&format!("xtask: there is no subcommand `{name}`"));
        }
        usage();
        return ExitCode::from(2);
    };
    match Workspace::find().and_then(|workspace| (command.run)(&workspace, &rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("xtask {name}: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    say("usage: cargo xtask <subcommand>");
    for command in COMMANDS {
        say(&format!("  {:<14}{}", command.name, command.about));
    }
}
