//! The lists of people to be careful with: 要注意人物, グレーリスト, ブラックリスト.

mod entries;

pub use self::entries::{AddListing, EditListing, GetListings, Listed, Listings, RemoveListing};
