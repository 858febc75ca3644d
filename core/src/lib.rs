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
mod encode;
pub mod error;
pub mod figures;
pub mod id;
pub mod import;
pub mod ledger;
pub mod lists;
pub mod log;
pub mod merge;
pub mod money;
pub mod points;
pub mod record;
pub mod sale;
pub mod salon;
pub mod search;
pub mod segment;
pub mod store;
pub mod text;
pub mod ticket;
pub mod time;
pub mod visit;
pub mod withdrawal;

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
pub use figures::{Cancellations, CustomerFigures, GetFigures, RecountFigures, RecountedFigures};
pub use id::{
    ActorId, CommandKey, CustomerId, ImportId, ListingId, ManualVisitId, MenuId, MergeId, PointLotId, ProductId, ReservationId, SaleId,
    SalonId, SegmentId, ShopId, StaffId, TicketId, TicketPlanId,
};
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
pub use points::{AdjustPoints, AdjustedPoints, GetPoints, PointBalance, PointHistory};
pub use record::*;
pub use sale::{
    CheckOut, CheckedOut, DocumentKind, DocumentLine, GetDocument, GetSales, QuoteSale, SaleDocument, SaleQuote, SalesHistory, VoidSale,
    VoidedSale,
};
pub use salon::{ConfigureSalon, Configured, GetSettings};
pub use search::{
    CountBox, Criteria, CustomFieldBox, CustomerPage, CustomerRow, CustomerRows, CustomerSort, Explained, FindCustomers, FollowSegments,
    FollowedSegment, FollowedSegments, FoundCustomers, FrequencyBox, GetCustomerRows, IndexQuery, Labels, LineCriterion, LineFace,
    ListLabels, ListListed, ListMerges, ListPhoneRegistrations, ListReservations, ListTickets, ListUnresolved, ListedPage, ListedRow,
    OfferedLabel, ReservationLine, ReservationPage, SearchCustomers, SearchField, SearchFieldKind, SearchValue, SortBy, TicketHolder,
    TicketPage, Tongue,
};
pub use segment::{
    CompleteQuery, Completion, Completions, ExplainCustomer, Explanation, GetSegments, ListRecipes, ListSearchFields, ParseQuery,
    PrintQuery, QueryText, Recipe, Recipes, RemoveSegment, SaveSegment, SavedSegment, SearchFields, Segments,
};
pub use store::{MemoryStore, Store};
pub use ticket::{
    AdjustTicket, ChangedTicket, ExtendTicket, GetTicket, GetTicketPlans, GetTickets, SaveTicketPlan, SavedTicketPlan, TicketPlans,
    TicketRow, TicketWish, Tickets,
};
pub use time::{Calendar, Date, DateRange, Instant};
pub use visit::{AddVisit, EditVisit, EnteredVisit, GetVisits, LastVisitSet, RemoveVisit, SetLastVisit, VisitForm, Visits};
pub use withdrawal::{FutureReservation, LostTicket, PreviewWithdrawal, Withdraw, WithdrawalPreview, Withdrawn};
