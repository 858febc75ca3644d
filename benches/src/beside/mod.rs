//! The search beside the peers: one salon, eighteen questions, every side in a process of its own, all held to the same answers.

pub mod export;
pub mod ours;
pub mod picture;
pub mod questions;
pub mod ratio;
pub mod report;
pub mod run;
pub mod sides;
pub mod sql;
pub mod sqlite;
pub mod talk;
