use crate::id::{ManualVisitId, ReservationId, SaleId, TicketId};
use crate::money::Yen;
use crate::time::Date;

problems! {
    /// Sales お会計, visits by hand, points (R9, N5, Z1).
    pub enum SaleError {
        /// No such sale in this salon.
        NotFound { /** The id. */ sale: SaleId } = "sale.not_found" at "sale", "there is no sale {sale}";
        /// Nothing is sold, or too much at once.
        Lines { /** The field. */ field: &'static str } = "sale.lines", "{field}: at least one line, at most 100, and at most 100 tickets";
        /// A line that cannot be.
        Line { /** The field. */ field: &'static str, /** Which line, from 1. */ position: u32, /** What can be. */ expected: &'static str } =
            "sale.line", "{field}: line {position}: {expected}";
        /// A discount above what it is taken off.
        Discount { /** The field. */ field: &'static str, /** The most it can be. */ max: Yen } = "sale.discount", "{field}: from ¥0 to what the lines come to";
        /// The payments are not what is due.
        Payment { /** The field. */ field: &'static str, /** What is due. */ due: Yen } = "sale.payment", "{field}: the payments must come to what is due";
        /// A method that the library puts in itself.
        Method { /** The field. */ field: &'static str } = "sale.method", "{field}: prepayments and points are put in by the library; leave them out";
        /// A sale that stands alone must say where.
        Shop { /** The field. */ field: &'static str } = "sale.shop", "{field}: a sale without a reservation names its shop";
        /// Only a reservation is settled with tickets (K5).
        NoReservation { /** The field. */ field: &'static str } = "sale.no_reservation", "{field}: tickets settle a reservation; name it";
        /// It was voided before.
        Voided { /** The sale. */ sale: SaleId } = "sale.voided" at "sale", "{sale} was voided already";
        /// It sold a ticket that was used or is held: there is no refund (K6).
        TicketUsed { /** The sale. */ sale: SaleId, /** The ticket. */ ticket: TicketId } = "sale.ticket_used" at "sale", "{sale} sold {ticket}, which is used or held: there is no refund";
        /// No reason where one is needed.
        ReasonBlank { /** The field. */ field: &'static str } = "sale.reason_blank", "{field}: say why";
        /// This salon has no points (Z1).
        PointsOff { /** The field. */ field: &'static str } = "points.off", "{field}: this salon does not use points";
        /// More points than there are, or than there is to pay (Z1).
        Points { /** The field. */ field: &'static str, /** The most that can be spent. */ max: u32 } = "points.too_many", "{field}: at most {max} points can be spent here";
        /// The balance is not what was seen: somebody earned or spent meanwhile.
        PointsMoved { /** The field. */ field: &'static str, /** The balance now. */ balance: u32 } = "points.moved", "{field}: the balance is {balance} now; look again";
        /// A points policy that cannot be (Z1).
        PointsPolicy { /** The field. */ field: &'static str, /** What can be. */ expected: &'static str } = "points.policy", "{field}: {expected}";
        /// No such visit by hand in this salon.
        VisitNotFound { /** The id. */ visit: ManualVisitId } = "visit.not_found" at "visit", "there is no visit {visit} entered by hand";
        /// Somebody changed the visit meanwhile.
        VisitVersion { /** The field. */ field: &'static str, /** The version now. */ version: u32 } = "visit.version", "{field}: the visit is at version {version} now; read it again";
        /// A day that has not come yet.
        VisitInFuture { /** The field. */ field: &'static str } = "visit.in_future", "{field}: a visit is entered by hand on its day or later";
        /// A visit by hand says more of a reservation that was visited, and of no other (N1).
        NotVisited { /** The field. */ field: &'static str, /** The reservation. */ reservation: ReservationId, /** Its present state. */ state: &'static str } =
            "visit.not_visited", "{field}: {reservation} is {state}, not visited; check it in with the move visit, or leave this field out";
        /// Another visit lies on the day that the last one shall have, or later (N5).
        LaterVisit { /** The field. */ field: &'static str, /** The day of that visit. */ day: Date } =
            "visit.later_visit", "{field}: there is a visit on {day} already; correct that one, or name a later day";
        /// More menus than one visit can have.
        VisitMenus { /** The field. */ field: &'static str } = "visit.menus", "{field}: at most 50 menus";
        /// A frequency that cannot be asked for (N7).
        Frequency { /** The field. */ field: &'static str } = "figures.frequency", "{field}: days and times from 1 to 36500";
    }
}
