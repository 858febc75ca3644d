use std::collections::{BTreeMap, BTreeSet};

use super::reckon::{checked_lines, plan, reckon};
use crate::booking::{Step, must_allow};
use crate::customer::{active, settling};
use crate::error::{BookingError, SaleError, TicketError};
use crate::id::{CustomerId, MenuId, ReservationId, SaleId, ShopId, StaffId, TicketId};
use crate::log::{Command, Context, Draft, Halt, Look, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{
    Kind, Payment, PaymentMethod, PointRule, PointSource, Prepayment, Reservation, Sale, SaleItem, SaleLine, SaleState, Settings, TaxLine,
    Ticket, VisitSale, key,
};
use crate::ticket::{self, TicketWish};
use crate::time::Date;

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
        /// Points earned now, less those taken back; left out where none moved.
        pub points: Option<i32>,
    }
}

/// Who pays: an active customer, or one who has left and whose visit is still to be closed (W3).
pub(super) fn payer(look: &dyn Look, customer: CustomerId, visit: Option<ReservationId>) -> Result<CustomerId, Halt> {
    Ok(if visit.is_some() { settling(look, customer)? } else { active(look, customer)? }.id)
}

/// The visit that a sale closes: the customer's own, visited and not checked out yet.
pub(super) fn closing(look: &dyn Look, customer: CustomerId, id: Option<ReservationId>) -> Result<Option<Reservation>, Halt> {
    let Some(id) = id else { return Ok(None) };
    let reservation: Option<Reservation> = look.find(id)?;
    let own = reservation.filter(|reservation| reservation.customer == customer);
    let reservation = own.ok_or(BookingError::NotFound { reservation: id })?;
    must_allow(&reservation, Step::Checkout, &*crate::log::shared_settings(look)?)?;
    Ok(Some(reservation))
}

impl Command for CheckOut {
    type Output = CheckedOut;
    const NAME: &'static str = "checkOut";
    const ROLES: &'static [Role] = Role::SALON;

    fn reads(&self) -> Vec<Read> {
        let customer = self.customer.to_string();
        let mut reads =
            vec![Read::Id { kind: Kind::Customer, id: customer.clone() }, Read::Id { kind: Kind::Figures, id: customer.clone() }];
        if let Some(reservation) = self.reservation {
            reads.push(Read::Id { kind: Kind::Reservation, id: reservation.to_string() });
            reads.push(Read::Key { kind: Kind::PointLot, key: key::points(reservation) });
        }
        if self.points.is_some() {
            reads.push(Read::Parent { kind: Kind::PointLot, parent: customer });
        }
        reads
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<CheckedOut, Halt> {
        let customer = payer(draft, self.customer, self.reservation)?;
        let settings = draft.settings()?;
        let today = settings.calendar.day_of(context.now)?;
        let mut reservation = closing(draft, customer, self.reservation)?;
        let lines = checked_lines(draft, &self.lines)?;
        let settled = self.settle(draft, reservation.as_mut(), &settings, context)?;
        paid_by_tickets(draft, &lines, reservation.as_ref())?;
        let discount = self.discount.unwrap_or_default();
        let points = self.points.unwrap_or_default();
        let quote = reckon(&lines, discount, reservation.as_ref(), points)?;
        let payments = self.payments(quote.prepaid, points, quote.due)?;
        let shop = self.shop.clone().or_else(|| reservation.as_ref().map(|reservation| reservation.shop.clone()));
        let id = draft.new_sale()?;
        if points > 0 {
            if settings.points.rule.is_none() {
                return Err(SaleError::PointsOff { field: "points" }.into());
            }
            points::spend(draft, customer, id, points, today, context)?;
        }
        let tickets = sold(draft, customer, &lines, id, today, context)?;
        let staff = self.staff.clone().or_else(|| reservation.as_ref().and_then(|reservation| reservation.staff.clone()));
        let earned = earned(draft, customer, id, quote.total, reservation.as_ref(), &settings, context)?;
        if let Some(mut reservation) = reservation {
            let menus: Vec<MenuId> = lines.iter().filter_map(SaleLine::menu).cloned().collect();
            if quote.refund > Yen::ZERO {
                // Given back now: what is left of the prepayment is what paid.
                reservation.prepayment = Prepayment::Paid { amount: quote.prepaid };
            }
            reservation.checkout = Some(VisitSale { sale: id, total: quote.total, menus });
            reservation.version = reservation.version.saturating_add(1);
            draft.put(reservation)?;
        }
        draft.put(Sale {
            id,
            customer,
            version: 1,
            reservation: self.reservation,
            shop: shop.ok_or(SaleError::Shop { field: "shop" })?,
            staff,
            at: context.now,
            by: context.actor.id.clone(),
            lines,
            discount,
            total: quote.total,
            taxes: quote.taxes.clone(),
            payments,
            state: SaleState::Closed,
        })?;
        Ok(CheckedOut { sale: id, total: quote.total, taxes: quote.taxes, refund: quote.refund, tickets, settled, points: earned })
    }
}

impl CheckOut {
    // K5: a visit that was booked without tickets is settled with some: held and used at once.
    fn settle(
        &self,
        draft: &mut Draft<'_>,
        reservation: Option<&mut Reservation>,
        settings: &Settings,
        context: &Context,
    ) -> Result<Yen, Halt> {
        if self.tickets.is_empty() {
            return Ok(Yen::ZERO);
        }
        let reservation = reservation.ok_or(SaleError::NoReservation { field: "tickets" })?;
        if !reservation.tickets.is_empty() {
            return Err(TicketError::Settled { field: "tickets" }.into());
        }
        let day = settings.calendar.day_of(reservation.start)?;
        let mut held = ticket::hold(draft, reservation, &self.tickets, day, context)?;
        held.iter_mut().for_each(|hold| hold.at_checkout = true);
        reservation.tickets = held;
        ticket::consume(draft, reservation, context)
    }

    // What was paid comes to the total, to the yen.
    fn payments(&self, prepaid: Yen, points: u32, due: Yen) -> Result<Vec<Payment>, Halt> {
        if self.payments.iter().any(|payment| matches!(payment.method, PaymentMethod::Prepayment | PaymentMethod::Points)) {
            return Err(SaleError::Method { field: "payments" }.into());
        }
        let possible = self.payments.iter().all(|payment| payment.amount > Yen::ZERO && payment.amount <= due) && self.payments.len() <= 20;
        if !possible || Yen::sum(self.payments.iter().map(|payment| payment.amount))? != due {
            return Err(SaleError::Payment { field: "payments", due }.into());
        }
        let own = [
            Payment { method: PaymentMethod::Prepayment, amount: prepaid },
            Payment { method: PaymentMethod::Points, amount: Yen(i64::from(points)) },
        ];
        Ok(own.into_iter().filter(|payment| payment.amount > Yen::ZERO).chain(self.payments.iter().copied()).collect())
    }
}

// Every line that a ticket pays for is of a menu that one of the reservation's tickets covers, each use for one of them (K5). Where tickets pay,
// some line says so: nobody uses a ticket up and pays in full.
fn paid_by_tickets(look: &dyn Look, lines: &[SaleLine], reservation: Option<&Reservation>) -> Result<(), Halt> {
    let holds = reservation.map(|reservation| reservation.tickets.as_slice()).unwrap_or_default();
    let mut uses = Uses::default();
    let mut tickets: Vec<Ticket> = Vec::new();
    for hold in holds {
        uses.left.insert(hold.ticket, hold.uses);
        tickets.extend(look.find::<Ticket>(hold.ticket)?);
    }
    let paid = || (1_u32..).zip(lines).filter(|(_, line)| line.by_ticket);
    if !holds.is_empty() && paid().next().is_none() {
        return Err(TicketError::PaysNothing { field: "lines" }.into());
    }
    for (position, line) in paid() {
        let covers = |ticket: &&Ticket| line.menu().is_some_and(|menu| ticket.terms.menus.is_empty() || ticket.terms.menus.contains(menu));
        let covering: Vec<TicketId> = tickets.iter().filter(covers).map(|ticket| ticket.id).collect();
        uses.covering.insert(position, covering);
        for _ in 0..line.quantity {
            if !uses.place(position, &mut BTreeSet::new()) {
                return Err(TicketError::NotPaid { field: "lines", position }.into());
            }
        }
    }
    Ok(())
}

/// Which ticket's uses pay for which line. A use is moved to another ticket where only that makes room.
#[derive(Default)]
struct Uses {
    left: BTreeMap<TicketId, u32>,
    covering: BTreeMap<u32, Vec<TicketId>>,
    placed: BTreeMap<(u32, TicketId), u32>,
}

impl Uses {
    // One more use for a line; `tried` are the tickets that were looked at for it.
    fn place(&mut self, line: u32, tried: &mut BTreeSet<TicketId>) -> bool {
        for ticket in self.covering.get(&line).cloned().unwrap_or_default() {
            if !tried.insert(ticket) {
                continue;
            }
            let free = self.left.get(&ticket).copied().unwrap_or(0);
            let made_room = free > 0 || {
                let on_it = |(&(other, on), &uses): (&(u32, TicketId), &u32)| (on == ticket && uses > 0).then_some(other);
                let others: Vec<u32> = self.placed.iter().filter_map(on_it).collect();
                others.into_iter().any(|other| {
                    let moved = self.place(other, tried);
                    if moved {
                        self.count(other, ticket, false);
                    }
                    moved
                })
            };
            if made_room {
                if free > 0 {
                    self.left.insert(ticket, free.saturating_sub(1));
                }
                self.count(line, ticket, true);
                return true;
            }
        }
        false
    }

    fn count(&mut self, line: u32, ticket: TicketId, more: bool) {
        let uses = self.placed.entry((line, ticket)).or_default();
        *uses = if more { uses.saturating_add(1) } else { uses.saturating_sub(1) };
    }
}

fn sold(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    lines: &[SaleLine],
    sale: SaleId,
    today: Date,
    context: &Context,
) -> Result<Vec<TicketId>, Halt> {
    let mut tickets = Vec::new();
    for line in lines {
        let SaleItem::Ticket { plan: id } = &line.item else { continue };
        let plan = plan(draft, id)?;
        for _ in 0..line.quantity {
            if tickets.len() >= 100 {
                return Err(SaleError::Lines { field: "lines" }.into());
            }
            tickets.push(ticket::sell(draft, customer, &plan, sale, today, context)?);
        }
    }
    Ok(tickets)
}

// A visit's points are corrected to what was really charged; a sale that stands alone earns by its yen only (Z1).
fn earned(
    draft: &mut Draft<'_>,
    customer: CustomerId,
    sale: SaleId,
    total: Yen,
    reservation: Option<&Reservation>,
    settings: &Settings,
    context: &Context,
) -> Result<Option<i32>, Halt> {
    let rule = points::rule(settings, reservation.and_then(|reservation| reservation.earns));
    let (source, points) = match (reservation, rule) {
        (_, None) => return Ok(None),
        (Some(reservation), Some(rule)) => (PointSource::Visit { reservation: reservation.id }, rule.of(total)),
        (None, Some(rule @ PointRule::PerSales { .. })) => (PointSource::Sale { sale }, rule.of(total)),
        (None, Some(PointRule::PerVisit { .. })) => return Ok(None),
    };
    Ok(points::settle(draft, customer, source, points, context)?.moved())
}
