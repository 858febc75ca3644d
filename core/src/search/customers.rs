use super::asked::{Asked, bounded};
use super::columns::Against;
use super::criteria::Criteria;
use super::index::{Index, IndexQuery};
use super::language::{Tongue, parse};
use super::page::{Cut, Paging};
use super::row::CustomerRow;
use super::sort::CustomerSort;
use crate::error::Error;
use crate::id::CustomerId;
use crate::log::{Halt, Role};
use crate::record::Condition;
use crate::time::Instant;

wire! {
    /// 顧客検索: the active customers of whom all that is asked is true (S1, S8): by the form, by a condition, by a line of the query language, or by
    /// any of these together.
    #[derive(Default)]
    pub struct SearchCustomers {
        /// The form; empty: everybody.
        #[serde(default)]
        pub criteria: Criteria,
        /// A condition (S10).
        pub condition: Option<Condition>,
        /// A line of the query language, in English or Japanese (S10).
        pub query: Option<String>,
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

    fn find(&self, index: &Index, now: Instant) -> Result<CustomerPage, Halt> {
        let sort = self.sort.unwrap_or_default();
        self.condition.as_ref().map(bounded).transpose()?;
        let question = (&self.criteria, &self.condition, &self.query, sort);
        let paging = Paging::of(self.page_size, self.cursor.as_deref(), index.sequence(), Self::NAME, &question)?;
        let mut of = vec![self.criteria.condition()?];
        of.extend(self.condition.clone());
        of.extend(self.query.as_deref().map(|line| parse(line, Tongue::English)).transpose()?);
        let asked = index.ask(&Condition::All { of }, now)?;
        page(index, sort, &paging, &asked, now)
    }
}

/// The page of the active customers of whom a question holds.
pub(super) fn page(index: &Index, sort: CustomerSort, paging: &Paging, asked: &Asked, now: Instant) -> Result<CustomerPage, Halt> {
    let found = found(index, sort, paging, asked, now)?;
    let customers = index.rows(&found.rows)?.into_iter().flatten().collect();
    Ok(CustomerPage { customers, total: found.total, cursor: found.cursor, sequence: index.sequence() })
}

fn found(index: &Index, sort: CustomerSort, paging: &Paging, asked: &Asked, now: Instant) -> Result<Cut<CustomerId>, Error> {
    let columns = index.columns();
    let against = Against { categories: index.categories(), now, today: index.day_of(now)? };
    let active = |id| Some(CustomerId::from_ordinal(id)).filter(|customer| index.is_active(*customer));
    let cut = paging.pick(
        |id| active(id).and_then(|customer| columns.row_of(customer)).map(|row| columns.stand(sort, row)),
        |after, wanted| columns.page(asked, against, sort, after, wanted),
        |stand| columns.customer(stand.row).ordinal(),
    )?;
    let rows = cut.rows.iter().map(|stand| columns.customer(stand.row)).collect();
    Ok(Cut { rows, total: cut.total, cursor: cut.cursor })
}
