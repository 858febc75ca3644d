use super::{ExportPage, ROLES, checked, day, lines, number, text, written, yen};
use crate::error::{Error, ImportError};
use crate::import::{Cell, ImportColumn};
use crate::log::{Halt, Role};
use crate::record::{Birthday, Condition, Customer, Figures, Gender};
use crate::search::{Criteria, CustomerSort, FindCustomers, Index, IndexQuery};
use crate::time::{Calendar, Instant};

wire! {
    /// A column of an export of customers. The first thirteen and 備考 are read by the import again.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum CustomerExportColumn {
        /// 姓
        FamilyName,
        /// 名
        GivenName,
        /// セイ
        FamilyKana,
        /// メイ
        GivenKana,
        /// 電話番号, a line each
        Phone,
        /// 生年月日: `1990/04/01`, or `--04-01` without a year, which no spreadsheet program takes for a day of this one
        Birthday,
        /// 性別
        Gender,
        /// メールアドレス, a line each; placeholders are left out (P2)
        Email,
        /// 住所: what stands in no column of its own
        Address,
        /// 流入経路, a line each
        Channels,
        /// 郵便番号
        PostalCode,
        /// 都道府県
        Prefecture,
        /// 建物名
        Building,
        /// お客様番号
        Number,
        /// 初回登録日
        RegisteredOn,
        /// 来店回数 (N1)
        Visits,
        /// 最終来店日 (N5)
        LastVisit,
        /// 予約回数 (N4)
        Reservations,
        /// キャンセル回数 (N2)
        Cancellations,
        /// 合計利用金額 (N8)
        Amount,
        /// キャンセル料未払い
        Due,
        /// 備考: never shown to the customer, and so only where it is asked for
        ShopComment,
    }
}

use CustomerExportColumn as C;

/// The columns of an export that names none: the template's ten, the rest of the address, number and figures.
const USUAL: [C; 21] = [
    C::FamilyName,
    C::GivenName,
    C::FamilyKana,
    C::GivenKana,
    C::Phone,
    C::Birthday,
    C::Gender,
    C::Email,
    C::Address,
    C::Channels,
    C::PostalCode,
    C::Prefecture,
    C::Building,
    C::Number,
    C::RegisteredOn,
    C::Visits,
    C::LastVisit,
    C::Reservations,
    C::Cancellations,
    C::Amount,
    C::Due,
];

wire! {
    /// 顧客のエクスポート: the rows of a file of customers (I6), of everybody or of whoever is asked for, as in a search: by the form, by a condition, such as a
    /// segment, or by a line of the query language. The file can be imported again.
    #[derive(Default)]
    pub struct ExportCustomers {
        /// The form; empty: everybody.
        #[serde(default)]
        #[cfg_attr(feature = "uniffi", uniffi(default))]
        pub criteria: Criteria,
        /// A condition (S10).
        pub condition: Option<Condition>,
        /// A line of the query language, in English or Japanese (S10).
        pub query: Option<String>,
        /// The order; left out: by customer number.
        pub sort: Option<CustomerSort>,
        /// The columns, each once; left out: the template's ten (I1), the rest of the address, number and figures.
        pub columns: Vec<CustomerExportColumn>,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

redacted_debug!(ExportCustomers { criteria, sort, columns, page_size });

impl CustomerExportColumn {
    /// The heading under which staff know the column.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::FamilyName => ImportColumn::FamilyName.heading(),
            Self::GivenName => ImportColumn::GivenName.heading(),
            Self::FamilyKana => ImportColumn::FamilyKana.heading(),
            Self::GivenKana => ImportColumn::GivenKana.heading(),
            Self::Phone => ImportColumn::Phone.heading(),
            Self::Birthday => ImportColumn::Birthday.heading(),
            Self::Gender => ImportColumn::Gender.heading(),
            Self::Email => ImportColumn::Email.heading(),
            Self::Address => ImportColumn::Address.heading(),
            Self::Channels => ImportColumn::Channels.heading(),
            Self::PostalCode => ImportColumn::PostalCode.heading(),
            Self::Prefecture => ImportColumn::Prefecture.heading(),
            Self::Building => ImportColumn::Building.heading(),
            Self::Number => "お客様番号",
            Self::RegisteredOn => "初回登録日",
            Self::Visits => "来店回数",
            Self::LastVisit => "最終来店日",
            Self::Reservations => "予約回数",
            Self::Cancellations => "キャンセル回数",
            Self::Amount => "合計利用金額",
            Self::Due => "キャンセル料未払い",
            Self::ShopComment => ImportColumn::ShopComment.heading(),
        }
    }

    fn cell(self, customer: &Customer, figures: &Figures, calendar: Calendar) -> Result<Cell, Error> {
        Ok(match self {
            Self::FamilyName => text(Some(&customer.family_name)),
            Self::GivenName => text(Some(&customer.given_name)),
            Self::FamilyKana => text(customer.family_kana.as_deref()),
            Self::GivenKana => text(customer.given_kana.as_deref()),
            Self::Phone => lines(customer.phones.iter().map(|phone| phone.entered.as_str())),
            Self::Birthday => customer.birthday.as_ref().map_or(Cell::Empty, birthday),
            Self::Gender => text(customer.gender.map(gender)),
            Self::Email => lines(customer.real_emails().map(|email| email.entered.as_str())),
            Self::Address => text(customer.city_street.as_deref()),
            Self::Channels => lines(customer.channels.iter().map(String::as_str)),
            Self::PostalCode => text(customer.postal_code.as_deref()),
            Self::Prefecture => text(customer.prefecture.as_deref()),
            Self::Building => text(customer.building.as_deref()),
            Self::Number => number(customer.number),
            Self::RegisteredOn => day(customer.registered_on),
            Self::Visits => number(figures.visits),
            Self::LastVisit => figures.last_visit().map(|mark| mark.day(calendar)).transpose()?.map_or(Cell::Empty, day),
            Self::Reservations => number(figures.reservations),
            Self::Cancellations => number(figures.cancellations()),
            Self::Amount => yen(figures.amount),
            Self::Due => yen(figures.due),
            Self::ShopComment => text(customer.shop_comment.as_deref()),
        })
    }
}

fn birthday(birthday: &Birthday) -> Cell {
    Cell::text(birthday.date().map_or_else(|| birthday.to_string(), written))
}

const fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "女性",
        Gender::Male => "男性",
        Gender::Other => "その他",
    }
}

impl IndexQuery for ExportCustomers {
    type Output = ExportPage;
    const NAME: &'static str = "exportCustomers";
    const ROLES: &'static [Role] = ROLES;

    fn find(&self, index: &Index, now: Instant) -> Result<ExportPage, Halt> {
        checked(self.page_size)?;
        let columns = if self.columns.is_empty() { USUAL.as_slice() } else { &self.columns };
        let mut seen = std::collections::BTreeSet::new();
        if let Some(column) = columns.iter().find(|column| !seen.insert(**column)) {
            return Err(ImportError::RepeatedColumn { column: column.heading() }.into());
        }
        let Self { criteria, condition, query, sort, page_size, cursor, .. } = self.clone();
        let found = FindCustomers { criteria, condition, query, sort, page_size, cursor }.find(index, now)?;
        let mut rows = Vec::with_capacity(found.customers.len());
        for (customer, figures) in index.whole(&found.customers)? {
            let cells = columns.iter().map(|column| column.cell(customer, &figures, index.calendar()));
            rows.push(cells.collect::<Result<_, _>>()?);
        }
        let heading = columns.iter().map(|column| column.heading().to_owned()).collect();
        Ok(ExportPage { heading, rows, total: found.total, cursor: found.cursor, sequence: found.sequence })
    }
}
