//! A4: what is personal is in answers and nowhere else. Canaries stand in every text that the library takes or keeps; every operation is run, on every way it can end
//! that is known here; and all that a program could print, log or throw on is looked through.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, in the functions its tests share too"
)]

use std::collections::BTreeSet;

mod inputs;
mod operations;
mod runs;
mod stores;
mod types;

use operations::{OPERATIONS, printed_as};
use types::Types;

/// Texts that may be printed, since they are nobody's: the salon's own words, the library's, the host's.
const NOBODYS: &[&str] = &[
    // The library's words: what it found, what it calls things, its sentences for people, places in a list.
    "Breach.detail",
    "Breach.id",
    "Breach.kind",
    "Breach.rule",
    "CellProblem.code",
    "CellProblem.field",
    "CellProblem.reason",
    "Completion.text",
    "CustomerPage.cursor",
    "DuplicatePage.cursor",
    "ErasedPage.cursor",
    "ExportPage.cursor",
    "ExportPage.heading",
    "ExportReservations.cursor",
    "ExportTickets.cursor",
    "FoundCustomers.cursor",
    "Gate.publicMessage",
    "JournalChange.id",
    "JournalEntry.command",
    "JournalField.field",
    "ListDuplicates.cursor",
    "ListErased.cursor",
    "ListListed.cursor",
    "ListPhoneRegistrations.cursor",
    "ListReservations.cursor",
    "ListTickets.cursor",
    "ListUnresolved.cursor",
    "ListWithdrawn.cursor",
    "ListedPage.cursor",
    "MergeCustomers.fingerprint",
    "MergeCustomers.fromSource",
    "MergePreview.fingerprint",
    "MergeRow.summary",
    "OfferedLabel.japanese",
    "PackedCustomers.cursor",
    "PreviewMerge.fromSource",
    "Recipe.english",
    "Recipe.japanese",
    "ReservationPage.cursor",
    "RowResult.filled",
    "SearchField.english",
    "SearchField.japanese",
    "SearchField.operators",
    "SearchValue.english",
    "SearchValue.japanese",
    "Signal.text",
    "TicketPage.cursor",
    "Unmerged.kept",
    "WithdrawnPage.cursor",
    // The salon's: its name, its catalogue, its categories.
    "CustomerFigures.category",
    "Issuer.name",
    "Issuer.registrationNumber",
    "LostTicket.name",
    "Settings.channels",
    "Settings.placeholderDomain",
    "TicketHolder.name",
    "TicketTerms.name",
    "VisitCategory.name",
    // The host's.
    "FollowSegments.follower",
];

#[test]
fn a4_no_type_of_any_operation_prints_a_text_that_can_be_somebodys() {
    let types = Types::read();
    let (mut printed, mut canaries, mut stale) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for name in OPERATIONS.iter().flat_map(|operation| [operation.input, operation.output]) {
        let mut turn = 0;
        loop {
            // Declarations that are older than the code are `cargo xtask snapshot`'s to find; where all is tested together there are none.
            let Some((value, filled)) = types.fill(name, turn) else {
                stale.insert(name.to_owned());
                break;
            };
            let shown = match printed_as(name, value) {
                Ok(shown) => shown,
                Err(error) => {
                    stale.insert(format!("{name}: {error}"));
                    break;
                }
            };
            for (canary, place) in &filled.canaries {
                if shown.contains(canary.as_str()) {
                    printed.insert(place.clone());
                }
                canaries.insert(place.clone());
            }
            assert!(!shown.contains("1955"), "{name} prints a birthday: {shown}");
            turn += 1;
            if turn >= filled.turns {
                break;
            }
        }
    }
    println!("not as it is declared: {stale:?}");
    assert!(stale.is_empty() || std::env::var_os("DAICHO_FACES").is_none(), "`cargo xtask snapshot`: {stale:?}");
    let nobodys: BTreeSet<String> = NOBODYS.iter().map(|&place| place.to_owned()).collect();
    assert_eq!(printed.difference(&nobodys).collect::<Vec<_>>(), Vec::<&String>::new(), "printed, and somebody's");
    assert!(
        !stale.is_empty() || nobodys.is_subset(&printed),
        "not printed any more: {:?}",
        nobodys.difference(&printed).collect::<Vec<_>>()
    );
    assert!(canaries.len() >= 40, "{canaries:?}");
}
