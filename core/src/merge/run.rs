use std::collections::BTreeMap;

use super::preview::{LineChoice, Plan, Wish, everything, plan, tally, typed};
use super::union::{Choices, too_long, under_heading};
use crate::customer::resolve;
use crate::error::{MergeError, StoreError};
use crate::id::{CustomerId, ListingId, MergeId};
use crate::log::{Command, Context, Draft, Halt, Look as _, Read, Role};
use crate::record::{
    Customer, CustomerState, Entity as _, Keyed as _, Kind, ListKind, Listing, ListingState, Merge, MovedRecord, NotSame, Record, Tally,
};

wire! {
    /// 統合: the source becomes the target, as a preview showed (M4).
    #[derive(Debug)]
    pub struct MergeCustomers {
        /// 統合元(削除対象)
        pub source: CustomerId,
        /// 統合先(保存対象)
        pub target: CustomerId,
        /// The choices of the preview.
        pub from_source: Vec<String>,
        /// The choice of the preview.
        pub line: Option<LineChoice>,
        /// The preview's fingerprint.
        pub fingerprint: String,
    }
}

wire! {
    /// The receipt of a merge (M7).
    #[derive(Debug)]
    pub struct Merged {
        /// Its line in the merge history.
        pub merge: MergeId,
        /// Who stays.
        pub target: CustomerId,
        /// What both sides held before.
        pub before: Tally,
        /// What the target holds after; equal to `before`.
        pub after: Tally,
        /// How many records moved.
        pub moved: u32,
    }
}

impl Command for MergeCustomers {
    type Output = Merged;
    const NAME: &'static str = "merge";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Merged, Halt> {
        let choices = Choices { from_source: &self.from_source, line: self.line };
        let plan = plan(draft, &Wish { source: self.source, target: self.target, choices })?;
        if let Some(blocker) = plan.blockers.first() {
            return Err(blocker.clone().into());
        }
        if plan.fingerprint != self.fingerprint {
            return Err(MergeError::Moved.into());
        }
        let before = plan.both()?;
        let moved = move_everything(draft, &plan)?;
        let id = draft.new_merge()?;
        let source = Customer {
            version: plan.source.version.saturating_add(1),
            state: CustomerState::Merged { into: plan.target.id, at: context.now },
            ..plan.source
        };
        let (target, target_version, source_version) = (plan.united.id, plan.united.version, source.version);
        let numbers = (source.number, plan.united.number);
        draft.put(source)?;
        draft.put(plan.united)?;
        // Counted again from what the target now holds, not carried over.
        let after = tally(&everything(draft, target)?)?;
        if after != before {
            return Err(StoreError::Corrupt {
                place: format!("{id}"),
                detail: "a merge would not conserve what both sides held".to_owned(),
            }
            .into());
        }
        let count = crate::customer::count(moved.iter());
        draft.put(Merge {
            id,
            source: self.source,
            source_number: numbers.0,
            target,
            target_number: numbers.1,
            at: context.now,
            by: context.actor.id.clone(),
            moved,
            before,
            after,
            target_version,
            source_version,
            undone_at: None,
        })?;
        Ok(Merged { merge: id, target, before, after, moved: count })
    }
}

// Each kind of record that names a customer, in one place (M2).
fn move_everything(draft: &mut Draft<'_>, plan: &Plan) -> Result<Vec<MovedRecord>, Halt> {
    let target = plan.target.id;
    let mut moved = Vec::new();
    let mut note = |kind: Kind, id: String| moved.push(MovedRecord { kind, id });
    let (listings, target_listings): (Vec<Listing>, Vec<Listing>) = (typed(&plan.records), typed(&plan.target_records));
    let memos = joined_memos(&plan.source, &listings, &target_listings)?;
    for record in &plan.records {
        note(record.kind(), record.id());
        let standing = match record {
            Record::Listing(listing) => target_listings.iter().find(|own| listing.stands() && own.stands() && own.list == listing.list),
            _ => None,
        };
        match (record.handed_to(target), standing) {
            (Some(Record::Listing(moved)), Some(own)) => {
                draft.put(Listing { state: ListingState::Joined { with: own.id }, ..Listing::clone(&moved) })?;
            }
            (Some(moved), _) => draft.put_record(moved)?,
            (None, _) => {}
        }
    }
    for own in &target_listings {
        if let Some(memo) = memos.get(&own.id) {
            draft.put(Listing { memo: memo.clone(), version: own.version.saturating_add(1), ..own.clone() })?;
        }
    }
    // A mark that both sides have against the same third stays where it is: moved onto the target's own, it could not be told apart again.
    let both_have = |mark: &&NotSame| plan.target_marks.iter().any(|own| mark.other_than(plan.source.id) == own.other_than(target));
    for mark in plan.marks.iter().filter(|mark| !both_have(mark)) {
        // One that stayed with somebody who is the target by now would set the target against itself.
        if resolve(draft, mark.other_than(plan.source.id))?.id == target {
            continue;
        }
        note(NotSame::KIND, mark.key_id().to_string());
        move_mark(draft, mark, plan.source.id, target)?;
    }
    Ok(moved)
}

/// D2: a mark against the source holds against the target. Marks are found by their ids, so the moved one is a new record.
pub(super) fn move_mark(draft: &mut Draft<'_>, mark: &NotSame, from: CustomerId, to: CustomerId) -> Result<(), Halt> {
    let other = mark.other_than(from);
    draft.look(&Read::one::<NotSame>(mark.key_id()))?;
    draft.look(&Read::one::<NotSame>(NotSame::id_of(to, other)))?;
    draft.remove(Kind::NotSame, mark.key_id().text())?;
    draft.put(NotSame { one: to.min(other), other: to.max(other), at: mark.at, by: mark.by.clone() })
}

/// The memos of the target's standing entries that the source's entries on the same lists go under.
pub(super) fn joined_memos(
    source: &Customer,
    listings: &[Listing],
    target_listings: &[Listing],
) -> Result<BTreeMap<ListingId, String>, MergeError> {
    let mut memos = BTreeMap::new();
    for list in [ListKind::Watch, ListKind::Grey, ListKind::Black] {
        let standing = |listings: &[Listing]| listings.iter().find(|listing| listing.list == list && listing.stands()).cloned();
        if let (Some(theirs), Some(own)) = (standing(listings), standing(target_listings)) {
            let memo = under_heading(&own.memo, source, &theirs.memo);
            too_long("memo", &memo)?;
            memos.insert(own.id, memo);
        }
    }
    Ok(memos)
}
