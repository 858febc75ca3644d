use crate::customer::{active, erase_history, limits, not_active, resolve};
use crate::error::ListingError;
use crate::id::{CustomerId, ListingId, ReservationId};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role};
use crate::record::{Block, Customer, CustomerState, Figures, Kind, ListKind, Listing, ListingState};
use crate::text::multi_line;
use crate::time::Instant;

wire! {
    /// Puts a customer on a list (G2).
    pub struct AddListing {
        /// Who; an existing active customer.
        pub customer: CustomerId,
        /// Which list.
        pub list: ListKind,
        /// メモ: why; not blank.
        pub memo: String,
    }
}

redacted_debug!(AddListing { customer, list });

wire! {
    /// Edits the memo of an entry (G2).
    pub struct EditListing {
        /// Which entry.
        pub listing: ListingId,
        /// The version the memo was read from.
        pub based_on: u32,
        /// The memo; not blank.
        pub memo: String,
    }
}

redacted_debug!(EditListing { listing, based_on });

wire! {
    /// 登録解除: takes an entry off its list; the customer stays, as an ordinary one (G2).
    #[derive(Copy, Debug)]
    pub struct RemoveListing {
        /// Which entry.
        pub listing: ListingId,
    }
}

wire! {
    /// A changed list entry.
    #[derive(Debug)]
    pub struct Listed {
        /// Which entry.
        pub listing: ListingId,
        /// Its version now.
        pub version: u32,
        /// For the black list: reservations the customer still has. They stay; cancel them if they should not (G4).
        pub open_reservations: Vec<ReservationId>,
    }
}

fn memo(raw: &str) -> Result<String, Halt> {
    let memo = multi_line("memo", raw, limits::COMMENT)?;
    if memo.trim().is_empty() { Err(ListingError::MemoBlank { field: "memo" }.into()) } else { Ok(memo) }
}

fn standing(look: &dyn Look, id: ListingId) -> Result<Listing, Halt> {
    let listing: Option<Listing> = look.find(id)?;
    listing.filter(Listing::stands).ok_or_else(|| ListingError::NotFound { listing: id }.into())
}

impl Command for AddListing {
    type Output = Listed;
    const NAME: &'static str = "addListing";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Listed, Halt> {
        let customer = active(draft, self.customer)?.id;
        let memo = memo(&self.memo)?;
        let listings: Vec<Listing> = draft.read().children(customer)?;
        if let Some(present) = listings.iter().find(|listing| listing.list == self.list && listing.stands()) {
            return Err(ListingError::AlreadyListed { customer, listing: present.id }.into());
        }
        let open_reservations = if self.list == ListKind::Black { open_reservations(draft, customer)? } else { Vec::new() };
        let id = draft.new_listing()?;
        draft.put(Listing {
            id,
            customer,
            version: 1,
            list: self.list,
            memo,
            added_at: context.now,
            added_by: context.actor.id.clone(),
            state: ListingState::Standing,
        })?;
        Ok(Listed { listing: id, version: 1, open_reservations })
    }
}

fn open_reservations(look: &dyn Look, customer: CustomerId) -> Result<Vec<ReservationId>, Halt> {
    let figures: Option<Figures> = look.find(customer)?;
    Ok(figures.map(|figures| figures.open.iter().map(|open| open.id).collect()).unwrap_or_default())
}

impl Command for EditListing {
    type Output = Listed;
    const NAME: &'static str = "editListing";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<Listed, Halt> {
        let mut listing = standing(draft, self.listing)?;
        // Nothing is written about whoever was erased (W4).
        if let Some(customer) =
            draft.read().find::<Customer>(listing.customer)?.filter(|customer| matches!(customer.state, CustomerState::Erased { .. }))
        {
            return Err(not_active(&customer).into());
        }
        if listing.version != self.based_on {
            return Err(ListingError::Stale { listing: listing.id, version: listing.version }.into());
        }
        listing.memo = memo(&self.memo)?;
        listing.version = listing.version.saturating_add(1);
        let listed = Listed { listing: listing.id, version: listing.version, open_reservations: Vec::new() };
        draft.put(listing)?;
        Ok(listed)
    }
}

impl Command for RemoveListing {
    type Output = Listed;
    const NAME: &'static str = "removeListing";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Listed, Halt> {
        let mut listing = standing(draft, self.listing)?;
        // What outlived a record ends with it (G5): nobody can be told by its digests any more, in the journal neither (W4).
        if listing.list == ListKind::Black && draft.read().find::<Block>(listing.customer)?.is_some() {
            let id = listing.customer.to_string();
            draft.leave_no_trace();
            erase_history(draft, Kind::Block, id.clone())?;
            draft.remove(Kind::Block, &id)?;
        }
        listing.state = ListingState::Removed { at: context.now, by: context.actor.id.clone() };
        listing.version = listing.version.saturating_add(1);
        let listed = Listed { listing: listing.id, version: listing.version, open_reservations: Vec::new() };
        draft.put(listing)?;
        Ok(listed)
    }
}

wire! {
    /// A customer's list entries.
    #[derive(Debug)]
    pub struct GetListings {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// List entries, oldest first, removed ones included: who did what, and when, stays (G2).
    #[derive(Debug)]
    pub struct Listings {
        /// The entries.
        pub listings: Vec<Listing>,
    }
}

impl Query for GetListings {
    type Output = Listings;
    const NAME: &'static str = "getListings";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Listings, Halt> {
        let customer = resolve(look, self.customer)?;
        Ok(Listings { listings: look.children(customer.id)? })
    }
}
