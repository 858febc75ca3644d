//! Writing an archive: the same parts give the same bytes, since no clock is read.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::error::SheetError;

/// 1 January 1980, the first day a zip archive can name, stands for "no date".
const NO_DATE: u16 = 0x21;

/// One part being written; it is deflated as it comes.
pub(crate) struct PartWriter {
    deflated: DeflateEncoder<Vec<u8>>,
    crc: crc32fast::Hasher,
    size: u64,
}

impl PartWriter {
    pub(crate) fn new() -> Self {
        Self { deflated: DeflateEncoder::new(Vec::new(), Compression::new(3)), crc: crc32fast::Hasher::new(), size: 0 }
    }

    /// Appends text.
    pub(crate) fn push(&mut self, text: &str) -> Result<(), SheetError> {
        self.crc.update(text.as_bytes());
        self.size = self.size.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        self.deflated.write_all(text.as_bytes()).map_err(|_| SheetError::OutputTooLarge)
    }
}

/// An archive being written, part by part.
#[derive(Default)]
pub(crate) struct ArchiveWriter {
    out: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl ArchiveWriter {
    /// Adds a part that is complete.
    pub(crate) fn add(&mut self, name: &str, part: PartWriter) -> Result<(), SheetError> {
        let too_large = |_| SheetError::OutputTooLarge;
        let data = part.deflated.finish().map_err(|_| SheetError::OutputTooLarge)?;
        let offset = u32::try_from(self.out.len()).map_err(too_large)?;
        let mut header = Vec::new();
        header.extend(20_u16.to_le_bytes());
        header.extend(0_u16.to_le_bytes());
        header.extend(8_u16.to_le_bytes());
        header.extend(0_u16.to_le_bytes());
        header.extend(NO_DATE.to_le_bytes());
        header.extend(part.crc.finalize().to_le_bytes());
        header.extend(u32::try_from(data.len()).map_err(too_large)?.to_le_bytes());
        header.extend(u32::try_from(part.size).map_err(too_large)?.to_le_bytes());
        header.extend(u16::try_from(name.len()).map_err(too_large)?.to_le_bytes());
        header.extend(0_u16.to_le_bytes());

        self.out.extend(b"PK\x03\x04");
        self.out.extend(&header);
        self.out.extend(name.as_bytes());
        self.out.extend(data);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(20_u16.to_le_bytes());
        self.directory.extend(&header);
        // No comment, first disk, no attributes inside or outside.
        self.directory.extend([0_u8; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries = self.entries.checked_add(1).ok_or(SheetError::OutputTooLarge)?;
        Ok(())
    }

    /// Closes the archive.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, SheetError> {
        let too_large = |_| SheetError::OutputTooLarge;
        let offset = u32::try_from(self.out.len()).map_err(too_large)?;
        let size = u32::try_from(self.directory.len()).map_err(too_large)?;
        self.out.append(&mut self.directory);
        self.out.extend(b"PK\x05\x06\0\0\0\0");
        self.out.extend(self.entries.to_le_bytes());
        self.out.extend(self.entries.to_le_bytes());
        self.out.extend(size.to_le_bytes());
        self.out.extend(offset.to_le_bytes());
        self.out.extend(0_u16.to_le_bytes());
        Ok(self.out)
    }
}
