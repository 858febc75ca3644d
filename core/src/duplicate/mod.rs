//! 重複の候補: pairs of customers who may be one person, and marks of those who are not (D).
//!
//! How two records are compared, and what counts how much, is in [`identity`](crate::identity).

mod find;
mod list;
mod mark;
mod signal;

pub use self::find::{FindDuplicates, GetDuplicates, LooksLike, PossibleDuplicates};
pub use self::list::{DuplicatePage, DuplicatePair, ListDuplicates};
pub use self::mark::{MarkNotSame, Marked};
pub use self::signal::Signal;
