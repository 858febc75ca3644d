use serde_json::Value;

use std::collections::BTreeMap;

use super::preview::everything;
use super::run::move_mark;
use super::union::heading;
use crate::customer::{active, resolve, settle_phone_registration};
use crate::error::{CustomerError, Error, LedgerError, MergeError};
use crate::id::{CustomerId, ListingId, MergeId};
use crate::log::{Command, Context, Differences, Draft, Halt, Look as _, Read, Role, rebuild, revert};
use crate::record::{Customer, CustomerState, Kind, Listing, ListingState, Merge, MovedRecord, NotSame, Record, Sealed, key};

wire! {
    /// Takes a merge back (M8): only where the salon's policy opens a window for it.
    #[derive(Copy, Debug)]
    pub struct Unmerge {
        /// Which merge.
        pub merge: MergeId,
    }
}

wire! {
    /// A merge taken back.
    #[derive(Debug)]
    pub struct Unmerged {
        /// The source, an ordinary customer again.
        pub source: CustomerId,
        /// The target.
        pub target: CustomerId,
        /// Fields of the target that were edited after the merge and stay as they are.
        pub kept: Vec<String>,
    }
}

const MS_PER_DAY: i64 = 86_400_000;

impl Command for Unmerge {
    type Output = Unmerged;
    const NAME: &'static str = "unmerge";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Unmerged, Halt> {
        let mut merge: Merge = draft.read().find(self.merge)?.ok_or(MergeError::NotFound { merge: self.merge })?;
        let no = |reason: &'static str| MergeError::NoUndo { merge: self.merge, reason };
        let window = i64::from(draft.settings()?.unmerge_days).saturating_mul(MS_PER_DAY);
        if window == 0 {
            return Err(no("this salon does not undo merges (setting unmergeDays is 0)").into());
        }
        if merge.undone_at.is_some() {
            return Err(no("it was undone already").into());
        }
        if context.now > merge.at.plus_ms(window) {
            return Err(no("the days for it (setting unmergeDays) have passed").into());
        }
        let target = active(draft, merge.target).map_err(|halt| match halt {
            Halt::Need(reads) => Halt::Need(reads),
            Halt::Reject(_) => no("the target is not an active customer any more").into(),
        })?;
        // What a later merge found here it built on: blanks it did not fill, an opt-out it did not have to bring. So the last is undone first.
        let lines: Vec<Merge> = draft.read().keyed(key::merged(merge.target))?;
        if lines.iter().any(|line| line.target == merge.target && line.id > merge.id && line.undone_at.is_none()) {
            return Err(no("somebody else was merged into the target later: undo that merge first").into());
        }
        let mut source: Customer = draft.read().find(merge.source)?.ok_or(CustomerError::NotFound { customer: merge.source })?;
        let (target, kept) = restore(draft, target, &merge)?;
        source.version = source.version.saturating_add(1);
        source.state = CustomerState::Active;
        for moved in &merge.moved {
            move_back(draft, moved, &source, &merge)?;
        }
        not_torn(draft, [source.id, target.id], merge.id)?;
        merge.undone_at = Some(context.now);
        let unmerged = Unmerged { source: source.id, target: target.id, kept };
        accounts_free(draft, &source, &target, merge.id)?;
        draft.put(source)?;
        draft.put(target)?;
        draft.put(merge)?;
        Ok(unmerged)
    }
}

// The target's fields as they were, where nobody has edited them since.
fn restore(draft: &Draft<'_>, target: Customer, merge: &Merge) -> Result<(Customer, Vec<String>), Halt> {
    let no = || MergeError::NoUndo { merge: merge.id, reason: "the history it would be undone by is gone" };
    let history: Vec<Sealed> = draft.read().keyed(Sealed::key_of(Kind::Customer, &target.id.to_string()))?;
    let made = |fields: &Differences| {
        fields.get("version").and_then(|sides| sides.get(1)).and_then(Value::as_u64) == Some(u64::from(merge.target_version))
    };
    let mut change = history.iter().filter_map(|sealed| sealed.differences().ok()).find(made).ok_or_else(no)?;
    change.remove("version");
    let Value::Object(mut object) = Record::from(target.clone()).to_value()? else { return Err(no().into()) };
    let kept = revert(&mut object, &change);
    let mut restored: Customer = rebuild(object).map_err(|_| Error::from(LedgerError::Encoding { place: "customer" }))?;
    restored.version = target.version.saturating_add(1);
    // A real address entered since keeps the customer off the 新規電話予約 list, whatever the merge had changed there.
    settle_phone_registration(&mut restored);
    Ok((restored, kept))
}

fn move_back(draft: &mut Draft<'_>, moved: &MovedRecord, source: &Customer, merge: &Merge) -> Result<(), Halt> {
    let target = merge.target;
    match moved.kind {
        Kind::Listing => {
            if let Some(listing) = draft.read().find::<Listing>(&moved.id)?.filter(|listing| listing.customer == target) {
                part_listing(draft, listing, source, merge)?;
            }
        }
        Kind::NotSame => {
            // The mark moved under a new id; it is found by whom it names.
            let original = moved.id.split('~').filter_map(|id| id.parse().ok()).find(|id: &CustomerId| *id != source.id);
            if let Some(original) = original
                && let Some(mark) = moved_mark(draft, target, original)?
            {
                move_mark(draft, &mark, target, source.id)?;
            }
        }
        kind if Kind::OWNED.contains(&kind) => {
            let found = draft.look(&Read::Id { kind, id: moved.id.clone() })?;
            let still_there = found.first().filter(|record| record.owner() == Some(target));
            if let Some(back) = still_there.and_then(|record| record.handed_to(source.id)) {
                draft.put_record(back)?;
            }
        }
        _ => {}
    }
    Ok(())
}

// The mark against a third: under the name it had, which may be that of somebody merged since who kept it, or under that of whom they became.
fn moved_mark(draft: &Draft<'_>, target: CustomerId, original: CustomerId) -> Result<Option<NotSame>, Halt> {
    let now = resolve(draft, original)?.id;
    let marks: Vec<NotSame> = draft.read().keyed(key::not_same(target))?;
    let against = |id: CustomerId| marks.iter().find(|mark| mark.other_than(target) == id);
    Ok(against(original).or_else(|| against(now)).cloned())
}

// A list entry goes back; one that was joined to the target's stands again, and its memo leaves the other.
fn part_listing(draft: &mut Draft<'_>, listing: Listing, source: &Customer, merge: &Merge) -> Result<(), Halt> {
    let mut state = listing.state.clone();
    // One that an earlier merge had joined to an entry that came along stays joined to it.
    let joined_here = |with: ListingId| !merge.moved.iter().any(|moved| moved.kind == Kind::Listing && moved.id == with.to_string());
    if let ListingState::Joined { with } = listing.state
        && joined_here(with)
    {
        state = ListingState::Standing;
        if let Some(joined) = draft.read().find::<Listing>(with)? {
            let appended = format!("\n\n{}\n{}", heading(source), listing.memo);
            if let Some(own) = joined.memo.strip_suffix(&appended) {
                draft.put(Listing { memo: own.to_owned(), version: joined.version.saturating_add(1), ..joined.clone() })?;
            }
        }
    }
    draft.put(Listing { customer: source.id, version: listing.version.saturating_add(1), state, ..listing })
}

// What was booked, paid or sold after the merge may bind records of both: a ticket of one pays for the other's visit. Tickets are not transferred
// (K6), and a sale is not half of each: such a merge stays.
fn not_torn(draft: &Draft<'_>, pair: [CustomerId; 2], merge: MergeId) -> Result<(), Halt> {
    let both = pair.map(|customer| everything(draft, customer));
    let mut owners: BTreeMap<(Kind, String), CustomerId> = BTreeMap::new();
    let mut bound = Vec::new();
    for (customer, records) in pair.into_iter().zip(both) {
        for record in records? {
            owners.insert((record.kind(), record.id()), customer);
            bound.extend(record.bound_to().into_iter().map(|other| (customer, other)));
        }
    }
    if bound.iter().any(|(customer, other)| owners.get(other).is_some_and(|owner| owner != customer)) {
        let reason = "visits, sales, tickets or points of both are bound together since";
        return Err(MergeError::NoUndo { merge, reason }.into());
    }
    Ok(())
}

// A LINE account belongs to one customer (L2). After a merge it may have been kept by an edit of the target, or linked to a third.
fn accounts_free(draft: &Draft<'_>, source: &Customer, target: &Customer, merge: MergeId) -> Result<(), Halt> {
    for customer in [source, target] {
        let Some(line) = &customer.line else { continue };
        let holders: Vec<Customer> = draft.read().keyed(key::line(&line.provider, &line.user))?;
        let same = |other: &Customer| other.line.as_ref().is_some_and(|own| own.provider == line.provider && own.user == line.user);
        if holders.iter().any(|other| other.is_active() && other.id != source.id && other.id != target.id && same(other)) {
            return Err(MergeError::NoUndo {
                merge,
                reason: "a LINE account of theirs is linked to another customer now; unlink it first",
            }
            .into());
        }
    }
    let account = |customer: &Customer| customer.line.as_ref().map(|line| (line.provider.clone(), line.user.clone()));
    if account(source).is_some() && account(source) == account(target) {
        return Err(MergeError::NoUndo { merge, reason: "the target still has the source's LINE account; unlink it first" }.into());
    }
    Ok(())
}
