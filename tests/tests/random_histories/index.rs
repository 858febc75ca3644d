//! The lists of the whole salon, out of a device's index and out of the model: R2, R7, K8, S9.

use daicho::*;
use serde_json::{Value, json};

use super::compare::Seen;
use super::days::{Ms, shown};
use super::door::{customer, list, manager};
use super::model::{Person, Reserved, Salon, Ticket};
use super::orders::List;

/// Every row is on the first page.
const PAGE: Option<u32> = Some(1_000);
/// The labels that a salon without prepayment does not offer (R2).
const OF_PREPAYMENT: [&str; 3] = ["prepaymentUnpaid", "prepaid", "shopCancelledPrepaid"];
const SOON: u32 = 30;

fn line(line: &ReservationLine) -> (String, Value) {
    (format!("list {}", line.reservation), json!([line.label.name(), line.day, line.customer, line.who.is_some()]))
}

fn ticket(holder: &TicketHolder) -> (String, Value) {
    let counts = [holder.remaining, holder.held, holder.used];
    (format!("ticket list {}", holder.ticket), json!([holder.customer.id, holder.plan, counts, holder.sold_on, holder.expires_on]))
}

/// What a device's index shows.
pub(super) fn library<S: Store>(ledger: &Ledger<S>, now: Ms) -> Result<Seen, Error> {
    let (actor, now) = (manager(), Instant(now));
    let mut seen = Seen::new();
    let customers = SearchCustomers { page_size: PAGE, ..SearchCustomers::default() };
    for row in ledger.search(&customers, &actor, now)?.customers {
        let marks: Vec<ListKind> = row.marks.iter().map(|mark| mark.list).collect();
        seen.push((format!("row {}", row.id), json!([row.visits, row.amount, row.last_visit, marks])));
    }
    let all = ListReservations { page_size: PAGE, ..ListReservations::default() };
    seen.extend(ledger.search(&all, &actor, now)?.reservations.iter().map(line));
    let unresolved = ListUnresolved { page_size: PAGE, cursor: None };
    seen.extend(ledger.search(&unresolved, &actor, now)?.reservations.iter().map(line));
    for (expiring_within, all) in [(None, true), (None, false), (Some(SOON), false)] {
        let tickets = ListTickets { expiring_within, all, page_size: PAGE, ..ListTickets::default() };
        seen.extend(ledger.search(&tickets, &actor, now)?.tickets.iter().map(ticket));
    }
    for offered in ledger.search(&ListLabels {}, &actor, now)?.labels {
        seen.push((format!("label {}", offered.label.name()), json!([offered.in_use, offered.by_setting])));
    }
    for label in Label::ALL {
        let labelled = ListReservations { labels: vec![label], page_size: PAGE, ..ListReservations::default() };
        let found = match ledger.search(&labelled, &actor, now) {
            Ok(page) => json!(page.reservations.iter().map(|line| line.reservation).collect::<Vec<_>>()),
            Err(error) => json!(error.code()),
        };
        seen.push((format!("filter {}", label.name()), found));
    }
    Ok(seen)
}

// Whoever has left is in no list of customers (S8); their reservations are still the shop's to bring to an end.
fn there(model: &Salon, id: u32) -> bool {
    model.person(id).is_some_and(Person::is_active)
}

fn row(model: &Salon, id: u32, booking: &Reserved) -> (String, Value) {
    let day = shown(model.clock.day_of(booking.start));
    (format!("list r{id}"), json!([booking.label(), day, customer(booking.owner), there(model, booking.owner)]))
}

fn held(id: u32, ticket: &Ticket) -> (String, Value) {
    let counts = [ticket.remaining(), ticket.held(), ticket.used()];
    let plan = format!("plan-{}", ticket.plan);
    (format!("ticket list t{id}"), json!([customer(ticket.owner), plan, counts, shown(ticket.sold_on), shown(ticket.expires_on)]))
}

/// What the model would list.
pub(super) fn model(model: &Salon, now: Ms) -> Seen {
    let mut seen = Seen::new();
    for (id, _) in (1_u32..).zip(&model.people).filter(|(_, person)| person.is_active()) {
        let figures = model.figures(id);
        let marks: Vec<ListKind> =
            [List::Watch, List::Grey, List::Black].into_iter().filter(|on| model.stands_on(id, *on)).map(list).collect();
        seen.push((format!("row c{id}"), json!([figures.visits, figures.amount, figures.last.map(shown), marks])));
    }
    let mut all: Vec<(u32, &Reserved)> = (1_u32..).zip(&model.bookings).filter(|(_, booking)| booking.label().is_some()).collect();
    all.sort_by_key(|(id, booking)| (booking.start, *id));
    seen.extend(all.iter().map(|(id, booking)| row(model, *id, booking)));
    let unresolved = |booking: &Reserved| booking.axis == super::model::Axis::Confirmed && booking.start <= now;
    seen.extend(all.iter().filter(|(_, booking)| unresolved(booking)).map(|(id, booking)| row(model, *id, booking)));
    let mut tickets: Vec<(u32, &Ticket)> = (1_u32..).zip(&model.tickets).filter(|(_, ticket)| there(model, ticket.owner)).collect();
    tickets.sort_by_key(|(id, ticket)| (ticket.expires_on, *id));
    let today = model.today(now);
    let usable = |ticket: &Ticket| ticket.remaining() > 0 && today <= ticket.expires_on;
    let soon = |ticket: &Ticket| usable(ticket) && ticket.expires_on <= today + i64::from(SOON);
    seen.extend(tickets.iter().map(|(id, ticket)| held(*id, ticket)));
    seen.extend(tickets.iter().filter(|(_, ticket)| usable(ticket)).map(|(id, ticket)| held(*id, ticket)));
    seen.extend(tickets.iter().filter(|(_, ticket)| soon(ticket)).map(|(id, ticket)| held(*id, ticket)));
    let by_setting = |label: &str| model.policies.prepayment || !OF_PREPAYMENT.contains(&label);
    let labels = Label::ALL.map(Label::name);
    let in_use = |label: &str| all.iter().filter(|(_, booking)| booking.label() == Some(label)).count();
    for label in labels.into_iter().filter(|label| by_setting(label) || in_use(label) > 0) {
        seen.push((format!("label {label}"), json!([in_use(label), by_setting(label)])));
    }
    for label in labels {
        // As a filter, 予約中来店前 also means that the start lies ahead.
        let is = |booking: &Reserved| booking.label() == Some(label) && (label != "upcoming" || booking.start > now);
        let found: Vec<String> = all.iter().filter(|(_, booking)| is(booking)).map(|(id, _)| format!("r{id}")).collect();
        let offered = by_setting(label) || in_use(label) > 0;
        seen.push((format!("filter {label}"), if offered { json!(found) } else { json!("search.label_not_offered") }));
    }
    seen
}
