use super::{AccessError, Error, Private};

/// An error as it crosses a boundary: the one error type of JSON, TypeScript, Kotlin, Swift and Python.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The stable code, such as `merge.name_mismatch`.
    pub code: &'static str,
    /// What is wrong and what would be right, for developers; no personal data.
    pub detail: String,
    /// The fields at fault, by their names on the wire; one within another by its path, such as `lines[0].price`.
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
        Self {
            code: error.code(),
            detail: error.to_string(),
            fields: error.fields(),
            data: Private(error.data()),
            retryable: error.is_retryable(),
        }
    }
}

/// JSON text that may hold personal data. The languages print a thrown error with all its fields: this one prints as "(private)".
#[cfg(feature = "uniffi")]
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateJson(pub String);

#[cfg(feature = "uniffi")]
impl core::fmt::Debug for PrivateJson {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("(private)")
    }
}

#[cfg(feature = "uniffi")]
uniffi::custom_type!(/// JSON text that may hold personal data: show it, do not log it. It prints as "(private)".
    PrivateJson, String, { lower: |json| json.0, try_lift: |text| Ok(PrivateJson(text)) });

/// What serde says of bad JSON, without the values: it quotes what it found, and that may be a name or a phone number.
#[must_use]
pub fn json_fault(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // These hold no value.
    if ["missing field", "duplicate field"].iter().any(|said| text.starts_with(said)) || AccessError::is_of_bad_id(&text) {
        return text;
    }
    // The last one: the value that is quoted before it may hold the word too, and where nothing was expected there is but the value.
    let expected = text.rsplit_once("expected").filter(|_| !text.contains("there are no")).map(|(_, rest)| rest.trim().to_owned());
    expected.map_or_else(|| format!("not valid at line {} column {}", error.line(), error.column()), |rest| format!("expected {rest}"))
}

/// The field that bad JSON lacks. A field that nobody knows is not named: its name came from outside.
#[must_use]
pub fn missing_field(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    text.strip_prefix("missing field `")?.split_once('`').map(|(field, _)| field.to_owned())
}

/// Why the library said no: every error it throws.
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
        /// The fields at fault, by their names in JSON; one within another by its path, such as `lines[0].price`.
        fields: Vec<String>,
        /// What a program needs to go on, as JSON text. May hold personal data: show it, do not log it.
        data: PrivateJson,
        /// Whether the same call may go through when made again as it is.
        retryable: bool,
    },
}

#[cfg(feature = "uniffi")]
impl<E: Into<Error>> From<E> for DaichoError {
    fn from(error: E) -> Self {
        let fault = Fault::of(&error.into());
        Self::Failed {
            code: fault.code.to_owned(),
            detail: fault.detail,
            fields: fault.fields,
            data: PrivateJson(fault.data.0.to_string()),
            retryable: fault.retryable,
        }
    }
}
