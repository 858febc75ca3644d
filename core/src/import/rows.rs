//! One row of a file as a customer form: what was repaired on the way, and everything that is wrong with it (I2, I4).

use std::collections::BTreeSet;

use super::address;
use super::cell::{Cell, DateSystem, ImportRow};
use super::columns::{HeadingColumn, ImportColumn};
use super::date::read_birthday;
use crate::customer::{Checked, CustomerForm, apply_form, blank};
use crate::error::{CustomerError, Error, ImportError};
use crate::id::CustomerId;
use crate::record::{Customer, CustomerField, EntryPath, FieldRule, FieldUse, Gender};
use crate::text::characters::is_white_space;
use crate::text::{email, one_line, phone, to_full_width_katakana};
use crate::time::Date;

wire! {
    /// What was repaired (I4).
    #[derive(Copy, Debug)]
    pub enum RepairKind {
        /// A leading zero that a spreadsheet ate: of a phone, or of a postal code.
        LeadingZero,
        /// The serial number of a date cell.
        SerialDate,
        /// 和暦
        EraDate,
        /// 半角カナ made full-width.
        HalfWidthKana,
        /// ひらがな made katakana.
        Hiragana,
        /// Voiced marks joined to their letters.
        KanaMarks,
        /// 姓 and 名, or セイ and メイ, from one cell.
        SplitName,
        /// Postal code or prefecture taken off the beginning of 住所.
        SplitAddress,
        /// The same entry a second time in one row, left out.
        Repeated,
    }
}

wire! {
    /// One repair of a cell, before and after (I4).
    pub struct Repair {
        /// The column's place, 1 for A.
        pub position: u32,
        /// The column's heading, as the file has it: of a longer one the first 100 characters and `…`.
        pub column: String,
        /// What was repaired.
        pub kind: RepairKind,
        /// What the file has: of a longer text the first 200 characters and `…`.
        pub before: String,
        /// What was taken for it, shown like that too; where one cell became several fields, they stand apart by ` / `.
        pub after: String,
    }
}

redacted_debug!(Repair { position, kind });

wire! {
    /// One thing wrong with a row (I2): データエラー.
    pub struct CellProblem {
        /// The row, as numbered in the sheet.
        pub row: u32,
        /// The column's place, 1 for A; left out where the file has no such column.
        pub position: Option<u32>,
        /// The column's heading, as the file has it: of a longer one the first 100 characters and `…`.
        pub column: String,
        /// The field of the customer form.
        pub field: String,
        /// What the file has: of a longer text the first 200 characters and `…`. Personal: show it, do not log it.
        pub value: Option<String>,
        /// The error's stable code.
        pub code: String,
        /// The error in words, without the value.
        pub reason: String,
        /// Column and reason in Japanese, for staff: `電話番号：電話番号に数字がありません。` It repeats nothing of the cell.
        #[serde(default)]
        pub japanese: String,
    }
}

redacted_debug!(CellProblem { row, position, field, code, reason });

/// The longest heading that is repeated, in Unicode scalar values.
pub(super) const LONGEST_HEADING: usize = 100;
/// The longest value, likewise.
const LONGEST_VALUE: usize = 200;

/// The most that is told of the rows of one command, in bytes: a cell has up to 4 kB, a row 64 of them, and each may be wrong in several ways (I7). Beyond it
/// a row that is wrong still says one reason.
pub(super) const MOST_TOLD: usize = 1_000_000;
/// The most that the report of a whole file tells: room for three repairs in each of some 200,000 rows.
pub(crate) const MOST_TOLD_OF_FILE: usize = 64_000_000;
/// What one repair or problem takes besides its texts, about.
const TELLING: usize = 64;

// A text as a report repeats it.
fn shown(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.to_owned(),
    }
}

/// A cell's value as a report repeats it.
pub(super) fn shown_value(cell: &Cell) -> String {
    shown(cell.shown(), LONGEST_VALUE)
}

fn shown_heading(column: &HeadingColumn) -> String {
    shown(&column.heading, LONGEST_HEADING)
}

/// A row as it was read.
#[derive(Clone)]
pub(super) struct RowRead {
    pub(super) row: u32,
    /// As it would be kept, under no id yet. Complete only if there are no problems.
    pub(super) customer: Customer,
    pub(super) repairs: Vec<Repair>,
    pub(super) problems: Vec<CellProblem>,
}

/// Reads one row.
pub(super) fn read_row(row: &ImportRow, columns: &[HeadingColumn], system: DateSystem, checked: &Checked<'_>, today: Date) -> RowRead {
    let mut reader = Reader::of(row, columns, system, &checked.settings.channels);
    let comments: Vec<String> = reader.all(ImportColumn::ShopComment).into_iter().map(|(_, cell)| cell.shown().to_owned()).collect();
    reader.form.shop_comment = (!comments.is_empty()).then(|| comments.join("\n"));
    let customer = reader.judge(checked, today);
    let Reader { repairs, mut problems, .. } = reader;
    // Of nobody it is of no use to know what else is wrong.
    if problems.iter().any(|problem| problem.code == SAMPLE) {
        problems.retain(|problem| problem.code == SAMPLE);
    }
    problems.sort_by_key(|problem| (problem.position.is_none(), problem.position));
    RowRead { row: row.row, customer, repairs, problems }
}

// Whether texts of these lengths have room. Where the first has none, no later one has.
fn takes(room: &mut usize, texts: &[usize]) -> bool {
    let left = room.checked_sub(texts.iter().fold(TELLING, |sum, length| sum.saturating_add(*length)));
    *room = left.unwrap_or_default();
    left.is_some()
}

/// Leaves out what there is no room to tell: what is wrong comes first, and the first of it is always told, if need be without the value (I2).
pub(super) fn tell_within(room: &mut usize, problems: &mut Vec<CellProblem>, repairs: &mut Vec<Repair>) {
    let value = |told: &CellProblem| told.value.as_ref().map_or(0, String::len);
    let of_problem =
        |told: &CellProblem| [told.column.len(), told.field.len(), value(told), told.code.len(), told.reason.len(), told.japanese.len()];
    let told = problems.iter().take_while(|told| takes(room, &of_problem(told))).count();
    if let (0, Some(first)) = (told, problems.first_mut()) {
        first.value = None;
    }
    problems.truncate(told.max(1));
    let of_repair = |told: &Repair| [told.column.len(), told.before.len(), told.after.len()];
    let told = repairs.iter().take_while(|told| takes(room, &of_repair(told))).count();
    repairs.truncate(told);
}

/// What a row's cells are repaired to.
pub(super) fn repairs(row: &ImportRow, columns: &[HeadingColumn], system: DateSystem, channels: &[String]) -> Vec<Repair> {
    Reader::of(row, columns, system, channels).repairs
}

/// In the place of a name that is there and cannot be kept, until the rest of the row is judged. Such a row has a problem, so this is never kept.
const STAND_IN: &str = "x";

const SAMPLE: &str = "import.sample";

type Found<'a> = (&'a HeadingColumn, &'a Cell);

struct Reader<'a> {
    row: &'a ImportRow,
    columns: &'a [HeadingColumn],
    /// The cells that hold something that can be read.
    cells: Vec<Found<'a>>,
    form: CustomerForm,
    repairs: Vec<Repair>,
    problems: Vec<CellProblem>,
}

impl<'a> Reader<'a> {
    // Every cell read, nothing judged yet.
    fn of(row: &'a ImportRow, columns: &'a [HeadingColumn], system: DateSystem, channels: &[String]) -> Self {
        let mut reader = Self { row, columns, cells: Vec::new(), form: CustomerForm::default(), repairs: Vec::new(), problems: Vec::new() };
        reader.collect();
        reader.sample();
        reader.name();
        reader.kana();
        reader.phones();
        reader.emails();
        reader.birthday(system);
        reader.gender();
        reader.address();
        reader.channels(channels);
        reader
    }

    fn collect(&mut self) {
        for column in self.columns.iter().filter(|column| column.column != ImportColumn::ErrorNote) {
            let index = usize::try_from(column.position.saturating_sub(1)).unwrap_or(usize::MAX);
            let Some(cell) = self.row.cells.get(index).filter(|cell| !cell.is_blank()) else { continue };
            match cell {
                Cell::Boolean { .. } => self.problem((column, cell), main_field(column), &ImportError::BooleanCell.into()),
                Cell::Error { .. } => self.problem((column, cell), main_field(column), &ImportError::ErrorCell.into()),
                Cell::Empty | Cell::Text { .. } | Cell::Number { .. } => self.cells.push((column, cell)),
            }
        }
    }

    // The template's sample row, left in the file: it would become a customer of the salon's. Columns may have been taken out of the template; whichever of
    // them there are, birthdays apart, which spreadsheets show in their own ways, hold the sample.
    fn sample(&mut self) {
        let known = |known: &&HeadingColumn| known.column != ImportColumn::Birthday && !known.column.sample().is_empty();
        let columns: BTreeSet<ImportColumn> = self.columns.iter().filter(known).map(|known| known.column).collect();
        let is_sample = |column: &ImportColumn| self.one(*column).is_some_and(|(_, cell)| cell.shown() == column.sample());
        let reached = [ImportColumn::Phone, ImportColumn::Email].iter().any(|column| columns.contains(column));
        if let Some(first) = self.one(ImportColumn::FamilyName).filter(|_| reached && columns.len() > 3 && columns.iter().all(is_sample)) {
            self.problem(first, "familyName", &ImportError::Sample.into());
        }
    }

    fn all(&self, column: ImportColumn) -> Vec<Found<'a>> {
        self.cells.iter().filter(|(known, _)| known.column == column).copied().collect()
    }

    fn one(&self, column: ImportColumn) -> Option<Found<'a>> {
        self.cells.iter().find(|(known, _)| known.column == column).copied()
    }

    fn text(&self, column: ImportColumn) -> Option<String> {
        self.one(column).map(|(_, cell)| cell.shown().to_owned())
    }

    // Of the lines of one cell each may need the same, and each telling repeats the cell: once will do.
    fn repair(&mut self, (column, cell): Found<'_>, kind: RepairKind, after: &str) {
        let after_shown = shown(after, LONGEST_VALUE);
        let same = |told: &Repair| told.position == column.position && told.kind == kind && told.after == after_shown;
        if !self.repairs.iter().any(same) {
            self.tell_repair(column, kind, cell.shown(), after);
        }
    }

    fn tell_repair(&mut self, column: &HeadingColumn, kind: RepairKind, before: &str, after: &str) {
        self.repairs.push(Repair {
            position: column.position,
            column: shown_heading(column),
            kind,
            before: shown(before, LONGEST_VALUE),
            after: shown(after, LONGEST_VALUE),
        });
    }

    fn problem(&mut self, (column, cell): Found<'_>, field: &str, error: &Error) {
        let same = |told: &CellProblem| told.position == Some(column.position) && told.field == field && told.code == error.code();
        if self.problems.iter().any(same) {
            return;
        }
        self.tell_problem((Some(column.position), shown_heading(column)), field, Some(shown_value(cell)), error);
    }

    fn tell_problem(&mut self, (position, column): (Option<u32>, String), field: &str, value: Option<String>, error: &Error) {
        let (code, reason) = (error.code().to_owned(), error.to_string());
        let mut told =
            CellProblem { row: self.row.row, position, column, field: field.to_owned(), value, code, reason, japanese: String::new() };
        told.japanese = told.japanese();
        self.problems.push(told);
    }

    // Whether something is wrong with a field, or with the cell it would have come from.
    fn has_problem(&self, field: &str) -> bool {
        let fills = |position| self.columns.iter().any(|known| Some(known.position) == position && known.column.fields().contains(&field));
        self.problems.iter().any(|problem| problem.field == field || fills(problem.position))
    }

    // Somebody wrote 姓名 into one cell, and a space between them.
    fn name(&mut self) {
        let whole = self.one(ImportColumn::FullName);
        let (family, given) = (self.one(ImportColumn::FamilyName), self.one(ImportColumn::GivenName));
        let spoilt = self.has_problem("familyName") || self.has_problem("givenName");
        let one = match (whole, family, given) {
            (Some(whole), ..) => Some(whole),
            (None, Some(only), None) | (None, None, Some(only)) if !spoilt && words(only.1).len() > 1 => Some(only),
            _ => None,
        };
        let Some(one) = one else {
            self.form.family_name = self.text(ImportColumn::FamilyName).unwrap_or_default();
            self.form.given_name = self.text(ImportColumn::GivenName).unwrap_or_default();
            return;
        };
        match words(one.1).as_slice() {
            [family, given] => {
                self.repair(one, RepairKind::SplitName, &[family, " / ", given.as_str()].concat());
                self.form.family_name.clone_from(family);
                self.form.given_name.clone_from(given);
            }
            _ => {
                let field = "familyName";
                self.problem(one, field, &ImportError::NameUnsplit { field }.into());
                // One mistake, one error: the half that could not be told apart is not missing as well.
                self.form.family_name = STAND_IN.to_owned();
                self.form.given_name = STAND_IN.to_owned();
            }
        }
    }

    fn kana(&mut self) {
        let whole = self.one(ImportColumn::FullKana);
        let (family, given) = (self.one(ImportColumn::FamilyKana), self.one(ImportColumn::GivenKana));
        let one = match (whole, family, given) {
            (Some(whole), ..) => Some(whole),
            (None, Some(only), None) | (None, None, Some(only)) if words(only.1).len() == 2 => Some(only),
            _ => None,
        };
        let Some(one) = one else {
            self.form.family_kana = family.map(|found| self.katakana("familyKana", found, found.1.shown()));
            self.form.given_kana = given.map(|found| self.katakana("givenKana", found, found.1.shown()));
            return;
        };
        match words(one.1).as_slice() {
            [family, given] => {
                self.repair(one, RepairKind::SplitName, &[family, " / ", given.as_str()].concat());
                self.form.family_kana = Some(self.katakana("familyKana", one, family));
                self.form.given_kana = Some(self.katakana("givenKana", one, given));
            }
            _ => self.problem(one, "familyKana", &ImportError::NameUnsplit { field: "familyKana" }.into()),
        }
    }

    // What is no kana stays as it is, for the form to refuse.
    fn katakana(&mut self, field: &'static str, (column, _): Found<'_>, text: &str) -> String {
        let Ok(cleaned) = one_line(field, text, u32::MAX) else { return text.to_owned() };
        let Ok(kana) = to_full_width_katakana(field, &cleaned) else { return text.to_owned() };
        let letters = |text: &str| -> String { text.chars().filter(|c| !is_white_space(*c)).collect() };
        if letters(&kana) != letters(&cleaned) {
            let kind = if cleaned.chars().any(|c| matches!(c, '｡'..='ﾟ')) {
                RepairKind::HalfWidthKana
            } else if cleaned.chars().any(|c| matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')) {
                RepairKind::Hiragana
            } else {
                RepairKind::KanaMarks
            };
            self.tell_repair(column, kind, text, &kana);
        }
        kana
    }

    fn phones(&mut self) {
        let mut seen = BTreeSet::new();
        let accepted = |text: &str| phone::parse("phones", text).and_then(|number| number.accept("phones"));
        let cells = self.all(ImportColumn::Phone).into_iter();
        // One number may run over a line's end.
        let is_whole = |text: &str| accepted(text).is_ok();
        for (found, written) in cells.flat_map(|found| entries(found, is_whole)).flat_map(|entry| apart(entry, is_whole)) {
            // Only a numeric cell can have lost its zero; a text is as somebody typed it.
            let restored = if matches!(found.1, Cell::Number { .. }) { phone::restored_leading_zero(written) } else { None };
            let entered = restored.as_ref().map_or_else(|| written.to_owned(), |number| number.entered.clone());
            match accepted(&entered) {
                Err(_) if matches!(found.1, Cell::Text { .. }) && phone::lacks_leading_zero(written) => {
                    self.problem(found, "phones", &ImportError::ZeroMissing.into());
                }
                Err(error) => self.problem(found, "phones", &error.into()),
                Ok(number) if seen.contains(&number.digits) => self.repair(found, RepairKind::Repeated, ""),
                Ok(number) => {
                    if restored.is_some() {
                        self.repair(found, RepairKind::LeadingZero, &entered);
                    }
                    seen.insert(number.digits);
                    self.form.phones.push(entered);
                }
            }
        }
    }

    fn emails(&mut self) {
        let mut seen = BTreeSet::new();
        let cells = self.all(ImportColumn::Email).into_iter();
        let apart = |line| email::several(line).unwrap_or_else(|| vec![line]);
        let lines = cells.flat_map(|found| entries(found, |_| false));
        for (found, written) in lines.flat_map(|(found, line)| apart(line).into_iter().map(move |address| (found, address))) {
            match email::parse("emails", written) {
                Err(error) => self.problem(found, "emails", &error.into()),
                Ok(address) if seen.contains(&address.key) => self.repair(found, RepairKind::Repeated, ""),
                Ok(address) => {
                    seen.insert(address.key);
                    self.form.emails.push(address.entered);
                }
            }
        }
    }

    fn birthday(&mut self, system: DateSystem) {
        let Some(found) = self.one(ImportColumn::Birthday) else { return };
        match read_birthday(found.1, system) {
            Err(error) => self.problem(found, "birthday", &error.into()),
            Ok(None) => {}
            Ok(Some(read)) => {
                let text = read.birthday.to_string();
                if let Some(kind) = read.repair {
                    self.repair(found, kind, &text);
                }
                self.form.birthday = Some(text);
            }
        }
    }

    fn gender(&mut self) {
        let Some(found) = self.one(ImportColumn::Gender) else { return };
        match gender(found.1.shown()) {
            Some(gender) => self.form.gender = Some(gender),
            None => self.problem(found, "gender", &ImportError::GenderUnknown.into()),
        }
    }

    fn address(&mut self) {
        self.form.postal_code = self.one(ImportColumn::PostalCode).map(|found| self.postal_code(found));
        self.form.prefecture = self.text(ImportColumn::Prefecture);
        self.form.building = self.text(ImportColumn::Building);
        let Some(found) = self.one(ImportColumn::Address) else { return };
        let written = found.1.shown();
        let parts = address::split(written);
        // What has a column of its own is not taken off the address.
        let clashes = (parts.postal_code.is_some() && self.form.postal_code.is_some())
            || (parts.prefecture.is_some() && self.form.prefecture.is_some());
        if clashes || (parts.postal_code.is_none() && parts.prefecture.is_none()) {
            self.form.city_street = Some(written.to_owned());
            return;
        }
        let all: Vec<&str> =
            [parts.postal_code, parts.prefecture, Some(parts.rest).filter(|rest| !rest.is_empty())].into_iter().flatten().collect();
        self.repair(found, RepairKind::SplitAddress, &all.join(" / "));
        if let Some(code) = parts.postal_code {
            self.form.postal_code = Some(code.to_owned());
        }
        if let Some(prefecture) = parts.prefecture {
            self.form.prefecture = Some(prefecture.to_owned());
        }
        self.form.city_street = Some(parts.rest.to_owned());
    }

    // 060-0001 in a numeric cell is 600001: postal codes have seven digits, and none begins with 000.
    fn postal_code(&mut self, found: Found<'_>) -> String {
        let written = found.1.shown();
        let eaten = matches!(found.1, Cell::Number { .. }) && matches!(written.len(), 5 | 6) && written.bytes().all(|b| b.is_ascii_digit());
        if !eaten {
            return written.to_owned();
        }
        let whole = format!("{written:0>7}");
        self.repair(found, RepairKind::LeadingZero, &whole);
        whole
    }

    fn channels(&mut self, listed: &[String]) {
        let mut seen = BTreeSet::new();
        for found in self.all(ImportColumn::Channels) {
            let written = found.1.shown();
            let clean = |part: &str| one_line("channels", part, u32::MAX).unwrap_or_default();
            let entries: Vec<String> = written
                .split(['\n', '\r'])
                .flat_map(|line| {
                    let whole = clean(line);
                    // A channel that the salon itself named with a separator is one channel.
                    let parts = line.split(['、', ',', '，', '､', '/', '／']).map(clean);
                    if listed.contains(&whole) { vec![whole] } else { parts.collect() }
                })
                .filter(|part| !part.is_empty())
                .collect();
            let given = entries.len();
            let before = self.form.channels.len();
            for entry in entries {
                if seen.insert(entry.clone()) {
                    self.form.channels.push(entry);
                }
            }
            if self.form.channels.len().saturating_sub(before) < given {
                let after = self.form.channels.join(" / ");
                self.repair(found, RepairKind::Repeated, &after);
            }
        }
    }

    // The form's own rules have the last word. Each error is noted and what caused it taken away, until nothing is wrong with the rest (I2).
    fn judge(&mut self, checked: &Checked<'_>, today: Date) -> Customer {
        let empty = blank(CustomerId::from_ordinal(0), 0, EntryPath::Import, today);
        let mut customer = empty.clone();
        let path = Some(EntryPath::Import);
        let Err(mut error) = apply_form(&self.form, &mut customer, &Checked { settings: checked.settings, context: checked.context, path })
        else {
            return customer;
        };
        let mut settings = checked.settings.clone();
        let mut form = self.form.clone();
        // Every field can be wrong once and missing once.
        for _ in 0..64 {
            if let Error::Customer(CustomerError::Required { fields }) = &error {
                for field in &fields.0 {
                    self.note(field, &CustomerError::required(field).into());
                    let ruled = CustomerField::ALL.into_iter().filter(|ruled| ruled.name() == *field);
                    let optional = |field| FieldRule { path: EntryPath::Import, field, usage: FieldUse::Optional };
                    settings.field_rules.extend(ruled.map(optional));
                }
            } else {
                let field = error.fields().into_iter().next().unwrap_or_default();
                self.note(&field, &error);
                if !forget(&mut form, &field) {
                    return customer;
                }
            }
            customer = empty.clone();
            match apply_form(&form, &mut customer, &Checked { settings: &settings, context: checked.context, path }) {
                Ok(()) => return customer,
                Err(next) => error = next,
            }
        }
        customer
    }

    fn note(&mut self, field: &str, error: &Error) {
        // A cell that could not be read left its field empty: it is not missing besides.
        if self.has_problem(field) {
            return;
        }
        let fills = |column: ImportColumn| column.fields().iter().position(|filled| *filled == field);
        let from =
            self.cells.iter().filter(|(known, _)| fills(known.column).is_some()).min_by_key(|(known, _)| fills(known.column)).copied();
        if let Some(from) = from {
            return self.problem(from, field, error);
        }
        let column = self
            .columns
            .iter()
            .find(|known| fills(known.column) == Some(0))
            .or_else(|| self.columns.iter().find(|known| fills(known.column).is_some()));
        let heading = column.map_or_else(|| field.to_owned(), shown_heading);
        self.tell_problem((column.map(|known| known.position), heading), field, None, error);
    }
}

// Somebody typed several entries into one cell, a line each.
fn entries<'a>(found: Found<'a>, is_one: impl Fn(&str) -> bool) -> Vec<(Found<'a>, &'a str)> {
    let written = found.1.shown();
    let lines: Vec<&str> = written.split(['\n', '\r']).filter(|line| !line.trim_matches(is_white_space).is_empty()).collect();
    if lines.len() < 2 || is_one(written) { vec![(found, written)] } else { lines.into_iter().map(|line| (found, line)).collect() }
}

// Or several numbers on one line. They are taken apart only where each is whole by itself.
fn apart<'a>((found, line): (Found<'a>, &'a str), is_whole: impl Fn(&str) -> bool) -> Vec<(Found<'a>, &'a str)> {
    let parts = || line.split([';', '；', ',', '，', '、', '､', '/', '／']).filter(|part| !part.trim_matches(is_white_space).is_empty());
    let several = parts().nth(1).is_some() && !is_whole(line) && parts().all(&is_whole);
    if several { parts().map(|part| (found, part)).collect() } else { vec![(found, line)] }
}

fn main_field(column: &HeadingColumn) -> &'static str {
    column.column.fields().first().copied().unwrap_or_default()
}

fn words(cell: &Cell) -> Vec<String> {
    let text = one_line("familyName", cell.shown(), u32::MAX).unwrap_or_default();
    text.split(is_white_space).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

fn gender(text: &str) -> Option<Gender> {
    use unicode_normalization::UnicodeNormalization as _;
    let word: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    match word.as_str() {
        "女性" | "女" | "女子" | "おんな" | "オンナ" | "female" | "f" | "woman" | "w" | "レディース" => {
            Some(Gender::Female)
        }
        "男性" | "男" | "男子" | "おとこ" | "オトコ" | "male" | "m" | "man" | "メンズ" => Some(Gender::Male),
        "その他" | "そのほか" | "他" | "other" | "others" | "x" => Some(Gender::Other),
        _ => None,
    }
}

// Empties a field of the form; whether there was anything in it.
fn forget(form: &mut CustomerForm, field: &str) -> bool {
    let before = form.clone();
    match field {
        "familyName" => form.family_name = STAND_IN.to_owned(),
        "givenName" => form.given_name = STAND_IN.to_owned(),
        "familyKana" => form.family_kana = None,
        "givenKana" => form.given_kana = None,
        "phones" => form.phones.clear(),
        "emails" => form.emails.clear(),
        "birthday" => form.birthday = None,
        "gender" => form.gender = None,
        "postalCode" => form.postal_code = None,
        "prefecture" => form.prefecture = None,
        "cityStreet" => form.city_street = None,
        "building" => form.building = None,
        "channels" => form.channels.clear(),
        "shopComment" => form.shop_comment = None,
        _ => {}
    }
    *form != before
}
