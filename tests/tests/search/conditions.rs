//! Every criterion at its boundaries, and all of them against the oracle: S1, S5, S6, S12, S13, N7.
use daicho::*;
use daicho_tests::till::{menu, sale};
use daicho_tests::*;
use proptest::prelude::*;

use crate::oracle::Oracle;
use crate::salon::*;

const MENUS: [&str; 3] = ["cut", "color", "spa"];
const STAFF: [&str; 3] = ["sato", "suzuki", "abe"];
const DAYS: i64 = 400;

/// What happens to a customer.
#[derive(Clone, Copy, Debug)]
struct Deed {
    who: usize,
    what: u8,
    days_ago: i64,
    menu: usize,
    staff: usize,
    more: u8,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (0_usize..8, 0_u8..12, -20_i64..DAYS, 0_usize..3, 0_usize..3, 0_u8..4)
        .prop_map(|(who, what, days_ago, menu, staff, more)| Deed { who, what, days_ago, menu, staff, more });
    prop::collection::vec(deed, 20..90)
}

fn booked(deed: &Deed, customer: CustomerId, start: Instant) -> Book {
    let line = |menu: usize, staff: Option<usize>| Line {
        menu: id(MENUS[menu]),
        staff: staff.map(|staff| id(STAFF[staff])),
        price: Yen(1_000 * (1 + i64::from(deed.more))),
        kind: LineKind::Basic,
    };
    let mut lines = vec![line(deed.menu, (deed.more == 1).then_some((deed.staff + 1) % 3))];
    if deed.more == 2 {
        lines.push(line((deed.menu + 1) % 3, None));
    }
    Book {
        shop: id(if deed.more == 3 { "shop-2" } else { "shop-1" }),
        staff: Some(id(STAFF[deed.staff])),
        lines,
        tentative: deed.what == 5,
        prepay: deed.what == 6,
        ..cut(customer, start)
    }
}

// Each deed at its own time, so that nothing happens before it could.
fn live(desk: &mut Desk<MemoryStore>, people: &[CustomerId], deed: &Deed) {
    let (who, at) = (people[deed.who], MORNING.plus_ms(-deed.days_ago * DAY));
    let began = desk.now;
    desk.now = at.plus_ms(-2 * HOUR);
    let booking = |desk: &Desk<MemoryStore>| desk.run(booked(deed, who, at)).ok().map(|booked| booked.reservation);
    match deed.what {
        0..=6 => {
            if let Some(reservation) = booking(desk) {
                desk.now = at;
                let to = match deed.what {
                    // Some are never resolved (R7).
                    0..=2 if deed.more < 3 || deed.what == 0 => Some(Move::Visit),
                    3 => Some(Move::CancelByCustomer),
                    4 => Some(Move::NoShow),
                    _ => None,
                };
                if deed.what == 3 && deed.more > 1 {
                    desk.now = at.plus_ms(-2 * HOUR);
                }
                let moved = to.is_some_and(|to| desk.step(reservation, to).is_ok());
                if moved && deed.what == 0 && deed.more > 0 {
                    let price = 500 * i64::from(deed.more);
                    let _ = desk.run(sale(who, Some(reservation), vec![menu(MENUS[(deed.menu + 2) % 3], price)], price));
                }
                if moved && deed.what == 4 && deed.more == 3 {
                    let _ = desk.step(reservation, Move::WaiveFee { reason: "x".into() });
                }
            }
        }
        7 => {
            if let Some(reservation) = booking(desk) {
                let _ = desk.step(reservation, if deed.more > 1 { Move::CancelByShop } else { Move::EnteredInError });
            }
        }
        8 => {
            desk.now = at;
            let day = Calendar::default().day_of(at).unwrap();
            let form = VisitForm { menus: vec![id(MENUS[deed.menu])], ..daicho_tests::till::visit(day, 700) };
            let _ = desk.run(AddVisit { customer: who, form });
        }
        9 => {
            let list = [ListKind::Watch, ListKind::Grey, ListKind::Black][deed.menu];
            let _ = desk.list(who, list, "x");
        }
        10 => {
            desk.now = began;
            let _ = desk.edit(who, |form| {
                form.gender = Some([Gender::Female, Gender::Male, Gender::Other][deed.menu]);
                form.has_account = deed.more > 1;
                form.postal_code = Some(format!("150-000{}", deed.more));
                form.city_street = Some(["渋谷区神南1-2", "新宿区西新宿", "渋谷区道玄坂"][deed.staff].into());
                form.prefecture = Some("東京都".into());
                form.company = Some(["㈱山田", "サロン商事", "ABC"][deed.menu].into());
                form.attributes = vec!["車椅子の方".into()];
                form.custom_fields = vec![CustomField { name: "肌質".into(), value: ["乾燥", "脂性", " "][deed.staff].into() }];
                form.newsletter = Some(NewsletterForm { opted_in: deed.more > 2, how: Some("x".into()), wording: Some("y".into()) });
                form.channels = vec![["紹介", "看板"][deed.menu % 2].into()];
            });
        }
        _ => {
            desk.now = began;
            if deed.more == 0 {
                let _ = desk.merge(who, people[(deed.who + 1) % people.len()]);
            } else if deed.more == 1 {
                let (actor, channel) = (desk.actor.clone(), desk.channel);
                (desk.actor, desk.channel) = (Actor::customer(id("account"), who), Channel::Site);
                let _ = desk.run(Withdraw { customer: who, reason: "x".into(), cancel_reservations: true });
                (desk.actor, desk.channel) = (actor, channel);
            }
        }
    }
    desk.now = began;
}

fn salon(deeds: &[Deed]) -> Desk<MemoryStore> {
    let mut desk = Desk::open();
    desk.configure(|settings| {
        (settings.cancellation, settings.prepayment) = (strict(), true);
        settings.channels = vec!["紹介".into(), "看板".into()];
        settings.visit_categories = vec![
            VisitCategory { visits_from: Some(4), within_days: Some(90), ..category("VIP") },
            VisitCategory { frequency: Some(Frequency::Average { days: 60, times: 1 }), ..category("常連") },
            VisitCategory { after_days: Some(180), ..category("休眠") },
        ];
    })
    .unwrap();
    let names = [
        ("山田", "花子"),
        ("山田", "花子"),
        ("髙橋", "はな"),
        ("高橋", "花"),
        ("佐藤", "ハナ"),
        ("サトー", "太郎"),
        ("山", "田花"),
        ("Smith", "Ann"),
    ];
    let mut people = Vec::new();
    for (place, (family, given)) in names.into_iter().enumerate() {
        desk.now = MORNING.plus_ms(-(i64::try_from(place).unwrap() * 50 + 10) * DAY);
        let form = CustomerForm {
            phones: vec![format!("0901234567{place}")],
            emails: vec![format!("Mail{place}@example.jp")],
            ..named(family, given, "ヤマダ", "ハナコ")
        };
        people.push(if place % 3 == 0 {
            desk.run(by_line(form, &format!("u{place}"), Some("はなちゃん"))).unwrap().customer
        } else {
            desk.register(form).unwrap()
        });
    }
    desk.now = MORNING;
    deeds.iter().for_each(|deed| live(&mut desk, &people, deed));
    let regulars = Condition::Count { field: CountField::Visits, count: Count::AtLeast { count: 2 } };
    desk.run(SaveSegment { segment: id("regulars"), based_on: 0, name: "常連".into(), condition: regulars }).unwrap();
    desk
}

fn category(name: &str) -> VisitCategory {
    VisitCategory { name: name.into(), visits_from: None, visits_to: None, frequency: None, within_days: None, after_days: None }
}

fn whens() -> impl Strategy<Value = When> {
    prop_oneof![
        (-i32::try_from(DAYS).unwrap()..30).prop_map(|days| When::Days { days }),
        (-14_i32..2).prop_map(|months| When::Months { months }),
        (0_u32..500).prop_map(|days| When::Day { day: id::<Date>("2025-09-01").days_after(days) }),
    ]
}

fn spans() -> impl Strategy<Value = DaySpan> {
    prop_oneof![
        whens().prop_map(|when| DaySpan { from: Some(when), to: None }),
        whens().prop_map(|when| DaySpan { from: None, to: Some(when) }),
        (-400_i32..20, 0_i32..120)
            .prop_map(|(from, more)| DaySpan { from: Some(When::Days { days: from }), to: Some(When::Days { days: from + more }) }),
    ]
}

fn picked<T: std::str::FromStr + Clone + std::fmt::Debug>(from: &'static [&'static str]) -> impl Strategy<Value = Vec<T>>
where
    T::Err: std::fmt::Debug,
{
    prop::sample::subsequence(from, 1..=2).prop_map(|names| names.into_iter().map(id).collect())
}

fn of_reservations() -> impl Strategy<Value = ReservationCondition> {
    let leaf = prop_oneof![
        prop::sample::subsequence(&Label::ALL[..], 1..3).prop_map(|of| ReservationCondition::Status { of }),
        spans().prop_map(|days| ReservationCondition::Day { days }),
        picked(&STAFF).prop_map(|of| ReservationCondition::Staff { of }),
        picked(&MENUS).prop_map(|of| ReservationCondition::Menu { of }),
        picked(&["shop-1", "shop-2", "shop-3"]).prop_map(|of| ReservationCondition::Shop { of }),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|of| ReservationCondition::All { of }),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|of| ReservationCondition::Any { of }),
            inner.prop_map(|that| ReservationCondition::Not { that: Box::new(that) }),
        ]
    })
}

fn text(field: TextField, from: &'static [&'static str]) -> impl Strategy<Value = Condition> {
    prop::sample::select(from).prop_map(move |contains| Condition::Text { field, contains: contains.into() })
}

fn leaves() -> impl Strategy<Value = Condition> {
    use CountField as C;
    let count = || {
        prop_oneof![
            (0..5_u32).prop_map(|count| Count::Exactly { count }),
            (0..3_u32, 0..3_u32).prop_map(|(from, more)| Count::Between { from, to: from + more }),
            (0..5_u32).prop_map(|count| Count::AtLeast { count }),
            (0..5_u32).prop_map(|count| Count::AtMost { count }),
        ]
    };
    let yen = (0_i64..12, 0_i64..8, 0_u8..3).prop_map(|(from, more, ends)| YenRange {
        from: (ends != 1).then_some(Yen(from * 500)),
        to: (ends != 2).then_some(Yen((from + more) * 500)),
    });
    let texts = prop_oneof![
        text(TextField::Name, &["山田", "田花", "高橋", "ﾊﾅ", "はなちゃん", "サト-", "smith", "樹"]),
        text(TextField::Phone, &["4567", "5671", "090-1234", "03"]),
        text(TextField::Email, &["MAIL3", "example", "zzz"]),
        text(TextField::PostalCode, &["150-0001", "１５０", "0003"]),
        text(TextField::Address, &["渋谷", "東京都新宿", "神南１"]),
        text(TextField::Company, &["(株)山田", "商事", "abc"]),
        text(TextField::Attribute, &["車椅子", "子連れ"]),
    ];
    prop_oneof![
        3 => texts,
        1 => prop::sample::select(&["1", "2", "5", "9"][..]).prop_map(|is| Condition::Number { is: is.into() }),
        1 => prop::option::of(prop::sample::select(&["乾", "脂性", "普通"][..])).prop_map(|contains| Condition::CustomField { name: "肌質".into(), contains: contains.map(Into::into) }),
        3 => (prop::sample::select(&[C::Visits, C::Reservations, C::Cancellations][..]), count()).prop_map(|(field, count)| Condition::Count { field, count }),
        2 => (prop::sample::select(&[MoneyField::Amount, MoneyField::Average, MoneyField::Due][..]), yen).prop_map(|(field, yen)| Condition::Money { field, yen }),
        3 => (prop::sample::select(&[DayField::FirstRegistered, DayField::FirstVisit, DayField::LastVisit][..]), spans()).prop_map(|(field, days)| Condition::Day { field, days }),
        2 => prop::sample::select(&[Flag::Line, Flag::LastMinuteCancel, Flag::NoShow, Flag::Account, Flag::Newsletter, Flag::PhoneRegistration][..]).prop_map(|flag| Condition::Flag { flag }),
        1 => picked(&MENUS).prop_map(|of| Condition::LastMenu { of }),
        1 => picked(&["VIP", "常連", "休眠"]).prop_map(|of| Condition::Category { of }),
        1 => picked(&["紹介", "看板"]).prop_map(|of| Condition::Channel { of }),
        1 => prop::sample::subsequence(&[Gender::Female, Gender::Male, Gender::Other][..], 1..3).prop_map(|of| Condition::Gender { of }),
        1 => prop::sample::subsequence(&[ListKind::Watch, ListKind::Grey, ListKind::Black][..], 1..3).prop_map(|on| Condition::Listed { on }),
        1 => (1_u32..200, 1_u32..4).prop_map(|(days, times)| Condition::Frequency { frequency: Frequency::Average { days, times } }),
        1 => (1_u32..200, 1_u32..4).prop_map(|(days, times)| Condition::Frequency { frequency: Frequency::Trailing { days, times } }),
        1 => (1_u32..200).prop_map(|days| Condition::Frequency { frequency: Frequency::LastGaps { days } }),
        5 => of_reservations().prop_map(|that| Condition::Reservation { that: Box::new(that) }),
        1 => Just(Condition::Segment { segment: id("regulars") }),
    ]
}

fn conditions() -> impl Strategy<Value = Condition> {
    leaves().prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Condition::All { of }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|of| Condition::Any { of }),
            inner.prop_map(|that| Condition::Not { that: Box::new(that) }),
        ]
    })
}

// How many salons are made up, each asked 60 conditions: 10,000 pairs in the full run, any number by DAICHO_CONDITIONS.
fn salons() -> u32 {
    let pairs: u32 = std::env::var("DAICHO_CONDITIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_500);
    pairs.div_ceil(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: salons(), max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn s13_the_index_finds_whom_the_rules_say_whatever_is_asked(deeds in deeds(), asked in prop::collection::vec(conditions(), 60)) {
        let desk = salon(&deeds);
        let oracle = Oracle::of(&desk);
        for condition in &asked {
            let expected = oracle.found(condition);
            prop_assert_eq!(crate::salon::asked(&desk, condition.clone()), expected.clone(), "{}", search::print(condition, Tongue::English));
            for (place, customer) in (1..=8).map(|n| (n, CustomerId::from_ordinal(n))) {
                if place % 4 == 0 {
                    let query = ExplainCustomer { customer, condition: Some(condition.clone()), query: None, tongue: Tongue::Japanese };
                    let explained = desk.ask(query).unwrap();
                    let who = desk.customer(customer).unwrap().id;
                    prop_assert_eq!(explained.found, expected.contains(&who), "S11 c{}: {}", place, explained.text);
                }
            }
        }
    }
}
