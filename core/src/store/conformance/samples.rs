//! Records and entries to put into a store. They are made up, and obey the shape of their types only.

use crate::id::{CustomerId, ListingId, MergeId, ReservationId};
use crate::log::{Actor, Channel, Entry, EntryBody, Operation, Read, Role};
use crate::record::{
    BookingState, CancellationPolicy, Customer, Fee, Import, Kind, ListKind, Listing, ListingState, Merge, NotSame, Prepayment, Receipt,
    Record, Reservation, Sealed, Tally,
};
use crate::store::{Batch, Head};
use crate::time::Instant;

/// The instant at which everything here happens.
pub(super) const NOW: Instant = Instant(1_795_222_800_000);

/// An id from its text.
pub(super) fn id<T: core::str::FromStr<Err: core::fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error| format!("the suite is at fault: {error}"))
}

/// Customer `c{n}` with number n, an active one.
pub(super) fn customer(n: u32) -> Result<Customer, String> {
    let value = serde_json::json!({
        "id": format!("c{n}"), "number": n, "version": 1, "state": { "type": "active" }, "entryPath": "counter",
        "familyName": "山田", "givenName": "花子", "registeredOn": "2026-11-21",
    });
    serde_json::from_value(value).map_err(|error| format!("the suite is at fault: {error}"))
}

/// A customer who is found by old card numbers, which may be any text.
pub(super) fn aliased(n: u32, aliases: &[&str]) -> Result<Record, String> {
    Ok(Customer { number_aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(), ..customer(n)? }.into())
}

/// Reservation `r{n}` of customer `c{of}`.
pub(super) fn reservation(n: u32, of: u32) -> Result<Record, String> {
    Ok(Reservation {
        id: ReservationId::from_ordinal(n),
        customer: CustomerId::from_ordinal(of),
        version: 1,
        shop: id("shop-1")?,
        staff: None,
        lines: Vec::new(),
        start: NOW,
        end: NOW.plus_ms(3_600_000),
        booked_by: Channel::Counter,
        booked_at: NOW,
        comment: None,
        policy: CancellationPolicy::default(),
        deadline: NOW,
        booking: BookingState::Confirmed,
        prepayment: Prepayment::NotSelected,
        fee: Fee::None,
        ever_confirmed: true,
        policy_start: None,
        tickets: Vec::new(),
        covered: None,
        earns: None,
        checkout: None,
        corrections: Vec::new(),
    }
    .into())
}

/// List entry `l{n}` of customer `c{of}`.
pub(super) fn listing(n: u32, of: u32) -> Result<Record, String> {
    Ok(Listing {
        id: ListingId::from_ordinal(n),
        customer: CustomerId::from_ordinal(of),
        version: 1,
        list: ListKind::Watch,
        memo: "memo".to_owned(),
        added_at: NOW,
        added_by: id("staff-1")?,
        state: ListingState::Standing,
    }
    .into())
}

/// Merge `m{n}` of customer `c{source}` into `c{target}`.
pub(super) fn merge(n: u32, source: u32, target: u32) -> Result<Record, String> {
    Ok(Merge {
        id: MergeId::from_ordinal(n),
        source: CustomerId::from_ordinal(source),
        source_number: source,
        target: CustomerId::from_ordinal(target),
        target_number: target,
        at: NOW,
        by: id("staff-1")?,
        moved: Vec::new(),
        before: Tally::default(),
        after: Tally::default(),
        target_version: 2,
        source_version: 2,
        undone_at: None,
    }
    .into())
}

/// The mark that two customers are not the same.
pub(super) fn not_same(one: u32, other: u32) -> Result<Record, String> {
    Ok(NotSame { one: CustomerId::from_ordinal(one), other: CustomerId::from_ordinal(other), at: NOW, by: id("staff-1")? }.into())
}

/// A receipt: its id is any text without spaces.
pub(super) fn receipt(key: &str, output: &str) -> Result<Record, String> {
    Ok(Receipt {
        key: id(key)?,
        actor: id("staff-1")?,
        command: "sample".to_owned(),
        digest: String::new(),
        outline: None,
        told_of: Vec::new(),
        sequence: 1,
        output: output.to_owned(),
    }
    .into())
}

/// An import: its id is any text without spaces.
pub(super) fn import(key: &str) -> Result<Record, String> {
    let value = serde_json::json!({ "id": key, "beganAt": NOW, "by": "staff-1", "lastRow": 0, "imported": 0, "errors": 0, "existing": 0, "blank": 0 });
    let import: Import = serde_json::from_value(value).map_err(|error| format!("the suite is at fault: {error}"))?;
    Ok(import.into())
}

/// A sealed part of customer `c{of}`.
pub(super) fn sealed(sequence: u32, index: u32, of: u32) -> Record {
    let customer = CustomerId::from_ordinal(of);
    Sealed {
        sequence,
        at: NOW,
        index,
        kind: Kind::Customer,
        id: customer.to_string(),
        operation: Operation::Update,
        customer: Some(customer),
        salt: "00".to_owned(),
        fields: "{}".to_owned().into(),
    }
    .into()
}

/// The entry after this head; the note goes into its body.
pub(super) fn entry(head: &Head, note: &str) -> Result<Entry, String> {
    let sequence = head.sequence.saturating_add(1);
    let body = EntryBody {
        sequence,
        previous: head.hash.clone(),
        at: NOW,
        actor: Actor::new(id("staff-1")?, Role::Manager),
        channel: Channel::Counter,
        command: note.to_owned(),
        key: id(&format!("key-{sequence}"))?,
        changes: Vec::new(),
        erased: Vec::new(),
    };
    Entry::of(&body).map_err(|error| format!("the suite is at fault: {error}"))
}

/// Where the log stands after an entry.
pub(super) fn after(entry: &Entry) -> Head {
    Head { sequence: entry.sequence, hash: entry.hash.clone() }
}

/// A batch of one entry after this head.
pub(super) fn batch(head: &Head, puts: Vec<Record>, removes: Vec<(Kind, String)>) -> Result<Batch, String> {
    Ok(Batch { expected: head.sequence, entries: vec![entry(head, "sample")?.into()], puts, removes, erases: false })
}

/// The read of one id.
pub(super) fn by_id(kind: Kind, id: &str) -> Read {
    Read::Id { kind, id: id.to_owned() }
}

/// The read of a parent.
pub(super) fn by_parent(kind: Kind, parent: &str) -> Read {
    Read::Parent { kind, parent: parent.to_owned() }
}

/// The read of a key.
pub(super) fn by_key(kind: Kind, key: &str) -> Read {
    Read::Key { kind, key: key.to_owned() }
}
