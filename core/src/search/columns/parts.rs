//! Where the bytes go: how many of them each part of the columns takes in a block of the index.

use super::Columns;
use super::bookings::Bookings;
use super::people::People;

/// A part and its bytes.
pub(in crate::search) type Part = (&'static str, usize);

/// The bytes of one part, as a block has it.
pub(super) fn size(part: &impl serde::Serialize) -> usize {
    postcard::to_allocvec(part).map_or(0, |bytes| bytes.len())
}

macro_rules! parts {
    ($(#[$doc:meta])* $kind:ty { $($name:literal: $($field:ident).+),* $(,)? }) => {
        impl $kind {
            $(#[$doc])*
            pub(in crate::search) fn parts(&self) -> Vec<$crate::search::columns::parts::Part> {
                vec![$(($name, $crate::search::columns::parts::size(&self.$($field).+))),*]
            }
        }
    };
}
pub(super) use parts;

impl Columns {
    /// The bytes of each part.
    pub(in crate::search) fn parts(&self) -> Vec<Part> {
        let Self { people, counted, visits, bookings, places, .. } = self;
        let mut parts = People::parts(people);
        parts.extend([("figures", size(counted)), ("visits: days", size(visits)), ("rows of customers", size(places))]);
        parts.extend(Bookings::parts(bookings));
        parts
    }
}
