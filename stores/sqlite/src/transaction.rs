use daicho::error::StoreError;
use rusqlite::Connection;

use crate::fault::fault;

/// How a transaction begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Begin {
    /// One that only reads: everything in it is as of one head.
    Read,
    /// One that writes. IMMEDIATE: a transaction that began by reading could find itself unable to write.
    Write,
}

/// Rolls back what was not committed, whether an error or a panic passes by.
struct Open<'c>(&'c Connection);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // A rollback that fails leaves the connection in its transaction; whoever uses it next sees that.
            let _ = run(self.0, "ROLLBACK");
        }
    }
}

/// Does work in a transaction. Its statements are prepared once for each connection: parsing them takes as long as a small read.
pub(crate) fn within<T>(
    connection: &Connection,
    begin: Begin,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    run(
        connection,
        match begin {
            Begin::Read => "BEGIN",
            Begin::Write => "BEGIN IMMEDIATE",
        },
    )?;
    let open = Open(connection);
    let done = work(open.0)?;
    run(open.0, "COMMIT")?;
    Ok(done)
}

fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute(())).map(|_| ()).map_err(fault)
}
