//! Reads: each answered, each in its place, each exactly.

use super::bench::{Bench, Outcome, ids};
use super::samples::{aliased, by_id, by_key, by_parent, customer, import, listing, merge, not_same, receipt, reservation, sealed};
use crate::record::{Counters, Customer, Kind, Record, Settings};
use crate::store::Head;

pub(super) async fn an_empty_salon_stands_at_zero(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let head = salon.head().await?;
    ensure!(
        head == Head::default(),
        "the head is {} with a hash of {} characters instead of 0 with 64 zeros",
        head.sequence,
        head.hash.len()
    );
    let page = salon.scan(Kind::Customer, None, 10).await?;
    ensure!(
        page.head == Head::default() && page.records.is_empty(),
        "a scan finds {} records at sequence {}",
        page.records.len(),
        page.head.sequence
    );
    let entries = salon.changes(0, 10).await?;
    ensure!(entries.is_empty(), "changes answers {} entries", entries.len());
    Ok(())
}

pub(super) async fn reads_that_find_nothing_get_empty_lists(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let reads = vec![by_id(Kind::Customer, "c1"), by_parent(Kind::Reservation, "c1"), by_key(Kind::Customer, "number:1")];
    let before = salon.load(reads.clone()).await?;
    ensure!(before.records.iter().all(Vec::is_empty), "an empty salon has records");
    salon.put(vec![customer(2)?.into()]).await?;
    let after = salon.load(reads).await?;
    ensure!(after.records.len() == 3 && after.records.iter().all(Vec::is_empty), "reads for c1 find something where only c2 is");
    Ok(())
}

pub(super) async fn a_load_of_nothing_tells_the_head(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![customer(1)?.into()]).await?;
    let loaded = salon.load(Vec::new()).await?;
    ensure!(loaded.head.sequence == 1, "the head is {} instead of 1", loaded.head.sequence);
    Ok(())
}

pub(super) async fn load_answers_every_read_in_order(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![customer(1)?.into(), customer(2)?.into(), reservation(1, 2)?, reservation(2, 1)?]).await?;
    let reads = vec![
        by_parent(Kind::Reservation, "c2"),
        by_id(Kind::Customer, "c2"),
        by_key(Kind::Customer, "number:1"),
        by_id(Kind::Customer, "c9"),
        by_id(Kind::Customer, "c1"),
        by_parent(Kind::Reservation, "c1"),
        by_id(Kind::Reservation, "r1"),
    ];
    let found: Vec<Vec<String>> = salon.load(reads).await?.records.iter().map(|records| ids(records)).collect();
    let expected: Vec<Vec<&str>> = vec![vec!["r1"], vec!["c2"], vec!["c1"], vec![], vec!["c1"], vec!["r2"], vec!["r1"]];
    ensure!(found == expected, "found {found:?} instead of {expected:?}");
    Ok(())
}

pub(super) async fn the_same_read_twice_is_answered_twice(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![customer(1)?.into()]).await?;
    let loaded = salon.load(vec![by_id(Kind::Customer, "c1"), by_id(Kind::Customer, "c1"), by_key(Kind::Customer, "number:1")]).await?;
    let found: Vec<usize> = loaded.records.iter().map(Vec::len).collect();
    ensure!(found == [1, 1, 1], "found {found:?} records");
    Ok(())
}

pub(super) async fn five_hundred_reads_are_answered_at_once(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put((1..=200).map(|n| customer(n).map(Record::from)).collect::<Result<_, _>>()?).await?;
    // Every id twice, and a hundred that are not there.
    let asked: Vec<u32> = (1..=250).chain(1..=250).collect();
    let loaded = salon.load(asked.iter().map(|n| by_id(Kind::Customer, &format!("c{n}"))).collect()).await?;
    for (n, records) in asked.iter().zip(&loaded.records) {
        let expected: Vec<String> = if *n <= 200 { vec![format!("c{n}")] } else { Vec::new() };
        ensure!(ids(records) == expected, "the read of c{n} found {:?}", ids(records));
    }
    Ok(())
}

pub(super) async fn ids_are_compared_whole_and_exactly(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let keys = ["k", "K", "ｋ", "k1", "k%", "k_", "k'", "か", "カ", "ｶ", "が", "か\u{3099}", "é", "e\u{301}", "ss", "ß"];
    salon.put(keys.iter().map(|key| receipt(key, key)).collect::<Result<_, _>>()?).await?;
    for key in keys {
        let found = ids(&salon.find(by_id(Kind::Receipt, key)).await?);
        ensure!(found == [key], "the read of {key:?} found {found:?}");
    }
    for none in ["%", "_", "k*", "?", "KK"] {
        let found = ids(&salon.find(by_id(Kind::Receipt, none)).await?);
        ensure!(found.is_empty(), "the read of {none:?}, which is not there, found {found:?}");
    }
    Ok(())
}

pub(super) async fn ids_of_different_kinds_do_not_mix(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    // The same id in five kinds.
    salon
        .put(vec![
            Settings::default().into(),
            Counters { number: 7, ..Counters::default() }.into(),
            receipt("salon", "output")?,
            import("salon")?,
        ])
        .await?;
    for kind in [Kind::Settings, Kind::Counters, Kind::Receipt, Kind::Import] {
        let found: Vec<Kind> = salon.find(by_id(kind, "salon")).await?.iter().map(|record| record.kind()).collect();
        ensure!(found == [kind], "the read of the {} found {found:?}", kind.name());
    }
    salon.append(Vec::new(), vec![(Kind::Receipt, "salon".to_owned())]).await?;
    ensure!(salon.find(by_id(Kind::Receipt, "salon")).await?.is_empty(), "the removed receipt is still there");
    ensure!(salon.find(by_id(Kind::Counters, "salon")).await?.len() == 1, "removing a receipt removed the counters of the same id");
    Ok(())
}

pub(super) async fn parent_reads_find_every_child_in_order_of_id(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put([12, 3, 1, 20, 2].into_iter().map(|n| reservation(n, 1)).collect::<Result<_, _>>()?).await?;
    salon.put(vec![reservation(4, 1)?, reservation(5, 2)?]).await?;
    let found = ids(&salon.find(by_parent(Kind::Reservation, "c1")).await?);
    let expected = ["r1", "r12", "r2", "r20", "r3", "r4"];
    ensure!(found == expected, "found {found:?} instead of {expected:?}");
    Ok(())
}

pub(super) async fn parent_reads_do_not_see_other_kinds(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![reservation(1, 1)?, listing(1, 1)?, sealed(1, 0, 1)]).await?;
    for (kind, expected) in [(Kind::Reservation, "r1"), (Kind::Listing, "l1"), (Kind::Sealed, "1.0")] {
        let found = ids(&salon.find(by_parent(kind, "c1")).await?);
        ensure!(found == [expected], "the {} of c1 are {found:?}", kind.name());
    }
    Ok(())
}

pub(super) async fn parents_are_compared_whole(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![reservation(1, 1)?, reservation(2, 10)?, reservation(3, 11)?]).await?;
    for (parent, expected) in [("c1", vec!["r1"]), ("c10", vec!["r2"]), ("c", vec![]), ("c%", vec![]), ("C1", vec![])] {
        let found = ids(&salon.find(by_parent(Kind::Reservation, parent)).await?);
        ensure!(found == expected, "the reservations of {parent:?} are {found:?}");
    }
    Ok(())
}

pub(super) async fn key_reads_find_every_record_with_the_key(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![aliased(1, &["A-1", "A-2"])?, aliased(2, &["A-2"])?, aliased(10, &["A-2", "A-3"])?]).await?;
    for (key, expected) in
        [("number:A-1", vec!["c1"]), ("number:A-2", vec!["c1", "c10", "c2"]), ("number:A-3", vec!["c10"]), ("number:2", vec!["c2"])]
    {
        let found = ids(&salon.find(by_key(Kind::Customer, key)).await?);
        ensure!(found == expected, "{key:?} finds {found:?} instead of {expected:?}");
    }
    Ok(())
}

pub(super) async fn key_reads_do_not_see_other_kinds(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    salon.put(vec![merge(1, 1, 2)?, not_same(1, 2)?, aliased(1, &[])?]).await?;
    for (kind, key, expected) in [
        (Kind::Merge, "merged:c1", vec!["m1"]),
        (Kind::NotSame, "notSame:c2", vec!["c1~c2"]),
        (Kind::NotSame, "merged:c1", vec![]),
        (Kind::Customer, "merged:c1", vec![]),
        (Kind::Merge, "number:1", vec![]),
    ] {
        let found = ids(&salon.find(by_key(kind, key)).await?);
        ensure!(found == expected, "{key:?} finds {found:?} among the {}", kind.name());
    }
    Ok(())
}

pub(super) async fn keys_are_compared_whole_and_exactly(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let aliases = ["a", "A", "ａ", "a1", "が", "か\u{3099}", "ガ", "é", "e", "a "];
    let records: Result<Vec<Record>, String> = (1_u32..).zip(aliases).map(|(n, alias)| aliased(n, &[alias])).collect();
    salon.put(records?).await?;
    for (n, alias) in (1_u32..).zip(aliases) {
        let found = ids(&salon.find(by_key(Kind::Customer, &format!("number:{alias}"))).await?);
        ensure!(found == [format!("c{n}")], "the key of {alias:?} finds {found:?}");
    }
    let found = ids(&salon.find(by_key(Kind::Customer, "number:")).await?);
    ensure!(found.is_empty(), "the beginning of a key finds {found:?}");
    Ok(())
}

pub(super) async fn wildcards_in_keys_are_ordinary_characters(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let aliases = ["%", "_", "a%", "a_", "a\\", "'", "\"", "a'--", "*", "?", "[a]", "a;b", "\u{0}a"];
    let mut records: Vec<Record> = (1_u32..).zip(aliases).map(|(n, alias)| aliased(n, &[alias])).collect::<Result<_, _>>()?;
    records.push(Customer { number_aliases: vec!["ab".to_owned()], ..customer(99)? }.into());
    salon.put(records).await?;
    for (n, alias) in (1_u32..).zip(aliases) {
        let found: Vec<Record> = salon.find(by_key(Kind::Customer, &format!("number:{alias}"))).await?;
        ensure!(ids(&found) == [format!("c{n}")], "the key of {alias:?} finds {:?}", ids(&found));
    }
    Ok(())
}
