//! What is kept, and what one record must satisfy alone.

mod block;
mod category;
mod changed;
mod channel;
mod condition;
mod counters;
mod customer;
mod figures;
mod frequency;
mod impersonal;
mod import;
mod listing;
mod merge;
mod pair;
mod points;
mod policy;
mod receipt;
mod reservation;
mod sale;
mod salon;
mod segment;
mod status;
mod ticket;
mod visit;

pub use self::block::Block;
pub use self::changed::{ChangedFields, Operation};
pub use self::channel::Channel;
pub use self::condition::{
    Condition, Count, CountField, DayField, DaySpan, Flag, MoneyField, ReservationCondition, TextField, When, YenRange,
};
pub use self::counters::Counters;
pub use self::customer::{
    Birthday, Consent, CustomField, Customer, CustomerState, Email, EmailKind, EntryPath, FormerName, Gender, LineLink, Newsletter, Pending,
};
pub use self::figures::{Figures, OpenReservation, Part, VisitMark, VisitRef};
pub use self::frequency::FrequencyAnswer;
pub use self::impersonal::ERASED_TEXT;
pub use self::import::{Import, ImportFill};
pub use self::listing::{ListKind, Listing, ListingState, Mark};
pub use self::merge::{Merge, MergeRow, Merges, MovedRecord, Tally};
pub use self::pair::NotSame;
pub use self::points::{PointEntry, PointLot, PointMove, PointRule, PointSource, PointValidity, PointsPolicy};
pub use self::policy::{CancellationPolicy, Charge, Deadline, FeeTier, LateTickets};
pub use self::receipt::{Receipt, Sealed};
pub use self::reservation::{
    BookingState, CancelTiming, CancelledBy, Correction, Fee, Line, LineKind, Prepayment, Reservation, TicketHold, VisitSale,
};
pub use self::sale::{Payment, PaymentMethod, Sale, SaleItem, SaleLine, SaleState, TaxLine, TaxRate};
pub use self::salon::{
    BlacklistPolicy, CustomerField, ExistingPolicy, FieldRule, FieldUse, Frequency, Issuer, MergeNames, ReturnPolicy, Settings,
    VisitCategory,
};
pub use self::segment::Segment;
pub use self::status::Label;
pub use self::ticket::{Ticket, TicketBalance, TicketCounts, TicketEntry, TicketMove, TicketPlan, TicketTerms, TicketValidity};
pub use self::visit::ManualVisit;

use std::sync::Arc;

use crate::error::LedgerError;
use crate::id::{CustomerId, RecordId};

macro_rules! records {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// The kinds of record a store keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[non_exhaustive]
        pub enum Kind { $($(#[$doc])* $variant),* }

        impl Kind {
            /// Every kind, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The kind's name in stores and journals.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The kind of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }

        /// One record of any kind. It is shared, not copied, when it is cloned.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Record { $($(#[$doc])* $variant(Arc<$variant>)),* }

        impl Record {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant),* }
            }
            /// Whether both are one and the same, not only equal.
            pub(crate) fn is(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(one), Self::$variant(other)) => Arc::ptr_eq(one, other),)*
                    _ => false,
                }
            }
            /// Its id, unique among its kind in the salon.
            #[must_use]
            pub fn id(&self) -> String {
                self.record_id().text().to_owned()
            }
            /// The same, as it is looked up.
            #[must_use]
            pub fn record_id(&self) -> RecordId {
                match self { $(Self::$variant(record) => record.key_id()),* }
            }
            /// The id of the record it hangs on: a reservation on its customer.
            #[must_use]
            pub fn parent(&self) -> Option<String> {
                self.parent_id().map(|parent| parent.text().to_owned())
            }
            /// The same, as it is looked up.
            #[must_use]
            pub fn parent_id(&self) -> Option<RecordId> {
                match self { $(Self::$variant(record) => record.parent_id()),* }
            }
            /// The keys it is found by, such as `phone:09012345678`.
            #[must_use]
            pub fn keys(&self) -> Vec<String> {
                match self { $(Self::$variant(record) => record.lookup_keys()),* }
            }
            /// The record as JSON text, the form in which stores keep it.
            pub fn to_json(&self) -> Result<String, LedgerError> {
                match self { $(Self::$variant(record) => crate::encode::to_json(&**record)),* }.map_err(|_| self.unwritable())
            }
            /// The record as JSON text, and where its fields lie in it.
            pub(crate) fn fields(&self) -> Result<crate::encode::Fields, LedgerError> {
                match self { $(Self::$variant(record) => crate::encode::Fields::of(&**record)),* }.map_err(|_| self.unwritable())
            }
            /// A record of this kind from its JSON text.
            pub fn from_json(kind: Kind, body: &str) -> Result<Self, serde_json::Error> {
                Ok(match kind { $(Kind::$variant => Self::$variant(Arc::new(serde_json::from_str(body)?))),* })
            }
        }

        $(
            impl From<$variant> for Record {
                fn from(record: $variant) -> Self {
                    Self::$variant(Arc::new(record))
                }
            }
            impl Entity for $variant {
                const KIND: Kind = Kind::$variant;
                fn of(record: &Record) -> Option<&Self> {
                    match record { Record::$variant(record) => Some(record.as_ref()), _ => None }
                }
            }
        )*
    };
}

/// The kinds of record that are one customer's: they hang on the customer, and move in a merge (M2).
macro_rules! owned {
    ($($variant:ident),* $(,)?) => {
        impl Kind {
            /// Every kind that is one customer's and moves in a merge (M2).
            pub const OWNED: &'static [Self] = &[$(Self::$variant),*];
        }

        impl Record {
            /// Whose it is, if it is one customer's.
            #[must_use]
            pub fn owner(&self) -> Option<CustomerId> {
                match self {
                    Self::Customer(customer) => Some(customer.id),
                    $(Self::$variant(record) => Some(record.customer),)*
                    _ => None,
                }
            }

            /// The record as it hangs on another customer, a version later; none if it is nobody's.
            #[must_use]
            pub fn handed_to(&self, to: CustomerId) -> Option<Self> {
                match self {
                    $(Self::$variant(record) => {
                        let mut moved = $variant::clone(record);
                        moved.customer = to;
                        moved.version = record.version.saturating_add(1);
                        Some(moved.into())
                    })*
                    _ => None,
                }
            }

            /// Its version, if it is one customer's.
            #[must_use]
            pub fn owned_version(&self) -> Option<u32> {
                match self {
                    $(Self::$variant(record) => Some(record.version),)*
                    _ => None,
                }
            }
        }
    };
}

records! {
    /// The salon's settings 基本設定; one per salon.
    Settings = "settings",
    /// How many ids and numbers were given out; one per salon.
    Counters = "counters",
    /// A customer 顧客.
    Customer = "customer",
    /// A reservation 予約.
    Reservation = "reservation",
    /// A visit entered by hand 来店・利用金額詳細.
    ManualVisit = "manualVisit",
    /// A sale お会計.
    Sale = "sale",
    /// What tickets are sold by 回数券メニュー.
    TicketPlan = "ticketPlan",
    /// A ticket that was sold 回数券.
    Ticket = "ticket",
    /// Points that were earned at one time ポイント.
    PointLot = "pointLot",
    /// What a customer's records come to (N); derived, so not in the log.
    Figures = "figures",
    /// An entry on the watch, grey or black list.
    Listing = "listing",
    /// A line of the merge history 統合履歴.
    Merge = "merge",
    /// A saved segment セグメント.
    Segment = "segment",
    /// Two customers marked as not the same person (D2).
    NotSame = "notSame",
    /// An import run (I5).
    Import = "import",
    /// A block that outlives its record (G5).
    Block = "block",
    /// The result of a command, under its idempotency key (A2).
    Receipt = "receipt",
    /// The personal part of one change of the log, apart from it (A1).
    Sealed = "sealed",
}

owned!(Reservation, ManualVisit, Sale, Ticket, PointLot, Listing);

impl Record {
    /// The record as a JSON object.
    pub fn to_value(&self) -> Result<serde_json::Value, LedgerError> {
        serde_json::from_str(&self.to_json()?).map_err(|_| self.unwritable())
    }

    const fn unwritable(&self) -> LedgerError {
        LedgerError::Encoding { place: self.kind().name() }
    }

    /// Other records that it is bound to and that must be the same customer's: a reservation's tickets and sale, what a sale closed, what earned
    /// points and where they were spent.
    #[must_use]
    pub fn bound_to(&self) -> Vec<(Kind, String)> {
        match self {
            Self::Reservation(reservation) => {
                let tickets = reservation.tickets.iter().map(|hold| (Kind::Ticket, hold.ticket.to_string()));
                tickets.chain(reservation.checkout.iter().map(|checkout| (Kind::Sale, checkout.sale.to_string()))).collect()
            }
            Self::ManualVisit(visit) => visit.reservation.iter().map(|id| (Kind::Reservation, id.to_string())).collect(),
            Self::Sale(sale) => sale.reservation.iter().map(|id| (Kind::Reservation, id.to_string())).collect(),
            Self::Ticket(ticket) => vec![(Kind::Sale, ticket.sale.to_string())],
            Self::PointLot(lot) => {
                let source = match lot.source {
                    PointSource::Visit { reservation } => Some((Kind::Reservation, reservation.to_string())),
                    PointSource::ManualVisit { visit } => Some((Kind::ManualVisit, visit.to_string())),
                    PointSource::Sale { sale } | PointSource::Return { sale } => Some((Kind::Sale, sale.to_string())),
                    PointSource::Adjustment => None,
                };
                let spent = lot.entries.iter().filter_map(|entry| match entry.what {
                    PointMove::Spend { sale, .. } => Some((Kind::Sale, sale.to_string())),
                    _ => None,
                });
                source.into_iter().chain(spent).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Kind {
    /// Whether a record of this kind may be found by several keys. One of another kind has one at most, so a store may keep it with the record.
    #[must_use]
    pub const fn has_several_keys(self) -> bool {
        matches!(self, Self::Customer | Self::Merge | Self::NotSame | Self::Block | Self::Receipt)
    }

    /// Whether its records are no part of the log: they follow from those that are, or stand beside it.
    #[must_use]
    pub const fn is_beside_the_log(self) -> bool {
        matches!(self, Self::Figures | Self::Receipt | Self::Sealed)
    }
}

/// A record type.
pub trait Entity: Sized + Clone + Into<Record> + Keyed {
    /// Its kind.
    const KIND: Kind;
    /// This type inside a record of any kind.
    fn of(record: &Record) -> Option<&Self>;
}

/// How a record is found.
pub trait Keyed {
    /// Its id as text.
    fn key_id(&self) -> RecordId;
    /// The record it hangs on.
    fn parent_id(&self) -> Option<RecordId> {
        None
    }
    /// The keys it is found by.
    fn lookup_keys(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The spelling of lookup keys, in one place.
pub mod key {
    /// A customer's name: the strict key of M1 with widths folded.
    #[must_use]
    pub fn name(merge_key: &str) -> String {
        ["name:", merge_key].concat()
    }
    /// A customer's phone, by its digits (C4).
    #[must_use]
    pub fn phone(digits: &str) -> String {
        ["phone:", digits].concat()
    }
    /// A customer's real e-mail, by its key (C5). Placeholders have none (P2).
    #[must_use]
    pub fn email(email_key: &str) -> String {
        ["email:", email_key].concat()
    }
    /// A customer's own number or an old card's (C7).
    #[must_use]
    pub fn number(number: &str) -> String {
        ["number:", number].concat()
    }
    /// A customer number as it is compared: NFKC, without spaces and what nobody can see (S3, C7).
    #[must_use]
    pub fn number_text(text: &str) -> String {
        use crate::text::characters::{is_ignorable, is_white_space};
        use unicode_normalization::UnicodeNormalization as _;
        text.nfkc().filter(|&c| !is_white_space(c) && !is_ignorable(c)).collect()
    }
    /// The number that an old card's text spells as the salon's own count does: ASCII digits, no leading zero.
    #[must_use]
    pub fn counted_number(text: &str) -> Option<u32> {
        text.parse().ok().filter(|number: &u32| number.to_string() == text)
    }
    /// All ticket plans of the salon (K1).
    pub const TICKET_PLANS: &str = "ticketPlans";
    /// Every customer who has left (W3).
    pub const WITHDRAWN: &str = "withdrawn";
    /// Every customer whose personal data was erased (W4, S8).
    pub const ERASED: &str = "erased";
    /// Every segment.
    pub const SEGMENTS: &str = "segments";
    /// The points that a visit or a sale earned (Z1).
    #[must_use]
    pub fn points(source: impl core::fmt::Display) -> String {
        format!("points:{source}")
    }
    /// A LINE account (L2).
    #[must_use]
    pub fn line(provider: &str, user: &str) -> String {
        ["line:", provider, "/", user].concat()
    }
    /// The records made by one import (I5).
    #[must_use]
    pub fn import(import: &super::super::id::ImportId) -> String {
        ["import:", import.as_str()].concat()
    }
    /// Every block that outlives its record (G5).
    pub const BLOCKS: &str = "blocks";
    /// One way by which somebody blocked could be reached (G5).
    #[must_use]
    pub fn block(digest: &str) -> String {
        ["block:", digest].concat()
    }
    /// The merge history lines that name a customer (M8).
    #[must_use]
    pub fn merged(customer: super::CustomerId) -> String {
        format!("merged:{customer}")
    }
    /// The "not the same person" marks that name a customer (D2).
    #[must_use]
    pub fn not_same(customer: super::CustomerId) -> String {
        format!("notSame:{customer}")
    }
}
