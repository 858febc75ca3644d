//! Who a new customer may be (I3, L1, W3): found by what they have in common, told with why, decided by nobody but staff.

use crate::id::CustomerId;
use crate::log::{Halt, Look, Read};
use crate::record::{Customer, CustomerState, Kind, key};
use crate::text::WidthMode;

wire! {
    /// Somebody who may be the same person; nothing was linked or merged. For staff only: the person themselves is never told.
    #[derive(Debug)]
    pub struct Candidate {
        /// Who.
        pub customer: CustomerId,
        /// What they have in common, the name first.
        pub why: Vec<Likeness>,
        /// Whether they have left 退会済み: whoever returns is a new customer (W3).
        pub withdrawn: bool,
    }
}

wire! {
    /// What two customers have in common.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Likeness {
        /// 姓名, by the merge key (M1).
        Name,
        /// A phone, by its digits (C4).
        Phone,
        /// A real e-mail, by its key (C5).
        Email,
        /// The LINE account (L2).
        Line,
        /// The kana name.
        Kana,
    }
}

/// The keys under which a customer, or somebody who may be the same, is found. Placeholders are not here, so they match nobody (P2).
pub(crate) fn keys(customer: &Customer) -> impl Iterator<Item = String> {
    let phones = customer.phones.iter().map(|phone| key::phone(&phone.digits));
    let emails = customer.real_emails().map(|email| key::email(&email.key));
    let line = customer.line.iter().map(|line| key::line(&line.provider, &line.user));
    // Widths folded, whatever the policy: the stricter key is compared afterwards.
    core::iter::once(key::name(&customer.name_key(WidthMode::Fold))).chain(phones).chain(emails).chain(line)
}

/// What two customers have in common, in the order of [`Likeness`].
pub(crate) fn likeness(one: &Customer, other: &Customer, mode: WidthMode) -> Vec<Likeness> {
    let name = one.name_key(mode);
    let phones = one.phones.iter().any(|phone| other.phones.iter().any(|theirs| theirs.digits == phone.digits));
    let emails = one.real_emails().any(|email| other.real_emails().any(|theirs| theirs.key == email.key));
    let line =
        one.line.as_ref().zip(other.line.as_ref()).is_some_and(|(one, other)| (&one.provider, &one.user) == (&other.provider, &other.user));
    let kana = one.kana_key().is_some_and(|kana| other.kana_key() == Some(kana));
    let all = [
        (!name.is_empty() && name == other.name_key(mode), Likeness::Name),
        (phones, Likeness::Phone),
        (emails, Likeness::Email),
        (line, Likeness::Line),
        (kana, Likeness::Kana),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| why).collect()
}

/// Everybody there is or was who has a name, a phone, a real e-mail or the LINE account in common with a customer: those who are active, and those who left.
pub(crate) fn alike(look: &dyn Look, customer: &Customer) -> Result<Vec<Customer>, Halt> {
    let keys: Vec<String> = keys(customer).collect();
    look.want(&keys.iter().map(|key| Read::Key { kind: Kind::Customer, key: key.clone() }).collect::<Vec<_>>())?;
    let mut found: Vec<Customer> = Vec::new();
    for key in keys {
        let others: Vec<Customer> = look.keyed(key)?;
        found.extend(others.into_iter().filter(|other| other.id != customer.id));
    }
    found.sort_by_key(|other| other.id);
    found.dedup_by_key(|other| other.id);
    Ok(found)
}

/// Of those alike, the ones who may be the same person. Whoever is active must have one of these in common; of whoever left it is the name, an address or
/// the LINE account. A phone alone says nothing (C4): families share one.
pub(crate) fn candidates(customer: &Customer, alike: &[Customer], mode: WidthMode, active_by: &[Likeness]) -> Vec<Candidate> {
    const LEFT_BY: &[Likeness] = &[Likeness::Name, Likeness::Email, Likeness::Line];
    let one = |other: &Customer| {
        let why = likeness(customer, other, mode);
        let withdrawn = matches!(other.state, CustomerState::Withdrawn { .. });
        let by = if withdrawn { LEFT_BY } else { active_by };
        why.iter().any(|why| by.contains(why)).then_some(Candidate { customer: other.id, why, withdrawn })
    };
    alike.iter().filter(|other| other.is_active() || matches!(other.state, CustomerState::Withdrawn { .. })).filter_map(one).collect()
}
