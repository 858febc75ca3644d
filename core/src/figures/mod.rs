//! Figures of a customer 合計利用状況: counts, amounts, frequency and category, now or as they were (N).

mod as_of;
mod recount;
mod show;

pub use self::recount::{RecountFigures, RecountedFigures};
pub use self::show::{Cancellations, CustomerFigures, GetFigures};
