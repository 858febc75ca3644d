//! S10: one tree, and a line that people write.
use daicho::search::{Tongue, parse, print};
use daicho::*;
use daicho_tests::id;
use proptest::prelude::*;

fn read(line: &str) -> Condition {
    parse(line, Tongue::English).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn refused(line: &str) -> (u32, Vec<String>) {
    match parse(line, Tongue::English).unwrap_err() {
        daicho::error::SearchError::Query { column, expected, .. } => (column, expected),
        other => panic!("{line}: {other}"),
    }
}

const fn visits(count: Count) -> Condition {
    Condition::Count { field: CountField::Visits, count }
}

const fn months(months: i32) -> When {
    When::Months { months }
}

fn dormant() -> Condition {
    let days = DaySpan { from: None, to: Some(months(-6)) };
    Condition::All { of: vec![Condition::Day { field: DayField::LastVisit, days }, visits(Count::AtLeast { count: 3 })] }
}

#[test]
fn s10_a_line_in_either_language_any_width_any_spacing_is_the_same_condition() {
    for line in [
        "last_visit <= -6mo and visits >= 3",
        "LAST_VISIT<=-6MO AND VISITS>=3",
        "最終来店日 <= -6か月 かつ 来店回数 >= 3回",
        "最終来店日≦－６か月かつ来店回数≧３",
        "最終来店日 6か月前以前 かつ 来店回数 3回以上",
        "最終来店日６ヶ月前以前かつ来店回数３回以上",
        "(last_visit <= -6mo) and (visits >= 3)",
        "最終来店日 <= -6mo and 来店回数 >= 3",
    ] {
        assert_eq!(read(line), dormant(), "{line}");
    }
}

#[test]
fn s10_counts_say_exactly_between_at_least_at_most() {
    for (line, count) in [
        ("visits = 3", Count::Exactly { count: 3 }),
        ("来店回数 3回", Count::Exactly { count: 3 }),
        ("visits = 1..3", Count::Between { from: 1, to: 3 }),
        ("来店回数 1～3回", Count::Between { from: 1, to: 3 }),
        ("来店回数 1回〜3回", Count::Between { from: 1, to: 3 }),
        ("visits = 3..", Count::AtLeast { count: 3 }),
        ("visits > 2", Count::AtLeast { count: 3 }),
        ("visits = ..3", Count::AtMost { count: 3 }),
        ("visits < 4", Count::AtMost { count: 3 }),
        ("来店回数 4回未満", Count::AtMost { count: 3 }),
        ("来店回数 3回以下", Count::AtMost { count: 3 }),
    ] {
        assert_eq!(read(line), visits(count), "{line}");
    }
    assert_eq!(read("visits != 3"), Condition::Not { that: Box::new(visits(Count::Exactly { count: 3 })) });
    assert_eq!(read("visits < 0"), Condition::Any { of: vec![] });
    assert_eq!(refused("visits >= 4294967296").0, 11);
}

#[test]
fn s10_days_are_absolute_or_offsets() {
    let day = |text: &str| When::Day { day: id(text) };
    let span = |from, to| Condition::Day { field: DayField::FirstRegistered, days: DaySpan { from, to } };
    for (line, condition) in [
        ("registered = 2024-09-10..2024-09-20", span(Some(day("2024-09-10")), Some(day("2024-09-20")))),
        ("初回登録日 2024/09/10〜2024/09/20", span(Some(day("2024-09-10")), Some(day("2024-09-20")))),
        ("registered = 2024-09-10", span(Some(day("2024-09-10")), Some(day("2024-09-10")))),
        ("registered = 2026/1/5", span(Some(day("2026-01-05")), Some(day("2026-01-05")))),
        ("registered = 2026-1-5..2026-12-3", span(Some(day("2026-01-05")), Some(day("2026-12-03")))),
        ("初回登録日 2026年1月5日以降", span(Some(day("2026-01-05")), None)),
        ("初回登録日が２０２６／１／５以降", span(Some(day("2026-01-05")), None)),
        ("初回登録日 2026年11月5日〜2026年12月5日", span(Some(day("2026-11-05")), Some(day("2026-12-05")))),
        ("registered >= -1mo", span(Some(months(-1)), None)),
        ("初回登録日 1か月前以降", span(Some(months(-1)), None)),
        ("初回登録日 半年前以降", span(Some(months(-6)), None)),
        ("初回登録日 1年前以降", span(Some(months(-12)), None)),
        ("初回登録日 １年半前以降", span(Some(months(-18)), None)),
        ("初回登録日 2週間前以降", span(Some(When::Days { days: -14 }), None)),
        ("registered >= -1y", span(Some(months(-12)), None)),
        ("registered >= 2 weeks ago", span(Some(When::Days { days: -14 }), None)),
        ("registered <= today", span(None, Some(When::Days { days: 0 }))),
        ("初回登録日 <= 本日", span(None, Some(When::Days { days: 0 }))),
        ("registered = -30d..+7d", span(Some(When::Days { days: -30 }), Some(When::Days { days: 7 }))),
    ] {
        assert_eq!(read(line), condition, "{line}");
    }
    // No such day; which way thirty days?
    assert_eq!(refused("registered = 2026-02-29").0, 14);
    assert_eq!(refused("registered = 30d"), (17, vec!["ago".to_owned()]));
    for line in ["最終来店日 半年以上前", "最終来店日 半年以内", "最終来店日 半年より前"] {
        let error = parse(line, Tongue::Japanese).unwrap_err();
        let daicho::error::SearchError::Query { column: 9, japanese, .. } = error else { panic!("{line}: {error}") };
        assert_eq!(japanese, "9文字目: 次のいずれかが要ります: 前以前、前以降、前、後", "{line}");
    }
    // Of which year? And what is only half a day.
    for line in ["registered = 1月5日", "registered = 26/1/5", "registered = 2026/1", "registered = 2026年1月5", "registered = 2026/1-5"]
    {
        assert!(refused(line).0 >= 14, "{line}");
    }
    assert!(parse("registered = 2026-1-215", Tongue::English).is_err());
}

#[test]
fn s10_a_range_that_ends_before_it_begins_is_told_where_it_ends() {
    let (no_less, no_earlier) = ("no less than what the range begins with", "a day no earlier than what the span begins with");
    for (line, column, what) in [
        ("visits = 5..3", 13, no_less),
        ("来店回数 5回〜3回", 9, no_less),
        ("amount = 10000..9,999", 17, no_less),
        ("registered = 2026-02-01..2026-01-31", 26, no_earlier),
        ("registered = -29d..-30d", 20, no_earlier),
        ("last_visit = -1mo..-2mo", 20, no_earlier),
        ("last_visit = today..-1d", 21, no_earlier),
        ("reservation(date = +1d..today)", 25, no_earlier),
    ] {
        let (at, expected) = refused(line);
        assert_eq!(at, column, "{line}");
        assert!(expected.iter().any(|one| one == what), "{line}: {expected:?}");
    }
    for line in
        ["visits = 5..5", "amount = 1..1", "registered = 2026-02-01..2026-02-01", "registered = -30d..-1mo", "registered = -1mo..-40d"]
    {
        read(line);
    }
}

#[test]
fn s10_or_joins_least_then_and_then_not() {
    let (a, b, c) = (Condition::Flag { flag: Flag::Line }, Condition::Flag { flag: Flag::Account }, Condition::Flag { flag: Flag::NoShow });
    let not = |that| Condition::Not { that: Box::new(that) };
    let all = |of: &[&Condition]| Condition::All { of: of.iter().map(|one| (*one).clone()).collect() };
    let any = |of: &[&Condition]| Condition::Any { of: of.iter().map(|one| (*one).clone()).collect() };
    assert_eq!(read("line or account and no_show"), any(&[&a, &all(&[&b, &c])]));
    assert_eq!(read("(line or account) and no_show"), all(&[&any(&[&a, &b]), &c]));
    assert_eq!(read("not line and account"), all(&[&not(a.clone()), &b]));
    assert_eq!(read("not (line and account)"), not(all(&[&a, &b])));
    assert_eq!(read("line and account and no_show"), all(&[&a, &b, &c]));
    assert_eq!(read("LINE連携 または ユーザー登録 かつ でない 無断キャンセル"), any(&[&a, &all(&[&b, &not(c)])]));
    assert_eq!((read("all()"), read("any(line)")), (all(&[]), any(&[&a])));
}

#[test]
fn s10_japanese_denies_after_what_it_denies() {
    let not = |line: &str| Condition::Not { that: Box::new(read(line)) };
    for (line, denied) in [
        ("LINE連携なし", "line"),
        ("LINE連携 なし", "line"),
        ("LINE登録がない", "line"),
        ("ＬＩＮＥ連携でない", "line"),
        ("直前キャンセルなし", "last_minute_cancel"),
        ("ユーザー登録 無", "account"),
        ("メルマガ受信しない", "newsletter"),
        ("新規電話予約ではない", "phone_registration"),
        ("名前に「山田」を含まない", "name ~ 山田"),
        ("名前に山田を含まない", "name ~ 山田"),
        ("メールアドレスが\"docomo\"を含まない", "email ~ docomo"),
        ("名前 ~ 山田でない", "name ~ 山田"),
        ("フリー項目(肌質)なし", "field(肌質)"),
        ("フリー項目(「肌質」)がない", "field(肌質)"),
        ("フリー項目(肌質)に「乾燥」を含まない", "field(肌質) ~ 乾燥"),
        ("性別が女性でない", "gender = female"),
        ("リストがブラックリスト以外", "list = black"),
        ("リスト = (ブラックリスト, グレーリスト) 以外", "list = (black, grey)"),
        ("流入経路が紹介以外", "channel = 紹介"),
        ("流入経路が「紹介」ではない", "channel = 紹介"),
        ("来店回数 3回以上でない", "visits >= 3"),
        ("最終来店日 今日でない", "last_visit = today"),
        ("予約(予約日 >= 今日)なし", "reservation(date >= today)"),
        ("セグメント(常連) でない", "segment(常連)"),
        ("(LINE連携 かつ ユーザー登録) でない", "(line and account)"),
        ("LINE未連携", "line"),
        ("LINE未登録", "line"),
        ("メルマガ未登録", "newsletter"),
        ("ユーザー未登録", "account"),
    ] {
        assert_eq!(read(line), not(denied), "{line}");
    }
    for (line, said) in [
        ("LINE連携あり", "line"),
        ("LINE連携がある", "line"),
        ("無断キャンセルあり", "no_show"),
        ("メルマガ受信する", "newsletter"),
        ("ユーザー登録 有", "account"),
        ("名前に「山田」を含む", "name ~ 山田"),
        ("フリー項目(肌質)に乾燥を含む", "field(肌質) ~ 乾燥"),
        ("フリー項目(肌質)あり", "field(肌質)"),
        ("性別が女性", "gender = female"),
        ("来店回数が3回以上", "visits >= 3"),
        ("最終来店日が6か月前以前", "last_visit <= -6mo"),
        ("予約(担当がsatoでない)", "reservation(not staff = sato)"),
        ("でない LINE連携なし", "not not line"),
        ("LINE連携なし かつ 来店回数 2回以上", "not line and visits >= 2"),
        ("LINE連携なしかつ来店回数２回以上", "not line and visits >= 2"),
        // In quotes a text is what it says.
        ("流入経路 = 「紹介以外」", "channel = \"紹介以外\""),
    ] {
        assert_eq!(read(line), read(said), "{line}");
    }
    assert_eq!(print(&read("not line and not list = black"), Tongue::Japanese), "LINE連携なし かつ でない リスト = ブラックリスト");
    assert_eq!(parse("名前に「山田」", Tongue::Japanese).unwrap_err().code(), "search.query");
    assert_eq!(refused("名前に山田"), (6, vec!["を含む".to_owned()]));
    // Denied twice is said with brackets, and counted by them.
    assert_eq!(refused("LINE連携なし なし").0, 10);
    assert!(parse("リスト = ブラックリスト でない でない", Tongue::Japanese).is_err());
    assert_eq!(parse(&format!("{}line でない", "not ".repeat(31)), Tongue::English).unwrap_err().code(), "search.too_large");
}

#[test]
fn s10_amounts_are_read_as_people_write_them() {
    let span = |from: i64, to| Condition::Money { field: MoneyField::Amount, yen: YenRange { from: Some(Yen(from)), to } };
    for (line, from) in [
        ("合計利用金額 10,000円以上", 10_000),
        ("合計利用金額が１０，０００円以上", 10_000),
        ("合計利用金額 1万円以上", 10_000),
        ("合計利用金額 １万５千円以上", 15_000),
        ("合計利用金額 1万5,000円以上", 15_000),
        ("合計利用金額 5千円以上", 5_000),
        ("合計利用金額 1.5万円以上", 15_000),
        ("合計利用金額 １．２５万円以上", 12_500),
        ("合計利用金額 2.5千円以上", 2_500),
        ("合計利用金額 0.5億円以上", 50_000_000),
        ("合計利用金額 1千万円以上", 10_000_000),
        ("合計利用金額 3百万円以上", 3_000_000),
        ("合計利用金額 1億2千5百万3千円以上", 125_003_000),
        ("合計利用金額 1千5百円以上", 1_500),
        ("amount >= 10000.0", 10_000),
        ("合計利用金額 1億2万3円以上", 100_020_003),
        ("amount >= 1,234,567", 1_234_567),
        ("amount >= ¥10,000", 10_000),
        ("amount >= ￥10000", 10_000),
        ("amount >= -1,000 yen", -1_000),
    ] {
        assert_eq!(read(line), span(from, None), "{line}");
    }
    assert_eq!(read("合計利用金額 1万円〜¥20,000"), span(10_000, Some(Yen(20_000))));
    assert_eq!(read("amount = 1000..2000"), span(1_000, Some(Yen(2_000))));
    assert_eq!(read("amount = 1.5万..2.5万"), span(15_000, Some(Yen(25_000))));
    assert_eq!(read("来店回数 1,000回以上"), visits(Count::AtLeast { count: 1_000 }));
    // A comma elsewhere than before every three digits, and units that do not fall, are not understood.
    for (line, column) in [
        ("amount >= 10,00", 13),
        ("amount >= 1000,000", 15),
        ("amount >= 1,0000", 12),
        ("amount >= 10、000", 13),
        ("amount >= 1万50000", 11),
        ("amount >= 1.5", 11),
        ("amount >= 1.00005万", 11),
        ("amount >= 1.5万5千", 11),
        ("amount >= 1.5千5百", 11),
        ("amount >= 1百2千", 11),
        ("amount >= 1万1千万", 11),
        ("amount >= 1.", 12),
        ("amount >= 1.000000001億", 12),
        ("amount >= 1万2億", 11),
        ("amount >= 万", 11),
        ("amount >= 99999999999999億", 11),
    ] {
        assert_eq!(refused(line).0, column, "{line}");
    }
    assert_eq!(refused("amount >= x").1, ["an amount such as 10000"]);
    // 3万〜5万, or three yen and up?
    for line in ["amount = 3〜5万円", "合計利用金額 100〜200万円"] {
        assert!(refused(line).1.iter().any(|what| what == "both amounts with their units, such as 30000..50000"), "{line}");
    }
    for (line, from, to) in [
        ("amount = 3円〜5万円", 3, 50_000),
        ("amount = 15000〜2万円", 15_000, 20_000),
        ("amount = 3万〜5万円", 30_000, 50_000),
        ("amount = 3..5", 3, 5),
    ] {
        assert_eq!(read(line), span(from, Some(Yen(to))), "{line}");
    }
    assert_eq!(read("all(amount = 1,000, visits = 2)"), read("all(amount = 1000, visits = 2)"));
}

#[test]
fn s6_s10_what_is_in_one_bracket_is_of_one_reservation() {
    let of = |that| Condition::Reservation { that: Box::new(that) };
    let visited = ReservationCondition::Status { of: vec![Label::Visited] };
    let staff = ReservationCondition::Staff { of: vec![id("sato")] };
    assert_eq!(
        read("reservation(status = visited and staff = sato)"),
        of(ReservationCondition::All { of: vec![visited.clone(), staff.clone()] })
    );
    assert_eq!(
        read("予約(予約ステータス = 来店済み かつ 担当スタッフ = 「sato」)"),
        of(ReservationCondition::All { of: vec![visited.clone(), staff.clone()] })
    );
    assert_eq!(read("reservation(status=visited) and reservation(staff=sato)"), Condition::All { of: vec![of(visited), of(staff)] });
    let several = ReservationCondition::Status { of: vec![Label::Cancelled, Label::FeeUnpaid] };
    assert_eq!(read("reservation(status = (cancelled, キャンセル料未払い))"), of(several));
}

#[test]
fn s10_an_error_names_the_column_and_what_was_expected_in_the_users_language() {
    let (column, expected) = refused("visits >= ");
    assert_eq!((column, expected), (11, vec!["a number".to_owned()]));
    let (column, expected) = refused("visits >= 3 line");
    assert_eq!((column, expected), (13, vec!["..".to_owned(), "and".to_owned(), "or".to_owned(), "the end".to_owned()][1..].to_vec()));
    // A negative count is a mistake, and no span that is open on the left.
    for line in ["visits = -3", "visits -3", "来店回数 -3"] {
        assert!(refused(line).1.contains(&"a number".to_owned()), "{line}");
    }
    assert_eq!(parse("visits = ..3", Tongue::English), parse("visits = ~3", Tongue::English));
    // It is the sign that a day cannot have.
    for line in ["last_visit < 2026-05-21", "last_visit > today", "last_visit != -6mo", "最終来店日 < -6か月"] {
        let (column, expected) = refused(line);
        assert_eq!(
            (column, expected.as_slice()),
            (if line.is_ascii() { 12 } else { 7 }, ["=", ">=", "<="].map(str::to_owned).as_slice()),
            "{line}"
        );
    }
    let (column, expected) = refused("");
    assert!(column == 1 && ["(", "not", "visits", "reservation"].iter().all(|word| expected.iter().any(|one| one == word)), "{expected:?}");
    assert_eq!(refused("name ~ \"山田").0, 11, "the quotation is never closed");
    assert_eq!(refused("reservation(visits = 3)").0, 13);
    assert_eq!(refused("(line").1, ["and", "or", ")"]);
    match parse("来店回数 ≧", Tongue::Japanese).unwrap_err() {
        daicho::error::SearchError::Query { column, expected, english, japanese, .. } => {
            assert_eq!((column, expected.as_slice()), (7, ["数".to_owned()].as_slice()));
            // Whoever asked, and in which tongue: the sentence comes in both.
            assert_eq!((english.as_str(), japanese.as_str()), ("column 7: expected a number", "7文字目: 次のいずれかが要ります: 数"));
        }
        other => panic!("{other}"),
    }
    // What begins like the word that stands there is told first, in either width and any case.
    for (line, tongue, first) in [
        ("visit >= 1", Tongue::English, "visits"),
        ("ＬＡＳＴ_VIST = 2026", Tongue::English, "last_visit"),
        ("not newslettr", Tongue::English, "newsletter"),
        ("来店数 >= 1", Tongue::Japanese, "来店回数"),
    ] {
        let daicho::error::SearchError::Query { expected, english, japanese, .. } = parse(line, tongue).unwrap_err() else {
            panic!("{line}")
        };
        assert_eq!(expected[0], first, "{line}: {expected:?}");
        let sentence = if tongue == Tongue::English { english } else { japanese };
        assert!(sentence.contains(first), "{sentence}");
    }
    // Nothing that was typed is told again (A4).
    let error = Error::from(parse("name ~ 山田花子 +", Tongue::English).unwrap_err());
    assert!(!format!("{error} {error:?} {}", error.data()).contains("山田"));
}

#[test]
fn s10_depth_and_length_are_bounded() {
    let nested = |depth: usize| format!("{}line{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(read(&nested(31)), Condition::Flag { flag: Flag::Line });
    assert!(parse(&nested(33), Tongue::English).is_err());
    assert!(parse(&"not ".repeat(2_500), Tongue::English).is_err());
    assert!(parse(&"(".repeat(1_500_000), Tongue::English).is_err());
    // It would take minutes, read anew for each text.
    assert_eq!(parse(&"名前に山田を含むかつ".repeat(150_000), Tongue::English).unwrap_err().code(), "search.query");
    assert_eq!(parse(&"(".repeat(1_500_001), Tongue::English).unwrap_err().code(), "search.needle_too_long");
}

#[test]
fn s10_a_line_that_does_not_say_it_right_is_refused_and_never_taken_for_another() {
    for line in [
        "last_visit = 2026-01-01..-6",
        "last_visit = 2026-01-01..30",
        "last_visit = 2026-01-01から-6",
        "amount = 5..-",
        "amount = 1000..-円",
        "最終来店日 30日前未満",
        "最終来店日 30日前以内",
        "最終来店日 6か月前以上",
        "最終来店日 = 今日回",
        "visits = 3..x",
        "visits = 3..4294967296",
        "amount >= 9223372036854775807",
        "amount < -9223372036854775807",
        "last_visit > 2026-01-01",
    ] {
        assert!(parse(line, Tongue::Japanese).is_err(), "{line}: {:?}", parse(line, Tongue::Japanese));
    }
    assert_eq!(read("visits > 4294967295"), Condition::Any { of: vec![] });
    // What is half written is not taken for whole.
    assert_eq!(refused("last_visit = 2026-01-01..-6").1, ["d", "w", "mo", "y"]);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\"\\\\「」“”＂ 　~=()、,]{0,8}", "[ぁ-んァ-ヶ一-龠a-zA-Z0-9]{1,8}"]
}

fn names<T: std::str::FromStr + Clone + std::fmt::Debug>() -> impl Strategy<Value = Vec<T>>
where
    T::Err: std::fmt::Debug,
{
    let name = prop_oneof!["[a-z0-9-]{1,12}", "[!-~]{1,12}", "[\"「」、）\\\\]{1,4}"];
    prop::collection::vec(name.prop_map(|text| id::<T>(&text)), 0..4)
}

fn whens() -> impl Strategy<Value = When> {
    prop_oneof![
        (0_i32..40_000).prop_map(|days| When::Day { day: Date::from_day_number(days).unwrap() }),
        (-36_500_i32..36_500).prop_map(|days| When::Days { days }),
        (-1_200_i32..1_200).prop_map(|months| When::Months { months }),
        Just(When::Days { days: 0 }),
    ]
}

fn spans() -> impl Strategy<Value = DaySpan> {
    let two = (prop::option::of(whens()), prop::option::of(whens())).prop_map(|(from, to)| match (from, to) {
        (Some(When::Day { day: one }), Some(When::Day { day: other })) if other < one => DaySpan { from: to, to: from },
        (Some(When::Days { days: one }), Some(When::Days { days: other })) if other < one => DaySpan { from: to, to: from },
        (Some(When::Months { months: one }), Some(When::Months { months: other })) if other < one => DaySpan { from: to, to: from },
        _ => DaySpan { from, to },
    });
    prop_oneof![two, whens().prop_map(|day| DaySpan { from: Some(day), to: Some(day) })]
}

fn counts() -> impl Strategy<Value = Count> {
    prop_oneof![
        any::<u32>().prop_map(|count| Count::Exactly { count }),
        any::<(u32, u32)>().prop_map(|(one, other)| Count::Between { from: one.min(other), to: one.max(other) }),
        any::<u32>().prop_map(|count| Count::AtLeast { count }),
        any::<u32>().prop_map(|count| Count::AtMost { count }),
    ]
}

fn of_reservations() -> impl Strategy<Value = ReservationCondition> {
    let leaf = prop_oneof![
        prop::collection::vec(prop::sample::select(&Label::ALL), 0..4).prop_map(|of| ReservationCondition::Status { of }),
        spans().prop_map(|days| ReservationCondition::Day { days }),
        names().prop_map(|of| ReservationCondition::Staff { of }),
        names().prop_map(|of| ReservationCondition::Menu { of }),
        names().prop_map(|of| ReservationCondition::Shop { of }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| ReservationCondition::All { of }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| ReservationCondition::Any { of }),
            inner.prop_map(|that| ReservationCondition::Not { that: Box::new(that) }),
        ]
    })
}

fn leaves() -> impl Strategy<Value = Condition> {
    use TextField as T;
    let fields = [T::Name, T::Phone, T::Email, T::PostalCode, T::Address, T::Company, T::Attribute];
    let yen = || prop::option::of((-1_000_000_000_i64..1_000_000_000).prop_map(Yen));
    let flags = [Flag::Line, Flag::LastMinuteCancel, Flag::NoShow, Flag::Account, Flag::Newsletter, Flag::PhoneRegistration];
    let frequencies = prop_oneof![
        any::<(u32, u32)>().prop_map(|(days, times)| Frequency::Average { days, times }),
        any::<(u32, u32)>().prop_map(|(days, times)| Frequency::Trailing { days, times }),
        any::<u32>().prop_map(|days| Frequency::LastGaps { days }),
    ];
    prop_oneof![
        (prop::sample::select(fields.to_vec()), texts()).prop_map(|(field, contains)| Condition::Text { field, contains }),
        texts().prop_map(|is| Condition::Number { is }),
        (texts(), prop::option::of(texts())).prop_map(|(name, contains)| Condition::CustomField { name, contains }),
        (prop::sample::select(vec![CountField::Visits, CountField::Reservations, CountField::Cancellations]), counts())
            .prop_map(|(field, count)| Condition::Count { field, count }),
        (prop::sample::select(vec![MoneyField::Amount, MoneyField::Average, MoneyField::Due]), yen(), yen()).prop_map(
            |(field, from, to)| match (from, to) {
                (Some(one), Some(other)) =>
                    Condition::Money { field, yen: YenRange { from: Some(one.min(other)), to: Some(one.max(other)) } },
                _ => Condition::Money { field, yen: YenRange { from, to } },
            }
        ),
        (prop::sample::select(vec![DayField::FirstRegistered, DayField::FirstVisit, DayField::LastVisit]), spans())
            .prop_map(|(field, days)| Condition::Day { field, days }),
        prop::sample::select(flags.to_vec()).prop_map(|flag| Condition::Flag { flag }),
        names().prop_map(|of| Condition::LastMenu { of }),
        prop::collection::vec(texts(), 0..3).prop_map(|of| Condition::Category { of }),
        prop::collection::vec(texts(), 0..3).prop_map(|of| Condition::Channel { of }),
        prop::collection::vec(prop::sample::select(vec![Gender::Female, Gender::Male, Gender::Other]), 0..3)
            .prop_map(|of| Condition::Gender { of }),
        prop::collection::vec(prop::sample::select(vec![ListKind::Watch, ListKind::Grey, ListKind::Black]), 0..3)
            .prop_map(|on| Condition::Listed { on }),
        frequencies.prop_map(|frequency| Condition::Frequency { frequency }),
        of_reservations().prop_map(|that| Condition::Reservation { that: Box::new(that) }),
        "[!-~]{1,10}".prop_map(|segment| Condition::Segment { segment: id(&segment) }),
    ]
}

pub(crate) fn conditions() -> impl Strategy<Value = Condition> {
    leaves().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Condition::All { of }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Condition::Any { of }),
            inner.prop_map(|that| Condition::Not { that: Box::new(that) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn s10_what_is_printed_is_read_back_as_the_same_condition(condition in conditions()) {
        for tongue in [Tongue::English, Tongue::Japanese] {
            let line = print(&condition, tongue);
            match parse(&line, tongue) {
                Ok(read) => prop_assert_eq!(&read, &condition, "{}", line),
                Err(error) => prop_assert!(false, "{line}: {error}"),
            }
        }
    }

    #[test]
    fn s10_json_is_read_back_as_the_same_condition(condition in conditions()) {
        let json = serde_json::to_string(&condition).unwrap();
        prop_assert_eq!(serde_json::from_str::<Condition>(&json).unwrap(), condition);
    }

    #[test]
    fn s10_no_line_is_too_strange_to_be_refused_with_its_column(line in ".{0,60}") {
        if let Err(daicho::error::SearchError::Query { column, .. }) = parse(&line, Tongue::English) {
            prop_assert!((1..=61).contains(&column));
        }
    }
}
