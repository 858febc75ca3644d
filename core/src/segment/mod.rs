//! Segments セグメント: conditions that a salon keeps under a name (S10), and those that ship with the library (S12).

mod explain;
mod query;
mod recipes;
mod save;

pub use self::explain::{ExplainCustomer, Explanation};
pub use self::query::{CompleteQuery, Completions, ListSearchFields, ParseQuery, PrintQuery, QueryText, SearchFields};
pub use self::recipes::{ListRecipes, Recipe, Recipes};
pub use self::save::{GetSegments, RemoveSegment, SaveSegment, SavedSegment, Segments};
