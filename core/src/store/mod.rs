//! Stores keep the log and the records, and know no rule.

pub mod conformance;
mod contract;
mod memory;
mod overlay;
mod row;
mod steps;
mod wire;

pub use self::contract::{Batch, Head, Loaded, NO_INDEX, Page, Store};
pub use self::memory::MemoryStore;
pub use self::overlay::Overlay;
pub use self::row::Row;
pub use self::steps::{Answer, Ask, Port, Reply, Step, Steps, answer, run};
pub use self::wire::answer_from_json;
