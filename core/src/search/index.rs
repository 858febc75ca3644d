use crate::error::Error;
use crate::log::{ChangeSet, Role};
use crate::store::Port;
use crate::time::Instant;

/// stub
#[derive(Debug, Default)]
pub struct Index { sequence: u32 }
/// stub
#[derive(Debug)]
pub struct News {}
/// A query of the index.
pub trait IndexQuery {
    /// What it answers.
    type Output;
    /// Its name in JSON.
    const NAME: &'static str;
    /// Who may ask (A3).
    const ROLES: &'static [Role];
    /// Answers.
    fn find(&self, index: &Index, now: Instant) -> Result<Self::Output, Error>;
}
impl Index {
    /// stub
    pub async fn build(_port: &Port) -> Result<Self, Error> { Ok(Self::default()) }
    /// stub
    pub const fn sequence(&self) -> u32 { self.sequence }
    /// stub
    pub async fn news(_port: &Port, _since: u32) -> Result<News, Error> { Ok(News {}) }
    /// stub
    pub fn apply(&mut self, _news: News) -> bool { true }
    /// stub
    pub fn committed(&mut self, _sequence: u32, _changes: &ChangeSet) {}
}
