//! The index alone, over a store that draws its records when asked: what a salon of any size costs in time and memory, without its records.

use daicho::search::Index;
use daicho::store::{Steps, run as run_steps};
use daicho::{Kind, Ledger, Store};

use super::questions;
use super::search::{Needle, search};
use crate::drawn::Drawn;
use crate::fill::salon_id;
use crate::measure::{Line, Times, alone, memory};
use crate::salon::{Failure, Salon};

fn scan_all(store: &Drawn) -> Result<u32, Failure> {
    let mut count = 0_u32;
    for kind in [Kind::Customer, Kind::Reservation, Kind::Figures] {
        let mut after = None;
        loop {
            let page = store.scan(&salon_id()?, kind, after.as_deref(), 1_000)?.records;
            let Some(last) = page.last() else { break };
            after = Some(last.id());
            count = count.saturating_add(u32::try_from(page.len())?);
        }
    }
    Ok(count)
}

/// Drawing every record, drawing and indexing them, memory, and the searches. There is no peer.
pub fn run(salon: &Salon) -> Result<Vec<Line>, Failure> {
    let store = Drawn::new(salon)?;
    let line = |what: &str, ours, remark: String| Line { what: what.to_owned(), ours, peer: Times::default(), remark };
    let (mut drawing, mut building) = (Times::default(), Times::default());
    let records = alone(&mut drawing, || scan_all(&store))?;
    let ledger = Ledger::open(store, salon_id()?);
    let before = memory();
    alone(&mut building, || search(&ledger, &Needle::Number("1".to_owned())))?;
    let used = memory().saturating_sub(before);
    // What is kept is what is held.
    let index = run_steps(ledger.store(), &salon_id()?, Steps::new(|port| async move { Index::build(&port).await }))??;
    let held = u64::try_from(index.block(&"0".repeat(64))?.len())?;
    drop(index);
    let customers = u64::from(salon.customers().max(1));
    let mut lines = vec![
        line("index: drawing every record", drawing, format!("{records} records")),
        line(
            "index: drawing and indexing every record",
            building,
            format!(
                "the index: {} bytes a customer; with what building it left behind {} MB, {} bytes",
                held / customers,
                used / 1024,
                used * 1024 / customers
            ),
        ),
    ];
    for (what, needle) in Needle::all(salon) {
        let mut times = Times::default();
        let mut total = 0;
        for _ in 0..10 {
            total = alone(&mut times, || search(&ledger, &needle))?.total;
        }
        lines.push(line(&format!("index: {what}"), times, format!("{total} found")));
    }
    lines.extend(questions::run(&ledger, salon)?);
    Ok(lines)
}
