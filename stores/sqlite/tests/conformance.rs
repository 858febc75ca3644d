//! The suite that every store passes.
mod desk;

use daicho::store::conformance::{self, NAMES};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::{Connection, TransactionBehavior};
use desk::Place;

#[expect(clippy::unwrap_used, reason = "a suite that cannot go on fails")]
fn red(store: &impl daicho::Store) -> Vec<String> {
    let results = conformance::run(store).unwrap();
    assert_eq!(results.len(), NAMES.len());
    results
        .into_iter()
        .filter(|result| !result.passed)
        .map(|result| format!("{}: {}", result.name, result.detail.unwrap_or_default()))
        .collect()
}

#[test]
fn a_store_in_a_file_passes() {
    let place = Place::new("conformance");
    assert_eq!(red(&SqliteStore::open(place.file("salon")).unwrap()), Vec::<String>::new());
}

#[test]
fn a_store_in_memory_passes() {
    assert_eq!(red(&SqliteStore::open_in_memory().unwrap()), Vec::<String>::new());
}

#[test]
fn a_store_in_a_transaction_of_the_hosts_passes() {
    let place = Place::new("conformance-within");
    drop(SqliteStore::open(place.file("salon")).unwrap());
    let mut connection = Connection::open(place.file("salon")).unwrap();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    assert_eq!(red(&SqliteStore::within(&transaction).unwrap()), Vec::<String>::new());
}
