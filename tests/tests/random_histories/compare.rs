//! One customer as the library shows them and as the model has it: the same lines of text, or the first that differ.

use daicho::*;
use serde_json::{Value, json};

use super::days::{Day, Ms, shown};
use super::door::{channel, customer, frequencies, list, manager};
use super::model::{Fee, Figures, Place, Prepaid, Reserved, Salon, Verdict, tax_line};
use super::orders::{self, List};

/// What is seen of something: a name and its value, in one order.
pub(super) type Seen = Vec<(String, Value)>;

/// The first difference, in words.
pub(super) fn difference(library: &Seen, model: &Seen) -> Option<String> {
    let (theirs, ours) = (library.iter().map(Some).chain(std::iter::repeat(None)), model.iter().map(Some).chain(std::iter::repeat(None)));
    let rows = library.len().max(model.len());
    let (one, other) = theirs.zip(ours).take(rows).find(|(one, other)| one != other)?;
    let row = |row: Option<&(String, Value)>| row.map_or_else(|| "nothing".to_owned(), |(name, value)| format!("{name} = {value}"));
    Some(format!("library: {}\n    model: {}", row(one), row(other)))
}

struct Asking<'l, S> {
    ledger: &'l Ledger<S>,
    now: Instant,
}

impl<S: Store> Asking<'_, S> {
    fn ask<Q>(&self, query: &Q) -> Result<Q::Output, Error>
    where
        Q: Query + Sync,
        Q::Output: Send,
    {
        self.ledger.query(query, &manager(), self.now)
    }
}

fn text(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| shown(day).into())
}

fn menus(menus: &[u32]) -> Vec<String> {
    menus.iter().map(|menu| format!("menu-{menu}")).collect()
}

/// Figures as the library answers them.
pub(super) fn library_figures(figures: &CustomerFigures) -> Seen {
    let cancellations = &figures.cancellations;
    [
        ("figures.visits", json!(figures.visits)),
        ("figures.manualVisits", json!(figures.manual_visits)),
        ("figures.cancellations", json!([cancellations.total, cancellations.early, cancellations.late, cancellations.no_shows])),
        ("figures.lastMinuteCancel", json!(figures.last_minute_cancel)),
        ("figures.noShow", json!(figures.no_show)),
        ("figures.reservations", json!(figures.reservations)),
        ("figures.firstVisit", json!(figures.first_visit)),
        ("figures.lastVisit", json!(figures.last_visit)),
        ("figures.lastMenus", json!(figures.last_menus)),
        ("figures.amount", json!(figures.amount)),
        ("figures.average", json!([figures.average, figures.average_remainder])),
        ("figures.due", json!(figures.due)),
        ("figures.category", json!(figures.category)),
        ("figures.frequencies", figures.frequencies.iter().map(|answer| json!(answer.holds)).collect()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// Figures as the model counts them.
pub(super) fn model_figures(model: &Salon, figures: &Figures, today: Day) -> Seen {
    let cancellations = figures.early + figures.late + figures.no_shows;
    let average = (figures.visits > 0).then(|| figures.amount / figures.visits);
    let remainder = figures.amount - average.unwrap_or(0) * figures.visits;
    [
        ("figures.visits", json!(figures.visits)),
        ("figures.manualVisits", json!(figures.manual)),
        ("figures.cancellations", json!([cancellations, figures.early, figures.late, figures.no_shows])),
        ("figures.lastMinuteCancel", json!(figures.late > 0)),
        ("figures.noShow", json!(figures.no_shows > 0)),
        ("figures.reservations", json!(figures.reservations)),
        ("figures.firstVisit", day(figures.first)),
        ("figures.lastVisit", day(figures.last)),
        ("figures.lastMenus", json!(menus(&figures.last_menus))),
        ("figures.amount", json!(figures.amount)),
        ("figures.average", json!([average, if average.is_some() { remainder } else { 0 }])),
        ("figures.due", json!(figures.due)),
        ("figures.category", json!(model.category(figures, today))),
        ("figures.frequencies", json!(model.frequencies(figures, today))),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

// K7: what uses came to when they were used up.
const fn worth(what: &TicketMove) -> i64 {
    match what {
        TicketMove::Consume { amount, .. } => amount.0,
        TicketMove::Restore { amount, .. } => -amount.0,
        _ => 0,
    }
}

fn library_reservation(row: &ReservationRow) -> Value {
    let reservation = &row.reservation;
    let prepayment = match reservation.prepayment {
        Prepayment::NotSelected => json!("notSelected"),
        Prepayment::Unpaid => json!("unpaid"),
        Prepayment::Paid { amount } => json!(["paid", amount]),
        Prepayment::Refunded { .. } => json!("refunded"),
        Prepayment::Kept { kept, .. } => json!(["kept", kept]),
    };
    let fee = match &reservation.fee {
        daicho::Fee::None => json!("none"),
        daicho::Fee::Due { amount } => json!(["due", amount]),
        daicho::Fee::Paid { .. } => json!("paid"),
        daicho::Fee::Waived { .. } => json!("waived"),
    };
    json!([
        row.label.name(),
        reservation.customer,
        row.day,
        reservation.start,
        reservation.deadline,
        prepayment,
        fee,
        reservation.checkout.as_ref().map(|checkout| checkout.sale),
    ])
}

fn model_reservation(model: &Salon, booking: &Reserved, label: &str) -> Value {
    let prepayment = match booking.prepaid {
        Prepaid::NotSelected => json!("notSelected"),
        Prepaid::Unpaid => json!("unpaid"),
        Prepaid::Paid(amount) => json!(["paid", amount]),
        Prepaid::Refunded => json!("refunded"),
        Prepaid::Kept(kept) => json!(["kept", kept]),
    };
    let fee = match booking.fee {
        Fee::None => json!("none"),
        Fee::Due(amount) => json!(["due", amount]),
        Fee::Paid => json!("paid"),
        Fee::Waived => json!("waived"),
    };
    let owner = customer(booking.owner);
    let sale = booking.sale.map(|sale| format!("s{sale}"));
    json!([label, owner, shown(model.clock.day_of(booking.start)), booking.start, booking.deadline, prepayment, fee, sale])
}

/// One customer as the library shows them.
pub(super) fn library<S: Store>(ledger: &Ledger<S>, who: u32, now: Ms) -> Result<Seen, Error> {
    let (asking, who) = (Asking { ledger, now: Instant(now) }, customer(who));
    let mut seen = Seen::new();
    let mut say = |name: String, value: Value| seen.push((name, value));
    let card = asking.ask(&GetCustomer { customer: who })?;
    say("card".into(), json!([card.customer.id, card.upcoming, card.visits, card.last_visit, card.merged_from]));
    say("card.marks".into(), text(&card.marks.iter().map(|mark| mark.list).collect::<Vec<_>>()));
    for channel in [Channel::Site, Channel::Counter] {
        let gate = asking.ask(&MayBook { customer: who, channel })?;
        let reasons = gate.staff_reasons.iter().map(|reason| text(reason)["type"].clone()).collect::<Vec<_>>();
        say(format!("gate.{channel:?}"), json!([gate.verdict, reasons, gate.public_message.is_some()]));
    }
    let figures = asking.ask(&GetFigures { customer: who, as_of: None, frequencies: frequencies() })?;
    let points = (figures.points, figures.provisional_points);
    library_figures(&figures).into_iter().for_each(|(name, value)| say(name, value));
    say("figures.points".into(), json!(points));
    for row in asking.ask(&GetReservations { customer: who })?.reservations {
        say(format!("reservation {}", row.reservation.id), library_reservation(&row));
    }
    for row in asking.ask(&GetTickets { customer: who })?.tickets {
        let ticket = &row.ticket;
        let worth: i64 = ticket.entries.iter().map(|entry| worth(&entry.what)).sum();
        let value = json!([ticket.customer, row.remaining, row.held, row.used, worth, ticket.sold_on, ticket.expires_on, row.expired]);
        say(format!("ticket {}", ticket.id), value);
    }
    match asking.ask(&GetPoints { customer: who }) {
        Ok(mut history) => {
            let points = history.now;
            say("points".into(), json!([points.balance, points.provisional, points.next_expiry, points.next_expiring]));
            history.lots.sort_by_key(|lot| lot.id);
            for lot in history.lots {
                say(format!("lot {}", lot.id), json!([lot.expires_on, lot.remaining()]));
            }
        }
        Err(error) => say("points".into(), json!(error.code())),
    }
    let sales = asking.ask(&GetSales { customer: who })?;
    say("sales".into(), json!([sales.count, sales.total]));
    for sale in sales.sales {
        say(format!("sale {}", sale.id), json!([sale.stands(), sale.total, sale.taxes, sale.reservation]));
    }
    for visit in asking.ask(&GetVisits { customer: who })?.visits {
        say(format!("visit {}", visit.id), json!([visit.day, visit.menus, visit.amount, visit.reservation, visit.version]));
    }
    Ok(seen)
}

/// One customer as the model has them.
pub(super) fn model(model: &Salon, asked: u32, now: Ms) -> Seen {
    let who = model.resolved(asked);
    let mut seen = Seen::new();
    let mut say = |name: String, value: Value| seen.push((name, value));
    let figures = model.figures(who);
    let upcoming = model.open_of(who).count();
    let from = (who != asked).then(|| customer(asked));
    say("card".into(), json!([customer(who), upcoming, figures.visits, day(figures.last), from]));
    let marks: Vec<_> = [List::Watch, List::Grey, List::Black].into_iter().filter(|list| model.stands_on(who, *list)).collect();
    say("card.marks".into(), text(&marks.into_iter().map(list).collect::<Vec<_>>()));
    for from in [orders::Channel::Site, orders::Channel::Counter] {
        let (verdict, reasons) = model.gate(asked, from);
        let name = match verdict {
            Verdict::Allowed => "allowed",
            Verdict::Warnings => "allowedWithWarnings",
            Verdict::Denied(_) => "denied",
        };
        say(format!("gate.{:?}", channel(from)), json!([name, reasons, name == "denied"]));
    }
    model_figures(model, &figures, model.today(now)).into_iter().for_each(|(name, value)| say(name, value));
    let (balance, provisional) = (model.balance(who, now), model.provisional(who));
    let shows = model.policies.rule.is_some();
    say("figures.points".into(), if shows { json!([balance, provisional]) } else { json!([null, null]) });
    let mut own: Vec<(u32, &Reserved)> = (1_u32..).zip(&model.bookings).filter(|(_, booking)| booking.owner == who).collect();
    own.sort_by_key(|(id, booking)| std::cmp::Reverse((booking.start, *id)));
    for (id, booking) in own {
        if let Some(label) = booking.label() {
            say(format!("reservation r{id}"), model_reservation(model, booking, label));
        }
    }
    let mut own: Vec<_> = (1_u32..).zip(&model.tickets).filter(|(_, ticket)| ticket.owner == who).collect();
    own.sort_by_key(|(id, ticket)| (ticket.expires_on, *id));
    for (id, ticket) in own {
        let expired = model.today(now) > ticket.expires_on;
        let (sold_on, expires_on) = (shown(ticket.sold_on), shown(ticket.expires_on));
        let counts = (ticket.remaining(), ticket.held(), ticket.used());
        say(
            format!("ticket t{id}"),
            json!([customer(ticket.owner), counts.0, counts.1, counts.2, ticket.worth_used(), sold_on, expires_on, expired]),
        );
    }
    let (next, expiring) = model.next_expiry(who, now);
    say("points".into(), if shows { json!([balance, provisional, day(next), expiring]) } else { json!("points.off") });
    for (n, lot) in model.lots.iter().enumerate().filter(|(_, lot)| shows && lot.owner == who) {
        let left = model.points.iter().filter(|point| point.lot == n && point.at == Place::Here).count();
        say(format!("lot p{}", n + 1), json!([day(lot.expires_on), left]));
    }
    let mut own: Vec<_> = (1_u32..).zip(&model.sales).filter(|(_, sale)| sale.owner == who).collect();
    own.sort_by_key(|(id, sale)| std::cmp::Reverse((sale.at, *id)));
    let standing = || own.iter().filter(|(_, sale)| sale.stands);
    say("sales".into(), json!([standing().count(), standing().map(|(_, sale)| sale.total).sum::<i64>()]));
    for (id, sale) in &own {
        let taxes: Vec<Value> = sale.taxes.iter().map(|line| tax_line(*line)).collect();
        say(format!("sale s{id}"), json!([sale.stands, sale.total, taxes, sale.booking.map(|booking| format!("r{booking}"))]));
    }
    let mut own: Vec<_> = (1_u32..).zip(&model.visits).filter(|(_, visit)| visit.owner == who && !visit.removed).collect();
    own.sort_by_key(|(id, visit)| std::cmp::Reverse((visit.at, *id)));
    for (id, visit) in own {
        let form = &visit.form;
        let tied = form.booking.map(|booking| format!("r{booking}"));
        say(format!("visit v{id}"), json!([shown(form.day), menus(&form.menus), form.amount, tied, visit.version]));
    }
    seen
}

/// Everybody who was ever registered and not deleted, merged ones too.
pub(super) fn everybody(model: &Salon) -> Vec<u32> {
    (1_u32..).zip(&model.people).filter(|(_, person)| !person.deleted).map(|(id, _)| id).collect()
}
