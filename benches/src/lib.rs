//! A seeded generator of salons, and benches that put the library beside SQL written by hand for the same work.

pub mod fill;
pub mod names;
pub mod random;
pub mod reservations;
pub mod salon;
