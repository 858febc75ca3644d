use crate::customer::{may_name, resolve};
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{Sale, SaleState};
use crate::time::Instant;

wire! {
    /// 注文履歴: a customer's sales (Q5).
    #[derive(Debug)]
    pub struct GetSales {
        /// Whose; a merged id resolves (M6).
        pub customer: CustomerId,
    }
}

wire! {
    /// Sales, the latest first.
    #[derive(Debug)]
    pub struct SalesHistory {
        /// The sales, voided ones included.
        pub sales: Vec<Sale>,
        /// How many stand.
        pub count: u32,
        /// What those come to.
        pub total: Yen,
    }
}

impl Query for GetSales {
    type Output = SalesHistory;
    const NAME: &'static str = "getSales";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<SalesHistory, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let customer = resolve(look, self.customer)?.id;
        let mut sales: Vec<Sale> = look.children(customer)?;
        sales.sort_by_key(|sale| core::cmp::Reverse((sale.at, sale.id)));
        if actor.role == Role::Customer {
            // Why the shop took a sale back is the shop's own.
            for sale in &mut sales {
                if let SaleState::Voided { reason, .. } = &mut sale.state {
                    reason.clear();
                }
            }
        }
        let standing = || sales.iter().filter(|sale| sale.stands());
        let (count, total) = (crate::customer::count(standing()), Yen::sum(standing().map(|sale| sale.total))?);
        Ok(SalesHistory { sales, count, total })
    }
}
