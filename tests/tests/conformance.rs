//! The conformance suite: the library's own stores pass it, a store that speaks JSON passes it, and for every promise there is a store that
//! breaks it and is caught by the check of that name.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

#[path = "conformance/naive.rs"]
mod naive;

use daicho::store::conformance::{self, CheckResult, NAMES, Suite, SuiteStep};
use daicho::store::{MemoryStore, Overlay, answer_from_json};
use naive::{Fault, Naive};

fn red(results: &[CheckResult]) -> Vec<String> {
    results
        .iter()
        .filter(|result| !result.passed)
        .map(|result| format!("{}: {}", result.name, result.detail.as_deref().unwrap_or("?")))
        .collect()
}

// Everything crosses as JSON text, as it would to IndexedDB or to a store in Kotlin.
fn over_json(store: &mut Naive, mut suite: Suite) -> Vec<CheckResult> {
    let mut step = suite.next(None).unwrap();
    loop {
        match step {
            SuiteStep::Done(results) => return results,
            SuiteStep::Ask { salon, ask } => {
                let (reply, block) = store.answer(salon.as_str(), &ask.to_json().unwrap(), ask.block());
                step = suite.next(Some(answer_from_json(&ask, &reply, block))).unwrap();
            }
        }
    }
}

#[test]
fn the_memory_store_passes() {
    let results = conformance::run(&MemoryStore::new()).unwrap();
    assert_eq!(red(&results), Vec::<String>::new());
    assert_eq!(results.iter().map(|result| result.name.as_str()).collect::<Vec<_>>(), NAMES);
    assert!(NAMES.len() >= 40, "{} checks", NAMES.len());
}

#[test]
fn an_overlay_passes() {
    // An overlay stands on one salon: each check has one of its own for each of its salons.
    let overlays = PerSalon::default();
    assert_eq!(red(&conformance::run(&overlays).unwrap()), Vec::<String>::new());
}

#[test]
fn a_store_that_speaks_json_passes() {
    let results = over_json(&mut Naive::default(), Suite::new("json").unwrap());
    assert_eq!(red(&results), Vec::<String>::new());
    assert_eq!(results.len(), NAMES.len());
}

#[test]
fn a_prefix_that_cannot_begin_an_id_is_refused() {
    assert!(Suite::new("two words").is_err());
    // One too long for an id fails the checks and nothing else.
    let results = conformance::drive(&MemoryStore::new(), Suite::of(&"x".repeat(120), &["put_replaces_the_record"]).unwrap()).unwrap();
    assert_eq!(results.iter().map(|result| result.passed).collect::<Vec<_>>(), [false]);
}

/// Which check each fault turns red.
const CAUGHT: &[(Fault, &str)] = &[
    (Fault::IgnoresExpected, "commit_at_the_wrong_sequence_changes_nothing"),
    (Fault::IgnoresExpected, "eight_writers_lose_nothing"),
    (Fault::IgnoresExpected, "an_append_between_load_and_commit_is_decided_again"),
    (Fault::IgnoresExpected, "the_same_batch_twice_is_a_conflict"),
    (Fault::IgnoresExpected, "the_same_key_at_once_is_done_once"),
    (Fault::ConflictIsFailure, "commit_at_the_wrong_sequence_changes_nothing"),
    (Fault::ConflictAppliesRecords, "commit_at_the_wrong_sequence_changes_nothing"),
    (Fault::EmptyBatchIsNeverAConflict, "an_empty_batch_at_the_wrong_sequence_is_a_conflict"),
    (Fault::EmptyBatchAdvances, "an_empty_batch_at_the_right_sequence_changes_nothing"),
    (Fault::AllowsGaps, "a_gap_in_entries_is_refused"),
    (Fault::AllowsOverwritingEntries, "an_entry_already_there_is_refused"),
    (Fault::SortsEntries, "entries_out_of_order_are_refused"),
    (Fault::AppliesHalfABatch, "a_refused_batch_leaves_nothing_behind"),
    (Fault::KeepsTheFirstEntryOnly, "two_entries_in_one_batch"),
    (Fault::LosesRemoves, "a_removed_record_is_gone"),
    (Fault::RemovesEveryKind, "ids_of_different_kinds_do_not_mix"),
    (Fault::RemovesEveryKind, "removing_what_is_not_there_changes_nothing"),
    (Fault::PutKeepsTheOld, "put_replaces_the_record"),
    (Fault::CutsLargeBatches, "a_large_batch_is_kept_whole"),
    (Fault::StaleKeys, "keys_follow_the_record_when_it_changes"),
    (Fault::StaleParents, "the_parent_follows_the_record_when_it_changes"),
    (Fault::RemovedKeysStay, "a_removed_id_can_be_put_again"),
    (Fault::ReadsOneCommitBehind, "every_later_call_sees_a_commit"),
    (Fault::FoldsSalonCase, "salon_ids_are_compared_whole_and_exactly"),
    (Fault::FoldsSalonWidth, "salon_ids_are_compared_whole_and_exactly"),
    (Fault::OneLogForAllSalons, "salons_do_not_see_each_other"),
    (Fault::OneLogForAllSalons, "salons_advance_apart"),
    (Fault::OneLogForAllSalons, "wildcards_and_quotes_in_salon_ids_are_ordinary_characters"),
    (Fault::NormalisesText, "texts_are_not_normalised"),
    (Fault::NormalisesText, "bodies_come_back_byte_for_byte"),
    (Fault::TruncatesBodies, "a_megabyte_comes_back"),
    (Fault::DropsNul, "bodies_come_back_byte_for_byte"),
    (Fault::ReplacesLineSeparators, "bodies_come_back_byte_for_byte"),
    (Fault::CutsLongIds, "the_longest_ids_are_kept"),
    (Fault::FoldsIdCase, "ids_are_compared_whole_and_exactly"),
    (Fault::IgnoresKindInIds, "ids_of_different_kinds_do_not_mix"),
    (Fault::IgnoresKindInParents, "parent_reads_do_not_see_other_kinds"),
    (Fault::IgnoresKindInKeys, "key_reads_do_not_see_other_kinds"),
    (Fault::LikeKeys, "wildcards_in_keys_are_ordinary_characters"),
    (Fault::PrefixParents, "parents_are_compared_whole"),
    (Fault::FoldsKeyCase, "keys_are_compared_whole_and_exactly"),
    (Fault::OneRecordPerKey, "key_reads_find_every_record_with_the_key"),
    (Fault::ChildrenInOrderOfEntry, "parent_reads_find_every_child_in_order_of_id"),
    (Fault::SortsReads, "load_answers_every_read_in_order"),
    (Fault::AnswersRepeatedReadsOnce, "the_same_read_twice_is_answered_twice"),
    (Fault::LeavesOutEmptyReads, "reads_that_find_nothing_get_empty_lists"),
    (Fault::AtMostAHundredReads, "five_hundred_reads_are_answered_at_once"),
    (Fault::ScanIncludesAfter, "scan_pages_cover_every_record_once"),
    (Fault::ScanSkipsOne, "scan_pages_cover_every_record_once"),
    (Fault::ScanIgnoresAfter, "scan_pages_cover_every_record_once"),
    (Fault::ScanIgnoresLimit, "scan_pages_cover_every_record_once"),
    (Fault::ScanInLocaleOrder, "ids_compare_as_text_not_locale"),
    (Fault::ScanNeedsTheIdToBeThere, "scan_starts_after_an_id_that_is_gone"),
    (Fault::ScanSeesEveryKind, "scan_sees_one_kind_only"),
    (Fault::ScanHeadIsOld, "load_scan_and_changes_agree_on_the_head"),
    (Fault::ChangesIncludeSince, "changes_begin_after_since_and_end_at_the_limit"),
    (Fault::ChangesIncludeSince, "changes_after_the_end_are_none"),
    (Fault::ChangesIgnoreLimit, "changes_begin_after_since_and_end_at_the_limit"),
    (Fault::ChangesNewestFirst, "changes_come_in_order"),
    (Fault::TrimsEntries, "entries_come_back_byte_for_byte"),
    (Fault::HeadHashOfTheFirst, "the_head_names_the_last_entrys_hash"),
    (Fault::EmptyHeadHasNoHash, "an_empty_salon_stands_at_zero"),
    (Fault::ReadsOneCommitBehind, "a_load_of_nothing_tells_the_head"),
    (Fault::LosesTheReplyOfCommits, "put_replaces_the_record"),
    (Fault::AlwaysConflicts, "no_writer_starves"),
    (Fault::AppendsTwice, "the_head_names_the_last_entrys_hash"),
    (Fault::AppliesHalfABatch, "a_refused_batch_leaves_nothing_behind"),
    (Fault::LosesReceipts, "a_fault_after_any_call_of_a_booking_is_all_or_nothing"),
    (Fault::LosesReceipts, "a_fault_after_any_call_of_a_merge_is_all_or_nothing"),
    (Fault::LosesReceipts, "a_ledger_kept_here_passes_its_own_check"),
    (Fault::CutsTheIndex, "an_index_comes_back_as_it_was_last_given_or_not_at_all"),
    (Fault::KeepsTheFirstIndex, "an_index_comes_back_as_it_was_last_given_or_not_at_all"),
    (Fault::OneIndexForAllSalons, "salons_do_not_see_each_others_index"),
    (Fault::KeepingAnIndexAppends, "keeping_an_index_appends_nothing"),
    (Fault::KeepsTheIndexOfTheErased, "an_erasure_takes_the_index_along"),
    (Fault::OneLogForAllSalons, "a_fault_before_any_call_of_a_booking_is_all_or_nothing"),
    (Fault::OneLogForAllSalons, "a_fault_before_any_call_of_a_merge_is_all_or_nothing"),
];

#[test]
fn a_store_that_breaks_a_promise_is_caught_by_the_check_of_that_promise() {
    let missed: Vec<String> = CAUGHT
        .iter()
        .filter(|(fault, check)| {
            let results = over_json(&mut Naive::with(*fault), Suite::of("broken", &[check]).unwrap());
            results.len() != 1 || results.iter().any(|result| result.passed || result.detail.is_none())
        })
        .map(|(fault, check)| format!("{fault:?} is not caught by {check}"))
        .collect();
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn every_check_can_fail() {
    let never: Vec<&&str> = NAMES.iter().filter(|name| !CAUGHT.iter().any(|(_, check)| check == *name)).collect();
    assert_eq!(never, Vec::<&&str>::new(), "no broken store turns these red");
}

#[test]
fn a_store_that_speaks_nonsense_fails_every_check_and_breaks_nothing() {
    let results = over_json(&mut Naive::with(Fault::SpeaksNonsense), Suite::new("nonsense").unwrap());
    assert_eq!(results.len(), NAMES.len());
    assert!(results.iter().all(|result| !result.passed && result.detail.is_some()));
}

/// Overlays as a ledger uses them: one for each salon.
#[derive(Default)]
struct PerSalon(std::sync::Mutex<std::collections::BTreeMap<daicho::SalonId, std::sync::Arc<Overlay<MemoryStore>>>>);

impl PerSalon {
    fn of(&self, salon: &daicho::SalonId) -> std::sync::Arc<Overlay<MemoryStore>> {
        std::sync::Arc::clone(
            self.0.lock().unwrap().entry(salon.clone()).or_insert_with(|| std::sync::Arc::new(Overlay::new(MemoryStore::new()))),
        )
    }
}

impl daicho::Store for PerSalon {
    fn load(&self, salon: &daicho::SalonId, reads: &[daicho::log::Read]) -> Result<daicho::store::Loaded, daicho::error::StoreError> {
        self.of(salon).load(salon, reads)
    }
    fn scan(
        &self,
        salon: &daicho::SalonId,
        kind: daicho::Kind,
        after: Option<&str>,
        limit: u32,
    ) -> Result<daicho::store::Page, daicho::error::StoreError> {
        self.of(salon).scan(salon, kind, after, limit)
    }
    fn changes(&self, salon: &daicho::SalonId, since: u32, limit: u32) -> Result<Vec<daicho::log::Entry>, daicho::error::StoreError> {
        self.of(salon).changes(salon, since, limit)
    }
    fn commit(&self, salon: &daicho::SalonId, batch: &daicho::store::Batch) -> Result<(), daicho::error::StoreError> {
        self.of(salon).commit(salon, batch)
    }
}
