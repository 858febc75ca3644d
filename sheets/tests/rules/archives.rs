//! Archives as an attacker builds them: every claim can be a lie.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// One entry, with what its headers claim.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) data: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) crc: u32,
    pub(crate) inflated: u64,
    /// Where the directory says the entry begins, if not where it does.
    pub(crate) offset: Option<u32>,
    /// Sizes and place in the 64-bit field instead of their own.
    pub(crate) wide: bool,
}

/// At a level at which every compressor that flate2 may be built with gives the dense streams of an attacker: the fast ones stay below
/// the ratio that is refused.
fn deflate() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::default())
}

impl Entry {
    /// An honest entry.
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        let mut encoder = deflate();
        encoder.write_all(content).unwrap();
        let data = encoder.finish().unwrap();
        let inflated = u64::try_from(content.len()).unwrap();
        Self { name: name.to_owned(), data, method: 8, flags: 0, crc: crc32fast::hash(content), inflated, offset: None, wide: false }
    }

    /// An entry that is not compressed.
    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        Self { data: content.to_vec(), method: 0, ..Self::new(name, content) }
    }

    /// An entry of `count` times the same content, built without ever holding it.
    pub(crate) fn repeated(name: &str, head: &[u8], block: &[u8], count: u64, tail: &[u8]) -> Self {
        let mut encoder = deflate();
        let mut crc = crc32fast::Hasher::new();
        let mut put = |part: &[u8]| {
            crc.update(part);
            encoder.write_all(part).unwrap();
        };
        put(head);
        (0..count).for_each(|_| put(block));
        put(tail);
        let size = |part: &[u8]| u64::try_from(part.len()).unwrap();
        let inflated = size(head) + size(block) * count + size(tail);
        Self { inflated, crc: crc.finalize(), data: encoder.finish().unwrap(), ..Self::new(name, b"") }
    }
}

/// The archive of these entries.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    let small = |size: usize| u16::try_from(size).unwrap().to_le_bytes();
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = u32::try_from(out.len()).unwrap();
        let packed = u32::try_from(entry.data.len()).unwrap();
        let inflated = u32::try_from(entry.inflated).unwrap_or(u32::MAX);
        let mut header = Vec::new();
        header.extend(20_u16.to_le_bytes());
        header.extend(entry.flags.to_le_bytes());
        header.extend(entry.method.to_le_bytes());
        header.extend([0; 4]);
        header.extend(entry.crc.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&header);
        out.extend(packed.to_le_bytes());
        out.extend(inflated.to_le_bytes());
        out.extend(small(entry.name.len()));
        out.extend(small(0));
        out.extend(entry.name.as_bytes());
        out.extend(&entry.data);

        let offset = entry.offset.unwrap_or(offset);
        let mut extra = Vec::new();
        if entry.wide {
            extra.extend([1, 0, 24, 0]);
            extra.extend(entry.inflated.to_le_bytes());
            extra.extend(u64::from(packed).to_le_bytes());
            extra.extend(u64::from(offset).to_le_bytes());
        }
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&header);
        directory.extend(if entry.wide { u32::MAX } else { packed }.to_le_bytes());
        directory.extend(if entry.wide { u32::MAX } else { inflated }.to_le_bytes());
        directory.extend(small(entry.name.len()));
        directory.extend(small(extra.len()));
        directory.extend([0; 10]);
        directory.extend(if entry.wide { u32::MAX } else { offset }.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(extra);
    }
    let offset = u32::try_from(out.len()).unwrap();
    let size = u32::try_from(directory.len()).unwrap();
    let count = u16::try_from(entries.len()).unwrap();
    out.extend(directory);
    if entries.iter().any(|entry| entry.wide) {
        let record = u64::try_from(out.len()).unwrap();
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.extend(u64::from(count).to_le_bytes());
        out.extend(u64::from(count).to_le_bytes());
        out.extend(u64::from(size).to_le_bytes());
        out.extend(u64::from(offset).to_le_bytes());
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(record.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
        return out;
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend(small(0));
    out
}

/// The entries of an honest archive, inflated: name and content.
pub(crate) fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let narrow = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let wide = |at: usize| usize::try_from(u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())).unwrap();
    let end = bytes.len() - 22;
    let mut at = wide(end + 16);
    let mut entries = Vec::new();
    for _ in 0..narrow(end + 10) {
        let (packed, name, header) = (wide(at + 20), narrow(at + 28), wide(at + 42));
        let start = header + 30 + narrow(header + 26) + narrow(header + 28);
        let data = &bytes[start..start + packed];
        let mut content = Vec::new();
        if narrow(at + 10) == 8 {
            DeflateDecoder::new(data).read_to_end(&mut content).unwrap();
        } else {
            content.extend(data);
        }
        entries.push((String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap(), content));
        at += 46 + name + narrow(at + 30) + narrow(at + 32);
    }
    entries
}

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts around a sheet and its shared strings.
pub(crate) fn frame() -> Vec<Entry> {
    let links = |links: &str| {
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{links}</Relationships>")
    };
    let link = |id: &str, kind: &str, target: &str| format!("<Relationship Id='{id}' Type='{RELATIONSHIPS}/{kind}' Target='{target}'/>");
    vec![
        Entry::new("_rels/.rels", links(&link("a", "officeDocument", "xl/workbook.xml")).as_bytes()),
        Entry::new(
            "xl/workbook.xml",
            format!("<workbook xmlns:r='{RELATIONSHIPS}'><sheets><sheet name='S' sheetId='1' r:id='b'/></sheets></workbook>").as_bytes(),
        ),
        Entry::new(
            "xl/_rels/workbook.xml.rels",
            links(&format!("{}{}", link("b", "worksheet", "sheet.xml"), link("c", "sharedStrings", "strings.xml"))).as_bytes(),
        ),
    ]
}

/// A workbook with this inside its `sheetData` and this inside its `sst`.
pub(crate) fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let mut entries = frame();
    entries.push(Entry::new("xl/sheet.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()));
    entries.push(Entry::new("xl/strings.xml", format!("<sst>{strings}</sst>").as_bytes()));
    zip(&entries)
}
