//! Search: an index in memory, fed by the log, that answers what no single record can.
//!
//! A commit or a catch-up enters at [`Index`] as records, is kept as rows ([`CustomerRow`]) and figures per customer, passes [`Criteria`],
//! is put in order ([`CustomerSort`]) and leaves as a page. The store is never searched; the index is never a source of truth.

mod count;
mod criteria;
mod customers;
mod gojuon;
mod index;
mod language;
mod lists;
mod news;
mod page;
mod reservations;
mod row;
mod sort;
mod tickets;

pub use self::count::{Count, CountBox};
pub use self::criteria::{Criteria, LineCriterion};
pub use self::customers::{CustomerPage, SearchCustomers};
pub use self::index::{Index, IndexQuery};
pub use self::language::{MAX_DEPTH, MAX_QUERY, Tongue, parse, print};
pub use self::lists::{ListListed, ListMerges, ListPhoneRegistrations, ListedPage, ListedRow};
pub use self::news::News;
pub use self::reservations::{Labels, ListLabels, ListReservations, ListUnresolved, OfferedLabel, ReservationLine, ReservationPage};
pub use self::row::{CustomerRow, LineFace};
pub use self::sort::{CustomerSort, SortBy};
pub use self::tickets::{ListTickets, TicketHolder, TicketPage};
