//! What the log's sealed parts tell of somebody, without what is personal (W4). Each part stays: what happened when, and all that figures are made of, can
//! still be read, now and as of then (N10). What was personal is gone from it, and the salt with it, so that the digest in the log says nothing any more.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::id::CustomerId;
use crate::log::{Differences, Draft, Halt, Look, NOBODY, Read, differences, roll_forward};
use crate::record::{ChangedFields, Customer, Kind, Merge, Operation, Receipt, Record, Sealed, key};

type Place = (Kind, String);
type State = Map<String, Value>;
/// A record and its history, in order.
type Told = (Place, Vec<Sealed>);

/// A customer and everybody who was merged into them, the customer first: one person (M6).
pub(crate) fn person(look: &dyn Look, customer: Customer) -> Result<Vec<Customer>, Halt> {
    let mut found = vec![customer];
    let mut at = 0_usize;
    while let Some(id) = found.get(at).map(|customer| customer.id) {
        let lines: Vec<Merge> = look.keyed(key::merged(id))?;
        let sources: Vec<CustomerId> =
            lines.iter().filter(|line| line.target == id && line.undone_at.is_none()).map(|line| line.source).collect();
        look.want(&sources.iter().map(Read::one::<Customer>).collect::<Vec<_>>())?;
        for source in sources {
            found.extend(look.find::<Customer>(source)?.filter(|_| found.iter().all(|known| known.id != source)));
        }
        at = at.saturating_add(1);
    }
    Ok(found)
}

/// Everything that hangs on somebody: all of it is the last one's they became.
pub(crate) fn belongings(look: &dyn Look, person: &[Customer]) -> Result<Vec<Record>, Halt> {
    let reads: Vec<Read> = person
        .iter()
        .flat_map(|customer| Kind::OWNED.iter().map(|kind| Read::Parent { kind: *kind, parent: customer.id.to_string() }))
        .collect();
    look.want(&reads)?;
    let mut found = Vec::new();
    for read in &reads {
        found.extend(look.look(read)?);
    }
    Ok(found)
}

/// Takes what is personal out of the histories of somebody and of all that hangs or hung on them, and out of the receipts of the commands that made these.
/// Answers how many parts were changed.
pub(crate) fn erase_histories(draft: &mut Draft<'_>, person: &[Customer], belongings: &[Record]) -> Result<u32, Halt> {
    let ids: BTreeSet<CustomerId> = person.iter().map(|customer| customer.id).collect();
    let mut parts = Vec::new();
    let own = own_histories(draft.read(), &ids, belongings, [])?;
    let lent = lent(draft, &ids)?;
    forget_inputs(draft, &ids, told_in(draft.read(), &ids, &own, &lent)?)?;
    for history in own.values() {
        parts.extend(rewritten(history, |_, _| true));
    }
    for (place, (history, times)) in lent {
        // A list entry of theirs was the other's for a while.
        if own.contains_key(&place) {
            continue;
        }
        // What the end of the merge left as it stood is the other's own, and stands in their record to this day.
        let ended = |next: Option<&Sealed>, time: &Range<u32>| next.is_some_and(|next| next.sequence <= time.end);
        parts.extend(rewritten(&history, |part, next| times.iter().any(|time| time.contains(&part.sequence) && ended(next, time))));
    }
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for part in parts {
        draft.put(part)?;
    }
    Ok(count)
}

/// The places in the log of the commands that changed anything of theirs, or of another's while that was theirs too.
fn told_in(look: &dyn Look, ids: &BTreeSet<CustomerId>, own: &BTreeMap<Place, Vec<Sealed>>, lent: &Lent) -> Result<BTreeSet<u32>, Halt> {
    let mut found: BTreeSet<u32> = own.values().flatten().map(|part| part.sequence).collect();
    for id in ids {
        found.extend(look.children::<Sealed>(id)?.into_iter().map(|part| part.sequence));
    }
    for (history, times) in lent.values() {
        let meanwhile = |part: &&Sealed| times.iter().any(|time| (time.start..=time.end).contains(&part.sequence));
        found.extend(history.iter().filter(meanwhile).map(|part| part.sequence));
    }
    Ok(found)
}

// Whoever has the store could try names and phones until one gives the digest that is kept of a command.
fn forget_inputs(draft: &mut Draft<'_>, ids: &BTreeSet<CustomerId>, commands: BTreeSet<u32>) -> Result<(), Halt> {
    // What tells of people of whom it cannot be said who they are may tell of these.
    let told = ids.iter().chain([&NOBODY]).map(|customer| Receipt::key_of_told(*customer));
    let keys: Vec<String> = commands.into_iter().map(Receipt::key_of).chain(told).collect();
    draft.read().want(&keys.iter().map(|key| Read::Key { kind: Kind::Receipt, key: key.clone() }).collect::<Vec<_>>())?;
    for key in keys {
        for receipt in draft.read().keyed::<Receipt>(key)? {
            draft.put(Receipt { digest: String::new(), told_of: Vec::new(), ..receipt })?;
        }
    }
    Ok(())
}

/// Takes what is personal out of the history of one record.
pub(crate) fn erase_history(draft: &mut Draft<'_>, kind: Kind, id: String) -> Result<(), Halt> {
    for (_, history) in histories(draft.read(), [(kind, id)])? {
        for part in rewritten(&history, |_, _| true) {
            draft.put(part)?;
        }
    }
    Ok(())
}

fn in_order(mut history: Vec<Sealed>) -> Vec<Sealed> {
    history.sort_by_key(|part| (part.sequence, part.index));
    history
}

fn histories(look: &dyn Look, places: impl IntoIterator<Item = Place>) -> Result<Vec<Told>, Halt> {
    let places: Vec<Place> = places.into_iter().collect();
    let read = |(kind, id): &Place| Read::Key { kind: Kind::Sealed, key: Sealed::key_of(*kind, id) };
    look.want(&places.iter().map(read).collect::<Vec<_>>())?;
    places
        .into_iter()
        .map(|(kind, id)| {
            let history = in_order(look.keyed(Sealed::key_of(kind, &id))?);
            Ok(((kind, id), history))
        })
        .collect()
}

/// The histories of what is theirs now, of what was theirs when it was removed, and of whatever else is named. What was theirs and is another's by now, since
/// a merge was undone, is that other's.
pub(crate) fn own_histories(
    look: &dyn Look,
    ids: &BTreeSet<CustomerId>,
    belongings: &[Record],
    more: impl IntoIterator<Item = Place>,
) -> Result<BTreeMap<Place, Vec<Sealed>>, Halt> {
    let customers = ids.iter().map(|id| (Kind::Customer, id.to_string()));
    let mut places: BTreeSet<Place> = customers.chain(belongings.iter().map(|record| (record.kind(), record.id()))).collect();
    places.extend(more);
    let mut others: BTreeSet<Place> = BTreeSet::new();
    look.want(&ids.iter().map(Read::children::<Sealed>).collect::<Vec<_>>())?;
    for id in ids {
        let told: Vec<Sealed> = look.children(id)?;
        others.extend(told.into_iter().map(|part| (part.kind, part.id)).filter(|place| !places.contains(place)));
    }
    look.want(&others.iter().map(|(kind, id)| Read::Id { kind: *kind, id: id.clone() }).collect::<Vec<_>>())?;
    let mut removed = Vec::new();
    for (kind, id) in others {
        if look.look(&Read::Id { kind, id: id.clone() })?.is_empty() {
            removed.push((kind, id));
        }
    }
    let mut found: BTreeMap<Place, Vec<Sealed>> = histories(look, places)?.into_iter().collect();
    // What was removed while a merge lasted that was undone since cannot have come back to whose it had been.
    let theirs = |part: Option<&Sealed>| part.and_then(|part| part.customer).is_some_and(|customer| ids.contains(&customer));
    let were_theirs = |history: &[Sealed]| theirs(history.first()) || theirs(history.last());
    found.extend(histories(look, removed)?.into_iter().filter(|(_, history)| were_theirs(history)));
    Ok(found)
}

/// Histories that tell of somebody from one place of the log until before another.
type Lent = BTreeMap<Place, (Vec<Sealed>, Vec<Range<u32>>)>;

// What others' histories tell of them: whoever they were merged into until that was undone had their phones, comments and memos meanwhile (M2, M8), and so
// had those into whom these were merged in that time.
fn lent(draft: &Draft<'_>, ids: &BTreeSet<CustomerId>) -> Result<Lent, Halt> {
    let mut found = Lent::new();
    let mut sources: Vec<(CustomerId, u32, u32)> = ids.iter().map(|id| (*id, 0, u32::MAX)).collect();
    while let Some((source, since, until)) = sources.pop() {
        let lines: Vec<Merge> = draft.read().keyed(key::merged(source))?;
        let undone = lines.into_iter().filter(|line| line.source == source && line.undone_at.is_some() && !ids.contains(&line.target));
        for line in undone {
            // What was before they were one, or came after, tells nothing of them.
            let Some((from, to)) = while_merged(draft.read(), &line)?.filter(|(from, to)| *from >= since && *to <= until) else { continue };
            sources.push((line.target, from, to));
            let told: Vec<Sealed> = draft.read().children(line.target)?;
            let meanwhile = told.into_iter().filter(|part| (from..=to).contains(&part.sequence));
            let places: BTreeSet<Place> =
                meanwhile.filter(|part| matches!(part.kind, Kind::Customer | Kind::Listing)).map(|part| (part.kind, part.id)).collect();
            for (place, history) in histories(draft.read(), places)? {
                found.entry(place).or_insert_with(|| (history, Vec::new())).1.push(from..to);
            }
        }
    }
    Ok(found)
}

/// The places in the log where a merge was made and where it was undone; nothing if it stands, or its source's history cannot be read.
pub(crate) fn while_merged(look: &dyn Look, line: &Merge) -> Result<Option<(u32, u32)>, Halt> {
    let own = in_order(look.keyed(history_of(line.source))?);
    // Whoever is merged does not change until they are themselves again.
    let mut since = own.iter().skip_while(|part| version_after(part) != Some(u64::from(line.source_version))).map(|part| part.sequence);
    Ok(since.next().zip(since.next()))
}

/// The key of a customer's own history.
pub(crate) fn history_of(customer: CustomerId) -> String {
    Sealed::key_of(Kind::Customer, &customer.to_string())
}

fn version_after(part: &Sealed) -> Option<u64> {
    part.differences().ok()?.get("version")?.get(1)?.as_u64()
}

/// The parts of one record's history that tell something else once what is personal is taken out of some of its states: asked of the part that made the state
/// and the one that ended it.
fn rewritten(history: &[Sealed], personal: impl Fn(&Sealed, Option<&Sealed>) -> bool) -> Vec<Sealed> {
    told_again(history, personal).unwrap_or_else(|| {
        // A history that cannot be read is one of which nothing is known to be impersonal.
        let emptied = |part: &Sealed| Sealed { salt: String::new(), fields: ChangedFields::from("{}".to_owned()), ..part.clone() };
        history.iter().map(emptied).collect()
    })
}

fn told_again(history: &[Sealed], personal: impl Fn(&Sealed, Option<&Sealed>) -> bool) -> Option<Vec<Sealed>> {
    let (mut was, mut told) = (State::new(), State::new());
    let mut found = Vec::new();
    for (place, part) in history.iter().enumerate() {
        let change = part.differences().ok()?;
        roll_forward(&mut was, &change);
        let tells = if personal(part, history.get(place.saturating_add(1))) { impersonal(part.kind, &was)? } else { was.clone() };
        let again = between(&told, &tells);
        if again != change {
            let fields = match part.operation {
                Operation::Create => Value::Object(tells.clone()),
                Operation::Update => Value::Object(again),
                Operation::Remove => Value::Object(told),
            };
            found.push(Sealed { salt: String::new(), fields: ChangedFields::from(fields.to_string()), ..part.clone() });
        }
        told = tells;
    }
    Some(found)
}

fn between(before: &State, after: &State) -> Differences {
    differences(Some(&Value::Object(before.clone())), Some(&Value::Object(after.clone())))
}

// A removed record has no fields left.
fn impersonal(kind: Kind, state: &State) -> Option<State> {
    if state.is_empty() {
        return Some(State::new());
    }
    let record = Record::from_json(kind, &Value::Object(state.clone()).to_string()).ok()?;
    match record.impersonal().to_value().ok()? {
        Value::Object(state) => Some(state),
        _ => None,
    }
}

/// The records of somebody without what is personal, a version later where there was any. Answers how many were changed.
pub(crate) fn erase_records(draft: &mut Draft<'_>, belongings: &[Record]) -> Result<u32, Halt> {
    let mut changed: BTreeMap<Place, Record> = BTreeMap::new();
    for record in belongings {
        let impersonal = record.impersonal();
        if impersonal != *record
            && let Some(later) = record.owner().and_then(|owner| impersonal.handed_to(owner))
        {
            changed.insert((record.kind(), record.id()), later);
        }
    }
    let count = u32::try_from(changed.len()).unwrap_or(u32::MAX);
    for record in changed.into_values() {
        draft.put_record(record)?;
    }
    Ok(count)
}
