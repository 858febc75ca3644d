//! How the log writes down what a command did to a record.

use crate::encode::VERBATIM;

wire! {
    /// What was done to a record.
    #[derive(Copy, Debug)]
    pub enum Operation {
        /// It is new.
        Create,
        /// It changed.
        Update,
        /// It is gone.
        Remove,
    }
}

/// Fields of a record that was changed, a JSON object kept as its text: of one that is new or gone their values, `{"version":1}`; of one that
/// was updated their values before and after, `{"version":[1,2]}`, with `null` for a side that lacks one.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangedFields(String);

impl ChangedFields {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == "{}"
    }
}

impl From<String> for ChangedFields {
    fn from(text: String) -> Self {
        Self(text)
    }
}

// They may be personal (A4).
impl core::fmt::Debug for ChangedFields {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ChangedFields(..)")
    }
}

// The object stands in what it is part of as it is, byte for byte: digests are over its text.
impl serde::Serialize for ChangedFields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(VERBATIM, &self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ChangedFields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        if text.get().starts_with('{') {
            Ok(Self(String::from(Box::<str>::from(text))))
        } else {
            Err(serde::de::Error::custom("not an object"))
        }
    }
}

#[cfg(feature = "tsify")]
const _: () = {
    use wasm_bindgen::prelude::wasm_bindgen;
    #[wasm_bindgen(typescript_custom_section)]
    const TYPE: &'static str = "/** Fields of a record that was changed: their values, or `[before, after]` of an update. */\nexport type ChangedFields = Record<string, unknown>;";
};

#[cfg(feature = "uniffi")]
uniffi::custom_type!(
    /// Fields of a record that was changed, as JSON text.
    ChangedFields, String, {
    lower: |fields| fields.0,
    try_lift: |text| Ok(Self::from(text)),
});
