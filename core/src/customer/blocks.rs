//! A block outlives its record (G5): digests of how a blacklisted person could be reached stay when the person has left or was erased, and whoever comes in by
//! them again is shown to staff.

use std::collections::BTreeSet;

use super::candidates::{Likeness, likeness};
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Context, Draft, Halt, Host, Look, Read};
use crate::record::{Block, Customer, CustomerState, Kind, ListKind, Listing, ListingState, ReturnPolicy, Settings, key};
use crate::text::{WidthMode, is_katakana_name, merge_key, to_full_width_katakana};

wire! {
    /// A new customer who can be reached as somebody could who left, or was erased, while they stood on the black list (G5). For staff only: the person
    /// themselves learns nothing of it (G3).
    #[derive(Debug)]
    pub struct Return {
        /// Who it was.
        pub customer: CustomerId,
        /// Their customer number.
        pub number: u32,
        /// By what: e-mail, LINE account, or phone and name together, as it is read or, since many have no kana, as it is written.
        pub why: Vec<Likeness>,
        /// Whether the new customer was put on the black list for it, as the salon's policy says.
        pub blocked: bool,
    }
}

// How somebody can be reached, each as one digest. An e-mail and a LINE account are one person's; a phone is a family's, so it goes with the kana
// name, and with the name as written too: a phone registration may have no kana, and whoever returns may be typed in without.
fn reached(host: &Host, customer: &Customer) -> Vec<(String, &'static [Likeness])> {
    let mut found = Vec::new();
    let mut note = |why: &'static [Likeness], parts: &[&str]| found.extend(host.digest(parts).map(|digest| (digest, why)));
    for email in customer.real_emails() {
        note(&[Likeness::Email], &["email", &email.key]);
    }
    if let Some(line) = &customer.line {
        note(&[Likeness::Line], &["line", &line.provider, &line.user]);
    }
    let readings: BTreeSet<String> = customer.kana_key().into_iter().chain(spoken(customer)).collect();
    for phone in &customer.phones {
        for kana in &readings {
            note(&[Likeness::Phone, Likeness::Kana], &["phone and kana", &phone.digits, kana]);
        }
    }
    let name = customer.name_key(WidthMode::Fold);
    for phone in customer.phones.iter().filter(|_| !name.is_empty()) {
        note(&[Likeness::Phone, Likeness::Name], &["phone and name", &phone.digits, &name]);
    }
    found
}

// How a name is read that says so itself: a half whose kana nobody entered, as in most files, may be written in kana. Half a reading is none.
fn spoken(customer: &Customer) -> Option<String> {
    let half = |kana: &Option<String>, name: &str| {
        kana.clone().or_else(|| to_full_width_katakana("name", name).ok().filter(|_| is_katakana_name(name)))
    };
    let family = half(&customer.family_kana, &customer.family_name)?;
    Some(merge_key(&family, &half(&customer.given_kana, &customer.given_name)?, WidthMode::Fold))
}

/// Whether somebody stands on the black list.
pub(crate) fn on_black_list(look: &dyn Look, customer: CustomerId) -> Result<bool, Halt> {
    let listings: Vec<Listing> = look.children(customer)?;
    Ok(listings.iter().any(|listing| listing.list == ListKind::Black && listing.stands()))
}

/// Keeps the block of somebody who stands on the black list and leaves, or is erased: of all that one person was known as. Without the host's key there is
/// none; whoever takes the record away as well must not go on then.
pub(crate) fn keep_block(draft: &mut Draft<'_>, person: &[Customer], context: &Context, must: bool) -> Result<(), Halt> {
    let Some(last) = person.first() else { return Ok(()) };
    if !on_black_list(draft, last.id)? || draft.read().find::<Block>(last.id)?.is_some() {
        return Ok(());
    }
    let Some(host) = draft.host().filter(|host| host.has_key()) else {
        return if must { Err(CustomerError::BlockKeyMissing { field: "blockKey" }.into()) } else { Ok(()) };
    };
    let mut digests: Vec<String> = person.iter().flat_map(|customer| reached(host, customer)).map(|(digest, _)| digest).collect();
    digests.sort();
    digests.dedup();
    draft.put(Block { customer: last.id, number: last.number, since: context.now, digests })
}

/// What is looked up to know whether somebody returns.
pub(crate) fn reads(draft: &Draft<'_>, customer: &Customer) -> Vec<Read> {
    let keyed = |key| Read::Key { kind: Kind::Block, key };
    match draft.host().filter(|host| host.has_key()) {
        Some(host) => reached(host, customer).into_iter().map(|(digest, _)| keyed(key::block(&digest))).collect(),
        None => vec![keyed(key::BLOCKS.to_owned())],
    }
}

/// As whom a new customer returns, if as anybody, and what the salon's policy does about it.
pub(crate) fn returns(
    draft: &mut Draft<'_>,
    customer: &Customer,
    alike: &[Customer],
    settings: &Settings,
    context: &Context,
) -> Result<Vec<Return>, Halt> {
    let policy = settings.returns.unwrap_or_default();
    if policy == ReturnPolicy::Off {
        return Ok(Vec::new());
    }
    let mut found = by_digest(draft, customer)?;
    // The record of whoever only left is still there, and is its own block where no key was at hand.
    for other in alike.iter().filter(|other| matches!(other.state, CustomerState::Withdrawn { .. })) {
        let why = likeness(customer, other, WidthMode::Fold);
        let has = |likeness| why.contains(&likeness);
        let reached = has(Likeness::Email) || has(Likeness::Line) || (has(Likeness::Phone) && (has(Likeness::Kana) || has(Likeness::Name)));
        if reached && found.iter().all(|known| known.customer != other.id) && on_black_list(draft, other.id)? {
            found.push(Return { customer: other.id, number: other.number, why: said(why), blocked: false });
        }
    }
    found.sort_by_key(|known| known.customer);
    if policy == ReturnPolicy::Block && !found.is_empty() {
        block(draft, customer.id, &found, context)?;
        found.iter_mut().for_each(|known| known.blocked = true);
    }
    Ok(found)
}

fn by_digest(draft: &Draft<'_>, customer: &Customer) -> Result<Vec<Return>, Halt> {
    draft.read().want(&reads(draft, customer))?;
    let Some(host) = draft.host().filter(|host| host.has_key()) else {
        // There are blocks, and nobody could tell whether this is one of them: that must not pass in silence.
        let blocks: Vec<Block> = draft.read().keyed(key::BLOCKS.to_owned())?;
        return if blocks.is_empty() { Ok(Vec::new()) } else { Err(CustomerError::BlockKeyMissing { field: "blockKey" }.into()) };
    };
    let mut found: Vec<Return> = Vec::new();
    for (digest, why) in reached(host, customer) {
        for block in draft.read().keyed::<Block>(key::block(&digest))? {
            match found.iter_mut().find(|known| known.customer == block.customer) {
                Some(known) => known.why.extend(why),
                None => found.push(Return { customer: block.customer, number: block.number, why: why.to_vec(), blocked: false }),
            }
        }
    }
    for known in &mut found {
        known.why = said(core::mem::take(&mut known.why));
    }
    Ok(found)
}

// The name as written is said where the kana name was not the same.
fn said(mut why: Vec<Likeness>) -> Vec<Likeness> {
    why.sort();
    why.dedup();
    if why.contains(&Likeness::Kana) || !why.contains(&Likeness::Phone) {
        why.retain(|why| *why != Likeness::Name);
    }
    why
}

// Onto the black list, by whoever lets them in: the gate then refuses (G3), and staff read why.
fn block(draft: &mut Draft<'_>, customer: CustomerId, found: &[Return], context: &Context) -> Result<(), Halt> {
    let numbers: Vec<String> = found.iter().map(|known| format!("No.{}", known.number)).collect();
    let memo = format!("退会・消去の前にブラックリストに登録されていた顧客と連絡先が一致: {}", numbers.join("、"));
    let id = draft.new_listing()?;
    draft.put(Listing {
        id,
        customer,
        version: 1,
        list: ListKind::Black,
        memo,
        added_at: context.now,
        added_by: context.actor.id.clone(),
        state: ListingState::Standing,
    })
}
