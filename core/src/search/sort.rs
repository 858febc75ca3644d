use core::cmp::Ordering;

use super::columns::{Columns, Stand};
use super::gojuon::GojuonOrder;
use super::index::Index;
use super::row::Profile;
use crate::error::Error;
use crate::id::CustomerId;
use crate::time::Date;

wire! {
    /// The order of a customer list (S9). Ties stand by customer number, ascending in both directions. Who has nothing to be sorted by (no
    /// kana, no visit yet) stands last in both directions: a list turned round should begin with somebody.
    #[derive(Copy, Debug)]
    pub struct CustomerSort {
        /// By what.
        pub by: SortBy,
        /// 降順
        pub descending: bool,
    }
}

impl Default for CustomerSort {
    /// By customer number, ascending.
    fn default() -> Self {
        Self { by: SortBy::Number, descending: false }
    }
}

wire! {
    /// What a customer list is sorted by (S9).
    #[derive(Copy, Debug)]
    pub enum SortBy {
        /// お客様番号
        Number,
        /// カナ, in 五十音順
        Kana,
        /// 初回登録日
        FirstRegistered,
        /// 最終来店日
        LastVisit,
        /// 来店回数
        Visits,
        /// 合計利用金額
        Amount,
    }
}

/// A customer's place in an order.
#[derive(Clone, Copy)]
pub(super) struct Place<'i> {
    value: Option<Value<'i>>,
    number: u32,
    pub(super) id: CustomerId,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value<'i> {
    Number(u32),
    Kana(&'i GojuonOrder),
    Day(Date),
    Visits(u32),
    Yen(i128),
}

impl CustomerSort {
    pub(super) fn place<'i>(self, index: &'i Index, profile: &'i Profile) -> Result<Place<'i>, Error> {
        let value = match self.by {
            SortBy::Number => Some(Value::Number(profile.number)),
            SortBy::Kana => profile.kana.as_ref().map(Value::Kana),
            SortBy::FirstRegistered => Some(Value::Day(profile.registered_on)),
            SortBy::LastVisit => index.last_visit(profile.id)?.map(Value::Day),
            SortBy::Visits => Some(Value::Visits(index.visits(profile.id))),
            SortBy::Amount => Some(Value::Yen(i128::from(index.amount(profile.id).0))),
        };
        Ok(Place { value, number: profile.number, id: profile.id })
    }

    pub(super) fn compare(self, one: &Place<'_>, other: &Place<'_>) -> Ordering {
        let by_value = match (one.value, other.value) {
            (Some(one), Some(other)) if self.descending => other.cmp(&one),
            (Some(one), Some(other)) => one.cmp(&other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_value.then(one.number.cmp(&other.number)).then(one.id.cmp(&other.id))
    }
    /// The order of two stands in the columns, which is that of the same two customers' places.
    pub(super) fn compare_stands(self, index: &Index, columns: &Columns, one: &Stand, other: &Stand) -> Ordering {
        let by_rank = one.rank.cmp(&other.rank);
        if by_rank != Ordering::Equal {
            return by_rank;
        }
        let by_spelling = || match self.by {
            SortBy::Kana => {
                let kana = |stand: &Stand| index.profile(columns.customer(stand.row)).and_then(|profile| profile.kana.as_ref());
                let order = kana(one).cmp(&kana(other));
                if self.descending { order.reverse() } else { order }
            }
            _ => Ordering::Equal,
        };
        let by_id = || columns.customer(one.row).cmp(&columns.customer(other.row));
        by_spelling().then(one.number.cmp(&other.number)).then_with(by_id)
    }
}
