//! M9, I5: a process is killed in the middle of its work, again and again; what it had acknowledged is there, nothing is half done, and the same
//! commands again end where an uninterrupted run ends.
//!
//! `DAICHO_KILLS` says how often (20; the full run takes 200), `DAICHO_SEED` which kills. Unix only in its meaning: there `kill` is SIGKILL.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

#[path = "crash/child.rs"]
mod child;
#[path = "crash/workload.rs"]
mod workload;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use child::{Other, Place, Said};
use daicho::store::Row;
use daicho::{Kind, Ledger, Store as _};
use daicho_sqlite::SqliteStore;
use daicho_sqlite::rusqlite::Connection;
use daicho_tests::id;
use workload::{Workload, essence, state, workload};

const KINDS: [&str; 3] = ["importRows", "book", "merge"];
const POINTS: [&str; 3] = ["before", "inside", "after"];

/// xorshift: the same kills for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

// What was said of the work, judged: the steps that were begun and those that were acknowledged.
#[derive(Default)]
struct Progress {
    begun: usize,
    done: usize,
}

impl Progress {
    fn note(&mut self, said: &Said, work: &Workload) {
        match said {
            Said::Begin(step) => self.begun = step + 1,
            Said::Done(step, answer) => {
                assert_eq!(essence(answer.clone()), work.steps[*step].answer, "step {step}");
                self.done = step + 1;
            }
            Said::Held | Said::End => {}
        }
    }
}

// The ledger is exactly what so many steps make of it.
fn sound(file: &Path, work: &Workload) -> usize {
    let store = SqliteStore::open(file).unwrap();
    let steps = usize::try_from(store.load(&id("salon-1"), &[]).unwrap().head.sequence).unwrap();
    assert_eq!(state(&store), work.state_after(steps), "after {steps} steps");
    let ledger = Ledger::open(&store, id("salon-1"));
    let breaches = ledger.check().unwrap().breaches;
    assert!(breaches.is_empty(), "{breaches:?}");
    found_by_its_keys(file, &store);
    steps
}

// SQLite's own checks, and the table of keys against the records.
fn found_by_its_keys(file: &Path, store: &SqliteStore) {
    let shell = Connection::open(file).unwrap();
    let fine: String = shell.query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    assert_eq!(fine, "ok");
    assert!(!shell.prepare("PRAGMA foreign_key_check").unwrap().exists(()).unwrap());
    let mut expected = Vec::new();
    for kind in Kind::ALL {
        for record in store.scan(&id("salon-1"), *kind, None, u32::MAX).unwrap().records {
            let row = Row::of(&record).unwrap();
            expected.extend(row.keys.into_iter().map(|key| (kind.name().to_owned(), key, row.id.clone())));
        }
    }
    expected.sort();
    let mut statement = shell
        .prepare(
            "SELECT kind, key, id FROM record WHERE key IS NOT NULL UNION ALL SELECT kind, key, id FROM record_key ORDER BY kind, key, id",
        )
        .unwrap();
    let kept: Vec<(String, String, String)> =
        statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(kept, expected);
}

// Runs everything that is left, and how long each command took.
fn to_the_end(file: &Path, requests: &Path, work: &Workload) -> BTreeMap<&'static str, Vec<Duration>> {
    let mut other = Other::start(file, requests, None);
    other.begin();
    let (mut progress, mut times, mut began) = (Progress::default(), BTreeMap::new(), Instant::now());
    loop {
        let said = other.next();
        progress.note(&said, work);
        match said {
            Said::Begin(_) => began = Instant::now(),
            Said::Done(step, _) => times.entry(work.steps[step].kind).or_insert_with(Vec::new).push(began.elapsed()),
            Said::Held | Said::End => break,
        }
    }
    assert!(other.ended_well());
    assert_eq!(progress.done, work.steps.len());
    assert_eq!(sound(file, work), work.steps.len());
    times
}

#[test]
fn m9_i5_killed_at_any_point_a_command_has_happened_wholly_or_not_at_all() {
    let (kills, mut dice) = (setting("DAICHO_KILLS", 20), Dice(setting("DAICHO_SEED", 20_261_121) | 1));
    let place = Place::new("crash");
    let work = workload();
    let requests = place.file("requests");
    std::fs::write(&requests, work.steps.iter().map(|step| format!("{}\n", step.request)).collect::<String>()).unwrap();
    // Uninterrupted, to see how long each kind of command takes.
    let times = to_the_end(&place.file("whole"), &requests, &work);
    let longest: BTreeMap<_, _> = times.iter().map(|(kind, times)| (*kind, times.iter().max().copied().unwrap())).collect();
    for (kind, times) in &times {
        println!("{kind}: {} commands, {:?} each", times.len(), times.iter().sum::<Duration>() / u32::try_from(times.len()).unwrap());
    }
    let mut spread: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let (mut files, mut done) = (0, 0);
    let mut file = place.file("killed-0");
    for kill in 0..usize::try_from(kills).unwrap() {
        let kind = KINDS[kill % 3];
        // The next command of this kind that has not happened yet, or one of those after it.
        let ahead: Vec<usize> = (done..work.steps.len()).filter(|step| work.steps[*step].kind == kind).take(2).collect();
        let target = if ahead.is_empty() {
            to_the_end(&file, &requests, &work);
            files += 1;
            file = place.file(&format!("killed-{files}"));
            (0..work.steps.len()).find(|step| work.steps[*step].kind == kind).unwrap()
        } else {
            ahead[usize::try_from(dice.below(2)).unwrap() % ahead.len()]
        };
        // Each kind is held and killed at each point once; the other kills come at random.
        let point = (kill < KINDS.len() * POINTS.len()).then(|| POINTS[kill / 3]);
        let mut other = Other::start(&file, &requests, point.map(|point| (target, point)));
        other.begin();
        let mut progress = Progress::default();
        loop {
            let said = other.next();
            progress.note(&said, &work);
            match said {
                Said::Held => break,
                Said::Begin(step) if step == target && point.is_none() => break,
                Said::End => panic!("it ended by itself at step {}", progress.begun),
                _ => {}
            }
        }
        if point.is_none() {
            // Somewhere in the command, or just after it.
            let limit = u64::try_from(longest[kind].as_micros()).unwrap();
            let delay = Duration::from_micros(dice.below(limit));
            let began = Instant::now();
            while began.elapsed() < delay {
                std::hint::spin_loop();
            }
        }
        other.kill().iter().for_each(|said| progress.note(said, &work));
        done = sound(&file, &work);
        assert!(
            done == progress.done || done == progress.done + 1 && progress.begun == done,
            "{done} happened, {} acknowledged",
            progress.done
        );
        match point {
            Some("after") => assert_eq!((done, progress.done), (target + 1, target)),
            Some(_) => assert_eq!((done, progress.done), (target, target)),
            None => {}
        }
        let (step, place) = match (progress.begun > progress.done, done > progress.done) {
            (true, false) => (progress.begun - 1, "in progress, not happened"),
            (true, true) => (progress.begun - 1, "in progress, happened"),
            (false, _) => (progress.done.saturating_sub(1), "between two"),
        };
        *spread.entry((work.steps[step].kind, place)).or_default() += 1;
    }
    to_the_end(&file, &requests, &work);
    for ((kind, place), count) in &spread {
        println!("killed {count} times: {kind}, {place}");
    }
    println!("{kills} kills over {} files", files + 1);
}
