//! The browser's door to daicho: a ledger as a WebAssembly module.
//!
//! The module does no I/O. A request opens a [`Task`]; each step of a task either asks the host for something from
//! its store or ends with the answer. TypeScript (in `ts/`) carries the questions to a store and the replies back.

mod protocol;
mod stub;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the module, so that a page can tell a stale cached file from a fresh one.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The decisions of one ledger 台帳. It keeps no records: those live in the host's store.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {}

#[wasm_bindgen]
impl Engine {
    /// An engine, ready to take requests.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a request (JSON) as a task. Nothing is decided before the first step.
    #[must_use]
    pub fn execute(&self, request: &str) -> Task {
        Task {
            work: stub::Work::open(request),
        }
    }
}

/// One request on its way: steps until the answer.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Task {
    work: stub::Work,
}

#[wasm_bindgen]
impl Task {
    /// The next step, as JSON: `{"ask": …}`, `{"done": …}` or `{"error": …}`. The first call takes no reply, each later
    /// one the store's reply to the question before.
    pub fn next(&mut self, reply: Option<String>) -> String {
        self.work.next(reply.as_deref()).to_json()
    }
}
