//! How large a module is on the wire.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes of one file: as it is, and as a server would send it.
pub(crate) struct Size {
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
}

impl Size {
    pub(crate) fn of(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &best)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }
}

/// `12345` bytes as `12.3 kB`, in whole tenths.
pub(crate) fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
