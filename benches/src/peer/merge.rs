use daicho_sqlite::rusqlite::{Connection, TransactionBehavior, params};

use super::{JOURNAL, Peer};
use crate::salon::{Failure, NOW};

const HELD: &str = "SELECT count(*), coalesce(sum(visited), 0), coalesce(sum(CASE WHEN visited THEN price END), 0), coalesce(sum(due), 0) FROM reservations WHERE customer = ?1";
const CLASHES: &str = "SELECT count(*) FROM reservations AS a JOIN reservations AS b ON a.starts < b.ends AND b.starts < a.ends
    WHERE a.customer = ?1 AND b.customer = ?2 AND a.open AND b.open";
const MOVED: &str = "SELECT json_group_array(id) FROM reservations WHERE customer = ?1";
// The target wins, its blanks are filled from the source (M2).
const UNITE: &str = "UPDATE customers AS target SET version = target.version + 1, family_kana = coalesce(target.family_kana, source.family_kana),
    given_kana = coalesce(target.given_kana, source.given_kana), birthday = coalesce(target.birthday, source.birthday), gender = coalesce(target.gender, source.gender),
    address = coalesce(target.address, source.address), channel = coalesce(target.channel, source.channel), line_user = coalesce(target.line_user, source.line_user),
    line_name = coalesce(target.line_name, source.line_name), phone = coalesce(target.phone, source.phone), phone_digits = coalesce(target.phone_digits, source.phone_digits),
    email = coalesce(target.email, source.email), email_key = coalesce(target.email_key, source.email_key),
    comment = nullif(concat_ws(char(10), target.comment, source.comment), ''), registered_on = min(target.registered_on, source.registered_on),
    visits = target.visits + source.visits, amount = target.amount + source.amount,
    last_visit = nullif(max(coalesce(target.last_visit, -1), coalesce(source.last_visit, -1)), -1)
    FROM customers AS source WHERE source.id = ?1 AND target.id = ?2";
const CONTACTS: &str = "INSERT OR IGNORE INTO contacts (customer, entered, key)
    SELECT ?2, phone, phone_digits FROM customers WHERE id = ?1 AND phone IS NOT NULL UNION ALL SELECT ?2, email, email_key FROM customers WHERE id = ?1 AND email IS NOT NULL";

// Reservations, visits, yen of visits, fees due.
fn held(db: &Connection, customer: u32) -> Result<[i64; 4], Failure> {
    Ok(db.prepare_cached(HELD)?.query_row(params![customer], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?)
}

impl Peer {
    /// What a merge would do: both sides' holdings and the overlaps; `None` if the names differ or one of them is not active.
    pub fn preview(&self, source: u32, target: u32) -> Result<Option<[i64; 4]>, Failure> {
        let mut statement = self.db.prepare_cached("SELECT * FROM customers WHERE id = ?1")?;
        let mut side = |id: u32| -> Result<(String, bool), Failure> {
            Ok(statement.query_row(params![id], |row| Ok((row.get("name_key")?, row.get("active")?)))?)
        };
        let ((source_key, source_active), (target_key, target_active)) = (side(source)?, side(target)?);
        if source_key != target_key || !source_active || !target_active {
            return Ok(None);
        }
        let clashes: i64 = self.db.prepare_cached(CLASHES)?.query_row(params![source, target], |row| row.get(0))?;
        std::hint::black_box(clashes);
        let (mut both, more) = (held(&self.db, source)?, held(&self.db, target)?);
        for (sum, more) in both.iter_mut().zip(more) {
            *sum += more;
        }
        Ok(Some(both))
    }

    /// Merges, in one transaction. Answers what the target holds.
    pub fn merge(&mut self, source: u32, target: u32) -> Result<[i64; 4], Failure> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let run = |sql: &str| -> Result<(), Failure> { Ok(transaction.prepare_cached(sql)?.execute(params![source, target]).map(|_| ())?) };
        let moved: String = transaction.prepare_cached(MOVED)?.query_row(params![source], |row| row.get(0))?;
        run("UPDATE reservations SET customer = ?2, version = version + 1 WHERE customer = ?1")?;
        run("UPDATE listings SET customer = ?2 WHERE customer = ?1")?;
        run(CONTACTS)?;
        run(UNITE)?;
        run("UPDATE customers SET active = 0, merged_into = ?2, version = version + 1 WHERE id = ?1")?;
        transaction
            .prepare_cached("INSERT INTO merges (source, target, at, actor, moved) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![source, target, NOW.0, "manager-1", moved])?;
        transaction.prepare_cached(JOURNAL)?.execute(params![NOW.0, "manager-1", "merge", target, moved])?;
        let held = held(&transaction, target)?;
        transaction.commit()?;
        Ok(held)
    }
}
