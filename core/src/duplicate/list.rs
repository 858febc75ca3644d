use core::cmp::Reverse;

use super::signal::Signal;
use crate::error::SearchError;
use crate::id::CustomerId;
use crate::identity::{Likelihood, Pair};
use crate::log::{Halt, Role};
use crate::record::Customer;
use crate::search::{CustomerRow, Index, IndexQuery, Sizes, Tongue};
use crate::text::WidthMode;
use crate::time::Instant;

wire! {
    /// 重複の候補: pairs of active customers who may be one person, those with the most points first (D1). Pairs that are
    /// marked (`MarkNotSame`) as not the same person are left out.
    ///
    /// Nothing is merged by it. Where the names are written alike, the pair can be merged as it is; else the way is to correct a name first (M1).
    #[derive(Debug, Default)]
    pub struct ListDuplicates {
        /// The least that a pair must look like one person's; left out: whatever is worth a look.
        pub at_least: Option<Likelihood>,
        /// The language of the explanations.
        pub tongue: Tongue,
        /// Pairs of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of pairs (D1).
    #[derive(Debug)]
    pub struct DuplicatePage {
        /// The pairs.
        pub pairs: Vec<DuplicatePair>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// Two customers who may be one person (D1).
    #[derive(Debug)]
    pub struct DuplicatePair {
        /// One of them.
        pub one: CustomerRow,
        /// The other.
        pub other: CustomerRow,
        /// How much they look like one.
        pub likelihood: Likelihood,
        /// The sum of the signals, or less where only one thing could be compared.
        pub points: i32,
        /// Why, and what speaks against it.
        pub signals: Vec<Signal>,
        /// Whether their names are written alike, so that they can be merged as they are (M1); else a name is to be corrected first.
        pub same_name: bool,
    }
}

/// Where a pair stands in the list. A page begins after the same place, whatever happened since the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Reverse<i32>, CustomerId, CustomerId);

impl Place {
    const fn of(pair: &Pair) -> Self {
        Self(Reverse(pair.points), pair.one, pair.other)
    }

    fn cursor(self) -> String {
        format!("d{}-{}-{}", self.0.0, self.1.ordinal(), self.2.ordinal())
    }

    fn read(cursor: &str) -> Result<Self, SearchError> {
        let read = || {
            let mut parts = cursor.strip_prefix('d')?.split('-');
            let points = parts.next()?.parse().ok()?;
            let mut id = || Some(CustomerId::from_ordinal(parts.next()?.parse().ok()?));
            Some(Self(Reverse(points), id()?, id()?))
        };
        read().filter(|place| place.cursor() == cursor).ok_or(SearchError::Cursor { field: "cursor" })
    }
}

impl IndexQuery for ListDuplicates {
    type Output = DuplicatePage;
    const NAME: &'static str = "listDuplicates";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<DuplicatePage, Halt> {
        let size = Sizes::OF_ROWS.size(self.page_size)?;
        let after = self.cursor.as_deref().map(Place::read).transpose()?;
        let least = self.at_least.unwrap_or(Likelihood::Possible);
        let who = index.who();
        // They stand in the order of their places.
        let asked = |pair: &&Pair| pair.likelihood >= least && !index.is_not_same(pair.one, pair.other);
        let pairs = who.pairs();
        let mut found: Vec<&Pair> = pairs.iter().filter(asked).collect();
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        found.retain(|pair| after.is_none_or(|after| Place::of(pair) > after));
        let more = found.len() > size;
        found.truncate(size);
        let cursor = found.last().filter(|_| more).map(|pair| Place::of(pair).cursor());
        let ids: Vec<CustomerId> = found.iter().flat_map(|pair| [pair.one, pair.other]).collect();
        let mut rows = index.rows(&ids)?.into_iter();
        let key = |customer: CustomerId| index.record(customer).map(|customer: &Customer| customer.name_key(WidthMode::Fold));
        let mut told = Vec::new();
        for pair in &found {
            let (Some(Some(one)), Some(Some(other))) = (rows.next(), rows.next()) else { continue };
            let Some(comparison) = who.compare(pair.one, pair.other) else { continue };
            told.push(DuplicatePair {
                one,
                other,
                likelihood: pair.likelihood,
                points: pair.points,
                signals: Signal::all(&comparison, self.tongue),
                same_name: key(pair.one) == key(pair.other),
            });
        }
        Ok(DuplicatePage { pairs: told, total, cursor, sequence: index.sequence() })
    }
}
