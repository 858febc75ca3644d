//! A drawn salon put into a store, fast and with a sound log.

use daicho::log::{Draft, Halt};
use daicho::{Actor, Channel, Command, Context, Entropy, Ledger, ReservationId, Role, SalonId, Store};

use crate::booked::Booked;
use crate::reservations::House;
use crate::salon::{Failure, NOW, Salon};

/// Customers of one entry of the log: with their reservations some hundreds of records.
const AT_ONCE: u32 = 25;

/// Enters the customers from one place to another, with their reservations and list entries. A command like any other, so the entries, the
/// sealed parts and the receipts are those of any other.
#[derive(serde::Serialize)]
struct Enter<'a> {
    seed: u64,
    from: u32,
    to: u32,
    #[serde(skip)]
    salon: &'a Salon,
    #[serde(skip)]
    house: &'a House,
    // Their reservations' ids, if not as they come.
    #[serde(skip)]
    booked: Option<&'a Booked>,
}

// A drawn record that cannot be made is a fault of this crate; a command can only say that its store failed.
struct Reason(Halt);

impl From<Failure> for Reason {
    fn from(failure: Failure) -> Self {
        Self(Halt::Reject(daicho::error::StoreError::Failed { detail: failure.to_string() }.into()))
    }
}

impl From<Halt> for Reason {
    fn from(halt: Halt) -> Self {
        Self(halt)
    }
}

impl Command for Enter<'_> {
    type Output = u32;
    const NAME: &'static str = "enterDrawnSalon";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<u32, Halt> {
        self.enter(draft).map_err(|reason| reason.0)
    }
}

impl Enter<'_> {
    fn enter(&self, draft: &mut Draft<'_>) -> Result<u32, Reason> {
        if self.from == 1 {
            draft.put(self.house.settings().clone())?;
        }
        let mut entered = 0_u32;
        // Counted before any is put: an id that is given out is nobody's yet.
        for _ in (self.from..=self.to).flat_map(|place| self.booked.map_or(&[][..], |booked| booked.of_customer(place))) {
            draft.new_reservation()?;
        }
        for person in (self.from..=self.to).map(|place| self.salon.person(place)) {
            let (id, number) = draft.new_customer()?;
            draft.put(person.record(id, number)?)?;
            let mut ranks = self.booked.map(|booked| booked.of_customer(person.place).iter());
            let next = || match &mut ranks {
                Some(ranks) => {
                    let rank = ranks.next().ok_or_else(|| Failure::from("there are not so many"))?;
                    Ok(ReservationId::from_ordinal(rank + 1))
                }
                None => draft.new_reservation().map_err(Reason::from),
            };
            let reservations = self.house.reservations(self.salon, &person, id, next)?;
            for reservation in reservations {
                draft.put(reservation)?;
                entered += 1;
            }
            if person.listed.is_some() {
                let listing = draft.new_listing()?;
                if let Some(listing) = person.listing(listing, id, self.house.actor()) {
                    draft.put(listing)?;
                }
            }
        }
        Ok(entered)
    }
}

/// Whoever runs the salon.
pub fn manager() -> Result<Actor, Failure> {
    Ok(Actor::new("manager-1".parse()?, Role::Manager))
}

/// The id of every drawn salon.
pub fn salon_id() -> Result<SalonId, Failure> {
    Ok("salon-1".parse()?)
}

/// The context of a command under a key of its own.
pub fn context(key: &str) -> Result<Context, Failure> {
    let entropy = daicho::log::digest_hex(&[key.as_bytes()])
        .bytes()
        .take(16)
        .collect::<Vec<u8>>()
        .try_into()
        .map_err(|_| "a digest has 64 digits")?;
    Ok(Context { actor: manager()?, channel: Channel::Counter, now: NOW, key: key.parse()?, entropy: Entropy(entropy) })
}

/// A ledger over a store that holds nothing yet, filled with a salon. Answers also how many reservations there are. Each customer's follow each other.
pub fn fill<S: Store>(store: S, salon: &Salon) -> Result<(Ledger<S>, u32), Failure> {
    fill_with(store, salon, &House::new()?, None)
}

/// The same with the reservations' ids in the order of booking, as in a ledger that was kept from day to day.
pub fn fill_as_booked<S: Store>(store: S, salon: &Salon) -> Result<(Ledger<S>, u32), Failure> {
    let house = House::new()?;
    let booked = Booked::of(salon, &house)?;
    fill_with(store, salon, &house, Some(&booked))
}

fn fill_with<S: Store>(store: S, salon: &Salon, house: &House, booked: Option<&Booked>) -> Result<(Ledger<S>, u32), Failure> {
    let ledger = Ledger::open(store, salon_id()?);
    let mut reservations = 0;
    let mut from = 1;
    while from <= salon.customers() {
        let to = from.saturating_add(AT_ONCE - 1).min(salon.customers());
        let enter = Enter { seed: salon.seed(), from, to, salon, house, booked };
        reservations += ledger.execute(&enter, &context(&format!("enter-{from}"))?)?.output;
        from = to + 1;
    }
    Ok((ledger, reservations))
}
