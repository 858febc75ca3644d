problems! {
    /// What a store can report. One concrete type for every store.
    pub enum StoreError {
        /// Something was appended since the sequence the commit names. The driver catches up and decides again.
        Conflict = "store.conflict", "something was appended meanwhile";
        /// The store cannot answer now: a lock, a lost connection.
        Unavailable { /** The cause, as the store says it. */ detail: String } = "store.unavailable", "the store is not available: {detail}";
        /// A row or an entry that cannot be what it should be.
        Corrupt { /** Where it lies. */ place: String, /** What is wrong. */ detail: String } = "store.corrupt", "the store is damaged at {place}: {detail}";
        /// A store of a newer or a foreign kind.
        Version { /** What was found. */ found: i64, /** What this library knows. */ known: i64 } = "store.version",
            "the store's schema is version {found}, this library knows {known}: use a newer library";
        /// Not a daicho store at all.
        Foreign = "store.foreign", "this file is not a daicho store";
        /// The key does not open the file: it is another file's, or the file is damaged, or none of ours.
        WrongKey = "store.wrong_key", "the file does not open with this key";
        /// A file that lies open was to be opened with a key.
        NotEncrypted = "store.not_encrypted", "the file is not encrypted, and was to be opened with a key";
        /// The store failed otherwise.
        Failed { /** The cause, as the store says it. */ detail: String } = "store.failed", "the store failed: {detail}";
    }
}

impl LedgerError {
    /// A request of which one field is wrong.
    #[must_use]
    pub fn bad_field(field: &str, detail: &str) -> Self {
        Self::BadRequest { field: Some(field.to_owned()), detail: format!("{field}: {detail}") }
    }
}

impl StoreError {
    /// Whether the same request may go through when made again.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        matches!(self, Self::Conflict | Self::Unavailable { .. })
    }
}

problems! {
    /// The driver and the JSON door.
    pub enum LedgerError {
        /// Others appended before this command every time.
        TooManyConflicts { /** How often it was tried. */ tries: u32 } = "ledger.too_many_conflicts", "others were first {tries} times; try again";
        /// A command kept asking for more records: a fault of the library or of the store.
        TooManyReads { /** How often it asked. */ rounds: u32 } = "ledger.too_many_reads", "the command asked for records {rounds} times without end";
        /// JSON that is no request.
        BadRequest { /** The field, where one is at fault. */ #[serde(skip_serializing_if = "Option::is_none")] field: Option<String>, /** What is wrong, without the values. */ detail: String } = "ledger.bad_request", "not a request: {detail}";
        /// A reply that does not answer what was asked.
        BadReply { /** What was expected. */ expected: &'static str } = "ledger.bad_reply", "the store's reply is not one to {expected}";
        /// A step that was asked for out of turn.
        OutOfTurn = "ledger.out_of_turn", "give the reply that was asked for, once, and nothing after the end";
        /// The ledger is closed.
        Closed = "ledger.closed", "the ledger is closed";
        /// A value that cannot be written as JSON: a fault of the library.
        Encoding { /** Where. */ place: &'static str } = "ledger.encoding", "{place} could not be written";
    }
}
