//! Errors as they cross the boundary.

use daicho::Error;
use daicho::error::Fault;

/// The fault of an error, as JSON.
pub(crate) fn json(error: impl Into<Error>) -> String {
    serde_json::to_string(&Fault::of(&error.into())).unwrap_or_default()
}

/// The step that ends with an error of the steps themselves, not of what they do.
pub(crate) fn thrown(error: impl Into<Error>) -> String {
    format!("{{\"error\":{}}}", json(error))
}
