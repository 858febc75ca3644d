//! The shared strings of a workbook being written.
//!
//! Texts inside the cells would be simpler, but a sheet of 100,000 customers would then pass the 64 MB that an entry may have
//! when it is read back (I7).

use std::collections::BTreeMap;

use crate::archive::PartWriter;
use crate::error::SheetError;
use crate::xlsx::escape;

/// Texts beyond this many different ones are written each time they occur: what repeats (女性, 紹介) comes early, and the
/// memory stays bounded however long the export is.
const MOST_REMEMBERED: usize = 4_096;

/// Collects texts, and gives each the number by which cells refer to it.
pub(crate) struct Texts {
    part: PartWriter,
    remembered: BTreeMap<String, u32>,
    count: u32,
    buffer: String,
}

impl Texts {
    pub(crate) fn new() -> Result<Self, SheetError> {
        let mut part = PartWriter::new();
        part.push(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        ))?;
        Ok(Self { part, remembered: BTreeMap::new(), count: 0, buffer: String::new() })
    }

    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> Result<u32, SheetError> {
        if let Some(number) = self.remembered.get(text) {
            return Ok(*number);
        }
        let number = self.count;
        self.count = self.count.checked_add(1).ok_or(SheetError::OutputTooLarge)?;
        if self.remembered.len() < MOST_REMEMBERED {
            self.remembered.insert(text.to_owned(), number);
        }
        let bare = text.trim() == text && !text.contains(['\n', '\t']);
        self.buffer.clear();
        self.buffer.push_str(if bare { "<si><t>" } else { "<si><t xml:space=\"preserve\">" });
        escape::write(text, &mut self.buffer);
        self.buffer.push_str("</t></si>");
        self.part.push(&self.buffer)?;
        Ok(number)
    }

    /// The part, complete.
    pub(crate) fn finish(mut self) -> Result<PartWriter, SheetError> {
        self.part.push("</sst>")?;
        Ok(self.part)
    }
}
