//! The ledger as an object of the host's language.

use std::sync::Arc;

use crate::error::DaichoError;
use crate::memory::MemoryStore;
use crate::operations::operations;
use crate::store::{Entry, Head, LedgerStore, Row};
use crate::values::{Customer, CustomerId, Date, FindCustomer, Instant, RegisterCustomer, Yen};

const KIND: &str = "customer";

/// A salon's ledger 台帳.
#[derive(uniffi::Object)]
pub struct Ledger {
    rules: Rules,
}

#[uniffi::export]
impl Ledger {
    /// A ledger in memory, for tests and trials.
    #[uniffi::constructor]
    #[must_use]
    pub fn in_memory() -> Arc<Self> {
        Self::over(Arc::new(MemoryStore::new()))
    }

    /// A ledger over a store of the host's own.
    #[uniffi::constructor]
    #[must_use]
    pub fn over(store: Arc<dyn LedgerStore>) -> Arc<Self> {
        Arc::new(Self {
            rules: Rules { store },
        })
    }

    /// The entries of the journal after this one (A1).
    pub fn changes(&self, since: u64) -> Result<Vec<Entry>, DaichoError> {
        Ok(self.rules.store.changes(since)?)
    }
}

macro_rules! methods {
    ($($(#[$meta:meta])* $name:ident($input:path) -> $output:ty;)*) => {
        #[uniffi::export]
        impl Ledger {
            $(
                $(#[$meta])*
                pub fn $name(&self, input: $input) -> Result<$output, DaichoError> {
                    self.rules.$name(input)
                }
            )*
        }
    };
}
operations!(methods);

/// Stands in for the core.
struct Rules {
    store: Arc<dyn LedgerStore>,
}

impl Rules {
    fn register_customer(&self, input: RegisterCustomer) -> Result<Customer, DaichoError> {
        if input.name.trim().is_empty() {
            return Err(DaichoError::new(
                "customer.name_missing",
                "a name is required",
                &["name"],
            ));
        }
        let before = self.store.scan(KIND.to_owned())?;
        let ordinal = u32::try_from(before.rows.len())
            .ok()
            .and_then(|count| count.checked_add(1));
        let ordinal = ordinal
            .ok_or_else(|| DaichoError::new("ledger.full", "at most 4294967295 customers", &[]))?;
        let sequence = before.head.sequence.saturating_add(1);
        let customer = Customer {
            id: CustomerId(ordinal),
            name: input.name,
            birthday: input.birthday,
            registered_at: input.now,
            total: Yen(0),
        };
        let head = Head {
            sequence,
            hash: format!("hash-{sequence}"),
        };
        let entry = Entry {
            sequence,
            body: format!("registered c{ordinal}"),
        };
        self.store
            .commit(before.head.sequence, head, entry, vec![row(&customer)])?;
        Ok(customer)
    }

    fn find_customer(&self, input: FindCustomer) -> Result<Option<Customer>, DaichoError> {
        let loaded = self
            .store
            .load(KIND.to_owned(), vec![format!("c{}", input.id.0)])?;
        loaded
            .rows
            .first()
            .map(|row| {
                customer(row).ok_or_else(|| {
                    DaichoError::new("store.broken", "a customer cannot be read", &[])
                })
            })
            .transpose()
    }
}

fn row(customer: &Customer) -> Row {
    let birthday = customer.birthday.as_ref().map_or("", |day| day.0.as_str());
    let body = format!(
        "{}\t{birthday}\t{}\t{}",
        customer.registered_at.0, customer.total.0, customer.name
    );
    Row {
        kind: KIND.to_owned(),
        id: format!("c{}", customer.id.0),
        parent: None,
        keys: vec![customer.name.clone()],
        body,
    }
}

fn customer(row: &Row) -> Option<Customer> {
    let mut parts = row.body.splitn(4, '\t');
    let registered_at = Instant(parts.next()?.parse().ok()?);
    let birthday = parts
        .next()
        .filter(|day| !day.is_empty())
        .map(|day| Date(day.to_owned()));
    let total = Yen(parts.next()?.parse().ok()?);
    let id = CustomerId(row.id.strip_prefix('c')?.parse().ok()?);
    Some(Customer {
        id,
        name: parts.next()?.to_owned(),
        birthday,
        registered_at,
        total,
    })
}
