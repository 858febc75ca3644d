use std::collections::{BTreeMap, BTreeSet};

use crate::id::{CustomerId, ReservationId};
use crate::record::{Label, Reservation};
use crate::time::Instant;

/// What visits come to, per customer (N1, N5, N8), kept reservation by reservation: whatever happens to one, its old part is taken out
/// before the new one is put in, so a merge, a correction or a removal needs no case of its own, and the order of events does not matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    visits: BTreeMap<ReservationId, Visit>,
    customers: BTreeMap<CustomerId, Sum>,
}

#[derive(Debug, PartialEq, Eq)]
struct Visit {
    customer: CustomerId,
    start: Instant,
    yen: i128,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    starts: BTreeSet<(Instant, ReservationId)>,
    // Wide enough for any number of lines of any price: the sum of a damaged record comes out again when it is corrected.
    yen: i128,
}

impl Figures {
    pub(super) fn put(&mut self, reservation: &Reservation) {
        self.remove(reservation.id);
        if reservation.label() != Some(Label::Visited) {
            return;
        }
        let yen = reservation.lines.iter().map(|line| i128::from(line.price.0)).sum();
        let sum = self.customers.entry(reservation.customer).or_default();
        sum.starts.insert((reservation.start, reservation.id));
        sum.yen += yen;
        self.visits.insert(reservation.id, Visit { customer: reservation.customer, start: reservation.start, yen });
    }

    pub(super) fn remove(&mut self, id: ReservationId) {
        let Some(visit) = self.visits.remove(&id) else { return };
        if let Some(sum) = self.customers.get_mut(&visit.customer) {
            sum.starts.remove(&(visit.start, id));
            sum.yen -= visit.yen;
            if sum.starts.is_empty() {
                self.customers.remove(&visit.customer);
            }
        }
    }

    /// 来店回数 (N1).
    pub(super) fn visits(&self, customer: CustomerId) -> u32 {
        // One per reservation, and reservations are numbered in 32 bits.
        self.customers.get(&customer).map_or(0, |sum| u32::try_from(sum.starts.len()).unwrap_or(u32::MAX))
    }

    /// The start of the latest visit; its business day is 最終来店日 (N5).
    pub(super) fn last_visit(&self, customer: CustomerId) -> Option<Instant> {
        self.customers.get(&customer)?.starts.last().map(|(start, _)| *start)
    }

    /// 合計利用金額 in yen (N8).
    pub(super) fn yen(&self, customer: CustomerId) -> i128 {
        self.customers.get(&customer).map_or(0, |sum| sum.yen)
    }
}
