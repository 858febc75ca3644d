//! The index as one block of bytes, kept with the store: a cold start reads it, and then from the log what happened since.
//!
//! A block is of one place of one log. It names the entry it stands at by its hash, so that a block of another ledger, or of a history that was taken back
//! from a backup, is not taken for this one's; and it carries a digest of itself, so that one damaged on the disk is not either. A block that is not taken
//! costs a start from the records and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Columns;
use super::index::Index;
use super::tickets::Held;
use crate::error::LedgerError;
use crate::id::{CustomerId, ManualVisitId, TicketId};
use crate::log::digest_hex;
use crate::time::Date;

/// Fields that go by the whole ledger's size, once owned and once borrowed. What else the index has is few records, scanned again.
macro_rules! bulk {
    ($($field:ident: $kind:ty,)*) => {
        #[derive(serde::Deserialize)]
        pub(super) struct Bulk {
            $(pub(super) $field: $kind,)*
        }

        #[derive(serde::Serialize)]
        pub(super) struct BulkOf<'i> {
            $(pub(super) $field: &'i $kind,)*
        }
    };
}

bulk! {
    columns: Columns,
    aliases: BTreeMap<String, BTreeSet<CustomerId>>,
    aliases_of: BTreeMap<CustomerId, Vec<String>>,
    merged: BTreeMap<CustomerId, CustomerId>,
    by_hand: BTreeMap<ManualVisitId, (CustomerId, Date)>,
    tickets: BTreeMap<TicketId, Held>,
}

/// Where a block stands.
pub(super) struct Stands {
    pub(super) sequence: u32,
    pub(super) hash: String,
}

/// How the bytes are laid out, and by which rules the keys in them were made: another layout, or other keys (`core/kanji`), needs another number. A test
/// holds layout and number together.
const FORMAT: &str = "daicho index 8\n";
const HASH: usize = 64;

impl Index {
    /// The index as one block, for [`Store::keep_index`](crate::Store::keep_index). `hash` is that of the entry it stands at.
    pub fn block(&self, hash: &str) -> Result<Vec<u8>, LedgerError> {
        let wrong = || LedgerError::Encoding { place: "index" };
        let head = [FORMAT.as_bytes(), &self.sequence().to_be_bytes(), hash.as_bytes()].concat();
        // The digest is put where it belongs once it is known: the rest is too large to be moved.
        let mut block = postcard::to_extend(&self.bulk(), [head.as_slice(), &[0; HASH]].concat()).map_err(|_| wrong())?;
        let (_, rest) = block.split_at_mut_checked(head.len()).ok_or_else(wrong)?;
        let (place, bulk) = rest.split_at_mut_checked(HASH).ok_or_else(wrong)?;
        place.copy_from_slice(digest_hex(&[&head, bulk]).as_bytes());
        Ok(block)
    }

    /// How many bytes of a block each part takes: for whoever asks what a salon costs.
    #[must_use]
    pub fn parts(&self) -> Vec<(&'static str, usize)> {
        self.columns().parts()
    }
}

/// An index out of a block, and where it says it stands; none if it is not a block of this layout, or not as it was written. What goes by single records
/// is not in it.
pub(super) fn read(block: &[u8]) -> Option<(Index, Stands)> {
    let (head, rest) = block.split_at_checked(FORMAT.len().saturating_add(4).saturating_add(HASH))?;
    let (digest, bulk) = rest.split_at_checked(HASH)?;
    let (sequence, hash) = head.strip_prefix(FORMAT.as_bytes())?.split_first_chunk::<4>()?;
    if digest_hex(&[head, bulk]).as_bytes() != digest {
        return None;
    }
    let stands = Stands { sequence: u32::from_be_bytes(*sequence), hash: core::str::from_utf8(hash).ok()?.to_owned() };
    let bulk: Bulk = postcard::from_bytes(bulk).ok().filter(|bulk: &Bulk| bulk.columns.is_sound())?;
    Some((Index::of_bulk(bulk, stands.sequence), stands))
}
