//! Points after any sequence: Z1.
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Book,
    Visit(usize),
    Undo(usize),
    Close(usize, u16, u8),
    Void(usize),
    Spend(u8),
    Adjust(u8),
    Days(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        Just(Act::Book),
        (0_usize..4).prop_map(Act::Visit),
        (0_usize..4).prop_map(Act::Undo),
        (0_usize..4, 0_u16..9_000, 0_u8..60).prop_map(|(which, price, points)| Act::Close(which, price, points)),
        (0_usize..6).prop_map(Act::Void),
        any::<u8>().prop_map(Act::Spend),
        any::<u8>().prop_map(Act::Adjust),
        (0_u8..9).prop_map(Act::Days),
    ];
    prop::collection::vec(act, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn z1_whatever_happens_no_lot_is_below_zero_and_nothing_is_made_of_nothing(acts in acts(), per_visit in any::<bool>()) {
        let rule = if per_visit { PointRule::PerVisit { points: 50 } } else { PointRule::PerSales { yen: Yen(100), points: 1 } };
        let (mut desk, who) = salon(rule, PointValidity::Days { days: 20 });
        let (mut booked, mut sales) = (Vec::new(), Vec::new());
        for act in acts {
            match act {
                Act::Book => booked.push(desk.book(who, START).unwrap()),
                Act::Visit(which) => drop(booked.get(which).map(|one| desk.step(*one, Move::Visit))),
                Act::Undo(which) => drop(booked.get(which).map(|one| desk.step(*one, Move::UndoVisit { reason: "x".into() }))),
                Act::Close(which, price, points) => {
                    let Some(one) = booked.get(which) else { continue };
                    let cash = i64::from(price) - i64::from(points);
                    let closing = CheckOut { points: Some(points.into()), ..sale(who, Some(*one), vec![menu("cut", price.into())], cash) };
                    sales.extend(desk.run(closing).map(|done| done.sale));
                }
                Act::Void(which) => drop(sales.get(which).map(|one| desk.run(VoidSale { sale: *one, reason: "x".into() }))),
                Act::Spend(points) => sales.extend(spend(&desk, who, points.into()).map(|done| done.sale)),
                Act::Adjust(to) => drop(adjust(&desk, who, balance(&desk, who), to.into())),
                Act::Days(days) => desk.now = desk.now.plus_ms(i64::from(days) * DAY),
            }
            let history = desk.ask(GetPoints { customer: who }).unwrap();
            let today = Calendar::default().day_of(desk.now).unwrap();
            prop_assert!(history.lots.iter().all(|lot| lot.remaining() >= 0));
            let nothing = |entry: &PointEntry| match &entry.what {
                PointMove::Earn { points } | PointMove::Spend { points, .. } | PointMove::Return { points, .. } | PointMove::TakeBack { points, .. } => *points == 0,
                PointMove::Adjust { points, .. } => *points == 0,
            };
            prop_assert!(!history.lots.iter().flat_map(|lot| &lot.entries).any(nothing), "no line of a ledger says nothing");
            let good: i64 = history.lots.iter().filter(|lot| lot.expires_on.is_none_or(|last| last >= today)).map(PointLot::remaining).sum();
            prop_assert_eq!(i64::from(history.now.balance), good);
            // What one visit has brought in, all told, is at most what its rule gives: each take-back is named by the lot it is for.
            for lot in history.lots.iter().filter(|lot| lot.source != PointSource::Adjustment) {
                let earned: i64 = lot.entries.iter().map(|entry| if let PointMove::Earn { points } = entry.what { i64::from(points) } else { 0 }).sum();
                let back: i64 = history.lots.iter().flat_map(|other| &other.entries).map(|entry| match entry.what {
                    PointMove::TakeBack { lot: of, points } if of == lot.id => i64::from(points),
                    _ => 0,
                }).sum();
                prop_assert!(earned - back <= 90, "{earned} - {back}");
                prop_assert_eq!(earned - back, i64::from(lot.granted));
            }
        }
        prop_assert_eq!(desk.breaches().unwrap(), []);
    }
}
