//! The archive's central directory, and what must be true of it before a byte is inflated.

use crate::archive::PartReader;
use crate::error::SheetError;
use crate::limits::Limits;

/// More entries than this no workbook of ten megabytes has; the directory of one that claims them is not built.
const MOST_ENTRIES: u32 = 10_000;

const LOCAL_HEADER: u32 = 0x0403_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const END_OF_DIRECTORY: u32 = 0x0605_4b50;
const END_OF_DIRECTORY_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;

/// One entry as the directory has it, after every check.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Lower-case and with `/`, since part names are equal without regard to case.
    name: Vec<u8>,
    pub(crate) deflated: bool,
    /// A method other than stored and deflated: fine as long as nobody reads it.
    pub(crate) unreadable: bool,
    pub(crate) crc: u32,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) inflated: u64,
}

/// The checked directory of an archive.
pub(crate) struct Directory<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

/// Where the directory says it lies, and how much it says it holds.
struct Claim {
    entries: u64,
    size: u64,
    offset: u64,
    /// Where the records that close the archive begin.
    end: usize,
}

impl<'a> Directory<'a> {
    /// Reads and checks the directory: sizes, ratios, duplicate names, overlaps, encryption.
    pub(crate) fn read(bytes: &'a [u8], limits: &Limits) -> Result<Self, SheetError> {
        let claim = end_of_directory(bytes).ok_or(bad("its directory is missing"))?;
        if claim.entries > u64::from(MOST_ENTRIES) {
            return Err(SheetError::TooManyEntries { limit: MOST_ENTRIES });
        }
        let start = usize::try_from(claim.offset).map_err(|_| bad("its directory lies outside it"))?;
        let end = usize::try_from(claim.size).ok().and_then(|size| start.checked_add(size));
        if end != Some(claim.end) {
            return Err(bad("its directory is not where it says"));
        }
        let mut entries = Vec::new();
        // Each entry's own bytes, header included, to be held against its neighbours'.
        let mut extents = Vec::new();
        let mut at = start;
        for number in 1..=u32::try_from(claim.entries).unwrap_or(MOST_ENTRIES) {
            let (entry, header, next) = central_entry(bytes, at, number, limits)?;
            if header >= start || entry.end > start {
                return Err(bad("an entry lies outside it"));
            }
            extents.push((header, entry.end));
            entries.push(entry);
            at = next;
        }
        if at != claim.end {
            return Err(bad("its directory holds other than it says"));
        }
        extents.sort_unstable();
        if extents.iter().zip(extents.iter().skip(1)).any(|(one, next)| one.1 > next.0) {
            return Err(bad("two entries overlap"));
        }
        let mut names: Vec<&[u8]> = entries.iter().map(|entry| entry.name.as_slice()).collect();
        names.sort_unstable();
        if names.iter().zip(names.iter().skip(1)).any(|(one, next)| one == next) {
            return Err(bad("two entries have one name"));
        }
        Ok(Self { bytes, entries })
    }

    /// The entry of that name, without regard to case.
    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        let name = name.to_ascii_lowercase();
        self.entries.iter().find(|entry| entry.name == name.as_bytes())
    }

    /// A reader that inflates the entry as it is read.
    pub(crate) fn open(&self, entry: &Entry) -> Result<PartReader<'a>, SheetError> {
        if entry.unreadable {
            return Err(bad("an entry is compressed in an unknown way"));
        }
        let data = self.bytes.get(entry.start..entry.end).ok_or(bad("an entry lies outside it"))?;
        Ok(PartReader::new(data, entry))
    }
}

fn bad(problem: &'static str) -> SheetError {
    SheetError::BadArchive { problem }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    Some(u16::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    Some(u32::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let end = at.checked_add(8)?;
    Some(u64::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// Finds the record that closes the archive: the last one whose comment ends exactly with the file.
fn end_of_directory(bytes: &[u8]) -> Option<Claim> {
    let newest = bytes.len().checked_sub(22)?;
    let oldest = newest.saturating_sub(usize::from(u16::MAX));
    let at = (oldest..=newest).rev().find(|at| {
        u32_at(bytes, *at) == Some(END_OF_DIRECTORY)
            && u16_at(bytes, at.saturating_add(20)).map(usize::from) == bytes.len().checked_sub(at.saturating_add(22))
    })?;
    let field = |offset: usize| at.checked_add(offset);
    let entries = u16_at(bytes, field(10)?)?;
    let size = u32_at(bytes, field(12)?)?;
    let offset = u32_at(bytes, field(16)?)?;
    if u16_at(bytes, field(4)?)? != 0 || u16_at(bytes, field(6)?)? != 0 || u16_at(bytes, field(8)?)? != entries {
        return None;
    }
    // Some writers close every archive the 64-bit way, however small it is.
    if let Some(locator) = at.checked_sub(20).filter(|locator| u32_at(bytes, *locator) == Some(LOCATOR_64)) {
        let record = usize::try_from(u64_at(bytes, locator.checked_add(8)?)?).ok()?;
        if u32_at(bytes, record)? != END_OF_DIRECTORY_64 {
            return None;
        }
        let wide = |offset: usize| record.checked_add(offset).and_then(|at| u64_at(bytes, at));
        // Both records must tell the same story where the narrow one tells any.
        let agree = |narrow: u64, most: u64, wide: u64| narrow == most || narrow == wide;
        let claim = Claim { entries: wide(32)?, size: wide(40)?, offset: wide(48)?, end: record };
        return (agree(entries.into(), u16::MAX.into(), claim.entries)
            && agree(size.into(), u32::MAX.into(), claim.size)
            && agree(offset.into(), u32::MAX.into(), claim.offset))
        .then_some(claim);
    }
    Some(Claim { entries: entries.into(), size: size.into(), offset: offset.into(), end: at })
}

/// Reads one entry of the directory with the header it points to. Returns it, the place of that header, and the next entry's.
fn central_entry(bytes: &[u8], at: usize, number: u32, limits: &Limits) -> Result<(Entry, usize, usize), SheetError> {
    let short = || bad("its directory ends too early");
    let field = |offset: usize| at.checked_add(offset).ok_or_else(short);
    let narrow = |offset: usize| u16_at(bytes, field(offset)?).ok_or_else(short);
    let wide = |offset: usize| u32_at(bytes, field(offset)?).ok_or_else(short);
    if wide(0)? != CENTRAL_HEADER {
        return Err(bad("its directory holds other than it says"));
    }
    if narrow(8)? & 1 != 0 {
        return Err(SheetError::Encrypted);
    }
    let method = narrow(10)?;
    let name_start = field(46)?;
    let extra_start = name_start.saturating_add(narrow(28)?.into());
    let comment_start = extra_start.saturating_add(narrow(30)?.into());
    let next = comment_start.saturating_add(narrow(32)?.into());
    let raw_name = bytes.get(name_start..extra_start).ok_or_else(short)?;
    let extra = bytes.get(extra_start..comment_start).ok_or_else(short)?;
    let mut inflated = u64::from(wide(24)?);
    let mut packed = u64::from(wide(20)?);
    let mut header = u64::from(wide(42)?);
    wide_fields(extra, [&mut inflated, &mut packed, &mut header]).ok_or(bad("an entry's 64-bit sizes are missing"))?;

    if inflated > limits.entry_bytes {
        return Err(SheetError::EntryTooLarge { entry: number, limit: limits.entry_bytes });
    }
    if inflated > packed.saturating_mul(limits.ratio.into()) {
        return Err(SheetError::RatioTooHigh { entry: number, limit: limits.ratio });
    }
    if method == 0 && inflated != packed {
        return Err(bad("a stored entry has two sizes"));
    }
    let header = usize::try_from(header).map_err(|_| bad("an entry lies outside it"))?;
    let (start, local_name, local_method) = local_entry(bytes, header).ok_or(bad("an entry lies outside it"))?;
    if local_name != raw_name || local_method != method {
        return Err(bad("an entry's two headers differ"));
    }
    let end = usize::try_from(packed).ok().and_then(|packed| start.checked_add(packed));
    let end = end.filter(|end| *end <= bytes.len()).ok_or(bad("an entry lies outside it"))?;
    let name = raw_name.iter().map(|byte| if *byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() });
    let name: Vec<u8> = name.skip_while(|byte| *byte == b'/').collect();
    let crc = wide(16)?;
    let (deflated, unreadable) = (method == 8, method != 0 && method != 8);
    Ok((Entry { name, deflated, unreadable, crc, start, end, inflated }, header, next))
}

/// Replaces the sizes that say "see the 64-bit field" by that field's. `None` when it is not there.
fn wide_fields(mut extra: &[u8], fields: [&mut u64; 3]) -> Option<()> {
    let mut wanted = fields.into_iter().filter(|field| **field == u64::from(u32::MAX)).peekable();
    if wanted.peek().is_none() {
        return Some(());
    }
    loop {
        let length = usize::from(u16_at(extra, 2)?).checked_add(4)?;
        if u16_at(extra, 0)? == 1 {
            let body = extra.get(4..length)?;
            let mut at = 0_usize;
            for field in wanted {
                *field = u64_at(body, at)?;
                at = at.checked_add(8)?;
            }
            return Some(());
        }
        extra = extra.get(length..)?;
    }
}

/// Where the data of the entry with this header begins, and what the header calls it.
fn local_entry(bytes: &[u8], at: usize) -> Option<(usize, &[u8], u16)> {
    if u32_at(bytes, at)? != LOCAL_HEADER {
        return None;
    }
    let method = u16_at(bytes, at.checked_add(8)?)?;
    let name_start = at.checked_add(30)?;
    let name_end = name_start.checked_add(u16_at(bytes, at.checked_add(26)?)?.into())?;
    let start = name_end.checked_add(u16_at(bytes, at.checked_add(28)?)?.into())?;
    Some((start, bytes.get(name_start..name_end)?, method))
}
