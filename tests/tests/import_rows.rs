//! One row of a file: columns, repairs, errors (I1, I2, I4, C2, C3).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in the functions its tests share too"
)]
use daicho::import::read_heading;
use daicho::*;
use daicho_tests::*;

fn heading(words: &[&str]) -> Heading {
    read_heading(&words.iter().map(|word| Cell::text(*word)).collect::<Vec<_>>()).unwrap()
}

fn columns(words: &[&str]) -> Result<Vec<ImportColumn>, &'static str> {
    let cells: Vec<Cell> = words.iter().map(|word| Cell::text(*word)).collect();
    read_heading(&cells).map(|heading| heading.columns.into_iter().map(|known| known.column).collect()).map_err(|error| error.code())
}

/// Imports one row with these cells under these headings.
fn import_on(desk: &Desk<MemoryStore>, cells: &[(&str, Cell)]) -> (RowOutcome, Option<Customer>) {
    let heading = heading(&cells.iter().map(|(word, _)| *word).collect::<Vec<_>>());
    let context = desk.context();
    let rows = vec![ImportRow { row: 2, cells: cells.iter().map(|(_, cell)| cell.clone()).collect() }];
    let command = ImportRows { import: id(&format!("i-{}", context.key)), columns: heading.columns, date_system: DateSystem::D1900, rows };
    let mut done = desk.ledger.execute(&command, &context).unwrap().output;
    let outcome = done.rows.remove(0);
    let customer = match &outcome.result {
        RowResult::Imported { customer, .. } => Some(desk.ask(GetCustomer { customer: *customer }).unwrap().customer),
        _ => None,
    };
    (outcome, customer)
}

fn import(cells: &[(&str, Cell)]) -> (RowOutcome, Option<Customer>) {
    import_on(&Desk::open(), cells)
}

fn named(more: &[(&'static str, Cell)]) -> Vec<(&'static str, Cell)> {
    [("姓", Cell::text("山田")), ("名", Cell::text("花子"))].into_iter().chain(more.iter().cloned()).collect()
}

fn problems(outcome: &RowOutcome) -> Vec<(String, String)> {
    match &outcome.result {
        RowResult::Error { problems } => problems.iter().map(|problem| (problem.column.clone(), problem.code.clone())).collect(),
        _ => Vec::new(),
    }
}

fn repairs(outcome: &RowOutcome) -> Vec<(RepairKind, &str, &str)> {
    outcome.repairs.iter().map(|repair| (repair.kind, repair.before.as_str(), repair.after.as_str())).collect()
}

#[test]
fn i1_the_templates_columns_are_read_in_any_order_and_spelling() {
    use ImportColumn as C;
    let template = ["姓", "名", "セイ", "メイ", "電話番号", "生年月日", "性別", "メールアドレス", "住所", "流入経路"];
    let expected =
        vec![C::FamilyName, C::GivenName, C::FamilyKana, C::GivenKana, C::Phone, C::Birthday, C::Gender, C::Email, C::Address, C::Channels];
    assert_eq!(columns(&template), Ok(expected.clone()));
    assert_eq!(
        columns(&[
            "姓*",
            " 名＊",
            "ｾｲ",
            "メ イ",
            "電話番号（ハイフンあり）",
            "生年月日\n(西暦)",
            "【任意】性別",
            "メール アドレス",
            "ご住所",
            "流入経路※"
        ]),
        Ok(expected)
    );
    assert_eq!(
        columns(&["お名前", "フリガナ", "E-mail", "ＴＥＬ", "誕生日", "メモ", "郵便番号", "都道府県"]),
        Ok(vec![C::FullName, C::FullKana, C::Email, C::Phone, C::Birthday, C::ShopComment, C::PostalCode, C::Prefecture])
    );
    assert_eq!(columns(&["姓", "名", "姓（カナ）", "名（フリガナ）", "セイ（全角カナ）"]), Err("import.repeated_column"));
    assert_eq!(columns(&["姓", "名前"]), Ok(vec![C::FamilyName, C::GivenName]));
    assert_eq!(columns(&["名", "姓", "電話番号", "携帯番号"]), Ok(vec![C::GivenName, C::FamilyName, C::Phone, C::Phone]));
    for column in expected_headings() {
        assert_eq!(
            columns(&["姓", "名", column.heading()].into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>())
                .map(|found| found.contains(&column)),
            Ok(true),
            "{column:?}"
        );
    }
}

fn expected_headings() -> [ImportColumn; 14] {
    use ImportColumn as C;
    [
        C::FamilyName,
        C::GivenName,
        C::FamilyKana,
        C::GivenKana,
        C::FullKana,
        C::Phone,
        C::Birthday,
        C::Gender,
        C::Email,
        C::PostalCode,
        C::Prefecture,
        C::Address,
        C::Building,
        C::Channels,
    ]
}

#[test]
fn i1_the_name_is_required_and_what_is_not_read_is_told() {
    assert_eq!(columns(&["名", "電話番号"]), Err("import.missing_column"));
    assert_eq!(columns(&["姓", "電話番号"]), Err("import.missing_column"));
    assert_eq!(columns(&["あ", "い"]), Err("import.no_heading"));
    assert_eq!(columns(&[]), Err("import.no_heading"));
    assert_eq!(columns(&["姓", "名", "姓"]), Err("import.repeated_column"));
    assert_eq!(columns(&["姓", "名", "電話番号", "電話番号"]), Err("import.repeated_column"));
    let heading = heading(&["氏名", "姓", "", "名", "担当者", "姓(ローマ字)"]);
    let ignored: Vec<(u32, &str)> = heading.ignored.iter().map(|column| (column.position, column.heading.as_str())).collect();
    assert_eq!(ignored, [(1, "氏名"), (5, "担当者"), (6, "姓(ローマ字)")]);
    let rows = vec![ImportRow { row: 2, cells: ["山田 花子", "山田", "?", "花子", "佐藤", ""].map(Cell::text).to_vec() }];
    let done = Desk::open().run(ImportRows { import: id("i1"), columns: heading.columns, date_system: DateSystem::D1900, rows }).unwrap();
    assert_eq!(done.unread_positions, [1, 3, 5]);
}

#[test]
fn i1_the_templates_sample_row_is_nobody() {
    use ImportColumn as C;
    let of_template = [C::FamilyName, C::GivenName, C::FamilyKana, C::Phone, C::Email, C::Channels];
    let sample = of_template.map(|column| (column.heading(), Cell::text(column.sample())));
    let (outcome, _) = import(&sample);
    assert_eq!(problems(&outcome), [("姓".to_owned(), "import.sample".to_owned())]);
    let RowResult::Error { problems } = &outcome.result else { panic!("{outcome:?}") };
    assert_eq!(problems[0].japanese, "姓：テンプレートの記入例の行です。行ごと削除してください。");
    // With columns taken out of the template it is still nobody, while it says so much.
    let [family, given, kana, phone, email, channel] = sample.clone();
    for left in [[&family, &given, &kana, &phone], [&family, &given, &email, &channel], [&phone, &kana, &given, &family]] {
        assert_eq!(self::problems(&import(&left.map(Clone::clone)).0), [("姓".to_owned(), "import.sample".to_owned())]);
    }
    assert!(import(&[family, given, phone]).1.is_some(), "somebody may be called so and have this phone");
    // Whoever typed over a part of it is somebody.
    for (place, other) in ["佐藤", "華子", "サトウ", "090-1234-5679", "hanako@example.jp"].into_iter().enumerate() {
        let mut row = sample.clone();
        row[5].1 = Cell::text("");
        row[place].1 = Cell::text(other);
        assert!(import(&row).1.is_some(), "{other}");
    }
}

#[test]
fn i4_a_leading_zero_that_excel_ate_comes_back_only_in_a_numeric_cell() {
    let (outcome, customer) = import(&named(&[("電話番号", Cell::number("9012345678"))]));
    assert_eq!(repairs(&outcome), [(RepairKind::LeadingZero, "9012345678", "09012345678")]);
    assert_eq!(customer.unwrap().phones[0].digits, "09012345678");
    let (outcome, customer) = import(&named(&[("電話番号", Cell::number("312345678"))]));
    assert_eq!((repairs(&outcome).len(), customer.unwrap().phones[0].digits.as_str()), (1, "0312345678"));
    let (outcome, _) = import(&named(&[("電話番号", Cell::text("9012345678"))]));
    assert_eq!(problems(&outcome), [("電話番号".to_owned(), "import.zero_missing".to_owned())]);
    for (text, code) in [
        ("90-1234-5678", "import.zero_missing"),
        ("（３）１２３４－５６７８", "import.zero_missing"),
        ("１２３", "text.phone_not_accepted"),
        // Somebody else's in Malaysia and on the Faroe Islands: with a 0 before them they would be numbers of Japan.
        ("+60 4-123 4567", "text.phone_not_accepted"),
        ("+298 123456", "text.phone_not_accepted"),
        ("9012345678.0", "text.phone_not_accepted"),
    ] {
        let (outcome, _) = import(&named(&[("電話番号", Cell::text(text))]));
        assert_eq!(problems(&outcome), [("電話番号".to_owned(), code.to_owned())], "{text}");
    }
    for literal in ["1234567890", "90123456789", "12345678", "9012345678.5", "112345678"] {
        let (outcome, _) = import(&named(&[("電話番号", Cell::number(literal))]));
        // 0112345678 is a number of Sapporo; the others are none.
        assert_eq!(problems(&outcome).is_empty(), literal == "112345678", "{literal}");
    }
    let (outcome, customer) = import(&named(&[("電話番号", Cell::text("０９０―１２３４―５６７８"))]));
    assert_eq!((outcome.repairs.len(), customer.unwrap().phones[0].entered.as_str()), (0, "０９０―１２３４―５６７８"));
}

#[test]
fn c4_c5_several_phones_or_addresses_on_one_line_are_several() {
    let given =
        [("電話番号", Cell::text("03-1234-5678／090 1234 5678")), ("メールアドレス", Cell::text("a@x.jp; B＠x.jp、c..d.@docomo.ne.jp"))];
    let (outcome, customer) = import(&named(&given));
    let customer = customer.unwrap_or_else(|| panic!("{outcome:?}"));
    let entered: Vec<&str> = customer
        .phones
        .iter()
        .map(|phone| phone.entered.as_str())
        .chain(customer.emails.iter().map(|email| email.entered.as_str()))
        .collect();
    assert_eq!(entered, ["03-1234-5678", "090 1234 5678", "a@x.jp", "B＠x.jp", "c..d.@docomo.ne.jp"]);
    // What is one by itself stays one, and what has a part that is none is an error as a whole.
    for (word, text) in [("電話番号", "090 1234 5678"), ("メールアドレス", "a;b@x.jp"), ("メールアドレス", "a/b,c@x.jp")]
    {
        let (outcome, customer) = import(&named(&[(word, Cell::text(text))]));
        let customer = customer.unwrap_or_else(|| panic!("{outcome:?}"));
        assert_eq!(customer.phones.len() + customer.emails.len(), 1, "{text}");
    }
    for (word, text) in [("電話番号", "03-1234-5678 / 内線"), ("メールアドレス", "a@x.jp b")] {
        assert_eq!(problems(&import(&named(&[(word, Cell::text(text))])).0).len(), 1, "{text}");
    }
}

#[test]
fn i4_dates_are_repaired_and_told() {
    for (cell, kind, after) in
        [(Cell::number("32874"), RepairKind::SerialDate, "1990-01-01"), (Cell::text("平成元年1月8日"), RepairKind::EraDate, "1989-01-08")]
    {
        let (outcome, customer) = import(&named(&[("生年月日", cell.clone())]));
        assert_eq!(repairs(&outcome), [(kind, cell.shown(), after)]);
        assert_eq!(customer.unwrap().birthday.unwrap().to_string(), after);
    }
    let (outcome, _) = import(&named(&[("生年月日", Cell::text("1990/1/1"))]));
    assert!(outcome.repairs.is_empty());
}

#[test]
fn c6_a_birthday_after_today_is_an_error_in_the_file_too() {
    // MORNING is 2026-11-21.
    assert!(import(&named(&[("生年月日", Cell::text("2026-11-21"))])).1.is_some());
    for cell in [Cell::text("2026-11-22"), Cell::text("令和8年11月22日"), Cell::number("46348")] {
        let (outcome, _) = import(&named(&[("生年月日", cell)]));
        assert_eq!(problems(&outcome), [("生年月日".to_owned(), "customer.birthday_after_today".to_owned())]);
    }
}

#[test]
fn c3_kana_becomes_full_width_katakana_and_anything_else_is_an_error() {
    let (outcome, customer) = import(&named(&[("セイ", Cell::text("ﾔﾏﾀﾞ")), ("メイ", Cell::text("はなこ"))]));
    assert_eq!(repairs(&outcome), [(RepairKind::HalfWidthKana, "ﾔﾏﾀﾞ", "ヤマダ"), (RepairKind::Hiragana, "はなこ", "ハナコ")]);
    let customer = customer.unwrap();
    assert_eq!((customer.family_kana.as_deref(), customer.given_kana.as_deref()), (Some("ヤマダ"), Some("ハナコ")));
    let (outcome, _) = import(&named(&[("セイ", Cell::text("山田")), ("メイ", Cell::text("Hanako"))]));
    assert_eq!(problems(&outcome).iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>(), ["text.not_kana", "text.not_kana"]);
    let (outcome, _) = import(&named(&[("セイ", Cell::text("ヤマダ")), ("メイ", Cell::text("ハナコ "))]));
    assert!(outcome.repairs.is_empty());
}

#[test]
fn i4_a_name_in_one_cell_is_split_at_its_space() {
    for cells in [
        vec![("氏名", Cell::text("山田\u{3000}花子")), ("フリガナ", Cell::text("ﾔﾏﾀﾞ ﾊﾅｺ"))],
        vec![("姓", Cell::text("山田 花子")), ("名", Cell::Empty), ("セイ", Cell::text("ヤマダ ハナコ")), ("メイ", Cell::Empty)],
        vec![("姓", Cell::Empty), ("名", Cell::text("山田  花子")), ("セイ", Cell::Empty), ("メイ", Cell::text("やまだ はなこ"))],
    ] {
        let (outcome, customer) = import(&cells);
        let customer = customer.unwrap();
        assert_eq!((customer.family_name.as_str(), customer.given_name.as_str()), ("山田", "花子"));
        assert_eq!((customer.family_kana.as_deref(), customer.given_kana.as_deref()), (Some("ヤマダ"), Some("ハナコ")));
        assert!(repairs(&outcome).iter().any(|(kind, _, after)| (*kind, *after) == (RepairKind::SplitName, "山田 / 花子")));
    }
    for name in ["山田花子", "John F Kennedy"] {
        let (outcome, _) = import(&[("氏名", Cell::text(name))]);
        assert_eq!(problems(&outcome), [("氏名".to_owned(), "import.name_unsplit".to_owned())]);
    }
    let (outcome, _) = import(&[("姓", Cell::text("山田")), ("名", Cell::Empty)]);
    assert_eq!(problems(&outcome), [("名".to_owned(), "customer.required".to_owned())]);
}

#[test]
fn i4_an_address_gives_up_its_postal_code_and_prefecture() {
    let address = |written: &str| {
        let (outcome, customer) = import(&named(&[("住所", Cell::text(written))]));
        let customer = customer.unwrap();
        (customer.postal_code, customer.prefecture, customer.city_street, outcome.repairs.len())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(address("〒150-0041 東京都渋谷区神南1-2-3"), (some("150-0041"), some("東京都"), some("渋谷区神南1-2-3"), 1));
    assert_eq!(address("〒１５０００４１　京都府京都市"), (some("１５０００４１"), some("京都府"), some("京都市"), 1));
    assert_eq!(address("北海道札幌市"), (None, some("北海道"), some("札幌市"), 1));
    assert_eq!(address("渋谷区神南1-2-3"), (None, None, some("渋谷区神南1-2-3"), 0));
    assert_eq!(address("〒15-0041 渋谷区"), (None, None, some("〒15-0041 渋谷区"), 0));
    let (outcome, customer) = import(&named(&[("都道府県", Cell::text("東京都")), ("住所", Cell::text("東京都渋谷区"))]));
    assert_eq!((outcome.repairs.len(), customer.unwrap().city_street), (0, some("東京都渋谷区")));
    let (outcome, customer) = import(&named(&[("郵便番号", Cell::number("600001"))]));
    assert_eq!((repairs(&outcome), customer.unwrap().postal_code), (vec![(RepairKind::LeadingZero, "600001", "0600001")], some("0600001")));
}

#[test]
fn i2_every_error_of_a_row_is_told_with_row_column_value_and_reason() {
    let (outcome, _) = import(&[
        ("姓", Cell::text("山".repeat(101))),
        ("名", Cell::Empty),
        ("セイ", Cell::text("yamada")),
        ("電話番号", Cell::text("090")),
        ("生年月日", Cell::text("H64.1.1")),
        ("性別", Cell::text("ねこ")),
        ("メールアドレス", Cell::text("hanako")),
        ("住所", Cell::text("字".repeat(256))),
        ("流入経路", Cell::Error { text: "#N/A".into() }),
        ("備考", Cell::Boolean { value: true }),
    ]);
    let RowResult::Error { problems } = &outcome.result else { panic!("{outcome:?}") };
    let told: Vec<(u32, u32, &str, &str)> =
        problems.iter().map(|problem| (problem.row, problem.position.unwrap(), problem.column.as_str(), problem.code.as_str())).collect();
    assert_eq!(
        told,
        [
            (2, 1, "姓", "text.too_long"),
            (2, 2, "名", "customer.required"),
            (2, 3, "セイ", "text.not_kana"),
            (2, 4, "電話番号", "text.phone_not_accepted"),
            (2, 5, "生年月日", "import.era"),
            (2, 6, "性別", "import.gender"),
            (2, 7, "メールアドレス", "text.no_at"),
            (2, 8, "住所", "text.too_long"),
            (2, 9, "流入経路", "import.error_cell"),
            (2, 10, "備考", "import.boolean_cell"),
        ]
    );
    assert_eq!(problems[3].value.as_deref(), Some("090"));
    assert_eq!(problems[1].value, None);
    assert!(problems.iter().all(|problem| !problem.reason.is_empty()));
    let debug = format!("{outcome:?}");
    assert!(!debug.contains("yamada") && !debug.contains("hanako") && !debug.contains("ねこ"), "{debug}");
}

#[test]
fn i4_genders_and_channels_are_read_as_people_write_them() {
    for (word, gender) in [
        ("女", Gender::Female),
        ("女性", Gender::Female),
        ("Ｆ", Gender::Female),
        ("female", Gender::Female),
        ("男", Gender::Male),
        ("男性", Gender::Male),
        ("m", Gender::Male),
        ("その他", Gender::Other),
    ] {
        assert!(import(&named(&[("性別", Cell::text(word))])).1.unwrap().gender == Some(gender), "{word}");
    }
    let (outcome, customer) = import(&named(&[("流入経路", Cell::text("紹介、Instagram,チラシ/紹介\n看板"))]));
    assert_eq!(customer.unwrap().channels, ["紹介", "Instagram", "チラシ", "看板"]);
    assert_eq!(outcome.repairs[0].kind, RepairKind::Repeated);
    let desk = Desk::open();
    desk.run(ConfigureSalon { settings: Settings { channels: vec!["雑誌/新聞".into(), "紹介".into()], ..Settings::default() } }).unwrap();
    assert_eq!(import_on(&desk, &named(&[("流入経路", Cell::text("雑誌/新聞"))])).1.unwrap().channels, ["雑誌/新聞"]);
    assert_eq!(problems(&import_on(&desk, &named(&[("流入経路", Cell::text("雑誌"))])).0)[0].1, "customer.unknown_channel");
}

#[test]
fn i4_the_same_phone_in_two_columns_is_one_phone() {
    let (outcome, customer) = import(&named(&[
        ("電話番号", Cell::text("090-1234-5678")),
        ("携帯番号", Cell::number("9012345678")),
        ("備考", Cell::text("a")),
        ("メモ", Cell::text("b")),
    ]));
    let customer = customer.unwrap();
    assert_eq!((customer.phones.len(), repairs(&outcome)), (1, vec![(RepairKind::Repeated, "9012345678", "")]));
    assert_eq!(customer.shop_comment.as_deref(), Some("a\nb"));
}

#[test]
fn i2_i7_a_mistake_in_a_cell_is_told_once_however_many_lines_make_it() {
    // Each telling repeats the cell: a thousand of four kilobytes would be four megabytes of one cell.
    let cells = [
        ("電話番号", Cell::text("1\n".repeat(1_000) + "x\n03-1234-5678")),
        ("メールアドレス", Cell::text("a\n".repeat(1_000))),
        ("pcメール", Cell::text("a@b.jp\n".repeat(500))),
    ];
    let (outcome, _) = import(&named(&cells));
    let told: Vec<(&str, &str)> =
        [("電話番号", "text.phone_not_accepted"), ("電話番号", "text.no_digits"), ("メールアドレス", "text.no_at")].to_vec();
    assert_eq!(problems(&outcome).iter().map(|(column, code)| (column.as_str(), code.as_str())).collect::<Vec<_>>(), told);
    assert_eq!(outcome.repairs.iter().map(|repair| repair.kind).collect::<Vec<_>>(), [RepairKind::Repeated]);
}

#[test]
fn i7_a_report_repeats_the_beginning_of_what_is_long() {
    let desk = Desk::open();
    let long = |text: &str| Cell::text(text.repeat(1_000));
    let (wide, spaced) = (format!("電話{}", "*".repeat(3_000)), format!("フリガナ{}", " ".repeat(3_000)));
    // Two columns whose headings differ at their end alone are two columns.
    let twin = format!("{wide}番号");
    let cells =
        [("姓", long("山")), ("名", Cell::text("花子")), (&wide, long("𠮷")), (&spaced, Cell::text(format!("ﾔﾏﾀﾞ {}", "ﾊﾅ".repeat(900))))];
    let heading = heading(&cells.iter().map(|(word, _)| *word).chain([twin.as_str()]).collect::<Vec<_>>());
    assert_eq!(heading.columns.len(), 5);
    let context = desk.context();
    let rows = vec![ImportRow { row: 2, cells: cells.iter().map(|(_, cell)| cell.clone()).collect() }];
    let command = ImportRows { import: id("i1"), columns: heading.columns, date_system: DateSystem::D1900, rows };
    let first = desk.ledger.execute(&command, &context).unwrap();
    let outcome = &first.output.rows[0];
    let RowResult::Error { problems } = &outcome.result else { panic!("{outcome:?}") };
    let told: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.column.as_str(), problem.value.as_deref().unwrap_or_default())).collect();
    let cut = |text: &str, count: usize| format!("{}…", text.chars().take(count).collect::<String>());
    let (wide, spaced) = (cut(&wide, 100), cut(&spaced, 100));
    let (family, phone, kana) = ("山".repeat(200) + "…", "𠮷".repeat(200) + "…", cut(&format!("ﾔﾏﾀﾞ {}", "ﾊﾅ".repeat(900)), 200));
    assert_eq!(told, [("姓", family.as_str()), (&wide, &phone), (&spaced, &kana)]);
    assert_eq!(problems[1].japanese(), "電話番号：文字数が多すぎます。短くしてください。");
    let split = (RepairKind::SplitName, kana.as_str(), cut(&format!("ﾔﾏﾀﾞ / {}", "ﾊﾅ".repeat(900)), 200));
    let given = (RepairKind::HalfWidthKana, cut(&"ﾊﾅ".repeat(900), 200), cut(&"ハナ".repeat(900), 200));
    let made = repairs(outcome);
    assert_eq!(made[0], (split.0, split.1, split.2.as_str()));
    assert_eq!(made[1], (RepairKind::HalfWidthKana, "ﾔﾏﾀﾞ", "ヤマダ"));
    assert_eq!(made[2], (given.0, given.1.as_str(), given.2.as_str()));
    assert!(made.len() == 3 && outcome.repairs.iter().all(|repair| repair.column == spaced));
    // Whoever repeats it is answered the same (A2).
    let again = desk.ledger.execute(&command, &context).unwrap();
    assert!(again.replayed && again.output == first.output);
}

// The rows of one command, each with a name and one cell under 34 headings of phones and addresses to write to.
fn wrong_rows(count: u32, cell: &Cell) -> ImportRows {
    let phones = ["電話番号", "電話", "携帯番号", "携帯電話", "携帯電話番号", "携帯", "固定電話", "自宅電話", "自宅電話番号", "連絡先"];
    let more = ["連絡先電話番号", "電話番号1", "電話番号2", "tel", "tel1", "tel2", "phone", "phonenumber", "mobile"];
    let emails = ["メールアドレス", "メール", "eメール", "eメールアドレス", "電子メール", "携帯メール", "携帯メールアドレス", "pcメール"];
    let others = ["pcメールアドレス", "メールアドレス1", "メールアドレス2", "email", "emailaddress", "mail", "mailaddress"];
    let words: Vec<&str> = ["姓", "名"].into_iter().chain(phones).chain(more).chain(emails).chain(others).collect();
    let wrong = words.iter().skip(2).map(|_| cell.clone());
    let cells: Vec<Cell> = [Cell::text("山田"), Cell::text("花子")].into_iter().chain(wrong).collect();
    let rows = (2..2 + count).map(|row| ImportRow { row, cells: cells.clone() }).collect();
    ImportRows { import: id("i1"), columns: heading(&words).columns, date_system: DateSystem::D1900, rows }
}

#[test]
fn i2_i7_of_a_command_a_megabyte_is_told_and_of_every_row_the_first_thing_that_is_wrong() {
    // Half a dozen mistakes in one cell, the first of them long.
    let desk = Desk::open();
    let cell = Cell::text(format!("{}\n \u{3000}@\na b@c\n@\na@\n@b", "𠮷".repeat(950)));
    let command = wrong_rows(1_000, &cell);
    let context = desk.context();
    let first = desk.ledger.execute(&command, &context).unwrap();
    let all: Vec<&Vec<CellProblem>> = first
        .output
        .rows
        .iter()
        .map(|row| match &row.result {
            RowResult::Error { problems } => problems,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!((all.len(), first.output.counts.errors), (1_000, 1_000));
    assert!(all[0].len() > 60 && all[0].iter().all(|problem| problem.value.is_some()), "{}", all[0].len());
    let last = all.last().unwrap();
    assert_eq!((last.len(), last[0].column.as_str(), last[0].value.as_deref()), (1, "電話番号", None));
    let bytes = serde_json::to_vec(&first.output).unwrap().len();
    assert!((1_000_000..1_600_000).contains(&bytes), "{bytes}");
    let again = desk.ledger.execute(&command, &context).unwrap();
    assert!(again.replayed && again.output == first.output);
    // A file whose every column is the next one's is told whole: that is somebody's mistake and no attack.
    let desk = Desk::open();
    let words = ["姓", "名", "セイ", "メイ", "電話番号", "生年月日", "性別", "メールアドレス", "住所", "流入経路"];
    let cells =
        ["", "山田", "花子", "山田", "ハナコ", "090-1234-5678", "1990/04/01", "女性", "hanako@example.jp", "東京都"].map(Cell::text);
    let rows = (2..502).map(|row| ImportRow { row, cells: cells.to_vec() }).collect();
    let done = desk.run(ImportRows { import: id("i1"), columns: heading(&words).columns, date_system: DateSystem::D1900, rows }).unwrap();
    assert!(done.rows.iter().all(|row| problems(row).len() >= 6), "{:?}", done.rows.iter().map(|row| problems(row).len()).min());
}

#[test]
fn c2_the_salon_decides_what_an_import_requires_and_uses() {
    let desk = Desk::open();
    let rule = |field, usage| FieldRule { path: EntryPath::Import, field, usage };
    let field_rules = vec![
        rule(CustomerField::Phones, FieldUse::Required),
        rule(CustomerField::Birthday, FieldUse::Required),
        rule(CustomerField::Gender, FieldUse::Unused),
        rule(CustomerField::Company, FieldUse::Required),
    ];
    desk.run(ConfigureSalon { settings: Settings { field_rules, ..Settings::default() } }).unwrap();
    let (outcome, _) =
        import_on(&desk, &named(&[("生年月日", Cell::text("ひみつ")), ("電話番号", Cell::Empty), ("性別", Cell::text("女"))]));
    let told = problems(&outcome);
    let expected =
        [("生年月日", "import.date"), ("電話番号", "customer.required"), ("性別", "customer.unused"), ("company", "customer.required")];
    assert_eq!(told, expected.map(|(column, code)| (column.to_owned(), code.to_owned())));
    let (outcome, customer) = import(&[("姓", Cell::text("山田")), ("名", Cell::text("花子"))]);
    assert!(customer.is_some() && outcome.repairs.is_empty());
}

#[test]
fn i2_every_reason_is_told_to_staff_in_japanese() {
    let desk = Desk::open();
    let mut told = std::collections::BTreeMap::new();
    let mut note = |desk: &Desk<MemoryStore>, cells: &[(&str, Cell)]| {
        let (outcome, _) = import_on(desk, cells);
        let RowResult::Error { problems } = outcome.result else { panic!("{cells:?}") };
        for problem in problems {
            let japanese = problem.japanese.clone();
            assert_eq!(problem.japanese(), japanese);
            let words = ["TRUE", "FALSE", "FAX"].iter().fold(japanese.clone(), |text, word| text.replace(word, ""));
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{}: {japanese}", problem.code);
            told.insert(problem.code, japanese);
        }
    };
    let phones = |word: &str| (1..=2).map(|_| word).collect::<Vec<_>>().join("\n");
    let wrong: [&[(&'static str, Cell)]; 16] = [
        &[("電話番号", Cell::text("9012345678"))],
        &[("名", Cell::Empty), ("電話番号", Cell::text("090")), ("性別", Cell::text("ねこ")), ("メールアドレス", Cell::text("hanako"))],
        &[("氏名", Cell::text("山田花子")), ("備考", Cell::Boolean { value: true }), ("生年月日", Cell::text("ひみつ"))],
        &[("電話番号", Cell::text("なし")), ("セイ", Cell::text("漢字")), ("メールアドレス", Cell::text("@x.jp"))],
        &[
            ("メールアドレス", Cell::text("a b@x.jp")),
            ("生年月日", Cell::text("昭和65年1月1日")),
            ("建物名", Cell::Error { text: "#REF!".into() }),
        ],
        &[("メールアドレス", Cell::text(format!("{}@x.jp", "a".repeat(300)))), ("生年月日", Cell::number("32964.5"))],
        &[("生年月日", Cell::text("2100-01-01")), ("住所", Cell::text("字".repeat(256)))],
        &[("メールアドレス", Cell::text("a\u{7}b@x.jp")), ("電話番号", Cell::text(phones("なし")))],
        &[("流入経路", Cell::text("ねこ"))],
        &[("流入経路", Cell::text((0..101).map(|n| n.to_string()).collect::<Vec<_>>().join("、")))],
        &[("電話番号", Cell::text((0..60).map(|n| format!("090-1234-{n:04}")).collect::<Vec<_>>().join("\n")))],
        &[("備考", Cell::text("字".repeat(10_001)))],
        &[("郵便番号", Cell::text("字".repeat(100))), ("都道府県", Cell::text("字".repeat(100)))],
        &[("姓", Cell::text("字".repeat(101)))],
        &[("メールアドレス", Cell::text("a@x.jp\n\u{200b}@\n"))],
        &[("名", Cell::Boolean { value: false })],
    ];
    desk.run(ConfigureSalon { settings: Settings { channels: vec!["紹介".into()], ..Settings::default() } }).unwrap();
    for cells in wrong {
        let has = |word: &str| cells.iter().any(|(heading, _)| *heading == word);
        let names = [("姓", Cell::text("山田")), ("名", Cell::text("花子"))];
        let rest = names.into_iter().filter(|(word, _)| !has(word) && !has("氏名")).chain(cells.iter().cloned()).collect::<Vec<_>>();
        note(&desk, &rest);
    }
    let rule = |field| FieldRule { path: EntryPath::Import, field, usage: FieldUse::Required };
    let field_rules = CustomerField::ALL.into_iter().map(rule).collect();
    desk.run(ConfigureSalon { settings: Settings { version: 1, field_rules, ..Settings::default() } }).unwrap();
    note(&desk, &named(&[]));
    let unused = |field| FieldRule { path: EntryPath::Import, field, usage: FieldUse::Unused };
    let field_rules = vec![unused(CustomerField::Gender)];
    desk.run(ConfigureSalon { settings: Settings { version: 2, field_rules, ..Settings::default() } }).unwrap();
    note(&desk, &named(&[("性別", Cell::text("女性"))]));
    let codes: Vec<&str> = told.keys().map(String::as_str).collect();
    // Every code that a row can be refused with is among them.
    let expected = [
        "customer.birthday_after_today",
        "customer.required",
        "customer.too_many",
        "customer.unknown_channel",
        "customer.unused",
        "import.boolean_cell",
        "import.date",
        "import.era",
        "import.error_cell",
        "import.gender",
        "import.name_unsplit",
        "import.serial",
        "import.zero_missing",
        "text.control_character",
        "text.empty_part",
        "text.no_at",
        "text.no_digits",
        "text.not_kana",
        "text.phone_not_accepted",
        "text.too_long",
        "text.too_many_bytes",
        "text.white_space",
    ];
    assert_eq!(codes, expected, "{told:#?}");
}

#[test]
fn i2_the_notes_of_a_workbook_of_errors_are_known_and_never_read() {
    let notes = [("エラー理由", Cell::text("x".repeat(20_000))), ("元の行番号", Cell::Error { text: "#REF!".into() })];
    let heading = heading(&["姓", "名", "エラー理由", "元の行番号"]);
    assert_eq!((heading.columns.len(), heading.ignored.len()), (4, 0));
    let (_, customer) = import(&named(&notes));
    assert_eq!(customer.unwrap().shop_comment, None);
    assert_eq!(columns(&["エラー理由", "元の行番号"]), Err("import.no_heading"));
    assert_eq!(columns(&["エラー理由", "姓"]), Err("import.missing_column"));
}

#[test]
fn i3_i7_of_many_who_are_the_same_person_the_first_twenty_others_are_named() {
    let desk = Desk::open();
    for known in [1, 21, 22, 30] {
        while desk.ledger.search(&SearchCustomers::default(), &desk.actor, desk.now).unwrap().total < known {
            desk.phone_in("新規", "様", "03-1234-5678").unwrap();
        }
        let cells = [("姓", "新規"), ("名", "様"), ("電話番号", "0312345678")].map(|(word, text)| (word, Cell::text(text)));
        let RowResult::Existing { customer, others, .. } = import_on(&desk, &cells).0.result else { panic!("{known}") };
        assert_eq!((customer, others.first()), (id("c1"), (known > 1).then(|| id::<CustomerId>("c2")).as_ref()));
        assert_eq!(u32::try_from(others.len()).unwrap(), (known - 1).min(20));
    }
}
