use crate::booking::{Step, must_allow};
use crate::customer::{given_reason, settling};
use crate::error::SaleError;
use crate::id::{ReservationId, SaleId};
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{PaymentMethod, PointSource, Reservation, Sale, SaleState};
use crate::ticket;

wire! {
    /// お会計の取り消し: a sale that should not have been (R9). Spent points come back, each to the lot it
    /// came from, or anew where that has expired meanwhile (Z1); earned ones go, unused tickets that it sold go, a visit that
    /// it closed is open to another sale and uses its tickets again, where their uses did not go elsewhere meanwhile. Not where a ticket that it sold is used or held: there is no refund (K6).
    pub struct VoidSale {
        /// Which.
        pub sale: SaleId,
        /// Why.
        pub reason: String,
    }
}

redacted_debug!(VoidSale { sale });

wire! {
    /// A voided sale.
    #[derive(Debug)]
    pub struct VoidedSale {
        /// Which.
        pub sale: SaleId,
        /// The visit that is open again.
        pub reservation: Option<ReservationId>,
        /// What was paid at the till and is to be given back.
        pub refund: Yen,
        /// How many points more the customer can spend now, or fewer: come back, earned, taken back. Left out where that is the same.
        pub points: Option<i32>,
    }
}

impl Command for VoidSale {
    type Output = VoidedSale;
    const NAME: &'static str = "voidSale";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<VoidedSale, Halt> {
        let mut sale: Sale = draft.read().find(self.sale)?.ok_or(SaleError::NotFound { sale: self.sale })?;
        if !sale.stands() {
            return Err(SaleError::Voided { sale: self.sale }.into());
        }
        let customer = settling(draft, sale.customer)?.id;
        let reason = given_reason(&self.reason, SaleError::ReasonBlank { field: "reason" })?;
        ticket::take_back(draft, customer, sale.id, context)?;
        let today = draft.shared_settings()?.calendar.day_of(context.now)?;
        let could_spend = points::balance(draft.read(), customer, today)?;
        match sale.reservation {
            Some(id) => reopen(draft, id, context)?,
            None => points::settle(draft, customer, PointSource::Sale { sale: sale.id }, 0, context).map(|_| ())?,
        }
        // What it earned goes first: what could not be taken back then is collected from what comes back.
        points::give_back(draft, customer, sale.id, context)?;
        points::collect(draft, customer, context)?;
        let points = points::moved(could_spend, points::balance(draft.read(), customer, today)?);
        let at_the_till = |method: PaymentMethod| !matches!(method, PaymentMethod::Prepayment | PaymentMethod::Points);
        let refund = Yen::sum(sale.payments.iter().filter(|payment| at_the_till(payment.method)).map(|payment| payment.amount))?;
        sale.version = sale.version.saturating_add(1);
        sale.state = SaleState::Voided { at: context.now, by: context.actor.id.clone(), reason };
        let voided = VoidedSale { sale: sale.id, reservation: sale.reservation, refund, points };
        draft.put(sale)?;
        Ok(voided)
    }
}

// The visit as it was before its sale: tickets used at checkout are free again, those it let go are used again, points are those of what was
// booked.
fn reopen(draft: &mut Draft<'_>, id: ReservationId, context: &Context) -> Result<(), Halt> {
    let Some(mut visit) = draft.read().find::<Reservation>(id)? else { return Ok(()) };
    must_allow(&visit, Step::VoidSale, &*draft.shared_settings()?)?;
    if visit.tickets.iter().any(|hold| hold.at_checkout) {
        ticket::restore(draft, &visit, context)?;
        ticket::release(draft, &visit, context)?;
        visit.tickets.clear();
    }
    if visit.tickets.iter().any(|hold| hold.released) {
        ticket::resume(draft, &mut visit, context)?;
    }
    visit.checkout = None;
    visit.version = visit.version.saturating_add(1);
    points::settle_visit(draft, &visit, context)?;
    draft.put(visit)
}
