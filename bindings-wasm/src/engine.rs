//! A ledger as steps: the host asks, the module asks back for what it needs from the store.

use daicho::error::{AccessError, LedgerError};
use daicho::id::SalonId;
use daicho::ledger::{Answered, OPERATIONS};
use daicho::store::{Ask, Step, Steps, answer_from_json};
use daicho::{BlockKey, Error, Session};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault;

/// The decisions of one salon's ledger. It keeps no records, only the index of what the host's store keeps.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    session: Session,
}

#[wasm_bindgen]
impl Engine {
    /// The engine of a salon, over a store that may hold an index and may keep one: a rehearsal's only holds that of the ledger below; with the key of the
    /// blocks (G5), if the host has one. Throws the fault, as JSON, of an id or a key that cannot be one.
    #[wasm_bindgen(constructor)]
    pub fn new(
        salon: &str,
        #[wasm_bindgen(js_name = "hasIndex")] has_index: bool,
        #[wasm_bindgen(js_name = "keepsIndex")] keeps_index: bool,
        #[wasm_bindgen(js_name = "blockKey")] block_key: Option<Vec<u8>>,
    ) -> Result<Self, JsValue> {
        let salon: SalonId = salon.parse().map_err(|error: AccessError| JsValue::from_str(&fault::json(error)))?;
        let key = block_key.map(|bytes| BlockKey::new(&bytes)).transpose().map_err(|error| JsValue::from_str(&fault::json(error)))?;
        let session = match key {
            Some(key) => Session::new(salon).with_block_key(key),
            None => Session::new(salon),
        };
        Ok(Self {
            session: match (has_index, keeps_index) {
                (true, true) => session.keeping_its_index(),
                (true, false) => session.recalling_its_index(),
                (false, _) => session,
            },
        })
    }

    /// Opens a request (JSON, see the core's JSON door) as a task. Nothing is decided before the first step. What of the answer is bytes is a part of the
    /// text, or stands [beside](Task::packed) it.
    #[must_use]
    pub fn call(&self, request: &str, beside: bool) -> Task {
        Task { steps: self.session.answer(request, beside), asked: None, packed: None }
    }
}

/// One request on its way: steps until the answer.
#[wasm_bindgen]
pub struct Task {
    steps: Steps<'static, Answered>,
    asked: Option<Ask>,
    packed: Option<Vec<u8>>,
}

// What was found is personal (A4).
impl core::fmt::Debug for Task {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Task").finish_non_exhaustive()
    }
}

#[wasm_bindgen]
impl Task {
    /// The next step, as JSON: `{"ask": …}`, `{"done": …}` with the JSON door's answer, or `{"error": …}`. The first call takes no reply, each later one the
    /// store's reply to the question before; to `index`, with the block beside it.
    pub fn next(&mut self, reply: Option<String>, block: Option<Vec<u8>>) -> String {
        let answer = match (&self.asked, &reply) {
            (Some(ask), Some(reply)) => Some(answer_from_json(ask, reply, block)),
            (None, None) => None,
            _ => return fault::thrown(LedgerError::OutOfTurn),
        };
        match self.steps.next(answer) {
            Ok(Step::Ask(ask)) => match ask.to_json() {
                Ok(text) => {
                    self.asked = Some(ask);
                    format!("{{\"ask\":{text}}}")
                }
                Err(error) => fault::thrown(error),
            },
            Ok(Step::Done(answer)) => {
                (self.asked, self.packed) = (None, answer.bytes);
                done(&answer.text)
            }
            Err(error) => fault::thrown(error),
        }
    }

    /// The block that goes beside the question `keepIndex`. It is given once: it is as large as the index.
    pub fn block(&mut self) -> Option<Vec<u8>> {
        match &mut self.asked {
            Some(Ask::KeepIndex { block }) if !block.is_empty() => Some(core::mem::take(block)),
            _ => None,
        }
    }

    /// The bytes beside an answer. They are given once.
    pub fn packed(&mut self) -> Option<Vec<u8>> {
        self.packed.take()
    }
}

fn done(answer: &str) -> String {
    format!("{{\"done\":{answer}}}")
}

/// The name of every operation, as JSON: commands, queries, searches, audits.
#[wasm_bindgen]
#[must_use]
pub fn operations() -> String {
    let (commands, queries, searches, audits) = OPERATIONS;
    serde_json::to_string(&[commands, queries, searches, audits]).unwrap_or_default()
}

/// The idempotency key of an import's chunk, by its first row: the one the core's own import gives, so that a run begun in one language goes
/// on in another.
#[wasm_bindgen(js_name = "importKey")]
#[must_use]
pub fn import_key(import: &str, first: u32) -> String {
    daicho::ledger::import_key(import, first)
}

/// Every code the ledger can give, as JSON.
#[wasm_bindgen]
#[must_use]
pub fn codes() -> String {
    serde_json::to_string(&Error::codes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str =
        r#"{"head":{"sequence":0,"hash":"0000000000000000000000000000000000000000000000000000000000000000"},"records":[[]]}"#;
    const SETTINGS: &str = r#"{"operation":"getSettings","input":{},"actor":{"id":"s","role":"staff"},"now":1800000000000}"#;

    #[test]
    fn a_query_asks_the_store_and_ends() {
        let engine = Engine::new("ginza", false, false, None).unwrap();
        let mut task = engine.call(SETTINGS, true);
        assert!(task.next(None, None).starts_with(r#"{"ask":{"#));
        assert!(task.next(Some(EMPTY.to_owned()), None).starts_with(r#"{"done":{"ok":{"#));
    }

    #[test]
    fn only_a_store_that_keeps_an_index_is_given_one() {
        for (has, keeps, expected) in [(true, true, "Kept"), (true, false, "Recalled"), (false, false, "None"), (false, true, "None")] {
            let engine = format!("{:?}", Engine::new("ginza", has, keeps, None).unwrap());
            assert!(engine.contains(&format!("block: {expected}")), "{engine}");
        }
    }

    #[test]
    fn a4_a_reply_out_of_turn_is_a_typed_error() {
        let engine = Engine::new("ginza", false, false, None).unwrap();
        let mut task = engine.call(SETTINGS, true);
        assert!(task.next(Some(EMPTY.to_owned()), None).contains("ledger.out_of_turn"));
        assert!(task.next(None, None).starts_with(r#"{"ask":{"#));
        assert!(task.next(None, None).contains("ledger.out_of_turn"));
        assert!(task.next(Some("{}".to_owned()), None).contains(r#"{"error":{"#));
        assert!(task.next(None, None).contains("ledger.out_of_turn"));
    }
}
