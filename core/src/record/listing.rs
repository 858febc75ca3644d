use super::Keyed;
use crate::id::{ActorId, CustomerId, ListingId, RecordId};
use crate::time::Instant;

wire! {
    /// Which list (G1).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum ListKind {
        /// 要注意人物: a mark ❗ and a memo; restricts nothing.
        Watch,
        /// グレーリスト: a mark; restricts nothing.
        Grey,
        /// ブラックリスト: no reservation can be made.
        Black,
    }
}

wire! {
    /// An entry of a customer on a list (G2). Removed entries stay as history.
    pub struct Listing {
        /// What records point to.
        pub id: ListingId,
        /// Who is listed.
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// Which list.
        pub list: ListKind,
        /// メモ: why.
        pub memo: String,
        /// When it was entered.
        pub added_at: Instant,
        /// Who entered it.
        pub added_by: ActorId,
        /// Whether it still stands.
        pub state: ListingState,
    }
}

redacted_debug!(Listing { id, customer, version, list, state });

wire! {
    /// Whether an entry stands.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum ListingState {
        /// It stands.
        Standing,
        /// 登録解除
        Removed {
            /// When.
            at: Instant,
            /// By whom.
            by: ActorId,
        },
        /// Its customer was merged into one who already stood on this list; the memo went there (M2, M3).
        Joined {
            /// The entry that stands for both.
            with: ListingId,
        },
    }
}

impl Listing {
    /// Whether it stands.
    #[must_use]
    pub const fn stands(&self) -> bool {
        matches!(self.state, ListingState::Standing)
    }
}

impl Keyed for Listing {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
}

wire! {
    /// A mark beside a customer's name (G1).
    pub struct Mark {
        /// Which list.
        pub list: ListKind,
        /// ❗ for the watch list; the others have none of their own.
        pub sign: Option<String>,
        /// Why.
        pub memo: String,
    }
}

redacted_debug!(Mark { list });

impl Mark {
    /// The marks of the entries that stand, in the order of the lists, the gravest last (G1).
    #[must_use]
    pub fn of<'a>(listings: impl IntoIterator<Item = &'a Listing>) -> Vec<Self> {
        let mut marks: Vec<Self> = listings
            .into_iter()
            .filter(|listing| listing.stands())
            .map(|listing| Self {
                list: listing.list,
                sign: (listing.list == ListKind::Watch).then(|| "❗".to_owned()),
                memo: listing.memo.clone(),
            })
            .collect();
        marks.sort_by_key(|mark| mark.list);
        marks
    }
}
