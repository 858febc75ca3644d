//! Two customers' fields become one's (M2, M3).

use serde_json::Value;

use super::preview::{FieldChoice, LineChoice};
use crate::customer::{limits, settle_phone_registration};
use crate::error::{Error, LedgerError, MergeError};
use crate::log::rebuild;
use crate::record::{Customer, EntryPath, Newsletter, Record};

/// What the caller chose in place of the defaults.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choices<'a> {
    /// Single fields, by wire name, in which the source wins.
    pub(super) from_source: &'a [String],
    /// Which LINE account stays, where both have one.
    pub(super) line: Option<LineChoice>,
}

/// The single fields: the target's stand, its blanks are filled from the source, and the caller may choose the source's.
const SINGLE: [&str; 13] = [
    "familyName",
    "givenName",
    "familyKana",
    "givenKana",
    "birthday",
    "gender",
    "postalCode",
    "prefecture",
    "cityStreet",
    "building",
    "company",
    "department",
    "homePage",
];
const FAX: &str = "fax";
/// One name, however it is split: whoever takes one half of the source's takes both, or the result could have neither's name (M1).
const NAME: [&str; 2] = ["familyName", "givenName"];
/// One address, not the halves of two: its blanks are filled only while nothing in it differs.
const ADDRESS: [&str; 4] = ["postalCode", "prefecture", "cityStreet", "building"];

fn object(customer: &Customer) -> Result<serde_json::Map<String, Value>, Error> {
    match Record::from(customer.clone()).to_value()? {
        Value::Object(object) => Ok(object),
        _ => Err(LedgerError::Encoding { place: "customer" }.into()),
    }
}

/// The target as the merge leaves it, and every single field in which there was something to choose.
pub(super) fn unite(source: &Customer, target: &Customer, choices: Choices<'_>) -> Result<(Customer, Vec<FieldChoice>), Error> {
    let (mut united, offered) = single_fields(source, target, choices)?;
    united.version = target.version.saturating_add(1);
    united.remember_names([target.name(), source.name()].into_iter().chain(source.former_names.iter().cloned()));
    united.phones = joined(&target.phones, &source.phones, |phone| phone.digits.clone());
    united.emails = joined(&target.emails, &source.emails, |email| email.key.clone());
    // P3: who came by phone comes along onto the list, but nobody comes back onto it.
    united.phone_registration = target.phone_registration || (source.phone_registration && target.entry_path != EntryPath::Phone);
    settle_phone_registration(&mut united);
    united.attributes = joined(&target.attributes, &source.attributes, Clone::clone);
    united.channels = joined(&target.channels, &source.channels, Clone::clone);
    united.pictures = joined(&target.pictures, &source.pictures, Clone::clone);
    united.custom_fields = joined(&target.custom_fields, &source.custom_fields, |field| field.name.clone());
    united.shop_comment = comments(target.shop_comment.as_deref(), source);
    united.registered_on = target.registered_on.min(source.registered_on);
    united.has_account = target.has_account || source.has_account;
    united.newsletter = newsletter(target.newsletter.clone(), source.newsletter.clone());
    united.line = match (&target.line, &source.line, choices.line) {
        (Some(own), None, _) | (Some(own), Some(_), None | Some(LineChoice::Target)) => Some(own.clone()),
        (_, moved, _) => moved.clone(),
    };
    Ok((united, offered))
}

fn single_fields(source: &Customer, target: &Customer, choices: Choices<'_>) -> Result<(Customer, Vec<FieldChoice>), Error> {
    let (from, mut onto) = (object(source)?, object(target)?);
    let value =
        |object: &serde_json::Map<String, Value>, field: &str| object.get(field).filter(|value| value.as_str() != Some("")).cloned();
    let address_differs = ADDRESS.iter().any(|field| matches!((value(&from, field), value(&onto, field)), (Some(a), Some(b)) if a != b));
    let chooses = |field: &str| choices.from_source.iter().any(|name| name == field);
    let mut offered = Vec::new();
    for field in SINGLE.into_iter().chain([FAX]) {
        let (theirs, own) = (value(&from, field), value(&onto, field));
        let chosen = chooses(field) || (NAME.contains(&field) && NAME.into_iter().any(chooses));
        let fills = own.is_none() && !(address_differs && ADDRESS.contains(&field));
        if theirs == own || theirs.is_none() {
            continue;
        }
        let text = |value: &Option<Value>| value.as_ref().map(shown);
        offered.push(FieldChoice { field: field.to_owned(), target: text(&own), source: text(&theirs), takes_source: fills || chosen });
        if fills || chosen {
            onto.insert(field.to_owned(), theirs.unwrap_or(Value::Null));
        }
    }
    let united = rebuild(onto).map_err(|_| LedgerError::Encoding { place: "customer" })?;
    Ok((united, offered))
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => serde_json::from_str::<crate::record::Birthday>(&value.to_string())
            .map_or_else(|_| value.to_string(), |birthday| birthday.to_string()),
        other => other.to_string(),
    }
}

fn joined<T: Clone>(own: &[T], theirs: &[T], identity: impl Fn(&T) -> String) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    own.iter().chain(theirs).filter(|entry| seen.insert(identity(entry))).cloned().collect()
}

/// The heading under which the source's comment or memo goes.
pub(super) fn heading(source: &Customer) -> String {
    format!("【統合元 No.{}】", source.number)
}

/// A text with the source's under it.
pub(super) fn under_heading(own: &str, source: &Customer, theirs: &str) -> String {
    if own.is_empty() { format!("{}\n{theirs}", heading(source)) } else { format!("{own}\n\n{}\n{theirs}", heading(source)) }
}

fn comments(own: Option<&str>, source: &Customer) -> Option<String> {
    match &source.shop_comment {
        None => own.map(ToOwned::to_owned),
        Some(theirs) => Some(under_heading(own.unwrap_or_default(), source, theirs)),
    }
}

// M3: whoever opted out stays out.
fn newsletter(own: Option<Newsletter>, theirs: Option<Newsletter>) -> Option<Newsletter> {
    match (own, theirs) {
        (Some(own), Some(theirs)) if own.opted_in && !theirs.opted_in => Some(theirs),
        (Some(own), _) => Some(own),
        (None, theirs) => theirs,
    }
}

/// The place, from 1, of a choice that names no single field: a misspelt wish is not passed over in silence.
pub(super) fn unknown_choice(choices: Choices<'_>) -> Option<u32> {
    let known = |name: &String| SINGLE.contains(&name.as_str()) || name == FAX;
    (1_u32..).zip(choices.from_source).find(|(_, name)| !known(name)).map(|(position, _)| position)
}

/// What both together may not exceed.
pub(super) fn check_limits(united: &Customer) -> Result<(), MergeError> {
    let lists: [(&'static str, usize, u32); 6] = [
        ("phones", united.phones.len(), limits::CONTACTS),
        ("emails", united.emails.len(), limits::CONTACTS),
        ("attributes", united.attributes.len(), limits::ENTRIES),
        ("channels", united.channels.len(), limits::ENTRIES),
        ("pictures", united.pictures.len(), limits::ENTRIES),
        ("customFields", united.custom_fields.len(), limits::ENTRIES),
    ];
    for (field, count, max) in lists {
        if u32::try_from(count).map_or(true, |count| count > max) {
            return Err(MergeError::TooMany { field, max });
        }
    }
    too_long("shopComment", united.shop_comment.as_deref().unwrap_or_default())
}

/// Whether a text that two became fits where one was.
pub(super) fn too_long(field: &'static str, text: &str) -> Result<(), MergeError> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length > limits::COMMENT { Err(MergeError::TooLong { field, max: limits::COMMENT }) } else { Ok(()) }
}
