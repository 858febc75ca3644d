//! Records in memory, found as a store finds them.

use core::hash::{Hash, Hasher};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::Read;
use crate::record::{Kind, Record};

/// A text as a key of a map. A short one, as nearly all ids and keys are, lies in the map itself: nothing is allocated to look for it and no
/// pointer is followed to compare it.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// So many bytes of these; zeros follow.
    Short(u8, [u8; Self::INSIDE]),
    Long(Box<str>),
}

impl Name {
    const INSIDE: usize = 30;

    pub(super) fn of(text: &str) -> Self {
        let mut inside = [0; Self::INSIDE];
        match (u8::try_from(text.len()), inside.get_mut(..text.len())) {
            (Ok(length), Some(room)) => {
                room.copy_from_slice(text.as_bytes());
                Self::Short(length, inside)
            }
            _ => Self::Long(text.into()),
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            // It was made from a text.
            Self::Short(..) => core::str::from_utf8(self.bytes()).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short(length, inside) => inside.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }
}

impl core::fmt::Debug for Name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Name(..)")
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

// UTF-8 is in order of its characters.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The records under one parent or key, by id. Nearly always some; the rows of one import can be a hundred thousand.
#[derive(Clone)]
enum Group {
    /// In order of id, at most [`Group::FEW`].
    Few(Vec<(Name, Arc<Record>)>),
    Many(BTreeMap<Name, Arc<Record>>),
}

impl Group {
    const FEW: usize = 32;

    fn put(&mut self, id: Name, record: Arc<Record>) {
        match self {
            Self::Few(few) => match few.binary_search_by(|(at, _)| at.cmp(&id)) {
                Ok(place) => {
                    if let Some(kept) = few.get_mut(place) {
                        kept.1 = record;
                    }
                }
                Err(place) if few.len() < Self::FEW => few.insert(place, (id, record)),
                Err(_) => {
                    let mut many: BTreeMap<_, _> = core::mem::take(few).into_iter().collect();
                    many.insert(id, record);
                    *self = Self::Many(many);
                }
            },
            Self::Many(many) => {
                many.insert(id, record);
            }
        }
    }

    /// Whether nothing is left.
    fn remove(&mut self, id: &Name) -> bool {
        match self {
            Self::Few(few) => {
                few.retain(|(at, _)| at != id);
                few.is_empty()
            }
            Self::Many(many) => {
                many.remove(id);
                many.is_empty()
            }
        }
    }

    fn records(&self) -> Vec<Arc<Record>> {
        match self {
            Self::Few(few) => few.iter().map(|(_, record)| Arc::clone(record)).collect(),
            Self::Many(many) => many.values().cloned().collect(),
        }
    }
}

/// Groups by what their records hang on, or are found by.
type Groups = HashMap<Name, Group>;

fn join(groups: &mut Groups, under: &str, id: &Name, record: &Arc<Record>) {
    // Most groups stay at one record: room for one.
    let group = groups.entry(Name::of(under)).or_insert_with(|| Group::Few(Vec::with_capacity(1)));
    group.put(id.clone(), Arc::clone(record));
}

fn leave(groups: &mut Groups, under: &str, id: &Name) {
    let under = Name::of(under);
    if groups.get_mut(&under).is_some_and(|group| group.remove(id)) {
        groups.remove(&under);
    }
}

/// The records of one kind. Looked up by hash, so the order never shows; it is made when somebody scans.
#[derive(Clone, Default)]
struct Rows {
    // None: hidden, see [`Table::hide`].
    records: HashMap<Name, Option<Arc<Record>>>,
    parents: Groups,
    keys: Groups,
    // Every id, in order, kept from the first scan on.
    order: OnceLock<BTreeSet<Name>>,
}

impl Rows {
    fn set(&mut self, id: &Name, record: Option<Arc<Record>>) {
        let new = record.clone();
        let old = match self.records.entry(id.clone()) {
            std::collections::hash_map::Entry::Occupied(mut kept) => kept.insert(record),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(record);
                if let Some(order) = self.order.get_mut() {
                    order.insert(id.clone());
                }
                None
            }
        };
        self.regroup(id, old, new);
    }

    fn remove(&mut self, id: &Name) {
        if let Some(old) = self.records.remove(id) {
            if let Some(order) = self.order.get_mut() {
                order.remove(id);
            }
            self.regroup(id, old, None);
        }
    }

    fn regroup(&mut self, id: &Name, old: Option<Arc<Record>>, new: Option<Arc<Record>>) {
        let found_by = |record: &Option<Arc<Record>>| record.as_ref().map(|record| (record.parent(), record.keys())).unwrap_or_default();
        let ((old_parent, old_keys), (parent, keys)) = (found_by(&old), found_by(&new));
        if let Some(old) = old_parent.filter(|old| parent.as_ref() != Some(old)) {
            leave(&mut self.parents, &old, id);
        }
        old_keys.iter().filter(|key| !keys.contains(key)).for_each(|key| leave(&mut self.keys, key, id));
        if let Some(new) = new {
            parent.iter().for_each(|parent| join(&mut self.parents, parent, id, &new));
            keys.iter().for_each(|key| join(&mut self.keys, key, id, &new));
        }
    }

    fn get(&self, id: &Name) -> Option<Option<&Arc<Record>>> {
        self.records.get(id).map(Option::as_ref)
    }

    fn order(&self) -> &BTreeSet<Name> {
        self.order.get_or_init(|| self.records.keys().cloned().collect())
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
        let records: usize = self.kinds.values().map(|rows| rows.records.len()).sum();
        f.debug_struct("Table").field("records", &records).finish_non_exhaustive()
    }
}

impl Table {
    /// Keeps a record in the place of the one of the same id.
    pub fn put(&mut self, record: Arc<Record>) {
        let id = Name::of(&record.id());
        self.kinds.entry(record.kind()).or_default().set(&id, Some(record));
    }

    /// Removes a record for good.
    pub fn remove(&mut self, kind: Kind, id: &str) {
        if let Some(rows) = self.kinds.get_mut(&kind) {
            rows.remove(&Name::of(id));
        }
    }

    /// Remembers that a record is gone, whatever lies below this table says.
    pub fn hide(&mut self, kind: Kind, id: &str) {
        self.kinds.entry(kind).or_default().set(&Name::of(id), None);
    }

    /// What this table says of an id: nothing, that it is gone, or the record.
    #[must_use]
    pub fn get(&self, kind: Kind, id: &str) -> Option<Option<&Arc<Record>>> {
        self.kinds.get(&kind)?.get(&Name::of(id))
    }

    /// The records that answer a read, in order of id.
    #[must_use]
    pub fn find(&self, read: &Read) -> Vec<Arc<Record>> {
        let Some(rows) = self.kinds.get(&read.kind()) else { return Vec::new() };
        let group = match read {
            Read::Id { id, .. } => return rows.get(&Name::of(id)).flatten().cloned().into_iter().collect(),
            Read::Parent { parent, .. } => rows.parents.get(&Name::of(parent)),
            Read::Key { key, .. } => rows.keys.get(&Name::of(key)),
        };
        group.map(Group::records).unwrap_or_default()
    }

    /// Up to `limit` records of a kind with ids above `after`, in order of id as text.
    #[must_use]
    pub fn scan(&self, kind: Kind, after: Option<&str>, limit: usize) -> Vec<Arc<Record>> {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let Some(rows) = self.kinds.get(&kind) else { return Vec::new() };
        let start = Name::of(after.unwrap_or_default());
        let from = if after.is_some() { Excluded(start) } else { Included(start) };
        rows.order().range((from, Unbounded)).filter_map(|id| rows.get(id).flatten().cloned()).take(limit).collect()
    }

    /// The answer of this table laid over an answer from below: its records win, what it hides is gone.
    #[must_use]
    pub fn over(&self, read: &Read, below: Vec<Arc<Record>>) -> Vec<Arc<Record>> {
        let Some(rows) = self.kinds.get(&read.kind()) else { return below };
        let named = |record: Arc<Record>| (Name::of(&record.id()), record);
        let mut found: BTreeMap<Name, Arc<Record>> =
            below.into_iter().map(named).filter(|(id, _)| !rows.records.contains_key(id)).collect();
        found.extend(self.find(read).into_iter().map(named));
        found.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_their_texts_wherever_they_lie() {
        let long = "c".repeat(Name::INSIDE + 1);
        let texts = ["", "c", "c1", "c10", "c2", long.as_str(), "c\u{0}", "山田", &"c".repeat(Name::INSIDE), "r1"];
        for one in texts {
            for other in texts {
                assert_eq!(Name::of(one).cmp(&Name::of(other)), one.cmp(other), "{one:?} {other:?}");
                assert_eq!(Name::of(one) == Name::of(other), one == other, "{one:?} {other:?}");
            }
        }
    }

    fn sealed(ordinal: u32) -> Arc<Record> {
        let json =
            format!(r#"{{"sequence":{ordinal},"index":0,"kind":"customer","id":"c1","operation":"update","customer":"c1","at":0,"salt":"","fields":{{}}}}"#);
        Arc::new(Record::from_json(Kind::Sealed, &json).unwrap())
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
