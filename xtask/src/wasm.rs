//! `cargo xtask wasm`: the browser package, from Rust and TypeScript to `bindings-wasm/dist`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{run as run_program, say};
use crate::size::{Size, kilobytes};
use crate::wasm_target::{self, Toolchain};
use crate::workspace::Workspace;
use crate::{files, node};

const PROFILE: &str = "wasm";

/// The crate of every module.
const PACKAGE: &str = "daicho-wasm";

/// A WebAssembly module of the package. What not every page needs is a module of its own, loaded when it is used.
pub(crate) struct Module {
    /// Name of the generated files.
    pub(crate) name: &'static str,
    /// The feature of the crate that makes it.
    feature: &'static str,
    /// What it may weigh compressed with brotli, in bytes.
    budget: usize,
}

/// The modules, the ledger first.
pub(crate) const MODULES: &[Module] = &[
    Module {
        name: "daicho",
        feature: "ledger",
        // The aim is 200 kB. A third of the module is reading and writing JSON of some 200 types; this bound keeps it from growing until that is mended.
        budget: 824_000,
    },
    // What reading and writing both formats weighs, Shift_JIS there and back, with the reasons of a workbook of errors.
    Module { name: "daicho-sheets", feature: "sheets", budget: 320_000 },
    Module {
        name: "daicho-conformance",
        feature: "conformance",
        // For whoever writes a store: no page of a salon loads it.
        budget: 700_000,
    },
];

/// Without arguments the whole package; with names of modules only those, for whoever measures.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if arguments.is_empty() {
        build(workspace)?;
        return sizes(workspace, MODULES.iter());
    }
    let known = || MODULES.iter().filter(|module| arguments.iter().any(|name| name == module.name));
    if known().count() != arguments.len() {
        let names: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
        bail!("expected names of modules, each once: {}", names.join(", "));
    }
    make(workspace, known())?;
    sizes(workspace, known())
}

/// Everything up to a package that can be imported.
pub(crate) fn build(workspace: &Workspace) -> anyhow::Result<()> {
    files::clear(&workspace.npm().join("dist"))?;
    make(workspace, MODULES.iter())
}

fn make<'m>(workspace: &Workspace, modules: impl Iterator<Item = &'m Module>) -> anyhow::Result<()> {
    let toolchain = wasm_target::ensure()?;
    node::ensure(workspace)?;
    for module in modules {
        glue(workspace, &toolchain, module)?;
    }
    node::typescript(workspace, "tsconfig.json")
}

/// Compiles one module and writes it with its glue. The `web` form serves pages, bundlers and workers as it is; for
/// Node the package hands it the bytes (`ts/node.ts`).
fn glue(workspace: &Workspace, toolchain: &Toolchain, module: &Module) -> anyhow::Result<()> {
    run_program(toolchain.build(workspace, PACKAGE, PROFILE).args(["--no-default-features", "--features", module.feature]))?;
    // The features share the name of the file: each module's glue is written before the next is compiled.
    let input = toolchain.output(workspace, PROFILE).join(format!("{}.wasm", PACKAGE.replace('-', "_")));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).out_name(module.name).typescript(true);
    // The glue knows the file beside it: bundlers find it by this, and a page needs to say nothing.
    bindgen.omit_default_module_path(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true)?;
    let directory = workspace.npm().join("dist/wasm");
    bindgen.generate(&directory).with_context(|| format!("no glue for {}", input.display()))?;
    types(&directory, module)
}

/// Moves the declarations that come from the core out of the glue's: they are the package's public face, the glue is not.
fn types(directory: &Path, module: &Module) -> anyhow::Result<()> {
    let glue = directory.join(format!("{}.d.ts", module.name));
    let text = std::fs::read_to_string(&glue).with_context(|| format!("{} cannot be read", glue.display()))?;
    let (shared, own) = split_types(&text);
    if !shared.trim().is_empty() {
        files::write(&directory.join(format!("{}.types.d.ts", module.name)), &shared)?;
        files::write(&glue, &own)?;
    }
    Ok(())
}

/// The glue writes the declarations of the crate's own sections first, then its classes and functions.
fn split_types(text: &str) -> (String, String) {
    let (mut shared, mut own, mut in_glue) = (String::new(), String::new(), false);
    let mut comment: Vec<&str> = Vec::new();
    for line in text.lines() {
        // A class of the glue begins with its comment.
        if !in_glue && (line.starts_with("/**") || !comment.is_empty()) && !line.starts_with("export") {
            comment.push(line);
            continue;
        }
        in_glue |= line.starts_with("export class ") || line.starts_with("export function ");
        let side = if in_glue || line.starts_with("/* ") { &mut own } else { &mut shared };
        for line in comment.drain(..).chain([line]) {
            side.push_str(line);
            side.push('\n');
        }
    }
    (shared, own)
}

/// The compiled module as it ships.
fn shipped(workspace: &Workspace, module: &Module) -> PathBuf {
    workspace.npm().join(format!("dist/wasm/{}_bg.wasm", module.name))
}

/// Prints what each module weighs; one over its budget is an error.
fn sizes<'m>(workspace: &Workspace, modules: impl Iterator<Item = &'m Module>) -> anyhow::Result<()> {
    let mut over = Vec::new();
    say(&format!("{:<20}{:>10}{:>10}{:>10}{:>10}", "module", "raw", "gzip", "brotli", "budget"));
    for module in modules {
        let path = shipped(workspace, module);
        let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let size = Size::of(&bytes)?;
        let [raw, gzip, brotli, budget] = [size.raw, size.gzip, size.brotli, module.budget].map(kilobytes);
        say(&format!("{:<20}{raw:>10}{gzip:>10}{brotli:>10}{budget:>10}", module.name));
        if size.brotli > module.budget {
            over.push(module.name);
        }
    }
    if over.is_empty() { Ok(()) } else { bail!("over its budget: {}", over.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_s_declarations_are_told_from_the_glue() {
        let shared = "/**\n * A row.\n */\nexport interface Row {\n}\n";
        let own = "/* tslint:disable */\n/**\n * The engine.\n */\nexport class Engine {\n}\nexport interface InitOutput {\n}\n";
        let (head, rest) = own.split_once('\n').unwrap();
        let text = format!("{head}\n{shared}{rest}");
        assert_eq!(split_types(&text), (shared.to_owned(), own.to_owned()));
    }
}
