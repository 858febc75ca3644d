//! **daicho** 台帳: a beauty salon's customer ledger, as a library.
//!
//! ```
//! use daicho::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let ledger = Ledger::open(MemoryStore::new(), "salon-1".parse()?);
//! let desk = Actor::new("staff-1".parse()?, Role::Staff);
//! let now = Instant(1_795_222_800_000); // 2026-11-21 10:00 in Japan; nothing here reads a clock
//!
//! // A command changes the ledger, once for each key.
//! let form = CustomerForm {
//!     family_name: "山田".into(),
//!     given_name: "花子".into(),
//!     family_kana: Some("ﾔﾏﾀﾞ".into()),
//!     given_kana: Some("はなこ".into()),
//!     phones: vec!["090-1234-5678".into()],
//!     emails: vec!["hanako@example.jp".into()],
//!     ..Default::default()
//! };
//! let register = RegisterCustomer { path: EntryPath::Counter, form, line: None };
//! let entropy = Entropy(0x9e37_79b9_7f4a_7c15_u128.to_be_bytes()); // sixteen bytes at random, never used again
//! let context = Context { actor: desk.clone(), channel: Channel::Counter, now, key: "a-random-uuid".parse()?, entropy };
//! let customer = ledger.execute(&register, &context)?.output.customer;
//!
//! // A query reads named records, a search asks about all customers.
//! assert_eq!(ledger.query(&GetCustomer { customer }, &desk, now)?.customer.number, 1);
//! let found = SearchCustomers { query: Some("LINE連携なし かつ 名前に「やまだ」を含む".into()), ..Default::default() };
//! assert_eq!(ledger.search(&found, &desk, now)?.total, 1);
//! # Ok(())
//! # }
//! ```
//!
//! - Every operation is a struct: [`for_each_operation!`] lists them. A [`Command`] goes to [`Ledger::execute`], a [`Query`] to [`Ledger::query`], a
//!   [search](search::IndexQuery) to [`Ledger::search`], an [`Audit`] to [`Ledger::audit`]; any of them as JSON to [`Ledger::call`], see [`ledger::json`].
//! - What a form leaves out is `..Default::default()`, and in JSON not there.
//! - [`Role`] says who somebody is, and each operation's `ROLES` who may do it (A3): [`Role::ANYONE`] their own, [`Role::SALON`] the daily work,
//!   [`Role::MANAGERS`] settings and what checks or takes back.
//! - Customers are asked for by the manual's form ([`Criteria`]), a [`Condition`], a line of the query language ([`search::parse`]) or a saved segment
//!   ([`SaveSegment`]); [`ExplainCustomer`] says why somebody is found or is not.
//! - Records are kept by a [`Store`]: [`MemoryStore`], the crate daicho-sqlite, or your own, held to its promises by [`store::conformance`].
//! - Errors have a stable code and show no personal data: [`Error`].
//!
//! Ids such as C4 or S10 name the rules; ARCHITECTURE.md says which area each letter is. docs/start.md walks a newcomer through all of this.
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
pub mod export;
pub mod figures;
pub mod id;
pub mod identity;
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
    Candidate, CustomerCard, CustomerForm, EditCustomer, Edited, GetCustomer, GetCustomerForm, IdentifyLineCustomer, Likeness,
    LineCustomer, LineIdentity, LinkLine, MailNotice, NewsletterForm, NoticeKind, RegisterByPhone, RegisterCustomer, Registered, Return,
};
pub use duplicate::{
    DuplicatePage, DuplicatePair, FindDuplicates, GetDuplicates, ListDuplicates, LooksLike, MarkNotSame, Marked, PossibleDuplicates, Signal,
};
pub use error::Error;
pub use export::{CustomerExportColumn, ExportCustomers, ExportPage, ExportReservations, ExportTickets};
pub use figures::{Cancellations, CustomerFigures, GetFigures, RecountFigures, RecountedFigures};
pub use id::{
    ActorId, CommandKey, CustomerId, ImportId, ListingId, ManualVisitId, MenuId, MergeId, PointLotId, ProductId, ReservationId, SaleId,
    SalonId, SegmentId, ShopId, StaffId, TicketId, TicketPlanId,
};
pub use identity::{Likelihood, Matter, Says};
pub use import::{
    Cell, CellProblem, DateSystem, GetImport, Heading, HeadingColumn, IgnoredColumn, ImportColumn, ImportCounts, ImportRow, ImportRows,
    ImportedRows, ReadHeading, Repair, RepairKind, RowOutcome, RowResult, UndoImport, UndoneImport,
};
pub use ledger::{
    Audit, Breach, Changed, CheckLedger, CheckReport, DiscloseCustomer, DisclosedChange, DisclosedEntry, DisclosedMark, DisclosedMerge,
    Disclosure, Executed, ImportProgress, ImportReport, ImportStopped, Journal, JournalChange, JournalEntry, JournalField, Ledger,
    ReadJournal, Session,
};
pub use lists::{AddListing, EditListing, GetListings, Listed, Listings, RemoveListing};
pub use log::{Actor, BlockKey, Command, Context, Entropy, Query, Role};
pub use merge::{
    Blocker, BlockerData, FieldChoice, GetMerges, LineChoice, MergeCustomers, MergePreview, MergeWarning, Merged, PreviewMerge, Unmerge,
    Unmerged,
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
    Completion, CountBox, Criteria, CustomFieldBox, CustomerPage, CustomerRow, CustomerRows, CustomerSort, Explained, FindCustomers,
    FollowSegments, FollowedSegment, FollowedSegments, FoundCustomers, FrequencyBox, GetCustomerRows, IndexQuery, Labels, LineCriterion,
    LineFace, ListLabels, ListListed, ListMerges, ListPhoneRegistrations, ListReservations, ListTickets, ListUnresolved, ListedPage,
    ListedRow, OfferedLabel, PackCustomers, Packed, PackedColumn, PackedCustomers, Packing, ReservationLine, ReservationPage,
    SearchCustomers, SearchField, SearchFieldKind, SearchValue, SortBy, TicketHolder, TicketPage, Tongue,
};
pub use segment::{
    CompleteQuery, Completions, ExplainCustomer, Explanation, GetSegments, ListRecipes, ListSearchFields, ParseQuery, PrintQuery,
    QueryText, Recipe, Recipes, RemoveSegment, SaveSegment, SavedSegment, SearchFields, Segments,
};
pub use store::{MemoryStore, Store};
pub use ticket::{
    AdjustTicket, ChangedTicket, ExtendTicket, GetTicket, GetTicketPlans, GetTickets, SaveTicketPlan, SavedTicketPlan, TicketPlans,
    TicketRow, TicketWish, Tickets,
};
pub use time::{Calendar, Date, DateRange, Instant};
pub use visit::{AddVisit, EditVisit, EnteredVisit, GetVisits, LastVisitSet, RemoveVisit, SetLastVisit, VisitForm, Visits};
pub use withdrawal::{
    DeleteCustomer, Deleted, EraseCustomer, Erased, ErasedPage, ErasedRow, ErasurePreview, FutureReservation, ListErased, ListWithdrawn,
    LostTicket, NoteRequest, PreviewErasure, PreviewWithdrawal, Withdraw, WithdrawalPreview, Withdrawn, WithdrawnPage, WithdrawnRow,
};
