//! Lists of tickets: K8.
use super::*;

fn listed(desk: &Desk<MemoryStore>, query: ListTickets) -> Vec<TicketId> {
    desk.ledger.search(&query, &desk.actor, desk.now).unwrap().tickets.into_iter().map(|row| row.ticket).collect()
}

#[test]
fn k8_holders_with_remaining_held_used_and_expiry_the_earliest_first() {
    let (desk, who, ticket) = salon();
    let other = desk.register(CustomerForm { given_name: "太郎".into(), ..hanako("0312345678", "b@example.jp") }).unwrap();
    let week = desk.plan("week", TicketTerms { valid: TicketValidity::Days { days: 7 }, ..three_cuts() }).unwrap();
    let short = desk.sell(other, &week, 10_000).unwrap();
    let visited = held(&desk, who, vec![uses(None, 1)]).unwrap();
    desk.step(visited, Move::Visit).unwrap();
    held(&desk, who, vec![uses(None, 1)]).unwrap();
    let page = desk.ledger.search(&ListTickets::default(), &desk.actor, desk.now).unwrap();
    assert_eq!(page.total, 2);
    let rows: Vec<_> = page
        .tickets
        .iter()
        .map(|row| (row.ticket, row.customer.id, row.remaining, row.held, row.used, row.expires_on.to_string()))
        .collect();
    assert_eq!(rows, [(short, other, 3, 0, 0, "2026-11-28".to_owned()), (ticket, who, 2, 1, 1, "2027-05-21".to_owned())]);
    assert_eq!((page.tickets[1].name.as_str(), page.tickets[1].sold_on), ("カット3回券", day("2026-11-21")));
    assert_eq!(listed(&desk, ListTickets { plan: Some(week), ..ListTickets::default() }), [short]);
}

#[test]
fn k8_about_to_expire_within_n_days_today_and_the_last_one_included() {
    let (mut desk, who, half_year) = salon();
    let week = desk.plan("week", TicketTerms { valid: TicketValidity::Days { days: 7 }, ..three_cuts() }).unwrap();
    let ticket = desk.sell(who, &week, 10_000).unwrap();
    let within = |desk: &Desk<MemoryStore>, days| listed(desk, ListTickets { expiring_within: Some(days), ..ListTickets::default() });
    assert_eq!((within(&desk, 6), within(&desk, 7), within(&desk, 36_500)), (vec![], vec![ticket], vec![ticket, half_year]));
    desk.now = noon("2026-11-28");
    assert_eq!(within(&desk, 0), [ticket], "its last day");
    desk.now = noon("2026-11-29");
    assert_eq!(within(&desk, 36_500), [half_year]);
    assert_eq!(listed(&desk, ListTickets::default()), [half_year], "an expired one holds nothing any more");
    assert_eq!(listed(&desk, ListTickets { all: true, ..ListTickets::default() }), [ticket, half_year]);
    let error =
        desk.ledger.search(&ListTickets { expiring_within: Some(36_501), ..ListTickets::default() }, &desk.actor, desk.now).unwrap_err();
    assert_eq!(error.code(), "search.days");
}

#[test]
fn k8_s8_used_up_tickets_and_those_of_the_withdrawn_are_out_of_the_list() {
    let (desk, who, ticket) = salon();
    let booked = held(&desk, who, vec![uses(None, 3)]).unwrap();
    assert_eq!(listed(&desk, ListTickets::default()), [ticket], "held ones are still there");
    desk.step(booked, Move::Visit).unwrap();
    assert_eq!(listed(&desk, ListTickets::default()), []);
    assert_eq!(listed(&desk, ListTickets { all: true, ..ListTickets::default() }), [ticket]);
    // A withdrawal as the store has it; the index of a new ledger reads it.
    let customer = desk.customer(who).unwrap();
    desk.force(Customer { state: CustomerState::Withdrawn { at: MORNING }, ..customer }.into()).unwrap();
    let fresh = Desk::over(desk.ledger.store());
    let query = ListTickets { all: true, ..ListTickets::default() };
    assert_eq!(fresh.ledger.search(&query, &fresh.actor, fresh.now).unwrap().total, 0);
}

#[test]
fn k8_the_history_of_one_tells_all_in_order() {
    let (mut desk, who, ticket) = salon();
    let booked = held(&desk, who, vec![uses(None, 1)]).unwrap();
    desk.now = START;
    desk.step(booked, Move::Visit).unwrap();
    desk.step(booked, Move::UndoVisit { reason: "x".into() }).unwrap();
    desk.step(booked, Move::CancelByShop).unwrap();
    let entries = desk.ticket(ticket).unwrap().ticket.entries;
    let history: Vec<_> = entries.iter().map(|entry| entry.what.clone()).collect();
    let (reservation, uses) = (booked, 1);
    let amount = Yen(3_333);
    assert_eq!(
        history,
        [
            TicketMove::Purchase { uses: 3 },
            TicketMove::Hold { reservation, uses },
            TicketMove::Consume { reservation, uses, amount },
            TicketMove::Restore { reservation, uses, amount },
            TicketMove::Release { reservation, uses, sale: None },
        ]
    );
    assert_eq!(entries.iter().map(|entry| entry.at).collect::<Vec<_>>(), [MORNING, MORNING, START, START, START]);
}
