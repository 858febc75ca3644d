//! What crosses the boundary between the module and the store of the host, as JSON.
//!
//! The TypeScript side of the same types is `ts/store.ts`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a salon's log stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Number of the last entry; 0 before the first.
    pub(crate) sequence: u64,
    /// Hash of the last entry; empty before the first.
    pub(crate) hash: String,
}

/// A record as the store keeps it: what it is found by, and a body the store does not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) kind: String,
    pub(crate) id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
    #[serde(default)]
    pub(crate) keys: Vec<String>,
    pub(crate) body: String,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) sequence: u64,
    pub(crate) body: String,
}

/// Which column of [`Row`] a read goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum By {
    Id,
}

/// One question for records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Read {
    pub(crate) kind: String,
    pub(crate) by: By,
    pub(crate) value: String,
}

/// A question to the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum StoreRequest {
    /// Records, all as of one head.
    Load { reads: Vec<Read> },
    /// Append and write in one transaction, if the log still stands where it was read.
    Commit {
        expected: Head,
        head: Head,
        entries: Vec<Entry>,
        put: Vec<Row>,
    },
}

/// What the store answered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum StoreReply {
    Loaded { head: Head, rows: Vec<Row> },
    Committed,
    Conflict,
}

/// What a task says next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Step {
    Ask(StoreRequest),
    Done(Value),
    Error(Failure),
}

/// A typed error as it crosses the boundary (A4): never a value of the request in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
    pub(crate) fields: Vec<String>,
}

impl Failure {
    pub(crate) fn new(code: &'static str, detail: &str, fields: &[&str]) -> Self {
        let fields = fields.iter().map(|&field| field.to_owned()).collect();
        Self {
            code,
            detail: detail.to_owned(),
            fields,
        }
    }
}

impl Step {
    pub(crate) fn to_json(&self) -> String {
        // Strings, integers and lists only: writing them cannot fail. Should it ever, the host still gets a typed error.
        serde_json::to_string(self).unwrap_or_else(|_| {
            r#"{"error":{"code":"internal","detail":"a step could not be written","fields":[]}}"#.to_owned()
        })
    }
}
