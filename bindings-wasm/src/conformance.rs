//! The core's conformance suite, for stores written in TypeScript: a module of its own, which no page of a salon loads.

use daicho::error::AccessError;
use daicho::store::conformance::{Suite, SuiteStep};
use daicho::store::{Ask, answer_from_json};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The checks of a store, as steps.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Conformance {
    suite: Suite,
    asked: Option<Ask>,
}

#[wasm_bindgen]
impl Conformance {
    /// Every check, in salons whose ids begin with this prefix. Throws the fault, as JSON, of a prefix that no id begins with.
    #[wasm_bindgen(constructor)]
    pub fn new(prefix: &str) -> Result<Self, JsValue> {
        let fault = |error: AccessError| JsValue::from_str(&crate::fault::json(error));
        Ok(Self { suite: Suite::new(prefix).map_err(fault)?, asked: None })
    }

    /// The next step, as JSON: `{"ask": …, "salon": …}` or `{"done": […]}` with the results.
    pub fn next(&mut self, reply: Option<String>, block: Option<Vec<u8>>) -> String {
        let answer = match (&self.asked, &reply) {
            (Some(ask), Some(reply)) => Some(answer_from_json(ask, reply, block)),
            _ => None,
        };
        self.asked = None;
        match self.suite.next(answer) {
            Ok(SuiteStep::Ask { salon, ask }) => match ask.to_json() {
                Ok(text) => {
                    self.asked = Some(ask);
                    format!("{{\"ask\":{text},\"salon\":{}}}", json!(salon))
                }
                Err(error) => crate::fault::thrown(error),
            },
            Ok(SuiteStep::Done(results)) => json!({ "done": results }).to_string(),
            Err(error) => crate::fault::thrown(error),
        }
    }

    /// The block that goes beside the question `keepIndex`.
    #[must_use]
    pub fn block(&self) -> Option<Vec<u8>> {
        self.asked.as_ref().and_then(Ask::block).map(<[u8]>::to_vec)
    }
}
