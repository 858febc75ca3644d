//! Search: an index in memory, fed by the log, that answers what no single record can.
//!
//! A commit or a catch-up enters at [`Index`] as records, is kept in columns, passes [`Criteria`] and conditions, is put in order ([`CustomerSort`]) and
//! leaves as a page; what the page shows is read from the store by id. The store is never searched; the index is never a source of truth.

mod asked;
mod block;
mod columns;
mod criteria;
mod customers;
mod explain;
mod gojuon;
mod holds;
mod index;
mod language;
mod lately;
mod lists;
mod live;
mod news;
mod packed;
mod page;
mod reservations;
mod row;
mod shelf;
mod sort;
mod tickets;

pub(crate) use self::asked::{bounded, check_condition, uses_segment};
pub use self::criteria::{CountBox, Criteria, CustomFieldBox, FrequencyBox, LineCriterion};
pub use self::customers::{CustomerPage, CustomerRows, FindCustomers, FoundCustomers, GetCustomerRows, SearchCustomers};
pub use self::explain::Explained;
pub(crate) use self::explain::{Asking, Subject};
pub use self::index::{Index, IndexQuery};
pub use self::language::{Completion, MAX_DEPTH, MAX_QUERY, SearchField, SearchFieldKind, SearchValue, Tongue, parse, print};
pub(crate) use self::language::{Known, complete, search_fields};
pub use self::lists::{ListListed, ListMerges, ListPhoneRegistrations, ListedPage, ListedRow};
pub use self::live::{FollowSegments, FollowedSegment, FollowedSegments};
pub use self::news::News;
pub(crate) use self::news::{erased_since, hash_at};
pub use self::packed::{PackCustomers, Packed, PackedColumn, PackedCustomers, Packing};
pub(crate) use self::page::Sizes;
pub use self::reservations::{Labels, ListLabels, ListReservations, ListUnresolved, OfferedLabel, ReservationLine, ReservationPage};
pub use self::row::{CustomerRow, LineFace};
pub use self::sort::{CustomerSort, SortBy};
pub use self::tickets::{ListTickets, TicketHolder, TicketPage};
