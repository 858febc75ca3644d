//! A store that draws its records when asked: the index of a salon of any size, without the salon.

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::record::{Counters, Part};
use daicho::store::{Batch, Loaded, Page};
use daicho::{CustomerId, Figures, Kind, MemoryStore, Record, Reservation, ReservationId, Store};

use crate::booked::Booked;
use crate::reservations::House;
use crate::salon::{Failure, Salon};

/// Ids of one width each, so that their order as text, which a scan must keep, is the order in which the records are drawn.
pub(crate) const FIRST_CUSTOMER: u32 = 100_000_000;
const FIRST_RESERVATION: u32 = 1_000_000_000;

/// Holds nothing but the salon's seed, and what was written since.
#[derive(Debug)]
pub struct Drawn {
    salon: Salon,
    house: House,
    // Ids follow each other as in a ledger.
    booked: Booked,
    // Whoever is entered is no number of the drawn ones', and nobody asks for all of a kind once the index is there.
    written: MemoryStore,
}

impl Drawn {
    /// The store of a salon.
    pub fn new(salon: &Salon) -> Result<Self, Failure> {
        let house = House::new()?;
        let booked = Booked::of(salon, &house)?;
        Ok(Self { salon: salon.clone(), house, booked, written: MemoryStore::default() })
    }

    // The reservations of a customer.
    fn of(&self, place: u32) -> Result<Vec<Reservation>, Failure> {
        let mut ranks = self.booked.of_customer(place).iter();
        let id = || ranks.next().map(|rank| id(*rank)).ok_or_else(|| Failure::from("there are not so many"));
        self.house.reservations(&self.salon, &self.salon.person(place), CustomerId::from_ordinal(FIRST_CUSTOMER + place), id)
    }
}

// Of the reservation at a place in the order of booking.
const fn id(rank: u32) -> ReservationId {
    ReservationId::from_ordinal(FIRST_RESERVATION + 1 + rank)
}

fn failed(error: impl ToString) -> StoreError {
    StoreError::Failed { detail: error.to_string() }
}

impl Drawn {
    fn customers(&self, after: Option<&str>, limit: u32) -> Result<Vec<Record>, Failure> {
        let after = after.map(str::parse::<CustomerId>).transpose()?.map_or(0, |id| id.ordinal() - FIRST_CUSTOMER);
        self.customers_from(after + 1, limit)
    }

    fn customers_from(&self, place: u32, limit: u32) -> Result<Vec<Record>, Failure> {
        let page = (place..=self.salon.customers()).take(usize::try_from(limit)?);
        page.map(|place| Ok(self.salon.person(place).record(CustomerId::from_ordinal(FIRST_CUSTOMER + place), place)?.into())).collect()
    }

    fn reservations(&self, after: Option<&str>, limit: u32) -> Result<Vec<Record>, Failure> {
        let after = after.map(str::parse::<ReservationId>).transpose()?.map_or(FIRST_RESERVATION, ReservationId::ordinal);
        let place = after - FIRST_RESERVATION;
        let page = self.booked.from(usize::try_from(place)?).take(usize::try_from(limit)?).zip(place..);
        page.map(|((customer, nth), rank)| {
            Ok(self.house.one(&self.salon, customer, nth, id(rank), CustomerId::from_ordinal(FIRST_CUSTOMER + customer))?.into())
        })
        .collect()
    }
}

impl Drawn {
    // As the commits that made the reservations would have left them.
    fn figures(&self, after: Option<&str>, limit: u32) -> Result<Vec<Record>, Failure> {
        let after = after.map(str::parse::<CustomerId>).transpose()?.map_or(0, |id| id.ordinal() - FIRST_CUSTOMER);
        let mut page = Vec::new();
        for place in after + 1..=self.salon.customers() {
            let customer = CustomerId::from_ordinal(FIRST_CUSTOMER + place);
            let mut figures = Figures::none(customer);
            for reservation in self.of(place)? {
                if let Some(part) = Part::of(&reservation.into())? {
                    figures.add(part)?;
                }
            }
            if !figures.is_none() {
                page.push(figures.into());
            }
            if u32::try_from(page.len())? == limit {
                break;
            }
        }
        Ok(page)
    }
}

impl Store for Drawn {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let mut loaded = self.written.load(salon, reads)?;
        for (read, records) in reads.iter().zip(&mut loaded.records).filter(|(_, written)| written.is_empty()) {
            *records = match read {
                Read::Id { kind: Kind::Customer, id } => {
                    let place = id.parse::<CustomerId>().map_err(failed)?.ordinal().checked_sub(FIRST_CUSTOMER);
                    place.map(|place| self.customers_from(place, 1)).transpose().map_err(failed)?.unwrap_or_default()
                }
                // Whoever comes gets the next id.
                Read::Id { kind: Kind::Counters, .. } => {
                    let number = self.salon.customers();
                    let reservations = FIRST_RESERVATION + u32::try_from(self.booked.len()).map_err(failed)?;
                    vec![Counters { number, customers: FIRST_CUSTOMER + number, reservations, ..Counters::default() }.into()]
                }
                _ => Vec::new(),
            };
        }
        Ok(loaded)
    }

    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let records = match kind {
            Kind::Customer => self.customers(after, limit),
            Kind::Reservation => self.reservations(after, limit),
            Kind::Figures => self.figures(after, limit),
            _ => Ok(Vec::new()),
        };
        Ok(Page { head: self.written.load(salon, &[])?.head, records: records.map_err(failed)? })
    }

    fn changes(&self, salon: &SalonId, after: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.written.changes(salon, after, limit)
    }

    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.written.commit(salon, batch)
    }
}
