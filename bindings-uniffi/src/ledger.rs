use std::sync::Arc;

use rules::error::{DaichoError, Fault};
use rules::store::{MemoryStore, Overlay, Store, run};
use rules::{BlockKey, Customer, CustomerForm, SalonId};

use crate::store::{HostStore, LedgerStore};

/// Any store, shared with the rehearsals that stand on it.
pub(crate) type AnyStore = Arc<dyn Store + Send + Sync>;

/// A salon's ledger 台帳. It may be used from several threads at once.
#[derive(uniffi::Object)]
pub struct Ledger {
    pub(crate) inner: rules::Ledger<AnyStore>,
}

impl Ledger {
    fn of(store: AnyStore, salon: SalonId) -> Arc<Self> {
        Arc::new(Self { inner: rules::Ledger::open(store, salon) })
    }
}

#[uniffi::export]
impl Ledger {
    /// A ledger in memory, for tests and trials.
    #[uniffi::constructor]
    pub fn in_memory(salon: SalonId) -> Result<Arc<Self>, DaichoError> {
        Ok(Self::of(Arc::new(MemoryStore::new()), salon))
    }

    /// A ledger over a store of the host's own.
    #[uniffi::constructor]
    pub fn over(store: Arc<dyn LedgerStore>, salon: SalonId) -> Result<Arc<Self>, DaichoError> {
        Ok(Self::of(Arc::new(HostStore::new(store)), salon))
    }

    /// A ledger whose commits stay in memory: what it answers is what this one would answer (I5). Let go of it, and nothing has happened.
    #[must_use]
    pub fn rehearsal(&self) -> Arc<Self> {
        let store: AnyStore = Arc::new(Overlay::new(Arc::clone(self.inner.store())));
        Arc::new(Self { inner: self.inner.over(store).keeping_no_index() })
    }

    /// This ledger with the key under which blocks of the black list outlive their records (G5): at least 32 random bytes, which the host keeps apart from the
    /// store, as long as the ledger. Without it nobody on the black list is erased, and where blocks are, nobody is registered.
    pub fn with_block_key(&self, key: Vec<u8>) -> Result<Arc<Self>, DaichoError> {
        let key = BlockKey::new(&key)?;
        Ok(Arc::new(Self { inner: self.inner.over(Arc::clone(self.inner.store())).with_block_key(key) }))
    }

    /// The salon.
    #[must_use]
    pub fn salon(&self) -> SalonId {
        self.inner.salon().clone()
    }

    /// Any operation as JSON text, answered as JSON text: `{"ok": …}`, or `{"error": {"code", "detail", "fields", "data", "retryable"}}`.
    #[must_use]
    pub fn call(&self, request: String) -> String {
        let answer = run(self.inner.store(), self.inner.salon(), self.inner.session().call(&request));
        answer.unwrap_or_else(|error| serde_json::json!({ "error": Fault::of(&error.into()) }).to_string())
    }
}

#[cfg(feature = "sqlite")]
#[uniffi::export]
impl Ledger {
    /// A ledger in an SQLite file, which is made where there is none. Several threads and processes may open the same file.
    #[uniffi::constructor]
    pub fn open(path: String, salon: SalonId) -> Result<Arc<Self>, DaichoError> {
        Ok(Self::of(Arc::new(daicho_sqlite::SqliteStore::open(path)?), salon))
    }
}

/// What an edit of this customer begins with: the form as it stands (C8).
#[uniffi::export]
pub fn form_of(customer: Customer) -> Result<CustomerForm, DaichoError> {
    Ok(CustomerForm::from(&customer))
}
