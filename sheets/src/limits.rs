//! What a file may cost before it is refused.

/// The bounds within which a file is read (I7). Each can be set; past one, reading ends in a typed error.
///
/// Sizes are in bytes, and kB and MB are the SI ones.
///
/// ```
/// use daicho_sheets::Limits;
/// let limits = Limits { rows: 5_000, ..Limits::default() };
/// assert_eq!(limits.columns, 64);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file itself.
    pub container_bytes: u64,
    /// One entry of the archive, inflated.
    pub entry_bytes: u64,
    /// How many times larger an entry may become when it is inflated.
    pub ratio: u32,
    /// The highest row number that may hold a value.
    pub rows: u32,
    /// The highest column number that may hold a value.
    pub columns: u32,
    /// The text of one cell, in UTF-8.
    pub cell_bytes: u32,
    /// All the shared strings of a workbook together, with their index.
    pub shared_string_bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            container_bytes: 10_000_000,
            entry_bytes: 64_000_000,
            ratio: 200,
            rows: 100_000,
            columns: 64,
            cell_bytes: 4_000,
            shared_string_bytes: 32_000_000,
        }
    }
}
