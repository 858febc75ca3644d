//! Random histories: whatever a salon may do to a few customers, in any order. What the rules refuse is refused and changes nothing.
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::salon::*;

/// 姓, 名, セイ, メイ, in 五十音順; the last number is the place in it, written down by hand.
pub(crate) const NAMES: [(&str, &str, &str, &str, u32); 7] = [
    ("会田", "春", "アイダ", "ハル", 0),
    ("垣", "美樹", "ガキ", "ミキ", 1),
    ("賀来", "美樹", "カク", "ミキ", 2),
    ("サトー", "リョウ", "サトー", "リョウ", 3),
    ("髙橋", "花", "タカハシ", "ハナ", 4),
    ("高橋", "花", "タカハシ", "ハナ", 4),
    ("山田", "花子", "ヤマダ", "ハナコ", 5),
];

#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Counter { name: usize, year: i32 },
    Line { name: usize },
    Telephone { name: usize },
    Rename { who: usize, name: usize },
    Alias { who: usize, alias: u32 },
    RealEmail { who: usize },
    Book { who: usize, days: i64, yen: i64 },
    Visit { who: usize, days: i64, yen: i64 },
    Move { which: usize, to: usize },
    Merge { source: usize, target: usize },
    Unmerge { which: u32 },
    List { who: usize, list: usize },
    Unlist { which: u32 },
    Calendar { minutes: i32 },
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    let (who, name, days, yen) = (0..6_usize, 0..NAMES.len(), -40..40_i64, 0..4_i64);
    prop_oneof![
        4 => (name.clone(), 2020..2024).prop_map(|(name, year)| Deed::Counter { name, year }),
        2 => name.clone().prop_map(|name| Deed::Line { name }),
        2 => name.clone().prop_map(|name| Deed::Telephone { name }),
        1 => (who.clone(), name).prop_map(|(who, name)| Deed::Rename { who, name }),
        1 => (who.clone(), 1..20_u32).prop_map(|(who, alias)| Deed::Alias { who, alias }),
        1 => who.clone().prop_map(|who| Deed::RealEmail { who }),
        2 => (who.clone(), days.clone(), yen.clone()).prop_map(|(who, days, yen)| Deed::Book { who, days, yen: yen * 1100 }),
        6 => (who.clone(), days, yen).prop_map(|(who, days, yen)| Deed::Visit { who, days, yen: yen * 1100 }),
        2 => (0..20_usize, 0..5_usize).prop_map(|(which, to)| Deed::Move { which, to }),
        3 => (who.clone(), who.clone()).prop_map(|(source, target)| Deed::Merge { source, target }),
        3 => (1..4_u32).prop_map(|which| Deed::Unmerge { which }),
        2 => (who, 0..3_usize).prop_map(|(who, list)| Deed::List { who, list }),
        1 => (1..8_u32).prop_map(|which| Deed::Unlist { which }),
        1 => (0..1440_i32).prop_map(|minutes| Deed::Calendar { minutes }),
    ]
}

/// What moves visits about, among three customers.
pub(crate) fn visits_and_merges() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..3_usize, -40..40_i64, 1..4_i64).prop_map(|(who, days, yen)| Deed::Visit { who, days, yen: yen * 1100 }),
        2 => (0..3_usize, 0..3_usize).prop_map(|(source, target)| Deed::Merge { source, target }),
        2 => (1..4_u32).prop_map(|which| Deed::Unmerge { which }),
        1 => (0..1440_i32).prop_map(|minutes| Deed::Calendar { minutes }),
    ];
    prop::collection::vec(deed, 1..20).prop_map(|deeds| [vec![Deed::Counter { name: 0, year: 2020 }; 3], deeds].concat())
}

/// A history of fewer deeds than this.
pub(crate) fn deeds(count: usize) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec(deed(), 1..count)
}

fn ordinal(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

/// Does it, if the rules allow it; answers whether they did.
pub(crate) fn perform<S: Store>(desk: &Desk<S>, deed: &Deed) -> bool {
    let done = attempt(desk, deed);
    if let Err(error) = &done {
        assert!(!error.code().starts_with("store.") && !error.code().starts_with("ledger."), "{error:?}");
    }
    done.is_ok()
}

fn attempt<S: Store>(desk: &Desk<S>, deed: &Deed) -> Result<(), Error> {
    let whose = |who: usize| CustomerId::from_ordinal(ordinal(who + 1));
    let form = |name: usize| {
        let (family, given, family_kana, given_kana, _) = NAMES[name];
        named(family, given, family_kana, given_kana)
    };
    let edit = |who: usize, change: &dyn Fn(&mut CustomerForm)| {
        let customer = desk.ask(GetCustomer { customer: whose(who) })?.customer;
        let mut form = CustomerForm::from(&customer);
        change(&mut form);
        desk.run(EditCustomer { customer: customer.id, based_on: customer.version, form }).map(|_| ())
    };
    match *deed {
        Deed::Counter { name, year } => {
            let registered_on = Some(Date::new(year, 4, 1)?);
            desk.register(CustomerForm { registered_on, ..form(name) }).map(|_| ())
        }
        Deed::Line { name } => {
            let user = desk.context().key.to_string();
            desk.run(by_line(form(name), &user, Some("はなさん"))).map(|_| ())
        }
        Deed::Telephone { name } => desk.run(by_telephone(NAMES[name].0, NAMES[name].1, "03-1234-0000")).map(|_| ()),
        Deed::Rename { who, name } => edit(who, &|form| {
            (form.family_name, form.given_name) = (NAMES[name].0.into(), NAMES[name].1.into());
            (form.family_kana, form.given_kana) = (Some(NAMES[name].2.into()), Some(NAMES[name].3.into()));
        }),
        Deed::Alias { who, alias } => edit(who, &|form| form.number_aliases = vec![format!("A-{alias}")]),
        Deed::RealEmail { who } => edit(who, &|form| form.emails = vec![format!("real{who}@example.jp")]),
        Deed::Book { who, days, yen } => desk.run(booking(whose(who), MORNING.plus_ms(days * DAY), yen)).map(|_| ()),
        Deed::Visit { who, days, yen } => visit(desk, whose(who), MORNING.plus_ms(days * DAY), yen).map(|_| ()),
        Deed::Move { which, to } => {
            let to = [Move::Visit, Move::CancelByCustomer, Move::CancelByShop, Move::NoShow, Move::EnteredInError][to].clone();
            desk.run(MoveReservation { reservation: ReservationId::from_ordinal(ordinal(which + 1)), to }).map(|_| ())
        }
        Deed::Merge { source, target } => {
            // Names are corrected first, as staff would (M1).
            let names = CustomerForm::from(&desk.ask(GetCustomer { customer: whose(target) })?.customer);
            edit(source, &|form| {
                form.family_name.clone_from(&names.family_name);
                form.given_name.clone_from(&names.given_name);
            })?;
            merge(desk, whose(source), whose(target)).map(|_| ())
        }
        Deed::Unmerge { which } => desk.run(Unmerge { merge: MergeId::from_ordinal(which) }).map(|_| ()),
        Deed::List { who, list } => {
            let list = [ListKind::Watch, ListKind::Grey, ListKind::Black][list];
            desk.run(AddListing { customer: whose(who), list, memo: "遅刻".into() }).map(|_| ())
        }
        Deed::Unlist { which } => desk.run(RemoveListing { listing: ListingId::from_ordinal(which) }).map(|_| ()),
        Deed::Calendar { minutes } => {
            let settings = desk.ask(GetSettings {})?;
            let calendar = Calendar { day_starts_minutes: minutes, ..settings.calendar };
            desk.run(ConfigureSalon { settings: Settings { calendar, unmerge_days: 30, ..settings } }).map(|_| ())
        }
    }
}

/// A salon that takes merges back, in which all this was tried.
pub(crate) fn lived<S: Store>(desk: &Desk<S>, deeds: &[Deed]) {
    desk.run(ConfigureSalon { settings: Settings { unmerge_days: 30, ..Settings::default() } }).unwrap();
    for deed in deeds {
        perform(desk, deed);
    }
}
