//! Visits by hand 来店・利用金額詳細: entered, corrected and deleted by staff (N1, N5).

mod enter;
mod last;
mod show;

pub use self::enter::{AddVisit, EditVisit, EnteredVisit, RemoveVisit, VisitForm};
pub use self::last::{LastVisitSet, SetLastVisit};
pub use self::show::{GetVisits, Visits};
