use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::fields::{differing, values};
use super::{Actor, Change, ChangeSet, ChangedFields, Channel, Context, Differences, Operation};
use crate::encode::to_json_of;
use crate::error::LedgerError;
use crate::id::{CommandKey, CustomerId};
use crate::record::{Keyed as _, Kind, Record, Sealed};
use crate::time::Instant;

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry of a salon's log, as a store keeps it: bytes and their hash. The body names the hash of the entry before, so a changed byte is found (A1).
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Entry {
    /// Its place in the log, from 1, without gaps.
    pub sequence: u32,
    /// An [`EntryBody`] as JSON text. Never rewritten.
    pub body: String,
    /// SHA-256 of the body, in hexadecimal.
    pub hash: String,
}

// A saved segment stands in the log in plain, and may ask for a name (A4).
redacted_debug!(Entry { sequence, hash });

wire! {
    /// What an entry says: who, when, through what, which command, what changed.
    #[derive(Debug)]
    pub struct EntryBody {
        /// Its place in the log.
        pub sequence: u32,
        /// The hash of the entry before.
        pub previous: String,
        /// When.
        pub at: Instant,
        /// Who.
        pub actor: Actor,
        /// Through what.
        pub channel: Channel,
        /// The command's name.
        pub command: String,
        /// Its idempotency key.
        pub key: CommandKey,
        /// What changed.
        pub changes: Vec<EntryChange>,
        /// The sealed parts, of entries before, from which this command took what was personal (W4), by their ids: the digests that stand for those
        /// do not hold any more.
        pub erased: Vec<String>,
    }
}

wire! {
    /// One record's change in the journal.
    #[derive(Debug)]
    pub struct EntryChange {
        /// The record's kind.
        pub kind: Kind,
        /// The record's id.
        pub id: String,
        /// What was done to it.
        pub operation: Operation,
        /// Whose record it is.
        pub customer: Option<CustomerId>,
        /// The fields that changed and are nobody's secret.
        pub fields: ChangedFields,
        /// The salted digest of the personal fields, which lie apart.
        pub sealed: Option<String>,
    }
}

/// So many bytes are digested in one call.
const PART: usize = 1 << 16;

/// SHA-256 in hexadecimal, over the parts one after the other.
#[must_use]
pub fn digest_hex(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    // By parts: a browser that has begun a call in code it compiled in haste ends it there, and a kept index is hundreds of megabytes.
    parts.iter().flat_map(|part| part.chunks(PART)).for_each(|part| hasher.update(part));
    hex(&hasher.finalize().into())
}

pub(super) fn hex(bytes: &[u8; 32]) -> String {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
    let mut digits = [0; 64];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
        *two = [digit(byte >> 4), digit(byte & 15)];
    }
    // Digits are ASCII.
    core::str::from_utf8(&digits).unwrap_or_default().to_owned()
}

impl Entry {
    /// The entry with this body.
    pub fn of(body: &EntryBody) -> Result<Self, LedgerError> {
        // The fields are most of it.
        let length = body.changes.iter().fold(500_usize, |sum, change| sum.saturating_add(change.fields.text().len()).saturating_add(200));
        let text = to_json_of(body, length).map_err(|_| LedgerError::Encoding { place: "entry" })?;
        // Copied, since it is kept for as long as the ledger is: the room it was written into may be larger, and serves the next one.
        Ok(Self { sequence: body.sequence, hash: digest_hex(&[text.as_bytes()]), body: text.as_str().to_owned() })
    }

    /// What it says.
    pub fn read(&self) -> Result<EntryBody, serde_json::Error> {
        serde_json::from_str(&self.body)
    }
}

/// The fields of a kind that may stand in the log itself. Whatever is not named here is personal and is sealed: forgetting a field is safe.
pub(crate) const fn plain_fields(kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Settings | Kind::Counters | Kind::Merge | Kind::NotSame | Kind::Import | Kind::TicketPlan | Kind::Segment => None,
        Kind::Customer => Some(&[
            "id",
            "number",
            "version",
            "state",
            "pending",
            "entryPath",
            "phoneRegistration",
            "provisionalName",
            "import",
            "registeredOn",
            "hasAccount",
        ]),
        Kind::Reservation => Some(&[
            "id",
            "customer",
            "version",
            "shop",
            "staff",
            "lines",
            "start",
            "end",
            "bookedBy",
            "bookedAt",
            "policy",
            "deadline",
            "booking",
            "prepayment",
            "everConfirmed",
            "policyStart",
            "tickets",
            "earns",
            "checkout",
        ]),
        Kind::ManualVisit => Some(&[
            "id",
            "customer",
            "version",
            "day",
            "at",
            "shop",
            "staff",
            "menus",
            "amount",
            "reservation",
            "earns",
            "enteredBy",
            "enteredAt",
        ]),
        Kind::Sale => {
            Some(&["id", "customer", "version", "reservation", "shop", "staff", "at", "by", "discount", "total", "taxes", "payments"])
        }
        Kind::Ticket => Some(&["id", "customer", "version", "plan", "terms", "sale", "soldOn", "expiresOn"]),
        Kind::PointLot => Some(&["id", "customer", "version", "source", "expiresOn", "granted", "owed"]),
        Kind::Listing => Some(&["id", "customer", "version", "list", "addedAt", "addedBy", "state"]),
        Kind::Block => Some(&["customer", "number", "since"]),
        Kind::Figures | Kind::Receipt | Kind::Sealed => Some(&[]),
    }
}

/// Turns what a command changed into the next entry of the log, and the personal parts that lie apart from it.
pub fn seal(
    sequence: u32,
    previous: &str,
    context: &Context,
    command: &str,
    changes: &ChangeSet,
) -> Result<(Entry, Vec<Sealed>), LedgerError> {
    let mut body = EntryBody {
        sequence,
        previous: previous.to_owned(),
        at: context.now,
        actor: context.actor.clone(),
        channel: context.channel,
        command: command.to_owned(),
        key: context.key.clone(),
        changes: Vec::new(),
        erased: changes.erased().map(|part| part.key_id().text().to_owned()).collect(),
    };
    let mut apart = Vec::new();
    let told_anew: BTreeSet<(Kind, &str)> = changes.erased().map(|part| (part.kind, part.id.as_str())).collect();
    for (index, change) in (0_u32..).zip(changes.logged()) {
        let is_told_anew = |record: &Record| told_anew.contains(&(record.kind(), record.id().as_str()));
        let (line, sealed) = if changes.leaves_no_trace() && change.before.as_ref().is_some_and(is_told_anew) {
            // What it was is told as it is told now in the history before: without what is personal.
            let before = change.before.as_ref().map(Record::impersonal);
            seal_one(sequence, index, context, &Change { before, after: change.after.clone() })?
        } else {
            seal_one(sequence, index, context, change)?
        };
        body.changes.push(line);
        apart.extend(sealed);
    }
    Ok((Entry::of(&body)?, apart))
}

fn seal_one(sequence: u32, index: u32, context: &Context, change: &Change) -> Result<(EntryChange, Option<Sealed>), LedgerError> {
    let Some(record) = change.after.as_ref().or(change.before.as_ref()) else { return Err(LedgerError::Encoding { place: "change" }) };
    let (kind, id, customer) = (record.kind(), record.id(), record.owner());
    let named = plain_fields(kind);
    let plain = |name: &str| named.is_none_or(|named| named.contains(&name));
    // The sealed part holds the whole change, so that a record's history can be read, and an edit taken back, from it alone.
    let (operation, fields, whole) = match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let (before, after) = (before.fields()?, after.fields()?);
            let whole = named.map(|_| differing(&before, &after, |_| true));
            (Operation::Update, differing(&before, &after, plain), whole)
        }
        (before, _) => {
            let all = record.fields()?;
            let operation = if before.is_none() { Operation::Create } else { Operation::Remove };
            (operation, values(&all, plain), named.map(|_| ChangedFields::from(all.text().to_owned())))
        }
    };
    let sealed = whole.filter(|whole| !whole.is_empty()).map(|fields| {
        let salt = digest_hex(&[&context.entropy.0, &sequence.to_be_bytes(), &index.to_be_bytes()]);
        Sealed { sequence, at: context.now, index, kind, id: id.clone(), operation, customer, salt, fields }
    });
    let line = EntryChange { kind, id, operation, customer, fields, sealed: sealed.as_ref().map(Sealed::digest) };
    Ok((line, sealed))
}

impl Sealed {
    /// The salted digest that stands for this part in the log.
    #[must_use]
    pub fn digest(&self) -> String {
        digest_hex(&[self.salt.as_bytes(), self.fields.text().as_bytes()])
    }

    /// Its fields before and after.
    pub fn differences(&self) -> Result<Differences, serde_json::Error> {
        self.fields.differences(self.operation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_all_bytes_wherever_they_are_parted() {
        // FIPS 180-2, B.3: a million times "a".
        let million = vec![b'a'; 1_000_000];
        let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        for at in [0, 1, PART - 1, PART, PART + 1, 2 * PART, 1_000_000] {
            let (one, other) = million.split_at(at);
            assert_eq!(digest_hex(&[one, &[], other]), expected, "{at}");
        }
    }
}
