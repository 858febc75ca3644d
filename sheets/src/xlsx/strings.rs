//! The shared strings: the one part that has to be held in memory.

use crate::archive::Directory;
use crate::error::{Part, SheetError};
use crate::limits::Limits;
use crate::xlsx::escape;
use crate::xlsx::xml::{Node, Xml};

/// All texts end to end, and where each ends. The counts that the part claims of itself are not even read (I7).
#[derive(Default)]
pub(crate) struct SharedStrings {
    text: String,
    ends: Vec<u32>,
    /// The places of those longer than a cell may be: an error where a cell uses one, and nothing before.
    too_long: Vec<u32>,
}

/// What a cell finds behind its number.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'s> {
    Text(&'s str),
    TooLong,
    Missing,
}

impl SharedStrings {
    /// Reads the part within the memory the limits allow it.
    pub(crate) fn read(directory: &Directory<'_>, name: &str, limits: &Limits) -> Result<Self, SheetError> {
        let mut xml = Xml::open(directory, name, Part::SharedStrings)?;
        let mut strings = Self::default();
        let mut buffer = String::new();
        // An escape takes seven bytes for at least one.
        let longest = usize::try_from(limits.cell_bytes).unwrap_or(usize::MAX);
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name() == "si" => {}
                Node::Eof => break,
                _ => continue,
            }
            buffer.clear();
            let fits = xml.rich_text(&mut buffer, longest.saturating_mul(7))?;
            let text = escape::read(&buffer);
            let text = Some(text).filter(|text| fits && text.len() <= longest);
            strings.push(text.as_deref(), limits.shared_string_bytes)?;
        }
        Ok(strings)
    }

    /// The string of that number, from 0.
    pub(crate) fn get(&self, index: u32) -> Found<'_> {
        if self.too_long.binary_search(&index).is_ok() {
            return Found::TooLong;
        }
        self.slice(index).map_or(Found::Missing, Found::Text)
    }

    fn slice(&self, index: u32) -> Option<&str> {
        let index = usize::try_from(index).ok()?;
        let end = usize::try_from(*self.ends.get(index)?).ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// Appends one string; `None` stands for one that is too long.
    fn push(&mut self, text: Option<&str>, limit: u32) -> Result<(), SheetError> {
        let too_large = SheetError::SharedStringsTooLarge { limit };
        let length = text.map_or(0, str::len);
        let index = self.ends.len().saturating_add(self.too_long.len()).saturating_add(1);
        let needed = self.text.len().saturating_add(length).saturating_add(index.saturating_mul(size_of::<u32>()));
        if u32::try_from(needed).map_or(true, |needed| needed > limit) {
            return Err(too_large);
        }
        // Growing by an eighth instead of by half keeps the peak near what is used.
        let refused = |_| SheetError::OutOfMemory;
        if self.text.capacity().saturating_sub(self.text.len()) < length {
            self.text.try_reserve_exact(length.saturating_add(65_536).saturating_add(self.text.len() / 8)).map_err(refused)?;
        }
        if self.ends.capacity() == self.ends.len() {
            self.ends.try_reserve_exact(16_384_usize.saturating_add(self.ends.len() / 8)).map_err(refused)?;
        }
        match text {
            Some(text) => self.text.push_str(text),
            None => self.too_long.push(u32::try_from(self.ends.len()).map_err(|_| too_large.clone())?),
        }
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| too_large)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, SharedStrings};
    use crate::error::SheetError;

    #[test]
    fn i7_shared_strings_stay_within_their_memory() {
        let mut strings = SharedStrings::default();
        strings.push(Some("山田"), 100).unwrap();
        strings.push(None, 100).unwrap();
        strings.push(Some(""), 100).unwrap();
        strings.push(Some("花子"), 100).unwrap();
        assert_eq!(strings.get(0), Found::Text("山田"));
        assert_eq!(strings.get(1), Found::TooLong);
        assert_eq!(strings.get(2), Found::Text(""));
        assert_eq!(strings.get(3), Found::Text("花子"));
        assert_eq!(strings.get(4), Found::Missing);
        assert_eq!(strings.get(u32::MAX), Found::Missing);
        // 12 bytes of text, four ends and one number: the next string may have 100 - 12 - 6 * 4 bytes.
        assert_eq!(strings.push(Some(&"a".repeat(65)), 100), Err(SheetError::SharedStringsTooLarge { limit: 100 }));
        assert_eq!(strings.push(Some(&"a".repeat(64)), 100), Ok(()));
    }
}
