//! The id of a record of any kind, and whatever else records are found by.

use core::fmt::{Display, Write as _};

use super::short_text::ShortText;

/// A text that records are found by: an id, or a key such as `phone:09012345678`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(ShortText<30>);

impl RecordId {
    /// This text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(ShortText::new(text))
    }

    /// The text of an id.
    pub fn of(id: impl Display) -> Self {
        let mut text = ShortText::new("");
        // Nothing that is written here fails.
        let _ = write!(text, "{id}");
        Self(text)
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.text()
    }
}

impl From<&str> for RecordId {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Display for RecordId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.text())
    }
}

// A key holds a name, a phone number or an address (A4).
impl core::fmt::Debug for RecordId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RecordId(..)")
    }
}
