//! The index as one block: a cold start reads it instead of every record, and is where any other start would be.
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use daicho::error::StoreError;
use daicho::log::{Entry, Read};
use daicho::search::Index;
use daicho::store::{Ask, Batch, Loaded, Page, Step, Steps, answer, run};
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

fn salon() -> SalonId {
    id("salon-1")
}

fn built<S: Store>(store: &S) -> Index {
    run(store, &salon(), Steps::new(|port| async move { Index::build(&port).await })).unwrap().unwrap()
}

fn recalled<S: Store>(store: &S) -> Option<Index> {
    run(store, &salon(), Steps::new(|port| async move { Index::recalled(&port).await })).unwrap().unwrap()
}

fn block<S: Store>(store: &S) -> Vec<u8> {
    built(store).block(&store.load(&salon(), &[]).unwrap().head.hash).unwrap()
}

fn keep<S: Store>(store: &S) {
    store.keep_index(&salon(), &block(store)).unwrap();
}

/// A store that counts the pages of customers it is asked for, and the blocks it is given.
struct Counting {
    store: Shared,
    scans: AtomicU32,
    kept: AtomicU32,
}

impl Counting {
    fn over(store: &Shared) -> Self {
        Self { store: Arc::clone(store), scans: AtomicU32::new(0), kept: AtomicU32::new(0) }
    }
}

impl Store for Counting {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.store.load(salon, reads)
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.scans.fetch_add(u32::from(kind == Kind::Customer), Ordering::Relaxed);
        self.store.scan(salon, kind, after, limit)
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.store.changes(salon, since, limit)
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.store.commit(salon, batch)
    }
    fn index(&self, salon: &SalonId) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.index(salon)
    }
    fn keep_index(&self, salon: &SalonId, block: &[u8]) -> Result<(), StoreError> {
        self.kept.fetch_add(1, Ordering::Relaxed);
        self.store.keep_index(salon, block)
    }
}

#[test]
fn s13_a_cold_start_reads_the_block_and_not_every_record() {
    let store = Shared::default();
    let desk = Desk::over(Arc::clone(&store));
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let template = kept(&desk, who);
    let customer = |n: u32| Customer { id: CustomerId::from_ordinal(n), number: n, ..template.clone() };
    plant(&*store, (2..5_000).map(|n| customer(n).into()).collect(), vec![]);
    let open = || Ledger::open(Counting::over(&store), salon());
    let total = |ledger: &Ledger<Counting>| ledger.search(&SearchCustomers::default(), &desk.actor, MORNING).unwrap().total;
    let scans = |ledger: &Ledger<Counting>| ledger.store().scans.load(Ordering::Relaxed);
    let (first, second) = (open(), open());
    assert_eq!((total(&first), scans(&first)), (4_999, 5), "nothing was kept yet");
    plant(&*store, vec![customer(5_000).into()], vec![(Kind::Customer, "c7".to_owned()), (Kind::Customer, "c8".to_owned())]);
    assert_eq!((total(&second), scans(&second)), (4_998, 0), "the block, and what happened since");
    assert_eq!((total(&first), scans(&first)), (4_998, 5));
    assert_eq!(everything(&second), everything(&first));
}

#[test]
fn s13_another_block_is_kept_when_a_sixteenth_changed_and_none_by_whoever_is_not_to() {
    let store = Shared::default();
    let desk = Desk::over(Arc::clone(&store));
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let template = kept(&desk, who);
    let plant = |ordinals: core::ops::Range<u32>, number: u32| {
        let customer = |n| Customer { id: CustomerId::from_ordinal(n), number: number + n, ..template.clone() }.into();
        plant(&*store, ordinals.map(customer).collect(), vec![]);
    };
    let search = SearchCustomers { page_size: Some(1), ..SearchCustomers::default() };
    let kept = |ledger: &Ledger<Counting>| {
        ledger.search(&search, &desk.actor, MORNING).unwrap();
        ledger.store().kept.load(Ordering::Relaxed)
    };
    plant(2..80_001, 0);
    let (ledger, forgetful) =
        (Ledger::open(Counting::over(&store), salon()), Ledger::open(Counting::over(&store), salon()).keeping_no_index());
    assert_eq!((kept(&forgetful), kept(&ledger)), (0, 1), "all of it is new");
    plant(2..4_902, 100_000);
    assert_eq!(kept(&ledger), 1, "a busy day, but little of a large salon");
    plant(4_902..5_102, 100_000);
    assert_eq!(kept(&ledger), 2);
    assert_eq!(kept(&ledger), 2);
    assert_eq!(kept(&forgetful), 0);
    // Nothing is kept of what never happens.
    store.keep_index(&salon(), &[]).unwrap();
    let asks = |session: &Session| asks_to_keep(&store, session.search(&search, &desk.actor, MORNING));
    assert!(asks(&Session::new(salon()).keeping_its_index()));
    assert!(!asks(ledger.rehearsal().session()));
}

// Whether work would have the store keep a block.
fn asks_to_keep<T>(store: &MemoryStore, mut steps: Steps<'_, T>) -> bool {
    let mut reply = None;
    loop {
        match steps.next(reply).unwrap() {
            Step::Done(_) => return false,
            Step::Ask(Ask::KeepIndex { .. }) => return true,
            Step::Ask(ask) => reply = Some(answer(store, &salon(), &ask)),
        }
    }
}

#[test]
fn s13_a_block_that_is_damaged_or_of_another_log_is_not_taken() {
    let (store, other) = (Shared::default(), Shared::default());
    let desk = Desk::over(Arc::clone(&store));
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let early = block(&store);
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    assert!(recalled(&store).is_none(), "none was kept");
    let whole = block(&store);
    let take = |block: &[u8]| {
        store.keep_index(&salon(), block).unwrap();
        recalled(&store)
    };
    assert!(take(&whole).is_some_and(|index| index == built(&store)));
    assert!(take(&early).is_some_and(|index| index == built(&store)), "brought up to where the log stands");
    for place in (0..whole.len()).step_by(7).chain([0, 15, 19, 20, 83, 84, 147, 148, whole.len() - 1]) {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        assert!(take(&damaged).is_none(), "byte {place}");
        assert!(take(&whole[..place]).is_none(), "cut at byte {place}");
    }
    // Another salon's history of the same length, and a backup from before.
    let desk = Desk::over(Arc::clone(&other));
    for phone in ["03-1234-0001", "03-1234-0002"] {
        desk.register(hanako(phone, "other@example.jp")).unwrap();
    }
    assert!(take(&block(&other)).is_none());
    let backup = Shared::default();
    plant(&*backup, vec![Settings::default().into()], vec![]);
    backup.keep_index(&salon(), &whole).unwrap();
    assert!(recalled(&backup).is_none(), "the log does not reach there");
}

#[test]
fn s13_a_calendar_changed_since_makes_the_index_anew() {
    let store = Shared::default();
    let desk = Desk::over(Arc::clone(&store));
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, who, MORNING, 1100).unwrap();
    keep(&store);
    let settings = desk.ask(GetSettings {}).unwrap();
    let calendar = Calendar { day_starts_minutes: 1_439, ..settings.calendar };
    desk.run(ConfigureSalon { settings: Settings { calendar, ..settings } }).unwrap();
    assert!(recalled(&store).is_none());
    assert_eq!(row(&desk, who).last_visit, row(&Desk::over(Arc::clone(&store)), who).last_visit);
}

#[test]
fn another_layout_needs_another_number() {
    let store = Shared::default();
    let desk = Desk::over(Arc::clone(&store));
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, who, MORNING, 1100).unwrap();
    let bulk = &block(&store)[148..];
    // FNV-1a. When this fails the layout changed: count FORMAT up in core/src/search/block.rs, and put in here what the test found.
    let digest = bulk.iter().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    assert_eq!((block(&store)[..15].to_vec(), bulk.len(), digest), (b"daicho index 8\n".to_vec(), 11_433, 3_043_600_373));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn s13_a_block_kept_at_any_time_leads_to_where_a_new_index_is(before in deeds(30), after in deeds(30)) {
        let store = Shared::default();
        let desk = Desk::over(Arc::clone(&store));
        lived(&desk, &[]);
        for deed in before {
            perform(&desk, &deed);
        }
        keep(&store);
        let moved = after.iter().fold(false, |moved, deed| moved | (perform(&desk, deed) && matches!(deed, Deed::Calendar { .. })));
        match recalled(&store) {
            Some(index) => prop_assert!(index == built(&store)),
            None => prop_assert!(moved, "only another calendar is a reason"),
        }
    }
}
