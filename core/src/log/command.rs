use super::{Draft, Look, Read};
use crate::error::{AccessError, Error};
use crate::id::{ActorId, CommandKey, CustomerId};
use crate::record::{Channel, Settings};
use crate::time::Instant;

wire! {
    /// Who acts (A1): a command without an actor cannot be made.
    #[derive(Debug)]
    pub struct Actor {
        /// The account, as the host knows it.
        pub id: ActorId,
        /// What the account may do (A3).
        pub role: Role,
        /// For the role customer: which customer this is.
        pub customer: Option<CustomerId>,
    }
}

impl Actor {
    /// A member of staff, a manager or a job.
    #[must_use]
    pub const fn new(id: ActorId, role: Role) -> Self {
        Self { id, role, customer: None }
    }

    /// A customer acting for themselves.
    #[must_use]
    pub const fn customer(id: ActorId, customer: CustomerId) -> Self {
        Self { id, role: Role::Customer, customer: Some(customer) }
    }

    /// Whether this actor may name that customer's record: a customer only their own.
    pub fn may_name(&self, customer: CustomerId, command: &'static str) -> Result<(), AccessError> {
        if self.role == Role::Customer && self.customer != Some(customer) { Err(AccessError::NotYours { command }) } else { Ok(()) }
    }

    /// Whether this actor comes through one of the channels at which it may. Customers come online only, and are answered for those only: what staff's
    /// channels would say is not theirs to know. Staff come through whatever they say.
    pub fn comes_through(&self, channel: Channel, allowed: &'static [Channel], command: &'static str) -> Result<(), AccessError> {
        if self.role == Role::Customer && !allowed.contains(&channel) {
            let allowed = allowed.iter().map(|channel| channel.name()).collect();
            return Err(AccessError::Channel { command, field: "channel", allowed });
        }
        Ok(())
    }

    /// Whether this actor's role is among those a command or query allows.
    pub fn allowed(&self, allowed: &'static [Role], command: &'static str) -> Result<(), AccessError> {
        if (self.role == Role::Customer) != self.customer.is_some() {
            return Err(AccessError::ActorCustomer);
        }
        if allowed.contains(&self.role) {
            return Ok(());
        }
        Err(AccessError::Forbidden { command, role: self.role.name(), allowed: allowed.iter().map(|role| role.name()).collect() })
    }
}

wire! {
    /// What an actor may do (A3).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Role {
        /// A customer, through the booking site or LINE: their own record only.
        Customer,
        /// スタッフ
        Staff,
        /// 店長
        Manager,
        /// The host itself: imports, jobs, LINE's webhooks.
        System,
    }
}

impl Role {
    /// Everybody who works for the salon.
    pub const SALON: &'static [Self] = &[Self::Staff, Self::Manager, Self::System];
    /// Those who decide for the salon.
    pub const MANAGERS: &'static [Self] = &[Self::Manager, Self::System];
    /// Everybody.
    pub const ANYONE: &'static [Self] = &[Self::Customer, Self::Staff, Self::Manager, Self::System];

    /// The role's name, as errors say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::System => "system",
        }
    }
}

/// Sixteen bytes of the host's randomness for one command: they salt the digests that stand for personal data in the log (A1). Never reuse them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entropy(pub [u8; 16]);

impl core::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Entropy(..)")
    }
}

/// Everything a command may know besides the ledger: who, through what, when, under which idempotency key. There is no other clock (T1) and no other chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When.
    pub now: Instant,
    /// The idempotency key (A2): the same command under it again gets the first answer, another is refused. Of a command that changed anything of somebody who
    /// was erased since, only actor and name are still known (W4).
    pub key: CommandKey,
    /// The host's randomness.
    pub entropy: Entropy,
}

/// Why a decision could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Records are missing: load them and ask again.
    Need(Vec<Read>),
    /// The rules say no.
    Reject(Error),
}

impl Halt {
    /// Halts if anything is missing.
    pub(crate) fn unless_here(missing: Vec<Read>) -> Result<(), Self> {
        if missing.is_empty() { Ok(()) } else { Err(Self::Need(missing)) }
    }
}

impl<E: Into<Error>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Reject(error.into())
    }
}

/// Nobody's id: the last there is, which no salon comes to.
pub(crate) const NOBODY: CustomerId = CustomerId::from_ordinal(u32::MAX);

/// A command: decided purely, from what was loaded.
pub trait Command: serde::Serialize {
    /// What it answers.
    type Output: serde::Serialize + serde::de::DeserializeOwned;
    /// Its name in the journal and in JSON.
    const NAME: &'static str;
    /// Who may give it (A3).
    const ROLES: &'static [Role];

    /// What it will surely look up, to be loaded at once with what every command needs. To name nothing is right, and costs one more round trip
    /// to the store for each thing it then finds missing.
    fn reads(&self) -> Vec<Read> {
        Vec::new()
    }

    /// Whether an answer can hold anything to [forget](Self::forget).
    const FORGETS: bool = false;

    /// Takes out of the answer what shall not lie in the store with its receipt (A2): what is personal in it and nowhere else, so that no erasure would find
    /// it (W4). Whatever is taken out here, [`recall`](Self::recall) puts back.
    fn forget(_: &mut Self::Output) {}

    /// Puts back what [`forget`](Self::forget) took out of an answer: whoever repeats a command has brought it along.
    fn recall(&self, _: &mut Self::Output, _: &Settings) {}

    /// Whom the command told of, besides those whose personal data it changed: an erasure of theirs finds its receipt by this (W4). The last id there
    /// is stands for people of whom it cannot be said who they are.
    fn told_of(_: &Self::Output) -> Vec<CustomerId> {
        Vec::new()
    }

    /// Decides: changes the draft and answers, or says what is missing or wrong. Called again from the start when something was missing
    /// or somebody else was first.
    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Self::Output, Halt>;
}

/// A query that needs only named records, not the index.
pub trait Query {
    /// What it answers.
    type Output;
    /// Its name in JSON.
    const NAME: &'static str;
    /// Who may ask (A3).
    const ROLES: &'static [Role];

    /// Answers from what was loaded, or says what is missing.
    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<Self::Output, Halt>;
}
