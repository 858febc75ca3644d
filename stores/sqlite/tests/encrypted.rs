//! Files that nobody reads without their key (the feature `sqlcipher`).
mod desk;

use std::path::Path;

use daicho::store::conformance::{self, NAMES};
use daicho::{SearchCustomers, Store as _};
use daicho_sqlite::rusqlite::Connection;
use daicho_sqlite::{FileKey, Options, SqliteStore};
use daicho_tests::canary::{CANARIES, canaries_kept, canary_in, life};
use desk::Place;

fn key(byte: u8) -> FileKey {
    FileKey::new([byte; 32])
}

fn open(file: &Path, byte: u8) -> Result<SqliteStore, daicho::error::StoreError> {
    SqliteStore::open_encrypted(file, key(byte), Options::default())
}

// Which files beside the store's hold which canary.
#[expect(clippy::unwrap_used, reason = "a test that cannot look fails")]
fn found(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        let bytes = std::fs::read(path).unwrap();
        found.extend(canary_in(&bytes).map(|canary| format!("{}: {canary}", name.display())));
    }
    found
}

#[test]
fn an_encrypted_store_passes_the_suite() {
    let place = Place::new("encrypted");
    let results = conformance::run(&open(&place.file("salon"), 7).unwrap()).unwrap();
    assert_eq!(results.len(), NAMES.len());
    let red: Vec<_> = results.into_iter().filter(|result| !result.passed).map(|result| result.name).collect();
    assert_eq!(red, Vec::<String>::new());
}

#[test]
fn an_encrypted_file_holds_no_canary_and_an_open_one_does() {
    for encrypted in [true, false] {
        let place = Place::new(if encrypted { "canaries" } else { "canaries-open" });
        let file = place.file("salon");
        let store = if encrypted { open(&file, 7).unwrap() } else { SqliteStore::open(&file).unwrap() };
        let mut desk = daicho_tests::Desk::over(store);
        life(&mut desk).unwrap();
        // So that the index is kept too.
        desk.ledger.search(&SearchCustomers::default(), &desk.actor, desk.now).unwrap();
        assert!(canaries_kept(&desk).len() >= 40, "they are there for whoever has the key");
        let folder = file.parent().unwrap();
        let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "{names:?}");
        let while_open = found(folder);
        desk.ledger.store().sweep().unwrap();
        drop(desk);
        let closed = found(folder);
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!((while_open.is_empty(), closed.is_empty(), bytes.starts_with(b"SQLite format 3")), (encrypted, encrypted, !encrypted));
        if !encrypted {
            let seen = CANARIES.iter().filter(|canary| bytes.windows(canary.len()).any(|window| window == canary.as_bytes())).count();
            assert!(seen >= 5, "{seen}");
        }
    }
}

#[test]
fn a_key_opens_its_own_file_and_says_nothing_of_itself() {
    let place = Place::new("keys");
    let (file, plain) = (place.file("salon"), place.file("plain"));
    let who = {
        let desk = desk::Desk::over(open(&file, 7).unwrap());
        desk.register("花子").unwrap()
    };
    drop(SqliteStore::open(&plain).unwrap());
    let before = [&file, &plain].map(|file| std::fs::read(file).unwrap());
    let hexadecimal = "07".repeat(32);
    for (error, code) in [
        (open(&file, 8).unwrap_err(), "store.wrong_key"),
        (open(&plain, 7).unwrap_err(), "store.not_encrypted"),
        (SqliteStore::open(&file).unwrap_err(), "store.foreign"),
    ] {
        let said = format!("{error} {error:?}");
        assert_eq!((error.code(), error.is_retryable()), (code, false));
        assert!(!said.contains(&hexadecimal) && !said.contains("[7, 7") && !said.contains("0808"), "{said}");
    }
    assert!([&file, &plain].map(|file| std::fs::read(file).unwrap()) == before, "what was not opened was not touched");
    let store = open(&file, 7).unwrap();
    for shown in [format!("{:?} {:#?}", key(7), key(7)), format!("{store:?} {store:#?}")] {
        assert!(!shown.contains(&hexadecimal) && !shown.contains("7, 7"), "{shown}");
    }
    let read = [daicho::log::Read::Id { kind: daicho::Kind::Customer, id: who.to_string() }];
    assert_eq!(store.load(&"salon-1".parse().unwrap(), &read).unwrap().records[0].len(), 1);
    // A shell without the key sees no database at all.
    assert!(Connection::open(&file).unwrap().query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0)).is_err());
}
