use super::{Keyed, key};
use crate::id::{CustomerId, RecordId};
use crate::time::Instant;

wire! {
    /// A block that outlives its record (G5): how somebody on the black list could be reached, as digests that only the host's key can make. It stands from the
    /// day they left or were erased, until they are taken off the list.
    pub struct Block {
        /// Who it was.
        pub customer: CustomerId,
        /// Their customer number.
        pub number: u32,
        /// Since when.
        pub since: Instant,
        /// HMAC-SHA-256, in hexadecimal: of each e-mail, of each phone with the kana name and with the name as written, of the LINE account.
        pub digests: Vec<String>,
    }
}

redacted_debug!(Block { customer, number, since });

impl Keyed for Block {
    fn key_id(&self) -> RecordId {
        self.customer.into()
    }

    fn lookup_keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.digests.iter().map(|digest| key::block(digest)).collect();
        keys.push(key::BLOCKS.to_owned());
        keys.sort();
        keys.dedup();
        keys
    }
}
