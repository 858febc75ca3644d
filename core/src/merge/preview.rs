use super::union::{Choices, check_limits, unite, unknown_choice};
use crate::error::{CustomerError, Error, LedgerError, MergeError, Private};
use crate::id::{CustomerId, ReservationId};
use crate::log::{Actor, Halt, Look, Query, Read, Role, digest_hex};
use crate::money::Yen;
use crate::record::{Customer, Entity, Figures, Kind, ListKind, NotSame, Record, Reservation, Settings, Tally, key};
use crate::text::merge_key;
use crate::time::Instant;

wire! {
    /// What a merge would do (M4).
    #[derive(Debug)]
    pub struct PreviewMerge {
        /// 統合元(削除対象): will not be used any more.
        pub source: CustomerId,
        /// 統合先(保存対象): stays.
        pub target: CustomerId,
        /// Single fields, by their wire names, in which the source's value shall win.
        pub from_source: Vec<String>,
        /// Where both have a LINE account: whose stays.
        pub line: Option<LineChoice>,
    }
}

wire! {
    /// Whose LINE account stays (M2).
    #[derive(Copy, Debug)]
    pub enum LineChoice {
        /// The source's.
        Source,
        /// The target's.
        Target,
    }
}

wire! {
    /// What a merge would do (M4): nothing has happened yet.
    pub struct MergePreview {
        /// The target as the merge would leave it.
        pub result: Customer,
        /// Every single field in which the two differ: what it would be, and the alternative.
        pub fields: Vec<FieldChoice>,
        /// What both sides hold together, and the target would hold (M7).
        pub both: Tally,
        /// What moves from the source.
        pub moves: Tally,
        /// What staff should know first.
        pub warnings: Vec<MergeWarning>,
        /// What stands against it; empty if the merge may be done.
        pub blockers: Vec<Blocker>,
        /// Stands for exactly what was shown here; `merge` takes it and refuses if anything moved since.
        pub fingerprint: String,
    }
}

redacted_debug!(MergePreview { both, moves, warnings, fingerprint });

wire! {
    /// A single field in which the two differ.
    pub struct FieldChoice {
        /// The field, by its wire name.
        pub field: String,
        /// The target's value.
        pub target: Option<String>,
        /// The source's value.
        pub source: Option<String>,
        /// Whether the result has the source's.
        pub takes_source: bool,
    }
}

redacted_debug!(FieldChoice { field, takes_source });

wire! {
    /// What staff should know before they merge (M4).
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum MergeWarning {
        /// An unpaid fee comes along, and then blocks the target.
        UnpaidFee {
            /// How much.
            amount: Yen,
        },
        /// The same name, split differently into 姓 and 名.
        SplitDiffers,
        /// Open reservations of the two lie at the same time.
        OverlappingReservations {
            /// The reservations.
            reservations: Vec<ReservationId>,
        },
        /// The source has far more history: merge the other way round?
        RecommendReverse,
        /// The black list comes along, or stays.
        Blacklisted,
    }
}

wire! {
    /// What stands against a merge (M5).
    pub struct Blocker {
        /// The code of the error that `merge` would give.
        pub code: String,
        /// What it says, and the remedy, for developers.
        pub detail: String,
        /// What a program needs to go on: what that error would carry.
        pub data: Option<BlockerData>,
    }
}

redacted_debug!(Blocker { code });

wire! {
    /// What stands against a merge, in parts: each blocker has those of its code.
    pub struct BlockerData {
        /// `merge.same_customer`, `merge.not_active`, `merge.pending`: whom it is about.
        pub customer: Option<CustomerId>,
        /// `merge.not_active`: what they are.
        pub state: Option<String>,
        /// `merge.pending`: what was asked for and is not done.
        pub pending: Option<String>,
        /// `merge.name_mismatch`: what the source's name is compared by (M1).
        pub source_key: Option<String>,
        /// `merge.name_mismatch`: what the target's name is compared by.
        pub target_key: Option<String>,
        /// `merge.name_mismatch`: what to do.
        pub remedy: Option<String>,
        /// `merge.line_choice`, `merge.unknown_field`, `merge.too_many`, `merge.too_long`: the field.
        pub field: Option<String>,
        /// `merge.unknown_field`: which of the choices, from 1.
        pub position: Option<u32>,
        /// `merge.too_many`, `merge.too_long`: how much there may be.
        pub max: Option<u32>,
    }
}

redacted_debug!(BlockerData { customer, state, pending, field, position, max });

/// A merge, worked out but not done.
pub(super) struct Plan {
    pub(super) source: Customer,
    pub(super) target: Customer,
    pub(super) united: Customer,
    pub(super) fields: Vec<FieldChoice>,
    /// Everything that hangs on the source, kind by kind, and on the target.
    pub(super) records: Vec<Record>,
    pub(super) target_records: Vec<Record>,
    pub(super) marks: Vec<NotSame>,
    pub(super) target_marks: Vec<NotSame>,
    pub(super) blockers: Vec<MergeError>,
    pub(super) fingerprint: String,
}

/// What is asked for; the same for the preview and the merge.
pub(super) struct Wish<'a> {
    pub(super) source: CustomerId,
    pub(super) target: CustomerId,
    pub(super) choices: Choices<'a>,
}

pub(super) fn plan(look: &dyn Look, wish: &Wish<'_>) -> Result<Plan, Halt> {
    let mut reads = vec![
        Read::one::<Customer>(wish.source),
        Read::one::<Customer>(wish.target),
        Read::one::<Figures>(wish.source),
        Read::one::<Figures>(wish.target),
        Read::one::<NotSame>(NotSame::id_of(wish.source, wish.target)),
        Read::Key { kind: Kind::NotSame, key: key::not_same(wish.source) },
        Read::Key { kind: Kind::NotSame, key: key::not_same(wish.target) },
    ];
    reads.extend(hanging(wish.source));
    reads.extend(hanging(wish.target));
    look.want(&reads)?;
    let find = |id: CustomerId| -> Result<Customer, Halt> { look.find(id)?.ok_or_else(|| CustomerError::NotFound { customer: id }.into()) };
    let (source, target) = (find(wish.source)?, find(wish.target)?);
    let settings = crate::log::settings(look)?;
    let (records, target_records) = (everything(look, source.id)?, everything(look, target.id)?);
    let (united, fields) = unite(&source, &target, wish.choices)?;
    let mut blockers = blockers(look, &source, &target, &settings, wish.choices)?;
    blockers.extend(unknown_choice(wish.choices).map(|position| MergeError::UnknownField { field: "fromSource", position }));
    blockers.extend(check_limits(&united).err());
    blockers.extend(super::run::joined_memos(&source, &typed(&records), &typed(&target_records)).err());
    let (marks, target_marks) = (look.keyed(key::not_same(source.id))?, look.keyed(key::not_same(target.id))?);
    let mut plan =
        Plan { source, target, united, fields, records, target_records, marks, target_marks, blockers, fingerprint: String::new() };
    plan.fingerprint = fingerprint(&plan, wish.choices, settings.version);
    Ok(plan)
}

// Every kind of record that is one customer's, in one place (M2).
fn hanging(customer: CustomerId) -> impl Iterator<Item = Read> {
    Kind::OWNED.iter().map(move |kind| Read::Parent { kind: *kind, parent: customer.to_string() })
}

/// Everything that hangs on a customer.
pub(super) fn everything(look: &dyn Look, customer: CustomerId) -> Result<Vec<Record>, Halt> {
    let mut found = Vec::new();
    for read in hanging(customer) {
        found.extend(look.look(&read)?);
    }
    Ok(found)
}

/// Those of one kind.
pub(super) fn typed<T: Entity>(records: &[Record]) -> Vec<T> {
    records.iter().filter_map(|record| T::of(record)).cloned().collect()
}

fn blockers(
    look: &dyn Look,
    source: &Customer,
    target: &Customer,
    settings: &Settings,
    choices: Choices<'_>,
) -> Result<Vec<MergeError>, Halt> {
    let mut found = Vec::new();
    if source.id == target.id {
        return Ok(vec![MergeError::SameCustomer { customer: source.id }]);
    }
    for customer in [source, target] {
        if !customer.is_active() {
            found.push(MergeError::NotActive { customer: customer.id, state: customer.state.name() });
        }
        if let Some(pending) = customer.pending {
            found.push(MergeError::Pending { customer: customer.id, pending: pending.name() });
        }
    }
    let mode = settings.width_mode();
    let (source_key, target_key) = (source.name_key(mode), target.name_key(mode));
    // Two without a name are not two of one name.
    if source_key != target_key || source_key.is_empty() {
        found.push(MergeError::NameMismatch {
            source_key: Private(source_key),
            target_key: Private(target_key),
            remedy: "correct the name of one of them first, then merge",
        });
    }
    if look.find::<NotSame>(NotSame::id_of(source.id, target.id))?.is_some() {
        found.push(MergeError::NotSamePerson);
    }
    if source.line.is_some() && target.line.is_some() && choices.line.is_none() {
        found.push(MergeError::LineChoice { field: "line" });
    }
    Ok(found)
}

// Stands for everything the preview showed: both records, what hangs on them, the choices, the settings.
fn fingerprint(plan: &Plan, choices: Choices<'_>, settings: u32) -> String {
    let mut seen =
        format!("{} {} {} {} {settings} {:?}", plan.source.id, plan.source.version, plan.target.id, plan.target.version, choices.line);
    let mut names: Vec<&str> = choices.from_source.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    for record in plan.records.iter().chain(&plan.target_records) {
        seen.push_str(&format!(" {}.{}", record.id(), record.owned_version().unwrap_or_default()));
    }
    for mark in plan.marks.iter().chain(&plan.target_marks) {
        seen.push_str(&format!(" {}~{}", mark.one, mark.other));
    }
    digest_hex(&[seen.as_bytes(), b"\n", names.join("\n").as_bytes()])
}

/// What one side holds (M7).
pub(super) fn tally(records: &[Record]) -> Result<Tally, Error> {
    Ok(Tally::of(records.iter())?)
}

impl Plan {
    /// What both sides hold together.
    pub(super) fn both(&self) -> Result<Tally, Error> {
        Ok(Tally::of(self.records.iter().chain(&self.target_records))?)
    }

    fn warnings(&self) -> Result<Vec<MergeWarning>, Error> {
        let mut found = Vec::new();
        let (moving, own) = (tally(&self.records)?, tally(&self.target_records)?);
        let black = |record: &Record| matches!(record, Record::Listing(listing) if listing.list == ListKind::Black && listing.stands());
        if self.records.iter().chain(&self.target_records).any(black) {
            found.push(MergeWarning::Blacklisted);
        }
        if moving.fees_due > Yen::ZERO {
            found.push(MergeWarning::UnpaidFee { amount: moving.fees_due });
        }
        let family = |customer: &Customer| merge_key(&customer.family_name, "", crate::text::WidthMode::Fold);
        if family(&self.source) != family(&self.target) {
            found.push(MergeWarning::SplitDiffers);
        }
        let overlaps = overlaps(&typed(&self.records), &typed(&self.target_records));
        if !overlaps.is_empty() {
            found.push(MergeWarning::OverlappingReservations { reservations: overlaps });
        }
        // Twice as much and at least three more: one visit against none is no history to speak of.
        let history = |tally: &Tally| tally.reservations.max(tally.visits);
        if history(&moving) >= history(&own).saturating_mul(2).max(history(&own).saturating_add(3)) {
            found.push(MergeWarning::RecommendReverse);
        }
        Ok(found)
    }
}

fn overlaps(ours: &[Reservation], theirs: &[Reservation]) -> Vec<ReservationId> {
    let open = |reservation: &&Reservation| reservation.booking.is_open();
    let mut found = Vec::new();
    for a in ours.iter().filter(open) {
        for b in theirs.iter().filter(open).filter(|b| a.start < b.end && b.start < a.end) {
            found.extend([a.id, b.id]);
        }
    }
    found.sort();
    found.dedup();
    found
}

impl Blocker {
    fn of(error: MergeError) -> Result<Self, LedgerError> {
        let error = Error::from(error);
        let data = serde_json::from_value(error.data()).map_err(|_| LedgerError::Encoding { place: "blocker" })?;
        Ok(Self { code: error.code().to_owned(), detail: error.to_string(), data })
    }
}

impl Query for PreviewMerge {
    type Output = MergePreview;
    const NAME: &'static str = "previewMerge";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<MergePreview, Halt> {
        let choices = Choices { from_source: &self.from_source, line: self.line };
        let plan = plan(look, &Wish { source: self.source, target: self.target, choices })?;
        let (both, moves, warnings) = (plan.both()?, tally(&plan.records)?, plan.warnings()?);
        let blockers = plan.blockers.into_iter().map(Blocker::of).collect::<Result<_, _>>()?;
        Ok(MergePreview { result: plan.united, fields: plan.fields, both, moves, warnings, blockers, fingerprint: plan.fingerprint })
    }
}
