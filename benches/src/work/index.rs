//! The index alone, over a store that draws its records when asked: what a salon of any size costs in time and memory, without its records.

use std::sync::Arc;

use daicho::error::StoreError;
use daicho::id::SalonId;
use daicho::log::{Entry, Read};
use daicho::record::Part;
use daicho::store::{Batch, Head, Loaded, Page};
use daicho::{CustomerId, Figures, Kind, Ledger, Record, ReservationId, Store};

use super::questions;
use super::search::{Needle, search};
use crate::fill::salon_id;
use crate::measure::{Line, Times, alone, memory};
use crate::reservations::House;
use crate::salon::{Failure, Salon};

/// Ids of one width each, so that their order as text, which a scan must keep, is the order in which the records are drawn.
const FIRST_CUSTOMER: u32 = 100_000_000;
const FIRST_RESERVATION: u32 = 1_000_000_000;

/// Holds nothing but the salon's seed. It stands before the first entry of the log and takes none.
#[derive(Debug)]
struct Drawn {
    salon: Salon,
    house: House,
    // The ordinal before each customer's first reservation: ids without gaps, as a ledger gives them, and a page can begin anywhere.
    before: Vec<u32>,
}

fn failed(error: impl ToString) -> StoreError {
    StoreError::Failed { detail: error.to_string() }
}

impl Drawn {
    fn new(salon: &Salon) -> Result<Self, Failure> {
        let mut before = Vec::new();
        let mut next = FIRST_RESERVATION;
        for place in 1..=salon.customers() {
            before.push(next);
            next += u32::try_from(salon.history_of(place))?;
        }
        Ok(Self { salon: salon.clone(), house: House::new()?, before })
    }

    fn before(&self, place: u32) -> Result<u32, Failure> {
        let place = usize::try_from(place)?.checked_sub(1).ok_or("customers are counted from 1")?;
        self.before.get(place).copied().ok_or_else(|| "no such customer".into())
    }

    fn customers(&self, after: Option<&str>, limit: u32) -> Result<Vec<Arc<Record>>, Failure> {
        let after = after.map(str::parse::<CustomerId>).transpose()?.map_or(0, |id| id.ordinal() - FIRST_CUSTOMER);
        let page = (after + 1..=self.salon.customers()).take(usize::try_from(limit)?);
        page.map(|place| Ok(Arc::new(self.salon.person(place).record(CustomerId::from_ordinal(FIRST_CUSTOMER + place), place)?.into())))
            .collect()
    }

    fn reservations(&self, after: Option<&str>, limit: u32) -> Result<Vec<Arc<Record>>, Failure> {
        let after = after.map(str::parse::<ReservationId>).transpose()?.map_or(FIRST_RESERVATION, ReservationId::ordinal);
        let mut page: Vec<Arc<Record>> = Vec::new();
        let first = u32::try_from(self.before.partition_point(|before| *before <= after))?;
        for place in first.max(1)..=self.salon.customers() {
            let mut next = self.before(place)?;
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
            let mut next = self.before(place)?;
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

fn scan_all(store: &Drawn) -> Result<u32, Failure> {
    let mut count = 0_u32;
    for kind in [Kind::Customer, Kind::Reservation, Kind::Figures] {
        let mut after = None;
        loop {
            let page = store.scan(&salon_id()?, kind, after.as_deref(), 1_000)?.records;
            let Some(last) = page.last() else { break };
            after = Some(last.id());
            count = count.saturating_add(u32::try_from(page.len())?);
        }
    }
    Ok(count)
}

/// Drawing every record, drawing and indexing them, memory, and the searches. There is no peer.
pub fn run(salon: &Salon) -> Result<Vec<Line>, Failure> {
    let store = Drawn::new(salon)?;
    let line = |what: &str, ours, remark: String| Line { what: what.to_owned(), ours, peer: Times::default(), remark };
    let (mut drawing, mut building) = (Times::default(), Times::default());
    let records = alone(&mut drawing, || scan_all(&store))?;
    let ledger = Ledger::open(store, salon_id()?);
    let before = memory();
    alone(&mut building, || search(&ledger, &Needle::Number("1".to_owned())))?;
    let used = memory().saturating_sub(before);
    let mut lines = vec![
        line("index: drawing every record", drawing, format!("{records} records")),
        line(
            "index: drawing and indexing every record",
            building,
            format!("{} MB, {} bytes a customer", used / 1024, used * 1024 / u64::from(salon.customers().max(1))),
        ),
    ];
    for (what, needle) in Needle::all(salon) {
        let mut times = Times::default();
        let mut total = 0;
        for _ in 0..10 {
            total = alone(&mut times, || search(&ledger, &needle))?.total;
        }
        lines.push(line(&format!("index: {what}"), times, format!("{total} found")));
    }
    lines.extend(questions::run(&ledger, salon)?);
    Ok(lines)
}
