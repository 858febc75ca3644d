use super::{Keyed, Kind, Part, Prepayment, Record, key};
use crate::error::AmountError;
use crate::id::{ActorId, CustomerId, MergeId, RecordId};
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
    #[serde(default)]
    pub struct Tally {
        /// Reservations of every state.
        pub reservations: u32,
        /// Visits, those by hand included (N1).
        pub visits: u32,
        /// What the visits came to (N8).
        pub visited_yen: Yen,
        /// Fees that are due.
        pub fees_due: Yen,
        /// Prepayments held: paid or kept.
        pub prepaid: Yen,
        /// Sales that stand.
        pub sales: u32,
        /// What those come to.
        pub sales_yen: Yen,
        /// Tickets.
        pub tickets: u32,
        /// Uses that are left, held ones included.
        pub ticket_uses: i64,
        /// Uses that are held.
        pub ticket_holds: i64,
        /// Points, expired ones included.
        pub points: i64,
        /// List entries, standing or not.
        pub listings: u32,
    }
}

impl Tally {
    /// What records come to.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Result<Self, AmountError> {
        let mut tally = Self::default();
        for record in records {
            tally.add(record)?;
        }
        Ok(tally)
    }

    fn add(&mut self, record: &Record) -> Result<(), AmountError> {
        if let Some(part) = Part::of(record)?
            && part.visit().is_some()
        {
            self.visits = self.visits.saturating_add(1);
            self.visited_yen = self.visited_yen.plus(part.amount())?;
        }
        match record {
            Record::Reservation(reservation) => {
                self.reservations = self.reservations.saturating_add(1);
                self.fees_due = self.fees_due.plus(reservation.due())?;
                self.prepaid = self.prepaid.plus(match reservation.prepayment {
                    Prepayment::Paid { amount } => amount,
                    Prepayment::Kept { kept, .. } => kept,
                    _ => Yen::ZERO,
                })?;
            }
            Record::Sale(sale) if sale.stands() => {
                self.sales = self.sales.saturating_add(1);
                self.sales_yen = self.sales_yen.plus(sale.total)?;
            }
            Record::Ticket(ticket) => {
                let balance = ticket.balance();
                self.tickets = self.tickets.saturating_add(1);
                self.ticket_uses = self.ticket_uses.saturating_add(balance.remaining);
                self.ticket_holds = self.ticket_holds.saturating_add(balance.held);
            }
            Record::PointLot(lot) => self.points = self.points.saturating_add(lot.remaining()),
            Record::Listing(_) => self.listings = self.listings.saturating_add(1),
            _ => {}
        }
        Ok(())
    }
}

impl Keyed for Merge {
    fn key_id(&self) -> RecordId {
        self.id.into()
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
