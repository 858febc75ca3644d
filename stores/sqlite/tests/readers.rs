//! Readers and the writer of one file at once.
mod desk;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use daicho::log::Read;
use daicho::{Counters, Kind, Store as _};
use daicho_sqlite::rusqlite::{Connection, TransactionBehavior};
use daicho_sqlite::{Options, SqliteStore};
use desk::{Desk, Place};

#[test]
fn a_store_is_shared_among_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<SqliteStore>();
    shared::<daicho::Ledger<SqliteStore>>();
}

#[test]
fn everything_a_read_returns_is_as_of_one_head_while_others_write() {
    let place = Place::new("snapshots");
    let store = SqliteStore::open(place.file("salon")).unwrap();
    let salon = "salon-1".parse().unwrap();
    let done = AtomicBool::new(false);
    let (store, salon, done) = (&store, &salon, &done);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(move || {
                    let mut reads = 0;
                    while !done.load(Ordering::Relaxed) {
                        // Each command registers one customer: the head, the counters and the number of customers move together.
                        let loaded = store.load(salon, &[Read::Id { kind: Kind::Counters, id: Counters::ID.into() }]).unwrap();
                        let counted = loaded.records[0].first().map_or(0, |record| match record {
                            daicho::Record::Counters(counters) => counters.customers,
                            _ => u32::MAX,
                        });
                        assert_eq!(counted, loaded.head.sequence);
                        let page = store.scan(salon, Kind::Customer, None, 1_000).unwrap();
                        assert_eq!(u32::try_from(page.records.len()).unwrap(), page.head.sequence);
                        assert!(page.head.sequence >= loaded.head.sequence);
                        reads += 1;
                    }
                    reads
                })
            })
            .collect();
        let desk = Desk::over(store);
        for _ in 0..100 {
            desk.register("花子").unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(readers.into_iter().map(|reader| reader.join().unwrap()).all(|reads: u32| reads > 0));
    });
}

#[test]
fn readers_do_not_wait_for_a_writer_and_writers_say_that_they_cannot() {
    let place = Place::new("held");
    let mut options = Options::default();
    options.busy_timeout = Duration::from_millis(20);
    let store = SqliteStore::open_with(place.file("salon"), options).unwrap();
    let desk = Desk::over(&store);
    desk.register("花子").unwrap();
    let mut other = Connection::open(place.file("salon")).unwrap();
    let held = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    assert_eq!(store.scan(&"salon-1".parse().unwrap(), Kind::Customer, None, 10).unwrap().records.len(), 1);
    let error = desk.register("桃子").unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("store.unavailable", true));
    // Opening needs no lock where nothing is to be done.
    SqliteStore::open_with(place.file("salon"), options).unwrap();
    held.rollback().unwrap();
    desk.register("桃子").unwrap();
}

#[test]
fn a_store_in_memory_is_a_store() {
    let desk = Desk::over(SqliteStore::open_in_memory().unwrap());
    let who = desk.register("花子").unwrap();
    desk.run(&desk::booking(who, desk::MORNING)).unwrap();
    assert_eq!(desk.ledger.store().changes(desk.ledger.salon(), 0, 10).unwrap().len(), 2);
}
