//! Texts: kept as they are, whatever is in them.

use super::bench::{Bench, Outcome, ids};
use super::samples::{aliased, by_id, by_key, customer, receipt};
use crate::record::{Customer, Kind, Record};

/// Texts that stores have been seen to change.
pub(super) const HOSTILE: &[&str] = &[
    "plain",
    "",
    " leading and trailing ",
    "山田　花子",
    "𠮷野家 😀 👩‍👩‍👧 🇯🇵",
    "U+2028\u{2028}U+2029\u{2029}U+0085\u{85}",
    "quotes \" ' ` and ''",
    "back\\slash \\n \\u0000 \\\\",
    "NUL\u{0}in the middle",
    "controls \u{1}\u{8}\u{b}\u{1f}\u{7f}\u{9f}",
    "line\nends\r\nof every\rkind\t",
    "NFD か\u{3099} e\u{301} 각 is not NFC が é",
    "BOM \u{FEFF} ZWJ \u{200D} bidi \u{202E}",
    "variation 葛\u{E0100} 邊\u{FE00}",
    "edges \u{D7FF}\u{E000}\u{FFFD}\u{FFFE}\u{FFFF}\u{10000}\u{10FFFF}",
    "%_*?[a]'; DROP TABLE records; --",
    "{\"json\":[1,2]} <b>&amp;</b> $1 ${x}",
    "1e999 007 0x10 true null",
];

pub(super) async fn bodies_come_back_byte_for_byte(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let records: Vec<Record> = (1_u32..)
        .zip(HOSTILE)
        .map(|(n, &text)| Ok(Customer { family_name: text.to_owned(), shop_comment: Some(text.to_owned()), ..customer(n)? }.into()))
        .collect::<Result<_, String>>()?;
    salon.put(records.clone()).await?;
    for (record, text) in records.iter().zip(HOSTILE) {
        let found = salon.find(by_id(Kind::Customer, &record.id())).await?;
        ensure!(found.first().is_some_and(|found| *found == *record), "a record with the text {text:?} came back another");
        let body = found.first().and_then(|found| found.to_json().ok());
        ensure!(body == record.to_json().ok(), "the body with the text {text:?} came back another");
    }
    Ok(())
}

pub(super) async fn texts_are_not_normalised(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let pairs = [("が", "か\u{3099}"), ("é", "e\u{301}"), ("ヤ", "ﾔ"), ("A", "Ａ"), ("Å", "\u{212B}"), ("神", "神\u{FE00}"), ("ﾊﾟ", "パ")];
    let texts: Vec<&str> = pairs.iter().flat_map(|(one, two)| [*one, *two]).collect();
    let mut records: Vec<Record> = texts.iter().map(|text| receipt(text, text)).collect::<Result<_, _>>()?;
    records.extend((1_u32..).zip(&texts).map(|(n, text)| aliased(n, &[text])).collect::<Result<Vec<_>, _>>()?);
    salon.put(records).await?;
    for (n, text) in (1_u32..).zip(&texts) {
        let by_id = ids(&salon.find(by_id(Kind::Receipt, text)).await?);
        ensure!(by_id == [*text], "the id {text:?} finds {by_id:?}");
        let by_key = ids(&salon.find(by_key(Kind::Customer, &format!("number:{text}"))).await?);
        ensure!(by_key == [format!("c{n}")], "the key of {text:?} finds {by_key:?}");
    }
    Ok(())
}

pub(super) async fn a_megabyte_comes_back(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let text: String = "予約の控え 😀\n\\".chars().cycle().take(400_000).collect();
    let large: Record = Customer { shop_comment: Some(text), ..customer(1)? }.into();
    salon.put(vec![large.clone(), customer(2)?.into()]).await?;
    let found = salon.find(by_id(Kind::Customer, "c1")).await?;
    ensure!(found.first().is_some_and(|found| *found == large), "a record of more than a megabyte came back another, or not at all");
    let scanned = salon.all(Kind::Customer, 10).await?;
    ensure!(scanned.first().is_some_and(|found| *found == large), "a scan gives a record of more than a megabyte as another");
    Ok(())
}

pub(super) async fn the_longest_ids_are_kept(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    // 128 bytes is the most; two that differ only in the last of them.
    let keys = ["a".repeat(128), ["a".repeat(127), "b".to_owned()].concat(), "あ".repeat(42), "😀".repeat(32)];
    salon.put(keys.iter().map(|key| receipt(key, "output")).collect::<Result<_, _>>()?).await?;
    for key in &keys {
        let found = ids(&salon.find(by_id(Kind::Receipt, key)).await?);
        ensure!(found == [key.as_str()], "an id of {} bytes finds {} records", key.len(), found.len());
    }
    Ok(())
}
