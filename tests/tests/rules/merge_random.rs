//! Random pairs of records of one person: M4, M7, M8.
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Side {
    fields: [Option<u8>; 8],
    attributes: Vec<u8>,
    custom: Vec<(u8, u8)>,
    newsletter: Option<bool>,
    phone: bool,
    lists: Vec<u8>,
    reservations: Vec<(u8, u8, u16)>,
}

fn side() -> impl Strategy<Value = Side> {
    let values = prop::array::uniform8(prop::option::of(0_u8..3));
    let lists = prop::sample::subsequence(vec![0_u8, 1, 2], 0..=3);
    let custom = prop::collection::btree_map(0_u8..4, any::<u8>(), 0..4).prop_map(|map| map.into_iter().collect());
    let attributes = prop::collection::btree_set(0_u8..5, 0..4).prop_map(|set| set.into_iter().collect());
    let reservations = prop::collection::vec((0_u8..9, 0_u8..72, 0_u16..9_999), 0..6);
    (values, attributes, custom, prop::option::of(any::<bool>()), any::<bool>(), lists, reservations).prop_map(
        |(fields, attributes, custom, newsletter, phone, lists, reservations)| Side {
            fields,
            attributes,
            custom,
            newsletter,
            phone,
            lists,
            reservations,
        },
    )
}

fn enter(desk: &Desk<MemoryStore>, n: u8, side: &Side) -> CustomerId {
    let who = if side.phone {
        desk.phone_in("山田", "花子", &format!("0901234567{n}")).unwrap()
    } else {
        desk.register(hanako(&format!("031234567{n}"), &format!("{n}@example.jp"))).unwrap()
    };
    let [birthday, prefecture, city, company, department, fax, comment, building] =
        side.fields.map(|value| value.map(|value| value.to_string()));
    desk.edit(who, |form| {
        form.birthday = birthday.map(|day| format!("199{day}-01-01"));
        (form.prefecture, form.city_street, form.building) = (prefecture, city, building);
        (form.company, form.department, form.fax, form.shop_comment) = (company, department, fax, comment);
        form.attributes = side.attributes.iter().map(ToString::to_string).collect();
        form.custom_fields =
            side.custom.iter().map(|(name, value)| CustomField { name: name.to_string(), value: value.to_string() }).collect();
        form.newsletter =
            side.newsletter.map(|opted_in| NewsletterForm { opted_in, how: Some("用紙".into()), wording: Some(n.to_string()) });
    })
    .unwrap();
    for (step, hour, price) in &side.reservations {
        let lines = vec![Line { menu: id("cut"), staff: None, price: Yen(i64::from(*price)), kind: LineKind::Basic }];
        // Nobody has come to what lies ahead, or failed to.
        let hour = if matches!(step, 2..=5) { -i64::from(*hour) } else { i64::from(*hour) };
        let start = MORNING.plus_ms(hour * HOUR);
        let booked = desk.run(Book { lines, prepay: step % 2 == 0, tentative: *step == 8, ..cut(who, start) }).unwrap().reservation;
        if *step % 4 == 0 {
            desk.step(booked, Move::PayPrepayment).unwrap();
        }
        let last = match step {
            0 | 1 => None,
            2 | 3 => Some(Move::Visit),
            4 | 5 => Some(Move::NoShow),
            6 => Some(Move::CancelByShop),
            7 => Some(Move::EnteredInError),
            _ => Some(Move::CancelByCustomer),
        };
        if let Some(to) = last {
            desk.step(booked, to).unwrap();
        }
    }
    for list in &side.lists {
        desk.list(who, [ListKind::Watch, ListKind::Grey, ListKind::Black][usize::from(*list)], &format!("{n}の{list}")).unwrap();
    }
    who
}

// All of the salon that a merge must not make more or less of.
fn sums(desk: &Desk<MemoryStore>) -> (usize, i64, i64, usize, usize) {
    let scan = |kind| desk.ledger.store().scan(desk.ledger.salon(), kind, None, 10_000).unwrap().records;
    let (mut price, mut due, mut visits, mut count) = (0, 0, 0, 0);
    for record in scan(Kind::Reservation) {
        let Record::Reservation(reservation) = &record else { continue };
        count += 1;
        price += reservation.price().unwrap().0;
        due += reservation.due().0;
        visits += usize::from(matches!(reservation.booking, BookingState::Visited { .. }));
    }
    (count, price, due, visits, scan(Kind::Listing).len())
}

fn standing(desk: &Desk<MemoryStore>, who: CustomerId) -> std::collections::BTreeSet<ListKind> {
    desk.ask(GetCustomer { customer: who }).unwrap().marks.into_iter().map(|mark| mark.list).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn m4_m7_the_preview_is_the_effect_and_nothing_is_lost_nor_made(a in side(), b in side(), extra in side()) {
        let desk = Desk::open();
        desk.configure(|settings| (settings.cancellation, settings.prepayment, settings.unmerge_days) = (strict(), true, 7)).unwrap();
        let (source, target, bystander) = (enter(&desk, 0, &a), enter(&desk, 1, &b), enter(&desk, 2, &extra));
        let (before, untouched) = (sums(&desk), desk.customer(bystander).unwrap());
        let alone = [source, target].map(|who| desk.customer(who).unwrap());
        let lists: std::collections::BTreeSet<ListKind> = standing(&desk, source).union(&standing(&desk, target)).copied().collect();
        let preview = desk.preview(source, target).unwrap();
        prop_assert!(preview.blockers.is_empty());
        let merged = desk.merge(source, target).unwrap();
        let card = desk.ask(GetCustomer { customer: target }).unwrap();
        prop_assert!(card.customer == preview.result);
        prop_assert_eq!((merged.before, merged.after), (preview.both, preview.both));
        prop_assert_eq!(usize::try_from(merged.moved).unwrap(), a.reservations.len() + a.lists.len());
        prop_assert_eq!(sums(&desk), before);
        prop_assert!(desk.customer(bystander).unwrap() == untouched);
        prop_assert_eq!(standing(&desk, target), lists);
        prop_assert_eq!(card.visits, merged.after.visits);
        for opted in alone.iter().filter_map(|customer| customer.newsletter.as_ref()) {
            prop_assert!(opted.opted_in || !card.customer.newsletter.as_ref().unwrap().opted_in);
        }
        // And taken back, both are who they were.
        desk.run(Unmerge { merge: merged.merge }).unwrap();
        for was in alone {
            let now = Customer { version: was.version, ..desk.customer(was.id).unwrap() };
            prop_assert!(now == was);
        }
        prop_assert_eq!(sums(&desk), before);
    }
}
