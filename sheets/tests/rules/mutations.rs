//! Files with damage done to them, the same ones each time.

use daicho_sheets::{Csv, Encoding, Limits};

use crate::archives::{Entry, unzip, zip};
use crate::fixture;
use crate::measured::read_through;

const WORKBOOKS: [&str; 8] = [
    "openpyxl.xlsx",
    "openpyxl_1904.xlsx",
    "xlsxwriter.xlsx",
    "libreoffice.xlsx",
    "sheetjs.xlsx",
    "sheetjs_inline.xlsx",
    "excel_phonetic.xlsx",
    "strict_prefixed.xlsx",
];
const OTHERS: [&str; 6] = ["cp932.csv", "utf8_bom.csv", "excel_unicode_text.txt", "old.xls", "binary.xlsb", "spreadsheet.ods"];

/// What a mutation puts into XML.
const PIECES: [&str; 40] = [
    "<row>",
    "</row>",
    "<row/>",
    "<c>",
    "</c>",
    "<c/>",
    "<v>",
    "</v>",
    "<is>",
    "<t>",
    "</t>",
    "<si/>",
    "<rPh>",
    "</sheetData>",
    "<sheetData>",
    " r=\"XFD1048576\"",
    " r=\"A0\"",
    " r='1'",
    " t=\"s\"",
    " t='inlineStr'",
    " t='?'",
    " count=\"4000000000\"",
    " uniqueCount=\"4000000000\"",
    "&lol;",
    "&amp;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "<!DOCTYPE a [<!ENTITY a \"b\">]>",
    "<!-->",
    "<!--->",
    "<![CDATA[",
    "]]>",
    "<?",
    "<>",
    "</>",
    "_xFFFF_",
    "1E400",
    "99999999999999999999",
    "\u{0}",
];

/// A generator of the same numbers everywhere (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from(self.next() % end).unwrap()
    }

    fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }
}

/// Reads that many mutated files: how many gave rows, and how many an error.
pub(crate) fn run(count: u32) -> String {
    let (mut fine, mut refused) = (0, 0);
    for seed in 0..count {
        let mut random = Random(seed.into());
        let bytes = mutated(&mut random);
        let outcome = read_through(&bytes);
        // The reader that is told the encoding has paths of its own.
        for encoding in [Encoding::Utf8, Encoding::ShiftJis] {
            if let Ok(csv) = Csv::open(&bytes, encoding, &Limits::default()) {
                let _rows = csv.rows().count();
            }
        }
        if outcome.starts_with("rows=") { fine += 1 } else { refused += 1 }
    }
    format!("{fine}+{refused}")
}

fn mutated(random: &mut Random) -> Vec<u8> {
    match random.below(10) {
        // The text of one part, inside an archive that is as it should be.
        0..6 => {
            let mut parts = unzip(&fixture(random.of(&WORKBOOKS)));
            let read = |name: &str| ["workbook", "sheet", "sharedStrings", ".rels"].iter().any(|part| name.contains(part));
            let interesting: Vec<usize> = parts.iter().enumerate().filter(|(_, part)| read(&part.0)).map(|(at, _)| at).collect();
            let chosen = random.of(&interesting);
            for _ in 0..=random.below(3) {
                mutate(&mut parts[chosen].1, random, true);
            }
            zip(&parts.iter().map(|(name, content)| Entry::new(name, content)).collect::<Vec<_>>())
        }
        // The bytes of the archive, most often where its directory is.
        6..9 => {
            let mut bytes = fixture(random.of(&WORKBOOKS));
            for _ in 0..=random.below(4) {
                let from = if random.below(3) == 0 { 0 } else { bytes.len().saturating_sub(600) };
                let mut tail = bytes.split_off(from);
                mutate(&mut tail, random, false);
                bytes.append(&mut tail);
            }
            bytes
        }
        _ => {
            let mut bytes = fixture(random.of(&OTHERS));
            for _ in 0..=random.below(4) {
                mutate(&mut bytes, random, false);
            }
            bytes
        }
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random, xml: bool) {
    let at = random.below(bytes.len());
    let length = random.below(40).min(bytes.len() - at);
    match random.below(if xml { 9 } else { 6 }) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        1 if !bytes.is_empty() => bytes[at] = random.of(&[0x00, 0x01, 0x7f, 0x80, 0xff, b'"', b'<', b'P']),
        2 => drop(bytes.drain(at..at + length)),
        3 => {
            let copied = bytes[at..at + length].to_vec();
            bytes.splice(at..at, copied);
        }
        4 => bytes.truncate(at),
        5 => {
            let wide = random.of(&[0_u32, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff]).to_le_bytes();
            bytes.splice(at..at + length.min(4), wide);
        }
        // Attributes belong behind a name, elements between two tags: aim there.
        6.. => {
            let piece = random.of(&PIECES);
            let aim = if piece.starts_with(' ') { b' ' } else { b'<' };
            let place = bytes[at..].iter().position(|byte| *byte == aim).map_or(at, |offset| at + offset);
            let times = random.of(&[1, 1, 1, 2, 100, 5_000]);
            bytes.splice(place..place, piece.repeat(times).into_bytes());
        }
        _ => {}
    }
}
