//! The browser's door to daicho, as WebAssembly modules, one for each feature: the ledger 台帳, the sheets of an import, and the conformance
//! suite of stores. A page loads those it needs.
//!
//! The modules do no I/O. TypeScript (in `ts/`) carries the ledger's questions to a store and the answers back.

#[cfg(feature = "conformance")]
pub mod conformance;
#[cfg(feature = "ledger")]
pub mod engine;
#[cfg(any(feature = "ledger", feature = "conformance"))]
mod fault;
#[cfg(feature = "ledger")]
pub mod typescript;
#[cfg(feature = "sheets")]
pub mod workbook;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the module, so that a page can tell a stale cached file from a fresh one.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
