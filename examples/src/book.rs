//! Lists and the gate: one on the watch list, one on the black list, and both try to book.

use daicho::{
    AddListing, Book, Channel, CustomerId, CustomerRow, Error, GetListings, GetReservations, Instant, Line, LineKind, ListKind, ListListed,
    MayBook, Yen,
};

use crate::desk::Desk;
use crate::{Failure, heading, name};

const HOUR: i64 = 3_600_000;

/// Puts the first on the watch list and the second on the black list, and books for both.
pub(crate) fn lists_and_gate(desk: &Desk, watched: &CustomerRow, blocked: &CustomerRow) -> Result<(), Failure> {
    heading("要注意人物 and ブラックリスト");
    list(desk, watched, ListKind::Watch, "カラー剤でかぶれたことがある。必ずパッチテストを。")?;
    list(desk, blocked, ListKind::Black, "無断キャンセル3回、スタッフへの暴言。")?;
    for (list, sign) in [(ListKind::Watch, "要注意人物"), (ListKind::Black, "ブラックリスト")] {
        let page = desk.find(&ListListed { list, page_size: None, cursor: None })?;
        let rows: Vec<String> = page.entries.iter().map(|row| format!("{} — {}", name(&row.customer), row.memo)).collect();
        println!("  {sign}: {}", rows.join("; "));
    }
    heading("予約: both want to come tomorrow");
    for row in [watched, blocked] {
        println!("  {}", name(row));
        book(desk, row.id)?;
    }
    Ok(())
}

fn list(desk: &Desk, row: &CustomerRow, list: ListKind, memo: &str) -> Result<(), Failure> {
    let standing = desk.ask(&GetListings { customer: row.id })?.listings.iter().any(|entry| entry.list == list && entry.stands());
    if standing {
        println!("  {} is on it already", name(row));
        return Ok(());
    }
    desk.execute(
        &format!("demo/list/{list:?}/{}/{}", row.id, desk.now().0),
        &AddListing { customer: row.id, list, memo: memo.to_owned() },
    )??;
    Ok(())
}

/// Books for tomorrow, if the gate lets them.
pub(crate) fn book(desk: &Desk, customer: CustomerId) -> Result<(), Failure> {
    let online = desk.ask(&MayBook { customer, channel: Channel::Site })?;
    println!("    the gate says {:?}; staff read {:?}", online.verdict, online.staff_reasons);
    if let Some(message) = online.public_message {
        println!("    the booking site shows 「{message}」");
    }
    let open = desk.ask(&GetReservations { customer })?.reservations.iter().any(|kept| kept.reservation.booking.is_open());
    if open {
        println!("    has a reservation already, from an earlier run");
        return Ok(());
    }
    // Ten o'clock tomorrow, by the clock on the salon's wall.
    let in_japan = desk.now().0 + 9 * HOUR;
    let start = Instant(in_japan - in_japan.rem_euclid(24 * HOUR) + (24 + 10 - 9) * HOUR);
    let lines = vec![Line { menu: "cut".parse()?, staff: None, price: Yen(5_500), kind: LineKind::Basic }];
    let wish = Book {
        customer,
        shop: "main".parse()?,
        staff: Some("staff-1".parse()?),
        lines,
        start,
        end: Instant(start.0 + HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    };
    match desk.execute(&format!("demo/book/{}/{}", customer, desk.now().0), &wish)? {
        Ok(booked) => println!(
            "    booked as {}: {}, warnings {:?}",
            booked.reservation,
            booked.label.map(daicho::Label::japanese).unwrap_or_default(),
            booked.warnings
        ),
        Err(Error::Booking(refused)) => println!("    refused: {} ({refused})", refused.code()),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
