use std::collections::BTreeSet;

use super::count::{Bounds, Count};
use super::index::Index;
use super::row::Profile;
use crate::error::{Error, SearchError};
use crate::id::CustomerId;
use crate::record::key;
use crate::text::email::partial_key;
use crate::text::phone::digits_key;
use crate::text::search_key;
use crate::time::DateRange;

/// The longest text that is searched for, in Unicode scalar values (I7). No field that is searched takes a longer one.
pub(super) const MAX_NEEDLE: u32 = 255;

wire! {
    /// What a customer must satisfy, all of it at once (S1); what is left out is not asked. A criterion that is given must ask something: a
    /// name of nothing but spaces is an error, not everybody.
    #[derive(Default)]
    pub struct Criteria {
        /// Part of 姓, 名, 姓名, セイ, メイ, セイメイ or LINE名, whatever the width, the kana, the dash or the variant of a kanji (S2).
        pub name: Option<String>,
        /// お客様番号, whole: the own one, an old card's, or that of a customer merged into this one (S3, C7, M6).
        pub number: Option<String>,
        /// Part of a phone number, by its digits (S3).
        pub phone: Option<String>,
        /// Part of an e-mail address, in any case, placeholders too (S3).
        pub email: Option<String>,
        /// LINE連携; left out: any (S7).
        pub line: Option<LineCriterion>,
        /// 来店回数 (S4)
        pub visits: Option<Count>,
        /// 初回登録日, both ends included (T3)
        pub registered_on: Option<DateRange>,
        /// 最終来店日, both ends included (T3); who never came has none
        pub last_visit: Option<DateRange>,
    }
}

redacted_debug!(Criteria { line, visits, registered_on, last_visit });

wire! {
    /// Whether a LINE account is linked (S7): three values, because an unticked box asks nothing.
    #[derive(Copy, Debug)]
    pub enum LineCriterion {
        /// Whether or not.
        Any,
        /// 連携あり
        Linked,
        /// 連携なし
        NotLinked,
    }
}

/// Criteria with everything about them settled but the customers.
pub(super) struct Sieve {
    name: Option<String>,
    holders: Option<BTreeSet<CustomerId>>,
    phone: Option<String>,
    email: Option<String>,
    linked: Option<bool>,
    visits: Option<Bounds>,
    registered_on: Option<DateRange>,
    last_visit: Option<DateRange>,
}

// The key of a text that is searched for. Its length is looked at before anything is made of it.
fn needle(field: &'static str, raw: Option<&str>, key: impl FnOnce(&str) -> String) -> Result<Option<String>, SearchError> {
    let Some(raw) = raw else { return Ok(None) };
    let over = usize::try_from(MAX_NEEDLE).is_ok_and(|max| raw.chars().nth(max).is_some());
    if over {
        return Err(SearchError::NeedleTooLong { field, max: MAX_NEEDLE });
    }
    let key = key(raw);
    if key.is_empty() { Err(SearchError::NeedleEmpty { field }) } else { Ok(Some(key)) }
}

fn range(field: &'static str, range: Option<DateRange>) -> Result<Option<DateRange>, Error> {
    match range {
        Some(DateRange { from: None, to: None }) => Err(SearchError::NeedleEmpty { field }.into()),
        Some(range) => Ok(Some(range.checked(field)?)),
        None => Ok(None),
    }
}

impl Sieve {
    pub(super) fn of(criteria: &Criteria, index: &Index) -> Result<Self, Error> {
        Ok(Self {
            name: needle("name", criteria.name.as_deref(), search_key)?,
            holders: needle("number", criteria.number.as_deref(), key::number_text)?.map(|number| index.holders(&number)),
            phone: needle("phone", criteria.phone.as_deref(), digits_key)?,
            email: needle("email", criteria.email.as_deref(), partial_key)?,
            linked: match criteria.line {
                None | Some(LineCriterion::Any) => None,
                Some(LineCriterion::Linked) => Some(true),
                Some(LineCriterion::NotLinked) => Some(false),
            },
            visits: criteria.visits.map(|count| count.bounds("visits")).transpose()?,
            registered_on: range("registeredOn", criteria.registered_on)?,
            last_visit: range("lastVisit", criteria.last_visit)?,
        })
    }

    pub(super) fn passes(&self, index: &Index, profile: &Profile) -> Result<bool, Error> {
        let contained = |needle: &Option<String>, texts: &[String]| {
            needle.as_ref().is_none_or(|needle| texts.iter().any(|text| text.contains(needle.as_str())))
        };
        let passes = self.holders.as_ref().is_none_or(|holders| holders.contains(&profile.id))
            && self.linked.is_none_or(|linked| linked == profile.line.is_some())
            && self.registered_on.is_none_or(|range| range.holds(profile.registered_on))
            && self.visits.is_none_or(|bounds| bounds.hold(index.visits(profile.id)))
            && self.phone.as_ref().is_none_or(|digits| profile.phones.iter().any(|phone| phone.digits.contains(digits.as_str())))
            && contained(&self.email, &profile.emails)
            && contained(&self.name, &profile.names);
        match self.last_visit {
            Some(range) if passes => Ok(index.last_visit(profile.id)?.is_some_and(|day| range.holds(day))),
            _ => Ok(passes),
        }
    }
}
