//! Salons: apart, whatever their ids look like.

use super::bench::{Bench, Outcome, ids};
use super::samples::{aliased, by_id, by_key, by_parent, customer, reservation};
use crate::record::{Customer, Kind, Record};
use crate::store::Head;

pub(super) async fn salons_do_not_see_each_other(bench: Bench) -> Outcome {
    let (a, b) = (bench.salon("a")?, bench.salon("b")?);
    a.put(vec![aliased(1, &["x"])?, reservation(1, 1)?]).await?;
    let reads = vec![by_id(Kind::Customer, "c1"), by_key(Kind::Customer, "number:x"), by_parent(Kind::Reservation, "c1")];
    let loaded = b.load(reads.clone()).await?;
    ensure!(loaded.head == Head::default(), "a commit in one salon moves the head of another to {}", loaded.head.sequence);
    ensure!(loaded.records.iter().all(Vec::is_empty), "one salon loads another's records");
    ensure!(b.scan(Kind::Customer, None, 10).await?.records.is_empty(), "one salon scans another's records");
    ensure!(b.changes(0, 10).await?.is_empty(), "one salon reads another's log");
    b.put(vec![Customer { family_name: "佐藤".to_owned(), ..customer(1)? }.into()]).await?;
    let found = a.load(reads).await?;
    let counts: Vec<usize> = found.records.iter().map(Vec::len).collect();
    ensure!(counts == [1, 1, 1], "after a commit in another salon the reads find {counts:?} records");
    ensure!(
        found
            .records
            .iter()
            .flatten()
            .any(|record| *record == aliased(1, &["x"]).unwrap_or_else(|_| Record::from(crate::record::Counters::default()))),
        "the same id in another salon overwrote the record"
    );
    Ok(())
}

pub(super) async fn salons_advance_apart(bench: Bench) -> Outcome {
    let (a, b) = (bench.salon("a")?, bench.salon("b")?);
    for n in 1..=3 {
        a.put(vec![customer(n)?.into()]).await?;
    }
    b.put(vec![customer(1)?.into(), customer(2)?.into()]).await?;
    let (at_a, at_b) = (a.head().await?.sequence, b.head().await?.sequence);
    ensure!((at_a, at_b) == (3, 1), "the salons stand at {at_a} and {at_b} instead of 3 and 1");
    b.append(Vec::new(), vec![(Kind::Customer, "c1".to_owned())]).await?;
    let (left_a, left_b) = (ids(&a.all(Kind::Customer, 10).await?), ids(&b.all(Kind::Customer, 10).await?));
    ensure!(left_a == ["c1", "c2", "c3"], "a removal in one salon leaves {left_a:?} in another");
    ensure!(left_b == ["c2"], "after a removal a salon has {left_b:?}");
    Ok(())
}

async fn keep_apart(bench: &Bench, names: &[&str]) -> Outcome {
    for (n, name) in (1_u32..).zip(names) {
        bench.salon(name)?.put(vec![customer(n)?.into()]).await?;
    }
    for (n, name) in (1_u32..).zip(names) {
        let salon = bench.salon(name)?;
        let (head, found) = (salon.head().await?, ids(&salon.all(Kind::Customer, 100).await?));
        ensure!(head.sequence == 1, "the salon {name:?} stands at {} instead of 1", head.sequence);
        ensure!(found == [format!("c{n}")], "the salon {name:?} has {found:?} instead of c{n}");
        let entries = salon.changes(0, 100).await?;
        ensure!(entries.len() == 1, "the salon {name:?} has {} entries", entries.len());
    }
    Ok(())
}

pub(super) async fn salon_ids_are_compared_whole_and_exactly(bench: Bench) -> Outcome {
    keep_apart(&bench, &["a", "A", "ａ", "aa", "a1", "あ", "ア", "ｱ", "が", "か\u{3099}", "é", "e\u{301}", "𠮷", "吉", "ß", "ss", "İ", "i"])
        .await
}

pub(super) async fn wildcards_and_quotes_in_salon_ids_are_ordinary_characters(bench: Bench) -> Outcome {
    keep_apart(
        &bench,
        &["%", "_", "*", "?", "'", "''", "\"", "\\", "/", "../a", ".", "a/b", "a:b", "a;b", "a|b", "a\u{200B}b", "--", "$1", "{}", "😀"],
    )
    .await
}
