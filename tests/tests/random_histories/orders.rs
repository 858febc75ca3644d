//! What a command says, in plain words: the model reads this, and the door makes the library's commands of it. Ids are the numbers in them.

use super::days::{Day, Ms};

#[derive(Clone, Debug)]
pub(super) enum Order {
    Register {
        name: usize,
        by_phone: bool,
        contact: i64,
    },
    Book(Booking),
    Move {
        booking: u32,
        to: Step,
    },
    Reschedule {
        booking: u32,
        start: Ms,
        end: Ms,
        staff: Option<u32>,
    },
    SavePlan {
        plan: u32,
        based_on: u32,
        terms: Terms,
        retired: bool,
    },
    CheckOut(Till),
    Void {
        sale: u32,
        reason: bool,
    },
    Extend {
        ticket: u32,
        to: Day,
        reason: bool,
    },
    AdjustTicket {
        ticket: u32,
        uses: i64,
        reason: bool,
    },
    AdjustPoints {
        customer: u32,
        seen: i64,
        balance: i64,
        reason: bool,
    },
    AddVisit {
        customer: u32,
        form: Entered,
    },
    EditVisit {
        visit: u32,
        based_on: u32,
        form: Entered,
    },
    RemoveVisit {
        visit: u32,
        based_on: u32,
    },
    SetLastVisit {
        customer: u32,
        day: Day,
    },
    AddListing {
        customer: u32,
        list: List,
    },
    RemoveListing {
        listing: u32,
    },
    Merge {
        source: u32,
        target: u32,
        stale: bool,
    },
    Unmerge {
        merge: u32,
    },
    Withdraw {
        customer: u32,
        cancel: bool,
        reason: bool,
    },
    Delete {
        customer: u32,
    },
    Erase {
        customer: u32,
    },
    Configure {
        based_on: u32,
        policies: Policies,
    },
    /// An earlier command again under its key, or another under that key (A2).
    Again {
        nth: usize,
        other: bool,
    },
}

/// Who gives a command, through what, when, and to which device.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) who: Who,
    pub(super) channel: Channel,
    pub(super) now: Ms,
    pub(super) device: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Manager,
    Staff,
    Customer(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    Site,
    Line,
    Phone,
    Counter,
}

impl Channel {
    pub(super) const ALL: [Self; 4] = [Self::Site, Self::Line, Self::Phone, Self::Counter];

    pub(super) const fn online(self) -> bool {
        matches!(self, Self::Site | Self::Line)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Booking {
    pub(super) customer: u32,
    pub(super) shop: u32,
    pub(super) staff: Option<u32>,
    pub(super) lines: Vec<Line>,
    pub(super) start: Ms,
    pub(super) end: Ms,
    pub(super) prepay: bool,
    pub(super) tentative: bool,
    pub(super) tickets: Vec<Wish>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) menu: u32,
    pub(super) staff: Option<u32>,
    pub(super) price: i64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) ticket: Option<u32>,
    pub(super) uses: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Confirm,
    ChoosePrepayment,
    PayPrepayment,
    RefundPrepayment,
    Visit,
    UndoVisit { reason: bool },
    CancelByCustomer,
    CancelByShop,
    NoShow,
    PayFee { amount: i64 },
    WaiveFee { reason: bool },
    EnteredInError,
}

#[derive(Clone, Debug)]
pub(super) struct Till {
    pub(super) customer: u32,
    pub(super) booking: Option<u32>,
    pub(super) shop: Option<u32>,
    pub(super) staff: Option<u32>,
    pub(super) lines: Vec<Sold>,
    pub(super) discount: i64,
    pub(super) points: i64,
    pub(super) tickets: Vec<Wish>,
    pub(super) payments: Vec<i64>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Sold {
    pub(super) item: Item,
    pub(super) staff: Option<u32>,
    pub(super) price: i64,
    pub(super) quantity: i64,
    pub(super) discount: Option<i64>,
    pub(super) reduced_rate: bool,
    pub(super) by_ticket: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Menu(u32),
    Option(u32),
    Retail(u32),
    Ticket(u32),
}

#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub(super) day: Day,
    pub(super) menus: Vec<u32>,
    pub(super) amount: i64,
    pub(super) booking: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Watch,
    Grey,
    Black,
}

#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) price: i64,
    pub(super) uses: i64,
    pub(super) valid: Valid,
    pub(super) menus: Vec<u32>,
    pub(super) staff: Vec<u32>,
    pub(super) shops: Vec<u32>,
}

/// How long something lasts after its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Valid {
    Forever,
    Days(i64),
    Months(i64),
}

#[derive(Clone, Debug)]
pub(super) struct Policies {
    pub(super) prepayment: bool,
    pub(super) black_online_only: bool,
    pub(super) unmerge_days: i64,
    pub(super) cancellation: Cancellation,
    pub(super) extend_expired: bool,
    pub(super) rule: Option<Rule>,
    pub(super) points_valid: Valid,
}

#[derive(Clone, Debug)]
pub(super) struct Cancellation {
    pub(super) deadline: Deadline,
    /// Hours before the start, and what a cancel after that costs.
    pub(super) tiers: Vec<(i64, Charge)>,
    pub(super) no_show: Charge,
    pub(super) consume_tickets: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Deadline {
    Hours(i64),
    Days { days: i64, minutes: i64 },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Charge {
    Yen(i64),
    Percent(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    PerVisit(i64),
    PerSales { yen: i64, points: i64 },
}

impl Default for Policies {
    /// The defaults that the rules name.
    fn default() -> Self {
        Self {
            prepayment: false,
            black_online_only: false,
            unmerge_days: 0,
            cancellation: Cancellation { deadline: Deadline::Hours(0), tiers: Vec::new(), no_show: Charge::Yen(0), consume_tickets: false },
            extend_expired: false,
            rule: None,
            points_valid: Valid::Forever,
        }
    }
}
