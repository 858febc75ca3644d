//! The log: in order, without gaps, byte for byte.

use super::bench::{Bench, Outcome, Salon};
use super::samples::{after, customer, entry};
use super::texts::HOSTILE;
use crate::log::Entry;
use crate::store::Batch;

async fn append(salon: &Salon, notes: &[&str]) -> Result<Vec<Entry>, String> {
    let mut head = salon.head().await?;
    let mut entries = Vec::new();
    let expected = head.sequence;
    for note in notes {
        let next = entry(&head, note)?;
        head = after(&next);
        entries.push(next);
    }
    salon
        .commit(Batch { expected, entries: entries.iter().cloned().map(Into::into).collect(), ..Batch::default() })
        .await
        .map_err(|error| format!("a commit of {} entries failed: {error}", notes.len()))?;
    Ok(entries)
}

pub(super) async fn two_entries_in_one_batch(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let mut entries = append(&salon, &["one", "two"]).await?;
    entries.extend(append(&salon, &["three", "four", "five"]).await?);
    let head = salon.head().await?;
    ensure!(head.sequence == 5, "after five entries in two batches the log stands at {}", head.sequence);
    ensure!(salon.changes(0, 10).await? == entries, "changes does not answer the entries that were appended");
    Ok(())
}

pub(super) async fn the_head_names_the_last_entrys_hash(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    for notes in [&["one"][..], &["two", "three"], &["four"]] {
        let entries = append(&salon, notes).await?;
        let (head, last) = (salon.head().await?, entries.last().map(after));
        ensure!(Some(&head) == last.as_ref(), "after entry {} the head's hash is not that entry's", head.sequence);
    }
    salon.put(vec![customer(1)?.into()]).await?;
    let (head, entries) = (salon.head().await?, salon.changes(4, 1).await?);
    ensure!(entries.first().map(after) == Some(head), "the head does not name the last entry of changes");
    Ok(())
}

pub(super) async fn changes_come_in_order(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let mut appended = Vec::new();
    for _ in 0..12 {
        appended.extend(append(&salon, &["one"]).await?);
    }
    let found: Vec<u32> = salon.changes(0, 100).await?.iter().map(|entry| entry.sequence).collect();
    let expected: Vec<u32> = (1..=12).collect();
    ensure!(found == expected, "the entries come as {found:?}");
    Ok(())
}

pub(super) async fn changes_begin_after_since_and_end_at_the_limit(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let entries = append(&salon, &["1", "2", "3", "4", "5", "6", "7"]).await?;
    for limit in [1_u32, 2, 3, 7, 8] {
        let mut walked: Vec<Entry> = Vec::new();
        for _ in 0..8 {
            let since = walked.last().map_or(0, |entry| entry.sequence);
            let page = salon.changes(since, limit).await?;
            let left = 7_u32.saturating_sub(since);
            ensure!(
                u32::try_from(page.len()) == Ok(left.min(limit)),
                "changes after {since} with limit {limit} answers {} entries",
                page.len()
            );
            walked.extend(page);
        }
        ensure!(walked == entries, "pages of {limit} do not give each entry once");
    }
    Ok(())
}

pub(super) async fn changes_after_the_end_are_none(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    append(&salon, &["one", "two"]).await?;
    for since in [2, 3, 1_000, u32::MAX] {
        let entries = salon.changes(since, 10).await?;
        ensure!(entries.is_empty(), "changes after {since} of 2 answers {} entries", entries.len());
    }
    Ok(())
}

pub(super) async fn entries_come_back_byte_for_byte(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let entries = append(&salon, HOSTILE).await?;
    let found = salon.changes(0, 100).await?;
    for (kept, found) in entries.iter().zip(&found) {
        ensure!(
            kept.body == found.body,
            "the body of entry {} came back another: {:?} was in it",
            kept.sequence,
            HOSTILE.get(usize::try_from(kept.sequence.saturating_sub(1)).unwrap_or(usize::MAX))
        );
        ensure!(kept.hash == found.hash, "the hash of entry {} came back another", kept.sequence);
    }
    ensure!(entries == found, "{} of {} entries came back", found.len(), entries.len());
    Ok(())
}
