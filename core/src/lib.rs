//! **daicho** 台帳: a beauty salon's customer ledger, as a library.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod wire;

/// UniFFI's mark of this crate; bindings-uniffi sets up the rest, in one namespace.
#[cfg(feature = "uniffi")]
#[doc(hidden)]
#[derive(Debug)]
pub struct UniFfiTag;

pub mod booking;
pub mod customer;
pub mod duplicate;
pub mod error;
pub mod id;
pub mod import;
pub mod ledger;
pub mod lists;
pub mod log;
pub mod merge;
pub mod money;
pub mod record;
pub mod salon;
pub mod search;
pub mod store;
pub mod text;
pub mod time;

pub use booking::{
    Book, Booked, FULLY_BOOKED, Gate, GateReason, GetReservations, MayBook, Move, MoveReservation, Moved, Reschedule, ReservationRow,
    Reservations, Verdict,
};
pub use customer::{
    CustomerCard, CustomerForm, EditCustomer, Edited, GetCustomer, LinkLine, MailNotice, NewsletterForm, NoticeKind, RegisterByPhone,
    RegisterCustomer, Registered,
};
pub use duplicate::{MarkNotSame, Marked};
pub use error::Error;
pub use id::{ActorId, CommandKey, CustomerId, ImportId, ListingId, MenuId, MergeId, ReservationId, SalonId, ShopId, StaffId};
pub use import::{
    Cell, CellProblem, DateSystem, GetImport, Heading, HeadingColumn, IgnoredColumn, ImportColumn, ImportCounts, ImportRow, ImportRows,
    ImportedRows, ReadHeading, Repair, RepairKind, RowOutcome, RowResult, UndoImport, UndoneImport,
};
pub use ledger::{
    Audit, Breach, Changed, CheckLedger, CheckReport, Executed, ImportProgress, ImportReport, ImportStopped, Journal, JournalChange,
    JournalEntry, JournalField, Ledger, ReadJournal, Session,
};
pub use lists::{AddListing, EditListing, GetListings, Listed, Listings, RemoveListing};
pub use log::{Actor, Command, Context, Entropy, Query, Role};
pub use merge::{
    Blocker, FieldChoice, GetMerges, LineChoice, MergeCustomers, MergePreview, MergeWarning, Merged, PreviewMerge, Unmerge, Unmerged,
};
pub use money::Yen;
pub use record::*;
pub use salon::{ConfigureSalon, Configured, GetSettings};
pub use search::{
    Count, CountBox, Criteria, CustomerPage, CustomerRow, CustomerSort, IndexQuery, LineCriterion, LineFace, ListListed, ListMerges,
    ListPhoneRegistrations, ListedPage, ListedRow, SearchCustomers, SortBy,
};
pub use store::{MemoryStore, Store};
pub use time::{Calendar, Date, DateRange, Instant};
