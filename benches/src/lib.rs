//! A seeded generator of salons, and benches that put the library beside SQL written by hand for the same work.

pub mod beside;
pub mod booked;
pub mod drawn;
pub mod fill;
pub mod measure;
pub mod names;
pub mod peer;
pub mod random;
pub mod reservations;
pub mod results;
pub mod salon;
pub mod work;
