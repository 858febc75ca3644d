use super::Private;
use crate::id::{CustomerId, MergeId};

problems! {
    /// Merges (M).
    pub enum MergeError {
        /// Source and target are the same customer, perhaps by an earlier merge.
        SameCustomer { /** The customer. */ customer: CustomerId } = "merge.same_customer" at "target", "source and target are both customer {customer}";
        /// The names' keys differ (M1). Correct the name first, then merge.
        NameMismatch { /** The source's key. */ source_key: Private<String>, /** The target's key. */ target_key: Private<String>, /** What to do. */ remedy: &'static str } =
            "merge.name_mismatch", "the names differ; {remedy}";
        /// One of them is merged, withdrawn or erased.
        NotActive { /** Which one. */ customer: CustomerId, /** Its state. */ state: &'static str } = "merge.not_active" at "customer", "customer {customer} is {state}";
        /// An erasure or a disclosure of one of them is pending.
        Pending { /** Which one. */ customer: CustomerId, /** What is pending. */ pending: &'static str } = "merge.pending" at "customer", "customer {customer}: an {pending} request is pending; finish it first";
        /// The pair is marked "not the same person" (D2).
        NotSamePerson = "merge.not_same_person", "the two are marked as not the same person; take the mark back first";
        /// Both have a LINE account: the caller must choose (M2).
        LineChoice { /** The field. */ field: &'static str } = "merge.line_choice", "{field}: both customers have a LINE account; choose which one stays";
        /// A choice that names no single field of a customer (M2).
        UnknownField { /** The field. */ field: &'static str, /** Which of the choices, from 1. */ position: u32 } = "merge.unknown_field",
            "{field}: choice {position} is not the name of a single field, such as birthday";
        /// Something changed since the preview (M4).
        Moved = "merge.moved" at "fingerprint", "something changed since the preview; look at a new preview";
        /// Both customers together have more of something than one may have.
        TooMany { /** The field. */ field: &'static str, /** How many may be. */ max: u32 } = "merge.too_many", "{field}: together more than {max}; remove some first";
        /// A text grew past its limit.
        TooLong { /** The field. */ field: &'static str, /** The limit in Unicode scalar values. */ max: u32 } = "merge.too_long", "{field}: together longer than {max} characters; shorten one first";
        /// No such line of the merge history.
        NotFound { /** The id. */ merge: MergeId } = "merge.not_found" at "merge", "there is no merge {merge}";
        /// A merge is not undone, or no longer (M8).
        NoUndo { /** The merge. */ merge: MergeId, /** Why. */ reason: &'static str } = "merge.no_undo" at "merge", "{merge} cannot be undone: {reason}";
        /// The two marked as different are one id.
        SamePair { /** The customer. */ customer: CustomerId } = "duplicate.same_customer", "customer {customer} cannot differ from themselves";
    }
}
