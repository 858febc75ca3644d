//! Booking a reservation at the counter.

use std::time::Instant;

use daicho::store::{Ask, Step, answer};
use daicho::{Book, Ledger, Line as Menu, LineKind, Store, Yen};

use super::Stocked;
use crate::fill::context;
use crate::measure::{Line, Times, side_by_side};
use crate::peer::Peer;
use crate::salon::{DAY, Failure, HOUR, NOW, settings};

fn bookings(stocked: &Stocked, count: u32) -> Result<Vec<Book>, Failure> {
    let free = stocked.sample(count).into_iter().filter(|customer| stocked.salon.person(customer.ordinal()).listed.is_none());
    free.map(|customer| {
        let start = NOW.plus_ms(DAY + i64::from(customer.ordinal() % 20) * HOUR);
        Ok(Book {
            customer,
            shop: "honten".parse()?,
            staff: Some("staff-3".parse()?),
            lines: vec![Menu { menu: "cut".parse()?, staff: None, price: Yen(4_400), kind: LineKind::Basic }],
            start,
            end: start.plus_ms(HOUR),
            comment: Some("前髪は短めで".to_owned()),
            prepay: false,
            tentative: false,
            tickets: Vec::new(),
        })
    })
    .collect()
}

/// How many bookings a side enters before it is the other's turn: as on a server with something to do, neither begins each in a cold cache.
const TURN: u32 = 20;

fn compare<S: Store>(what: &str, books: &[Book], ledger: &Ledger<S>, peer: &mut Peer) -> Result<Line, Failure> {
    let policy = settings().cancellation;
    // Both sides are handed their keys.
    let keyed = books.iter().enumerate().map(|(place, book)| (format!("book-{place}"), book)).collect::<Vec<_>>();
    let turns = keyed.chunks_exact(usize::try_from(TURN)?).collect::<Vec<_>>();
    let contexts = keyed.iter().map(|(key, _)| context(key)).collect::<Result<Vec<_>, _>>()?;
    let turn = |round: u32| turns.get(usize::try_from(round)?).ok_or_else(|| Failure::from("no bookings"));
    side_by_side(
        what,
        u32::try_from(turns.len())?,
        TURN,
        |round| {
            let contexts = contexts.chunks_exact(usize::try_from(TURN)?).nth(usize::try_from(round)?).ok_or("no contexts")?;
            let booked = turn(round)?.iter().zip(contexts).map(|((_, book), context)| {
                let booked = ledger.execute(*book, context)?.output;
                Ok(Some((booked.reservation.ordinal(), u32::try_from(booked.overlaps.len())?)))
            });
            booked.collect::<Result<Vec<_>, Failure>>()
        },
        |round| turn(round)?.iter().map(|(key, book)| peer.book(book, key, &policy)).collect::<Result<Vec<_>, _>>(),
    )
}

/// Where a booking's time goes: the store's part and ours, step by step.
fn parts<S: Store>(what: &str, books: &[Book], ledger: &Ledger<S>, peer: &mut Peer) -> Result<Vec<Line>, Failure> {
    let policy = settings().cancellation;
    let (mut loading, mut committing, mut deciding) = (Vec::new(), Vec::new(), Vec::new());
    for (place, book) in books.iter().enumerate() {
        let key = format!("book-again-{place}");
        let context = context(&key)?;
        let (mut load, mut commit, mut stored) = (0, 0, 0);
        let began = Instant::now();
        let mut steps = ledger.session().execute(book, &context);
        let mut step = steps.next(None)?;
        while let Step::Ask(ask) = step {
            let asked = Instant::now();
            let answered = answer(ledger.store(), ledger.salon(), &ask);
            let took = asked.elapsed().as_nanos();
            stored += took;
            *(if matches!(ask, Ask::Commit { .. }) { &mut commit } else { &mut load }) += took;
            step = steps.next(Some(answered))?;
        }
        let whole = began.elapsed().as_nanos();
        loading.push(load);
        committing.push(commit);
        deciding.push(whole.saturating_sub(stored));
        // Not measured here; both sides go on from the same bookings.
        peer.book(book, &key, &policy)?;
    }
    let line =
        |part: &str, times| Line { what: format!("{what}: {part}"), ours: Times::of(times), peer: Times::default(), remark: String::new() };
    Ok(vec![
        line("the store's load", loading),
        line("the rules, the log's entry, the receipt", deciding),
        line("the store's commit", committing),
    ])
}

/// In memory, and in a file that is on the disk when the command returns.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let books = bookings(stocked, 1_000)?;
    let remark = "key, gate, overlap warning, reservation, figures, journal; twenty a turn";
    let mut lines = vec![compare("booking, in memory", &books, &stocked.memory, &mut stocked.peer_memory)?.remark(remark)];
    lines.extend(parts("booking, in memory", &books, &stocked.memory, &mut stocked.peer_memory)?);
    lines.push(compare("booking, in a file, on the disk", &books, &stocked.file, &mut stocked.peer_file)?.remark(remark));
    lines.extend(parts("booking, in a file", &books, &stocked.file, &mut stocked.peer_file)?);
    Ok(lines)
}
