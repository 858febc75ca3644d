//! The gate: may this customer book?

use daicho::booking::{Standing, gate};
use daicho::log::Read;
use daicho::{Channel, Customer, Kind, Listing, MayBook, Record, Store as _, Verdict, Yen};
use std::sync::Arc;

use super::Stocked;
use crate::fill::{manager, salon_id};
use crate::measure::{Line, side_by_side};
use crate::salon::{Failure, NOW, settings};

struct Loaded {
    customer: Customer,
    listings: Vec<Listing>,
    due: Yen,
}

fn load(stocked: &Stocked, count: u32) -> Result<Vec<Loaded>, Failure> {
    let one = |id: daicho::CustomerId| -> Result<Loaded, Failure> {
        let parent = |kind| Read::Parent { kind, parent: id.to_string() };
        let reads = [Read::Id { kind: Kind::Customer, id: id.to_string() }, parent(Kind::Listing), parent(Kind::Reservation)];
        let records: Vec<_> = stocked.memory.store().load(&salon_id()?, &reads)?.records.concat();
        let mut loaded = (None, Vec::new(), Yen::ZERO);
        for record in &records {
            match record {
                Record::Customer(customer) => loaded.0 = Some(customer.clone()),
                Record::Listing(listing) => loaded.1.push(listing.clone()),
                Record::Reservation(reservation) => loaded.2 = loaded.2.plus(reservation.due())?,
                _ => {}
            }
        }
        Ok(Loaded {
            customer: Arc::unwrap_or_clone(loaded.0.ok_or("no such customer")?),
            listings: loaded.1.into_iter().map(Arc::unwrap_or_clone).collect(),
            due: loaded.2,
        })
    };
    stocked.sample(count).into_iter().map(one).collect()
}

/// The rule alone, then the query with its loads, beside one SQL query.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let (loaded, settings, actor) = (load(stocked, 1_000)?, settings(), manager()?);
    let count = u32::try_from(loaded.len())?;
    let channel = |round: u32| if round.is_multiple_of(2) { Channel::Site } else { Channel::Counter };
    let peer = |round: u32| {
        loaded
            .iter()
            .map(|one| stocked.peer_memory.may_book(one.customer.id.ordinal(), channel(round)))
            .collect::<Result<Vec<Verdict>, _>>()
    };
    // The verdict alone: what it takes to know whether the gate is open, without a word allocated.
    let pure = |round: u32| {
        let verdict = |one: &Loaded| Standing::of(&one.customer, &one.listings, one.due).verdict(channel(round), settings.blacklist);
        Ok(loaded.iter().map(verdict).collect())
    };
    let worded =
        |round: u32| Ok(loaded.iter().map(|one| gate(&one.customer, &one.listings, one.due, channel(round), &settings).verdict).collect());
    let asked = |round: u32| -> Result<Vec<Verdict>, Failure> {
        let ask =
            |one: &Loaded| Ok(stocked.memory.query(&MayBook { customer: one.customer.id, channel: channel(round) }, &actor, NOW)?.verdict);
        loaded.iter().map(ask).collect()
    };
    let denied = peer(0)?.into_iter().filter(|verdict| *verdict == Verdict::Denied).count();
    let remark = format!("{count} customers, {denied} denied on the site");
    Ok(vec![
        side_by_side("gate: the rule, on what is loaded", 20, count, pure, peer)?.remark(&remark),
        side_by_side("gate: the rule with its words", 20, count, worded, peer)?.remark(&remark),
        side_by_side("gate: the query, in memory", 20, count, asked, peer)?.remark(&remark),
    ])
}
