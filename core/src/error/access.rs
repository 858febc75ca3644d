problems! {
    /// Who may do what (A3), ids, idempotency keys (A2).
    pub enum AccessError {
        /// The actor's role may not run this command.
        Forbidden { /** The command. */ command: &'static str, /** The actor's role. */ role: &'static str, /** The roles that may. */ allowed: Vec<&'static str> } = "access.forbidden" at "actor",
            "{command}: not for the role {role}";
        /// A customer named somebody else's record.
        NotYours { /** The command. */ command: &'static str } = "access.not_yours" at "customer", "{command}: a customer may only name their own record";
        /// A channel through which this is not done, or not by this role.
        Channel { /** The command. */ command: &'static str, /** The field. */ field: &'static str, /** The channels through which it is. */ allowed: Vec<&'static str> } =
            "access.channel", "{command}: not through this {field} by this role";
        /// A role that must say which customer it is did not, or the reverse.
        ActorCustomer = "access.actor_customer" at "actor", "an actor of the role customer names its customer, and no other role does";
        /// An id that cannot be one.
        BadId { /** The field, where the id came in a request as JSON. */ #[serde(skip_serializing_if = "Option::is_none")] field: Option<String>, /** What kind of id it is not, and what one looks like. */ detail: String } =
            "access.bad_id", "{detail}";
        /// The idempotency key was used for another command, or by another actor (A2). After an erasure (W4) another command is one of another name or of other fields, numbers and ids; its texts are known no more.
        KeyReused { /** The sequence at which it was used. */ sequence: u32 } = "access.key_reused" at "key",
            "this idempotency key was used for another command, at entry {sequence} of the log; use a new key";
    }
}

// Begins what is said of every bad id, and of nothing else that serde's errors carry.
const BAD_ID: &str = "not a ";

impl AccessError {
    /// Not an id of this kind.
    #[cold]
    pub(crate) fn bad_id(kind: &str, expected: &str) -> Self {
        Self::BadId { field: None, detail: [BAD_ID, kind, ": expected ", expected].concat() }
    }

    /// Whether this is said of a bad id.
    pub(crate) fn is_of_bad_id(said: &str) -> bool {
        said.starts_with(BAD_ID)
    }
}
