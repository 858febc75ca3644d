//! Sales お会計: what was sold, at which tax, how it was paid, and the documents of it (R9, Q5).

mod checkout;
mod document;
mod lines;
mod quote;
mod reckon;
mod show;
mod till;
mod void;

pub use self::checkout::{CheckOut, CheckedOut};
pub use self::document::{DocumentKind, DocumentLine, GetDocument, SaleDocument};
pub use self::quote::{QuoteSale, SaleQuote};
pub use self::show::{GetSales, SalesHistory};
pub use self::void::{VoidSale, VoidedSale};
