use super::{Error, Private};

/// An error as it crosses a boundary: the one error type of JSON, TypeScript, Kotlin, Swift and Python.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The stable code, such as `merge.name_mismatch`.
    pub code: &'static str,
    /// What is wrong and what would be right, for developers; no personal data.
    pub detail: String,
    /// The fields at fault, by their names on the wire.
    pub fields: Vec<String>,
    /// What a program needs to go on, a JSON object or null. May hold personal data: show it, do not log it.
    pub data: Private<serde_json::Value>,
    /// Whether the same call may go through when made again as it is.
    pub retryable: bool,
}

impl Fault {
    /// An error as it crosses a boundary.
    #[must_use]
    pub fn of(error: &Error) -> Self {
        Self { code: error.code(), detail: error.to_string(), fields: error.fields(), data: Private(error.data()), retryable: error.is_retryable() }
    }
}

/// [`Fault`] as Kotlin, Swift and Python throw it.
#[cfg(feature = "uniffi")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum DaichoError {
    /// The rules, the store or the caller's own input said no.
    #[error("{code}: {detail}")]
    Failed {
        /// The stable code, such as `merge.name_mismatch`.
        code: String,
        /// What is wrong and what would be right, for developers; no personal data.
        detail: String,
        /// The fields at fault, by their names in JSON.
        fields: Vec<String>,
        /// What a program needs to go on, as JSON text. May hold personal data: show it, do not log it.
        data: String,
        /// Whether the same call may go through when made again as it is.
        retryable: bool,
    },
}

#[cfg(feature = "uniffi")]
impl<E: Into<Error>> From<E> for DaichoError {
    fn from(error: E) -> Self {
        let fault = Fault::of(&error.into());
        Self::Failed { code: fault.code.to_owned(), detail: fault.detail, fields: fault.fields, data: fault.data.0.to_string(), retryable: fault.retryable }
    }
}
