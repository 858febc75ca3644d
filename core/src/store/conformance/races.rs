//! Races: real commands whose questions the suite answers in turn, so that they are in each other's way in every way there is.

use super::bench::{Bench, Outcome, Salon};
use super::samples::{NOW, by_id, id};
use crate::booking::{Book, Booked};
use crate::customer::{RegisterByPhone, Registered};
use crate::error::Error;
use crate::id::CustomerId;
use crate::ledger::{Executed, Session};
use crate::lists::AddListing;
use crate::log::{Actor, Channel, Context, Entropy, Role};
use crate::money::Yen;
use crate::record::{Counters, Entity as _, Kind, Line, LineKind, ListKind};
use crate::store::{Ask, Step, Steps};

/// A manager at the counter, under this key.
pub(super) fn context(key: u32) -> Result<Context, String> {
    Ok(Context {
        actor: Actor::new(id("staff-1")?, Role::Manager),
        channel: Channel::Counter,
        now: NOW,
        key: id(&format!("key-{key}"))?,
        entropy: Entropy(u128::from(key).to_be_bytes()),
    })
}

/// Somebody who calls.
pub(super) fn caller(n: u32) -> RegisterByPhone {
    RegisterByPhone {
        family_name: "山田".to_owned(),
        given_name: "花子".to_owned(),
        family_kana: None,
        given_kana: None,
        phone: format!("090-1234-{n:04}"),
    }
}

/// A reservation for tomorrow.
pub(super) fn booking(customer: CustomerId) -> Result<Book, String> {
    Ok(Book {
        customer,
        shop: id("shop-1")?,
        staff: None,
        lines: vec![Line { menu: id("cut")?, staff: None, price: Yen(4_400), kind: LineKind::Basic }],
        start: NOW.plus_ms(86_400_000),
        end: NOW.plus_ms(90_000_000),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    })
}

/// All steps of one piece of work, undisturbed.
pub(super) async fn finish<T>(salon: &Salon, mut steps: Steps<'_, Result<T, Error>>) -> Result<Result<T, Error>, String> {
    let mut answer = None;
    loop {
        match steps.next(answer).map_err(|error| error.to_string())? {
            Step::Done(done) => return Ok(done),
            Step::Ask(ask) => answer = Some(salon.ask(ask).await),
        }
    }
}

/// All steps, of work that must succeed.
pub(super) async fn done<T>(salon: &Salon, steps: Steps<'_, Result<T, Error>>) -> Result<T, String> {
    finish(salon, steps).await?.map_err(|error| format!("a command failed: {error}"))
}

type Racer<'a, T> = (Steps<'a, Result<Executed<T>, Error>>, Option<Ask>, u32);

// One question of each in turn until all are done. Answers what each did, and how often each tried to commit.
async fn race<T>(salon: &Salon, racing: Vec<Steps<'_, Result<Executed<T>, Error>>>) -> Result<Vec<(Executed<T>, u32)>, String> {
    let mut done: Vec<Option<(Executed<T>, u32)>> = Vec::new();
    let mut racers: Vec<Racer<'_, T>> = Vec::new();
    for mut steps in racing {
        match steps.next(None).map_err(|error| error.to_string())? {
            Step::Ask(ask) => racers.push((steps, Some(ask), 0)),
            Step::Done(_) => return Err("the suite is at fault: a command asked nothing".to_owned()),
        }
        done.push(None);
    }
    while done.iter().any(Option::is_none) {
        for ((steps, asked, tries), done) in racers.iter_mut().zip(&mut done) {
            let Some(ask) = asked.take() else { continue };
            *tries = tries.saturating_add(u32::from(matches!(ask, Ask::Commit { .. })));
            match steps.next(Some(salon.ask(ask).await)).map_err(|error| error.to_string())? {
                Step::Ask(next) => *asked = Some(next),
                Step::Done(Ok(executed)) => *done = Some((executed, *tries)),
                Step::Done(Err(error)) => return Err(format!("a racing command failed after {tries} commits: {error}")),
            }
        }
    }
    Ok(done.into_iter().flatten().collect())
}

async fn eight_registrations(salon: &Salon) -> Result<Vec<(Executed<Registered>, u32)>, String> {
    let session = Session::new(salon.id.clone());
    let mut contexts = Vec::new();
    for n in 1..=8 {
        contexts.push((caller(n), context(n)?));
    }
    race(salon, contexts.iter().map(|(command, context)| session.execute(command, context)).collect()).await
}

pub(super) async fn eight_writers_lose_nothing(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let done = eight_registrations(&salon).await?;
    let mut numbers: Vec<u32> = done.iter().map(|(executed, _)| executed.output.number).collect();
    numbers.sort_unstable();
    ensure!(numbers == [1, 2, 3, 4, 5, 6, 7, 8], "eight writers were given the numbers {numbers:?}");
    let mut sequences: Vec<u32> = done.iter().map(|(executed, _)| executed.sequence).collect();
    sequences.sort_unstable();
    ensure!(sequences == [1, 2, 3, 4, 5, 6, 7, 8], "their entries are {sequences:?}");
    let dump = salon.dump().await?;
    ensure!(
        dump.head.sequence == 8 && dump.entries.len() == 8,
        "the log stands at {} with {} entries",
        dump.head.sequence,
        dump.entries.len()
    );
    let customers = dump.records.iter().filter(|record| record.kind() == Kind::Customer).count();
    ensure!(customers == 8, "eight registrations left {customers} customers");
    let counters = salon.find(by_id(Kind::Counters, Counters::ID)).await?;
    let given = counters.first().and_then(|record| Counters::of(record)).map_or(0, |counters| counters.number);
    ensure!(given == 8, "the last number given is {given}");
    let mut previous = crate::log::GENESIS.to_owned();
    for entry in &dump.entries {
        let body = entry.read().map_err(|_| format!("entry {} cannot be read", entry.sequence))?;
        ensure!(body.previous == previous, "entry {} does not follow the one before", entry.sequence);
        previous.clone_from(&entry.hash);
    }
    Ok(())
}

pub(super) async fn no_writer_starves(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let done = eight_registrations(&salon).await?;
    // In turn, each round lets one through: eight tries are enough for the last.
    let most = done.iter().map(|(_, tries)| *tries).max().unwrap_or(0);
    ensure!((1..=8).contains(&most), "a writer needed {most} tries among eight");
    Ok(())
}

pub(super) async fn an_append_between_load_and_commit_is_decided_again(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let session = Session::new(salon.id.clone());
    let (register, at) = (caller(1), context(1)?);
    let customer = done(&salon, session.execute(&register, &at)).await?.output.customer;
    let (book, booking_context) = (booking(customer)?, context(2)?);
    let mut steps = session.execute(&book, &booking_context);
    let mut step = steps.next(None).map_err(|error| error.to_string())?;
    let commit = loop {
        match step {
            Step::Done(_) => return Err("the suite is at fault: a booking did not commit".to_owned()),
            Step::Ask(ask @ Ask::Commit { .. }) => break ask,
            Step::Ask(ask) => step = steps.next(Some(salon.ask(ask).await)).map_err(|error| error.to_string())?,
        }
    };
    // The booking is decided but not committed; now the customer is blacklisted, and may not book any more.
    let (listing, listing_context) = (AddListing { customer, list: ListKind::Black, memo: "memo".to_owned() }, context(3)?);
    done(&salon, session.execute(&listing, &listing_context)).await?;
    let mut answer = Some(salon.ask(commit).await);
    let outcome: Result<Executed<Booked>, Error> = loop {
        match steps.next(answer).map_err(|error| error.to_string())? {
            Step::Done(outcome) => break outcome,
            Step::Ask(ask) => answer = Some(salon.ask(ask).await),
        }
    };
    ensure!(outcome.is_err(), "a booking went through that was decided before the customer was blacklisted");
    let dump = salon.dump().await?;
    ensure!(dump.head.sequence == 2, "the log stands at {} instead of 2", dump.head.sequence);
    ensure!(dump.records.iter().all(|record| record.kind() != Kind::Reservation), "the refused booking left a reservation");
    Ok(())
}

pub(super) async fn the_same_key_at_once_is_done_once(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let session = Session::new(salon.id.clone());
    let (command, context) = (caller(1), context(1)?);
    // A button pressed four times.
    let done = race(&salon, (0..4).map(|_| session.execute(&command, &context)).collect()).await?;
    let new = done.iter().filter(|(executed, _)| !executed.replayed).count();
    ensure!(new == 1, "one command sent four times at once was done {new} times");
    ensure!(done.iter().all(|(executed, _)| executed.output.number == 1 && executed.sequence == 1), "the four answers are not the same");
    let head = salon.head().await?;
    ensure!(head.sequence == 1, "the log stands at {} instead of 1", head.sequence);
    Ok(())
}
