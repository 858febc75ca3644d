//! What a file may be when it is opened, and what is said of one that is damaged.
mod desk;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use daicho::error::StoreError;
use daicho::log::Read;
use daicho::{GetCustomer, Kind, SalonId, Store as _};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::Connection;
use desk::{Desk, Place};

#[test]
fn what_was_committed_is_there_when_the_file_is_opened_again() {
    let place = Place::new("again");
    let file = place.file("salon");
    let who = Desk::over(SqliteStore::open(&file).unwrap()).register("花子").unwrap();
    let store = SqliteStore::open(&file).unwrap();
    let salon = "salon-1".parse().unwrap();
    let loaded = store.load(&salon, &[Read::Id { kind: Kind::Customer, id: who.to_string() }]).unwrap();
    assert_eq!((loaded.head.sequence, loaded.records[0].len()), (1, 1));
    // Byte for byte: what lies in the file is what was written.
    let shell = Connection::open(&file).unwrap();
    let body: String = shell.query_row("SELECT body FROM record WHERE kind = 'customer'", (), |row| row.get(0)).unwrap();
    assert_eq!(body, loaded.records[0][0].to_json().unwrap());
}

#[test]
fn the_file_says_what_it_is() {
    let place = Place::new("pragmas");
    let file = place.file("salon");
    let store = SqliteStore::open(&file).unwrap();
    let shell = Connection::open(&file).unwrap();
    let text = |sql: &str| shell.query_row(sql, (), |row| row.get::<_, String>(0)).unwrap();
    let number = |sql: &str| shell.query_row(sql, (), |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((number("PRAGMA application_id"), number("PRAGMA user_version")), (0x6469_6368, 6));
    assert_eq!(text("PRAGMA journal_mode"), "wal");
    let tables = "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict ORDER BY name)";
    assert_eq!(text(tables), "entry,kept_index,owed_sweep,record,record_key,salon");
    drop(store);
}

#[test]
fn a_foreign_file_is_refused_and_left_as_it_is() {
    let place = Place::new("foreign");
    let other = place.file("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('x')").unwrap();
    let versioned = place.file("versioned.db");
    Connection::open(&versioned).unwrap().execute_batch("PRAGMA user_version = 1").unwrap();
    let text = place.file("text");
    std::fs::write(&text, "姓,名\n山田,花子\n".repeat(100)).unwrap();
    for file in [other, versioned, text] {
        let before = std::fs::read(&file).unwrap();
        assert_eq!(SqliteStore::open(&file).unwrap_err(), StoreError::Foreign, "{}", file.display());
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
    assert_eq!(SqliteStore::open(place.file("no/such/directory/salon")).unwrap_err().code(), "store.failed");
    // An empty file is as good as none.
    let empty = place.file("empty");
    std::fs::write(&empty, "").unwrap();
    SqliteStore::open(&empty).unwrap();
}

#[test]
fn a_newer_file_is_refused_by_its_version() {
    let place = Place::new("newer");
    let file = place.file("salon");
    drop(SqliteStore::open(&file).unwrap());
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert_eq!(SqliteStore::open(&file).unwrap_err(), StoreError::Version { found: 99, known: 6 });
}

#[test]
fn a4_a_damaged_row_is_a_typed_error_with_its_place_and_nothing_personal() {
    let place = Place::new("damaged");
    let file = place.file("salon");
    let desk = Desk::over(SqliteStore::open(&file).unwrap());
    let (who, other) = (desk.register("花子").unwrap(), desk.register("桃子").unwrap());
    let shell = Connection::open(&file).unwrap();
    let salon = "salon-1".parse().unwrap();
    let whole: String = shell.query_row("SELECT body FROM record WHERE kind = 'customer' AND id = 'c1'", (), |row| row.get(0)).unwrap();
    let others: String = shell.query_row("SELECT body FROM record WHERE kind = 'customer' AND id = 'c2'", (), |row| row.get(0)).unwrap();
    let damages = [
        ("a cut body", whole.chars().take(60).collect()),
        ("a number that is a name", whole.replace("\"number\":1", "\"number\":\"花子\"")),
        ("a field nobody knows", whole.replace("\"number\":1", "\"number\":1,\"090-1234-5678\":2")),
        ("another customer's body", others),
        ("no JSON", "花子 090-1234-5678".to_owned()),
    ];
    for (damage, body) in damages {
        shell.execute("UPDATE record SET body = ?1 WHERE kind = 'customer' AND id = 'c1'", [&body]).unwrap();
        let store = desk.ledger.store();
        for error in [
            store.scan(&salon, Kind::Customer, None, 10).unwrap_err(),
            store.load(&salon, &[Read::Id { kind: Kind::Customer, id: who.to_string() }]).unwrap_err(),
        ] {
            assert!(matches!(&error, StoreError::Corrupt { place, .. } if place == "customer/c1"), "{damage}: {error:?}");
            let said = format!("{error} {error:?}");
            assert!(["花子", "090", "桃子"].iter().all(|private| !said.contains(private)), "{damage}: {said}");
        }
        let ask = |customer| {
            desk.ledger.query(&GetCustomer { customer }, &daicho::Actor::new("m".parse().unwrap(), daicho::Role::Manager), desk::MORNING)
        };
        assert_eq!(ask(who).unwrap_err().code(), "store.corrupt");
        assert!(ask(other).is_ok());
    }
}

#[test]
fn a1_a_log_with_a_gap_or_a_broken_entry_is_a_typed_error_with_its_place() {
    let place = Place::new("gap");
    let file = place.file("salon");
    let desk = Desk::over(SqliteStore::open(&file).unwrap());
    for name in ["花子", "桃子", "梅子"] {
        desk.register(name).unwrap();
    }
    let salon = "salon-1".parse().unwrap();
    let store = desk.ledger.store();
    assert_eq!(store.changes(&salon, 1, 1).unwrap().iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [2]);
    let shell = Connection::open(&file).unwrap();
    let bodies: i64 =
        shell.query_row("SELECT count(body) FROM log WHERE salon = 'salon-1' AND sequence IN (1, 2)", (), |row| row.get(0)).unwrap();
    assert_eq!(bodies, 2);
    shell.execute("DELETE FROM entry WHERE place = (SELECT number << 32 | 2 FROM salon WHERE id = 'salon-1')", ()).unwrap();
    for since in [0, 1] {
        let error = store.changes(&salon, since, 10).unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { place, .. } if place == "log/2"), "{error:?}");
    }
    assert_eq!(store.changes(&salon, 2, 10).unwrap().len(), 1);
    // STRICT and the checks keep a shell from writing what cannot be.
    for wrong in ["place = 'many'", "place = 4294967296", "hash = NULL"] {
        assert!(shell.execute(&format!("UPDATE entry SET {wrong} WHERE place & 4294967295 = 3"), ()).is_err(), "{wrong}");
    }
}

const CHILD: &str = "DAICHO_TEST_OPENS";

// Not a test: the other process of the test below.
#[test]
fn child_opens_a_file() {
    let Ok(file) = std::env::var(CHILD) else { return };
    let mut line = String::new();
    println!("ready");
    std::io::stdin().read_line(&mut line).unwrap();
    let desk = Desk::named(SqliteStore::open(file).unwrap(), line.trim());
    desk.register(line.trim()).unwrap();
}

#[test]
fn processes_that_create_one_file_at_once_all_open_it() {
    let place = Place::new("at-once");
    for round in 0..5 {
        let file = place.file(&format!("salon-{round}"));
        let spawn = |_| {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "child_opens_a_file", "--nocapture"]).env(CHILD, &file).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = child.spawn().unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            assert!(lines.any(|line| line.unwrap().ends_with("ready")));
            (child, lines)
        };
        let mut children: Vec<_> = (0..6).map(spawn).collect();
        for (index, (child, _)) in children.iter_mut().enumerate() {
            writeln!(child.stdin.take().unwrap(), "process-{index}").unwrap();
        }
        for (mut child, lines) in children {
            lines.for_each(drop);
            assert!(child.wait().unwrap().success());
        }
        let store = SqliteStore::open(&file).unwrap();
        assert_eq!(store.load(&"salon-1".parse().unwrap(), &[]).unwrap().head.sequence, 6);
    }
}

#[test]
fn the_index_that_was_kept_last_is_given_back_to_its_salon_alone() {
    let place = Place::new("index");
    let file = place.file("salon");
    let (here, there): (SalonId, SalonId) = ("salon-1".parse().unwrap(), "salon-2".parse().unwrap());
    let store = SqliteStore::open(&file).unwrap();
    assert_eq!(store.index(&here).unwrap(), None);
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    store.keep_index(&here, &[1, 2, 3]).unwrap();
    store.keep_index(&here, &large).unwrap();
    store.keep_index(&there, &[0, 255]).unwrap();
    drop(store);
    let store = SqliteStore::open(&file).unwrap();
    assert!(store.index(&here).unwrap() == Some(large));
    assert_eq!(store.index(&there).unwrap(), Some(vec![0, 255]));
}
