use super::{Keyed, key};
use crate::id::{ActorId, CustomerId, RecordId};
use crate::time::Instant;

wire! {
    /// 別人: two customers who are not the same person (D2). It blocks a merge until taken back.
    #[derive(Debug)]
    pub struct NotSame {
        /// The one with the lower id.
        pub one: CustomerId,
        /// The other.
        pub other: CustomerId,
        /// When it was marked.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
    }
}

impl NotSame {
    /// The id of the mark of a pair, whichever way round it is named.
    #[must_use]
    pub fn id_of(a: CustomerId, b: CustomerId) -> String {
        format!("{}~{}", a.min(b), a.max(b))
    }

    /// The pair of an id, the lesser first; none if it is not one.
    pub(crate) fn pair_of(id: &str) -> Option<(CustomerId, CustomerId)> {
        let (one, other) = id.split_once('~')?;
        Some((one.parse().ok()?, other.parse().ok()?))
    }
}

impl NotSame {
    /// The one of the two that is not this customer.
    #[must_use]
    pub fn other_than(&self, this: CustomerId) -> CustomerId {
        if self.one == this { self.other } else { self.one }
    }
}

impl Keyed for NotSame {
    fn key_id(&self) -> RecordId {
        RecordId::new(&Self::id_of(self.one, self.other))
    }
    fn lookup_keys(&self) -> Vec<String> {
        vec![key::not_same(self.one), key::not_same(self.other)]
    }
}
