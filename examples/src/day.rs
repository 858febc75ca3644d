//! A day at the salon: a ticket is sold and used, a prepayment kept, a fee paid, points earned and spent, documents drawn up.

use daicho::{
    Book, CancellationPolicy, Channel, Charge, CheckOut, CheckedOut, Command, ConfigureSalon, CustomerRow, Deadline, DocumentKind, FeeTier,
    GetDocument, GetFigures, GetSettings, GetTicketPlans, Instant, Issuer, LateTickets, Line, LineKind, ListTickets, ListUnresolved,
    MayBook, Move, MoveReservation, Moved, Payment, PaymentMethod, PointRule, PointValidity, PointsPolicy, ReservationId, SaleItem,
    SaleLine, SaveTicketPlan, TaxRate, TicketTerms, TicketValidity, TicketWish, Yen,
};

use crate::desk::Desk;
use crate::{Failure, heading, name};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// One customer's day, played once a day: a second run gets the same answers under the same keys, and nothing happens twice.
pub(crate) fn at_the_salon(desk: &Desk, row: &CustomerRow) -> Result<(), Failure> {
    heading("A day at the salon");
    println!("  {}", name(row));
    let day = Day::of(desk, row);
    day.set_up()?;
    day.sell_a_ticket()?;
    day.come_with_a_ticket()?;
    day.cancel_late_with_a_prepayment()?;
    day.cancel_late_and_pay()?;
    day.look_back()
}

struct Day<'a> {
    desk: &'a Desk,
    row: &'a CustomerRow,
    /// Midnight before the day, two days back: whatever the clock says now, all of it has happened.
    start: i64,
}

impl<'a> Day<'a> {
    fn of(desk: &'a Desk, row: &'a CustomerRow) -> Self {
        let in_japan = desk.now().0 + 9 * HOUR;
        Self { desk, row, start: in_japan - in_japan.rem_euclid(DAY) - 9 * HOUR - 2 * DAY }
    }

    fn at(&self, hour: i64) -> Instant {
        Instant(self.start + hour * HOUR)
    }

    // Does something at an hour of the day.
    fn act<C>(&self, hour: i64, what: &str, command: &C) -> Result<C::Output, Failure>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        let key = format!("demo/day/{}/{}/{what}", self.row.id, self.start);
        self.desk.execute_at(&key, command, self.at(hour))
    }

    fn set_up(&self) -> Result<(), Failure> {
        let mut settings = self.desk.ask(&GetSettings {})?;
        if settings.points.rule.is_some() {
            return Ok(());
        }
        settings.prepayment = true;
        settings.cancellation = CancellationPolicy {
            deadline: Deadline::HoursBefore { hours: 24 },
            tiers: vec![FeeTier { hours_before: 24, charge: Charge::Percent { percent: 50 } }],
            no_show: Charge::Percent { percent: 100 },
            tickets: LateTickets::Release,
        };
        settings.points =
            PointsPolicy { rule: Some(PointRule::PerSales { yen: Yen(100), points: 1 }), valid: PointValidity::Months { months: 12 } };
        settings.issuer = Issuer { name: Some("サロン台帳".to_owned()), registration_number: Some("T1234567890123".to_owned()) };
        self.act(8, "settings", &ConfigureSalon { settings })?;
        println!("    settings: prepayment on, half the price from 24 hours before, a point for each ¥100");
        Ok(())
    }

    fn sell_a_ticket(&self) -> Result<(), Failure> {
        if self.desk.ask(&GetTicketPlans {})?.plans.is_empty() {
            let terms = TicketTerms {
                name: "カット5回券".to_owned(),
                price: Yen(20_000),
                uses: 5,
                valid: TicketValidity::Months { months: 6 },
                menus: vec!["cut".parse()?],
                staff: Vec::new(),
                shops: Vec::new(),
            };
            self.act(8, "plan", &SaveTicketPlan { plan: "cut-5".parse()?, based_on: 0, terms, retired: false })?;
        }
        let lines = vec![
            line(SaleItem::Ticket { plan: "cut-5".parse()? }, None, 20_000, TaxRate::Standard),
            line(SaleItem::Retail { product: "tea".parse()? }, Some("ハーブティー"), 1_080, TaxRate::Reduced),
        ];
        let sold = self.check_out("ticket", 9, None, lines, None, 21_080, PaymentMethod::Card)?;
        let taxes: Vec<String> =
            sold.taxes.iter().map(|line| format!("{}% ¥{} (tax ¥{})", line.rate.percent(), line.amount.0, line.tax.0)).collect();
        println!(
            "    09:00 お会計 {}: ¥{}, {}; tickets {:?}; {:+} points",
            sold.sale,
            sold.total.0,
            taxes.join(", "),
            sold.tickets,
            sold.points.unwrap_or(0)
        );
        Ok(())
    }

    fn come_with_a_ticket(&self) -> Result<(), Failure> {
        let wish = Book { tickets: vec![TicketWish { ticket: None, uses: 1 }], ..self.wish(13, false)? };
        let booked = self.act(10, "book-ticket", &wish)?.reservation;
        self.step(13, "visit", booked, Move::Visit)?;
        let lines = vec![
            SaleLine { by_ticket: true, ..line(SaleItem::Menu { menu: "cut".parse()? }, Some("カット"), 4_400, TaxRate::Standard) },
            line(SaleItem::Option { menu: "treatment".parse()? }, Some("トリートメント"), 3_300, TaxRate::Standard),
        ];
        let paid = self.check_out("visit-sale", 14, Some(booked), lines, Some(200), 3_100, PaymentMethod::Cash)?;
        println!(
            "    14:00 {booked} visited with a ticket, お会計 {}: ¥{} of which 200 points; {:+} points",
            paid.sale,
            paid.total.0,
            paid.points.unwrap_or(0)
        );
        let receipt = self.desk.ask(&GetDocument { sale: paid.sale, kind: DocumentKind::Receipt })?;
        println!(
            "          領収書 {}: ¥{} (内消費税 ¥{}), {}",
            receipt.number,
            receipt.total.0,
            receipt.tax.0,
            receipt.registration_number.unwrap_or_default()
        );
        Ok(())
    }

    fn cancel_late_with_a_prepayment(&self) -> Result<(), Failure> {
        let booked = self.act(15, "book-prepaid", &self.wish(30, true)?)?.reservation;
        self.step(15, "prepay", booked, Move::PayPrepayment)?;
        let cancelled = self.step(16, "cancel-prepaid", booked, Move::CancelByCustomer)?;
        println!(
            "    16:00 {booked} prepaid ¥4400, cancelled late: half is kept, ¥{} goes back, ¥{} is due",
            cancelled.refund.0, cancelled.due.0
        );
        Ok(())
    }

    fn cancel_late_and_pay(&self) -> Result<(), Failure> {
        let booked = self.act(17, "book-late", &self.wish(32, false)?)?.reservation;
        let cancelled = self.step(18, "cancel-late", booked, Move::CancelByCustomer)?;
        let gate = self.desk.ask(&MayBook { customer: self.row.id, channel: Channel::Site })?;
        println!(
            "    18:00 {booked} cancelled late, ¥{} due: {}",
            cancelled.due.0,
            gate.public_message.unwrap_or_else(|| "already paid".to_owned())
        );
        self.step(19, "pay-fee", booked, Move::PayFee { amount: cancelled.due })?;
        let gate = self.desk.ask(&MayBook { customer: self.row.id, channel: Channel::Site })?;
        println!("    19:00 paid: the booking site says {:?}", gate.verdict);
        Ok(())
    }

    fn look_back(&self) -> Result<(), Failure> {
        let figures = self.desk.ask(&GetFigures { customer: self.row.id, as_of: None, frequencies: Vec::new() })?;
        println!(
            "    figures: {} visits, {} cancellations ({} late), ¥{} in all, {} points",
            figures.visits,
            figures.cancellations.total,
            figures.cancellations.late,
            figures.amount.0,
            figures.points.unwrap_or(0)
        );
        let before = self.desk.ask(&GetFigures { customer: self.row.id, as_of: Some(self.at(12)), frequencies: Vec::new() })?;
        println!("    at noon of that day: {} visits, ¥{} in all", before.visits, before.amount.0);
        let tickets = self.desk.find(&ListTickets { expiring_within: Some(200), ..ListTickets::default() })?;
        let holders: Vec<String> = tickets
            .tickets
            .iter()
            .map(|held| format!("{} {} {} left until {}", held.ticket, held.name, held.remaining, held.expires_on))
            .collect();
        println!("    tickets about to expire: {}", holders.join("; "));
        println!("    nobody has said whether they came: {} reservations", self.desk.find(&ListUnresolved::default())?.total);
        Ok(())
    }

    fn wish(&self, hour: i64, prepay: bool) -> Result<Book, Failure> {
        Ok(Book {
            customer: self.row.id,
            shop: "main".parse()?,
            staff: Some("staff-1".parse()?),
            lines: vec![Line { menu: "cut".parse()?, staff: None, price: Yen(4_400), kind: LineKind::Basic }],
            start: self.at(hour),
            end: self.at(hour + 1),
            comment: None,
            prepay,
            tentative: false,
            tickets: Vec::new(),
        })
    }

    fn step(&self, hour: i64, what: &str, reservation: ReservationId, to: Move) -> Result<Moved, Failure> {
        self.act(hour, what, &MoveReservation { reservation, to })
    }

    #[expect(clippy::too_many_arguments, reason = "what a till asks for")]
    fn check_out(
        &self,
        what: &str,
        hour: i64,
        reservation: Option<ReservationId>,
        lines: Vec<SaleLine>,
        points: Option<u32>,
        paid: i64,
        method: PaymentMethod,
    ) -> Result<CheckedOut, Failure> {
        let sale = CheckOut {
            customer: self.row.id,
            reservation,
            shop: Some("main".parse()?),
            staff: None,
            lines,
            discount: None,
            points,
            tickets: Vec::new(),
            payments: vec![Payment { method, amount: Yen(paid) }],
        };
        self.act(hour, what, &sale)
    }
}

fn line(item: SaleItem, name: Option<&str>, price: i64, rate: TaxRate) -> SaleLine {
    SaleLine {
        item,
        name: name.map(ToOwned::to_owned),
        staff: None,
        price: Yen(price),
        quantity: 1,
        discount: None,
        rate,
        by_ticket: false,
    }
}
