//! What happens at the till, for scenarios: plans, sales, tickets, points, figures.

use daicho::{
    AddVisit, Breach, CheckOut, CheckedOut, CustomerFigures, CustomerId, Date, EnteredVisit, Error, GetFigures, GetPoints, GetTicket,
    Payment, PaymentMethod, PointBalance, ReservationId, SaleItem, SaleLine, SaveTicketPlan, Store, TaxRate, TicketId, TicketPlanId,
    TicketRow, TicketTerms, TicketValidity, TicketWish, VisitForm, Yen,
};

use crate::{Desk, id};

/// Terms of a ticket: ¥10,000 for three uses within six months, for every menu, staff and shop.
#[must_use]
pub fn three_cuts() -> TicketTerms {
    TicketTerms {
        name: "カット3回券".into(),
        price: Yen(10_000),
        uses: 3,
        valid: TicketValidity::Months { months: 6 },
        menus: Vec::new(),
        staff: Vec::new(),
        shops: Vec::new(),
    }
}

/// A line of one menu at 10 %.
#[must_use]
pub fn menu(name: &str, price: i64) -> SaleLine {
    line(SaleItem::Menu { menu: id(name) }, price)
}

/// A line of one thing at 10 %.
#[must_use]
pub fn line(item: SaleItem, price: i64) -> SaleLine {
    SaleLine { item, name: None, staff: None, price: Yen(price), quantity: 1, discount: None, rate: TaxRate::Standard, by_ticket: false }
}

/// The checkout of a sale that is paid in cash.
#[must_use]
pub fn sale(customer: CustomerId, reservation: Option<ReservationId>, lines: Vec<SaleLine>, cash: i64) -> CheckOut {
    CheckOut {
        customer,
        reservation,
        shop: Some(id("shop-1")),
        staff: None,
        lines,
        discount: None,
        points: None,
        tickets: Vec::new(),
        payments: (cash > 0).then_some(Payment { method: PaymentMethod::Cash, amount: Yen(cash) }).into_iter().collect(),
    }
}

/// So many uses of a ticket, or of whichever fit.
#[must_use]
pub const fn uses(ticket: Option<TicketId>, uses: u32) -> TicketWish {
    TicketWish { ticket, uses }
}

impl<S: Store> Desk<S> {
    /// Makes a ticket plan.
    pub fn plan(&self, name: &str, terms: TicketTerms) -> Result<TicketPlanId, Error> {
        Ok(self.run(SaveTicketPlan { plan: id(name), based_on: 0, terms, retired: false })?.plan)
    }

    /// Sells one ticket of a plan at its price, for cash.
    pub fn sell(&self, customer: CustomerId, plan: &TicketPlanId, price: i64) -> Result<TicketId, Error> {
        let sold = self.run(sale(customer, None, vec![line(SaleItem::Ticket { plan: plan.clone() }, price)], price))?;
        #[expect(clippy::expect_used, reason = "a scenario stops where something is wrong")]
        Ok(*sold.tickets.first().expect("a ticket"))
    }

    /// Closes a visit with its cut for so many yen, in cash.
    pub fn close(&self, customer: CustomerId, reservation: ReservationId, price: i64) -> Result<CheckedOut, Error> {
        self.run(sale(customer, Some(reservation), vec![menu("cut", price)], price))
    }

    /// A ticket as it stands.
    pub fn ticket(&self, ticket: TicketId) -> Result<TicketRow, Error> {
        self.ask(GetTicket { ticket })
    }

    /// A ticket's remaining, held and used uses.
    pub fn counts(&self, ticket: TicketId) -> Result<(u32, u32, u32), Error> {
        self.ticket(ticket).map(|row| (row.remaining, row.held, row.used))
    }

    /// A customer's figures now.
    pub fn figures(&self, customer: CustomerId) -> Result<CustomerFigures, Error> {
        self.ask(GetFigures { customer, as_of: None, frequencies: Vec::new() })
    }

    /// A customer's points now.
    pub fn points(&self, customer: CustomerId) -> Result<PointBalance, Error> {
        Ok(self.ask(GetPoints { customer })?.now)
    }

    /// Enters a visit by hand of so many yen.
    pub fn came(&self, customer: CustomerId, day: Date, amount: i64) -> Result<EnteredVisit, Error> {
        self.run(AddVisit { customer, form: visit(day, amount) })
    }

    /// Whatever the check finds (A5).
    pub fn breaches(&self) -> Result<Vec<Breach>, Error> {
        Ok(self.ledger.check()?.breaches)
    }
}

/// The form of a visit by hand.
#[must_use]
pub fn visit(day: Date, amount: i64) -> VisitForm {
    VisitForm {
        day,
        shop: None,
        staff: None,
        menus: vec![id("cut")],
        amount: Some(Yen(amount)),
        service_memo: None,
        proposal_memo: None,
        reservation: None,
    }
}
