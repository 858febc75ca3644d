use crate::id::{CustomerId, ListingId};

problems! {
    /// The watch, grey and black lists (G1, G2).
    pub enum ListingError {
        /// No such entry, or it was removed.
        NotFound { /** The id. */ listing: ListingId } = "listing.not_found" at "listing", "there is no entry {listing} on the lists";
        /// The memo is empty.
        MemoBlank { /** The field. */ field: &'static str } = "listing.memo_blank", "{field}: say why, so that colleagues know";
        /// The customer is on this list already.
        AlreadyListed { /** The customer. */ customer: CustomerId, /** Their entry. */ listing: ListingId } = "listing.already_listed" at "customer",
            "customer {customer} is on this list already, as {listing}; edit its memo instead";
        /// The entry was changed since it was read.
        Stale { /** The entry. */ listing: ListingId, /** Its version now. */ version: u32 } = "listing.stale" at "listing", "{listing} was changed meanwhile; its version is now {version}";
    }
}
