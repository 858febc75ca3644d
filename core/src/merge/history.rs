use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Merge, key};
use crate::time::Instant;

wire! {
    /// The merge history 統合履歴 of one customer, as source and as target.
    #[derive(Debug)]
    pub struct GetMerges {
        /// Who.
        pub customer: CustomerId,
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

impl Query for GetMerges {
    type Output = Merges;
    const NAME: &'static str = "getMerges";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Merges, Halt> {
        Ok(Merges::of(look.keyed(key::merged(self.customer))?))
    }
}
