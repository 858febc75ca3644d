//! 住所 in one cell: postal code and prefecture taken off its beginning (I4).

use crate::text::characters::{is_dash, is_white_space};

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// An address in its parts, each as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) postal_code: Option<&'a str>,
    pub(super) prefecture: Option<&'a str>,
    pub(super) rest: &'a str,
}

/// Splits an address: a postal code only behind 〒 and only whole, a prefecture only by its full name.
pub(super) fn split(text: &str) -> Address<'_> {
    let whole = text.trim_matches(is_white_space);
    let (postal_code, rest) = match whole.strip_prefix('〒').and_then(|after| postal_code(after.trim_start_matches(is_white_space))) {
        Some((code, rest)) => (Some(code), rest.trim_start_matches(is_white_space)),
        None => (None, whole),
    };
    let found = PREFECTURES.into_iter().find_map(|name| rest.strip_prefix(name).map(|after| (name, after)));
    match found {
        Some((name, after)) => {
            Address { postal_code, prefecture: rest.strip_suffix(after).or(Some(name)), rest: after.trim_start_matches(is_white_space) }
        }
        None => Address { postal_code, prefecture: None, rest },
    }
}

// Three digits, a dash or none, four digits, of either width; and no digit after them.
fn postal_code(text: &str) -> Option<(&str, &str)> {
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let rest = text.trim_start_matches(|c| is_digit(c) || is_dash(c));
    let code = text.strip_suffix(rest)?;
    let digits = code.chars().filter(|c| is_digit(*c)).count();
    let dash_at = code.chars().position(is_dash);
    let dashes = code.chars().filter(|c| is_dash(*c)).count();
    (digits == 7 && (dashes == 0 || (dashes == 1 && dash_at == Some(3)))).then_some((code, rest))
}
