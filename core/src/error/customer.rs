use super::Private;
use crate::id::{CustomerId, ReservationId};

/// One field that two people changed at once (C8).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FieldConflict {
    /// The field, by its name on the wire.
    pub field: String,
    /// What it was in the version the edit was based on.
    pub base: Private<serde_json::Value>,
    /// What it is now.
    pub stored: Private<serde_json::Value>,
    /// What was submitted.
    pub submitted: Private<serde_json::Value>,
}

problems! {
    /// Customers (C, P).
    pub enum CustomerError {
        /// No such customer in this salon.
        NotFound { /** The id. */ customer: CustomerId } = "customer.not_found" at "customer", "there is no customer {customer}";
        /// Required fields are empty (C2).
        Required { /** All that are. */ fields: FieldNames } = "customer.required", "{fields}: required on this path";
        /// The salon does not use this field on this path (C2).
        Unused { /** The field. */ field: &'static str } = "customer.unused", "{field}: not used on this path; leave it empty";
        /// The customer is withdrawn, merged or erased.
        NotActive { /** The id. */ customer: CustomerId, /** The state. */ state: &'static str, /** For a merged one: whom the id stands for now, to send the command to (M6). */ #[serde(skip_serializing_if = "Option::is_none")] into: Option<CustomerId> } =
            "customer.not_active" at "customer", "customer {customer} is {state}";
        /// 退会 while reservations lie ahead, without word what shall become of them (W2).
        FutureReservations { /** The field. */ field: &'static str, /** Which, in order of their start. */ reservations: Vec<ReservationId> } =
            "customer.future_reservations", "{field}: reservations lie ahead; say that they shall be cancelled, or cancel them first";
        /// 消去 while reservations are open: each needs its end first, and somebody to tell of it (W4).
        OpenReservations { /** The customer. */ customer: CustomerId, /** Which, in order of their start. */ reservations: Vec<ReservationId> } =
            "customer.open_reservations" at "customer", "customer {customer} has reservations that have not come to their end; check them in, cancel them or mark them first";
        /// The customer has asked to be shown their record (M5): delete or erase it once that is done.
        DisclosurePending { /** The customer. */ customer: CustomerId } =
            "customer.disclosure_pending" at "customer", "customer {customer}: a disclosure request is pending; answer it first";
        /// Blocks of the black list shall outlive their records (G5), and the host gave the ledger no key to make or to find them with.
        BlockKeyMissing { /** The option of the ledger. */ field: &'static str } = "customer.block_key_missing",
            "{field}: open the ledger with its block key, or take whoever is to be erased off the black list first";
        /// 削除 of somebody who has a history (W4).
        HasHistory { /** The customer. */ customer: CustomerId, /** The kinds of record that stand in the way. */ kinds: Vec<&'static str> } =
            "customer.has_history" at "customer", "customer {customer} has a history and is not deleted; erase what is personal instead, or merge it into another";
        /// Somebody else changed the same fields since (C8).
        Conflict { /** The id. */ customer: CustomerId, /** The version now. */ version: u32, /** The fields, with their three values. */ fields: Vec<FieldConflict> } =
            "customer.conflict", "customer {customer} was changed meanwhile in the same fields; its version is now {version}";
        /// The edit names a version that has not been, or whose history is gone.
        UnknownVersion { /** The id. */ customer: CustomerId, /** The version named. */ given: u32, /** The version now. */ version: u32 } =
            "customer.unknown_version" at "basedOn", "customer {customer} has no version {given} to go by; it is now {version}: load it again";
        /// A birthday in the future (C6).
        BirthdayAfterToday { /** The field. */ field: &'static str } = "customer.birthday_after_today", "{field}: a birthday is not after today";
        /// Not a birthday (C6).
        BirthdayForm { /** The field. */ field: &'static str } = "customer.birthday_form", "{field}: a real date yyyy-mm-dd, or --mm-dd without a year";
        /// A channel that the salon's list lacks (C1).
        UnknownChannel { /** The field. */ field: &'static str, /** Which of the channels given, from 1. */ position: u32 } = "customer.unknown_channel",
            "{field}: channel {position} is not on the salon's list";
        /// More entries than a customer may have.
        TooMany { /** The field. */ field: &'static str, /** How many may be. */ max: u32 } = "customer.too_many", "{field}: at most {max}";
        /// A text given twice where each may stand once.
        Repeated { /** The field. */ field: &'static str } = "customer.repeated", "{field}: the same entry twice";
        /// The old number belongs to another customer (C7).
        NumberTaken { /** The field. */ field: &'static str, /** Whose it is. */ customer: CustomerId } = "customer.number_taken", "{field}: this number is customer {customer}'s";
        /// The LINE account is linked to another customer (L2).
        LineTaken { /** The field. */ field: &'static str, /** Whose it is. */ customer: CustomerId } = "customer.line_taken", "{field}: this LINE account is customer {customer}'s";
        /// A setting that cannot be.
        Setting { /** The field. */ field: &'static str, /** What can be. */ expected: &'static str } = "salon.setting", "{field}: {expected}";
        /// Somebody changed the settings meanwhile.
        SettingsVersion { /** The field. */ field: &'static str, /** The version now. */ version: u32 } = "salon.version", "{field}: the settings are at version {version} now; read them again";
        /// No further record can be numbered.
        Full = "salon.full", "the ledger has given out all its numbers";
    }
}

/// Fields at fault, by their names on the wire.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct FieldNames(pub Vec<&'static str>);

impl core::fmt::Display for FieldNames {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl CustomerError {
    /// One required field is empty.
    pub(crate) fn required(field: &'static str) -> Self {
        Self::Required { fields: FieldNames(vec![field]) }
    }
}
