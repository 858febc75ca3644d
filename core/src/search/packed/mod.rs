//! Bulk answers as bytes: who is found, and what is asked of each, in columns side by side as the index keeps them. Another language reads them as arrays,
//! where ids as texts or rows as objects would be made one by one.

mod block;

pub(in crate::search) use self::block::write;
pub use self::block::{Packed, Packing};
use super::criteria::Criteria;
use super::customers::found;
use super::index::{Index, IndexQuery};
use super::lately::Question;
use super::page::{Paging, Sizes};
use super::sort::CustomerSort;
use crate::error::LedgerError;
use crate::log::{Halt, Role};
use crate::record::Condition;
use crate::time::Instant;

wire! {
    /// The same question as `SearchCustomers`, answered by bytes: for lists, exports and charts of a whole salon.
    #[derive(Default)]
    pub struct PackCustomers {
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
        /// What of each customer, each column once; left out: nothing but who it is.
        pub columns: Vec<PackedColumn>,
        /// Customers of a page, 1 to 1,000,000; left out: as many.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

redacted_debug!(PackCustomers { criteria, sort, columns, page_size });

wire! {
    /// Customers in order, packed.
    #[derive(Debug)]
    pub struct PackedCustomers {
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
        /// The customers of this page and their columns.
        #[serde(default, skip_serializing_if = "Packed::is_taken")]
        pub packed: Packed,
    }
}

wire! {
    /// What can be packed of a customer.
    #[derive(Copy, Debug)]
    pub enum PackedColumn {
        /// お客様番号 (C7)
        Number,
        /// 来店回数 (N1)
        Visits,
        /// 予約回数 (N4)
        Reservations,
        /// キャンセル回数 (N2)
        Cancellations,
        /// 合計利用金額 (N8)
        Amount,
        /// キャンセル料未払い: fees that are due (G3).
        Due,
        /// 初回登録日
        FirstRegistered,
        /// 初回来店日
        FirstVisit,
        /// 最終来店日 (N5)
        LastVisit,
        /// LINE is linked (S1).
        Line,
        /// 直前キャンセル あり (N3)
        LastMinuteCancel,
        /// 無断キャンセル あり (N3)
        NoShow,
        /// ユーザー登録: has an account.
        Account,
        /// メルマガ受信
        Newsletter,
        /// 電話登録 (P1)
        PhoneRegistration,
    }
}

impl PackedColumn {
    /// Every column.
    pub const ALL: [Self; 15] = [
        Self::Number,
        Self::Visits,
        Self::Reservations,
        Self::Cancellations,
        Self::Amount,
        Self::Due,
        Self::FirstRegistered,
        Self::FirstVisit,
        Self::LastVisit,
        Self::Line,
        Self::LastMinuteCancel,
        Self::NoShow,
        Self::Account,
        Self::Newsletter,
        Self::PhoneRegistration,
    ];

    /// Its name, in JSON and in the bytes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Visits => "visits",
            Self::Reservations => "reservations",
            Self::Cancellations => "cancellations",
            Self::Amount => "amount",
            Self::Due => "due",
            Self::FirstRegistered => "firstRegistered",
            Self::FirstVisit => "firstVisit",
            Self::LastVisit => "lastVisit",
            Self::Line => "line",
            Self::LastMinuteCancel => "lastMinuteCancel",
            Self::NoShow => "noShow",
            Self::Account => "account",
            Self::Newsletter => "newsletter",
            Self::PhoneRegistration => "phoneRegistration",
        }
    }

    /// How its values are written.
    #[must_use]
    pub const fn packing(self) -> Packing {
        match self {
            Self::Number | Self::Visits | Self::Reservations | Self::Cancellations => Packing::Count,
            Self::Amount | Self::Due => Packing::Yen,
            Self::FirstRegistered | Self::FirstVisit | Self::LastVisit => Packing::Day,
            Self::Line | Self::LastMinuteCancel | Self::NoShow | Self::Account | Self::Newsletter | Self::PhoneRegistration => {
                Packing::Flag
            }
        }
    }
}

impl IndexQuery for PackCustomers {
    type Output = PackedCustomers;
    const NAME: &'static str = "packCustomers";
    const ROLES: &'static [Role] = Role::SALON;
    const IN_BYTES: bool = true;

    fn find(&self, index: &Index, now: Instant) -> Result<PackedCustomers, Halt> {
        let Self { criteria, condition, query, sort, columns, page_size, cursor } = self;
        // Each once, or a short request could ask for an answer of any length.
        if columns.iter().enumerate().any(|(place, column)| columns.iter().take(place).any(|before| before == column)) {
            return Err(LedgerError::bad_field("columns", "each column once").into());
        }
        let sort = sort.unwrap_or_default();
        let question = Question { name: Self::NAME, criteria, condition: condition.as_ref(), query: query.as_deref(), sort };
        let settled = index.lately().settled(question, index, now)?;
        let page_size = page_size.or(Some(Sizes::OF_PACKED.limit()));
        let paging = Paging::of(Sizes::OF_PACKED, page_size, cursor.as_deref(), index.sequence(), settled.as_ref())?;
        let cut = found(index, sort, &paging, &settled.asked, now)?;
        let packed = Packed::of(index.columns(), &cut.rows, columns)?;
        Ok(PackedCustomers { total: cut.total, cursor: cut.cursor, sequence: index.sequence(), packed })
    }

    fn beside(answer: &mut PackedCustomers) -> Option<Vec<u8>> {
        Some(answer.packed.take())
    }
}
