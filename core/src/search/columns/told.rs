//! All that columns know, read back customer by customer: two indexes of one state of the ledger know the same, however they came there.

use std::collections::BTreeMap;

use super::bits::number;
use super::bookings::Told as ToldOfReservation;
use super::{Bits, Columns};
use crate::id::{CustomerId, ReservationId};
use crate::identity::{Person, Reader};
use crate::record::{CountField, Gender, TextField};

#[derive(Default, PartialEq, Eq)]
struct Told {
    numbers: Vec<i64>,
    flags: Vec<bool>,
    names: Vec<String>,
    texts: Vec<Vec<String>>,
    custom_fields: Vec<(String, Vec<String>)>,
    visits: Vec<i64>,
    person: Option<Person>,
}

impl PartialEq for Columns {
    fn eq(&self, other: &Self) -> bool {
        self.calendar == other.calendar && self.customers() == other.customers() && self.booked() == other.booked()
    }
}

impl Eq for Columns {}

impl Columns {
    fn customers(&self) -> BTreeMap<CustomerId, Told> {
        let (people, counted) = (&self.people, &self.counted);
        let told = |row: u32| {
            let flags = [&people.active, &people.line, &people.account, &people.newsletter, &people.phone_registration]
                .into_iter()
                .chain([&counted.last_minute, &counted.no_show])
                .chain([Gender::Female, Gender::Male, Gender::Other].map(|gender| people.gender(gender)))
                .chain(&self.lists);
            let counts =
                [CountField::Visits, CountField::Reservations, CountField::Cancellations].map(|field| counted.count(field).get(row));
            let days = [&people.registered, &counted.first_visit, &counted.last_visit].map(|days| days.get(row));
            let person = people.person(row, &mut Reader::default());
            let custom_fields = people.custom_fields.iter().map(|(name, texts)| (name.clone(), texts.of(row)));
            Told {
                numbers: [people.number.get(row), counted.amount.get(row), counted.due(row)]
                    .into_iter()
                    .chain(counts)
                    .chain(days)
                    .collect(),
                flags: flags.map(|flag: &Bits| flag.holds(row)).collect(),
                names: people
                    .channels
                    .of(row)
                    .cloned()
                    .chain(counted.last_menus.of(row).map(ToString::to_string))
                    .chain(self.bookings.names_kept_of(row))
                    .collect(),
                texts: TextField::ALL.into_iter().map(|field| people.texts(field, row)).collect(),
                custom_fields: custom_fields.filter(|(_, texts)| !texts.is_empty()).collect(),
                visits: self.visits.numbers(row),
                person: Some(person),
            }
        };
        let nothing = told(u32::MAX);
        let rows = 0..number(self.places.rows());
        rows.map(|row| (self.customer(row), told(row))).filter(|(_, told)| *told != nothing).collect()
    }

    fn booked(&self) -> BTreeMap<ReservationId, (CustomerId, ToldOfReservation<'_>)> {
        self.bookings.told(&self.places).collect()
    }
}
