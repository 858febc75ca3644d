//! Saved segments, the manual's recipes, and why somebody is in one: S10, S11, S12; and the form's criteria on reservations: S5, S6.
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::salon::*;

fn save(desk: &Desk<MemoryStore>, name: &str, based_on: u32, line: &str) -> Result<SavedSegment, Error> {
    let condition = search::parse(line, Tongue::English)?;
    desk.run(SaveSegment { segment: id(name), based_on, name: name.to_owned(), condition })
}

fn code<T: std::fmt::Debug>(said: Result<T, Error>) -> &'static str {
    said.unwrap_err().code()
}

#[test]
fn s10_segments_are_saved_changed_and_removed_by_version() {
    let desk = Desk::open();
    assert_eq!(save(&desk, "regulars", 0, "visits >= 3").unwrap(), SavedSegment { segment: id("regulars"), version: 1 });
    assert_eq!(code(save(&desk, "regulars", 0, "visits >= 4")), "search.segment_version");
    assert_eq!(save(&desk, "regulars", 1, "visits >= 4").unwrap().version, 2);
    assert_eq!(desk.ask(GetSegments {}).unwrap().segments.len(), 1);
    // What it uses is not the segment that is saved.
    let error = save(&desk, "regulars", 2, "segment(none) and line").unwrap_err();
    assert_eq!((error.code(), error.fields()), ("search.segment_not_found", vec!["condition".to_owned()]));
    assert_eq!(code(desk.run(RemoveSegment { segment: id("regulars"), based_on: 1 })), "search.segment_version");
    desk.run(RemoveSegment { segment: id("regulars"), based_on: 2 }).unwrap();
    assert_eq!(code(desk.run(RemoveSegment { segment: id("regulars"), based_on: 2 })), "search.segment_not_found");
    assert_eq!(desk.ask(GetSegments {}).unwrap().segments, []);
    let blank = SaveSegment { segment: id("x"), based_on: 0, name: "　".into(), condition: Condition::All { of: vec![] } };
    assert_eq!(code(desk.run(blank)), "customer.required");
}

#[test]
fn s10_what_cannot_be_asked_cannot_be_saved() {
    let desk = Desk::open();
    for (line, expected) in [
        ("last_visit = -1mo..-60d", "time.range_reversed"),
        ("name ~ \"　\"", "search.needle_empty"),
        ("last_menu = ()", "search.needle_empty"),
        ("reservation(status = ())", "search.needle_empty"),
        ("registered = ..", "search.needle_empty"),
        ("amount = ..", "search.needle_empty"),
        ("frequency(0d) >= 1", "figures.frequency"),
        ("trailing(30d) >= 0", "figures.frequency"),
        ("registered >= -36501d", "search.days"),
        ("registered >= -1201mo", "search.days"),
        ("category = VIP", "search.unknown_category"),
        ("segment(none)", "search.segment_not_found"),
    ] {
        assert_eq!(code(save(&desk, "s", 0, line)), expected, "{line}");
    }
    let (feb, jan) = (When::Day { day: id("2026-02-01") }, When::Day { day: id("2026-01-01") });
    for (condition, expected, field) in [
        (Condition::Count { field: CountField::Visits, count: Count::Between { from: 3, to: 1 } }, "search.count_reversed", "visits"),
        (
            Condition::Money { field: MoneyField::Due, yen: YenRange { from: Some(Yen(5)), to: Some(Yen(3)) } },
            "search.count_reversed",
            "due",
        ),
        (
            Condition::Day { field: DayField::FirstRegistered, days: DaySpan { from: Some(feb), to: Some(jan) } },
            "time.range_reversed",
            "firstRegistered",
        ),
    ] {
        let error = desk.run(SaveSegment { segment: id("s"), based_on: 0, name: "x".into(), condition }).unwrap_err();
        assert_eq!((error.code(), error.fields()), (expected, vec![field.to_owned()]));
    }
    let save_any = |desk: &Desk<MemoryStore>, segment: &str, flags: usize| {
        let condition = Condition::Any { of: vec![Condition::Flag { flag: Flag::Line }; flags] };
        desk.run(SaveSegment { segment: id(segment), based_on: 0, name: "x".into(), condition })
    };
    // The list itself is one of the thousand.
    assert_eq!(code(save_any(&desk, "wide", 1_000)), "search.too_large");
    save_any(&desk, "wide", 999).unwrap();
    // What it uses is counted too.
    assert_eq!(code(save(&desk, "wider", 0, "segment(wide) or segment(wide)")), "search.too_large");
    // And what it grows into: with the list of the two, 1,000 and 1,001.
    save_any(&desk, "half", 498).unwrap();
    save(&desk, "small", 0, "line").unwrap();
    save(&desk, "both", 0, "segment(half) or segment(small)").unwrap();
    let grown = |flags| {
        let condition = Condition::Any { of: vec![Condition::Flag { flag: Flag::Line }; flags] };
        desk.run(SaveSegment { segment: id("small"), based_on: 1, name: "x".into(), condition })
    };
    assert_eq!(code(grown(500)), "search.too_large");
    grown(499).unwrap();
    // What can be saved can be searched, and what a search says beside it counts.
    let search = |line: &str| SearchCustomers { query: Some(line.into()), ..SearchCustomers::default() };
    for all in ["segment(both)", "segment(wide)"] {
        assert!(desk.ledger.search(&search(all), &desk.actor, desk.now).is_ok(), "{all}");
        assert_eq!(refused(&desk, &search(&format!("{all} and line"))).code(), "search.too_large");
    }
    let said = |flags| SearchCustomers {
        condition: Some(Condition::Any { of: vec![Condition::Flag { flag: Flag::Line }; flags] }),
        ..SearchCustomers::default()
    };
    assert!(desk.ledger.search(&said(999), &desk.actor, desk.now).is_ok());
    // What is asked of a reservation counts too.
    let of_one = format!("reservation({})", vec!["shop = x"; 500].join(" or "));
    save(&desk, "shops", 0, &of_one).unwrap();
    assert_eq!(code(save(&desk, "twice", 0, "segment(shops) or segment(shops)")), "search.too_large");
    // What is searched, explained and saved is counted alike, however it is said.
    save_any(&desk, "k", 1_000).unwrap_err();
    save_any(&desk, "k", 499).unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    for (line, fits) in [
        ("segment(k) and segment(k) or line", false),
        ("segment(k) or segment(k)", false),
        ("segment(k) and segment(k)", false),
        ("segment(half) or segment(small)", true),
        ("segment(half) and segment(small)", true),
        ("not segment(wide)", false),
        ("all(segment(wide))", false),
        ("segment(wide)", true),
    ] {
        let explain = ExplainCustomer { customer: who, condition: None, query: Some(line.into()), tongue: Tongue::English };
        let saved = save(&desk, "probe", 0, line);
        if saved.is_ok() {
            desk.run(RemoveSegment { segment: id("probe"), based_on: 1 }).unwrap();
        }
        let found = desk.ledger.search(&search(line), &desk.actor, desk.now);
        assert_eq!((saved.is_ok(), found.is_ok(), desk.ask(explain).is_ok()), (fits, fits, fits), "{line}");
    }
    assert_eq!(refused(&desk, &said(1_000)).code(), "search.too_large");
    let mut deep = Condition::Flag { flag: Flag::Line };
    for _ in 0..32 {
        deep = Condition::Not { that: Box::new(deep) };
    }
    assert_eq!(code(desk.run(SaveSegment { segment: id("deep"), based_on: 0, name: "x".into(), condition: deep })), "search.too_large");
}

#[test]
fn s10_segments_use_segments_and_never_in_a_circle() {
    let desk = Desk::open();
    let ids: Vec<CustomerId> = (0..3).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    desk.list(ids[1], ListKind::Grey, "x").unwrap();
    save(&desk, "grey", 0, "list = grey").unwrap();
    save(&desk, "others", 0, "not segment(grey)").unwrap();
    assert_eq!(queried(&desk, "segment(others)"), [ids[0], ids[2]]);
    assert_eq!(code(save(&desk, "grey", 1, "segment(grey)")), "search.segment_cycle");
    assert_eq!(code(save(&desk, "grey", 1, "list = grey or segment(others)")), "search.segment_cycle");
    assert_eq!(code(desk.run(RemoveSegment { segment: id("grey"), based_on: 1 })), "search.segment_in_use");
    // What a segment means changes with what it uses.
    save(&desk, "grey", 1, "list = black").unwrap();
    assert_eq!(queried(&desk, "segment(others)"), ids);
    assert_eq!(desk.breaches().unwrap(), []);
}

fn cancelled(desk: &Desk<MemoryStore>, who: CustomerId, start: Instant) {
    let booked = desk.run(booking(who, start, 1_000)).unwrap().reservation;
    desk.step(booked, Move::CancelByCustomer).unwrap();
}

#[test]
fn s12_the_five_recipes_find_whom_the_manual_means() {
    let mut desk = Desk::open();
    let form = || hanako("090-1234-5678", "hanako@example.jp");
    let came = |desk: &mut Desk<MemoryStore>, who: CustomerId, days: &[&str]| {
        for day in days {
            desk.now = Calendar::default().at(id(day), 600);
            visit(desk, who, desk.now, 1_000).unwrap();
        }
    };
    desk.now = MORNING.plus_ms(-300 * DAY);
    let dormant = desk.register(form()).unwrap();
    let nearly = desk.register(form()).unwrap();
    let regular = desk.run(by_line(form(), "u1", None)).unwrap().customer;
    let unreliable = desk.register(form()).unwrap();
    came(&mut desk, dormant, &["2026-02-01", "2026-03-01", "2026-05-21"]);
    came(&mut desk, nearly, &["2026-02-01", "2026-03-01", "2026-05-22"]);
    came(&mut desk, regular, &["2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-11-01"]);
    desk.configure(|settings| settings.cancellation = strict()).unwrap();
    for hours in [1, 30, 40] {
        desk.now = MORNING;
        cancelled(&desk, unreliable, MORNING.plus_ms(hours * HOUR));
    }
    desk.now = Calendar::default().at(id("2026-10-20"), 600);
    let before = desk.register(form()).unwrap();
    desk.now = Calendar::default().at(id("2026-10-21"), 600);
    let fresh = desk.register(form()).unwrap();
    came(&mut desk, before, &["2026-11-01"]);
    came(&mut desk, fresh, &["2026-11-02"]);
    desk.now = MORNING;
    let recipes = desk.ask(ListRecipes { menu: Some(id("cut")) }).unwrap().recipes;
    let found: Vec<_> = recipes.iter().map(|recipe| (recipe.segment.as_str(), asked(&desk, recipe.condition.clone()))).collect();
    assert_eq!(
        found,
        [
            ("dormant-good-customers", vec![dormant]),
            ("cancel-habit", vec![unreliable]),
            ("line-not-linked", vec![dormant, nearly]),
            ("menu-regulars", vec![regular]),
            ("first-visit-follow-up", vec![fresh]),
        ]
    );
    assert_eq!(desk.ask(ListRecipes { menu: None }).unwrap().recipes.len(), 4);
    for recipe in recipes {
        desk.run(SaveSegment { segment: recipe.segment, based_on: 0, name: recipe.japanese, condition: recipe.condition }).unwrap();
    }
    assert_eq!(queried(&desk, "segment(dormant-good-customers) or segment(cancel-habit)"), [dormant, unreliable]);
}

#[test]
fn s6_criteria_of_the_form_hold_on_one_and_the_same_reservation() {
    let desk = Desk::open();
    let (one, other) =
        (desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap(), desk.register(hanako("090-1234-5678", "b@example.jp")).unwrap());
    let book = |who, staff: &str, name: &str, days: i64| {
        let line = Line { menu: id(name), staff: None, price: Yen(1), kind: LineKind::Basic };
        desk.run(Book { staff: Some(id(staff)), lines: vec![line], ..booking(who, MORNING.plus_ms(days * DAY), 1) }).unwrap().reservation
    };
    book(one, "sato", "cut", 1);
    book(other, "sato", "color", 1);
    book(other, "suzuki", "cut", 2);
    let criteria = |staff: &str, name: &str| Criteria { staff: Some(id(staff)), menu: Some(id(name)), ..Criteria::default() };
    assert_eq!(found(&desk, criteria("sato", "cut")), [one]);
    assert_eq!(queried(&desk, "reservation(staff = sato and menu = cut)"), [one]);
    // And on any, where somebody says so.
    assert_eq!(queried(&desk, "reservation(staff = sato) and reservation(menu = cut)"), [one, other]);
    let day = |text: &str| DateRange { from: Some(id(text)), to: Some(id(text)) };
    let on = |text: &str, staff: &str| Criteria { reservation_date: Some(day(text)), staff: Some(id(staff)), ..Criteria::default() };
    assert_eq!(found(&desk, on("2026-11-22", "sato")), [one, other]);
    assert_eq!(found(&desk, on("2026-11-23", "sato")), [] as [CustomerId; 0]);
}

#[test]
fn s5_cancelled_ones_are_looked_at_only_when_the_status_asks_for_one() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let start = MORNING.plus_ms(2 * DAY);
    let booked = desk.book(who, start).unwrap();
    assert_eq!(queried(&desk, "reservation(date = 2026-11-23)"), [who]);
    desk.step(booked, Move::CancelByCustomer).unwrap();
    for (line, hit) in [
        ("reservation(date = 2026-11-23)", false),
        ("reservation(menu = cut)", false),
        ("reservation(date = 2026-11-23 and status = cancelled)", true),
        ("reservation(date = 2026-11-23 and status = (visited, cancelled))", true),
        ("reservation(date = 2026-11-23 and not status = visited)", false),
        ("reservation(date = 2026-11-23 and not status = cancelled)", false),
        ("reservation(date = 2026-11-23) and reservation(status = cancelled)", false),
    ] {
        assert_eq!(queried(&desk, line) == [who], hit, "{line}");
    }
}

#[test]
fn r2_a_status_that_is_not_offered_is_an_error_also_in_a_condition() {
    let desk = Desk::open();
    desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let query = |line: &str| SearchCustomers { query: Some(line.into()), ..SearchCustomers::default() };
    let error = refused(&desk, &query("reservation(status = prepaid)"));
    assert_eq!((error.code(), error.fields()), ("search.label_not_offered", vec!["status".to_owned()]));
    desk.configure(|settings| settings.prepayment = true).unwrap();
    assert_eq!(queried(&desk, "reservation(status = prepaid)"), [] as [CustomerId; 0]);
}

#[test]
fn r2_s10_a_label_is_asked_about_when_it_filters_and_not_when_it_is_kept() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    save(&desk, "prepaid", 0, "reservation(status = prepaid)").unwrap();
    let query = SearchCustomers { query: Some("not segment(prepaid)".into()), ..SearchCustomers::default() };
    let error = refused(&desk, &query);
    assert_eq!((error.code(), error.data()["segment"].as_str()), ("search.label_not_offered", Some("prepaid")));
    // One customer's answer is true whatever is offered.
    let explain = ExplainCustomer { customer: who, condition: None, query: Some("segment(prepaid)".into()), tongue: Tongue::English };
    assert_eq!(desk.ask(explain).unwrap().text, "✗ segment(\"prepaid\")\n  ✗ reservation(status = prepaid) (none)\n");
    desk.configure(|settings| settings.prepayment = true).unwrap();
    assert_eq!(queried(&desk, "not segment(prepaid)"), [who]);
}

#[test]
fn s10_a_segment_whose_category_was_renamed_is_named_by_the_error() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let named = |name: &str| {
        let (visits_from, visits_to) = (Some(1), None);
        VisitCategory { name: name.to_owned(), visits_from, visits_to, frequency: None, within_days: None, after_days: None }
    };
    desk.configure(|settings| settings.visit_categories = vec![named("常連")]).unwrap();
    save(&desk, "regulars", 0, "category = 常連").unwrap();
    save(&desk, "others", 0, "not segment(regulars)").unwrap();
    assert_eq!(queried(&desk, "segment(others)"), [who]);
    desk.configure(|settings| settings.visit_categories = vec![named("VIP")]).unwrap();
    for query in ["segment(others)", "segment(regulars)"] {
        let error = refused(&desk, &SearchCustomers { query: Some(query.into()), ..SearchCustomers::default() });
        assert_eq!((error.code(), error.data()["segment"].as_str()), ("search.unknown_category", Some("regulars")));
        let explain = ExplainCustomer { customer: who, condition: None, query: Some(query.into()), tongue: Tongue::English };
        assert_eq!(desk.ask(explain).unwrap_err().data()["segment"], "regulars");
    }
    let error = refused(&desk, &SearchCustomers { query: Some("category = 常連".into()), ..SearchCustomers::default() });
    assert_eq!((error.code(), error.data().get("segment")), ("search.unknown_category", None));
}

#[test]
fn s8_s11_who_has_left_is_not_found_and_the_explanation_says_so() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let staff = (desk.actor.clone(), desk.channel);
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    desk.run(Withdraw { customer: who, reason: "引っ越し".into(), cancel_reservations: false }).unwrap();
    (desk.actor, desk.channel) = staff;
    let explain = |tongue| desk.ask(ExplainCustomer { customer: who, condition: None, query: Some("not line".into()), tongue }).unwrap();
    let explained = explain(Tongue::Japanese);
    assert_eq!((explained.found, explained.tree.holds), (false, true));
    assert_eq!(explained.state, CustomerState::Withdrawn { at: MORNING });
    assert_eq!(explained.text, "✗ 退会済み: 検索の対象外 (2026-11-21)\n✓ でない\n  ✗ LINE連携 (なし)\n");
    assert!(explain(Tongue::English).text.starts_with("✗ has left, and is in no search (2026-11-21)\n"));
}

#[test]
fn s11_an_explanation_says_what_held_with_the_customers_value() {
    let desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, who, MORNING, 4_400).unwrap();
    let explain =
        |query: &str, tongue| desk.ask(ExplainCustomer { customer: who, condition: None, query: Some(query.into()), tongue }).unwrap();
    let explained = explain("visits >= 3 and (name ~ 花子 or not line) and reservation(status = visited)", Tongue::English);
    assert!(!explained.found);
    assert_eq!(
        explained.text,
        "✗ and\n  ✗ visits >= 3 (1)\n  ✓ or\n    ✓ name ~ \"花子\" (山田 花子, ヤマダ ハナコ)\n    ✓ not\n      ✗ line (no)\n  ✓ reservation(status = visited) (r1)\n"
    );
    assert_eq!(explained.tree.of[0].value.as_deref(), Some("1"));
    let japanese = explain("最終来店日 <= 今日 かつ 合計利用金額 >= 5000円", Tongue::Japanese);
    assert_eq!(japanese.text, "✗ かつ\n  ✓ 最終来店日 <= 今日 (2026-11-21)\n  ✗ 合計利用金額 >= 5000円 (4400円)\n");
    save(&desk, "regulars", 0, "visits >= 1").unwrap();
    assert_eq!(explain("segment(regulars)", Tongue::English).text, "✓ segment(\"regulars\")\n  ✓ visits >= 1 (1)\n");
}

#[test]
fn s10_a_box_that_completes_knows_what_could_be_written_next() {
    let desk = Desk::open();
    desk.configure(|settings| {
        settings.channels = vec!["紹介".into(), "a\"b".into()];
        let (visits_from, visits_to) = (Some(9), None);
        let regulars =
            VisitCategory { name: "常連".into(), visits_from, visits_to, frequency: None, within_days: None, after_days: None };
        settings.visit_categories.push(regulars);
    })
    .unwrap();
    let told = |desk: &Desk<MemoryStore>, query: &str, tongue| {
        let options = desk.ask(CompleteQuery { query: query.into(), tongue }).unwrap().options;
        options.into_iter().map(|option| (option.column, option.text, option.literal)).collect::<Vec<_>>()
    };
    let options = |query: &str, tongue| told(&desk, query, tongue).into_iter().map(|(_, text, _)| text).collect::<Vec<_>>();
    let option = |column: u32, text: &str| (column, text.to_owned(), true);
    assert_eq!(told(&desk, "visits >= 3 ", Tongue::English), [option(13, "and"), option(13, "or")]);
    assert_eq!(told(&desk, "visits >= ", Tongue::Japanese), [(11, "数".to_owned(), false)]);
    assert_eq!(options("visits ", Tongue::English), ["=", "!=", ">=", "<=", ">", "<", "..", "a number"]);
    // Only Japanese has a word for it there.
    assert_eq!(options("LINE連携 ", Tongue::Japanese), ["なし", "かつ", "または"]);
    assert_eq!(options("line ", Tongue::English), ["and", "or"]);
    assert!(options("", Tongue::Japanese).iter().any(|text| text == "最終来店日"));
    assert_eq!(options("reservation(", Tongue::English)[..3], ["(", "not", "all"]);
    // What was begun, in any width and case.
    assert_eq!(told(&desk, "line and VIS", Tongue::English), [option(10, "visits")]);
    assert_eq!(told(&desk, "ｌｉｎｅ　ａｎｄ　ｖｉｓ", Tongue::English), [option(10, "visits")]);
    assert_eq!(told(&desk, "LINE連携 かつ 最終", Tongue::Japanese), [option(11, "最終来店日"), option(11, "最終利用メニュー")]);
    assert_eq!(told(&desk, "list = ブ", Tongue::Japanese), [option(8, "ブラックリスト")]);
    assert_eq!(told(&desk, "visits >= 3 a", Tongue::English)[0], option(13, "and"));
    assert_eq!(told(&desk, "last_visit <= -6m", Tongue::English), [option(17, "mo")]);
    // A whole word may become a longer one, or be followed.
    assert_eq!(told(&desk, "reservation", Tongue::English), [option(1, "reservations"), option(12, "(")]);
    assert_eq!(told(&desk, "line", Tongue::English), [], "`and` would make it another word");
    assert_eq!(told(&desk, "LINE", Tongue::Japanese), [option(1, "LINE連携"), option(5, "なし"), option(5, "かつ"), option(5, "または")]);
    // Nothing follows from what went wrong before.
    assert_eq!(told(&desk, "vist >= 3 and vis", Tongue::English), []);
    // What the salon has named, in quotes or without; and what follows a name needs a space.
    assert_eq!(told(&desk, "流入経路 = ", Tongue::Japanese)[0], option(8, "\"紹介\""));
    for (line, column) in
        [("流入経路 = 紹", 8), ("channel = (\"Web\", \"紹", 19), ("流入経路が「紹介", 6), ("流入経路 = 『紹", 8), ("流入経路 = “紹", 8)]
    {
        assert_eq!(told(&desk, line, Tongue::Japanese)[0], option(column, "\"紹介\""), "{line}");
    }
    assert_eq!(told(&desk, "channel = 紹", Tongue::English).len(), 1);
    assert_eq!(told(&desk, "来店区分 = 常", Tongue::Japanese)[0], option(8, "\"常連\""));
    assert_eq!(told(&desk, "channel = \"a\\\"", Tongue::English)[0], option(11, "\"a\\\"b\""));
    // What would be read as more of a name is not offered, what ends it is.
    assert_eq!(told(&desk, "流入経路 = 紹介以外", Tongue::Japanese), []);
    assert_eq!(told(&desk, "reservation(staff = sato", Tongue::English), [option(25, ")")]);
    assert_eq!(told(&desk, "name ~ 「山田", Tongue::Japanese), [option(11, "」")]);
    assert_eq!(told(&desk, "名前に「山田」を", Tongue::Japanese), [option(8, "を含む")]);
    assert_eq!(told(&desk, "名前に山田を含む", Tongue::Japanese), [option(9, "かつ"), option(9, "または")]);
    // How a day is compared is said once.
    assert_eq!(options("last_visit <= 6mo ", Tongue::English), ["ago"]);
    assert_eq!(options("最終来店日 <= 6か月", Tongue::Japanese), ["前", "後"]);
    assert_eq!(options("最終来店日 6か月", Tongue::Japanese), ["前以前", "前以降", "前", "後"]);
    assert_eq!(options("last_visit <= -6", Tongue::English), ["d", "w", "mo", "y"]);
    // What cannot stand there is an error's to tell.
    assert_eq!(told(&desk, "visits >= x", Tongue::English), []);
    save(&desk, "regulars", 0, "visits >= 3").unwrap();
    assert_eq!(told(&desk, "segment(r", Tongue::English)[0], option(9, "\"regulars\""));
    // R2: labels as the setting offers them.
    let paid = |desk: &Desk<MemoryStore>| told(desk, "reservation(status = pre", Tongue::English);
    assert_eq!(paid(&desk), []);
    assert_eq!(told(&desk, "予約(ステータス = 事前", Tongue::Japanese), []);
    desk.configure(|settings| settings.prepayment = true).unwrap();
    assert_eq!(paid(&desk), [option(22, "prepayment_unpaid"), option(22, "prepaid")]);
    assert_eq!(told(&desk, "reservation(status = prepaid) or list = bl", Tongue::English), [option(41, "black")]);
    let fields = desk.ask(ListSearchFields {}).unwrap();
    let channel = fields.customer.iter().find(|field| field.english == "channel").unwrap();
    assert_eq!((channel.kind, channel.values[0].japanese.as_str()), (SearchFieldKind::Choice, "紹介"));
    assert_eq!(fields.reservation.len(), 5);
    let faces = desk.ask(ParseQuery { query: "来店回数 3回以上".into(), tongue: Tongue::Japanese }).unwrap();
    assert_eq!((faces.english.as_str(), faces.japanese.as_str()), ("visits >= 3", "来店回数 >= 3回"));
    assert_eq!(desk.ask(PrintQuery { condition: faces.condition }).unwrap().english, "visits >= 3");
}

#[test]
fn s10_wherever_a_word_breaks_off_it_is_offered() {
    let desk = Desk::open();
    let mut words = 0;
    for line in [
        "not line and (visits >= 3 or cancellations = 1..2) and all(account, any(no_show))",
        "last_visit <= -6mo and registered = today..+7days and average_amount >= 100",
        "reservation(status = (visited, cancelled) and date >= today or not shop = x) and list != black",
        "frequency(60d) >= 1 or trailing(30d) >= 2 and gaps <= 9d and segment(y) and gender = female",
    ] {
        for (cut, _) in line.char_indices().skip(1) {
            let (typed, next) = line.split_at(cut);
            let begun = typed.rsplit(|c: char| !c.is_ascii_alphabetic() && c != '_').next().unwrap();
            let rest = next.split(|c: char| !c.is_ascii_alphabetic() && c != '_').next().unwrap();
            if begun.is_empty() || rest.is_empty() || "days" == [begun, rest].concat() {
                continue;
            }
            words += 1;
            let options = desk.ask(CompleteQuery { query: typed.into(), tongue: Tongue::English }).unwrap().options;
            let whole = options.iter().any(|option| {
                let before = usize::try_from(option.column).unwrap() - 1;
                option.literal && before + begun.len() == typed.len() && option.text == [begun, rest].concat()
            });
            assert!(whole, "{typed}: {options:?}");
        }
    }
    assert!(words > 100, "{words}");
}

proptest! {
    #[test]
    fn s10_whatever_is_typed_can_be_completed(query in "\\PC{0,40}|[a-z_ (=<>~\"「」最終来店日予約]{0,40}") {
        let desk = Desk::open();
        for tongue in [Tongue::English, Tongue::Japanese] {
            let options = desk.ask(CompleteQuery { query: query.clone(), tongue }).unwrap().options;
            let characters = query.chars().count();
            prop_assert!(options.iter().all(|option| (1..=characters + 1).contains(&usize::try_from(option.column).unwrap())));
        }
    }
}

#[test]
fn s10_the_page_of_the_query_language_is_what_its_words_say() {
    let page = search_doc::page(&Desk::open().ask(ListSearchFields {}).unwrap()).unwrap();
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(search_doc::PAGE);
    if std::env::var_os("DAICHO_WRITE").is_some() {
        std::fs::write(&place, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(kept == page, "{} is not what the words say: run this test with DAICHO_WRITE=1", search_doc::PAGE);
}

#[test]
fn s10_a_condition_that_is_too_deep_is_refused_before_anything_walks_it() {
    let desk = Desk::open();
    let deep = |depth: usize| (0..depth).fold(Condition::Flag { flag: Flag::Line }, |that, _| Condition::Not { that: Box::new(that) });
    let search = |depth| SearchCustomers { condition: Some(deep(depth)), ..SearchCustomers::default() };
    assert!(desk.ledger.search(&search(31), &desk.actor, desk.now).is_ok());
    assert!(desk.ask(PrintQuery { condition: deep(31) }).is_ok());
    for depth in [32, 2_000] {
        assert_eq!(refused(&desk, &search(depth)).code(), "search.too_large");
        assert_eq!(code(desk.ask(PrintQuery { condition: deep(depth) })), "search.too_large");
    }
    // What can be asked is printed and read back.
    let line = desk.ask(PrintQuery { condition: deep(31) }).unwrap().english;
    assert_eq!(search::parse(&line, Tongue::English), Ok(deep(31)));
}

#[test]
fn s10_a_list_of_a_condition_has_an_end_and_each_of_it_once() {
    let desk = Desk::open();
    let search = |condition| SearchCustomers { condition: Some(condition), ..SearchCustomers::default() };
    let many = |count: usize| (0..count).map(|n| format!("menu-{}", n % 7).parse().unwrap()).collect::<Vec<MenuId>>();
    assert!(desk.ledger.search(&search(Condition::LastMenu { of: many(10_000) }), &desk.actor, desk.now).is_ok());
    assert_eq!(refused(&desk, &search(Condition::LastMenu { of: many(10_001) })).code(), "customer.too_many");
    // Of all lists together.
    let two = Condition::Any { of: vec![Condition::Gender { of: vec![Gender::Female; 5_000] }, Condition::LastMenu { of: many(5_001) }] };
    assert_eq!(refused(&desk, &search(two)).code(), "customer.too_many");
    // Texts too: 80 of 250 characters, and one more.
    let texts = |more: &str| {
        let text = |contains: String| Condition::Text { field: TextField::Name, contains };
        let each = (0..80).map(|n| text("あ".repeat(249) + &char::from(b'a' + n % 26).to_string()));
        Condition::Any { of: each.chain((!more.is_empty()).then(|| text(more.to_owned()))).collect() }
    };
    assert!(desk.ledger.search(&search(texts("")), &desk.actor, desk.now).is_ok());
    assert_eq!(refused(&desk, &search(texts("い"))).code(), "search.needle_too_long");
    // And names.
    let channel = |length| search(Condition::Channel { of: vec!["あ".repeat(length), "い".to_owned()] });
    assert!(desk.ledger.search(&channel(19_999), &desk.actor, desk.now).is_ok());
    assert_eq!(refused(&desk, &channel(20_000)).code(), "search.needle_too_long");
    let field = |length| search(Condition::CustomField { name: "あ".repeat(length), contains: Some("い".to_owned()) });
    assert!(desk.ledger.search(&field(19_999), &desk.actor, desk.now).is_ok());
    assert_eq!(refused(&desk, &field(20_000)).code(), "search.needle_too_long");
    let number = Condition::Number { is: "1".repeat(255) };
    assert_eq!(refused(&desk, &search(Condition::Any { of: vec![number; 80] })).code(), "search.needle_too_long");
}

#[test]
fn s10_a_segment_may_not_grow_too_large_for_what_uses_it_through_another() {
    let desk = Desk::open();
    let twice = |name: &str| format!("segment({name}) or segment({name})");
    let flags = |count: usize| vec!["line"; count].join(" and ");
    save(&desk, "c", 0, &flags(10)).unwrap();
    save(&desk, "b", 0, &twice("c")).unwrap();
    save(&desk, "a", 0, &twice("b")).unwrap();
    // b could hold it, a could not.
    assert_eq!(code(save(&desk, "c", 1, &flags(400))), "search.too_large");
    save(&desk, "c", 1, &flags(200)).unwrap();
    let asking = |condition| SearchCustomers { condition: Some(condition), ..SearchCustomers::default() };
    assert!(desk.ledger.search(&asking(Condition::Segment { segment: id("a") }), &desk.actor, desk.now).is_ok());
    assert_eq!(refused(&desk, &asking(search::parse(&twice("a"), Tongue::English).unwrap())).code(), "search.too_large");
}

#[test]
fn s10_a_form_offers_only_what_is_accepted() {
    let desk = Desk::open();
    let values = |desk: &Desk<MemoryStore>| desk.ask(ListSearchFields {}).unwrap().reservation[0].values.len();
    assert_eq!(values(&desk), 5);
    desk.configure(|settings| settings.prepayment = true).unwrap();
    assert_eq!(values(&desk), 8);
    for field in desk.ask(ListSearchFields {}).unwrap().customer {
        for sign in field.operators.iter().filter(|_| field.kind == SearchFieldKind::Count || field.kind == SearchFieldKind::Gaps) {
            search::parse(&format!("{} {sign} 3", field.english), Tongue::English).unwrap();
        }
    }
}
