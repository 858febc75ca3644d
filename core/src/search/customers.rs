use super::criteria::{Criteria, Sieve};
use super::index::{Index, IndexQuery};
use super::page::Paging;
use super::row::{CustomerRow, Profile};
use super::sort::CustomerSort;
use crate::error::Error;
use crate::log::Role;
use crate::time::Instant;

wire! {
    /// 顧客検索: the active customers who satisfy the criteria (S1, S8).
    #[derive(Default)]
    pub struct SearchCustomers {
        /// What they must satisfy; empty: everybody.
        #[serde(default)]
        pub criteria: Criteria,
        /// The order; left out: by customer number.
        pub sort: Option<CustomerSort>,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

redacted_debug!(SearchCustomers { criteria, sort, page_size });

wire! {
    /// A page of the customer list (C10, S9).
    #[derive(Debug)]
    pub struct CustomerPage {
        /// The rows.
        pub customers: Vec<CustomerRow>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of. The pages of one walk are of one snapshot if theirs are equal.
        pub sequence: u32,
    }
}

impl IndexQuery for SearchCustomers {
    type Output = CustomerPage;
    const NAME: &'static str = "searchCustomers";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<CustomerPage, Error> {
        let sort = self.sort.unwrap_or_default();
        let paging = Paging::of(self.page_size, self.cursor.as_deref(), index.sequence(), Self::NAME, &(&self.criteria, sort))?;
        let sieve = Sieve::of(&self.criteria, index)?;
        page(index, sort, &paging, |profile| sieve.passes(index, profile))
    }
}

/// The page of the active customers of whom a predicate holds.
pub(super) fn page(
    index: &Index,
    sort: CustomerSort,
    paging: &Paging,
    passes: impl Fn(&Profile) -> Result<bool, Error>,
) -> Result<CustomerPage, Error> {
    let mut places = Vec::new();
    for profile in index.active() {
        if passes(profile)? {
            places.push(sort.place(index, profile)?);
        }
    }
    let cut = paging.cut(places, |one, other| sort.compare(one, other), |place| place.id.ordinal())?;
    let customers =
        cut.rows.iter().filter_map(|place| index.profile(place.id)).map(|profile| index.row(profile)).collect::<Result<_, _>>()?;
    Ok(CustomerPage { customers, total: cut.total, cursor: cut.cursor, sequence: index.sequence() })
}
