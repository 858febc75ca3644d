//! Everything of the source moves, whatever kinds of record there are: M2, M3, M7.
use std::collections::BTreeMap;

use daicho::*;
use daicho_tests::till::{menu, sale, three_cuts, uses, visit};
use daicho_tests::*;
use proptest::prelude::*;

fn scan(desk: &Desk<MemoryStore>, kind: Kind) -> Vec<Record> {
    let page = desk.ledger.store().scan(desk.ledger.salon(), kind, None, 10_000).unwrap();
    page.records.clone()
}

// A salon in which there is at least one record of every kind, most of them of the customer c17.
fn life() -> (Desk<MemoryStore>, CustomerId, CustomerId) {
    let mut desk = Desk::open();
    desk.ledger = Ledger::open(MemoryStore::new(), id("salon-1")).with_block_key(BlockKey::new(&[1; 32]).unwrap());
    desk.configure(|settings| {
        (settings.cancellation, settings.prepayment, settings.unmerge_days) = (strict(), true, 7);
        settings.points.rule = Some(PointRule::PerVisit { points: 100 });
    })
    .unwrap();
    let all: Vec<CustomerId> =
        (0..18).map(|n| desk.register(hanako(&format!("090123456{n:02}"), &format!("{n}@example.jp"))).unwrap()).collect();
    let (source, target) = (all[16], all[17]);
    assert_eq!((source, target), (id("c17"), id("c18")));
    let plan = desk.plan("cut-3", three_cuts()).unwrap();
    desk.sell(source, &plan, 10_000).unwrap();
    let visited = desk.run(Book { tickets: vec![uses(None, 1)], ..cut(source, MORNING.plus_ms(-DAY)) }).unwrap().reservation;
    desk.step(visited, Move::Visit).unwrap();
    let late = desk.book(source, MORNING.plus_ms(-HOUR)).unwrap();
    desk.step(late, Move::NoShow).unwrap();
    desk.run(AddVisit { customer: source, form: visit(id("2026-11-01"), 700) }).unwrap();
    desk.list(source, ListKind::Grey, "理由").unwrap();
    desk.run(MarkNotSame { one: source, other: all[0], take_back: false }).unwrap();
    let everybody = Condition::All { of: Vec::new() };
    desk.run(SaveSegment { segment: id("everybody"), based_on: 0, name: "全員".into(), condition: everybody }).unwrap();
    // A block outlives the record of somebody who can be merged no more: it is nobody's who can (G5, M5).
    desk.list(all[2], ListKind::Black, "暴言").unwrap();
    desk.run(EraseCustomer { customer: all[2] }).unwrap();
    // What an earlier merge left.
    desk.merge(all[1], source).unwrap();
    let columns = import::read_heading(&["姓", "名"].map(Cell::text)).unwrap().columns;
    let rows = vec![ImportRow { row: 2, cells: ["佐藤", "次郎"].map(Cell::text).to_vec() }];
    desk.run(ImportRows { import: id("file-1"), columns, date_system: DateSystem::D1900, rows }).unwrap();
    (desk, source, target)
}

// Whether a text names this very id: not c170, not sc17.
fn names(text: &str, id: CustomerId) -> bool {
    let id = id.to_string();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == id)
}

/// Kinds that name a customer and do not move as they are, each with the reason.
const STAYS: &[(Kind, &str)] = &[
    (Kind::Customer, "the two that are merged themselves; the source's record stays and points to the target (M6)"),
    (Kind::Figures, "added up again for both by the same commit (N10)"),
    (Kind::NotSame, "found by whom it names, so it moves under a new id (D2)"),
    (Kind::Merge, "history: it says who was merged then, and resolves (M6, M8)"),
    (Kind::Receipt, "the answer that was given then, word for word (A2)"),
    (Kind::Sealed, "a part of the log, which is never rewritten (A1)"),
];

#[test]
fn m2_every_kind_of_record_that_names_a_customer_moves_or_has_a_reason_to_stay() {
    let (desk, source, _) = life();
    for kind in Kind::ALL {
        let records = scan(&desk, *kind);
        assert!(!records.is_empty(), "a new kind: give `life` a {kind:?}, and say here whether it moves");
        let named = records.iter().any(|record| names(&record.to_json().unwrap(), source));
        let stays = STAYS.iter().any(|(known, _)| known == kind);
        let owned = Kind::OWNED.contains(kind);
        assert!(!(owned && stays), "{kind:?} moves and stays");
        assert_eq!(named, owned || stays, "{kind:?}");
        for record in records.iter().filter(|_| owned) {
            assert!(
                record.owner().is_some() && record.owned_version().is_some() && record.parent() == record.owner().map(|id| id.to_string())
            );
        }
    }
    assert!(Kind::OWNED.len() + STAYS.len() <= Kind::ALL.len());
}

// Whose every owned record is.
fn owners(desk: &Desk<MemoryStore>) -> BTreeMap<(Kind, String), CustomerId> {
    let records = Kind::OWNED.iter().flat_map(|kind| scan(desk, *kind));
    records.map(|record| ((record.kind(), record.id()), record.owner().unwrap())).collect()
}

// A record without what a move may change.
fn apart_from_its_owner(record: &Record) -> serde_json::Value {
    let mut value = record.to_value().unwrap();
    let object = value.as_object_mut().unwrap();
    object.remove("customer");
    object.remove("version");
    value
}

fn contents(desk: &Desk<MemoryStore>) -> BTreeMap<(Kind, String), serde_json::Value> {
    let records = Kind::OWNED.iter().flat_map(|kind| scan(desk, *kind));
    records.map(|record| ((record.kind(), record.id()), apart_from_its_owner(&record))).collect()
}

#[test]
fn m2_m8_one_of_each_kind_moves_and_an_undo_brings_each_back() {
    let (desk, source, target) = life();
    let (before, kept) = (owners(&desk), contents(&desk));
    for kind in Kind::OWNED {
        assert!(before.iter().any(|((of, _), owner)| of == kind && *owner == source), "{kind:?} of the source");
    }
    let merged = desk.merge(source, target).unwrap();
    let expected: BTreeMap<_, _> =
        before.iter().map(|(key, owner)| (key.clone(), if *owner == source { target } else { *owner })).collect();
    assert_eq!(owners(&desk), expected);
    assert_eq!(contents(&desk), kept, "nothing but the owner changes");
    assert_eq!(desk.breaches().unwrap(), []);
    let lines = desk.ask(GetMerges { customer: target }).unwrap().merges;
    let moved = |kind: Kind| lines[0].merge.moved.iter().filter(|moved| moved.kind == kind).count();
    for kind in Kind::OWNED {
        assert_eq!(moved(*kind), before.iter().filter(|((of, _), owner)| of == kind && **owner == source).count(), "{kind:?}");
    }
    desk.run(Unmerge { merge: merged.merge }).unwrap();
    assert_eq!((owners(&desk), contents(&desk)), (before, kept));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn m4_a_change_to_any_kind_of_record_makes_a_preview_old() {
    for kind in Kind::OWNED {
        let (desk, source, target) = life();
        let fingerprint = desk.preview(source, target).unwrap().fingerprint;
        let record = scan(&desk, *kind).into_iter().find(|record| record.owner() == Some(source)).unwrap();
        // A version later, and otherwise as it was.
        desk.force(record.handed_to(source).unwrap()).unwrap();
        let merge = MergeCustomers { source, target, from_source: vec![], line: None, fingerprint };
        assert_eq!(desk.run(merge).unwrap_err().code(), "merge.moved", "{kind:?}");
    }
}

#[test]
fn m3_the_source_brings_every_restriction_and_takes_none_away() {
    for turned in [false, true] {
        let (desk, source, target) = life();
        let (source, target) = if turned { (target, source) } else { (source, target) };
        desk.list(id("c18"), ListKind::Black, "暴言").unwrap();
        let preview = desk.preview(source, target).unwrap();
        assert!(preview.warnings.contains(&MergeWarning::Blacklisted));
        assert_eq!(preview.warnings.contains(&MergeWarning::UnpaidFee { amount: Yen(4_400) }), !turned, "it is told where it moves");
        desk.merge(source, target).unwrap();
        let gate = desk.ask(MayBook { customer: target, channel: Channel::Counter }).unwrap();
        assert_eq!(gate.verdict, Verdict::Denied);
        assert_eq!(gate.staff_reasons, [GateReason::Blacklisted, GateReason::UnpaidFee { amount: Yen(4_400) }, GateReason::GreyListed]);
        assert_eq!(desk.figures(target).unwrap().due, Yen(4_400));
    }
}

#[test]
fn m3_r5_a_fee_that_came_along_is_paid_by_the_target_and_then_clears() {
    let (desk, source, target) = life();
    let late = desk.ask(GetReservations { customer: source }).unwrap().reservations;
    let late = late.iter().find(|row| row.label == Label::FeeUnpaid).unwrap().reservation.id;
    desk.merge(source, target).unwrap();
    let ask = || desk.ask(MayBook { customer: target, channel: Channel::Site }).unwrap().verdict;
    assert_eq!(ask(), Verdict::Denied);
    desk.step(late, Move::PayFee { amount: Yen(4_400) }).unwrap();
    assert_eq!(ask(), Verdict::AllowedWithWarnings);
}

#[derive(Clone, Debug)]
struct Side {
    visits: Vec<(u8, u16)>,
    hand: Vec<u16>,
    tickets: Vec<(u8, u8)>,
    alone: Vec<u16>,
    adjust: Option<u16>,
}

fn side() -> impl Strategy<Value = Side> {
    let visits = prop::collection::vec((0_u8..6, 0_u16..9_999), 0..5);
    let hand = prop::collection::vec(0_u16..9_999, 0..3);
    let tickets = prop::collection::vec((0_u8..4, 0_u8..4), 0..3);
    let alone = prop::collection::vec(1_u16..9_999, 0..3);
    (visits, hand, tickets, alone, prop::option::of(any::<u16>())).prop_map(|(visits, hand, tickets, alone, adjust)| Side {
        visits,
        hand,
        tickets,
        alone,
        adjust,
    })
}

fn live(desk: &Desk<MemoryStore>, who: CustomerId, side: &Side) {
    for (held, used) in &side.tickets {
        let ticket = desk.sell(who, &id("cut-3"), 10_000).unwrap();
        for (count, visit) in [(*used, true), (*held, false)] {
            let book = Book { tickets: vec![uses(Some(ticket), count.into())], ..cut(who, MORNING.plus_ms(HOUR)) };
            if let Ok(booked) = desk.run(book)
                && visit
            {
                desk.step(booked.reservation, Move::Visit).unwrap();
            }
        }
    }
    for (step, price) in &side.visits {
        let booked = desk.run(Book { prepay: step % 2 == 0, ..cut(who, MORNING) }).unwrap().reservation;
        if step % 2 == 0 {
            desk.step(booked, Move::PayPrepayment).unwrap();
        }
        let last = match step {
            0 | 1 => Move::NoShow,
            5 => Move::CancelByShop,
            _ => Move::Visit,
        };
        desk.step(booked, last.clone()).unwrap();
        if last == Move::Visit {
            let price = i64::from(*price);
            let cash = if step % 2 == 0 { (price - 4_400).max(0) } else { price };
            let done = desk.run(sale(who, Some(booked), vec![menu("cut", price)], cash)).unwrap();
            if *step == 4 {
                desk.run(VoidSale { sale: done.sale, reason: "x".into() }).unwrap();
            }
        }
    }
    for amount in &side.hand {
        desk.came(who, id("2026-11-20"), (*amount).into()).unwrap();
    }
    for price in &side.alone {
        desk.run(sale(who, None, vec![menu("x", (*price).into())], (*price).into())).unwrap();
    }
    if let Some(to) = side.adjust {
        let seen = desk.points(who).unwrap().balance;
        desk.run(AdjustPoints { customer: who, seen, balance: to.into(), reason: "x".into() }).unwrap();
    }
}

// What a tally must say, added up here from what the screens show.
fn shown(desk: &Desk<MemoryStore>, who: CustomerId) -> Tally {
    let figures = desk.figures(who).unwrap();
    let tickets = desk.ask(GetTickets { customer: who }).unwrap().tickets;
    let sales = desk.ask(GetSales { customer: who }).unwrap();
    let rows = desk.ask(GetReservations { customer: who }).unwrap().reservations;
    let alone: i64 = sales.sales.iter().filter(|sale| sale.stands() && sale.reservation.is_none()).map(|sale| sale.total.0).sum();
    let prepaid = rows.iter().map(|row| match row.reservation.prepayment {
        Prepayment::Paid { amount } => amount.0,
        Prepayment::Kept { kept, .. } => kept.0,
        _ => 0,
    });
    Tally {
        reservations: rows.len().try_into().unwrap(),
        visits: figures.visits,
        visited_yen: Yen(figures.amount.0 - alone),
        fees_due: figures.due,
        prepaid: Yen(prepaid.sum()),
        sales: sales.count,
        sales_yen: sales.total,
        tickets: tickets.len().try_into().unwrap(),
        ticket_uses: tickets.iter().map(|row| i64::from(row.remaining)).sum(),
        ticket_holds: tickets.iter().map(|row| i64::from(row.held)).sum(),
        points: desk.points(who).unwrap().balance.into(),
        listings: desk.ask(GetListings { customer: who }).unwrap().listings.len().try_into().unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn m7_yen_points_uses_holds_visits_and_dues_are_before_what_they_are_after(a in side(), b in side(), c in side()) {
        let desk = Desk::open();
        desk.configure(|settings| {
            (settings.cancellation, settings.prepayment, settings.unmerge_days) = (strict(), true, 7);
            settings.points.rule = Some(PointRule::PerSales { yen: Yen(100), points: 1 });
        }).unwrap();
        desk.plan("cut-3", three_cuts()).unwrap();
        let ids: Vec<CustomerId> = (0..3).map(|n| desk.register(hanako(&format!("0901234567{n}"), &format!("{n}@example.jp"))).unwrap()).collect();
        for (who, side) in ids.iter().zip([&a, &b, &c]) {
            live(&desk, *who, side);
        }
        let [source, target, other] = [ids[0], ids[1], ids[2]];
        let alone = [source, target].map(|who| shown(&desk, who));
        let (bystander, whole) = (shown(&desk, other), contents(&desk));
        let preview = desk.preview(source, target).unwrap();
        prop_assert_eq!(preview.moves, alone[0]);
        let merged = desk.merge(source, target).unwrap();
        prop_assert_eq!((merged.before, merged.after), (preview.both, preview.both));
        // Each figure is the sum of both sides, as the screens show it.
        let sum = |of: fn(&Tally) -> i64| of(&alone[0]) + of(&alone[1]) == of(&merged.after);
        for of in [
            (|tally: &Tally| i64::from(tally.reservations)) as fn(&Tally) -> i64,
            |tally| i64::from(tally.visits),
            |tally| tally.visited_yen.0,
            |tally| tally.fees_due.0,
            |tally| tally.prepaid.0,
            |tally| i64::from(tally.sales),
            |tally| tally.sales_yen.0,
            |tally| i64::from(tally.tickets),
            |tally| tally.ticket_uses,
            |tally| tally.ticket_holds,
            |tally| tally.points,
            |tally| i64::from(tally.listings),
        ] {
            prop_assert!(sum(of), "{:?} {:?}", alone, merged.after);
        }
        prop_assert_eq!(shown(&desk, target), merged.after);
        prop_assert_eq!(shown(&desk, source), merged.after, "the merged id resolves");
        prop_assert_eq!((shown(&desk, other), contents(&desk)), (bystander, whole));
        prop_assert_eq!(desk.breaches().unwrap(), []);
        desk.run(Unmerge { merge: merged.merge }).unwrap();
        prop_assert_eq!([source, target].map(|who| shown(&desk, who)), alone);
        prop_assert_eq!(desk.breaches().unwrap(), []);
    }
}
