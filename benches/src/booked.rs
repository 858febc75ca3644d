//! The order in which a drawn salon's reservations were booked, which is the order of their ids in a ledger.

use daicho::Instant;

use crate::reservations::House;
use crate::salon::{Failure, Salon};

/// Who booked when, the first one first.
#[derive(Debug)]
pub struct Booked {
    // Whose, and which of theirs in the order of their start.
    order: Vec<(u32, u32)>,
    // Where each stands in that order, one customer after the other,
    ranks: Vec<u32>,
    // and where each customer's begin; one more than there are customers.
    begins: Vec<usize>,
}

impl Booked {
    /// All of a salon's.
    pub fn of(salon: &Salon, house: &House) -> Result<Self, Failure> {
        let mut booked: Vec<(Instant, u32, u32)> = Vec::new();
        let mut begins = vec![0];
        for person in salon.people() {
            let history = house.history(salon, &person)?;
            booked.extend((0..).zip(&history.appointments).map(|(nth, appointment)| (appointment.booked_at, person.place, nth)));
            begins.push(booked.len());
        }
        booked.sort_unstable();
        let order: Vec<(u32, u32)> = booked.into_iter().map(|(_, place, nth)| (place, nth)).collect();
        let mut ranks = vec![0; order.len()];
        for (rank, (place, nth)) in (0..).zip(&order) {
            let at = usize::try_from(*place)?.checked_sub(1).and_then(|before| begins.get(before)).ok_or("nobody is there")?;
            *ranks.get_mut(at + usize::try_from(*nth)?).ok_or("there are not so many")? = rank;
        }
        Ok(Self { order, ranks, begins })
    }

    /// Whose they are, and which of theirs in the order of their start; those before the place left out.
    pub fn from(&self, place: usize) -> impl Iterator<Item = (u32, usize)> {
        let nth = |nth| usize::try_from(nth).unwrap_or(usize::MAX);
        self.order.get(place..).unwrap_or_default().iter().map(move |(customer, of_theirs)| (*customer, nth(*of_theirs)))
    }

    /// The places of a customer's, in the order of their start.
    #[must_use]
    pub fn of_customer(&self, place: u32) -> &[u32] {
        let at = |place: u32| usize::try_from(place).ok().and_then(|place| self.begins.get(place)).copied();
        let span = place.checked_sub(1).and_then(at).zip(at(place));
        span.and_then(|(from, to)| self.ranks.get(from..to)).unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether nobody booked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}
