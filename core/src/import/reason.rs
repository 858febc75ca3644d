//! What is wrong with a row, in the words of the salon's staff (I2).

use super::columns::{ImportColumn, known};
use super::rows::{CellProblem, LONGEST_HEADING};

/// By the error's code: what a cell of a file can be refused for.
const REASONS: &[(&str, &str)] = &[
    ("customer.required", "必須項目です。入力してください。"),
    ("customer.unused", "この項目は使わない設定です。空欄にしてください。"),
    ("customer.birthday_after_today", "未来の日付です。"),
    ("customer.birthday_form", "日付として読み取れません。1990/04/01 のように入力してください。"),
    ("customer.unknown_channel", "登録されていない流入経路です。サロンで登録済みの名前を入力してください。"),
    ("customer.too_many", "件数が多すぎます。"),
    ("customer.repeated", "同じ内容が二度入力されています。"),
    ("import.sample", "テンプレートの記入例の行です。行ごと削除してください。"),
    ("import.name_unsplit", "姓と名に分けられません。姓と名の間に空白を一つ入れてください。"),
    ("import.date", "日付として読み取れません。1990/04/01 または 平成2年4月1日 のように入力してください。"),
    ("import.era", "この元号にこの日付はありません。"),
    ("import.serial", "日付として読み取れない数値です。1990/04/01 のように入力してください。"),
    ("import.gender", "性別として読み取れません。女性・男性・その他のいずれかを入力してください。"),
    ("import.zero_missing", "先頭の 0 が抜けているようです。0 から入力してください。"),
    ("import.error_cell", "数式のエラーです。値を入力してください。"),
    ("import.boolean_cell", "TRUE または FALSE になっています。文字を入力してください。"),
    ("text.too_long", "文字数が多すぎます。短くしてください。"),
    ("text.not_kana", "カタカナとして読み取れません。カタカナまたはひらがなで入力してください。"),
    ("text.no_digits", "電話番号に数字がありません。"),
    ("text.phone_not_accepted", "国内の電話番号として読み取れません。市外局番から入力してください。"),
    ("text.blank", "メールアドレスが空です。"),
    ("text.no_at", "メールアドレスに @ がありません。"),
    ("text.empty_part", "メールアドレスの @ の前または後がありません。"),
    ("text.control_character", "メールアドレスに使えない文字が含まれています。"),
    ("text.white_space", "メールアドレスの途中に空白があります。"),
    ("text.too_many_bytes", "メールアドレスが長すぎます。"),
];

/// What staff call the fields that no column holds, and a salon may demand all the same (C2).
const FIELDS: &[(&str, &str)] =
    &[("attributes", "顧客属性"), ("company", "会社名"), ("department", "部署"), ("fax", "FAX"), ("homePage", "ホームページ")];

impl CellProblem {
    /// The same as the field, made anew.
    #[must_use]
    pub fn japanese(&self) -> String {
        let reason = REASONS.iter().find(|(code, _)| *code == self.code).map_or(self.reason.as_str(), |(_, reason)| reason);
        let field = ImportColumn::of_field(&self.field);
        let elsewhere = || FIELDS.iter().find(|(name, _)| *name == self.field).map_or(self.field.as_str(), |(_, japanese)| japanese);
        let name = if let Some(field) = field { field.heading() } else { elsewhere() };
        // Of a column that is not there only the field is known, and a heading that had to be shortened is no name.
        if self.position.is_none() || self.column.chars().count() > LONGEST_HEADING {
            return format!("{name}：{reason}");
        }
        // 住所 may hold 郵便番号 too.
        if known(&self.column) == field {
            return format!("{}：{reason}", self.column);
        }
        format!("{}（{name}）：{reason}", self.column)
    }
}
