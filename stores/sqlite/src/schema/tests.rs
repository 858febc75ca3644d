use super::*;

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
    connection.execute("INSERT INTO head VALUES ('salon-1', 1, 'h')", ()).unwrap();
    let next = migrations(&["ALTER TABLE head ADD COLUMN note TEXT NOT NULL DEFAULT 'old'", "CREATE TABLE block (id TEXT) STRICT"]);
    prepare(&mut connection, &next).unwrap();
    assert_eq!(version(&connection), i64::try_from(next.len()).unwrap());
    let kept: (String, String) = connection.query_row("SELECT hash, note FROM head", (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(kept, ("h".to_owned(), "old".to_owned()));
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
