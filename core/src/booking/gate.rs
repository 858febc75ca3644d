use crate::customer::{may_name, not_active};
use crate::error::{BookingError, CustomerError, Error};
use crate::id::CustomerId;
use crate::log::{Actor, Channel, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{BlacklistPolicy, Customer, CustomerState, Figures, ListKind, Listing, Settings};
use crate::time::Instant;

/// What the public is told when a reservation cannot be made, for whatever reason is not theirs to know (G3). Hosts answer a full calendar with
/// the same sentence and the same code, so that nobody can tell the two apart.
pub const FULLY_BOOKED: &str = "申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。";

wire! {
    /// Whether a customer may book (G3).
    #[derive(Debug)]
    pub struct MayBook {
        /// Who.
        pub customer: CustomerId,
        /// Through what.
        pub channel: Channel,
    }
}

wire! {
    /// The gate's answer (G3).
    #[derive(Debug)]
    pub struct Gate {
        /// Allowed, allowed with warnings, denied.
        pub verdict: Verdict,
        /// What the customer may be shown; only with a denial. It never reveals the black list.
        pub public_message: Option<String>,
        /// What staff may know, gravest first. Empty when a customer asks.
        pub staff_reasons: Vec<GateReason>,
    }
}

wire! {
    /// The gate's verdict.
    #[derive(Copy, Debug)]
    pub enum Verdict {
        /// Nothing stands against it.
        Allowed,
        /// It is for staff to decide.
        AllowedWithWarnings,
        /// No reservation can be made.
        Denied,
    }
}

wire! {
    /// Something that staff should know before they book.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum GateReason {
        /// ブラックリスト
        Blacklisted,
        /// Withdrawn, merged or erased; a merged one names its target.
        NotActive {
            /// The state.
            state: CustomerState,
        },
        /// キャンセル料未払い
        UnpaidFee {
            /// What is due in all.
            amount: Yen,
        },
        /// グレーリスト
        GreyListed,
        /// 要注意人物 ❗
        Watched,
    }
}

/// What the gate looks at, nothing else: small enough to be judged without allocating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// ブラックリスト
    pub black: bool,
    /// グレーリスト
    pub grey: bool,
    /// 要注意人物
    pub watched: bool,
    /// Neither merged, withdrawn nor erased.
    pub active: bool,
    /// Cancellation fees due.
    pub due: Yen,
}

/// Why the gate is closed; the order is that of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denial {
    /// ブラックリスト: outranks all.
    Black,
    /// Merged, withdrawn or erased.
    NotActive,
    /// キャンセル料未払い, on the booking site and LINE.
    UnpaidFee,
}

impl Standing {
    /// How a customer stands.
    #[inline]
    #[must_use]
    pub fn of(customer: &Customer, listings: &[Listing], due: Yen) -> Self {
        let mut standing = Self { black: false, grey: false, watched: false, active: customer.is_active(), due };
        for listing in listings.iter().filter(|listing| listing.stands()) {
            match listing.list {
                ListKind::Black => standing.black = true,
                ListKind::Grey => standing.grey = true,
                ListKind::Watch => standing.watched = true,
            }
        }
        standing
    }

    /// The rule of the gate (G1, G3): whether it is closed, and why.
    #[must_use]
    pub const fn denial(self, channel: Channel, policy: BlacklistPolicy) -> Option<Denial> {
        let online = channel.is_online();
        if self.black && (online || matches!(policy, BlacklistPolicy::AllChannels)) {
            Some(Denial::Black)
        } else if !self.active {
            Some(Denial::NotActive)
        } else if self.due.0 > 0 && online {
            Some(Denial::UnpaidFee)
        } else {
            None
        }
    }

    /// The verdict alone.
    #[must_use]
    pub const fn verdict(self, channel: Channel, policy: BlacklistPolicy) -> Verdict {
        self.verdict_under(self.denial(channel, policy))
    }

    const fn verdict_under(self, denial: Option<Denial>) -> Verdict {
        if denial.is_some() {
            Verdict::Denied
        } else if self.black || self.grey || self.watched || self.due.0 > 0 {
            Verdict::AllowedWithWarnings
        } else {
            Verdict::Allowed
        }
    }
}

/// The gate over what is already loaded (G1, G3). The black list outranks all.
#[must_use]
pub fn gate(customer: &Customer, listings: &[Listing], due: Yen, channel: Channel, settings: &Settings) -> Gate {
    let standing = Standing::of(customer, listings, due);
    answer(standing, standing.denial(channel, settings.blacklist), customer)
}

fn answer(standing: Standing, denial: Option<Denial>, customer: &Customer) -> Gate {
    let mut staff_reasons = Vec::new();
    if standing.black {
        staff_reasons.push(GateReason::Blacklisted);
    }
    if !standing.active {
        staff_reasons.push(GateReason::NotActive { state: customer.state.clone() });
    }
    if standing.due > Yen::ZERO {
        staff_reasons.push(GateReason::UnpaidFee { amount: standing.due });
    }
    if standing.grey {
        staff_reasons.push(GateReason::GreyListed);
    }
    if standing.watched {
        staff_reasons.push(GateReason::Watched);
    }
    let public_message = denial.map(|denial| match denial {
        Denial::Black | Denial::NotActive => FULLY_BOOKED.to_owned(),
        Denial::UnpaidFee => unpaid_message(standing.due),
    });
    Gate { verdict: standing.verdict_under(denial), public_message, staff_reasons }
}

fn unpaid_message(due: Yen) -> String {
    format!("キャンセル料{}円のお支払いがお済みでないため、ご予約いただけません。", grouped(due.0))
}

// 12345 → 12,345
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What the gate needs, loaded, and its answer.
pub(crate) fn ask_gate(
    look: &dyn Look,
    customer: &Customer,
    figures: Option<&Figures>,
    settings: &Settings,
    channel: Channel,
) -> Result<Asked, Halt> {
    let listings: Vec<Listing> = look.children(customer.id)?;
    let due = figures.map_or(Yen::ZERO, |figures| figures.due);
    let standing = Standing::of(customer, &listings, due);
    let denial = standing.denial(channel, settings.blacklist);
    Ok(Asked { gate: answer(standing, denial, customer), denial, due })
}

/// The gate's answer, and why it is closed.
pub(crate) struct Asked {
    pub(super) gate: Gate,
    denial: Option<Denial>,
    due: Yen,
}

impl Gate {
    /// What a customer may see of it: the verdict and the public message, the warnings of staff gone.
    #[must_use]
    pub fn public(self) -> Self {
        let verdict = if self.verdict == Verdict::Denied { Verdict::Denied } else { Verdict::Allowed };
        Self { verdict, public_message: self.public_message, staff_reasons: Vec::new() }
    }
}

impl Asked {
    /// The error of a booking that the gate denies; for a customer the very one of a full calendar, unless the reason is theirs to know.
    pub(super) fn refusal(&self, customer: &Customer, actor: &Actor) -> Option<Error> {
        let public = actor.role == Role::Customer;
        let id = customer.id;
        Some(match self.denial? {
            Denial::Black if !public => BookingError::Blacklisted { customer: id, public_message: FULLY_BOOKED }.into(),
            Denial::NotActive if !public => not_active(customer).into(),
            Denial::UnpaidFee => {
                BookingError::UnpaidFee { customer: id, amount: self.due, public_message: unpaid_message(self.due) }.into()
            }
            Denial::Black | Denial::NotActive => Error::fully_booked(),
        })
    }
}

impl Error {
    /// What a host answers when its calendar is full: the very error that a customer gets whom the gate denies without saying why (G3).
    #[must_use]
    pub fn fully_booked() -> Self {
        BookingError::Unavailable { public_message: FULLY_BOOKED }.into()
    }
}

impl Query for MayBook {
    type Output = Gate;
    const NAME: &'static str = "mayBook";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<Gate, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        actor.comes_through(self.channel, Channel::ONLINE, Self::NAME)?;
        let customer: Customer = look.find(self.customer)?.ok_or(CustomerError::NotFound { customer: self.customer })?;
        let figures: Option<Figures> = look.find(self.customer)?;
        let settings = crate::log::shared_settings(look)?;
        let gate = ask_gate(look, &customer, figures.as_ref(), &settings, self.channel)?.gate;
        Ok(if actor.role == Role::Customer { gate.public() } else { gate })
    }
}
