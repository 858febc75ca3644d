//! Tickets after any sequence: K2.
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Book(u32, bool),
    Step(usize, u8),
    Adjust(i32),
    Sell,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (1_u32..5, any::<bool>()).prop_map(|(uses, named)| Act::Book(uses, named)),
        (0_usize..6, 0_u8..6).prop_map(|(which, to)| Act::Step(which, to)),
        (-4_i32..4).prop_map(Act::Adjust),
        Just(Act::Sell),
    ];
    prop::collection::vec(act, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn k2_whatever_happens_no_ticket_goes_below_zero(acts in acts(), consume in any::<bool>()) {
        let (mut desk, who, ticket) = salon();
        let tickets = if consume { LateTickets::Consume } else { LateTickets::Release };
        desk.configure(|settings| settings.cancellation.tickets = tickets).unwrap();
        desk.now = START;
        let mut booked = Vec::new();
        for act in acts {
            match act {
                Act::Book(count, named) => {
                    booked.extend(desk.run(with(vec![uses(named.then_some(ticket), count)], who, START)).map(|done| done.reservation));
                }
                Act::Step(which, to) => {
                    let Some(reservation) = booked.get(which) else { continue };
                    let why = || "x".to_owned();
                    let to = [Move::Visit, Move::UndoVisit { reason: why() }, Move::CancelByCustomer, Move::NoShow, Move::CancelByShop, Move::EnteredInError][usize::from(to)].clone();
                    drop(desk.step(*reservation, to));
                }
                Act::Adjust(uses) => drop(desk.run(AdjustTicket { ticket, uses, reason: "x".into() })),
                Act::Sell => drop(desk.sell(who, &id("cut-3"), 10_000)),
            }
            let row = desk.ticket(ticket).unwrap().ticket.balance();
            prop_assert!(row.held >= 0 && row.free() >= 0 && row.used >= 0, "{row:?}");
            let nothing = |entry: &TicketEntry| {
                use TicketMove::{Consume, Hold, Release, Restore};
                matches!(entry.what, Hold { uses: 0, .. } | Consume { uses: 0, .. } | Release { uses: 0, .. } | Restore { uses: 0, .. })
            };
            prop_assert!(!desk.ticket(ticket).unwrap().ticket.entries.iter().any(nothing), "no line of a ledger says nothing");
        }
        prop_assert_eq!(desk.breaches().unwrap(), []);
    }
}
