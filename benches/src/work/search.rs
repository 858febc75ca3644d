//! The search box: count and first fifty rows by last visit, newest first.

use daicho::{Criteria, CustomerSort, Ledger, SearchCustomers, SortBy, Store};

use super::Stocked;
use crate::fill::manager;
use crate::measure::{Line, side_by_side};
use crate::salon::{Failure, NOW, Salon};

/// What is typed into the box.
#[derive(Clone, Debug)]
pub enum Needle {
    /// Part of a name.
    Name(String),
    /// Part of a phone number.
    Phone(String),
    /// Part of an e-mail address.
    Email(String),
    /// A customer number.
    Number(String),
}

/// What a search finds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many there are.
    pub total: u32,
    /// The customers of the first page, by the ordinals of their ids.
    pub page: Vec<u32>,
}

impl Needle {
    /// The questions asked of a salon.
    #[must_use]
    pub fn all(salon: &Salon) -> Vec<(&'static str, Self)> {
        let middle = salon.customers().div_ceil(2);
        let phone: String = salon.person(middle).phone.chars().filter(char::is_ascii_digit).skip(7).collect();
        vec![
            ("name contains 山田", Self::Name("山田".to_owned())),
            ("name contains 田", Self::Name("田".to_owned())),
            ("name さとう, by its kana", Self::Name("さとう".to_owned())),
            ("phone, last four digits", Self::Phone(phone)),
            ("e-mail contains yamada", Self::Email("Yamada".to_owned())),
            ("number, exact", Self::Number(middle.to_string())),
        ]
    }

    fn criteria(&self) -> Criteria {
        let mut criteria = Criteria::default();
        let (field, text) = match self {
            Self::Name(text) => (&mut criteria.name, text),
            Self::Phone(text) => (&mut criteria.phone, text),
            Self::Email(text) => (&mut criteria.email, text),
            Self::Number(text) => (&mut criteria.number, text),
        };
        *field = Some(text.clone());
        criteria
    }
}

/// Asks the ledger.
pub fn search<S: Store>(ledger: &Ledger<S>, needle: &Needle) -> Result<Hits, Failure> {
    let question = SearchCustomers {
        criteria: needle.criteria(),
        sort: Some(CustomerSort { by: SortBy::LastVisit, descending: true }),
        page_size: Some(50),
        ..SearchCustomers::default()
    };
    let page = ledger.search(&question, &manager()?, NOW)?;
    Ok(Hits { total: page.total, page: page.customers.iter().map(|row| row.id.ordinal()).collect() })
}

/// The library's index beside SQL with `LIKE`.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for (what, needle) in Needle::all(&stocked.salon) {
        let found = search(&stocked.memory, &needle)?;
        let line =
            side_by_side(format!("search: {what}"), 40, 1, |_| search(&stocked.memory, &needle), |_| stocked.peer_memory.search(&needle))?;
        lines.push(line.remark(format!("{} found", found.total)));
    }
    let needle = Needle::Name("山田".to_owned());
    search(&stocked.file, &needle)?;
    let line = side_by_side(
        "search: name contains 山田, from a file",
        40,
        1,
        |_| search(&stocked.file, &needle),
        |_| stocked.peer_file.search(&needle),
    )?;
    lines.push(line.remark("daicho looks for news in the file first"));
    Ok(lines)
}
