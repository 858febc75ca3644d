use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::customer::{belongings, erase_histories, uses};
use crate::error::{Error, ImportError, LedgerError};
use crate::id::{CustomerId, ImportId};
use crate::log::{Command, Context, Draft, Halt, Look, Operation, Read, Role, rebuild, roll_back};
use crate::record::{Customer, Entity as _, Import, Kind, Listing, Record, Sealed, key};

wire! {
    /// Takes an import back while nobody has touched its customers (I5): those it made are removed, those whose blanks it filled are as they were.
    /// Their numbers are not given out again (C7), and the import's id is spent.
    #[derive(Debug)]
    pub struct UndoImport {
        /// Which import.
        pub import: ImportId,
    }
}

wire! {
    /// An import taken back.
    #[derive(Copy, Debug)]
    pub struct UndoneImport {
        /// How many customers were removed.
        pub removed: u32,
        /// How many customers, who were there before, have their blanks back.
        pub restored: u32,
    }
}

impl Command for UndoImport {
    type Output = UndoneImport;
    const NAME: &'static str = "undoImport";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<UndoneImport, Halt> {
        let mut import: Import = draft.read().find(&self.import)?.ok_or_else(|| ImportError::NotFound { import: self.import.clone() })?;
        if import.undone_at.is_some() {
            return Err(ImportError::Undone { import: self.import.clone() }.into());
        }
        let fills = fills(&import);
        let made_by = Read::Key { kind: Kind::Customer, key: key::import(&self.import) };
        let filled = fills.keys().map(Read::one::<Customer>);
        draft.read().want(&filled.chain([made_by]).collect::<Vec<_>>())?;
        let made: Vec<Customer> = draft.read().keyed(key::import(&self.import))?;
        let others: Vec<CustomerId> = fills.keys().copied().filter(|id| made.iter().all(|customer| customer.id != *id)).collect();
        let hanging = made.iter().flat_map(|customer| Kind::ALL.iter().filter_map(|kind| uses(*kind, customer.id)));
        let histories = made.iter().map(|customer| customer.id).chain(others.iter().copied()).map(|id| history(Kind::Customer, id));
        draft.read().want(&hanging.chain(histories).collect::<Vec<_>>())?;
        let hung = belongings(draft.read(), &made)?;
        draft.read().want(
            &hung.iter().filter_map(|record| Listing::of(record)).map(|entry| history(Kind::Listing, entry.id)).collect::<Vec<_>>(),
        )?;
        let mut touched = Vec::new();
        for customer in &made {
            if used(draft, customer, &fills)? {
                touched.push(customer.id);
            }
        }
        let mut restored = Vec::new();
        for id in others {
            match restore(draft, id, &fills)? {
                Some(customer) => restored.push(customer),
                None => touched.push(id),
            }
        }
        if !touched.is_empty() {
            touched.sort();
            return Err(ImportError::Touched { import: self.import.clone(), customers: touched }.into());
        }
        let undone = UndoneImport { removed: count(made.len()), restored: count(restored.len()) };
        // Nobody could have them erased later: they are no customers any more (W4).
        if !made.is_empty() {
            draft.leave_no_trace();
            erase_histories(draft, &made, &hung)?;
        }
        for record in hung {
            draft.remove(record.kind(), &record.id())?;
        }
        for customer in made {
            draft.remove(Kind::Customer, &customer.id.to_string())?;
        }
        for customer in restored {
            draft.put(customer)?;
        }
        import.undone_at = Some(context.now);
        draft.put(import)?;
        Ok(undone)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn history(kind: Kind, id: impl core::fmt::Display) -> Read {
    Read::Key { kind: Kind::Sealed, key: Sealed::key_of(kind, &id.to_string()) }
}

/// The versions that the import made of each customer it filled.
fn fills(import: &Import) -> BTreeMap<CustomerId, Vec<u32>> {
    let mut fills: BTreeMap<CustomerId, Vec<u32>> = BTreeMap::new();
    for fill in &import.filled {
        fills.entry(fill.customer).or_default().push(fill.version);
    }
    fills
}

/// A customer as they were before an import wrote these versions of them; none if something else is left of what was written since, or if that cannot be
/// told any more. Of what another import wrote that was undone nothing is left.
fn without(draft: &Draft<'_>, customer: &Customer, written: &[u32]) -> Result<Option<Map<String, Value>>, Halt> {
    let Value::Object(mut object) = Record::from(customer.clone()).to_value()? else { return Ok(None) };
    if !customer.is_active() {
        return Ok(None);
    }
    let version = |object: &Map<String, Value>| object.get("version").and_then(Value::as_u64);
    let content = |object: &Map<String, Value>| {
        let mut content = object.clone();
        content.remove("version");
        content
    };
    let mut changes: Vec<Sealed> = draft.read().keyed(Sealed::key_of(Kind::Customer, &customer.id.to_string()))?;
    changes.sort_by_key(|sealed| (core::cmp::Reverse(sealed.sequence), core::cmp::Reverse(sealed.index)));
    let (mut left, mut written) = (content(&object), written.iter().rev().copied().peekable());
    for change in changes {
        let Some(own) = written.peek() else { break };
        let after = object.clone();
        let Ok(fields) = change.differences() else { return Ok(None) };
        roll_back(&mut object, &fields);
        if version(&after) == Some(u64::from(*own)) && version(&object) != version(&after) {
            if content(&after) != left {
                return Ok(None);
            }
            left = content(&object);
            written.next();
        }
    }
    Ok(written.peek().is_none().then_some(left))
}

fn used(draft: &Draft<'_>, customer: &Customer, fills: &BTreeMap<CustomerId, Vec<u32>>) -> Result<bool, Halt> {
    let own: Vec<u32> = core::iter::once(1).chain(fills.get(&customer.id).into_iter().flatten().copied()).collect();
    let is_as_made = customer.is_active() && customer.version == 1;
    if !is_as_made && without(draft, customer, &own)?.is_none() {
        return Ok(true);
    }
    for read in Kind::ALL.iter().filter_map(|kind| uses(*kind, customer.id)) {
        for record in draft.look(&read)? {
            if !by_the_import(draft, customer, &record)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

// The salon's policy may have put them on the black list as they were let in (G5): that entry is the import's, while nobody has written it since.
fn by_the_import(draft: &Draft<'_>, customer: &Customer, record: &Record) -> Result<bool, Halt> {
    let Some(entry) = Listing::of(record) else { return Ok(false) };
    let entry = draft.look(&history(Kind::Listing, entry.id))?;
    let own = draft.look(&history(Kind::Customer, customer.id))?;
    let made_at =
        |parts: &[Record]| parts.iter().filter_map(Sealed::of).find(|part| part.operation == Operation::Create).map(|part| part.sequence);
    Ok(entry.len() == 1 && made_at(&entry).is_some_and(|sequence| made_at(&own) == Some(sequence)))
}

// The customer as before the first fill, if nobody has written it since and its history is there.
fn restore(draft: &Draft<'_>, id: CustomerId, fills: &BTreeMap<CustomerId, Vec<u32>>) -> Result<Option<Customer>, Halt> {
    let (Some(own), Some(customer)) = (fills.get(&id), draft.read().find::<Customer>(id)?) else { return Ok(None) };
    let Some(mut object) = without(draft, &customer, own)? else { return Ok(None) };
    // A version is never given twice (C8): being as before is a new one.
    object.insert("version".to_owned(), customer.version.saturating_add(1).into());
    Ok(Some(rebuild(object).map_err(|_| Error::from(LedgerError::Encoding { place: "customer" }))?))
}
