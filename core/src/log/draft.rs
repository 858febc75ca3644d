use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Halt, Look, Read, Table, View};
use crate::error::CustomerError;
use crate::id::{CustomerId, ListingId, MergeId, ReservationId};
use crate::record::{Counters, Entity, Kind, Record, Settings, key};

/// How many numbers are looked up at once where some stand on old cards.
const BLOCK: u32 = 256;

/// One record before and after. Both `None` cannot be: such a change is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was; `None` for a new record.
    pub before: Option<Arc<Record>>,
    /// What it becomes; `None` for a removed one.
    pub after: Option<Arc<Record>>,
}

/// What a decision changes: each record once, in order of kind and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    changes: BTreeMap<(Kind, String), Change>,
}

impl ChangeSet {
    /// The changes, in order of kind and id.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.values()
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What a command reads and writes while it decides: the loaded view, with its own changes over it, so that row 2 of an import sees row 1.
#[derive(Debug)]
pub struct Draft<'v> {
    view: &'v View,
    table: Table,
    changes: ChangeSet,
}

impl<'v> Draft<'v> {
    /// A draft over what was loaded.
    #[must_use]
    pub fn new(view: &'v View) -> Self {
        Self { view, table: Table::default(), changes: ChangeSet::default() }
    }

    /// This draft, to read from.
    #[must_use]
    pub fn read(&self) -> &dyn Look {
        self
    }

    /// The salon's settings, or the defaults while nobody has set any.
    pub fn settings(&self) -> Result<Settings, Halt> {
        settings(self)
    }

    /// Keeps a record: a new one, or a new state of one that was looked up before.
    pub fn put<T: Entity>(&mut self, record: T) -> Result<(), Halt> {
        let record: Arc<Record> = Arc::new(record.into());
        let (kind, id) = (record.kind(), record.id());
        let before = self.before(kind, &id)?;
        self.table.put(Arc::clone(&record));
        self.note(kind, id, before, Some(record));
        Ok(())
    }

    /// Removes a record that was looked up before.
    pub fn remove(&mut self, kind: Kind, id: &str) -> Result<(), Halt> {
        let before = self.before(kind, id)?;
        self.table.hide(kind, id);
        self.note(kind, id.to_owned(), before, None);
        Ok(())
    }

    // What the store holds, whatever this draft has done to it since.
    fn before(&self, kind: Kind, id: &str) -> Result<Option<Arc<Record>>, Halt> {
        if let Some(change) = self.changes.changes.get(&(kind, id.to_owned())) {
            return Ok(change.before.clone());
        }
        Ok(self.view.look(&Read::Id { kind, id: id.to_owned() })?.into_iter().next())
    }

    fn note(&mut self, kind: Kind, id: String, before: Option<Arc<Record>>, after: Option<Arc<Record>>) {
        if before == after {
            self.changes.changes.remove(&(kind, id));
        } else {
            self.changes.changes.insert((kind, id), Change { before, after });
        }
    }

    /// What was changed.
    #[must_use]
    pub fn finish(mut self) -> ChangeSet {
        self.changes.changes.retain(|_, change| change.before.is_some() || change.after.is_some());
        self.changes
    }

    fn count<T>(&mut self, step: impl FnOnce(&mut Counters) -> Option<T>) -> Result<T, Halt> {
        let mut counters: Counters = self.read().find(Counters::ID)?.unwrap_or_default();
        let given = step(&mut counters).ok_or(CustomerError::Full)?;
        self.put(counters)?;
        Ok(given)
    }

    /// The next customer id and customer number (C7).
    pub fn new_customer(&mut self) -> Result<(CustomerId, u32), Halt> {
        let number = self.free_number()?;
        let given = self.count(|counters| {
            counters.customers = counters.customers.checked_add(1)?;
            counters.number = number;
            Some((CustomerId::from_ordinal(counters.customers), number))
        })?;
        self.fresh(Kind::Customer, given.0.to_string());
        Ok(given)
    }

    // The next number of the count that stands on nobody's old card (C7): those are in use, and the number search must find one customer.
    fn free_number(&self) -> Result<u32, Halt> {
        let counters: Counters = self.read().find(Counters::ID)?.unwrap_or_default();
        let read = |number: u32| Read::Key { kind: Kind::Customer, key: key::number(&number.to_string()) };
        let mut number = counters.number;
        loop {
            number = number.checked_add(1).ok_or(CustomerError::Full)?;
            if counters.old_cards_from.is_none_or(|from| number < from) {
                return Ok(number);
            }
            // Looked up by the block, so that an import of many rows asks once for many numbers.
            let block = number - number % BLOCK;
            self.read().want(&(block..block.saturating_add(BLOCK)).map(read).collect::<Vec<_>>())?;
            if self.look(&read(number))?.is_empty() {
                return Ok(number);
            }
        }
    }

    /// The next reservation id.
    pub fn new_reservation(&mut self) -> Result<ReservationId, Halt> {
        let id = self.count(|counters| {
            counters.reservations = counters.reservations.checked_add(1)?;
            Some(ReservationId::from_ordinal(counters.reservations))
        })?;
        self.fresh(Kind::Reservation, id.to_string());
        Ok(id)
    }

    /// The next id of a list entry.
    pub fn new_listing(&mut self) -> Result<ListingId, Halt> {
        let id = self.count(|counters| {
            counters.listings = counters.listings.checked_add(1)?;
            Some(ListingId::from_ordinal(counters.listings))
        })?;
        self.fresh(Kind::Listing, id.to_string());
        Ok(id)
    }

    /// The next id of the merge history.
    pub fn new_merge(&mut self) -> Result<MergeId, Halt> {
        let id = self.count(|counters| {
            counters.merges = counters.merges.checked_add(1)?;
            Some(MergeId::from_ordinal(counters.merges))
        })?;
        self.fresh(Kind::Merge, id.to_string());
        Ok(id)
    }

    // A counter's next id was never given before, so nothing has to be loaded to know what it was.
    fn fresh(&mut self, kind: Kind, id: String) {
        self.changes.changes.insert((kind, id), Change { before: None, after: None });
    }
}

impl Look for Draft<'_> {
    fn look(&self, read: &Read) -> Result<Vec<Arc<Record>>, Halt> {
        if let Read::Id { kind, id } = read
            && let Some(known) = self.table.get(*kind, id)
        {
            return Ok(known.cloned().into_iter().collect());
        }
        let below = self.view.look(read)?;
        Ok(self.table.over(read, &below))
    }
}

/// The salon's settings, or the defaults while nobody has set any.
pub(crate) fn settings(look: &dyn Look) -> Result<Settings, Halt> {
    Ok(look.find(Settings::ID)?.unwrap_or_default())
}
