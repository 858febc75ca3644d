//! Records: the last put counts, and everything a record was found by goes with it.

use super::bench::{Bench, Outcome, ids};
use super::samples::{aliased, by_id, by_key, by_parent, customer, receipt, reservation};
use crate::record::{Customer, Kind, Record};

pub(super) async fn put_replaces_the_record(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let (first, second) = (customer(1)?, Customer { version: 2, family_name: "佐藤".to_owned(), ..customer(1)? });
    salon.put(vec![first.into()]).await?;
    salon.put(vec![second.clone().into()]).await?;
    let found = salon.find(by_id(Kind::Customer, "c1")).await?;
    ensure!(found.len() == 1, "the id finds {} records", found.len());
    ensure!(found.first().is_some_and(|record| *record == Record::from(second)), "the record is not the one put last");
    let all = salon.all(Kind::Customer, 10).await?;
    ensure!(all.len() == 1, "a scan finds {} records", all.len());
    Ok(())
}

pub(super) async fn keys_follow_the_record_when_it_changes(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![aliased(1, &["old", "kept"])?]).await?;
    salon.put(vec![aliased(1, &["new", "kept"])?]).await?;
    for (alias, expected) in [("old", 0), ("kept", 1), ("new", 1)] {
        let found = salon.find(by_key(Kind::Customer, &format!("number:{alias}"))).await?;
        ensure!(found.len() == expected, "the {alias} key finds {} records instead of {expected}", found.len());
    }
    salon.put(vec![aliased(1, &["old"])?]).await?;
    ensure!(salon.find(by_key(Kind::Customer, "number:old")).await?.len() == 1, "a key that came back finds nothing");
    ensure!(salon.find(by_key(Kind::Customer, "number:new")).await?.is_empty(), "a key that is gone still finds the record");
    Ok(())
}

pub(super) async fn the_parent_follows_the_record_when_it_changes(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![reservation(1, 1)?, reservation(2, 1)?]).await?;
    salon.put(vec![reservation(1, 2)?]).await?;
    for (parent, expected) in [("c1", ["r2"]), ("c2", ["r1"])] {
        let found = ids(&salon.find(by_parent(Kind::Reservation, parent)).await?);
        ensure!(found == expected, "the reservations of {parent} are {found:?} instead of {expected:?}");
    }
    Ok(())
}

pub(super) async fn a_removed_record_is_gone(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![aliased(1, &["x"])?, aliased(2, &["x"])?, reservation(1, 1)?, reservation(2, 1)?]).await?;
    salon.append(Vec::new(), vec![(Kind::Customer, "c1".to_owned()), (Kind::Reservation, "r1".to_owned())]).await?;
    let reads = vec![
        by_id(Kind::Customer, "c1"),
        by_key(Kind::Customer, "number:x"),
        by_key(Kind::Customer, "number:1"),
        by_parent(Kind::Reservation, "c1"),
        by_id(Kind::Reservation, "r1"),
    ];
    let found: Vec<Vec<String>> = salon.load(reads).await?.records.iter().map(|records| ids(records)).collect();
    let expected: Vec<Vec<&str>> = vec![vec![], vec!["c2"], vec![], vec!["r2"], vec![]];
    ensure!(found == expected, "after the removal the reads find {found:?} instead of {expected:?}");
    let scanned = ids(&salon.all(Kind::Customer, 10).await?);
    ensure!(scanned == ["c2"], "a scan finds {scanned:?}");
    Ok(())
}

pub(super) async fn a_removed_id_can_be_put_again(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![aliased(1, &["x"])?]).await?;
    salon.append(Vec::new(), vec![(Kind::Customer, "c1".to_owned())]).await?;
    salon.put(vec![aliased(1, &["y"])?]).await?;
    let found = ids(&salon.find(by_id(Kind::Customer, "c1")).await?);
    ensure!(found == ["c1"], "the id finds {found:?}");
    ensure!(salon.find(by_key(Kind::Customer, "number:y")).await?.len() == 1, "its new key finds nothing");
    ensure!(salon.find(by_key(Kind::Customer, "number:x")).await?.is_empty(), "the key of the removed record finds the new one");
    Ok(())
}

pub(super) async fn removing_what_is_not_there_changes_nothing(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![customer(1)?.into()]).await?;
    salon.append(Vec::new(), vec![(Kind::Customer, "c2".to_owned()), (Kind::Receipt, "c1".to_owned())]).await?;
    let found = ids(&salon.all(Kind::Customer, 10).await?);
    ensure!(found == ["c1"], "a scan finds {found:?}");
    ensure!(salon.head().await?.sequence == 2, "the entry was not appended");
    Ok(())
}

pub(super) async fn a_large_batch_is_kept_whole(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put((1..=2_000).map(|n| receipt(&format!("key-{n:04}"), "output")).collect::<Result<_, _>>()?).await?;
    let found = ids(&salon.all(Kind::Receipt, 300).await?);
    let expected: Vec<String> = (1..=2_000).map(|n| format!("key-{n:04}")).collect();
    ensure!(found == expected, "of 2000 records put at once a scan finds {}", found.len());
    let removes = expected.iter().take(1_500).map(|key| (Kind::Receipt, key.clone())).collect();
    salon.append(Vec::new(), removes).await?;
    let left = salon.all(Kind::Receipt, 300).await?;
    ensure!(left.len() == 500, "after 1500 removes at once {} records are left instead of 500", left.len());
    Ok(())
}

pub(super) async fn every_later_call_sees_a_commit(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    for n in 1..=20_u32 {
        salon.put(vec![customer(n)?.into()]).await?;
        let loaded = salon.load(vec![by_id(Kind::Customer, &format!("c{n}"))]).await?;
        ensure!(loaded.head.sequence == n, "after commit {n} load says {}", loaded.head.sequence);
        ensure!(loaded.records.iter().all(|records| records.len() == 1), "after commit {n} load does not find its record");
        let page = salon.scan(Kind::Customer, None, 100).await?;
        ensure!(u32::try_from(page.records.len()) == Ok(n), "after commit {n} a scan finds {} records", page.records.len());
        let entries = salon.changes(n.saturating_sub(1), 10).await?;
        ensure!(entries.len() == 1, "after commit {n} changes answers {} new entries", entries.len());
    }
    Ok(())
}
