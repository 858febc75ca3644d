use crate::error::{CustomerError, Error};
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Customer, CustomerState, Figures, Listing, Mark};
use crate::time::{Date, Instant};

wire! {
    /// One customer, by id.
    #[derive(Debug)]
    pub struct GetCustomer {
        /// Who; a merged id resolves to its target (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// A customer with the marks that staff see beside the name (C10, G1).
    pub struct CustomerCard {
        /// The record. What only staff may see is left out for the customer themselves.
        pub customer: Customer,
        /// ❗ and the other marks, with their memos; none for the customer themselves.
        pub marks: Vec<Mark>,
        /// Upcoming reservations 予約中.
        pub upcoming: u32,
        /// 来店回数
        pub visits: u32,
        /// 最終来店日
        pub last_visit: Option<Date>,
        /// The id asked for, if it was merged into this customer.
        pub merged_from: Option<CustomerId>,
    }
}

redacted_debug!(CustomerCard { customer, upcoming, visits });

impl Query for GetCustomer {
    type Output = CustomerCard;
    const NAME: &'static str = "getCustomer";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<CustomerCard, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let mut customer = resolve(look, self.customer)?;
        let settings = crate::log::settings(look)?;
        let figures: Figures = look.find(customer.id)?.unwrap_or_else(|| Figures::none(customer.id));
        let mut marks = Mark::of(&look.children::<Listing>(customer.id)?);
        if actor.role == Role::Customer {
            // 店舗コメント and the lists are the shop's own.
            customer.shop_comment = None;
            marks.clear();
        }
        Ok(CustomerCard {
            upcoming: count(figures.open.iter()),
            visits: figures.visits,
            last_visit: figures.last_visit().map(|mark| mark.day(settings.calendar)).transpose()?,
            merged_from: (customer.id != self.customer).then_some(self.customer),
            customer,
            marks,
        })
    }
}

pub(crate) fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// The customer an id stands for: itself, or the end of its chain of merges (M6).
pub(crate) fn resolve(look: &dyn Look, id: CustomerId) -> Result<Customer, Halt> {
    let mut at = id;
    // A target is never merged already and ids are never reused, so a chain cannot come back to where it was; the bound is against damaged stores.
    for _ in 0..1_000 {
        let customer: Customer = look.find(at)?.ok_or(CustomerError::NotFound { customer: id })?;
        match customer.state {
            CustomerState::Merged { into, .. } => at = into,
            _ => return Ok(customer),
        }
    }
    Err(CustomerError::NotFound { customer: id }.into())
}

/// Whether an actor may name a customer (A3). A customer only themselves: the id they were given, or any that it was merged into (M6). Asked before
/// anything is looked up, so that nobody learns which other ids there are.
pub(crate) fn may_name(look: &dyn Look, actor: &Actor, named: CustomerId, command: &'static str) -> Result<(), Halt> {
    let mut own = actor.customer;
    // Bounded like `resolve`.
    for _ in 0..1_000 {
        let Some(id) = own.filter(|id| *id != named) else { break };
        own = match look.find::<Customer>(id)?.map(|customer| customer.state) {
            Some(CustomerState::Merged { into, .. }) => Some(into),
            _ => None,
        };
    }
    Ok(if own == Some(named) { Ok(()) } else { actor.may_name(named, command) }?)
}

/// Refuses an actor who may not name a record's owner as if the record were not there: somebody else's answers a customer with `missing`.
pub(crate) fn may_see(
    look: &dyn Look,
    actor: &Actor,
    owner: CustomerId,
    command: &'static str,
    missing: impl FnOnce() -> Error,
) -> Result<(), Halt> {
    may_name(look, actor, owner, command).map_err(|halt| match halt {
        Halt::Need(reads) => Halt::Need(reads),
        Halt::Reject(_) => missing().into(),
    })
}

/// The customer of an id, if active; a merged, withdrawn or erased one cannot be changed.
pub(crate) fn active(look: &dyn Look, id: CustomerId) -> Result<Customer, Halt> {
    let customer: Customer = look.find(id)?.ok_or(CustomerError::NotFound { customer: id })?;
    if customer.is_active() { Ok(customer) } else { Err(not_active(&customer).into()) }
}

/// The customer of an id, if what they did can still be brought to its end: active, or withdrawn or erased, whose sales keep their figures (W3, W4).
pub(crate) fn settling(look: &dyn Look, id: CustomerId) -> Result<Customer, Halt> {
    let customer: Customer = look.find(id)?.ok_or(CustomerError::NotFound { customer: id })?;
    match customer.state {
        CustomerState::Active | CustomerState::Withdrawn { .. } | CustomerState::Erased { .. } => Ok(customer),
        CustomerState::Merged { .. } => Err(not_active(&customer).into()),
    }
}

pub(crate) fn not_active(customer: &Customer) -> CustomerError {
    let into = match customer.state {
        CustomerState::Merged { into, .. } => Some(into),
        _ => None,
    };
    CustomerError::NotActive { customer: customer.id, state: customer.state.name(), into }
}
