//! The zip archive around a workbook: its directory checked before any of it is believed, its entries inflated as they are read.
//!
//! Written here rather than taken from a zip crate for two reasons. The checks of I7 have to come before the first allocation
//! that the file's own claims decide, and a second parser that reads the same bytes differently would undo them. And the crate
//! that would fit draws a source of randomness and a JavaScript binding into the browser module.

mod directory;
mod part;
mod write;

pub(crate) use directory::Directory;
pub(crate) use part::{Failure, PartReader};
pub(crate) use write::{ArchiveWriter, PartWriter};
