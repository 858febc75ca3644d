//! Points ポイント: lots that are earned, expire, and are spent the earliest to expire first (Z1).

mod adjust;
mod earn;
mod show;
mod spend;

pub use self::adjust::{AdjustPoints, AdjustedPoints};
pub(crate) use self::earn::{Settled, collect, moved, rule, settle, settle_visit};
pub use self::show::{GetPoints, PointBalance, PointHistory};
pub(crate) use self::show::{balance, provisional};
pub(crate) use self::spend::{give_back, must_have, spend};
