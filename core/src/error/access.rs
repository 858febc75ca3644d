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
        BadId { /** The kind of id. */ what: &'static str, /** What one looks like. */ expected: &'static str } = "access.bad_id", "not a {what}: expected {expected}";
        /// The idempotency key was used for another command, or by another actor (A2). After an erasure (W4) another command is one of another name or of other fields, numbers and ids; its texts are known no more.
        KeyReused { /** The sequence at which it was used. */ sequence: u32 } = "access.key_reused" at "key",
            "this idempotency key was used for another command, at entry {sequence} of the log; use a new key";
    }
}
