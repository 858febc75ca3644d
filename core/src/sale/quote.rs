use crate::customer::may_name;
use crate::id::{CustomerId, ReservationId, ShopId, StaffId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{SaleLine, TaxLine};
use crate::ticket::TicketWish;
use crate::time::Instant;

wire! {
    /// What is put before the till: what a sale would come to, before anybody pays. Whatever `CheckOut` refuses it refuses too, with the same code, and what it
    /// answers is what the sale then comes to.
    #[derive(Debug)]
    pub struct QuoteSale {
        /// Who buys.
        pub customer: CustomerId,
        /// The visit that it closes.
        pub reservation: Option<ReservationId>,
        /// 店舗; left out: the reservation's.
        pub shop: Option<ShopId>,
        /// 担当スタッフ; left out: the reservation's.
        pub staff: Option<StaffId>,
        /// What is sold.
        pub lines: Vec<SaleLine>,
        /// 値引き on the whole.
        pub discount: Option<Yen>,
        /// Points to spend.
        pub points: Option<u32>,
        /// 回数券での清算: tickets for a visit that was booked without (K5).
        pub tickets: Vec<TicketWish>,
    }
}

wire! {
    /// What a sale comes to.
    #[derive(Debug)]
    pub struct SaleQuote {
        /// 合計, tax included.
        pub total: Yen,
        /// The tax within it, rate by rate.
        pub taxes: Vec<TaxLine>,
        /// What the prepayment pays.
        pub prepaid: Yen,
        /// What of the prepayment goes back, where it was more than the total.
        pub refund: Yen,
        /// What points pay.
        pub points: u32,
        /// What is left to pay.
        pub due: Yen,
        /// What the ticket uses that settle the visit now are worth (K7).
        pub settled: Yen,
        /// Uses of the visit's tickets that become free again, as no line is paid by one.
        pub released: u32,
    }
}

impl Query for QuoteSale {
    type Output = SaleQuote;
    const NAME: &'static str = "quoteSale";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<SaleQuote, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        Ok(self.reckon(look, now)?.quote)
    }
}
