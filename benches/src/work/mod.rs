//! The work that is measured, one kind a file.

pub mod booking;
pub mod duplicates;
pub mod figures;
pub mod gate;
pub mod import;
pub mod index;
pub mod merge;
pub mod open;
pub mod questions;
pub mod search;

use std::path::{Path, PathBuf};

use daicho::{CustomerId, Ledger, MemoryStore};
use daicho_sqlite::SqliteStore;

use crate::fill::fill;
use crate::measure::Line;
use crate::peer::Peer;
use crate::salon::{Failure, Salon};

/// The kinds of work by name, in the order in which they are done: merges come last, since they change the salon.
pub const NAMES: [&str; 9] = ["import", "open", "search", "gate", "figures", "booking", "merge", "duplicates", "index"];

/// A folder that is gone when the benches are over.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A new one under this one.
    pub fn under(parent: &Path) -> Result<Self, Failure> {
        for attempt in 0..1_000_u32 {
            let path = parent.join(format!("daicho-benches-{}-{attempt}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err("no name is free for a folder".into())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays in the system's folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A filled salon four times: the ledger in memory and in a file, the peer in memory and in a file.
#[derive(Debug)]
pub struct Stocked {
    /// The salon.
    pub salon: Salon,
    /// Where the files lie.
    pub folder: Folder,
    /// The ledger in memory.
    pub memory: Ledger<MemoryStore>,
    /// The ledger in a file.
    pub file: Ledger<SqliteStore>,
    /// The peer in memory.
    pub peer_memory: Peer,
    /// The peer in a file.
    pub peer_file: Peer,
}

/// The name of the ledger's file.
pub const LEDGER_FILE: &str = "salon.daicho";
/// The name of the peer's file.
pub const PEER_FILE: &str = "salon.sqlite";

impl Stocked {
    /// Fills all four.
    pub fn new(salon: &Salon, parent: &Path) -> Result<Self, Failure> {
        let folder = Folder::under(parent)?;
        let (memory, _) = fill(MemoryStore::new(), salon)?;
        let (file, _) = fill(SqliteStore::open(folder.file(LEDGER_FILE))?, salon)?;
        let (mut peer_memory, mut peer_file) = (Peer::create(None)?, Peer::create(Some(&folder.file(PEER_FILE)))?);
        peer_memory.fill(salon)?;
        peer_file.fill(salon)?;
        Ok(Self { salon: salon.clone(), folder, memory, file, peer_memory, peer_file })
    }

    /// Customers spread over the salon; all of a small one.
    fn sample(&self, count: u32) -> Vec<CustomerId> {
        let count = count.min(self.salon.customers()).max(1);
        (0..count).map(|place| CustomerId::from_ordinal(1 + place * (self.salon.customers() / count))).collect()
    }
}

/// Does the work of one name, or of all, on a salon; each finished kind is told of at once. Peers that are written in Python are asked where there is one
/// that has them.
pub fn run(
    salon: &Salon,
    only: Option<&str>,
    parent: &Path,
    python: Option<&Path>,
    mut tell: impl FnMut(&str, &[Line]),
) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    let mut stocked = None;
    for name in NAMES.into_iter().filter(|name| only.is_none_or(|only| only == *name)) {
        let mut on_stock = |work: fn(&mut Stocked) -> Result<Vec<Line>, Failure>| match &mut stocked {
            Some(stocked) => work(stocked),
            none => work(none.insert(Stocked::new(salon, parent)?)),
        };
        let done = match name {
            "import" => import::run(salon, parent)?,
            "open" => on_stock(open::run)?,
            "search" => on_stock(search::run)?,
            "gate" => on_stock(gate::run)?,
            "figures" => on_stock(figures::run)?,
            "booking" => on_stock(booking::run)?,
            "merge" => on_stock(merge::run)?,
            "duplicates" => duplicates::run(salon, parent, python)?,
            _ => index::run(salon)?,
        };
        tell(name, &done);
        lines.extend(done);
    }
    Ok(lines)
}
