//! Commits: first come, all or nothing.

use super::bench::{Bench, Dump, Outcome, Salon};
use super::samples::{after, aliased, batch, customer, entry, reservation};
use crate::error::StoreError;
use crate::record::Kind;
use crate::store::{Batch, Head};

// A salon with two entries and two records, and all that the store says of it.
async fn begun(bench: &Bench) -> Result<(Salon, Dump), String> {
    let salon = bench.salon("a")?;
    salon.put(vec![aliased(1, &["x"])?]).await?;
    salon.put(vec![reservation(1, 1)?]).await?;
    let dump = salon.dump().await?;
    Ok((salon, dump))
}

async fn conflicts(salon: &Salon, batch: Batch, what: &str) -> Outcome {
    match salon.commit(batch).await {
        Err(StoreError::Conflict) => Ok(()),
        Ok(()) => Err(format!("{what} was taken")),
        Err(error) => Err(format!("{what} is no conflict but: {error}")),
    }
}

async fn refused(salon: &Salon, batch: Batch, what: &str) -> Outcome {
    match salon.commit(batch).await {
        Err(_) => Ok(()),
        Ok(()) => Err(format!("{what} was taken")),
    }
}

pub(super) async fn commit_at_the_wrong_sequence_changes_nothing(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    for sequence in [0, 1, 3, 4, 1_000, u32::MAX - 1] {
        let wrong = Head { sequence, ..before.head.clone() };
        let batch = batch(&wrong, vec![aliased(1, &["y"])?, customer(2)?.into()], vec![(Kind::Reservation, "r1".to_owned())])?;
        conflicts(&salon, batch, &format!("a batch for sequence {sequence} at sequence 2")).await?;
        salon.dump().await?.same(&before, &format!("after a batch for sequence {sequence} at sequence 2"))?;
    }
    Ok(())
}

pub(super) async fn an_empty_batch_at_the_right_sequence_changes_nothing(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    salon.commit(Batch { expected: 2, ..Batch::default() }).await.map_err(|error| format!("it failed: {error}"))?;
    salon.dump().await?.same(&before, "after an empty batch")
}

pub(super) async fn an_empty_batch_at_the_wrong_sequence_is_a_conflict(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    for expected in [0, 1, 3] {
        conflicts(&salon, Batch { expected, ..Batch::default() }, &format!("an empty batch for sequence {expected}")).await?;
    }
    salon.dump().await?.same(&before, "after empty batches")
}

pub(super) async fn a_gap_in_entries_is_refused(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    let skipped = entry(&before.head, "skipped")?;
    let late = entry(&after(&skipped), "late")?;
    refused(&salon, Batch { expected: 2, entries: vec![late.clone().into()], ..Batch::default() }, "entry 4 after entry 2").await?;
    let much_later = entry(&Head { sequence: 9, ..after(&late) }, "much later")?;
    refused(&salon, Batch { expected: 2, entries: vec![skipped.into(), much_later.into()], ..Batch::default() }, "entry 10 after entry 3")
        .await?;
    salon.dump().await?.same(&before, "after batches with gaps")
}

pub(super) async fn an_entry_already_there_is_refused(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    let again = entry(&Head { sequence: 1, ..before.head.clone() }, "again")?;
    refused(&salon, Batch { expected: 2, entries: vec![again.into()], ..Batch::default() }, "another entry 2 after entry 2").await?;
    salon.dump().await?.same(&before, "after a second entry 2")
}

pub(super) async fn entries_out_of_order_are_refused(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    let third = entry(&before.head, "third")?;
    let fourth = entry(&after(&third), "fourth")?;
    refused(
        &salon,
        Batch { expected: 2, entries: vec![fourth.into(), third.clone().into()], ..Batch::default() },
        "entry 4 before entry 3",
    )
    .await?;
    refused(&salon, Batch { expected: 2, entries: vec![third.clone().into(), third.into()], ..Batch::default() }, "entry 3 twice").await?;
    salon.dump().await?.same(&before, "after entries out of order")
}

pub(super) async fn a_refused_batch_leaves_nothing_behind(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    let good = entry(&before.head, "good")?;
    let gap = entry(&Head { sequence: 7, ..after(&good) }, "gap")?;
    let puts = vec![aliased(1, &["y"])?, customer(2)?.into()];
    let bad = Batch {
        expected: 2,
        entries: vec![good.into(), gap.into()],
        puts,
        removes: vec![(Kind::Reservation, "r1".to_owned())],
        erases: false,
    };
    refused(&salon, bad, "a batch whose second entry leaves a gap").await?;
    salon.dump().await?.same(&before, "after the refusal")?;
    salon.put(vec![customer(3)?.into()]).await?;
    let head = salon.head().await?;
    ensure!(head.sequence == 3, "the next commit brings the log to {} instead of 3", head.sequence);
    Ok(())
}

pub(super) async fn the_same_batch_twice_is_a_conflict(bench: Bench) -> Outcome {
    let (salon, before) = begun(&bench).await?;
    let batch = batch(&before.head, vec![customer(2)?.into()], Vec::new())?;
    salon.commit(batch.clone()).await.map_err(|error| format!("the first time failed: {error}"))?;
    let once = salon.dump().await?;
    conflicts(&salon, batch, "the same batch a second time").await?;
    salon.dump().await?.same(&once, "after the second time")
}
