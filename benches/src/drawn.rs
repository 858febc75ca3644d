//! A store that draws its records when asked: the index of a salon of any size, without the salon.

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::record::{Counters, Part};
use daicho::store::{Batch, Loaded, Page};
use daicho::{CustomerId, Figures, Kind, MemoryStore, Record, Reservation, ReservationId, Store};

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
    // Before the first reservation of each customer: ids follow each other as in a ledger.
    before: Vec<u32>,
    // Whoever is entered is no number of the drawn ones', and nobody asks for all of a kind once the index is there.
    written: MemoryStore,
}

impl Drawn {
    /// The store of a salon.
    pub fn new(salon: &Salon) -> Result<Self, Failure> {
        let mut drawn =
            Self { salon: salon.clone(), house: House::new()?, before: vec![FIRST_RESERVATION], written: MemoryStore::default() };
        let mut next = FIRST_RESERVATION;
        for place in 1..=salon.customers() {
            drawn.before.push(next);
            next += u32::try_from(drawn.of(place)?.len())?;
        }
        Ok(drawn)
    }

    // The reservations of a customer.
    fn of(&self, place: u32) -> Result<Vec<Reservation>, Failure> {
        let mut next = self.before.get(usize::try_from(place)?).copied().unwrap_or_default();
        let id = || {
            next += 1;
            Ok::<_, Failure>(ReservationId::from_ordinal(next))
        };
        self.house.reservations(&self.salon, &self.salon.person(place), CustomerId::from_ordinal(FIRST_CUSTOMER + place), id)
    }
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
        let mut page: Vec<Record> = Vec::new();
        let first = self.before.partition_point(|before| *before <= after).saturating_sub(1).max(1);
        for place in u32::try_from(first)?..=self.salon.customers() {
            for reservation in self.of(place)?.into_iter().filter(|reservation| reservation.id.ordinal() > after) {
                page.push(reservation.into());
                if u32::try_from(page.len())? == limit {
                    return Ok(page);
                }
            }
        }
        Ok(page)
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
                    let reservations = self.before.last().copied().unwrap_or_default();
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
