use daicho::{Book, BookingState, CancellationPolicy, Channel, Fee, Prepayment, Record, Reservation, ReservationId, Verdict};
use daicho_sqlite::rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::{JOURNAL, Peer, insert_reservation};
use crate::salon::{Failure, NOW};

const GATE: &str = "SELECT active, (SELECT group_concat(list) FROM listings WHERE customer = ?1 AND stands),
    (SELECT coalesce(sum(due), 0) FROM reservations WHERE customer = ?1 AND due > 0) FROM customers WHERE id = ?1";
const OVERLAPS: &str = "SELECT count(*) FROM reservations WHERE customer = ?1 AND starts < ?3 AND ends > ?2 AND open";

fn gate(db: &Connection, customer: u32, channel: Channel) -> Result<Verdict, Failure> {
    let (active, lists, due): (bool, Option<String>, i64) =
        db.prepare_cached(GATE)?.query_row(params![customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let black = lists.as_deref().is_some_and(|lists| lists.contains("Black"));
    Ok(if black || !active || (due > 0 && channel.is_online()) {
        Verdict::Denied
    } else if due > 0 || lists.is_some() {
        Verdict::AllowedWithWarnings
    } else {
        Verdict::Allowed
    })
}

impl Peer {
    /// Whether a customer may book.
    pub fn may_book(&self, customer: u32, channel: Channel) -> Result<Verdict, Failure> {
        gate(&self.db, customer, channel)
    }

    /// Books: idempotency key, gate, overlap warning, reservation with its lines, the customer's count, journal, in one transaction. Answers the new id and the overlaps.
    pub fn book(&mut self, book: &Book, key: &str, policy: &CancellationPolicy) -> Result<Option<(u32, u32)>, Failure> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let customer = book.customer.ordinal();
        let known: Option<String> =
            transaction.prepare_cached("SELECT answer FROM done WHERE key = ?1")?.query_row(params![key], |row| row.get(0)).optional()?;
        if known.is_some() || gate(&transaction, customer, Channel::Counter)? == Verdict::Denied {
            return Ok(None);
        }
        let overlaps: u32 =
            transaction.prepare_cached(OVERLAPS)?.query_row(params![customer, book.start.0, book.end.0], |row| row.get(0))?;
        let id: u32 = transaction.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM reservations")?.query_row((), |row| row.get(0))?;
        let reservation = Reservation {
            id: ReservationId::from_ordinal(id),
            customer: book.customer,
            version: 1,
            shop: book.shop.clone(),
            staff: book.staff.clone(),
            lines: book.lines.clone(),
            start: book.start,
            end: book.end,
            booked_by: Channel::Counter,
            booked_at: NOW,
            comment: book.comment.clone(),
            deadline: policy.deadline_for(book.start, daicho::Calendar::default()),
            policy: policy.clone(),
            booking: BookingState::Confirmed,
            prepayment: Prepayment::NotSelected,
            fee: Fee::None,
            ever_confirmed: true,
            policy_start: None,
            tickets: Vec::new(),
            covered: None,
            earns: None,
            checkout: None,
            corrections: Vec::new(),
        };
        insert_reservation(&transaction, &reservation)?;
        transaction.prepare_cached("UPDATE customers SET booked = booked + 1 WHERE id = ?1")?.execute(params![customer])?;
        // The journal tells of what is new as it is now: a later change writes over the row (A1).
        let detail = Record::from(reservation).to_json()?;
        transaction.prepare_cached(JOURNAL)?.execute(params![NOW.0, "manager-1", "book", customer, detail])?;
        transaction.prepare_cached("INSERT INTO done (key, answer) VALUES (?1, ?2)")?.execute(params![key, id.to_string()])?;
        transaction.commit()?;
        Ok(Some((id, overlaps)))
    }
}
