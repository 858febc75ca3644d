//! The questions in SQL, written by hand for each database's strengths.

use serde::Serialize;

use super::questions::Terms;

/// Whose SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// With FTS5's trigrams.
    Sqlite,
    /// As it comes in JavaScript.
    SqliteWithoutTrigrams,
    /// DuckDB's.
    DuckDb,
}

/// How many, and the first fifty.
#[derive(Clone, Debug, Serialize)]
pub struct Sql {
    /// One row, one number.
    pub count: String,
    /// Customer numbers in order.
    pub page: String,
}

const CANCELLED: &str = "label IN ('cancelled', 'feeUnpaid')";
const LIVE: &str = "label IN ('tentative', 'prepaymentUnpaid', 'upcoming', 'prepaid', 'visited')";

/// A question's SQL.
#[must_use]
pub fn sql(dialect: Dialect, name: &str, terms: &Terms) -> Sql {
    let (from, holds) = asked(dialect, name, terms);
    // SQLite's NULLs are the least and stand last as they are; said aloud, no index would be used for the order.
    let nulls = if dialect == Dialect::DuckDb { " NULLS LAST" } else { "" };
    Sql {
        count: format!("SELECT count(*) FROM {from} WHERE {holds}"),
        page: format!("SELECT number FROM {from} WHERE {holds} ORDER BY last_visit DESC{nulls}, number LIMIT 50"),
    }
}

fn asked(dialect: Dialect, name: &str, terms: &Terms) -> (&'static str, String) {
    let duck = dialect == Dialect::DuckDb;
    let has = |column: &str, part: &str| match dialect {
        Dialect::DuckDb => format!("contains({column}, '{part}')"),
        _ => format!("instr({column}, '{part}') > 0"),
    };
    let found = |question: String| format!("number IN (SELECT rowid FROM texts WHERE texts MATCH '{question}')");
    let today = terms.today;
    let holds = match name {
        "Q1" => format!("last_visit <= {} AND visits >= 3", terms.half_year_ago),
        "Q2" => "cancellations >= 3 AND late > 0".to_owned(),
        "Q3" => "line = 0 AND visits >= 2".to_owned(),
        "Q4" => return ("last_menus", format!("menu = '{}' AND visits >= 5", terms.last_menu)),
        "Q5" => format!("visits = 1 AND registered >= {}", terms.month_ago),
        "Q6a" => has("names", terms.name),
        // Trigrams serve three characters, not the two of Q6a.
        "Q6b" if dialect == Dialect::Sqlite => found(format!("names:\"{}\"", terms.name_across)),
        "Q6b" => has("names", terms.name_across),
        "Q7" if duck => format!(
            "number IN (SELECT customer FROM served WHERE staff = '{}')
             AND number IN (SELECT customer FROM booked WHERE label = 'visited' AND day >= {} GROUP BY customer HAVING count(*) >= 6)",
            terms.staff, terms.trailing_from
        ),
        // Six visits at all and a last one in time come first: both lie in the customer's row.
        "Q7" => format!(
            "number IN (SELECT customer FROM served WHERE staff = '{}') AND visits >= 6 AND last_visit >= {from}
             AND (SELECT count(*) FROM booked WHERE customer = number AND label = 'visited' AND day >= {from}) >= 6",
            terms.staff,
            from = terms.trailing_from
        ),
        "Q8" if dialect == Dialect::Sqlite => found(format!("phone:\"{}\" AND email:\"{}\"", terms.phone_end, terms.email_start)),
        "Q8" => format!("{} AND {}", has("phone", &terms.phone_end), has("email", &terms.email_start)),
        "Q9" => has("names", terms.name_short),
        "Q10" => format!(
            "number IN (SELECT customer FROM booked WHERE {CANCELLED} AND staff = '{}' AND day BETWEEN {} AND {today})",
            terms.other_staff,
            today - 180
        ),
        "Q11" => format!(
            "visits >= 1 AND line = 0 AND newsletter = 0 AND late = 0 AND (channel IS NULL OR channel <> '{}')
             AND number NOT IN (SELECT customer FROM booked WHERE {LIVE} AND {})",
            terms.not_channel,
            has("menus", &format!(" {} ", terms.not_menu))
        ),
        "Q12" => {
            let greatest = if duck { "greatest" } else { "max" };
            format!("visits >= 1 AND visits * 90 >= 3 * {greatest}({today} - first_visit + 1, 90)")
        }
        "Q13" => format!(
            "(visits >= 10 AND last_visit >= {}) OR (visits BETWEEN 3 AND 9 AND last_visit BETWEEN {} AND {})",
            today - 90,
            today - 180,
            today - 91
        ),
        "Q14" => format!(
            "amount BETWEEN {} AND {} AND number IN (SELECT number FROM last_menus WHERE menu IN ('{}', '{}'))",
            terms.yen[0], terms.yen[1], terms.menus[0], terms.menus[1]
        ),
        "Q15" => format!("{} AND visits >= 5", has("email", terms.email_part)),
        "Q16" => format!("registered BETWEEN {} AND {} AND no_shows > 0", terms.month[0], terms.month[1]),
        "Q17" => format!("channel = '{}' AND newsletter = 1", terms.channel),
        // No side has an answer to a question that nobody wrote.
        _ => "unknown_question".to_owned(),
    };
    ("customers", holds)
}
