//! One entry of the archive, inflated as it is read.

use std::io::{self, BufRead, Read};

use flate2::bufread::DeflateDecoder;

use crate::archive::directory::Entry;
use crate::error::SheetError;

/// How much is inflated at a time.
const CHUNK: usize = 32 * 1024;

/// The longest piece of XML (one tag, one text between two tags) that is taken in whole. The longest text Excel writes,
/// 32,767 characters, fits in it.
const LONGEST_TOKEN: usize = 256 * 1024;

enum Data<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
}

/// Reads one entry within the size its directory entry claims, and holds it to that claim and to its checksum.
///
/// The XML reader above it collects one token at a time in memory; [`PartReader::allow_token`] bounds what it can collect.
pub(crate) struct PartReader<'a> {
    data: Data<'a>,
    chunk: Vec<u8>,
    /// How much of the chunk is data, and how much of that was consumed.
    filled: usize,
    at: usize,
    /// What the entry may still yield.
    left: u64,
    /// What the present token may still take.
    token: usize,
    crc: crc32fast::Hasher,
    claimed_crc: u32,
    ended: bool,
    failure: Option<Failure>,
}

/// Why reading stopped: an archive error, or a token too long for [`LONGEST_TOKEN`].
pub(crate) enum Failure {
    Archive(SheetError),
    LongToken,
}

impl<'a> PartReader<'a> {
    pub(crate) fn new(data: &'a [u8], entry: &Entry) -> Self {
        Self {
            data: if entry.deflated { Data::Deflated(Box::new(DeflateDecoder::new(data))) } else { Data::Stored(data) },
            chunk: vec![0; CHUNK],
            filled: 0,
            at: 0,
            left: entry.inflated,
            token: LONGEST_TOKEN,
            crc: crc32fast::Hasher::new(),
            claimed_crc: entry.crc,
            ended: false,
            failure: None,
        }
    }

    /// Lets the next token be read, up to its bound.
    pub(crate) fn allow_token(&mut self) {
        self.token = LONGEST_TOKEN;
    }

    /// Why the last read failed.
    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// Reads what is left without looking at it, so that its checksum is known.
    pub(crate) fn drain(&mut self) -> Result<(), SheetError> {
        loop {
            self.allow_token();
            let taken = match self.fill_buf() {
                Ok([]) => return Ok(()),
                Ok(some) => some.len(),
                Err(_) => {
                    return Err(match self.failure.take() {
                        Some(Failure::Archive(error)) => error,
                        _ => SheetError::BadArchive { problem: "an entry cannot be inflated" },
                    });
                }
            };
            self.consume(taken);
        }
    }

    fn fail(&mut self, problem: &'static str) -> io::Error {
        self.failure = Some(Failure::Archive(SheetError::BadArchive { problem }));
        io::Error::from(io::ErrorKind::Other)
    }

    fn refill(&mut self) -> io::Result<()> {
        (self.at, self.filled) = (0, 0);
        let read = match &mut self.data {
            Data::Stored(data) => data.read(&mut self.chunk),
            Data::Deflated(data) => data.read(&mut self.chunk),
        };
        let Ok(read) = read else {
            return Err(self.fail("an entry cannot be inflated"));
        };
        let size = u64::try_from(read).unwrap_or(u64::MAX);
        let Some(left) = self.left.checked_sub(size) else {
            return Err(self.fail("an entry inflates to more than it says"));
        };
        self.left = left;
        self.filled = read;
        self.crc.update(self.chunk.get(..read).unwrap_or_default());
        if read == 0 {
            self.ended = true;
            if self.left > 0 {
                return Err(self.fail("an entry inflates to less than it says"));
            }
            if self.crc.clone().finalize() != self.claimed_crc {
                return Err(self.fail("an entry's checksum is wrong"));
            }
        }
        Ok(())
    }
}

impl Read for PartReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let read = available.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for PartReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.filled && !self.ended {
            self.refill()?;
        }
        let available = self.chunk.get(self.at..self.filled).unwrap_or_default();
        if self.token == 0 && !available.is_empty() {
            self.failure = Some(Failure::LongToken);
            return Err(io::Error::from(io::ErrorKind::Other));
        }
        Ok(available.get(..self.token).unwrap_or(available))
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.at.saturating_add(amount).min(self.filled);
        self.token = self.token.saturating_sub(amount);
    }
}
