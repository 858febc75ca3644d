//! The heading row of a file: which column holds what (I1).

use unicode_normalization::UnicodeNormalization as _;

use super::cell::Cell;
use crate::error::ImportError;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::text::characters::{is_ignorable, is_white_space};
use crate::time::Instant;

wire! {
    /// What a column holds: the template's ten columns, and those that other programs' files have besides.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum ImportColumn {
        /// 姓
        FamilyName,
        /// 名
        GivenName,
        /// 氏名: 姓 and 名 with a space between
        FullName,
        /// セイ
        FamilyKana,
        /// メイ
        GivenKana,
        /// フリガナ: セイ and メイ with a space between
        FullKana,
        /// 電話番号
        Phone,
        /// 生年月日
        Birthday,
        /// 性別
        Gender,
        /// メールアドレス
        Email,
        /// 郵便番号
        PostalCode,
        /// 都道府県
        Prefecture,
        /// 住所
        Address,
        /// 建物名
        Building,
        /// 流入経路
        Channels,
        /// 備考
        ShopComment,
        /// エラー理由 and 元の行番号, which a workbook of errors has besides: known, and never read
        ErrorNote,
    }
}

use ImportColumn as C;

/// Headings as they are found in files, in the form [`normal`] gives them. The first of a column is the template's.
const HEADINGS: &[(ImportColumn, &[&str])] = &[
    (C::FamilyName, &["姓", "名字", "苗字", "氏", "お客様姓", "顧客姓", "姓漢字", "lastname", "familyname", "surname"]),
    (C::GivenName, &["名", "お客様名前名", "顧客名前名", "名漢字", "下の名前", "firstname", "givenname"]),
    (
        C::FullName,
        &["氏名", "お名前", "名前", "姓名", "顧客名", "お客様名", "顧客氏名", "お客様氏名", "氏名漢字", "お名前漢字", "name", "fullname"],
    ),
    (
        C::FamilyKana,
        &[
            "セイ",
            "せい",
            "姓カナ",
            "姓かな",
            "姓フリガナ",
            "姓ふりがな",
            "姓ヨミ",
            "姓よみ",
            "姓カタカナ",
            "氏カナ",
            "カナ姓",
            "フリガナ姓",
            "フリガナセイ",
            "ふりがなせい",
        ],
    ),
    (
        C::GivenKana,
        &[
            "メイ",
            "めい",
            "名カナ",
            "名かな",
            "名フリガナ",
            "名ふりがな",
            "名ヨミ",
            "名よみ",
            "名カタカナ",
            "カナ名",
            "フリガナ名",
            "フリガナメイ",
            "ふりがなめい",
        ],
    ),
    (
        C::FullKana,
        &[
            "フリガナ",
            "ふりがな",
            "カナ",
            "かな",
            "ヨミガナ",
            "よみがな",
            "ヨミ",
            "氏名カナ",
            "氏名かな",
            "氏名フリガナ",
            "氏名ふりがな",
            "お名前カナ",
            "お名前フリガナ",
            "お名前ふりがな",
            "姓名カナ",
            "顧客名カナ",
            "カナ氏名",
            "kana",
        ],
    ),
    (
        C::Phone,
        &[
            "電話番号",
            "電話",
            "携帯番号",
            "携帯電話",
            "携帯電話番号",
            "携帯",
            "固定電話",
            "自宅電話",
            "自宅電話番号",
            "連絡先",
            "連絡先電話番号",
            "電話番号1",
            "電話番号2",
            "tel",
            "tel1",
            "tel2",
            "phone",
            "phonenumber",
            "mobile",
        ],
    ),
    (C::Birthday, &["生年月日", "誕生日", "お誕生日", "生年月日西暦", "生年月日和暦", "birthday", "birthdate", "dateofbirth"]),
    (C::Gender, &["性別", "男女", "gender", "sex"]),
    (
        C::Email,
        &[
            "メールアドレス",
            "メール",
            "eメール",
            "eメールアドレス",
            "電子メール",
            "メールアドレス1",
            "メールアドレス2",
            "携帯メール",
            "携帯メールアドレス",
            "pcメール",
            "pcメールアドレス",
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
        ],
    ),
    (C::PostalCode, &["郵便番号", "〒", "郵便", "zip", "zipcode", "postalcode", "postcode"]),
    (C::Prefecture, &["都道府県", "都道府県名", "prefecture"]),
    (C::Address, &["住所", "ご住所", "住所1", "市区町村番地", "市区町村・番地", "市区町村以降", "address", "address1"]),
    (C::Building, &["建物名", "建物", "建物名など", "建物名部屋番号", "建物名・部屋番号", "住所2", "マンション名", "building", "address2"]),
    (C::Channels, &["流入経路", "来店経路", "来店きっかけ", "来店動機", "ご来店のきっかけ", "紹介元", "channel", "channels", "source"]),
    (
        C::ShopComment,
        &["備考", "メモ", "店舗コメント", "コメント", "備考欄", "顧客メモ", "特記事項", "memo", "note", "notes", "comment", "remarks"],
    ),
    (C::ErrorNote, &[ERROR_REASON, ERROR_ROW]),
];

/// The heading under which a workbook of errors says what is wrong with a row (I2).
pub const ERROR_REASON: &str = "エラー理由";

/// The heading under which a workbook of errors says which row of the file it was.
pub const ERROR_ROW: &str = "元の行番号";

/// What people write beside a heading that says nothing of what the column holds.
const DECORATIONS: &[&str] = &[
    "必須",
    "任意",
    "必須項目",
    "任意項目",
    "全角",
    "半角",
    "全角カナ",
    "全角カタカナ",
    "カタカナ",
    "カナ",
    "半角数字",
    "半角英数字",
    "数字",
    "ハイフンあり",
    "ハイフンなし",
    "ハイフン有",
    "ハイフン無",
    "ハイフン可",
    "西暦",
    "西暦可",
    "和暦可",
    "複数可",
];

impl ImportColumn {
    /// What the template's sample row, 記入例, holds in this column: nobody's data (I1).
    #[must_use]
    pub const fn sample(self) -> &'static str {
        match self {
            Self::FamilyName => "山田",
            Self::GivenName => "花子",
            Self::FamilyKana => "ヤマダ",
            Self::GivenKana => "ハナコ",
            Self::Phone => "090-1234-5678",
            Self::Birthday => "1990/04/01",
            Self::Gender => "女性",
            Self::Email => "hanako@example.com",
            Self::Address => "東京都渋谷区神南1-2-3",
            Self::Channels => "紹介",
            Self::FullName
            | Self::FullKana
            | Self::PostalCode
            | Self::Prefecture
            | Self::Building
            | Self::ShopComment
            | Self::ErrorNote => "",
        }
    }

    /// The heading under which staff know the column.
    #[must_use]
    pub fn heading(self) -> &'static str {
        HEADINGS.iter().find(|(column, _)| *column == self).and_then(|(_, known)| known.first().copied()).unwrap_or_default()
    }

    /// The fields of the customer form that the column can fill, the one it is named for first.
    #[must_use]
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::FamilyName => &["familyName"],
            Self::GivenName => &["givenName"],
            Self::FullName => &["familyName", "givenName"],
            Self::FamilyKana => &["familyKana"],
            Self::GivenKana => &["givenKana"],
            Self::FullKana => &["familyKana", "givenKana"],
            Self::Phone => &["phones"],
            Self::Birthday => &["birthday"],
            Self::Gender => &["gender"],
            Self::Email => &["emails"],
            Self::PostalCode => &["postalCode"],
            Self::Prefecture => &["prefecture"],
            Self::Address => &["cityStreet", "postalCode", "prefecture"],
            Self::Building => &["building"],
            Self::Channels => &["channels"],
            Self::ShopComment => &["shopComment"],
            Self::ErrorNote => &[],
        }
    }

    // A customer has several phones, addresses to write to, channels and remarks; a file may have a column for each.
    const fn is_list(self) -> bool {
        matches!(self, Self::Phone | Self::Email | Self::Channels | Self::ShopComment | Self::ErrorNote)
    }

    /// What staff call a field of the customer form: the heading of the column that is named for it.
    pub(super) fn of_field(field: &str) -> Option<Self> {
        HEADINGS.iter().map(|(column, _)| *column).find(|column| column.fields().first() == Some(&field))
    }
}

wire! {
    /// A column that is read, or [known not to be](ImportColumn::ErrorNote).
    pub struct HeadingColumn {
        /// Its place, 1 for A.
        pub position: u32,
        /// What it holds.
        pub column: ImportColumn,
        /// Its heading, as the file has it.
        pub heading: String,
    }
}

redacted_debug!(HeadingColumn { position, column });

wire! {
    /// A column that is not read, and is reported so (I1).
    pub struct IgnoredColumn {
        /// Its place, 1 for A.
        pub position: u32,
        /// Its heading, as the file has it.
        pub heading: String,
    }
}

// A file without a heading begins with somebody.
redacted_debug!(IgnoredColumn { position });

wire! {
    /// A file's heading row as it was understood (I1).
    #[derive(Debug)]
    pub struct Heading {
        /// The columns that are read.
        pub columns: Vec<HeadingColumn>,
        /// The columns that are not: headings nobody knows, and 氏名 beside 姓 and 名. Show them before the run.
        pub ignored: Vec<IgnoredColumn>,
    }
}

/// A heading as it is looked up: width, case, spaces, asterisks and brackets do not count.
fn normal(heading: &str, drop_decorations: bool) -> String {
    let text: String =
        heading.nfkc().flat_map(char::to_lowercase).filter(|c| !(is_white_space(*c) || is_ignorable(*c) || c.is_control())).collect();
    let mut plain = String::new();
    let mut inside: Option<String> = None;
    for c in text.chars() {
        match (c, inside.as_mut()) {
            ('*' | '※' | '★' | '●' | '-' | '_' | ':' | '.' | '/' | '"' | '\'', _) => {}
            ('(' | '[' | '【' | '〔' | '<' | '《' | '「', _) => plain.push_str(&inside.replace(String::new()).unwrap_or_default()),
            (')' | ']' | '】' | '〕' | '>' | '》' | '」', _) => {
                let group = inside.take().unwrap_or_default();
                if !(drop_decorations && DECORATIONS.contains(&group.as_str())) {
                    plain.push_str(&group);
                }
            }
            (c, Some(group)) => group.push(c),
            (c, None) => plain.push(c),
        }
    }
    plain + &inside.unwrap_or_default()
}

/// What a column of this heading holds.
pub(super) fn known(heading: &str) -> Option<ImportColumn> {
    // What stands in brackets may be the point of it, as in 姓(カナ), or nothing, as in セイ(カナ).
    [false, true].into_iter().find_map(|drop| {
        let text = normal(heading, drop);
        HEADINGS.iter().find(|(_, spellings)| spellings.contains(&text.as_str())).map(|(column, _)| *column)
    })
}

/// Reads the heading row of a file: the template's columns in any order, asterisks, widths and the usual other words for them (I1). Required are 姓
/// and 名, or 氏名 in their place.
///
/// # Errors
/// [`ImportError::NoHeading`] when no cell is a known heading, [`ImportError::MissingColumn`] without a name, [`ImportError::RepeatedColumn`].
pub fn read_heading(cells: &[Cell]) -> Result<Heading, ImportError> {
    let mut heading = Heading { columns: Vec::new(), ignored: Vec::new() };
    for (position, cell) in (1_u32..).zip(cells).filter(|(_, cell)| !cell.is_blank()) {
        let text = cell.shown().to_owned();
        match known(&text) {
            Some(column) => heading.columns.push(HeadingColumn { position, column, heading: text }),
            None => heading.ignored.push(IgnoredColumn { position, heading: text }),
        }
    }
    if heading.columns.iter().all(|known| known.column == C::ErrorNote) {
        return Err(ImportError::NoHeading);
    }
    // 姓 beside 名前 makes that the other half of the name; alone, 名前 is the whole.
    let has = |column| heading.columns.iter().any(|known| known.column == column);
    if has(C::FamilyName) && !has(C::GivenName) {
        for known in heading.columns.iter_mut().filter(|known| matches!(normal(&known.heading, true).as_str(), "名前" | "お名前")) {
            known.column = C::GivenName;
        }
    }
    // 氏名 and 姓・名 in one file say the same thing twice: the finer one is read.
    for (whole, parts) in [(C::FullName, [C::FamilyName, C::GivenName]), (C::FullKana, [C::FamilyKana, C::GivenKana])] {
        let has = |column| heading.columns.iter().any(|known| known.column == column);
        let drop: &[ImportColumn] = if has(whole) && parts.into_iter().all(has) {
            &[whole]
        } else if has(whole) {
            &parts
        } else {
            &[]
        };
        let (dropped, kept) = core::mem::take(&mut heading.columns).into_iter().partition(|known| drop.contains(&known.column));
        heading.columns = kept;
        heading.ignored.extend(dropped.into_iter().map(|known| IgnoredColumn { position: known.position, heading: known.heading }));
    }
    heading.ignored.sort_by_key(|ignored| ignored.position);
    check_columns(&heading.columns)?;
    Ok(heading)
}

/// What must hold of columns, whoever made the list.
pub(super) fn check_columns(columns: &[HeadingColumn]) -> Result<(), ImportError> {
    let has = |column| columns.iter().any(|known| known.column == column);
    if !has(C::FullName) {
        for column in [C::FamilyName, C::GivenName] {
            if !has(column) {
                return Err(ImportError::MissingColumn { column: column.heading() });
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut places = std::collections::BTreeSet::new();
    for known in columns {
        // Two different headings of a list are two entries of it; the same heading twice is a mistake.
        let identity = if known.column.is_list() { normal(&known.heading, true) } else { String::new() };
        if known.position == 0 || !places.insert(known.position) || !seen.insert((known.column, identity)) {
            return Err(ImportError::RepeatedColumn { column: known.column.heading() });
        }
    }
    Ok(())
}

wire! {
    /// Reads a file's heading row, see [`read_heading`]. It asks nothing of the ledger.
    #[derive(Debug)]
    pub struct ReadHeading {
        /// The first row of the file.
        pub cells: Vec<Cell>,
    }
}

impl Query for ReadHeading {
    type Output = Heading;
    const NAME: &'static str = "readHeading";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, _: &dyn Look, _: &Actor, _: Instant) -> Result<Heading, Halt> {
        Ok(read_heading(&self.cells)?)
    }
}
