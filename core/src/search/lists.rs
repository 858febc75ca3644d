use super::asked::Asked;
use super::customers::{CustomerPage, page};
use super::index::{Index, IndexQuery};
use super::page::{Paging, Plainly, Sizes};
use super::row::CustomerRow;
use super::sort::{CustomerSort, SortBy};
use crate::id::{ActorId, CustomerId, ListingId};
use crate::log::{Halt, Role};
use crate::record::{Flag, ListKind, Listing, Merges};
use crate::time::Instant;

wire! {
    /// 要注意人物・グレーリスト・ブラックリスト: the active customers on a list, the newest entry first (G2).
    #[derive(Debug)]
    pub struct ListListed {
        /// Which list.
        pub list: ListKind,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of a list (G2).
    #[derive(Debug)]
    pub struct ListedPage {
        /// The rows.
        pub entries: Vec<ListedRow>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// A customer on a list, why, since when and by whom (G2).
    pub struct ListedRow {
        /// The entry.
        pub listing: ListingId,
        /// Its version, to base an edit of the memo on.
        pub version: u32,
        /// メモ: why.
        pub memo: String,
        /// When it was entered.
        pub added_at: Instant,
        /// Who entered it.
        pub added_by: ActorId,
        /// The customer.
        pub customer: CustomerRow,
    }
}

redacted_debug!(ListedRow { listing, version, added_at, customer });

impl IndexQuery for ListListed {
    type Output = ListedPage;
    const NAME: &'static str = "listListed";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<ListedPage, Halt> {
        let question = Plainly(Self::NAME, &self.list);
        let paging = Paging::of(Sizes::OF_ROWS, self.page_size, self.cursor.as_deref(), index.sequence(), &question)?;
        let on_list = |listing: &&Listing| listing.list == self.list && index.is_active(listing.customer);
        let order = |listing: &Listing| core::cmp::Reverse((listing.added_at, listing.id));
        let matches: Vec<&Listing> = index.listings().filter(on_list).collect();
        let cut = paging.cut(
            matches,
            |one, other| order(one).cmp(&order(other)),
            |listing| listing.id.ordinal(),
            |id| index.listing(ListingId::from_ordinal(id)),
        )?;
        let customers: Vec<CustomerId> = cut.rows.iter().map(|listing| listing.customer).collect();
        let mut entries = Vec::new();
        for (listing, customer) in cut.rows.iter().zip(index.rows(&customers)?) {
            let Some(customer) = customer else { continue };
            entries.push(ListedRow {
                listing: listing.id,
                version: listing.version,
                memo: listing.memo.clone(),
                added_at: listing.added_at,
                added_by: listing.added_by.clone(),
                customer,
            });
        }
        Ok(ListedPage { entries, total: cut.total, cursor: cut.cursor, sequence: index.sequence() })
    }
}

wire! {
    /// 新規電話予約: the active customers who were registered by phone and have given no real address since (P3).
    #[derive(Debug, Default)]
    pub struct ListPhoneRegistrations {
        /// The order; left out: the newest customer number first.
        pub sort: Option<CustomerSort>,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

impl IndexQuery for ListPhoneRegistrations {
    type Output = CustomerPage;
    const NAME: &'static str = "listPhoneRegistrations";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<CustomerPage, Halt> {
        let sort = self.sort.unwrap_or(CustomerSort { by: SortBy::Number, descending: true });
        let question = Plainly(Self::NAME, sort);
        let paging = Paging::of(Sizes::OF_ROWS, self.page_size, self.cursor.as_deref(), index.sequence(), &question)?;
        page(index, sort, &paging, &Asked::Flag(Flag::PhoneRegistration), now)
    }
}

wire! {
    /// 統合履歴: every merge of the salon, undone ones included, the newest first (M8).
    #[derive(Debug, Default)]
    pub struct ListMerges {}
}

impl IndexQuery for ListMerges {
    type Output = Merges;
    const NAME: &'static str = "listMerges";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<Merges, Halt> {
        Ok(Merges::of(index.merges().cloned().collect()))
    }
}
