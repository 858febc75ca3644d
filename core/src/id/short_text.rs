//! A text that lies in its own value while it is short.

use core::hash::{Hash, Hasher};

/// A text. One of up to `INSIDE` bytes, as nearly all ids and keys are, lies in the value itself: nothing is allocated to copy it or to look for it,
/// and no pointer is followed to compare it.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum ShortText<const INSIDE: usize> {
    /// So many bytes of these; zeros follow.
    Inside(u8, [u8; INSIDE]),
    /// A longer one.
    Apart(Box<str>),
}

impl<const INSIDE: usize> ShortText<INSIDE> {
    #[inline]
    pub(super) fn new(text: &str) -> Self {
        let mut inside = [0; INSIDE];
        match (u8::try_from(text.len()), inside.get_mut(..text.len())) {
            (Ok(length), Some(room)) => {
                room.copy_from_slice(text.as_bytes());
                Self::Inside(length, inside)
            }
            _ => Self::Apart(text.into()),
        }
    }

    #[inline]
    pub(super) fn text(&self) -> &str {
        match self {
            // It was made from texts.
            Self::Inside(..) => core::str::from_utf8(self.bytes()).unwrap_or_default(),
            Self::Apart(text) => text,
        }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Inside(length, inside) => inside.get(..usize::from(*length)).unwrap_or_default(),
            Self::Apart(text) => text.as_bytes(),
        }
    }
}

impl<const INSIDE: usize> ShortText<INSIDE> {
    #[inline]
    pub(super) fn push(&mut self, more: &str) {
        if let Self::Inside(length, inside) = self
            && let end = usize::from(*length).saturating_add(more.len())
            && let Ok(longer) = u8::try_from(end)
            && let Some(room) = inside.get_mut(usize::from(*length)..end)
        {
            room.copy_from_slice(more.as_bytes());
            *length = longer;
        } else {
            *self = Self::Apart([self.text(), more].concat().into());
        }
    }
}

impl<const INSIDE: usize> core::fmt::Write for ShortText<INSIDE> {
    fn write_str(&mut self, more: &str) -> core::fmt::Result {
        self.push(more);
        Ok(())
    }
}

impl<const INSIDE: usize> Hash for ShortText<INSIDE> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

// UTF-8 is in order of its characters.
impl<const INSIDE: usize> Ord for ShortText<INSIDE> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl<const INSIDE: usize> PartialOrd for ShortText<INSIDE> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use core::fmt::Write as _;

    use super::*;

    type Text = ShortText<22>;

    #[test]
    fn texts_are_in_their_order_wherever_they_lie() {
        let (whole, long) = ("c".repeat(22), "c".repeat(23));
        let texts = ["", "c", "c1", "c10", "c2", long.as_str(), "c\u{0}", "山田", whole.as_str(), "r1"];
        for one in texts {
            for other in texts {
                assert_eq!(Text::new(one).cmp(&Text::new(other)), one.cmp(other), "{one:?} {other:?}");
                assert_eq!(Text::new(one) == Text::new(other), one == other, "{one:?} {other:?}");
                let (mut written, both) = (Text::new(one), format!("{one}{other}"));
                written.write_str(other).unwrap();
                assert!(written == Text::new(&both), "{both:?}");
                assert_eq!(written.text(), both);
            }
        }
    }

    #[test]
    fn a_text_is_as_large_as_a_string_of_the_standard_library() {
        assert_eq!(size_of::<Text>(), size_of::<String>());
        assert_eq!(size_of::<ShortText<30>>(), 32);
    }
}
