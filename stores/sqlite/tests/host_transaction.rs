//! The store inside a transaction of the host's: both, or neither.
mod desk;

use daicho::error::StoreError;
use daicho::store::Batch;
use daicho::{Kind, Store as _};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::{Connection, TransactionBehavior};
use desk::{Desk, Place, booking};

#[expect(clippy::unwrap_used, reason = "tests stop where something is wrong")]
fn customers(store: &SqliteStore) -> (u32, usize) {
    let page = store.scan(&"salon-1".parse().unwrap(), Kind::Customer, None, 100).unwrap();
    (page.head.sequence, page.records.len())
}

#[test]
fn m9_what_is_committed_within_the_hosts_transaction_ends_as_it_does() {
    let place = Place::new("host");
    let store = SqliteStore::open(place.file("salon")).unwrap();
    let mut connection = Connection::open(place.file("salon")).unwrap();
    connection.execute_batch("CREATE TABLE outbox (mail TEXT)").unwrap();
    for (keep, expected) in [(false, (0, 0, 0)), (true, (3, 2, 1))] {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let desk = Desk::over(SqliteStore::within(&transaction).unwrap());
        let who = desk.register("花子").unwrap();
        desk.register("桃子").unwrap();
        // The second command sees the first, though nothing is durable yet; others see nothing.
        desk.run(&booking(who, desk::MORNING)).unwrap();
        transaction.execute("INSERT INTO outbox VALUES ('booked')", ()).unwrap();
        assert_eq!(customers(&store), (0, 0));
        drop(desk);
        if keep {
            transaction.commit().unwrap()
        } else {
            transaction.rollback().unwrap()
        }
        let mails: u32 = connection.query_row("SELECT count(*) FROM outbox", (), |row| row.get(0)).unwrap();
        let (sequence, found) = customers(&store);
        assert_eq!((sequence, found, mails), expected);
        let keys: u32 = connection.query_row("SELECT count(*) FROM record_key", (), |row| row.get(0)).unwrap();
        assert_eq!(keys > 0, keep);
    }
}

#[test]
fn a_commit_that_fails_leaves_the_hosts_rows_and_nothing_of_its_own() {
    let place = Place::new("savepoint");
    drop(SqliteStore::open(place.file("salon")).unwrap());
    let mut connection = Connection::open(place.file("salon")).unwrap();
    connection.execute_batch("CREATE TABLE outbox (mail TEXT)").unwrap();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    transaction.execute("INSERT INTO outbox VALUES ('first')", ()).unwrap();
    let within = SqliteStore::within(&transaction).unwrap();
    let salon = "salon-1".parse().unwrap();
    assert_eq!(within.commit(&salon, &Batch { expected: 5, ..Batch::default() }), Err(StoreError::Conflict));
    // A trigger of the host's stops the last statement of a commit, and says something private.
    transaction.execute_batch("CREATE TRIGGER stop BEFORE INSERT ON entry BEGIN SELECT raise(abort, '山田 花子'); END").unwrap();
    let error = Desk::over(SqliteStore::within(&transaction).unwrap()).register("花子").unwrap_err();
    assert_eq!(error.code(), "store.failed");
    assert!(!format!("{error} {error:?}").contains("花子"));
    let count = |table: &str| transaction.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get::<_, u32>(0)).unwrap();
    assert_eq!([count("outbox"), count("salon"), count("entry"), count("record"), count("record_key")], [1, 0, 0, 0, 0]);
}

#[test]
fn a_connection_must_be_in_a_transaction_on_a_store_of_today() {
    let place = Place::new("not-in");
    drop(SqliteStore::open(place.file("salon")).unwrap());
    let connection = Connection::open(place.file("salon")).unwrap();
    assert_eq!(SqliteStore::within(&connection).unwrap_err().code(), "store.failed");
    for (file, version, code) in [("salon", Some(99), "store.version"), ("other", None, "store.foreign")] {
        let mut connection = Connection::open(place.file(file)).unwrap();
        if let Some(version) = version {
            connection.pragma_update(None, "user_version", version).unwrap();
        }
        let transaction = connection.transaction().unwrap();
        assert_eq!(SqliteStore::within(&transaction).unwrap_err().code(), code);
    }
}

#[test]
fn a_transaction_that_read_an_older_state_is_told_to_begin_again() {
    let place = Place::new("stale");
    let store = SqliteStore::open(place.file("salon")).unwrap();
    let mut connection = Connection::open(place.file("salon")).unwrap();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred).unwrap();
    let within = SqliteStore::within(&transaction).unwrap();
    within.load(&"salon-1".parse().unwrap(), &[]).unwrap();
    Desk::named(&store, "other").register("花子").unwrap();
    let error = Desk::over(within).register("桃子").unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("store.unavailable", true));
    assert_eq!(customers(&store), (1, 1));
}
