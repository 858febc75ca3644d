use super::quote::{QuoteSale, SaleQuote};
use super::till::Reckoned;
use crate::error::SaleError;
use crate::id::{CustomerId, ReservationId, SaleId, ShopId, StaffId, TicketId};
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::money::Yen;
use crate::points::{self, Settled};
use crate::record::{
    Customer, Figures, Kind, Payment, PaymentMethod, PointLot, PointRule, PointSource, Prepayment, Reservation, Sale, SaleLine, SaleState,
    TaxLine, Ticket, VisitSale, key,
};
use crate::ticket::{self, TicketWish};

wire! {
    /// お会計 (R9): closes a visit, or sells something without one.
    #[derive(Debug)]
    pub struct CheckOut {
        /// Who buys.
        pub customer: CustomerId,
        /// The visit that it closes; left out: a sale that stands alone.
        pub reservation: Option<ReservationId>,
        /// 店舗; left out: the reservation's.
        pub shop: Option<ShopId>,
        /// 担当スタッフ; left out: the reservation's.
        pub staff: Option<StaffId>,
        /// What is sold.
        pub lines: Vec<SaleLine>,
        /// 値引き on the whole.
        pub discount: Option<Yen>,
        /// Points to spend, one yen each (Z1).
        pub points: Option<u32>,
        /// 回数券での清算: tickets for a visit that was booked without (K5).
        pub tickets: Vec<TicketWish>,
        /// How the rest is paid; together what is due.
        pub payments: Vec<Payment>,
    }
}

wire! {
    /// A closed sale.
    #[derive(Debug)]
    pub struct CheckedOut {
        /// Which.
        pub sale: SaleId,
        /// 合計, tax included.
        pub total: Yen,
        /// The tax within it, rate by rate.
        pub taxes: Vec<TaxLine>,
        /// What of the prepayment is to be given back now.
        pub refund: Yen,
        /// Tickets that were sold.
        pub tickets: Vec<TicketId>,
        /// What the uses settled now are worth (K7).
        pub settled: Yen,
        /// Uses of the visit's tickets that are free again, as no line was paid by one.
        pub released: u32,
        /// Points earned now, less those taken back; left out where none moved.
        pub points: Option<i32>,
    }
}

impl Command for CheckOut {
    type Output = CheckedOut;
    const NAME: &'static str = "checkOut";
    const ROLES: &'static [Role] = Role::SALON;

    fn reads(&self) -> Vec<Read> {
        let mut reads = vec![Read::one::<Customer>(self.customer), Read::one::<Figures>(self.customer)];
        if let Some(reservation) = self.reservation {
            reads.push(Read::one::<Reservation>(reservation));
            reads.push(Read::Key { kind: Kind::PointLot, key: key::points(reservation) });
        }
        if self.points.is_some() {
            reads.push(Read::children::<PointLot>(self.customer));
        }
        reads
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<CheckedOut, Halt> {
        let Reckoned { customer, reservation, shop, staff, lines, sold, chosen, today, quote } =
            self.quoted().reckon(draft.read(), context.now)?;
        let payments = self.payments(&quote)?;
        let id = draft.new_sale()?;
        points::spend(draft, customer, id, quote.points, today, context)?;
        let mut tickets = Vec::with_capacity(sold.len());
        for plan in &sold {
            tickets.push(ticket::sell(draft, customer, plan, id, today, context)?);
        }
        let earned = match reservation {
            Some(visit) => {
                let menus = lines.iter().filter_map(SaleLine::menu).cloned().collect();
                close(draft, visit, VisitSale { sale: id, total: quote.total, menus }, chosen, &quote, context)?
            }
            None => earned_alone(draft, customer, id, quote.total, context)?,
        };
        draft.put(Sale {
            id,
            customer,
            version: 1,
            reservation: self.reservation,
            shop,
            staff,
            at: context.now,
            by: context.actor.id.clone(),
            lines,
            discount: self.discount.unwrap_or_default(),
            total: quote.total,
            taxes: quote.taxes.clone(),
            payments,
            state: SaleState::Closed,
        })?;
        let SaleQuote { total, taxes, refund, settled, released, .. } = quote;
        Ok(CheckedOut { sale: id, total, taxes, refund, tickets, settled, released, points: earned.moved() })
    }
}

impl CheckOut {
    /// The same without the payment: what is to be paid for.
    fn quoted(&self) -> QuoteSale {
        QuoteSale {
            customer: self.customer,
            reservation: self.reservation,
            shop: self.shop.clone(),
            staff: self.staff.clone(),
            lines: self.lines.clone(),
            discount: self.discount,
            points: self.points,
            tickets: self.tickets.clone(),
        }
    }

    // What was paid comes to the total, to the yen.
    fn payments(&self, quote: &SaleQuote) -> Result<Vec<Payment>, Halt> {
        let due = quote.due;
        if self.payments.iter().any(|payment| matches!(payment.method, PaymentMethod::Prepayment | PaymentMethod::Points)) {
            return Err(SaleError::Method { field: "payments" }.into());
        }
        let possible = self.payments.iter().all(|payment| payment.amount > Yen::ZERO && payment.amount <= due) && self.payments.len() <= 20;
        if !possible || Yen::sum(self.payments.iter().map(|payment| payment.amount))? != due {
            return Err(SaleError::Payment { field: "payments", due }.into());
        }
        let own = [
            Payment { method: PaymentMethod::Prepayment, amount: quote.prepaid },
            Payment { method: PaymentMethod::Points, amount: Yen(i64::from(quote.points)) },
        ];
        Ok(own.into_iter().filter(|payment| payment.amount > Yen::ZERO).chain(self.payments.iter().copied()).collect())
    }
}

// The visit is checked out: tickets that settle it are used at once (K5), those that pay for nothing are free again, and its points become
// those of what was really charged (Z1).
fn close(
    draft: &mut Draft<'_>,
    mut visit: Reservation,
    checkout: VisitSale,
    chosen: Vec<(Ticket, u32)>,
    quote: &SaleQuote,
    context: &Context,
) -> Result<Settled, Halt> {
    if quote.released > 0 {
        ticket::forgo(draft, &mut visit, checkout.sale, context)?;
    }
    ticket::hold(draft, &mut visit, chosen, true, context)?;
    ticket::consume(draft, &visit, context)?;
    if quote.refund > Yen::ZERO {
        // Given back now: what is left of the prepayment is what paid.
        visit.prepayment = if quote.prepaid > Yen::ZERO {
            Prepayment::Paid { amount: quote.prepaid }
        } else {
            Prepayment::Refunded { amount: quote.refund }
        };
    }
    visit.checkout = Some(checkout);
    visit.version = visit.version.saturating_add(1);
    let settled = points::settle_visit(draft, &visit, context)?;
    draft.put(visit)?;
    Ok(settled)
}

// A sale that stands alone earns by its yen only (Z1).
fn earned_alone(draft: &mut Draft<'_>, customer: CustomerId, sale: SaleId, total: Yen, context: &Context) -> Result<Settled, Halt> {
    match draft.settings()?.points.rule {
        Some(rule @ PointRule::PerSales { .. }) => points::settle(draft, customer, PointSource::Sale { sale }, rule.of(total), context),
        Some(PointRule::PerVisit { .. }) | None => Ok(Settled::default()),
    }
}
