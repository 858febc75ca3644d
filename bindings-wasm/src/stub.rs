//! A stand-in for the ledger that proves the way from the page to the module to the store and back.
//!
//! It knows two operations: `get` and `put` of one record. The ledger of the core takes its place.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::protocol::{By, Entry, Failure, Head, Read, Row, Step, StoreReply, StoreRequest};

/// How often a decision is taken anew when another writer was faster.
const TRIES: u32 = 8;

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "op", rename_all = "camelCase")]
enum Request {
    Get { kind: String, id: String },
    Put { row: Row },
}

/// A request on its way.
#[derive(Debug)]
pub(crate) struct Work {
    request: Result<Request, Failure>,
    tries: u32,
    waiting: Waiting,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    Nothing,
    Records,
    Commit,
    Over,
}

impl Work {
    pub(crate) fn open(request: &str) -> Self {
        let request = serde_json::from_str(request).map_err(|_| {
            Failure::new(
                "bad_request",
                "the request is not one of the known operations",
                &["op"],
            )
        });
        Self {
            request,
            tries: 0,
            waiting: Waiting::Nothing,
        }
    }

    pub(crate) fn next(&mut self, reply: Option<&str>) -> Step {
        let step = self.step(reply).unwrap_or_else(Step::Error);
        self.waiting = match &step {
            Step::Ask(StoreRequest::Load { .. }) => Waiting::Records,
            Step::Ask(StoreRequest::Commit { .. }) => Waiting::Commit,
            Step::Done(_) | Step::Error(_) => Waiting::Over,
        };
        step
    }

    fn step(&mut self, reply: Option<&str>) -> Result<Step, Failure> {
        let request = self.request.clone()?;
        let reply = reply.map(serde_json::from_str::<StoreReply>).transpose();
        let reply = reply.map_err(|_| {
            Failure::new(
                "bad_reply",
                "the store's reply is not one of the known ones",
                &[],
            )
        })?;
        match (self.waiting, reply) {
            (Waiting::Nothing, None) => Ok(load(&request)),
            (Waiting::Records, Some(StoreReply::Loaded { head, rows })) => {
                Ok(decide(&request, &head, rows))
            }
            (Waiting::Commit, Some(StoreReply::Committed)) => Ok(Step::Done(Value::Null)),
            (Waiting::Commit, Some(StoreReply::Conflict)) => {
                self.tries = self.tries.saturating_add(1);
                if self.tries >= TRIES {
                    return Err(Failure::new(
                        "conflict",
                        "another writer was faster each time",
                        &[],
                    ));
                }
                Ok(load(&request))
            }
            _ => Err(Failure::new(
                "bad_reply",
                "the reply does not fit the question before it",
                &[],
            )),
        }
    }
}

fn load(request: &Request) -> Step {
    let (kind, id) = match request {
        Request::Get { kind, id } => (kind, id),
        Request::Put { row } => (&row.kind, &row.id),
    };
    let read = Read {
        kind: kind.clone(),
        by: By::Id,
        value: id.clone(),
    };
    Step::Ask(StoreRequest::Load { reads: vec![read] })
}

fn decide(request: &Request, head: &Head, rows: Vec<Row>) -> Step {
    match request {
        Request::Get { .. } => Step::Done(rows.first().map_or(Value::Null, |row| json!(row))),
        Request::Put { row } => {
            let sequence = head.sequence.saturating_add(1);
            Step::Ask(StoreRequest::Commit {
                expected: head.clone(),
                head: Head {
                    sequence,
                    hash: format!("stub-{sequence}"),
                },
                entries: vec![Entry {
                    sequence,
                    body: row.body.clone(),
                }],
                put: vec![row.clone()],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUT: &str = r#"{"op":"put","row":{"kind":"customer","id":"1","body":"{}"}}"#;
    const EMPTY: &str = r#"{"type":"loaded","head":{"sequence":0,"hash":""},"rows":[]}"#;

    #[test]
    fn a_put_loads_commits_and_ends() {
        let mut work = Work::open(PUT);
        assert!(matches!(
            work.next(None),
            Step::Ask(StoreRequest::Load { .. })
        ));
        assert!(matches!(
            work.next(Some(EMPTY)),
            Step::Ask(StoreRequest::Commit { .. })
        ));
        assert_eq!(
            work.next(Some(r#"{"type":"committed"}"#)),
            Step::Done(Value::Null)
        );
    }

    #[test]
    fn a_writer_that_is_always_slower_gets_a_typed_error() {
        let mut work = Work::open(PUT);
        let mut step = work.next(None);
        for _ in 0..TRIES {
            assert!(matches!(step, Step::Ask(StoreRequest::Load { .. })));
            work.next(Some(EMPTY));
            step = work.next(Some(r#"{"type":"conflict"}"#));
        }
        assert!(matches!(step, Step::Error(failure) if failure.code == "conflict"));
    }

    #[test]
    fn a4_a_reply_out_of_turn_is_a_typed_error() {
        let mut work = Work::open(PUT);
        let step = work.next(Some(r#"{"type":"committed"}"#));
        assert!(matches!(step, Step::Error(failure) if failure.code == "bad_reply"));
    }

    #[test]
    fn a4_an_unknown_operation_is_a_typed_error_without_the_value() {
        let step = Work::open(r#"{"op":"山田"}"#).next(None).to_json();
        assert!(step.contains("bad_request") && !step.contains("山田"));
    }
}
