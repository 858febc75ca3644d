//! The views for people with an SQL shell say what the library says.
mod desk;

use daicho::store::Batch;
use daicho::{
    AddListing, BookingState, CancelTiming, CancelledBy, ConfigureSalon, Fee, GetReservations, Instant, ListKind, Move, MoveReservation,
    Prepayment, Record, RegisterByPhone, Reservation, Settings, Store as _, Yen,
};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::Connection;
use desk::{Desk, HOUR, MORNING, Place, booking};

#[expect(clippy::unwrap_used, reason = "an id written out")]
fn every_state() -> Vec<(BookingState, Prepayment, Fee)> {
    let at = MORNING;
    let mut bookings = vec![
        BookingState::Tentative,
        BookingState::Confirmed,
        BookingState::Visited { at },
        BookingState::NoShow { at },
        BookingState::EnteredInError { at },
    ];
    for by in [CancelledBy::Customer, CancelledBy::Shop] {
        for timing in [CancelTiming::Early, CancelTiming::Late] {
            bookings.push(BookingState::Cancelled { by, at, timing });
        }
    }
    let amount = Yen(1_000);
    let prepayments = [
        Prepayment::NotSelected,
        Prepayment::Unpaid,
        Prepayment::Paid { amount },
        Prepayment::Refunded { amount },
        Prepayment::Kept { kept: amount, refund: Yen::ZERO },
    ];
    let fees = [
        Fee::None,
        Fee::Due { amount },
        Fee::Paid { amount },
        Fee::Waived { amount, by: "manager-1".parse().unwrap(), reason: "天候".to_owned() },
    ];
    let mut all = Vec::new();
    for booking in bookings {
        for prepayment in prepayments {
            all.extend(fees.iter().map(|fee| (booking, prepayment, fee.clone())));
        }
    }
    all
}

#[test]
fn r2_the_view_shows_the_label_of_every_state() {
    let place = Place::new("labels");
    let desk = Desk::over(SqliteStore::open(place.file("salon")).unwrap());
    let who = desk.register("花子").unwrap();
    let booked = desk.run(&booking(who, MORNING)).unwrap().reservation;
    let rows = desk
        .ledger
        .query(&GetReservations { customer: who }, &daicho::Actor::new("m".parse().unwrap(), daicho::Role::Manager), MORNING)
        .unwrap();
    let template = rows.reservations[0].reservation.clone();
    let shell = Connection::open(place.file("salon")).unwrap();
    let states = every_state();
    assert_eq!(states.len(), 9 * 5 * 4);
    for (booking, prepayment, fee) in states {
        let reservation = Reservation { booking, prepayment, fee, ..template.clone() };
        let (label, due) = (reservation.label().map(|label| label.japanese().to_owned()), reservation.due().0);
        let batch = Batch { expected: 2, puts: vec![Record::from(reservation.clone())], ..Batch::default() };
        desk.ledger.store().commit(&"salon-1".parse().unwrap(), &batch).unwrap();
        let mut statement = shell.prepare_cached("SELECT label, fee_due FROM reservations WHERE id = ?1").unwrap();
        let shown: Vec<(String, i64)> =
            statement.query_map([booked.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let expected: Vec<(String, i64)> = label.into_iter().map(|label| (label, due)).collect();
        assert_eq!(shown, expected, "{reservation:?}");
    }
}

#[test]
fn t2_a_reservation_is_shown_with_the_clocks_of_its_salon() {
    let place = Place::new("clocks");
    let desk = Desk::over(SqliteStore::open(place.file("salon")).unwrap());
    let who = desk.register("花子").unwrap();
    desk.run(&booking(who, MORNING)).unwrap();
    let shell = Connection::open(place.file("salon")).unwrap();
    let row = || -> (String, String, String, String, i64, i64, String) {
        let sql = "SELECT starts_at, ends_at, staff, menus, price, number, name FROM reservations";
        shell
            .query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)))
            .unwrap()
    };
    let text = |texts: [&str; 4]| texts.map(ToOwned::to_owned);
    let (starts, ends, staff, menus, price, number, name) = row();
    assert_eq!([starts, ends, staff, menus], text(["2026-11-21 10:00", "2026-11-21 11:00", "staff-7", "カット、カラー"]));
    assert_eq!((price, number, name.as_str()), (11_000, 1, "山田 花子"));
    let calendar = daicho::Calendar { utc_offset_minutes: -90, day_starts_minutes: 0 };
    desk.run(&ConfigureSalon { settings: Settings { calendar, ..Settings::default() } }).unwrap();
    assert_eq!(row().0, "2026-11-20 23:30");
}

#[test]
fn c10_the_view_of_customers_shows_what_the_list_shows() {
    let place = Place::new("customers");
    let desk = Desk::over(SqliteStore::open(place.file("salon")).unwrap());
    let who = desk.register("花子").unwrap();
    for (hours, to) in [(-48, Move::Visit), (-24, Move::Visit), (-12, Move::CancelByShop)] {
        let booked = desk.run(&booking(who, Instant(MORNING.0 + hours * HOUR))).unwrap();
        desk.run(&MoveReservation { reservation: booked.reservation, to }).unwrap();
    }
    desk.run(&AddListing { customer: who, list: ListKind::Watch, memo: "要確認".into() }).unwrap();
    let phone = RegisterByPhone {
        family_name: "サトウ".into(),
        given_name: "モモコ".into(),
        family_kana: None,
        given_kana: None,
        phone: "090-0000-0001".into(),
    };
    desk.run(&phone).unwrap();
    let shell = Connection::open(place.file("salon")).unwrap();
    let columns = "number || '|' || state || '|' || family_name || given_name || '|' || ifnull(given_kana, '') || '|' || ifnull(phones, '') || '|' || ifnull(emails, '')
        || '|' || ifnull(birthday, '') || '|' || ifnull(channels, '') || '|' || registered_on || '|' || line_linked || '|' || phone_registration
        || '|' || on_watch_list || on_grey_list || on_black_list || '|' || visits || '|' || ifnull(last_visit, '') || '|' || amount || '|' || fees_due";
    let mut statement = shell.prepare(&format!("SELECT {columns} FROM customers ORDER BY number")).unwrap();
    let shown: Vec<String> = statement.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(
        shown,
        [
            "1|active|山田花子|ハナコ|090-1234-5678、03-1234-5678|hanako@example.jp|1990-02-03|紹介、看板|2026-11-21|0|0|100|2|2026-11-20|22000|0",
            "2|active|サトウモモコ|モモコ|090-0000-0001||||2026-11-21|0|1|000|0||0|0",
        ]
    );
}
