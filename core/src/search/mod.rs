//! Search: the index in memory, fed by the log.
mod index;
mod customers;
mod lists;

pub use self::customers::{CustomerPage, SearchCustomers};
pub use self::index::{Index, IndexQuery, News};
pub use self::lists::{ListListed, ListMerges, ListPhoneRegistrations, ListedPage};
