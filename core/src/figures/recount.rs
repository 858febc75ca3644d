use crate::customer::count;
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::record::{Customer, Kind, Part};

wire! {
    /// Adds customers' figures up from nothing (N10): for a ledger that was written before figures were kept, or one that `check` found wrong.
    #[derive(Debug)]
    pub struct RecountFigures {
        /// Whose, at most 1,000.
        pub customers: Vec<CustomerId>,
    }
}

wire! {
    /// Recounted figures.
    #[derive(Copy, Debug)]
    pub struct RecountedFigures {
        /// How many customers' figures were others.
        pub corrected: u32,
    }
}

impl Command for RecountFigures {
    type Output = RecountedFigures;
    const NAME: &'static str = "recountFigures";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<RecountedFigures, Halt> {
        if self.customers.len() > 1_000 {
            return Err(CustomerError::Setting { field: "customers", expected: "at most 1000 customers at once" }.into());
        }
        let kinds = Part::KINDS;
        let reads = self.customers.iter().flat_map(|customer| {
            let id = customer.to_string();
            let own = [Kind::Customer, Kind::Figures].map(|kind| Read::Id { kind, id: id.clone() });
            own.into_iter().chain(kinds.map(|kind| Read::Parent { kind, parent: id.clone() }))
        });
        draft.read().want(&reads.collect::<Vec<_>>())?;
        let mut corrected = Vec::new();
        for customer in &self.customers {
            draft.read().find::<Customer>(customer)?.ok_or(CustomerError::NotFound { customer: *customer })?;
            if draft.recount(*customer)? {
                corrected.push(customer);
            }
        }
        Ok(RecountedFigures { corrected: count(corrected.iter()) })
    }
}
