//! A3: three salons on one store, their histories mixed at random: each gets, to the byte, what it gets alone.

use daicho::error::StoreError;
use daicho::log::Read;
use daicho::store::{Loaded, Row};
use daicho::{Kind, Ledger, MemoryStore, SalonId, Store};
use daicho_sqlite::SqliteStore;
use daicho_tests::around::{Around, Wrapped};
use daicho_tests::id;

use super::commands::history;
use super::dice::Dice;
use super::tests::number;
use super::walk::{History, Walk};

/// Ids of which one begins as another does.
const SALONS: [&str; 3] = ["salon-1", "salon-10", "salon-1-0"];
/// How many devices a salon has.
const DEVICES: usize = 2;
/// How often a salon's index and figures are compared with its model's.
const EVERY: usize = 40;

/// What a salon was told, command by command, and what the store has of it.
#[derive(PartialEq)]
struct Told {
    answers: Vec<String>,
    kept: Vec<String>,
}

// Walks the histories, a step of one and then a step of another, as the seed says.
fn walked<S: Store>(store: &S, salons: &[(&str, &History)], seed: u64) -> Vec<Told> {
    let devices: Vec<Vec<Ledger<&S>>> =
        salons.iter().map(|(salon, _)| (0..DEVICES).map(|_| Ledger::open(store, id(salon))).collect()).collect();
    let mut answers: Vec<Vec<String>> = vec![Vec::new(); salons.len()];
    let zipped = devices.iter().zip(salons).zip(&mut answers);
    let mut walks: Vec<_> =
        zipped.map(|((devices, (_, history)), log)| (0, *history, Walk::new(devices, history, None, Some(log)))).collect();
    for (_, _, walk) in &mut walks {
        walk.open().unwrap();
    }
    let mut dice = Dice::new(seed);
    loop {
        let under_way: Vec<usize> = (0..walks.len()).filter(|n| walks[*n].0 < walks[*n].1.ops.len()).collect();
        if under_way.is_empty() {
            break;
        }
        let (step, history, walk) = &mut walks[dice.pick(&under_way)];
        *step += 1;
        walk.step(*step, &history.ops[*step - 1]).unwrap();
        if step.is_multiple_of(EVERY) {
            walk.everything().unwrap();
        }
    }
    for (_, _, walk) in &walks {
        walk.everything().unwrap();
        walk.sound().unwrap();
    }
    drop(walks);
    answers.into_iter().zip(salons).map(|(answers, (salon, _))| Told { answers, kept: kept(store, &id(salon)) }).collect()
}

fn kept<S: Store>(store: &S, salon: &SalonId) -> Vec<String> {
    let mut kept = Vec::new();
    for kind in Kind::ALL {
        let records = store.scan(salon, *kind, None, 100_000).unwrap().records;
        kept.extend(records.iter().map(|record| serde_json::to_string(&Row::of(record).unwrap()).unwrap()));
    }
    kept.extend(store.changes(salon, 0, 100_000).unwrap().iter().map(|entry| serde_json::to_string(entry).unwrap()));
    kept
}

// Where two lists first differ.
fn difference(what: &str, alone: &[String], beside: &[String]) -> Option<String> {
    let longest = alone.len().max(beside.len());
    let at = (0..longest).find(|n| alone.get(*n) != beside.get(*n))?;
    Some(format!("{what} {at}\n  alone:  {:?}\n  beside: {:?}", alone.get(at), beside.get(at)))
}

fn differences<S: Store>(seed: u64, store: impl Fn() -> S) -> Vec<String> {
    let histories = [0, 1, 2].map(|n| History { seed: 3 * seed + n, ops: history(3 * seed + n) });
    // Two of them do the very same, under the same keys, ids and names.
    let salons: Vec<(&str, &History)> =
        SALONS.into_iter().zip([&histories[0], &histories[1], &histories[if seed.is_multiple_of(2) { 0 } else { 2 }]]).collect();
    let beside = walked(&store(), &salons, seed);
    let mut found = Vec::new();
    for (salon, beside) in salons.iter().zip(beside) {
        let alone = walked(&store(), &[*salon], seed).remove(0);
        assert!(alone.answers.len() > 50 && alone.kept.len() > 100);
        found.extend(difference("answer", &alone.answers, &beside.answers));
        found.extend(difference("record or entry", &alone.kept, &beside.kept));
    }
    found.into_iter().map(|difference| format!("seed {seed}: {difference}")).collect()
}

#[test]
fn a3_three_salons_interleaved_are_each_told_and_keep_what_they_do_alone() {
    let mut found = Vec::new();
    for seed in 1..=number("DAICHO_SALONS", 6) {
        found.extend(if seed.is_multiple_of(3) {
            differences(seed, || SqliteStore::open_in_memory().unwrap())
        } else {
            differences(seed, MemoryStore::new)
        });
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

// What a store could do wrong: what one salon asks for is found at its neighbour.
struct Leaking(MemoryStore);

impl Around for Leaking {
    type Inner = MemoryStore;

    fn inner(&self) -> &MemoryStore {
        &self.0
    }
    fn load(&self, salon: &SalonId, reads: &[Read]) -> Result<Loaded, StoreError> {
        let mut loaded = self.0.load(salon, reads)?;
        let next_door = self.0.load(&id(SALONS[0]), reads)?;
        for (found, others) in loaded.records.iter_mut().zip(next_door.records) {
            if found.is_empty() {
                *found = others;
            }
        }
        Ok(loaded)
    }
}

#[test]
fn a3_a_store_that_looks_next_door_is_found_out() {
    let found = std::panic::catch_unwind(|| differences(1, || Wrapped(Leaking(MemoryStore::new()))));
    assert!(found.map_or(true, |found| !found.is_empty()));
}
