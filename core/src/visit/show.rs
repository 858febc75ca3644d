use crate::customer::{may_name, resolve};
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::ManualVisit;
use crate::time::Instant;

wire! {
    /// The visits of a customer that were entered by hand.
    #[derive(Debug)]
    pub struct GetVisits {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// Visits by hand, the latest first.
    #[derive(Debug)]
    pub struct Visits {
        /// The visits.
        pub visits: Vec<ManualVisit>,
    }
}

impl Query for GetVisits {
    type Output = Visits;
    const NAME: &'static str = "getVisits";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<Visits, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = resolve(look, self.customer)?.id;
        let mut visits: Vec<ManualVisit> = look.children(customer)?;
        visits.sort_by_key(|visit| core::cmp::Reverse((visit.at, visit.id)));
        Ok(Visits { visits })
    }
}
