//! The query language: a condition as one line that people write and read, in English or Japanese (S10).
//!
//! ```text
//! visits >= 3 and last_visit <= -6mo
//! 来店回数 >= 3回 かつ 最終来店日 <= -6か月
//! reservation(status = visited and staff = "sato" and date >= 2026-10-01) or not line
//! ```
//!
//! Either language may be written at any place, as may full width and half width. What [`print`] writes, [`parse`] reads back as the same condition.

mod amount;
mod catalog;
mod complete;
mod days;
mod level;
mod parser;
pub(super) mod phrase;
mod predicate;
mod printer;
mod reader;
mod words;

pub(crate) use self::catalog::search_fields;
pub use self::catalog::{SearchField, SearchFieldKind, SearchValue};
pub use self::complete::Completion;
pub(crate) use self::complete::{Known, complete};
pub use self::parser::{MAX_DEPTH, MAX_QUERY, parse};
pub use self::printer::print;
pub use self::words::Tongue;
