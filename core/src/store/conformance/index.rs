//! The kept index: a store need not keep any, but what it gives back is what it was last given.

use super::bench::{Bench, Outcome, Salon};
use super::samples;
use crate::record::Kind;
use crate::store::Batch;

pub(super) async fn an_index_comes_back_as_it_was_last_given_or_not_at_all(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    ensure!(salon.index().await?.is_none(), "there is an index before one was given");
    // Every byte, and more of them than fit into one page of anything.
    let long: Vec<u8> = (0..=u8::MAX).cycle().take(300_000).collect();
    for block in [long.as_slice(), b"short".as_slice()] {
        salon.keep_index(block).await?;
        given_back(&salon, block).await?;
    }
    Ok(())
}

pub(super) async fn salons_do_not_see_each_others_index(bench: Bench) -> Outcome {
    let (one, other) = (bench.salon("a")?, bench.salon("b")?);
    one.keep_index(b"one").await?;
    ensure!(other.index().await?.is_none(), "a salon is given the index of another");
    other.keep_index(b"other").await?;
    given_back(&one, b"one").await?;
    given_back(&other, b"other").await
}

pub(super) async fn keeping_an_index_appends_nothing(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let before = salon.dump().await?;
    salon.keep_index(b"index").await?;
    salon.dump().await?.same(&before, "after an index was kept")
}

// The index holds names (W4). One that is given afterwards is kept like any other.
pub(super) async fn an_erasure_takes_the_index_along(bench: Bench) -> Outcome {
    let (salon, other) = (bench.salon("a")?, bench.salon("b")?);
    for (one, block) in [(&salon, b"index"), (&other, b"other")] {
        one.keep_index(block).await?;
    }
    salon.put(vec![samples::customer(1)?.into()]).await?;
    given_back(&salon, b"index").await?;
    let head = salon.head().await?;
    let erasing = Batch { erases: true, ..samples::batch(&head, Vec::new(), vec![(Kind::Customer, "c1".to_owned())])? };
    salon.commit(erasing).await.map_err(|error| format!("an erasure failed: {error}"))?;
    ensure!(salon.index().await?.is_none(), "the index is still there after an erasure");
    ensure!(salon.all(Kind::Customer, 10).await?.is_empty(), "an erasure did not remove what it was to remove");
    given_back(&other, b"other").await?;
    salon.keep_index(b"anew").await?;
    given_back(&salon, b"anew").await
}

async fn given_back(salon: &Salon, block: &[u8]) -> Outcome {
    let Some(found) = salon.index().await? else { return Ok(()) };
    ensure!(found == block, "{} bytes were given and {} others came back", block.len(), found.len());
    Ok(())
}
