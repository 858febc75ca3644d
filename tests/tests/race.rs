//! Eight at once on one file: nothing is lost, and nobody is always last.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

#[path = "crash/child.rs"]
mod child;

use std::cell::Cell;
use std::time::Instant;

use child::{Other, Place, Said, request};
use daicho::error::StoreError;
use daicho::log::{Entry, Read};
use daicho::store::{Batch, Loaded, Page};
use daicho::{EntryPath, Kind, Ledger, RegisterCustomer, SalonId, Store};
use daicho_sqlite::SqliteStore;
use daicho_tests::{hanako, id};

const RACERS: usize = 8;
const COMMANDS: usize = 25;

fn requests(racer: usize) -> Vec<String> {
    let one = |number: usize| {
        let phone = racer * COMMANDS + number;
        let form = hanako(&format!("090-0000-{phone:04}"), &format!("hanako-{phone}@example.jp"));
        request(&RegisterCustomer { path: EntryPath::Counter, form, line: None }, &format!("racer-{racer}-{number}"), phone)
    };
    (0..COMMANDS).map(one).collect()
}

/// A store that counts how often others were first.
struct Counting<'s> {
    store: &'s SqliteStore,
    conflicts: Cell<u32>,
}

impl Store for Counting<'_> {
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        self.store.load(salon, reads)
    }
    fn scan(&self, salon: &SalonId, kind: Kind, after: Option<&str>, limit: u32) -> Result<Page, StoreError> {
        self.store.scan(salon, kind, after, limit)
    }
    fn changes(&self, salon: &SalonId, since: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.store.changes(salon, since, limit)
    }
    fn commit(&self, salon: &SalonId, batch: &Batch) -> Result<(), StoreError> {
        let done = self.store.commit(salon, batch);
        if done == Err(StoreError::Conflict) {
            self.conflicts.set(self.conflicts.get() + 1);
        }
        done
    }
}

// Every racer's every command is in the ledger, once.
fn nothing_is_lost(store: &SqliteStore) {
    let all = RACERS * COMMANDS;
    let page = store.scan(&id("salon-1"), Kind::Customer, None, u32::MAX).unwrap();
    assert_eq!((usize::try_from(page.head.sequence).unwrap(), page.records.len()), (all, all));
    let mut numbers: Vec<u32> = page
        .records
        .iter()
        .filter_map(|record| if let daicho::Record::Customer(customer) = &record { Some(customer.number) } else { None })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=u32::try_from(all).unwrap()).collect::<Vec<_>>());
    for racer in 0..RACERS {
        for number in 0..COMMANDS {
            let receipt = Read::Id { kind: Kind::Receipt, id: format!("racer-{racer}-{number}") };
            assert_eq!(store.load(&id("salon-1"), &[receipt]).unwrap().records[0].len(), 1);
        }
    }
    let breaches = Ledger::open(store, id("salon-1")).check().unwrap().breaches;
    assert!(breaches.is_empty(), "{breaches:?}");
}

#[test]
fn m9_eight_threads_on_one_file_lose_nothing_and_none_starves() {
    let place = Place::new("threads");
    let store = SqliteStore::open(place.file("salon")).unwrap();
    let began = Instant::now();
    let most: Vec<u32> = std::thread::scope(|scope| {
        let race = |racer: usize| {
            let store = &store;
            scope.spawn(move || {
                let ledger = Ledger::open(Counting { store, conflicts: Cell::new(0) }, id("salon-1"));
                let mut most = 0;
                for request in requests(racer) {
                    ledger.store().conflicts.set(0);
                    let answer = ledger.call(&request).unwrap();
                    assert!(answer.starts_with("{\"ok\""), "{answer}");
                    most = most.max(ledger.store().conflicts.get() + 1);
                }
                most
            })
        };
        let racers: Vec<_> = (0..RACERS).map(race).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    println!("{} commands of {RACERS} threads in {:?}; the most tries of each: {most:?}", RACERS * COMMANDS, began.elapsed());
    nothing_is_lost(&store);
}

#[test]
fn m9_eight_processes_on_one_file_lose_nothing_and_none_starves() {
    let place = Place::new("processes");
    let file = place.file("salon");
    let start = |racer: usize| {
        let path = place.file(&format!("requests-{racer}"));
        std::fs::write(&path, requests(racer).join("\n")).unwrap();
        Other::start(&file, &path, None)
    };
    let mut racers: Vec<_> = (0..RACERS).map(start).collect();
    let began = Instant::now();
    racers.iter_mut().for_each(Other::begin);
    let follow = |mut other: Other| {
        let mut done = 0;
        loop {
            match other.next() {
                Said::Done(_, answer) => {
                    assert!(answer.get("ok").is_some(), "{answer}");
                    done += 1;
                }
                Said::End => break,
                Said::Begin(_) | Said::Held => {}
            }
        }
        assert!(other.ended_well());
        done
    };
    let done: Vec<usize> = std::thread::scope(|scope| {
        let followers: Vec<_> = racers.into_iter().map(|other| scope.spawn(move || follow(other))).collect();
        followers.into_iter().map(|follower| follower.join().unwrap()).collect()
    });
    println!("{} commands of {RACERS} processes in {:?}", RACERS * COMMANDS, began.elapsed());
    assert_eq!(done, [COMMANDS; RACERS]);
    nothing_is_lost(&SqliteStore::open(&file).unwrap());
}
