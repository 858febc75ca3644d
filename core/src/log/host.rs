//! What a ledger knows from its host besides what each command brings along: its own salon, and the key of its blocks.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::entry::hex;
use crate::error::LedgerError;
use crate::id::SalonId;

/// The key under which digests of how a blacklisted person can be reached outlive the person's record (G5): at least 32 random bytes, kept by the host apart
/// from the store. Whoever has the store and not the key learns nothing from the digests, and guesses nothing. With another key, blocks that were made with
/// this one are not found any more: keep it as long as the ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct BlockKey(Arc<[u8]>);

impl core::fmt::Debug for BlockKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("BlockKey(..)")
    }
}

impl BlockKey {
    /// How many bytes a key has at least.
    pub const LENGTH: usize = 32;

    /// A key of these bytes.
    pub fn new(bytes: &[u8]) -> Result<Self, LedgerError> {
        if bytes.len() < Self::LENGTH {
            return Err(LedgerError::bad_field("blockKey", "at least 32 random bytes"));
        }
        Ok(Self(bytes.into()))
    }
}

/// What a ledger knows from its host.
#[derive(Clone, Debug)]
pub struct Host {
    salon: SalonId,
    key: Option<BlockKey>,
}

impl Host {
    /// A host of this salon, without a key.
    #[must_use]
    pub const fn of(salon: SalonId) -> Self {
        Self { salon, key: None }
    }

    /// The same with a key.
    #[must_use]
    pub fn with_key(self, key: BlockKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// The salon.
    #[must_use]
    pub const fn salon(&self) -> &SalonId {
        &self.salon
    }

    /// HMAC-SHA-256 under the host's key over the salon and these parts, in hexadecimal; none without a key. Two salons have different digests of one person.
    #[must_use]
    pub fn digest(&self, parts: &[&str]) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key.as_ref()?.0).ok()?;
        for part in core::iter::once(self.salon.as_str()).chain(parts.iter().copied()) {
            // A length before each part: no two lists of parts are one text.
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Some(hex(&mac.finalize().into_bytes().into()))
    }

    /// Whether it has a key.
    #[must_use]
    pub const fn has_key(&self) -> bool {
        self.key.is_some()
    }
}
