//! The one error of the public face (A4).

use crate::store::StoreError;

/// What was refused, and why.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum DaichoError {
    /// A rule, the store or the input said no.
    #[error("{code}: {detail}")]
    Failed {
        /// Stable name of the reason, for programs.
        code: String,
        /// What was expected, for people. Never personal data.
        detail: String,
        /// The fields at fault, as the caller named them.
        fields: Vec<String>,
    },
}

impl DaichoError {
    pub(crate) fn new(code: &str, detail: impl Into<String>, fields: &[&str]) -> Self {
        Self::Failed {
            code: code.to_owned(),
            detail: detail.into(),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
        }
    }
}

impl From<StoreError> for DaichoError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::Conflict => "store.conflict",
            StoreError::Unavailable { .. } => "store.unavailable",
            StoreError::Broken { .. } => "store.broken",
            StoreError::Unexpected { .. } => "store.unexpected",
        };
        Self::new(code, error.to_string(), &[])
    }
}
