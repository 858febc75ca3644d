use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

fn one(form: CustomerForm) -> Desk<MemoryStore> {
    let desk = Desk::open();
    desk.register(form).unwrap();
    desk
}

fn finds<S: Store>(desk: &Desk<S>, criteria: Criteria) -> bool {
    !found(desk, criteria).is_empty()
}

#[test]
fn s2_a_name_is_found_by_any_part_of_its_names_joined_or_apart() {
    let desk = one(named("山田", "太郎", "ヤマダ", "タロウ"));
    for needle in [
        "山",
        "山田",
        "田太",
        "山田太郎",
        "山田 太郎",
        "山田　太",
        "太郎",
        "ヤマ",
        "ヤマダタロウ",
        "ダタ",
        "ﾔﾏﾀﾞ",
        "やまだ たろう",
        "ヤ マ ダ",
    ] {
        assert!(finds(&desk, by_name(needle)), "{needle}");
    }
    for needle in ["太郎山田", "山本", "タロウヤマダ", "郎ヤ", "ヤマタ"] {
        assert!(!finds(&desk, by_name(needle)), "{needle}");
    }
}

#[test]
fn s2_variants_dashes_and_case_are_looked_past() {
    let desk = one(named("髙﨑", "Ｍary‐Ann", "タカサキ", "メアリーアン"));
    for needle in ["高崎", "髙崎", "MARY", "mary-ann", "メアリ-", "めありー", "崎m"] {
        assert!(finds(&desk, by_name(needle)), "{needle}");
    }
    assert!(!finds(&desk, by_name("メアリイ")));
}

#[test]
fn s2_the_line_name_finds_and_no_other_field_does() {
    let desk = Desk::open();
    let form =
        CustomerForm {
            company: Some("花屋".into()), shop_comment: Some("常連".into()), ..named("山田", "花子", "ヤマダ", "ハナコ")
        };
    desk.run(by_line(form, "u1", Some("はなちゃん✿"))).unwrap();
    assert!(finds(&desk, by_name("ハナチャン")) && finds(&desk, by_name("✿")));
    assert!(!finds(&desk, by_name("花屋")) && !finds(&desk, by_name("常連")) && !finds(&desk, by_name("u1")));
}

#[test]
fn s2_a_name_whose_parts_compose_is_found_by_the_parts_too() {
    // か and a combining voicing mark at the start of 名: joined they are ガ, apart each has its own.
    let desk = one(named("山か", "\u{3099}子", "ヤマカ", "コ"));
    for needle in ["山か", "山が子", "カ"] {
        assert!(finds(&desk, by_name(needle)), "{needle}");
    }
}

#[test]
fn s3_the_number_is_whole_and_looks_past_width() {
    let desk = Desk::open();
    for _ in 0..12 {
        desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    }
    for needle in ["12", "１２", " 1 2 ", "\u{200b}12"] {
        assert_eq!(found(&desk, by_number(needle)), [id("c12")], "{needle}");
    }
    assert_eq!(found(&desk, by_number("1")), [id("c1")]);
    for needle in ["012", "c12", "13", "0", "12x", "一二"] {
        assert!(!finds(&desk, by_number(needle)), "{needle}");
    }
}

#[test]
fn s3_old_card_numbers_find_whole_too() {
    let desk =
        one(CustomerForm { number_aliases: vec!["Ａ－０１７".into(), "9001".into()], ..hanako("090-1234-5678", "hanako@example.jp") });
    for needle in ["A-017", "Ａ－０１７", "9001", "1"] {
        assert!(finds(&desk, by_number(needle)), "{needle}");
    }
    assert!(!finds(&desk, by_number("900")) && !finds(&desk, by_number("A-01")));
}

#[test]
fn m6_a_merged_customers_number_finds_the_target_through_chains() {
    let desk = Desk::open();
    desk.run(ConfigureSalon { settings: Settings { unmerge_days: 1, ..Settings::default() } }).unwrap();
    let ids: Vec<_> = (0..4)
        .map(|n| {
            desk.register(CustomerForm { number_aliases: vec![format!("old{n}")], ..hanako("090-1234-5678", "hanako@example.jp") }).unwrap()
        })
        .collect();
    merge(&desk, ids[0], ids[1]).unwrap();
    let last = merge(&desk, ids[1], ids[2]).unwrap();
    for needle in ["1", "2", "3", "old0", "old1", "old2"] {
        assert_eq!(found(&desk, by_number(needle)), [ids[2]], "{needle}");
    }
    assert_eq!(found(&desk, by_number("4")), [ids[3]]);
    desk.run(Unmerge { merge: last }).unwrap();
    assert_eq!(found(&desk, by_number("1")), [ids[1]]);
    assert_eq!(found(&desk, by_number("3")), [ids[2]]);
}

#[test]
fn m6_the_number_of_one_merged_into_a_withdrawn_customer_finds_nobody() {
    let desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let b = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    merge(&desk, a, b).unwrap();
    plant(desk.ledger.store(), vec![Customer { state: CustomerState::Withdrawn { at: MORNING }, ..kept(&desk, b) }.into()], vec![]);
    assert!(!finds(&desk, by_number("1")) && !finds(&desk, by_number("2")));
}

#[test]
fn s3_a_phone_is_found_by_any_part_of_its_digits() {
    let desk = one(CustomerForm { phones: vec!["090-1234-5678".into(), "03(1111)2222".into()], ..hanako("x", "hanako@example.jp") });
    for needle in ["5678", "090-1234-5678", "09012345678", "+81 90-1234-5678", "０９０", "1234-56", "1111", "(03)", "5 6 7 8"] {
        assert!(finds(&desk, by_phone(needle)), "{needle}");
    }
    for needle in ["5679", "67803", "0901234567890", "11112223"] {
        assert!(!finds(&desk, by_phone(needle)), "{needle}");
    }
}

#[test]
fn s3_an_email_is_found_by_any_part_in_any_case_placeholders_too() {
    let desk =
        one(CustomerForm { emails: vec!["Hana.Ko+salon@Example.jp".into(), "a..b.@docomo.ne.jp".into()], ..hanako("090-1234-5678", "x") });
    for needle in ["hana.ko", "HANA", "+SALON@", "ｅｘａｍｐｌｅ", "..b.@docomo", " example.jp "] {
        assert!(finds(&desk, by_email(needle)), "{needle}");
    }
    for needle in ["hanako", "example.com", "jpa..b"] {
        assert!(!finds(&desk, by_email(needle)), "{needle}");
    }
    let phone = desk.run(by_telephone("山田", "太郎", "03-1234-5678")).unwrap().customer;
    assert_eq!(found(&desk, by_email("0312345678@leporto.com")), [phone]);
}

#[test]
fn s7_line_is_any_linked_or_not_linked() {
    let desk = Desk::open();
    let without = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    // LINE shows no name of some: linked all the same.
    let with = desk.run(by_line(hanako("090-1234-5678", "hanako@example.jp"), "u1", None)).unwrap().customer;
    let line = |line| found(&desk, Criteria { line, ..Criteria::default() });
    assert_eq!(line(None), [without, with]);
    assert_eq!(line(Some(LineCriterion::Any)), [without, with]);
    assert_eq!(line(Some(LineCriterion::Linked)), [with]);
    assert_eq!(line(Some(LineCriterion::NotLinked)), [without]);
}

#[test]
fn s8_withdrawn_merged_and_erased_customers_are_in_no_search() {
    let desk = Desk::open();
    let ids: Vec<_> = (0..4).map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap()).collect();
    assert_eq!(found(&desk, Criteria::default()), ids);
    merge(&desk, ids[0], ids[1]).unwrap();
    let withdrawn = Customer { state: CustomerState::Withdrawn { at: MORNING }, ..kept(&desk, ids[2]) };
    let erased = Customer { state: CustomerState::Erased { at: MORNING }, ..kept(&desk, ids[3]) };
    plant(desk.ledger.store(), vec![withdrawn.into(), erased.into()], vec![]);
    for criteria in [Criteria::default(), by_name("山田"), by_phone("5678"), by_email("hanako")] {
        assert_eq!(found(&desk, criteria), [ids[1]]);
    }
    assert!(!finds(&desk, by_number("3")) && !finds(&desk, by_number("4")));
}

#[test]
fn s1_criteria_hold_all_at_once() {
    let desk = Desk::open();
    let a = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let b = desk.register(hanako("090-1234-9999", "a@example.jp")).unwrap();
    let both = Criteria { phone: Some("5678".into()), ..by_email("a@") };
    assert_eq!(found(&desk, both.clone()), [a]);
    assert_eq!(found(&desk, Criteria { phone: Some("1234".into()), ..both.clone() }), [a, b]);
    assert_eq!(found(&desk, Criteria { number: Some("2".into()), ..both }), []);
}

#[test]
fn s5_days_include_both_ends_of_a_range() {
    let desk = Desk::open();
    let day = |text: &str| Some(id::<Date>(text));
    let who = desk.register(CustomerForm { registered_on: day("2024-02-29"), ..hanako("090-1234-5678", "hanako@example.jp") }).unwrap();
    visit(&desk, who, MORNING, 1000).unwrap();
    let never = desk.register(CustomerForm { registered_on: day("2024-03-01"), ..hanako("090-1234-5678", "hanako@example.jp") }).unwrap();
    let registered = |from, to| found(&desk, Criteria { registered_on: Some(DateRange { from, to }), ..Criteria::default() });
    assert_eq!(registered(day("2024-02-29"), day("2024-02-29")), [who]);
    assert_eq!(registered(day("2024-03-01"), None), [never]);
    assert_eq!(registered(None, day("2024-03-01")), [who, never]);
    let last = |from, to| found(&desk, Criteria { last_visit: Some(DateRange { from, to }), ..Criteria::default() });
    assert_eq!(last(day("2026-11-21"), day("2026-11-21")), [who]);
    assert_eq!(last(day("2026-11-22"), None), []);
    assert_eq!(last(None, day("2026-11-20")), []);
    assert_eq!(last(None, day("2030-01-01")), [who], "who never came has no last visit");
    let refused = |range: DateRange| {
        refused(
            &desk,
            &SearchCustomers { criteria: Criteria { last_visit: Some(range), ..Criteria::default() }, ..SearchCustomers::default() },
        )
        .code()
    };
    assert_eq!(refused(DateRange { from: day("2024-03-02"), to: day("2024-03-01") }), "time.range_reversed");
    assert_eq!(refused(DateRange::default()), "search.needle_empty");
}

#[test]
fn s1_a_criterion_that_asks_nothing_is_an_error_and_not_everybody() {
    let desk = one(hanako("090-1234-5678", "hanako@example.jp"));
    for (field, criteria) in [
        ("name", by_name("")),
        ("name", by_name("\u{3000}")),
        ("name", by_name("\u{200b} ")),
        ("number", by_number("　")),
        ("phone", by_phone("-")),
        ("phone", by_phone("内線")),
        ("email", by_email(" ")),
    ] {
        let error = refused(&desk, &SearchCustomers { criteria, ..SearchCustomers::default() });
        assert_eq!((error.code(), error.fields()), ("search.needle_empty", vec![field.to_owned()]));
    }
}

#[test]
fn i7_a_needle_has_a_longest_length() {
    let desk = one(hanako("090-1234-5678", "hanako@example.jp"));
    let long = |text: &str, count| text.repeat(count);
    for criteria in [by_name(&long("山", 255)), by_number(&long("1", 255)), by_phone(&long("1", 255)), by_email(&long("a", 255))] {
        assert!(!finds(&desk, criteria));
    }
    for (field, criteria) in [
        ("name", by_name(&long("山", 256))),
        ("number", by_number(&long("1", 256))),
        ("phone", by_phone(&long("1", 256))),
        ("email", by_email(&long("a", 256))),
    ] {
        let error = refused(&desk, &SearchCustomers { criteria, ..SearchCustomers::default() });
        assert_eq!((error.code(), error.fields()), ("search.needle_too_long", vec![field.to_owned()]));
        assert!(!format!("{error:?} {error}").contains('山'));
    }
}

#[test]
fn a3_customers_may_not_search() {
    let desk = one(hanako("090-1234-5678", "hanako@example.jp"));
    let customer = Actor::customer(id("account-1"), id("c1"));
    let refused = |done: Result<(), Error>| assert_eq!(done.unwrap_err().code(), "access.forbidden");
    refused(desk.ledger.search(&SearchCustomers::default(), &customer, MORNING).map(|_| ()));
    refused(desk.ledger.search(&ListListed { list: ListKind::Watch, page_size: None, cursor: None }, &customer, MORNING).map(|_| ()));
    refused(desk.ledger.search(&ListPhoneRegistrations::default(), &customer, MORNING).map(|_| ()));
    refused(desk.ledger.search(&ListMerges {}, &customer, MORNING).map(|_| ()));
}

// The rules said once more, over the records themselves, without an index.
fn holds<S: Store>(desk: &Desk<S>, customer: &Customer, everybody: &[Customer], criteria: &Criteria) -> bool {
    use daicho::text::{email::partial_key, phone::digits_key, search_key};
    let join = |a: Option<&str>, b: Option<&str>| [a.unwrap_or_default(), b.unwrap_or_default()].concat();
    let name = criteria.name.as_ref().is_none_or(|needle| {
        let line = customer.line.as_ref().and_then(|line| line.display_name.clone()).unwrap_or_default();
        let texts = [
            customer.family_name.clone(),
            customer.given_name.clone(),
            join(Some(&customer.family_name), Some(&customer.given_name)),
            customer.family_kana.clone().unwrap_or_default(),
            customer.given_kana.clone().unwrap_or_default(),
            join(customer.family_kana.as_deref(), customer.given_kana.as_deref()),
            line,
        ];
        texts.iter().any(|text| search_key(text).contains(&search_key(needle)))
    });
    let number = criteria.number.as_ref().is_none_or(|needle| {
        everybody.iter().any(|other| {
            let stands_for = kept(desk, other.id).id == customer.id;
            stands_for && (other.number.to_string() == *needle || other.number_aliases.contains(needle))
        })
    });
    let phone = criteria.phone.as_ref().is_none_or(|needle| customer.phones.iter().any(|phone| phone.digits.contains(&digits_key(needle))));
    let email = criteria.email.as_ref().is_none_or(|needle| customer.emails.iter().any(|email| email.key.contains(&partial_key(needle))));
    let line = match criteria.line {
        Some(LineCriterion::Linked) => customer.line.is_some(),
        Some(LineCriterion::NotLinked) => customer.line.is_none(),
        Some(LineCriterion::Any) | None => true,
    };
    let card = desk.ask(GetCustomer { customer: customer.id }).unwrap();
    let visits = match criteria.visits {
        Some(CountBox { left: Some(count), right: None }) => card.visits == count,
        Some(CountBox { left, right }) => left.unwrap_or_default() <= card.visits && right.is_none_or(|most| card.visits <= most),
        None => true,
    };
    let registered = criteria.registered_on.is_none_or(|range| range.holds(customer.registered_on));
    let last = criteria.last_visit.is_none_or(|range| card.last_visit.is_some_and(|day| range.holds(day)));
    customer.is_active() && name && number && phone && email && line && visits && registered && last
}

fn record<S: Store>(desk: &Desk<S>) -> Vec<Customer> {
    let page = desk.ledger.store().scan(&id("salon-1"), Kind::Customer, None, 1000).unwrap();
    let mut everybody: Vec<Customer> = page.records.iter().filter_map(|record| daicho::Entity::of(record).cloned()).collect();
    everybody.sort_by_key(|customer| customer.id);
    everybody
}

fn some_criteria() -> impl Strategy<Value = Criteria> {
    let text = |texts: &'static [&'static str]| prop::option::weighted(0.4, prop::sample::select(texts).prop_map(str::to_owned));
    let count = prop_oneof![
        (0..4_u32).prop_map(|count| CountBox { left: Some(count), right: None }),
        (0..4_u32).prop_map(|count| CountBox { left: None, right: Some(count) }),
        (0..3_u32, 0..3_u32).prop_map(|(from, more)| CountBox { left: Some(from), right: Some(from + more) }),
    ];
    let days = |first: &'static str| {
        let first: Date = id(first);
        (0..1500_u32, 0..1500_u32, 0..3_u8).prop_map(move |(from, length, ends)| {
            let (from, to) = (first.days_after(from), first.days_after(from + length));
            DateRange { from: (ends != 1).then_some(from), to: (ends != 2).then_some(to) }
        })
    };
    (
        text(&["高橋", "タカ", "はな", "花", "山田花", "サト-", "はなさん", "樹"]),
        text(&["1", "2", "3", "4", "5", "A-1", "A-2", "A-3", "99"]),
        text(&["5678", "0312", "1234", "00"]),
        text(&["HANAKO", "leporto", "real1", "@"]),
        prop::option::of(prop::sample::select(&[LineCriterion::Any, LineCriterion::Linked, LineCriterion::NotLinked][..])),
        prop::option::weighted(0.3, count),
        prop::option::weighted(0.3, days("2020-01-01")),
        prop::option::weighted(0.3, days("2026-10-01")),
    )
        .prop_map(|(name, number, phone, email, line, visits, registered_on, last_visit)| Criteria {
            name,
            number,
            phone,
            email,
            line,
            visits,
            registered_on,
            last_visit,
            ..Criteria::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn s1_search_finds_exactly_whom_the_rules_hold_for(deeds in deeds(40), asked in prop::collection::vec(some_criteria(), 30)) {
        let desk = Desk::open();
        lived(&desk, &deeds);
        let everybody = record(&desk);
        for criteria in asked {
            let expected: Vec<_> = everybody.iter().filter(|customer| holds(&desk, customer, &everybody, &criteria)).map(|customer| customer.id).collect();
            prop_assert_eq!(found(&desk, criteria.clone()), expected, "{}", serde_json::to_string(&criteria).unwrap());
        }
    }

    #[test]
    fn s3_the_last_four_digits_always_find(digits in "0[1-9][0-9]{8,9}", cut in 0..7_usize) {
        let desk = Desk::open();
        let (front, back) = digits.split_at(cut);
        let entered = format!("{front}-{back}");
        let form = CustomerForm { phones: vec![entered], ..hanako("x", "hanako@example.jp") };
        prop_assume!(desk.register(form).is_ok());
        prop_assert!(finds(&desk, by_phone(digits.split_at(digits.len() - 4).1)));
        prop_assert!(finds(&desk, by_phone(&digits)));
    }
}
