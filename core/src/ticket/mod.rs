//! Tickets 回数券: plans, what is sold by them, and where their uses go (K).

mod change;
mod cover;
mod hold;
mod plan;
mod sell;
mod show;

pub use self::change::{AdjustTicket, ChangedTicket, ExtendTicket};
pub(crate) use self::cover::{Service, Services, Uses, covered, paying};
pub use self::hold::TicketWish;
pub(crate) use self::hold::{WISHES, book, choose, consume, forgo, hold, must_still_fit, release, restore, resume};
pub use self::plan::{GetTicketPlans, SaveTicketPlan, SavedTicketPlan, TicketPlans};
pub(crate) use self::sell::{for_sale, sell, take_back};
pub use self::show::{GetTicket, GetTickets, TicketRow, Tickets};
