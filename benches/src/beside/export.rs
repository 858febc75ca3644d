//! The salon as plain files: what every peer loads. The figures are added up here by hand, not by the library.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use daicho::text::search_key;
use daicho::{BookingState, Calendar, CancelTiming, CancelledBy, Customer, CustomerId, Reservation, ReservationId};
use serde_json::json;

use super::questions::{Terms, questions};
use super::sql::{Dialect, sql};
use crate::booked::Booked;
use crate::reservations::House;
use crate::salon::{Failure, NOW, Salon};

/// One line a customer; what is empty is unknown. `names` are the keys of 姓名, セイメイ and LINE名 with `|` between them, `last_menus` is spaced on both sides.
pub const CUSTOMERS: &str = "customers.csv";
/// One line a reservation in the order of booking, those entered in error left out. `menus` is spaced on both sides.
pub const RESERVATIONS: &str = "reservations.csv";
/// The terms and the questions, with their SQL.
pub const QUESTIONS: &str = "questions.json";

const CUSTOMER_HEAD: &str = "number,registered,names,phone,email,line,visits,reservations,cancellations,late,no_shows,amount,first_visit,last_visit,last_menus,channel,newsletter";
const RESERVATION_HEAD: &str = "customer,day,label,staff,shop,menus";

#[derive(Default)]
struct Sums {
    visits: u32,
    reservations: u32,
    cancellations: u32,
    late: u32,
    no_shows: u32,
    amount: i64,
    first_visit: Option<i32>,
    last_visit: Option<i32>,
    last_menus: String,
}

impl Sums {
    fn add(&mut self, reservation: &Reservation, day: i32) -> Result<(), Failure> {
        let in_error = matches!(reservation.booking, BookingState::EnteredInError { .. });
        self.reservations += u32::from(reservation.ever_confirmed && !in_error);
        match reservation.booking {
            // They come in the order of their start.
            BookingState::Visited { .. } => {
                self.visits += 1;
                self.amount += reservation.price()?.0;
                self.first_visit.get_or_insert(day);
                self.last_visit = Some(day);
                self.last_menus = menus(reservation);
            }
            BookingState::Cancelled { by: CancelledBy::Customer, timing, .. } if reservation.ever_confirmed => {
                self.cancellations += 1;
                self.late += u32::from(timing == CancelTiming::Late);
            }
            BookingState::NoShow { .. } => {
                self.cancellations += 1;
                self.no_shows += 1;
            }
            _ => {}
        }
        Ok(())
    }
}

fn menus(reservation: &Reservation) -> String {
    reservation.lines.iter().fold(" ".to_owned(), |text, line| text + line.menu.as_str() + " ")
}

fn names(customer: &Customer) -> String {
    let kana = [customer.family_kana.as_deref(), customer.given_kana.as_deref()].into_iter().flatten().collect::<String>();
    let line = customer.line.as_ref().and_then(|line| line.display_name.clone()).unwrap_or_default();
    [[customer.family_name.as_str(), customer.given_name.as_str()].concat(), kana, line].map(|name| search_key(&name)).join("|")
}

// A plain file has no quotes: what would need them is a fault of the generator.
fn line(file: &mut impl std::io::Write, cells: &[&dyn std::fmt::Display]) -> Result<(), Failure> {
    let mut text = String::new();
    for (place, cell) in cells.iter().enumerate() {
        let from = text.len();
        write!(text, "{}{cell}", if place == 0 { "" } else { "," })?;
        let written = text.get(from..).unwrap_or_default();
        if written.trim_start_matches(',').contains([',', '"', '\n', '\r']) || (place > 0 && written.starts_with(",,")) {
            return Err("a cell holds a comma, a quote or the end of a line".into());
        }
    }
    Ok(writeln!(file, "{text}")?)
}

/// Writes the three files.
pub fn export(salon: &Salon, folder: &Path) -> Result<(), Failure> {
    let (house, calendar) = (House::new()?, Calendar::default());
    let mut customers = BufWriter::new(File::create(folder.join(CUSTOMERS))?);
    let mut reservations = BufWriter::new(File::create(folder.join(RESERVATIONS))?);
    writeln!(customers, "{CUSTOMER_HEAD}")?;
    writeln!(reservations, "{RESERVATION_HEAD}")?;
    let any_id = || Ok::<_, Failure>(ReservationId::from_ordinal(1));
    for person in salon.people() {
        let id = CustomerId::from_ordinal(person.place);
        let mut sums = Sums::default();
        for reservation in house.reservations(salon, &person, id, any_id)? {
            sums.add(&reservation, calendar.day_of(reservation.start)?.day_number())?;
        }
        let customer = person.record(id, person.place)?;
        let shown = |day: Option<i32>| day.map(|day| day.to_string()).unwrap_or_default();
        let newsletter = customer.newsletter.as_ref().is_some_and(|newsletter| newsletter.opted_in);
        line(
            &mut customers,
            &[
                &person.place,
                &customer.registered_on.day_number(),
                &names(&customer),
                &customer.phones.first().map_or("", |phone| phone.digits.as_str()),
                &customer.emails.first().map_or("", |email| email.key.as_str()),
                &u8::from(customer.line.is_some()),
                &sums.visits,
                &sums.reservations,
                &sums.cancellations,
                &sums.late,
                &sums.no_shows,
                &sums.amount,
                &shown(sums.first_visit),
                &shown(sums.last_visit),
                &sums.last_menus,
                &customer.channels.first().map_or("", String::as_str),
                &u8::from(newsletter),
            ],
        )?;
    }
    customers.flush()?;
    for (place, nth) in Booked::of(salon, &house)?.from(0) {
        let reservation = house.one(salon, place, nth, any_id()?, CustomerId::from_ordinal(place))?;
        let day = calendar.day_of(reservation.start)?.day_number();
        let Some(label) = reservation.label() else { continue };
        let staff = reservation.staff.as_ref().map_or("", |staff| staff.as_str());
        line(&mut reservations, &[&place, &day, &label.name(), &staff, &reservation.shop.as_str(), &menus(&reservation)])?;
    }
    reservations.flush()?;
    let terms = Terms::of(salon)?;
    let asked: Vec<_> = questions(&terms)?
        .iter()
        .map(|question| {
            json!({
                "name": question.name,
                "condition": question.json,
                "sqlite": sql(Dialect::SqliteWithoutTrigrams, question.name, &terms),
                "duckdb": sql(Dialect::DuckDb, question.name, &terms),
            })
        })
        .collect();
    Ok(std::fs::write(folder.join(QUESTIONS), json!({ "now": NOW.0, "terms": terms, "questions": asked }).to_string())?)
}
