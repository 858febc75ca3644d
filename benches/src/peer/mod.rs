//! The peer: SQLite by hand for the same work, with the same durability and prepared statements.

mod booking;
mod import;
mod merge;
mod search;
mod upsert;

use std::path::Path;

use daicho::text::{WidthMode, search_key};
use daicho::{BookingState, Calendar, Customer, CustomerId, EmailKind, Fee, Reservation, ReservationId};
use daicho_sqlite::rusqlite::{Connection, params};

pub use self::import::Taken;
pub use self::upsert::Upserted;
use crate::reservations::House;
use crate::salon::{Failure, Salon};

/// A hand-written SQLite database.
#[derive(Debug)]
pub struct Peer {
    db: Connection,
}

const CUSTOMER: &str = "INSERT INTO customers (id, number, family, given, family_kana, given_kana, name_key, search_key, phone, phone_digits, email, email_key, email_real,
    birthday, gender, address, channel, line_user, line_name, comment, registered_on, visits, last_visit, amount, booked)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)";
const RESERVATION: &str = "INSERT INTO reservations (id, customer, shop, staff, starts, ends, booked_by, booked_at, comment, policy, deadline, booking, open, visited, prepayment, fee,
    due, price) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT policy FROM settings), ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
const LINE: &str = "INSERT INTO lines (reservation, place, menu, price, kind) VALUES (?1, ?2, ?3, ?4, ?5)";
const LISTING: &str = "INSERT INTO listings (customer, list, memo, added_at, added_by, stands) VALUES (?1, ?2, ?3, ?4, ?5, 1)";
const JOURNAL: &str = "INSERT INTO journal (at, actor, what, customer, detail) VALUES (?1, ?2, ?3, ?4, ?5)";

/// The figures of a customer that are kept in columns.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    visits: u32,
    booked: u32,
    last_visit: Option<i32>,
    amount: i64,
}

impl Peer {
    /// An empty database, in a file or in memory.
    pub fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let peer = Self::open(path)?;
        peer.db.execute_batch(include_str!("schema.sql"))?;
        Ok(peer)
    }

    /// A connection: WAL and `synchronous=FULL` in a file, as the library has them.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let db = path.map_or_else(Connection::open_in_memory, Connection::open)?;
        if path.is_some() {
            db.query_row("PRAGMA journal_mode = WAL", (), |_| Ok(()))?;
        }
        db.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;")?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db })
    }

    /// Enters a whole salon, with the ids that a fresh ledger gives.
    pub fn fill(&mut self, salon: &Salon) -> Result<(), Failure> {
        let house = House::new()?;
        let transaction = self.db.transaction()?;
        let mut next = 0;
        for person in salon.people() {
            let id = CustomerId::from_ordinal(person.place);
            let reservations = house.reservations(salon, &person, id, || {
                next += 1;
                Ok::<_, Failure>(ReservationId::from_ordinal(next))
            })?;
            let mut figures = Figures::default();
            for reservation in &reservations {
                insert_reservation(&transaction, reservation)?;
                figures.booked +=
                    u32::from(reservation.ever_confirmed && !matches!(reservation.booking, BookingState::EnteredInError { .. }));
                if visited(reservation) {
                    figures.visits += 1;
                    figures.amount += reservation.price()?.0;
                    figures.last_visit = figures.last_visit.max(Some(Calendar::default().day_of(reservation.start)?.day_number()));
                }
            }
            insert_customer(&transaction, &person.record(id, person.place)?, figures)?;
            if let Some(listing) = person.listing(daicho::ListingId::from_ordinal(1), id, house.actor()) {
                let list = format!("{:?}", listing.list);
                transaction.prepare_cached(LISTING)?.execute(params![
                    person.place,
                    list,
                    listing.memo,
                    listing.added_at.0,
                    listing.added_by.as_str()
                ])?;
            }
        }
        transaction.commit()?;
        // The planner knows its tables, as after the first night of an ordinary installation.
        self.db.execute_batch("ANALYZE")?;
        Ok(())
    }
}

fn visited(reservation: &Reservation) -> bool {
    matches!(reservation.booking, BookingState::Visited { .. })
}

// One text with everything a name search looks into; a needle has no line feed.
fn searched(customer: &Customer) -> String {
    let (kana, line) = (
        [customer.family_kana.as_deref(), customer.given_kana.as_deref()],
        customer.line.as_ref().and_then(|line| line.display_name.as_deref()),
    );
    let kana: String = kana.into_iter().flatten().collect();
    let names = [[customer.family_name.as_str(), customer.given_name.as_str()].concat(), kana, line.unwrap_or_default().to_owned()];
    names.map(|name| search_key(&name)).join("\n")
}

fn insert_customer(db: &Connection, customer: &Customer, figures: Figures) -> Result<(), Failure> {
    let (phone, email) = (customer.phones.first(), customer.emails.first());
    let address: String =
        [&customer.postal_code, &customer.prefecture, &customer.city_street].into_iter().flatten().map(String::as_str).collect();
    db.prepare_cached(CUSTOMER)?.execute(params![
        customer.id.ordinal(),
        customer.number,
        customer.family_name,
        customer.given_name,
        customer.family_kana,
        customer.given_kana,
        customer.name_key(WidthMode::Fold),
        searched(customer),
        phone.map(|phone| &phone.entered),
        phone.map(|phone| &phone.digits),
        email.map(|email| &email.entered),
        email.map(|email| &email.key),
        email.is_some_and(|email| email.kind == EmailKind::Real),
        customer.birthday.as_ref().map(ToString::to_string),
        customer.gender.map(|gender| gender == daicho::Gender::Female),
        Some(address).filter(|address| !address.is_empty()),
        customer.channels.first(),
        customer.line.as_ref().map(|line| &line.user),
        customer.line.as_ref().and_then(|line| line.display_name.as_ref()),
        customer.shop_comment,
        customer.registered_on.day_number(),
        figures.visits,
        figures.last_visit,
        figures.amount,
        figures.booked,
    ])?;
    Ok(())
}

fn insert_reservation(db: &Connection, reservation: &Reservation) -> Result<(), Failure> {
    let fee = match reservation.fee {
        Fee::None => "none",
        Fee::Due { .. } => "due",
        Fee::Paid { .. } => "paid",
        Fee::Waived { .. } => "waived",
    };
    db.prepare_cached(RESERVATION)?.execute(params![
        reservation.id.ordinal(),
        reservation.customer.ordinal(),
        reservation.shop.as_str(),
        reservation.staff.as_ref().map(daicho::StaffId::as_str),
        reservation.start.0,
        reservation.end.0,
        format!("{:?}", reservation.booked_by),
        reservation.booked_at.0,
        reservation.comment,
        reservation.deadline.0,
        reservation.booking.name(),
        reservation.booking.is_open(),
        visited(reservation),
        format!("{:?}", reservation.prepayment),
        fee,
        reservation.due().0,
        reservation.price()?.0,
    ])?;
    for (place, line) in (1_u32..).zip(&reservation.lines) {
        db.prepare_cached(LINE)?.execute(params![
            reservation.id.ordinal(),
            place,
            line.menu.as_str(),
            line.price.0,
            format!("{:?}", line.kind)
        ])?;
    }
    Ok(())
}
