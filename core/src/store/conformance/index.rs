//! The kept index: a store need not keep any, but what it gives back is what it was last given.

use super::bench::{Bench, Outcome, Salon};

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

async fn given_back(salon: &Salon, block: &[u8]) -> Outcome {
    let Some(found) = salon.index().await? else { return Ok(()) };
    ensure!(found == block, "{} bytes were given and {} others came back", block.len(), found.len());
    Ok(())
}
