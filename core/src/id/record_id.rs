//! The id of a record of any kind, and whatever else records are found by.

use core::fmt::{Display, Write as _};
use core::hash::{Hash, Hasher};

/// A text that records are found by. A short one, as nearly all ids and keys are, lies in the value itself: nothing is allocated to look for it, and
/// no pointer is followed to compare it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordId(Text);

#[derive(Clone, PartialEq, Eq)]
enum Text {
    /// So many bytes of these; zeros follow.
    Short(u8, [u8; RecordId::INSIDE]),
    Long(Box<str>),
}

impl RecordId {
    pub(crate) const INSIDE: usize = 30;

    /// This text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut inside = [0; Self::INSIDE];
        Self(match (u8::try_from(text.len()), inside.get_mut(..text.len())) {
            (Ok(length), Some(room)) => {
                room.copy_from_slice(text.as_bytes());
                Text::Short(length, inside)
            }
            _ => Text::Long(text.into()),
        })
    }

    /// The text of an id.
    pub fn of(id: impl Display) -> Self {
        let mut text = Self::new("");
        // Nothing that is written here fails.
        let _ = write!(text, "{id}");
        text
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.0 {
            // It was made from texts.
            Text::Short(..) => core::str::from_utf8(self.bytes()).unwrap_or_default(),
            Text::Long(text) => text,
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Text::Short(length, inside) => inside.get(..usize::from(*length)).unwrap_or_default(),
            Text::Long(text) => text.as_bytes(),
        }
    }
}

impl core::fmt::Write for RecordId {
    fn write_str(&mut self, more: &str) -> core::fmt::Result {
        if let Text::Short(length, inside) = &mut self.0
            && let end = usize::from(*length).saturating_add(more.len())
            && let Some(room) = inside.get_mut(usize::from(*length)..end)
        {
            room.copy_from_slice(more.as_bytes());
            *length = u8::try_from(end).unwrap_or_default();
        } else {
            self.0 = Text::Long([self.text(), more].concat().into());
        }
        Ok(())
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

impl Hash for RecordId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

// UTF-8 is in order of its characters.
impl Ord for RecordId {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for RecordId {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_the_order_of_their_texts_wherever_they_lie() {
        let long = "c".repeat(RecordId::INSIDE + 1);
        let texts = ["", "c", "c1", "c10", "c2", long.as_str(), "c\u{0}", "山田", &"c".repeat(RecordId::INSIDE), "r1"];
        for one in texts {
            for other in texts {
                assert_eq!(RecordId::new(one).cmp(&RecordId::new(other)), one.cmp(other), "{one:?} {other:?}");
                assert_eq!(RecordId::new(one) == RecordId::new(other), one == other, "{one:?} {other:?}");
                let both = format!("{one}{other}");
                assert_eq!(RecordId::of(format_args!("{one}{other}")), RecordId::new(&both), "{both:?}");
                assert_eq!(RecordId::new(&both).text(), both);
            }
        }
    }
}
