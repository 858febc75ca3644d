use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Merges, key};
use crate::time::Instant;

wire! {
    /// The merge history 統合履歴 of one customer, as source and as target.
    #[derive(Debug)]
    pub struct GetMerges {
        /// Who.
        pub customer: CustomerId,
    }
}

impl Query for GetMerges {
    type Output = Merges;
    const NAME: &'static str = "getMerges";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Merges, Halt> {
        Ok(Merges::of(look.keyed(key::merged(self.customer))?))
    }
}
