use daicho::log::Read;
use daicho::record::Receipt;
use daicho::store::Batch;
use daicho::{Kind, Record};

use super::*;
use crate::{read, write};

fn prepared(migrations: &[Migration]) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    prepare(&mut connection, migrations).unwrap();
    connection
}

fn version(connection: &Connection) -> i64 {
    connection.query_row("PRAGMA user_version", (), |row| row.get(0)).unwrap()
}

fn migrations<'a>(more: &[&'static str]) -> Vec<&'a str> {
    [MIGRATIONS, more].concat()
}

#[test]
fn an_older_store_is_brought_to_the_next_version_and_keeps_its_rows() {
    let mut connection = prepared(MIGRATIONS);
    connection.execute("INSERT INTO salon VALUES (1, 'salon-1')", ()).unwrap();
    let next = migrations(&["ALTER TABLE salon ADD COLUMN note TEXT NOT NULL DEFAULT 'old'", "CREATE TABLE block (id TEXT) STRICT"]);
    prepare(&mut connection, &next).unwrap();
    assert_eq!(version(&connection), i64::try_from(next.len()).unwrap());
    let kept: (String, String) = connection.query_row("SELECT id, note FROM salon", (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(kept, ("salon-1".to_owned(), "old".to_owned()));
    prepare(&mut connection, &next).unwrap();
    assert_eq!(look(&connection, next.len()), Ok(Found::Ours(next.len())));
}

#[test]
fn a_new_store_runs_every_migration() {
    let all = migrations(&["CREATE TABLE block (id TEXT) STRICT"]);
    let connection = prepared(&all);
    assert_eq!(version(&connection), i64::try_from(all.len()).unwrap());
    connection.execute("INSERT INTO block VALUES ('a')", ()).unwrap();
}

#[test]
fn a_migration_that_fails_leaves_the_version_before_it_whole() {
    let mut connection = prepared(MIGRATIONS);
    let broken =
        migrations(&["CREATE TABLE first (id TEXT) STRICT", "CREATE TABLE second (id TEXT) STRICT; INSERT INTO nowhere VALUES (1)"]);
    let error = prepare(&mut connection, &broken).unwrap_err();
    assert_eq!(error.code(), "store.failed");
    assert!(connection.is_autocommit());
    assert_eq!(version(&connection), i64::try_from(MIGRATIONS.len()).unwrap() + 1);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name IN ('first', 'second')", (), |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_newer_store_is_refused() {
    let mut connection = prepared(&migrations(&["CREATE TABLE block (id TEXT) STRICT"]));
    let known = i64::try_from(MIGRATIONS.len()).unwrap();
    assert_eq!(prepare(&mut connection, MIGRATIONS), Err(StoreError::Version { found: known + 1, known }));
}

#[test]
fn a_store_with_an_impossible_version_is_damaged() {
    for impossible in [0, -1] {
        let mut connection = prepared(MIGRATIONS);
        connection.pragma_update(None, "user_version", impossible).unwrap();
        assert_eq!(prepare(&mut connection, MIGRATIONS).unwrap_err().code(), "store.corrupt");
    }
}

#[test]
fn a_store_of_the_second_version_opens_with_its_log_its_records_and_their_keys() {
    let mut connection = prepared(&MIGRATIONS[..2]);
    let old = "INSERT INTO head VALUES ('salon-2', 1, 'x'), ('salon-1', 2, 'h2');
         INSERT INTO log VALUES ('salon-1', 2, 'b2', 'h2'), ('salon-2', 1, 'b', 'x'), ('salon-1', 1, 'b1', 'h1');
         INSERT INTO record VALUES ('salon-1', 'notSame', 'c1~c2', NULL, '{\"one\":\"c1\",\"other\":\"c2\",\"at\":0,\"by\":\"m\"}');
         INSERT INTO record VALUES ('salon-1', 'sealed', '2.0', 'c1',
            '{\"sequence\":2,\"at\":0,\"index\":0,\"kind\":\"customer\",\"id\":\"c1\",\"operation\":\"update\",\"customer\":\"c1\",\"salt\":\"\",\"fields\":{}}');
         INSERT INTO record VALUES ('salon-1', 'receipt', 'key-1', NULL,
            '{\"key\":\"key-1\",\"actor\":\"m\",\"command\":\"merge\",\"digest\":\"d\",\"sequence\":2,\"output\":\"{}\"}');
         INSERT INTO record_key VALUES ('salon-1', 'notSame', 'notSame:c1', 'c1~c2'), ('salon-1', 'notSame', 'notSame:c2', 'c1~c2'),
            ('salon-1', 'sealed', 'history:customer/c1', '2.0');";
    connection.execute_batch(old).unwrap();
    prepare(&mut connection, MIGRATIONS).unwrap();
    let (one, two) = ("salon-1".parse().unwrap(), "salon-2".parse().unwrap());
    let key = |kind, key: &str| Read::Key { kind, key: key.to_owned() };
    let reads = [
        key(Kind::NotSame, "notSame:c1"),
        key(Kind::NotSame, "notSame:c2"),
        key(Kind::Sealed, "history:customer/c1"),
        Read::Parent { kind: Kind::Sealed, parent: "c1".to_owned() },
        Read::Id { kind: Kind::Sealed, id: "2.0".to_owned() },
        key(Kind::Receipt, &Receipt::key_of(2)),
        key(Kind::NotSame, "notSame:c3"),
    ];
    let loaded = read::load(&connection, &one, &reads).unwrap();
    assert_eq!((loaded.head.sequence, loaded.head.hash.as_str()), (2, "h2"));
    assert_eq!(loaded.records.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1, 0]);
    let bodies =
        |salon, since| read::changes(&connection, salon, since, 9).unwrap().into_iter().map(|entry| entry.body).collect::<Vec<_>>();
    assert_eq!(
        (bodies(&one, 0), bodies(&one, 1), bodies(&two, 0)),
        (vec!["b1".to_owned(), "b2".to_owned()], vec!["b2".to_owned()], vec!["b".to_owned()])
    );
    // Each key lies in one place.
    let apart: Vec<String> = {
        let mut statement = connection.prepare("SELECT key FROM record_key").unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(apart, ["notSame:c2"]);
    // A record that is written again takes its old keys with it.
    let put = |record: &str| Batch { expected: 2, puts: vec![Record::from_json(Kind::NotSame, record).unwrap()], ..Batch::default() };
    write::commit(&connection, &one, &put(r#"{"one":"c1","other":"c2","at":1,"by":"m"}"#)).unwrap();
    let loaded = read::load(&connection, &one, &reads[..2]).unwrap();
    assert_eq!(loaded.records.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    let removed = Batch { expected: 2, removes: vec![(Kind::NotSame, "c1~c2".to_owned())], ..Batch::default() };
    write::commit(&connection, &one, &removed).unwrap();
    let loaded = read::load(&connection, &one, &reads[..2]).unwrap();
    assert_eq!(loaded.records.iter().map(Vec::len).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(connection.query_row("SELECT count(*) FROM record_key", (), |row| row.get::<_, i64>(0)), Ok(0));
}

// How SQLite goes about a statement.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let parameters = vec![0; statement.parameter_count()];
    let plan = statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>(3)).unwrap();
    plan.map(Result::unwrap).collect()
}

#[test]
fn the_head_and_the_next_entries_are_found_without_a_search_or_a_sort() {
    let connection = prepared(MIGRATIONS);
    for sql in [read::HEAD, read::CHANGES] {
        let plan = plan(&connection, sql).join("; ");
        assert!(
            plan.contains("SEARCH entry USING INTEGER PRIMARY KEY") && !plan.contains("TEMP B-TREE") && !plan.contains("SCAN"),
            "{plan}"
        );
    }
}

#[test]
fn a_read_looks_up_what_it_names_and_walks_no_kind() {
    let connection = prepared(MIGRATIONS);
    for sql in [read::BY_ID, read::BY_PARENT, read::BY_KEY, read::SCAN] {
        let steps: Vec<String> = plan(&connection, sql).into_iter().filter(|step| step.contains("record")).collect();
        assert!(!steps.is_empty());
        for step in steps {
            assert!(step.starts_with("SEARCH") && step.matches(['=', '>']).count() >= 3, "{sql}: {step}");
        }
    }
}
