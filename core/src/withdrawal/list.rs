use core::cmp::Reverse;

use crate::error::SearchError;
use crate::id::CustomerId;
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Customer, CustomerState, key};
use crate::search::{LineFace, Sizes};
use crate::time::Instant;

wire! {
    /// 退会者一覧: who has left, the newest first (W3, S8).
    #[derive(Debug, Default)]
    pub struct ListWithdrawn {
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of those who have left (W3).
    #[derive(Debug)]
    pub struct WithdrawnPage {
        /// The rows.
        pub customers: Vec<WithdrawnRow>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
    }
}

wire! {
    /// Somebody who has left, and why (W3).
    pub struct WithdrawnRow {
        /// Who.
        pub id: CustomerId,
        /// お客様番号
        pub number: u32,
        /// 姓
        pub family_name: String,
        /// 名
        pub given_name: String,
        /// セイ
        pub family_kana: Option<String>,
        /// メイ
        pub given_kana: Option<String>,
        /// LINE名 and 画像(LINE); left out: was not linked.
        pub line: Option<LineFace>,
        /// メールアドレス as entered, the main one first.
        pub emails: Vec<String>,
        /// 電話番号 as entered, the main one first.
        pub phones: Vec<String>,
        /// 流入経路
        pub channels: Vec<String>,
        /// 退会理由 (W1)
        pub reason: String,
        /// 退会日時
        pub withdrawn_at: Instant,
    }
}

redacted_debug!(WithdrawnRow { id, number, withdrawn_at });

impl WithdrawnRow {
    fn of(customer: Customer) -> Option<Self> {
        let CustomerState::Withdrawn { at } = customer.state else { return None };
        Some(Self {
            id: customer.id,
            number: customer.number,
            family_name: customer.family_name,
            given_name: customer.given_name,
            family_kana: customer.family_kana,
            given_kana: customer.given_kana,
            line: customer.line.map(|line| LineFace { display_name: line.display_name, picture_url: line.picture_url }),
            emails: customer.emails.into_iter().map(|email| email.entered).collect(),
            phones: customer.phones.into_iter().map(|phone| phone.entered).collect(),
            channels: customer.channels,
            reason: customer.withdrawal_reason.unwrap_or_default(),
            withdrawn_at: at,
        })
    }

    const fn place(&self) -> Place {
        Place(Reverse(self.withdrawn_at), Reverse(self.id))
    }
}

wire! {
    /// 消去済み顧客: whose personal data was erased, the newest first (W4, S8).
    #[derive(Debug, Default)]
    pub struct ListErased {
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of those who were erased.
    #[derive(Debug)]
    pub struct ErasedPage {
        /// The rows.
        pub customers: Vec<ErasedRow>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
    }
}

wire! {
    /// Somebody who was erased: nothing but that.
    #[derive(Copy, Debug)]
    pub struct ErasedRow {
        /// Who it was.
        pub id: CustomerId,
        /// お客様番号
        pub number: u32,
        /// 消去日時
        pub erased_at: Instant,
    }
}

impl ErasedRow {
    fn of(customer: &Customer) -> Option<Self> {
        let CustomerState::Erased { at } = customer.state else { return None };
        Some(Self { id: customer.id, number: customer.number, erased_at: at })
    }

    const fn place(&self) -> Place {
        Place(Reverse(self.erased_at), Reverse(self.id))
    }
}

/// Where somebody stands in the list. Nobody comes back, so a page begins after the same row whatever happened since the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Reverse<Instant>, Reverse<CustomerId>);

impl Place {
    fn cursor(self) -> String {
        format!("w{}-{}", self.0.0.0, self.1.0.ordinal())
    }

    fn read(cursor: &str) -> Result<Self, SearchError> {
        let read = || {
            let (at, id) = cursor.strip_prefix('w')?.rsplit_once('-')?;
            Some(Self(Reverse(Instant(at.parse().ok()?)), Reverse(CustomerId::from_ordinal(id.parse().ok()?))))
        };
        read().filter(|place| place.cursor() == cursor).ok_or(SearchError::Cursor { field: "cursor" })
    }
}

/// One page of rows, how many rows there are in all, and the cursor of the next page.
fn page<T>(
    mut rows: Vec<T>,
    place: impl Fn(&T) -> Place,
    size: Option<u32>,
    cursor: Option<&str>,
) -> Result<(Vec<T>, u32, Option<String>), SearchError> {
    let size = Sizes::OF_ROWS.size(size)?;
    let after = cursor.map(Place::read).transpose()?;
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    rows.sort_by_key(&place);
    rows.retain(|row| after.is_none_or(|after| place(row) > after));
    let more = rows.len() > size;
    rows.truncate(size);
    let cursor = rows.last().filter(|_| more).map(|row| place(row).cursor());
    Ok((rows, total, cursor))
}

impl Query for ListWithdrawn {
    type Output = WithdrawnPage;
    const NAME: &'static str = "listWithdrawn";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<WithdrawnPage, Halt> {
        let all: Vec<Customer> = look.keyed(key::WITHDRAWN.to_owned())?;
        let rows = all.into_iter().filter_map(WithdrawnRow::of).collect();
        let (customers, total, cursor) = page(rows, WithdrawnRow::place, self.page_size, self.cursor.as_deref())?;
        Ok(WithdrawnPage { customers, total, cursor })
    }
}

impl Query for ListErased {
    type Output = ErasedPage;
    const NAME: &'static str = "listErased";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<ErasedPage, Halt> {
        let all: Vec<Customer> = look.keyed(key::ERASED.to_owned())?;
        let rows = all.iter().filter_map(ErasedRow::of).collect();
        let (customers, total, cursor) = page(rows, ErasedRow::place, self.page_size, self.cursor.as_deref())?;
        Ok(ErasedPage { customers, total, cursor })
    }
}
