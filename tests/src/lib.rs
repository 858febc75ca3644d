//! What the tests share: a salon on a memory store, with a clock and a desk.

pub mod around;
pub mod canary;
pub mod search_doc;
pub mod till;
pub mod transition_doc;
pub mod vectors;

use daicho::{
    Actor, Channel, Command, Context, CustomerForm, CustomerId, Entropy, Error, Executed, Instant, Ledger, MemoryStore, Query,
    RegisterCustomer, Role, Store,
};

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

// What scenarios do all day.
impl<S: Store> Desk<S> {
    /// This desk in another salon.
    #[must_use]
    pub fn in_salon(self, salon: &str, store: S) -> Self {
        Self { ledger: Ledger::open(store, id(salon)), ..self }
    }

    /// Who the customer is now.
    pub fn customer(&self, customer: CustomerId) -> Result<daicho::Customer, Error> {
        Ok(self.ask(daicho::GetCustomer { customer })?.customer)
    }

    /// The form as it shows a customer.
    pub fn form(&self, customer: CustomerId) -> Result<CustomerForm, Error> {
        Ok(self.ask(daicho::GetCustomerForm { customer })?.form)
    }

    /// Edits the customer as stored now.
    pub fn edit(&self, customer: CustomerId, change: impl FnOnce(&mut CustomerForm)) -> Result<u32, Error> {
        let mut edit = self.ask(daicho::GetCustomerForm { customer })?;
        change(&mut edit.form);
        Ok(self.run(edit)?.version)
    }

    /// Changes the settings.
    pub fn configure(&self, change: impl FnOnce(&mut daicho::Settings)) -> Result<u32, Error> {
        let mut settings = self.ask(daicho::GetSettings {})?;
        change(&mut settings);
        Ok(self.run(daicho::ConfigureSalon { settings })?.version)
    }

    /// Registers somebody on the phone.
    pub fn phone_in(&self, family: &str, given: &str, phone: &str) -> Result<CustomerId, Error> {
        let (family_name, given_name) = (family.to_owned(), given.to_owned());
        Ok(self
            .run(daicho::RegisterByPhone { family_name, given_name, family_kana: None, given_kana: None, phone: phone.to_owned() })?
            .customer)
    }

    /// Books a cut for ¥4,400, an hour long.
    pub fn book(&self, customer: CustomerId, start: Instant) -> Result<daicho::ReservationId, Error> {
        Ok(self.run(cut(customer, start))?.reservation)
    }

    /// Moves a reservation along.
    pub fn step(&self, reservation: daicho::ReservationId, to: daicho::Move) -> Result<daicho::Moved, Error> {
        self.run(daicho::MoveReservation { reservation, to })
    }

    /// One reservation of a customer, as stored.
    pub fn reservation(&self, customer: CustomerId, id: daicho::ReservationId) -> Result<Option<daicho::ReservationRow>, Error> {
        let rows = self.ask(daicho::GetReservations { customer })?.reservations;
        Ok(rows.into_iter().find(|row| row.reservation.id == id))
    }

    /// Puts somebody on a list.
    pub fn list(&self, customer: CustomerId, list: daicho::ListKind, memo: &str) -> Result<daicho::Listed, Error> {
        self.run(daicho::AddListing { customer, list, memo: memo.to_owned() })
    }

    /// The preview of a merge without choices.
    pub fn preview(&self, source: CustomerId, target: CustomerId) -> Result<daicho::MergePreview, Error> {
        self.ask(daicho::PreviewMerge { source, target, from_source: Vec::new(), line: None })
    }

    /// Merges without choices, under the preview of this moment.
    pub fn merge(&self, source: CustomerId, target: CustomerId) -> Result<daicho::Merged, Error> {
        let fingerprint = self.preview(source, target)?.fingerprint;
        self.run(daicho::MergeCustomers { source, target, from_source: Vec::new(), line: None, fingerprint })
    }

    /// Calls the JSON door under a new key; the answer as it came.
    pub fn call(&self, operation: &str, input: &serde_json::Value) -> String {
        let context = self.context();
        let entropy: String = context.entropy.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let request = serde_json::json!({
            "operation": operation, "input": input, "actor": context.actor, "channel": context.channel, "now": context.now, "key": context.key, "entropy": entropy,
        });
        let answer = daicho::store::run(self.ledger.store(), self.ledger.salon(), self.ledger.session().call(&request.to_string()));
        answer.unwrap_or_else(|error| error.to_string())
    }

    /// Writes a record past every rule, as a state that no command of today can make.
    pub fn force(&self, record: daicho::Record) -> Result<(), Error> {
        let head = self.ledger.store().load(self.ledger.salon(), &[])?.head;
        let batch = daicho::store::Batch { expected: head.sequence, puts: vec![record], ..Default::default() };
        Ok(self.ledger.store().commit(self.ledger.salon(), &batch)?)
    }
}

/// A cut for ¥4,400, an hour long.
#[must_use]
pub fn cut(customer: CustomerId, start: Instant) -> daicho::Book {
    daicho::Book {
        customer,
        shop: id("shop-1"),
        staff: None,
        lines: vec![daicho::Line { menu: id("cut"), staff: None, price: daicho::Yen(4_400), kind: daicho::LineKind::Basic }],
        start,
        end: start.plus_ms(HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    }
}

/// A policy under which a customer may cancel freely until 24 hours before, pays half later, and all for a no-show.
#[must_use]
pub fn strict() -> daicho::CancellationPolicy {
    daicho::CancellationPolicy {
        deadline: daicho::Deadline::HoursBefore { hours: 24 },
        tiers: vec![daicho::FeeTier { hours_before: 24, charge: daicho::Charge::Percent { percent: 50 } }],
        no_show: daicho::Charge::Percent { percent: 100 },
        tickets: daicho::LateTickets::Release,
    }
}

/// README's example, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the first steps, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/start.md")]
pub struct FirstSteps;

/// The code on the page of who is who, which works as it stands.
#[cfg(doctest)]
#[doc = include_str!("../../docs/people.md")]
pub struct People;
