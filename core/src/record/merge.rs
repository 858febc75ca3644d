use super::{Keyed, Kind, key};
use crate::id::{ActorId, CustomerId, MergeId};
use crate::money::Yen;
use crate::time::Instant;

wire! {
    /// A line of the merge history 統合履歴 (M8).
    pub struct Merge {
        /// What records point to.
        pub id: MergeId,
        /// 統合元
        pub source: CustomerId,
        /// The source's customer number.
        pub source_number: u32,
        /// 統合先
        pub target: CustomerId,
        /// The target's customer number.
        pub target_number: u32,
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
        /// The records that moved.
        pub moved: Vec<MovedRecord>,
        /// What both sides held before (M7).
        pub before: Tally,
        /// What the target held after; equal to `before` (M7).
        pub after: Tally,
        /// The version of the target that the merge made; what `unmerge` reads the target's fields against.
        pub target_version: u32,
        /// The version of the source that the merge made.
        pub source_version: u32,
        /// When it was undone, where the salon's policy allowed it (M8).
        pub undone_at: Option<Instant>,
    }
}

redacted_debug!(Merge { id, source, target, at, undone_at });

wire! {
    /// A record that moved in a merge.
    #[derive(Debug)]
    pub struct MovedRecord {
        /// Its kind.
        pub kind: Kind,
        /// Its id.
        pub id: String,
    }
}

wire! {
    /// What a merge must conserve (M7): counts and sums over both customers.
    #[derive(Copy, Debug, Default)]
    pub struct Tally {
        /// Reservations of every state.
        pub reservations: u32,
        /// Visits (N1).
        pub visits: u32,
        /// The price of all visited lines.
        pub visited_yen: Yen,
        /// Fees that are due.
        pub fees_due: Yen,
        /// Prepayments held: paid or kept.
        pub prepaid: Yen,
        /// List entries, standing or not.
        pub listings: u32,
    }
}

impl Keyed for Merge {
    fn key_id(&self) -> String {
        self.id.to_string()
    }
    fn lookup_keys(&self) -> Vec<String> {
        vec![key::merged(self.source), key::merged(self.target)]
    }
}

wire! {
    /// Lines of the merge history, newest first (M8).
    #[derive(Debug)]
    pub struct Merges {
        /// The lines.
        pub merges: Vec<MergeRow>,
    }
}

wire! {
    /// One line of the merge history: who, when, which records, what moved.
    #[derive(Debug)]
    pub struct MergeRow {
        /// The line.
        pub merge: Merge,
        /// Records that moved, by kind, as shown to staff: `reservation 12`.
        pub summary: Vec<String>,
    }
}

impl From<Merge> for MergeRow {
    fn from(merge: Merge) -> Self {
        let mut counts = std::collections::BTreeMap::new();
        for moved in &merge.moved {
            let count: &mut u32 = counts.entry(moved.kind).or_default();
            *count = count.saturating_add(1);
        }
        Self { summary: counts.into_iter().map(|(kind, count)| format!("{} {count}", kind.name())).collect(), merge }
    }
}

impl Merges {
    /// The history of these merges.
    #[must_use]
    pub fn of(mut merges: Vec<Merge>) -> Self {
        merges.sort_by_key(|merge| core::cmp::Reverse(merge.id));
        Self { merges: merges.into_iter().map(MergeRow::from).collect() }
    }
}
