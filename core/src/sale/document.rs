use crate::customer::{may_see, resolve};
use crate::error::SaleError;
use crate::id::{CustomerId, SaleId, ShopId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{Payment, Sale, SaleItem, TaxLine, TaxRate};
use crate::time::{Date, Instant};

wire! {
    /// What stands on a document of a sale (Q5); drawing it is the host's. A voided sale has none.
    #[derive(Debug)]
    pub struct GetDocument {
        /// Which sale.
        pub sale: SaleId,
        /// Which document.
        pub kind: DocumentKind,
    }
}

wire! {
    /// Documents of a sale.
    #[derive(Copy, Debug)]
    pub enum DocumentKind {
        /// 請求書
        Invoice,
        /// 領収書
        Receipt,
        /// 納品書
        DeliveryNote,
    }
}

wire! {
    /// A document's data, to the yen: the lines less the discount are the total, the amounts of the rates are the total, and so are the payments.
    pub struct SaleDocument {
        /// Which document.
        pub kind: DocumentKind,
        /// Its number: the sale's.
        pub number: SaleId,
        /// The business day of the sale 取引年月日.
        pub date: Date,
        /// The day it is issued 発行日.
        pub issued_on: Date,
        /// Who issues it.
        pub issuer: Option<String>,
        /// 登録番号 of the qualified-invoice system.
        pub registration_number: Option<String>,
        /// 店舗
        pub shop: ShopId,
        /// Whose sale it is.
        pub customer: CustomerId,
        /// 宛名: 姓 名, or the company's name.
        pub addressee: String,
        /// 明細
        pub lines: Vec<DocumentLine>,
        /// What the lines come to.
        pub subtotal: Yen,
        /// 値引き on the whole.
        pub discount: Yen,
        /// 合計, tax included.
        pub total: Yen,
        /// 税率ごとの合計と消費税額
        pub taxes: Vec<TaxLine>,
        /// 内消費税 in all.
        pub tax: Yen,
        /// How it was paid; on receipts.
        pub payments: Vec<Payment>,
    }
}

redacted_debug!(SaleDocument { kind, number, date, total, taxes });

wire! {
    /// A line of a document.
    #[derive(Debug)]
    pub struct DocumentLine {
        /// 品名: as entered, else the id of what was sold.
        pub name: String,
        /// 単価, tax included.
        pub price: Yen,
        /// 数量
        pub quantity: u32,
        /// 値引き on the line.
        pub discount: Yen,
        /// 金額
        pub amount: Yen,
        /// 税率; the reduced one is marked ※ on paper.
        pub rate: TaxRate,
        /// 回数券で清算
        pub by_ticket: bool,
    }
}

impl Query for GetDocument {
    type Output = SaleDocument;
    const NAME: &'static str = "getDocument";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<SaleDocument, Halt> {
        let missing = || SaleError::NotFound { sale: self.sale };
        let sale: Sale = look.find(self.sale)?.ok_or_else(missing)?;
        may_see(look, actor, sale.customer, Self::NAME, || missing().into())?;
        if !sale.stands() {
            return Err(SaleError::Voided { sale: self.sale }.into());
        }
        let customer = resolve(look, sale.customer)?;
        let settings = crate::log::settings(look)?;
        let mut lines = Vec::with_capacity(sale.lines.len());
        for line in &sale.lines {
            let item = match &line.item {
                SaleItem::Menu { menu } | SaleItem::Option { menu } => menu.as_str(),
                SaleItem::Retail { product } => product.as_str(),
                SaleItem::Ticket { plan } => plan.as_str(),
            };
            lines.push(DocumentLine {
                name: line.name.clone().unwrap_or_else(|| item.to_owned()),
                price: line.price,
                quantity: line.quantity,
                discount: line.discount.unwrap_or_default(),
                amount: line.charged()?,
                rate: line.rate,
                by_ticket: line.by_ticket,
            });
        }
        let own_name = format!("{} {}", customer.family_name, customer.given_name).trim().to_owned();
        Ok(SaleDocument {
            kind: self.kind,
            number: sale.id,
            date: settings.calendar.day_of(sale.at)?,
            issued_on: settings.calendar.day_of(now)?,
            issuer: settings.issuer.name,
            registration_number: settings.issuer.registration_number,
            shop: sale.shop,
            customer: customer.id,
            addressee: customer.company.unwrap_or(own_name),
            subtotal: Yen::sum(lines.iter().map(|line| line.amount))?,
            lines,
            discount: sale.discount,
            total: sale.total,
            tax: Yen::sum(sale.taxes.iter().map(|line| line.tax))?,
            taxes: sale.taxes,
            payments: if self.kind == DocumentKind::Receipt { sale.payments } else { Vec::new() },
        })
    }
}
