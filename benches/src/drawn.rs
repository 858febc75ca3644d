//! A store that draws its records when asked: the index of a salon of any size, without the salon.

use std::sync::Arc;

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::record::Part;
use daicho::store::{Batch, Head, Loaded, Page};
use daicho::{CustomerId, Figures, Kind, Record, ReservationId, Store};

use crate::reservations::House;
use crate::salon::{Failure, Salon};

/// Ids of one width each, so that their order as text, which a scan must keep, is the order in which the records are drawn.
const FIRST_CUSTOMER: u32 = 100_000_000;
const FIRST_RESERVATION: u32 = 1_000_000_000;

/// Holds nothing but the salon's seed. It stands before the first entry of the log and takes none.
#[derive(Debug)]
pub struct Drawn {
    salon: Salon,
    house: House,
}

impl Drawn {
    /// The store of a salon.
    pub fn new(salon: &Salon) -> Result<Self, Failure> {
        Ok(Self { salon: salon.clone(), house: House::new()? })
    }
}

fn failed(error: impl ToString) -> StoreError {
    StoreError::Failed { detail: error.to_string() }
}

impl Drawn {
    fn customers(&self, after: Option<&str>, limit: u32) -> Result<Vec<Arc<Record>>, Failure> {
        let after = after.map(str::parse::<CustomerId>).transpose()?.map_or(0, |id| id.ordinal() - FIRST_CUSTOMER);
        let page = (after + 1..=self.salon.customers()).take(usize::try_from(limit)?);
        page.map(|place| Ok(Arc::new(self.salon.person(place).record(CustomerId::from_ordinal(FIRST_CUSTOMER + place), place)?.into())))
            .collect()
    }

    // A reservation's id holds its customer's place and its own among theirs: a page can begin anywhere. Up to 200 each, up to 12 million customers.
    fn reservations(&self, after: Option<&str>, limit: u32) -> Result<Vec<Arc<Record>>, Failure> {
        let after = after.map(str::parse::<ReservationId>).transpose()?.map_or(FIRST_RESERVATION, ReservationId::ordinal);
        let mut page: Vec<Arc<Record>> = Vec::new();
        for place in ((after - FIRST_RESERVATION) / 256).max(1)..=self.salon.customers() {
            let mut next = FIRST_RESERVATION + place * 256;
            let id = || {
                next += 1;
                Ok::<_, Failure>(ReservationId::from_ordinal(next))
            };
            let drawn =
                self.house.reservations(&self.salon, &self.salon.person(place), CustomerId::from_ordinal(FIRST_CUSTOMER + place), id)?;
            for reservation in drawn.into_iter().filter(|reservation| reservation.id.ordinal() > after) {
                page.push(Arc::new(reservation.into()));
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
    fn figures(&self, after: Option<&str>, limit: u32) -> Result<Vec<Arc<Record>>, Failure> {
        let after = after.map(str::parse::<CustomerId>).transpose()?.map_or(0, |id| id.ordinal() - FIRST_CUSTOMER);
        let mut page = Vec::new();
        for place in after + 1..=self.salon.customers() {
            let customer = CustomerId::from_ordinal(FIRST_CUSTOMER + place);
            let mut next = FIRST_RESERVATION + place * 256;
            let id = || {
                next += 1;
                Ok::<_, Failure>(ReservationId::from_ordinal(next))
            };
            let mut figures = Figures::none(customer);
            for reservation in self.house.reservations(&self.salon, &self.salon.person(place), customer, id)? {
                if let Some(part) = Part::of(&reservation.into())? {
                    figures.add(part)?;
                }
            }
            if !figures.is_none() {
                page.push(Arc::new(figures.into()));
            }
            if u32::try_from(page.len())? == limit {
                break;
            }
        }
        Ok(page)
    }
}

impl Store for Drawn {
    fn load(&self, _: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        Ok(Loaded { head: Head::default(), records: vec![Vec::new(); reads.len()] })
    }

    fn scan(&self, _: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let records = match kind {
            Kind::Customer => self.customers(after, limit),
            Kind::Reservation => self.reservations(after, limit),
            Kind::Figures => self.figures(after, limit),
            _ => Ok(Vec::new()),
        };
        Ok(Page { head: Head::default(), records: records.map_err(failed)? })
    }

    fn changes(&self, _: &SalonId, _: u32, _: u32) -> Result<Vec<Entry>, StoreError> {
        Ok(Vec::new())
    }

    fn commit(&self, _: &SalonId, _: &Batch) -> Result<(), StoreError> {
        Err(failed("a drawn salon takes no entries"))
    }
}
