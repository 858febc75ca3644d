use super::Keyed;
use crate::error::AmountError;
use crate::id::{ActorId, CustomerId, MenuId, ProductId, RecordId, ReservationId, SaleId, ShopId, StaffId, TicketPlanId};
use crate::money::Yen;
use crate::time::Instant;

wire! {
    /// A sale お会計 (R9): it closes a visit, or stands alone.
    pub struct Sale {
        /// What records point to; the number on its documents.
        pub id: SaleId,
        /// Who bought.
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// The visit that it closes.
        pub reservation: Option<ReservationId>,
        /// 店舗
        pub shop: ShopId,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// When.
        pub at: Instant,
        /// Who took the money.
        pub by: ActorId,
        /// What was sold.
        pub lines: Vec<SaleLine>,
        /// A discount on the whole 値引き, spread over the tax rates by their shares.
        pub discount: Yen,
        /// 合計 to the yen, tax included.
        pub total: Yen,
        /// The tax within the total, rate by rate (Q5).
        pub taxes: Vec<TaxLine>,
        /// How it was paid; these come to the total.
        pub payments: Vec<Payment>,
        /// Whether it stands.
        pub state: SaleState,
    }
}

redacted_debug!(Sale { id, customer, version, reservation, shop, at, total, payments });

wire! {
    /// A line of a sale.
    pub struct SaleLine {
        /// What was sold.
        pub item: SaleItem,
        /// 品名, as documents shall show it.
        pub name: Option<String>,
        /// Who did or sold it, if not the primary staff.
        pub staff: Option<StaffId>,
        /// The price of one, tax included.
        pub price: Yen,
        /// How many, from 1.
        pub quantity: u32,
        /// 値引き on this line.
        pub discount: Option<Yen>,
        /// 税率
        pub rate: TaxRate,
        /// 回数券で清算: paid by a ticket, so nothing is charged.
        pub by_ticket: bool,
    }
}

redacted_debug!(SaleLine { item, staff, price, quantity, discount, rate, by_ticket });

wire! {
    /// What a line sells.
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum SaleItem {
        /// 基本メニュー
        Menu {
            /// Which.
            menu: MenuId,
        },
        /// オプションメニュー
        Option {
            /// Which.
            menu: MenuId,
        },
        /// 商品(店販)
        Retail {
            /// Which.
            product: ProductId,
        },
        /// 回数券: each one sold becomes a ticket of the customer.
        Ticket {
            /// By which plan.
            plan: TicketPlanId,
        },
    }
}

wire! {
    /// Rates of the consumption tax 消費税率.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum TaxRate {
        /// 10 %
        Standard,
        /// 軽減税率 8 %
        Reduced,
    }
}

impl TaxRate {
    /// Both, the higher first.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Reduced];

    /// Whole percent.
    #[must_use]
    pub const fn percent(self) -> i64 {
        match self {
            Self::Standard => 10,
            Self::Reduced => 8,
        }
    }

    /// The tax within an amount that includes it, rounded down: once per rate and document, as the qualified-invoice system asks.
    pub fn within(self, amount: Yen) -> Result<Yen, AmountError> {
        let product = amount.0.checked_mul(self.percent()).ok_or(AmountError::Overflow)?;
        Ok(Yen(product.div_euclid(100 + self.percent())))
    }
}

wire! {
    /// The part of a total that falls under one rate.
    #[derive(Copy, Debug)]
    pub struct TaxLine {
        /// The rate.
        pub rate: TaxRate,
        /// What was charged at this rate, tax included, discounts taken off.
        pub amount: Yen,
        /// The tax within it.
        pub tax: Yen,
    }
}

wire! {
    /// A part of what was paid.
    #[derive(Copy, Debug)]
    pub struct Payment {
        /// By what.
        pub method: PaymentMethod,
        /// How much.
        pub amount: Yen,
    }
}

wire! {
    /// By what was paid.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum PaymentMethod {
        /// 現金
        Cash,
        /// クレジットカード
        Card,
        /// 電子マネー・QR
        Electronic,
        /// Whatever else the shop takes.
        Other,
        /// 事前決済: what was paid before the visit. The library puts it in.
        Prepayment,
        /// ポイント, one yen each. The library puts it in.
        Points,
    }
}

wire! {
    /// Whether a sale stands.
    #[serde(tag = "type")]
    pub enum SaleState {
        /// It stands.
        Closed,
        /// It was taken back.
        Voided {
            /// When.
            at: Instant,
            /// By whom.
            by: ActorId,
            /// Why.
            reason: String,
        },
    }
}

// A reason tells of the customer (A4).
impl core::fmt::Debug for SaleState {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Closed => f.write_str("Closed"),
            Self::Voided { at, by, .. } => f.debug_struct("Voided").field("at", at).field("by", by).finish_non_exhaustive(),
        }
    }
}

impl SaleLine {
    /// What the line charges: nothing where a ticket pays.
    pub fn charged(&self) -> Result<Yen, AmountError> {
        if self.by_ticket {
            return Ok(Yen::ZERO);
        }
        self.price.times(self.quantity)?.minus(self.discount.unwrap_or_default())
    }

    /// The menu that was done, if the line is one.
    #[must_use]
    pub const fn menu(&self) -> Option<&MenuId> {
        match &self.item {
            SaleItem::Menu { menu } | SaleItem::Option { menu } => Some(menu),
            SaleItem::Retail { .. } | SaleItem::Ticket { .. } => None,
        }
    }
}

impl Sale {
    /// Whether it counts.
    #[must_use]
    pub const fn stands(&self) -> bool {
        matches!(self.state, SaleState::Closed)
    }
}

impl Keyed for Sale {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q5_the_tax_within_an_amount_is_rounded_down_once() {
        for (amount, standard, reduced) in [(0, 0, 0), (1, 0, 0), (11, 1, 0), (110, 10, 8), (108, 9, 8), (4_400, 400, 325), (999, 90, 74)] {
            assert_eq!(TaxRate::Standard.within(Yen(amount)), Ok(Yen(standard)), "{amount}");
            assert_eq!(TaxRate::Reduced.within(Yen(amount)), Ok(Yen(reduced)), "{amount}");
        }
        assert_eq!(TaxRate::Standard.within(Yen(i64::MAX)), Err(AmountError::Overflow));
    }
}
