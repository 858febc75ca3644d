use crate::customer::may_name;
use crate::error::{AccessError, BookingError, CustomerError, Error};
use crate::id::CustomerId;
use crate::log::{Actor, Channel, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{BlacklistPolicy, Customer, CustomerState, ListKind, Listing, Reservation, Settings};
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

/// The gate over what is already loaded (G1, G3). The black list outranks all.
pub fn gate(customer: &Customer, listings: &[Listing], due: Yen, channel: Channel, settings: &Settings) -> Gate {
    let stands = |list: ListKind| listings.iter().any(|listing| listing.list == list && listing.stands());
    let mut reasons = Vec::new();
    let mut denied = None;
    if stands(ListKind::Black) {
        reasons.push(GateReason::Blacklisted);
        if settings.blacklist == BlacklistPolicy::AllChannels || channel.is_online() {
            denied = Some(FULLY_BOOKED.to_owned());
        }
    }
    if !customer.is_active() {
        reasons.push(GateReason::NotActive { state: customer.state.clone() });
        denied.get_or_insert_with(|| FULLY_BOOKED.to_owned());
    }
    if due > Yen::ZERO {
        reasons.push(GateReason::UnpaidFee { amount: due });
        if channel.is_online() {
            denied.get_or_insert_with(|| unpaid_message(due));
        }
    }
    if stands(ListKind::Grey) {
        reasons.push(GateReason::GreyListed);
    }
    if stands(ListKind::Watch) {
        reasons.push(GateReason::Watched);
    }
    let verdict = match (&denied, reasons.is_empty()) {
        (Some(_), _) => Verdict::Denied,
        (None, true) => Verdict::Allowed,
        (None, false) => Verdict::AllowedWithWarnings,
    };
    Gate { verdict, public_message: denied, staff_reasons: reasons }
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

/// Customers come through the booking site or LINE only, and are answered for those only: what staff's channels would say is not theirs to
/// know. Staff come through whatever they say.
pub(super) fn check_channel(actor: &Actor, channel: Channel, command: &'static str) -> Result<(), AccessError> {
    if actor.role == Role::Customer && !channel.is_online() { Err(AccessError::NotYours { command }) } else { Ok(()) }
}

/// What the gate needs, loaded, and its answer.
pub(crate) fn ask_gate(look: &dyn Look, customer: &Customer, reservations: &[Reservation], channel: Channel) -> Result<Gate, Halt> {
    let listings: Vec<Listing> = look.children(customer.id)?;
    let due = Yen::sum(reservations.iter().map(Reservation::due))?;
    Ok(gate(customer, &listings, due, channel, &crate::log::settings(look)?))
}

impl Gate {
    /// What a customer may see of it: the verdict and the public message, the warnings of staff gone.
    #[must_use]
    pub fn public(self) -> Self {
        let verdict = if self.verdict == Verdict::Denied { Verdict::Denied } else { Verdict::Allowed };
        Self { verdict, public_message: self.public_message, staff_reasons: Vec::new() }
    }

    /// The error of a booking that the gate denies; for a customer the very one of a full calendar, unless the reason is theirs to know.
    pub(crate) fn refusal(&self, customer: &Customer, actor: &Actor) -> Option<Error> {
        if self.verdict != Verdict::Denied {
            return None;
        }
        let public = actor.role == Role::Customer;
        Some(match self.staff_reasons.first() {
            Some(GateReason::Blacklisted) if !public => {
                BookingError::Blacklisted { customer: customer.id, public_message: FULLY_BOOKED }.into()
            }
            Some(GateReason::NotActive { state }) if !public => {
                CustomerError::NotActive { customer: customer.id, state: state.name() }.into()
            }
            Some(GateReason::UnpaidFee { amount }) => {
                BookingError::UnpaidFee { customer: customer.id, amount: *amount, public_message: unpaid_message(*amount) }.into()
            }
            _ => BookingError::Unavailable { public_message: FULLY_BOOKED }.into(),
        })
    }
}

impl Query for MayBook {
    type Output = Gate;
    const NAME: &'static str = "mayBook";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<Gate, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        check_channel(actor, self.channel, Self::NAME)?;
        let customer: Customer = look.find(self.customer)?.ok_or(CustomerError::NotFound { customer: self.customer })?;
        let reservations: Vec<Reservation> = look.children(self.customer)?;
        let gate = ask_gate(look, &customer, &reservations, self.channel)?;
        Ok(if actor.role == Role::Customer { gate.public() } else { gate })
    }
}
