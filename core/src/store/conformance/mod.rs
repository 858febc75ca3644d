//! One suite for every store: what a store must do for the library to keep its promises, as checks that answer instead of asserting.
//!
//! Each check works in salons of its own, named after it, so a store needs no reset between checks; give a prefix that was never used on
//! this store. A blocking store takes [`run`]; a host that answers questions itself (IndexedDB, a store in Kotlin or Python) drives a
//! [`Suite`] as it would drive any other work.
//!
//! The suite stands on top of the house, not on the store's floor: its last checks run real commands against the store.

#[macro_use]
mod bench;
mod committing;
mod faults;
mod index;
mod journal;
mod keeping;
mod races;
mod reading;
mod salons;
mod samples;
mod scanning;
mod texts;

use std::sync::{Arc, Mutex, PoisonError};

use self::bench::{Bench, Outcome};
use super::{Answer, Ask, Step, Steps, Store, answer};
use crate::error::{AccessError, LedgerError};
use crate::id::SalonId;

wire! {
    /// What one check found.
    #[derive(Debug)]
    pub struct CheckResult {
        /// The check, as a sentence in snake_case.
        pub name: String,
        /// Whether the store does what the name says.
        pub passed: bool,
        /// What it did instead.
        pub detail: Option<String>,
    }
}

/// What the suite wants next.
#[derive(Debug)]
pub enum SuiteStep {
    /// Ask the store, and come back with its answer.
    Ask {
        /// In which salon.
        salon: SalonId,
        /// What.
        ask: Ask,
    },
    /// Finished.
    Done(Vec<CheckResult>),
}

/// The checks as steps: every call of the store is a question to the host.
#[derive(Debug)]
pub struct Suite {
    steps: Steps<'static, Vec<CheckResult>>,
    salon: Arc<Mutex<SalonId>>,
}

impl Suite {
    /// Every check, in salons whose ids begin with this prefix.
    pub fn new(prefix: &str) -> Result<Self, AccessError> {
        Self::of(prefix, NAMES)
    }

    /// Only the checks of these names, see [`NAMES`].
    pub fn of(prefix: &str, names: &[&str]) -> Result<Self, AccessError> {
        let salon = Arc::new(Mutex::new(prefix.parse()?));
        let (at, prefix, names) = (Arc::clone(&salon), prefix.to_owned(), names.iter().map(|&name| name.to_owned()).collect());
        Ok(Self { steps: Steps::new(|port| run_checks(Bench::new(port, at, prefix), names)), salon })
    }

    /// Goes on: with nothing at first, then with the answer to what was asked.
    pub fn next(&mut self, answer: Option<Answer>) -> Result<SuiteStep, LedgerError> {
        Ok(match self.steps.next(answer)? {
            Step::Ask(ask) => SuiteStep::Ask { salon: self.salon.lock().unwrap_or_else(PoisonError::into_inner).clone(), ask },
            Step::Done(results) => SuiteStep::Done(results),
        })
    }
}

/// Every check, on a blocking store on which the suite was never run.
pub fn run<S: Store + ?Sized>(store: &S) -> Result<Vec<CheckResult>, LedgerError> {
    drive(store, Suite::new("conformance").map_err(|_| LedgerError::OutOfTurn)?)
}

/// A suite, over a blocking store.
pub fn drive<S: Store + ?Sized>(store: &S, mut suite: Suite) -> Result<Vec<CheckResult>, LedgerError> {
    let mut step = suite.next(None)?;
    loop {
        match step {
            SuiteStep::Done(results) => return Ok(results),
            SuiteStep::Ask { salon, ask } => step = suite.next(Some(answer(store, &salon, &ask)))?,
        }
    }
}

fn result(name: &str, outcome: Outcome) -> CheckResult {
    CheckResult { name: name.to_owned(), passed: outcome.is_ok(), detail: outcome.err() }
}

macro_rules! checks {
    ($($area:ident { $($name:ident)* })*) => {
        /// The names of all checks, in the order in which they run.
        pub const NAMES: &[&str] = &[$($(stringify!($name)),*),*];

        async fn run_checks(bench: Bench, names: Vec<String>) -> Vec<CheckResult> {
            let mut results = Vec::new();
            $($(
                if names.iter().any(|name| name == stringify!($name)) {
                    // Boxed one by one: together they would be one very large future.
                    results.push(result(stringify!($name), Box::pin($area::$name(bench.of(stringify!($name)))).await));
                }
            )*)*
            results
        }
    };
}

checks! {
    reading {
        an_empty_salon_stands_at_zero
        reads_that_find_nothing_get_empty_lists
        a_load_of_nothing_tells_the_head
        load_answers_every_read_in_order
        the_same_read_twice_is_answered_twice
        five_hundred_reads_are_answered_at_once
        ids_are_compared_whole_and_exactly
        ids_of_different_kinds_do_not_mix
        parent_reads_find_every_child_in_order_of_id
        parent_reads_do_not_see_other_kinds
        parents_are_compared_whole
        key_reads_find_every_record_with_the_key
        key_reads_do_not_see_other_kinds
        keys_are_compared_whole_and_exactly
        wildcards_in_keys_are_ordinary_characters
    }
    keeping {
        put_replaces_the_record
        keys_follow_the_record_when_it_changes
        the_parent_follows_the_record_when_it_changes
        a_removed_record_is_gone
        a_removed_id_can_be_put_again
        removing_what_is_not_there_changes_nothing
        a_large_batch_is_kept_whole
        every_later_call_sees_a_commit
    }
    committing {
        commit_at_the_wrong_sequence_changes_nothing
        an_empty_batch_at_the_right_sequence_changes_nothing
        an_empty_batch_at_the_wrong_sequence_is_a_conflict
        a_gap_in_entries_is_refused
        an_entry_already_there_is_refused
        entries_out_of_order_are_refused
        a_refused_batch_leaves_nothing_behind
        the_same_batch_twice_is_a_conflict
    }
    journal {
        two_entries_in_one_batch
        the_head_names_the_last_entrys_hash
        changes_come_in_order
        changes_begin_after_since_and_end_at_the_limit
        changes_after_the_end_are_none
        entries_come_back_byte_for_byte
    }
    scanning {
        scan_pages_cover_every_record_once
        scan_sees_one_kind_only
        scan_starts_after_an_id_that_is_gone
        ids_compare_as_text_not_locale
        load_scan_and_changes_agree_on_the_head
    }
    texts {
        bodies_come_back_byte_for_byte
        texts_are_not_normalised
        a_megabyte_comes_back
        the_longest_ids_are_kept
    }
    salons {
        salons_do_not_see_each_other
        salons_advance_apart
        salon_ids_are_compared_whole_and_exactly
        wildcards_and_quotes_in_salon_ids_are_ordinary_characters
    }
    index {
        an_index_comes_back_as_it_was_last_given_or_not_at_all
        salons_do_not_see_each_others_index
        keeping_an_index_appends_nothing
        an_erasure_takes_the_index_along
    }
    races {
        eight_writers_lose_nothing
        no_writer_starves
        an_append_between_load_and_commit_is_decided_again
        the_same_key_at_once_is_done_once
    }
    faults {
        a_fault_before_any_call_of_a_booking_is_all_or_nothing
        a_fault_after_any_call_of_a_booking_is_all_or_nothing
        a_fault_before_any_call_of_a_merge_is_all_or_nothing
        a_fault_after_any_call_of_a_merge_is_all_or_nothing
        a_ledger_kept_here_passes_its_own_check
    }
}
