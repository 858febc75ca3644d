use std::sync::Arc;

use rules::error::DaichoError;
use rules::store::conformance::{CheckResult, run};

use super::{HostStore, LedgerStore};

/// Runs daicho's own checks of a store on a store of the host's: the very ones that its SQLite store passes. It writes into salons whose
/// ids begin with `conformance`: give it an empty store.
#[uniffi::export]
pub fn check_store(store: Arc<dyn LedgerStore>) -> Result<Vec<CheckResult>, DaichoError> {
    Ok(run(&HostStore::new(store))?)
}
