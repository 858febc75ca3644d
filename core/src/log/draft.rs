use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use super::{Halt, Host, Look, Read, Table, View};
use crate::error::CustomerError;
use crate::error::Error;
use crate::id::{CustomerId, ListingId, ManualVisitId, MergeId, PointLotId, RecordId, ReservationId, SaleId, TicketId};
use crate::record::{Counters, Entity, Figures, Kind, Part, Record, Sealed, Settings, key};

/// How many numbers are looked up at once where some stand on old cards.
const BLOCK: u32 = 256;

/// One record before and after. Both `None` cannot be: such a change is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was; `None` for a new record.
    pub before: Option<Record>,
    /// What it becomes; `None` for a removed one.
    pub after: Option<Record>,
}

/// What a decision changes: each record once, in order of kind and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    changes: BTreeMap<(Kind, RecordId), Change>,
    no_trace: bool,
}

impl ChangeSet {
    /// The changes, in order of kind and id.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.values()
    }

    /// The changes that the log tells of: not what follows from them.
    pub fn logged(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|((kind, _), _)| !kind.is_beside_the_log()).map(|(_, change)| change)
    }

    /// Whether what these changes take away must not be readable afterwards (W4): not in the log's sealed parts, not in the store.
    #[must_use]
    pub const fn leaves_no_trace(&self) -> bool {
        self.no_trace
    }

    /// The sealed parts of earlier entries from which they take what was personal (W4).
    pub fn erased(&self) -> impl Iterator<Item = &Sealed> {
        self.iter().filter_map(|change| change.before.as_ref().and_then(Sealed::of))
    }

    // Whether records of this kind change.
    fn of_kind(&self, kind: Kind) -> bool {
        self.changes.range((kind, RecordId::new(""))..).next().is_some_and(|((found, _), _)| *found == kind)
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What one record added to its customer's figures, and adds now.
type PartChange = (Option<Part>, Option<Part>);

/// What a command reads and writes while it decides: the loaded view, with its own changes over it, so that row 2 of an import sees row 1.
#[derive(Debug)]
pub struct Draft<'v> {
    view: &'v View,
    host: Option<&'v Host>,
    changes: ChangeSet,
    // What it has changed so far, to be found by parent and key; made when somebody first looks for records that way.
    table: OnceLock<Table>,
}

impl<'v> Draft<'v> {
    /// A draft over what was loaded.
    #[must_use]
    pub fn new(view: &'v View) -> Self {
        Self { view, host: None, changes: ChangeSet::default(), table: OnceLock::new() }
    }

    /// The same of a ledger that knows its host.
    #[must_use]
    pub fn of_host(self, host: &'v Host) -> Self {
        Self { host: Some(host), ..self }
    }

    /// What the ledger knows from its host.
    #[must_use]
    pub const fn host(&self) -> Option<&'v Host> {
        self.host
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

    /// The same, shared and not copied: for whoever only looks at them.
    pub(crate) fn shared_settings(&self) -> Result<SharedSettings, Halt> {
        shared_settings(self)
    }

    /// What the decision works out before it changes anything, see [`View::once`].
    pub(crate) fn once<T: core::any::Any + Send + Sync>(&self, work: impl Fn() -> T) -> Arc<T> {
        self.view.once(work)
    }

    /// Keeps a record: a new one, or a new state of one that was looked up before.
    pub fn put<T: Entity>(&mut self, record: T) -> Result<(), Halt> {
        self.put_record(record.into())
    }

    /// Keeps a record of any kind.
    pub fn put_record(&mut self, record: Record) -> Result<(), Halt> {
        let (kind, id) = (record.kind(), record.record_id());
        let before = self.before(kind, &id)?;
        if let Some(table) = self.table.get_mut() {
            table.put(record.clone());
        }
        self.note(kind, id, before, Some(record));
        Ok(())
    }

    /// Removes a record that was looked up before.
    pub fn remove(&mut self, kind: Kind, id: &str) -> Result<(), Halt> {
        let place = RecordId::new(id);
        let before = self.before(kind, &place)?;
        if let Some(table) = self.table.get_mut() {
            table.hide(kind, id);
        }
        self.note(kind, place, before, None);
        Ok(())
    }

    /// What is taken away from here on, and what was before, must not be readable afterwards (W4). Whoever says so also erases the histories.
    pub fn leave_no_trace(&mut self) {
        self.changes.no_trace = true;
    }

    // What the store holds, whatever this draft has done to it since.
    fn before(&self, kind: Kind, id: &RecordId) -> Result<Option<Record>, Halt> {
        if let Some(change) = self.changes.changes.get(&(kind, id.clone())) {
            return Ok(change.before.clone());
        }
        self.view.one(kind, id)
    }

    fn note(&mut self, kind: Kind, id: RecordId, before: Option<Record>, after: Option<Record>) {
        if before == after {
            self.changes.changes.remove(&(kind, id));
        } else {
            self.changes.changes.insert((kind, id), Change { before, after });
        }
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| {
            let mut table = Table::default();
            for ((kind, id), change) in &self.changes.changes {
                match (&change.before, &change.after) {
                    (_, Some(after)) => table.put(after.clone()),
                    (Some(_), None) => table.hide(*kind, id.text()),
                    (None, None) => {}
                }
            }
            table
        })
    }

    /// What was changed, and what follows from it: the figures of every customer whose records changed (N10).
    pub fn finish(mut self) -> Result<ChangeSet, Halt> {
        self.changes.changes.retain(|_, change| change.before.is_some() || change.after.is_some());
        let changed = self.changed_parts()?;
        // All at once: an import changes the figures of many.
        let mut missing = Vec::new();
        for (customer, _) in &changed {
            if let Err(Halt::Need(reads)) = self.one(Kind::Figures, &RecordId::from(*customer)) {
                missing.extend(reads);
            }
        }
        Halt::unless_here(missing)?;
        let mut changed = changed.into_iter().peekable();
        while let Some((customer, part)) = changed.next() {
            let more = core::iter::from_fn(|| changed.next_if(|(next, _)| *next == customer)).map(|(_, part)| part);
            self.count_again(customer, core::iter::once(part).chain(more))?;
        }
        Ok(self.changes)
    }

    // What each customer's figures lose and win, in order of customer.
    fn changed_parts(&self) -> Result<Vec<(CustomerId, PartChange)>, Error> {
        let part = |record: &Option<Record>| record.as_ref().map_or(Ok(None), Part::of);
        let mut changed = Vec::new();
        for change in self.changes.iter() {
            let (old, new) = (part(&change.before)?, part(&change.after)?);
            if old == new {
                continue;
            }
            match (&old, &new) {
                // It moved from one customer to another: a merge.
                (Some(from), Some(to)) if from.customer != to.customer => {
                    let (from, to) = (from.customer, to.customer);
                    changed.extend([(from, (old, None)), (to, (None, new))]);
                }
                (Some(one), _) | (None, Some(one)) => changed.push((one.customer, (old, new))),
                (None, None) => {}
            }
        }
        changed.sort_by_key(|(customer, _)| *customer);
        Ok(changed)
    }

    fn count_again(&mut self, customer: CustomerId, parts: impl Iterator<Item = PartChange>) -> Result<(), Halt> {
        let stored = self.one(Kind::Figures, &RecordId::from(customer))?;
        let mut figures = stored.as_ref().and_then(Figures::of).cloned().unwrap_or_else(|| Figures::none(customer));
        let mut exact = true;
        for (old, new) in parts {
            exact = exact && figures.replace(old, new)?;
        }
        if !exact {
            return self.recount(customer).map(|_| ());
        }
        match (stored, figures.is_none()) {
            (None, true) => Ok(()),
            (Some(_), true) => self.remove(Kind::Figures, &customer.to_string()),
            (_, false) => self.put(figures),
        }
    }

    /// Adds a customer's figures up from nothing, whatever is kept of them. Answers whether they were others.
    pub fn recount(&mut self, customer: CustomerId) -> Result<bool, Halt> {
        let stored: Option<Figures> = self.read().find(customer)?;
        let figures = self.added_up(customer)?;
        let moved = stored.clone().unwrap_or_else(|| Figures::none(customer)) != figures;
        match (stored, figures.is_none()) {
            (None, true) => {}
            (Some(_), true) => self.remove(Kind::Figures, &customer.to_string())?,
            (_, false) => self.put(figures)?,
        }
        Ok(moved)
    }

    fn added_up(&self, customer: CustomerId) -> Result<Figures, Halt> {
        let reads = Part::KINDS.map(|kind| Read::Parent { kind, parent: customer.to_string() });
        self.read().want(&reads)?;
        let mut figures = Figures::none(customer);
        for read in &reads {
            for record in self.look(read)? {
                if let Some(part) = Part::of(&record)? {
                    figures.add(part)?;
                }
            }
        }
        Ok(figures)
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
        self.fresh(Kind::Customer, RecordId::from(given.0));
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

    // The next id of a kind: its count in the one record of counters, one up.
    fn next<T>(&mut self, kind: Kind, count: fn(&mut Counters) -> &mut u32, id: fn(u32) -> T) -> Result<T, Halt>
    where
        T: Copy + Into<RecordId>,
    {
        let ordinal = self.count(|counters| {
            let count = count(counters);
            *count = count.checked_add(1)?;
            Some(*count)
        })?;
        let id = id(ordinal);
        self.fresh(kind, id.into());
        Ok(id)
    }

    /// The next reservation id.
    pub fn new_reservation(&mut self) -> Result<ReservationId, Halt> {
        self.next(Kind::Reservation, |counters| &mut counters.reservations, ReservationId::from_ordinal)
    }

    /// The next id of a list entry.
    pub fn new_listing(&mut self) -> Result<ListingId, Halt> {
        self.next(Kind::Listing, |counters| &mut counters.listings, ListingId::from_ordinal)
    }

    /// The next id of the merge history.
    pub fn new_merge(&mut self) -> Result<MergeId, Halt> {
        self.next(Kind::Merge, |counters| &mut counters.merges, MergeId::from_ordinal)
    }

    /// The next id of a visit by hand.
    pub fn new_manual_visit(&mut self) -> Result<ManualVisitId, Halt> {
        self.next(Kind::ManualVisit, |counters| &mut counters.manual_visits, ManualVisitId::from_ordinal)
    }

    /// The next sale id.
    pub fn new_sale(&mut self) -> Result<SaleId, Halt> {
        self.next(Kind::Sale, |counters| &mut counters.sales, SaleId::from_ordinal)
    }

    /// The next ticket id.
    pub fn new_ticket(&mut self) -> Result<TicketId, Halt> {
        self.next(Kind::Ticket, |counters| &mut counters.tickets, TicketId::from_ordinal)
    }

    /// The next id of a lot of points.
    pub fn new_point_lot(&mut self) -> Result<PointLotId, Halt> {
        self.next(Kind::PointLot, |counters| &mut counters.point_lots, PointLotId::from_ordinal)
    }

    // A counter's next id was never given before, so nothing has to be loaded to know what it was.
    fn fresh(&mut self, kind: Kind, id: RecordId) {
        self.changes.changes.insert((kind, id), Change { before: None, after: None });
    }
}

impl Look for Draft<'_> {
    fn look(&self, read: &Read) -> Result<Vec<Record>, Halt> {
        match read {
            Read::Id { kind, id } => self.one(*kind, &RecordId::new(id)).map(|record| record.into_iter().collect()),
            Read::Parent { .. } | Read::Key { .. } if self.changes.of_kind(read.kind()) => {
                Ok(self.table().over(read, self.view.look(read)?))
            }
            Read::Parent { .. } | Read::Key { .. } => self.view.look(read),
        }
    }

    fn one(&self, kind: Kind, id: &RecordId) -> Result<Option<Record>, Halt> {
        match self.changes.changes.get(&(kind, id.clone())) {
            Some(change) => Ok(change.after.clone()),
            None => self.view.one(kind, id),
        }
    }
}

/// The salon's settings, or the defaults while nobody has set any.
pub(crate) fn settings(look: &dyn Look) -> Result<Settings, Halt> {
    Ok(look.find(Settings::ID)?.unwrap_or_default())
}

/// The same, shared and not copied: for whoever only looks at them.
pub(crate) fn shared_settings(look: &dyn Look) -> Result<SharedSettings, Halt> {
    look.one(Kind::Settings, &RecordId::new(Settings::ID)).map(SharedSettings)
}

/// The salon's settings as they were loaded.
#[derive(Debug)]
pub(crate) struct SharedSettings(Option<Record>);

impl core::ops::Deref for SharedSettings {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        static DEFAULTS: LazyLock<Settings> = LazyLock::new(Settings::default);
        self.0.as_ref().and_then(Settings::of).unwrap_or_else(|| &DEFAULTS)
    }
}
