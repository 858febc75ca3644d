//! Who is who: whether two records are of one person (D1).
//!
//! ```text
//! person.rs    what of a customer is compared, as keys
//! compare.rs   what two persons have in common, and what speaks against them
//! points.rs    what each of that counts: all numbers, in one place
//! crowd.rs     how many share a name, a phone, a birthday   (surnames.rs: how many do in Japan)
//! groups.rs    everybody by what they can share
//! meet.rs      who is compared with whom, without comparing everybody with everybody
//! pairs.rs     all pairs of a ledger that are worth a look, kept from one question to the next
//! ```
//!
//! Names are compared first: two whose 名 cannot be one are two persons, whatever else they share, because families share phones and mailboxes, and twins
//! a birthday too. What many share counts for little: 佐藤 花子 says nothing in a large ledger, a rare name much.
//!
//! Nothing here decides anything. A suggestion is looked at by people, and the merge that may follow has its own rule (M1).

mod compare;
mod crowd;
mod groups;
mod meet;
mod pairs;
mod person;
mod points;
mod surnames;

pub(crate) use self::compare::Comparison;
pub(crate) use self::pairs::{Pair, People};
pub(crate) use self::person::{NameTexts, Person, Reader, Texts};
pub use self::points::{Likelihood, Matter, Says};
