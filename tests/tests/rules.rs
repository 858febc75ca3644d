//! The rules as scenarios over a salon in memory; each function is named after the rule it proves.
#[cfg(test)]
mod rules {
    mod blocks;
    mod checkout;
    mod counting;
    mod customers;
    mod customers_edit;
    mod disclosure;
    mod duplicates;
    mod erasure;
    mod faults;
    mod fees;
    mod gate;
    mod line_booking;
    mod lists;
    mod merge;
    mod merge_kinds;
    mod merge_random;
    mod merge_undo;
    mod phone_registration;
    mod points;
    mod prepayment;
    mod quote;
    mod reservations;
    mod roles;
    mod settling;
    mod tickets;
    mod transitions;
    mod unresolved;
    mod withdrawal;
}
