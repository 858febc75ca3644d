use super::{ExportPage, ROLES, day, number, text};
use crate::id::TicketPlanId;
use crate::log::{Halt, Role};
use crate::search::{Index, IndexQuery, ListTickets, TicketHolder};
use crate::time::Instant;

const HEADING: [&str; 11] =
    ["回数券番号", "回数券名", "お客様番号", "姓", "名", "購入日", "有効期限", "残り回数", "予約中", "消化回数", "回数券メニュー"];

wire! {
    /// 回数券のエクスポート: the rows of a file of tickets (I6), asked for as in their list, the earliest to expire first.
    #[derive(Debug, Default)]
    pub struct ExportTickets {
        /// Only those with uses left that expire within so many days, today included; at most 36,500.
        pub expiring_within: Option<u32>,
        /// Only those sold by this plan.
        pub plan: Option<TicketPlanId>,
        /// Also those that are used up or expired.
        pub all: bool,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

impl IndexQuery for ExportTickets {
    type Output = ExportPage;
    const NAME: &'static str = "exportTickets";
    const ROLES: &'static [Role] = ROLES;

    fn find(&self, index: &Index, now: Instant) -> Result<ExportPage, Halt> {
        let Self { expiring_within, plan, all, page_size, cursor } = self.clone();
        let found = ListTickets { expiring_within, plan, all, page_size, cursor }.find(index, now)?;
        let row = |ticket: &TicketHolder| {
            vec![
                text(Some(&ticket.ticket.to_string())),
                text(Some(&ticket.name)),
                number(ticket.customer.number),
                text(Some(&ticket.customer.family_name)),
                text(Some(&ticket.customer.given_name)),
                day(ticket.sold_on),
                day(ticket.expires_on),
                number(ticket.remaining),
                number(ticket.held),
                number(ticket.used),
                text(Some(ticket.plan.as_str())),
            ]
        };
        let rows = found.tickets.iter().map(row).collect();
        let heading = HEADING.map(str::to_owned).to_vec();
        Ok(ExportPage { heading, rows, total: found.total, cursor: found.cursor, sequence: found.sequence })
    }
}
