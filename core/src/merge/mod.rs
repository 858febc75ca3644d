//! 統合: two records of one person become one.

mod history;
mod preview;
mod run;
mod union;
mod unmerge;

pub use self::history::GetMerges;
pub use self::preview::{Blocker, BlockerData, FieldChoice, LineChoice, MergePreview, MergeWarning, PreviewMerge};
pub use self::run::{MergeCustomers, Merged};
pub use self::unmerge::{Unmerge, Unmerged};
