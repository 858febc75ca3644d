use super::Keyed;
use crate::id::RecordId;

wire! {
    /// How many ids and numbers were given out, so that none is given twice (C7).
    #[derive(Debug, Default)]
    #[serde(default)]
    pub struct Counters {
        /// The last customer number.
        pub number: u32,
        /// The lowest number on somebody's old card that was ahead of the count when it was added: from there on each number is looked up
        /// before it is given out.
        pub old_cards_from: Option<u32>,
        /// Customers.
        pub customers: u32,
        /// Reservations.
        pub reservations: u32,
        /// List entries.
        pub listings: u32,
        /// Merges.
        pub merges: u32,
        /// Visits by hand.
        pub manual_visits: u32,
        /// Sales.
        pub sales: u32,
        /// Tickets.
        pub tickets: u32,
        /// Lots of points.
        pub point_lots: u32,
    }
}

impl Counters {
    /// The id under which the one record of a salon lies.
    pub const ID: &'static str = "salon";
}

impl Keyed for Counters {
    fn key_id(&self) -> RecordId {
        RecordId::new(Self::ID)
    }
}
