use super::{ChangedFields, Keyed, Kind, Operation};
use crate::id::{ActorId, CommandKey, CustomerId, RecordId};
use crate::time::Instant;

wire! {
    /// What a command answered, under its idempotency key (A2): the same command under the same key gets it again.
    pub struct Receipt {
        /// The key.
        pub key: CommandKey,
        /// Who sent it.
        pub actor: ActorId,
        /// The command's name.
        pub command: String,
        /// SHA-256 over name and input, in hexadecimal, by which the same command is told from another under its key. Empty once somebody was erased of
        /// whom the command told (W4), since what is short can be guessed from it; or anybody, where it told of people of whom there is no
        /// record. Then whatever the same actor sends by the same name and with the same outline under the key is taken for the same command.
        pub digest: String,
        /// A hash over the input without its texts: fields, numbers and the library's own ids. Left out in receipts of before.
        pub outline: Option<String>,
        /// Whom the command told of without changing anything personal of them.
        pub told_of: Vec<CustomerId>,
        /// The entry of the log that it became.
        pub sequence: u32,
        /// The answer as JSON text.
        pub output: String,
    }
}

redacted_debug!(Receipt { key, actor, command, sequence });

impl Receipt {
    /// The key under which the receipt of an entry of the log is found.
    #[must_use]
    pub fn key_of(sequence: u32) -> String {
        format!("entry:{sequence}")
    }

    /// The key under which the receipts of commands that told of a customer are found.
    #[must_use]
    pub fn key_of_told(customer: CustomerId) -> String {
        format!("of:{customer}")
    }
}

impl Keyed for Receipt {
    fn key_id(&self) -> RecordId {
        RecordId::from(&self.key)
    }
    fn lookup_keys(&self) -> Vec<String> {
        core::iter::once(Self::key_of(self.sequence)).chain(self.told_of.iter().map(|customer| Self::key_of_told(*customer))).collect()
    }
}

wire! {
    /// One change of a record with personal data, whole (A1). The log holds its plain fields and this part's salted digest, so removing it (W4)
    /// breaks no chain.
    pub struct Sealed {
        /// The entry of the log.
        pub sequence: u32,
        /// When the command was given.
        pub at: Instant,
        /// Which change of the entry, from 0.
        pub index: u32,
        /// The kind of the record changed.
        pub kind: Kind,
        /// The id of the record changed.
        pub id: String,
        /// What was done to it.
        pub operation: Operation,
        /// Whose personal data it is.
        pub customer: Option<CustomerId>,
        /// Random, in hexadecimal; without it the digest says nothing. Empty once the part was erased: what was personal is gone from the fields, and with
        /// it all that the log's digest stood for.
        pub salt: String,
        /// The fields that changed.
        pub fields: ChangedFields,
    }
}

redacted_debug!(Sealed { sequence, index, kind, id });

impl Sealed {
    /// Whether what was personal in it was taken away (W4).
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        self.salt.is_empty()
    }
    /// The id of the sealed part of a change.
    #[must_use]
    pub fn id_of(sequence: u32, index: u32) -> String {
        format!("{sequence}.{index}")
    }
    /// The key under which the history of one record is found.
    #[must_use]
    pub fn key_of(kind: Kind, id: &str) -> String {
        ["history:", kind.name(), "/", id].concat()
    }
}

impl Keyed for Sealed {
    fn key_id(&self) -> RecordId {
        RecordId::of(format_args!("{}.{}", self.sequence, self.index))
    }
    fn parent_id(&self) -> Option<RecordId> {
        self.customer.map(RecordId::from)
    }
    fn lookup_keys(&self) -> Vec<String> {
        vec![Self::key_of(self.kind, &self.id)]
    }
}
