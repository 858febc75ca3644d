use serde_json::{Map, Value};

use super::form::{Checked, CustomerForm, apply_form, check_edit, keep_numbers};
use super::phone_registration::is_provisional;
use super::show::{active, resolve};
use crate::error::{CustomerError, Error, FieldConflict, LedgerError, Private};
use crate::id::CustomerId;
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role, rebuild, roll_back, three_way};
use crate::record::{Customer, Kind, Record, Sealed};
use crate::time::Instant;

wire! {
    /// 更新: edits a customer. The form replaces what it showed; what others changed meanwhile in other fields stays (C8).
    pub struct EditCustomer {
        /// Who is edited.
        pub customer: CustomerId,
        /// The version the form was filled from.
        pub based_on: u32,
        /// The form as submitted.
        pub form: CustomerForm,
    }
}

redacted_debug!(EditCustomer { customer, based_on });

wire! {
    /// An edited customer.
    #[derive(Copy, Debug)]
    pub struct Edited {
        /// Who.
        pub customer: CustomerId,
        /// The version now.
        pub version: u32,
    }
}

impl Command for EditCustomer {
    type Output = Edited;
    const NAME: &'static str = "editCustomer";
    const ROLES: &'static [Role] = Role::SALON;

    fn told_of(edited: &Edited) -> Vec<CustomerId> {
        vec![edited.customer]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Edited, Halt> {
        let stored = active(draft, self.customer)?;
        let base = version_of(draft, &stored, self.based_on)?;
        let settings = draft.settings()?;
        let mut submitted = base.clone();
        apply_form(&self.form, &mut submitted, &Checked { settings: &settings, context, path: None })?;
        let mut merged = merge_edits(&base, &stored, &submitted)?;
        check_edit(&stored, &merged, &settings)?;
        settle_phone_registration(&mut merged);
        merged.remember_names([stored.name()]);
        keep_numbers(draft, &merged)?;
        if merged != stored {
            merged.version = stored.version.saturating_add(1);
        }
        let edited = Edited { customer: merged.id, version: merged.version };
        draft.put(merged)?;
        Ok(edited)
    }
}

wire! {
    /// The form 更新 filled from a customer: the edit that changes nothing yet, to be changed and given to `editCustomer`. Whoever fills in a form by
    /// hand must fill in all of it, since a field that is left out is emptied.
    #[derive(Debug)]
    pub struct GetCustomerForm {
        /// Who; a merged id resolves to its target (M6). They must not have left.
        pub customer: CustomerId,
    }
}

impl Query for GetCustomerForm {
    type Output = EditCustomer;
    const NAME: &'static str = "getCustomerForm";
    const ROLES: &'static [Role] = EditCustomer::ROLES;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<EditCustomer, Halt> {
        let customer = active(look, resolve(look, self.customer)?.id)?;
        Ok(EditCustomer { customer: customer.id, based_on: customer.version, form: CustomerForm::from(&customer) })
    }
}

/// P3: a real address takes the customer off the 新規電話予約 list for good, and ends the placeholder. P1: kanji end the provisional name.
pub(crate) fn settle_phone_registration(customer: &mut Customer) {
    if customer.real_emails().next().is_some() {
        customer.phone_registration = false;
        customer.emails.retain(|email| email.kind == crate::record::EmailKind::Real);
    }
    customer.provisional_name &= is_provisional(&customer.family_name, &customer.given_name);
}

/// The customer as it was at a version, from the history of its changes.
fn version_of(look: &dyn Look, stored: &Customer, version: u32) -> Result<Customer, Halt> {
    if version == stored.version {
        return Ok(stored.clone());
    }
    let unknown = || CustomerError::UnknownVersion { customer: stored.id, given: version, version: stored.version };
    if version == 0 || version > stored.version {
        return Err(unknown().into());
    }
    let mut object = object(stored)?;
    let mut history: Vec<Sealed> = look.keyed(Sealed::key_of(Kind::Customer, &stored.id.to_string()))?;
    history.sort_by_key(|sealed| (core::cmp::Reverse(sealed.sequence), core::cmp::Reverse(sealed.index)));
    for change in history {
        if version_in(&object) == Some(version) {
            break;
        }
        let fields = change.differences().map_err(|_| unknown())?;
        roll_back(&mut object, &fields);
    }
    let base: Customer = rebuild(object).map_err(|_| unknown())?;
    if base.version == version { Ok(base) } else { Err(unknown().into()) }
}

fn version_in(object: &Map<String, Value>) -> Option<u32> {
    object.get("version").and_then(Value::as_u64).and_then(|version| u32::try_from(version).ok())
}

fn object(customer: &Customer) -> Result<Map<String, Value>, Error> {
    match Record::from(customer.clone()).to_value()? {
        Value::Object(object) => Ok(object),
        _ => Err(LedgerError::Encoding { place: "customer" }.into()),
    }
}

// The free fields are fields like the others: two people may fill in two of them at once.
const CUSTOM: &str = "customFields";

fn spread(customer: &Customer) -> Result<Value, Error> {
    let mut object = object(customer)?;
    if let Some(Value::Array(fields)) = object.remove(CUSTOM) {
        for field in fields {
            if let (Some(name), Some(value)) = (field.get("name").and_then(Value::as_str), field.get("value")) {
                object.insert(format!("{CUSTOM}.{name}"), value.clone());
            }
        }
    }
    Ok(Value::Object(object))
}

fn gather(value: Value, order: [&Customer; 2]) -> Result<Customer, Error> {
    let wrong = |_| LedgerError::Encoding { place: "customer" };
    let Value::Object(mut object) = value else { return Err(LedgerError::Encoding { place: "customer" }.into()) };
    let mut custom = Vec::new();
    for field in order.into_iter().flat_map(|customer| &customer.custom_fields) {
        if let Some(value) = object.remove(&format!("{CUSTOM}.{}", field.name)) {
            custom.push(serde_json::json!({ "name": field.name, "value": value }));
        }
    }
    if !custom.is_empty() {
        object.insert(CUSTOM.to_owned(), Value::Array(custom));
    }
    Ok(rebuild(object).map_err(wrong)?)
}

fn merge_edits(base: &Customer, stored: &Customer, submitted: &Customer) -> Result<Customer, Error> {
    // The form has no version and no LINE link: whatever happened to those meanwhile is not the editor's doing.
    let mut submitted = submitted.clone();
    submitted.version = base.version;
    let (merged, conflicts) = three_way(&spread(base)?, &spread(stored)?, &spread(&submitted)?);
    if conflicts.is_empty() {
        return gather(merged, [stored, &submitted]);
    }
    let fields = conflicts
        .into_iter()
        .map(|(field, [base, stored, submitted])| FieldConflict {
            field,
            base: Private(base),
            stored: Private(stored),
            submitted: Private(submitted),
        })
        .collect();
    Err(CustomerError::Conflict { customer: stored.id, version: stored.version, fields }.into())
}
