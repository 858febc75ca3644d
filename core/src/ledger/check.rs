//! stub
use crate::record::Kind;
/// stub
#[derive(Debug)]
pub struct Check {}
/// A breach of an invariant.
#[derive(Debug)]
pub struct Breach { /** The rule. */ pub rule: &'static str, /** The kind. */ pub kind: Kind, /** The id. */ pub id: String, /** What is wrong. */ pub detail: String }
/// stub
#[derive(Debug)]
pub struct CheckReport { /** stub */ pub breaches: Vec<Breach> }
