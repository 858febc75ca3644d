//! Every error the library can give, by area, each variant with a stable code. Codes never change meaning; new ones may come.
//!
//! No error carries personal data in its `Display` or `Debug`. Where a caller needs such data to go on (the three values of a conflicting
//! edit, the two keys of a mismatched merge), it lies in [`Private`] fields and comes out through [`Error::data`] only.

/// Declares one area's errors: variant, stable code, the field at fault where the variant has none of its own, and what is said to a developer.
macro_rules! problems {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident $({ $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? })? = $code:literal $(at $at:literal)?, $message:tt;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
        #[serde(untagged, rename_all_fields = "camelCase")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* #[error($message)] $variant $({ $($(#[$field_doc])* $field: $type),* })?,)*
        }
        impl $name {
            /// Every code of this area.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code of this error.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),* }
            }

            // The field at fault where it is always the same, or the kind of id that is.
            pub(crate) const fn at(&self) -> &'static [&'static str] {
                match self { $(Self::$variant { .. } => &[$($at)?]),* }
            }
        }
    };
}

mod access;
mod booking;
mod customer;
mod fault;
mod import;
mod listing;
mod merge;
mod private;
mod sale;
mod search;
mod store;
mod ticket;
mod time;

pub use self::access::AccessError;
pub use self::booking::BookingError;
pub use self::customer::{CustomerError, FieldConflict, FieldNames};
#[cfg(feature = "uniffi")]
pub use self::fault::{DaichoError, PrivateJson};
pub use self::fault::{Fault, json_fault, missing_field};
pub use self::import::ImportError;
pub use self::listing::ListingError;
pub use self::merge::MergeError;
pub use self::private::Private;
pub use self::sale::SaleError;
pub use self::search::SearchError;
pub use self::store::{LedgerError, StoreError};
pub use self::ticket::TicketError;
pub use self::time::{AmountError, TimeError};
pub use crate::text::TextError;

macro_rules! areas {
    ($($(#[$doc:meta])* $variant:ident($area:ident)),* $(,)?) => {
        /// Any error of the library. Match on the area and variant in Rust, on [`Error::code`] anywhere.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[$doc])* #[error(transparent)] $variant(#[from] $area),)*
        }

        impl Error {
            /// Every code the library can give, in order of area.
            #[must_use]
            pub fn codes() -> Vec<&'static str> {
                [$($area::CODES),*].concat()
            }

            /// The stable code, such as `merge.name_mismatch`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant(error) => error.code(),)* }
            }

            const fn at(&self) -> &'static [&'static str] {
                match self { $(Self::$variant(error) => error.at(),)* }
            }

            /// What a program needs to go on, as a JSON object (null where there is nothing). May hold personal data: show it, do not log it.
            #[must_use]
            pub fn data(&self) -> serde_json::Value {
                match self { $(Self::$variant(error) => serde_json::to_value(error),)* }.unwrap_or(serde_json::Value::Null)
            }
        }
    };
}

areas! {
    /// Who may do what, ids and idempotency keys.
    Access(AccessError),
    /// Text that cannot be what it should be.
    Text(TextError),
    /// Days and calendars.
    Time(TimeError),
    /// Money.
    Amount(AmountError),
    /// Customers.
    Customer(CustomerError),
    /// The watch, grey and black lists.
    Listing(ListingError),
    /// The booking gate and reservations.
    Booking(BookingError),
    /// Tickets.
    Ticket(TicketError),
    /// Sales, visits by hand, points, figures.
    Sale(SaleError),
    /// Merges.
    Merge(MergeError),
    /// Imports.
    Import(ImportError),
    /// Search.
    Search(SearchError),
    /// The driver: JSON, retries.
    Ledger(LedgerError),
    /// The store.
    Store(StoreError),
}

impl Error {
    /// The fields at fault, by their names on the wire; where a request is of the wrong shape, by their path, such as `lines[0].price`. Where what an id
    /// names is at fault, and not the form of the request, the kind of id: `customer`, `reservation`.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        if !self.at().is_empty() {
            return self.at().iter().map(|field| (*field).to_owned()).collect();
        }
        let data = self.data();
        let one = data.get("field").and_then(|field| field.as_str()).map(ToOwned::to_owned);
        let many = data.get("fields").and_then(|fields| fields.as_array()).into_iter().flatten();
        one.into_iter().chain(many.filter_map(|field| field.get("field").unwrap_or(field).as_str().map(ToOwned::to_owned))).collect()
    }

    /// Whether the same command, tried again as it is, may go through.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Ledger(error) => matches!(error, LedgerError::TooManyConflicts { .. }),
            _ => false,
        }
    }
}
