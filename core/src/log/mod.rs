//! The log: a command becomes a change set, a change set becomes the next entry of the salon's log.

mod by_id;
mod command;
mod draft;
mod entry;
mod fields;
mod history;
mod host;
mod table;
mod view;

pub(crate) use self::command::NOBODY;
pub use self::command::{Actor, Command, Context, Entropy, Halt, Query, Role};
pub use self::draft::{Change, ChangeSet, Draft};
pub(crate) use self::draft::{settings, shared_settings};
pub(crate) use self::entry::plain_fields;
pub use self::entry::{Entry, EntryBody, EntryChange, GENESIS, digest_hex, seal};
pub use self::history::{Differences, differences, rebuild, revert, roll_back, roll_forward, three_way};
pub use self::host::{BlockKey, Host};
pub use self::table::Table;
pub use self::view::{Look, Read, View};
pub use crate::record::{ChangedFields, Channel, Operation};
