//! What the tests share: a salon on a memory store, with a clock and a desk.

pub mod vectors;

use daicho::{Actor, Channel, Command, Context, CustomerForm, CustomerId, Entropy, Error, Executed, Instant, Ledger, MemoryStore, Query, RegisterCustomer, Role, Store};

/// 2026-11-21 10:00 in Japan.
pub const MORNING: Instant = Instant(1_795_222_800_000);
/// An hour in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// A salon with somebody at the counter; each command gets a new idempotency key.
#[derive(Debug)]
pub struct Desk<S> {
    /// The ledger.
    pub ledger: Ledger<S>,
    /// Who acts.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When.
    pub now: Instant,
    next: std::cell::Cell<u64>,
}

impl Desk<MemoryStore> {
    /// A salon in memory with a manager at the counter, at [`MORNING`].
    #[must_use]
    pub fn open() -> Self {
        Self::over(MemoryStore::new())
    }
}

impl<S: Store> Desk<S> {
    /// A salon over a store with a manager at the counter, at [`MORNING`].
    pub fn over(store: S) -> Self {
        Self {
            ledger: Ledger::open(store, id("salon-1")),
            actor: Actor::new(id("manager-1"), Role::Manager),
            channel: Channel::Counter,
            now: MORNING,
            next: std::cell::Cell::new(1),
        }
    }

    /// The context of the next command.
    pub fn context(&self) -> Context {
        let count = self.next.replace(self.next.get() + 1);
        Context {
            actor: self.actor.clone(),
            channel: self.channel,
            now: self.now,
            key: id(&format!("{}-{count}", self.actor.id)),
            entropy: Entropy(u128::from(count).to_be_bytes()),
        }
    }

    /// Runs a command under a new key.
    pub fn run<C>(&self, command: C) -> Result<C::Output, Error>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        Ok(self.execute(&command)?.output)
    }

    /// Runs a command under a new key, for all it says.
    pub fn execute<C>(&self, command: &C) -> Result<Executed<C::Output>, Error>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        self.ledger.execute(command, &self.context())
    }

    /// Asks a query.
    pub fn ask<Q>(&self, query: Q) -> Result<Q::Output, Error>
    where
        Q: Query + Sync,
        Q::Output: Send,
    {
        self.ledger.query(&query, &self.actor, self.now)
    }

    /// Registers somebody at the counter.
    pub fn register(&self, form: CustomerForm) -> Result<CustomerId, Error> {
        Ok(self.run(RegisterCustomer { path: daicho::EntryPath::Counter, form, line: None })?.customer)
    }
}

/// An id from its text.
///
/// # Panics
/// If it is none: tests write ids out.
#[must_use]
pub fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    #[expect(clippy::expect_used, reason = "tests write ids out")]
    text.parse().expect("an id")
}

/// A complete counter form: 山田 花子 with this phone and e-mail.
#[must_use]
pub fn hanako(phone: &str, email: &str) -> CustomerForm {
    CustomerForm {
        family_name: "山田".into(),
        given_name: "花子".into(),
        family_kana: Some("ヤマダ".into()),
        given_kana: Some("ハナコ".into()),
        phones: vec![phone.into()],
        emails: vec![email.into()],
        ..CustomerForm::default()
    }
}

/// README's example, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
