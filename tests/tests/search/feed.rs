//! The index stands where the log stands, however it came there: its own commits, others', or built from nothing in the middle of them.
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use daicho::error::StoreError;
use daicho::log::{Entry, Read};
use daicho::search::Index;
use daicho::store::{Batch, Loaded, Page, Steps, run};
use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

fn fresh<S: Store>(store: S) -> Ledger<S> {
    Ledger::open(store, id("salon-1"))
}

fn built<S: Store>(store: &S) -> Index {
    run(store, &id("salon-1"), Steps::new(|port| async move { Index::build(&port).await })).unwrap().unwrap()
}

type Meddling = Box<dyn FnOnce(&MemoryStore) + Send>;

/// A store in which somebody else commits right after a scan, a read of the log or a load was answered.
struct Meddled {
    store: Shared,
    scans: Mutex<VecDeque<Option<Meddling>>>,
    changes: Mutex<VecDeque<Option<Meddling>>>,
    always: Option<fn(&MemoryStore)>,
}

impl Meddled {
    fn new(store: &Shared) -> Self {
        Self { store: Arc::clone(store), scans: Mutex::default(), changes: Mutex::default(), always: None }
    }
    fn meddle(&self, queue: &Mutex<VecDeque<Option<Meddling>>>) {
        let deed = queue.lock().unwrap().pop_front().flatten();
        if let Some(deed) = deed {
            deed(&self.store);
        }
    }
}

impl Store for Meddled {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.store.load(salon, reads)
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        let page = self.store.scan(salon, kind, after, limit);
        self.meddle(&self.scans);
        page
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let entries = self.store.changes(salon, since, limit);
        self.meddle(&self.changes);
        if let Some(always) = self.always {
            always(&self.store);
        }
        entries
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        self.store.commit(salon, batch)
    }
}

fn another_desk(store: &Shared, actor: &str) -> Desk<Shared> {
    let mut desk = Desk::over(Arc::clone(store));
    desk.actor = Actor::new(id(actor), Role::Manager);
    desk
}

#[test]
fn s13_another_devices_commits_are_seen_by_the_next_search() {
    let store = Shared::default();
    let (here, there) = (another_desk(&store, "here"), another_desk(&store, "there"));
    assert!(found(&here, Criteria::default()).is_empty());
    let a = there.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    // Not the next entry of this index: it must not be taken in over the gap.
    let b = here.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&there, b, MORNING, 1100).unwrap();
    assert_eq!(found(&here, Criteria::default()), [a, b]);
    assert_eq!(found(&there, Criteria::default()), [a, b]);
    assert_eq!(row(&here, b).visits, 1);
    merge(&there, a, b).unwrap();
    assert_eq!(found(&here, by_number("1")), [b]);
    assert_eq!(everything(&here.ledger), everything(&fresh(Arc::clone(&store))));
}

#[test]
fn s13_a_long_absence_is_caught_up_with_page_by_page() {
    let store = Shared::default();
    let (here, there) = (another_desk(&store, "here"), another_desk(&store, "there"));
    let who = there.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    assert_eq!(found(&here, Criteria::default()), [who]);
    let template = kept(&there, who);
    // More entries than one page of the log; the last ones change and remove what the first ones made.
    for n in 2..2_050_u32 {
        plant(
            &*store,
            vec![Customer { id: CustomerId::from_ordinal(n % 1_000 + 2), number: n % 1_000 + 2, version: n, ..template.clone() }.into()],
            vec![],
        );
    }
    plant(&*store, vec![], vec![(Kind::Customer, "c7".to_owned())]);
    let page = here.ledger.search(&SearchCustomers::default(), &here.actor, MORNING).unwrap();
    assert_eq!((page.total, page.sequence), (1_000, 2_050));
    assert_eq!(everything(&here.ledger), everything(&fresh(Arc::clone(&store))));
}

#[test]
fn s13_an_index_built_while_others_commit_is_as_of_one_place() {
    let store = Shared::default();
    let desk = another_desk(&store, "desk");
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let template = kept(&desk, who);
    // Three pages of customers. In order of id as text c10 comes before c2.
    let customer = |n: u32| Customer { id: CustomerId::from_ordinal(n), number: n, ..template.clone() };
    plant(&*store, (20..2_500).map(|n| customer(n).into()).collect(), vec![]);
    let reservation = visit(&desk, who, MORNING, 1100).unwrap();
    let listing = desk.run(AddListing { customer: who, list: ListKind::Watch, memo: "一".into() }).unwrap().listing;
    let meddled = Meddled::new(&store);
    let put = |records: Vec<Record>| -> Option<Meddling> { Some(Box::new(move |store: &MemoryStore| plant(store, records, vec![]))) };
    let gone = |kind, id: String| -> Option<Meddling> { Some(Box::new(move |store: &MemoryStore| plant(store, vec![], vec![(kind, id)]))) };
    // After the settings, then after each page of customers: somebody new before the cursor, somebody changed, somebody gone.
    *meddled.scans.lock().unwrap() = VecDeque::from([
        put(vec![Settings { calendar: Calendar { utc_offset_minutes: 0, day_starts_minutes: 0 }, ..Settings::default() }.into()]),
        put(vec![customer(10).into(), Customer { family_name: "鈴木".into(), ..customer(20) }.into()]),
        gone(Kind::Customer, "c21".into()),
        put(vec![customer(11).into()]),
        gone(Kind::Reservation, reservation.to_string()),
        gone(Kind::Listing, listing.to_string()),
    ]);
    // And once more between the read of the log and the load, with a record of its own.
    *meddled.changes.lock().unwrap() = VecDeque::from([put(vec![customer(12).into()])]);
    let index = built(&meddled);
    assert_eq!(index.sequence(), store.load(&id("salon-1"), &[]).unwrap().head.sequence);
    assert!(meddled.scans.lock().unwrap().is_empty() && meddled.changes.lock().unwrap().is_empty());
    assert!(index == built(&store), "as built in peace");
    let ledger = fresh(Arc::clone(&store));
    let search = SearchCustomers { criteria: by_number("12"), ..SearchCustomers::default() };
    assert_eq!(ledger.search(&search, &desk.actor, MORNING).unwrap().total, 1);
}

#[test]
fn s13_news_is_taken_in_only_where_it_was_asked_for() {
    let store = Shared::default();
    let desk = another_desk(&store, "desk");
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let news =
        |since| run(&store, &id("salon-1"), Steps::new(move |port| async move { Index::news(&port, since).await })).unwrap().unwrap();
    let mut index = Index::default();
    let (first, again) = (news(0), news(0));
    assert!(index.apply(first));
    assert_eq!(index.sequence(), 1);
    assert!(!index.apply(again), "taken in twice");
    assert!(index == built(&store));
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    assert!(!Index::default().apply(news(1)), "with a gap before it");
    assert!(index.apply(news(1)) && index == built(&store));
    assert!(index.apply(news(2)), "nothing new is news too");
    assert_eq!(index.sequence(), 2);
}

#[test]
fn s13_a_log_that_never_stands_still_ends_in_a_retryable_error() {
    let store = Shared::default();
    let desk = another_desk(&store, "desk");
    desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    let meddled = Meddled { always: Some(|store| plant(store, vec![Settings::default().into()], vec![])), ..Meddled::new(&store) };
    let ledger = fresh(&meddled);
    // Built in peace, as nothing moves during the scan; the catching up before the answer then never ends.
    let error = ledger.search(&SearchCustomers::default(), &desk.actor, MORNING).map(|page| page.total);
    match error {
        Err(error) => assert_eq!((error.code(), error.is_retryable()), ("ledger.too_many_conflicts", true)),
        Ok(total) => assert_eq!(total, 1, "the log was read to its end before it moved"),
    }
    let error = ledger.search(&SearchCustomers::default(), &desk.actor, MORNING).unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("ledger.too_many_conflicts", true));
}

#[test]
fn a1_a_log_with_a_gap_or_an_unreadable_entry_is_not_searched_over() {
    struct Broken(MemoryStore, fn(&mut Vec<Entry>));
    impl Store for Broken {
        fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
            self.0.load(salon, reads)
        }
        fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
            self.0.scan(salon, kind, after, limit)
        }
        fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
            let mut entries = self.0.changes(salon, since, limit)?;
            (self.1)(&mut entries);
            Ok(entries)
        }
        fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
            self.0.commit(salon, batch)
        }
    }
    let breaks: [fn(&mut Vec<Entry>); 2] = [|entries| drop(entries.remove(0)), |entries| entries[0].body = "{\"at\":\"山田\"}".into()];
    for damage in breaks {
        let desk = Desk::over(Broken(MemoryStore::new(), damage));
        for _ in 0..2 {
            desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
        }
        let since_0 = Steps::new(|port| async move { Index::news(&port, 0).await });
        let error = run(desk.ledger.store(), &id("salon-1"), since_0).unwrap().unwrap_err();
        assert_eq!(error.code(), "store.corrupt");
        assert!(!error.to_string().contains("山田"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn s13_own_commits_others_commits_and_a_new_index_all_say_the_same(deeds in prop::collection::vec((deed(), 0..4_u8), 1..45)) {
        let store = Shared::default();
        let (here, there) = (another_desk(&store, "here"), another_desk(&store, "there"));
        lived(&here, &[]);
        everything(&here.ledger);
        for (deed, luck) in deeds {
            // Most deeds are done here, so that this index is mostly fed by its own commits and that one mostly by news.
            perform(if luck == 0 { &there } else { &here }, &deed);
            if luck == 1 {
                prop_assert_eq!(everything(&here.ledger), everything(&there.ledger));
            }
        }
        let rebuilt = everything(&fresh(Arc::clone(&store)));
        prop_assert_eq!(&everything(&here.ledger), &rebuilt);
        prop_assert_eq!(&everything(&there.ledger), &rebuilt);
    }
}
