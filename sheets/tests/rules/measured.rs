//! I7: what reading costs, as the peak of a process that does nothing else.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use daicho_sheets::{Limits, Sheet};

use crate::archives::{Entry, frame, zip};
use crate::mutations;

/// What the rule allows.
const MOST_KIB: u64 = 64 * 1024;

/// Runs in a process of its own, started by [`measure`]; as an ordinary test it has nothing to do.
#[test]
fn measured_child() {
    let Ok(job) = std::env::var("DAICHO_MEASURE") else {
        return;
    };
    let outcome = match job.strip_prefix("mutations:") {
        Some(count) => mutations::run(count.parse().unwrap()),
        None => {
            let bytes = fs::read(job).unwrap();
            read_through(&bytes)
        }
    };
    println!("\noutcome={outcome}");
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        println!("peak={}", peak.trim().trim_end_matches("kB").trim());
    }
}

/// `rows=n`, or the code of the error reading ended in.
pub(crate) fn read_through(bytes: &[u8]) -> String {
    let mut count = 0_u64;
    let mut through = || {
        for row in Sheet::open(bytes, &Limits::default())?.rows()? {
            row?;
            count += 1;
        }
        Ok(())
    };
    match through() {
        Ok(()) => format!("rows={count}"),
        Err(error) => {
            let error: daicho_sheets::SheetError = error;
            error.code().to_owned()
        }
    }
}

/// Does the job in a new process. Returns its outcome, after holding its peak to the rule where the system tells it.
pub(crate) fn measure(job: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["measured::measured_child", "--exact", "--nocapture", "--test-threads=1"])
        .env("DAICHO_MEASURE", job)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let field = |name: &str| printed.lines().find_map(|line| line.strip_prefix(name));
    let outcome = field("outcome=").unwrap().to_owned();
    let peak: Option<u64> = field("peak=").map(|peak| peak.parse().unwrap());
    println!("{outcome}: {peak:?} KiB");
    // Only Linux tells the peak; there it must be told.
    assert!(peak.map_or(!cfg!(target_os = "linux"), |peak| peak < MOST_KIB), "{outcome}: {peak:?} KiB");
    outcome
}

fn measure_file(name: &str, bytes: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    let outcome = measure(path.to_str().unwrap());
    fs::remove_file(path).unwrap();
    outcome
}

/// A workbook whose sheet and strings are these entries.
fn with(sheet: Entry, strings: Entry) -> Vec<u8> {
    let mut entries = frame();
    entries.extend([sheet, strings]);
    zip(&entries)
}

fn no_strings() -> Entry {
    Entry::new("xl/strings.xml", b"<sst/>")
}

/// Text that hardly compresses, made of hexadecimal digits.
fn noise(bytes: usize) -> String {
    let mut random = mutations::Random(7);
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        text.push_str(&format!("{:016x}", random.next()));
    }
    text
}

#[test]
fn i7_cells_at_both_corners_of_a_sheet_cost_nothing() {
    let rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>";
    assert_eq!(measure_file("corners.xlsx", &crate::archives::workbook(rows, "")), "sheet.too_many_rows");
    let rows = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>1</v></c></row>";
    assert_eq!(measure_file("edge.xlsx", &crate::archives::workbook(rows, "")), "sheet.too_many_columns");
}

#[test]
fn i7_a_claimed_count_of_shared_strings_is_not_believed() {
    let strings = "<sst count='4000000000' uniqueCount='4000000000'><si><t>a</t></si></sst>";
    let sheet = Entry::new(
        "xl/sheet.xml",
        b"<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>",
    );
    assert_eq!(measure_file("count.xlsx", &with(sheet, Entry::new("xl/strings.xml", strings.as_bytes()))), "rows=1");
}

#[test]
fn i7_a_bomb_of_500_megabytes_is_refused() {
    let bomb = Entry::repeated("xl/sheet.xml", b"<worksheet><sheetData>", &vec![b' '; 1_000_000], 500, b"</sheetData></worksheet>");
    assert!(bomb.inflated > 500_000_000);
    assert_eq!(measure_file("bomb.xlsx", &with(bomb.clone(), no_strings())), "sheet.entry_too_large");
    let wide = Entry { wide: true, ..bomb.clone() };
    assert_eq!(measure_file("wide_bomb.xlsx", &with(wide, no_strings())), "sheet.entry_too_large");
    // The same with lies in its headers: the size, then the ratio, fit; what comes out does not.
    let liar = Entry { inflated: 60_000_000, data: [bomb.data, vec![0; 300_000]].concat(), ..no_strings() };
    let liar = Entry { name: "xl/sheet.xml".into(), ..liar };
    assert_eq!(measure_file("lying_bomb.xlsx", &with(liar, no_strings())), "sheet.bad_xml");
}

#[test]
fn i7_an_entry_that_inflates_to_more_than_it_says_is_refused_there() {
    let sheet =
        |block: &[u8], count: u64| Entry::repeated("xl/sheet.xml", b"<worksheet><sheetData>", block, count, b"</sheetData></worksheet>");
    assert_eq!(measure_file("ratio.xlsx", &with(sheet(&[b' '; 1_000], 60_000), no_strings())), "sheet.ratio_too_high");
    // Dense, and padded so that the ratio it claims is allowed.
    let dense = sheet(&b"<x/>".repeat(1_000), 20_000);
    let liar = Entry { inflated: 30_000_000, data: [dense.data, vec![0; 200_000]].concat(), ..dense };
    assert_eq!(measure_file("liar.xlsx", &with(liar, no_strings())), "sheet.bad_archive");
}

#[test]
fn i7_texts_up_to_their_budget_stay_within_memory() {
    // The largest file, whose texts fill their budget and whose rows are as wide and long as they may be.
    let texts = format!("<si><t>{}</t></si>", noise(3_100)).repeat(100);
    let strings = Entry::repeated("xl/strings.xml", b"<sst>", texts.as_bytes(), 102, b"</sst>");
    let row = format!("<row>{}</row>", "<c t='s'><v>0</v></c>".repeat(64));
    let sheet = Entry::repeated("xl/sheet.xml", b"<worksheet><sheetData>", row.repeat(100).as_bytes(), 400, b"</sheetData></worksheet>");
    // Two halves of what is allowed, whatever the compressor makes of the entries themselves.
    let padded = |mut entry: Entry| {
        let missing = 4_800_000_usize.checked_sub(entry.data.len()).unwrap();
        entry.data.extend(noise(missing).into_bytes());
        entry
    };
    let fill = |strings: Entry, sheet: Entry| with(padded(sheet), padded(strings));
    let full = fill(strings, sheet.clone());
    assert!((9_500_000..10_000_000).contains(&full.len()), "{}", full.len());
    assert_eq!(measure_file("full.xlsx", &full), "rows=40000");

    let strings = Entry::repeated("xl/strings.xml", b"<sst>", texts.as_bytes(), 104, b"</sst>");
    assert_eq!(measure_file("too_full.xlsx", &fill(strings, sheet.clone())), "sheet.shared_strings_too_large");
    let strings = Entry::repeated("xl/strings.xml", b"<sst>", &b"<si/>".repeat(10_000), 1_270, b"</sst>");
    assert_eq!(measure_file("empty_texts.xlsx", &fill(strings, sheet)), "sheet.shared_strings_too_large");
}

#[test]
fn i7_one_endless_piece_of_xml_is_refused() {
    let block = vec![b'a'; 1_000_000];
    let pieces = [
        ("text", "<worksheet><sheetData><row><c t='str'><v>", "</v></c></row></sheetData></worksheet>"),
        ("tag", "<worksheet><sheetData><row><c t='", "'/></row></sheetData></worksheet>"),
        ("comment", "<worksheet><!--", "--></worksheet>"),
        ("data", "<worksheet><![CDATA[", "]]></worksheet>"),
        ("entity", "<worksheet>&", ";</worksheet>"),
        ("document type", "<!DOCTYPE a [", "]><worksheet/>"),
        ("instruction", "<?a ", "?><worksheet/>"),
        ("name", "<worksheet><", "/></worksheet>"),
    ];
    for (name, head, tail) in pieces {
        let sheet = Entry::repeated("xl/sheet.xml", head.as_bytes(), &block, 60, tail.as_bytes());
        let sheet = Entry { data: [sheet.data, noise(400_000).into_bytes()].concat(), ..sheet };
        assert_eq!(measure_file(&format!("{name}.xlsx"), &with(sheet, no_strings())), "sheet.bad_xml", "{name}");
    }
    let sheet = Entry::repeated("xl/sheet.xml", b"<worksheet><sheetData>", &b"<a>".repeat(1_000), 20_000, b"");
    let sheet = Entry { data: [sheet.data, noise(400_000).into_bytes()].concat(), ..sheet };
    assert_eq!(measure_file("deep.xlsx", &with(sheet, no_strings())), "sheet.bad_xml");
}

#[test]
fn i7_a_directory_of_countless_entries_is_not_built() {
    let entries: Vec<Entry> = (0..65_000).map(|number| Entry::stored(&format!("{number}"), b"")).collect();
    assert_eq!(measure_file("entries.xlsx", &zip(&entries)), "sheet.too_many_entries");
}

#[test]
fn i7_the_largest_csv_stays_within_memory() {
    let kana = b"\xb1".repeat(3).into_iter().chain(*b",").cycle().take(9_999_980);
    let bytes: Vec<u8> = kana.enumerate().map(|(at, byte)| if at % 120 == 119 { b'\n' } else { byte }).collect();
    assert_eq!(measure_file("large.csv", &bytes), "rows=83334");
    assert_eq!(measure_file("quote.csv", &[b"\"".as_slice(), &bytes].concat()), "sheet.cell_too_long");
}

#[test]
fn i7_mutated_files_give_rows_or_a_typed_error() {
    let count = std::env::var("DAICHO_MUTATIONS").unwrap_or_else(|_| "1000".to_owned());
    let outcome = measure(&format!("mutations:{count}"));
    let (fine, refused) = outcome.split_once('+').unwrap();
    let (fine, refused): (u32, u32) = (fine.parse().unwrap(), refused.parse().unwrap());
    assert_eq!(fine + refused, count.parse::<u32>().unwrap());
    // Mutations that always, or never, do damage would try nothing.
    assert!(fine > 0 && refused > 0, "{outcome}");
}
