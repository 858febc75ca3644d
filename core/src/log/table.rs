//! Records in memory, found as a store finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Read;
use super::by_id::ById;
use crate::id::RecordId;
use crate::record::{Kind, Record};

/// The records of one kind under one parent or key. Nearly always some; the rows of one import can be a hundred thousand.
#[derive(Clone)]
enum Group {
    /// As most keys have: nothing is allocated for it.
    One(Record),
    /// In no order, at most [`Group::FEW`]: found without reading them.
    Few(Vec<Record>),
    Many(BTreeMap<RecordId, Record>),
}

impl Group {
    const FEW: usize = 32;

    /// Takes a new record, or one in the place of the one it was before.
    fn put(&mut self, old: Option<&Record>, new: Record) {
        match self {
            Self::One(one) if old.is_some_and(|old| one.is(old)) => *one = new,
            Self::One(one) => *self = Self::Few(vec![one.clone(), new]),
            Self::Few(few) => match old.and_then(|old| few.iter().position(|kept| kept.is(old))) {
                Some(at) => few.get_mut(at).into_iter().for_each(|kept| *kept = new.clone()),
                None if few.len() < Self::FEW => few.push(new),
                None => {
                    let few = core::mem::take(few).into_iter().chain([new]);
                    *self = Self::Many(few.map(|record| (record.record_id(), record)).collect());
                }
            },
            Self::Many(many) => {
                many.insert(new.record_id(), new);
            }
        }
    }

    /// Whether nothing is left.
    fn remove(&mut self, old: &Record) -> bool {
        match self {
            Self::One(one) => one.is(old),
            Self::Few(few) => {
                few.retain(|kept| !kept.is(old));
                few.is_empty()
            }
            Self::Many(many) => {
                many.remove(&old.record_id());
                many.is_empty()
            }
        }
    }

    /// In order of id.
    fn records(&self) -> Vec<Record> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Few(few) => {
                let mut records = few.clone();
                records.sort_by_cached_key(Record::record_id);
                records
            }
            Self::Many(many) => many.values().cloned().collect(),
        }
    }
}

/// Groups by what their records hang on, or are found by.
#[derive(Clone, Default)]
struct Groups(ById<Group>);

impl Groups {
    fn join(&mut self, under: &RecordId, old: Option<&Record>, new: &Record) {
        self.0.change_or_keep(under, |group| group.put(old, new.clone()), || Group::One(new.clone()));
    }

    fn leave(&mut self, under: &RecordId, old: &Record) {
        if self.0.get_mut(under).is_some_and(|group| group.remove(old)) {
            self.0.remove(under);
        }
    }

    fn records(&self, under: &str) -> Vec<Record> {
        self.0.get(&RecordId::new(under)).map(Group::records).unwrap_or_default()
    }
}

/// The records of one kind. The order of their ids is made when somebody scans.
#[derive(Clone, Default)]
struct Rows {
    // None: hidden, see [`Table::hide`].
    records: ById<Option<Record>>,
    parents: Groups,
    keys: Groups,
    // Every id, in order, kept from the first scan on.
    order: OnceLock<BTreeSet<RecordId>>,
}

impl Rows {
    fn set(&mut self, id: &RecordId, record: Option<Record>) {
        let new = record.clone();
        let before = self.records.insert(id, record);
        if before.is_none()
            && let Some(order) = self.order.get_mut()
        {
            order.insert(id.clone());
        }
        self.regroup(before.flatten().as_ref(), new.as_ref());
    }

    fn remove(&mut self, id: &RecordId) {
        if let Some(order) = self.order.get_mut() {
            order.remove(id);
        }
        let before = self.records.remove(id).flatten();
        self.regroup(before.as_ref(), None);
    }

    // Old and new are of one id.
    fn regroup(&mut self, old: Option<&Record>, new: Option<&Record>) {
        let (parent, keys) = new.map(|new| (new.parent_id(), new.keys())).unwrap_or_default();
        if let Some(old) = old {
            old.parent_id().filter(|before| parent.as_ref() != Some(before)).iter().for_each(|before| self.parents.leave(before, old));
            old.keys().iter().filter(|key| !keys.contains(key)).for_each(|key| self.keys.leave(&RecordId::new(key), old));
        }
        if let Some(new) = new {
            // Where the old one is not, the new one comes beside the others.
            parent.iter().for_each(|parent| self.parents.join(parent, old, new));
            keys.iter().for_each(|key| self.keys.join(&RecordId::new(key), old, new));
        }
    }

    fn get(&self, id: &RecordId) -> Option<Option<&Record>> {
        self.records.get(id).map(Option::as_ref)
    }

    fn order(&self) -> &BTreeSet<RecordId> {
        self.order.get_or_init(|| self.records.ids().collect())
    }
}

/// Records in memory, found by id, by parent and by key: the memory store's inside, and the part of a draft that is not stored yet.
#[derive(Clone, Default)]
pub struct Table {
    kinds: BTreeMap<Kind, Rows>,
}

// Its keys hold names and phone numbers (A4).
impl core::fmt::Debug for Table {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let records: usize = self.kinds.values().map(|rows| rows.records.values().flatten().count()).sum();
        f.debug_struct("Table").field("records", &records).finish_non_exhaustive()
    }
}

impl Table {
    /// Keeps a record in the place of the one of the same id.
    pub fn put(&mut self, record: Record) {
        let id = record.record_id();
        self.kinds.entry(record.kind()).or_default().set(&id, Some(record));
    }

    /// Removes a record for good.
    pub fn remove(&mut self, kind: Kind, id: &str) {
        if let Some(rows) = self.kinds.get_mut(&kind) {
            rows.remove(&RecordId::new(id));
        }
    }

    /// Remembers that a record is gone, whatever lies below this table says.
    pub fn hide(&mut self, kind: Kind, id: &str) {
        self.kinds.entry(kind).or_default().set(&RecordId::new(id), None);
    }

    /// What this table says of an id: nothing, that it is gone, or the record.
    #[must_use]
    pub fn get(&self, kind: Kind, id: &str) -> Option<Option<&Record>> {
        self.kinds.get(&kind)?.get(&RecordId::new(id))
    }

    /// The records that answer a read, in order of id.
    #[must_use]
    pub fn find(&self, read: &Read) -> Vec<Record> {
        let Some(rows) = self.kinds.get(&read.kind()) else { return Vec::new() };
        match read {
            Read::Id { id, .. } => rows.get(&RecordId::new(id)).flatten().cloned().into_iter().collect(),
            Read::Parent { parent, .. } => rows.parents.records(parent),
            Read::Key { key, .. } => rows.keys.records(key),
        }
    }

    /// Up to `limit` records of a kind with ids above `after`, in order of id as text.
    #[must_use]
    pub fn scan(&self, kind: Kind, after: Option<&str>, limit: usize) -> Vec<Record> {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let Some(rows) = self.kinds.get(&kind) else { return Vec::new() };
        let start = RecordId::new(after.unwrap_or_default());
        let from = if after.is_some() { Excluded(start) } else { Included(start) };
        rows.order().range((from, Unbounded)).filter_map(|id| rows.get(id).flatten().cloned()).take(limit).collect()
    }

    /// The answer of this table laid over an answer from below: its records win, what it hides is gone.
    #[must_use]
    pub fn over(&self, read: &Read, below: Vec<Record>) -> Vec<Record> {
        let Some(rows) = self.kinds.get(&read.kind()) else { return below };
        let named = |record: Record| (record.record_id(), record);
        let mut found: BTreeMap<RecordId, Record> = below.into_iter().map(named).filter(|(id, _)| rows.get(id).is_none()).collect();
        found.extend(self.find(read).into_iter().map(named));
        found.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(ordinal: u32) -> Record {
        let json = format!(
            r#"{{"sequence":{ordinal},"index":0,"kind":"customer","id":"c1","operation":"update","customer":"c1","at":0,"salt":"","fields":{{}}}}"#
        );
        Record::from_json(Kind::Sealed, &json).unwrap()
    }

    #[test]
    fn groups_and_scans_are_in_order_of_id_at_any_size() {
        let (mut table, mut ids) = (Table::default(), BTreeSet::new());
        let by_parent = Read::Parent { kind: Kind::Sealed, parent: "c1".to_owned() };
        let by_key = Read::Key { kind: Kind::Sealed, key: "history:customer/c1".to_owned() };
        for ordinal in (1..=100).rev() {
            table.put(sealed(ordinal));
            table.put(sealed(ordinal));
            ids.insert(format!("{ordinal}.0"));
            // A scan in between: from the first one on its order is kept.
            if ordinal % 3 == 0 {
                table.remove(Kind::Sealed, &format!("{}.0", ordinal + 1));
                ids.remove(&format!("{}.0", ordinal + 1));
            }
            let expected: Vec<_> = ids.iter().cloned().collect();
            for found in [table.find(&by_parent), table.find(&by_key), table.scan(Kind::Sealed, None, usize::MAX)] {
                assert_eq!(found.iter().map(|record| record.id()).collect::<Vec<_>>(), expected);
            }
        }
        table.hide(Kind::Sealed, "1.0");
        assert_eq!(table.get(Kind::Sealed, "1.0"), Some(None));
        assert_eq!(
            table.scan(Kind::Sealed, None, 1).first().map(|record| record.id()),
            table.find(&by_key).first().map(|record| record.id())
        );
        ids.iter().for_each(|id| table.remove(Kind::Sealed, id));
        assert!(table.find(&by_parent).is_empty() && table.find(&by_key).is_empty());
        assert_eq!(format!("{table:?}"), "Table { records: 0, .. }");
    }
}
