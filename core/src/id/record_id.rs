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

    // The text of an id that the ledger counts.
    pub(super) fn ordinal(prefix: &str, ordinal: u32) -> Self {
        Self(super::ordinal_text(prefix, ordinal))
    }

    /// The text of an id.
    pub fn of(id: impl Display) -> Self {
        let mut text = ShortText::new("");
        // Nothing that is written here fails.
        let _ = write!(text, "{id}");
        Self(text)
    }

    /// Its letter and its number, if it is one of those that the ledger counts, such as `c17`.
    pub(crate) fn counted(&self) -> Option<(u8, u32)> {
        let (letter, digits) = self.0.bytes().split_first().filter(|(letter, _)| letter.is_ascii_lowercase())?;
        // One spelling for each number.
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with(b"0")) {
            return None;
        }
        let digit =
            |number: u32, byte: &u8| number.checked_mul(10)?.checked_add(u32::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?));
        Some((*letter, digits.iter().try_fold(0, digit)?))
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
