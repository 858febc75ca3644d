//! The rules as scenarios over a salon in memory; each function is named after the rule it proves.
#[cfg(test)]
mod rules {
    mod customers;
    mod customers_edit;
    mod gate;
    mod lists;
    mod merge;
    mod merge_random;
    mod merge_undo;
    mod phone_registration;
    mod reservations;
    mod roles;
}
