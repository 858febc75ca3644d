//! I2: what an import refused comes back as a workbook, is mended there and imported again.

use core::ops::ControlFlow;

use daicho::import::{ERROR_REASON, ERROR_ROW, read_heading};
use daicho::*;
use daicho_sheets::{Cell, Encoding, Limits, Sheet, error_workbook, write_csv, write_xlsx};

use crate::archives::{Entry, unzip, zip};
use crate::{read, show, text};

const NOW: Instant = Instant(1_795_222_800_000);

fn ledger() -> Ledger<MemoryStore> {
    Ledger::open(MemoryStore::new(), "salon-1".parse().unwrap())
}

fn import(ledger: &Ledger<MemoryStore>, id: &str, bytes: &[u8]) -> ImportReport {
    let sheet = Sheet::open(bytes, &Limits::default()).unwrap();
    let mut rows = sheet.rows().unwrap().map(|row| row.map(|row| ImportRow { row: row.number, cells: row.cells }));
    let heading = read_heading(&rows.next().unwrap().unwrap().cells).unwrap();
    let context = Context {
        actor: Actor::new("staff-1".parse().unwrap(), Role::Staff),
        channel: Channel::Counter,
        now: NOW,
        key: id.parse().unwrap(),
        entropy: Entropy(*b"sixteen bytes..."),
    };
    ledger.import(&id.parse().unwrap(), &heading, sheet.date_system(), rows, &context, |_| ControlFlow::Continue(())).unwrap()
}

fn to_mend(bytes: &[u8], report: &ImportReport) -> Vec<u8> {
    error_workbook(&Sheet::open(bytes, &Limits::default()).unwrap(), &report.rows).unwrap()
}

fn number(literal: &str) -> Cell {
    Cell::number(literal)
}

// What staff do: one cell of a sheet is typed anew.
fn mended(bytes: &[u8], row: usize, column: usize, cell: Cell) -> Vec<u8> {
    let mut rows: Vec<Vec<Cell>> = read(bytes, &Limits::default()).unwrap().into_iter().map(|row| row.cells).collect();
    rows[row][column] = cell;
    write_xlsx("データエラー", rows).unwrap()
}

fn heading() -> Vec<Cell> {
    ["姓", "名", "電話番号", "生年月日", "会員ランク", "備考"].map(text).to_vec()
}

fn rows() -> Vec<Vec<Cell>> {
    vec![
        heading(),
        vec![text("山田"), text("花子"), text("090-1234-5678"), number("32964"), text("金"), text("=1+1")],
        vec![Cell::Empty, text("太郎"), number("9012345678"), number("32964"), number("3.50"), text("=cmd|'/C calc'!A0")],
        vec![text("佐藤"), text("春子"), text("12"), text("昭和65年1月1日"), Cell::Empty, Cell::Empty, text("はみ出し")],
        vec![text("鈴木"), text("一郎")],
        vec![text("田中"), Cell::Error { text: "#REF!".into() }, Cell::Empty, number("32964.5")],
    ]
}

#[test]
fn i2_rows_with_errors_come_back_as_they_stood_with_number_and_reason() {
    let file = write_xlsx("顧客", rows()).unwrap();
    let report = import(&ledger(), "i1", &file);
    assert_eq!((report.counts.imported, report.counts.errors), (2, 3));
    let workbook = to_mend(&file, &report);
    assert_eq!(
        show(&read(&workbook, &Limits::default()).unwrap()),
        [
            "1|姓|名|電話番号|生年月日|会員ランク|備考||元の行番号|エラー理由",
            "2||太郎|#9012345678|#32964|#3.50|=cmd|'/C calc'!A0||#3|姓：必須項目です。入力してください。",
            "3|佐藤|春子|12|昭和65年1月1日|||はみ出し|#4|電話番号：国内の電話番号として読み取れません。市外局番から入力してください。\n生年月日：この元号にこの日付はありません。",
            "4|田中|!#REF!||#32964.5||||#6|名：数式のエラーです。値を入力してください。\n生年月日：日付として読み取れない数値です。1990/04/01 のように入力してください。",
        ]
    );
}

#[test]
fn i2_what_was_mended_is_imported_and_the_notes_are_not() {
    let file = write_xlsx("顧客", rows()).unwrap();
    let ledger = ledger();
    let first = to_mend(&file, &import(&ledger, "i1", &file));
    // One of three is mended: what is left names the rows of the first file, once.
    let again = mended(&first, 1, 0, text("田村"));
    let report = import(&ledger, "i2", &again);
    assert_eq!((report.counts.imported, report.counts.errors, report.counts.existing), (1, 2, 0));
    assert_eq!(report.ignored.iter().map(|ignored| ignored.position).collect::<Vec<_>>(), [5]);
    assert_eq!(report.unread_positions, [5, 7]);
    let second = to_mend(&again, &report);
    let left = read(&second, &Limits::default()).unwrap();
    assert_eq!(show(&left)[0], "1|姓|名|電話番号|生年月日|会員ランク|備考||元の行番号|エラー理由");
    assert_eq!(left[1..].iter().map(|row| row.cells[7].shown()).collect::<Vec<_>>(), ["4", "6"]);
    let again = mended(&second, 1, 2, text("03-1234-5678"));
    let again = mended(&again, 1, 3, text("昭和63年1月1日"));
    let again = mended(&again, 2, 1, text("次郎"));
    let report = import(&ledger, "i3", &mended(&again, 2, 3, number("32964")));
    assert_eq!((report.counts.imported, report.counts.errors), (2, 0));
    let found = ledger.search(&SearchCustomers::default(), &Actor::new("staff-1".parse().unwrap(), Role::Staff), NOW).unwrap();
    assert_eq!(found.total, 5);
}

#[test]
fn i2_a_row_that_was_emptied_of_all_but_its_reason_is_blank() {
    let file = write_xlsx("顧客", vec![heading(), vec![Cell::Empty, text("太郎")]]).unwrap();
    let ledger = ledger();
    let workbook = to_mend(&file, &import(&ledger, "i1", &file));
    let counts = import(&ledger, "i2", &mended(&workbook, 1, 1, Cell::Empty)).counts;
    assert_eq!((counts.blank, counts.rows()), (1, 0));
}

#[test]
fn i2_a_csv_file_comes_back_as_a_workbook() {
    for encoding in [Encoding::Utf8, Encoding::ShiftJis] {
        let file = write_csv(rows(), encoding).unwrap();
        let ledger = ledger();
        let report = import(&ledger, "i1", &file);
        let workbook = to_mend(&file, &report);
        assert!(workbook.starts_with(b"PK"));
        let left = show(&read(&workbook, &Limits::default()).unwrap());
        let (cells, reason) = left.iter().find_map(|row| row.split_once("||#3|")).unwrap();
        assert_eq!(cells, "3||太郎|9012345678|32964|3.50|=cmd|'/C calc'!A0");
        assert_eq!(reason.lines().next(), Some("姓：必須項目です。入力してください。"));
    }
}

#[test]
fn i4_dates_since_1904_stay_what_they_are() {
    let rows = vec![
        ["姓", "名", "生年月日"].map(text).to_vec(),
        vec![text("山田"), text("花子"), number("31502")],
        vec![Cell::Empty, text("太郎"), number("31502")],
    ];
    let since_1904 = |(name, content): (String, Vec<u8>)| {
        let content = String::from_utf8(content).unwrap().replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
        Entry::new(&name, content.as_bytes())
    };
    let file = zip(&unzip(&write_xlsx("顧客", rows).unwrap()).into_iter().map(since_1904).collect::<Vec<_>>());
    let sheet = Sheet::open(&file, &Limits::default()).unwrap();
    assert_eq!(sheet.date_system(), DateSystem::D1904);
    let ledger = ledger();
    let report = import(&ledger, "i1", &file);
    assert_eq!((report.counts.imported, report.counts.errors), (1, 1));
    let workbook = to_mend(&file, &report);
    let again = Sheet::open(&workbook, &Limits::default()).unwrap();
    assert_eq!(again.date_system(), DateSystem::D1904);
    assert_eq!(show(&read(&workbook, &Limits::default()).unwrap()[1..]), ["2||太郎|#31502|#3|姓：必須項目です。入力してください。"]);
}

#[test]
fn a4_a_reason_repeats_nothing_of_a_cell_and_a_long_one_fits() {
    let canary = "ｶﾅﾘｱ秘密";
    let cells = ["姓", "名", "電話番号", "生年月日", "性別", "メールアドレス", "セイ"];
    let file = write_xlsx("顧客", vec![cells.map(text).to_vec(), vec![text(canary); 7]]).unwrap();
    let report = import(&ledger(), "i1", &file);
    let left = read(&to_mend(&file, &report), &Limits::default()).unwrap();
    let reason = left[1].cells[8].shown();
    assert_eq!(reason.lines().count(), 5, "{reason}");
    assert!(!reason.contains("秘密") && !reason.contains("カナリア"), "{reason}");
    // As many mistakes as a row can have.
    let headings: Vec<Cell> = ["姓", "名"].into_iter().map(text).chain((0..58).map(|n| text(&format!("項目{n}")))).collect();
    let wrong = std::iter::repeat_n(text("x"), 60).collect();
    let file = write_xlsx("顧客", vec![headings, wrong]).unwrap();
    let sheet = Sheet::open(&file, &Limits::default()).unwrap();
    let problem = |position: u32| CellProblem {
        row: 2,
        position: Some(position),
        column: "電話".repeat(40),
        field: "phones".into(),
        value: Some(canary.into()),
        code: "text.no_digits".into(),
        reason: String::new(),
        japanese: String::new(),
    };
    let outcome = RowOutcome { row: 2, result: RowResult::Error { problems: (1..=60).map(problem).collect() }, repairs: Vec::new() };
    let left = read(&error_workbook(&sheet, &[outcome]).unwrap(), &Limits::default()).unwrap();
    let reason = left[1].cells[61].shown();
    assert!(reason.len() <= 3_100 && reason.contains("\nほか"), "{reason}");
    assert_eq!([ERROR_ROW, ERROR_REASON], [left[0].cells[60].shown(), left[0].cells[61].shown()]);
}

// The lengths of all texts that an import's report holds of its rows' problems and repairs, and what stands beside those.
fn told(report: &ImportReport) -> usize {
    let sum = |texts: &[&str]| texts.iter().map(|text| text.len()).sum::<usize>() + 64;
    let row = |row: &RowOutcome| {
        let repairs: usize = row.repairs.iter().map(|told| sum(&[&told.column, &told.before, &told.after])).sum();
        let RowResult::Error { problems } = &row.result else { return repairs };
        let value = |told: &CellProblem| told.value.as_ref().map_or(0, String::len);
        repairs
            + problems
                .iter()
                .map(|told| sum(&[&told.column, &told.field, &told.code, &told.reason, &told.japanese]) + value(told))
                .sum::<usize>()
    };
    report.rows.iter().map(row).sum()
}

#[test]
fn i2_i7_a_small_workbook_that_is_wrong_everywhere_gets_no_large_report_and_all_of_its_rows_back() {
    const ROWS: u32 = 1_500;
    let long = format!("{}\n \u{3000}@\na b@c\n@\na@", "𠮷".repeat(950));
    let emails = ["メールアドレス", "メール", "eメール", "eメールアドレス", "電子メール", "携帯メール", "携帯メールアドレス", "pcメール"];
    let phones = ["電話番号", "電話", "携帯番号", "携帯電話", "携帯電話番号", "携帯", "固定電話", "自宅電話", "自宅電話番号", "連絡先"];
    let words: Vec<&str> = ["姓", "名"].into_iter().chain(emails).chain(phones).collect();
    let strings: String = words.iter().copied().chain([long.as_str()]).map(|text| format!("<si><t>{text}</t></si>")).collect();
    let heading: String = (0..words.len()).map(|place| format!("<c t='s'><v>{place}</v></c>")).collect();
    let wrong = format!("<c t='s'><v>{}</v></c>", words.len()).repeat(words.len() - 2);
    // Each row has a name of its own, or the file would be more than two hundred times as small as its sheet.
    let rows: String =
        (0..ROWS).map(|row| format!("<row><c t='s'><v>0</v></c><c><v>{}</v></c>{wrong}</row>", row * 791_317 % 999_983)).collect();
    let bytes = crate::archives::workbook(&format!("<row>{heading}</row>{rows}"), &strings);
    assert!(bytes.len() < 20_000, "{}", bytes.len());
    let report = import(&ledger(), "i1", &bytes);
    assert_eq!(report.counts.errors, ROWS);
    // A megabyte of each of three commands, and a reason of every row that came too late for it: hundreds of megabytes are in its cells.
    let told = told(&report);
    assert!((3_000_000..3_400_000).contains(&told), "{told}");
    let back = read(&to_mend(&bytes, &report), &Limits::default()).unwrap();
    let reason = words.len() + 1;
    assert_eq!(back.len(), 1 + ROWS as usize);
    assert!(back.iter().skip(1).all(|row| row.cells[2..words.len()].iter().all(|cell| *cell == text(&long))), "the cells are whole");
    assert!(back.iter().all(|row| !row.cells[reason].is_blank()));
    assert!(back[1].cells[reason].shown().lines().count() > 20 && back[ROWS as usize].cells[reason].shown().lines().count() == 1);
}
