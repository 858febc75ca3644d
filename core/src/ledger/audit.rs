use crate::error::Error;
use crate::log::{Actor, Role};
use crate::store::Port;

/// A question to the whole log rather than to named records or the index: it reads its own way through the store.
pub trait Audit {
    /// What it answers.
    type Output;
    /// Its name in JSON.
    const NAME: &'static str;
    /// Who may ask (A3).
    const ROLES: &'static [Role];

    /// Reads and answers.
    fn run(&self, port: &Port) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// Asks, as an actor.
pub(super) async fn run<A: Audit>(port: &Port, audit: &A, actor: &Actor) -> Result<A::Output, Error> {
    actor.allowed(A::ROLES, A::NAME)?;
    audit.run(port).await
}
