//! Stores that do something of their own and leave the rest to another.

use daicho::error::StoreError;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::{Kind, SalonId, Store};

/// What is done around the calls of a store.
pub trait Around {
    /// The store.
    type Inner: Store;

    /// It.
    fn inner(&self) -> &Self::Inner;

    /// Loads, see [`Store::load`].
    ///
    /// # Errors
    /// The store's.
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.inner().load(salon, reads)
    }

    /// Commits, see [`Store::commit`].
    ///
    /// # Errors
    /// The store's.
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.inner().commit(salon, batch)
    }
}

/// The store that comes of it. It keeps no index.
#[derive(Debug)]
pub struct Wrapped<A>(pub A);

impl<A: Around> Store for Wrapped<A> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.0.load(salon, reads)
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.0.inner().scan(salon, kind, after, limit)
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.0.inner().changes(salon, since, limit)
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.0.commit(salon, batch)
    }
}
