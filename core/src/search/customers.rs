use super::asked::Asked;
use super::columns::Against;
use super::criteria::Criteria;
use super::index::{Index, IndexQuery};
use super::lately::Question;
use super::page::{Cut, Paging, Sizes};
use super::row::CustomerRow;
use super::sort::CustomerSort;
use crate::error::{CustomerError, Error};
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
        #[cfg_attr(feature = "uniffi", uniffi(default))]
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

wire! {
    /// The same question as [`SearchCustomers`], answered by ids alone: for lists whose rows are fetched as they come into sight, exports and mailings.
    #[derive(Default)]
    pub struct FindCustomers {
        /// The form; empty: everybody.
        #[serde(default)]
        #[cfg_attr(feature = "uniffi", uniffi(default))]
        pub criteria: Criteria,
        /// A condition (S10).
        pub condition: Option<Condition>,
        /// A line of the query language, in English or Japanese (S10).
        pub query: Option<String>,
        /// The order; left out: by customer number.
        pub sort: Option<CustomerSort>,
        /// Ids of a page, 1 to 100,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

redacted_debug!(FindCustomers { criteria, sort, page_size });

wire! {
    /// Ids of customers, in order.
    #[derive(Debug)]
    pub struct FoundCustomers {
        /// The customers of this page.
        pub customers: Vec<CustomerId>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// The lines of the customer list for some customers (C10), such as those that come into sight of a list made by [`FindCustomers`].
    #[derive(Debug)]
    pub struct GetCustomerRows {
        /// Whose, at most 1,000.
        pub customers: Vec<CustomerId>,
    }
}

wire! {
    /// Lines of the customer list.
    #[derive(Debug)]
    pub struct CustomerRows {
        /// The lines, in the order asked for; whoever is not active has none.
        pub customers: Vec<CustomerRow>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

impl IndexQuery for SearchCustomers {
    type Output = CustomerPage;
    const NAME: &'static str = "searchCustomers";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<CustomerPage, Halt> {
        let Self { criteria, condition, query, sort, page_size, cursor } = self;
        let sort = sort.unwrap_or_default();
        let question = Question { name: Self::NAME, criteria, condition: condition.as_ref(), query: query.as_deref(), sort };
        let settled = index.lately().settled(question, index, now)?;
        let paging = Paging::of(Sizes::OF_ROWS, *page_size, cursor.as_deref(), index.sequence(), settled.as_ref())?;
        page(index, sort, &paging, &settled.asked, now)
    }
}

impl IndexQuery for FindCustomers {
    type Output = FoundCustomers;
    const NAME: &'static str = "findCustomers";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<FoundCustomers, Halt> {
        let Self { criteria, condition, query, sort, page_size, cursor } = self;
        let sort = sort.unwrap_or_default();
        let question = Question { name: Self::NAME, criteria, condition: condition.as_ref(), query: query.as_deref(), sort };
        let settled = index.lately().settled(question, index, now)?;
        let paging = Paging::of(Sizes::OF_IDS, *page_size, cursor.as_deref(), index.sequence(), settled.as_ref())?;
        let found = found(index, sort, &paging, &settled.asked, now)?;
        Ok(FoundCustomers {
            customers: customers(index, &found.rows),
            total: found.total,
            cursor: found.cursor,
            sequence: index.sequence(),
        })
    }
}

impl IndexQuery for GetCustomerRows {
    type Output = CustomerRows;
    const NAME: &'static str = "getCustomerRows";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<CustomerRows, Halt> {
        if self.customers.len() > Sizes::OF_ROWS.most() {
            return Err(CustomerError::TooMany { field: "customers", max: 1_000 }.into());
        }
        Ok(CustomerRows { customers: index.rows(&self.customers)?.into_iter().flatten().collect(), sequence: index.sequence() })
    }
}

/// The page of the active customers of whom a question holds.
pub(super) fn page(index: &Index, sort: CustomerSort, paging: &Paging<'_>, asked: &Asked, now: Instant) -> Result<CustomerPage, Halt> {
    let found = found(index, sort, paging, asked, now)?;
    let customers = index.rows(&customers(index, &found.rows))?.into_iter().flatten().collect();
    Ok(CustomerPage { customers, total: found.total, cursor: found.cursor, sequence: index.sequence() })
}

fn customers(index: &Index, rows: &[u32]) -> Vec<CustomerId> {
    rows.iter().map(|row| index.columns().customer(*row)).collect()
}

/// The rows of the active customers of a page, of whom a question holds.
pub(super) fn found(index: &Index, sort: CustomerSort, paging: &Paging<'_>, asked: &Asked, now: Instant) -> Result<Cut<u32>, Error> {
    let columns = index.columns();
    let against = Against { categories: index.categories(), now, today: index.day_of(now)? };
    let active = |id| Some(CustomerId::from_ordinal(id)).filter(|customer| index.is_active(*customer));
    paging.pick(
        |id| active(id).and_then(|customer| columns.row_of(customer)).map(|row| columns.stand(sort, row)),
        |after, wanted| columns.page(asked, against, sort, after, wanted),
        |row| columns.customer(row).ordinal(),
    )
}
