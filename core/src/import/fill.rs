//! An existing customer's blanks filled from a row, where the salon's policy says so (I3).

use crate::record::{Customer, EmailKind};

/// The customer with its blanks filled, and the fields that were filled; nothing that is there is changed.
pub(super) fn fill_blanks(existing: &Customer, row: &Customer) -> (Customer, Vec<String>) {
    let mut filled = existing.clone();
    let mut fields = Vec::new();
    let mut option = |field: &'static str, own: &mut Option<String>, from: &Option<String>| {
        if own.is_none() && from.is_some() {
            own.clone_from(from);
            fields.push(field.to_owned());
        }
    };
    option("familyKana", &mut filled.family_kana, &row.family_kana);
    option("givenKana", &mut filled.given_kana, &row.given_kana);
    option("shopComment", &mut filled.shop_comment, &row.shop_comment);
    // One address, not the halves of two: its blanks are filled only while nothing in it differs.
    if !address_differs(existing, row) {
        option("postalCode", &mut filled.postal_code, &row.postal_code);
        option("prefecture", &mut filled.prefecture, &row.prefecture);
        option("cityStreet", &mut filled.city_street, &row.city_street);
        option("building", &mut filled.building, &row.building);
    }
    if filled.phones.is_empty() && !row.phones.is_empty() {
        filled.phones.clone_from(&row.phones);
        fields.push("phones".to_owned());
    }
    // A placeholder is a blank: a real address ends it, and takes the customer off the 新規電話予約 list (P3).
    if filled.real_emails().next().is_none() && row.real_emails().next().is_some() {
        filled.emails = row.emails.iter().filter(|email| email.kind == EmailKind::Real).cloned().collect();
        filled.phone_registration = false;
        fields.push("emails".to_owned());
    }
    if filled.birthday.is_none() && row.birthday.is_some() {
        filled.birthday.clone_from(&row.birthday);
        fields.push("birthday".to_owned());
    }
    if filled.gender.is_none() && row.gender.is_some() {
        filled.gender = row.gender;
        fields.push("gender".to_owned());
    }
    if filled.channels.is_empty() && !row.channels.is_empty() {
        filled.channels.clone_from(&row.channels);
        fields.push("channels".to_owned());
    }
    (filled, fields)
}

fn address_differs(existing: &Customer, row: &Customer) -> bool {
    let parts = |customer: &Customer| {
        [customer.postal_code.clone(), customer.prefecture.clone(), customer.city_street.clone(), customer.building.clone()]
    };
    parts(existing).into_iter().zip(parts(row)).any(|pair| matches!(pair, (Some(own), Some(other)) if own != other))
}
