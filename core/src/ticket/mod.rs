//! Tickets 回数券: plans, what is sold by them, and where their uses go (K).

mod change;
mod hold;
mod plan;
mod sell;
mod show;

pub use self::change::{AdjustTicket, ChangedTicket, ExtendTicket};
pub use self::hold::TicketWish;
pub(crate) use self::hold::{consume, hold, must_still_fit, release, restore};
pub use self::plan::{GetTicketPlans, SaveTicketPlan, SavedTicketPlan, TicketPlans};
pub(crate) use self::sell::{sell, take_back};
pub use self::show::{GetTicket, GetTickets, TicketRow, Tickets};
