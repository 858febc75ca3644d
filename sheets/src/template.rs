//! 顧客情報テンプレート: the sheet a salon fills in to bring its customers along (I1).

use crate::csv::{Encoding, write_csv};
use crate::error::SheetError;
use crate::xlsx::{Column, Style, Texts, workbook, worksheet};
use daicho::{Cell, DateSystem, ImportColumn};

/// One column of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Its heading, exactly as the import looks for it.
    pub heading: &'static str,
    /// Whether each row must fill it.
    pub required: bool,
    /// What the sample row holds in it. An import refuses the row if it is left in the file (`import.sample`).
    pub sample: &'static str,
    /// How it is filled in, for the salon's staff.
    pub note: &'static str,
}

/// The file name the manual gives the template.
pub const TEMPLATE_FILE_NAME: &str = "顧客情報テンプレート.xlsx";

/// The columns of the template, in order (I1). Required are 姓 and 名.
pub const TEMPLATE_COLUMNS: [TemplateColumn; 10] = [
    TemplateColumn {
        heading: "姓",
        required: true,
        sample: ImportColumn::FamilyName.sample(),
        note: "必須。お客様の姓を入力してください。",
    },
    TemplateColumn {
        heading: "名",
        required: true,
        sample: ImportColumn::GivenName.sample(),
        note: "必須。お客様の名を入力してください。",
    },
    TemplateColumn {
        heading: "セイ",
        required: false,
        sample: ImportColumn::FamilyKana.sample(),
        note: "任意。姓のフリガナです。ひらがな・半角カタカナは全角カタカナに直して取り込みます。",
    },
    TemplateColumn {
        heading: "メイ",
        required: false,
        sample: ImportColumn::GivenKana.sample(),
        note: "任意。名のフリガナです。ひらがな・半角カタカナは全角カタカナに直して取り込みます。",
    },
    TemplateColumn {
        heading: "電話番号",
        required: false,
        sample: ImportColumn::Phone.sample(),
        note: "任意。先頭の0を含めて入力してください。ハイフンはあってもなくてもかまいません。列の表示形式は「文字列」です。",
    },
    TemplateColumn {
        heading: "生年月日",
        required: false,
        sample: ImportColumn::Birthday.sample(),
        note: "任意。1990/04/01 または 平成2年4月1日 のように入力してください。",
    },
    TemplateColumn {
        heading: "性別",
        required: false,
        sample: ImportColumn::Gender.sample(),
        note: "任意。女性・男性のように入力してください。",
    },
    TemplateColumn {
        heading: "メールアドレス",
        required: false,
        sample: ImportColumn::Email.sample(),
        note: "任意。電話番号またはメールアドレスがあると、登録済みのお客様かどうかを確かめられます。",
    },
    TemplateColumn {
        heading: "住所",
        required: false,
        sample: ImportColumn::Address.sample(),
        note: "任意。都道府県から入力してください。",
    },
    TemplateColumn {
        heading: "流入経路",
        required: false,
        sample: ImportColumn::Channels.sample(),
        note: "任意。サロンで登録済みの流入経路の名前を入力してください。",
    },
];

/// The serial of the sample's birthday, so that the sheet shows it as the date it is.
const SAMPLE_BIRTHDAY: &str = "32964";

/// 顧客情報テンプレート.xlsx (I1): the headings with the required ones coloured, a sample row, a note beside every cell that is
/// being filled in, and the same notes on a second sheet 記入方法. The phone column takes digits as text, so that Excel does
/// not eat the leading zero.
///
/// # Errors
/// None that a caller can bring about.
pub fn template() -> Result<Vec<u8>, SheetError> {
    let mut texts = Texts::new()?;
    let columns = TEMPLATE_COLUMNS.map(|column| Column {
        width: if column.heading.chars().count() > 2 || column.heading == "住所" { 24 } else { 12 },
        header: if column.required { Style::RequiredHeader } else { Style::Header },
        style: if column.heading == "生年月日" { Style::Date } else { Style::Text },
        hint: Some((column.heading, column.note)),
    });
    let sample = TEMPLATE_COLUMNS.map(|column| match column.heading {
        "生年月日" => Cell::Number { literal: SAMPLE_BIRTHDAY.to_owned() },
        _ => text(column.sample),
    });
    let customers = worksheet([headings(), sample.to_vec()], columns.to_vec(), &mut texts)?;

    let explained = [("項目", 16), ("必須", 8), ("記入例", 24), ("記入方法", 80)];
    let widths = explained.map(|(_, width)| Column { width, header: Style::Header, style: Style::Wrapped, hint: None });
    let header = explained.map(|(heading, _)| text(heading)).to_vec();
    let notes = TEMPLATE_COLUMNS.map(|column| {
        vec![text(column.heading), text(if column.required { "必須" } else { "任意" }), text(column.sample), text(column.note)]
    });
    let notes = worksheet(core::iter::once(header).chain(notes), widths.to_vec(), &mut texts)?;
    workbook(vec![("顧客情報", customers), ("記入方法", notes)], texts, DateSystem::D1900)
}

/// The template as CSV (I1): headings and sample row.
///
/// # Errors
/// None that a caller can bring about.
pub fn template_csv(encoding: Encoding) -> Result<Vec<u8>, SheetError> {
    write_csv([headings(), TEMPLATE_COLUMNS.map(|column| text(column.sample)).to_vec()], encoding)
}

fn headings() -> Vec<Cell> {
    TEMPLATE_COLUMNS.map(|column| text(column.heading)).to_vec()
}

fn text(text: &str) -> Cell {
    Cell::Text { text: text.to_owned() }
}
