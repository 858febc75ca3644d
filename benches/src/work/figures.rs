//! What keeping the figures costs a booking: the part that one commit spends on aggregates.

use std::hint::black_box;
use std::time::Instant;

use daicho::log::Read;
use daicho::record::Part;
use daicho::{CustomerId, Figures, Kind, Record, Store as _};

use super::Stocked;
use crate::fill::salon_id;
use crate::measure::{Line, Times};
use crate::salon::{DAY, Failure, NOW};

/// A customer's figures and the booking that comes on top of them.
struct Booked {
    before: Figures,
    booking: Record,
}

fn booked(stocked: &Stocked, customer: CustomerId) -> Result<Option<Booked>, Failure> {
    let id = customer.to_string();
    let reads = [Read::Id { kind: Kind::Figures, id: id.clone() }, Read::Parent { kind: Kind::Reservation, parent: id }];
    let records: Vec<_> = stocked.memory.store().load(&salon_id()?, &reads)?.records.concat();
    let mut figures = None;
    let mut booking = None;
    for record in &records {
        match record {
            Record::Figures(kept) => figures = Some(kept.as_ref().clone()),
            Record::Reservation(reservation) => {
                let mut next = reservation.as_ref().clone();
                next.id = daicho::ReservationId::from_ordinal(u32::MAX);
                next.booking = daicho::BookingState::Confirmed;
                (next.start, next.end) = (NOW.plus_ms(DAY), NOW.plus_ms(DAY + 3_600_000));
                booking = Some(Record::from(next));
            }
            _ => {}
        }
    }
    Ok(figures.zip(booking).map(|(before, booking)| Booked { before, booking }))
}

/// The old figures copied, the booking's part reckoned and put in.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let mut all = Vec::new();
    for customer in stocked.sample(1_000) {
        all.extend(booked(stocked, customer)?);
    }
    let mut times = Vec::new();
    for _ in 0..200 {
        let began = Instant::now();
        for one in &all {
            let mut figures = one.before.clone();
            let part = Part::of(black_box(&one.booking))?;
            black_box(figures.replace(None, part)?);
            black_box(figures);
        }
        times.push(began.elapsed().as_nanos() / u128::try_from(all.len().max(1))?);
    }
    let remark = format!("{} customers with a history: copy, reckon, put in", all.len());
    Ok(vec![Line { what: "figures: a booking's share".to_owned(), ours: Times::of(times), peer: Times::default(), remark }])
}
