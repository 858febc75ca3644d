//! Booking a reservation at the counter.

use daicho::{Book, Ledger, Line as Menu, LineKind, Store, Yen};

use super::Stocked;
use crate::fill::context;
use crate::measure::{Line, side_by_side};
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

fn compare<S: Store>(what: &str, books: &[Book], ledger: &Ledger<S>, peer: &mut Peer) -> Result<Line, Failure> {
    let policy = settings().cancellation;
    let book = |round: u32| books.get(usize::try_from(round)?).ok_or_else(|| Failure::from("no booking"));
    side_by_side(
        what,
        u32::try_from(books.len())?,
        1,
        |round| {
            let booked = ledger.execute(book(round)?, &context(&format!("book-{round}"))?)?.output;
            Ok(Some((booked.reservation.ordinal(), u32::try_from(booked.overlaps.len())?)))
        },
        |round| peer.book(book(round)?, &format!("book-{round}"), &policy),
    )
}

/// In memory, and in a file that is on the disk when the command returns.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let books = bookings(stocked, 200)?;
    let remark = "key, gate, overlap warning, reservation, journal";
    Ok(vec![
        compare("booking, in memory", &books, &stocked.memory, &mut stocked.peer_memory)?.remark(remark),
        compare("booking, in a file, on the disk", &books, &stocked.file, &mut stocked.peer_file)?.remark(remark),
    ])
}
