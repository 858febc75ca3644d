use crate::customer::{Edited, settling};
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Customer, CustomerState, Pending};

wire! {
    /// 開示・消去の請求: notes that the customer asked for their whole record, or for its erasure, or that this was settled (M5, W4). While a request is
    /// pending the customer is in no merge; while it is one of disclosure they are not erased either: what was asked for would be gone.
    #[derive(Copy, Debug)]
    pub struct NoteRequest {
        /// Who asked.
        pub customer: CustomerId,
        /// For what; left out: nothing is pending any more.
        pub request: Option<Pending>,
    }
}

impl Command for NoteRequest {
    type Output = Edited;
    const NAME: &'static str = "noteRequest";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<Edited, Halt> {
        // Whoever has left may ask too.
        let customer = unerased(settling(draft, self.customer)?)?;
        let version = if customer.pending == self.request { customer.version } else { customer.version.saturating_add(1) };
        let edited = Edited { customer: customer.id, version };
        draft.put(Customer { pending: self.request, version, ..customer })?;
        Ok(edited)
    }
}

fn unerased(customer: Customer) -> Result<Customer, CustomerError> {
    match customer.state {
        CustomerState::Erased { .. } => Err(crate::customer::not_active(&customer)),
        _ => Ok(customer),
    }
}
