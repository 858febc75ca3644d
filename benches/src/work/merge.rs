//! Merging those who were registered twice.

use daicho::{CustomerId, Ledger, MergeCustomers, PreviewMerge, Store, Tally};

use super::Stocked;
use crate::fill::{context, manager};
use crate::measure::{Line, side_by_side};
use crate::peer::Peer;
use crate::salon::{Failure, NOW};

/// The most pairs that are merged.
const PAIRS: usize = 200;

fn figures(tally: &Tally) -> [i64; 4] {
    [i64::from(tally.reservations), i64::from(tally.visits), tally.visited_yen.0, tally.fees_due.0]
}

fn compare<S: Store>(place: &str, pairs: &[(u32, u32)], ledger: &Ledger<S>, peer: &mut Peer) -> Result<Vec<Line>, Failure> {
    let actor = manager()?;
    let pair = |round: u32| pairs.get(usize::try_from(round)?).copied().ok_or_else(|| Failure::from("no pair"));
    let rounds = u32::try_from(pairs.len())?;
    let ask = |(source, target): (u32, u32)| PreviewMerge {
        source: CustomerId::from_ordinal(source),
        target: CustomerId::from_ordinal(target),
        from_source: Vec::new(),
        line: None,
    };
    // The fingerprint binds a merge to its preview (M4), and two pairs may share a target: each merge has a preview right before it.
    let mut fingerprint = String::new();
    let mut lines = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for round in 0..rounds {
        let (source, target) = pair(round)?;
        let previews = side_by_side(
            format!("merge: preview, {place}"),
            1,
            1,
            |_| {
                let preview = ledger.query(&ask((source, target)), &actor, NOW)?;
                fingerprint = preview.fingerprint;
                Ok(preview.blockers.is_empty().then(|| figures(&preview.both)))
            },
            |_| peer.preview(source, target),
        )?;
        let merges = side_by_side(
            format!("merge, {place}"),
            1,
            1,
            |_| {
                let PreviewMerge { source, target, from_source, line } = ask((source, target));
                let merge = MergeCustomers { source, target, from_source, line, fingerprint: fingerprint.clone() };
                Ok(figures(&ledger.execute(&merge, &context(&format!("merge-{round}"))?)?.output.after))
            },
            |_| peer.merge(source, target),
        )?;
        for (times, all) in [&previews.ours, &previews.peer, &merges.ours, &merges.peer].into_iter().zip(&mut lines) {
            all.extend(times.percentile(50));
        }
    }
    let [ours, peer, merge_ours, merge_peer] = lines.map(crate::measure::Times::of);
    let remark = format!("{rounds} pairs");
    Ok(vec![
        Line { what: format!("merge: preview, {place}"), ours, peer, remark: remark.clone() },
        Line { what: format!("merge, {place}"), ours: merge_ours, peer: merge_peer, remark },
    ])
}

/// In memory, and in a file.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let pairs: Vec<(u32, u32)> = stocked.salon.people().filter_map(|person| Some((person.place, person.twin_of?))).take(PAIRS).collect();
    let mut lines = compare("in memory", &pairs, &stocked.memory, &mut stocked.peer_memory)?;
    lines.extend(compare("in a file, on the disk", &pairs, &stocked.file, &mut stocked.peer_file)?);
    Ok(lines)
}
