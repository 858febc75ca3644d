//! 開示: everything the ledger holds of one person, in one document (I6).
//!
//! It is the whole of it: 店舗コメント, list entries and memos are personal data held of the person like any other. The law lets a business withhold some of
//! that from whoever asked, which is for a person to decide; so the document goes to those who decide for the salon, and never straight to the customer.
//! Of other people there is nothing in it: where a merge that was undone had put another's texts into a history, the fields are named and their values left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::audit::Audit;
use super::driver::{Loading, decide};
use super::journal::{JournalField, corrupt, line};
use crate::customer::{belongings, history_of, own_histories, person, resolve, while_merged};
use crate::error::Error;
use crate::id::{ActorId, CustomerId, MergeId};
use crate::log::{Channel, Halt, Look, Operation, Read, Role, View};
use crate::record::{
    Block, Customer, Figures, Keyed as _, Kind, Listing, ManualVisit, Merge, MovedRecord, NotSame, PointLot, Record, Reservation, Sale,
    Sealed, Ticket, key,
};
use crate::store::Port;
use crate::time::Instant;

wire! {
    /// 開示: everything the ledger holds of one person (I6), whoever they are by now: active, withdrawn, or erased, of whom it gives what is left.
    #[derive(Copy, Debug)]
    pub struct DiscloseCustomer {
        /// Who; a merged id resolves to its target (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// Everything the ledger holds of one person, as it is kept. Nothing in it depends on the day it is asked for.
    pub struct Disclosure {
        /// The place of the log this is as of.
        pub sequence: u32,
        /// The record, 店舗コメント, former names and a pending request included.
        pub customer: Customer,
        /// The id asked for, if it was merged into this customer.
        pub merged_from: Option<CustomerId>,
        /// The records of those who were merged into them: the same person (M6).
        pub merged: Vec<Customer>,
        /// Reservations of every state, those entered in error included.
        pub reservations: Vec<Reservation>,
        /// Visits that were entered by hand.
        pub visits: Vec<ManualVisit>,
        /// Sales, voided ones included.
        pub sales: Vec<Sale>,
        /// Tickets with all that happened to them.
        pub tickets: Vec<Ticket>,
        /// Points with all that happened to them.
        pub points: Vec<PointLot>,
        /// Entries on the watch, grey and black list, removed ones included.
        pub listings: Vec<Listing>,
        /// What all of that comes to (N).
        pub figures: Option<Figures>,
        /// Blocks that outlive a record: digests of how they can be reached (G5).
        pub blocks: Vec<Block>,
        /// The merge history 統合履歴, oldest first.
        pub merges: Vec<DisclosedMerge>,
        /// 別人: when they were marked as not the same person as somebody (D2).
        pub marks: Vec<DisclosedMark>,
        /// Every change of any of this, also of what was removed since: when, by whom, before and after (A1).
        pub journal: Vec<DisclosedEntry>,
    }
}

redacted_debug!(Disclosure { sequence, customer, merged_from });

wire! {
    /// A merge of the person's records (M8). Whoever they were taken for, and are not, is left out.
    #[derive(Debug)]
    pub struct DisclosedMerge {
        /// Which.
        pub merge: MergeId,
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
        /// 統合元, if it is theirs.
        pub source: Option<CustomerId>,
        /// 統合先, if it is theirs.
        pub target: Option<CustomerId>,
        /// The records that moved, if they are theirs.
        pub moved: Vec<MovedRecord>,
        /// When it was undone.
        pub undone_at: Option<Instant>,
    }
}

wire! {
    /// Somebody marked them as not the same person as another (D2).
    #[derive(Debug)]
    pub struct DisclosedMark {
        /// When.
        pub at: Instant,
        /// By whom.
        pub by: ActorId,
    }
}

wire! {
    /// An entry of the journal, as far as it is about the person.
    #[derive(Debug)]
    pub struct DisclosedEntry {
        /// Its place in the log.
        pub sequence: u32,
        /// When.
        pub at: Instant,
        /// Who.
        pub by: ActorId,
        /// What that account may do.
        pub role: Role,
        /// Through what.
        pub channel: Channel,
        /// The command's name.
        pub command: String,
        /// What changed of theirs.
        pub changes: Vec<DisclosedChange>,
    }
}

wire! {
    /// A change of one of the person's records.
    #[derive(Debug)]
    pub struct DisclosedChange {
        /// The record's kind.
        pub kind: Kind,
        /// The record's id.
        pub id: String,
        /// What was done to it.
        pub operation: Operation,
        /// The fields that changed, before and after.
        pub fields: Vec<JournalField>,
        /// Fields whose values are left out: they told of somebody else too, whom a merge had taken for the same person until it was undone.
        pub of_others: Vec<String>,
        /// Whether what was personal in the fields was taken away since, by an erasure (W4).
        pub erased: bool,
    }
}

impl Audit for DiscloseCustomer {
    type Output = Disclosure;
    const NAME: &'static str = "discloseCustomer";
    // It holds what staff noted of the person, and somebody has to look through it before it leaves the house.
    const ROLES: &'static [Role] = Role::MANAGERS;

    async fn run(&self, port: &Port) -> Result<Disclosure, Error> {
        let mut loading = Loading::new(vec![Read::one::<Customer>(self.customer)]);
        let (mut disclosure, told) = decide(port, &mut loading, |view| held(view, self.customer)).await?;
        disclosure.sequence = loading.sequence();
        // Entries of the log never change: what was loaded and they are of one state.
        for (sequence, parts) in told.parts {
            disclosure.journal.push(entry(port, sequence, parts, &told.others).await?);
        }
        Ok(disclosure)
    }
}

/// What the log tells of a person, by its entries, and whom it must not tell of.
struct Told {
    parts: BTreeMap<u32, Vec<Part>>,
    others: Vec<String>,
}

/// A sealed part, and the fields of it that are not to be shown.
struct Part {
    sealed: Sealed,
    hidden: Hidden,
}

#[derive(Clone, Default)]
enum Hidden {
    #[default]
    Nothing,
    Fields(BTreeSet<String>),
    Everything,
}

impl Hidden {
    fn holds(&self, field: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Fields(fields) => fields.contains(field),
            Self::Everything => field != "version",
        }
    }

    fn and(&mut self, more: &Self) {
        match (&mut *self, more) {
            (_, Self::Nothing) | (Self::Everything, _) => {}
            (Self::Fields(fields), Self::Fields(more)) => fields.extend(more.iter().cloned()),
            (_, more) => *self = more.clone(),
        }
    }
}

fn held(view: &View, asked: CustomerId) -> Result<(Disclosure, Told), Halt> {
    let look: &dyn Look = view;
    let customer = resolve(look, asked)?;
    let id = customer.id;
    let person = person(look, customer)?;
    let ids: BTreeSet<CustomerId> = person.iter().map(|customer| customer.id).collect();
    let belongings = belongings(look, &person)?;
    let mut disclosure = Disclosure {
        sequence: 0,
        merged_from: (id != asked).then_some(asked),
        figures: look.find(id)?,
        customer: person.first().cloned().ok_or(crate::error::CustomerError::NotFound { customer: asked })?,
        merged: person.iter().skip(1).cloned().collect(),
        reservations: Vec::new(),
        visits: Vec::new(),
        sales: Vec::new(),
        tickets: Vec::new(),
        points: Vec::new(),
        listings: Vec::new(),
        blocks: Vec::new(),
        merges: Vec::new(),
        marks: Vec::new(),
        journal: Vec::new(),
    };
    for record in &belongings {
        disclosure.take(record);
    }
    let named = |id: &CustomerId| {
        [Read::Key { kind: Kind::Merge, key: key::merged(*id) }, Read::Key { kind: Kind::NotSame, key: key::not_same(*id) }]
    };
    look.want(&ids.iter().flat_map(|id| named(id).into_iter().chain([Read::one::<Block>(id)])).collect::<Vec<_>>())?;
    let mut lines: BTreeMap<MergeId, Merge> = BTreeMap::new();
    let mut marks: BTreeMap<String, NotSame> = BTreeMap::new();
    for id in &ids {
        disclosure.blocks.extend(look.find::<Block>(id)?);
        lines.extend(look.keyed::<Merge>(key::merged(*id))?.into_iter().map(|line| (line.id, line)));
        marks.extend(look.keyed::<NotSame>(key::not_same(*id))?.into_iter().map(|mark| (mark.key_id().to_string(), mark)));
    }
    let mut others: BTreeSet<CustomerId> = lines.values().flat_map(|line| [line.source, line.target]).collect();
    others.extend(marks.values().flat_map(|mark| [mark.one, mark.other]));
    let mut told = Told { parts: BTreeMap::new(), others: others.difference(&ids).map(ToString::to_string).collect() };
    disclosure.merges = lines.values().map(|line| merge(line, &ids)).collect();
    disclosure.marks = marks.into_values().map(|mark| DisclosedMark { at: mark.at, by: mark.by }).collect();
    let mixed = mixed(look, lines.values().filter(|line| ids.contains(&line.target)))?;
    let blocks = ids.iter().map(|id| (Kind::Block, id.to_string()));
    for part in own_histories(look, &ids, &belongings, blocks)?.into_values().flatten() {
        let mut hidden = Hidden::Nothing;
        for was in mixed.iter().filter(|was| was.kind == part.kind && was.id == part.id && (was.from..=was.until).contains(&part.sequence))
        {
            hidden.and(&was.fields);
        }
        told.parts.entry(part.sequence).or_default().push(Part { sealed: part, hidden });
    }
    Ok((disclosure, told))
}

impl Disclosure {
    fn take(&mut self, record: &Record) {
        match record {
            Record::Reservation(record) => self.reservations.push(Reservation::clone(record)),
            Record::ManualVisit(record) => self.visits.push(ManualVisit::clone(record)),
            Record::Sale(record) => self.sales.push(Sale::clone(record)),
            Record::Ticket(record) => self.tickets.push(Ticket::clone(record)),
            Record::PointLot(record) => self.points.push(PointLot::clone(record)),
            Record::Listing(record) => self.listings.push(Listing::clone(record)),
            // Named one by one: a new kind that is a customer's does not compile before somebody decided what is disclosed of it.
            Record::Settings(_)
            | Record::Counters(_)
            | Record::Customer(_)
            | Record::TicketPlan(_)
            | Record::Figures(_)
            | Record::Merge(_)
            | Record::Segment(_)
            | Record::NotSame(_)
            | Record::Import(_)
            | Record::Block(_)
            | Record::Receipt(_)
            | Record::Sealed(_) => {}
        }
    }
}

fn merge(line: &Merge, ids: &BTreeSet<CustomerId>) -> DisclosedMerge {
    let theirs = |id: CustomerId| Some(id).filter(|id| ids.contains(id));
    let source = theirs(line.source);
    // A mark's id names two, one of whom is somebody else.
    let moved = line.moved.iter().filter(|moved| source.is_some() && moved.kind != Kind::NotSame).cloned().collect();
    let Merge { id: merge, at, by, undone_at, .. } = line.clone();
    DisclosedMerge { merge, at, by, source, target: theirs(line.target), moved, undone_at }
}

/// A record that told of somebody else too for a while, in some of its fields.
struct Mixed {
    kind: Kind,
    id: String,
    from: u32,
    until: u32,
    fields: Hidden,
}

// Merges that were undone: meanwhile the target had what the merge brought into its fields.
fn mixed<'a>(look: &dyn Look, lines: impl Iterator<Item = &'a Merge>) -> Result<Vec<Mixed>, Halt> {
    let undone: Vec<&Merge> = lines.filter(|line| line.undone_at.is_some()).collect();
    look.want(&undone.iter().map(|line| Read::Key { kind: Kind::Sealed, key: history_of(line.source) }).collect::<Vec<_>>())?;
    let mut found = Vec::new();
    for line in undone {
        let span = while_merged(look, line)?;
        let parts: Vec<Sealed> = look.children(line.target)?;
        for part in parts.into_iter().filter(|part| matches!(part.kind, Kind::Customer | Kind::Listing)) {
            let Some((from, until)) = span else {
                // A history that cannot be read is one of which nothing is known to be theirs alone.
                found.push(Mixed { kind: part.kind, id: part.id, from: 0, until: u32::MAX, fields: Hidden::Everything });
                continue;
            };
            if part.sequence == from {
                let fields = part.differences().map_or(Hidden::Everything, |changed| {
                    Hidden::Fields(changed.into_iter().map(|(field, _)| field).filter(|field| field != "version").collect())
                });
                found.push(Mixed { kind: part.kind, id: part.id, from, until, fields });
            }
        }
    }
    Ok(found)
}

async fn entry(port: &Port, sequence: u32, mut parts: Vec<Part>, others: &[String]) -> Result<DisclosedEntry, Error> {
    let missing = || corrupt(sequence, "a sealed part belongs to no change of it");
    let entries = port.changes(sequence.saturating_sub(1), 1).await?;
    let body = entries.first().ok_or_else(missing)?.read().map_err(|error| corrupt(sequence, &crate::error::json_fault(&error)))?;
    parts.sort_by_key(|part| part.sealed.index);
    let mut changes = Vec::with_capacity(parts.len());
    for Part { sealed, hidden } in parts {
        let index = usize::try_from(sealed.index).map_err(|_| missing())?;
        let change = body.changes.get(index).filter(|_| body.sequence == sequence).cloned().ok_or_else(missing)?;
        let change = line(sequence, change, Some(sealed))?;
        let (of_others, fields): (Vec<_>, Vec<_>) = change.fields.into_iter().partition(|field| hidden.holds(&field.field));
        let fields = fields.into_iter().map(|field| JournalField {
            before: field.before.and_then(|text| without(text, others)),
            after: field.after.and_then(|text| without(text, others)),
            field: field.field,
        });
        changes.push(DisclosedChange {
            kind: change.kind,
            id: change.id,
            operation: change.operation,
            fields: fields.collect(),
            of_others: of_others.into_iter().map(|field| field.field).collect(),
            erased: change.erased,
        });
    }
    let (at, channel, command) = (body.at, body.channel, body.command);
    Ok(DisclosedEntry { sequence, at, by: body.actor.id, role: body.actor.role, channel, command, changes })
}

// A value as JSON text, without the ids of other customers: as whose a record stood there while a merge that was undone lasted.
fn without(text: String, others: &[String]) -> Option<String> {
    if !others.iter().any(|other| text.contains(other)) {
        return Some(text);
    }
    let value: Value = serde_json::from_str(&text).ok()?;
    silent(value, others).map(|value| value.to_string())
}

fn silent(value: Value, others: &[String]) -> Option<Value> {
    match value {
        Value::String(text) => (!others.contains(&text)).then_some(Value::String(text)),
        Value::Array(values) => Some(Value::Array(values.into_iter().filter_map(|value| silent(value, others)).collect())),
        Value::Object(fields) => {
            let fields = fields.into_iter().filter_map(|(name, value)| silent(value, others).map(|value| (name, value)));
            Some(Value::Object(fields.collect()))
        }
        value => Some(value),
    }
}
