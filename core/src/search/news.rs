use std::collections::BTreeSet;

use super::block;
use super::index::Index;
use crate::error::{Error, LedgerError, StoreError};
use crate::log::{ChangeSet, Read};
use crate::record::{Counters, Entity as _, Kind, Part, Record};
use crate::store::{NO_INDEX, Port};

/// The kinds of record the index is made of.
const INDEXED: [Kind; 10] = [
    Kind::Settings,
    Kind::Customer,
    Kind::Reservation,
    Kind::ManualVisit,
    Kind::Ticket,
    Kind::Figures,
    Kind::Listing,
    Kind::Merge,
    Kind::NotSame,
    Kind::Segment,
];
/// Those of them that a block does not hold.
const SCANNED: [Kind; 5] = [Kind::Settings, Kind::Listing, Kind::Merge, Kind::NotSame, Kind::Segment];
/// Records or entries asked for at once.
const PAGE: u32 = 1_000;
/// How often the log may move on between reading what changed and loading it.
const MAX_TRIES: u32 = 200;

/// What happened since a place of the log: the changed records as they stand at a later place, all as of that one.
pub struct News {
    since: u32,
    until: u32,
    records: Vec<(Read, Option<Record>)>,
    // Somebody's personal data was erased (W4).
    erased: bool,
}

redacted_debug!(News { since, until });

impl Index {
    /// The index of everything the store holds of the salon, as of its [`sequence`](Self::sequence).
    ///
    /// While it scans, others may commit: the pages then stand at different places of the log. Whatever changed after the first page is
    /// fetched again afterwards, at one place.
    pub async fn build(port: &Port) -> Result<Self, Error> {
        for _ in 0..MAX_TRIES {
            let index = Self::scanned(port).await?;
            // Else the calendar changed meanwhile.
            if !index.is_stale() {
                return Ok(index);
            }
        }
        Err(LedgerError::TooManyConflicts { tries: MAX_TRIES }.into())
    }

    /// The index that was kept with the store, if one was and it is of this log: brought to where the log stands.
    pub async fn recalled(port: &Port) -> Result<Option<Self>, Error> {
        // A store that cannot give its block is one that has none: the records are there.
        let kept = port.index().await.ok().flatten();
        let Some((mut index, stands)) = kept.as_deref().and_then(block::read) else { return Ok(None) };
        drop(kept);
        if hash_at(port, stands.sequence).await?.as_ref() != Some(&stands.hash) {
            return Ok(None);
        }
        index.scan(port, &SCANNED).await?;
        index.set_kept();
        let news = Self::news(port, index.sequence).await?;
        if news.erased {
            // It was written by somebody who did not know yet: it holds the name of whoever was erased (W4).
            port.keep_index(NO_INDEX.to_vec()).await.unwrap_or_default();
        }
        Ok((index.apply(news) && !index.is_stale()).then_some(index))
    }

    async fn scanned(port: &Port) -> Result<Self, Error> {
        let mut index = Self::default();
        let counters = port.load(vec![Read::one::<Counters>(Counters::ID)]).await?;
        if let Some(counters) = counters.records.iter().flatten().find_map(|record| Counters::of(record)) {
            index.reserve(counters);
        }
        let (first, moved) = index.scan(port, &INDEXED).await?;
        index.sequence = first;
        if moved {
            let news = Self::news(port, index.sequence).await?;
            index.apply(news);
        }
        index.settle();
        Ok(index)
    }

    // Puts all records of some kinds; answers where the log stood first, and whether it moved meanwhile.
    async fn scan(&mut self, port: &Port, kinds: &[Kind]) -> Result<(u32, bool), Error> {
        let (mut first, mut moved) = (None, false);
        for kind in kinds.iter().copied() {
            let mut after: Option<String> = None;
            loop {
                let page = port.scan(kind, after.clone(), PAGE).await?;
                moved |= *first.get_or_insert(page.head.sequence) != page.head.sequence;
                let full = u32::try_from(page.records.len()).is_ok_and(|count| count >= PAGE);
                let last = page.records.last().map(|record| record.id());
                // A store that gives the same page for ever must not keep the search for ever.
                if full && last <= after {
                    let detail = "a page of a scan does not begin after the one before".to_owned();
                    return Err(StoreError::Corrupt { place: kind.name().to_owned(), detail }.into());
                }
                after = last;
                page.records.iter().for_each(|record| self.put(record));
                if !full {
                    break;
                }
            }
        }
        Ok((first.unwrap_or_default(), moved))
    }

    /// What happened since a place of the log. One question to the store when nothing has, two when something has.
    pub async fn news(port: &Port, since: u32) -> Result<News, Error> {
        let mut changed = BTreeSet::new();
        let (mut until, mut erased) = (since, false);
        for _ in 0..MAX_TRIES {
            until = read_log(port, until, &mut changed, &mut erased).await?;
            if changed.is_empty() {
                return Ok(News { since, until, records: Vec::new(), erased });
            }
            let reads: Vec<Read> = changed.iter().cloned().collect();
            let loaded = Box::pin(port.load(reads.clone())).await?;
            if loaded.head.sequence == until {
                let records = reads.into_iter().zip(loaded.records.into_iter().map(|found| found.into_iter().next())).collect();
                return Ok(News { since, until, records, erased });
            }
            // The records are newer than the last entry read, which may not be all that changed by then.
        }
        Err(LedgerError::TooManyConflicts { tries: MAX_TRIES }.into())
    }

    /// Takes news in; `false`, and nothing done, if they are not news since where this index stands.
    pub fn apply(&mut self, news: News) -> bool {
        if news.since != self.sequence {
            return false;
        }
        for (read, record) in news.records {
            match (record, read) {
                (Some(record), _) => self.put(&record),
                (None, Read::Id { kind, id }) => self.remove(kind, &id),
                (None, _) => {}
            }
        }
        self.sequence = news.until;
        self.settle();
        self.set_stale(news.erased);
        true
    }

    /// Takes a commit of this process in, if it is the very next one; otherwise the next search catches up with it.
    pub fn committed(&mut self, sequence: u32, changes: &ChangeSet) {
        if self.sequence.checked_add(1) != Some(sequence) {
            return;
        }
        for change in changes.iter() {
            match (&change.after, &change.before) {
                (Some(after), _) => self.put(after),
                (None, Some(before)) => self.remove(before.kind(), &before.id()),
                (None, None) => {}
            }
        }
        self.sequence = sequence;
        self.set_stale(changes.leaves_no_trace());
    }
}

/// Whether anybody's personal data was erased since a place of the log (W4).
pub(crate) async fn erased_since(port: &Port, since: u32) -> Result<bool, Error> {
    let mut erased = false;
    read_log(port, since, &mut BTreeSet::new(), &mut erased).await?;
    Ok(erased)
}

/// The hash of an entry; none if the log does not reach there.
pub(crate) async fn hash_at(port: &Port, sequence: u32) -> Result<Option<String>, Error> {
    let Some(before) = sequence.checked_sub(1) else { return Ok(None) };
    Ok(port.changes(before, 1).await?.into_iter().find(|entry| entry.sequence == sequence).map(|entry| entry.hash))
}

// Reads the log from a place to its end, notes what of the index changed, answers the end.
async fn read_log(port: &Port, since: u32, changed: &mut BTreeSet<Read>, erased: &mut bool) -> Result<u32, Error> {
    let mut until = since;
    loop {
        let entries = port.changes(until, PAGE).await?;
        let full = u32::try_from(entries.len()).is_ok_and(|count| count >= PAGE);
        for entry in entries {
            let corrupt = |detail: String| StoreError::Corrupt { place: format!("entry {}", entry.sequence), detail };
            if until.checked_add(1) != Some(entry.sequence) {
                return Err(corrupt(format!("it cannot follow entry {until}")).into());
            }
            let body = entry.read().map_err(|error| corrupt(format!("not an entry at line {} column {}", error.line(), error.column())))?;
            *erased |= !body.erased.is_empty();
            // Figures are not in the log: whoever has a counted record, or was merged, may have others now.
            let counted = body.changes.iter().filter(|change| change.kind == Kind::Customer || Part::KINDS.contains(&change.kind));
            let customers = counted.filter_map(|change| change.customer);
            changed.extend(customers.map(|customer| Read::Id { kind: Kind::Figures, id: customer.to_string() }));
            let indexed = body.changes.into_iter().filter(|change| INDEXED.contains(&change.kind));
            changed.extend(indexed.map(|change| Read::Id { kind: change.kind, id: change.id }));
            until = entry.sequence;
        }
        if !full {
            return Ok(until);
        }
    }
}
