use daicho::text::{email, phone, search_key};
use daicho_sqlite::rusqlite::{Row, params};

use super::Peer;
use crate::salon::Failure;
use crate::work::search::{Hits, Needle};

// One pass: the total comes with the rows. The marks of the rows shown are read with them.
macro_rules! question {
    ($condition:literal) => {
        concat!(
            "SELECT id, number, family, given, family_kana, given_kana, line_name, phone, channel, registered_on, last_visit, visits, amount, count(*) OVER (),
                 (SELECT group_concat(list || ':' || memo) FROM listings WHERE listings.customer = customers.id AND stands)
             FROM customers WHERE active AND ",
            $condition,
            " ORDER BY last_visit DESC NULLS LAST, number LIMIT 50"
        )
    };
}

impl Peer {
    /// The first fifty, by last visit, and how many there are.
    pub fn search(&self, needle: &Needle) -> Result<Hits, Failure> {
        let part = |key: String| format!("%{key}%");
        let (sql, key) = match needle {
            Needle::Name(text) => (question!("search_key LIKE ?1"), part(search_key(text))),
            Needle::Phone(text) => (question!("phone_digits LIKE ?1"), part(phone::digits_key(text))),
            Needle::Email(text) => (question!("email_key LIKE ?1"), part(email::partial_key(text))),
            Needle::Number(text) => (question!("number = ?1"), text.clone()),
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![key])?;
        let mut hits = Hits::default();
        while let Some(row) = rows.next()? {
            hits.total = row.get(13)?;
            hits.page.push(row.get(0)?);
            read_whole(row)?;
        }
        Ok(hits)
    }
}

// A screen needs every column of its rows, so every column is read.
fn read_whole(row: &Row<'_>) -> Result<(), Failure> {
    for column in [2, 3, 4, 5, 6, 7, 8, 14] {
        std::hint::black_box(row.get::<_, Option<String>>(column)?);
    }
    for column in [1, 9, 10, 11, 12] {
        std::hint::black_box(row.get::<_, Option<i64>>(column)?);
    }
    Ok(())
}
