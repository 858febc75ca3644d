//! The walks themselves, and the proof that they can fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use daicho::{Ledger, MemoryStore};
use daicho_sqlite::SqliteStore;
use daicho_tests::id;

use super::commands::history;
use super::model::Flaw;
use super::shrink::shrink;
use super::walk::{Divergence, History, Seen, walk};

/// How many devices a salon has.
const DEVICES: usize = 3;

/// What happens in every sixty histories, or the walk is not the one it was.
const COVERED: [&str; 71] = [
    "Register",
    "Book",
    "Reschedule",
    "SavePlan",
    "CheckOut",
    "Void",
    "Extend",
    "AdjustTicket",
    "AdjustPoints",
    "AddVisit",
    "EditVisit",
    "RemoveVisit",
    "SetLastVisit",
    "AddListing",
    "RemoveListing",
    "Merge",
    "Unmerge",
    "Configure",
    "again",
    "Move Confirm",
    "Move ChoosePrepayment",
    "Move PayPrepayment",
    "Move RefundPrepayment",
    "Move Visit",
    "Move UndoVisit",
    "Move CancelByCustomer",
    "Move CancelByShop",
    "Move NoShow",
    "Move PayFee",
    "Move WaiveFee",
    "Move EnteredInError",
    "Move NoShow booking.too_early",
    "Move Visit booking.not_allowed",
    "Move Visit booking.visit_too_early",
    "Move CancelByCustomer booking.not_found",
    "Move PayFee booking.amount",
    "Book booking.unavailable",
    "Book booking.in_past",
    "Reschedule booking.started",
    "Book booking.blacklisted",
    "Book booking.unpaid_fee",
    "Book booking.prepayment_off",
    "Book access.not_yours",
    "Book customer.not_active",
    "Book ticket.expired",
    "Book ticket.none_fits",
    "Book ticket.not_owner",
    "Book ticket.not_enough",
    "Reschedule ticket.expired",
    "CheckOut points.too_many",
    "CheckOut ticket.not_paid",
    "CheckOut sale.payment",
    "Void sale.ticket_used",
    "Extend ticket.too_late",
    "AdjustTicket ticket.not_enough",
    "SetLastVisit visit.later_visit",
    "AddVisit visit.not_visited",
    "Merge merge.moved",
    "Merge merge.name_mismatch",
    "Unmerge merge.no_undo",
    "Withdraw",
    "Withdraw customer.future_reservations",
    "Delete",
    "Delete customer.has_history",
    "Erase",
    "Erase customer.open_reservations",
    "state CancelledByCustomer { late: true } - Due",
    "state CancelledByCustomer { late: true } Kept -",
    "state NoShow - Due",
    "state used up without a visit",
    "state entered in error after a fee was taken",
];

pub(super) fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn in_memory(history: &History, flaw: Option<Flaw>, log: Option<&mut Vec<String>>) -> Result<Seen, Divergence> {
    let store = Arc::new(MemoryStore::new());
    let devices: Vec<_> = (0..DEVICES).map(|_| Ledger::open(Arc::clone(&store), id("salon-1"))).collect();
    walk(&devices, history, flaw, log)
}

/// A directory that goes when the walk ends.
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

// Every device opens the file for itself.
fn on_a_file(history: &History, log: Option<&mut Vec<String>>) -> Result<Seen, Divergence> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("history-{}-{}", history.seed, std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    let place = Place(path);
    let open = || SqliteStore::open(place.0.join("salon")).unwrap();
    let devices: Vec<_> = (0..DEVICES).map(|_| Ledger::open(open(), id("salon-1"))).collect();
    walk(&devices, history, None, log)
}

// The shortest history that still diverges, its commands and the first difference.
fn told(seed: u64, file: bool, found: Divergence, whole: &History) -> String {
    // In memory it goes a hundred times faster; mostly the store does not matter.
    let file = file && in_memory(whole, None, None).is_ok();
    let run = |history: &History, log: Option<&mut Vec<String>>| if file { on_a_file(history, log) } else { in_memory(history, None, log) };
    let (short, last) = shrink(whole, found, &mut |history| run(history, None).err());
    let mut log = Vec::new();
    let again = run(&short, Some(&mut log)).err();
    let mut text = format!("seed {seed}{}: {} of {} commands\n", if file { " on SQLite" } else { "" }, short.ops.len(), whole.ops.len());
    for line in log {
        let _ = writeln!(text, "  {line}");
    }
    let _ = writeln!(text, "{}", again.unwrap_or(last).what);
    text
}

#[test]
fn n10_the_library_and_the_reference_model_walk_the_same_histories() {
    let (count, first) = (number("DAICHO_HISTORIES", 60), number("DAICHO_SEED", 1));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut done, mut refused) = (0, 0);
    let mut differences = Vec::new();
    for seed in first..first + count {
        let (whole, file) = (History { seed, ops: history(seed) }, seed % 10 == 0);
        assert!(whole.ops.len() >= 100);
        let said = if file { on_a_file(&whole, None) } else { in_memory(&whole, None, None) };
        match said {
            Ok(seen) => {
                (done, refused) = (done + seen.done, refused + seen.refused);
                seen.counts.into_iter().for_each(|(name, count)| *counts.entry(name).or_default() += count);
            }
            Err(found) => differences.push(told(seed, file, found, &whole)),
        }
        // A few tell enough.
        if differences.len() >= 3 {
            break;
        }
    }
    println!("{count} histories: {done} commands done, {refused} refused\n{counts:#?}");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    if count >= 60 {
        let never: Vec<&&str> = COVERED.iter().filter(|name| !counts.contains_key(**name)).collect();
        assert!(never.is_empty(), "never seen: {never:?}");
    }
}

// Mistakes that a library could make are made in the model instead: to the walk it is the same which of the two is wrong.
#[test]
fn n10_the_walk_finds_what_a_library_could_do_wrong() {
    let flaws = [
        Flaw::ShopCancelsCount,
        Flaw::FeeOfZeroIsDue,
        Flaw::DeadlineIsLate,
        Flaw::LateRescheduleMovesDeadline,
        Flaw::PolicyOfToday,
        Flaw::TentativesOverlap,
        Flaw::TiedVisitsCount,
        Flaw::TentativesCount,
        Flaw::LastMenusOfTheFirstVisit,
        Flaw::TodayIsNoDay,
        Flaw::AmountAsBooked,
        Flaw::TicketsExpireADayEarly,
        Flaw::CancelsConsume,
        Flaw::OldestTicketFirst,
        Flaw::PrepaymentTakesAll,
        Flaw::ComeBackExpired,
        Flaw::OffSettlesNothing,
        Flaw::PointsNeverExpire,
        Flaw::UndoKeepsPoints,
        Flaw::TaxByLine,
        Flaw::PrepaymentPaysTwice,
        Flaw::DuesDoNotBlock,
        Flaw::TicketsDoNotMove,
        Flaw::PastAsKnownToday,
        Flaw::KeysAreForgotten,
        Flaw::WithdrawalCancelsNothing,
        Flaw::ErasureForgivesDues,
        Flaw::HistoryIsDeleted,
    ];
    for flaw in flaws {
        let found = (1..=60_u64).find_map(|seed| {
            let whole = History { seed, ops: history(seed) };
            in_memory(&whole, Some(flaw), None).err().map(|found| (seed, found, whole))
        });
        let (seed, found, whole) = found.unwrap_or_else(|| panic!("{flaw:?} walks through sixty histories unseen"));
        println!("{flaw:?}: seed {seed}, step {} of {}", found.step, whole.ops.len());
    }
}

#[test]
fn n10_what_differs_is_told_in_a_few_commands() {
    let flaw = Some(Flaw::DuesDoNotBlock);
    let whole = History { seed: 1, ops: history(1) };
    let found = in_memory(&whole, flaw, None).err().unwrap();
    let (short, last) = shrink(&whole, found, &mut |history| in_memory(history, flaw, None).err());
    assert!(short.ops.len() <= 10, "{} of {} commands: {}", short.ops.len(), whole.ops.len(), last.what);
    assert_eq!(in_memory(&short, flaw, None).err().unwrap().what, last.what, "the same every time");
}
