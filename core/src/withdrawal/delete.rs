use crate::customer::{active, belongings, erase_histories, used_by};
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::record::{Customer, Kind, Pending, Sealed};

wire! {
    /// 削除: removes a customer without history (W4), such as one who was registered twice by mistake. The number is not given out again (C7), and the
    /// journal keeps that it happened, without what was personal. Whoever has a history is merged or erased instead.
    #[derive(Copy, Debug)]
    pub struct DeleteCustomer {
        /// Who.
        pub customer: CustomerId,
    }
}

wire! {
    /// A deleted customer.
    #[derive(Copy, Debug)]
    pub struct Deleted {
        /// Who it was.
        pub customer: CustomerId,
        /// Their customer number お客様番号, which nobody gets again (C7).
        pub number: u32,
    }
}

impl Command for DeleteCustomer {
    type Output = Deleted;
    const NAME: &'static str = "deleteCustomer";
    const ROLES: &'static [Role] = Role::SALON;

    fn reads(&self) -> Vec<Read> {
        vec![Read::one::<Customer>(self.customer), Read::children::<Sealed>(self.customer)]
    }

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<Deleted, Halt> {
        let customer = active(draft, self.customer)?;
        if customer.pending == Some(Pending::Disclosure) {
            return Err(CustomerError::DisclosurePending { customer: customer.id }.into());
        }
        let kinds = used_by(draft, customer.id)?;
        if !kinds.is_empty() {
            return Err(CustomerError::HasHistory { customer: customer.id, kinds: kinds.into_iter().map(Kind::name).collect() }.into());
        }
        let person = [customer];
        let belongings = belongings(draft, &person)?;
        draft.leave_no_trace();
        erase_histories(draft, &person, &belongings)?;
        draft.remove(Kind::Customer, &self.customer.to_string())?;
        let [customer] = person;
        Ok(Deleted { customer: customer.id, number: customer.number })
    }
}
